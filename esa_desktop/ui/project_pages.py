"""The pages of an open project, each made and wired when it is first wanted, so that the window opens soon."""

from functools import cached_property
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from esa_desktop.ui.middle_pane import (
    BOOK,
    FRAMEWORK,
    OVERVIEW,
    PREVIEW,
    REGISTER,
    SEARCH,
    SUGGESTIONS,
)

if TYPE_CHECKING:
    from esa_desktop.ui.book_pane import BookPane
    from esa_desktop.ui.dashboard_pane import DashboardPane
    from esa_desktop.ui.evidence_preview import EvidencePreview
    from esa_desktop.ui.find_bar import FindBar
    from esa_desktop.ui.framework_desk import FrameworkDesk
    from esa_desktop.ui.indicator_pane import IndicatorPane
    from esa_desktop.ui.preview_pane import PreviewPane
    from esa_desktop.ui.register_page import RegisterPage
    from esa_desktop.ui.search_pane import SearchPane
    from esa_desktop.ui.workspace import Workspace

_NAMES: Final = {
    SUGGESTIONS: "indicator_pane",
    PREVIEW: "preview",
    BOOK: "book",
    OVERVIEW: "dashboard",
    SEARCH: "search",
    REGISTER: "register",
    FRAMEWORK: "framework_desk",
}


class ProjectPages(QObject):
    """Knows how each page is built; what happens on it is the page's own, where it leads the workspace's."""

    register_made = Signal()
    """The register is there, to be wired further."""
    framework_desk_made = Signal()

    def __init__(self, workspace: "Workspace") -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._editor = workspace.project.editor

    def has(self, name: str) -> bool:
        """Whether a page was made already."""
        return name in self.__dict__

    def page(self, which: int) -> QWidget:
        """By the number the middle pane has for it."""
        made: QWidget = getattr(self, _NAMES[which])
        return made

    @cached_property
    def indicator_pane(self) -> "IndicatorPane":
        from esa_desktop.ui.indicator_pane import IndicatorPane

        workspace = self._workspace
        done = workspace.undo_stack.push_done
        pane = IndicatorPane(self._editor, workspace.push, done, workspace)
        pane.go_to.connect(workspace.go_to)
        pane.framework_requested.connect(workspace.framework_requested)
        pane.files_dropped.connect(workspace.attach_here)
        indicator = workspace.indicator()
        workspace.equip(pane)
        pane.show_indicator(indicator.id if indicator else None)
        return pane

    @cached_property
    def preview(self) -> "PreviewPane":
        from esa_desktop.ui.preview_pane import PreviewPane

        workspace = self._workspace
        pane = PreviewPane(workspace.project, workspace)
        pane.show_indicator(workspace.code)
        pane.export_requested.connect(lambda: workspace.export_requested.emit("sheets"))
        return pane

    @cached_property
    def book(self) -> "BookPane":
        from esa_desktop.ui.book_pane import BookPane

        workspace = self._workspace
        done = workspace.undo_stack.push_done
        pane = BookPane(self._editor, done, workspace.equip, workspace)
        pane.export_requested.connect(workspace.export_requested)
        pane.refused.connect(workspace.said)
        return pane

    @cached_property
    def dashboard(self) -> "DashboardPane":
        from esa_desktop.ui.dashboard_pane import DashboardPane

        pane = DashboardPane(self._editor, self._workspace)
        pane.go_to.connect(self._workspace.go_to)
        return pane

    @cached_property
    def search(self) -> "SearchPane":
        from esa_desktop.ui.search_pane import SearchPane

        workspace = self._workspace
        pane = SearchPane(self._editor, workspace)
        pane.go_to.connect(workspace.go_to_words)
        pane.closed.connect(workspace.middle.leave_page)
        return pane

    @cached_property
    def register(self) -> "RegisterPage":
        from esa_desktop.ui.register_page import RegisterPage

        workspace = self._workspace
        page = RegisterPage(self._editor, workspace.push, workspace.project.folder, workspace)
        page.go_to.connect(workspace.go_to)
        page.open_requested.connect(workspace.attaching.open_item)
        page.preview_requested.connect(workspace.preview_item)
        page.refused.connect(workspace.said)
        self.__dict__["register"] = page  # it is asked for by who hears of it
        self.register_made.emit()
        return page

    @cached_property
    def framework_desk(self) -> "FrameworkDesk":
        from esa_desktop.ui.framework_desk import FrameworkDesk

        workspace = self._workspace
        desk = FrameworkDesk(self._editor, workspace.push, workspace)
        desk.left.connect(workspace.middle.leave_page)
        desk.go_to.connect(workspace.go_to)
        desk.refused.connect(workspace.said)
        desk.edited.connect(workspace.edited)
        workspace.middle.about_to_change.connect(desk.tell_refused)
        self.__dict__["framework_desk"] = desk  # it is asked for by who hears of it
        self.framework_desk_made.emit()
        return desk

    @cached_property
    def evidence_preview(self) -> "EvidencePreview":
        from esa_desktop.ui.evidence_preview import EvidencePreview

        workspace = self._workspace
        pane = EvidencePreview(workspace.project, workspace.reader, workspace)
        pane.open_requested.connect(workspace.attaching.open_item)
        pane.closed.connect(workspace.close_evidence_preview)
        workspace.evidence_pane.item_chosen.connect(pane.follow)
        workspace.evidence_pane.preview_left.connect(pane.leave)
        return pane

    @cached_property
    def find_bar(self) -> "FindBar":
        from esa_desktop.ui.find_bar import FindBar

        workspace = self._workspace
        bar = FindBar(workspace)
        bar.replaced.connect(workspace.leave)
        workspace.middle.add_bar(bar)
        return bar
