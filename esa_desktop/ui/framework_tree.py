"""The tree of standards: arrows walk, Enter opens, codes are typed ahead, files land on issues."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QTreeView, QWidget

from esa_desktop.domain.thai import arabic_digits
from esa_desktop.ui.framework_delegate import LEFT, FrameworkDelegate
from esa_desktop.ui.framework_model import Role
from esa_desktop.ui.framework_nodes import Grade

Index = QModelIndex | QPersistentModelIndex
NOWHERE: Final = QModelIndex()
TYPE_AHEAD_MS: Final = 1200
"""A pause this long begins a new search; longer than Qt's own, for codes take several keys."""


def local_files(mime: QMimeData) -> list[Path]:
    """The files of this computer somebody drags; links to web pages are none."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


class FrameworkTree(QTreeView):
    """The current row (focus frame) moves with the arrows; the chosen one (selected) does not."""

    opened = Signal(str)
    """Somebody clicked a row or pressed Enter on it: the id of its node."""
    files_dropped = Signal(str, list)
    """(issue id, paths) of files dropped on the row of an issue."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typed = ""
        self._forget_typed = QTimer(self)
        self._forget_typed.setSingleShot(True)
        self._forget_typed.setInterval(TYPE_AHEAD_MS)
        self._forget_typed.timeout.connect(self._forget)
        self._rows = FrameworkDelegate(self)
        self.setItemDelegate(self._rows)
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setExpandsOnDoubleClick(False)
        self.setUniformRowHeights(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setAutoExpandDelay(500)
        self.clicked.connect(self._open)

    def select(self, index: QModelIndex) -> None:
        """Show a row as the chosen one, with everything above it unfolded."""
        self._show(index)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(index, flags.ClearAndSelect)
        self.selectionModel().setCurrentIndex(index, flags.NoUpdate)
        if self.isVisible():  # unseen it has no height to scroll in
            self.scrollTo(index)

    def _show(self, index: QModelIndex) -> None:
        above = index.parent()
        while above.isValid():
            self.expand(above)
            above = above.parent()

    def _open(self, index: QModelIndex) -> None:
        node_id = index.data(Role.ID)
        if node_id:
            self.expand(index)
            self.opened.emit(node_id)

    def _forget(self) -> None:
        self._typed = ""

    def _issue_at(self, place: QPoint) -> QModelIndex:
        index = self.indexAt(place)
        return index if index.data(Role.GRADE) == Grade.ISSUE else QModelIndex()

    def _mark_drop(self, index: QModelIndex) -> None:
        if self._rows.drop_row != index:
            self._rows.drop_row = QPersistentModelIndex(index)
            self.viewport().update()

    def _is_chevron(self, index: QModelIndex, place: QPoint) -> bool:
        if not index.isValid() or not self.model().hasChildren(index):
            return False
        return place.x() < LEFT[Grade(index.data(Role.GRADE))]

    def _walk(self, parent: Index = NOWHERE) -> Iterator[QModelIndex]:
        """Every row in printed order, unfolded or not."""
        model = self.model()
        for row in range(model.rowCount(parent)):
            index = model.index(row, 0, parent)
            yield index
            yield from self._walk(index)

    def _first(self, wanted: str) -> QModelIndex | None:
        """The first row whose code begins so, or else whose name does."""
        by_name: QModelIndex | None = None
        for index in self._walk():
            if str(index.data(Role.CODE)).startswith(wanted):
                return index
            if by_name is None and arabic_digits(index.data(Role.NAME)).startswith(wanted):
                by_name = index
        return by_name

    # Qt's names from here on.
    def selectionCommand(
        self,
        index: Index,  # noqa: ARG002
        event: QEvent | None = None,  # noqa: ARG002
    ) -> QItemSelectionModel.SelectionFlag:
        """Nothing a person does in here selects: what is chosen comes back through `select`."""
        return QItemSelectionModel.SelectionFlag.NoUpdate

    def keyboardSearch(self, typed: str) -> None:
        """To the row whose code or name begins with what was typed so far; any digits will do."""
        self._typed += typed
        self._forget_typed.start()
        wanted = arabic_digits(self._typed.strip())
        index = self._first(wanted) if wanted else None
        if index is not None:
            self._show(index)
            self.setCurrentIndex(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
            event.accept()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        index = self.indexAt(place)
        if event.button() == Qt.MouseButton.LeftButton and self._is_chevron(index, place):
            self.setExpanded(index, not self.isExpanded(index))
            event.accept()
            return
        super().mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()  # the height of a row depends on its width

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        for index in self.selectedIndexes():
            self.scrollTo(index)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)  # scrolls at the edges, unfolds what one waits over
        index = self._issue_at(event.position().toPoint())
        self._mark_drop(index)
        if index.isValid() and local_files(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._mark_drop(QModelIndex())
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._mark_drop(QModelIndex())
        index = self._issue_at(event.position().toPoint())
        files = local_files(event.mimeData())
        if index.isValid() and files:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.files_dropped.emit(index.data(Role.ID), files)
        else:
            event.ignore()
