"""A table inside a text: bands of one line each, so that it may be cut anywhere, with its head repeated."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from esa_desktop.domain.richtext import Cell, Paragraph, Table
from esa_desktop.report.line_drawing import draw_line
from esa_desktop.report.measures import MM, TextMeasures
from esa_desktop.report.slugs import FREE, KEEP, NEVER, POOR, Pen, Slug
from esa_desktop.report.text_lines import Align, Line, MeasuredText, Style
from esa_desktop.report.typesetter import Typesetter

_PAD: Final = 1.1 * MM
_ABOVE_HEAD: Final = 3.0
_BELOW_ROW: Final = 2.0
_NUMERIC: Final = re.compile(r"[๐-๙0-9.,\s%/–-]*")


class _CellLine(NamedTuple):
    line: Line
    free: float
    align: Align
    last: bool


class _MeasuredCell(NamedTuple):
    """The paragraphs of a cell; ``words`` breaks inside names, ``names`` at blanks only."""

    words: tuple[MeasuredText, ...]
    names: tuple[MeasuredText, ...]
    aligns: tuple[Align, ...]
    numeric: bool

    @property
    def width(self) -> float:
        return max((text.width for text in self.words), default=0.0)

    def widest_piece(self, *, words: bool) -> float:
        texts = self.words if words else self.names
        return max(
            (piece.width * text.size / 1000 for text in texts for piece in text.pieces), default=0.0
        )


class InnerTable:
    """A table measured once, laid out for any column width."""

    def __init__(self, typesetter: Typesetter, measures: TextMeasures, table: Table) -> None:
        self._typesetter = typesetter
        self._measures = measures
        self._heads = min(max(table.header_rows, 0), len(table.rows))
        self._shares = table.widths
        self._cells = [
            [self._measure(cell, head=place < self._heads) for cell in row]
            for place, row in enumerate(table.rows)
        ]
        columns = range(len(table.widths))
        body = self._cells[self._heads :]
        self._numeric = [bool(body) and all(row[c].numeric for row in body) for c in columns]

    def _measure(self, cell: Cell, *, head: bool) -> _MeasuredCell:
        words, names = [], []
        for paragraph in cell:
            runs = _runs(paragraph, bold=head)
            words.append(self._typesetter.measure(runs, self._measures.table_size))
            names.append(self._typesetter.measure(runs, self._measures.table_size, whole=True))
        text = "".join(paragraph.label + paragraph.text for paragraph in cell)
        numeric = _NUMERIC.fullmatch(text) is not None
        aligns = tuple(paragraph.align for paragraph in cell)
        return _MeasuredCell(tuple(words), tuple(names), aligns, numeric)

    def slugs(self, column: float) -> list[Slug]:
        widths = self._widths(column - 0.5)
        rows = [
            _Row(self._measures, self._row_lines(row, widths, head=place < self._heads), widths)
            for place, row in enumerate(self._cells)
        ]
        head: list[Slug] = []
        found: list[Slug] = []
        for place, row in enumerate(rows):
            is_head = place < self._heads
            bands = row.bands(head=is_head, first=place == 0)
            if is_head:
                for band in bands if head else bands[1:]:
                    band.cost = NEVER
                head += bands
            elif place == self._heads and self._heads:
                bands[0].cost = KEEP
            elif place == self._heads + 1 or place == len(rows) - 1:
                bands[0].cost = POOR  # two rows at least on either side
            if not is_head:
                for band in bands:
                    band.head = head
            found += bands
        if found:
            found[0].cost = KEEP
        return found

    def _widths(self, column: float) -> list[float]:
        columns = range(len(self._shares))
        pad = 2 * _PAD + 0.5
        # Names break at blanks only, as long as that leaves room for every column.
        least = [self._widest(c, words=False) + pad for c in columns]
        if sum(least) > column:
            least = [self._widest(c, words=True) + pad for c in columns]
        least = _capped([min(width, column / 2) for width in least], column)
        if max(self._shares) > min(self._shares) * 1.01:  # somebody chose widths
            total = sum(self._shares)
            wanted = [column * share / total for share in self._shares]
        else:
            wanted = [max(row[c].width for row in self._cells) + pad for c in columns]
            if sum(wanted) <= column:
                wanted[-1] += column - sum(wanted)
                return wanted
        more = [max(want - low, 0.01) for want, low in zip(wanted, least, strict=True)]
        room = column - sum(least)
        return [low + room * m / sum(more) for low, m in zip(least, more, strict=True)]

    def _widest(self, c: int, *, words: bool) -> float:
        return max(
            row[c].widest_piece(words=words or place < self._heads)
            for place, row in enumerate(self._cells)
        )

    def _row_lines(
        self, row: Sequence[_MeasuredCell], widths: Sequence[float], *, head: bool
    ) -> list[list[_CellLine]]:
        filler = self._typesetter.filler
        cells = []
        for place, (cell, width) in enumerate(zip(row, widths, strict=True)):
            measure = max(width - 2 * _PAD, 1.0)
            fits = not head and cell.widest_piece(words=False) <= measure
            lines: list[_CellLine] = []
            for text, align in zip(cell.names if fits else cell.words, cell.aligns, strict=True):
                filled = filler.fill_well(text, measure, balance=head)
                centred = head or self._numeric[place]
                shown: Align = "center" if centred and align == "left" else align
                lines += [
                    _CellLine(line, measure - line.width, shown, line is filled[-1])
                    for line in filled
                ]
            cells.append(lines)
        return cells


def _capped(widths: list[float], room: float) -> list[float]:
    """Widths that fit together: the widest columns give way first, so that numbers stay whole."""
    left, count = room, len(widths)
    capped = dict.fromkeys(range(count), 0.0)
    for place in sorted(range(count), key=lambda place: widths[place]):
        capped[place] = min(widths[place], left / count)
        left -= capped[place]
        count -= 1
    return list(capped.values())


def _runs(paragraph: Paragraph, *, bold: bool) -> list[tuple[str, Style]]:
    runs = [
        (run.text, Style(run.bold or bold, run.italic, run.underline)) for run in paragraph.runs
    ]
    if paragraph.label:
        runs.insert(0, (paragraph.label + " ", Style(bold)))
    return runs


class _Row:
    """One row laid out; its bands are drawn together, cell by cell."""

    def __init__(
        self, measures: TextMeasures, cells: list[list[_CellLine]], widths: Sequence[float]
    ) -> None:
        self._measures = measures
        self._cells = cells
        self._widths = widths
        self.count = max(1, *(len(cell) for cell in cells))
        self._is_head = False
        self._above = 0.0

    def bands(self, *, head: bool, first: bool) -> list[Slug]:
        self._is_head = head
        self._above = _ABOVE_HEAD if first else 0.0
        leading = self._measures.table_leading
        bands: list[Slug] = []
        for place in range(self.count):
            height = leading + (_BELOW_ROW if place == self.count - 1 else 0.0)
            height += self._above if place == 0 else 0.0
            bands.append(_Band(self, place, height, POOR if place else FREE))
        return bands

    def draw(self, pen: Pen, x: float, placed: Sequence[tuple[int, float, float]]) -> None:
        """Frame and text of the bands on this page: (band, upper edge, height)."""
        first, top, _ = placed[0]
        top -= self._above if first == 0 else 0.0
        bottom = placed[-1][1] - placed[-1][2]
        total = sum(self._widths)
        m = self._measures
        if self._is_head and m.head_grey < 1:
            pen.add(
                f"q {m.head_grey:g} g {x:.2f} {bottom:.2f} {total:.2f} {top - bottom:.2f} re f Q"
            )
        rules = [f"q {m.rule:g} w 2 J"]
        edge = x
        for width in (*self._widths, 0.0):
            rules.append(f"{edge:.2f} {top:.2f} m {edge:.2f} {bottom:.2f} l")
            edge += width
        rules += [f"{x:.2f} {y:.2f} m {x + total:.2f} {y:.2f} l" for y in (top, bottom)]
        pen.add(" ".join(rules) + " S Q")
        ascent = m.ascent * m.table_size + 0.8
        tops = {band: y - (self._above if band == 0 else 0.0) for band, y, _ in placed}
        for cell, cell_width in zip(self._cells, self._widths, strict=True):
            shift = (self.count - len(cell)) // 2 if self._is_head else 0
            for place, (line, free, align, last) in enumerate(cell):
                upper = tops.get(place + shift)
                if upper is not None:
                    pen.add(draw_line(line, x + _PAD, upper - ascent, free, align, last=last))
            x += cell_width


class _Band(Slug):
    __slots__ = ("place", "row")

    def __init__(self, row: _Row, place: int, height: float, cost: int) -> None:
        super().__init__(height, 0.0, cost)
        self.row = row
        self.place = place

    def follows(self, other: Slug) -> bool:
        return isinstance(other, _Band) and other.row is self.row and other.place + 1 == self.place

    def draw(self, pen: Pen, x: float, y: float) -> None:
        self.draw_with(pen, x, [(self, y)])

    def draw_with(self, pen: Pen, x: float, placed: Sequence[tuple[Slug, float]]) -> None:
        bands = [(b.place, y, b.height) for b, y in placed if isinstance(b, _Band)]
        self.row.draw(pen, x, bands)
