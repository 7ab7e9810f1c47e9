"""A short box for a number that may be missing: digits of either kind are taken, Thai ones are shown."""

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from esa_desktop.domain.measured import ungrouped
from esa_desktop.domain.thai import arabic_digits, thai_digits
from esa_desktop.ui.theme import set_tone

_LONGEST: Final = 12


def figure_words(value: float | None) -> str:
    """``๘๐``, ``๗๙.๕``; nothing for a number that is missing."""
    return "" if value is None else thai_digits(f"{value:.10g}")


def read_figure(text: str, *, is_whole: bool) -> float | None:
    """The number that was typed, ``None`` for nothing; ``ValueError`` for what is no number."""
    plain = ungrouped(arabic_digits(text).strip().removesuffix("%").strip())
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
    """Whether what stands in the box cannot be stored; also when there is another reason."""

    def __init__(self, name: str, parent: QWidget | None = None, *, is_whole: bool = False) -> None:
        super().__init__(parent)
        self._is_whole = is_whole
        self._known: float | None = None
        self._handed: float | None = None
        self.is_handing = False
        """While `finished` is heard."""
        self._fault = ""
        self._refused: str | None = None
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
        return bool(self._fault)

    @property
    def is_refused(self) -> bool:
        """Whether what stands here, as it stands, could not be stored and was told so."""
        return self.is_unread and self.text() == self._refused

    @property
    def typed(self) -> str:
        """What stands in the box, whatever it is."""
        return self.text()

    @property
    def is_behind(self) -> bool:
        """Whether something was typed of which nobody has heard yet, not even that it is wrong."""
        return self.is_unread and not self.is_refused

    def give_up(self) -> None:
        """What was typed goes; the box shows what is stored."""
        self.take_figure(self._known)

    def show_figure(self, value: float | None) -> bool:
        """Show what is stored; what somebody is typing just now stays. Whether another is shown."""
        if self.is_unread and (self.hasFocus() or self.is_faulty):
            self._known = value
            return False
        return self.take_figure(value)

    def take_figure(self, value: float | None) -> bool:
        """Another number is shown from now on, whoever types here."""
        self._known, self._refused = value, None
        changed = self.text() != figure_words(value)
        if changed:
            self.setText(figure_words(value))
        self._mark("")
        return changed

    def finish(self) -> None:
        """End the visit: hand over the number, if it is one and was not refused before."""
        if not self.is_unread or self.text() == self._refused:
            return
        try:
            value = read_figure(self.text(), is_whole=self._is_whole)
        except ValueError:
            self._refused = self.text()
            self._mark(self._reason())
            return
        if value == self._known:
            self.take_figure(value)
            return
        self._known, self._handed, self._refused = value, self._known, None
        self.setText(figure_words(value))
        self._mark("")
        self.is_handing = True
        try:
            self.finished.emit(value)
        finally:
            self.is_handing = False

    def refuse(self, why: str) -> None:
        """What is just being handed over cannot be stored: it stays in the box, marked."""
        self._known, self._refused = self._handed, self.text()
        self._mark(why)

    def put_back(self, refused: str, why: str) -> None:
        """What was refused before stands in the box again, to be mended."""
        self.setText(refused)
        self._refused = self.text()
        self._mark(why)

    def _look(self) -> None:
        """A fault that is mended is told at once; a new one only when somebody is done."""
        if self.text() != self._refused:
            self._refused = None
        if self.is_faulty:
            try:
                read_figure(self.text(), is_whole=self._is_whole)
            except ValueError:
                return
            self._mark("")

    def _reason(self) -> str:
        example = self.tr("เช่น ๓") if self._is_whole else self.tr("เช่น ๘๐ หรือ ๗๙.๕")
        return self.tr("ต้องเป็นตัวเลข {example} หรือเว้นว่างไว้").format(example=example)

    def _mark(self, fault: str) -> None:
        set_tone(self, "bad" if fault else "")
        self.setToolTip(fault)
        self.setAccessibleDescription(fault)
        if fault != self._fault:
            self._fault = fault
            self.faulty.emit(bool(fault))

    # Qt override
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo = event.matches(QKeySequence.StandardKey.Undo)
            redo = event.matches(QKeySequence.StandardKey.Redo)
            if (undo and not self.isUndoAvailable()) or (redo and not self.isRedoAvailable()):
                event.ignore()  # the program's own step is next
                return True
        return super().event(event)
