"""Task: slow work off the GUI thread, whose result always arrives on it.

A runnable that owns its signals loses results, and so does any sender that may be deleted while
another thread is still emitting. So what runs only holds the bound emitters of the `_Exchange`,
which lives as long as the application; it hands each outcome to its `Task`, which may die at any
time.
"""

import itertools
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QObject, Qt, QThreadPool, Signal, Slot

from esa_desktop.domain.errors import Cancelled, EsaError

PROGRESS_EVERY: Final = 0.05
"""Seconds between two reports of progress: a bar needs no more, and the event queue stays short."""
MOST_STEPS: Final = 1_000_000
"""Steps a bar is told of: Qt's numbers end at 2**31, a project's bytes do not."""


class TaskHandle:
    """What a job gets: where it sees whether it is still wanted, and tells how far it is."""

    def __init__(self, report: Callable[[int, int], None]) -> None:
        self._report = report
        self._unwanted = threading.Event()
        self._reported = 0.0

    def cancel(self) -> None:
        self._unwanted.set()

    def cancelled(self) -> bool:
        return self._unwanted.is_set()

    def check(self) -> None:
        """Raise `Cancelled` when the result is not wanted any more."""
        if self._unwanted.is_set():
            raise Cancelled("ยกเลิกแล้ว ไม่มีอะไรเปลี่ยนแปลง")

    def progress(self, done: int, total: int) -> None:
        now = time.monotonic()
        if done >= total or now - self._reported >= PROGRESS_EVERY:
            self._reported = now
            if total > MOST_STEPS:
                done, total = done * MOST_STEPS // total, MOST_STEPS
            self._report(done, total)


Job = Callable[[TaskHandle], Any]


class Task(QObject):
    """One run of a job in a thread pool. Lives on the GUI thread, and so do its signals.

    Exactly one of ``done``, ``failed``, ``cancelled`` is emitted, then ``ended``. An exception
    that is no `EsaError` is our own mistake: it goes to ``sys.excepthook``, and of the task only
    ``ended`` is heard. A task that dies takes its wish with it: the job is told to stop.
    """

    done = Signal(object)
    failed = Signal(object)
    """Emitted with the `EsaError`."""
    cancelled = Signal()
    progress = Signal(int, int)
    """(done, total) in the job's own steps."""
    ended = Signal()

    def __init__(
        self, job: Job, parent: QObject | None = None, *, must_finish: bool = False
    ) -> None:
        """``must_finish``: only a person stops it, not the end of its owner or of the program."""
        super().__init__(parent)
        self._job = job
        self.must_finish = must_finish
        self._handle: TaskHandle | None = None
        self._running = False

    @property
    def is_running(self) -> bool:
        """From `start` until the outcome arrives."""
        return self._running

    def start(self, pool: QThreadPool | None = None) -> None:
        """Run the job, once; in Qt's own pool unless another one is named."""
        exchange = _exchange()
        number, self._handle = exchange.enter(self)
        self.destroyed.connect(partial(exchange.forget, number))
        self._running = True
        run = partial(_run, self._job, self._handle, partial(exchange.came.emit, number))
        (pool or QThreadPool.globalInstance()).start(run)

    def cancel(self) -> None:
        """Ask the job to stop. One that was past its last look is still done."""
        if self._handle is not None:
            self._handle.cancel()

    def arrive(self, outcome: "_Outcome") -> None:
        """For the exchange alone: tell whoever listens."""
        self._running = False
        error = outcome.error
        if error is None:
            self.done.emit(outcome.value)
        elif isinstance(error, Cancelled):
            self.cancelled.emit()
        elif isinstance(error, EsaError):
            self.failed.emit(error)
        self.ended.emit()


def lane(name: str) -> QThreadPool:
    """A pool of one thread, the same for the same name, kept by the application.

    What is started in it runs one after the other in the order of starting, and neither waits
    for the long work in Qt's own pool nor ends with whoever started it.
    """
    return _exchange().lane(name)


def lanes() -> tuple[QThreadPool, ...]:
    """All that were asked for so far."""
    return _exchange().lanes


def wait_for_done(pool: QThreadPool | None = None, *, seconds: float = 10) -> bool:
    """Stop what runs, but for what must finish, and wait for it. ``False``: a job hangs.

    Waits for ``pool``, or else for Qt's own and every `lane`. To be called before the program
    ends.
    """
    _exchange().stop_all()
    until = time.monotonic() + seconds
    pools = (pool,) if pool is not None else (QThreadPool.globalInstance(), *lanes())
    return all(each.waitForDone(_milliseconds_to(until)) for each in pools)


def _milliseconds_to(moment: float) -> int:
    return max(0, round((moment - time.monotonic()) * 1000))


@dataclass(frozen=True, slots=True)
class _Outcome:
    value: Any = None
    error: Exception | None = None


_EXCHANGE: Final = "taskExchange"


class _Exchange(QObject):
    """Where outcomes of all threads arrive; one for the application, on the GUI thread."""

    came = Signal(int, object)
    moved = Signal(int, int, int)

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self.setObjectName(_EXCHANGE)
        self._numbers = itertools.count()
        self._tasks: dict[int, Task] = {}
        self._handles: dict[int, TaskHandle] = {}
        self._finishing: set[int] = set()
        self._lanes: dict[str, QThreadPool] = {}
        self.came.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self.moved.connect(self._tell_progress, Qt.ConnectionType.QueuedConnection)

    @property
    def lanes(self) -> tuple[QThreadPool, ...]:
        return tuple(self._lanes.values())

    def lane(self, name: str) -> QThreadPool:
        if name not in self._lanes:
            pool = QThreadPool(self)
            pool.setMaxThreadCount(1)
            self._lanes[name] = pool
        return self._lanes[name]

    def enter(self, task: Task) -> tuple[int, TaskHandle]:
        number = next(self._numbers)
        self._tasks[number] = task
        self._handles[number] = TaskHandle(partial(self.moved.emit, number))
        if task.must_finish:
            self._finishing.add(number)
        return number, self._handles[number]

    def forget(self, number: int) -> None:
        """The task died: nobody wants its outcome."""
        self._tasks.pop(number, None)
        self._stop(number)

    def stop_all(self) -> None:
        for number in self._handles:
            self._stop(number)

    def _stop(self, number: int) -> None:
        handle = self._handles.get(number)
        if handle is not None and number not in self._finishing:
            handle.cancel()

    @Slot(int, object)
    def _deliver(self, number: int, outcome: _Outcome) -> None:
        del self._handles[number]
        self._finishing.discard(number)
        task = self._tasks.pop(number, None)
        if task is not None:
            task.arrive(outcome)
        error = outcome.error
        if error is not None and not isinstance(error, EsaError):
            sys.excepthook(type(error), error, error.__traceback__)

    @Slot(int, int, int)
    def _tell_progress(self, number: int, done: int, total: int) -> None:
        task = self._tasks.get(number)
        if task is not None:
            task.progress.emit(done, total)


def _run(job: Job, handle: TaskHandle, emit: Callable[[_Outcome], None]) -> None:
    """On a thread of the pool: whatever happens, one outcome is emitted."""
    try:
        handle.check()
        outcome = _Outcome(job(handle))
    except Exception as error:  # noqa: BLE001  # every error has its way: see Task
        outcome = _Outcome(error=error)
    with suppress(RuntimeError):  # the application has gone, and with it whoever listened
        emit(outcome)


def _exchange() -> _Exchange:
    app = QCoreApplication.instance()
    if app is None:
        raise RuntimeError("a task needs a running application")
    # By name: for a class of ours PySide makes objects of all that Qt has there, at a start 5 ms.
    found = app.findChild(QObject, _EXCHANGE)
    return found if isinstance(found, _Exchange) else _Exchange(app)
