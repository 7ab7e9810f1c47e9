"""Pages of help as they are compared with what is looked for: by whole words, and what a place is worth."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from esa_desktop.domain.manual import Page, texts
from esa_desktop.services.searching import folded

_TITLE, _SEARCH_WORD, _HEADING, _TEXT = 60.0, 45.0, 20.0, 3.0
_SAME_SEARCH_WORD: Final = 12.0
"""What a word is worth where it stands."""
_MOST_IN_TEXT: Final = 5
"""Times that a word counts in the text of a page: long pages are not better ones."""
MARKS: Final = re.compile("[\u0e47-\u0e4e]")
_BLANKS: Final = re.compile(" +")


Cut = Callable[[str], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something that is looked for: its compared form, and where its words end in that."""

    letters: str
    ends: frozenset[int]


@dataclass(frozen=True, slots=True)
class Line:
    """A text as it is compared, and where words begin or end in that."""

    letters: str
    ends: frozenset[int]
    is_heading: bool = False
    above: str = ""
    """The heading it stands under."""
    text: str = ""

    def count(self, wanted: Wanted) -> int:
        """How often it is there, but for chance: เพื่อน is not in เพื่อ|นำ.

        The beginning of a word counts, because it is being typed, and a part of one does too.
        """
        found, place = 0, self.letters.find(wanted.letters)
        while place >= 0:
            end = place + len(wanted.letters)
            apart = {at - place for at in self.ends if place < at < end} - wanted.ends
            found += not apart or (place in self.ends and end in self.ends)
            place = self.letters.find(wanted.letters, end)
        return found


@dataclass(frozen=True, slots=True)
class IndexedPage:
    """A page as it is compared."""

    page: Page
    title: Line
    search_words: tuple[Line, ...]
    lines: tuple[Line, ...]

    def has(self, wanted: Wanted) -> bool:
        return any(line.count(wanted) for line in (self.title, *self.search_words, *self.lines))


def compared_form(text: str) -> str:
    """People leave blanks out, and pages have some that people do not type."""
    return _BLANKS.sub("", folded(text))


def without_marks(text: str) -> str:
    return MARKS.sub("", compared_form(text))


def indexed(page: Page, compare: Callable[[str], str], cut: Cut) -> IndexedPage:
    return IndexedPage(
        page,
        Line(*parted(page.title, compare, cut)),
        tuple(Line(*parted(word, compare, cut)) for word in page.search_words),
        tuple(
            Line(*parted(text, compare, cut), text == above, above, text)
            for above, text in texts(page)
        ),
    )


def parted(text: str, compare: Callable[[str], str], cut: Cut) -> tuple[str, frozenset[int]]:
    """A text in its compared form, and where words begin or end in that."""
    letters, ends = "", {0}
    for word in cut(folded(text)):
        letters += compare(word)
        ends.add(len(letters))
    return letters, frozenset(ends)


def joined(parts: Sequence[Wanted]) -> Wanted:
    letters, ends = "", {0}
    for part in parts:
        ends |= {len(letters) + end for end in part.ends}
        letters += part.letters
    return Wanted(letters, frozenset(ends))


def worth_of(page: IndexedPage, words: Sequence[Wanted], whole: Wanted) -> float:
    worth = sum(_worth_of_one(page, word) for word in words)
    # The words beside each other, as typed, are worth more than each for itself.
    return worth + (2 * _worth_of_one(page, whole) if len(words) > 1 else 0.0)


def _worth_of_one(page: IndexedPage, word: Wanted) -> float:
    in_text = sum(line.count(word) for line in page.lines if not line.is_heading)
    return (
        _TITLE * bool(page.title.count(word))
        + _TITLE * (word.letters == page.title.letters)
        + _SEARCH_WORD * any(line.count(word) for line in page.search_words)
        + _SAME_SEARCH_WORD * any(line.letters == word.letters for line in page.search_words)
        + _HEADING * any(line.count(word) for line in page.lines if line.is_heading)
        + _TEXT * min(in_text, _MOST_IN_TEXT)
    )
