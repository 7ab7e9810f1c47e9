"""What happens to changes on their way to the writer, and what the window hears of it."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from esa_desktop.domain.errors import EsaError, StorageError
from esa_desktop.domain.fields import Field, Kind, computer_field, encode
from esa_desktop.domain.revision import FieldView, Revision, make_revision, unwritten
from esa_desktop.services.identity import Who
from esa_desktop.services.rescuing import Rescue
from esa_desktop.storage.layout import title_of
from esa_desktop.storage.rows import Draft
from esa_desktop.storage.store import Write
from esa_desktop.storage.writer import Writer

LOOK: Final = 0.5
SILENT: Final = 2.5
"""Seconds a write may wait before the person hears of it."""
GIVEN_UP = "มีข้อความส่วนหนึ่งบันทึกไม่ได้ คัดลอกข้อความที่เพิ่งแก้เก็บไว้ แล้วปิดและเปิดโปรแกรมใหม่"
GIVEN_UP_KEPT = (
    "มีข้อความส่วนหนึ่งบันทึกไม่ได้ เก็บไว้ให้แล้วที่ {file} กรุณาปิดและเปิดโปรแกรมใหม่ แล้วคัดลอกจากไฟล์นั้นมาวาง"
)


@dataclass(frozen=True, slots=True)
class SaveListener:
    """What the window hears about saving; all are called on the writer's thread."""

    saved: Callable[[], None] = lambda: None
    """Everything that was handed over is committed."""
    trouble: Callable[[StorageError | None], None] = lambda _: None
    """The disk refuses (the sentence), or it is over (``None``)."""
    refused: Callable[[EsaError], None] = lambda _: None
    """One write cannot be stored at all and is given up; the sentence names the file that has it."""
    rescued: Callable[[Path], None] = lambda _: None
    """While the disk refuses, what is unsaved lies in this file, too; a person can read it."""


class Trouble:
    """Remembers what the disk said last, for whoever asks why something is not written."""

    def __init__(self, listener: SaveListener) -> None:
        self._listener = listener
        self._rescue: Rescue | None = None
        self._unsaved: Callable[[], tuple[Write, ...]] = tuple
        self._lock = threading.Lock()
        """Around the rescue: the watch over a drive that does not answer is another thread."""
        self.last: StorageError | None = None
        self.rescued: Path | None = None
        """The text that has all that is unsaved; ``None`` while all is saved, or no place takes it."""
        self._given_up: dict[Field | None, EsaError] = {}
        """By field, why what it said could not be stored at all; until it says something else."""

    @property
    def given_up(self) -> EsaError | None:
        """Why something on the screen is not stored, and never will be as it is."""
        return next(iter(self._given_up.values()), None)

    def rescue_with(self, rescue: Rescue, unsaved: Callable[[], tuple[Write, ...]]) -> None:
        """From now on keep ``unsaved`` elsewhere whenever the disk has refused it."""
        self._rescue = rescue
        self._unsaved = unsaved

    def hear(self, error: StorageError | None) -> None:
        """Called at every try that failed, and while the drive does not answer; on any thread."""
        self.last = error
        kept = None
        if error is not None and self._rescue is not None:
            with self._lock:
                kept = self._rescue.keep(self._unsaved())
            self.rescued = kept
        self._listener.trouble(error)
        if kept is not None:
            self._listener.rescued(kept)

    def note(self, write: Write, done: "Future[None]", pending: int) -> None:
        """Hear how a write ended; on the writer's thread."""
        fault = None if done.cancelled() else done.exception()
        if fault is None:
            self._note_commit(write, pending)
        elif not isinstance(fault, StorageError):
            error = fault if isinstance(fault, EsaError) else self._kept_to_read(write)
            self._given_up.update(dict.fromkeys(_fields_of(write), error))
            self._listener.refused(error)

    def _note_commit(self, write: Write, pending: int) -> None:
        for field in _fields_of(write):
            self._given_up.pop(field, None)
        with self._lock:
            if self._rescue is not None:
                self._rescue.committed(write)
                if pending == 0:
                    self._rescue.over()
                    self.rescued = None
        if pending == 0 and not self._given_up:
            self._listener.saved()

    def _kept_to_read(self, write: Write) -> StorageError:
        """What to say of a write that no project takes: where a person finds what it said."""
        kept = None
        if self._rescue is not None:
            with self._lock:
                kept = self._rescue.keep_refused(write)
        return StorageError(GIVEN_UP_KEPT.format(file=kept) if kept else GIVEN_UP)


def _fields_of(write: Write) -> set[Field | None]:
    """The fields a write says something of; ``{None}`` for one of files alone."""
    facts: tuple[Revision | Draft, ...] = (*write.revisions, *write.drafts)
    return {fact.field for fact in facts} or {None}


class Watch:
    """Over a drive that neither writes nor refuses: while it is silent, the unsaved is kept elsewhere."""

    def __init__(self, writer: Writer, trouble: Trouble, folder: Path) -> None:
        self._writer = writer
        self._trouble = trouble
        self._silence = _silence(folder)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        said = False
        while not (self._over.wait(LOOK) or self._writer.is_over):
            if self._writer.waiting > SILENT:
                said = True
                if self._trouble.last in (None, self._silence):
                    self._trouble.hear(self._silence)
            elif said:
                said = False
                if self._writer.pending == 0:
                    self._trouble.hear(None)


def _silence(folder: Path) -> StorageError:
    return StorageError(
        f"ไดรฟ์ที่เก็บงานประเมิน “{title_of(folder)}” ไม่ตอบสนอง กรุณารอสักครู่ ถ้าเป็นแฟลชไดรฟ์หรือเครือข่ายให้ตรวจว่ายังต่ออยู่"
    )


class Outbox:
    """Hands writes to the writer; the first revision of a computer brings the computer's name along."""

    def __init__(self, writer: Writer, trouble: Trouble, introduction: Revision | None) -> None:
        self._writer = writer
        self._trouble = trouble
        self._introduction = introduction

    def submit(self, write: Write) -> "Future[None]":
        if self._introduction is not None and write.revisions:
            write = replace(write, revisions=(self._introduction, *write.revisions))
            self._introduction = None
        future = self._writer.submit(write)
        future.add_done_callback(lambda done: self._trouble.note(write, done, self._writer.pending))
        return future


def introduction(who: Who, time: str, view: FieldView | None = None) -> Revision | None:
    """The revision that says the computer's name; ``None`` where its ``view`` says so already."""
    field: Field = computer_field(who.device)
    known = view or unwritten(field)
    body = encode(Kind.COMPUTER, who.computer)
    if known.body == body:
        return None
    return make_revision(
        field, known.head_ids, body, author=who.author, device=who.device, time=time
    )
