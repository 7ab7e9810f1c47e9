"""The Store: revisions, heads, drafts and evidence rows of one open project."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, Self

from sqlalchemy import Connection, Engine, Select, func, select

from esa_desktop.domain.errors import NewerProject, NotAProject, ReadOnlyProject
from esa_desktop.domain.fields import Field
from esa_desktop.domain.ids import new_id
from esa_desktop.domain.revision import Revision
from esa_desktop.storage import heads
from esa_desktop.storage.aside import keep_before_playback
from esa_desktop.storage.creation import lay_out
from esa_desktop.storage.database import copy_pages, open_database
from esa_desktop.storage.faults import (
    FULL,
    DriveFault,
    Garbled,
    drive_gone,
    left_open,
    newer,
    said_in_thai,
)
from esa_desktop.storage.layout import database_of, identity_of
from esa_desktop.storage.lock import Holder, read_holder, remove_holder, write_holder
from esa_desktop.storage.migrations import Before, driver_of
from esa_desktop.storage.program_mark import note_program, program_of
from esa_desktop.storage.putting import (
    Write,
    forget_files,
    known_files,
    put_drafts,
    put_files,
    put_revisions,
)
from esa_desktop.storage.rows import (
    Draft,
    draft_of,
    in_field,
    meta_of,
    reading,
    revision_of,
)
from esa_desktop.storage.tables import DRAFT, EVIDENCE_FILE, HEAD, META, PROJECT_ID, REVISION

__all__ = ["Contents", "Draft", "State", "Store", "Write"]

READ_ONLY: Final = "งานประเมินนี้เปิดดูอย่างเดียว จึงแก้ไขไม่ได้ กรุณาทำตามที่แถบด้านบนบอกก่อน"
LARGEST_CHECKED: Final = 16 << 20
"""Bytes of a database that is checked on opening."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What is current in a project; each revision and draft was checked against its hash."""

    project_id: str
    heads: Mapping[Field, tuple[Revision, ...]]
    """Sorted by id."""
    drafts: tuple[Draft, ...]
    files: frozenset[str]
    """sha256 of every known evidence file."""
    program: str = ""
    """The newest version of the program that wrote here before; empty where that is not known."""


@dataclass(frozen=True, slots=True)
class State:
    """How far a project has come; two that are equal have nothing new between them."""

    last_seq: int
    """The number of the last revision; numbers are local to one project.db."""
    drafts: str
    """sha256 over what is being typed."""
    files: int


class Store:
    """One open project. Lives on the thread that opened it, which is the writer's.

    Every method that touches the disk raises `StorageError` children and nothing of SQLAlchemy's.
    """

    def __init__(self, folder: Path, engine: Engine, holder: Holder | None) -> None:
        self.folder = folder
        self._engine = engine
        self._holder = holder
        """``None``: read from a private copy of the database, never written."""
        self._project_id = ""
        self._file: tuple[int, int] | None = None
        """Which file the present connection is to; ``None`` until that is known."""

    @classmethod
    def create(
        cls,
        folder: Path,
        holder: Holder,
        *,
        project_id: str = "",
        first: Sequence[Revision] = (),
    ) -> Self:
        """A new project; refuses a folder in use and leaves nothing behind when it fails.

        ``project_id`` is given for a project that came as a package; a new one is made otherwise.
        ``first`` is in it from the start: a project never seen empty can always be opened.
        """
        with ExitStack() as undo:
            write_first = partial(put_revisions, revisions=first)
            lay_out(folder, project_id or new_id(), write_first, undo)
            store = cls.open(folder, holder)
            undo.pop_all()
            return store

    @classmethod
    def open(
        cls,
        folder: Path,
        holder: Holder,
        *,
        before_migration: Before | None = None,
        take_over: bool = True,
    ) -> Self:
        """Open a project and lock it; ``holder`` is what others are told meanwhile.

        Without ``take_over``, raises `LeftOpen` where another computer never closed it.
        """

        def refuse_left_open() -> None:
            last = read_holder(folder)
            if last is not None and last.is_elsewhere(holder) and not take_over:
                raise left_open(folder)

        keep_before_playback(folder)
        engine = open_database(
            folder, before_migration=before_migration, once_locked=refuse_left_open
        )
        try:
            with said_in_thai(folder):
                _say_who(folder, holder)
        except BaseException:
            engine.dispose()
            raise
        return cls(folder, engine, holder)

    @classmethod
    def open_copy(cls, folder: Path, copy: Path) -> Self:
        """Read a project through ``copy``, a folder with a private copy of its database."""
        return cls(folder, open_database(copy), None)

    def close(self) -> None:
        if self._holder is not None:
            remove_holder(self.folder, self._holder)
        self._engine.dispose()

    def load(self) -> Contents:
        """Everything current. Damaged rows raise `NotAProject`: nothing half read is handed out.

        Of rows that only a newer program knows, `NewerProject`.
        """
        program = ""
        try:
            with self._transaction() as connection:
                program = program_of(connection)
                return self._contents(connection, program)
        except NewerProject as fault:
            raise newer(self.folder, program) from fault

    def note_program(self) -> None:
        """This version of the program has the project now, and will write in it."""
        with self._transaction() as connection:
            note_program(connection)

    def _contents(self, connection: Connection, program: str) -> Contents:
        self._refuse_broken_pages(connection)
        if heads.are_wrong(connection):
            heads.rebuild(connection)
        found: dict[Field, list[Revision]] = {}
        # An outer join, so that a head whose revision is not found is noticed, not left out.
        headed = HEAD.outerjoin(REVISION, HEAD.c.revision == REVISION.c.id)
        whole = select(*REVISION.c).select_from(headed).order_by(HEAD.c.revision)
        for revision in _revisions(connection, whole):
            found.setdefault(revision.field, []).append(revision)
        with reading(), connection.execute(select(DRAFT)) as found_drafts:
            drafts = tuple(draft_of(row) for row in found_drafts)
        self._project_id = _project_id(connection)
        return Contents(
            project_id=self._project_id,
            heads={field: tuple(revisions) for field, revisions in found.items()},
            drafts=drafts,
            files=frozenset(connection.scalars(select(EVIDENCE_FILE.c.sha256))),
            program=program,
        )

    def write(self, *writes: Write) -> None:
        """Commit all of it or nothing, in this order; known revisions and files are passed over.

        Raises `AttachError` for a file that is not in the evidence folder, or for an item that
        names a file the project does not have; `ValueRefused` for text that cannot be stored.
        """
        if self._holder is None:
            raise ReadOnlyProject(READ_ONLY)
        with self._transaction() as connection:
            for write in writes:
                put_files(connection, self.folder, write.files)
                put_drafts(connection, write)
                put_revisions(connection, write.revisions)
                forget_files(connection, write.forgotten)

    def known_files(self, names: Iterable[str]) -> frozenset[str]:
        """Those of these sha256 that are evidence files of the project."""
        with self._transaction() as connection:
            return frozenset(known_files(connection, names))

    def history(self, field: Field) -> tuple[Revision, ...]:
        """All revisions of a field in the order in which they came to this computer."""
        with self._transaction() as connection:
            whole = select(*REVISION.c).where(in_field(REVISION, field)).order_by(REVISION.c.seq)
            return tuple(_revisions(connection, whole))

    def graph(self, field: Field) -> Mapping[str, Revision]:
        """The same by id: what a merge is worked out from."""
        return {revision.id: revision for revision in self.history(field)}

    def has_revision(self, name: str) -> bool:
        with self._transaction() as connection:
            found = connection.execute(select(REVISION.c.id).where(REVISION.c.id == name))
            return found.first() is not None

    def id_at(self, seq: int) -> str:
        """The id of revision number ``seq``; empty where there is none."""
        with self._transaction() as connection:
            found = connection.scalar(select(REVISION.c.id).where(REVISION.c.seq == seq))
            return str(found or "")

    def last_change(self) -> Revision | None:
        """The revision that came last to this project; ``None`` for an empty one."""
        with self._transaction() as connection:
            last = select(*REVISION.c).order_by(REVISION.c.seq.desc()).limit(1)
            return next(_revisions(connection, last), None)

    def changes_since(self, seq: int) -> tuple[tuple[int, Revision], ...]:
        """(number, revision) of all that came after number ``seq``, in order."""
        with self._transaction() as connection:
            later = select(*REVISION.c).where(REVISION.c.seq > seq).order_by(REVISION.c.seq)
            with reading(), connection.execute(later) as found:
                return tuple((row.seq, revision_of(row)) for row in found)

    def state(self) -> State:
        with self._transaction() as connection:
            with reading(), connection.execute(select(DRAFT.c.sha256)) as found:
                drafts = "".join(sorted(name for (name,) in found))
            return State(
                last_seq=connection.scalar(select(func.max(REVISION.c.seq))) or 0,
                drafts=hashlib.sha256(drafts.encode()).hexdigest(),
                files=connection.scalar(select(func.count()).select_from(EVIDENCE_FILE)) or 0,
            )

    def copy_to(self, path: Path, breathe: Callable[[], None] = lambda: None) -> None:
        """Copy the database page by page to a new file; whoever counts on it flushes it.

        ``breathe`` is called every few milliseconds; what it writes here comes along. What is
        damaged is copied as it is. Raises `StorageError`; half a copy may be left then.
        """
        with said_in_thai(path.parent):
            copy_pages(driver_of(self._engine), path, breathe)

    def forget_pages(self) -> None:
        """Read everything from the disk again from now on: a check is not to be told from memory."""
        with said_in_thai(self.folder):
            driver_of(self._engine).execute("PRAGMA shrink_memory").fetchall()

    def rebuild_heads(self) -> None:
        """Derive the heads from the revisions anew."""
        with self._transaction() as connection:
            heads.rebuild(connection)

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        try:
            with said_in_thai(self.folder), self._engine.begin() as connection:
                self._recognise(connection)
                yield connection
            # Linux lets a folder be removed or moved under an open file, which then takes every
            # write and keeps none of them for anybody.
            self._refuse_gone()
        except DriveFault:
            # A stick that was pulled out and put back is found only by opening the file again;
            # until then the next one to come may have the lock.
            self._let_go()
            raise
        except NotAProject as fault:
            if self._project_id and identity_of(self.folder) is None:
                self._let_go()
                raise drive_gone(self.folder) from fault
            raise

    def _recognise(self, connection: Connection) -> None:
        """After the drive was away, whatever lies in its place must be the same project."""
        if self._holder is None:
            return
        if self._file is not None:
            self._refuse_gone()
        elif self._project_id and _project_id(connection) != self._project_id:
            raise drive_gone(self.folder)
        else:
            self._file = identity_of(self.folder)

    def _refuse_gone(self) -> None:
        if self._holder is not None and identity_of(self.folder) != self._file:
            raise drive_gone(self.folder)

    def _let_go(self) -> None:
        self._engine.dispose()
        self._file = None

    def _refuse_broken_pages(self, connection: Connection) -> None:
        """The quick check on opening: SQLite's own, of the shape of every page.

        Some 8 ms for 25 MB. A larger file is looked through by the backup that follows the opening.
        """
        if database_of(self.folder).stat().st_size <= LARGEST_CHECKED:
            answer = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
            if answer != "ok":
                raise Garbled(str(answer))


def _say_who(folder: Path, holder: Holder) -> None:
    """A name beside the lock. On a full disk it is missing, and what is written is still read."""
    try:
        write_holder(folder, holder)
    except OSError as error:
        if error.errno not in FULL:
            raise


def _revisions(connection: Connection, query: Select[*tuple[object, ...]]) -> Iterator[Revision]:
    # Closed even when a row is bad: an open cursor, kept alive by the error, would keep the lock.
    with reading(), connection.execute(query) as found:
        yield from [revision_of(row) for row in found]


def _project_id(connection: Connection) -> str:
    with reading():
        row = connection.execute(select(META).where(META.c.name == PROJECT_ID)).first()
        if row is None:
            raise Garbled("the project has no id")
        return meta_of(row)
