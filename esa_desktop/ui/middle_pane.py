"""The middle of the window: the tabs with their pages, pages without a tab, and the find bar."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from esa_desktop.ui.fitting_tabs import FittingTabs
from esa_desktop.ui.icons import icon
from esa_desktop.ui.issue_pane import IssuePane

WRITE, SUGGESTIONS, PREVIEW, BOOK, REGISTER, OVERVIEW, SEARCH, FRAMEWORK = range(8)
"""The tabs in order, then the pages without a tab."""

WITHOUT_TAB = (SEARCH, FRAMEWORK)
LEAST_TEXT = 420
"""Pixels the texts keep beside the preview where there is room for both."""
LEAST_PAGE = 330
"""Pixels they keep in any case: below, their page would scroll sideways and cut its lines."""


class MiddlePane(QWidget):
    """Arranges pages; each but the first is made when it is first wanted, so that the window opens soon."""

    tab_shown = Signal(int)
    """A page is in view: that of a tab, chosen or come back to, or one without."""
    about_to_change = Signal()
    """Another page comes: visits to texts end now."""
    step_requested = Signal(int)
    evidence_requested = Signal()
    """Somebody wants to see the evidence that has no room beside the page."""

    def __init__(
        self,
        make_texts: Callable[[QWidget], IssuePane],
        make_page: Callable[[int], QWidget],
        parent: QWidget,
    ) -> None:
        """``make_texts`` gets the parent the texts stay with: another would dress them anew."""
        super().__init__(parent)
        self._pages = QStackedWidget(self)
        self._writing = QSplitter(Qt.Orientation.Horizontal, self._pages)
        self.issue_pane = make_texts(self._writing)
        self._make_page = make_page
        self._made: dict[int, QWidget] = {}
        self.focus_left: QWidget | None = None
        """Where the cursor was left, beside the preview, when somebody turned to that."""
        names = (
            (self.tr("กรอกข้อมูล"),),
            (self.tr("ความเห็นและข้อเสนอแนะ"), self.tr("ความเห็น")),
            (self.tr("หน้าพิมพ์จริง"), self.tr("หน้าพิมพ์จริง"), self.tr("หน้าพิมพ์")),
            (self.tr("เล่มรายงาน"), self.tr("เล่มรายงาน"), self.tr("เล่ม")),
            (self.tr("บัญชีหลักฐาน"), self.tr("บัญชีหลักฐาน"), self.tr("บัญชี")),
            (self.tr("ภาพรวม"),),
        )
        self.tabs = FittingTabs(names, self)
        self.tabs.setObjectName("tabs")
        self.tabs.setAccessibleName(self.tr("หน้าทำงาน"))
        self._writing.addWidget(self.issue_pane)
        self._writing.setChildrenCollapsible(False)
        self._pages.addWidget(self._writing)
        self._column = QVBoxLayout(self)
        self._lay_out()
        self.tabs.currentChanged.connect(self._show_tab)
        self.tabs.tabBarClicked.connect(self._come_back)

    @property
    def tab(self) -> int:
        """One of `WRITE`, `SUGGESTIONS`, `PREVIEW`, `BOOK`, `REGISTER`, `OVERVIEW`."""
        return self.tabs.currentIndex()

    @property
    def page(self) -> int:
        """What is in view: `tab`, or a page without one."""
        shown = self._pages.currentWidget()
        without = (page for page in WITHOUT_TAB if shown is self._made.get(page))
        return next(without, self.tab)

    def show_tab(self, tab: int) -> None:
        """Bring a tab's page to the front, also from under a search."""
        if tab == self.tabs.currentIndex():
            self._show_tab(tab)
        else:
            self.tabs.setCurrentIndex(tab)

    def turn_tabs(self, step: int) -> None:
        """To the next tab or the one before; after the last comes the first."""
        self.show_tab((self.tabs.currentIndex() + step) % self.tabs.count())

    def show_page(self, page: int) -> None:
        """Bring one of `WITHOUT_TAB` to the front; the tab stays the one to go back to."""
        self.about_to_change.emit()
        self._pages.setCurrentWidget(self._page(page))
        self._head.setVisible(page != FRAMEWORK)  # which has a way back of its own
        self.tab_shown.emit(page)

    def leave_page(self) -> None:
        """Back from a page without a tab."""
        self._show_tab(self.tab)

    def add_bar(self, bar: QWidget) -> None:
        """Put a bar between the tabs and their pages."""
        self._column.insertWidget(1, bar)

    def show_beside(self, pane: QWidget) -> None:
        """Put a pane beside the texts of the issue, or show it there again."""
        is_there = self._writing.indexOf(pane) >= 0 and not pane.isHidden()
        if self._writing.indexOf(pane) < 0:
            self._writing.addWidget(pane)
        pane.show()
        self.issue_pane.set_compact(True)
        if not is_there:  # else it keeps the width somebody gave it
            self._share(pane)

    def hide_beside(self, pane: QWidget) -> None:
        pane.hide()
        self.issue_pane.set_compact(self.tab == PREVIEW)

    def _share(self, pane: QWidget) -> None:
        """The texts keep two fifths, or as much as they need; what is beside them gets the rest."""
        width = self._writing.width()
        wanted = max(width * 38 // 100, min(LEAST_TEXT, width // 2))
        text = max(wanted, LEAST_PAGE)
        sizes = [0] * self._writing.count()
        sizes[0], sizes[self._writing.indexOf(pane)] = text, max(width - text, 1)
        self._writing.setSizes(sizes)

    def _lay_out(self) -> None:
        self._head = QWidget(self)
        head = QHBoxLayout(self._head)
        head.setContentsMargins(12, 0, 12, 0)
        head.addWidget(self.tabs, 1)
        self.evidence_button = QToolButton(self)
        self.evidence_button.setIcon(icon("attach"))
        self.evidence_button.setText(self.tr("หลักฐาน"))
        self.evidence_button.setToolTip(self.tr("แสดงหรือซ่อนหลักฐานของประเด็นนี้"))
        self.evidence_button.clicked.connect(self.evidence_requested)
        self.evidence_button.hide()
        head.addWidget(self.evidence_button)
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
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._head)
        self._column.addWidget(self._pages, 1)

    def _page(self, which: int) -> QWidget:
        page = self._made.get(which)
        if page is None:
            page = self._made[which] = self._make_page(which)
            if which == PREVIEW:
                self._writing.addWidget(page)
            else:
                self._pages.addWidget(page)
        return page

    def _come_back(self, tab: int) -> None:
        if tab == self.tabs.currentIndex() and self.page in WITHOUT_TAB:
            self._show_tab(tab)

    def _show_tab(self, tab: int) -> None:
        self.about_to_change.emit()
        self._head.show()
        beside_texts = tab in (WRITE, PREVIEW)
        self._pages.setCurrentWidget(self._writing if beside_texts else self._page(tab))
        self.issue_pane.set_compact(tab == PREVIEW)
        if tab == PREVIEW:
            self._page(PREVIEW).show()
            self._share(self._page(PREVIEW))
            self.focus_left = QApplication.focusWidget()
        elif PREVIEW in self._made:
            self._made[PREVIEW].hide()
        self.tab_shown.emit(tab)
