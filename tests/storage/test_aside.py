import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from esa_desktop.domain.errors import Cancelled, ProjectLocked
from esa_desktop.storage import aside
from esa_desktop.storage.aside import keep_before_playback, refuse_if_open, set_aside
from esa_desktop.storage.store import Store, Write
from tests.storage.projects import HOLDER, chain, new_store


@pytest.fixture
def project(tmp_path: Path) -> Path:
    store = new_store(tmp_path)
    store.write(Write(revisions=tuple(chain(60, size=300))))
    store.close()
    return store.folder


def with_hot_journal(project: Path) -> Path:
    """The folder as a power cut leaves it in the middle of a commit."""
    copy = project.with_name("cut.esaproj")
    with closing(sqlite3.connect(project / "project.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size=3")
        connection.execute("BEGIN")
        connection.execute("UPDATE revision SET author='x'||author")
        shutil.copytree(project, copy)
    return copy


def test_files_are_copied_together_under_their_names(project: Path) -> None:
    (project / "project.db-journal").write_bytes(b"what is left of it")
    place = set_aside(project, None)
    assert place is not None
    assert place.parent == project / "damaged"
    assert place.name.startswith("000001-")
    for name in ("project.db", "project.db-journal"):
        assert (place / name).read_bytes() == (project / name).read_bytes()


def test_an_empty_journal_and_a_missing_database_are_nothing_to_keep(tmp_path: Path) -> None:
    (tmp_path / "project.db-journal").touch()
    assert set_aside(tmp_path, None) is None


def test_the_same_files_are_kept_once_and_others_get_the_next_number(project: Path) -> None:
    first = set_aside(project, None)
    assert set_aside(project, None) == first
    os.truncate(project / "project.db", 5000)
    second = set_aside(project, None)
    assert second is not None
    assert second.name.startswith("000002-")


def test_long_empty_stretches_are_copied_without_taking_room(tmp_path: Path) -> None:
    os.truncate(open_new(tmp_path / "project.db"), 300 << 20)
    place = set_aside(tmp_path, None)
    assert place is not None
    there = (place / "project.db").stat()
    assert there.st_size == 300 << 20
    if hasattr(there, "st_blocks"):
        assert there.st_blocks * 512 < 1 << 20


def open_new(path: Path) -> Path:
    path.touch()
    return path


def test_cancelled_it_leaves_nothing_half(project: Path) -> None:
    with pytest.raises(Cancelled):
        set_aside(project, lambda: True)
    assert list((project / "damaged").iterdir()) == []


def test_a_project_that_is_open_is_refused_and_stays_locked(project: Path) -> None:
    store = Store.open(project, HOLDER)
    with pytest.raises(ProjectLocked):
        refuse_if_open(project)
    with (
        closing(sqlite3.connect(project / "project.db", timeout=0)) as other,
        pytest.raises(sqlite3.OperationalError, match="locked"),
    ):
        other.execute("SELECT * FROM meta").fetchall()
    store.close()
    refuse_if_open(project)


def test_to_ask_whether_it_is_open_plays_back_nothing(project: Path) -> None:
    cut = with_hot_journal(project)
    before = {name: (cut / name).read_bytes() for name in ("project.db", "project.db-journal")}
    refuse_if_open(cut)
    assert {name: (cut / name).read_bytes() for name in before} == before


def test_before_a_journal_is_played_back_both_files_are_kept(project: Path) -> None:
    cut = with_hot_journal(project)
    before = {name: (cut / name).read_bytes() for name in ("project.db", "project.db-journal")}
    Store.open(cut, HOLDER).close()
    assert (cut / "project.db").read_bytes() != before["project.db"]
    (kept,) = (cut / "damaged").iterdir()
    assert {name: (kept / name).read_bytes() for name in before} == before


def test_without_a_journal_nothing_is_kept(project: Path) -> None:
    Store.open(project, HOLDER).close()
    assert not (project / "damaged").exists()


def test_of_those_only_the_last_are_kept(project: Path) -> None:
    cut = with_hot_journal(project)
    damaged = set_aside(project, None)
    assert damaged is not None
    shutil.copytree(damaged, cut / "damaged" / "000001-of-a-damaged-file")
    journal = (cut / "project.db-journal").read_bytes()
    for number in range(6):
        (cut / "project.db-journal").write_bytes(journal + bytes([number]))
        keep_before_playback(cut)
    names = sorted(path.name for path in (cut / "damaged").iterdir())
    assert [name[:6] for name in names] == ["000001", "000005", "000006", "000007"]


def test_a_full_disk_does_not_keep_the_project_shut(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut = with_hot_journal(project)

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(aside, "flush_to_disk", refuse)
    store = Store.open(cut, HOLDER)
    assert len(store.load().heads) == 1
    store.close()
    assert list((cut / "damaged").iterdir()) == []
