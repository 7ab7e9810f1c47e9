"""The one writer: a thread that owns the Store, commits in order, acknowledges after COMMIT."""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, TypeVar

from esa_desktop.domain.errors import Cancelled, EsaError, StorageError
from esa_desktop.storage.store import Contents, Store, Write

T = TypeVar("T")
Trouble = Callable[[StorageError | None], None]

WAITS: Final = (1.0, 1.2)
"""Seconds before a failed write is tried again; the last one for ever.

Every failed try also brings the rescue file up to date (`services.projects`), so that no more
than a second and a half of typing is in memory alone.
"""
MOST_FAULTS: Final = 3
"""Tries of a write that fails for no reason of the disk's: memory may be short for a moment."""
STUMBLED: Final = "โปรแกรมบันทึกข้อความไม่สำเร็จและกำลังลองใหม่ กรุณารอสักครู่ ถ้ายังไม่สำเร็จให้ปิดโปรแกรมอื่นที่เปิดอยู่"
MOST_TOGETHER: Final = 64
"""Writes in one transaction: one flush of the disk serves all that queued up behind a slow one."""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Job:
    """A write or a question; exactly one of the two."""

    write: Write | None = None
    question: Callable[[Store], Any] | None = None
    since: float = field(default_factory=time.monotonic)
    faults: int = 0
    """How often a write failed for another reason than the disk's."""
    future: "Future[Any]" = field(default_factory=Future)


def is_refusal(error: Exception) -> bool:
    """Whether a write can never be stored, however often it is tried."""
    return isinstance(error, EsaError | ValueError)


class Writer:
    """Takes writes and questions from any thread and carries them out one after another.

    A write that the disk refuses keeps its place and is tried again until it succeeds or the
    writer is closed. Callbacks (``on_trouble``, those of futures) run on the writer's thread and
    must not wait for the writer.
    """

    def __init__(
        self,
        open_store: Callable[[], Store],
        on_trouble: Trouble | None = None,
        *,
        waits: Sequence[float] = WAITS,
    ) -> None:
        self._open_store = open_store
        self._on_trouble = on_trouble
        self._waits = tuple(waits)
        self._opened: Future[Contents] = Future()
        self._thread = threading.Thread(target=self._run, name="writer", daemon=False)
        self._jobs: deque[_Job] = deque()
        self._slow: deque[_Job] = deque()
        """Questions that let others go first, and begin only when nobody else waits."""
        # Guards everything below and the queue; never held while calling anything of others.
        self._changed = threading.Condition()
        self._at_once = False
        self._deadline: float | None = None
        self._ended = False

    def start(self) -> Contents:
        """Open the project on the writer's thread; raises what opening raised, and is over then."""
        self._thread.start()
        try:
            return self._opened.result()
        except BaseException:
            self._thread.join()
            raise

    def submit(self, write: Write) -> "Future[None]":
        """Queue a write. The future is done after the COMMIT, and cannot be cancelled."""
        job = _Job(write=write)
        job.future.set_running_or_notify_cancel()
        return self._queue(job)

    def ask(self, question: Callable[[Store], T]) -> "Future[T]":
        """Let ``question`` read from the store, after all writes queued so far."""
        return self._queue(_Job(question=question))

    def ask_slowly(self, question: Callable[[Store, Callable[[], None]], T]) -> "Future[T]":
        """Like `ask`, for what takes longer than a moment: saving goes on meanwhile.

        ``question`` also gets ``breathe``, to be called every few milliseconds between two reads:
        writes and short questions that came meanwhile are carried out in it. It raises what the
        disk said to such a write (which keeps its place), and `Cancelled` when the writer closes.
        """

        def ask(store: Store) -> T:
            return question(store, partial(self._breathe, store))

        return self._queue(_Job(question=ask), self._slow)

    @property
    def pending(self) -> int:
        """How many writes are not yet committed."""
        return len(self.unsaved)

    @property
    def unsaved(self) -> tuple[Write, ...]:
        """The writes not yet committed, oldest first; after a failed `close`, those given up."""
        with self._changed:
            return tuple(job.write for job in self._jobs if job.write is not None)

    @property
    def waiting(self) -> float:
        """Seconds since the oldest write that is not yet committed was submitted; 0 without any."""
        with self._changed:
            since = next((job.since for job in self._jobs if job.write is not None), None)
        return 0.0 if since is None else time.monotonic() - since

    @property
    def is_over(self) -> bool:
        """The store is closed; what is left will not be written any more."""
        return self._ended

    def retry_now(self) -> None:
        """Try a refused write at once: the person says the disk has room again."""
        with self._changed:
            self._at_once = True
            self._changed.notify_all()

    def flush(self, timeout: float) -> bool:
        """Wait until all that was submitted is committed; ``False`` when that takes longer."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._writes_left(), timeout)

    def close(self, timeout: float = 10) -> bool:
        """Write what is left and let the project go; ``True`` when everything is written.

        What the disk refuses is tried until ``timeout`` seconds have passed, then given up:
        its futures get the error and `unsaved` still has it.
        """
        with self._changed:
            if self._deadline is None:
                self._deadline = time.monotonic() + timeout
            self._changed.notify_all()
        if self._thread.is_alive():
            self._thread.join(timeout + 1)
        with self._changed:
            return not self._writes_left() and not self._thread.is_alive()

    # --- on the caller's thread, under the lock -----------------------------------------------

    def _queue(self, job: _Job, queue: deque[_Job] | None = None) -> "Future[Any]":
        with self._changed:
            if self._deadline is not None or self._ended:
                raise RuntimeError("the writer is closed")
            (self._jobs if queue is None else queue).append(job)
            self._changed.notify_all()
        return job.future

    def _writes_left(self) -> bool:
        return any(job.write is not None for job in self._jobs)

    # --- on the writer's thread ---------------------------------------------------------------

    def _run(self) -> None:
        try:
            store = self._open_store()
        except BaseException as error:  # noqa: BLE001 - whoever waits in start() gets it
            self._end()
            self._opened.set_exception(error)
            return
        try:
            contents = store.load()
        except BaseException as error:  # noqa: BLE001 - as above
            store.close()
            self._end()
            self._opened.set_exception(error)
            return
        self._opened.set_result(contents)
        try:
            self._work(store)
        finally:
            store.close()
            self._end()

    def _end(self) -> None:
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def _work(self, store: Store) -> None:
        failures = 0
        while jobs := self._next(store):
            error = self._carry_out(store, jobs)
            if error is None:
                if failures:
                    self._tell(None)
                failures = 0
                continue
            told = self.pending  # counted first: what comes while it is told must be told, too
            self._tell(error)
            if not self._may_retry(error, told, self._waits[min(failures, len(self._waits) - 1)]):
                self._give_up(error)
                return
            failures += 1

    def _next(self, store: Store) -> list[_Job]:
        """The jobs at the head of the queue, left in it until done; empty when closing and done."""
        while True:
            with self._changed:
                self._changed.wait_for(
                    lambda: self._jobs or self._slow or self._deadline is not None
                )
                jobs = self._at_head()
                slow = None if jobs or not self._slow else self._slow.popleft()
            if slow is None:
                return jobs
            self._answer_slowly(store, slow)

    def _at_head(self) -> list[_Job]:
        """Writes that are committed together, or one question; under the lock."""
        together: list[_Job] = []
        for job in self._jobs:
            if len(together) == MOST_TOGETHER or (together and job.write is None):
                break
            together.append(job)
            if job.write is None:
                break
        return together

    def _carry_out(self, store: Store, jobs: list[_Job]) -> StorageError | None:
        """Do these jobs; an error only where the disk refused writes, which then stay queued."""
        question = jobs[0].question
        try:
            if question is None:
                store.write(*(job.write for job in jobs if job.write is not None))
            elif jobs[0].future.set_running_or_notify_cancel():
                answer = question(store)
                self._done(jobs)
                jobs[0].future.set_result(answer)
                return None
        except StorageError as error:
            if question is None:
                return error
            self._fail(jobs, error)
            return None
        except Exception as error:  # noqa: BLE001 - it is tried again, or goes into the future
            return self._stumble(store, jobs, error)
        self._done(jobs)
        if question is None:
            for job in jobs:
                job.future.set_result(None)
        return None

    def _stumble(self, store: Store, jobs: list[_Job], error: Exception) -> StorageError | None:
        """What failed, and not for the disk: tried a few times more, unless it never can succeed."""
        jobs[0].faults += 1
        is_write = jobs[0].question is None
        if is_write and not is_refusal(error) and jobs[0].faults < MOST_FAULTS:
            _log.error("a write failed and is tried again", exc_info=error)
            return StorageError(STUMBLED)
        if len(jobs) > 1:  # one of them is bad: the others must not fall with it
            return self._one_by_one(store, jobs)
        self._fail(jobs, error)
        return None

    def _answer_slowly(self, store: Store, job: _Job) -> None:
        if job.question is None or not job.future.set_running_or_notify_cancel():
            return
        try:
            self._breathe(store)  # not even begun where the project is being closed
            answer = job.question(store)
        except Exception as error:  # noqa: BLE001 - it goes into the future
            job.future.set_exception(error)
        else:
            job.future.set_result(answer)

    def _breathe(self, store: Store) -> None:
        while True:
            with self._changed:
                if self._deadline is not None:
                    raise Cancelled("งานประเมินกำลังปิด จึงหยุดงานนี้ก่อน")
                jobs = self._at_head()
            if not jobs:
                return
            error = self._carry_out(store, jobs)
            if error is not None:
                raise error

    def _one_by_one(self, store: Store, jobs: list[_Job]) -> StorageError | None:
        for job in jobs:
            error = self._carry_out(store, [job])
            if error is not None:
                return error
        return None

    def _done(self, jobs: list[_Job]) -> None:
        with self._changed:
            for _ in jobs:
                self._jobs.popleft()
            self._changed.notify_all()

    def _fail(self, jobs: list[_Job], error: Exception) -> None:
        self._done(jobs)
        for job in jobs:
            job.future.set_exception(error)

    def _may_retry(self, error: StorageError, told: int, seconds: float) -> bool:
        """Wait for the time, `retry_now` or `close`; ``False`` when it is time to give up.

        What is submitted beyond the ``told`` writes is told of at once: whoever keeps the unsaved
        elsewhere must
        not have to wait for the next try.
        """
        until = time.monotonic() + seconds
        while True:
            retry = self._waited(until, told)
            pending = self.pending
            if pending != told:
                told = pending
                self._tell(error)
            if retry is not None:
                return retry

    def _waited(self, until: float, told: int) -> bool | None:
        """Whether it is time to try again; ``None`` when there are more writes than ``told``."""
        with self._changed:
            while not self._at_once:
                now = time.monotonic()
                if self._deadline is not None and now >= self._deadline:
                    return False
                if sum(job.write is not None for job in self._jobs) != told:
                    return None
                # Closing: try more often, for there is not much time left.
                end = until if self._deadline is None else min(now + 0.2, self._deadline)
                if now >= end:
                    break
                if not self._changed.wait(end - now) and self._deadline is not None:
                    break
            self._at_once = False
            return True

    def _give_up(self, error: StorageError) -> None:
        with self._changed:
            jobs = [*self._jobs, *self._slow]
            self._slow.clear()
        for job in jobs:
            if job.write is not None or job.future.set_running_or_notify_cancel():
                job.future.set_exception(error)

    def _tell(self, error: StorageError | None) -> None:
        if self._on_trouble is None:
            return
        try:
            self._on_trouble(error)
        except Exception:  # noqa: BLE001 - a listener's fault must not end the writing
            _log.exception("the listener to trouble failed")
