"""The line for a measured value, with its unit where people write it."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from esa_desktop.domain.errors import ValueRefused
from esa_desktop.domain.measured import PERCENT, parse_measured
from esa_desktop.domain.thai import thai_digits
from esa_desktop.ui.dialog_frame import wrapping_label
from esa_desktop.ui.text_binding import PAUSE_MS
from esa_desktop.ui.theme import set_role, set_tone

WIDTH = 128
"""Pixels: ๑,๒๓๔,๕๖๗.๘๙ in the interface's letters."""


class MeasuredEdit(QWidget):
    """A visit begins with the first key and ends when the person is done with the line.

    Whoever shows the line keeps its value: ``typing`` is a draft, ``finished`` ends the visit.
    What is no number is refused beside the line and stays there to be mended; the value that was
    stored before stays stored.
    """

    typing = Signal(str)
    """The value so far, in Arabic digits; empty for none."""
    finished = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._unit = ""
        self._known = ""
        self._visiting = False
        self._unread = False
        self.heading = QLabel(self.tr("ค่าที่วัดได้"))
        set_role(self.heading, "heading")
        self._before = QLabel()
        self._behind = QLabel()
        for label in (self._before, self._behind):
            set_role(label, "second")
        self.line = QLineEdit(self)
        self.line.setObjectName("measuredEdit")
        self.line.setFixedWidth(WIDTH)
        self.heading.setBuddy(self.line)
        self._hint = QLabel(self.tr("พิมพ์ตัวเลขอย่างเดียว เลขไทยหรือเลขอารบิกก็ได้"))
        set_role(self._hint, "second")
        self.trouble = wrapping_label("", "second")
        set_tone(self.trouble, "bad")
        self.trouble.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.save)
        self.line.textEdited.connect(self._note_change)
        self.line.editingFinished.connect(self.finish)
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.heading)
        row.addSpacing(4)
        for part in (self._before, self.line, self._behind):
            row.addWidget(part)
        row.addSpacing(8)
        row.addWidget(self._hint, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.trouble)

    @property
    def is_unread(self) -> bool:
        """Whether something was typed that was not handed over yet."""
        return self._unread

    def show_value(self, value: str, unit: str, *, anew: bool = False) -> None:
        """Show what is stored, unless somebody types or has to mend what was refused.

        ``anew``: another indicator came into view.
        """
        is_same = value == self._known and not anew
        self._known = value
        self._show_unit(unit)
        if self._visiting or (is_same and self.trouble.text()):
            return
        self._say("")
        shown = thai_digits(value)
        if self.line.text() != shown:
            self.line.setText(shown)

    def set_read_only(self, read_only: bool) -> None:
        self.line.setReadOnly(read_only)
        self._hint.setVisible(not read_only)

    def save(self) -> None:
        """Hand over what was typed as far as it is a number; the visit goes on."""
        self._pause.stop()
        if self._unread:
            value = self._value()
            if value is not None:
                self._unread = False
                self.typing.emit(value)

    def finish(self) -> None:
        """End the visit, if there is one; what is no number is told and left in the line."""
        if self.line.hasFocus():
            QGuiApplication.inputMethod().commit()
        if not self._visiting:
            return
        self._pause.stop()
        value = self._value(is_final=True)
        self._unread = False
        if value is not None:
            self.typing.emit(value)
        self._visiting = False
        self.finished.emit()
        if value is not None:
            self._known = value
            self.line.setText(thai_digits(value))

    def _value(self, *, is_final: bool = False) -> str | None:
        """``None`` for what is no number; only a finished one is complained about."""
        try:
            value = parse_measured(self.line.text(), self._unit)
        except ValueRefused as refused:
            if is_final:
                self._say(refused.sentence)
            return None
        self._say("")
        return value

    def _note_change(self) -> None:
        self._unread = True
        self._visiting = True
        self._pause.start()

    def _show_unit(self, unit: str) -> None:
        self._unit = unit
        in_front = unit.startswith(PERCENT)
        self._before.setText(unit if in_front else "")
        self._behind.setText("" if in_front else unit)
        self._before.setVisible(in_front)
        self._behind.setVisible(bool(unit) and not in_front)
        name = self.tr("ค่าที่วัดได้ {0}").format(unit).strip()
        self.line.setAccessibleName(name)

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
        set_tone(self.line, "bad" if sentence else "")
        self.line.setAccessibleDescription(sentence)
