"""Wires what keeps the open project safe: backups and mirror, history, health, what other copies know."""

from collections.abc import Callable
from concurrent.futures import TimeoutError as TooSlow
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer
from PySide6.QtWidgets import QDialog

from esa_desktop.domain.edits import SetField
from esa_desktop.domain.errors import EsaError, NoRoom
from esa_desktop.domain.fields import Field
from esa_desktop.paths import documents_folder, user_folder
from esa_desktop.ui.banner import Banner, BannerButton
from esa_desktop.ui.project_task import ask_project
from esa_desktop.ui.worker import Task
from esa_desktop.ui.workspace import Workspace

if TYPE_CHECKING:
    from esa_desktop.services.backing_up import Backup
    from esa_desktop.services.changes import Change
    from esa_desktop.services.last_seen import NotCompared
    from esa_desktop.services.projects import Project
    from esa_desktop.ui.guardian import Guardian
    from esa_desktop.ui.main_window import MainWindow
    from esa_desktop.ui.project_notices import ProjectNotices

AFTER_PAINT_MS: Final = 400
"""The window is painted before anything of this is begun."""


def wire_safety(window: "MainWindow", workspace: Workspace) -> None:
    """For the life of the workspace, like `project_wiring.wire_project`."""
    _Safety(window, workspace)


class _Safety(QObject):
    def __init__(self, window: "MainWindow", workspace: Workspace) -> None:
        super().__init__(workspace)
        self._window = window
        self._workspace = workspace
        self._project = workspace.project
        self._guardian: Guardian | None = None
        self._notices: ProjectNotices | None = None
        commands: dict[str, Callable[[], object]] = {
            "actionHistory": self._show_history,
            "actionChanges": self._ask_for_changes,
            "actionBackup": self._show_backups,
            "actionRestore": self._choose_backup,
            "actionHealth": self._show_health,
            "actionCopy": partial(self._copy, None),
        }
        window.commands.update(commands)
        window.status_line.set_read_only(self._project.read_only)
        self._begin = QTimer(self)
        self._begin.setSingleShot(True)
        self._begin.timeout.connect(self._watch)
        self._begin.start(AFTER_PAINT_MS)
        workspace.releasing.connect(self._let_go)

    # --- while the project is open ------------------------------------------------------------

    def _watch(self) -> None:
        from esa_desktop.ui.guardian import Guardian
        from esa_desktop.ui.project_notices import ProjectNotices

        window = self._window
        self._guardian = Guardian(self._project, user_folder(), self)
        self._guardian.said.connect(self._say)
        self._guardian.reminded.connect(self._remind)
        self._guardian.ailing.connect(self._tell_ailing)
        self._notices = ProjectNotices(self._project, user_folder(), window.notices, self)
        self._notices.copy_wanted.connect(lambda: self._copy(documents_folder()))
        self._notices.open_wanted.connect(self._open_instead)
        self._notices.backups_wanted.connect(self._show_backups)
        self._notices.last_edit_found.connect(window.status_line.show_last_edit)
        if self._project.rescued:
            from esa_desktop.ui import notice_words

            window.notices.tell(notice_words.rescued(self._project.rescued))
        ask_project(partial(_unseen, self._project), self._tell_changes, self)

    def _let_go(self) -> None:
        """While the project is still open: the last mirror, and how far this person has seen it."""
        from esa_desktop.services.last_seen import remember_seen, seen_now

        self._begin.stop()
        for task in self.findChildren(Task):
            if not task.must_finish:
                task.cancel()
        is_saved = self._project.unsaved == 0
        if self._guardian is not None:
            if is_saved:
                self._guardian.stop()
            else:
                self._guardian.stop(0)
        if self._notices is not None:
            self._notices.stop()
        if is_saved:
            with suppress(EsaError, TooSlow):
                seen = seen_now(self._project)
                if seen is not None:
                    project = self._project
                    remember_seen(user_folder(), project.project_id, project.folder, seen)

    def _say(self, error: EsaError) -> None:
        """That there is no room for a backup is no reason for alarm: saving goes on."""
        if isinstance(error, NoRoom):
            banner = self._window.banner
            banner.say("warn", error.sentence, "", [_close(banner)])
        else:
            self._window.say(error)

    def _tell_ailing(self) -> None:
        from esa_desktop.ui import notice_words

        self._window.notices.tell(notice_words.ailing(self._show_health))

    def _remind(self, words: str) -> None:
        from esa_desktop.ui import notice_words

        self._window.notices.tell(notice_words.reminder(words, self._show_backups))

    # --- what changed since this person had it open -------------------------------------------

    def _tell_changes(self, changes: "tuple[Change, ...] | NotCompared") -> None:
        """Own work is no news, and that nobody can compare is said only to who asks."""
        if not isinstance(changes, tuple):
            return
        others = [change for change in changes if not change.is_own]
        if others:
            authors = tuple(dict.fromkeys(name for change in others for name in change.authors))
            show = partial(self._show_changes, changes)
            from esa_desktop.ui import notice_words

            self._window.notices.tell(notice_words.changes(len(others), authors, show))

    def _ask_for_changes(self) -> None:
        self._workspace.leave()
        asked = ask_project(partial(_unseen, self._project), self._show_changes, self)
        asked.failed.connect(self._window.say)

    def _show_changes(self, changes: "tuple[Change, ...] | NotCompared") -> None:
        from esa_desktop.ui.changes_dialog import ChangesDialog

        dialog = ChangesDialog(self._project, changes, self._window)
        dialog.go_to.connect(self._go_to_field)
        _open(dialog)

    def _go_to_field(self, field: Field) -> None:
        self._workspace.show_step(SetField(field, "", ()))

    # --- dialogs ------------------------------------------------------------------------------

    def _show_history(self) -> None:
        from esa_desktop.ui.history_dialog import HistoryDialog

        field = self._workspace.field_in_view()
        self._workspace.leave()
        dialog = HistoryDialog(self._project, field, self._workspace.push, self._window)
        dialog.taken_back.connect(self._tell_done)
        _open(dialog)

    def _tell_done(self, words: str) -> None:
        banner = self._window.banner
        banner.say("info", words, "", [_close(banner)])

    def _show_backups(self) -> None:
        self._open_backups(to_restore=False)

    def _choose_backup(self) -> None:
        self._open_backups(to_restore=True)

    def _open_backups(self, *, to_restore: bool) -> None:
        from esa_desktop.ui.backups_dialog import BackupsDialog

        self._workspace.leave()
        dialog = BackupsDialog(self._project, self._window, to_restore=to_restore)
        dialog.restore_requested.connect(self._restore)
        dialog.opened.connect(self._open_instead)
        _open(dialog)

    def _restore(self, backup: "Backup") -> None:
        from esa_desktop.ui.restore_dialog import RestoreDialog

        dialog = RestoreDialog(self._project, backup, self._workspace.push, self._window)
        dialog.opened.connect(self._open_instead)
        dialog.back_requested.connect(self._choose_backup)
        _open(dialog)

    def _show_health(self) -> None:
        from esa_desktop.ui.health_dialog import HealthDialog

        self._workspace.leave()
        dialog = HealthDialog(self._project, self._window)
        dialog.backups_requested.connect(self._show_backups)
        dialog.recovery_requested.connect(self._recover)
        _open(dialog)

    def _recover(self) -> None:
        _later(partial(self._window.show_recovery, self._project.folder), self._window)

    def _copy(self, documents: Path | None) -> None:
        from esa_desktop.ui.copy_dialog import CopyDialog

        self._workspace.leave()
        dialog = CopyDialog(self._project, documents, self._window)
        dialog.copied.connect(self._open_instead)
        _open(dialog)

    def _open_instead(self, folder: Path) -> None:
        """From the event loop: what asks for it belongs to the project that is let go."""
        _later(partial(self._window.open_folder, folder), self._window)


def _unseen(project: "Project") -> "tuple[Change, ...] | NotCompared":
    """On a worker's thread: it must not hold on to anything of the window's."""
    from esa_desktop.services.last_seen import last_seen, unseen_changes

    seen = last_seen(user_folder(), project.project_id, project.folder)
    return unseen_changes(project, seen)


def _close(banner: Banner) -> BannerButton:
    return BannerButton(QCoreApplication.translate("safety", "ปิดข้อความ"), banner.dismiss)


def _open(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def _later(act: Callable[[], object], owner: QObject) -> None:
    QTimer.singleShot(0, owner, act)
