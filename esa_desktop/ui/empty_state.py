"""What a pane shows when it has nothing: an icon, what is so, what to do, at most one main way on."""

import re
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from esa_desktop.ui.icons import pixmap
from esa_desktop.ui.theme import set_look, set_role

LEAST_WIDTH: Final = 120
"""Pixels of the words."""
_UNBROKEN: Final = re.compile(r"[!-~]{28,}")
_AFTER: Final = re.compile(r"(?<=[/_.?&=-])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9]{16})(?=[A-Za-z0-9])")


class EmptyState(QFrame):
    """``button`` is hidden where its text is empty; connect to its ``clicked``."""

    def __init__(self, icon_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon_name = icon_name
        self._icon = QLabel(self)
        self._heading = self._label("heading")
        self._advice = self._label("quiet")
        self.button = QPushButton(self)
        self.button.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 16, 16, 16)
        self._column.setSpacing(8)
        self._column.addStretch(2)
        self._column.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addWidget(self._heading)
        self._column.addWidget(self._advice)
        self._column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(3)
        self._draw_icon()

    def say(self, heading: str, advice: str, button: str = "", icon_name: str = "") -> None:
        self._heading.setText(heading)
        self._advice.setText(_breakable(advice))
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self._icon_name = icon_name or self._icon_name
        self._draw_icon()

    def add(self, widget: QWidget) -> None:
        """One more way on, below the button."""
        place = self._column.count() - 1
        self._column.insertWidget(place, widget, 0, Qt.AlignmentFlag.AlignHCenter)

    def show_drop(self, is_over: bool) -> None:
        """Whether files are held over it that it would take."""
        set_role(self, "drop" if is_over else "")
        set_look(self, "chosen", is_over)

    def _label(self, role: str) -> QLabel:
        label = QLabel(self)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setMinimumWidth(LEAST_WIDTH)  # else the longest word in it would widen the pane
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(label, role)
        return label

    def _draw_icon(self) -> None:
        self._icon.setPixmap(pixmap(self._icon_name, "ink2", 48, self.devicePixelRatioF()))

    # Qt's names from here on.
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_icon()
        super().changeEvent(event)


def _breakable(words: str) -> str:
    """Addresses and names of files may break behind their signs, or anywhere if they have none."""
    return _UNBROKEN.sub(lambda found: _AFTER.sub("\u200b", found.group()), words)
