"""What a child process does: lays its limits on itself, then answers questions until nobody asks.

Standard input and output carry frames. What a library prints goes nowhere, and when the parent is
gone so is the child.
"""

import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import IO, Any

from esa_desktop.domain.errors import EsaError
from esa_desktop.services.child_frames import OWN_FOLDER, BadFrame, read_frame, write_frame
from esa_desktop.services.child_limits import Room, allow_seconds, enter

Progress = Callable[[dict[str, Any]], None]
Answer = Callable[[dict[str, Any], Progress], tuple[dict[str, Any], bytes]]
NICE = 10
DEAF = 900.0
"""Seconds after which a child ends in which none of its threads had a turn.

A library in C may keep the one turn Python has for itself; then not even the end of the parent is
heard. Nothing that is done for an honest file takes so long without a pause.
"""


def run(arguments: Sequence[str]) -> int:
    """Be the child named by the first of the arguments; the exit code."""
    name = arguments[0] if arguments else ""
    return serve(lambda: handler(name))


def handler(name: str) -> Answer:
    """Who answers in the child ``name``. Imports only that one."""
    if name == "reader":
        from esa_desktop.foreign.answers import answer

        return answer
    if name == "binder":
        from esa_desktop.report.binder import child

        return child.answer
    raise ValueError("no such child")


def serve(find: Callable[[], Answer]) -> int:
    """Answer what is asked on standard input until it ends; ``find`` is called within the limits."""
    asked, told = _own_streams()
    first = read_frame(asked)
    if first is None:
        return 0
    enter(Room(bool(first[0].get("closed", True)), int(first[0].get("memory", 0))))
    if sys.platform != "win32":
        os.nice(NICE)
    try:
        answer = find()
    except Exception as error:  # noqa: BLE001 - told to the parent, which logs it
        write_frame(told, _fault(error))
        return 1
    write_frame(told, {"answer": {}})
    requests: queue.Queue[dict[str, Any]] = queue.Queue()
    threading.Thread(target=_listen, args=(asked, requests), daemon=True).start()
    if sys.platform != "win32":  # there the system ends it with its parent, whatever it does
        threading.Thread(target=_stay_awake, args=(DEAF,), daemon=True).start()
    while True:
        words = requests.get()
        allow_seconds(float(words.get("seconds", 60)))
        _reply(told, answer, words["request"])


def _reply(told: IO[bytes], answer: Answer, request: dict[str, Any]) -> None:
    def progress(words: dict[str, Any]) -> None:
        write_frame(told, {"progress": words})

    body = b""
    try:
        found, body = answer(request, progress)
        words = {"answer": found}
    except EsaError as error:
        words = {"refused": str(error), "kind": type(error).__name__}  # type: ignore[dict-item]
    except Exception as error:  # noqa: BLE001 - told to the parent, which logs it
        words = _fault(error)
    try:
        write_frame(told, words, body)
    except OSError:
        end_with_all()


def _fault(error: Exception) -> dict[str, Any]:
    if isinstance(error, MemoryError):
        return {"fault": "memory"}
    from esa_desktop.logs import reduced

    return {"fault": "crash", "told": reduced(error)}


def _own_streams() -> tuple[IO[bytes], IO[bytes]]:
    """Take the two pipes for us alone: standard input and output lead nowhere afterwards."""
    asked, told = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)
    return os.fdopen(asked, "rb"), os.fdopen(told, "wb")


def _listen(asked: IO[bytes], requests: "queue.Queue[dict[str, Any]]") -> None:
    """Runs beside the work, so that the end of the parent is noticed in the middle of it."""
    while True:
        try:
            frame = read_frame(asked)
        except (BadFrame, OSError):
            frame = None
        if frame is None:
            end_with_all()
        else:
            requests.put(frame[0])


def _stay_awake(deaf: float) -> None:
    """Put off the end that the system has been asked to bring: an alarm nobody handles."""
    if sys.platform != "win32":
        while True:
            signal.setitimer(signal.ITIMER_REAL, deaf)
            time.sleep(deaf / 20)


def end_with_all() -> None:
    """End at once, with every program that was started from here and an empty folder of our own."""
    here = os.path.realpath(os.curdir)
    if os.path.basename(here).startswith(OWN_FOLDER):  # noqa: PTH119 - pathlib costs start-up time
        with suppress(OSError):
            os.chdir(os.pardir)
            os.rmdir(here)  # noqa: PTH106 - the same
    if sys.platform != "win32" and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(0)
