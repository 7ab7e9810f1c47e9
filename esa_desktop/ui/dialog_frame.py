"""The frame every dialog shares: a heading, a body, and buttons at the right that are verbs."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from esa_desktop.ui.theme import set_role

NARROW: Final = 480
WIDE: Final = 640
SIDE: Final = 24


class DialogFrame(QDialog):
    """Esc leaves everything as it is. Opened with ``open()``: nothing waits for it."""

    def __init__(self, title: str, parent: QWidget | None = None, *, width: int = NARROW) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._width = width
        self.heading = wrapping_label(title, "title")
        self._page = QWidget(self)
        self.body = QVBoxLayout(self._page)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(4)
        # On a small screen, or at 200 %, the body is scrolled and the buttons stay in reach.
        self._scroll = QScrollArea(self)
        self._scroll.setWidget(self._page)
        self._page.setAutoFillBackground(False)  # which setWidget sets
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(12)
        self._buttons.addStretch(1)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, 16, SIDE, 20)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addWidget(self._scroll, 1)
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
        """Take the height the words need now, as far as the screen has it: something changed."""
        width = min(max(self._width, self._least_width()), self._room().width())
        inside = width - 2 * SIDE
        self.body.invalidate()
        body = self.body.totalHeightForWidth(inside) if self.body.hasHeightForWidth() else 0
        body = max(body, self.body.totalMinimumSize().height())
        around = self.heading.heightForWidth(inside) + self._buttons.totalSizeHint().height() + 72
        shown = max(80, min(body, self._room().height() - around))
        self._scroll.setMinimumHeight(min(shown, body))
        self._column.activate()
        self.setMinimumWidth(width)
        self.resize(width, around + min(shown, body))

    def _least_width(self) -> int:
        return self.body.totalMinimumSize().width() + 2 * SIDE

    def _room(self) -> QSize:
        """What the screen has for a dialog, with some air around it."""
        return self.screen().availableGeometry().size() - QSize(16, 48)

    # Qt overrides

    def showEvent(self, event: QShowEvent) -> None:
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
