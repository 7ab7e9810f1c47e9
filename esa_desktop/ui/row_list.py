"""A list of painted rows that one Tab stop reaches and the arrow keys walk: for links to nodes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from esa_desktop.ui import painting

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Row:
    """What every row has. ``spoken`` is all of it in words, for assistive tools and tooltips."""

    target: str
    """Id of the node the row leads to; empty for a heading, which leads nowhere."""
    spoken: str


RowT = TypeVar("RowT", bound=Row)


class RowModel(QAbstractListModel):
    """Rows as values. New rows of the same number redraw in place, so the chosen one stays."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._rows

    def set_rows(self, rows: Sequence[Row]) -> None:
        if [row.target for row in rows] != [row.target for row in self._rows]:
            self.beginResetModel()
            self._rows = tuple(rows)
            self.endResetModel()
            return
        old, self._rows = self._rows, tuple(rows)
        for place, (before, now) in enumerate(zip(old, self._rows, strict=True)):
            if before != now:
                index = self.index(place, 0)
                self.dataChanged.emit(index, index)

    # Qt's names from here on.
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return row.spoken
        return row if role == Qt.ItemDataRole.UserRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and not self._rows[index.row()].target:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)


class RowDelegate(QStyledItemDelegate, Generic[RowT]):
    """Ground and focus of a row; what stands in it is the child's `paint_row` and `row_height`."""

    shows_choice = False
    """Whether the chosen row is marked also while the keys go to another widget."""

    def row_height(self, row: RowT, width: int) -> int:
        raise NotImplementedError

    def paint_row(self, painter: QPainter, box: QRectF, row: RowT) -> None:
        raise NotImplementedError

    # Qt's names from here on.
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = option.widget
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else 400
        return QSize(width, self.row_height(index.data(Qt.ItemDataRole.UserRole), width))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: RowT = index.data(Qt.ItemDataRole.UserRole)
        state: QStyle.StateFlag = option.state
        box = QRectF(option.rect)
        palette = painting.colors()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        if row.target and chosen and (focused or self.shows_choice):
            painting.draw_box(painter, box, palette.accent_soft, None)
        elif row.target and state & QStyle.StateFlag.State_MouseOver:
            painting.draw_box(painter, box, palette.sunken, None)
        self.paint_row(painter, box, row)
        if chosen and focused:
            painting.draw_focus(painter, box)
        painter.restore()


class RowList(QListView):
    """Click, Enter or Space goes to the row's node."""

    go_to = Signal(str)
    chosen = Signal(object)
    """The whole `Row`, where its target is not enough."""

    def __init__(
        self, delegate: RowDelegate[Any], name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.rows = RowModel(self)
        self.setModel(self.rows)
        self._delegate = delegate
        delegate.setParent(self)
        self.setItemDelegate(delegate)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.clicked.connect(self._go)

    def content_height(self, width: int) -> int:
        """Pixels that all rows need."""
        return sum(self._delegate.row_height(row, width) for row in self.rows.rows)

    def choose_current(self) -> None:
        """As Enter on the row does."""
        self._go(self.currentIndex())

    def step(self, rows: int) -> None:
        """Move the choice over rows that lead somewhere; it stops at the ends."""
        ways = [place for place, row in enumerate(self.rows.rows) if row.target]
        if not ways:
            return
        now = self.currentIndex().row()
        place = ways.index(now) + rows if now in ways else 0
        self.setCurrentIndex(self.rows.index(ways[max(0, min(place, len(ways) - 1))], 0))

    def _go(self, index: QModelIndex) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(row, Row) and row.target:
            self.chosen.emit(row)
            self.go_to.emit(row.target)

    # Qt's names from here on.
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if not self.currentIndex().isValid():
                self.step(0)
            self.choose_current()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes by Tab sees where he is."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.step(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows are as high as their words need at this width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
