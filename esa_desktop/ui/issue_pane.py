"""The tab กรอกข้อมูล: the page of the chosen issue, or what belongs to the chosen standard."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedLayout, QWidget

from esa_desktop.domain.edits import Edit, SetField
from esa_desktop.domain.framework import Issue
from esa_desktop.services.editing import Editor
from esa_desktop.ui.issue_page import IssuePage
from esa_desktop.ui.text_editor import RichTextEdit
from esa_desktop.ui.theme import set_role

if TYPE_CHECKING:
    from esa_desktop.ui.empty_state import EmptyState
    from esa_desktop.ui.node_page import NodePage


class IssuePane(QWidget):
    """``push`` takes an edit and the name of the step, ``push_done`` a finished visit to a text."""

    go_to = Signal(str)
    """Id of the node a link leads to."""
    files_dropped = Signal(list)
    """Paths that were dropped on a text: they are evidence, not words."""
    next_requested = Signal()
    framework_requested = Signal(str)
    """Id of the node to complete in the edition; empty where the edition is."""
    entry_made = Signal(object)
    """Lines to type in that were not there before: the `IndicatorEntry`."""

    def __init__(
        self,
        editor: Editor,
        push: Callable[[Edit, str], None],
        push_done: Callable[[SetField, str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        set_role(self, "page")
        self._editor = editor
        self._push = push
        self._push_done = push_done
        self.page = IssuePage(editor, push, push_done, self)
        # At 200 % a page is higher than its window; the texts keep a height one can write in.
        self._scroll = QScrollArea(self)
        self._scroll.setWidget(self.page)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._scroll)
        self.page.go_to.connect(self.go_to)
        self.page.files_dropped.connect(self.files_dropped)
        self.page.next_requested.connect(self.next_requested)
        self.page.framework_requested.connect(self.framework_requested)

    @cached_property
    def children_page(self) -> "NodePage":
        """Made when the first standard or indicator is shown: a project opens at an issue."""
        from esa_desktop.ui.node_page import NodePage

        page = NodePage(self._editor, self._push, self._push_done, self)
        page.go_to.connect(self.go_to)
        page.framework_requested.connect(self.framework_requested)
        page.entry_made.connect(self.entry_made)
        self._pages.addWidget(page)
        self._put_in_order(page)
        return page

    @cached_property
    def _nothing(self) -> "EmptyState":
        from esa_desktop.ui.empty_state import EmptyState

        nothing = EmptyState("book", self)
        nothing.say(
            self.tr("ฉบับมาตรฐานนี้ยังว่าง"),
            self.tr("เพิ่มมาตรฐาน ตัวบ่งชี้ และประเด็นก่อน แล้วจึงเริ่มเขียน"),
            self.tr("เปิดฉบับมาตรฐาน"),
        )
        nothing.button.clicked.connect(lambda _: self.framework_requested.emit(""))
        self._pages.addWidget(nothing)
        self._put_in_order(nothing)
        return nothing

    def _put_in_order(self, page: QWidget) -> None:
        """The Tab key comes by a page where it is read, not behind what was made before it."""
        before = self.page.tab_stops()[-1]
        for part in page.findChildren(QWidget):
            if part.focusPolicy() & Qt.FocusPolicy.TabFocus:
                QWidget.setTabOrder(before, part)
                before = part

    def show_issue(self, node_id: str) -> None:
        """Show an issue, or what belongs to a standard or indicator; ends the visit before.

        For a node that is not in use there is nothing to show.
        """
        framework = self._editor.round.framework
        if not framework.has_node(node_id):
            self.leave()
            self._pages.setCurrentWidget(self._nothing)
            return
        node = framework.node(framework.code_of(node_id))
        if isinstance(node, Issue):
            self.page.show_issue(node)
            self._pages.setCurrentWidget(self._scroll)
        else:
            self.leave()
            self.children_page.show_node(node)
            self._pages.setCurrentWidget(self.children_page)

    def leave(self) -> None:
        """End the visits to the texts, so that they are steps for undo and on their way to disk."""
        self.page.finish()
        if "children_page" in self.__dict__:
            self.children_page.finish()

    def editors(self) -> tuple[RichTextEdit, ...]:
        return self.page.method.edit, self.page.results.edit

    def set_compact(self, compact: bool) -> None:
        """Less around the texts, beside the preview."""
        self.page.set_compact(compact)

    # Qt override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.page.fit(self.size())
