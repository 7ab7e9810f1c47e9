import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from esa_desktop.domain.errors import NotAProject, ReadOnlyProject
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


def test_a_folder_that_is_no_project_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(NotAProject), reading_copy(tmp_path):
        pass
