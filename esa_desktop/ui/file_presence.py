"""Whether files of evidence are there: told at once from memory, asked of the disk on a worker's thread."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.services.evidence_standing import are_kept
from esa_desktop.ui.worker import Task, lane


class FilePresence(QObject):
    """A list asks while it is painted, and a stick or a network drive may take its time to answer."""

    answered = Signal()
    """The disk says something else of a file than was told last."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        """``folder``: of the project."""
        super().__init__(parent)
        self._folder = folder
        self._known: dict[str, bool] = {}
        self._stale: set[str] = set()
        """Hashes of files that are to be asked after when somebody wants to know again."""
        self._wanted: dict[str, EvidenceFile] = {}
        self._task: Task | None = None

    def is_present(self, file: EvidenceFile) -> bool:
        """What the disk said last; a file it was not asked after yet is taken to be there."""
        known = self._known.get(file.sha256)
        if not known or file.sha256 in self._stale:  # what was missing may be back
            self._wanted[file.sha256] = file
            self._ask()
        return known is not False

    def ask_again(self) -> None:
        """The disk may say something else now; until it does, what it said last is told."""
        self._stale.update(self._known)

    def _ask(self) -> None:
        if self._task is not None or not self._wanted:
            return
        files, folder = tuple(self._wanted.values()), self._folder
        self._wanted.clear()
        task = Task(lambda handle: are_kept(folder, files, handle.cancelled), self)
        task.done.connect(self._hear)
        task.ended.connect(self._go_on)
        task.ended.connect(task.deleteLater)
        self._task = task
        task.start(lane("evidence files"))

    def _hear(self, answers: Mapping[str, bool]) -> None:
        told = {name: self._known.get(name, True) for name in answers}
        self._known |= answers
        self._stale -= answers.keys()
        if told != answers:
            self.answered.emit()

    def _go_on(self) -> None:
        self._task = None
        self._ask()
