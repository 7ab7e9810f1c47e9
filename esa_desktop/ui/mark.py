"""A small picture beside words, drawn anew when the theme changes."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLabel, QWidget

from esa_desktop.ui.icons import STATUS, pixmap


class Mark(QLabel):
    def __init__(
        self, name: str = "", color: str = "ink2", side: int = 20, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._side = side
        self._name = name
        self._color = color
        self._draw()

    def show_icon(self, name: str, color: str) -> None:
        """``color`` is a token of the palette."""
        self._name, self._color = name, color
        self._draw()

    def show_status(self, status: str) -> None:
        self.show_icon(*STATUS[status])

    def _draw(self) -> None:
        if self._name:
            self.setPixmap(pixmap(self._name, self._color, self._side, self.devicePixelRatioF()))

    # Qt override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)
