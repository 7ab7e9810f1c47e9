"""What happens to changes on their way to the writer, and what the window hears of it."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path

from esa_desktop.domain.errors import EsaError, StorageError
from esa_desktop.domain.fields import Field, Kind, computer_field, encode
from esa_desktop.domain.revision import FieldView, Revision, make_revision, unwritten
from esa_desktop.services.identity import Who
from esa_desktop.services.rescuing import Rescue
from esa_desktop.storage.store import Write
from esa_desktop.storage.writer import Writer

GIVEN_UP = "มีข้อความส่วนหนึ่งบันทึกไม่ได้ คัดลอกข้อความที่เพิ่งแก้เก็บไว้ แล้วปิดและเปิดโปรแกรมใหม่"


@dataclass(frozen=True, slots=True)
class SaveListener:
    """What the window hears about saving; all are called on the writer's thread."""

    saved: Callable[[], None] = lambda: None
    """Everything that was handed over is committed."""
    trouble: Callable[[StorageError | None], None] = lambda _: None
    """The disk refuses (the sentence), or it is over (``None``)."""
    refused: Callable[[EsaError], None] = lambda _: None
    """One write cannot be stored at all and is given up; what it said is in memory only."""
    rescued: Callable[[Path], None] = lambda _: None
    """While the disk refuses, what is unsaved lies in this file, too; a person can read it."""


class Trouble:
    """Remembers what the disk said last, for whoever asks why something is not written."""

    def __init__(self, listener: SaveListener) -> None:
        self._listener = listener
        self._rescue: Rescue | None = None
        self._unsaved: Callable[[], tuple[Write, ...]] = tuple
        self.last: StorageError | None = None
        self.given_up: EsaError | None = None
        """Why the first write that could not be stored at all could not."""

    def rescue_with(self, rescue: Rescue, unsaved: Callable[[], tuple[Write, ...]]) -> None:
        """From now on keep ``unsaved`` elsewhere whenever the disk has refused it."""
        self._rescue = rescue
        self._unsaved = unsaved

    def hear(self, error: StorageError | None) -> None:
        """Called on the writer's thread, at every try that failed."""
        self.last = error
        kept = None
        if error is not None and self._rescue is not None:
            kept = self._rescue.keep(self._unsaved())
        self._listener.trouble(error)
        if kept is not None:
            self._listener.rescued(kept)

    def note(self, write: Write, done: "Future[None]", pending: int) -> None:
        """Hear how a write ended; on the writer's thread."""
        fault = None if done.cancelled() else done.exception()
        if fault is None and self._rescue is not None:
            self._rescue.committed(write)
        if fault is not None and not isinstance(fault, StorageError):
            error = fault if isinstance(fault, EsaError) else StorageError(GIVEN_UP)
            self.given_up = self.given_up or error
            self._listener.refused(error)
        elif fault is None and pending == 0:
            if self._rescue is not None:
                self._rescue.over()
            self._listener.saved()


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
