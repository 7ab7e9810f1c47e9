"""The register as a table for views: words of every cell, rows that come, go and move singly."""

import json
from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from esa_desktop.domain.thai import SHORT_MONTHS, thai_date, thai_digits
from esa_desktop.services.register_rows import Column, FileState, RegisterRow
from esa_desktop.ui.evidence_model import MIME

Index = QModelIndex | QPersistentModelIndex
NOWHERE: Final = QModelIndex()
COLUMNS: Final = tuple(Column)
FEW: Final = 24
"""So many rows are moved one by one, so that a view keeps its place; more are set anew."""
EMPTY: Final = "–"
_OF_CELL: Final = (
    Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsDragEnabled
    | Qt.ItemFlag.ItemNeverHasChildren
)
"""Made once: a view asks twice for every row when it lays itself out."""


class Role(IntEnum):
    ROW = Qt.ItemDataRole.UserRole + 1
    """The `RegisterRow`."""
    STATE = Qt.ItemDataRole.UserRole + 2
    """The `FileState`."""


class RegisterModel(QAbstractTableModel):
    """Shows rows in the order given; sorting is asked for, not done."""

    sort_asked = Signal(object, bool)
    """(`Column`, whether descending), when a head of the table was clicked."""

    def __init__(
        self, state_of: Callable[[RegisterRow], FileState], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._state_of = state_of
        self._rows: list[RegisterRow] = []
        self._heads: Final = {
            Column.CODE: self.tr("รหัส"),
            Column.TITLE: self.tr("ชื่อหลักฐาน"),
            Column.KIND: self.tr("ประเภท"),
            Column.NUMBER: self.tr("เลขที่เอกสาร"),
            Column.DATE: self.tr("วันที่"),
            Column.OWNER: self.tr("ผู้รับผิดชอบ"),
            Column.USED: self.tr("ใช้ใน"),
            Column.FILE: self.tr("ไฟล์"),
        }
        self._reads: Final[dict[int, Callable[[RegisterRow, Column], Any]]] = {
            Qt.ItemDataRole.DisplayRole: lambda row, column: self.words(row, column) or EMPTY,
            Qt.ItemDataRole.ToolTipRole: lambda row, _: self.spoken(row),
            Qt.ItemDataRole.AccessibleTextRole: self._spoken_cell,
            Role.ROW: lambda row, _: row,
            Role.STATE: lambda row, _: state_of(row),
        }

    @property
    def rows(self) -> Sequence[RegisterRow]:
        return self._rows

    def head(self, column: Column) -> str:
        """The name of a column."""
        return self._heads[column]

    def place_of(self, item_id: str) -> int:
        """The row an item stands in, or -1."""
        return next((n for n, row in enumerate(self._rows) if row.id == item_id), -1)

    def set_rows(self, rows: Sequence[RegisterRow]) -> None:
        """All rows anew: selection and place are for the view to bring back."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def follow(self, rows: Sequence[RegisterRow], changed: frozenset[str]) -> bool:
        """Turn the rows into these by single steps; ``False`` (and nothing done) where they are many."""
        old, new = [row.id for row in self._rows], [row.id for row in rows]
        if old != new:
            if len(changed) > FEW or not set(old) ^ set(new) <= changed:
                return False
            self._step_to(rows)
        self._rows = list(rows)
        self.redraw(changed)
        return True

    def redraw(self, changed: frozenset[str]) -> None:
        """Other words stand in these rows; a view redraws what is between the first and the last."""
        places = [place for place, row in enumerate(self._rows) if row.id in changed]
        if places:
            last = self.index(places[-1], len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(places[0], 0), last)

    def _step_to(self, rows: Sequence[RegisterRow]) -> None:
        wanted = {row.id for row in rows}
        for place in reversed(range(len(self._rows))):
            if self._rows[place].id not in wanted:
                self.beginRemoveRows(NOWHERE, place, place)
                del self._rows[place]
                self.endRemoveRows()
        present = {row.id for row in self._rows}
        self._move_rows([row for row in rows if row.id in present])
        for place, row in enumerate(rows):
            if row.id not in present:
                self.beginInsertRows(NOWHERE, place, place)
                self._rows.insert(place, row)
                self.endInsertRows()

    def _move_rows(self, order: Sequence[RegisterRow]) -> None:
        """Bring the rows there are into ``order``; one that moves down is one step, not many."""
        ids = [row.id for row in self._rows]
        for place, row in enumerate(order):
            if ids[place] == row.id:
                continue
            start, end = ids.index(row.id), place
            if start == place + 1:  # its neighbour went somewhere below: move that one instead
                start, end = place, next(n for n, r in enumerate(order) if r.id == ids[place])
            self.beginMoveRows(NOWHERE, start, start, NOWHERE, end + 1 if end > start else end)
            ids.insert(end, ids.pop(start))
            self._rows.insert(end, self._rows.pop(start))
            self.endMoveRows()

    # --- words --------------------------------------------------------------------------------

    def words(self, row: RegisterRow, column: Column) -> str:
        """What stands in a cell; empty where there is nothing to say."""
        item = row.item
        if column is Column.DATE:
            return short_date(item.date) if item.date else ""
        if column is Column.USED:
            return self._used_words(row)
        if column is Column.FILE:
            return self._file_words(row)
        said: str = getattr(item, column.value)
        return said if column in (Column.TITLE, Column.OWNER) else thai_digits(said)

    def _used_words(self, row: RegisterRow) -> str:
        if row.used:
            return thai_digits(", ".join(row.codes))
        words = [self.tr("ใช้กับประเด็นที่เลิกใช้แล้ว")] if row.is_retired else []
        if row.other_years:
            years = ", ".join(map(str, row.other_years))
            words.append(thai_digits(self.tr("ปี {0}").format(years)))
        return " · ".join(words) or self.tr("ยังไม่ได้ใช้")

    def _file_words(self, row: RegisterRow) -> str:
        state = self._state_of(row)
        if state is FileState.PRESENT and len(row.item.files) > 1:
            return thai_digits(self.tr("{0} ไฟล์").format(len(row.item.files)))
        return {
            FileState.PRESENT: self.tr("มีไฟล์"),
            FileState.MISSING: self.tr("ไม่พบไฟล์"),
            FileState.NONE: self.tr("ไม่มีไฟล์"),
            FileState.UNKNOWN: self.tr("กำลังตรวจ"),
        }[state]

    def _spoken_cell(self, row: RegisterRow, column: Column) -> str:
        return f"{self._heads[column]} {self.words(row, column) or self.tr('ยังไม่ระบุ')}"

    def spoken(self, row: RegisterRow) -> str:
        """All of a row, a line each, for tooltips and assistive tools."""
        item = row.item
        said = [f"{thai_digits(item.code)} {item.title}"]
        if item.confidential:
            said.append(self.tr("เอกสารลับ"))
        dated = thai_date(item.date, short=True) if item.date else ""
        pairs = (
            (Column.KIND, item.kind),
            (Column.NUMBER, thai_digits(item.number)),
            (Column.DATE, dated),
            (Column.OWNER, item.owner),
        )
        said += [f"{self._heads[column]} {words}" for column, words in pairs if words]
        if item.place:
            said.append(self.tr("เก็บไว้ที่ {0}").format(item.place))
        used = self._used_words(row)
        is_place = row.used or (row.other_years and not row.is_retired)
        said.append(f"{self._heads[Column.USED]} {used}" if is_place else used)
        said.append(self._file_words(row))
        return "\n".join(said)

    # Qt's names from here on.
    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        read = self._reads.get(role)
        return read(self._rows[index.row()], COLUMNS[index.column()]) if read else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heads[COLUMNS[section]]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return _OF_CELL if index.isValid() else Qt.ItemFlag.NoItemFlags

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if 0 <= column < len(COLUMNS):
            self.sort_asked.emit(COLUMNS[column], order is Qt.SortOrder.DescendingOrder)

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """As the list of an issue's evidence gives it."""
        mime = QMimeData()
        places = sorted({index.row() for index in indexes})
        mime.setData(MIME, json.dumps([self._rows[place].id for place in places]).encode())
        return mime

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction


def short_date(day: Any) -> str:
    """``๑๑ มิ.ย. ๖๘``: years in tables have two digits."""
    year = (day.year + 543) % 100
    return thai_digits(f"{day.day} {SHORT_MONTHS[day.month - 1]} {year:02d}")
