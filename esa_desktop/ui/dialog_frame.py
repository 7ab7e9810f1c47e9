"""The frame every dialog shares: a heading, a body, and buttons at the right that are verbs."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from esa_desktop.ui.theme import set_role

NARROW: Final = 480
WIDE: Final = 640


class DialogFrame(QDialog):
    """Esc leaves everything as it is. Opened with ``open()``: nothing waits for it."""

    def __init__(self, title: str, parent: QWidget | None = None, *, width: int = NARROW) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(width)
        self._width = width
        self.heading = wrapping_label(title, "title")
        self.body = QVBoxLayout()
        self.body.setSpacing(4)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(12)
        self._buttons.addStretch(1)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 20)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addLayout(self.body)
        column.addSpacing(12)
        column.addLayout(self._buttons)

    def add_button(self, words: str, role: str = "") -> QPushButton:
        """The next button from left to right; ``main`` is the one that Enter presses."""
        button = QPushButton(words, self)
        button.setAccessibleName(words)
        button.setAutoDefault(False)
        if role:
            set_role(button, role)
        if role == "main":
            button.setDefault(True)
        self._buttons.addWidget(button)
        return button

    def fit(self) -> None:
        """Take the height the words need now; a wrapped label changed."""
        self._column.activate()
        height = self._column.totalHeightForWidth(self.width())
        self.resize(self.width(), height if height > 0 else self.sizeHint().height())

    # Qt overrides

    def showEvent(self, event: QShowEvent) -> None:
        self.resize(self._width, self.height())
        self.fit()
        super().showEvent(event)


def wrapping_label(text: str, role: str = "") -> QLabel:
    """A label whose words are never taken for HTML and may take several lines."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setIndent(0)  # else Qt adds half a letter, and lines of two sizes do not align
    if role:
        set_role(label, role)
    return label
