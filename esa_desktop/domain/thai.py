"""Thai digits, Buddhist-era dates, fiscal years, text cleaning and sorting: no locale, no library."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from esa_desktop.domain.errors import ValueRefused

_TO_THAI: Final = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_TO_ARABIC: Final = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")

MONTHS: Final = (
    "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม"
).split()
SHORT_MONTHS: Final = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split()
_MONTH_NAMES: Final = (*MONTHS, *(name.replace(".", "") for name in SHORT_MONTHS))
ERA: Final = 543
CENTURY: Final = 2500
"""Of years written with two digits."""
FIRST_FISCAL_YEAR: Final = 2540
LAST_FISCAL_YEAR: Final = 2640


def thai_digits(text: object) -> str:
    """The text of anything with its Arabic digits turned into Thai ones."""
    return str(text).translate(_TO_THAI)


def arabic_digits(text: str) -> str:
    return text.translate(_TO_ARABIC)


def thai_date(day: date, *, short: bool = False) -> str:
    """``๑๑ มิถุนายน ๒๕๖๘``, or ``๑๑ มิ.ย. ๒๕๖๘``."""
    month = (SHORT_MONTHS if short else MONTHS)[day.month - 1]
    return thai_digits(f"{day.day} {month} {day.year + ERA}")


def thai_time(moment: datetime) -> str:
    """The time of day as ``๑๔.๓๒ น.``, hours and minutes."""
    return thai_digits(f"{moment:%H.%M} น.")


_DATE: Final = re.compile(
    r"(?P<day>\d{1,2})\s*(?:[/.-]\s*(?P<number>\d{1,2})\s*[/.-]|(?P<name>[ก-๙.]+))\s*(?P<year>\d{4}|\d{2})"
)


def parse_thai_date(text: str) -> date | None:
    """A date as an office writes it: ``๑๑ มิ.ย. ๒๕๖๘``, ``11 มิถุนายน 2568``, ``11/6/68``.

    Years are of the Buddhist era, two digits those of 25xx; months may lack their dots. ``None``
    for empty text; ``ValueRefused`` for anything else that is no day of the calendar.
    """
    plain = arabic_digits(text).replace("พ.ศ.", " ").strip()
    if not plain:
        return None
    match = _DATE.fullmatch(re.sub(r"^วันที่\s*", "", plain))
    if match:
        name = (match["name"] or "").replace(".", "")
        month = int(match["number"]) if match["number"] else 0
        if name in _MONTH_NAMES:
            month = _MONTH_NAMES.index(name) % 12 + 1
        year = int(match["year"]) + (CENTURY if len(match["year"]) == 2 else 0)
        try:
            return date(year - ERA, month, int(match["day"]))
        except ValueError:
            pass
    raise ValueRefused(f"“{text}” ไม่ใช่วันที่ กรุณาพิมพ์แบบ ๑๑ มิ.ย. ๒๕๖๘ หรือ 11/6/2568")


def fiscal_year_of(day: date) -> int:
    """The Thai government's fiscal year, Buddhist era: October belongs to the next year."""
    return day.year + ERA + (day.month >= 10)


def fiscal_year_span(year: int) -> tuple[date, date]:
    """First and last day of a fiscal year of the Buddhist era."""
    return date(year - ERA - 1, 10, 1), date(year - ERA, 9, 30)


def parse_fiscal_year(text: str) -> int:
    """``๒๕๕๗`` or ``2557``; ``ValueRefused`` for what cannot be the year of an assessment."""
    plain = arabic_digits(text).strip()
    if re.fullmatch(r"\d{4}", plain) and FIRST_FISCAL_YEAR <= int(plain) <= LAST_FISCAL_YEAR:
        return int(plain)
    raise ValueRefused(
        f"“{text}” ใช้เป็นปีงบประมาณไม่ได้ กรุณาพิมพ์ปี พ.ศ. สี่หลัก "
        + thai_digits(f"ระหว่าง {FIRST_FISCAL_YEAR} ถึง {LAST_FISCAL_YEAR} เช่น 2568")
    )


# Combining marks in the order in which Thai is typed and stored: vowel below or above first,
# then the tone. Text from other programs has them the other way round; it looks the same, is
# found by no search and stacks wrong in print.
_VOWEL_MARKS: Final = "\u0e31\u0e34-\u0e3a\u0e47\u0e4d"
_TONES: Final = "\u0e48-\u0e4c"
_STACKED: Final = re.compile(f"[{_VOWEL_MARKS}{_TONES}]{{2,}}")
_NO_VOWEL_MARK: Final = re.compile(f"[^{_VOWEL_MARKS}]")
_NO_TONE: Final = re.compile(f"[^{_TONES}]")
_NFC_ORDERS: Final = re.compile("[\u0e38-\u0e3a]{2,}")
_DOUBLED: Final = re.compile(r"(.)\1+")
_SARA_AM: Final = re.compile(f"\u0e4d([{_TONES}]*)\u0e32")
_INVISIBLE: Final = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_QUICK: Final = re.compile(
    f"[^\n\u0020-\u007e\u0e01-\u0e2f\u0e30-\u0e33\u0e40-\u0e46\u0e4f-\u0e5b{_VOWEL_MARKS}{_TONES}]"
    f"|เเ|[\u0e38\u0e39]\u0e3a|[{_TONES}][{_VOWEL_MARKS}]|\u0e4d|([{_VOWEL_MARKS}{_TONES}])\\1"
)


def clean_text(text: str) -> str:
    """Text that can be stored, searched and printed; what a person sees stays the same.

    Line ends become newlines, tabs blanks; control, bidi and zero-width characters and lone
    surrogates go; ``เเ`` becomes ``แ``, decomposed sara am is composed, marks are put in typing
    order and doubled marks made single; the rest is NFC.
    Idempotent (property test).
    """
    text = re.sub("\r\n?|[\u000b\u000c\u0085\u2028\u2029]", "\n", text).replace("\t", " ")
    if not _QUICK.search(text):
        return text
    # Ordered before NFC too, which takes long over a great many marks that are out of order.
    text = _STACKED.sub(_ordered, _INVISIBLE.sub("", text))
    text = unicodedata.normalize("NFC", text).replace("เเ", "แ")
    return _SARA_AM.sub("\\1\u0e33", _STACKED.sub(_ordered, text))


def _ordered(stacked: re.Match[str]) -> str:
    """A run of marks in one pass: vowel marks, then tones, each as they came and none twice in a row."""
    marks = stacked.group()
    vowels = _NFC_ORDERS.sub(
        lambda m: "".join(sorted(m.group(), key=unicodedata.combining)),
        _NO_VOWEL_MARK.sub("", marks),
    )
    tones = _NO_TONE.sub("", marks)
    return _DOUBLED.sub(r"\1", vowels) + _DOUBLED.sub(r"\1", tones)


_CLUSTER: Final = re.compile(
    "[\u0e40-\u0e44]?[^\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e]"
    "[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*[\u0e30\u0e32\u0e33\u0e45]?|.",
    re.DOTALL,
)


def clusters(text: str) -> Iterator[str]:
    """The pieces of a text that must not be torn apart: a letter with its vowels and marks."""
    for match in _CLUSTER.finditer(text):
        yield match.group()


def shorten(text: str, most: int) -> str:
    """At most ``most`` characters, cut between clusters, with ``…`` where something is missing."""
    if len(text) <= most:
        return text
    kept = ""
    for cluster in clusters(text):
        if len(kept) + len(cluster) >= most:
            break
        kept += cluster
    return kept.rstrip() + "…"


_LEADING: Final = re.compile("([\u0e40-\u0e44])([\u0e01-\u0e2e])")
_MARKS: Final = re.compile("[\u0e47-\u0e4e]")


def collation_key(text: str) -> tuple[str, str]:
    """Sorts as the Royal Institute's dictionary does, and ``๒`` before ``๑๐``.

    First the letters with a leading vowel behind its consonant and without tone marks, then
    the marks as a tie-break.
    """
    plain = arabic_digits(text.casefold())
    plain = re.sub(r"\d+", lambda m: m.group().zfill(9), plain)
    plain = _LEADING.sub(r"\2\1", plain)
    return _MARKS.sub("", plain), plain
