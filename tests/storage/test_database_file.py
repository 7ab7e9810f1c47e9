import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from esa_desktop.storage.database_file import (
    has_our_structure,
    header_faults,
    page_size_in,
    read_only,
)
from tests.storage.projects import new_store


@pytest.fixture
def database(tmp_path: Path) -> Path:
    store = new_store(tmp_path)
    store.close()
    return store.folder / "project.db"


@pytest.mark.parametrize(
    ("told", "size"),
    [
        (b"\x10\x00", 4096),
        (b"\x00\x01", 65536),
        (b"\x02\x00", 512),
        (b"\x01\x00", 0),
        (b"\x10\x10", 0),
    ],
)
def test_only_a_power_of_two_is_a_page_size(told: bytes, size: int) -> None:
    assert page_size_in(b"SQLite format 3\x00" + told) == size
    assert page_size_in(b"SQLite format 4\x00" + told) == 0
    assert page_size_in(told) == 0


def test_nothing_can_be_written_and_nothing_is_locked(database: Path) -> None:
    with closing(read_only(database)) as driver:
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            driver.execute("UPDATE meta SET value='x'")
        with closing(sqlite3.connect(database, timeout=0)) as other:
            other.execute("BEGIN EXCLUSIVE")


def test_every_field_of_the_header_that_we_know_is_looked_at(database: Path) -> None:
    """Left out are the counters of changes and the version of SQLite: they change by themselves."""
    content = database.read_bytes()
    free = {*range(24, 28), *range(32, 44), *range(92, 100)}
    for place in set(range(100)) - free:
        database.write_bytes(content[:place] + bytes([content[place] ^ 4]) + content[place + 1 :])
        assert list(header_faults(database)), place


def test_a_copy_of_the_schema_with_one_more_index_is_not_ours(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        assert has_our_structure(connection)
        connection.execute("CREATE INDEX more ON revision (time)")
        assert not has_our_structure(connection)
