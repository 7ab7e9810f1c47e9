"""A line of words that gives up room: cut with an ellipsis, and whole in its tooltip."""

from math import ceil

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from esa_desktop.ui import painting

LEAST: int = 48
"""Pixels; in less there is nothing to read."""


class ElidedLabel(QLabel):
    """All of its words are in its accessible name, and in the tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ""
        self._explanation = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def words(self) -> str:
        return self._words

    def set_words(self, words: str) -> None:
        self._words = words
        self._explanation = ""
        self.setAccessibleName(words)
        self._fit()
        self.updateGeometry()

    def set_explanation(self, words: str) -> None:
        """More than the line says, for the tooltip; until the next words."""
        self._explanation = words
        self.setAccessibleName(words)
        self._fit()

    def _fit(self) -> None:
        self.ensurePolished()
        shown = painting.elided(self._words, self.font(), max(self.width() - 2, 0))
        self.setText(shown)
        self.setToolTip(self._explanation or ("" if shown == self._words else self._words))

    # Qt's names from here on.
    def sizeHint(self) -> QSize:
        self.ensurePolished()
        around = self.contentsMargins().left() + self.contentsMargins().right()
        width = ceil(painting.text_width(self._words, self.font())) + around + 4
        return QSize(width if self._words else 0, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(min(LEAST, self.sizeHint().width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
