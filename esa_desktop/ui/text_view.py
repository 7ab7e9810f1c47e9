"""Shows a text of the model in the editors' letter, with zoom; select and copy by Thai words."""

from typing import Final

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QMouseEvent, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QTextEdit, QWidget

from esa_desktop.domain.richtext import EMPTY, RichText, map_text
from esa_desktop.domain.thai import clean_text
from esa_desktop.ui import word_steps
from esa_desktop.ui.paste import mime_from
from esa_desktop.ui.rich_document import ImageOf, fill_document, read_document
from esa_desktop.ui.rich_formats import fit_indents
from esa_desktop.ui.rich_insert import read_selection
from esa_desktop.ui.theme import editor_font

LEAST_ZOOM: Final = 0.8
MOST_ZOOM: Final = 2.0


class RichTextView(QTextEdit):
    """What `RichTextEdit` has in common with a text that is only read (``setReadOnly``)."""

    zoom_requested = Signal(int)
    """Ctrl and the wheel: steps, positive = larger."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image_of: ImageOf | None = None
        self._zoom = 1.0
        self._quiet = 0
        self.setFont(editor_font())
        fill_document(self.document(), EMPTY)

    def text(self) -> RichText:
        """What is shown, cleaned; an empty editor is `EMPTY`."""
        return map_text(read_document(self.document()), clean_text)

    def set_text(self, text: RichText) -> None:
        """Show another text, cursor at its start, nothing to undo; does not count as edited."""
        self._quiet += 1
        fill_document(self.document(), text, self._image_of)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._quiet -= 1

    def set_image_source(self, image_of: ImageOf) -> None:
        """Where the pictures of texts shown from now on come from."""
        self._image_of = image_of

    @property
    def zoom(self) -> float:
        return self._zoom

    def set_zoom(self, zoom: float) -> None:
        """0.8 to 2; 1 is 18 pt. Neither an edit nor a step to undo."""
        self._zoom = min(max(zoom, LEAST_ZOOM), MOST_ZOOM)
        self._quiet += 1
        self.setFont(editor_font(self._zoom))
        cursor = QTextCursor(self.document())
        if self.document().isUndoAvailable():
            # Indents are formats, and Qt undoes formats: they go with the last thing typed.
            cursor.joinPreviousEditBlock()
            fit_indents(self.document())
            cursor.endEditBlock()
        else:
            fit_indents(self.document())
            self.document().clearUndoRedoStacks()
        self._quiet -= 1

    # Qt overrides

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            word = word_steps.word_around(self.cursorForPosition(event.position().toPoint()))
            if word.hasSelection():
                self.setTextCursor(word)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            steps = round(event.angleDelta().y() / 120)
            if steps:
                self.zoom_requested.emit(steps)
            event.accept()
        else:
            super().wheelEvent(event)

    def createMimeDataFromSelection(self) -> QMimeData:
        return mime_from(map_text(read_selection(self.textCursor()), clean_text))
