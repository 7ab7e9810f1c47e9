"""What files say of themselves, read off the window's thread: in time for new items, or later for a dialog."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject, QTimer

from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.ui.worker import Task, TaskHandle, lane

if TYPE_CHECKING:
    from esa_desktop.services.title_proposal import Proposal


IN_TIME_MS: Final = 2000
"""Longer nobody waits for a handful of files to appear; the words of the rest are offered later."""
WORDY: Final = frozenset({".pdf", ".doc", ".docx", ".odt", ".rtf", ".txt", ".ppt", ".pptx", ".odp"})
"""Endings of files whose first words may be a title; the first cells of a table seldom are."""
MOST_REMEMBERED: Final = 500


class Look(Protocol):
    @property
    def words(self) -> str: ...


class Looks(Protocol):
    """A `Reader`, or in a test what stands for one."""

    def look(self, path: Path, name: str, *, cancelled: Callable[[], bool]) -> Look: ...


class DocumentWords(QObject):
    """One file is read at a time; what was read once is remembered by its hash."""

    def __init__(
        self,
        reader: Looks,
        path_of: Callable[[EvidenceFile], Path],
        parent: QObject | None = None,
        *,
        in_time_ms: int = IN_TIME_MS,
    ) -> None:
        super().__init__(parent)
        self._reader = reader
        self._path_of = path_of
        self._in_time_ms = in_time_ms
        self._known: dict[str, Proposal] = {}
        self._running: set[Task] = set()
        self._closed = False

    def in_time(
        self, files: Iterable[EvidenceFile], then: "Callable[[Mapping[str, Proposal]], object]"
    ) -> None:
        """Call ``then`` once, with what could be read in two seconds by hash; at once if nothing can."""
        wordy = [file for file in files if _is_wordy(file)]
        wanted = [file for file in wordy if file.sha256 not in self._known]
        answer = _Answer(lambda: then(self._said_by(wordy)))
        if not wanted:
            answer.give()
            return
        task = self._start(wanted, answer.give)
        late = QTimer(task)
        late.setSingleShot(True)
        late.timeout.connect(partial(self._stop_waiting, task, answer))
        late.start(self._in_time_ms)

    def ask(self, file: EvidenceFile, then: "Callable[[Proposal], object]") -> None:
        """Call ``then`` with what a file says; never for a file that says nothing."""
        from esa_desktop.services.title_proposal import Proposal

        def tell() -> None:
            said = self._known.get(file.sha256, Proposal())
            if not said.is_empty:
                then(said)

        if file.sha256 in self._known:
            tell()
        elif _is_wordy(file):
            self._start([file], tell)

    def close(self) -> None:
        """Stop reading; nobody is told any more."""
        self._closed = True
        for task in tuple(self._running):
            task.cancel()

    def _said_by(self, files: Iterable[EvidenceFile]) -> "dict[str, Proposal]":
        found = ((file.sha256, self._known.get(file.sha256)) for file in files)
        return {name: said for name, said in found if said is not None and not said.is_empty}

    def _start(self, files: list[EvidenceFile], then: Callable[[], object]) -> Task:
        wanted = [(file.sha256, file.name, self._path_of(file)) for file in files]
        task = Task(partial(_read, self._reader, wanted, self._known), self)
        self._running.add(task)
        # Not "ended" alone: a reader that breaks is reported, and the items must come all the same.
        task.ended.connect(lambda: None if self._closed else then())
        task.ended.connect(partial(self._end, task))
        task.start(lane("words"))
        return task

    def _end(self, task: Task) -> None:
        self._running.discard(task)
        task.deleteLater()
        for name in list(self._known)[: max(0, len(self._known) - MOST_REMEMBERED)]:
            del self._known[name]

    @staticmethod
    def _stop_waiting(task: Task, answer: "_Answer") -> None:
        task.cancel()
        answer.give()


class _Answer:
    """Given once, by whoever is first."""

    def __init__(self, give: Callable[[], object]) -> None:
        self._give: Callable[[], object] | None = give

    def give(self) -> None:
        give, self._give = self._give, None
        if give is not None:
            give()


def _is_wordy(file: EvidenceFile) -> bool:
    return PurePath(file.name).suffix.lower() in WORDY


def _read(
    reader: Looks,
    wanted: list[tuple[str, str, Path]],
    known: "dict[str, Proposal]",
    handle: TaskHandle,
) -> None:
    """On a worker's thread; each file is known as soon as it was read."""
    from esa_desktop.services.title_proposal import propose

    for sha256, name, path in wanted:
        handle.check()
        known[sha256] = propose(reader.look(path, name, cancelled=handle.cancelled).words)
