"""The folded framework pane: one narrow row an issue, its mark above its code."""

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from esa_desktop.ui.framework_delegate import RailDelegate
from esa_desktop.ui.framework_model import FrameworkModel, Role

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class IssueRailModel(QAbstractListModel):
    """What is written of a `FrameworkModel`: issues, and indicators that have none, in printed order."""

    def __init__(self, source: FrameworkModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._rows: dict[str, int] = {}
        self._read()
        source.dataChanged.connect(self._pass_on)
        source.modelAboutToBeReset.connect(self.beginResetModel)
        source.modelReset.connect(self._take_anew)

    def index_of(self, issue_id: str) -> QModelIndex:
        row = self._rows.get(issue_id, -1)
        return self.index(row) if row >= 0 else QModelIndex()

    def _read(self) -> None:
        self._ids = self._source.place_ids()
        self._rows = {issue_id: row for row, issue_id in enumerate(self._ids)}

    def _take_anew(self) -> None:
        self._read()
        self.endResetModel()

    def _pass_on(self, changed: QModelIndex) -> None:
        index = self.index_of(changed.data(Role.ID))
        if index.isValid():
            self.dataChanged.emit(index, index)

    # Qt's names from here on.
    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        return self._source.data(self._source.index_of(self._ids[index.row()]), role)


class IssueRail(QListView):
    """Click or Enter opens; the arrows move the focus frame only, as in the tree."""

    opened = Signal(str)

    def __init__(self, model: IssueRailModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(RailDelegate(self))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.clicked.connect(self._open)

    def select(self, index: QModelIndex) -> None:
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(index, flags.ClearAndSelect)
        self.selectionModel().setCurrentIndex(index, flags.NoUpdate)
        if self.isVisible():  # unseen it has no height to scroll in
            self.scrollTo(index)

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(index.data(Role.ID))

    # Qt's names from here on.
    def selectionCommand(
        self,
        index: Index,  # noqa: ARG002
        event: object = None,  # noqa: ARG002
    ) -> QItemSelectionModel.SelectionFlag:
        return QItemSelectionModel.SelectionFlag.NoUpdate

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        for index in self.selectedIndexes():
            self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
            event.accept()
            return
        super().keyPressEvent(event)
