"""How somebody comes to a project: a new one, one that is there, a backup, the sample, one of the last."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from esa_desktop.domain.errors import EsaError
from esa_desktop.paths import user_folder
from esa_desktop.ui.preferences import Preferences

if TYPE_CHECKING:
    from esa_desktop.ui.welcome_pane import WelcomePane

BACKUP_SUFFIX: Final = ".esabackup"
"""Of the folders on other drives; `storage` would load SQLAlchemy before the first page is seen."""


class Beginnings(QObject):
    """The welcome page and the dialogs behind it; whoever opens projects listens to ``chosen``."""

    chosen = Signal(object)
    """The `Path` of a project to open."""
    refused = Signal(object)
    """An `EsaError`."""
    help_requested = Signal()
    tour_requested = Signal()

    def __init__(self, preferences: Preferences, window: QWidget, pages: QWidget) -> None:
        """``pages``: what the page is shown in; from another parent it would be dressed anew."""
        super().__init__(window)
        self._preferences = preferences
        self._window = window
        self._pages = pages

    @cached_property
    def page(self) -> "WelcomePane":
        """Made when it is first shown: a program that opens with a project does not wait for it."""
        from esa_desktop.ui.welcome_pane import WelcomePane

        pane = WelcomePane(self._pages)
        pane.new_requested.connect(self.new_project)
        pane.open_requested.connect(self.choose_project)
        pane.sample_requested.connect(self.open_sample)
        pane.recent_chosen.connect(self.chosen)
        pane.recent_removed.connect(self._forget)
        pane.dropped.connect(self._take)
        pane.backup_requested.connect(self.open_backup)
        pane.help_requested.connect(self.help_requested)
        pane.tour_requested.connect(self.tour_requested)
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
            self._take(Path(name))

    def _take(self, folder: Path) -> None:
        """Somebody pointed at a folder; one with backups is no project, but leads to one."""
        if folder.suffix == BACKUP_SUFFIX:
            self._show_backups(folder)
        else:
            self.chosen.emit(folder)

    def open_backup(self) -> None:
        """A backup as a project of its own: on a new computer that is all there is."""
        self._show_backups(None)

    def _show_backups(self, source: Path | None) -> None:
        from esa_desktop.ui.open_backup_dialog import OpenBackupDialog

        dialog = OpenBackupDialog(None, self._window, source=source)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.opened.connect(self.chosen)
        dialog.open()

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
