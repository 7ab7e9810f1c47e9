"""Create and open projects: what lies in the folder becomes an Editor, and its changes go to the writer."""

import shutil
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.errors import EsaError, NotAProject, StorageError, ValueRefused
from esa_desktop.domain.fields import (
    OFFICE_FIELD,
    Field,
    Kind,
    encode,
    framework_field,
)
from esa_desktop.domain.framework import Framework
from esa_desktop.domain.revision import FieldView, Revision, make_revision, view_of_heads
from esa_desktop.domain.thai import clean_text, thai_digits
from esa_desktop.services.editing import Editor, revision_of_draft, utc_now
from esa_desktop.services.identity import Who
from esa_desktop.storage import evidence_files
from esa_desktop.storage.lock import Holder
from esa_desktop.storage.store import Contents, Store, Write
from esa_desktop.storage.writer import Writer

SUFFIX = ".esaproj"
T = TypeVar("T")
GIVEN_UP = "มีข้อความส่วนหนึ่งบันทึกไม่ได้ คัดลอกข้อความที่เพิ่งแก้เก็บไว้ แล้วปิดและเปิดโปรแกรมใหม่"


@dataclass(frozen=True, slots=True)
class SaveListener:
    """What the window hears about saving; both are called on the writer's thread."""

    saved: Callable[[], None] = lambda: None
    """Everything that was handed over is committed."""
    trouble: Callable[[StorageError | None], None] = lambda _: None
    """The disk refuses (the sentence), or it is over (``None``)."""
    refused: Callable[[EsaError], None] = lambda _: None
    """One write cannot be stored at all and is given up; what it said is in memory only."""


class _Trouble:
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


class Project:
    """One open project: its folder, the Editor of the chosen round, and the one writer."""

    def __init__(
        self, folder: Path, writer: Writer, editor: Editor, who: Who, trouble: "_Trouble"
    ) -> None:
        self.folder = folder
        self._trouble = trouble
        self.editor = editor
        self.who = who
        self._writer = writer

    def flush(self, timeout: float = 30) -> None:
        """Cut every draft into a revision and wait until all is committed.

        For commands, exports and leaving; raises the `EsaError` of what is not on the disk.
        """
        self.editor.checkpoint()
        if not self._writer.flush(timeout):
            raise self._trouble.last or StorageError(
                "ยังบันทึกลงดิสก์ไม่เสร็จ ดิสก์อาจช้าหรือถูกถอดออก ตรวจแล้วลองอีกครั้ง"
            )
        self._writer.ask(lambda _: None).result(timeout)  # by then every write has told its end
        if self._trouble.given_up is not None:
            raise self._trouble.given_up

    def ask(self, question: Callable[[Store], T]) -> "Future[T]":
        """Read something from the store, in order with the writes."""
        return self._writer.ask(question)

    def path_of(self, sha256: str) -> Path:
        """Where a file of the project lies; it may be missing."""
        return evidence_files.path_of(self.folder, sha256)

    def image_bytes(self, sha256: str) -> bytes | None:
        """A picture inside a text, or ``None`` where the file is missing."""
        try:
            return self.path_of(sha256).read_bytes()
        except OSError:
            return None

    @property
    def unsaved(self) -> int:
        """How many writes are not yet committed."""
        return self._writer.pending

    def retry_now(self) -> None:
        self._writer.retry_now()

    def close(self, timeout: float = 10) -> bool:
        """End every visit, write what is left, let the folder go. ``False``: something is unsaved."""
        self.editor.finish_all_typing()
        return self._writer.close(timeout)


def create_project(
    folder: Path, framework: Framework, *, office: str, fiscal_year: int, who: Who
) -> None:
    """A new project folder with one round; the framework's text is pinned inside.

    Raises `EsaError` and leaves nothing behind where the folder cannot be used.
    """
    office = clean_text(office).strip()
    if not office:
        raise ValueRefused("กรุณาพิมพ์ชื่อสำนักงาน เช่น สพป.เวียงสายธาร เขต ๑")
    values = {OFFICE_FIELD: office, framework_field(fiscal_year): framework}
    time = utc_now()
    revisions = tuple(
        make_revision(
            field,
            (),
            encode(field.kind, value),
            author=who.author,
            device=who.device,
            time=time,
        )
        for field, value in values.items()
    )
    was_there = folder.exists()
    store = Store.create(folder, _holder(who, time))
    try:
        store.write(Write(revisions=revisions))
    except BaseException:
        store.close()
        _remove_new(folder, keep_folder=was_there)
        raise
    store.close()


def open_project(
    folder: Path, *, who: Who, year: int | None = None, listener: SaveListener | None = None
) -> Project:
    """Open a project folder; the round is that of ``year`` or the latest.

    Drafts found are text that was typed and not yet cut into revisions when the program ended:
    they become revisions on the parents they stood on.
    """
    heard = listener or SaveListener()
    holder = _holder(who, utc_now())
    trouble = _Trouble(heard)
    writer = Writer(lambda: Store.open(folder, holder), trouble.hear)
    contents = writer.start()
    try:
        views, write = _views(contents, _graph_of(writer))
        if write.revisions or write.dropped:
            writer.submit(write)
        editor = Editor(
            _round(views, year),
            views,
            submit=partial(_submit, writer, trouble),
            graph=_graph_of(writer),
            who=who,
        )
    except ValueError as error:
        writer.close(0)
        raise NotAProject(
            f"ข้อมูลใน “{folder.name}” เสียหายบางส่วน จึงยังเปิดไม่ได้ กรุณาอย่าแก้ไขโฟลเดอร์นี้และเปิดจากสำเนาสำรอง"
        ) from error
    except BaseException:
        writer.close(0)  # else its thread would hold the project for ever
        raise
    return Project(folder, writer, editor, who, trouble)


def _remove_new(folder: Path, *, keep_folder: bool) -> None:
    """What `Store.create` laid out a moment ago; the folder itself stays if it was somebody's."""
    for inside in folder.iterdir():
        if inside.is_dir():
            shutil.rmtree(inside, ignore_errors=True)
        else:
            inside.unlink(missing_ok=True)
    if not keep_folder:
        folder.rmdir()


def rounds_of(views: Mapping[Field, FieldView]) -> tuple[int, ...]:
    """The fiscal years a project holds, oldest first."""
    return tuple(
        sorted(int(f.round) for f, v in views.items() if f.kind is Kind.FRAMEWORK and v.body)
    )


def _submit(writer: Writer, trouble: _Trouble, job: Write) -> "Future[None]":
    future = writer.submit(job)
    future.add_done_callback(lambda done: trouble.note(done, writer.pending))
    return future


def _graph_of(writer: Writer) -> Callable[[Field], Mapping[str, Revision]]:
    return lambda field: writer.ask(lambda store: store.graph(field)).result(30)


def _views(
    contents: Contents, graph: Callable[[Field], Mapping[str, Revision]]
) -> tuple[dict[Field, FieldView], Write]:
    heads = {field: list(found) for field, found in contents.heads.items()}
    cut: list[Revision] = []
    for draft in contents.drafts:
        known = heads.setdefault(draft.field, [])
        if any(head.body == draft.body for head in known) or (not known and not draft.body):
            continue
        revision = revision_of_draft(draft)
        heads[draft.field] = [h for h in known if h.id not in revision.parents] + [revision]
        cut.append(revision)
    new = {revision.id: revision for revision in cut}
    views = {
        field: view_of_heads(field, found, partial(_with_cut, graph, field, new))
        for field, found in heads.items()
        if found
    }
    dropped = tuple((draft.field, draft.device) for draft in contents.drafts)
    return views, Write(revisions=tuple(cut), dropped=dropped)


def _with_cut(
    graph: Callable[[Field], Mapping[str, Revision]], field: Field, cut: Mapping[str, Revision]
) -> Mapping[str, Revision]:
    return {**graph(field), **cut}


def _round(views: Mapping[Field, FieldView], year: int | None) -> AssessmentRound:
    years = rounds_of(views)
    if not years:
        raise NotAProject("งานประเมินนี้ยังไม่มีฉบับมาตรฐานอยู่ข้างใน จึงเปิดไม่ได้ กรุณาสร้างงานประเมินใหม่")
    chosen = years[-1] if year is None else year
    if chosen not in years:
        known = ", ".join(str(y) for y in years)
        raise ValueRefused(thai_digits(f"งานประเมินนี้ไม่มีปี {chosen} มีเฉพาะปี {known}"))
    return AssessmentRound(chosen, views[framework_field(chosen)].value)


def _holder(who: Who, since: str) -> Holder:
    return Holder(person=who.author, computer=who.computer, since=since)
