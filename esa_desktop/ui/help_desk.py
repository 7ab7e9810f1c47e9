"""F1 everywhere: opens the help on the page that fits, in the main window and in every dialog."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget

from esa_desktop.domain.errors import EsaError
from esa_desktop.ui.help_places import page_for
from esa_desktop.ui.preferences import Preferences

if TYPE_CHECKING:
    # Pages, search and pictures are read when somebody asks for help.
    from esa_desktop.ui.help_window import HelpWindow

_APART = 24
"""Pixels from the edge of the screen."""
_PLACE = "export"
"""What the folder for the manual is remembered as."""


class HelpDesk(QObject):
    """Belongs to the main window and makes the one window of help when it is first asked for.

    The window has no parent: a dialog of the main window blocks what belongs to that, and help
    is wanted while a dialog is open. A dialog that blocks everything takes it in for as long.
    """

    def __init__(
        self,
        window: QWidget,
        preferences: Preferences,
        say: Callable[[EsaError], object],
        *,
        folder: Path | None = None,
    ) -> None:
        """``say`` tells that there is no help on this computer; ``folder``: as of `HelpWindow`."""
        super().__init__(window)
        self._main = window
        self._preferences = preferences
        self._say = say
        self._folder = folder
        self._window: HelpWindow | None = None
        self._above: QWidget | None = None
        """The dialog that blocks all windows but its own, while it is open."""
        window.installEventFilter(self)
        window.destroyed.connect(self._forget)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            # A shortcut of the main window is dead while a dialog is open. Keys still arrive at
            # the window that has the focus: looking there costs nothing while none is pressed.
            app.focusWindowChanged.connect(self._listen)

    @property
    def window(self) -> "HelpWindow | None":
        """The window of help; ``None`` before anybody asked for it."""
        return self._window

    def show_for_focus(self) -> None:
        """F1: the page that fits where the focus is."""
        self.show_for(QApplication.focusWidget() or QApplication.activeWindow())

    def show_for(self, widget: QWidget | None) -> None:
        self.show_page(page_for(widget))

    def show_page(self, page_id: str = "") -> None:
        window = self._ready()
        if window is not None:
            window.show_page(page_id)

    def search(self, words: str) -> None:
        window = self._ready()
        if window is not None:
            window.search(words)

    def save_manual(self) -> None:
        """The whole manual, for paper, into a file somebody names."""
        from esa_desktop.ui.manual_saving import save_manual

        window = self._window
        parent = window if window is not None and window.isActiveWindow() else self._main
        save_manual(
            parent,
            self._preferences.folder(_PLACE),
            keep_folder=lambda folder: self._preferences.set_folder(_PLACE, folder),
        )

    # --- inside -------------------------------------------------------------------------------

    def _ready(self) -> "HelpWindow | None":
        if self._window is None:
            from esa_desktop.ui.help_window import HelpWindow

            try:
                self._window = HelpWindow(self._preferences, self._folder)
            except EsaError as error:
                self._say(error)
                return None
            self._window.manual_wished.connect(self.save_manual)
            self._put_beside(self._window)
        self._let_through()
        return self._window

    def _put_beside(self, window: "HelpWindow") -> None:
        """At the right edge of the screen the main window is on: its left side stays in view."""
        room = self._main.screen().availableGeometry()
        left = room.right() - window.width() - _APART
        top = max(room.top() + _APART, min(self._main.y(), room.bottom() - window.height()))
        window.move(QPoint(max(left, room.left()), top))

    def _let_through(self) -> None:
        """A dialog that blocks all windows does not block its own."""
        dialog = QApplication.activeModalWidget()
        modality = dialog.windowModality() if dialog is not None else None
        self._above = dialog if modality is Qt.WindowModality.ApplicationModal else None
        if self._above is not None:
            self._above.installEventFilter(self)
        self._belong_to(self._above)

    def _belong_to(self, dialog: QWidget | None) -> None:
        if self._window is None:
            return
        self._window.winId()  # there is no window of the system before it is asked for
        handle = self._window.windowHandle()
        above = dialog.windowHandle() if dialog is not None else None
        handle.setTransientParent(above)  # type: ignore[arg-type]  # None is nobody's

    def _listen(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    def _forget(self) -> None:
        # When the program ends, Qt may have taken the window of help away before the main window.
        if self._window is not None and shiboken6.isValid(self._window):
            self._window.close()
            self._window.deleteLater()
        self._window = None

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind is QEvent.Type.KeyPress and isinstance(watched, QWindow):
            if isinstance(event, QKeyEvent) and _is_plain_f1(event):
                self.show_for_focus()
                return True
        elif kind is QEvent.Type.Hide and not event.spontaneous():
            if watched is self._main and self._window is not None:
                self._window.close()
            elif watched is self._above:
                # Windows would take the help down together with the dialog it belongs to.
                self._above = None
                self._belong_to(None)
        return False


def _is_plain_f1(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_F1 and event.modifiers() == Qt.KeyboardModifier.NoModifier
