"""A short box for a number that may be missing: digits of either kind are taken, Thai ones are shown."""

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from esa_desktop.domain.thai import arabic_digits, thai_digits
from esa_desktop.ui.theme import set_tone

_LONGEST: Final = 12


def figure_words(value: float | None) -> str:
    """``๘๐``, ``๗๙.๕``; nothing for a number that is missing."""
    return "" if value is None else thai_digits(f"{value:.10g}")


def read_figure(text: str, *, is_whole: bool) -> float | None:
    """The number that was typed, ``None`` for nothing; ``ValueError`` for what is no number."""
    plain = arabic_digits(text).strip().removesuffix("%").replace(",", "").strip()
    if not plain:
        return None
    if not plain.replace(".", "", 0 if is_whole else 1).isdecimal() or not plain.isascii():
        raise ValueError(text)
    return float(plain)


class FigureEdit(QLineEdit):
    """What is no number stays in the box, marked, and is not handed over."""

    finished = Signal(object)
    """Another number (float), or ``None``."""
    faulty = Signal(bool)
    """Whether what stands in the box is no number."""

    def __init__(self, name: str, parent: QWidget | None = None, *, is_whole: bool = False) -> None:
        super().__init__(parent)
        self._is_whole = is_whole
        self._known: float | None = None
        self._handed: float | None = None
        self.is_handing = False
        """While `finished` is heard."""
        self._is_faulty = False
        self._name = name
        self.setAccessibleName(name)
        self.setMaxLength(_LONGEST)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.editingFinished.connect(self.finish)
        self.textEdited.connect(self._look)

    @property
    def is_unread(self) -> bool:
        """Whether another number was typed that was not handed over yet."""
        return self.text() != figure_words(self._known) and not self.isReadOnly()

    @property
    def is_faulty(self) -> bool:
        return self._is_faulty

    def show_figure(self, value: float | None) -> bool:
        """Show what is stored; what somebody is typing just now stays. Whether another is shown."""
        if self.is_unread and (self.hasFocus() or self._is_faulty):
            self._known = value
            return False
        return self.take_figure(value)

    def take_figure(self, value: float | None) -> bool:
        """Another number is shown from now on, whoever types here."""
        self._known = value
        changed = self.text() != figure_words(value)
        if changed:
            self.setText(figure_words(value))
        self._mark(False)
        return changed

    def finish(self) -> None:
        """End the visit: hand over the number, if it is one."""
        if not self.is_unread:
            return
        try:
            value = read_figure(self.text(), is_whole=self._is_whole)
        except ValueError:
            self._mark(True)
            return
        if value == self._known:
            self.take_figure(value)
            return
        self._known, self._handed = value, self._known
        self.setText(figure_words(value))
        self._mark(False)
        self.is_handing = True
        try:
            self.finished.emit(value)
        finally:
            self.is_handing = False

    def refuse(self, why: str) -> None:
        """What is just being handed over cannot be stored: it stays in the box, marked."""
        self._known = self._handed
        self._mark(True, why)

    def _look(self) -> None:
        """A fault that is mended is told at once; a new one only when somebody is done."""
        if self._is_faulty:
            try:
                read_figure(self.text(), is_whole=self._is_whole)
            except ValueError:
                return
            self._mark(False)

    def _mark(self, is_faulty: bool, why: str = "") -> None:
        set_tone(self, "bad" if is_faulty else "")
        example = self.tr("เช่น ๓") if self._is_whole else self.tr("เช่น ๘๐ หรือ ๗๙.๕")
        fault = why or self.tr("ต้องเป็นตัวเลข {example}").format(example=example)
        self.setToolTip(fault if is_faulty else "")
        self.setAccessibleDescription(fault if is_faulty else "")
        if is_faulty is not self._is_faulty:
            self._is_faulty = is_faulty
            self.faulty.emit(is_faulty)

    # Qt override
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo = event.matches(QKeySequence.StandardKey.Undo)
            redo = event.matches(QKeySequence.StandardKey.Redo)
            if (undo and not self.isUndoAvailable()) or (redo and not self.isRedoAvailable()):
                event.ignore()  # the program's own step is next
                return True
        return super().event(event)
