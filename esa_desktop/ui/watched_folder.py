"""The folder where a scanner or a chat program saves, watched while a project is open."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from esa_desktop.domain.errors import EsaError
from esa_desktop.services.arrivals import Arrivals, Found, Stamp, half_written, look
from esa_desktop.services.register import folder_key, keep_register, latest, read_register
from esa_desktop.ui.worker import Task, lane

SOON_MS: Final = 400
"""Until the next look while a file is being written."""
SELDOM_MS: Final = 5000
"""Between looks else: a network drive and many a stick tell nobody that something came."""
MOST_FOLDERS: Final = 5


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a look at the folder found; at the first one also what was remembered of it."""

    found: Found
    half: frozenset[str]
    key: str = ""
    known: set[str] | None = None


def _see(folder: Path, waiting: Iterable[str], remembered: Path | None) -> _Seen:
    """On a worker's thread: a scanner's folder is often on a network that is not there."""
    found, half = look(folder), half_written(folder, waiting)
    if remembered is None:
        return _Seen(found, half)
    key = folder_key(folder)
    kept = read_register(remembered).get(key)
    known = {sign for sign in kept if isinstance(sign, str)} if isinstance(kept, list) else None
    return _Seen(found, half, key, known)


class WatchedFolder(QObject):
    """Looks on a worker's thread; what was in the folder before, or was offered, is never new.

    What was offered is remembered in a file of the user's, so that a file that comes while the
    program is closed is new at the next start, and none is new twice.
    """

    changed = Signal()
    """`new` or `files` is another one."""
    troubled = Signal(str)
    """The sentence why nothing can be seen just now; empty when it is over."""

    def __init__(
        self, remembered: Path, parent: QObject | None = None, *, pace: float = 1.0
    ) -> None:
        """``remembered``: the file. ``pace`` below 1 makes all of it quicker, for tests."""
        super().__init__(parent)
        self._remembered = remembered
        self._pace = pace
        self._folder: Path | None = None
        self._key = ""
        """Under which the folder is remembered; empty until it was seen."""
        self._found: Found = {}
        self._trouble = ""
        self._arrivals = Arrivals()
        self._running: Task | None = None
        self._again = False
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(lambda _: self._look_soon())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look_now)

    @property
    def folder(self) -> Path | None:
        return self._folder

    @property
    def trouble(self) -> str:
        return self._trouble

    @property
    def new(self) -> tuple[Path, ...]:
        """Complete files that came, the newest first."""
        return self._paths(self._arrivals.new)

    @property
    def files(self) -> tuple[Path, ...]:
        """All there are, the newest first."""
        by_age = sorted(self._found.items(), key=lambda one: (-one[1].time_ns, one[0]))
        return self._paths(name for name, _ in by_age)

    def stamp_of(self, path: Path) -> Stamp | None:
        return self._found.get(path.name)

    def watch(self, folder: Path | None) -> None:
        """From now on this folder; ``None``: none."""
        self.stop()
        self._folder = folder
        self._key = ""
        self._found = {}
        self._tell_trouble("")
        self._arrivals = Arrivals()
        self._arrivals.settled *= self._pace
        self._arrivals.patience *= self._pace
        self.changed.emit()
        if folder is not None:
            self.look_now()

    def offered(self, files: Iterable[Path]) -> None:
        """A person saw them. They are not new any more."""
        self._arrivals.offered([file.name for file in files])
        self._remember()
        self.changed.emit()

    def look_now(self) -> None:
        """As the timer does; the answer comes later."""
        if self._folder is None:
            return
        if self._running is not None:
            self._again = True
            return
        self._timer.stop()
        folder, waiting = self._folder, self._arrivals.waiting
        remembered = None if self._key else self._remembered
        task = Task(lambda _: _see(folder, waiting, remembered), self)
        self._running = task
        task.done.connect(partial(self._take, folder))
        task.failed.connect(partial(self._miss, folder))
        task.ended.connect(self._go_on)
        task.ended.connect(task.deleteLater)
        task.start(lane("watched folder"))

    def stop(self) -> None:
        """Look no more."""
        self._folder = None
        self._timer.stop()
        if self._watcher.directories():
            self._watcher.removePaths(self._watcher.directories())

    def _look_soon(self) -> None:
        self._timer.start(round(SOON_MS * self._pace))

    def _go_on(self) -> None:
        self._running = None
        if self._folder is None:
            return
        if self._again:
            self._again = False
            self.look_now()
        else:
            wait = SOON_MS if self._arrivals.is_waiting else SELDOM_MS
            self._timer.start(round(wait * self._pace))

    def _take(self, folder: Path, seen: "_Seen") -> None:
        if folder != self._folder:
            return
        found = seen.found
        if not self._key:
            self._key, self._arrivals.known = seen.key, seen.known
        if not self._watcher.directories():
            self._watcher.addPath(str(folder))
        self._tell_trouble("")
        is_first = self._arrivals.known is None
        has_changed = found != self._found
        self._found = found
        has_changed |= self._arrivals.note(found, time.monotonic(), seen.half)
        if is_first:
            self._remember()
        if has_changed:
            self.changed.emit()

    def _miss(self, folder: Path, error: EsaError) -> None:
        """It may come back: a stick, a drive of the office's network."""
        if folder == self._folder:
            self._tell_trouble(error.sentence)

    def _tell_trouble(self, sentence: str) -> None:
        if sentence != self._trouble:
            self._trouble = sentence
            self.troubled.emit(sentence)

    def _remember(self) -> None:
        if not self._key or self._trouble:
            return
        values = read_register(self._remembered)
        signs = self._arrivals.remembered(self._found)
        values = latest(values, self._key, signs, most=MOST_FOLDERS)
        keep_register(self._remembered, values)

    def _paths(self, names: Iterable[str]) -> tuple[Path, ...]:
        folder = self._folder
        return () if folder is None else tuple(folder / name for name in names)
