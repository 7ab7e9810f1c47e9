"""The framework as a tree for views, with what the round says of every node: status, level, progress."""

from collections.abc import Callable
from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from esa_desktop.domain.assessment import Status
from esa_desktop.domain.fields import Field, Kind, link_parts
from esa_desktop.domain.framework import Framework
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.editing import Editor
from esa_desktop.ui.framework_nodes import Grade, Node, grown
from esa_desktop.ui.status_words import status_word
from esa_desktop.ui.verification import flag_of

Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """What a row can be asked for besides its words."""

    ID = Qt.ItemDataRole.UserRole + 1
    CODE = Qt.ItemDataRole.UserRole + 2
    """In Arabic digits, as typed: ``1.2.3``."""
    NAME = Qt.ItemDataRole.UserRole + 3
    GRADE = Qt.ItemDataRole.UserRole + 4
    """A `Grade`."""
    STATUS = Qt.ItemDataRole.UserRole + 5
    """Of an issue: a `Status`; ``None`` for the others."""
    CONFLICT = Qt.ItemDataRole.UserRole + 6
    """Whether a text or tick of this very node has two versions that nobody decided on yet."""
    LEVEL = Qt.ItemDataRole.UserRole + 7
    """Of an indicator: 1 to 5, or ``None``."""
    DONE = Qt.ItemDataRole.UserRole + 8
    """How many issues of a standard or indicator are complete."""
    TOTAL = Qt.ItemDataRole.UserRole + 9
    VERIFIED = Qt.ItemDataRole.UserRole + 10
    """Whether the name was compared with the published text."""


_STATUS_KINDS: Final = frozenset(
    {Kind.METHOD, Kind.RESULTS, Kind.ACTED_ON, Kind.EVIDENCE_CLEAR, Kind.LINK}
)
_INDICATOR_KINDS: Final = frozenset(
    {Kind.LEVEL, Kind.REASON, Kind.SUGGESTIONS, Kind.STATUS, Kind.MEASURED, Kind.WORKS}
)


class FrameworkModel(QAbstractItemModel):
    """Standard > indicator > issue. A change redraws the rows it concerns; a new framework all."""

    progress_changed = Signal()
    """`done` or `total` are others than before."""

    def __init__(self, editor: Editor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._tops: list[Node] = []
        self._by_id: dict[str, Node] = {}
        self._build()
        self.destroyed.connect(editor.subscribe(self._note))

    @property
    def framework(self) -> Framework:
        return self._editor.round.framework

    @property
    def done(self) -> int:
        """Complete issues of the whole framework."""
        return sum(node.done for node in self._tops)

    @property
    def total(self) -> int:
        return sum(node.total for node in self._tops)

    def index_of(self, node_id: str) -> QModelIndex:
        """The row of a node; an invalid index for an id this framework does not have."""
        node = self._by_id.get(node_id)
        return QModelIndex() if node is None else self.createIndex(node.row, 0, node)

    def place_ids(self) -> list[str]:
        """Of issues, and of indicators that have none, in printed order."""
        return [node.id for _, node in self.framework.places()]

    # --- inside -------------------------------------------------------------------------------

    def _build(self) -> None:
        self._tops = grown(self.framework)
        self._by_id = {node.value.id: node for top in self._tops for node in top.walk()}
        conflicts = self._conflicts()
        for node in self._by_id.values():
            self._read(node, node.value.id in conflicts)
            if node.grade is Grade.ISSUE:
                node.count(1, int(node.status is Status.COMPLETE))

    def _read(self, node: Node, conflict: bool) -> bool:
        """Take what the round says of a node; ``True`` when its row looks different now."""
        before = node.status, node.level, node.conflict
        node.conflict = conflict
        if node.grade is Grade.ISSUE:
            node.status = self._editor.round.status(node.value.id)
        elif node.grade is Grade.INDICATOR:
            node.level = self._editor.round.indicator(node.value.id).level
        return before != (node.status, node.level, node.conflict)

    def _conflicts(self) -> set[str]:
        kinds = _STATUS_KINDS | _INDICATOR_KINDS
        return {
            link_parts(name)[0] if name.kind is Kind.LINK else name.owner
            for name, view in self._editor.round.unsettled.items()
            if view.state == "conflict" and name.kind in kinds
        }

    def _note(self, fields: frozenset[Field]) -> None:
        if any(name.kind is Kind.FRAMEWORK for name in fields):
            still_pointed_at = self._tops  # until every view and proxy has let go
            self.beginResetModel()
            self._build()
            self.endResetModel()
            del still_pointed_at
            self.progress_changed.emit()
            return
        touched = {
            link_parts(name)[0] if name.kind is Kind.LINK else name.owner
            for name in fields
            if name.kind in _STATUS_KINDS or name.kind in _INDICATOR_KINDS
        }
        conflicts = self._conflicts() if touched else set()
        for node_id in touched & self._by_id.keys():
            self._refresh(self._by_id[node_id], node_id in conflicts)

    def _refresh(self, node: Node, conflict: bool) -> None:
        was_complete = node.status is Status.COMPLETE
        if not self._read(node, conflict):
            return
        self._changed(node)
        gained = int(node.status is Status.COMPLETE) - int(was_complete)
        if gained:
            node.count(0, gained)
            for above in node.up():
                self._changed(above)
            self.progress_changed.emit()

    def _changed(self, node: Node) -> None:
        index = self.createIndex(node.row, 0, node)
        self.dataChanged.emit(index, index)

    def _node(self, index: Index) -> Node:
        node: Node = index.internalPointer()
        return node

    # Qt's names from here on.
    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        rows = self._node(parent).children if parent.isValid() else self._tops
        if column != 0 or not 0 <= row < len(rows):
            return QModelIndex()
        return self.createIndex(row, 0, rows[row])

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        above = self._node(index).parent if index.isValid() else None
        return QModelIndex() if above is None else self.createIndex(above.row, 0, above)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if parent.column() > 0:
            return 0
        return len(self._node(parent).children if parent.isValid() else self._tops)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: ARG002, B008
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        node = self._node(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{thai_digits(node.code)} {node.value.name}"
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._told(node, role == Qt.ItemDataRole.ToolTipRole)
        read = _VALUES.get(role)
        return read(node) if read else None

    def _told(self, node: Node, is_tooltip: bool) -> str:
        """The whole name and, since colour and shape are not words, what the marks mean."""
        joint = "\n" if is_tooltip else " · "
        name = f"{thai_digits(node.code)} {node.value.name}"
        told = name, thai_digits(self._words(node)), flag_of(node.value)
        return joint.join(filter(None, told))

    def _words(self, node: Node) -> str:
        if node.conflict:
            return status_word("conflict")
        if node.status is not None:
            return status_word(node.status)
        if node.grade is Grade.STANDARD and not node.children:
            return self.tr("ยังไม่มีตัวบ่งชี้")
        words = self.tr("กรอกครบแล้ว {done} จาก {total} ประเด็น")
        words = words.format(done=node.done, total=node.total)
        if not node.total:
            words = self.tr("ไม่มีประเด็นการพิจารณา")
        if node.grade is Grade.STANDARD:
            return words
        level = self.tr("ยังไม่ระบุ") if node.level is None else str(node.level)
        told = [self.tr("ระดับที่ประเมินตนเอง: {level}").format(level=level), words]
        if self._editor.round.indicator(node.value.id).is_ready:
            told.append(self.tr("พร้อมพิมพ์"))
        return " · ".join(told)


_VALUES: Final[dict[int, Callable[[Node], Any]]] = {
    Role.ID: lambda node: node.value.id,
    Role.CODE: lambda node: node.code,
    Role.NAME: lambda node: node.value.name,
    Role.GRADE: lambda node: node.grade,
    Role.STATUS: lambda node: node.status,
    Role.CONFLICT: lambda node: node.conflict,
    Role.LEVEL: lambda node: node.level,
    Role.DONE: lambda node: node.done,
    Role.TOTAL: lambda node: node.total,
    Role.VERIFIED: lambda node: node.value.verified,
}
