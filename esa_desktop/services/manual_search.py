"""Search in the help: best pages first, forgiving in digits, case, blanks and tone marks."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from esa_desktop.domain.manual import Manual
from esa_desktop.domain.thai import clusters
from esa_desktop.services.manual_index import (
    MARKS,
    Cut,
    IndexedPage,
    Wanted,
    compared_form,
    indexed,
    joined,
    parted,
    without_marks,
    worth_of,
)
from esa_desktop.services.searching import folded, needle, occurrences

_BEFORE: Final = 24
_AFTER: Final = 70
"""Characters of a line around the words."""
_LEAST_PIECE: Final = 3
"""Letters of a part of what was typed that is worth looking for."""
_MOST_TYPED: Final = 80
_FEW: Final = 3
"""Pages; with fewer, those are added that have two parts of what was typed."""


@dataclass(frozen=True, slots=True)
class PageHit:
    page: str
    """Id."""
    title: str
    heading: str
    """Above the line; empty at the beginning of the page."""
    line: str
    """Around the first place, with ``…`` where it was cut."""
    marks: tuple[tuple[int, int], ...]
    """Start and end of the words in the line."""


@dataclass(frozen=True, slots=True)
class Found:
    hits: tuple[PageHit, ...]
    words: tuple[str, ...]
    """What is marked: as typed, or the parts of it that were found."""
    is_exact: bool
    """Every word stands on every page; else the pages only come near."""


class ManualIndex:
    """Made once for a manual, asked at every key."""

    def __init__(self, manual: Manual, cut: Cut = clusters) -> None:
        """``cut`` parts a text into words, as far as somebody knows them."""
        self._cut = cut
        self._exact = [indexed(page, compared_form, cut) for page in manual.pages]
        self._unmarked: list[IndexedPage] | None = None
        self._manual = manual

    def search(self, typed: str) -> Found:
        """Pages with all the words; else without tone marks; else with parts of what was typed."""
        wanted = needle(typed[:_MOST_TYPED])
        words = tuple(dict.fromkeys(wanted.split(" "))) if wanted else ()
        if not words:
            return Found((), (), is_exact=True)
        hits = self._ranked(self._exact, words, compared_form, self._cut)
        if hits:
            more, words = self._apart(hits, words)
            return Found((*hits, *more), words, is_exact=True)
        if self._unmarked is None:
            self._unmarked = [indexed(page, without_marks, clusters) for page in self._manual.pages]
        hits = self._ranked(self._unmarked, words, without_marks, clusters)
        if hits:
            return Found(hits, words, is_exact=True)
        pieces = self._pieces(words, self._cut) or self._pieces(words, clusters)
        return Found(self._near(pieces), pieces, is_exact=False)

    def _ranked(
        self,
        pages: Iterable[IndexedPage],
        words: Sequence[str],
        compare: Callable[[str], str],
        cut: Cut,
    ) -> tuple[PageHit, ...]:
        compared = [Wanted(*parted(word, compare, cut)) for word in words]
        if not all(word.letters for word in compared):
            return ()
        whole = joined(compared)
        found = [
            (-worth_of(page, compared, whole), place, page)
            for place, page in enumerate(pages)
            if all(map(page.has, compared))
        ]
        return tuple(_hit(page, compared, words) for _, _, page in sorted(found, key=_order))

    def _apart(
        self, hits: tuple[PageHit, ...], words: tuple[str, ...]
    ) -> tuple[tuple[PageHit, ...], tuple[str, ...]]:
        """Where few pages have what was typed in one: pages with two parts of it, and all to mark.

        Thai is typed without blanks: who looks for ไฟล์หาย wants ไฟล์หลักฐานที่หายไป too.
        """
        if len(words) > 1 or len(hits) >= _FEW:
            return (), words
        letters = list(self._cut(words[0]))
        known = {hit.page for hit in hits}
        others = [page for page in self._exact if page.page.id not in known]
        best: tuple[PageHit, ...] = ()
        marked = words
        for place in range(1, len(letters)):
            parts = "".join(letters[:place]), "".join(letters[place:])
            if min(map(len, parts)) >= _LEAST_PIECE:
                found = self._ranked(others, parts, compared_form, self._cut)
                if len(found) > len(best):
                    best, marked = found, (*words, *parts)
        return best, marked

    def _pieces(self, words: Sequence[str], cut: Cut) -> tuple[str, ...]:
        """The longest parts that any page has, from left to right: people type sentences."""
        pieces: dict[str, None] = {}
        for word in words:
            letters = list(cut(word))
            start = 0
            while start < len(letters):
                end = self._longest_known(letters, start, cut)
                if end > start:
                    pieces["".join(letters[start:end])] = None
                start = max(end, start + 1)
        longest = max(map(len, pieces), default=0)
        # Beside a long part short ones are chance: the tail of one word and the head of the next.
        return tuple(piece for piece in pieces if 2 * len(piece) > longest)

    def _near(self, pieces: Sequence[str]) -> tuple[PageHit, ...]:
        wanted = [Wanted(*parted(piece, compared_form, self._cut)) for piece in pieces]
        rare = {
            piece: 1 - sum(page.has(piece) for page in self._exact) / (len(self._exact) + 1)
            for piece in wanted
        }
        found = []
        for place, page in enumerate(self._exact):
            here = [piece for piece in wanted if page.has(piece)]
            if here:
                likeness = sum(len(piece.letters) * rare[piece] for piece in here)
                worth = worth_of(page, here, joined(here))
                found.append((-(1000.0 * likeness + worth), place, page))
        return tuple(_hit(page, wanted, pieces) for _, _, page in sorted(found, key=_order))

    def _longest_known(self, letters: Sequence[str], start: int, cut: Cut) -> int:
        """Where the longest part from ``start`` on ends that stands anywhere; ``start`` for none."""
        for end in range(len(letters), start, -1):
            piece = "".join(letters[start:end])
            if len(piece) < _LEAST_PIECE:
                break
            wanted = Wanted(*parted(piece, compared_form, cut))
            if any(page.has(wanted) for page in self._exact):
                return end
        return start


def places_of(text: str, words: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Where the words stand in a text, in order, none overlapping: for marking them."""
    found = sorted(place for word in words for place in _places(text, word))
    kept: list[tuple[int, int]] = []
    for start, end in found:
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)


def _places(text: str, word: str) -> list[tuple[int, int]]:
    exact = occurrences(text, word)
    if exact or not word.strip():
        return exact
    return list(_loose_places(text, word))


def _loose_places(text: str, word: str) -> Iterator[tuple[int, int]]:
    """Places that differ in blanks or tone marks."""
    compared, starts = _with_places(text)
    wanted = without_marks(word)
    place = compared.find(wanted) if wanted else -1
    while place >= 0:
        end = starts[place + len(wanted)]
        yield starts[place], len(text[:end].rstrip(" "))
        place = compared.find(wanted, place + len(wanted))


def _with_places(text: str) -> tuple[str, list[int]]:
    """The text without blanks and marks, and where each of its letters stood; and the end."""
    same = folded(text)
    if len(same) != len(text):
        return "", [0]
    kept = [(n, sign) for n, sign in enumerate(same) if sign != " " and not MARKS.match(sign)]
    return "".join(sign for _, sign in kept), [*(n for n, _ in kept), len(text)]


def _order(found: tuple[float, int, IndexedPage]) -> tuple[float, int]:
    return found[:2]


def _hit(page: IndexedPage, compared: Sequence[Wanted], words: Sequence[str]) -> PageHit:
    """The line with the most of the words; of a page that has them only in its title, the first."""
    best = max(page.lines, key=lambda line: sum(bool(line.count(word)) for word in compared))
    heading, text = best.above, best.text
    places = places_of(text, words)
    line, shift = _around(text, places[0][0] if places else 0)
    marks = tuple(
        (start + shift, end + shift)
        for start, end in places
        if start + shift >= 0 and end + shift <= len(line)
    )
    return PageHit(page.page.id, page.page.title, heading if heading != text else "", line, marks)


def _around(text: str, place: int) -> tuple[str, int]:
    """A line of the text around a place, cut between clusters, and how far its letters moved."""
    first, last, at = 0, len(text), 0
    for cluster in clusters(text):
        if at <= place - _BEFORE:
            first = at
        if at <= place + _AFTER < at + len(cluster):
            last = at
        at += len(cluster)
    before = "…" if first else ""
    after = "…" if last < len(text) else ""
    return f"{before}{text[first:last]}{after}", len(before) - first
