"""Rows of a table inside a text: bands of one line each, drawn cell by cell with their own frame."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from esa_desktop.report.line_drawing import draw_line
from esa_desktop.report.measures import TextMeasures
from esa_desktop.report.slugs import FREE, KEEP, POOR, Pen, Slug
from esa_desktop.report.structure import Element
from esa_desktop.report.text_lines import Align, Line

_ABOVE_HEAD: Final = 3.0
_BELOW_ROW: Final = 2.0


class CellLine(NamedTuple):
    line: Line
    free: float
    align: Align
    last: bool


class Fit(NamedTuple):
    """How a table is fitted to a column."""

    widths: list[float]
    pad: float
    scale: float
    """Of its text: a crowded table is set smaller."""


class Row:
    """One row laid out; its bands are drawn together, cell by cell."""

    def __init__(
        self,
        measures: TextMeasures,
        cells: list[list[CellLine]],
        fit: Fit,
        table: Element,
        elements: Sequence[Element],
    ) -> None:
        self.table = table
        self._elements = elements
        self._measures = measures
        self._cells = cells
        self._widths = fit.widths
        self._pad = fit.pad
        self._scale = fit.scale
        self.count = max(1, *(len(cell) for cell in cells))
        self._is_head = False
        self._is_drawn = False
        self._above = 0.0

    def bands(self, *, head: bool, first: bool) -> list[Slug]:
        self._is_head = head
        self._above = _ABOVE_HEAD if first else 0.0
        leading = self._measures.table_leading * self._scale
        bands: list[Slug] = []
        for place in range(self.count):
            height = leading + (_BELOW_ROW if place == self.count - 1 else 0.0)
            height += self._above if place == 0 else 0.0
            # Inside a row only where it is tall, and with two lines on either side.
            cost = FREE if place == 0 else KEEP if place in {1, self.count - 1} else POOR
            bands.append(Band(self, place, height, cost))
        return bands

    def draw(self, pen: Pen, x: float, placed: Sequence[tuple[int, float, float]]) -> None:
        """Frame and text of the bands on this page: (band, upper edge, height)."""
        first, top, _ = placed[0]
        top -= self._above if first == 0 else 0.0
        bottom = placed[-1][1] - placed[-1][2]
        total = sum(self._widths)
        m = self._measures
        if self._is_head and m.head_grey < 1:
            pen.decoration(
                f"q {m.head_grey:g} g {x:.2f} {bottom:.2f} {total:.2f} {top - bottom:.2f} re f Q"
            )
        rules = [f"q {m.rule:g} w 2 J"]
        edge = x
        for width in (*self._widths, 0.0):
            rules.append(f"{edge:.2f} {top:.2f} m {edge:.2f} {bottom:.2f} l")
            edge += width
        rules += [f"{x:.2f} {y:.2f} m {x + total:.2f} {y:.2f} l" for y in (top, bottom)]
        pen.decoration(" ".join(rules) + " S Q")
        # A head that is repeated was read already.
        repeated = self._is_head and self._is_drawn and first == 0
        self._is_drawn = True
        ascent = m.ascent * m.table_size * self._scale + 0.8
        tops = [y - (self._above if band == 0 else 0.0) - ascent for band, y, _ in placed]
        for cell, cell_width, element in zip(
            self._cells, self._widths, self._elements, strict=True
        ):
            shift = (self.count - len(cell)) // 2 if self._is_head else 0
            for place, base in enumerate(tops, first - shift):
                if 0 <= place < len(cell):
                    line, free, align, last = cell[place]
                    operators = draw_line(line, x + self._pad, base, free, align, last=last)
                    pen.text(None if repeated else element, operators)
            x += cell_width


class Band(Slug):
    __slots__ = ("place", "row")

    def __init__(self, row: Row, place: int, height: float, cost: int) -> None:
        super().__init__(height, 0.0, cost, row.table)
        self.row = row
        self.place = place

    def follows(self, other: Slug) -> bool:
        return isinstance(other, Band) and other.row is self.row and other.place + 1 == self.place

    def draw(self, pen: Pen, x: float, y: float) -> None:
        self.draw_with(pen, x, [(self, y)])

    def draw_with(self, pen: Pen, x: float, placed: Sequence[tuple[Slug, float]]) -> None:
        bands = [(b.place, y, b.height) for b, y in placed if isinstance(b, Band)]
        self.row.draw(pen, x, bands)
