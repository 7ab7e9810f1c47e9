"""What happens to changes on their way to the writer, and what the window hears of it."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace

from esa_desktop.domain.errors import EsaError, StorageError
from esa_desktop.domain.fields import Field, Kind, computer_field, encode
from esa_desktop.domain.revision import FieldView, Revision, make_revision, unwritten
from esa_desktop.services.identity import Who
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


class Trouble:
    """Remembers what the disk said last, for whoever asks why something is not written."""

    def __init__(self, listener: SaveListener) -> None:
        self._listener = listener
        self.last: StorageError | None = None
        self.given_up: EsaError | None = None
        """Why the first write that could not be stored at all could not."""

    def hear(self, error: StorageError | None) -> None:
        """Called on the writer's thread."""
        self.last = error
        self._listener.trouble(error)

    def note(self, done: "Future[None]", pending: int) -> None:
        """Hear how a write ended; on the writer's thread."""
        fault = None if done.cancelled() else done.exception()
        if fault is not None and not isinstance(fault, StorageError):
            error = fault if isinstance(fault, EsaError) else StorageError(GIVEN_UP)
            self.given_up = self.given_up or error
            self._listener.refused(error)
        elif fault is None and pending == 0:
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
        future.add_done_callback(lambda done: self._trouble.note(done, self._writer.pending))
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
