"""A pasted list of names: one a line, without the numbers that the program puts there itself."""

import re
from collections.abc import Sequence
from typing import Final

_NUMBER: Final = re.compile(
    r"^(?:[๐-๙0-9]{1,2}(?:\.[๐-๙0-9]{1,2})+[.)]?|[๐-๙0-9]{1,2}[.)]|[(][๐-๙0-9]{1,2}[)]|[•\-–])\s*(?=\S)"
)
"""``๑.``, ``1)``, ``(๑)``, ``๑.๒.๓``, a bullet; never a number that begins a sentence."""


def names_of_lines(lines: Sequence[str]) -> list[str]:
    """The numbers go only where every line has one: else they are part of the names."""
    clean = [" ".join(line.split()) for line in lines]
    named = [_NUMBER.sub("", line) for line in clean]
    has_numbers = all(one != other for one, other in zip(clean, named, strict=True))
    return named if has_numbers else clean
