"""The words of a file without their looks, to be read and copied."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from esa_desktop.ui.theme import BODY, interface_font, set_role


class WordsView(QWidget):
    """Plain text only: what a stranger's file says is never taken for markup."""

    zoom_wished = Signal(int)
    """-1 or 1: smaller, larger."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setUndoRedoEnabled(False)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("ข้อความในไฟล์"))
        self.text.viewport().installEventFilter(self)
        note = QLabel(self.tr("แสดงเฉพาะข้อความ ไม่มีรูปแบบและภาพ"), self)
        note.setWordWrap(True)
        set_role(note, "second")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 8, 8)
        column.addWidget(note)
        column.addWidget(self.text, 1)

    def show_words(self, words: str) -> None:
        self.text.setPlainText(words)

    def set_zoom(self, zoom: float) -> None:
        self.text.document().setDefaultFont(interface_font(BODY * zoom))

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Ctrl and the wheel for ourselves: Qt's own zoom would forget what it was."""
        if isinstance(event, QWheelEvent) and (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            if event.angleDelta().y():
                self.zoom_wished.emit(1 if event.angleDelta().y() > 0 else -1)
            return True
        return super().eventFilter(watched, event)
