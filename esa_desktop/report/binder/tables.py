"""Tables of evidence on dividers and in the index: code, title, number and date, volume, page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from esa_desktop.report.binder.entries import Entry
from esa_desktop.report.binder.own_pages import Label
from esa_desktop.report.book.column import BookSetting
from esa_desktop.report.book.grid import PAD, Grid, GridCell, GridRow, Head
from esa_desktop.report.measures import TextMeasures
from esa_desktop.report.slugs import Pen, Slug
from esa_desktop.report.structure import Element
from esa_desktop.report.typesetter import BOLD

_HEADS: Final = ("รหัส", "ชื่อเอกสาร/หลักฐาน", "เลขที่ ลงวันที่", "เล่ม", "หน้า")
_CODE: Final = 0.22
_NUMBER: Final = 0.24
"""Of the width, at most."""
_WEIGHED: Final = 40


@dataclass(frozen=True, slots=True)
class Row:
    entry: Entry
    behind: str = ""
    """Code of another divider, where it is bound."""


@dataclass(frozen=True, slots=True)
class _LateNumber:
    """Where an item stands, asked when the table is drawn: the table is laid out long before."""

    entry: Entry
    name: Literal["volume", "first"]
    setting: BookSetting
    text: TextMeasures

    def draw(
        self, pen: Pen, cell: Element | None, x: float, y: float, width: float, height: float
    ) -> None:
        number = self.setting.digits(getattr(self.entry, self.name))
        label = Label(self.setting.job.typesetter, number, self.text.table_size)
        leading = self.text.table_leading
        base = y - (height - leading) / 2 - self.text.ascent * label.size + 0.5
        pen.text(cell, label.drawn(x + (width - label.width) / 2, base))


@dataclass(frozen=True, slots=True)
class Group:
    """A heading over rows."""

    words: str


class EvidenceTable:
    """One look for all of them: widths are those of everything the binder lists."""

    def __init__(
        self, setting: BookSetting, entries: Sequence[Entry], *, several_volumes: bool
    ) -> None:
        self._setting = setting
        self._volumes = several_volumes
        self._numbered = any(entry.number_and_date(str) for entry in entries)
        self._text, self._widths = setting.table(lambda size: self._others(entries, size))

    def slugs(self, rows: Sequence[Row | Group]) -> list[Slug]:
        columns = self._columns()
        widths = dict(zip((1, *(c for c in columns if c != 1)), self._widths, strict=True))
        grid = Grid(
            self._setting.job.typesetter,
            self._text,
            [widths[column] for column in columns],
            [Head(_HEADS[column], place) for place, column in enumerate(columns)],
        )
        made = [
            GridRow((GridCell(row.words, len(columns)),), is_group=True)
            if isinstance(row, Group)
            else self._row(row, columns)
            for row in rows
        ]
        return grid.slugs(made)

    def _columns(self) -> list[int]:
        return [0, 1] + [2] * self._numbered + [3] * self._volumes + [4]

    def _row(self, row: Row, columns: Sequence[int]) -> GridRow:
        entry, digits = row.entry, self._setting.digits
        title = entry.title(digits)
        if row.behind:
            title += f"\nดูหลังใบคั่นแฟ้ม {digits(row.behind)}"
        cells = (
            GridCell(digits(entry.item.code)),
            GridCell(title),
            GridCell(entry.number_and_date(digits)),
            GridCell(_LateNumber(entry, "volume", self._setting, self._text)),
            GridCell(_LateNumber(entry, "first", self._setting, self._text)),
        )
        return GridRow(tuple(cells[column] for column in columns))

    def _others(self, entries: Sequence[Entry], size: float) -> list[float]:
        typesetter, digits = self._setting.job.typesetter, self._setting.digits
        room = self._setting.width
        codes = sorted({digits(entry.item.code) for entry in entries}, key=_longest)[:_WEIGHED]
        lines = sorted(
            {line for e in entries for line in e.number_and_date(digits).split("\n")}, key=_longest
        )[:_WEIGHED]
        needed = {
            0: min(max((typesetter.width(code, size) for code in codes), default=0), _CODE * room),
            2: min(max((typesetter.width(line, size) for line in lines), default=0), _NUMBER * room),
            3: typesetter.width("๘๘๘", size),
            4: typesetter.width("๘๘๘๘๘", size),
        }  # fmt: skip
        for column, width in needed.items():
            heads = (typesetter.width(word, size, BOLD) for word in _HEADS[column].split())
            needed[column] = max(width, *heads) + 2 * PAD + 1
        return [needed[column] for column in self._columns() if column != 1]


def _longest(text: str) -> tuple[int, str]:
    return -len(text), text
