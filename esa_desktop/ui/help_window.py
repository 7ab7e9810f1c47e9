"""The help: contents or what was found at the left, the page at the right, all by keyboard too."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QImage, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from esa_desktop.domain.errors import EsaError
from esa_desktop.services.manual import help_folder, pictures_folder, read_manual
from esa_desktop.ui.help_page_view import HelpPageView
from esa_desktop.ui.help_side import HelpSide
from esa_desktop.ui.help_visits import Visit, Visits
from esa_desktop.ui.icons import app_icon, icon
from esa_desktop.ui.message_dialog import tell
from esa_desktop.ui.preferences import Preferences
from esa_desktop.ui.theme import set_role

SIZE: Final = QSize(1000, 640)
LEAST: Final = QSize(560, 340)
_LIST: Final = 292
_AROUND: Final = QSize(24, 48)
"""Pixels of the screen that a window leaves free: for its own frame and the bar of tasks."""


class HelpWindow(QWidget):
    """A window of its own beside the main one, so that both can be used; remembers its size."""

    manual_wished = Signal()
    """The whole manual, for paper."""

    def __init__(self, preferences: Preferences, folder: Path | None = None) -> None:
        """``folder``: of pages and pictures; the program's own where none is named. ``EsaError``
        where it has no pages.
        """
        super().__init__(None, Qt.WindowType.Window)
        # Only the main window keeps the program running.
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setObjectName("helpWindow")
        self.setWindowTitle(self.tr("วิธีใช้โปรแกรม"))
        self.setWindowIcon(app_icon())
        self.setMinimumSize(LEAST)
        set_role(self, "page")
        self._preferences = preferences
        self._folder = folder or help_folder()
        self._manual = read_manual(self._folder)
        self._visits = Visits()
        self.side = HelpSide(self._manual, self)
        self.view = HelpPageView(pictures_folder(self._folder), self)
        self.back = self._tool("chevron-left", self.tr("ย้อนกลับ"), "Alt+Left")
        self.forward = self._tool("chevron-right", self.tr("ไปข้างหน้า"), "Alt+Right")
        self.print_page = QPushButton(icon("print"), self.tr("พิมพ์หน้านี้…"), self)
        self.print_all = QPushButton(icon("book"), self.tr("คู่มือสำหรับพิมพ์…"), self)
        self._arrange()
        self._connect()
        self._fit_screen()

    # --- what others ask for ------------------------------------------------------------------

    def show_page(self, page_id: str = "") -> None:
        """Open on a page; without an id, or with one that is no page's, where it was left."""
        known = self._manual.page(page_id)
        if known is None and not self.page:
            known = self._manual.pages[0]
        if known is not None and known.id != self.page:
            self._visit(Visit(known.id))
        self._come_forward()

    def search(self, words: str) -> None:
        """Open with these words in the field and what they find."""
        self.side.edit.setText(words)
        self.side.focus_search()
        self.show_page(self.page)

    @property
    def page(self) -> str:
        """Id of the page that is shown; empty before the first."""
        now = self._visits.now
        return now.page if now is not None else ""

    # --- parts --------------------------------------------------------------------------------

    def _tool(self, name: str, words: str, keys: str) -> QPushButton:
        button = QPushButton(icon(name), "", self)
        set_role(button, "tool")
        button.setAccessibleName(words)
        button.setToolTip(f"{words} ({keys})")
        return button

    def _arrange(self) -> None:
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.side)
        self._split.addWidget(self._make_right())
        self._split.setStretchFactor(1, 1)
        widths = self._preferences.widths("help")
        self._split.setSizes(widths if len(widths) == 2 else [_LIST, SIZE.width() - _LIST])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._split)

    def _make_right(self) -> QWidget:
        right = QFrame(self)
        right.setMinimumWidth(300)
        set_role(right, "pane")
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 8, 12, 4)
        bar.setSpacing(4)
        bar.addWidget(self.back)
        bar.addWidget(self.forward)
        bar.addStretch(1)
        for button in (self.print_page, self.print_all):
            set_role(button, "quiet")
            button.setAccessibleName(button.text())
            bar.addWidget(button)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.view, 1)
        return right

    def _connect(self) -> None:
        self.side.chosen.connect(self._choose)
        self.side.hinted.connect(self._hint)
        self.side.words_left.connect(self.view.forget_words)
        self.view.page_wished.connect(lambda page: self._visit(Visit(page)))
        self.view.picture_wished.connect(self._enlarge)
        self.back.clicked.connect(lambda: self._go(-1))
        self.forward.clicked.connect(lambda: self._go(1))
        self.print_page.clicked.connect(self._print)
        self.print_all.clicked.connect(self.manual_wished)
        for keys, act in (
            ("Ctrl+F", self.side.focus_search),
            ("F1", self.side.focus_search),
            ("Alt+Left", lambda: self._go(-1)),
            ("Alt+Right", lambda: self._go(1)),
            ("F6", lambda: self._next_part(1)),
            ("Shift+F6", lambda: self._next_part(-1)),
            ("Ctrl+P", self._print),
            ("Ctrl++", lambda: self.view.zoom(1)),
            ("Ctrl+-", lambda: self.view.zoom(-1)),
            ("Ctrl+0", lambda: self.view.zoom(0)),
            ("Ctrl+W", self.close),
            ("Esc", self._leave),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    # --- pages --------------------------------------------------------------------------------

    def _visit(self, visit: Visit) -> None:
        self._visits.leave_at(self.view.verticalScrollBar().value())
        self._visits.add(visit)
        self._show_visit()

    def _choose(self, page: str, words: tuple[str, ...]) -> None:
        if page != self.page:
            self._visits.drop_hint()
        self._visit(Visit(page, words))

    def _hint(self, page: str, words: tuple[str, ...]) -> None:
        self._visits.leave_at(self.view.verticalScrollBar().value())
        self._visits.hint(Visit(page, words))
        self._show_visit()

    def _go(self, steps: int) -> None:
        self._visits.leave_at(self.view.verticalScrollBar().value())
        if self._visits.go(steps):
            self._show_visit()

    def _show_visit(self) -> None:
        visit = self._visits.now
        page = self._manual.page(visit.page) if visit is not None else None
        if visit is None or page is None:
            return
        self.view.show_page(page, visit.words, place=visit.place)
        self.setWindowTitle(self.tr("{0} – วิธีใช้โปรแกรม").format(page.title))
        self.back.setEnabled(self._visits.can_go_back)
        self.forward.setEnabled(self._visits.can_go_forward)
        self.side.mark_page(page.id)

    def _enlarge(self, name: str, image: QImage) -> None:
        from esa_desktop.ui.help_picture import HelpPicture

        HelpPicture(image, name, self).show()

    def _print(self) -> None:
        from esa_desktop.ui.help_printing import HelpPrinting

        printing = HelpPrinting(self.page, self._folder, self)
        printing.failed.connect(self._say)
        printing.ended.connect(printing.deleteLater)
        printing.start()

    def _say(self, error: EsaError) -> None:
        tell(self, self.tr("ยังพิมพ์ไม่ได้"), error.sentence)

    # --- keyboard and screen ------------------------------------------------------------------

    def _next_part(self, steps: int) -> None:
        parts = [self.side.edit, self.side.list, self.view]
        now = next((n for n, part in enumerate(parts) if part.hasFocus()), -1)
        parts[(now + steps) % len(parts)].setFocus(Qt.FocusReason.TabFocusReason)

    def _leave(self) -> None:
        """Esc takes back the search first."""
        if self.side.edit.text():
            self.side.edit.clear()
            self.side.focus_search()
        else:
            self.close()

    def _come_forward(self) -> None:
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def _fit_screen(self) -> None:
        kept = self._preferences.widths("helpWindow")
        wished = QSize(*kept) if len(kept) == 2 else SIZE
        room = self.screen().availableGeometry().size() - _AROUND
        self.resize(wished.boundedTo(room).expandedTo(LEAST))

    # Qt overrides

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous() and not self.side.edit.hasFocus():
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not (self.isMaximized() or self.isFullScreen()):
            self._preferences.set_widths("helpWindow", (self.width(), self.height()))
        self._preferences.set_widths("help", self._split.sizes())
        super().closeEvent(event)
