"""The window: bar, pages and status line, and the wires from actions to what is open. No decisions."""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from esa_desktop.domain.errors import (
    DamagedProject,
    EsaError,
    ReadOnlyProject,
    WriteForbidden,
)
from esa_desktop.paths import user_folder
from esa_desktop.ui.actions import WITHOUT_PROJECT, make_actions
from esa_desktop.ui.banner import Banner
from esa_desktop.ui.beginnings import Beginnings
from esa_desktop.ui.help_menu import HelpMenu
from esa_desktop.ui.later_start import is_same_folder
from esa_desktop.ui.leaving import offer_to_leave, still_attaching, still_refused
from esa_desktop.ui.notices import ONLY_READ, Notices
from esa_desktop.ui.pages import Pages
from esa_desktop.ui.preferences import Preferences
from esa_desktop.ui.project_identity import remember_project, window_title
from esa_desktop.ui.saving import SavingState
from esa_desktop.ui.status_line import StatusLine
from esa_desktop.ui.top_bar import TopBar
from esa_desktop.ui.turning_away import TurningAway
from esa_desktop.ui.ways_in import WaysIn

if TYPE_CHECKING:
    from esa_desktop.domain.framework import Framework

    # What a project needs (storage, SQLAlchemy) is imported when one is opened: the welcome
    # page is painted before.
    from esa_desktop.services.projects import Project
    from esa_desktop.ui.jump_popup import JumpPopup
    from esa_desktop.ui.workspace import Workspace

PATIENCE = 10.0
"""Seconds a disk has to take what is left before the window says that it does not."""


class MainWindow(QMainWindow):
    """Shows the welcome page or one project. `app.py` gives it what it needs to open one."""

    def __init__(
        self,
        app: QGuiApplication,
        preferences: Preferences,
        saving: SavingState,
        *,
        open_project: "Callable[..., Project]",
        wear: Callable[[bool], object],
    ) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle(self.tr("โปรแกรมประเมินมาตรฐานสำนักงานเขตพื้นที่การศึกษา"))
        self.setMinimumSize(640, 400)
        self._app = app
        self.preferences = preferences
        self.saving = saving
        self._open_project = open_project
        self._wear = wear
        self.workspace: Workspace | None = None
        self._insisted = False
        self._closing = False
        """Whether leaving the project is to end the program."""
        self.actions_by_name = make_actions(self)
        self.commands: dict[str, Callable[[], object]] = {}
        """What an action does to the project that is open."""
        self.top_bar = TopBar(self.actions_by_name, self)
        self.setMenuWidget(self.top_bar)
        self.status_line = StatusLine(self)
        self.setStatusBar(self.status_line)
        self._arrange()
        self._connect()
        if not preferences.restore_geometry(self):
            self.resize(1366, 698)
        self.top_bar.show_tools(False)
        self._enable(False)

    # --- projects -----------------------------------------------------------------------------

    def open_folder(
        self, folder: Path, *, take_over: bool = False, read_only: bool = False
    ) -> bool:
        """Show the project in this folder instead of what is open; ``False`` when it cannot be.

        What is open stays as it is until the other one is open, too: place, cursor, steps to undo.
        """
        before = self.workspace.project if self.workspace is not None else None
        again = before is not None and is_same_folder(folder, before.folder)
        self._closing = False
        if not (self._let_go() if again else self._may_let_go()):
            return False
        try:
            project = self._open_project(folder, take_over=take_over, read_only=read_only)
            try:
                self._release_open()
            except BaseException:
                project.close(0)  # else nobody could open it again
                raise
            self._show_project(project)
        except EsaError as error:
            if isinstance(error, WriteForbidden) and not read_only:
                return self.open_folder(folder, read_only=True)
            self._insisted = False  # it was about this once: what stays open asks again
            if self.workspace is None:
                self._go_back(before if before and (before.read_only or not again) else None)
            if isinstance(error, DamagedProject):
                self.show_recovery(folder)
            else:
                self.ways_in.offer(error, folder, reading=read_only)
            return False
        except BaseException:
            if self.workspace is None or self.workspace.project is not before:
                self._release_open()  # what looks closed must not be held
                self.show_welcome()  # what is closed must not look open
            raise
        return True

    def _go_back(self, before: "Project | None") -> None:
        """Open again what was let go already, as it was."""
        if not (before and self.open_folder(before.folder, read_only=before.read_only)):
            self.show_welcome()

    def show_recovery(self, folder: Path) -> None:
        """The page for a damaged project, instead of what is open."""
        if self._let_go():
            self.show_welcome()
            self.banner.dismiss()
            self._pages.show_recovery(folder)

    def show_project_at(
        self, folder: Path, *, take_over: bool = False, read_only: bool = False
    ) -> None:
        """Open a project while none is open; raises the `EsaError` of what is in the way."""
        self._show_project(self._open_project(folder, take_over=take_over, read_only=read_only))

    def close_project(self) -> bool:
        """Back to the welcome page. ``False``: something is unsaved, so the project stays."""
        self._closing = False
        if not self._let_go():
            return False
        self.show_welcome()
        return True

    def _let_go(self) -> bool:
        """End what is typed and release the project; not when the disk refuses what is left."""
        if not self._may_let_go():
            return False
        self._release_open()
        return True

    def _may_let_go(self) -> bool:
        """Whether all that is typed is on the disk, so that the project may be released."""
        workspace = self.workspace
        if workspace is None:
            return True
        if workspace.attaching.is_busy and not self._insisted:
            self._insisted = True
            self.say(still_attaching())
            return False
        workspace.leave()
        if workspace.is_unread and not self._insisted:
            self._insisted = True
            self.say(still_refused())
            return False
        try:
            workspace.project.flush(PATIENCE)
        except EsaError as error:
            project = workspace.project
            offer_to_leave(
                self.banner,
                error,
                retry=project.retry_now,
                leave=self._leave_unsaved,
                rescued=project.rescue_file,
            )
            return False
        return True

    def _release_open(self) -> None:
        if self.workspace is not None:
            remember_project(self.preferences, self.workspace.project)
            self._release(self.workspace, PATIENCE)

    def _release(self, workspace: "Workspace", patience: float) -> None:
        self.preferences.set_widths("sides", workspace.sides.widths)
        workspace.release()
        self.notices.clear()
        workspace.project.close(patience)
        self.workspace = None
        self.banner.dismiss()

    def _leave_unsaved(self) -> None:
        if self.workspace is not None:
            self._release(self.workspace, patience=0)
        self.show_welcome()
        if self._closing:
            self.close()

    def _show_project(self, project: "Project") -> None:
        from esa_desktop.ui.desk_wiring import wire_desks
        from esa_desktop.ui.project_wiring import wire_project
        from esa_desktop.ui.safety_wiring import wire_safety
        from esa_desktop.ui.sample_notice import tell_sample
        from esa_desktop.ui.workspace import Workspace

        self._insisted = False
        self.banner.dismiss()
        try:
            self.workspace = Workspace(project, self._pages)
        except BaseException:
            project.close(0)  # else nobody could open it again
            raise
        wire_project(self, self.workspace)
        wire_safety(self, self.workspace)
        wire_desks(self, self.workspace)
        self._pages.show_passing(self.workspace)
        self.top_bar.show_tools(True)
        self._enable(True)
        self.workspace.set_zoom(self.preferences.text_zoom)
        self.workspace.sides.set_widths(self.preferences.widths("sides"))
        self.setWindowTitle(window_title(project))
        self.status_line.show_progress(project.editor.round)
        self.status_line.show_saved(datetime.now().astimezone())
        remember_project(self.preferences, project)
        tell_sample(project.folder, user_folder(), self.notices, self.beginnings.new_project)
        self.help_menu.offer_tour()
        self.workspace.focus_text()

    @cached_property
    def jump(self) -> "JumpPopup":
        """The list below the search field."""
        from esa_desktop.ui.jump_popup import JumpPopup

        popup = JumpPopup(self.top_bar.search, self._framework)
        popup.go_to.connect(self._jump)
        popup.dismissed.connect(self._jump)
        return popup

    def open_jump(self) -> None:
        """Ctrl+K: the cursor to the search field."""
        self.jump.hide()
        self.top_bar.open_search()

    def show_welcome(self) -> None:
        page = self.beginnings.page
        was_here = page.isVisible()
        self.beginnings.refresh()
        self._pages.show_lasting(page)
        self.top_bar.show_tools(False)
        self.status_line.show_nothing()
        if not was_here:  # what had the cursor is hidden by now
            page.focus_first()
        self.setWindowTitle(self.tr("โปรแกรมประเมินมาตรฐานสำนักงานเขตพื้นที่การศึกษา"))
        self._enable(False)

    # --- words to the person ------------------------------------------------------------------

    def say(self, error: EsaError) -> None:
        """One sentence across the window; it stays until it is closed or mended."""
        # The bar that says it already has the way on, and an error would take its place.
        if not (isinstance(error, ReadOnlyProject) and self.notices.stress(ONLY_READ)):
            self.banner.show_error(error)

    # --- inside -------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self.banner = Banner(self)
        self._pages = Pages(self)
        self.beginnings = Beginnings(self.preferences, self, self._pages)
        self.notices = Notices(self)
        self.banner.shown_changed.connect(self.notices.set_aside)
        self.ways_in = WaysIn(self.banner, self)
        middle = QWidget(self)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self.notices)
        column.addWidget(self._pages, 1)
        self.setCentralWidget(middle)

    def _connect(self) -> None:
        act = self.actions_by_name
        begin = self.beginnings
        begin.chosen.connect(self.open_folder)
        begin.refused.connect(self.say)
        ways = self.ways_in
        ways.plain.connect(self.open_folder)
        ways.taken_over.connect(partial(self.open_folder, take_over=True))
        ways.only_read.connect(partial(self.open_folder, read_only=True))
        self._pages.opened.connect(self.open_folder)
        self._pages.left.connect(self.show_welcome)
        act["actionNew"].triggered.connect(begin.new_project)
        act["actionOpen"].triggered.connect(begin.choose_project)
        act["actionSample"].triggered.connect(begin.open_sample)
        act["actionOpenBackup"].triggered.connect(begin.open_backup)
        self.commands["actionClose"] = self.close_project
        for name in act.keys() - WITHOUT_PROJECT:
            act[name].triggered.connect(partial(self._obey, name))
        act["actionQuit"].triggered.connect(self.close)
        self.help_menu = HelpMenu(self)
        act["actionDark"].setChecked(self.preferences.dark is True)
        act["actionDark"].toggled.connect(self._choose_theme)
        TurningAway(self._app, lambda: self.workspace, self)

    def _obey(self, name: str) -> None:
        if self.workspace is not None:
            self.commands[name]()

    def _enable(self, open_: bool) -> None:
        for name in self.actions_by_name.keys() - WITHOUT_PROJECT:
            self.actions_by_name[name].setEnabled(open_)

    def action(self, name: str) -> QAction:
        return self.actions_by_name[name]

    def _framework(self) -> "Framework | None":
        return self.workspace.project.editor.round.framework if self.workspace else None

    def _jump(self, node_id: str = "") -> None:
        """To a node of the list; without one back to the text."""
        if self.workspace is not None:
            if node_id:
                self.workspace.go_to(node_id)
            self.workspace.focus_text()

    def _choose_theme(self, dark: bool) -> None:
        self.preferences.dark = dark
        self._wear(dark)

    def save_all(self) -> None:
        """Hand to the disk whatever is on the screen; before a crash is told, and on leaving."""
        if self.workspace is not None:
            self.workspace.leave()
            self.workspace.project.flush(PATIENCE)

    # Qt overrides

    def closeEvent(self, event: QCloseEvent) -> None:
        self._closing = True
        if not self._let_go():
            event.ignore()
            return
        self.preferences.keep_geometry(self)
        event.accept()
