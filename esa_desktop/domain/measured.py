"""A measured value as typed, e.g. ``๘๗.๕๐``: read exactly, kept with its decimals."""

import re
from decimal import Decimal, InvalidOperation
from typing import Final

from esa_desktop.domain.errors import ValueRefused
from esa_desktop.domain.thai import arabic_digits, clean_text, thai_digits

LARGEST: Final = Decimal("1e9")
MOST_DECIMALS: Final = 6
PERCENT: Final = "ร้อยละ"
"""The unit of a percentage, as rubrics write it; others are free words such as ``โรงเรียน``."""

_GROUPED: Final = re.compile(r"[^,]*|[^\d,]*\d{1,3}(?:,\d{3})+(?:\.\d*)?[^\d,]*")


def ungrouped(number: str) -> str:
    """A number in Arabic digits without the commas between its thousands.

    ``ValueError`` for a comma elsewhere: nobody knows whether ``7,5`` is 7.5 or 75.
    """
    if not _GROUPED.fullmatch(number):
        raise ValueError(number)
    return number.replace(",", "")


def parse_measured(text: str, unit: str = "") -> str:
    """The value in plain Arabic digits with the decimals somebody typed; ``""`` for nothing.

    Takes Thai digits, commas between thousands, a sign, ``ร้อยละ`` in front or ``%`` behind.
    Raises `ValueRefused` with a sentence.
    """
    words = clean_text(text).strip()
    refused = ValueRefused(f"“{words}” ไม่ใช่ตัวเลข กรุณาพิมพ์ตัวเลขอย่างเดียว เช่น ๘๗.๕๐")
    try:
        plain = ungrouped(arabic_digits(words).removeprefix(PERCENT).removesuffix("%").strip())
    except ValueError as error:
        raise refused from error
    if not plain:
        return ""
    if not plain.isascii() or not set(plain) <= set("+-.0123456789"):
        raise refused
    try:
        value = Decimal(plain)
    except InvalidOperation as error:
        raise refused from error
    if abs(value) > LARGEST or -int(value.as_tuple().exponent) > MOST_DECIMALS:
        raise ValueRefused(f"“{words}” ยาวเกินไป กรุณาพิมพ์ตัวเลขที่สั้นกว่านี้ ทศนิยมไม่เกิน ๖ ตำแหน่ง")
    if unit == PERCENT and not 0 <= value <= 100:
        raise ValueRefused(f"“{words}” ไม่ใช่ค่าร้อยละ กรุณาพิมพ์ตัวเลขตั้งแต่ ๐ ถึง ๑๐๐")
    return f"{value:f}"


def measured_words(value: str, unit: str) -> str:
    """``ร้อยละ ๘๗.๕๐`` or ``๑๒ โรงเรียน``: percent stands in front, any other unit behind."""
    digits = thai_digits(value)
    words = (unit, digits) if unit.startswith(PERCENT) else (digits, unit)
    return " ".join(filter(None, words))
