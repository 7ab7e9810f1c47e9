"""What came out of comparing two texts: the same model once more, each part marked as kept, added or removed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from esa_desktop.domain.richtext import Align, Image

Change = Literal["same", "added", "removed"]
"""Whether a part is in both texts, only in the later or only in the earlier one."""
Style = tuple[bool, bool, bool]
"""Bold, italic, underline."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text in one style that had one fate."""

    text: str
    change: Change = "same"
    style: Style = (False, False, False)
    """As it is in the later text; of removed text as it was."""
    was: Style | None = None
    """The earlier style of text that is the same and only looks otherwise now."""


@dataclass(frozen=True, slots=True)
class ComparedParagraph:
    pieces: tuple[Piece, ...]
    change: Change = "same"
    """``same``: there is a counterpart, whatever was done to its words."""
    label: tuple[Piece, ...] = ()
    level: int = 0
    align: Align = "left"
    opening: Change = "same"
    """``added``: the paragraph before was parted here; ``removed``: both are one now."""
    level_was: int | None = None
    """Set where only the depth is another one; likewise `align_was`."""
    align_was: Align | None = None

    @property
    def is_touched(self) -> bool:
        marks = (*self.label, *self.pieces)
        return (
            self.change != "same"
            or self.opening != "same"
            or self.level_was is not None
            or self.align_was is not None
            or any(piece.change != "same" or piece.was is not None for piece in marks)
        )


ComparedCell = tuple[ComparedParagraph, ...]


@dataclass(frozen=True, slots=True)
class ComparedRow:
    cells: tuple[ComparedCell, ...]
    """As many as the table has columns; empty where neither text has such a cell."""
    change: Change = "same"


@dataclass(frozen=True, slots=True)
class ComparedTable:
    rows: tuple[ComparedRow, ...]
    columns: tuple[Change, ...]
    widths: tuple[float, ...]
    """Of all columns there are or were."""
    header_rows: int = 1
    change: Change = "same"
    reshaped: bool = False
    """Other column widths."""
    headed: bool = False
    """Another number of heading rows."""

    @property
    def is_touched(self) -> bool:
        cells = (cell for row in self.rows for cell in row.cells)
        return (
            self.change != "same"
            or self.reshaped
            or self.headed
            or any(change != "same" for change in self.columns)
            or any(row.change != "same" for row in self.rows)
            or any(paragraph.is_touched for cell in cells for paragraph in cell)
        )


@dataclass(frozen=True, slots=True)
class ComparedImage:
    image: Image
    change: Change = "same"
    width_was: float | None = None
    """Set where the same picture had another width."""

    @property
    def is_touched(self) -> bool:
        return self.change != "same" or self.width_was is not None


Compared = ComparedParagraph | ComparedTable | ComparedImage


def flat(blocks: Iterable[Compared]) -> tuple[Piece, ...]:
    """One line of pieces, written as `RichText.plain` is.

    What is the same or removed, joined, is the earlier text's `plain`; what is the same or added
    is the later one's.
    """
    return tuple(piece for piece in _joined(blocks, "\n") if piece.text)


class _Breaks:
    """The signs between parts: a text has one before each of its parts but its first."""

    def __init__(self, sign: str) -> None:
        self._sign = sign
        self._begun: dict[Change, bool] = {"removed": False, "added": False}

    def before(self, *, earlier: bool, later: bool, opening: Change = "same") -> Iterator[Piece]:
        """The break in front of a part that the earlier and the later text have or have not."""
        in_earlier = earlier and self._begun["removed"] and opening != "added"
        in_later = later and self._begun["added"] and opening != "removed"
        self._begun["removed"] |= earlier
        self._begun["added"] |= later
        if in_earlier and in_later:
            yield Piece(self._sign)
        elif in_earlier or in_later:
            yield Piece(self._sign, "removed" if in_earlier else "added")


def _joined(blocks: Iterable[Compared], sign: str) -> Iterator[Piece]:
    breaks = _Breaks(sign)
    for block in blocks:
        earlier, later = block.change != "added", block.change != "removed"
        if isinstance(block, ComparedParagraph):
            yield from breaks.before(earlier=earlier, later=later, opening=block.opening)
            yield from _line(block)
        elif isinstance(block, ComparedImage):
            yield from breaks.before(earlier=earlier, later=later)
            yield Piece("[รูป]", block.change)
        else:
            yield from _table_lines(block, breaks)


def _line(paragraph: ComparedParagraph) -> Iterator[Piece]:
    yield from paragraph.label
    fates = {piece.change for piece in paragraph.label}
    if "same" in fates or fates == {"added", "removed"}:
        yield Piece(" ")
    elif fates:
        yield Piece(" ", next(iter(fates)))
    yield from paragraph.pieces


def _table_lines(table: ComparedTable, breaks: _Breaks) -> Iterator[Piece]:
    for row in table.rows:
        in_earlier, in_later = row.change != "added", row.change != "removed"
        yield from breaks.before(earlier=in_earlier, later=in_later)
        between = _Breaks(" | ")
        for cell, column in zip(row.cells, table.columns, strict=True):
            yield from between.before(
                earlier=in_earlier and column != "added", later=in_later and column != "removed"
            )
            for piece in _joined(cell, " "):
                yield Piece(piece.text.replace("\n", " "), piece.change, piece.style, piece.was)
