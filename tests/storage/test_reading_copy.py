import os
import sqlite3
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from esa_desktop.domain.errors import NotAProject, ReadOnlyProject, StorageError
from esa_desktop.storage import reading_copy as reading_copy_module
from esa_desktop.storage.reading_copy import reading_copy
from esa_desktop.storage.store import Store, Write
from tests.storage.projects import (
    METHOD,
    chain,
    is_one_thai_sentence,
    new_store,
    revision,
)


def test_the_copy_is_read_and_the_project_is_not_touched(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    store.write(Write(revisions=tuple(chain(3))))
    store.close()
    before = {path: path.stat().st_mtime_ns for path in store.folder.rglob("*")}
    with reading_copy(store.folder) as copy:
        reader = Store.open_copy(store.folder, copy)
        assert len(reader.history(METHOD)) == 3
        with pytest.raises(ReadOnlyProject) as caught:
            reader.write(Write(revisions=(revision("ใหม่"),)))
        reader.close()
        assert is_one_thai_sentence(caught.value)
    assert {path: path.stat().st_mtime_ns for path in store.folder.rglob("*")} == before
    assert not copy.exists()


def test_what_was_half_written_is_rolled_back_in_the_copy_alone(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    store.write(Write(revisions=tuple(chain(3))))
    store.close()
    database = store.folder / "project.db"
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size=1")
        connection.execute("PRAGMA journal_mode=TRUNCATE").fetchall()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE revision SET author='ครึ่งเดียว', body=zeroblob(900000)")
        halfway = {path.name: path.read_bytes() for path in store.folder.glob("project.db*")}
        connection.execute("ROLLBACK")
    for name, content in halfway.items():
        (store.folder / name).write_bytes(content)
    assert len(halfway["project.db-journal"]) > 512

    with reading_copy(store.folder) as copy:
        reader = Store.open_copy(store.folder, copy)
        assert [r.author for r in reader.history(METHOD)] == ["สมศรี"] * 3
        reader.close()
    assert (store.folder / "project.db").read_bytes() == halfway["project.db"]


class Elsewhere:
    """Another window that has the project open, as this program opens it, and saves."""

    def __init__(self, folder: Path) -> None:
        self._database = folder / "project.db"
        self._connection = sqlite3.connect(self._database, isolation_level=None)
        self._connection.execute("PRAGMA locking_mode=EXCLUSIVE").fetchall()
        self._connection.execute("PRAGMA journal_mode=TRUNCATE").fetchall()
        self.saved = 0
        self.save()  # SQLite counts the first change of such a one, and none after it

    def save(self) -> None:
        """With times that do not move, as on FAT within two seconds."""
        journal = self._database.with_name("project.db-journal")
        before = {path: path.stat() for path in (self._database, journal)}
        self.saved += 1
        self._connection.execute("UPDATE revision SET author=?", (str(10 + self.saved),))
        for path, seen in before.items():
            os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))

    def close(self) -> None:
        self._connection.close()


@pytest.fixture
def long_project(tmp_path: Path) -> Path:
    store = new_store(tmp_path)
    store.write(Write(revisions=tuple(chain(30, size=400))))
    store.close()
    return store.folder


def torn(monkeypatch: pytest.MonkeyPatch, other: Elsewhere, times: int) -> list[int]:
    """Copies made while the other one saves, in the middle of each of so many; how many were."""
    made: list[int] = []

    def copyfile(source: Path, target: Path) -> None:
        content = source.read_bytes()
        if source.name == "project.db":
            made.append(other.saved)
            if len(made) <= times:
                other.save()
                changed = source.read_bytes()
                first = next(n for n, byte in enumerate(changed) if byte != content[n])
                content = content[: first + 1] + changed[first + 1 :]
        target.write_bytes(content)

    monkeypatch.setattr(reading_copy_module, "shutil", SimpleNamespace(copyfile=copyfile))
    return made


def test_a_copy_is_one_state_though_neither_time_nor_counter_moved(
    long_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Elsewhere(long_project)
    made = torn(monkeypatch, other, 2)
    try:
        with reading_copy(long_project) as copy:
            copied = (copy / "project.db").read_bytes()
    finally:
        other.close()
    assert made == [1, 2, 3]
    assert copied == (long_project / "project.db").read_bytes()


def test_without_the_second_reading_the_copy_would_be_torn(
    long_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Elsewhere(long_project)
    torn(monkeypatch, other, 2)
    monkeypatch.setattr(reading_copy_module, "_is_equal", lambda *_: True)
    monkeypatch.setattr(reading_copy_module, "_is_sound", lambda _: True)
    try:
        with reading_copy(long_project) as copy:
            copied = (copy / "project.db").read_bytes()
    finally:
        other.close()
    assert copied != (long_project / "project.db").read_bytes()


def test_where_somebody_saves_all_the_time_it_is_said(
    long_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Elsewhere(long_project)
    monkeypatch.setattr(reading_copy_module, "PAUSE", 0)
    torn(monkeypatch, other, 1000)
    try:
        with pytest.raises(StorageError) as caught, reading_copy(long_project):
            pass
    finally:
        other.close()
    assert is_one_thai_sentence(caught.value)


@pytest.mark.parametrize("bad", [1, 2, 1000])
def test_a_copy_that_came_damaged_is_made_again_before_the_project_is_said_to_be(
    long_project: Path, monkeypatch: pytest.MonkeyPatch, bad: int
) -> None:
    """As from a network that gives old pages and new ones, twice the same."""
    whole = (long_project / "project.db").read_bytes()
    given = 0

    def copyfile(source: Path, target: Path) -> None:
        nonlocal given
        if source.name == "project.db":
            given += 1
            target.write_bytes(whole if given > bad else whole[:4096] + bytes(len(whole) - 4096))

    monkeypatch.setattr(reading_copy_module, "shutil", SimpleNamespace(copyfile=copyfile))
    monkeypatch.setattr(reading_copy_module, "_is_equal", lambda *_: True)
    with reading_copy(long_project) as copy:
        assert ((copy / "project.db").read_bytes() == whole) == (bad < 1000)
    assert given == min(bad + 1, reading_copy_module.BELIEVED)


def test_a_folder_that_is_no_project_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(NotAProject), reading_copy(tmp_path):
        pass
