"""Asks the disk which files of the register are there: off the GUI thread, some hundred items at a time."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from esa_desktop.domain.evidence import Evidence
from esa_desktop.services.evidence_standing import absent
from esa_desktop.services.register_rows import Register
from esa_desktop.ui.worker import Task, lane

AT_ONCE: Final = 250
"""Items of which the disk is asked in one go; their rows are redrawn together."""


class RegisterFiles(QObject):
    """Goes on while something was not asked after; a disk that gave no answer is not pressed."""

    answered = Signal(object)
    """Ids (a frozenset) of the rows whose state is another now."""

    def __init__(self, register: Register, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._register = register
        self._folder = folder
        self._task: Task | None = None

    def ask(self) -> None:
        items = self._register.unasked()[:AT_ONCE]
        if self._task is not None or not items:
            return
        folder = self._folder
        task = Task(lambda handle: absent(folder, items, handle.cancelled), self)
        task.done.connect(lambda answers: self._hear(items, answers))
        task.ended.connect(self._forget)
        task.ended.connect(task.deleteLater)
        self._task = task
        task.start(lane("register files"))

    def _hear(self, asked: tuple[Evidence, ...], answers: dict[str, bool]) -> None:
        self._task = None
        rows = self._register.rows
        current = {
            item.id: answers[item.id]
            for item in asked
            if item.id in answers and item.id in rows and rows[item.id].item.files == item.files
        }
        changed = self._register.set_missing(current)
        if changed:
            self.answered.emit(changed)
        self.ask()

    def _forget(self) -> None:
        """After the answer, which began to ask on."""
        if self._task is not None and not self._task.is_running:
            self._task = None
