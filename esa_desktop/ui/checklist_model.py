"""The checklist of one issue for views: each line with what answers it, in words."""

from collections.abc import Sequence
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

from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.checklists import ChecklistLine

Index = QModelIndex | QPersistentModelIndex
NOWHERE: Final = QModelIndex()
MIME: Final = "application/x-esa-requirement"
"""The id of a line while it is dragged to another place."""


class Role(IntEnum):
    LINE = Qt.ItemDataRole.UserRole + 1
    """The `ChecklistLine`."""
    ANSWER = Qt.ItemDataRole.UserRole + 2
    """In words: which items answer the line, or that none does."""


class ChecklistModel(QAbstractListModel):
    """Lines of the same number and order are redrawn in place, so that one may be edited meanwhile."""

    renamed = Signal(str, str)
    """(requirement id, words) that somebody typed into a line."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[ChecklistLine, ...] = ()
        self.is_editable = True

    @property
    def lines(self) -> tuple[ChecklistLine, ...]:
        return self._lines

    def place_of(self, requirement_id: str) -> int:
        """The row of a line, or -1."""
        ids = [line.requirement.id for line in self._lines]
        return ids.index(requirement_id) if requirement_id in ids else -1

    def set_lines(self, lines: Sequence[ChecklistLine]) -> None:
        old, new = self._lines, tuple(lines)
        if [line.requirement.id for line in old] != [line.requirement.id for line in new]:
            self.beginResetModel()
            self._lines = new
            self.endResetModel()
            return
        self._lines = new
        for place, (before, now) in enumerate(zip(old, new, strict=True)):
            if before != now:
                index = self.index(place, 0)
                self.dataChanged.emit(index, index)

    def _answer(self, line: ChecklistLine) -> str:
        if not line.items:
            return self.tr("ยังขาด")
        codes = ", ".join(item.code for item in line.items)
        return thai_digits(self.tr("มีแล้ว {0}").format(codes))

    def _told(self, line: ChecklistLine) -> str:
        items = (thai_digits(f"{item.code} ") + item.title for item in line.items)
        return "\n".join([line.requirement.text, *(items if line.items else [self._answer(line)])])

    # Qt's names from here on.
    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return line.requirement.text
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._told(line)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{line.requirement.text} · {self._answer(line)}"
        if role == Role.LINE:
            return line
        return self._answer(line) if role == Role.ANSWER else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid() or role != Qt.ItemDataRole.EditRole:
            return False
        self.renamed.emit(self._lines[index.row()].requirement.id, str(value))
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        usable = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        usable |= Qt.ItemFlag.ItemNeverHasChildren
        if self.is_editable:
            usable |= Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled
        return usable | Qt.ItemFlag.ItemIsDropEnabled

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        mime = QMimeData()
        if indexes:
            line = self._lines[indexes[0].row()]
            mime.setData(MIME, line.requirement.id.encode())
        return mime

    def supportedDragActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction


def dragged_line(mime: QMimeData) -> str:
    """The id of the line that is dragged; empty for anything else."""
    return bytes(mime.data(MIME).data()).decode() if mime.hasFormat(MIME) else ""
