"""The list of works, the best first: dragged to another place, or moved by Alt and the arrow keys."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QWidget

from esa_desktop.ui import painting
from esa_desktop.ui.choice_list import ChoiceList
from esa_desktop.ui.row_list import Index, Row, RowDelegate, RowModel
from esa_desktop.ui.theme import SECOND, interface_font

NOWHERE: Final = -1
HEIGHT: Final = 58
_TYPE: Final = "application/x-esa-work"
_STEPS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


@dataclass(frozen=True, slots=True)
class WorkRow(Row):
    """``target`` is the work's id."""

    place: str
    title: str
    detail: str
    shown_by: str
    """Codes of its evidence, or that there is none."""
    is_bare: bool


class RankedDelegate(RowDelegate[WorkRow]):
    """The place as a badge, the title, and below it what it achieved and what shows it."""

    shows_choice = True

    def row_height(self, row: WorkRow, width: int) -> int:  # noqa: ARG002
        return HEIGHT

    def paint_row(self, painter: QPainter, box: QRectF, row: WorkRow) -> None:
        palette = painting.colors()
        strong, second = interface_font(semibold=True), interface_font(SECOND)
        badge = QRectF(box.x() + 10, box.center().y() - 13, 26, 26)
        painting.draw_badge(painter, badge, row.place, strong, filled=False)
        words = box.adjusted(48, 3, -12, -3)
        top = QRectF(words.x(), words.y(), words.width(), 27)
        painting.draw_line(painter, top, row.title, interface_font(), palette.ink)
        below = QRectF(words.x(), words.y() + 25, words.width(), 25)
        room = min(painting.text_width(row.shown_by, second), words.width() / 2)
        color = palette.warn if row.is_bare else palette.ink2
        aside = QRectF(below.right() - room, below.y(), room, below.height())
        painting.draw_line(painter, aside, row.shown_by, second, color, painting.RIGHT)
        painting.draw_line(
            painter, below.adjusted(0, 0, -room - 16, 0), row.detail, second, palette.ink2
        )


class _RankedModel(RowModel):
    """Rows may be dragged; what happens to them is for the list to say."""

    # Qt's names.
    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else flags

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        return [_TYPE]

    def mimeData(self, indexes: list[Index]) -> QMimeData:  # type: ignore[override]
        carried = QMimeData()
        carried.setData(_TYPE, self.rows[indexes[0].row()].target.encode())
        return carried


class RankedList(ChoiceList):
    """Moves nothing itself: ``moved`` asks, and the round answers."""

    moved = Signal(int, int)
    """(row, row it shall be)."""
    removal_requested = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(RankedDelegate(), name, parent, rows=_RankedModel())
        self._drop_row = NOWHERE
        self.may_change = True
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(False)

    def move_current(self, step: int) -> None:
        """One place up (-1) or down (+1); at the ends nothing happens."""
        row = self.currentIndex().row()
        if row >= 0 and 0 <= row + step < self.rows.rowCount():
            self.moved.emit(row, row + step)

    def _row_at(self, place: QPoint) -> int:
        """The row in front of which something dropped here would go."""
        index = self.indexAt(place)
        if not index.isValid():
            return self.rows.rowCount()
        return index.row() + (place.y() > self.visualRect(index).center().y())

    def _mark_drop(self, row: int) -> None:
        if row != self._drop_row:
            self._drop_row = row
            self.viewport().update()

    def _dragged(self, event: QDropEvent) -> int:
        """The row that is dragged, or `NOWHERE` for what is none of this list."""
        if not self.may_change or not event.mimeData().hasFormat(_TYPE):
            return NOWHERE
        work_id = bytes(event.mimeData().data(_TYPE).data()).decode()
        places = (place for place, row in enumerate(self.rows.rows) if row.target == work_id)
        return next(places, NOWHERE)

    # Qt's names from here on.
    def event(self, event: QEvent) -> bool:
        """Alt and an arrow is this list's while it has the keys, not a step through the issues."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            alone = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if alone == Qt.KeyboardModifier.AltModifier and event.key() in _STEPS:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alone = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if alone == Qt.KeyboardModifier.AltModifier and event.key() in _STEPS:
            self.move_current(_STEPS[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Delete and not alone:
            self.removal_requested.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        last = self.rows.rowCount() - 1
        if self._drop_row == NOWHERE or last < 0:
            return
        box = self.visualRect(self.rows.index(min(self._drop_row, last), 0))
        y = box.top() if self._drop_row <= last else box.bottom()
        painter = QPainter(self.viewport())
        accent = QColor(painting.colors().accent)
        painter.fillRect(QRectF(4, max(0, y - 1), box.width() - 8, 3), accent)
        painter.end()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.setAccepted(self._dragged(event) != NOWHERE)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)  # scrolls at the edges
        is_ours = self._dragged(event) != NOWHERE
        self._mark_drop(self._row_at(event.position().toPoint()) if is_ours else NOWHERE)
        event.setAccepted(is_ours)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._mark_drop(NOWHERE)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._mark_drop(NOWHERE)
        row = self._dragged(event)
        event.setAccepted(row != NOWHERE)
        if row == NOWHERE:
            return
        # Told as a copy, or the view that the drag began in would remove its rows.
        event.setDropAction(Qt.DropAction.CopyAction)
        target = self._row_at(event.position().toPoint())
        target -= target > row
        if target != row:
            self.moved.emit(row, target)
