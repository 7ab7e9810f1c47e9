"""The lines of a checklist as a list: edited in place, dragged to another place, evidence dropped onto them."""

from math import ceil
from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from esa_desktop.services.checklists import ChecklistLine
from esa_desktop.ui.checklist_model import ChecklistModel, Role, dragged_line
from esa_desktop.ui.elided_lines import elided_lines
from esa_desktop.ui.evidence_model import dragged_items
from esa_desktop.ui.painting import colors, draw_box, draw_focus, draw_line, draw_status, pitch
from esa_desktop.ui.theme import SECOND, interface_font

Index = QModelIndex | QPersistentModelIndex
LEFT: Final = 12
MARK: Final = 18
GAP: Final = 8
RIGHT: Final = 10
TOP: Final = 6
MOST_LINES: Final = 3
NOWHERE: Final = -1
EDITOR_HEIGHT: Final = 34


class ChecklistDelegate(QStyledItemDelegate):
    """A tick or a warning sign, the words of the line, and below them what answers it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._edited = QPersistentModelIndex()

    def _lines(self, index: Index, width: float) -> tuple[str, ...]:
        room = width - LEFT - MARK - GAP - RIGHT
        return elided_lines(index.data(), interface_font(), room, MOST_LINES)

    # Qt's names from here on.
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = option.widget
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else 264
        lines = len(self._lines(index, width))
        height = lines * pitch(interface_font()) + pitch(interface_font(SECOND))
        return QSize(width, ceil(height) + 2 * TOP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        palette = colors()
        row = QRectF(option.rect)
        line: ChecklistLine = index.data(Role.LINE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            draw_box(painter, row, palette.accent_soft, None)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            draw_box(painter, row, palette.ground, None)
        if index != self._edited:  # its words would show around the field
            self._paint_words(painter, row, index, line)
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_focus(painter, row.adjusted(1, 1, -1, -1))
        painter.restore()

    def _paint_words(
        self, painter: QPainter, row: QRectF, index: Index, line: ChecklistLine
    ) -> None:
        palette = colors()
        step = pitch(interface_font())
        mark = QPointF(row.x() + LEFT, row.y() + TOP + (step - MARK) / 2)
        draw_status(painter, mark, "complete" if line.is_answered else "missing", MARK)
        place = row.adjusted(LEFT + MARK + GAP, TOP, -RIGHT, 0)
        for words in self._lines(index, row.width()):
            place.setHeight(step)
            draw_line(painter, place, words, interface_font(), palette.ink)
            place.translate(0, step)
        second = interface_font(SECOND)
        place.setHeight(pitch(second))
        ink = palette.ink2 if line.is_answered else palette.warn
        draw_line(painter, place, index.data(Role.ANSWER), second, ink)

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,  # noqa: ARG002
        index: Index,
    ) -> QWidget:
        self._edited = QPersistentModelIndex(index)
        edit = QLineEdit(parent)
        edit.setAccessibleName(self.tr("ชื่อรายการ"))
        return edit

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Once: what changes in the line while somebody types is not put over the words."""
        if isinstance(editor, QLineEdit) and not editor.property("begun"):
            editor.setProperty("begun", True)
            editor.setText(index.data(Qt.ItemDataRole.EditRole))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        self._edited = QPersistentModelIndex()
        super().destroyEditor(editor, index)

    def updateEditorGeometry(
        self,
        editor: QWidget,
        option: QStyleOptionViewItem,
        index: Index,  # noqa: ARG002
    ) -> None:
        row: QRect = option.rect
        editor.setGeometry(row.x() + 2, row.y() + 2, row.width() - 4, EDITOR_HEIGHT)


class ChecklistList(QListView):
    """Keys and menus are the business of whoever has it."""

    moved = Signal(str, int)
    """(requirement id, how many other lines stand above its new place)."""
    items_dropped = Signal(str, list)
    """(requirement id, ids of the evidence items dropped onto it)."""

    def __init__(self, model: ChecklistModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._drop_row = NOWHERE
        self._drop_line = NOWHERE
        self.setModel(model)
        self.setItemDelegate(ChecklistDelegate(self))
        self.setMouseTracking(True)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(False)

    @property
    def current(self) -> ChecklistLine | None:
        line = self.currentIndex().data(Role.LINE)
        return line if isinstance(line, ChecklistLine) else None

    def finish_editing(self) -> None:
        """Take the words out of a line's field, if one is open: other lines are about to be shown."""
        for field in self.viewport().findChildren(QLineEdit):
            self.commitData(field)
            self.closeEditor(field, QStyledItemDelegate.EndEditHint.NoHint)

    def choose(self, requirement_id: str, near: int = NOWHERE) -> None:
        """Put the choice on a line, or where it is gone on the row ``near``."""
        place = self._model.place_of(requirement_id)
        if place < 0:
            place = min(near, self._model.rowCount() - 1)
        if place >= 0:
            self.setCurrentIndex(self._model.index(place, 0))

    def move_current(self, by: int) -> None:
        """One place up (``-1``) or down (``+1``)."""
        line, place = self.current, self.currentIndex().row() + by
        if line is not None and 0 <= place < self._model.rowCount():
            self.moved.emit(line.requirement.id, place)

    def content_height(self) -> int:
        """Pixels that all lines need."""
        return sum(self.sizeHintForRow(row) for row in range(self._model.rowCount()))

    def _row_before(self, place: QPoint) -> int:
        index = self.indexAt(place)
        if not index.isValid():
            return self._model.rowCount()
        return index.row() + (place.y() > self.visualRect(index).center().y())

    def _mark_drop(self, *, row: int = NOWHERE, line: int = NOWHERE) -> None:
        """Show where it would go: in front of a row, or onto a line."""
        if (row, line) != (self._drop_row, self._drop_line):
            self._drop_row, self._drop_line = row, line
            self.viewport().update()

    # Qt's names from here on.
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.choose("", near=0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        if self._drop_line != NOWHERE:
            box = QRectF(self.visualRect(self._model.index(self._drop_line, 0)))
            draw_focus(painter, box)
        elif self._drop_row != NOWHERE and self._model.rowCount():
            last = self._model.rowCount() - 1
            box = QRectF(self.visualRect(self._model.index(min(self._drop_row, last), 0)))
            y = box.top() if self._drop_row <= last else box.bottom()
            painter.fillRect(QRectF(4, max(0, y - 1), box.width() - 8, 3), QColor(colors().accent))
        painter.end()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        mime = event.mimeData()
        takes = self._model.is_editable and bool(dragged_items(mime) or dragged_line(mime))
        event.setAccepted(takes)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)  # scrolls at the edges
        place, mime = event.position().toPoint(), event.mimeData()
        onto = self.indexAt(place).row()
        takes = False
        if dragged_items(mime):
            takes = onto != NOWHERE
            self._mark_drop(line=onto)
        elif dragged_line(mime):
            takes = True
            self._mark_drop(row=self._row_before(place))
        if takes:
            event.setDropAction(Qt.DropAction.MoveAction)
        event.setAccepted(takes and self._model.is_editable)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._mark_drop()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._mark_drop()
        place, mime = event.position().toPoint(), event.mimeData()
        items, line_id = dragged_items(mime), dragged_line(mime)
        onto = self.indexAt(place)
        event.setAccepted(bool(line_id) or (bool(items) and onto.isValid()))
        if not event.isAccepted():
            return
        # Told as a copy, or the view that the drag began in would remove its rows.
        event.setDropAction(Qt.DropAction.CopyAction)
        if items:
            self.items_dropped.emit(onto.data(Role.LINE).requirement.id, items)
            return
        row, now = self._row_before(place), self._model.place_of(line_id)
        row -= 0 <= now < row
        if now >= 0 and row != now:
            self.moved.emit(line_id, row)
