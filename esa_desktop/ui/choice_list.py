"""A list of painted rows of which one is chosen for the buttons beside it; Enter or a double click takes it."""

from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from esa_desktop.ui.row_list import Row, RowDelegate, RowModel


class ChoiceList(QListView):
    """One Tab stop; a single click chooses and does nothing else."""

    chosen = Signal(object)
    """The `Row` that is chosen now, or ``None``."""
    taken = Signal(object)
    """The `Row` that somebody wants to go on with."""

    def __init__(
        self,
        delegate: RowDelegate[Any],
        name: str,
        parent: QWidget | None = None,
        *,
        rows: RowModel | None = None,
    ) -> None:
        """``rows``: a model of one's own, where rows can do more than be chosen."""
        super().__init__(parent)
        self.rows = rows or RowModel()
        self.rows.setParent(self)
        self.setModel(self.rows)
        delegate.setParent(self)
        delegate.shows_choice = True
        self.setItemDelegate(delegate)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.selectionModel().currentChanged.connect(self._tell)
        self.rows.modelReset.connect(self._tell)
        self.doubleClicked.connect(self._take)

    @property
    def choice(self) -> Row | None:
        row = self.currentIndex().data(Qt.ItemDataRole.UserRole)
        return row if isinstance(row, Row) else None

    def choose(self, place: int) -> None:
        """By its place from the top; nothing happens where there is no such row."""
        self.setCurrentIndex(self.rows.index(place, 0))

    def _tell(self, *_: object) -> None:
        self.chosen.emit(self.choice)

    def _take(self, index: QModelIndex) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        if isinstance(row, Row):
            self.taken.emit(row)

    # Qt's names from here on.
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.currentIndex())
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes by Tab sees where he is."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.choose(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows are as high as their words need at this width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
