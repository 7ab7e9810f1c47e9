"""A new project.db from whatever proves itself; what was there is set aside whole before it is replaced."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from sqlalchemy import Connection, bindparam, insert, text, update

from esa_desktop.domain.errors import Cancelled, StorageError
from esa_desktop.domain.ids import new_id
from esa_desktop.domain.revision import Revision
from esa_desktop.storage import heads
from esa_desktop.storage.aside import refuse_if_open, set_aside
from esa_desktop.storage.database import create_database
from esa_desktop.storage.database_state import state_of
from esa_desktop.storage.durable import part_beside
from esa_desktop.storage.examination import Examination, examine, is_sha256, named_files
from esa_desktop.storage.faults import said_in_thai
from esa_desktop.storage.layout import BACKUPS, database_of, evidence_of, title_of
from esa_desktop.storage.rows import draft_values, meta_values, packed, revision_values
from esa_desktop.storage.salvage import Cancel, Progress, Proven, Salvage, salvage
from esa_desktop.storage.tables import DRAFT, EVIDENCE_FILE, META, PROJECT_ID, REVISION
from esa_desktop.storage.taking_place import take_place

Supply = Callable[[Salvage], Sequence[Revision]]
"""What is to be added to what was found, such as texts that only the mirror has."""

_TOGETHER: Final = 100
_FURTHEST: Final = 1 << 40
"""A row's number beyond this was never given: it is damage."""
_LEAP: Final = 100_000
"""A number further than this beyond the last row's was no number of a row that is lost."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What became of it."""

    found: Salvage
    added: tuple[Revision, ...]
    """Those that were supplied."""
    examination: Examination
    aside: Path | None
    """Where the files lie that were there before; ``None`` where there were none."""


class _Nothing(Exception):
    """Not one revision proved itself."""


def rebuild(
    folder: Path,
    supply: Supply,
    *,
    cancelled: Cancel | None = None,
    progress: Progress | None = None,
) -> Rebuilt | None:
    """Replace the project's database by one made anew; ``None``, and nothing changed, if nothing is left.

    Whole or not at all: the old file and its journal are copied to ``damaged/`` and flushed, the
    new file is built beside and examined, then takes the place. Raises `ProjectLocked`,
    `StorageError` (disk full, no permission, somebody saved meanwhile) or `Cancelled`; then the
    project is as it was.
    """
    with said_in_thai(folder):
        refuse_if_open(folder)
        before = state_of(folder)
        part = part_beside(database_of(folder))
        build = _Build(folder, supply, cancelled, progress)
        try:
            try:
                create_database(part, build.fill)
            except _Nothing:
                return None
            examination = examine(part, cancelled=cancelled)
            if not examination.is_whole:
                raise _not_written(folder)
            aside = set_aside(folder, cancelled)
            take_place(folder, part, before)
        finally:
            for left in (part, part.with_name(f"{part.name}-journal")):
                with suppress(OSError):
                    left.unlink(missing_ok=True)
        return Rebuilt(build.found, build.added, examination, aside)


# --- building ---------------------------------------------------------------------------------


class _Build:
    """Fills a new database with what is found; revisions go through, not into memory."""

    def __init__(
        self, folder: Path, supply: Supply, cancelled: Cancel | None, progress: Progress | None
    ) -> None:
        self._folder = folder
        self._supply = supply
        self._cancelled = cancelled
        self._progress = progress
        self._taken: set[int] = set()
        self._late: list[tuple[int, str]] = []
        self.found = Salvage()
        self.added: tuple[Revision, ...] = ()

    def fill(self, connection: Connection) -> None:
        with _Rows(connection) as rows:
            self.found = salvage(
                self._folder,
                lambda revision, proven, body: rows.put(
                    revision, self._number(revision, proven), body
                ),
                cancelled=self._cancelled,
                progress=self._progress,
            )
            self.added = tuple(self._supply(self.found))
            if not self.found.revisions and not self.added:
                raise _Nothing
            for revision in self.added:
                rows.put(revision, self._later(revision), packed(revision.body))
                self.found.files.update({file.sha256: file for file in named_files(revision)})
        self._number_the_late(connection)
        self._put_the_rest(connection)
        heads.rebuild(connection)

    def _number(self, revision: Revision, proven: Proven) -> int:
        if not 0 < proven.seq < _FURTHEST or proven.seq in self._taken:
            return self._later(revision)
        self._taken.add(proven.seq)
        return proven.seq

    def _later(self, revision: Revision) -> int:
        """A number for the time being: the right one may be taken by what is found next."""
        number = -1 - len(self._late)
        self._late.append((number, revision.id))
        return number

    def _number_the_late(self, connection: Connection) -> None:
        last = max(self._taken, default=0)
        numbered = []
        for number, name in self._late:
            trace = self.found.traces.get(name)
            if trace and 0 < trace.seq <= last and trace.seq not in self._taken:
                right = trace.seq
            else:
                right = last = last + 1
            self._taken.add(right)
            numbered.append({"was": number, "now": right})
        if numbered:
            by_number = update(REVISION).where(REVISION.c.seq == bindparam("was"))
            connection.execute(by_number.values(seq=bindparam("now")), numbered)
        # Numbers given before are not given again: backups are in order by them.
        known = [trace.seq for trace in self.found.traces.values()] + list(
            _backup_numbers(self._folder)
        )
        last = max([last, *(number for number in known if number <= last + _LEAP)])
        count = text("UPDATE sqlite_sequence SET seq=:last WHERE name='revision'")
        connection.execute(count, {"last": last})

    def _put_the_rest(self, connection: Connection) -> None:
        project_id = self.found.project_id or new_id()
        connection.execute(insert(META), meta_values(PROJECT_ID, project_id))
        drafts = [draft_values(draft) for draft in self.found.fitting_drafts()]
        if drafts:
            connection.execute(insert(DRAFT), drafts)
        sizes = {file.sha256: file.size for file in self.found.files.values()}
        sizes.update(whole_evidence(self._folder, self._cancelled))
        if sizes:
            files = [{"sha256": name, "size": size} for name, size in sorted(sizes.items())]
            connection.execute(insert(EVIDENCE_FILE), files)


class _Rows:
    """Puts revisions in, some at a time."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._waiting: list[dict[str, object]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self._flush()

    def put(self, revision: Revision, number: int, body: bytes) -> None:
        self._waiting.append({**revision_values(revision, body), "seq": number})
        if len(self._waiting) >= _TOGETHER:
            self._flush()

    def _flush(self) -> None:
        if self._waiting:
            self._connection.execute(insert(REVISION), self._waiting)
            self._waiting.clear()


def whole_evidence(folder: Path, cancelled: Cancel | None = None) -> dict[str, int]:
    """sha256 and size of every evidence file that is what its name says."""
    whole = {}
    for path in evidence_paths(folder):
        if cancelled and cancelled():
            raise Cancelled("ยกเลิกแล้ว ไม่มีสิ่งใดเปลี่ยนแปลง")
        with suppress(OSError), path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() == path.name:
                whole[path.name] = path.stat().st_size
    return whole


def evidence_paths(folder: Path) -> Iterator[Path]:
    """Every file in the evidence folder that bears a hash as its name, in its place."""
    try:
        shelves = sorted(path for path in evidence_of(folder).iterdir() if len(path.name) == 2)
    except OSError:
        return
    for shelf in shelves:
        with suppress(OSError):
            for path in sorted(shelf.iterdir()):
                if is_sha256(path.name) and path.name.startswith(shelf.name) and path.is_file():
                    yield path


def _backup_numbers(folder: Path) -> Iterator[int]:
    with suppress(OSError):
        for path in (folder / BACKUPS).iterdir():
            number, _, _ = path.name.partition("-")
            if number.isascii() and number.isdigit() and len(number) < 12:
                yield int(number)


def _not_written(folder: Path) -> StorageError:
    return StorageError(
        f"กู้คืน “{title_of(folder)}” แล้วอ่านกลับไม่ตรงกัน ไดรฟ์นี้อาจเสีย "
        "กรุณาคัดลอกทั้งโฟลเดอร์ไปไว้ในไดรฟ์อื่นแล้วกู้คืนที่นั่น"
    )
