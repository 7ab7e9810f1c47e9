"""A scene: something the program does to a project on a disk, and what must be true whatever happened.

Scenes are played in child processes by the harnesses beside this file, which kill them, refuse
their writes or cut the power. A scene plays in ``ground``, a folder of its own; what it tells
through ``Tell`` reaches the judge even when the child dies.
"""

import json
import logging
import os
import select
import signal
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from esa_desktop.domain.errors import EsaError
from esa_desktop.services import backing_up
from esa_desktop.storage import database
from esa_desktop.storage.lock import Holder
from esa_desktop.storage.writer import Writer
from tests.projects import WHO

Tell = Callable[..., None]
"""Gets a word and values that JSON can hold."""
Told = Sequence[Any]
"""One line: the word and its values."""
HOLDER = Holder(WHO.author, WHO.computer, "2026-11-22T03:00:00.000+00:00", WHO.device)
PATIENCE = 60
"""Seconds a child has; the longest scene takes two."""
PROJECT = "งาน.esaproj"
CONTROLS: dict[str, dict[str, Any]] = {
    "no-journal": {"journal_mode": "off"},
    "journal-in-memory": {"journal_mode": "memory"},
    "synchronous-normal": {"synchronous": 1},
    "synchronous-off": {"synchronous": 0},
}
"""Pragmas that take a protection away: a harness that finds nothing wrong then proves nothing."""


@dataclass(frozen=True)
class Scene:
    name: str
    prepare: Callable[[Path], None]
    """Fills an empty ground."""
    act: Callable[[Path, Tell], None]
    """In the child. Raises what the program raises."""
    judge: Callable[[Path, Sequence[Told]], list[str]]
    """What a person would miss afterwards, in a word each; nothing when all is well."""
    drive: str = PROJECT
    """The folder of the ground that lies on the disk that fails for good."""


Ready = Callable[[Tell], tuple[Tell, Callable[[], None]]]
"""Called in the child before the scene; returns what the scene tells through, and what is called
after it.
"""


def played(scene: Scene, ground: Path, ready: Ready) -> list[Told]:
    """Play the scene in a child after ``ready`` there; what it told, up to its death.

    One of the words is ``finished``, ``refused`` with the sentence or ``crashed``, else it was killed.
    """
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read)
        _child(scene, ground, ready, write)
    os.close(write)
    try:
        lines = _read(read)
    finally:
        os.close(read)
        os.kill(pid, signal.SIGKILL)  # a child that hangs; the others have ended
        os.waitpid(pid, 0)
    return [json.loads(line) for line in lines]


def _child(scene: Scene, ground: Path, ready: Ready, pipe: int) -> None:
    real_write = os.write

    def tell_parent(word: str, *values: object) -> None:
        real_write(pipe, json.dumps([word, *values]).encode() + b"\n")

    tell: Tell = tell_parent
    try:
        logging.disable()
        Writer.__init__.__kwdefaults__["waits"] = (0.005,)  # type: ignore[index]
        backing_up.PATIENCE = 0.05  # type: ignore[misc]
        with at_home(ground):
            tell, after = ready(tell)
            try:
                scene.act(ground, tell)
                tell("finished")
            finally:
                after()
    except EsaError as error:
        tell("refused", str(error))
    except BaseException:  # noqa: BLE001 - told, and judged as a fault of the program
        tell("crashed", traceback.format_exc())
    finally:
        os._exit(0)


@contextmanager
def at_home(ground: Path) -> Iterator[None]:
    """The person's own folders lie in ``ground`` too, so that rescue files and the like do."""
    home, temporary = str(ground / "home"), str(ground / "tmp")
    before, tempfile.tempdir = tempfile.tempdir, temporary
    with patch.dict(os.environ, ESA_HOME=home, HOME=home, TMPDIR=temporary):
        try:
            yield
        finally:
            tempfile.tempdir = before


def _read(pipe: int) -> list[bytes]:
    """Lines until the child closes its end, or dies, or has had its time."""
    end = time.monotonic() + PATIENCE
    taken = b""
    while (left := end - time.monotonic()) > 0:
        if select.select([pipe], [], [], left)[0]:
            piece = os.read(pipe, 1 << 16)
            if not piece:
                return taken.splitlines()
            taken += piece
    return [*taken.splitlines(), b'["hung"]']


def weaken(control: str) -> None:
    """Take a protection away from every database opened from now on; for the child."""
    for name, value in CONTROLS[control].items():
        database.PRAGMAS[name] = value


def words(told: Iterable[Told], word: str) -> list[Told]:
    return [line[1:] for line in told if line[0] == word]


def says_what_to_do(sentence: str) -> bool:
    """Thai, on one line, without a word of the machine's; names what to do."""
    machine = ("sqlite", "Errno", "Error", "errno", "disk image", "Traceback")
    return (
        any("\u0e01" <= sign <= "\u0e5b" for sign in sentence)
        and "\n" not in sentence
        and any(word in sentence for word in ("กรุณา", "ลองอีกครั้ง", "คัดลอกข้อความ"))
        and not any(word in sentence for word in machine)
    )
