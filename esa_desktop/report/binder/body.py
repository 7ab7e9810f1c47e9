"""The body of one volume while it is filled: dividers, items, bookmarks, and what must be added at the end."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path
from typing import Final

from esa_desktop.report.binder.entries import Entry
from esa_desktop.report.binder.tables import Group, Row
from esa_desktop.report.binder.volume import Bookmark, Place, Volume
from esa_desktop.report.document import Page

_LINE: Final = 70
_LETTER: Final = 4
"""Bytes of a page for a line and for each of its letters, at most (measured: two thirds of that)."""


@dataclass(frozen=True, slots=True)
class LateDivider:
    """A divider whose pages have their places and are drawn when all numbers are known."""

    pages: tuple[Page, ...]
    contents: tuple[int, ...]
    """Numbers of the objects that draw its pages."""
    numbers: tuple[str, ...]
    """As printed on its pages."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The ids whose divider stands already."""

    standard: str = ""
    indicator: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    place: Place
    entries: int
    late: int
    rows: int
    late_bytes: int
    standing: Standing
    marked: tuple[str, ...]


@dataclass
class Body:
    """One volume and what is known of it."""

    volume: Volume
    path: Path
    entries: list[Entry] = field(default_factory=list)
    late: list[LateDivider] = field(default_factory=list)
    rows: list[Row | Group] = field(default_factory=list)
    """Of its index."""
    late_bytes: int = 0
    marked: tuple[str, ...] = ()
    """Ids that have a bookmark here: standard, indicator, section."""
    _pending: list[tuple[int, str]] = field(default_factory=list)

    def checkpoint(self, standing: Standing) -> Checkpoint:
        return Checkpoint(
            self.volume.place(),
            len(self.entries),
            len(self.late),
            len(self.rows),
            self.late_bytes,
            standing,
            self.marked,
        )

    def take_back(self, point: Checkpoint) -> Standing:
        self.volume.take_back(point.place)
        del self.entries[point.entries :]
        del self.late[point.late :]
        del self.rows[point.rows :]
        self.late_bytes = point.late_bytes
        self.marked = point.marked
        self._pending.clear()
        return point.standing

    def bookmark(self, depth: int, words: str) -> None:
        """Leads to the next page that comes."""
        self._pending.append((depth, words))

    def page_came(self, page: int) -> None:
        self.volume.bookmarks += [Bookmark(depth, words, page) for depth, words in self._pending]
        self._pending.clear()

    def begin_section(self, heading: str) -> None:
        """Its heading in the index of this volume, once."""
        if not any(isinstance(row, Group) and row.words == heading for row in self.rows):
            self.rows.append(Group(heading))
            self.late_bytes += bytes_of(heading)

    def add_row(self, row: Row) -> None:
        self.rows.append(row)
        self.late_bytes += bytes_of(row.entry.item.title, row.entry.item.number) + 4 * _LINE


def bytes_of(*words: str) -> int:
    """At most what words take on a page."""
    return sum(_LINE + _LETTER * len(text) for text in words)


def pages_at_most(heights: Sequence[float], room: float) -> int:
    """Pages that bands of these heights need, whatever is kept together."""
    tallest = max(heights, default=0.0)
    return max(1, ceil(sum(heights) / max(room - tallest, room / 3)))
