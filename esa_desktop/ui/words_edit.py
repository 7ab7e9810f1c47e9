"""A box for a name or a sentence: it grows with its words, and hands them over when somebody is done."""

from math import ceil
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QTextOption,
)
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from esa_desktop.domain.thai import clean_text
from esa_desktop.ui.theme import set_tone

_AROUND: Final = 9
"""Pixels above and below the lines: border, padding and the document's own margin."""
MOST_LINES: Final = 6
"""Beyond that the box scrolls."""


class WordsEdit(QPlainTextEdit):
    """Nothing is handed over while somebody types; what is typed outlives whatever is shown meanwhile."""

    finished = Signal(str)
    """The visit is over and its words differ from those that were shown."""
    entered = Signal()
    """Enter was pressed where a line break has no place; `finished` came before."""
    escaped = Signal()
    """Esc was pressed and there was nothing to take back."""
    pasted = Signal(list)
    """Several lines were pasted where one has room; only with `takes_lists`."""
    grown = Signal()
    """The words need another height."""
    faulty = Signal(bool)
    """Whether what stands in the box could not be stored; also when there is another reason."""

    def __init__(
        self, name: str, parent: QWidget | None = None, *, lines: int = 1, is_one_line: bool = True
    ) -> None:
        """``name`` is for assistive tools; ``lines`` the least height."""
        super().__init__(parent)
        self.takes_lists = False
        self._least = lines
        self._is_one_line = is_one_line
        self._known = ""
        self._handed = ""
        self.is_handing = False
        """While `finished` is heard."""
        self._refused: str | None = None
        self._is_growing = False
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(1)
        self.textChanged.connect(self._grow)
        self._grow()

    @property
    def words(self) -> str:
        """What stands in the box, clean; on one line unless lines are meant."""
        text = clean_text(self.toPlainText())
        if self._is_one_line:
            return " ".join(text.split("\n")).strip()
        return "\n".join(line.strip() for line in text.split("\n")).strip("\n")

    @property
    def is_unread(self) -> bool:
        """Whether something was typed that was not handed over yet."""
        return self.words != self._known and not self.isReadOnly()

    def show_words(self, words: str) -> bool:
        """Show what is stored; what somebody is typing just now stays. Whether other words are shown."""
        if self.is_unread and (self.hasFocus() or self.is_refused):
            self._known = words
            return False
        self._forgive(words)
        if self.words == words and self.toPlainText().strip() == words:
            return False
        self.setPlainText(words)
        return True

    def take_words(self, words: str) -> None:
        """Other words are shown from now on, whoever types here: another node."""
        self._forgive(words)
        if self.toPlainText() != words:
            self.setPlainText(words)

    def finish(self) -> None:
        """End the visit: hand over what was typed; what was refused is not offered a second time."""
        if self.hasFocus():
            QGuiApplication.inputMethod().commit()
        if not self.is_unread or self.words == self._refused:
            return
        words, self._handed = self.words, self._known
        self._forgive(words)
        self.is_handing = True
        try:
            self.finished.emit(words)
        finally:
            self.is_handing = False
        if not self.is_refused:  # the visit is a step of the program's now
            self.document().clearUndoRedoStacks()

    @property
    def is_refused(self) -> bool:
        """Whether what stands here could not be stored."""
        return self._refused is not None

    @property
    def typed(self) -> str:
        """What stands in the box, as it was typed."""
        return self.toPlainText()

    @property
    def is_behind(self) -> bool:
        """Whether something was typed of which nobody has heard yet, not even that it is wrong."""
        return self.is_unread and self.words != self._refused

    def give_up(self) -> None:
        """What was typed goes; the box shows what is stored."""
        self.take_words(self._known)

    def refuse(self, why: str) -> None:
        """What is just being handed over cannot be stored: it stays in the box, marked."""
        self._known, self._refused = self._handed, self.words
        self._mark(why)

    def put_back(self, refused: str, why: str) -> None:
        """Words that were refused before stand in the box again, to be mended."""
        self.setPlainText(refused)
        self._refused = self.words
        self._mark(why)

    def _forgive(self, words: str) -> None:
        self._known, self._refused = words, None
        self._mark("")

    def _mark(self, why: str) -> None:
        changed = why != self.toolTip()
        set_tone(self, "bad" if why else "")
        self.setToolTip(why)
        self.setAccessibleDescription(why)
        if changed:
            self.faulty.emit(bool(why))

    def _lines(self) -> int:
        return round(self.document().size().height())

    def _wanted(self) -> int:
        lines = max(self._least, min(self._lines(), MOST_LINES))
        return ceil(lines * QFontMetricsF(self.font()).lineSpacing()) + _AROUND

    def _grow(self) -> None:
        """Lines that its own scroll bar makes or unmakes count no more: bar and height would never agree."""
        wanted = self._wanted()
        if self._is_growing or self.minimumHeight() == wanted == self.maximumHeight():
            return
        self._is_growing = True
        try:
            policy = Qt.ScrollBarPolicy
            self.setVerticalScrollBarPolicy(
                policy.ScrollBarAsNeeded
                if self._lines() > MOST_LINES
                else policy.ScrollBarAlwaysOff
            )
            self.setFixedHeight(wanted)
        finally:
            self._is_growing = False
        self.updateGeometry()
        self.grown.emit()

    # Qt's names from here on.
    def sizeHint(self) -> QSize:
        return QSize(240, self._wanted())

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self._wanted())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._grow()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._grow()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo = event.matches(QKeySequence.StandardKey.Undo)
            redo = event.matches(QKeySequence.StandardKey.Redo)
            document = self.document()
            if (undo and not document.isUndoAvailable()) or (
                redo and not document.isRedoAvailable()
            ):
                event.ignore()  # the program's own step is next
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._is_one_line:
            self._refused = None  # whoever presses it wants to hear why once more
            self.finish()
            self.entered.emit()
            return
        if event.key() == Qt.Key.Key_Escape:
            if self.is_unread:
                self.take_words(self._known)
                self.selectAll()
            else:
                self.escaped.emit()
            return
        super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Words alone; where lines have no place they are joined, or handed over as a list."""
        text = clean_text(source.text())
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        if self.isReadOnly() or not lines:
            return
        if self.takes_lists and len(lines) > 1 and not self.words:
            self.pasted.emit(lines)
            return
        self.textCursor().insertText((" " if self._is_one_line else "\n").join(lines))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.finish()
            cursor = self.textCursor()
            cursor.clearSelection()
            self.setTextCursor(cursor)
