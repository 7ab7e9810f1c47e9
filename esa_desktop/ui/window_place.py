"""Where the window stands when it is first seen: inside the screen, whatever was remembered of another one."""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QWidget

TITLE: Final = 40
"""Pixels for the title bar, which has no height before it is seen."""


def keep_on_screen(window: QWidget) -> None:
    """Call before the window is shown. One that is larger than the screen starts maximised; made
    smaller again by its button it fits.
    """
    available = window.screen().availableGeometry()
    if window.isMaximized() or window.isFullScreen():
        return  # Qt keeps what it had before inside the screen
    wanted = window.geometry()
    fitting = fitting_place(wanted, available)
    if fitting != wanted:
        window.setGeometry(fitting)
    if fitting.size() != wanted.size():
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)


def fitting_place(wanted: QRect, available: QRect) -> QRect:
    """``wanted`` (without its title bar) made smaller and moved as little as possible."""
    room = available.adjusted(0, TITLE, 0, 0)
    size = wanted.size().boundedTo(QSize(room.width(), room.height()))
    left = min(max(wanted.left(), room.left()), room.right() + 1 - size.width())
    top = min(max(wanted.top(), room.top()), room.bottom() + 1 - size.height())
    return QRect(left, top, size.width(), size.height())
