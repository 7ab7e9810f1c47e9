"""The committee's table: what the office judged, boxes for the assessors, and lines for their remarks."""

from collections.abc import Callable, Sequence
from typing import Final

from esa_desktop.report.committee_boxes import LevelBoxes, TickedWords
from esa_desktop.report.measures import MM
from esa_desktop.report.set_paragraph import SetParagraph
from esa_desktop.report.slugs import (
    FREE,
    KEEP,
    POOR,
    Pen,
    Slug,
    draw_column,
    elements,
    stack_height,
)
from esa_desktop.report.structure import Element
from esa_desktop.report.text_layout import TextSetter
from esa_desktop.report.typesetter import BOLD
from esa_desktop.report.writing_lines import WritingLine, pitch

HEADS: Final = (
    "ตัวบ่งชี้ / ประเด็นการพิจารณา",
    "ผลประเมินตนเอง",
    "ผลประเมินของกรรมการ",
    "ข้อสังเกต / ความเห็นของกรรมการ",
)
UNKNOWN: Final = "ยังไม่ระบุ"
CLEAR: Final = "หลักฐานชัดเจน"
NOT_CLEAR: Final = "หลักฐานไม่ชัดเจน"
_PAD_X: Final = 2.1 * MM
_PAD_TOP: Final = 2.0
_PAD_BOTTOM: Final = 3.5
_RULE: Final = 0.5
_NAMES_SHARE: Final = 0.48
"""Of what the two narrow columns leave."""
_NARROW_SHARE: Final = 0.6
"""Of the table, at most, for the two narrow columns."""
_MOST_OF_PAGE: Final = 0.4
"""Taken by one band of a row; a longer name is cut there, so that it may go over a page."""
_LEAST_REMARKS: Final = 2
"""Lines for a remark beside every name."""


class CommitteeTable:
    """Rows are added from above; `slugs` gives them below their head."""

    def __init__(
        self, setter: TextSetter, width: float, room: float, digits: Callable[[object], str]
    ) -> None:
        """``room``: height of an empty page."""
        self._setter = setter
        self._most_lines = max(int(_MOST_OF_PAGE * room / setter.measures.leading), 1)
        self._digits = digits
        self.widths = self._chosen_widths(width)
        self._element = Element("Table")
        self._head = self._head_band()
        self._bands: list[_Band] = []

    def slugs(self) -> list[Slug]:
        """Nothing where there is no row."""
        for band in self._bands:
            band.head = [self._head]
        return [self._head, *self._bands] if self._bands else []

    def add_standard(self, words: str) -> None:
        inner = sum(self.widths) - 2 * _PAD_X
        slugs = self._lines(self._setter.heading(words), inner)
        row = self._element.add("TR")
        row.cell("TD", columns=len(self.widths)).adopt(elements(slugs))
        grey = self._setter.measures.head_grey
        cost = FREE if self._bands else KEEP
        self._bands.append(_Band(self._element, row, [sum(self.widths)], [slugs], cost, grey))

    def add_indicator(self, words: str, level: int | None) -> None:
        """``level``: what the office gave itself. Stays with the row above where that is a standard's."""
        given = UNKNOWN if level is None else f"ระดับ {self._digits(level)}"
        boxes = LevelBoxes(self._setter, self._digits, self._inner(2))
        follows_standard = bool(self._bands) and len(self._bands[-1].cells) == 1
        cost = KEEP if follows_standard or not self._bands else FREE
        self._add(self._lines(self._setter.heading(words), self._inner(0)), given, [boxes], cost)

    def add_issue(self, label: str, words: str, *, is_clear: bool, first: bool) -> None:
        """``first``: of its indicator, with which it stays."""
        name = self._setter.paragraph(words, label=label)
        boxes = [TickedWords(self._setter, answer, self._inner(2)) for answer in (CLEAR, NOT_CLEAR)]
        given = CLEAR if is_clear else "–"
        cost = KEEP if first else POOR
        self._add(self._lines(name, self._inner(0)), given, boxes, cost)

    def add_work(self, label: str, words: str, given: str, *, first: bool) -> None:
        """A work the office put forward; assessors judge its evidence as they do an issue's."""
        boxes = [TickedWords(self._setter, answer, self._inner(2)) for answer in (CLEAR, NOT_CLEAR)]
        name = self._setter.paragraph(words, label=label)
        self._add(self._lines(name, self._inner(0)), given, boxes, KEEP if first else POOR)

    def add_value(self, words: str, given: str) -> None:
        """A measured value; stays with its indicator, and there is nothing to tick."""
        name = self._setter.paragraph(words)
        self._add(self._lines(name, self._inner(0)), given, [], KEEP)

    def _add(self, name: Sequence[Slug], given: str, boxes: Sequence[Slug], cost: int) -> None:
        """One row, in as many bands as a long name needs."""
        m = self._setter.measures
        words = self._setter.paragraph(given, align="center")
        cells: list[Sequence[Slug]] = [name, self._lines(words, self._inner(1)), boxes]
        row = self._element.add("TR")
        for cell in cells:
            row.cell("TD").adopt(elements(cell))
        row.cell("TD")
        line = pitch(m)
        for start in range(0, len(name), self._most_lines):
            end = start + self._most_lines
            shown: list[Sequence[Slug]] = [name[start:end], *([(), ()] if start else cells[1:])]
            height = max(stack_height(cell) for cell in shown)
            if start == 0:
                height = max(height, _LEAST_REMARKS * line)
            remarks = [WritingLine(self._inner(3), line) for _ in range(int(height / line + 0.01))]
            shown.append(remarks)
            self._bands.append(
                _Band(self._element, row, self.widths, shown, POOR if start else cost)
            )

    def _head_band(self) -> "_Band":
        row = self._element.add("TR")
        cells = []
        for place, words in enumerate(HEADS):
            head = self._setter.paragraph(words, bold=True, align="center")
            head.balance = True
            slugs = self._lines(head, self._inner(place))
            cell = row.cell("TH")
            for slug in slugs:
                slug.element = cell
            cells.append(slugs)
        grey = self._setter.measures.head_grey
        return _Head(self._element, row, self.widths, cells, FREE, grey)

    def _lines(self, paragraph: SetParagraph, width: float) -> list[Slug]:
        hang = paragraph.label.width if paragraph.label else 0.0
        return paragraph.lines(self._setter.typesetter, width, 0.0, min(hang, 0.3 * width))

    def _inner(self, column: int) -> float:
        return self.widths[column] - 2 * _PAD_X

    def _chosen_widths(self, width: float) -> tuple[float, ...]:
        """Two narrow columns as wide as their words; names and remarks share the rest."""
        size, measure = self._setter.measures.size, self._setter.typesetter.width
        own = max(measure(UNKNOWN, size), measure("หลักฐาน", size), measure("ผลประเมิน", size, BOLD))
        found = TickedWords.indent(self._setter) + measure(NOT_CLEAR, size)
        narrow = [own + 2 * _PAD_X + 1, found + 2 * _PAD_X + 1]
        scale = min(_NARROW_SHARE * width / sum(narrow), 1.0)
        own, found = (column * scale for column in narrow)
        names = (width - own - found) * _NAMES_SHARE
        return names, own, found, width - names - own - found


class _Band(Slug):
    """A part of a row that no page divides."""

    __slots__ = ("_grey", "_row", "_widths", "cells")

    def __init__(
        self,
        table: Element,
        row: Element,
        widths: Sequence[float],
        cells: Sequence[Sequence[Slug]],
        cost: int,
        grey: float = 1.0,
    ) -> None:
        height = max(stack_height(cell) for cell in cells) + _PAD_TOP + _PAD_BOTTOM
        super().__init__(height, 0.0, cost, table)
        self._row = row
        self._widths = widths
        self.cells = cells
        self._grey = grey

    def follows(self, other: Slug) -> bool:
        return isinstance(other, _Band) and other._row is self._row  # noqa: SLF001 - its own kind

    def draw_with(self, pen: Pen, x: float, placed: Sequence[tuple[Slug, float]]) -> None:
        """The bands of one row on one page, cell by cell, in one frame."""
        top = placed[0][1]
        bottom = placed[-1][1] - placed[-1][0].height
        edges = [x]
        for width in self._widths:
            edges.append(edges[-1] + width)
        self._draw_frame(pen, edges, top, bottom)
        for column, left in enumerate(edges[:-1]):
            for band, y in placed:
                if isinstance(band, _Band):
                    above = _PAD_TOP + band.lowered(column)
                    draw_column(pen, band.cells[column], left + _PAD_X, y - above)

    def lowered(self, column: int) -> float:  # noqa: ARG002 - heads look at it
        """By how much a cell begins below the top of its row."""
        return 0.0

    def _draw_frame(self, pen: Pen, edges: Sequence[float], top: float, bottom: float) -> None:
        left, right = edges[0], edges[-1]
        operators = []
        if self._grey < 1:
            area = f"{left:.2f} {bottom:.2f} {right - left:.2f} {top - bottom:.2f}"
            operators.append(f"q {self._grey:g} g {area} re f Q")
        operators.append(f"q {_RULE} w 2 J")
        operators += [f"{left:.2f} {y:.2f} m {right:.2f} {y:.2f} l" for y in (top, bottom)]
        operators += [f"{edge:.2f} {top:.2f} m {edge:.2f} {bottom:.2f} l" for edge in edges]
        pen.decoration(" ".join(operators) + " S Q")


class _Head(_Band):
    """Read once, and seen on every page."""

    __slots__ = ()

    def draw_with(self, pen: Pen, x: float, placed: Sequence[tuple[Slug, float]]) -> None:
        if self._row.is_drawn():
            for cell in self.cells:
                for slug in cell:
                    slug.element = None
        super().draw_with(pen, x, placed)

    def lowered(self, column: int) -> float:
        """Heads stand in the middle of their row."""
        inner = self.height - _PAD_TOP - _PAD_BOTTOM
        return (inner - stack_height(self.cells[column])) / 2 + 1
