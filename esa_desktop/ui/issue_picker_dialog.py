"""Chooses an issue for evidence to go to: type a code or words, or walk the tree."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from esa_desktop.services.editing import Editor
from esa_desktop.ui.dialog_frame import DialogFrame, wrapping_label
from esa_desktop.ui.framework_filter import FrameworkFilter, is_leaf
from esa_desktop.ui.framework_model import FrameworkModel, Role
from esa_desktop.ui.framework_tree import FrameworkTree
from esa_desktop.ui.icons import icon
from esa_desktop.ui.theme import set_role

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_WALK = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


class IssuePickerDialog(DialogFrame):
    """Enter takes the row under the focus frame; the field keeps the cursor while arrows walk."""

    picked = Signal(str)
    """The id of the issue."""

    def __init__(
        self,
        editor: Editor,
        *,
        title: str,
        advice: str,
        verb: str,
        without: Iterable[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        """``without``: issues that are not offered; ``verb``: what the main button does."""
        super().__init__(title, parent)
        self.setObjectName("issuePickerDialog")
        self._filter = FrameworkFilter(FrameworkModel(editor, self), self)
        self._filter.hide(frozenset(without))
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(self.tr("พิมพ์รหัสหรือคำในชื่อประเด็น"))
        self.search.setAccessibleName(self.tr("ค้นหาประเด็น"))
        self.search.setClearButtonEnabled(False)
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        set_role(self.search, "search")
        self.search.installEventFilter(self)
        self.tree = FrameworkTree(self)
        self.tree.setAccessibleName(self.tr("ประเด็นการพิจารณา"))
        self.tree.setAcceptDrops(False)
        self.tree.setModel(self._filter)
        self.tree.setMinimumHeight(300)
        self._nothing = wrapping_label(self.tr("ไม่พบประเด็นที่มีคำนี้ ลองพิมพ์ให้สั้นลง"), "quiet")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.tree)
        self._stack.addWidget(self._nothing)
        self.body.addWidget(wrapping_label(advice, "quiet"))
        self.body.addWidget(self.search)
        self.body.addWidget(self._stack, 1)
        leave = self.add_button(self.tr("ไม่เลือก"))
        leave.clicked.connect(self.reject)
        self.take = self.add_button(verb, "main")
        self.take.clicked.connect(self._take)
        self.search.textChanged.connect(self._find)
        self.tree.installEventFilter(self)
        self.tree.doubleClicked.connect(self._take)
        self.tree.selectionModel().currentChanged.connect(self._point)
        self.tree.expandAll()
        self._find("")
        self.search.setFocus()

    def _find(self, text: str) -> None:
        self._filter.find(text)
        self.tree.expandAll()
        self._stack.setCurrentIndex(0 if self._filter.rowCount() else 1)
        first = self._first_issue()
        if text and first.isValid():
            self.tree.setCurrentIndex(first)
        else:
            self.tree.setCurrentIndex(QModelIndex())
        self._point()

    def _first_issue(self) -> QModelIndex:
        index = self._filter.index(0, 0)
        while index.isValid() and not is_leaf(index):
            index = self._filter.index(0, 0, index)
        return index

    def _pointed_at(self) -> str:
        """The id of the issue, or of the indicator without issues, under the focus frame."""
        index = self.tree.currentIndex()
        return index.data(Role.ID) if index.isValid() and is_leaf(index) else ""

    def _point(self, *_: object) -> None:
        """The button works on an issue only, and says so."""
        is_issue = bool(self._pointed_at())
        index = self.tree.currentIndex()
        if is_issue:
            self.tree.select(index)
        else:
            self.tree.clearSelection()
        self.take.setEnabled(is_issue)
        self.take.setToolTip("" if is_issue else self.tr("เลือกประเด็นก่อน"))

    def _take(self, *_: object) -> None:
        issue_id = self._pointed_at()
        if issue_id:
            self.accept()
            self.picked.emit(issue_id)

    # Qt overrides
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if watched is self.search and event.key() in _WALK:
            self.tree.keyPressEvent(event)
            return True
        if watched is self.tree and event.key() in _ENTER:
            self._take()
            return True
        return super().eventFilter(watched, event)
