"""Wires the window's actions and status line to the project that was just opened."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QFont, QTextCharFormat

from esa_desktop.domain.errors import StorageError
from esa_desktop.domain.fields import Field
from esa_desktop.ui.bar_stops import bars_in_view
from esa_desktop.ui.garbage import set_aside
from esa_desktop.ui.leaving import offer_to_read
from esa_desktop.ui.text_editor import RichTextEdit
from esa_desktop.ui.workspace import Workspace

if TYPE_CHECKING:
    from esa_desktop.domain.printing import Form
    from esa_desktop.ui.main_window import MainWindow
    from esa_desktop.ui.print_wish import PrintWish

_FORMS: "Final[dict[str, Form]]" = {
    "actionBook": "book",
    "actionBlankForm": "blank",
    "actionCommitteeForm": "committee",
}
"""Actions that open the dialog with a form chosen."""
AFTER_SHOWN_MS: Final = 500
ASK_AGAIN_MS: Final = 500
"""How soon the status line says that what was typed and taken back owes nothing to the disk."""


def wire_project(window: "MainWindow", workspace: Workspace) -> None:
    """For the life of the workspace: signals hang on a `_Wires`, its child; commands on the window."""
    _Wires(window, workspace)


class _Wires(QObject):
    def __init__(self, window: "MainWindow", workspace: Workspace) -> None:
        super().__init__(workspace)
        self._window = window
        self._workspace = workspace
        self._fault: StorageError | None = None
        self._saved_at: datetime | None = None
        self._again = QTimer(self)
        self._again.setInterval(ASK_AGAIN_MS)
        self._again.timeout.connect(self._claim_saved)
        self._wire_steps()
        self._wire_text()
        self._wire_places()
        self._wire_words()
        QTimer.singleShot(AFTER_SHOWN_MS, self, set_aside)

    def _on(self, name: str, command: Callable[[], object]) -> None:
        """What an action does while this project is open."""
        self._window.commands[name] = command

    def _wire_steps(self) -> None:
        stack = self._workspace.undo_stack
        self._on("actionUndo", self._undo)
        self._on("actionRedo", self._redo)
        stack.undoTextChanged.connect(self._name_undo)
        stack.redoTextChanged.connect(self._name_redo)

    def _name_undo(self, words: str) -> None:
        self._window.action("actionUndo").setText(f"{self.tr('เลิกทำ')} {words}".strip())

    def _name_redo(self, words: str) -> None:
        self._window.action("actionRedo").setText(f"{self.tr('ทำซ้ำ')} {words}".strip())

    def _undo(self) -> None:
        """While a text has something of its own to take back, the key belongs to the text."""
        edit, stack = self._workspace.focused_editor(), self._workspace.undo_stack
        if edit is not None and edit.undo_available():
            edit.undo()
            return
        if edit is not None and edit.redo_available():
            # All of the visit was taken back in the text itself. It becomes a step that is taken
            # back, too: else it could never be done again.
            while edit.redo_available():
                edit.redo()
            self._workspace.leave()
            stack.undo()
        self._workspace.leave()
        self._workspace.show_step(stack.step_to_undo())
        stack.undo()

    def _redo(self) -> None:
        edit, stack = self._workspace.focused_editor(), self._workspace.undo_stack
        if edit is not None and edit.redo_available():
            edit.redo()
            return
        self._workspace.leave()
        self._workspace.show_step(stack.step_to_redo())
        stack.redo()

    def _wire_text(self) -> None:
        commands: dict[str, Callable[[RichTextEdit], object]] = {
            "actionBold": RichTextEdit.toggle_bold,
            "actionItalic": RichTextEdit.toggle_italic,
            "actionUnderline": RichTextEdit.toggle_underline,
            "actionList": RichTextEdit.toggle_label,
            "actionIndent": RichTextEdit.indent,
            "actionOutdent": RichTextEdit.outdent,
            "actionRenumber": RichTextEdit.renumber,
            "actionTable": RichTextEdit.ask_for_table,
        }
        for name, command in commands.items():
            self._on(name, partial(self._in_text, command))
        self._workspace.looks_changed.connect(self._show_looks)

    def _show_looks(self, looks: QTextCharFormat) -> None:
        """The tools look pressed where the cursor stands in bold, italic or underlined text."""
        bold = looks.fontWeight() >= QFont.Weight.DemiBold
        self._window.action("actionBold").setChecked(bold)
        self._window.action("actionItalic").setChecked(looks.fontItalic())
        self._window.action("actionUnderline").setChecked(looks.fontUnderline())

    def _in_text(self, command: Callable[[RichTextEdit], object]) -> None:
        edit = self._workspace.focused_editor()
        if edit is not None:
            command(edit)

    def _wire_places(self) -> None:
        workspace, window = self._workspace, self._window
        self._on("actionAttach", workspace.attach)
        self._on("actionNext", lambda: workspace.step(1))
        self._on("actionPrevious", lambda: workspace.step(-1))
        self._on("actionNextTab", lambda: workspace.middle.turn_tabs(1))
        self._on("actionPreviousTab", lambda: workspace.middle.turn_tabs(-1))
        self._on("actionNextPane", lambda: workspace.cycle_panes(1))
        self._on("actionPreviousPane", lambda: workspace.cycle_panes(-1))
        workspace.places_before = lambda: bars_in_view(window.banner, window.notices)
        self._on("actionZoomIn", lambda: workspace.zoom_by(1))
        self._on("actionZoomOut", lambda: workspace.zoom_by(-1))
        self._on("actionZoomReset", lambda: workspace.zoom_by(0))
        self._on("actionJump", window.open_jump)
        self._on("actionSearch", workspace.open_search)
        self._on("actionFind", workspace.open_find)
        self._on("actionSave", self._save)
        self._on("actionExportPdf", self._export)
        self._on("actionPrint", self._print)
        for name, form in _FORMS.items():
            self._on(name, partial(self._open_print_dialog, form, printing=form != "book"))
        for level in range(1, 6):
            self._on(f"actionLevel{level}", partial(workspace.set_level, level))
        window.top_bar.add_evidence_actions(workspace.evidence_pane.item_actions.menu.actions())
        window.status_line.zoom_reset.connect(self._reset_zoom)

    def _export(self) -> None:
        self._open_print_dialog(self._workspace.form_in_view)

    def _print(self) -> None:
        self._open_print_dialog(self._workspace.form_in_view, printing=True)

    def _open_print_dialog(self, form: "Form", *, printing: bool = False) -> None:
        """One dialog for paper and file; ``printing``: Enter asks for the printer."""
        from esa_desktop.ui.export_dialog import ExportDialog

        workspace, preferences = self._workspace, self._window.preferences
        workspace.leave()
        dialog = ExportDialog(
            workspace.project,
            code=next(iter(workspace.codes_in_view() or ()), ""),
            folder=preferences.folder("export"),
            form=form,
            printing=printing,
            parent=self._window,
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.saved.connect(lambda path: preferences.set_folder("export", path.parent))
        dialog.print_requested.connect(self._to_printer)
        dialog.open()

    def _to_printer(self, wish: "PrintWish") -> None:
        from esa_desktop.ui.printing import PrintFlow

        window, project = self._window, self._workspace.project

        def is_open() -> bool:
            return window.workspace is not None and window.workspace.project is project

        flow = PrintFlow(project, window, is_open)
        flow.failed.connect(self._window.say)
        line = window.status_line
        flow.progress.connect(line.show_printing)
        line.stop_printing.connect(flow.cancel)
        flow.ended.connect(line.end_printing)
        flow.ended.connect(flow.deleteLater)
        flow.start(wish)

    def _save(self) -> None:
        """Ctrl+S has nothing to save: it ends the visit and confirms what the writer says."""
        self._workspace.leave()
        self._workspace.project.retry_now()
        if self._workspace.project.unsaved == 0:
            self._window.status_line.show_saved(datetime.now().astimezone())

    def _wire_words(self) -> None:
        workspace, window = self._workspace, self._window
        workspace.said.connect(window.say)
        workspace.export_requested.connect(self._open_print_dialog)
        workspace.zoomed.connect(window.status_line.show_zoom)
        workspace.zoomed.connect(self._remember_zoom)
        saving = window.saving
        saving.saved.connect(self._show_saved)
        saving.trouble.connect(self._show_trouble)
        saving.rescued.connect(self._show_rescued)
        saving.refused.connect(window.say)
        workspace.edited.connect(self._show_typed)
        workspace.undo_stack.refused.connect(window.say)
        stop = workspace.project.editor.subscribe(self._follow)
        # A Python function, not a method of ours: it is called after we are gone.
        workspace.destroyed.connect(lambda: stop())  # noqa: PLW0108

    def _reset_zoom(self) -> None:
        self._workspace.zoom_by(0)

    def _remember_zoom(self, zoom: float) -> None:
        self._window.preferences.text_zoom = zoom

    def _follow(self, fields: frozenset[Field]) -> None:
        from esa_desktop.services.last_edit import own_edit

        self._window.status_line.show_pending()
        project = self._workspace.project
        self._window.status_line.show_progress(project.editor.round)
        edit = own_edit(project.who, fields)
        if edit is not None:
            self._window.status_line.show_last_edit(edit)

    def _show_saved(self, moment: datetime) -> None:
        self._saved_at = moment
        self._again.start()
        self._claim_saved()

    def _show_typed(self) -> None:
        self._window.status_line.show_pending()
        self._again.start()

    def _claim_saved(self) -> None:
        """A claim about an older state would be a lie: something may have been typed since.

        It is asked again until it may be made: what was typed may be taken back by Esc, and then
        no writer ever says anything.
        """
        if self._window.workspace is not self._workspace:
            self._again.stop()
        elif self._workspace.project.unsaved == 0 and not self._workspace.is_behind:
            self._again.stop()
            moment = self._saved_at or datetime.now().astimezone()
            self._window.status_line.show_saved(moment)
            self._window.banner.dismiss_unsaved()

    def _show_trouble(self, error: StorageError | None) -> None:
        if self._window.workspace is not self._workspace:
            return  # said on another thread while the project was let go
        self._fault = error
        if error is None:
            self._window.banner.dismiss()
        else:
            self._window.status_line.show_trouble(error)
            self._window.banner.show_unsaved(error, self._workspace.project.retry_now)

    def _show_rescued(self, file: Path) -> None:
        """The text is not in memory alone: where a person finds it if all else fails."""
        project = self._workspace.project
        if project.unsaved and self._fault is not None:
            offer_to_read(self._window.banner, self._fault, file, retry=project.retry_now)
