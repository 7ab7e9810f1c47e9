"""The table of the register: whole rows, columns that give way when it is narrow, a choice that survives."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableView,
    QWidget,
)

from esa_desktop.services.register_rows import Column
from esa_desktop.ui.painting import draw_focus, text_width
from esa_desktop.ui.register_delegate import MARK, ROW_HEIGHT, SIDE, RegisterDelegate, cell_font
from esa_desktop.ui.register_model import COLUMNS, RegisterModel
from esa_desktop.ui.theme import set_role

Index = QModelIndex | QPersistentModelIndex
_WIDEST: Final = {
    Column.CODE: "๑๐.๑๐.๑๐-๐๐",
    Column.KIND: "เอกสารอื่น ๆ",
    Column.NUMBER: "ที่ ศธ ๐๔๐๐๑/๑๒๓๔",
    Column.DATE: "๓๐ เม.ย. ๖๘",
    Column.OWNER: "นางสาวพิมพ์ใจ ยิ้ม",
    Column.USED: "๑๐.๑๐.๑๐, ๑๐.๑",
    Column.FILE: "ไม่พบไฟล์",
}
"""What a column has room for without being cut; the title takes the rest."""
_GIVE_WAY: Final = (
    Column.KIND,
    Column.OWNER,
    Column.NUMBER,
    Column.DATE,
    Column.USED,
    Column.FILE,
)
"""Columns that are left out of a narrow table, in this order; the tooltip has them all."""
LEAST_TITLE: Final = 232
_ENDS: Final = {
    QAbstractItemView.CursorAction.MoveHome,
    QAbstractItemView.CursorAction.MoveEnd,
}
_ENTER: Final = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class RegisterTable(QTableView):
    """Of 5,000 rows a table view lays out those in view only; a tree view asks after every one."""

    previewed = Signal()
    """Space was pressed on a row."""
    taken = Signal()
    """Enter was pressed on a row, or it was clicked twice."""

    def __init__(self, model: RegisterModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setObjectName("registerTable")
        set_role(self, "rows")  # the delegate draws all there is
        self.setModel(model)
        self.setItemDelegate(RegisterDelegate(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self._lay_out_columns()
        self.horizontalHeader().setSortIndicator(
            0, Qt.SortOrder.AscendingOrder
        )  # before it counts as a wish
        self.setSortingEnabled(True)
        self.doubleClicked.connect(lambda _: self.taken.emit())

    # --- what is chosen -----------------------------------------------------------------------

    def chosen_ids(self) -> list[str]:
        """Ids of the selected items, in the order of the table."""
        rows = self._model.rows
        return [rows[index.row()].id for index in sorted(self.selectionModel().selectedRows())]

    def current_id(self) -> str:
        """The item under the focus frame; empty for none."""
        row = self.currentIndex().row()
        return self._model.rows[row].id if 0 <= row < len(self._model.rows) else ""

    def choose(self, item_ids: Sequence[str], current: str, near: int = -1) -> None:
        """Select these again after rows were set anew or went.

        Where ``current`` is gone, the row ``near`` gets the focus frame; where all of them are
        gone, it is selected, too.
        """
        wanted = set(item_ids)
        places = [n for n, row in enumerate(self._model.rows) if row.id in wanted]
        near = min(near, len(self._model.rows) - 1)
        if item_ids and not places and near >= 0:
            places = [near]
        chosen = QItemSelection()
        last = len(COLUMNS) - 1
        for first, end in _runs(places):
            top, bottom = self._model.index(first, 0), self._model.index(end, last)
            chosen.select(top, bottom)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(chosen, flags.ClearAndSelect)
        place = self._model.place_of(current) if current else -1
        place = place if place >= 0 else near
        if place >= 0:
            index = self._model.index(place, 0)
            self.selectionModel().setCurrentIndex(index, flags.NoUpdate)

    def show_sorting(self, column: Column, *, descending: bool) -> None:
        """Show by which column the rows stand, without asking for it."""
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        header = self.horizontalHeader()
        blocked = header.blockSignals(True)
        header.setSortIndicator(COLUMNS.index(column), order)
        header.blockSignals(blocked)
        header.viewport().update()

    # --- columns ------------------------------------------------------------------------------

    def _lay_out_columns(self) -> None:
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setMinimumSectionSize(48)
        header.setFixedHeight(ROW_HEIGHT)
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        for number, column in enumerate(COLUMNS):
            if column is Column.TITLE:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
            else:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Interactive)
                header.resizeSection(number, self._usual_width(column))

    def _usual_width(self, column: Column) -> int:
        head = text_width(self._model.head(column), cell_font(Column.CODE)) + 30
        mark = MARK + 6 if column in (Column.FILE, Column.USED) else 0
        widest = text_width(_WIDEST[column], cell_font(column)) + mark
        return round(max(head, widest + 2 * SIDE + 2))

    def _fit_columns(self) -> None:
        """Leave out columns until the title can be read."""
        header = self.horizontalHeader()
        room = self.viewport().width() - LEAST_TITLE
        widths = {
            column: header.sectionSize(n) or self._usual_width(column)
            for n, column in enumerate(COLUMNS)
            if column is not Column.TITLE
        }
        needed = sum(widths.values())
        for column in _GIVE_WAY:
            number = COLUMNS.index(column)
            hide = needed > room
            if hide:
                needed -= widths[column]
            if self.isColumnHidden(number) != hide:
                self.setColumnHidden(number, hide)

    # Qt's names from here on.
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit_columns()

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End lead to the first and last row, not cell."""
        if action in _ENDS:
            modifiers |= Qt.KeyboardModifier.ControlModifier
        return super().moveCursor(action, modifiers)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """The frame is around whole rows, so whole rows are drawn anew."""
        super().currentChanged(current, previous)
        for index in (current, previous):
            if index.isValid():
                top = self.rowViewportPosition(index.row())
                self.viewport().update(0, top, self.viewport().width(), self.rowHeight(index.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        has_row = self.currentIndex().isValid()
        if event.key() in _ENTER and plain and has_row:
            self.taken.emit()
        elif event.key() == Qt.Key.Key_Space and plain and has_row:
            self.previewed.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes by Tab sees where he is."""
        super().focusInEvent(event)
        flags = QItemSelectionModel.SelectionFlag
        if self._model.rows and not self.selectionModel().hasSelection():
            index = self.currentIndex()
            index = index if index.isValid() else self._model.index(0, 0)
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cells, and around the current row the focus frame."""
        super().paintEvent(event)
        row = self.currentIndex().row()
        if not self.hasFocus() or row < 0:
            return
        top, height = self.rowViewportPosition(row), self.rowHeight(row)
        frame = QRectF(1, top + 1, self.viewport().width() - 2, height - 3)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_focus(painter, frame)
        painter.end()


def _runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """First and last of each run of neighbours; ``places`` ascend."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place - 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs
