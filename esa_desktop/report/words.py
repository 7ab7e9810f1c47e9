"""Stretches between blanks: how strongly each holds to the one before, although a blank parts them."""

import re
from functools import lru_cache
from typing import Final

from esa_desktop.report.text_lines import CLOSE, LOOSE, TIGHT, Piece

# A number, also with its thousands, its decimals, its year: ๑๒,๕๐๐  ๔๙.๕๘  ๑/๒๕๕๗  ๑๐.๓๐  (๓)
_NUMBER: Final = re.compile("[(]?[๐-๙0-9][๐-๙0-9.,:/%–-]{0,9}[).,”]*")
_AMOUNT: Final = re.compile("[๐-๙0-9.,%]+")
# ๐๔๐๐๑/ว๑๒๓ and the like, behind the letters of an office.
_DOCUMENT_NUMBER: Final = re.compile("[๐-๙0-9][๐-๙0-9./]*/[ก-ฮ]?[๐-๙0-9/]+")
_OFFICE_LETTERS: Final = re.compile(r"([ก-ฮ]{2}|[ก-ฮ]\.[ก-ฮ]\.)")
# The number of an item in running text (๑. แผน ๒. งาน) belongs to what follows.
_INLINE_LABEL: Final = re.compile(r"[๐-๙0-9]{1,2}[.)]|\([๐-๙0-9]{1,2}\)")
_ASKS_FOR_NUMBER: Final = re.compile("(ที่|ข้อ|ระดับ|ละ|จำนวน|ตาราง|ภาพ|หน้า)$")
# What stays above in any case: ๆ and ฯ, dashes, signs of reckoning, closing signs.
_STAYS: Final = re.compile(r"[ๆฯ]|[–—=+×-]$|[,.:;)\]}”’»%/]")
_OPENS: Final = re.compile("[(\\[{“‘«฿#]$")
_CAPITAL: Final = re.compile("[A-Z][–-]?")  # P D C A
# After a number: the noun it counts, or the month of a day.
_MONTHS: Final = frozenset(
    "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม "
    "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split()
)
_COUNTED: Final = _MONTHS | frozenset(
    "ข้อ คน ท่าน ราย รูป ครั้ง โรง โรงเรียน วัน เดือน ปี ชั่วโมง นาที สัปดาห์ บาท ล้านบาท รุ่น ชุด จุด อำเภอ ตำบล "
    "จังหวัด เขต ด้าน แห่ง เรื่อง กิจกรรม เล่ม ฉบับ แผ่น หน้า หลัง ห้อง เครื่อง คัน ระดับ คะแนน ประเด็น ตัวบ่งชี้ "
    "มาตรฐาน รายการ กลุ่ม เครือข่าย ขั้นตอน รอบ เท่า ครัวเรือน หมู่บ้าน ภาคเรียน หลักสูตร ผลงาน อันดับ หน่วย น. กม.".split()
)
_BEHIND: Final = "๐๑๒๓๔๕๖๗๘๙0123456789,)”"
# Before a name: titles, and the short words for places.
_TITLE: Final = re.compile(
    r"(นาย|นาง|นางสาว|เด็กชาย|เด็กหญิง|น\.ส\.|ด\.ช\.|ด\.ญ\.|ดร\.|ผศ\.|รศ\.|ศ\.|ว่าที่|ร\.ต\.)"
)
_PLACE: Final = re.compile(
    r"(ณ|สพป\.|สพม\.|ผอ\.|รอง|รร\.|ร\.ร\.|อบต\.|จ\.|อ\.|ต\.|ถ\.|พ\.ศ\.|ค\.ศ\.)"
)
LONGEST_NAME: Final = 14
"""Signs of a first name behind its title."""
_LEADING_SIGNS: Final = re.compile("[,/)]+")
_LONGEST_HELD: Final = 48
"""Letters: whatever is written, nothing longer is put together."""


class _Kind:
    """What a stretch between blanks is, whatever its pieces."""

    __slots__ = (
        "asks_for_number",
        "before_name",
        "is_amount",
        "is_capital",
        "is_dash",
        "is_day",
        "is_document_number",
        "is_era",
        "is_label",
        "is_month",
        "is_number",
        "is_office",
        "is_title",
        "leading_signs",
        "names_document",
        "opens",
        "stays",
    )

    def __init__(self, token: str) -> None:
        signs = _LEADING_SIGNS.match(token)
        self.leading_signs = signs.end() if signs else 0
        self.stays = _STAYS.match(token) is not None
        self.opens = _OPENS.search(token) is not None
        self.is_amount = _AMOUNT.fullmatch(token) is not None
        self.is_number = _NUMBER.fullmatch(token) is not None
        self.is_month = token in _MONTHS
        self.is_label = _INLINE_LABEL.fullmatch(token) is not None
        self.is_document_number = _DOCUMENT_NUMBER.fullmatch(token) is not None
        self.is_office = _OFFICE_LETTERS.fullmatch(token) is not None
        self.is_capital = _CAPITAL.fullmatch(token) is not None
        self.is_dash = token in {"–", "—", "-"}
        self.is_day = token.endswith("วันที่")
        self.is_era = token in {"พ.ศ.", "ค.ศ."}
        self.names_document = token in {"ที่", "เลขที่", "หนังสือที่"}
        self.asks_for_number = _ASKS_FOR_NUMBER.search(token) is not None
        self.is_title = _TITLE.fullmatch(token) is not None
        self.before_name = 0
        if self.is_title:
            self.before_name = CLOSE
        elif self.is_era or _PLACE.fullmatch(token):
            self.before_name = LOOSE


_PLAIN: Final = re.compile("[ก-ฮเ-ไ][ก-ฮะ-ูเ-ๅ็-์]{12,}")
"""Nothing but letters, and more of them than any word has that means something to a blank."""
_PLAIN_KIND: Final = _Kind("ก" * 13)


def _kind(token: str) -> _Kind:
    if _PLAIN.fullmatch(token) and not _ASKS_FOR_NUMBER.search(token):
        return _PLAIN_KIND
    return _kind_of(token)


_kind_of = lru_cache(maxsize=20_000)(_Kind)


class Word:
    """A stretch between blanks, cut into pieces, and what it means for the blanks beside it."""

    __slots__ = ("counted", "kind", "leading_signs", "pieces")

    def __init__(self, token: str, pieces: tuple[Piece, ...]) -> None:
        self.pieces = pieces
        self.kind = _kind(token)
        self.leading_signs = self.kind.leading_signs
        """How many signs at its beginning belong above: ``" ,word"`` typed so."""
        self.counted = pieces[0].typed[0][0].rstrip(_BEHIND) in _COUNTED


def bond(before: Word, word: Word, earlier: Word | None = None) -> int:
    """How strongly a word holds to the one before it: not at all (0), LOOSE, CLOSE or TIGHT.

    ``earlier``: what stands before both.
    """
    left, right = before.kind, word.kind
    if right.stays or left.opens:
        return TIGHT
    if right.is_label and not left.asks_for_number:
        return 0
    if left.is_label:
        return CLOSE
    if right.is_number:
        return _bond_of_number(before, earlier)
    if (
        (left.is_amount and word.counted)
        or (left.is_office and right.is_document_number)
        or (left.names_document and right.is_office)
        or (left.is_capital and right.is_capital)
    ):
        return CLOSE
    return LOOSE if right.is_era else left.before_name


def _bond_of_number(before: Word, earlier: Word | None) -> int:
    # Rather “เมื่อวันที่ | ๖ ธันวาคม ๒๕๕๗” or “๕ – | ๖ ธันวาคม ๒๕๕๗” than the year alone.
    if before.kind.is_day or before.kind.is_dash:
        return LOOSE
    # A noun that was counted already: ๘๖ โรงเรียน | ๙ เครือข่าย.
    is_counted = earlier is not None and earlier.kind.is_amount and before.counted
    return LOOSE if is_counted and not before.kind.is_month else CLOSE


def may_join(piece: Piece, after: Piece) -> bool:
    """Whether the outcome is still a thing to put on one line."""
    return piece.letters + after.letters < _LONGEST_HELD
