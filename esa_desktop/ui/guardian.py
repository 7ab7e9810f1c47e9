"""Guards the open project: backs it up, keeps its readable copy fresh, reminds of a copy elsewhere."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QThreadPool, QTimer, Signal

from esa_desktop.domain.errors import EsaError
from esa_desktop.services.backing_up import Reason, back_up
from esa_desktop.services.health import Health, check_health
from esa_desktop.services.health_dates import check_is_due, remember_check
from esa_desktop.services.mirroring import mirror
from esa_desktop.services.reminders import due_reminder
from esa_desktop.ui.worker import Task, TaskHandle, lane

if TYPE_CHECKING:
    from collections.abc import Mapping

    from esa_desktop.domain.fields import Field
    from esa_desktop.domain.revision import FieldView
    from esa_desktop.services.projects import Project

SECOND: Final = 1000
MINUTE: Final = 60 * SECOND
HOUR: Final = 60 * MINUTE
PATIENCE: Final = 1.0
"""Seconds that closing a project waits for a backup that was told to stop."""


@dataclass(frozen=True, slots=True)
class Pauses:
    """Milliseconds between what happens and what is done about it."""

    opened: int = 3 * SECOND
    """Until the backup on opening: the window must be painted first."""
    worked: int = 30 * MINUTE
    """From the first change that no backup has until the backup that has it."""
    failed: int = 5 * MINUTE
    """Until a backup that failed is tried again."""
    idle: int = 20 * SECOND
    """Without a change, until the mirror is written."""
    mirrored: int = 2 * MINUTE
    """At least, from one mirror to the next."""
    checked: int = 90 * SECOND
    """After the opening, until the full check where it is due: people want to work first."""
    reminded: int = HOUR
    """From one look at whether a reminder is due to the next; the first comes with `opened`."""


class Guardian(QObject):
    """Begins by itself; `stop` when the project is let go. Does nothing for one that is only read."""

    said = Signal(object)
    """An `EsaError`: a backup or mirror failed. Not said again until one has succeeded."""
    reminded = Signal(str)
    """A sentence: no copy lies outside this computer, or an old one."""
    ailing = Signal()
    """The weekly check found something that is not whole."""

    def __init__(
        self,
        project: "Project",
        user_folder: Path,
        parent: QObject | None = None,
        *,
        pauses: Pauses | None = None,
    ) -> None:
        super().__init__(parent)
        self._project = project
        self._user_folder = user_folder
        self._pauses = pauses or Pauses()
        self._backup = _Duty(self)
        self._mirror = _Duty(self)
        self._check = _Duty(self)
        for duty in (self._backup, self._mirror, self._check):
            duty.said.connect(self.said)
        self._backup.failed.connect(self._try_later)
        self._opening = self._timer(self._on_opening)
        self._work = self._timer(partial(self._back_up, Reason.WORKED))
        self._idle = self._timer(self._mirror_if_due)
        self._since_mirror = self._timer(lambda: None)
        self._checking = self._timer(self._check_if_due)
        self._check.succeeded.connect(self._hear_health)
        self._reminder = self._timer(self._remind)
        self._stop_listening: Callable[[], None] = lambda: None
        self._stopped = project.read_only
        if not project.read_only:
            self._stop_listening = project.editor.subscribe(self._follow)
            self._opening.start(self._pauses.opened)
            self._idle.start(self._pauses.idle)
            self._checking.start(self._pauses.checked)

    def stop(self, patience: float = PATIENCE) -> None:
        """No more timers; the backup under way is cancelled, and a last mirror begun.

        Waits ``patience`` seconds at most, for the cancel alone: the older backups stay as they
        are. The mirror needs the project no more and goes on by itself; the program's end waits
        for it. To be called while the project is still open; a second call does nothing.
        """
        if self._stopped:
            return
        self._stopped = True
        self._stop_listening()
        self._stop_listening = lambda: None
        for timer in self.findChildren(QTimer):
            timer.stop()
        self._check.cancel()
        self._backup.cancel()
        self._mirror.cancel()  # the last one has all of it
        self._write_mirror()
        self._backup.wait(patience)

    # --- when ---------------------------------------------------------------------------------

    def _timer(self, then: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(then)
        return timer

    def _follow(self, _fields: "frozenset[Field]") -> None:
        """Something was changed or typed."""
        if not self._work.isActive():
            self._work.start(self._pauses.worked)
        self._idle.start(self._pauses.idle)

    def _on_opening(self) -> None:
        self._back_up(Reason.OPENED)
        self._remind()

    def _remind(self) -> None:
        self._reminder.start(self._pauses.reminded)
        words = due_reminder(self._user_folder, self._project.project_id)
        if words:
            self.reminded.emit(words)

    def _try_later(self) -> None:
        self._work.start(self._pauses.failed)

    def _mirror_if_due(self) -> None:
        """Nobody has typed for a while; but a slow stick is not to be written all the time."""
        left = self._since_mirror.remainingTime()
        if left > 0 or self._mirror.is_busy:
            self._idle.start(left if left > 0 else self._pauses.idle)
        else:
            self._write_mirror()

    def _check_if_due(self) -> None:
        if check_is_due(self._user_folder, self._project.project_id):
            project = self._project
            self._check.begin(lambda handle: check_health(project, cancelled=handle.cancelled))

    def _hear_health(self, health: object) -> None:
        if isinstance(health, Health) and health.is_whole:
            remember_check(self._user_folder, self._project.project_id)
        else:
            self.ailing.emit()

    # --- what ---------------------------------------------------------------------------------

    def _back_up(self, reason: Reason) -> None:
        if self._backup.is_busy:
            return
        project = self._project
        project.editor.checkpoint()
        self._work.stop()  # the next change begins a new half hour
        self._backup.begin(lambda handle: back_up(project, reason, cancelled=handle.cancelled))

    def _write_mirror(self) -> None:
        """From the values of this moment: what runs needs the project no more.

        All mirrors of a project go one after the other, those of an earlier opening too, so that
        the newest is the one that stays. By its id, for a folder may be spelled in many ways.
        """
        folder, project_id = self._project.folder, self._project.project_id
        views: Mapping[Field, FieldView] = self._project.editor.views
        self._since_mirror.start(self._pauses.mirrored)
        self._mirror.begin(
            lambda handle: mirror(folder, project_id, views, cancelled=handle.cancelled),
            lane(f"mirror {project_id}"),
        )


class _Duty(QObject):
    """One kind of background work, whose failure is said once."""

    said = Signal(object)
    failed = Signal()
    succeeded = Signal(object)
    """What the job returned."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._task: Task | None = None
        self._begun = threading.Event()
        self._ended = threading.Event()
        self._ended.set()
        self._is_failing = False

    @property
    def is_busy(self) -> bool:
        return not self._ended.is_set()

    def begin(self, job: Callable[[TaskHandle], Any], pool: QThreadPool | None = None) -> None:
        """The job outlives us: it ends what it began, unless it is cancelled."""
        begun, ended = self._begun, self._ended = threading.Event(), threading.Event()
        task = Task(lambda handle: _to_its_end(job, handle, begun, ended), self, must_finish=True)
        task.done.connect(self._succeed)
        task.failed.connect(self._fail)
        task.ended.connect(ended.set)  # one that was cancelled before its turn never ran
        task.ended.connect(task.deleteLater)
        self._task = task
        task.start(pool)

    def cancel(self) -> None:
        if self._task is not None and self.is_busy:
            self._task.cancel()

    def wait(self, seconds: float) -> bool:
        """After `cancel`, until nothing of the job runs any more; ``False``: it does not end."""
        return not self._begun.is_set() or self._ended.wait(max(0.0, seconds))

    def _succeed(self, answer: object) -> None:
        self._is_failing = False
        self.succeeded.emit(answer)

    def _fail(self, error: EsaError) -> None:
        self.failed.emit()
        if not self._is_failing:
            self._is_failing = True
            self.said.emit(error)


def _to_its_end(
    job: Callable[[TaskHandle], Any],
    handle: TaskHandle,
    begun: threading.Event,
    ended: threading.Event,
) -> Any:
    begun.set()
    try:
        handle.check()  # after `begun`: whoever cancelled and saw it not begun does not wait
        return job(handle)
    finally:
        ended.set()
