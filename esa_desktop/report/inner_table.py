"""A table inside a text: bands of one line each, so that it may be cut anywhere, with its head repeated."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from esa_desktop.domain.richtext import Cell, Paragraph, Table
from esa_desktop.report.measures import MM, TextMeasures
from esa_desktop.report.slugs import KEEP, NEVER, POOR, Slug
from esa_desktop.report.structure import Element
from esa_desktop.report.table_rows import CellLine, Fit, Row
from esa_desktop.report.text_lines import Align, MeasuredText, Style
from esa_desktop.report.typesetter import Typesetter

_PAD: Final = 1.1 * MM
_FEW_COLUMNS: Final = 4
"""So many columns are never too many: long words are broken, but the text is not set smaller."""
_LEAST_SCALE: Final = 0.7
_NUMBERS_NEED: Final = 0.35
"""Of the spare room that words as wide would take."""
_ALIGNED: Final = re.compile(r"[๐-๙0-9,]+(?P<decimals>\.[๐-๙0-9]+)?%?")
_NUMERIC: Final = re.compile(r"[๐-๙0-9.,\s%/–-]*")


class _MeasuredCell(NamedTuple):
    """The paragraphs of a cell; ``words`` breaks inside names, ``names`` at blanks only."""

    words: tuple[MeasuredText, ...]
    names: tuple[MeasuredText, ...]
    aligns: tuple[Align, ...]
    text: str
    width: float
    """On lines without end; widths in points at full size."""
    widest_word: float
    widest_name: float

    @property
    def numeric(self) -> bool:
        return _NUMERIC.fullmatch(self.text) is not None

    @property
    def decimals(self) -> int | None:
        """Of a number that may stand under others, digit under digit."""
        number = _ALIGNED.fullmatch(self.text)
        return len(number["decimals"] or "") if number else None


class InnerTable:
    """A table measured once, laid out for any column width."""

    def __init__(self, typesetter: Typesetter, measures: TextMeasures, table: Table) -> None:
        self._typesetter = typesetter
        self._measures = measures
        self._heads = min(max(table.header_rows, 0), len(table.rows))
        self._count = max([len(table.widths), *map(len, table.rows)], default=0)
        self._shares = [max(share, 0.0) for share in table.widths]
        self._shares += [max(self._shares, default=1.0)] * (self._count - len(self._shares))
        self._cells = [
            # Rows of unequal length are filled up with empty cells.
            [self._measure(cell, head=place < self._heads) for cell in row]
            + [self._measure((), head=False)] * (self._count - len(row))
            for place, row in enumerate(table.rows)
        ]
        columns = range(self._count)
        body = self._cells[self._heads :]
        self._numeric = [bool(body) and all(row[c].numeric for row in body) for c in columns]
        self._numbers = [self._widest_number(body, c) for c in columns]
        self._width = [max((row[c].width for row in self._cells), default=0.0) for c in columns]
        self._word = [
            max((row[c].widest_word for row in self._cells), default=0.0) for c in columns
        ]
        self._name = [
            max(
                (row[c].widest_word if place < self._heads else row[c].widest_name)
                for place, row in enumerate(self._cells)
            )
            for c in columns
            if self._cells
        ]

    def _widest_number(self, rows: Sequence[Sequence[_MeasuredCell]], column: int) -> float:
        """Of a column whose numbers stand digit under digit; 0 for any other."""
        if not self._numeric[column]:
            return 0.0
        cells = [row[column] for row in rows if any(map(str.isdigit, row[column].text))]
        decimals = {cell.decimals for cell in cells}
        if len(decimals) != 1 or None in decimals:
            return 0.0
        return max(cell.width for cell in cells)

    def _measure(self, cell: Cell, *, head: bool) -> _MeasuredCell:
        words, names = [], []
        size = self._measures.table_size
        for paragraph in cell:
            runs = _runs(paragraph, bold=head)
            measured = self._typesetter.measure(runs, size)
            words.append(measured)
            # Where blanks part all pieces, no name is broken anyway.
            if not all(measured.blanks[1:]):
                measured = self._typesetter.measure(runs, size, whole=True)
            names.append(measured)
        return _MeasuredCell(
            tuple(words),
            tuple(names),
            tuple(paragraph.align for paragraph in cell),
            text="".join(paragraph.label + paragraph.text for paragraph in cell).strip(),
            width=max((text.width for text in words), default=0.0),
            widest_word=max((text.widest_word for text in words), default=0.0),
            widest_name=max((text.widest_word for text in names), default=0.0),
        )

    def slugs(self, column: float) -> list[Slug]:
        if not self._count or not self._cells:
            return []
        fit = self._fit(column - 0.5)
        table = Element("Table")
        rows = []
        for place, measured in enumerate(self._cells):
            is_head = place < self._heads
            lines = self._row_lines(measured, fit, head=is_head)
            element = table.add("TR")
            cells = [element.cell("TH" if is_head else "TD") for _ in lines]
            rows.append(Row(self._measures, lines, fit, table, cells))
        return self._banded(rows)

    def _banded(self, rows: Sequence[Row]) -> list[Slug]:
        """The bands of all rows, with what a cut before each of them would cost."""
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
        found[0].cost = KEEP
        return found

    def _fit(self, column: float) -> Fit:
        """Full size as long as the words of every column fit, else smaller, at last between letters."""
        pad = _PAD
        most = column / _FEW_COLUMNS
        crowded = sum(min(width, most) + 2 * pad + 0.5 for width in self._word)
        if crowded <= column:
            return Fit(self._widths(column, pad, 1.0), pad, 1.0)
        room = column / self._count
        pad = min(_PAD, 0.12 * room)
        words = sum(min(width, most) for width in self._word)
        scale = min(max((column - (2 * pad + 0.5) * self._count) / words, _LEAST_SCALE), 1.0)
        letter = self._widest_letter()
        if letter * scale > room - 2 * pad - 0.6:  # not one letter would fit its cell
            scale = max((room - 2 * pad - 0.6) / letter, 0.1)
        return Fit(self._widths(column, pad, scale), pad, scale)

    def _widest_letter(self) -> float:
        letters = {
            group
            for row in self._cells
            for cell in row
            for text in cell.words
            for piece in text.pieces
            for _, group in self._typesetter.apart(piece, 0.0)
        }
        widest = max((letter.width for letter in letters), default=1.0)
        return widest * self._measures.table_size / 1000

    def _widths(self, column: float, pad: float, scale: float) -> list[float]:
        around = 2 * pad + 0.5
        # Names break at blanks only, as long as that leaves room for every column.
        least = [width * scale + around for width in self._name]
        if sum(least) > column:
            least = [width * scale + around for width in self._word]
        least = _capped([min(width, column / 2) for width in least], column)
        total = sum(self._shares)
        if max(self._shares) > min(self._shares) * 1.01:  # somebody chose widths
            wanted = [column * share / total for share in self._shares]
        else:
            wanted = [width * scale + around for width in self._width]
            if sum(wanted) <= column:
                return self._shared_out(wanted, column - sum(wanted))
        more = [max(want - low, 0.01) for want, low in zip(wanted, least, strict=True)]
        room = column - sum(least)
        return [low + room * m / sum(more) for low, m in zip(least, more, strict=True)]

    def _shared_out(self, widths: list[float], spare: float) -> list[float]:
        """Spare room goes to the columns by their widths; numbers need less of it than words, and
        at most as much again as they have.
        """
        needs = [
            w * (_NUMBERS_NEED if n else 1.0) for w, n in zip(widths, self._numeric, strict=True)
        ]
        wider = [w + spare * need / sum(needs) for w, need in zip(widths, needs, strict=True)]
        if all(self._numeric):
            return wider
        for place, is_numeric in enumerate(self._numeric):
            if is_numeric:
                wider[place] = min(wider[place], 2 * widths[place])
        words = sum(w for w, n in zip(widths, self._numeric, strict=True) if not n)
        left = sum(widths) + spare - sum(wider)
        return [
            w if n else w + left * own / words
            for w, own, n in zip(wider, widths, self._numeric, strict=True)
        ]

    def _row_lines(
        self, row: Sequence[_MeasuredCell], fit: Fit, *, head: bool
    ) -> list[list[CellLine]]:
        filler = self._typesetter.filler
        cells = []
        for place, (cell, width) in enumerate(zip(row, fit.widths, strict=True)):
            measure = max(width - 2 * fit.pad, 1.0)
            fits = not head and cell.widest_name * fit.scale <= measure
            lines: list[CellLine] = []
            for text, align in zip(cell.names if fits else cell.words, cell.aligns, strict=True):
                filled = filler.fill_well(text.scaled(fit.scale), measure, balance=head)
                centred = head or self._numeric[place]
                shown: Align = "center" if centred and align == "left" else align
                lines += [
                    CellLine(line, measure - line.width, shown, line is filled[-1])
                    for line in filled
                ]
            widest = self._numbers[place] * fit.scale
            if 0 < widest <= measure and cell.decimals is not None and not head:
                lines = [_under_others(line, widest) for line in lines]
            cells.append(lines)
        return cells


def _under_others(line: CellLine, widest: float) -> CellLine:
    """A number of a centred column with its last digit under that of the widest one."""
    if line.align != "center":
        return line
    beside = (line.free - (widest - line.line.width)) / 2
    return line._replace(free=line.free - beside, align="right")


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
