"""The left side of the help: a field for words, and below it the contents or what was found."""

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import Qt, QTextBoundaryFinder, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from esa_desktop.domain.manual import Manual
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.manual_search import Found, ManualIndex
from esa_desktop.ui.empty_state import EmptyState
from esa_desktop.ui.help_list import PageDelegate, found_rows, page_rows
from esa_desktop.ui.icons import icon
from esa_desktop.ui.row_list import RowList
from esa_desktop.ui.theme import set_role

_PAUSE: Final = 300
"""Milliseconds without a key after which the best page is shown."""


class HelpSide(QFrame):
    """Hits follow the typing, best first; Enter in the field opens the best."""

    chosen = Signal(str, object)
    """Id of a page, and the words to mark in it (a tuple)."""
    hinted = Signal(str, object)
    """The best page for what is typed so far, after a pause; as `chosen`."""
    words_left = Signal()
    """Nothing is looked for any more."""

    def __init__(self, manual: Manual, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._manual = manual
        self._index = ManualIndex(manual, words_of)
        self._words: tuple[str, ...] = ()
        self._page = ""
        self.setMinimumWidth(220)
        self.edit = QLineEdit(self)
        self.edit.setObjectName("helpSearchEdit")
        self.edit.setAccessibleName(self.tr("คำที่ค้นหาในวิธีใช้"))
        self.edit.setPlaceholderText(self.tr("ค้นหา เช่น แนบไฟล์, พิมพ์"))
        self.edit.setToolTip("Ctrl+F")
        self.edit.setClearButtonEnabled(True)
        self.edit.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.list = RowList(PageDelegate(), self.tr("หน้าวิธีใช้"), self)
        self.list.setObjectName("helpList")
        self._count = QLabel(self)
        self._count.setWordWrap(True)
        set_role(self._count, "second")
        self._empty = EmptyState("search", self)
        self._below = QStackedWidget(self)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._hint)
        self._arrange()
        self.edit.textChanged.connect(self._look_for)
        self.edit.returnPressed.connect(self._open_best)
        self.list.go_to.connect(lambda page: self.chosen.emit(page, self._words))
        self._empty.button.clicked.connect(self.edit.clear)
        self._show_contents()

    def mark_page(self, page: str) -> None:
        """The page that is shown, chosen in the list where that has it."""
        self._page = page
        for place, row in enumerate(self.list.rows.rows):
            if row.target == page:
                self.list.setCurrentIndex(self.list.rows.index(place, 0))

    def focus_search(self) -> None:
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()

    # --- inside -------------------------------------------------------------------------------

    def _arrange(self) -> None:
        card = QFrame(self)
        set_role(card, "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(4, 4, 4, 4)
        inside.addWidget(self.list)
        self._below.addWidget(card)
        self._below.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 9, 8)
        column.setSpacing(6)
        column.addWidget(self.edit)
        column.addWidget(self._count)
        column.addWidget(self._below, 1)

    def _look_for(self) -> None:
        self._pause.stop()
        typed = self.edit.text().strip()
        if not typed:
            self._show_contents()
            return
        found = self._index.search(typed)
        self._words = found.words
        self._below.setCurrentIndex(0 if found.hits else 1)
        self._count.setVisible(bool(found.hits))
        self._count.setText(self._counted(found))
        if not found.hits:
            self._empty.say(
                self.tr("ไม่พบ “{0}”").format(typed),
                self.tr("ลองใช้คำที่สั้นลง หรือคำอื่นที่หมายถึงสิ่งเดียวกัน เช่น แนบ พิมพ์ สำรอง"),
                self.tr("ดูหน้าทั้งหมด"),
            )
        self.list.rows.set_rows(found_rows(found.hits))
        self.list.setCurrentIndex(self.list.rows.index(0, 0))
        self.list.scrollToTop()
        self._pause.start()

    def _hint(self) -> None:
        if self.list.rows.rows and self.edit.hasFocus():
            self.hinted.emit(self.list.rows.rows[0].target, self._words)

    def _counted(self, found: Found) -> str:
        if found.is_exact:
            return thai_digits(self.tr("พบใน {0} หน้า").format(len(found.hits)))
        return self.tr("ไม่พบครบทุกคำ แสดงหน้าที่ใกล้เคียง")

    def _show_contents(self) -> None:
        self._words = ()
        self._below.setCurrentIndex(0)
        self._count.hide()
        self.list.rows.set_rows(page_rows(self._manual))
        self.mark_page(self._page)
        self.words_left.emit()

    def _open_best(self) -> None:
        self._pause.stop()
        if self.edit.text().strip() and self.list.rows.rows:
            self.list.step(0)
            self.list.choose_current()


def words_of(text: str) -> Iterator[str]:
    """The words of a Thai text, as the library that breaks lines knows them."""
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Word, text)
    start = 0
    while (end := finder.toNextBoundary()) >= 0:
        yield text[start:end]
        start = end
