"""The words of a command line that several commands share: paths, one of a list, names of fields, times."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.book import BOOK_TEXTS
from esa_desktop.domain.errors import ValueRefused
from esa_desktop.domain.fields import DICTIONARY_FIELD, Field, Kind, book_field
from esa_desktop.domain.framework import Framework, Indicator, Issue
from esa_desktop.domain.thai import thai_date, thai_time

ISSUE_FIELDS: Final = ("method", "results", "acted_on", "evidence_clear")
INDICATOR_FIELDS: Final = ("suggestions", "level", "reason", "status", "measured", "works")
BOOK: Final = "book"
BOOK_FIELDS: Final = tuple(text.name for text in BOOK_TEXTS)
DICTIONARY: Final = "dictionary"
DICTIONARY_FIELDS: Final = ("words",)
FIELDS: Final = (*ISSUE_FIELDS, *INDICATOR_FIELDS, *BOOK_FIELDS, *DICTIONARY_FIELDS)
CODES_HELP: Final = (
    f"ประเด็น เช่น 1.2.3 ตัวบ่งชี้ เช่น 1.2 ข้อความในเล่ม ({BOOK}) หรือคำที่ไม่ให้ตัด ({DICTIONARY})"
)
FIELDS_HELP: Final = (
    f"ของประเด็น: {', '.join(ISSUE_FIELDS)} · ของตัวบ่งชี้: {', '.join(INDICATOR_FIELDS)}"
    f" (status รับ ready หรือว่าง measured รับตัวเลข works ดูได้อย่างเดียว) · ของ {BOOK}: {', '.join(BOOK_FIELDS)}"
    f" · ของ {DICTIONARY}: {', '.join(DICTIONARY_FIELDS)} (บรรทัดละคำ)"
)


def one_of(what: str, known: Sequence[str]) -> Callable[[str], str]:
    """A word of a list; argparse would name the others in English."""

    def read(word: str) -> str:
        if word not in known:
            raise ValueRefused(f"ไม่รู้จัก{what} “{word}” กรุณาใช้ {' หรือ '.join(known)}")
        return word

    return read


def path(word: str) -> Path:
    if not word.strip():
        raise ValueRefused("ชื่อไฟล์หรือโฟลเดอร์ว่างเปล่า กรุณาใส่ชื่อให้ครบแล้วลองใหม่")
    return Path(word)


def field_of(assessed: AssessmentRound, code: str, name: str) -> tuple[str, Field]:
    """The code as it is shown, and the field that a command means."""
    for owner, names, field in (
        (BOOK, BOOK_FIELDS, book_field(assessed.fiscal_year, name)),
        (DICTIONARY, DICTIONARY_FIELDS, DICTIONARY_FIELD),
    ):
        if code == owner and name in names:
            return code, field
        if code == owner or name in names:
            raise ValueRefused(
                f"ช่องของ {owner} คือ {', '.join(names)} เช่น set PROJECT {owner} {names[0]}"
            )
    framework = assessed.framework
    node = (framework.issue if name in ISSUE_FIELDS else framework.indicator)(code)
    return framework.code_of(node.id), Field(str(assessed.fiscal_year), node.id, Kind(name))


def place_of(framework: Framework, code: str) -> Indicator | Issue:
    """What has evidence of its own: an issue, or an indicator that has no issues."""
    node = framework.node(code)
    if isinstance(node, Indicator) and not node.issues:
        return node
    return framework.issue(code)


def told_time(time: str) -> str:
    """A time of a revision or a backup as people here read it."""
    try:
        told = datetime.fromisoformat(time).astimezone()
        return f"{thai_date(told.date(), short=True)} {thai_time(told)}"
    except (ValueError, OverflowError, OSError):
        return time  # of a clock that stood anywhere; it is only shown
