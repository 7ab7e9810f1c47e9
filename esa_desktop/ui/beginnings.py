"""How somebody comes to a project: a new one, one that is there, the sample, one of the last."""

from functools import cached_property
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from esa_desktop.domain.errors import EsaError
from esa_desktop.paths import user_folder
from esa_desktop.ui.preferences import Preferences
from esa_desktop.ui.welcome_pane import WelcomePane


class Beginnings(QObject):
    """The welcome page and the dialogs behind it; whoever opens projects listens to ``chosen``."""

    chosen = Signal(object)
    """The `Path` of a project to open."""
    refused = Signal(object)
    """An `EsaError`."""

    def __init__(self, preferences: Preferences, window: QWidget) -> None:
        super().__init__(window)
        self._preferences = preferences
        self._window = window

    @cached_property
    def page(self) -> WelcomePane:
        """Made when it is first shown: a program that opens with a project does not wait for it."""
        pane = WelcomePane(self._window)
        pane.new_requested.connect(self.new_project)
        pane.open_requested.connect(self.choose_project)
        pane.sample_requested.connect(self.open_sample)
        pane.recent_chosen.connect(self.chosen)
        pane.recent_removed.connect(self._forget)
        return pane

    def refresh(self) -> None:
        """Show the projects that were open last, as they are now."""
        self.page.show_recent(self._preferences.recent)

    def new_project(self) -> None:
        from esa_desktop.ui.new_project_dialog import NewProjectDialog

        dialog = NewProjectDialog(self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.created.connect(self.chosen)
        dialog.open()

    def choose_project(self) -> None:
        """A project is a folder, so a folder is asked for."""
        name = QFileDialog.getExistingDirectory(
            self._window,
            self.tr("เลือกโฟลเดอร์งานประเมิน (.esaproj)"),
            str(self._preferences.last_folder),
        )
        if name:
            self._preferences.last_folder = Path(name).parent
            self.chosen.emit(Path(name))

    def open_sample(self) -> None:
        """The sample in the user's own folder; what was tried in it stays."""
        from esa_desktop.services.identity import who_am_i
        from esa_desktop.services.sample import sample_for_trying

        try:
            folder = sample_for_trying(user_folder(), who_am_i(user_folder()))
        except EsaError as error:
            self.refused.emit(error)
        else:
            self.chosen.emit(folder)

    def _forget(self, folder: Path) -> None:
        self._preferences.forget(folder)
        self.refresh()
