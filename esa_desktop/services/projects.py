"""Create and open projects: what lies in the folder becomes an Editor, and its changes go to the writer."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TypeVar

from esa_desktop import __version__
from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.errors import DamagedProject, NotAProject, StorageError, ValueRefused
from esa_desktop.domain.fields import (
    OFFICE_FIELD,
    Field,
    Kind,
    computer_field,
    encode,
    framework_field,
)
from esa_desktop.domain.framework import Framework
from esa_desktop.domain.revision import FieldView, make_revision
from esa_desktop.domain.thai import clean_text, thai_digits
from esa_desktop.domain.versions import is_newer
from esa_desktop.services.editing import Editor, utc_now
from esa_desktop.services.field_names import field_name
from esa_desktop.services.identity import Who
from esa_desktop.services.opening import found_for, graph_of, submit_all, views_of
from esa_desktop.services.rescuing import Found, Rescue, places_for
from esa_desktop.services.saving import Outbox, SaveListener, Trouble, Watch, introduction
from esa_desktop.storage import evidence_files
from esa_desktop.storage.faults import newer
from esa_desktop.storage.layout import title_of
from esa_desktop.storage.lock import Holder
from esa_desktop.storage.migrations import back_up_before
from esa_desktop.storage.opener import put_opener
from esa_desktop.storage.store import Store
from esa_desktop.storage.writer import Writer

SUFFIX = ".esaproj"
ONE_TRY = 1.5
"""Seconds for a last try while the disk refuses."""
TOO_SLOW = "ยังบันทึกลงดิสก์ไม่เสร็จ ดิสก์อาจช้าหรือถูกถอดออก กรุณาตรวจแล้วลองอีกครั้ง"
T = TypeVar("T")
__all__ = ["Project", "SaveListener", "create_project", "open_project", "rounds_of"]


@contextmanager
def _patient() -> Iterator[None]:
    try:
        yield
    except TimeoutError as error:
        raise StorageError(TOO_SLOW) from error


class Project:
    """One open project: its folder, the Editor of the chosen round, and the one writer."""

    def __init__(
        self,
        folder: Path,
        editor: Editor,
        who: Who,
        *,
        project_id: str,
        writer: Writer,
        trouble: Trouble,
        rescued: int = 0,
        at_end: ExitStack,
    ) -> None:
        self.folder = folder
        self.project_id = project_id
        """What all copies of this project have in common."""
        self.rescued = rescued
        """Fields of which something came back on opening that the disk had refused once."""
        self._at_end = at_end
        self._trouble = trouble
        self.editor = editor
        self.who = who
        self._writer = writer

    @property
    def read_only(self) -> bool:
        return self.editor.is_read_only

    def flush(self, timeout: float = 30) -> None:
        """Cut every draft into a revision and wait until all is committed.

        For commands, exports and leaving; raises the `EsaError` of what is not on the disk.
        """
        self.editor.checkpoint()
        self.wait_until_saved(timeout)

    def wait_until_saved(self, timeout: float = 30) -> None:
        """The same for what was handed over already; from any thread."""
        if self._trouble.last is not None:  # what refuses now is not waited for
            self._writer.retry_now()
            timeout = min(timeout, ONE_TRY)
        if not self._writer.flush(timeout):
            raise self._trouble.last or StorageError(TOO_SLOW)
        with _patient():
            self._writer.ask(lambda _: None).result(timeout)  # by then every write has told its end
        if self._trouble.given_up is not None:
            raise self._trouble.given_up

    def ask(self, question: Callable[[Store], T]) -> "Future[T]":
        """Read something from the store, in order with the writes."""
        return self._writer.ask(question)

    def ask_slowly(self, question: Callable[[Store, Callable[[], None]], T]) -> "Future[T]":
        """Read something that takes long, while saving goes on; see `Writer.ask_slowly`."""
        return self._writer.ask_slowly(question)

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

    @property
    def rescue_file(self) -> Path | None:
        """The text that has all that is unsaved, where the disk refuses; see `Trouble.rescued`."""
        return self._trouble.rescued

    def retry_now(self) -> None:
        self._writer.retry_now()

    def close(self, timeout: float = 10) -> bool:
        """End every visit, write what is left, let the folder go. ``False``: something is unsaved."""
        self.editor.finish_all_typing()
        done = self._writer.close(timeout)
        self._at_end.close()
        return done


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
    named = introduction(who, time)
    if named is not None:
        revisions = (*revisions, named)
    Store.create(folder, _holder(who, time), first=revisions).close()


def open_project(
    folder: Path,
    *,
    who: Who,
    year: int | None = None,
    listener: SaveListener | None = None,
    take_over: bool = False,
    read_only: bool = False,
) -> Project:
    """Open a project folder; the round is that of ``year`` or the latest.

    Drafts found are text that was typed and not yet cut into revisions when the program ended:
    they become revisions on the parents they stood on. With ``read_only`` a private copy of the
    database is read and nothing is written, not even a lock. Raises `ProjectLocked`, `LeftOpen`
    (open it with ``take_over`` when the person says so), `DamagedProject`, `NewerProject` …
    """
    trouble = Trouble(listener or SaveListener())
    with ExitStack() as at_end:
        writer = Writer(_opener(folder, who, take_over, read_only, at_end), trouble.hear)
        contents = writer.start()
        # Left running, its thread would hold the project for ever.
        at_end.callback(writer.close, 0)
        rescued = Found() if read_only else found_for(contents, writer, folder)
        with _damage_named(folder, contents.program):
            views, writes = views_of(contents, rescued, writer)
            outbox = Outbox(
                writer,
                trouble,
                introduction(who, utc_now(), views.get(computer_field(who.device))),
            )
            if not read_only:
                if contents.program != __version__:
                    writer.ask(lambda store: store.note_program())  # a full disk is no matter here
                submit_all(writer, writes, rescued)
                put_opener(folder, contents.project_id)
            editor = Editor(
                _round(views, year),
                views,
                submit=outbox.submit,
                graph=graph_of(writer),
                who=who,
                read_only=read_only,
                known_files=contents.files | {f.sha256 for w in rescued.writes for f in w.files},
            )
        rescue = Rescue(
            contents.project_id,
            title_of(folder),
            places_for(folder),
            device=who.device,
            folder=folder,
            name_of=lambda field: field_name(field, editor.round.framework),
        )
        trouble.rescue_with(rescue, lambda: writer.unsaved)
        at_end.callback(Watch(writer, trouble, folder).stop)
        return Project(
            folder,
            editor,
            who,
            project_id=contents.project_id,
            writer=writer,
            trouble=trouble,
            rescued=len({fact.field for one in rescued.writes for fact in one.revisions}),
            at_end=at_end.pop_all(),
        )


def _opener(
    folder: Path, who: Who, take_over: bool, read_only: bool, at_end: ExitStack
) -> Callable[[], Store]:
    """How the writer comes to its store; ``at_end`` hears what is to be cleared away."""
    if read_only:
        from esa_desktop.storage.reading_copy import reading_copy

        copy = at_end.enter_context(reading_copy(folder))
        return lambda: Store.open_copy(folder, copy)
    return lambda: Store.open(
        folder,
        _holder(who, utc_now()),
        before_migration=back_up_before,
        take_over=take_over,
    )


@contextmanager
def _damage_named(folder: Path, program: str) -> Iterator[None]:
    """A value that cannot be read, in a row that proves itself, was written wrongly: damage, too.

    Or in a way of a newer ``program``'s, of which this one knows nothing.
    """
    try:
        yield
    except ValueError as error:
        if is_newer(program, __version__):
            raise newer(folder, program) from error
        raise DamagedProject(
            f"ข้อมูลใน “{folder.name}” เสียหายบางส่วน จึงยังเปิดไม่ได้ กรุณาอย่าแก้ไขโฟลเดอร์นี้และกู้คืนจากข้อมูลสำรอง"
        ) from error


def rounds_of(views: Mapping[Field, FieldView]) -> tuple[int, ...]:
    """The fiscal years a project holds, oldest first."""
    return tuple(
        sorted(int(f.round) for f, v in views.items() if f.kind is Kind.FRAMEWORK and v.body)
    )


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
    return Holder(who.author, who.computer, since, who.device)
