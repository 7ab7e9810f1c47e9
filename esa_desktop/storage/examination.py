"""Is a database whole: SQLite's own check, every row against its hash, the heads worked out anew."""

import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from esa_desktop.domain.errors import Cancelled
from esa_desktop.domain.evidence import Evidence, EvidenceFile
from esa_desktop.domain.fields import Field, Kind, decode
from esa_desktop.domain.revision import Revision
from esa_desktop.domain.richtext import canonical_json
from esa_desktop.storage.database_file import has_our_structure, header_faults, read_only
from esa_desktop.storage.faults import Garbled, UnknownKind
from esa_desktop.storage.rows import Cells, draft_of, meta_of, reading, revision_of
from esa_desktop.storage.tables import PROJECT_ID, SCHEMA_VERSION

MOST_FAULTS: Final = 200
"""Told one by one; a file that has more is not mended by hand."""
_BREATH: Final = 20_000
"""Steps of SQLite's machine between two looks at whether to go on: some milliseconds."""
_SEQUENCE_LEAP: Final = 1_000_000

Cancel = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it was written; holds nothing of the report's text."""

    what: str
    """``file``, ``header``, ``schema``, ``page``, ``revision``, ``draft``, ``meta``, ``file row``,
    ``heads``, ``sequence``."""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Examination:
    """What an examination found. Numbers are of rows that proved themselves."""

    faults: tuple[Fault, ...] = ()
    project_id: str = ""
    revisions: int = 0
    drafts: int = 0
    files: Mapping[str, int] = field(default_factory=dict)
    """sha256 of every known evidence file, and its size in bytes."""
    heads_sha256: str = ""
    """Over the sorted lines "round owner kind id" of all heads, worked out from the revisions."""
    absent_parents: int = 0
    """Revisions that are named and not there. No fault: a package may bring a child alone."""

    @property
    def is_whole(self) -> bool:
        return not self.faults


def examine(database: Path, *, cancelled: Cancel | None = None) -> Examination:
    """Examine a database file that nobody has open; a journal beside it is not looked at.

    Never raises for what is wrong with the file: that is a `Fault`. Raises `Cancelled`.
    """
    found = _Findings()
    try:
        for what, detail in header_faults(database):
            found.fault(what, detail)
        with closing(read_only(database)) as driver:
            driver.set_progress_handler(lambda: bool(cancelled and cancelled()), _BREATH)
            _look_at_rows(driver, found, cancelled)
    except OSError:
        found.fault("file", "cannot be read")
    except (sqlite3.Error, UnicodeError) as error:
        _stop_if(cancelled)
        found.fault("page", _code(error))
    return found.examination()


def heads_digest(heads: Iterable[tuple[Field, str]]) -> str:
    """The `Examination.heads_sha256` of these (field, id of a head)."""
    lines = sorted(f"{f.round} {f.owner} {f.kind.value} {name}" for f, name in heads)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


@dataclass(slots=True)
class _Findings:
    faults: list[Fault] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    graphs: dict[Field, dict[str, tuple[str, ...]]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    named: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    """Sizes of files as the evidence items tell them; what came from elsewhere may tell another."""
    revisions: int = 0
    last_seq: int = 0
    drafts: int = 0
    files: dict[str, int] = field(default_factory=dict)

    def fault(self, what: str, detail: str = "") -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(what, detail))

    def heads(self) -> Iterator[tuple[Field, str]]:
        for name, graph in self.graphs.items():
            covered = {parent for parents in graph.values() for parent in parents}
            yield from ((name, head) for head in graph.keys() - covered)

    def examination(self) -> Examination:
        known = {name for graph in self.graphs.values() for name in graph}
        parents = {
            parent for graph in self.graphs.values() for some in graph.values() for parent in some
        }
        return Examination(
            faults=tuple(self.faults),
            project_id=self.meta.get(PROJECT_ID, ""),
            revisions=self.revisions,
            drafts=self.drafts,
            files=dict(self.files),
            heads_sha256=heads_digest(self.heads()),
            absent_parents=len(parents - known),
        )


# --- the rows ---------------------------------------------------------------------------------


def _look_at_rows(driver: sqlite3.Connection, found: _Findings, cancelled: Cancel | None) -> None:
    version = driver.execute("PRAGMA user_version").fetchone()[0]
    if version == SCHEMA_VERSION and not has_our_structure(driver):
        # Nothing is asked of tables that may be anything, such as a view without an end.
        found.fault("schema")
        return
    for (line,) in driver.execute(f"PRAGMA integrity_check({MOST_FAULTS})"):
        if line != "ok":
            found.fault("page", line)
    looks = (_revisions, _drafts, _meta, _files, _heads, _sequence)
    for look in looks:
        _stop_if(cancelled)
        try:
            look(driver, found)
        except (sqlite3.Error, UnicodeError) as error:
            _stop_if(cancelled)
            found.fault("page", _code(error))


def _revisions(driver: sqlite3.Connection, found: _Findings) -> None:
    # Not by an index: what is examined is the table.
    for row in _rows(driver, "SELECT * FROM revision NOT INDEXED"):
        with _noting(found, "revision", f"row {row.seq}"):
            revision = revision_of(row)
            if canonical_json(revision.parents) != row.parents:
                raise Garbled("parents")
            found.graphs[revision.field][revision.id] = revision.parents
            found.revisions += 1
            found.last_seq = max(found.last_seq, row.seq)
            for file in named_files(revision):
                found.named[file.sha256].add(file.size)


def named_files(revision: Revision) -> tuple[EvidenceFile, ...]:
    """The files an evidence item names; none for any other kind, nor for a body that is no item."""
    if revision.field.kind is not Kind.ITEM:
        return ()
    try:
        item: Evidence | None = decode(revision.field, revision.body)
    except (ValueError, AttributeError):
        return ()
    return item.stored_files if item else ()


def _drafts(driver: sqlite3.Connection, found: _Findings) -> None:
    for number, row in enumerate(_rows(driver, "SELECT * FROM draft NOT INDEXED")):
        with _noting(found, "draft", f"row {number}"):
            draft_of(row)
            found.drafts += 1


def _meta(driver: sqlite3.Connection, found: _Findings) -> None:
    for number, row in enumerate(_rows(driver, "SELECT * FROM meta NOT INDEXED")):
        with _noting(found, "meta", f"row {number}"):
            found.meta[row.name] = meta_of(row)
    if PROJECT_ID not in found.meta:
        found.fault("meta", "no project id")


def _files(driver: sqlite3.Connection, found: _Findings) -> None:
    for number, row in enumerate(_rows(driver, "SELECT * FROM evidence_file NOT INDEXED")):
        with _noting(found, "file row", f"row {number}"):
            if not is_sha256(row.sha256) or not isinstance(row.size, int) or row.size < 0:
                raise Garbled("file row")
            if row.sha256 in found.named and row.size not in found.named[row.sha256]:
                raise Garbled("size")
            found.files[row.sha256] = row.size


def _heads(driver: sqlite3.Connection, found: _Findings) -> None:
    if any(fault.what == "revision" for fault in found.faults):
        return  # what stands on a broken row cannot be told
    wanted = {(f.round, f.owner, f.kind.value, name) for f, name in found.heads()}
    there = set(driver.execute('SELECT "round", owner, kind, revision FROM head NOT INDEXED'))
    if there != wanted:
        found.fault("heads", f"{len(there - wanted)} wrong, {len(wanted - there)} not there")


def _sequence(driver: sqlite3.Connection, found: _Findings) -> None:
    """The number SQLite gave last must be past all that are taken, and far from the last there is."""
    row = driver.execute("SELECT seq FROM sqlite_sequence WHERE name='revision'").fetchone()
    last = row[0] if row else 0
    if not isinstance(last, int) or not 0 <= last - found.last_seq <= _SEQUENCE_LEAP:
        found.fault("sequence")


def _rows(driver: sqlite3.Connection, query: str) -> Iterator[Cells]:
    with closing(driver.execute(query)) as cursor:
        names = [column[0] for column in cursor.description]
        for values in cursor:
            yield Cells(names, values)


@contextmanager
def _noting(found: _Findings, what: str, detail: str) -> Iterator[None]:
    try:
        with reading():
            yield
    except (Garbled, UnknownKind):
        found.fault(what, detail)


def is_sha256(name: object) -> bool:
    return isinstance(name, str) and len(name) == 64 and set(name) <= set("0123456789abcdef")


def _stop_if(cancelled: Cancel | None) -> None:
    if cancelled and cancelled():
        raise Cancelled("ยกเลิกการตรวจแล้ว ไม่มีสิ่งใดเปลี่ยนแปลง")


def _code(error: sqlite3.Error | UnicodeError) -> str:
    return getattr(error, "sqlite_errorname", "") or type(error).__name__
