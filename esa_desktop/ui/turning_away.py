"""Hands over what is typed when somebody turns to another window, and cuts a revision now and then."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from esa_desktop.ui.workspace import Workspace

CHECKPOINT_MS: Final = 5 * 60 * 1000
"""How often a revision is cut from a text that somebody stays in."""


class TurningAway(QObject):
    def __init__(
        self, app: QGuiApplication, workspace: "Callable[[], Workspace | None]", parent: QObject
    ) -> None:
        """``workspace``: what is open at the moment."""
        super().__init__(parent)
        self._workspace = workspace
        app.applicationStateChanged.connect(self._follow_activity)
        self._checkpoint = QTimer(self)
        self._checkpoint.setInterval(CHECKPOINT_MS)
        self._checkpoint.timeout.connect(self._cut_revisions)
        self._checkpoint.start()

    def _cut_revisions(self) -> None:
        workspace = self._workspace()
        if workspace is not None:
            workspace.project.editor.checkpoint()

    def _follow_activity(self, state: Qt.ApplicationState) -> None:
        """Another window, the lid, the power button: what is typed goes to the disk now."""
        workspace = self._workspace()
        if workspace is None:
            return
        if state is Qt.ApplicationState.ApplicationActive:
            workspace.look_for_files()
        else:
            workspace.save_drafts()
