"""Tables the program makes itself: heads of several rows, cells over several columns, drawn marks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from esa_desktop.report.line_drawing import draw_line
from esa_desktop.report.measures import MM, TextMeasures
from esa_desktop.report.slugs import FREE, KEEP, POOR, Pen, Slug
from esa_desktop.report.structure import Element
from esa_desktop.report.text_lines import Align, Line
from esa_desktop.report.typesetter import BOLD, PLAIN, Typesetter

PAD: Final = 1.6 * MM
"""White left and right in a cell."""
_ABOVE: Final = 1.5
_BELOW: Final = 2.5


class Mark(Protocol):
    """Something drawn in a cell instead of words."""

    def draw(
        self, pen: Pen, cell: Element | None, x: float, y: float, width: float, height: float
    ) -> None:
        """(x, y) is the upper left corner of the room for it; of no cell, it is read by nobody."""


@dataclass(frozen=True, slots=True)
class GridCell:
    content: str | Mark = ""
    columns: int = 1
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class GridRow:
    cells: tuple[GridCell, ...]
    is_group: bool = False
    """Names the rows below it: bold, shaded, never left alone at the end of a page."""


@dataclass(frozen=True, slots=True)
class Head:
    content: str | Mark
    column: int
    columns: int = 1
    row: int = 0
    rows: int = 1


@dataclass
class _SetCell:
    """A cell laid out; ``x`` from the left edge of the table."""

    x: float
    width: float
    align: Align
    element: Element
    lines: Sequence[Line] = ()
    mark: Mark | None = None
    upper: float = 0.0
    """Of a head: below the upper edge of the heads."""
    height: float = 0.0
    """Of a head."""


@dataclass
class Grid:
    """A table of given column widths in points."""

    typesetter: Typesetter
    measures: TextMeasures
    widths: Sequence[float]
    heads: Sequence[Head] = ()
    ruled: bool = True
    element: Element = field(default_factory=lambda: Element("Table"))

    def slugs(self, rows: Sequence[GridRow], *, whole: bool = False) -> list[Slug]:
        """``whole``: a page rather ends above the table than inside it."""
        head = [_HeadSlug(self)] if self.heads else []
        found: list[Slug] = list(head)
        after_group = False
        for place, row in enumerate(rows):
            bands = _Row(self, row).bands()
            if after_group or (place == 0 and head):
                bands[0].cost = KEEP
            elif place == len(rows) - 1 and place:
                bands[0].cost = KEEP if whole else POOR
            elif whole:
                bands[0].cost = POOR
            for band in bands:
                band.head = head
                if whole and band is not bands[0]:
                    band.cost = KEEP
            found += bands
            after_group = row.is_group
        return found

    def set_lines(
        self, words: str, columns: int, width: float, *, bold: bool, balance: bool = False
    ) -> list[Line]:
        text = self.typesetter.measure([(words, BOLD if bold else PLAIN)], self.measures.table_size)
        room = max(width - 2 * PAD, 1.0)
        return self.typesetter.filler.fill_well(text, room, balance=balance and columns > 0)

    def left(self, column: int) -> float:
        return sum(self.widths[:column])

    def across(self, column: int, columns: int) -> float:
        return sum(self.widths[column : column + columns])

    def draw_lines(
        self, pen: Pen, cell: _SetCell, element: Element | None, x: float, y: float
    ) -> None:
        """``y``: upper edge of the first line."""
        m = self.measures
        for line in cell.lines:
            base = y - m.ascent * m.table_size
            free = cell.width - 2 * PAD - line.width
            words = draw_line(line, x + cell.x + PAD, base, free, cell.align)
            if words:
                pen.text(element, words)
            y -= m.table_leading

    def shade(self, pen: Pen, x: float, top: float, height: float) -> None:
        grey = self.measures.head_grey
        if grey < 1:
            box = f"{x:.2f} {top - height:.2f} {sum(self.widths):.2f} {height:.2f}"
            pen.decoration(f"q {grey:g} g {box} re f Q")

    def rule(self, pen: Pen, boxes: Sequence[tuple[float, float, float, float]]) -> None:
        """Frames: left, lower edge, width, height."""
        if self.ruled and boxes:
            frames = " ".join(f"{x:.2f} {y:.2f} {w:.2f} {h:.2f} re" for x, y, w, h in boxes)
            pen.decoration(f"q {self.measures.rule:g} w 0 j {frames} S Q")


class _HeadSlug(Slug):
    """All rows of the heads in one band; drawn again on later pages, where nobody reads it twice."""

    __slots__ = ("_cells", "_grid", "_is_drawn")

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._is_drawn = False
        self._cells = list(_head_cells(grid))
        super().__init__(
            max(cell.upper + cell.height for cell in self._cells), element=grid.element
        )

    def draw(self, pen: Pen, x: float, y: float) -> None:
        grid, m = self._grid, self._grid.measures
        grid.shade(pen, x, y, self.height)
        frames = [
            (x + cell.x, y - cell.upper - cell.height, cell.width, cell.height)
            for cell in self._cells
        ]
        grid.rule(pen, frames)
        for cell in self._cells:
            element = None if self._is_drawn else cell.element
            if cell.mark is not None:
                cell.mark.draw(pen, element, x + cell.x, y - cell.upper, cell.width, cell.height)
                continue
            above = (cell.height - len(cell.lines) * m.table_leading) / 2
            grid.draw_lines(pen, cell, element, x, y - cell.upper - above + 0.5)
        self._is_drawn = True


def _head_cells(grid: Grid) -> Iterator[_SetCell]:
    """In rows as a reader meets them, each with its place."""
    leading = grid.measures.table_leading
    ordered = sorted(grid.heads, key=lambda head: (head.row, head.column))
    lines = [
        grid.set_lines(
            head.content, head.columns, grid.across(head.column, head.columns), bold=True,
            balance=True,
        )
        if isinstance(head.content, str)
        else []
        for head in ordered
    ]  # fmt: skip
    count = max(head.row + head.rows for head in ordered)
    heights = [0.0] * count
    for head, words in zip(ordered, lines, strict=True):
        needed = max(len(words), 1) * leading + _ABOVE + _BELOW
        last = head.row + head.rows - 1
        heights[last] = max(heights[last], needed - sum(heights[head.row : last]))
    rows = [grid.element.add("TR") for _ in range(count)]
    for head, words in zip(ordered, lines, strict=True):
        yield _SetCell(
            grid.left(head.column),
            grid.across(head.column, head.columns),
            "center",
            rows[head.row].cell("TH", rows=head.rows, columns=head.columns),
            words,
            None if isinstance(head.content, str) else head.content,
            sum(heights[: head.row]),
            sum(heights[head.row : head.row + head.rows]),
        )


class _Row:
    """One row; its bands are the lines of its longest cell, so that it may be cut anywhere."""

    def __init__(self, grid: Grid, row: GridRow) -> None:
        self.grid = grid
        self._is_group = row.is_group
        element = grid.element.add("TR")
        self._cells: list[_SetCell] = []
        column = 0
        for cell in row.cells:
            width = grid.across(column, cell.columns)
            made = _SetCell(
                grid.left(column), width, cell.align, element.cell("TD", columns=cell.columns)
            )
            if isinstance(cell.content, str):
                made.lines = grid.set_lines(cell.content, cell.columns, width, bold=row.is_group)
            else:
                made.mark = cell.content
            self._cells.append(made)
            column += cell.columns
        self.count = max(1, *(len(cell.lines) for cell in self._cells))

    def bands(self) -> list[Slug]:
        leading = self.grid.measures.table_leading
        bands: list[Slug] = []
        for place in range(self.count):
            height = leading + _ABOVE * (place == 0) + _BELOW * (place == self.count - 1)
            bands.append(_Band(self, place, height, POOR if place else FREE))
        return bands

    def draw(self, pen: Pen, x: float, y: float, first: int, count: int, height: float) -> None:
        """Bands ``first`` to ``first + count`` below ``y``, ``height`` high together."""
        grid = self.grid
        if self._is_group:
            grid.shade(pen, x, y, height)
        frames = [(x + cell.x, y - height, cell.width, height) for cell in self._cells]
        grid.rule(pen, frames)
        leading = grid.measures.table_leading
        top = y - (_ABOVE if first == 0 else 0.0)
        for cell in self._cells:
            if cell.mark is not None:
                if first == 0:
                    cell.mark.draw(pen, cell.element, x + cell.x, y, cell.width, height)
                continue
            shift = 0.0
            if cell.align == "center" and count == self.count:
                shift = (count - len(cell.lines)) * leading / 2
            shown = cell.lines[first : first + count]
            part = _SetCell(cell.x, cell.width, cell.align, cell.element, shown)
            grid.draw_lines(pen, part, cell.element, x, top - shift)


class _Band(Slug):
    __slots__ = ("place", "row")

    def __init__(self, row: _Row, place: int, height: float, cost: int) -> None:
        super().__init__(height, 0.0, cost, row.grid.element)
        self.row = row
        self.place = place

    def follows(self, other: Slug) -> bool:
        return isinstance(other, _Band) and other.row is self.row and other.place + 1 == self.place

    def draw(self, pen: Pen, x: float, y: float) -> None:
        self.draw_with(pen, x, [(self, y)])

    def draw_with(self, pen: Pen, x: float, placed: Sequence[tuple[Slug, float]]) -> None:
        height = sum(slug.height for slug, _ in placed)
        self.row.draw(pen, x, placed[0][1], self.place, len(placed), height)
