"""The middle of the window: the tabs with their pages, the find bar, and the search of the whole book."""

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

from esa_desktop.ui.dashboard_pane import DashboardPane
from esa_desktop.ui.find_bar import FindBar
from esa_desktop.ui.icons import icon
from esa_desktop.ui.indicator_pane import IndicatorPane
from esa_desktop.ui.issue_pane import IssuePane
from esa_desktop.ui.preview_pane import PreviewPane
from esa_desktop.ui.search_pane import SearchPane
from esa_desktop.ui.text_editor import RichTextEdit

WRITE, SUGGESTIONS, PREVIEW, OVERVIEW = range(4)
"""The tabs in order."""


class MiddlePane(QWidget):
    """Arranges the pages it is given; which node they show is not its business."""

    tab_shown = Signal(int)
    """A tab's page is in view, after it was chosen or when a search was closed."""
    about_to_change = Signal()
    """Another page comes: visits to texts end now."""
    step_requested = Signal(int)

    def __init__(
        self,
        issue_pane: IssuePane,
        indicator_pane: IndicatorPane,
        preview: PreviewPane,
        dashboard: DashboardPane,
        search: SearchPane,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._issue_pane = issue_pane
        self._indicator_pane = indicator_pane
        self._preview = preview
        self._search = search
        self.find_bar = FindBar(self)
        self.tabs = QTabBar(self)
        self.tabs.setObjectName("tabs")
        self.tabs.setAccessibleName(self.tr("หน้าทำงาน"))
        self.tabs.setExpanding(False)
        for words in ("กรอกข้อมูล", "ความเห็นและข้อเสนอแนะ", "หน้าพิมพ์จริง", "ภาพรวม"):
            self.tabs.addTab(self.tr(words))
        self._writing = QSplitter(Qt.Orientation.Horizontal, self)
        self._writing.addWidget(issue_pane)
        self._writing.addWidget(preview)
        self._writing.setChildrenCollapsible(False)
        preview.hide()
        self._pages = QStackedWidget(self)
        for page in (self._writing, indicator_pane, dashboard, search):
            self._pages.addWidget(page)
        self._lay_out()
        self.tabs.currentChanged.connect(self._show_tab)
        self.tabs.tabBarClicked.connect(self._leave_search)
        search.closed.connect(lambda: self._show_tab(self.tabs.currentIndex()))

    @property
    def tab(self) -> int:
        """One of `WRITE`, `SUGGESTIONS`, `PREVIEW`, `OVERVIEW`."""
        return self.tabs.currentIndex()

    def show_tab(self, tab: int) -> None:
        """Bring a tab's page to the front, also from under a search."""
        if tab == self.tabs.currentIndex():
            self._show_tab(tab)
        else:
            self.tabs.setCurrentIndex(tab)

    def open_search(self, words: str) -> None:
        self.about_to_change.emit()
        self.find_bar.hide()
        self._pages.setCurrentWidget(self._search)
        self._search.open(words)

    def editors_in_view(self) -> tuple[RichTextEdit, ...]:
        """The texts of the page in view, in reading order."""
        page = self._pages.currentWidget()
        if page is self._writing:
            return self._issue_pane.editors()
        return self._indicator_pane.editors() if page is self._indicator_pane else ()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 12, 0)
        head.addWidget(self.tabs)
        head.addStretch(1)
        for name, step, words in (
            ("chevron-up", -1, self.tr("ประเด็นก่อนหน้า (Alt+Up)")),
            ("chevron-down", 1, self.tr("ประเด็นถัดไป (Alt+Down)")),
        ):
            button = QToolButton(self)
            button.setIcon(icon(name))
            button.setToolTip(words)
            button.setAccessibleName(words)
            button.clicked.connect(lambda *_, step=step: self.step_requested.emit(step))
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.find_bar)
        column.addWidget(self._pages, 1)

    def _leave_search(self, tab: int) -> None:
        if tab == self.tabs.currentIndex() and self._pages.currentWidget() is self._search:
            self._show_tab(tab)

    def _show_tab(self, tab: int) -> None:
        self.about_to_change.emit()
        self.find_bar.hide()
        self._pages.setCurrentIndex({WRITE: 0, SUGGESTIONS: 1, PREVIEW: 0, OVERVIEW: 2}[tab])
        self._issue_pane.set_compact(tab == PREVIEW)
        self._preview.setVisible(tab == PREVIEW)
        if tab == PREVIEW:
            width = max(self._writing.width(), 100)
            self._writing.setSizes([width * 38 // 100, width * 62 // 100])
        self.tab_shown.emit(tab)
