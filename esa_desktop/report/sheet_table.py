"""The four-column form: level ladder, texts and evidence, cut into as many pages as it needs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from esa_desktop.domain.thai import thai_digits
from esa_desktop.report.level_box import LevelBox
from esa_desktop.report.measures import SheetMeasures
from esa_desktop.report.slugs import Pen, Slug, cut, draw_column, elements, stack_height
from esa_desktop.report.structure import Element
from esa_desktop.report.text_layout import TextSetter
from esa_desktop.report.text_lines import MeasuredText
from esa_desktop.report.typesetter import BOLD

_HEAD_WORDS: Final = (
    ("ระดับ", "คุณภาพ"),
    ("คำอธิบาย", "ระดับ", "คุณภาพ"),
    ("วิธีการดำเนินงาน /", " ผลการดำเนินงาน /", "ความเห็นและ", "ข้อเสนอแนะ"),
    ("เอกสาร/", "หลักฐานอ้างอิง"),
)
"""The heads of the form and where they may break, so that no engine's idea of a word decides."""
HEADS: Final = tuple("".join(words) for words in _HEAD_WORDS)
_CARRIED: Final = 1.5
"""Lines of a text that at least go over to what stands below the table: two, or one and a half."""
_LEAST_KEPT: Final = 0.5
"""Of a last page's text, when its end goes over to the next one."""
Widths = tuple[float, float, float, float]
"""Of the four columns, in points."""


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One level of the ladder; ``level`` is ``None`` where a row goes on from the page before."""

    level: int | None
    words: Sequence[Slug]
    height: float
    leads: bool = False
    """The first row, whose cells come before the texts when they are read."""


@dataclass(frozen=True, slots=True)
class TablePart:
    """What one page shows of the table."""

    height: float
    rows: tuple[tuple[float, LevelRow], ...]
    """Each with its distance below the head row."""
    text: Sequence[Slug]
    evidence: Sequence[Slug]


class Column(Protocol):
    """What stands in a column before its width is known."""

    def slugs(self, width: float) -> list[Slug]: ...


@dataclass(frozen=True)
class SheetContent:
    """The columns of one indicator before widths are known."""

    ladder: tuple[tuple[int, Column], ...]
    ticked: int | None
    text: Column
    evidence: Column
    digits: Callable[[object], str] = thai_digits
    """How the levels are written."""

    def columns(self, text: float, evidence: float) -> tuple[list[Slug], list[Slug]]:
        """Columns three and four at these widths."""
        return self.text.slugs(text), self.evidence.slugs(evidence)

    def level_rows(self, measures: SheetMeasures, width: float) -> list[LevelRow]:
        """Rows 5 to 1 at their natural height."""
        rows: list[LevelRow] = []
        for level, words in self.ladder:
            slugs = words.slugs(width - 2 * measures.pad_x)
            height = max(stack_height(slugs), 2 * measures.text.leading)
            height += measures.pad_top + measures.pad_bottom
            rows.append(LevelRow(level, slugs, height, leads=not rows))
        return rows


class SheetTable:
    """One indicator's table at given column widths."""

    def __init__(
        self, setter: TextSetter, measures: SheetMeasures, content: SheetContent, widths: Widths
    ) -> None:
        self._setter = setter
        self._measures = measures
        self._widths = widths
        pad = 2 * measures.pad_x
        self._heads = [head_slugs(setter, n, width - pad) for n, width in enumerate(widths)]
        self.head_height = head_height(measures, self._heads)
        self._rows = content.level_rows(measures, widths[1])
        self._text: Sequence[Slug]
        self._evidence: Sequence[Slug]
        self._text, self._evidence = content.columns(widths[2] - pad, widths[3] - pad)
        self._digits = content.digits
        self._chosen = content.ticked
        self.element = Element("Table")
        head = self.element.add("TR")
        self._head_cells = [head.cell("TH") for _ in widths]
        self._level_cells: dict[int, Element] = {}
        self._structure_rows()
        self._head_is_drawn = False

    def _structure_rows(self) -> None:
        """As in the form: texts and evidence are cells of the first level's row, over all five."""
        for place, row in enumerate(self._rows):
            element = self.element.add("TR")
            if row.level is not None:
                self._level_cells[row.level] = element.cell("TD")
            element.cell("TD").adopt(elements(row.words))
            if place == 0:
                for column in (self._text, self._evidence):
                    element.cell("TD", rows=len(self._rows)).adopt(elements(column))

    def parts(self, first_room: float, room: float, below: float = 0.0) -> list[TablePart]:
        """Cut for a first page with ``first_room`` and further ones with ``room``.

        ``below``: what stands under the table. Where it does not fit there, the last lines of the
        text go with it to the next page, if there are enough of them.

        The level rows stay at the top of page one: nothing written on page nine moves them. Columns
        three and four are cut each for itself. A part that is not the last fills its page.
        """
        m = self._measures
        rows, text, evidence = list(self._rows), self._text, self._evidence
        text_repeats = evidence_repeats = 0
        parts: list[TablePart] = []
        available = first_room
        while True:
            inner = available - self.head_height
            column = inner - m.pad_top - m.pad_bottom
            placed = self._place_rows(rows, inner, forced=bool(parts))
            repeated = text_repeats
            part_text, text, text_repeats = cut(text, column, text_repeats)
            part_evidence, evidence, evidence_repeats = cut(evidence, column, evidence_repeats)
            last = not (rows or text or evidence)
            if parts and not (last or placed or part_text or part_evidence):
                # Higher than a page (huge type): put it there rather than never end.
                part_text, text, part_evidence, evidence = (
                    text[:1],
                    text[1:],
                    evidence[:1],
                    evidence[1:],
                )
                text_repeats = evidence_repeats = 0
                last = not (rows or text or evidence)
            height = self._last_height(placed, part_text, part_evidence, inner) if last else inner
            if last and below and height + below > inner:
                kept, carried, repeats = self._carried(part_text, repeated)
                if carried:
                    part_text, text, text_repeats = kept, carried, repeats
                    last, height = False, inner
            parts.append(
                TablePart(self.head_height + height, tuple(placed), part_text, part_evidence)
            )
            if last:
                return parts
            available = room

    def _last_height(
        self,
        placed: Sequence[tuple[float, LevelRow]],
        text: Sequence[Slug],
        evidence: Sequence[Slug],
        inner: float,
    ) -> float:
        """Of the last part below its head: what its tallest column needs."""
        m = self._measures
        ladder = sum(row.height for _, row in placed)
        columns = max(stack_height(text), stack_height(evidence))
        return min(max(ladder, columns + m.pad_top + m.pad_bottom), max(inner, ladder))

    def _carried(
        self, text: Sequence[Slug], repeated: int
    ) -> tuple[Sequence[Slug], Sequence[Slug], int]:
        """A last page's text without its last lines, and these; all of it where they are too many
        or what would stay too few.
        """
        line = self._measures.text.leading
        whole = stack_height(text)
        kept, carried, repeats = cut(text, whole - _CARRIED * line, repeated)
        if stack_height(kept) < _LEAST_KEPT * whole:
            return text, (), 0
        return kept, carried, repeats

    def _place_rows(
        self, rows: list[LevelRow], room: float, *, forced: bool
    ) -> list[tuple[float, LevelRow]]:
        """Whole rows that fit; one higher than an empty page is cut between its lines."""
        m = self._measures
        placed: list[tuple[float, LevelRow]] = []
        y = 0.0
        while rows and y + rows[0].height <= room + 0.01:
            placed.append((y, rows[0]))
            y += rows.pop(0).height
        if rows and forced and not placed:
            row = rows[0]
            words, rest, _ = cut(row.words, room - m.pad_top - m.pad_bottom)
            if not words:
                words, rest = row.words[:1], row.words[1:]
            padding = m.pad_top + m.pad_bottom
            placed.append((0.0, replace(row, words=words, height=room)))
            rows[0] = replace(row, level=None, words=rest, height=stack_height(rest) + padding)
            if not rest:
                rows.pop(0)
        return placed

    def draw(self, pen: Pen, part: TablePart, x: float, y: float) -> None:
        """Frame, head row and columns; ``y`` is the upper edge."""
        m = self._measures
        edges = [x]
        for width in self._widths:
            edges.append(edges[-1] + width)
        self._draw_frame(pen, part, edges, y)
        for head, left, cell in zip(self._heads, edges, self._head_cells, strict=False):
            element = None if self._head_is_drawn else cell  # repeated: read already
            for slug in head:
                slug.element = element
            above = (self.head_height - stack_height(head)) / 2
            draw_column(pen, head, left + m.pad_x, y - above + 1)
        self._head_is_drawn = True
        top = y - self.head_height
        # In the order of the structure tree: the first row holds the texts.
        self._draw_rows(pen, [placed for placed in part.rows if placed[1].leads], edges, top)
        draw_column(pen, part.text, edges[2] + m.pad_x, top - m.pad_top)
        draw_column(pen, part.evidence, edges[3] + m.pad_x, top - m.pad_top)
        self._draw_rows(pen, [placed for placed in part.rows if not placed[1].leads], edges, top)

    def _draw_rows(
        self,
        pen: Pen,
        rows: Sequence[tuple[float, LevelRow]],
        edges: Sequence[float],
        top: float,
    ) -> None:
        m = self._measures
        for below, row in rows:
            if row.level is not None:
                box = LevelBox(row.level, self._chosen, self._digits)
                cell, middle = self._level_cells[row.level], (edges[0] + edges[1]) / 2
                box.draw(pen, cell, self._setter.typesetter, m, middle, top - below)
            draw_column(pen, row.words, edges[1] + m.pad_x, top - below - m.pad_top)

    def _draw_frame(self, pen: Pen, part: TablePart, edges: Sequence[float], y: float) -> None:
        m = self._measures
        left, right = edges[0], edges[-1]
        below_head, bottom = y - self.head_height, y - part.height
        grey = m.text.head_grey
        if grey < 1:
            pen.decoration(
                f"q {grey:g} g {left:.2f} {below_head:.2f} {right - left:.2f} {self.head_height:.2f} re f Q"
            )
        rules = [f"q {m.rule:g} w 2 J"]
        rules += [f"{left:.2f} {v:.2f} m {right:.2f} {v:.2f} l" for v in (y, below_head, bottom)]
        rules += [f"{edge:.2f} {y:.2f} m {edge:.2f} {bottom:.2f} l" for edge in edges]
        for below, row in part.rows:
            if below and row.level is not None:
                v = below_head - below
                rules.append(f"{left:.2f} {v:.2f} m {edges[2]:.2f} {v:.2f} l")
        pen.decoration(" ".join(rules) + " S Q")


def head_slugs(setter: TextSetter, column: int, width: float) -> list[Slug]:
    """The head of a column (0 to 3), centred and as narrow as its lines allow."""
    typesetter = setter.typesetter
    words = _HEAD_WORDS[column]
    head = setter.paragraph("", bold=True, align="center")
    head.text = MeasuredText(
        head.text.size,
        [typesetter.piece(word.strip(), BOLD) for word in words],
        [typesetter.blank(1, BOLD) if word[0] == " " else None for word in words],
    )
    head.balance = True
    return head.lines(typesetter, width, 0.0, 0.0)


def head_height(measures: SheetMeasures, heads: Sequence[Sequence[Slug]]) -> float:
    highest = max(stack_height(head) for head in heads)
    return highest + measures.pad_top + measures.pad_bottom
