"""What a camera's or a telephone's name of a file tells: that it is a photo, and of which day."""

import re
from datetime import date
from typing import Final

from esa_desktop.domain.thai import ERA, thai_date, thai_digits

_PICTURES: Final = frozenset("jpg jpeg png heic heif webp dng".split())
_FILMS: Final = frozenset("mp4 mov 3gp mkv avi webm".split())
_ON_A_DAY: Final = re.compile(
    r"(?P<camera>(?:IMG|PXL|VID|MVIMG|PANO|BURST|DSC|CAM|WP|photo|image|signal|"
    r"(?P<screen>Screenshot|Screen Shot))[-_ ]+)?"
    r"(?P<year>\d{4})[-_.]?(?P<month>\d{2})[-_.]?(?P<day>\d{2})"
    r"(?P<time>[-_ ](?:at )?(?:WA)?[\d._-]*\d)?(?:[-_~. ]?(?:(?P<word>\w{1,9})|\(\d+\)|com\.[\w.]+))?",
    re.IGNORECASE | re.ASCII,
)
_NUMBERED: Final = re.compile(
    r"(?:IMG|DSC|DSCN|DSCF|SAM|P|MVI|CIMG|IMGP|GOPR)_?(?P<number>\d{4,8})(?:[ _-]?\(\d+\))?",
    re.IGNORECASE | re.ASCII,
)
_FIRST, _LAST = 1990, 2100
"""Years of the common era in which such files are made."""


def photo_title(stem: str, ending: str) -> str:
    """``ภาพถ่าย ๑๒ มิ.ย. ๒๕๖๘`` for ``IMG_20250612_101530`` and ``jpg``; empty for a name somebody gave."""
    ending = ending.lower()
    if ending not in _PICTURES | _FILMS:
        return ""
    what = "วิดีโอ" if ending in _FILMS else "ภาพถ่าย"
    found = _ON_A_DAY.fullmatch(stem)
    if found and found["word"] and not (found["camera"] or found["time"]):
        return ""  # a day and a word, such as `2025-06-12 sports`: people name files so
    day = _day(found) if found else None
    if found and day:
        what = "ภาพหน้าจอ" if found["screen"] and what == "ภาพถ่าย" else what
        return f"{what} {thai_date(day, short=True)}"
    found = _NUMBERED.fullmatch(stem)
    return f"{what} {thai_digits(found['number'])}" if found else ""


def _day(found: "re.Match[str]") -> date | None:
    """Telephones that are set to Thai count in the Buddhist era."""
    year = int(found["year"])
    year -= ERA if year > _LAST else 0
    try:
        day = date(year, int(found["month"]), int(found["day"]))
    except ValueError:
        return None
    return day if _FIRST <= year <= _LAST else None
