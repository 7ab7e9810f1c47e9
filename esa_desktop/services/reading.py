"""Strangers' files looked at from a safe distance: child processes do it, this says what came of it."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path, PurePath
from typing import Any, Final, Literal

from esa_desktop.domain.errors import Cancelled
from esa_desktop.domain.evidence import safe_file_name
from esa_desktop.services.child_process import Cancel, ChildFault, ChildProcess
from esa_desktop.storage.durable import write_durably
from esa_desktop.storage.evidence_copies import RUNNABLE, may_open

Kind = Literal["pdf", "picture", "text", "document", "sheet", "slides", "other"]
MEMORY: Final = 512 << 20
"""Bytes for one reading child; an A3 scan in colours at 600 dots an inch takes 300 MB."""
LOOKING: Final = 10.0
"""Seconds for one file or one page: three times what the heaviest honest scan took."""
PRINTING: Final = 40.0
_FREE_EVERY: Final = 0.05

TOO_SLOW: Final = "ใช้เวลาเปิดนานผิดปกติ จึงหยุดไว้ก่อน กรุณาตรวจไฟล์ต้นฉบับ หรือบันทึกเป็น PDF ใหม่แล้วแนบอีกครั้ง"
TOO_GREEDY: Final = "เนื้อในไฟล์ขยายออกแล้วใหญ่ผิดปกติ จึงไม่เปิดเพื่อความปลอดภัย กรุณาตรวจที่มาของไฟล์"
BROKEN: Final = "ไฟล์เสียหายหรือไม่ครบ เปิดดูไม่ได้ กรุณาขอไฟล์ใหม่จากเจ้าของแล้วแนบอีกครั้ง"
MAY_RUN: Final = "ชื่อไฟล์เป็นชนิดที่สั่งงานเครื่องได้ จึงไม่เปิดเพื่อความปลอดภัย กรุณาแนบเป็น PDF หรือภาพแทน"
_FAULTS: Final = {"time": TOO_SLOW, "memory": TOO_GREEDY, "crash": BROKEN}


@dataclass(frozen=True, slots=True)
class Look:
    """What a file is, by its bytes."""

    kind: Kind = "other"
    pages: int = 0
    """0 where it has none, or none that could be counted without an Office program."""
    width: int = 0
    """Of the first page in points, of a picture in pixels, upright."""
    height: int = 0
    words: str = ""
    """The first of them, about 4,000 letters, a paragraph a line."""
    sentence: str = ""
    """Thai: why it cannot be shown or bound; empty: it can."""
    is_encrypted: bool = False
    """Also where it opens without a password."""
    has_scripts: bool = False
    """It holds scripts, macros, files within, or fetches things: never run here, told to people."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A page or picture in pixels."""

    width: int
    height: int
    rgb: bytes
    """RGB888, a row is 3 * width bytes."""
    pages: int


class Reader:
    """Asks reading children; from any thread but the GUI's, for every answer takes its time.

    As many files are read at once as there are children. All of its methods raise `Cancelled`
    where ``cancelled`` says so or the reader was closed.
    """

    def __init__(self, *, children: int = 2) -> None:
        self._children = [ChildProcess("reader", memory=MEMORY) for _ in range(children)]
        self._free = list(self._children)
        self._changed = threading.Condition()
        self._closed = False

    def look(self, path: Path, name: str, *, cancelled: Cancel | None = None) -> Look:
        """``name``: as a person knows it; what is kept by hash has none of its own."""
        if may_run(name):
            return Look(sentence=MAY_RUN)
        try:
            found, _ = self._ask("look", path, name, LOOKING, cancelled)
        except ChildFault as fault:
            found = (fault.progress or {}) | {"sentence": _FAULTS[fault.kind]}
        known = {field.name for field in fields(Look)}
        return Look(**{name: value for name, value in found.items() if name in known})

    def draw(
        self,
        path: Path,
        name: str,
        box: tuple[int, int],
        *,
        page: int = 0,
        turn: int = 0,
        cancelled: Cancel | None = None,
    ) -> Drawing | None:
        """A page as large as fits in ``box`` pixels, ``turn`` quarters clockwise; ``None``: no way.

        A photograph is not drawn larger than it is.
        """
        if may_run(name):
            return None
        more = {"box": list(box), "page": page, "turn": turn}
        try:
            found, rgb = self._ask("draw", path, name, LOOKING, cancelled, more)
        except ChildFault:
            return None
        return _drawing(found, rgb)

    def words(self, path: Path, name: str, *, cancelled: Cancel | None = None) -> tuple[str, ...]:
        """Paragraphs of Office and text files, at most 200,000 letters; rows have " | " in them."""
        if may_run(name):
            return ()
        try:
            found, _ = self._ask("words", path, name, LOOKING, cancelled)
        except ChildFault:
            return ()
        return tuple(str(paragraph) for paragraph in found.get("words", ()))

    def printable(
        self,
        path: Path,
        name: str,
        to: Path,
        *,
        long_side: int = 1754,
        quality: int = 80,
        cancelled: Cancel | None = None,
    ) -> bool:
        """Write an upright JPEG of a picture, or a smaller PDF of a scan; ``False`` for anything else.

        Then nothing is written. 1754 pixels are A4 at 150 dots an inch. ``to`` is there whole or
        not at all.
        """
        if may_run(name):
            return False
        more = {"long_side": long_side, "quality": quality}
        try:
            _, copy = self._ask("printable", path, name, PRINTING, cancelled, more)
        except ChildFault:
            return False
        if not copy.startswith((b"\xff\xd8\xff", b"%PDF-")):
            return False
        write_durably(to, copy)
        return True

    @property
    def peak_memory(self) -> int:
        """Bytes the greediest of the last children used."""
        return max(child.peak_memory for child in self._children)

    def close(self) -> None:
        """End the children; whoever still waits for an answer gets `Cancelled`."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        for child in self._children:
            child.close()

    def _ask(
        self,
        do: str,
        path: Path,
        name: str,
        seconds: float,
        cancelled: Cancel | None,
        more: dict[str, Any] | None = None,
    ) -> tuple[dict[str, Any], bytes]:
        request = {"do": do, "path": str(path.absolute()), "name": name, **(more or {})}
        child = self._take(cancelled or (lambda: False))
        try:
            return child.ask(request, seconds=seconds, cancelled=cancelled)
        finally:
            with self._changed:
                self._free.append(child)
                self._changed.notify()

    def _take(self, unwanted: Callable[[], bool]) -> ChildProcess:
        """The child used last is the one that runs already."""
        with self._changed:
            while not self._free and not self._closed and not unwanted():
                self._changed.wait(_FREE_EVERY)
            if self._closed or unwanted():
                raise Cancelled("ยกเลิกแล้ว ไม่มีอะไรเปลี่ยนแปลง")
            return self._free.pop()


def may_run(name: str) -> bool:
    """Whether any ending in a name is of a kind that acts when it is opened: ``a.exe.pdf``."""
    suffixes = PurePath(safe_file_name(name)).suffixes
    return not RUNNABLE.isdisjoint(suffix.casefold().rstrip() for suffix in suffixes)


def opens_elsewhere(name: str) -> bool:
    """Whether a copy of a file of this name may be handed to another program."""
    return may_open(name)


def _drawing(found: dict[str, Any], rgb: bytes) -> Drawing | None:
    """Only what is a picture indeed: the numbers came from a process that met a stranger."""
    width, height = found.get("width", 0), found.get("height", 0)
    if not (isinstance(width, int) and isinstance(height, int)) or found.get("sentence"):
        return None
    if width < 1 or height < 1 or len(rgb) != 3 * width * height:
        return None
    return Drawing(width, height, rgb, int(found.get("pages", 1)))
