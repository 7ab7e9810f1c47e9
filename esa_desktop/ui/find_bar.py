"""Find and replace in one text (Ctrl+F): a bar above or below the editor it serves."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from esa_desktop.domain.thai import clean_text, thai_digits
from esa_desktop.ui import painting, text_places
from esa_desktop.ui.icons import icon
from esa_desktop.ui.text_editor import RichTextEdit
from esa_desktop.ui.text_places import Place
from esa_desktop.ui.theme import set_role, set_tone

NARROW = 700
"""Pixels; below this width the replacement has a line of its own."""


class FindBar(QFrame):
    """Marks every place in the editor it was opened for; Enter and Shift+Enter walk, Esc closes.

    Thai and Arabic digits, ``เเ`` and ``แ``, one blank and two are the same to it.
    """

    closed = Signal()
    replaced = Signal()
    """Words were replaced while the cursor was here: the owner may end the visit to the text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "bar")
        self._text: RichTextEdit | None = None
        self._places: list[Place] = []
        self._now = -1
        self._find = self._line(self.tr("ค้นหาในข้อความนี้"), "findEdit")
        self._find.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._count = QLabel()
        self._count.setObjectName("findCount")
        self._count.setMinimumWidth(72)
        set_role(self._count, "second")
        self._previous = self._tool("chevron-up", self.tr("ที่พบก่อนหน้า (Shift+Enter)"))
        self._next = self._tool("chevron-down", self.tr("ที่พบถัดไป (Enter)"))
        self._close = self._tool("close", self.tr("ปิดการค้นหา (Esc)"))
        self._with = self._line(self.tr("แทนที่ด้วย"), "replaceEdit")
        self._one = QPushButton(self.tr("แทนที่"))
        self._all = QPushButton(self.tr("แทนที่ทั้งหมด"))
        self._lay_out()
        self._connect()
        self.hide()

    def _line(self, words: str, name: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setObjectName(name)
        line.setAccessibleName(words)
        line.setPlaceholderText(words)
        line.setMinimumWidth(120)
        return line

    def _tool(self, name: str, words: str) -> QToolButton:
        tool = QToolButton(self)
        tool.setIcon(icon(name))
        tool.setIconSize(QSize(18, 18))
        tool.setToolTip(words)
        tool.setAccessibleName(words)
        return tool

    def _lay_out(self) -> None:
        find = QHBoxLayout()
        find.setSpacing(4)
        find.addWidget(self._find, 1)
        find.addWidget(self._count)
        find.addWidget(self._previous)
        find.addWidget(self._next)
        change = QHBoxLayout()
        change.setSpacing(8)
        change.addWidget(self._with, 1)
        change.addWidget(self._one)
        change.addWidget(self._all)
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._parts.setSpacing(12)
        self._parts.addLayout(find, 1)
        self._parts.addLayout(change, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 6)
        row.setSpacing(8)
        row.addLayout(self._parts, 1)
        side = QVBoxLayout()
        side.addWidget(self._close)
        side.addStretch(1)
        row.addLayout(side)

    def _connect(self) -> None:
        self._find.textChanged.connect(self._look)
        self._previous.clicked.connect(lambda: self.step(-1))
        self._next.clicked.connect(lambda: self.step(1))
        self._close.clicked.connect(self.close_bar)
        self._one.clicked.connect(self.replace_one)
        self._all.clicked.connect(self.replace_all)

    @property
    def count_words(self) -> str:
        """``๓ จาก ๑๒``, as shown."""
        return self._count.text()

    # --- opening and closing ------------------------------------------------------------------

    def open_for(self, text: RichTextEdit, words: str = "") -> None:
        """Serve this editor, with ``words`` or what is selected in it."""
        self._serve(text)
        selected = text.textCursor().selectedText()
        if not words and "\u2029" not in selected:
            words = selected
        self.show()
        if words and words != self._find.text():
            self._find.setText(words)
        else:
            self._look()
        changeable = not text.isReadOnly()
        for widget in (self._with, self._one, self._all):
            widget.setVisible(changeable)
        self._find.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._find.selectAll()

    def close_bar(self) -> None:
        """Hide, and give the cursor back to the text."""
        text = self._text
        self._serve(None)
        self.hide()
        if text is not None and text.isVisible():
            text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def _serve(self, text: RichTextEdit | None) -> None:
        if self._text is not None:
            self._text.setExtraSelections([])
            self._text.textChanged.disconnect(self._follow)
            self._text.destroyed.disconnect(self._forget)
        self._text = text
        if text is not None:
            text.textChanged.connect(self._follow)
            text.destroyed.connect(self._forget)

    def _forget(self) -> None:
        self._text = None
        self.hide()

    # --- finding ------------------------------------------------------------------------------

    def step(self, by: int) -> None:
        """Select the next place (1) or the one before (-1); behind the last comes the first."""
        if not self._places or self._text is None:
            return
        self._now = (self._now + by) % len(self._places)
        text_places.select(self._text, self._places[self._now])
        self._show_count()

    def _look(self) -> None:
        """Find anew and select the first place at or behind the cursor."""
        self._read_places()
        if self._text is not None and self._places:
            here = self._text.textCursor().selectionStart()
            later = (i for i, place in enumerate(self._places) if place[0] >= here)
            self._now = next(later, 0)
            text_places.select(self._text, self._places[self._now])
        self._show_count()

    def _follow(self) -> None:
        """The text was changed under the bar: the marks follow, the cursor stays."""
        self._read_places()
        self._show_count()

    def _read_places(self) -> None:
        document = self._text.document() if self._text is not None else None
        self._places = text_places.places(document, self._find.text()) if document else []
        self._now = min(self._now, len(self._places) - 1)
        self._mark()

    def _mark(self) -> None:
        if self._text is None:
            return
        looks = QTextCharFormat()
        looks.setBackground(painting.colors().color("warn_soft"))
        marks = []
        for start, end in self._places:
            mark = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self._text.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            mark.cursor = cursor
            mark.format = looks
            marks.append(mark)
        self._text.setExtraSelections(marks)

    def _show_count(self) -> None:
        wanted = bool(self._find.text().strip())
        found = len(self._places)
        words = self.tr("{0} จาก {1}").format(self._now + 1, found) if found else self.tr("ไม่พบ")
        self._count.setText(thai_digits(words) if wanted else "")
        set_tone(self._find, "bad" if wanted and not found else "")
        for button in (self._previous, self._next, self._one, self._all):
            button.setEnabled(bool(found))

    # --- replacing ----------------------------------------------------------------------------

    def replace_one(self) -> None:
        """Replace the selected place and go to the next."""
        if self._text is None or not 0 <= self._now < len(self._places):
            return
        place = self._places[self._now]
        words = self._new_words()
        text_places.replace(self._text, [place], words)
        cursor = self._text.textCursor()
        cursor.setPosition(place[0] + len(words.encode("utf-16-le")) // 2)
        self._text.setTextCursor(cursor)
        self._look()
        self.replaced.emit()

    def replace_all(self) -> None:
        """Replace every place as one step."""
        if self._text is None:
            return
        done = text_places.replace(self._text, self._places, self._new_words())
        if done:
            self._count.setText(thai_digits(self.tr("แทนที่แล้ว {0} แห่ง").format(done)))
            self.replaced.emit()

    def _new_words(self) -> str:
        return clean_text(self._with.text()).replace("\n", " ")

    # Qt's names from here on.
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.close_bar()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._with.hasFocus():
                self.replace_one()
            else:
                backwards = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                self.step(-1 if backwards else 1)
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Narrow enough to become two lines."""
        return QSize(300, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._parts.setDirection(down if narrow else across)
