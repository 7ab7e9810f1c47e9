import json
import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from esa_desktop.domain.errors import Cancelled
from esa_desktop.domain.revision import Revision, make_revision
from esa_desktop.storage import salvage as salvage_module
from esa_desktop.storage.rows import Draft, unpacked
from esa_desktop.storage.salvage import Proven, Salvage, salvage
from esa_desktop.storage.salvage_places import Source
from esa_desktop.storage.store import Store, Write
from tests.storage.projects import (
    HOLDER,
    METHOD,
    RESULTS,
    chain,
    change_in_file,
    draft,
    new_store,
    revision,
    text_body,
)

PAGE = 4096


@pytest.fixture
def project(tmp_path: Path) -> Path:
    store = new_store(tmp_path)
    store.write(Write(revisions=(*chain(30, size=400), *chain(12, field=RESULTS))))
    store.close()
    return store.folder


def ids_in(folder: Path) -> set[str]:
    with closing(sqlite3.connect(folder / "project.db")) as connection:
        return {name for (name,) in connection.execute("SELECT id FROM revision")}


def found_in(folder: Path) -> tuple[Salvage, dict[str, Revision]]:
    kept: dict[str, Revision] = {}

    def keep(one: Revision, proven: Proven, body: bytes) -> None:
        assert one.id not in kept
        assert unpacked(body) == one.body
        assert (proven.field, proven.parents) == (one.field, one.parents)
        kept[one.id] = one

    return salvage(folder, keep), kept


def back_up(folder: Path, name: str) -> Path:
    place = folder / "backups" / name
    place.mkdir(parents=True)
    shutil.copyfile(folder / "project.db", place / "project.db")
    return place


def spoil(path: Path, start: int, length: int) -> None:
    with path.open("rb+") as file:
        file.seek(start)
        file.write(random.Random(start).randbytes(length))


def test_of_a_sound_project_all_is_found_and_nothing_is_lost(project: Path) -> None:
    found, kept = found_in(project)
    assert kept.keys() == found.revisions.keys() == ids_in(project)
    assert found.lost() == {}
    assert {len(heads) for heads in found.heads().values()} == {1}
    assert {proven.source for proven in found.revisions.values()} == {Source.DATABASE}
    assert sorted(proven.seq for proven in found.revisions.values()) == list(range(1, 43))


def test_a_row_that_says_something_else_does_not_count_and_is_known_to_be_lost(
    project: Path,
) -> None:
    change_in_file(project, "UPDATE revision SET author='x' WHERE seq=3")
    found, kept = found_in(project)
    assert len(kept) == 41
    assert list(found.lost().values()) == [METHOD]


def test_what_the_database_lost_comes_from_the_backups(project: Path) -> None:
    whole = ids_in(project)
    back_up(project, "000042-x")
    spoil(project / "project.db", (project / "project.db").stat().st_size - 8 * PAGE, 8 * PAGE)
    found, kept = found_in(project)
    assert kept.keys() == whole
    assert Source.BACKUP in {proven.source for proven in found.revisions.values()}


def test_without_its_database_a_project_is_found_in_its_backups(project: Path) -> None:
    whole = ids_in(project)
    told = found_in(project)[0].project_id
    back_up(project, "000042-x")
    (project / "project.db").unlink()
    found, kept = found_in(project)
    assert kept.keys() == whole
    assert found.project_id == told


def test_the_projects_id_survives_without_the_first_page(project: Path) -> None:
    told = found_in(project)[0].project_id
    assert len(told) == 36
    spoil(project / "project.db", 0, PAGE)
    assert found_in(project)[0].project_id == told


def test_a_backup_of_another_project_brings_nothing_in(project: Path, tmp_path: Path) -> None:
    whole = ids_in(project)
    other = new_store(tmp_path, "อื่น.esaproj")
    other.write(Write(revisions=(revision("ของคนอื่น"),)))
    other.close()
    place = back_up(project, "000099-x")
    shutil.copyfile(other.folder / "project.db", place / "project.db")
    assert found_in(project)[1].keys() == whole


def torn(project: Path, copy: Path, statement: str) -> None:
    """A folder as a power cut leaves it in the middle of a commit: new pages and their journal."""
    with closing(sqlite3.connect(project / "project.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size=3")
        connection.execute("BEGIN")
        connection.execute(statement)
        shutil.copytree(project, copy)


def test_pages_half_written_are_found_in_the_journal(project: Path, tmp_path: Path) -> None:
    whole = ids_in(project)
    cut = tmp_path / "cut"
    torn(project, cut, "UPDATE revision SET author='x'")
    journal = cut / "project.db-journal"
    assert found_in(cut)[1].keys() == whole
    journal.unlink()
    assert len(found_in(cut)[1]) < len(whole)  # the control


def test_a_journal_of_another_project_brings_nothing_in_and_loses_nothing(
    project: Path, tmp_path: Path
) -> None:
    whole = ids_in(project)
    other = new_store(tmp_path, "อื่น.esaproj")
    other.write(Write(revisions=tuple(revision(f"ของคนอื่น {n}", device="x") for n in range(90))))
    other.close()
    torn(other.folder, tmp_path / "cut", "UPDATE revision SET author='x'")
    journal = (tmp_path / "cut" / "project.db-journal").read_bytes()
    (project / "project.db-journal").write_bytes(journal)
    assert found_in(project)[1].keys() == whole
    Store.open(project, HOLDER).close()  # played back: pages of the other's are now in the file
    assert found_in(project)[1].keys() == whole


def test_a_revision_that_is_lost_is_revived_from_the_draft_it_was_cut_from(
    tmp_path: Path,
) -> None:
    store = new_store(tmp_path)
    typed = draft("ข้อความ " * 300)
    cut = make_revision(
        typed.field, (), typed.body, author=typed.author, device=typed.device, time=typed.time
    )
    store.write(Write(revisions=(cut,), drafts=(typed,)))
    store.close()
    with closing(sqlite3.connect(store.folder / "project.db")) as connection, connection:
        connection.execute("PRAGMA secure_delete=OFF")  # as SQLite comes, but for some Linuxes
        connection.execute("DELETE FROM draft")
    change_in_file(store.folder, "UPDATE revision SET author='x'")
    assert found_in(store.folder)[1] == {cut.id: cut}


def test_a_draft_thrown_away_does_not_come_back(tmp_path: Path) -> None:
    store = new_store(tmp_path)
    store.write(Write(revisions=(revision("ก"),), drafts=(draft("ทิ้งแล้ว", field=RESULTS),)))
    store.write(Write(dropped=((RESULTS, "d1"),)))
    store.close()
    found, _ = found_in(store.folder)
    assert found.fitting_drafts() == ()


@pytest.mark.parametrize("readable", [True, False])
def test_what_is_being_typed_comes_along(project: Path, readable: bool) -> None:
    typed = Draft(
        METHOD,
        "d1",
        "สมศรี",
        "2026-11-22T04:00:00.000+00:00",
        (chain(30, size=400)[-1].id,),
        text_body("ใหม่"),
    )
    older = Draft(
        METHOD, "d1", "สมศรี", "2026-11-22T03:59:00.000+00:00", typed.parents, text_body("ให")
    )
    store = Store.open(project, HOLDER)
    store.write(Write(drafts=(older,)))
    store.write(Write(drafts=(typed,)))
    store.close()
    if not readable:
        spoil(project / "project.db", 0, PAGE)
    assert found_in(project)[0].fitting_drafts() == (typed,)


def test_a_draft_on_a_text_that_was_replaced_does_not_come_along(project: Path) -> None:
    first = chain(30, size=400)[0]
    old = Draft(
        METHOD, "d1", "สมศรี", "2026-11-22T04:00:00.000+00:00", (first.id,), text_body("เก่า")
    )
    store = Store.open(project, HOLDER)
    store.write(Write(drafts=(old,)))
    store.close()
    back_up(project, "000042-x")
    store = Store.open(project, HOLDER)
    store.write(Write(dropped=((METHOD, "d1"),)))
    store.close()
    assert found_in(project)[0].fitting_drafts() == ()


def test_a_draft_of_which_the_parents_are_lost_comes_along(project: Path) -> None:
    alone = Draft(
        METHOD, "d9", "สมศรี", "2026-11-22T04:00:00.000+00:00", ("e" * 64,), text_body("ใหม่")
    )
    store = Store.open(project, HOLDER)
    store.write(Write(drafts=(alone,)))
    store.close()
    assert found_in(project)[0].fitting_drafts() == (alone,)


def typed_on(project: Path, text: str) -> Draft:
    """Being typed on top of what stands, and nothing more is done."""
    typed = Draft(
        METHOD,
        "d1",
        "สมศรี",
        "2026-11-22T04:00:00.000+00:00",
        (chain(30, size=400)[-1].id,),
        text_body(text),
    )
    store = Store.open(project, HOLDER)
    store.write(Write(drafts=(typed,)))
    store.close()
    return typed


@pytest.mark.parametrize("readable", [True, False])
def test_what_was_typed_and_taken_back_does_not_come_back_from_a_backup(
    project: Path, readable: bool
) -> None:
    typed_on(project, "ลองพิมพ์เล่นแล้วลบ")
    back_up(project, "000042-x")
    store = Store.open(project, HOLDER)
    store.write(Write(dropped=((METHOD, "d1"),)))
    store.close()
    with closing(sqlite3.connect(project / "project.db")) as connection:
        connection.execute("PRAGMA secure_delete=ON").fetchall()
        connection.execute("VACUUM")  # of the draft itself nothing lies about
    if not readable:
        spoil(project / "project.db", 0, 200)
    found, _ = found_in(project)
    assert METHOD in {proven.field for proven in found.revisions.values()}
    assert found.fitting_drafts() == ()


def test_a_draft_of_a_backup_comes_along_where_the_database_has_nothing_of_its_field(
    project: Path,
) -> None:
    back_up(project, "000041-older")
    typed = typed_on(project, "กำลังพิมพ์")
    back_up(project, "000042-x")
    (project / "project.db").unlink()
    assert found_in(project)[0].fitting_drafts() == (typed,)


def test_what_a_newer_backup_has_no_more_does_not_come_back_from_an_older_one(
    project: Path,
) -> None:
    typed_on(project, "ลองพิมพ์เล่นแล้วลบ")
    back_up(project, "000041-older")
    store = Store.open(project, HOLDER)
    store.write(Write(dropped=((METHOD, "d1"),)))
    store.close()
    back_up(project, "000042-x")
    (project / "project.db").unlink()
    assert found_in(project)[0].fitting_drafts() == ()


def make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    "spoil_it",
    [
        Path.unlink,
        make_folder,
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(9000)),
        lambda path: path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 9000),
        lambda path: path.write_bytes(b"SQLite format 3\x00\x02\x00" + bytes(5)),
        lambda path: (
            os.truncate(path, 1 << 28) or path.write_bytes(b"") or os.truncate(path, 1 << 28)
        ),
    ],
)
def test_whatever_lies_in_the_place_of_the_database_nothing_is_raised(
    project: Path, spoil_it: Callable[[Path], object]
) -> None:
    spoil_it(project / "project.db")
    (project / "backups").write_text("no folder")
    (project / "damaged" / "000001-x" / "project.db").mkdir(parents=True)
    found, kept = found_in(project)
    assert kept == {}
    assert found.fitting_drafts() == ()


def test_a_hostile_index_entry_is_no_trace(project: Path) -> None:
    change_in_file(project, "UPDATE revision SET parents=? WHERE seq=2", "[" * 900)
    change_in_file(project, "UPDATE revision SET parents=? WHERE seq=3", json.dumps(["../etc"] * 3))
    found, kept = found_in(project)
    assert len(kept) == 40
    assert all(len(parent) == 64 for trace in found.traces.values() for parent in trace.parents)


def test_it_can_be_cancelled(project: Path) -> None:
    with pytest.raises(Cancelled):
        salvage(project, lambda *_: None, cancelled=lambda: True)


def test_what_the_keeper_raises_is_not_swallowed(project: Path) -> None:
    def refuse(*_: object) -> None:
        raise ValueError("the new database refuses")

    with pytest.raises(ValueError, match="refuses"):
        salvage(project, refuse)


def test_progress_reaches_its_end(project: Path) -> None:
    back_up(project, "000042-x")
    told: list[tuple[int, int]] = []
    salvage(project, lambda *_: None, progress=lambda done, size: told.append((done, size)))
    assert told[-1][0] == told[-1][1] == 2 * (project / "project.db").stat().st_size


def test_drafts_that_fill_the_memory_are_left_out_beyond_a_measure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(salvage_module, "MOST_TYPED", 1000)
    store = new_store(tmp_path)
    store.write(Write(drafts=tuple(draft("ข้อความ " * 50, device=f"d{n}") for n in range(50))))
    store.close()
    assert 1 <= len(found_in(store.folder)[0].drafts) < 10
    spoil(store.folder / "project.db", 0, PAGE)
    assert 1 <= len(found_in(store.folder)[0].drafts) < 10


def test_traces_that_fill_the_memory_are_left_out_beyond_a_measure(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(salvage_module, "MOST_TRACES", 7)
    found, kept = found_in(project)
    assert len(found.traces) == 7
    assert kept.keys() == ids_in(project)
