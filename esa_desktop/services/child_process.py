"""Work on files of strangers, done by a child process: asked a question, it answers or is ended.

What the file breaks is the child. The person's work is in another process, and so is the memory
that a bomb would fill.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, Literal

from esa_desktop.domain import errors
from esa_desktop.domain.errors import Cancelled, EsaError
from esa_desktop.services.child_limits import Room
from esa_desktop.services.running_child import RunningChild

Fault = Literal["time", "memory", "crash"]
Progress = Callable[[dict[str, Any]], None]
Cancel = Callable[[], bool]
ROOMS: Final = {"reader": True, "binder": False}
"""Whose room is closed. The binder writes its volumes and may start LibreOffice."""
STARTING: Final = 60.0
"""Seconds. A cold disk and a virus scanner take their time over every file of the program."""
_LOOK_EVERY: Final = 0.05
"""Seconds between two looks at cancel, clock and memory."""
_MOST_REQUESTS: Final = 2000
"""Then a new child."""
_MUCH: Final = 0.6
"""Of the memory: what broke with so much in hand broke for want of more."""


class ChildFault(Exception):
    """The child broke over its request and was ended; the next request gets a new one."""

    def __init__(self, kind: Fault, progress: dict[str, Any] | None = None, told: str = "") -> None:
        """``progress``: the last the child told of; ``told``: of the error, without its words."""
        super().__init__(kind)
        self.kind: Fault = kind
        self.progress = progress
        self.told = told


class ChildProcess:
    """One child, started when first asked and again after a fault.

    Any thread may ask; one request is answered at a time. An `EsaError` of the child is raised
    here with its sentence.
    """

    def __init__(self, name: str, *, memory: int, folder: Path | None = None) -> None:
        """``memory``: bytes it may use. ``folder``: where it works; else one of its own."""
        self._name = name
        self._memory = memory
        self._folder = folder
        self._turn = threading.Lock()
        self._closing = threading.Event()
        self._child: RunningChild | None = None
        self._requests = 0
        self.peak_memory = 0
        """Bytes the last child used at most."""

    def ask(
        self,
        request: dict[str, Any],
        *,
        seconds: float,
        progress: Progress | None = None,
        cancelled: Cancel | None = None,
    ) -> tuple[dict[str, Any], bytes]:
        """The child's answer. Raises `ChildFault`, `Cancelled` or what the child refused with.

        ``seconds`` count from when the child has begun, not from waiting for one's turn.
        """
        unwanted = cancelled or (lambda: False)
        while not self._turn.acquire(timeout=_LOOK_EVERY):
            self._check(unwanted)
        try:
            child = self._ready_child(unwanted)
            child.send({"request": request, "seconds": seconds})
            answer = self._answer(child, seconds, progress, unwanted)
            self._requests += 1
        except (ChildFault, Cancelled):
            self._end()
            raise
        finally:
            self._turn.release()
        return answer

    def close(self) -> None:
        """End the child; what is being asked is cancelled. It may not be asked again."""
        self._closing.set()
        with self._turn:
            self._end()

    def _ready_child(self, unwanted: Cancel) -> RunningChild:
        self._check(unwanted)
        child = self._child
        if child is not None and child.is_alive and self._is_fresh(child):
            return child
        self._end()
        self._requests = 0
        closed = ROOMS.get(self._name, True)
        # Programs that an open room starts would inherit the limit: there only we watch.
        room = Room(closed, self._memory if closed else 0)
        try:
            child = self._child = RunningChild(self._name, room, self._folder)
        except OSError as error:
            raise ChildFault("crash", told=type(error).__name__) from error
        child.send({"closed": room.closed, "memory": room.memory})
        self._answer(child, STARTING, None, unwanted)
        return child

    def _is_fresh(self, child: RunningChild) -> bool:
        """What libraries leak, or hold in crumbs, would one day be missing for an honest file."""
        return self._requests < _MOST_REQUESTS and child.memory() < self._memory // 2

    def _answer(
        self, child: RunningChild, seconds: float, progress: Progress | None, unwanted: Cancel
    ) -> tuple[dict[str, Any], bytes]:
        looked = time.monotonic()
        until = looked + seconds
        last: dict[str, Any] | None = None
        while True:
            try:
                frame = child.receive(_LOOK_EVERY)
            except queue.Empty:
                self._watch(child, until, last, unwanted)
                continue
            if frame is None:
                self._check(unwanted)
                raise ChildFault(self._end_of(child), last)
            words, body = frame
            if "progress" not in words:
                self._measure(child)
                return _answered(words, last), body
            last = words["progress"]
            if progress is not None and last is not None:
                progress(last)
            self._check(unwanted)
            if time.monotonic() > looked + _LOOK_EVERY:  # one that talks without end
                looked = time.monotonic()
                self._watch(child, until, last, unwanted)

    def _watch(
        self, child: RunningChild, until: float, last: dict[str, Any] | None, unwanted: Cancel
    ) -> None:
        """End the waiting where it takes too long or too much."""
        self._check(unwanted)
        if child.memory() > self._memory:
            raise ChildFault("memory", last)
        if time.monotonic() > until:
            raise ChildFault("time", last)

    def _end_of(self, child: RunningChild) -> Fault:
        """Why it broke: libraries in C do not say that it was memory they lacked."""
        return "memory" if child.memory_peak > self._memory * _MUCH else "crash"

    def _check(self, unwanted: Cancel) -> None:
        if self._closing.is_set() or unwanted():
            raise Cancelled("ยกเลิกแล้ว ไม่มีอะไรเปลี่ยนแปลง")

    def _measure(self, child: RunningChild) -> None:
        child.memory()
        self.peak_memory = child.memory_peak

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.stop()
            self.peak_memory = child.memory_peak


def _answered(words: dict[str, Any], last: dict[str, Any] | None) -> dict[str, Any]:
    """What an answer holds, or the error it tells of raised."""
    if "answer" in words and isinstance(words["answer"], dict):
        return words["answer"]
    if "refused" in words:
        kind = getattr(errors, str(words.get("kind")), EsaError)
        refusal = kind if isinstance(kind, type) and issubclass(kind, EsaError) else EsaError
        raise refusal(str(words["refused"]))
    told = str(words.get("told", ""))
    with suppress(ValueError):
        logging.getLogger("esa_desktop.child").info("%s", told[:2000])
    raise ChildFault("memory" if words.get("fault") == "memory" else "crash", last, told)
