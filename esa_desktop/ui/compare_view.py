"""Shows two texts compared, or one text whole; the keys walk from change to change."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QWidget

from esa_desktop.domain.compared import Compared
from esa_desktop.domain.richtext import RichText
from esa_desktop.ui.compared_document import fill_compared
from esa_desktop.ui.text_view import RichTextView
from esa_desktop.ui.theme import palette_of, set_role

_ABOVE: Final = 40
"""Pixels of text in sight above the change that was gone to."""


class CompareView(RichTextView):
    """Read only. What is selected is copied as plain text while a comparison is shown."""

    moved = Signal()
    """Another number of changes, or another one is in view."""

    _blocks: Sequence[Compared] | None = None  # Qt asks before we are made

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._places: list[int] = []
        self._at = -1
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.setAccessibleName(self.tr("ข้อความที่เทียบกัน"))
        self.setObjectName("compareView")
        set_role(self, "reading")

    @property
    def changes(self) -> int:
        """How many places differ."""
        return len(self._places)

    @property
    def change(self) -> int:
        """The one that was gone to last, from 1; 0 before any."""
        return self._at + 1

    def show_text(self, text: RichText) -> None:
        self._blocks = None
        self._places = []
        self._at = -1
        self.set_text(text)
        self.moved.emit()

    def show_compared(self, blocks: Sequence[Compared]) -> None:
        """Show the comparison and bring its first change into view."""
        self._blocks = blocks
        self._fill()
        self._at = -1
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.step(1)
        self.moved.emit()

    def step(self, steps: int) -> None:
        """To the next or an earlier change; it stops at the first and the last."""
        if not self._places:
            return
        self._at = max(0, min(self._at + steps, len(self._places) - 1))
        cursor = self.textCursor()
        cursor.setPosition(self._places[self._at])
        self.setTextCursor(cursor)
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.cursorRect().top() - _ABOVE)
        self.moved.emit()

    def set_zoom(self, zoom: float) -> None:
        super().set_zoom(zoom)
        if self._blocks is not None:
            self._fill()  # the lines below blocks keep their size

    def _fill(self) -> None:
        palette = palette_of(QApplication.instance())
        self._places = fill_compared(self.document(), self._blocks or (), palette, self._image_of)

    # Qt overrides

    def changeEvent(self, event: QEvent) -> None:
        """Colours are formats of the text: another theme, another document."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._blocks is not None:
            place = self.verticalScrollBar().value()
            self._fill()
            self.verticalScrollBar().setValue(place)

    def createMimeDataFromSelection(self) -> QMimeData:
        if self._blocks is None:
            return super().createMimeDataFromSelection()
        copied = QMimeData()
        copied.setText(self.textCursor().selection().toPlainText())
        return copied
