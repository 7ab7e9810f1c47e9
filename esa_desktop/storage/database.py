"""Opening project.db: one connection, the lock, the pragmas, a sentence for all that is wrong."""

import random
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, StaticPool, create_engine, event

from esa_desktop.domain.errors import NotAProject, ProjectLocked
from esa_desktop.storage.faults import damaged, newer, said_in_thai
from esa_desktop.storage.layout import (
    BACKUPS,
    DATABASE,
    MIRROR,
    SUFFIX,
    database_of,
    evidence_of,
    title_of,
)
from esa_desktop.storage.migrations import Before, migrate, version_of
from esa_desktop.storage.opener import said_of_a_file
from esa_desktop.storage.program_mark import program_in
from esa_desktop.storage.tables import METADATA, SCHEMA_VERSION

APPLICATION_ID: Final = 0x45534131  # "ESA1"
PATIENCE: Final = 2.0
"""Seconds for a lock: two windows started at once must not both lose."""

PAGES_AT_ONCE: Final = 250
"""Pages copied before whoever waits is let in: a megabyte, some milliseconds."""

PRAGMAS: Final = {
    "locking_mode": "exclusive",
    "journal_mode": "truncate",
    "synchronous": 2,  # FULL
    "foreign_keys": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "mmap_size": 0,
}
"""What must be true of every connection. Why not WAL: it opens no read-only folder, fails on FAT,
loses everything when only project.db is copied, and its checkpoints hide errors of the disk."""


def open_database(
    folder: Path,
    *,
    before_migration: Before | None = None,
    once_locked: Callable[[], None] = lambda: None,
) -> Engine:
    """The engine of an existing project, its lock taken and its schema brought up to date.

    What ``once_locked`` raises, before anything is changed, lets the project go again. Raises
    `ProjectLocked`, `NotAProject`, `NewerProject` or `StorageError`, each with a sentence.
    """
    with said_in_thai(folder):
        engine = engine_of(partial(connect, folder))
        try:
            with engine.connect():  # takes the lock
                once_locked()
            migrate(engine, folder, before=before_migration)
        except BaseException:
            engine.dispose()
            raise
        return engine


def copy_pages(source: sqlite3.Connection, path: Path, breathe: Callable[[], None]) -> None:
    """Copy a database as it is, damage included, to a new file, and leave flushing it to others:
    that may take long, and this runs where saving waits.

    ``breathe`` is called between slices. What it writes through ``source`` is in the copy, and
    what it raises ends the copying; half a copy is left behind then.
    """

    def between(_status: int, left: int, _all: int) -> None:
        # The last call comes when the copy is complete: what was written now would not be in it.
        if left:
            breathe()

    with closing(sqlite3.connect(path, isolation_level=None)) as copy:
        copy.execute("PRAGMA journal_mode=OFF").fetchall()
        copy.execute("PRAGMA synchronous=OFF")
        source.backup(copy, pages=PAGES_AT_ONCE, progress=between)


def create_database(path: Path, fill: Callable[[Connection], None]) -> None:
    """A new database of the present schema, whole or not at all; ``fill`` writes the first rows."""
    engine = engine_of(lambda: sqlite3.connect(path, isolation_level=None))
    try:
        with engine.begin() as connection:
            METADATA.create_all(connection)
            fill(connection)
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID:d}")
            connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA_VERSION:d}")
    finally:
        engine.dispose()


def engine_of(connect: Callable[[], sqlite3.Connection]) -> Engine:
    """An engine over one connection, in which a transaction begins when we say so.

    Left alone, the sqlite3 module begins none before DDL, and a failed step of a migration would
    leave its tables behind. A connection that broke is made anew by the same ``connect``.
    """
    engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def connect(folder: Path) -> sqlite3.Connection:
    """The locked connection to a project's database, checked to be one of this program's."""
    with said_in_thai(folder):
        refuse_what_is_no_project(folder)
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with said_in_thai(folder):
                return _locked_connection(folder)
        except ProjectLocked:
            if time.monotonic() >= deadline:
                raise
            # Not in step with the other one, or both would go on meeting.
            time.sleep(random.uniform(0.02, 0.1))  # noqa: S311


def refuse_what_is_no_project(folder: Path) -> None:
    """Raise `NotAProject` for a folder that is none; a database without content is damaged."""
    # Looks at names and sizes only: to open and close the file here would, on Linux, drop the
    # lock of a store that is open in this very process.
    if not folder.exists():
        raise NotAProject(
            f"ไม่พบโฟลเดอร์ “{folder.name}” อาจถูกย้ายหรือเปลี่ยนชื่อ กรุณาเลือกโฟลเดอร์งานประเมินอีกครั้ง"
        )
    if folder.is_file():
        raise NotAProject(said_of_a_file(folder))
    database = database_of(folder)
    if not database.exists() and _is_what_is_left_of_one(folder):
        raise damaged(folder)
    if not folder.is_dir() or not database.exists():
        raise NotAProject(
            f"“{folder.name}” ไม่ใช่งานประเมินของโปรแกรมนี้ กรุณาเลือกโฟลเดอร์ที่ชื่อลงท้ายด้วย {SUFFIX}"
        )
    if not database.is_file() or database.stat().st_size == 0:
        raise damaged(folder)


def _is_what_is_left_of_one(folder: Path) -> bool:
    """Without its file, but with what it can be made again from, or with evidence of its own."""
    if any((folder / name).is_dir() for name in (BACKUPS, MIRROR)):
        return True
    return folder.suffix == SUFFIX and any(evidence_of(folder).glob("*/*"))


def _locked_connection(folder: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(database_of(folder), timeout=0, isolation_level=None)
    try:
        for name in ("synchronous", "foreign_keys", "trusted_schema", "cell_size_check"):
            _set(connection, name)
        _set(connection, "mmap_size")
        # The lock is taken in normal mode and kept afterwards. In exclusive mode two windows
        # that start together keep their shared locks and both lose, however often they try.
        connection.execute("BEGIN EXCLUSIVE")
        _refuse_foreign(connection, folder)
        _refuse_cut_off(connection, folder)
        # Of a file that is read-only SQLite makes no fuss until something is to be written.
        connection.execute("UPDATE meta SET value=value WHERE 0")
        _set(connection, "locking_mode")
        connection.execute("COMMIT")
        _set(connection, "journal_mode")
        _verify(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _refuse_foreign(connection: sqlite3.Connection, folder: Path) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise NotAProject(
            f"ไฟล์ {DATABASE} ใน “{title_of(folder)}” ไม่ใช่ของโปรแกรมนี้ กรุณาเลือกโฟลเดอร์งานประเมิน"
        )
    version = version_of(connection)
    if version > SCHEMA_VERSION:
        raise newer(folder, program_in(connection))
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if version < 1 or (version == SCHEMA_VERSION and not names.issuperset(METADATA.tables)):
        raise damaged(folder)


def _refuse_cut_off(connection: sqlite3.Connection, folder: Path) -> None:
    """A last page that is there in part is filled up with zeros by SQLite, without a word."""
    (count,), (size,) = (
        connection.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "page_size")
    )
    if database_of(folder).stat().st_size < count * size:
        raise damaged(folder)


def _set(connection: sqlite3.Connection, name: str) -> None:
    connection.execute(f"PRAGMA {name}={PRAGMAS[name]}").fetchall()


def _verify(connection: sqlite3.Connection) -> None:
    """SQLite answers a pragma it does not like with silence."""
    for name, wanted in PRAGMAS.items():
        with closing(connection.execute(f"PRAGMA {name}")) as answer:
            row = answer.fetchone()
        # A library built without mmap says nothing at all, which is what is wanted of it.
        if row is not None and row[0] != wanted:
            raise RuntimeError(f"SQLite did not take {name}={wanted}: {row[0]}")
