"""Stretches between blanks: which of them belong to the word before, although a blank parts them."""

import re
from typing import Final

from esa_desktop.report.text_lines import Piece

# What stays with the word before the blank: numbers, ๆ and ฯ, dashes and closing signs.
_STAYS: Final = re.compile(r"^([๐-๙0-9]{1,4}([.,:%)]|$)|[ๆฯ]|[–-]$|[,.)”/])")
# After a number: the noun it counts, or the month of a day.
_COUNTED: Final = re.compile(
    "^(ข้อ|คน|ครั้ง|โรง|โรงเรียน|วัน|ปี|บาท|รุ่น|ชุด|จุด|อำเภอ|น\\.|ด้าน|แห่ง|เรื่อง|กิจกรรม|"
    "มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม)$"
)
_NUMBER: Final = re.compile("[๐-๙0-9.,%]+")
_LEADING_SIGNS: Final = re.compile("[,/)]+")
_LONGEST_GLUED: Final = 5.6
"""In em: what is glued together must not tear a hole into the line above."""


class Word:
    """A stretch between blanks, cut into pieces, and what it means for the blank before it."""

    __slots__ = ("counted", "is_capital", "is_number", "leading_signs", "pieces", "stays")

    def __init__(self, token: str, pieces: tuple[Piece, ...]) -> None:
        self.pieces = pieces
        signs = _LEADING_SIGNS.match(token)
        self.leading_signs = signs.end() if signs else 0
        self.stays = _STAYS.match(token) is not None
        self.counted = _COUNTED.match(pieces[0].typed[0][0]) is not None
        self.is_number = _NUMBER.fullmatch(token) is not None
        self.is_capital = len(token) == 1 and token.isupper()


def belongs_to_line(before: Piece, blank: Piece, word: Word, *, after_number: bool) -> bool:
    """Whether a word stays on the line of the piece before it, although a blank parts them."""
    if not (word.stays or word.is_capital or (after_number and word.counted)):
        return False
    if before.width + blank.width + word.pieces[0].width > _LONGEST_GLUED * 1000:
        return False
    if word.stays or (after_number and word.counted):
        return True
    return before.typed[-1][0].isupper()  # P D C A
