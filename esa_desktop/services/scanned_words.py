"""Words as scanners and old PDFs give them: cleaned, with patterns that read through what they spoil."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from esa_desktop.domain.errors import ValueRefused
from esa_desktop.domain.thai import (
    MONTHS,
    SHORT_MONTHS,
    arabic_digits,
    clean_text,
    parse_thai_date,
)

MOST_LETTERS: Final = 8_000
"""Of the words that are looked at; the first page of a document says what it is."""
_FIRST_YEAR, _LAST_YEAR = 2440, 2700

# Fonts of the nineties keep shifted marks in the private use area; PDFs made with them still say so.
_SHIFTED: Final = {
    0xF700 + number: letter
    for number, letter in enumerate("ฐ\u0e34\u0e35\u0e36\u0e37" + "่้๊๋์" * 2 + "ญัํ็" + "่้๊๋์" + "ฺุู")
}


_TORN: Final = re.compile("(?<=[เแโใไ])[ ]+(?=[ก-ฮ])|[ ]+(?=[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e])")


def tidy(line: str) -> str:
    """One blank between words, none around or inside a syllable; rules and leaders of dots go."""
    line = _TORN.sub("", line)
    line = re.sub(r"[_.…‥*=~–—-]{4,}|[^\w\s]{6,}", " ", line)
    return " ".join(line.split()).strip(" :;|,")


def loose(word: str) -> str:
    """A pattern for a word as scanners and old PDFs spell it: blanks inside, tone marks lost."""
    tones = {letter: f"{letter}?" for letter in map(chr, range(0x0E47, 0x0E4F))}
    return " ?".join(tones.get(letter, re.escape(letter)) for letter in word)


def read_lines(words: str) -> list[str]:
    """The lines with something in them, tidy."""
    text = clean_text(words[:MOST_LETTERS].translate(_SHIFTED)).replace("\u00a0", " ")
    return [line for line in map(tidy, text.split("\n")) if line]


_PAGE_MARK: Final = re.compile(
    r"(?:^|\s)[-–—(]?\s?หน้า(?:ที่)?\s?(?P<page>\d{1,4})(?:\s?(?:/|จาก|ของ)\s?\d{1,4})?\s?[-–—)]?(?=\s|$)"
    r"|^[-–—]\s?(?P<bare>\d{1,4})\s?[-–—]$"
)


def first_page(lines: Sequence[str]) -> list[str]:
    """Lines up to the mark of a later page, without marks: หน้า ๒, - ๒ -.

    A document may begin with a mark, as what is scanned from the middle of another does.
    """
    kept: list[str] = []
    for line in lines:
        rest = line
        while found := _PAGE_MARK.search(arabic_digits(rest)):
            before = rest[: found.start()].strip()
            if int(found["page"] or found["bare"]) > 1 and (kept or reads_well(before)):
                return [*kept, before] if before else kept
            rest = f"{before} {rest[found.end() :].strip()}".strip()
        if rest:
            kept.append(rest)
    return kept


_MONTH_NAMES: Final = "|".join(
    [loose(name) for name in MONTHS] + [name.replace(".", r"\s?\.?\s?") for name in SHORT_MONTHS]
)
_DATE: Final = re.compile(
    r"(?P<range>\d{1,2}\s*(?:[-–—]|ถึง|และ)\s*)?(?<![\d/])(?P<day>\d{1,2})\s*(?:เดือน\s*)?"
    rf"(?:(?P<name>{_MONTH_NAMES})\s*(?:พ\s?\.?\s?ศ\s?\.?\s*)?|[/.-](?P<month>\d{{1,2}})[/.-])(?P<year>\d{{4}})(?!\d)"
)
_PLAIN_NAMES: Final = {
    re.sub("[\u0e47-\u0e4e. ]", "", name): name for name in (*MONTHS, *SHORT_MONTHS)
}


def date_in(line: str) -> date | None:
    """The first day named in a line; a meeting of several days has none."""
    found = _DATE.search(arabic_digits(line))
    if not found or found["range"] or not _FIRST_YEAR <= int(found["year"]) <= _LAST_YEAR:
        return None
    spelt = re.sub("[\u0e47-\u0e4e. ]", "", found["name"] or "")
    month = f" {_PLAIN_NAMES.get(spelt, '')} " if spelt else f"/{found['month']}/"
    try:
        return parse_thai_date(f"{found['day']}{month}{found['year']}")
    except ValueRefused:
        return None


def reads_well(line: str) -> bool:
    """Words, not the dust of a scan: enough letters, and few signs between them."""
    letters = sum(map(_is_letter_sign, line))
    seen = sum(not sign.isspace() for sign in line)
    # Runs of letters that may be a word: one torn letter after the other is none.
    word = re.search(r"[ก-\u0e4e]{4,}|[A-Za-z]{3,}", line)
    return letters >= 6 and letters >= 0.7 * seen and word is not None


def _is_letter_sign(sign: str) -> bool:
    return sign.isalnum() or "\u0e30" <= sign <= "\u0e4e"
