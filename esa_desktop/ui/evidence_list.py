"""The list of evidence: items are dragged to another place in it, or moved by keys."""

from typing import Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from esa_desktop.ui.evidence_model import Role, dragged_items
from esa_desktop.ui.painting import colors

NOWHERE: Final = -1


class EvidenceList(QListView):
    """Files dropped on it are left to the pane around it."""

    reordered = Signal(str, object)
    """(item id, id of the item it is put in front of, or ``None`` for the end)."""
    escaped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drop_row = NOWHERE
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(False)

    def start_at(self, index: QModelIndex) -> None:
        """Where the keyboard begins; nothing is selected before somebody comes here."""
        flags = QItemSelectionModel.SelectionFlag
        chosen = flags.ClearAndSelect if self.hasFocus() else flags.Clear
        self.selectionModel().setCurrentIndex(index, chosen)

    def chosen_ids(self) -> list[str]:
        """Ids of the selected items, in order."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        return [self.model().index(row, 0).data(Role.ID) for row in rows]

    def current_id(self) -> str | None:
        index = self.currentIndex()
        return index.data(Role.ID) if index.isValid() else None

    def move_current(self, by: int) -> None:
        """Put the current item one place up (``-1``) or down (``+1``)."""
        row = self.currentIndex().row()
        target = row - 1 if by < 0 else row + 2
        if row >= 0 and 0 <= target <= self.model().rowCount():
            self._move(target)

    def _move(self, row: int) -> None:
        """The current item, which is the one a drag began on, in front of ``row``."""
        before = self.model().index(row, 0).data(Role.ID)
        item_id = self.current_id()
        if item_id is not None and before != item_id:
            self.reordered.emit(item_id, before)

    def _row_at(self, place: QPoint) -> int:
        """The row in front of which something dropped here would go."""
        index = self.indexAt(place)
        if not index.isValid():
            return self.model().rowCount()
        box = self.visualRect(index)
        return index.row() + (place.y() > box.center().y())

    def _mark_drop(self, row: int) -> None:
        if row != self._drop_row:
            self._drop_row = row
            self.viewport().update()

    # Qt's names from here on.
    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.selectedIndexes() and self.currentIndex().isValid():
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().select(self.currentIndex(), flags.ClearAndSelect)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()  # titles take more lines or fewer
        elif self.selectionModel() is not None and self.selectedIndexes():
            self.scrollTo(self.currentIndex())  # a bar above took the room

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._drop_row == NOWHERE:
            return
        last = self.model().rowCount() - 1
        box = self.visualRect(self.model().index(min(self._drop_row, last), 0))
        y = box.top() if self._drop_row <= last else box.bottom()
        painter = QPainter(self.viewport())
        painter.fillRect(QRectF(4, max(0, y - 1), box.width() - 8, 3), QColor(colors().accent))
        painter.end()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.setAccepted(bool(dragged_items(event.mimeData())))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)  # scrolls at the edges
        is_ours = bool(dragged_items(event.mimeData()))
        self._mark_drop(self._row_at(event.position().toPoint()) if is_ours else NOWHERE)
        if is_ours:
            event.setDropAction(Qt.DropAction.MoveAction)
        event.setAccepted(is_ours)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._mark_drop(NOWHERE)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._mark_drop(NOWHERE)
        ids = dragged_items(event.mimeData())
        event.setAccepted(bool(ids))
        if ids:
            # Told as a copy, or the view that the drag began in would remove its rows.
            event.setDropAction(Qt.DropAction.CopyAction)
            self._move(self._row_at(event.position().toPoint()))
