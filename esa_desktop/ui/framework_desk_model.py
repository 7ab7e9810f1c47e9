"""The outline of the framework desk as a tree for views, changed row by row and never as a whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from esa_desktop.domain.thai import thai_digits
from esa_desktop.ui.framework_desk_rows import (
    BELOW,
    EDITION,
    RETIRED,
    Outline,
    OutlineRow,
    Rank,
    nameless,
    rank_word,
)
from esa_desktop.ui.verification import unverified_words

Index = QModelIndex | QPersistentModelIndex
NODE_MIME: Final = "application/x-esa-framework-node"
"""Holds the id of the dragged node."""
ROW: Final = Qt.ItemDataRole.UserRole + 1
"""The `OutlineRow` of an index."""
PENDING: Final = Qt.ItemDataRole.UserRole + 2
"""Whether the row only waits for its name and is not in the edition yet."""


@dataclass(eq=False, slots=True)
class OutlineNode:
    """One row in its place; lives as long as the model, for indexes point at it."""

    row: OutlineRow
    parent: "OutlineNode | None"
    below: list["OutlineNode"] = field(default_factory=list)

    @property
    def place(self) -> int:
        return self.parent.below.index(self) if self.parent is not None else 0

    def walk(self) -> Iterator["OutlineNode"]:
        yield self
        for node in self.below:
            yield from node.walk()


class OutlineModel(QAbstractItemModel):
    """A new edition is compared with the rows there are: an open name editor survives it."""

    named = Signal(str, str)
    """(id, words): somebody ended an editor in the outline with these words."""
    dropped = Signal(str, str, int)
    """(id, id of the parent or ``""``, place among those in use there without the node itself)."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = OutlineNode(OutlineRow("", Rank.EDITION, "", ""), None)
        self._by_id: dict[str, OutlineNode] = {}
        self._pending: OutlineNode | None = None
        self._gone: list[OutlineNode] = []
        self._is_fixed = False

    # --- showing an edition -------------------------------------------------------------------

    def show(self, tops: Sequence[Outline]) -> None:
        """Make the rows these."""
        wanted = {one.row.id for top in tops for one in _walk(top)}
        waiting = self._pending
        if waiting is not None and waiting.row.id in wanted:
            self._pending = waiting = None
        self._place(self._root, tops, waiting)
        self._drop_others(wanted, waiting)

    def set_fixed(self, is_fixed: bool) -> None:
        """Whether nothing may be dragged or renamed."""
        self._is_fixed = is_fixed

    def index_of(self, node_id: str) -> QModelIndex:
        """Of a node's row; an invalid index for an id that has none."""
        node = self._by_id.get(node_id)
        return QModelIndex() if node is None else self._index(node)

    def row_of(self, index: Index) -> OutlineRow | None:
        return self._node(index).row if index.isValid() else None

    def _place(
        self, parent: OutlineNode, wanted: Sequence[Outline], waiting: OutlineNode | None
    ) -> None:
        """Parents before what is in them, so that a node never moves into a row still to come."""
        order = [one.row.id for one in wanted]
        if waiting is not None and waiting.parent is parent:
            order.insert(min(waiting.place, len(order)), waiting.row.id)
        rows = {one.row.id: one.row for one in wanted}
        for place, node_id in enumerate(order):
            if node_id in rows:
                self._bring(parent, place, order, rows[node_id])
            elif waiting is not None and waiting.place != place:
                self._move(waiting, parent, place)
        for one in wanted:
            self._place(self._by_id[one.row.id], one.below, waiting)

    def _bring(
        self, parent: OutlineNode, place: int, order: Sequence[str], row: OutlineRow
    ) -> None:
        node = self._by_id.get(row.id)
        if node is None:
            self._insert(OutlineNode(row, parent), parent, place)
            return
        if node.parent is not parent:
            self._move(node, parent, place)
        elif parent.below[place] is not node:
            ahead = parent.below[place]
            if node is parent.below[place + 1] and ahead.row.id in order:
                # One node went down: moving it tells views less than moving all it passed.
                self._move(ahead, parent, min(order.index(ahead.row.id), len(parent.below) - 1))
            if parent.below[place] is not node:
                self._move(node, parent, place)
        if node.row != row:
            node.row = row
            index = self._index(node)
            self.dataChanged.emit(index, index)

    def _drop_others(self, wanted: set[str], waiting: OutlineNode | None) -> None:
        kept = wanted | ({waiting.row.id} if waiting is not None else set())
        for node in [n for n in self._by_id.values() if n.row.id not in kept]:
            if node.row.id in self._by_id:
                self._remove(node)
        if waiting is not None and waiting.row.id not in self._by_id:
            self._pending = None

    # --- a row that waits for its name --------------------------------------------------------

    @property
    def pending(self) -> str:
        """Id that the row which waits for its name will have; empty when none does."""
        return self._pending.row.id if self._pending is not None else ""

    def begin(self, node_id: str, rank: Rank, parent_id: str, place: int) -> QModelIndex:
        """Put in a row for a name to be typed; ``place`` counts the rows of the parent."""
        self.cancel()
        parent = self._parent(parent_id)
        node = OutlineNode(OutlineRow(node_id, rank, "", ""), parent)
        self._pending = node
        self._insert(node, parent, self._row_place(parent, place))
        return self._index(node)

    def shift(self, rank: Rank, parent_id: str, place: int) -> None:
        """Put the waiting row elsewhere, as a row of another rank."""
        node = self._pending
        if node is None:
            return
        parent = self._parent(parent_id)
        self._move(node, parent, self._row_place(parent, place))
        node.row = OutlineRow(node.row.id, rank, "", "")
        index = self._index(node)
        self.dataChanged.emit(index, index)

    def cancel(self) -> None:
        """Take the waiting row away again."""
        node, self._pending = self._pending, None
        if node is not None and node.row.id in self._by_id:
            self._remove(node)

    def place_of_pending(self) -> tuple[Rank, str, int]:
        """(rank, id of the parent or ``""``, place among the nodes there)."""
        node = self._pending
        if node is None or node.parent is None:
            raise LookupError("no row waits for its name")
        parent = node.parent
        return node.row.rank, parent.row.id, node.place - self._before(parent)

    # --- inside -------------------------------------------------------------------------------

    def _parent(self, parent_id: str) -> OutlineNode:
        return self._by_id[parent_id] if parent_id else self._root

    def _before(self, parent: OutlineNode) -> int:
        """Rows above the first standard: that of the edition."""
        return sum(node.row.rank is Rank.EDITION for node in parent.below)

    def _row_place(self, parent: OutlineNode, place: int) -> int:
        rows = [node for node in parent.below if node.row.rank is not Rank.RETIRED]
        return min(place + self._before(parent), len(rows))

    def _index(self, node: OutlineNode) -> QModelIndex:
        return QModelIndex() if node is self._root else self.createIndex(node.place, 0, node)

    def _node(self, index: Index) -> OutlineNode:
        if not index.isValid():
            return self._root
        node: OutlineNode = index.internalPointer()
        return node

    def _insert(self, node: OutlineNode, parent: OutlineNode, place: int) -> None:
        self.beginInsertRows(self._index(parent), place, place)
        parent.below.insert(place, node)
        self._by_id[node.row.id] = node
        self.endInsertRows()

    def _move(self, node: OutlineNode, parent: OutlineNode, place: int) -> None:
        """``place`` is where the node stands afterwards."""
        source = node.parent
        if source is None or (source is parent and node.place == place):
            return
        now = node.place
        before = place + 1 if source is parent and place > now else place
        self.beginMoveRows(self._index(source), now, now, self._index(parent), before)
        source.below.remove(node)
        parent.below.insert(place, node)
        node.parent = parent
        self.endMoveRows()

    def _remove(self, node: OutlineNode) -> None:
        parent = node.parent
        if parent is None:
            return
        place = node.place
        self.beginRemoveRows(self._index(parent), place, place)
        del parent.below[place]
        for gone in node.walk():
            self._by_id.pop(gone.row.id, None)
        self._gone = [*self._gone[-50:], node]  # views may hold indexes of it until they heard
        self.endRemoveRows()

    def _told(self, node: OutlineNode, is_tooltip: bool) -> str:
        row = node.row
        code = thai_digits(row.code)
        rank = rank_word(row.rank) if row.is_retired else ""
        name = " ".join(filter(None, (rank, code, row.name or nameless())))
        if row.rank is Rank.EDITION:
            name = self.tr("ฉบับมาตรฐาน: {name}").format(name=row.name)
        words = [name, *row.problems]
        if not row.verified and not row.is_retired:
            words.append(unverified_words())
        if row.is_retired:
            words.append(self.tr("เลิกใช้แล้ว"))
        return ("\n" if is_tooltip else " · ").join(words)

    def _target(self, mime: QMimeData, row: int, parent: Index) -> tuple[str, str, int] | None:
        """(node, parent, place) of a drop; ``None`` where the node cannot stand."""
        if self._is_fixed or not mime.hasFormat(NODE_MIME):
            return None
        node = self._by_id.get(bytes(mime.data(NODE_MIME).data()).decode())
        over = self._node(parent)
        no_place = over.row.is_retired or over.row.id in (EDITION, RETIRED)
        if node is None or node is self._pending or node.row.is_retired or no_place:
            return None
        if row < 0 and over.row.rank is node.row.rank and over.parent is not None:
            home, place = over.parent, over.place  # on a node of its kind: in its place
        else:
            home, place = over, row if row >= 0 else len(over.below)
            while (
                home.parent is not None
                and BELOW.get(home.row.rank) is not node.row.rank
                and place == len(home.below)
            ):  # below the last issue of an indicator is also behind that indicator
                home, place = home.parent, home.place + 1
        if BELOW.get(home.row.rank) is not node.row.rank or home.row.is_retired:
            return None
        nodes = [n for n in home.below if n.row.rank is node.row.rank]
        before = sum(n is not node for n in home.below[: max(place, 0)] if n in nodes)
        return node.row.id, home.row.id, before

    # Qt's names from here on.
    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        rows = self._node(parent).below
        if column != 0 or not 0 <= row < len(rows):
            return QModelIndex()
        return self.createIndex(row, 0, rows[row])

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        above = self._node(index).parent if index.isValid() else None
        return QModelIndex() if above is None else self._index(above)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.column() > 0 else len(self._node(parent).below)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: ARG002, B008
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        node = self._node(index)
        values = {
            ROW: node.row,
            PENDING: node is self._pending,
            Qt.ItemDataRole.EditRole: node.row.name,
            Qt.ItemDataRole.DisplayRole: f"{thai_digits(node.row.code)} {node.row.name}".strip(),
        }
        if role in values:
            return values[role]
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._told(node, role == Qt.ItemDataRole.ToolTipRole)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        self.named.emit(self._node(index).row.id, str(value))
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self._is_fixed:
            return flags
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        row = self._node(index).row
        if row.rank is Rank.RETIRED or row.is_retired:
            return flags
        flags |= Qt.ItemFlag.ItemIsEditable
        if row.rank is not Rank.EDITION:
            flags |= Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled
        return flags

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [NODE_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        mime = QMimeData()
        for index in indexes[:1]:
            mime.setData(NODE_MIME, QByteArray(self._node(index).row.id.encode()))
        return mime

    def canDropMimeData(
        self,
        data: QMimeData,
        action: Qt.DropAction,  # noqa: ARG002
        row: int,
        column: int,  # noqa: ARG002
        parent: Index,
    ) -> bool:
        return self._target(data, row, parent) is not None

    def dropMimeData(
        self,
        data: QMimeData,
        action: Qt.DropAction,  # noqa: ARG002
        row: int,
        column: int,  # noqa: ARG002
        parent: Index,
    ) -> bool:
        """Only tells of the wish: ``False`` keeps the view from removing the row itself."""
        target = self._target(data, row, parent)
        if target is not None:
            self.dropped.emit(*target)
        return False


def _walk(top: Outline) -> Iterator[Outline]:
    yield top
    for one in top.below:
        yield from _walk(one)
