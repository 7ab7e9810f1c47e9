import errno
import sqlite3
from pathlib import Path

import pytest

from esa_desktop.domain.errors import StorageError
from esa_desktop.storage import creation, database, durable, store
from esa_desktop.storage.layout import OPENER
from esa_desktop.storage.store import Store
from tests.storage.projects import HOLDER, is_one_thai_sentence


def everything_below(place: Path) -> list[str]:
    return sorted(str(path.relative_to(place)) for path in place.rglob("*"))


def test_folders_on_the_way_are_made(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b" / "งาน.esaproj"
    Store.create(folder, HOLDER).close()
    assert everything_below(folder) == ["evidence", "project.db", OPENER]


def test_an_empty_folder_is_used(tmp_path: Path) -> None:
    Store.create(tmp_path, HOLDER).close()
    assert everything_below(tmp_path) == ["evidence", "project.db", OPENER]


def test_an_existing_project_is_not_overwritten(tmp_path: Path) -> None:
    Store.create(tmp_path / "x", HOLDER).close()
    before = (tmp_path / "x" / "project.db").read_bytes()
    with pytest.raises(StorageError, match="อยู่แล้ว") as caught:
        Store.create(tmp_path / "x", HOLDER)
    assert is_one_thai_sentence(caught.value)
    assert (tmp_path / "x" / "project.db").read_bytes() == before


@pytest.mark.parametrize("name", ["เอกสาร.docx", ".hidden", "evidence"])
def test_a_folder_with_other_things_is_refused_and_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / name).write_text("mine")
    with pytest.raises(StorageError) as caught:
        Store.create(tmp_path / "x", HOLDER)
    assert is_one_thai_sentence(caught.value)
    assert everything_below(tmp_path) == ["x", f"x/{name}"]


def test_a_file_of_that_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("mine")
    for folder in (tmp_path / "x", tmp_path / "x" / "y"):
        with pytest.raises(StorageError) as caught:
            Store.create(folder, HOLDER)
        assert is_one_thai_sentence(caught.value)
    assert (tmp_path / "x").read_text() == "mine"


@pytest.mark.parametrize("name", ["ก" * 300, "a\0b"])
def test_a_name_the_disk_does_not_take_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(StorageError) as caught:
        Store.create(tmp_path / "new" / name, HOLDER)
    assert is_one_thai_sentence(caught.value)
    assert everything_below(tmp_path) == []


def test_what_a_crash_left_of_an_attempt_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "project.db.1a2b3c4d.part").write_bytes(b"half")
    (tmp_path / "project.db.1a2b3c4d.part-journal").write_bytes(b"half")
    Store.create(tmp_path, HOLDER).close()
    assert Store.open(tmp_path, HOLDER).close() is None


def full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "full")


def full_database(*_: object, **__: object) -> None:
    error = sqlite3.OperationalError("database or disk is full")
    error.sqlite_errorcode = sqlite3.SQLITE_FULL
    raise error


@pytest.mark.parametrize(
    ("place", "name", "fault"),
    [
        (creation, "create_database", full_database),
        (creation, "put_in_place", full),
        (creation, "sync_folder", full),
        (durable, "_rename", full),
        (durable, "flush_to_disk", full),
        (database, "_locked_connection", full_database),
    ],
)
def test_an_attempt_that_fails_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: object, name: str, fault: object
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(place, name, fault)
        with pytest.raises(StorageError, match="เนื้อที่เต็ม"):
            Store.create(tmp_path / "a" / "งาน.esaproj", HOLDER)
    assert everything_below(tmp_path) == []
    Store.create(tmp_path / "a" / "งาน.esaproj", HOLDER).close()


def test_on_a_full_disk_a_project_opens_though_nobody_can_be_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "งาน.esaproj"
    Store.create(folder, HOLDER).close()
    monkeypatch.setattr(store, "write_holder", full)
    opened = Store.open(folder, HOLDER)
    assert opened.load().heads == {}
    opened.close()
