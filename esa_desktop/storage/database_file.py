"""A database file that nobody has open: read without lock or journal, judged by its header and its schema."""

import os
import sqlite3
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import quote

from esa_desktop.storage.database import APPLICATION_ID, engine_of
from esa_desktop.storage.rows import LONGEST
from esa_desktop.storage.tables import METADATA, SCHEMA_VERSION

_MAGIC: Final = b"SQLite format 3\x00"
_HEADER: Final = {
    18: b"\x01\x01",  # no WAL
    20: b"\x00\x40\x20\x20",  # nothing reserved; fractions that never change
    44: (4).to_bytes(4, "big"),  # schema format
    48: bytes(4),  # cache size
    52: bytes(4),  # no vacuum
    56: (1).to_bytes(4, "big"),  # UTF-8
    64: bytes(4),
    68: APPLICATION_ID.to_bytes(4, "big"),
    72: bytes(20),
}
"""What stands at which byte of the header, in every database of ours."""


def read_only(database: Path) -> sqlite3.Connection:
    """A connection that takes no lock, plays back no journal and writes nothing.

    For files nobody writes. Text that is no UTF-8 comes as lone surrogates, which no hash fits.
    """
    place = f"{address(database)}?mode=ro&immutable=1"
    driver = sqlite3.connect(place, uri=True, isolation_level=None)
    driver.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)
    driver.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    try:
        for pragma in ("trusted_schema=0", "cell_size_check=1", "mmap_size=0", "query_only=1"):
            driver.execute(f"PRAGMA {pragma}").fetchall()
    except BaseException:
        driver.close()
        raise
    return driver


def address(database: Path) -> str:
    """The path as SQLite's own kind of URI, to which parameters may be added."""
    path = database.absolute().as_posix()
    # By its bytes: on Linux a name need not be text.
    return f"file://{quote(os.fsencode(path if path.startswith('/') else f'/{path}'))}"


def header_faults(database: Path) -> Iterator[tuple[str, str]]:
    """(what, detail) of all that SQLite takes from its header without a question. Raises `OSError`."""
    with database.open("rb") as file:
        header = file.read(100)
        size = file.seek(0, 2)
    if len(header) < 100 or not header.startswith(_MAGIC):
        yield "file", "not a database"
        return
    page_size = page_size_in(header)
    pages = int.from_bytes(header[28:32], "big")
    if size != pages * page_size:
        yield "file", "cut off" if size < pages * page_size else "longer than it says"
    for start, wanted in _HEADER.items():
        if header[start : start + len(wanted)] != wanted:
            yield "header", f"byte {start}"
    version = _schema_version(header)
    if not 1 <= version <= SCHEMA_VERSION:
        yield "header", f"schema version {version}"


def schema_version_of(database: Path) -> int:
    """As its header has it, of a file nobody has open; 0 where it is no database. Raises `OSError`."""
    with database.open("rb") as file:
        header = file.read(100)
    is_one = len(header) == 100 and header.startswith(_MAGIC)
    return _schema_version(header) if is_one else 0


def _schema_version(header: bytes) -> int:
    return int.from_bytes(header[60:64], "big")


def page_size_in(header: bytes) -> int:
    """The page size that the first bytes of a file name; 0 where those are no header."""
    if not header.startswith(_MAGIC):
        return 0
    size = int.from_bytes(header[16:18], "big")
    size = 65536 if size == 1 else size
    return size if 512 <= size <= 65536 and size & (size - 1) == 0 else 0


# --- the schema -------------------------------------------------------------------------------

_Structure = tuple[object, ...]


def has_our_structure(driver: sqlite3.Connection) -> bool:
    """Whether the tables and indexes are those of the present schema, and there are no others."""
    return _structure(driver) == _wanted_structure()


def _structure(driver: sqlite3.Connection) -> _Structure:
    """Tables and indexes with their columns, in an order and spelling that means nothing."""
    objects = sorted(driver.execute("SELECT type, name, tbl_name FROM sqlite_master"))
    parts: list[object] = [tuple(objects)]
    for table in sorted(METADATA.tables):
        parts += [tuple(driver.execute(f"PRAGMA table_xinfo({table})"))]
        parts += [tuple(sorted(driver.execute(f"PRAGMA foreign_key_list({table})")))]
        indexes = sorted(row[1:] for row in driver.execute(f"PRAGMA index_list({table})"))
        for index in indexes:
            columns = driver.execute(f'PRAGMA index_xinfo("{index[0]}")')
            parts += [index, tuple(columns)]
    return tuple(parts)


@cache
def _wanted_structure() -> _Structure:
    engine = engine_of(lambda: sqlite3.connect(":memory:", isolation_level=None))
    try:
        with engine.begin() as connection:
            METADATA.create_all(connection)
            pooled = connection.connection.driver_connection
            assert isinstance(pooled, sqlite3.Connection)  # noqa: S101
            return _structure(pooled)
    finally:
        engine.dispose()
