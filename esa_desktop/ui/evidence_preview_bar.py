"""The rows above a previewed file: whose it is, which file and page, how large, which way up."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from esa_desktop.domain.thai import thai_digits
from esa_desktop.ui.elided_label import ElidedLabel
from esa_desktop.ui.icons import icon
from esa_desktop.ui.theme import set_role, set_tone

SIDE: Final = 12


class EvidencePreviewBar(QFrame):
    """Only shows and asks; the preview decides."""

    close_wished = Signal()
    open_wished = Signal()
    file_wished = Signal(int)
    """-1 or 1."""
    page_wished = Signal(int)
    """-1 or 1."""
    zoom_wished = Signal(int)
    """-1 or 1; 0: back to the width of the view, or the whole page."""
    turn_wished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "bar")
        self._code = QLabel(self)
        set_role(self._code, "code")
        self._title = ElidedLabel(self)
        set_role(self._title, "heading")
        self._open = self._tool("external", self.tr("เปิดด้วยโปรแกรมอื่น"))
        self._close = self._tool("close", self.tr("ปิดภาพหลักฐาน"))
        self._file_before = self._tool("chevron-up", self.tr("ไฟล์ก่อน"))
        self._file_after = self._tool("chevron-down", self.tr("ไฟล์ถัดไป"))
        self._file = ElidedLabel(self)
        set_role(self._file, "second")
        self._secret = QLabel(self.tr("เอกสารลับ"), self)
        set_role(self._secret, "second")
        set_tone(self._secret, "warn")
        self._before = self._tool("chevron-left", self.tr("หน้าก่อน"))
        self._after = self._tool("chevron-right", self.tr("หน้าถัดไป"))
        self._page = QLabel(self)
        set_role(self._page, "second")
        self._smaller = self._tool("zoom-out", self.tr("ย่อ"))
        self._size = QPushButton(self)
        set_role(self._size, "quiet")
        self._larger = self._tool("zoom-in", self.tr("ขยาย"))
        self._turn = self._tool("rotate", self.tr("หมุนตามเข็มนาฬิกา"))
        self._arrange()
        self._connect()

    def show_item(self, code: str, title: str, *, confidential: bool) -> None:
        self._code.setText(thai_digits(code))
        self._title.set_words(title)
        self._secret.setVisible(confidential)

    def show_file(self, name: str, number: int, count: int, *, may_open: bool) -> None:
        """``number`` from 1; 0 where there is no file."""
        words = name
        if count > 1:
            where = self.tr("ไฟล์ {number} จาก {count}").format(number=number, count=count)
            words = f"{thai_digits(where)} · {name}"
        self._file.set_words(words)
        for button in (self._file_before, self._file_after):
            button.setVisible(count > 1)
        self._file_before.setEnabled(number > 1)
        self._file_after.setEnabled(number < count)
        self._open.setEnabled(may_open)

    def show_page(self, page: int, pages: int) -> None:
        """``page`` from 1; 0 pages: there is nothing to be turned or zoomed."""
        words = self.tr("หน้า {page} จาก {pages}").format(page=page, pages=pages)
        self._page.setText(thai_digits(words))
        for widget in (self._page, self._before, self._after):
            widget.setVisible(pages > 1)
        self._before.setEnabled(page > 1)
        self._after.setEnabled(page < pages)

    def show_zoom(self, words: str, *, smaller: bool, larger: bool) -> None:
        """``words``: how large it is; empty where nothing can be made larger."""
        self._size.setText(words)
        self._size.setToolTip(self.tr("สลับพอดีความกว้างกับพอดีหน้า"))
        self._size.setAccessibleName(self.tr("ขนาดที่แสดง {size}").format(size=words))
        for button in (self._size, self._smaller, self._larger):
            button.setVisible(bool(words))
        self._smaller.setEnabled(smaller)
        self._larger.setEnabled(larger)

    def show_turn(self, can_turn: bool) -> None:
        self._turn.setVisible(can_turn)

    def _tool(self, name: str, words: str) -> QPushButton:
        button = QPushButton(icon(name), "", self)
        set_role(button, "tool")
        button.setToolTip(words)
        button.setAccessibleName(words)
        return button

    def _arrange(self) -> None:
        head, file, tools = (QHBoxLayout() for _ in range(3))
        for row in (head, file, tools):
            row.setContentsMargins(SIDE, 0, 6, 0)
            row.setSpacing(4)
        head.addWidget(self._code)
        head.addSpacing(4)
        head.addWidget(self._title, 1)
        head.addWidget(self._open)
        head.addWidget(self._close)
        file.addWidget(self._file, 1)
        file.addWidget(self._secret)
        file.addWidget(self._file_before)
        file.addWidget(self._file_after)
        tools.setContentsMargins(6, 0, 6, 0)
        for widget in (self._before, self._page, self._after):
            tools.addWidget(widget)
        tools.addStretch(1)
        for widget in (self._smaller, self._size, self._larger, self._turn):
            tools.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 6)
        column.setSpacing(2)
        for row in (head, file, tools):
            column.addLayout(row)

    def _connect(self) -> None:
        self._close.clicked.connect(self.close_wished)
        self._open.clicked.connect(self.open_wished)
        self._turn.clicked.connect(self.turn_wished)
        for button, signal, step in (
            (self._file_before, self.file_wished, -1),
            (self._file_after, self.file_wished, 1),
            (self._before, self.page_wished, -1),
            (self._after, self.page_wished, 1),
            (self._smaller, self.zoom_wished, -1),
            (self._size, self.zoom_wished, 0),
            (self._larger, self.zoom_wished, 1),
        ):
            button.clicked.connect(lambda *_, signal=signal, step=step: signal.emit(step))
