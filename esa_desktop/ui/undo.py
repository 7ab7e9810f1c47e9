"""One undo command for every edit there is: applying an edit yields the edit that takes it back."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QUndoCommand, QUndoStack

from esa_desktop.domain.edits import Batch, Edit, SetField
from esa_desktop.domain.errors import EsaError
from esa_desktop.domain.fields import Field, decode, encode
from esa_desktop.services.editing import Editor


class EditCommand(QUndoCommand):
    """An edit on the undo stack; every application gives the edit for the other direction.

    ``done``: the edit takes back what is done already (a visit to a text), so the push itself
    applies nothing.
    """

    def __init__(self, editor: Editor, edit: Edit, name: str, *, done: bool = False) -> None:
        super().__init__(name)
        self._editor = editor
        self._edit = edit
        self._done = done
        self.refused: EsaError | None = None

    @property
    def edit(self) -> Edit:
        """What the next undo or redo of this step carries out."""
        return self._edit

    def amend(self, field: Field, change: Callable[[str], str]) -> None:
        """What the step says of a field is changed, so that it stands on the new text."""

        def amended(part: SetField) -> SetField:
            if part.field != field:
                return part
            return replace(part, body=change(part.body), seen=change(part.seen))

        if isinstance(self._edit, Batch):
            self._edit = replace(self._edit, edits=tuple(map(amended, self._edit.edits)))
        else:
            self._edit = amended(self._edit)

    def _swap(self) -> None:
        try:
            self._edit = self._editor.apply(self._edit)
        except EsaError as error:
            # The field went another way since; the step is dropped and the window says why.
            self.refused = error
            self.setObsolete(True)

    # Qt overrides

    def redo(self) -> None:
        if self._done:
            self._done = False
        else:
            self._swap()

    def undo(self) -> None:
        self._done = False
        self._swap()


class UndoStack(QUndoStack):
    """The window's history of steps; panes push edits, text bindings push finished visits."""

    refused = Signal(object)
    """The `EsaError` of an undo or redo that no longer applies; its step is gone."""

    def __init__(self, editor: Editor) -> None:
        super().__init__()
        self._editor = editor
        self.setUndoLimit(1000)

    def push_edit(self, edit: Edit, name: str) -> None:
        """Do an edit as one step. An edit that changes nothing makes no step.

        Raises `EsaError` when the edit cannot be applied, and for any in a project that is only read.
        """
        self._editor.refuse_if_read_only()
        if not self._editor.is_change(edit):
            return
        command = EditCommand(self._editor, edit, name)
        self.push(command)
        if command.refused:
            raise command.refused

    def amend(self, field: Field, change: Callable[[Any], Any]) -> None:
        """Add to a field what the program made by itself (a copy for paper); it is no step.

        ``change`` gives the new value of an old one. The steps that wrote the field are told, so
        that each can still be taken back and done again, and none loses what was added.
        """

        def body(old: str) -> str:
            return encode(field.kind, change(decode(field, old))) if old else old

        view = self._editor.view(field)
        if view.state == "clean" and view.body:
            edit = replace(self._editor.change(field, view.value), body=body(view.body))
            if not self._editor.is_change(edit):
                return
            self._editor.apply(edit)
        for place in range(self.count()):
            command = self.command(place)
            if isinstance(command, EditCommand):
                command.amend(field, body)

    def step_to_undo(self) -> Edit | None:
        """What the next undo will change, so that it can be brought into view first."""
        return self._step(self.index() - 1)

    def step_to_redo(self) -> Edit | None:
        return self._step(self.index())

    def _step(self, place: int) -> Edit | None:
        command = self.command(place) if 0 <= place < self.count() else None
        return command.edit if isinstance(command, EditCommand) else None

    def _run(self, place: int, go: Callable[[], None]) -> None:
        command = self.command(place) if 0 <= place < self.count() else None
        go()
        if isinstance(command, EditCommand) and command.refused is not None:
            self.refused.emit(command.refused)

    def push_done(self, undone_by: SetField, name: str) -> None:
        """Remember a finished visit as one step."""
        self.push(EditCommand(self._editor, undone_by, name, done=True))

    # Qt's slots, with a word about what was refused

    @Slot()
    def undo(self) -> None:
        self._run(self.index() - 1, super().undo)

    @Slot()
    def redo(self) -> None:
        self._run(self.index(), super().redo)
