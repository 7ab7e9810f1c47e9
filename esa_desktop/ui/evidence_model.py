"""The evidence of one issue as a list for views: words ready to paint, order, what is missing."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from esa_desktop.domain.evidence import Evidence, EvidenceFile
from esa_desktop.domain.fields import Field, Kind, link_parts
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.editing import Editor
from esa_desktop.ui.evidence_words import JOINT, detail, size_words, told

Index = QModelIndex | QPersistentModelIndex
__all__ = ["JOINT", "MIME", "EvidenceModel", "Role", "dragged_items", "size_words"]
NOWHERE: Final = QModelIndex()
MIME: Final = "application/x-esa-evidence"
"""JSON list of item ids, while items are dragged inside the window."""


_COUNTED: Final = frozenset({Kind.LINK, Kind.FRAMEWORK})
"""What changes in how many issues an item is used."""


class Role(IntEnum):
    ID = Qt.ItemDataRole.UserRole + 1
    ITEM = Qt.ItemDataRole.UserRole + 2
    """The `Evidence`."""
    CODE = Qt.ItemDataRole.UserRole + 3
    """In Thai digits, as printed."""
    DETAIL = Qt.ItemDataRole.UserRole + 4
    """The second line: number and date, or else what kind of file it is."""
    SHARED = Qt.ItemDataRole.UserRole + 5
    """In how many issues the item is used."""
    MISSING = Qt.ItemDataRole.UserRole + 6
    """Whether a file of the item is not where it should be."""
    CONFIDENTIAL = Qt.ItemDataRole.UserRole + 7


class EvidenceModel(QAbstractListModel):
    """Follows the editor: rows come, go and move singly, so a view keeps its place."""

    counted = Signal(int)
    """How many items there are now."""

    def __init__(
        self,
        editor: Editor,
        is_present: Callable[[EvidenceFile], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._is_present = is_present
        self._issue_id: str | None = None
        self._ids: list[str] = []
        self._missing: dict[str, bool] = {}
        self._shared: Counter[str] | None = None
        self._reads: Final[dict[int, Callable[[Evidence], Any]]] = {
            Qt.ItemDataRole.DisplayRole: lambda item: item.title,
            Qt.ItemDataRole.ToolTipRole: self._told,
            Qt.ItemDataRole.AccessibleTextRole: lambda i: self._told(i).replace("\n", JOINT),
            Role.ID: lambda item: item.id,
            Role.ITEM: lambda item: item,
            Role.CODE: lambda item: thai_digits(item.code),
            Role.DETAIL: detail,
            Role.SHARED: lambda item: self._shared_of(item.id),
            Role.MISSING: lambda item: self._is_missing(item.id),
            Role.CONFIDENTIAL: lambda item: item.confidential,
        }
        self.destroyed.connect(editor.subscribe(self._note))

    @property
    def issue_id(self) -> str | None:
        return self._issue_id

    @property
    def item_ids(self) -> tuple[str, ...]:
        """In order."""
        return tuple(self._ids)

    def show_issue(self, issue_id: str | None) -> None:
        self.beginResetModel()
        self._issue_id = issue_id
        self._ids = self._wanted()
        self._missing.clear()
        self.endResetModel()
        self.counted.emit(len(self._ids))

    def look_for_files(self) -> None:
        """Ask the disk again which files are there: after a repair, or when a stick comes back."""
        before = dict(self._missing)
        self._missing.clear()
        for row, item_id in enumerate(self._ids):
            if before.get(item_id) != self._is_missing(item_id):
                self._changed(row)

    def index_of(self, item_id: str) -> QModelIndex:
        return self.index(self._ids.index(item_id)) if item_id in self._ids else QModelIndex()

    # --- inside -------------------------------------------------------------------------------

    def _wanted(self) -> list[str]:
        if self._issue_id is None:
            return []
        return [item.id for item in self._editor.round.evidence_of(self._issue_id)]

    def _note(self, fields: frozenset[Field]) -> None:
        if not _COUNTED.isdisjoint(name.kind for name in fields):
            self._shared = None
        if self._issue_id is None:
            return
        touched: set[str] = set()
        for name in fields:
            if name.kind is Kind.ITEM:
                touched.add(name.owner)
            elif name.kind is Kind.LINK:
                touched.add(link_parts(name)[1])
        if touched:
            self._follow()
            for row, item_id in enumerate(self._ids):
                if item_id in touched:
                    self._missing.pop(item_id, None)
                    self._changed(row)

    def _follow(self) -> None:
        """Turn the rows into those of the round by the fewest steps."""
        wanted = self._wanted()
        if wanted == self._ids:
            return
        if self._is_new_behind(wanted):
            return
        stay = set(wanted)
        for row in reversed(range(len(self._ids))):
            if self._ids[row] not in stay:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._ids[row]
                self.endRemoveRows()
        here = set(self._ids)
        self._move_rows([item_id for item_id in wanted if item_id in here])
        for row, item_id in enumerate(wanted):
            if row >= len(self._ids) or self._ids[row] != item_id:
                self.beginInsertRows(QModelIndex(), row, row)
                self._ids.insert(row, item_id)
                self.endInsertRows()
        self.counted.emit(len(self._ids))

    def _is_new_behind(self, wanted: list[str]) -> bool:
        """What is attached comes behind the others: thousands of rows at once, where it is so."""
        before = len(self._ids)
        if wanted[:before] != self._ids:
            return False
        self.beginInsertRows(QModelIndex(), before, len(wanted) - 1)
        self._ids = wanted
        self.endInsertRows()
        self.counted.emit(len(self._ids))
        return True

    def _move_rows(self, order: Sequence[str]) -> None:
        """Bring the rows there are into ``order``; one that moves down is one step, not many."""
        for row, item_id in enumerate(order):
            if self._ids[row] == item_id:
                continue
            start, end = self._ids.index(item_id), row
            if start == row + 1:  # its neighbour went somewhere below: move that one instead
                start, end = row, order.index(self._ids[row])
            target = end + 1 if end > start else end
            self.beginMoveRows(QModelIndex(), start, start, QModelIndex(), target)
            self._ids.insert(end, self._ids.pop(start))
            self.endMoveRows()

    def _changed(self, row: int) -> None:
        index = self.index(row)
        self.dataChanged.emit(index, index)

    def _item(self, row: int) -> Evidence:
        return self._editor.round.items[self._ids[row]]

    def _is_missing(self, item_id: str) -> bool:
        """Asked of the disk once: a view paints far more often than files vanish."""
        if item_id not in self._missing:
            files = self._editor.round.items[item_id].files
            self._missing[item_id] = not all(self._is_present(file) for file in files)
        return self._missing[item_id]

    def _told(self, item: Evidence) -> str:
        """Everything a row shows, in words."""
        shared = self._shared_of(item.id)
        return told(item, shared=shared, is_missing=self._is_missing(item.id))

    def _shared_of(self, item_id: str) -> int:
        """Counted once for all items: a list asks for each of its rows."""
        if self._shared is None:
            assessed = self._editor.round
            self._shared = Counter(
                item
                for *_, issue in assessed.framework.issues()
                for item in assessed.issue(issue.id).evidence
            )
        return self._shared[item_id]

    # Qt's names from here on.
    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        read = self._reads.get(role)
        return read(self._item(index.row())) if read else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        usable = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usable | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemNeverHasChildren

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        mime = QMimeData()
        ids = [self._ids[row] for row in sorted(index.row() for index in indexes)]
        mime.setData(MIME, json.dumps(ids).encode())
        return mime

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction


def dragged_items(mime: QMimeData) -> list[str]:
    """Ids of the items that are dragged; empty for anything else."""
    if not mime.hasFormat(MIME):
        return []
    ids: list[str] = json.loads(bytes(mime.data(MIME).data()).decode())
    return ids
