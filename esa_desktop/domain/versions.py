"""Versions of the program: which of two is newer, and what may be shown of one found in a file."""

import re
from typing import Final

_VERSION: Final = re.compile(r"(\d{1,5}(?:\.\d{1,5}){1,3})(?:[-.+]?[A-Za-z][0-9A-Za-z]{0,11}){0,2}")


def known_version(text: object) -> str:
    """``text`` where it reads as a version, else empty: what a file says is shown to people."""
    return text if isinstance(text, str) and _VERSION.fullmatch(text) else ""


def is_newer(one: str, other: str) -> bool:
    """Whether ``one`` came after ``other``, by their numbers; ``False`` for what is no version."""
    return _numbers(one) > _numbers(other) if known_version(one) and known_version(other) else False


def _numbers(version: str) -> tuple[int, ...]:
    found = _VERSION.fullmatch(version)
    numbers = [int(part) for part in found[1].split(".")] if found else []
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)
