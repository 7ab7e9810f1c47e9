"""The tab เล่มรายงาน: the parts of the book, which of them are printed, and their texts."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from esa_desktop.domain.book import Part
from esa_desktop.domain.book_parts import printed_parts
from esa_desktop.domain.edits import SetField
from esa_desktop.domain.errors import EsaError, ReadOnlyProject
from esa_desktop.domain.fields import Field, Kind
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.editing import Editor
from esa_desktop.services.exporting import keep_options, stored_options
from esa_desktop.ui.book_entries import entries, rows_of
from esa_desktop.ui.book_page import BookPage
from esa_desktop.ui.book_part_list import BookPartList
from esa_desktop.ui.stored_pictures import picture_in
from esa_desktop.ui.text_editor import RichTextEdit
from esa_desktop.ui.theme import set_role

LIST: Final = 296
"""Pixels: the width of the list at first; the longest name of a part fits."""
LEAST_LIST: Final = 200
_TOLD: Final = frozenset(
    {
        Kind.BOOK_TEXT,
        Kind.DICTIONARY,
        Kind.PRINT_OPTIONS,
        Kind.ITEM,
        Kind.LINK,
        Kind.FRAMEWORK,
    }
)
"""What the rows of the list speak of."""
MOST_PIXELS: Final = 2000
"""Width of a dropped photograph: 300 dots an inch across a page."""


class BookPane(QWidget):
    """``push_done`` takes a finished visit to a text and the name of the step."""

    export_requested = Signal(str)
    """The form (`domain.printing.Form`) somebody wants to see and print."""
    refused = Signal(object)
    """An `EsaError` about a file that was dropped, or why nothing can be changed."""

    def __init__(
        self,
        editor: Editor,
        push_done: Callable[[SetField, str], None],
        equip: Callable[[BookPage], object],
        parent: QWidget | None = None,
    ) -> None:
        """``equip`` gets each page when it is made, before its texts are shown."""
        super().__init__(parent)
        set_role(self, "page")
        self._editor = editor
        self._push_done = push_done
        self._equip = equip
        self._entries = entries(editor.round.fiscal_year)
        self.list = BookPartList(self)
        self._count = QLabel()
        self._count.setObjectName("bookPartCount")
        self._count.setWordWrap(True)
        set_role(self._count, "second")
        self._print = QPushButton(self.tr("ตัวอย่างและพิมพ์เล่ม"))
        self._print.setObjectName("printBookButton")
        set_role(self._print, "main")
        self._pages: dict[str, BookPage] = {}
        self._stack = QStackedWidget(self)
        self._divided = False
        self._lay_out()
        self._connect()
        self._show_rows()
        self.list.show_part(self._entries[0].target)

    def _lay_out(self) -> None:
        heading = QLabel(self.tr("ส่วนของเล่ม"))
        heading.setBuddy(self.list)
        set_role(heading, "heading")
        side = QFrame(self)
        set_role(side, "pane")
        column = QVBoxLayout(side)
        column.setContentsMargins(8, 8, 8, 12)
        column.setSpacing(2)
        head = QVBoxLayout()
        head.setContentsMargins(10, 0, 8, 4)
        head.setSpacing(0)
        head.addWidget(heading)
        head.addWidget(self._count)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addSpacing(8)
        column.addWidget(self._print)
        side.setMinimumWidth(LEAST_LIST)
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._split.addWidget(side)
        self._split.addWidget(self._stack)
        self._split.setChildrenCollapsible(False)
        self._split.setStretchFactor(1, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._split)

    def _connect(self) -> None:
        self.list.part_shown.connect(self._show_page)
        self.list.ticked.connect(self._tick)
        self.list.text_wanted.connect(self._focus_text)
        self._split.splitterMoved.connect(self._keep_division)
        self._print.clicked.connect(lambda: self.export_requested.emit("book"))
        self.destroyed.connect(self._editor.subscribe(self._refresh))

    # --- showing ------------------------------------------------------------------------------

    def show_field(self, field: Field) -> RichTextEdit | None:
        """The page on which a text is written, scrolled to it; its editor."""
        for entry in self._entries:
            if any(text.field == field for text in entry.texts):
                self.list.show_part(entry.target)
                return self._page(entry.target).show_field(field)
        return None

    def leave(self) -> None:
        """End the visits to the texts, so that they are steps for undo and on their way to disk."""
        for page in self._pages.values():
            page.finish()

    def editors(self) -> tuple[RichTextEdit, ...]:
        """All texts there are so far: a page is made when it is first wanted."""
        return tuple(edit for page in self._pages.values() for edit in page.editors())

    def editors_in_view(self) -> tuple[RichTextEdit, ...]:
        page = self._stack.currentWidget()
        return page.editors() if isinstance(page, BookPage) else ()

    def _show_page(self, target: str) -> None:
        self.leave()
        self._stack.setCurrentWidget(self._page(target))

    def _page(self, target: str) -> BookPage:
        page = self._pages.get(target)
        if page is None:
            entry = next(entry for entry in self._entries if entry.target == target)
            page = self._pages[target] = BookPage(entry, self._editor, self._push_done, self._stack)
            page.files_dropped.connect(self._take_pictures)
            self._stack.addWidget(page)
            # A page that is made late would be the last stop of the whole window.
            page.follow(self._print)
            self._equip(page)
            page.show_texts()
        return page

    def _focus_text(self) -> None:
        for edit in self.editors_in_view()[:1]:
            edit.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_rows(self) -> None:
        options = stored_options(self._editor)
        self.list.rows.set_rows(rows_of(self._editor.round, self._entries, options.parts))
        printed = printed_parts(self._editor.round, options)
        counted = self.tr("เลือก {0} ส่วน พิมพ์ได้ {1} ส่วน")
        self._count.setText(thai_digits(counted.format(len(options.parts), len(printed))))
        self._print.setEnabled(bool(printed))
        self._print.setToolTip("" if printed else self.tr("เลือกส่วนที่พิมพ์ได้อย่างน้อยหนึ่งส่วนก่อน"))

    def _refresh(self, fields: frozenset[Field]) -> None:
        if any(field.kind in _TOLD for field in fields):
            self._show_rows()

    # --- changing -----------------------------------------------------------------------------

    def _tick(self, target: str) -> None:
        try:
            self._editor.refuse_if_read_only()
        except ReadOnlyProject as error:
            self.refused.emit(error)
            return
        options = stored_options(self._editor)
        part = Part(target)
        chosen = tuple(p for p in Part if (p in options.parts) != (p is part))
        keep_options(self._editor, replace(options, parts=chosen))

    def _take_pictures(self, edit: RichTextEdit, files: list[Path]) -> None:
        """What was dropped on a text is a picture for the page; other files cannot stand in it."""
        for file in files:
            picture = read_picture(file)
            if picture.isNull():
                words = self.tr(
                    "“{0}” ไม่ใช่รูปภาพ ในเล่มวางได้เฉพาะรูปภาพ ไฟล์อื่นให้แนบเป็นหลักฐานในแท็บกรอกข้อมูล"
                )
                self.refused.emit(EsaError(words.format(file.name)))
            else:
                edit.image_pasted.emit(picture)

    def _keep_division(self) -> None:
        self._divided = True

    # Qt override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list gives up width in a small window, unless somebody chose how wide it is."""
        super().resizeEvent(event)
        if not self._divided:
            width = max(LEAST_LIST, min(LIST, self.width() * 36 // 100))
            self._split.setSizes([width, max(self.width() - width, 1)])


def read_picture(file: Path) -> QImage:
    """A picture the right way up and no larger than paper can show; null for any other file."""
    return picture_in(file, MOST_PIXELS)
