"""The words that were changed inside a paragraph, joined to stretches that can be read."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import Final

from esa_desktop.domain.alignment import matches
from esa_desktop.domain.compared import Piece, Style
from esa_desktop.domain.richtext import Paragraph, Run

BREAK: Final = "\u2029"
"""Stands between paragraphs that are compared as one; no clean text has it."""
_SHORT: Final = 3
"""Letters between two changes that are no reason to tell them apart."""


@dataclass(frozen=True, slots=True)
class _Hunk:
    """Places in the earlier and the later text between which they differ."""

    start: int
    end: int
    begin: int
    finish: int

    @property
    def size(self) -> int:
        return max(self.end - self.start, self.finish - self.begin)


def joined_runs(paragraphs: Sequence[Paragraph]) -> tuple[Run, ...]:
    """The runs of several paragraphs with `BREAK` between them."""
    runs: list[Run] = []
    for number, paragraph in enumerate(paragraphs):
        runs += [Run(BREAK)] if number else []
        runs += (replace(run, text=run.text.replace(BREAK, "\n")) for run in paragraph.runs)
    return tuple(runs)


def word_pieces(
    before: Sequence[Run], after: Sequence[Run], words: Callable[[str], Sequence[str]]
) -> tuple[Piece, ...]:
    """What was changed by whole words; changes with little between them are told as one.

    What only looks otherwise is ``same`` with its earlier style.
    """
    one, other = "".join(run.text for run in before), "".join(run.text for run in after)
    hunks = _readable(_hunks(one, other, words), one)
    earlier, later = _Styles(before), _Styles(after)
    pieces: list[Piece] = []
    place = begin = 0
    for hunk in (*hunks, _Hunk(len(one), len(one), len(other), len(other))):
        for text, style, was in _both(one, (place, hunk.start), earlier, later, begin - place):
            pieces.append(Piece(text, "same", style, was if was != style else None))
        pieces += (Piece(t, "removed", s) for t, s in earlier.stretches(one, hunk.start, hunk.end))
        pieces += (Piece(t, "added", s) for t, s in later.stretches(other, hunk.begin, hunk.finish))
        place, begin = hunk.end, hunk.finish
    return tuple(pieces)


def _hunks(before: str, after: str, words: Callable[[str], Sequence[str]]) -> list[_Hunk]:
    one, other = _tokens(before, words), _tokens(after, words)
    ends = [0, *accumulate(len(token) for token in one)]
    finishes = [0, *accumulate(len(token) for token in other)]
    hunks: list[_Hunk] = []
    i = j = 0
    for start, begin, length in (*matches(one, other), (len(one), len(other), 0)):
        if i < start or j < begin:
            hunks.append(_Hunk(ends[i], ends[start], finishes[j], finishes[begin]))
        i, j = start + length, begin + length
    return hunks


def _tokens(text: str, words: Callable[[str], Sequence[str]]) -> list[str]:
    tokens: list[str] = []
    for number, part in enumerate(text.split(BREAK)):
        tokens += [BREAK] if number else []
        tokens += (word for word in words(part) if word)
    return tokens


def _readable(hunks: Sequence[_Hunk], before: str) -> list[_Hunk]:
    """Neighbours joined where what stayed between them is shorter than what was changed."""
    joined: list[_Hunk] = []
    for new in hunks:
        hunk = new
        while joined and _belong_together(joined[-1], hunk, before):
            last = joined.pop()
            hunk = _Hunk(last.start, hunk.end, last.begin, hunk.finish)
        joined.append(hunk)
    return joined


def _belong_together(one: _Hunk, other: _Hunk, before: str) -> bool:
    removes = one.start < one.end or other.start < other.end
    adds = one.begin < one.finish or other.begin < other.finish
    if not (removes and adds):
        return False  # only additions, or only cuts, are easily read side by side
    kept = before[one.end : other.start]
    if not kept.strip() or len(kept.strip()) <= _SHORT:
        return True
    return len(kept) <= min(one.size, other.size)


class _Styles:
    """The style at each place of a text, by its runs."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self._ends = list(accumulate(len(run.text) for run in runs))
        self._styles = [run.style for run in runs]

    def ends_between(self, start: int, end: int) -> Iterator[int]:
        return iter(self._ends[bisect_right(self._ends, start) : bisect_left(self._ends, end)])

    def at(self, place: int) -> Style:
        return self._styles[bisect_right(self._ends, place)]

    def stretches(self, text: str, start: int, end: int) -> Iterator[tuple[str, Style]]:
        places = [start, *self.ends_between(start, end), end]
        for place, until in pairwise(places):
            if place < until:
                yield text[place:until], self.at(place)


def _both(
    text: str, span: tuple[int, int], earlier: _Styles, later: _Styles, shift: int
) -> Iterator[tuple[str, Style, Style]]:
    """Stretches of what is in both texts: (text, style now, style before).

    ``shift``: how much further on the span lies in the later text.
    """
    start, end = span
    places = {start, end, *earlier.ends_between(start, end)}
    places.update(p - shift for p in later.ends_between(start + shift, end + shift))
    ordered = sorted(places)
    for place, until in pairwise(ordered):
        yield text[place:until], later.at(place + shift), earlier.at(place)
