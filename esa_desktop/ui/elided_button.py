"""A button whose words may be cut with an ellipsis instead of keeping the pane wide."""

from math import ceil

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from esa_desktop.ui import painting


class ElidedButton(QPushButton):
    """All of its words are in its accessible name, and in the tooltip where they are cut."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_words(self, words: str) -> None:
        self._words = words
        self.setAccessibleName(words)
        self._fit()
        self.updateGeometry()

    @property
    def words(self) -> str:
        return self._words

    def _fit(self) -> None:
        self.ensurePolished()
        room = max(self.width() - self._margins(), 20)
        shown = painting.elided(self._words, self.font(), room)
        self.setText(shown)
        self.setToolTip("" if shown == self._words else self._words)

    def _margins(self) -> int:
        """Pixels of padding and border on both sides together, as the style sheet has them."""
        shown = painting.text_width(self.text(), self.font())
        return super().sizeHint().width() - int(shown)

    # Qt's names from here on.
    def sizeHint(self) -> QSize:
        self.ensurePolished()
        width = ceil(painting.text_width(self._words, self.font())) + self._margins()
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(min(64, self.sizeHint().width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
