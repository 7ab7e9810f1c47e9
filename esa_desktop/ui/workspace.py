"""The panes of one open project and the wires between them; decides nothing about the work itself."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from esa_desktop.domain.edits import Edit
from esa_desktop.domain.errors import EsaError
from esa_desktop.domain.fields import Field, Kind, indicator_field
from esa_desktop.domain.framework import Indicator, Issue
from esa_desktop.services.projects import Project
from esa_desktop.ui.attach_flow import AttachFlow
from esa_desktop.ui.dashboard_pane import DashboardPane
from esa_desktop.ui.evidence_pane import EvidencePane
from esa_desktop.ui.find_bar import FindBar
from esa_desktop.ui.framework_pane import FrameworkPane
from esa_desktop.ui.icons import icon
from esa_desktop.ui.indicator_pane import IndicatorPane
from esa_desktop.ui.issue_pane import IssuePane
from esa_desktop.ui.preview_bar import BOOK
from esa_desktop.ui.preview_pane import PreviewPane
from esa_desktop.ui.search_pane import SearchPane
from esa_desktop.ui.text_binding import TextBinding
from esa_desktop.ui.text_editor import RichTextEdit
from esa_desktop.ui.undo import UndoStack

WRITE, SUGGESTIONS, PREVIEW, OVERVIEW = range(4)
"""The tabs in order."""
TREE, EVIDENCE, RAIL = 272, 264, 56
"""Widths of the side panes in pixels, and of the folded tree."""
ZOOM_STEPS: Final = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)


class Workspace(QWidget):
    """Left the tree, in the middle the tabs, at the right the evidence."""

    said = Signal(object)
    """An `EsaError` for the banner."""
    zoomed = Signal(float)
    export_requested = Signal()

    def __init__(self, project: Project, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.project = project
        self.undo_stack = UndoStack(project.editor)
        self.node = ""
        """Id of the node that is shown: an issue, an indicator or a standard."""
        self._zoom = 1.0
        self._tree_width = TREE
        self._make_panes()
        self._arrange()
        self._connect()
        self.choose(self._first_issue())

    # --- what the window asks for -------------------------------------------------------------

    def choose(self, node_id: str) -> None:
        """Show a node in every pane; ends the visit to the text that was open."""
        if node_id and node_id != self.node:
            self.node = node_id
            self.issue_pane.show_issue(node_id)
            self.indicator_pane.show_indicator(self._indicator().id)
            self.evidence_pane.show_issue(self._issue_id())
            self.preview.show_indicator(self._code())
        self.tree.choose(node_id)

    def go_to(self, node_id: str) -> None:
        """As a link does: the node on the page where it is written."""
        self.choose(node_id)
        if self.tabs.currentIndex() == OVERVIEW:
            self.tabs.setCurrentIndex(WRITE)

    def leave(self) -> None:
        """End every visit to a text, so that all that was typed is a step and on its way to disk."""
        self.issue_pane.leave()
        self.indicator_pane.leave()

    def push(self, edit: Edit, name: str) -> None:
        """Do an edit as one undoable step; what is refused is said, nothing is lost."""
        self.leave()
        try:
            self.undo_stack.push_edit(edit, name)
        except EsaError as error:
            self.said.emit(error)

    def save_drafts(self) -> None:
        """Hand what is typed to the writer; the visits go on."""
        for field in self.findChildren(TextBinding):
            field.save()

    def focus_text(self) -> None:
        """Where somebody who opens a project wants to go on."""
        self.issue_pane.editors()[0].setFocus()

    def release(self) -> None:
        """Stop what runs in the background and remove temporary copies."""
        self.undo_stack.clear()
        self.preview.release()
        self.attaching.close()

    def set_level(self, level: int) -> None:
        """Tick a level of the indicator in view; the same level again takes the tick away."""
        assessed = self.project.editor.round
        indicator = self._indicator()
        chosen = None if assessed.indicator(indicator.id).level == level else level
        field = indicator_field(assessed.fiscal_year, indicator.id, Kind.LEVEL)
        self.push(self.project.editor.change(field, chosen), self.tr("เลือกระดับ"))

    def attach(self) -> None:
        """Ask for files and attach them to the issue in view."""
        self.attaching.choose_files(self._issue_id())

    def focused_editor(self) -> RichTextEdit | None:
        """The text that has the cursor, if any."""
        return next((edit for edit in self.editors() if edit.hasFocus()), None)

    def editors(self) -> Sequence[RichTextEdit]:
        return (*self.issue_pane.editors(), *self.indicator_pane.editors())

    def zoom_by(self, steps: int) -> None:
        """Larger or smaller letters in the editors, by steps; 0 = back to normal."""
        place = ZOOM_STEPS.index(self._zoom) + steps
        chosen = ZOOM_STEPS[max(0, min(place, len(ZOOM_STEPS) - 1))] if steps else 1.0
        self.set_zoom(chosen)

    def set_zoom(self, zoom: float) -> None:
        """The nearest step of `ZOOM_STEPS`."""
        self._zoom = min(ZOOM_STEPS, key=lambda step: abs(step - zoom))
        for edit in self.editors():
            edit.set_zoom(self._zoom)
        self.zoomed.emit(self._zoom)

    def open_search(self) -> None:
        """Ctrl+Shift+F: the whole book, with the words that are selected."""
        edit = self.focused_editor()
        words = edit.textCursor().selectedText() if edit is not None else ""
        self.leave()
        self._pages.setCurrentWidget(self.search)
        self.search.open("" if "\u2029" in words else words)

    def open_find(self) -> None:
        """Ctrl+F: in the text that has the cursor, or the first one in view."""
        edit = self.focused_editor() or next((e for e in self.editors() if e.isVisible()), None)
        if edit is not None:
            self.find_bar.open_for(edit)

    def cycle_panes(self, step: int) -> None:
        """F6: the cursor to the next pane that is in view."""
        stops = [w for w in self._stops() if w.isVisible() and w.isEnabled()]
        if not stops:
            return
        inside = next(
            (i for i, w in enumerate(stops) if w is self.focusWidget() and w.hasFocus()), -1
        )
        place = (inside + step) % len(stops) if inside >= 0 else 0
        stops[place].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def indicator_code(self) -> str:
        return self.project.editor.round.framework.code_of(self._indicator().id)

    def codes_in_view(self) -> list[str] | None:
        """The indicators to print: the one in view, or all where the whole book is previewed."""
        whole = self.tabs.currentIndex() == PREVIEW and self.preview.bar.scope == BOOK
        return None if whole else [self.indicator_code()]

    # --- parts --------------------------------------------------------------------------------

    def _make_panes(self) -> None:
        editor, stack = self.project.editor, self.undo_stack
        self.tree = FrameworkPane(editor, self)
        self.issue_pane = IssuePane(editor, self.push, stack.push_done, self)
        self.indicator_pane = IndicatorPane(editor, self.push, stack.push_done, self)
        self.preview = PreviewPane(self.project, self.push, self)
        self.dashboard = DashboardPane(editor, self)
        self.evidence_pane = EvidencePane(
            editor,
            self.push,
            is_present=lambda file: self.project.path_of(file.sha256).is_file(),
            path_of=lambda file: self.project.path_of(file.sha256),
            parent=self,
        )
        self.attaching = AttachFlow(self.project, self.push, self)
        self.search = SearchPane(editor, self)
        self.find_bar = FindBar(self)

    def _arrange(self) -> None:
        self.tabs = QTabBar(self)
        self.tabs.setObjectName("tabs")
        self.tabs.setAccessibleName(self.tr("หน้าทำงาน"))
        for words in ("กรอกข้อมูล", "ความเห็นและข้อเสนอแนะ", "หน้าพิมพ์จริง", "ภาพรวม"):
            self.tabs.addTab(self.tr(words))
        self._previous = self._step_button("chevron-up", self.tr("ประเด็นก่อนหน้า (Alt+Up)"))
        self._next = self._step_button("chevron-down", self.tr("ประเด็นถัดไป (Alt+Down)"))
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 12, 0)
        head.addWidget(self.tabs)
        head.addStretch(1)
        head.addWidget(self._previous)
        head.addWidget(self._next)

        self._writing = QSplitter(Qt.Orientation.Horizontal, self)
        self._writing.addWidget(self.issue_pane)
        self._writing.addWidget(self.preview)
        self._writing.setChildrenCollapsible(False)
        self._pages = QStackedWidget(self)
        for page in (self._writing, self.indicator_pane, self.dashboard, self.search):
            self._pages.addWidget(page)
        middle = QWidget(self)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.find_bar)
        column.addWidget(self._pages, 1)

        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        for pane in (self.tree, middle, self.evidence_pane):
            self._split.addWidget(pane)
        self._split.setStretchFactor(1, 1)
        self._split.setChildrenCollapsible(False)
        self._split.setSizes([TREE, 1366 - TREE - EVIDENCE, EVIDENCE])
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._split)
        self.preview.hide()

    def _step_button(self, name: str, words: str) -> QToolButton:
        button = QToolButton(self)
        button.setIcon(icon(name))
        button.setToolTip(words)
        button.setAccessibleName(words)
        return button

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._show_page)
        self._previous.clicked.connect(lambda: self.tree.step(-1))
        self._next.clicked.connect(lambda: self.tree.step(1))
        self.tree.chosen.connect(self.choose)
        self.tree.files_dropped.connect(self._attach_dropped)
        self.issue_pane.go_to.connect(self.go_to)
        self.issue_pane.files_dropped.connect(
            lambda files: self._attach_dropped(self._issue_id(), files)
        )
        self.indicator_pane.go_to.connect(self.go_to)
        self.dashboard.go_to.connect(self.go_to)
        self.evidence_pane.attach_requested.connect(self.attach)
        self.evidence_pane.files_dropped.connect(
            lambda files: self._attach_dropped(self._issue_id(), files)
        )
        self.evidence_pane.open_requested.connect(self.attaching.open_item)
        self.attaching.refused.connect(self.said)
        self.search.go_to.connect(self._go_to_words)
        self.search.closed.connect(lambda: self._show_page(self.tabs.currentIndex()))
        self.find_bar.replaced.connect(self.leave)
        self.tabs.tabBarClicked.connect(self._leave_search)
        for edit in self.editors():
            edit.zoom_requested.connect(self.zoom_by)
        self.preview.export_requested.connect(self.export_requested)
        self.project.editor.subscribe(self._follow_framework)

    def _attach_dropped(self, issue_id: str | None, files: list[Path]) -> None:
        self.attaching.attach(issue_id, files)

    def _leave_search(self, tab: int) -> None:
        if tab == self.tabs.currentIndex():
            self._show_page(tab)

    def _go_to_words(self, node_id: str, kind: str, words: str) -> None:
        """A hit of the search: its page, and the words selected in its text."""
        self.choose(node_id)
        tab = SUGGESTIONS if kind in (Kind.SUGGESTIONS, Kind.REASON) else WRITE
        self.tabs.setCurrentIndex(tab)
        self._show_page(tab)
        texts = {
            Kind.METHOD: self.issue_pane.editors()[0],
            Kind.RESULTS: self.issue_pane.editors()[1],
            Kind.SUGGESTIONS: self.indicator_pane.editors()[0],
        }
        if kind in texts:
            self.find_bar.open_for(texts[Kind(kind)], words)

    def _show_page(self, tab: int) -> None:
        self.leave()
        self.find_bar.hide()
        self._pages.setCurrentIndex({WRITE: 0, SUGGESTIONS: 1, PREVIEW: 0, OVERVIEW: 2}[tab])
        self.evidence_pane.setVisible(tab in (WRITE, SUGGESTIONS))
        self._fold(folded=tab == PREVIEW)
        self.issue_pane.set_compact(tab == PREVIEW)
        self.preview.setVisible(tab == PREVIEW)
        if tab == PREVIEW:
            width = max(self._writing.width(), 2)
            self._writing.setSizes([width * 38 // 100, width * 62 // 100])

    def _fold(self, *, folded: bool) -> None:
        """The rail beside the preview; its room goes to the middle and comes back."""
        if folded == self.tree.is_folded:
            return
        if folded:
            self._tree_width = self._split.sizes()[0]
        self.tree.set_folded(folded)
        widths = self._split.sizes()
        wanted = RAIL if folded else self._tree_width
        widths[1] += widths[0] - wanted
        widths[0] = wanted
        self._split.setSizes(widths)

    def _follow_framework(self, fields: frozenset[Field]) -> None:
        changed = any(field.kind is Kind.FRAMEWORK for field in fields)
        if changed and not self.project.editor.round.framework.has_node(self.node):
            self.choose(self._first_issue())

    def _stops(self) -> list[QWidget]:
        return [self.tree.tree, *self.editors(), self.evidence_pane.list, self.preview.view]

    # --- where we are -------------------------------------------------------------------------

    def _first_issue(self) -> str:
        framework = self.project.editor.round.framework
        first = next(framework.issues(), None) or next(iter(framework.walk()), None)
        return first[-1].id if first else ""

    def _code(self) -> str:
        return self.project.editor.round.framework.code_of(self.node)

    def _issue_id(self) -> str | None:
        node = self.project.editor.round.framework.node(self._code())
        return node.id if isinstance(node, Issue) else None

    def _indicator(self) -> Indicator:
        """The indicator in view: the chosen one, the issue's, or the standard's first."""
        framework = self.project.editor.round.framework
        node = framework.node(self._code())
        if isinstance(node, Issue):
            return framework.indicator_of(node.id)
        if isinstance(node, Indicator):
            return node
        return node.indicators[0] if node.indicators else next(framework.indicators())[2]
