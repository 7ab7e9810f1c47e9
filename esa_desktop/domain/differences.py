"""What was changed between two texts, as a person reads it: by paragraph, then by whole words."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from esa_desktop.domain.alignment import Pair, aligned, matches
from esa_desktop.domain.compared import (
    Change,
    Compared,
    ComparedCell,
    ComparedImage,
    ComparedParagraph,
    ComparedRow,
    ComparedTable,
    Piece,
    flat,
)
from esa_desktop.domain.likeness import Likeness, Words
from esa_desktop.domain.richtext import Block, Cell, Image, Paragraph, RichText, Table
from esa_desktop.domain.word_changes import BREAK, joined_runs, word_pieces

T = TypeVar("T")


def compare(before: RichText, after: RichText, words: Words) -> tuple[Compared, ...]:
    """Both texts in one, in order; removed parts stand before what replaced them."""
    return tuple(_Comparison(words).blocks(before.blocks, after.blocks))


def differences(before: RichText, after: RichText, words: Words) -> tuple[Piece, ...]:
    """The same as one line of pieces (`esa_desktop.domain.compared.flat`)."""
    return flat(compare(before, after, words))


class _Comparison:
    def __init__(self, words: Words) -> None:
        self._words = words
        self._like = Likeness(words)

    def blocks(self, before: Sequence[Block], after: Sequence[Block]) -> Iterator[Compared]:
        for one, other in _stretches(before, after):
            if one == other:
                yield from (_whole(block, "same") for block in one)
            else:
                yield from self._changed(one, other)

    def _changed(self, before: Sequence[Block], after: Sequence[Block]) -> Iterator[Compared]:
        for earlier, later in self._like.groups(before, after):
            one, other = [before[i] for i in earlier], [after[j] for j in later]
            if not one or not other:
                yield from (_whole(block, "removed") for block in one)
                yield from (_whole(block, "added") for block in other)
            elif isinstance(one[0], Table) and isinstance(other[0], Table):
                yield self._table(one[0], other[0])
            elif isinstance(one[0], Image) and isinstance(other[0], Image):
                yield ComparedImage(other[0], width_was=one[0].width)
            else:
                yield from self._paragraphs(_paragraphs_of(one), _paragraphs_of(other))

    # --- paragraphs ---------------------------------------------------------------------------

    def _paragraphs(
        self, before: Sequence[Paragraph], after: Sequence[Paragraph]
    ) -> Iterator[ComparedParagraph]:
        """One paragraph changed, or one parted into several, or several put together."""
        pieces = word_pieces(joined_runs(before), joined_runs(after), self._words)
        lines: list[list[Piece]] = [[]]
        openings: list[Change] = ["same"]
        for piece in pieces:
            first, *more = piece.text.split(BREAK)
            lines[-1].append(replace(piece, text=first))
            for text in more:
                lines.append([replace(piece, text=text)])
                openings.append(piece.change)
        several = after if len(after) > 1 else before
        for place, (line, opening) in enumerate(zip(lines, openings, strict=True)):
            kept = tuple(piece for piece in line if piece.text)
            if place:
                side = several[place]
                label = _label(side.label, opening)
                yield ComparedParagraph(
                    kept, "same", label, side.level, side.align, opening=opening
                )
                continue
            one, other = before[0], after[0]
            yield ComparedParagraph(
                kept,
                "same",
                _labels(one.label, other.label),
                other.level,
                other.align,
                level_was=one.level if one.level != other.level else None,
                align_was=one.align if one.align != other.align else None,
            )

    # --- tables -------------------------------------------------------------------------------

    def _table(self, before: Table, after: Table) -> ComparedTable:
        columns = self._columns(before, after)
        rows: list[ComparedRow] = []
        for one, other in _stretches(before.rows, after.rows):
            for i, j in aligned(one, other, self._like.rows):
                earlier = None if i is None else one[i]
                later = None if j is None else other[j]
                rows.append(self._row(earlier, later, columns))
        widths = tuple(
            after.widths[j] if j is not None else before.widths[i or 0] for i, j in columns
        )
        return ComparedTable(
            tuple(rows),
            tuple("added" if i is None else "removed" if j is None else "same" for i, j in columns),
            widths,
            after.header_rows,
            reshaped=len(before.widths) == len(after.widths) and before.widths != after.widths,
            headed=before.header_rows != after.header_rows,
        )

    def _columns(self, before: Table, after: Table) -> list[Pair]:
        if len(before.widths) == len(after.widths):
            return [(place, place) for place in range(len(after.widths))]
        one = list(zip(*before.rows, strict=True))
        other = list(zip(*after.rows, strict=True))
        return aligned(one, other, self._like.columns)

    def _row(
        self, before: Sequence[Cell] | None, after: Sequence[Cell] | None, columns: Sequence[Pair]
    ) -> ComparedRow:
        cells: list[ComparedCell] = []
        for i, j in columns:
            one = before[i] if before is not None and i is not None else None
            other = after[j] if after is not None and j is not None else None
            cells.append(tuple(self._cell(one, other)))
        change: Change = "added" if before is None else "removed" if after is None else "same"
        return ComparedRow(tuple(cells), change)

    def _cell(self, before: Cell | None, after: Cell | None) -> Iterator[ComparedParagraph]:
        one, other = before or (), after or ()
        if before is not None and after is not None and len(one) == len(other):
            for earlier, later in zip(one, other, strict=True):
                yield from self._paragraphs([earlier], [later])
            return
        for block in self.blocks(one, other):
            if isinstance(block, ComparedParagraph):
                yield block


def _stretches(
    before: Sequence[T], after: Sequence[T]
) -> Iterator[tuple[Sequence[T], Sequence[T]]]:
    """Both sequences cut at the same places: in turn what is equal and what is not."""
    names: dict[T, int] = {}
    one = [names.setdefault(part, len(names)) for part in before]
    other = [names.setdefault(part, len(names)) for part in after]
    i = j = 0
    for start, begin, length in (*matches(one, other), (len(one), len(other), 0)):
        if i < start or j < begin:
            yield before[i:start], after[j:begin]
        if length:
            yield before[start : start + length], after[begin : begin + length]
        i, j = start + length, begin + length


def _whole(block: Block, change: Change) -> Compared:
    if isinstance(block, Image):
        return ComparedImage(block, change)
    if isinstance(block, Paragraph):
        return _whole_paragraph(block, change)
    rows = tuple(
        ComparedRow(tuple(tuple(_whole_paragraph(p, change) for p in cell) for cell in row), change)
        for row in block.rows
    )
    columns: list[Change] = ["same"] * len(block.widths)
    return ComparedTable(rows, tuple(columns), block.widths, block.header_rows, change)


def _whole_paragraph(block: Paragraph, change: Change) -> ComparedParagraph:
    pieces = tuple(Piece(run.text, change, run.style) for run in block.runs)
    return ComparedParagraph(pieces, change, _label(block.label, change), block.level, block.align)


def _label(label: str, change: Change) -> tuple[Piece, ...]:
    return (Piece(label, change),) if label else ()


def _labels(before: str, after: str) -> tuple[Piece, ...]:
    if before == after:
        return _label(after, "same")
    return (*_label(before, "removed"), *_label(after, "added"))


def _paragraphs_of(blocks: Sequence[Block]) -> list[Paragraph]:
    return [block for block in blocks if isinstance(block, Paragraph)]
