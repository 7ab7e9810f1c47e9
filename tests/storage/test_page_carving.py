import os
import random
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from esa_desktop.storage.page_carving import (
    COLUMNS,
    Carved,
    Carving,
    DamagedFile,
    _as_varint,
    _local,
)
from esa_desktop.storage.store import Write
from tests.storage.projects import RESULTS, chain, draft, new_store

PAGE = 4096


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Short and long revisions (chains of many pages), a draft; closed."""
    store = new_store(tmp_path)
    long = [one for size in (1, 50, 4000) for one in chain(8, size=size, field=RESULTS)]
    noise = random.Random(1).randbytes(60_000).hex()
    store.write(Write(revisions=(*chain(40, size=3), *long), drafts=(draft("ร่าง " + noise),)))
    store.close()
    return store.folder / "project.db"


def carved(database: Path, table: str, page_size: int = PAGE, **how: Any) -> list[Carved]:
    with DamagedFile(database) as file:
        return [row for row in Carving(file, page_size).rows(**how) if row.table == table]


def read(database: Path, table: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(database)) as connection:
        columns = ", ".join(COLUMNS[table][0])
        return connection.execute(f"SELECT {columns} FROM {table} ORDER BY rowid").fetchall()


def change(database: Path, start: int, content: bytes) -> None:
    with database.open("rb+") as file:
        file.seek(start)
        file.write(content)


def test_a_sound_file_gives_every_row_as_sqlite_reads_it(database: Path) -> None:
    rows = sorted(carved(database, "revision"), key=lambda row: row.rowid)
    assert [(row.rowid, *row.values[1:]) for row in rows] == read(database, "revision")
    assert [row.values for row in carved(database, "draft")] == read(database, "draft")
    assert [row.values for row in carved(database, "meta")] == read(database, "meta")
    assert all(row.is_live for row in rows)


def test_the_index_tells_what_revisions_there_were(database: Path) -> None:
    traces = {row.values[3]: row.values[5] for row in carved(database, "trace")}
    assert traces == {row[1]: row[0] for row in read(database, "revision")}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sizes=st.lists(st.integers(0, 20_000), min_size=1, max_size=6),
    page=st.sampled_from([1024, 4096, 65536]),
)
def test_bodies_of_any_length_come_whole_from_pages_of_any_size(
    tmp_path: Path, sizes: list[int], page: int
) -> None:
    path = tmp_path / "any.db"
    path.unlink(missing_ok=True)
    dice = random.Random(1)
    bodies = [dice.randbytes(size) for size in sizes]
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"PRAGMA page_size={page}")
        columns = ", ".join(COLUMNS["revision"][0]).replace("seq", "seq INTEGER PRIMARY KEY")
        connection.execute(f"CREATE TABLE revision ({columns})")
        for number, body in enumerate(bodies, 1):
            row = (
                number * 1000,
                f"{number:064x}",
                "r" * number,
                "o",
                "k",
                "[]",
                "ก",
                "",
                "t",
                body,
            )
            connection.execute("INSERT INTO revision VALUES (?,?,?,?,?,?,?,?,?,?)", row)
    found = carved(path, "revision", page)
    assert sorted((row.rowid, row.values[9]) for row in found) == [
        (number * 1000, body) for number, body in enumerate(bodies, 1)
    ]


def test_neither_trees_nor_lists_of_cells_are_needed(database: Path) -> None:
    wanted = {row[1] for row in read(database, "revision")}
    for page in range(database.stat().st_size // PAGE):
        with database.open("rb+") as file:
            file.seek(page * PAGE)
            if file.read(1) in b"\x02\x05\x0a\x0d":
                file.seek(page * PAGE)
                file.write(bytes(30))  # its kind, the number of its cells and where they are
    change(database, 0, bytes(PAGE))
    assert {row.values[1] for row in carved(database, "revision")} == wanted


def test_what_was_deleted_is_found_and_said_to_be_dead(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    store.write(Write(drafts=(draft("ก"), draft("ข", device="d2"))))
    store.write(Write(dropped=((draft("ข").field, "d2"),)))
    store.close()
    rows = carved(store.folder / "project.db", "draft")
    assert {row.values[3] for row in rows if row.is_live} == {"d1"}


def test_known_revisions_are_passed_over_before_their_chains_are_read(database: Path) -> None:
    known = {row[1] for row in read(database, "revision")[:-3]}
    rows = carved(database, "revision", known=known.__contains__)
    assert len(rows) == 3


def test_a_chain_that_leads_in_a_circle_ends(database: Path) -> None:
    pages = database.stat().st_size // PAGE
    with database.open("rb+") as file:
        for page in range(2, pages):
            file.seek(page * PAGE)
            if file.read(1) not in b"\x02\x05\x0a\x0d":
                file.seek(page * PAGE)
                file.write((page + 1).to_bytes(4, "big"))  # each leads to itself
    started = time.monotonic()
    carved(database, "revision")
    assert time.monotonic() - started < 5


def test_a_file_made_to_cost_time_costs_little(tmp_path: Path) -> None:
    """On every page a record that claims half of the file, in a circle, as its chain: 8 GB to read."""
    path = tmp_path / "hostile.db"
    size = 8 << 20
    types = b"\x00\x81\x0d" + b"\x0d" * 7 + _as_varint(size + 12)
    record = bytes([len(types) + 1]) + types + b"a" * 64
    local = _local(len(types) + 1 + 64 + size // 2, PAGE, in_index=False)
    page = b"\x00\x00\x00\x02" + record.ljust(local, b"a") + b"\x00\x00\x00\x02"
    path.write_bytes(page.ljust(PAGE, b"a") * (size // PAGE))
    read = 0
    really = DamagedFile.read

    def counted(file: DamagedFile, start: int, count: int) -> bytes:
        nonlocal read
        read += count
        return really(file, start, count)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DamagedFile, "read", counted)
        carved(path, "revision")
    assert read > size * 3  # it was tempted
    assert read < size * 20


@pytest.mark.parametrize("size", [0, 1, 63, 100, 4095, 4097, 1 << 20, (1 << 20) + 65])
def test_noise_of_any_length_gives_nothing_and_never_an_error(tmp_path: Path, size: int) -> None:
    path = tmp_path / "noise"
    path.write_bytes(random.Random(size).randbytes(size))
    with DamagedFile(path) as file:
        assert list(Carving(file, PAGE).rows()) == []


def test_anchors_at_every_place_of_noise_are_survived(tmp_path: Path) -> None:
    dice = random.Random(3)
    path = tmp_path / "noise"
    path.write_bytes(b"".join(b"\x81\x0d" + dice.randbytes(dice.randrange(9)) for _ in range(9000)))
    with DamagedFile(path) as file:
        assert all(row.table in COLUMNS for row in Carving(file, PAGE).rows())


def test_a_sparse_gigabyte_is_walked_in_seconds_and_with_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "sparse"
    path.touch()
    os.truncate(path, 1 << 30)
    started = time.monotonic()
    assert carved(path, "revision") == []
    assert time.monotonic() - started < 15


@pytest.mark.parametrize("shift", [0, 1, 20, 70, 300, 3000])
def test_a_row_across_two_pieces_of_a_journal_is_found_once(
    database: Path, tmp_path: Path, shift: int
) -> None:
    """A journal's copies of pages begin anywhere; what is read at once is a mebibyte."""
    row = read(database, "revision")[0]
    content = database.read_bytes()
    at = content.index(b"\x00\x81\x0d", content.index(row[1].encode()) - 60)
    page = content[at - at % PAGE :][:PAGE]
    journal = tmp_path / "journal"
    journal.write_bytes(bytes((1 << 20) - at % PAGE - shift) + page)
    with DamagedFile(journal) as file, DamagedFile(database) as chains:
        found = [one.values[1] for one in Carving(file, PAGE, chains).rows()]
    assert found.count(row[1]) == 1


def test_cancelled_it_ends_at_once(database: Path) -> None:
    assert carved(database, "revision", cancelled=lambda: True) == []


def test_progress_adds_up_to_the_file(database: Path) -> None:
    told: list[int] = []
    carved(database, "revision", progress=told.append)
    assert sum(told) == database.stat().st_size


def test_a_bad_sector_costs_its_own_rows_only(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = len(carved(database, "revision"))
    bad = range(PAGE * 12, PAGE * 12 + 512)
    really = DamagedFile._read

    def refuse(file: DamagedFile, start: int, count: int) -> bytes:
        if start < bad.stop and start + count > bad.start:
            raise OSError(5, "Input/output error")
        return really(file, start, count)

    monkeypatch.setattr(DamagedFile, "_read", refuse)
    assert wanted - 12 <= len(carved(database, "revision")) <= wanted
