"""Looks at where the open project lies and what other copies know, and says so in the notices."""

from concurrent.futures import TimeoutError as TooSlow
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from esa_desktop.domain.errors import EsaError
from esa_desktop.services import known_copies, places
from esa_desktop.services.holding import who_holds
from esa_desktop.services.known_copies import NewerCopy
from esa_desktop.services.last_edit import LastEdit, last_edit
from esa_desktop.ui import notice_words
from esa_desktop.ui.notices import Notice, Notices
from esa_desktop.ui.project_task import ask_project
from esa_desktop.ui.worker import Task

if TYPE_CHECKING:
    from esa_desktop.services.projects import Project

EVERY_MS: Final = 5 * 60 * 1000
"""How often it is noted how far this copy has come: after a crash, that is what is known of it."""
PATIENCE: Final = 2.0
"""Seconds for the last note, when the project is let go."""


class ProjectNotices(QObject):
    """Begins by itself; `stop` while the project is still open."""

    copy_wanted = Signal()
    """The project is to be copied to this computer."""
    open_wanted = Signal(object)
    """The `Path` of another copy is to be opened instead, or of this one for writing."""
    backups_wanted = Signal()
    last_edit_found = Signal(object)
    """A `LastEdit`, for the status bar; not for a project that nobody edited."""

    def __init__(
        self, project: "Project", user_folder: Path, notices: Notices, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._project = project
        self._user_folder = user_folder
        self._notices = notices
        self._again = QTimer(self)
        self._again.setInterval(EVERY_MS)
        self._again.timeout.connect(self._note)
        self._again.start()
        self._tell_place()
        ask_project(partial(_look, user_folder, project), self._tell_found, self)

    def stop(self) -> None:
        """Note a last time how far this copy has come. Not where the disk refuses: nobody waits twice."""
        self._again.stop()
        for task in self.findChildren(Task):
            task.cancel()
        self._notices.clear()
        if self._project.unsaved == 0:
            with suppress(EsaError, TooSlow):
                known_copies.note(self._user_folder, self._project, patience=PATIENCE)

    # --- inside -------------------------------------------------------------------------------

    def _tell_place(self) -> None:
        if self._project.read_only:
            self._notices.tell(self._only_read())
            return
        folder = self._project.folder
        risk = places.place_risk(folder)
        if risk is not None and not places.is_accepted(self._user_folder, folder, risk):
            stay = partial(places.accept, self._user_folder, folder, risk)
            self._notices.tell(notice_words.risky_place(risk, self.copy_wanted.emit, stay=stay))

    def _only_read(self) -> Notice:
        folder, copy_here = self._project.folder, self.copy_wanted.emit
        holder = who_holds(folder)
        if not holder:
            return notice_words.only_read(copy_here)
        open_again = partial(self.open_wanted.emit, folder)
        return notice_words.only_read_while_held(holder, copy_here=copy_here, open_again=open_again)

    def _tell_found(self, found: tuple[NewerCopy | None, LastEdit | None]) -> None:
        newer, last = found
        if last is not None:
            self.last_edit_found.emit(last)
        if newer is not None:
            self._notices.tell(
                notice_words.newer_copy(
                    newer,
                    self._project.folder,
                    open_it=partial(self.open_wanted.emit, newer.folder),
                    show_backups=self.backups_wanted.emit,
                    forget=partial(known_copies.forget, self._user_folder, self._project, newer),
                )
            )

    def _note(self) -> None:
        note = partial(known_copies.note, self._user_folder, self._project)
        ask_project(note, lambda _: None, self)


def _look(user_folder: Path, project: "Project") -> tuple[NewerCopy | None, LastEdit | None]:
    """On a worker's thread: it must not hold on to anything of the window's."""
    newer = known_copies.newer_copy(user_folder, project)
    known_copies.note(user_folder, project)
    return newer, last_edit(project)
