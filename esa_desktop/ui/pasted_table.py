"""A table of pasted HTML as a table of the model: merged cells are taken apart, nested ones flattened."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from lxml import etree

from esa_desktop.domain.richtext import Block, Cell, Image, Paragraph, Table
from esa_desktop.ui.pasted_style import css_of

MOST_COLUMNS: Final = 30
MOST_CELLS: Final = 20_000
"""A larger table (a whole Excel sheet) comes as lines of text."""
_EMPTY_CELL: Final[Cell] = (Paragraph(),)

CellReader = Callable[["etree._Element"], Sequence[Block]]  # noqa: SLF001 - its only name


def read_table(element: etree._Element, read_cell: CellReader) -> list[Block]:
    """The table, or what is in it where it is a mere frame (one cell) or too large."""
    rows = [_Row(row, head) for row, head in _rows(element)]
    grid = _Grid()
    for row in rows:
        grid.add(row, read_cell)
    lines = grid.lines()
    width = max((len(line) for line in lines), default=0)
    if width == 0:
        return []
    if width == 1 and len(lines) == 1:
        return list(lines[0][0])
    if width > MOST_COLUMNS or width * len(lines) > MOST_CELLS:
        return [paragraph for line in lines for cell in line for paragraph in cell]
    padded = tuple(tuple(line) + (_EMPTY_CELL,) * (width - len(line)) for line in lines)
    heads = 0
    while heads < len(rows) and rows[heads].is_heading and heads < len(padded) - 1:
        heads += 1
    if not heads and len(padded) > 1 and all(map(_is_bold, padded[0])):
        heads = 1
    return [Table(padded, _widths(rows, width), heads)]


class _Row:
    def __init__(self, element: etree._Element, in_head: bool) -> None:
        self.cells = [cell for cell in element if cell.tag in ("td", "th")]
        all_th = bool(self.cells) and all(cell.tag == "th" for cell in self.cells)
        self.is_heading = in_head or all_th


class _Grid:
    """Puts cells where they stand when some span several rows or columns."""

    def __init__(self) -> None:
        self._lines: list[list[Cell]] = []
        self._taken: dict[int, int] = {}
        """Column -> rows below that a cell above still covers."""

    def add(self, row: _Row, read_cell: CellReader) -> None:
        line: list[Cell] = []
        below: dict[int, int] = {}
        for element in row.cells:
            self._skip_taken(line, below)
            columns, height = _span(element, "colspan"), _span(element, "rowspan")
            for step in range(columns):
                if height > 1:
                    below[len(line)] = height - 1
                line.append(_EMPTY_CELL if step else _flattened(read_cell(element)))
        self._skip_taken(line, below)
        self._taken = {**self._taken, **below}
        self._taken = {column: left for column, left in self._taken.items() if left}
        self._lines.append(line)

    def _skip_taken(self, line: list[Cell], below: dict[int, int]) -> None:
        while self._taken.get(len(line), 0):
            below[len(line)] = self._taken.pop(len(line)) - 1
            line.append(_EMPTY_CELL)

    def lines(self) -> list[list[Cell]]:
        return [line for line in self._lines if line]


def _rows(table: etree._Element) -> Iterator[tuple[etree._Element, bool]]:
    """Rows of this table, not of tables inside it, and whether they stand in its head."""
    for child in table:
        if child.tag == "tr":
            yield child, False
        elif child.tag in ("thead", "tbody", "tfoot"):
            for row in child:
                if row.tag == "tr":
                    yield row, child.tag == "thead"


def _flattened(blocks: Sequence[Block]) -> Cell:
    paragraphs: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            paragraphs.append(block)
        elif not isinstance(block, Image):
            paragraphs += [paragraph for row in block.rows for cell in row for paragraph in cell]
    return tuple(paragraphs) or _EMPTY_CELL


def _is_bold(cell: Cell) -> bool:
    """Word has no heading cells: a first row all in bold is what people make instead."""
    runs = [run for paragraph in cell for run in paragraph.runs]
    return bool(runs) and all(run.bold for run in runs)


def _span(element: etree._Element, name: str) -> int:
    value = element.get(name, "")
    return min(max(int(value), 1), 100) if value.isdecimal() and len(value) < 6 else 1


def _widths(rows: Sequence[_Row], columns: int) -> tuple[float, ...]:
    """As a row without merged cells says; equal where none does."""
    for row in rows:
        widths = [_width(cell) for cell in row.cells]
        if len(widths) == columns and all(widths):
            return tuple(round(width, 1) for width in widths)
    return (1.0,) * columns


def _width(cell: etree._Element) -> float:
    match = re.match(r"\s*(\d+(?:\.\d+)?)", css_of(cell).get("width") or cell.get("width") or "")
    return min(float(match[1]), 10_000.0) if match else 0.0
