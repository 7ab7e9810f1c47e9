"""Wires the two desks to the open project: the framework's, and the evidence's with register, bin and binder."""

from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QDialog

from esa_desktop.domain.errors import AttachError
from esa_desktop.paths import documents_folder, user_folder
from esa_desktop.ui.middle_pane import FRAMEWORK, REGISTER
from esa_desktop.ui.scan_flow import ScanFlow
from esa_desktop.ui.workspace import Workspace

if TYPE_CHECKING:
    from esa_desktop.ui.edited_copies import EditedCopies
    from esa_desktop.ui.main_window import MainWindow

AFTER_PAINT_MS: Final = 800
COPIES_MS: Final = 5000
"""After opening, when nobody is held up by it: smaller copies of big scans that came by other ways."""
NO_FILE: Final = "หลักฐานนี้ไม่มีไฟล์ จึงไม่มีฉบับของไฟล์ กรุณาแนบไฟล์ก่อน"


def wire_desks(window: "MainWindow", workspace: Workspace) -> None:
    """For the life of the workspace, like `project_wiring.wire_project`."""
    _Desks(window, workspace)


class _Desks(QObject):
    def __init__(self, window: "MainWindow", workspace: Workspace) -> None:
        super().__init__(workspace)
        self._window = window
        self._workspace = workspace
        self._project = workspace.project
        self._scan = self._make_scan()
        commands: dict[str, Callable[[], object]] = {
            "actionFramework": partial(workspace.middle.show_page, FRAMEWORK),
            "actionRegister": partial(workspace.middle.show_tab, REGISTER),
            "actionScan": self._scan.ask,
            "actionNoFile": workspace.evidence_pane.item_actions.ask_new_item,
            "actionRelink": self._look_for_files,
            "actionBin": self._show_bin,
            "actionBinder": self._bind,
        }
        window.commands.update(commands)
        workspace.attaching.ask_in(window.notices)
        workspace.evidence_pane.scan_requested.connect(self._scan.ask)
        workspace.evidence_pane.versions_requested.connect(self._show_versions)
        workspace.framework_requested.connect(self._show_framework)
        workspace.pages.register_made.connect(self._wire_register)
        workspace.pages.framework_desk_made.connect(self._wire_framework)
        self._begin = QTimer(self)
        self._begin.setSingleShot(True)
        self._begin.timeout.connect(lambda: self._copies)
        self._begin.start(AFTER_PAINT_MS)
        QTimer.singleShot(COPIES_MS, workspace.copies, workspace.copies.catch_up)
        workspace.releasing.connect(self._let_go)

    def _make_scan(self) -> ScanFlow:
        workspace = self._workspace
        scan = ScanFlow(
            workspace.project,
            self._window.preferences,
            self._window.notices,
            user_folder(),
            workspace,
            issue=lambda: workspace.place_id,
            attach=workspace.attaching.attach,
            reader=workspace.reader,
        )
        scan.refused.connect(workspace.said)
        return scan

    @cached_property
    def _copies(self) -> "EditedCopies":
        from esa_desktop.ui.edited_copies import EditedCopies

        copies = EditedCopies(
            self._project,
            self._workspace.push,
            self._window.notices,
            user_folder(),
            documents_folder(),
            self,
        )
        copies.refused.connect(self._workspace.said)
        return copies

    def _let_go(self) -> None:
        self._begin.stop()
        self._scan.close()
        if "_copies" in self.__dict__:
            self._copies.stop()

    # --- the framework's desk -----------------------------------------------------------------

    def _wire_framework(self) -> None:
        files, preferences = self._workspace.pages.framework_desk.files, self._window.preferences
        files.propose(preferences.folder("framework"))
        files.folder_used.connect(partial(preferences.set_folder, "framework"))

    def _show_framework(self, node_id: str) -> None:
        self._workspace.middle.show_page(FRAMEWORK)
        self._workspace.pages.framework_desk.show_node(node_id)

    # --- the register -------------------------------------------------------------------------

    def _wire_register(self) -> None:
        page = self._workspace.pages.register
        page.bin_requested.connect(self._throw_away)
        page.bin_opened.connect(self._show_bin)
        page.relink_requested.connect(self._look_for_files)
        page.binder_requested.connect(self._bind)

    def _throw_away(self, item_ids: list[str]) -> None:
        from esa_desktop.services.evidence_bin import to_bin

        words = self.tr("ย้ายหลักฐานไปถังขยะ")
        self._workspace.push(to_bin(self._project.editor, item_ids), words)

    def _show_bin(self) -> None:
        from esa_desktop.ui.bin_dialog import BinDialog

        workspace = self._workspace
        workspace.leave()
        dialog = BinDialog(self._project, workspace.push, self._window, copying=self._is_copying)
        _open(dialog)

    def _is_copying(self) -> bool:
        """Whether files are on their way into the project."""
        workspace = self._workspace
        return workspace.attaching.is_busy or workspace.copies.is_busy or self._copies.is_busy

    def _look_for_files(self) -> None:
        from esa_desktop.ui.relink_dialog import RelinkDialog

        self._workspace.leave()
        dialog = RelinkDialog(self._project, self._workspace.push, self._window)
        dialog.mended.connect(self._workspace.look_for_files)
        _open(dialog)

    def _show_versions(self, item_id: str) -> None:
        from esa_desktop.ui.versions_dialog import VersionsDialog

        item = self._project.editor.round.items.get(item_id)
        if item is None or not item.files:
            self._workspace.said.emit(AttachError(NO_FILE))
            return
        self._workspace.leave()
        dialog = VersionsDialog(self._project, item_id, self._workspace.push, self._window)
        dialog.open_requested.connect(self._workspace.attaching.open_file)
        dialog.edit_requested.connect(partial(self._copies.take_out, item_id))
        _open(dialog)

    def _bind(self) -> None:
        from esa_desktop.ui.binder_dialog import BinderDialog

        workspace = self._workspace
        workspace.leave()
        dialog = BinderDialog(
            self._project,
            workspace.reader,
            folder=self._window.preferences.folder("binder"),
            code=workspace.code,
            parent=self._window,
        )
        dialog.go_to.connect(self._go_to_item)
        dialog.saved.connect(self._remember_binder)
        _open(dialog)

    def _remember_binder(self, volume: Path) -> None:
        self._window.preferences.set_folder("binder", volume.parent)

    def _go_to_item(self, issue_id: str, item_id: str) -> None:
        self._workspace.go_to(issue_id)
        self._workspace.evidence_pane.choose(item_id)


def _open(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
