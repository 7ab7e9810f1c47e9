"""The left pane: how far the work is, which issues are shown, and the tree to choose one from."""

from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.editing import Editor
from esa_desktop.ui.empty_state import EmptyState
from esa_desktop.ui.framework_filter import FrameworkFilter, Shown
from esa_desktop.ui.framework_model import FrameworkModel, Role
from esa_desktop.ui.framework_tree import FrameworkTree
from esa_desktop.ui.icons import icon
from esa_desktop.ui.issue_rail import IssueRail, IssueRailModel
from esa_desktop.ui.progress_line import ProgressLine
from esa_desktop.ui.segmented import SegmentedSwitch
from esa_desktop.ui.theme import set_role

FOLDED_WIDTH: Final = 56


class FrameworkPane(QFrame):
    """Shows and chooses; it changes nothing in the round."""

    chosen = Signal(str)
    """The id of the standard, indicator or issue that is to be shown from now on."""
    files_dropped = Signal(str, list)
    """(issue id, paths) of files dropped on an issue."""
    framework_requested = Signal(str)
    """Nothing is in the edition yet, and somebody wants to complete it; the id is empty."""
    folded = Signal(bool)
    """The person folded or unfolded the pane: its width is another one now."""

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "pane")
        self._chosen = ""
        self._unfolded: set[str] = set()
        self._model = FrameworkModel(editor, self)
        self._filter = FrameworkFilter(self._model, self)
        # The Tab key goes by the order in which widgets are made: that of reading.
        self._progress = ProgressLine(self.tr("กรอกครบแล้ว"), self)
        switch = self._make_switch()
        self.tree = self._make_tree()
        self._empty = EmptyState("complete", self)
        self._full = self._make_full(switch)
        self._narrow = self._make_narrow()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._full)
        column.addWidget(self._narrow)
        self._wire()
        self.set_folded(False)
        self._arrange()
        self._show_progress()

    @property
    def chosen_id(self) -> str:
        """The id of the node that is shown; empty before anything was chosen."""
        return self._chosen

    @property
    def is_folded(self) -> bool:
        return self._narrow.isVisibleTo(self)

    def choose(self, node_id: str) -> None:
        """Make a node the chosen one; `chosen` is emitted when it was not yet.

        An id the framework does not have is passed over.
        """
        if node_id == self._chosen or not self._model.index_of(node_id).isValid():
            return
        self._chosen = node_id
        self._show_chosen()
        self.chosen.emit(node_id)

    def step(self, by: int) -> None:
        """To the next (``+1``) or previous (``-1``) issue among those shown, in printed order.

        An indicator without issues is written on itself, so it is come by as well.
        """
        order = {node.id: n for n, (_, node) in enumerate(self._model.framework.walk())}
        here = order.get(self._chosen, -1)
        shown = [
            node_id
            for node_id in self._model.place_ids()
            if self.is_folded or self._filter.index_of(node_id).isValid()
        ]
        beyond = [node_id for node_id in shown if (order[node_id] - here) * by > 0]
        if beyond:
            self.choose(beyond[0] if by > 0 else beyond[-1])

    def set_folded(self, folded: bool) -> None:
        """``True``: only marks and codes on a rail of 56 px."""
        self._full.setVisible(not folded)
        self._narrow.setVisible(folded)
        self.setMinimumWidth(FOLDED_WIDTH if folded else 200)
        self.setMaximumWidth(FOLDED_WIDTH if folded else 16_777_215)

    def focus_tree(self) -> None:
        """Where F6 lands in this pane."""
        (self._rail if self.is_folded else self.tree).setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- parts --------------------------------------------------------------------------------

    def _make_tree(self) -> FrameworkTree:
        tree = FrameworkTree(self)
        tree.setObjectName("standardsTree")
        tree.setAccessibleName(self.tr("มาตรฐาน ตัวบ่งชี้ และประเด็นการพิจารณา"))
        tree.setModel(self._filter)
        return tree

    def _make_full(self, switch: QHBoxLayout) -> QWidget:
        self._body = QStackedWidget(self)
        self._body.addWidget(self.tree)
        self._body.addWidget(self._empty)
        full = QWidget(self)
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._progress)
        column.addLayout(switch)
        column.addWidget(self._body, 1)
        return full

    def _make_switch(self) -> QHBoxLayout:
        choices = {Shown.ALL.value: self.tr("ทั้งหมด"), Shown.NOT_COMPLETE.value: ""}
        self._switch = SegmentedSwitch(self.tr("ประเด็นที่แสดง"), choices, self)
        self._fold = QPushButton(icon("chevron-left"), "", self)
        set_role(self._fold, "tool")
        self._fold.setToolTip(self.tr("ย่อแถบมาตรฐานให้แคบ"))
        self._fold.setAccessibleName(self._fold.toolTip())
        row = QHBoxLayout()
        row.setContentsMargins(8, 0, 8, 2)
        row.addWidget(self._switch)
        row.addStretch(1)
        row.addWidget(self._fold)
        return row

    def _make_narrow(self) -> QWidget:
        narrow = QWidget(self)
        self._unfold = QPushButton(icon("chevron-right"), "", narrow)
        set_role(self._unfold, "tool")
        self._unfold.setToolTip(self.tr("ขยายแถบมาตรฐาน"))
        self._unfold.setAccessibleName(self._unfold.toolTip())
        self._rail_model = IssueRailModel(self._model, self)
        self._rail = IssueRail(self._rail_model, narrow)
        self._rail.setAccessibleName(self.tr("ประเด็นการพิจารณา"))
        line = QFrame(narrow)
        set_role(line, "rule")
        line.setFixedHeight(1)
        column = QVBoxLayout(narrow)
        column.setContentsMargins(4, 6, 4, 6)
        column.setSpacing(6)
        column.addWidget(self._unfold, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(line)
        column.addWidget(self._rail, 1)
        return narrow

    def _wire(self) -> None:
        self._model.progress_changed.connect(self._show_progress)
        self._model.modelReset.connect(self._start_over)
        self._filter.rowsInserted.connect(self._unfold_new)
        self.tree.opened.connect(self._open)
        self._rail.opened.connect(self._open)
        self.tree.files_dropped.connect(self.files_dropped)
        self.tree.expanded.connect(lambda index: self._remember(index, True))
        self.tree.collapsed.connect(lambda index: self._remember(index, False))
        self._switch.chosen.connect(lambda value: self._show(Shown(value)))
        self._empty.button.clicked.connect(self._go_on)
        self._fold.clicked.connect(lambda _: self._fold_by_hand(True))
        self._unfold.clicked.connect(lambda _: self._fold_by_hand(False))

    # --- what happens -------------------------------------------------------------------------

    def _open(self, node_id: str) -> None:
        """Somebody wants to see a node: told again even when it is the chosen one already."""
        if node_id == self._chosen:
            self.chosen.emit(node_id)
        else:
            self.choose(node_id)

    def _fold_by_hand(self, folded: bool) -> None:
        self.set_folded(folded)
        self.folded.emit(folded)
        self._show_chosen()
        self.focus_tree()

    def _show(self, shown: Shown) -> None:
        self._switch.set_value(shown)
        self._filter.show(shown)
        self._arrange()

    def _show_chosen(self) -> None:
        """Both lists on the chosen node, which the filter must let through."""
        self._filter.keep(self._chosen)
        self._say_if_empty()
        index = self._filter.index_of(self._chosen)
        if index.isValid():
            self.tree.select(index)
        self._rail.select(self._rail_model.index_of(self._chosen))

    def _start_over(self) -> None:
        """Another framework: what was chosen stays so where it still exists."""
        self._show_progress()
        if self._model.index_of(self._chosen).isValid():
            self._show_chosen()
        else:
            self._chosen = ""
            self._arrange()

    def _remember(self, index: QModelIndex, is_open: bool) -> None:
        """Keep what is unfolded, for a filter that comes and goes folds everything."""
        if not self._filter.narrows:
            change = self._unfolded.add if is_open else self._unfolded.discard
            change(index.data(Role.ID))

    def _arrange(self) -> None:
        """Unfold what belongs unfolded; where nothing is left to show, say why."""
        if self._filter.narrows:
            self.tree.expandAll()
        else:
            unfolded = self._unfolded.copy()
            self.tree.collapseAll()
            for row in range(self._filter.rowCount()):
                self.tree.expand(self._filter.index(row, 0))
            for node_id in unfolded:
                self.tree.expand(self._filter.index_of(node_id))
        self._say_if_empty()

    def _unfold_new(self, parent: QModelIndex, first: int, last: int) -> None:
        """What the filter lets through again comes folded."""
        if self._filter.narrows:
            self.tree.expand(parent)
            for row in range(first, last + 1):
                self.tree.expandRecursively(self._filter.index(row, 0, parent))
            self._say_if_empty()

    def _go_on(self) -> None:
        """The one way on that the empty tree offers."""
        if next(self._model.framework.indicators(), None) is None:
            self.framework_requested.emit("")
        else:
            self._show(Shown.ALL)

    def _say_if_empty(self) -> None:
        has_none = next(self._model.framework.indicators(), None) is None
        is_empty = has_none or self._filter.rowCount() == 0
        self._body.setCurrentWidget(self._empty if is_empty else self.tree)
        if has_none:
            self._empty.say(
                self.tr("ฉบับมาตรฐานนี้ยังไม่มีตัวบ่งชี้"),
                self.tr("เพิ่มมาตรฐาน ตัวบ่งชี้ และประเด็น หรือนำเข้าจากไฟล์ของสำนักงานอื่น"),
                self.tr("เปิดฉบับมาตรฐาน"),
                icon_name="book",
            )
        elif is_empty:
            self._empty.say(
                self.tr("กรอกครบทุกประเด็นแล้ว"),
                self.tr("ดูหน้าพิมพ์จริงอีกครั้งก่อนส่ง"),
                self.tr("ดูทุกประเด็น"),
                icon_name="check",
            )

    def _show_progress(self) -> None:
        done, total = self._model.done, self._model.total
        self._progress.show_count(done, total)
        left = self.tr("ยังไม่ครบ {count}").format(count=total - done)
        self._switch.set_words(Shown.NOT_COMPLETE, thai_digits(left))
        self._say_if_empty()
