import errno
import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from esa_desktop.domain.errors import Cancelled, ProjectLocked, StorageError
from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.domain.revision import Revision
from esa_desktop.storage import evidence_files, recovery, taking_place
from esa_desktop.storage.aside import Cancel, set_aside
from esa_desktop.storage.durable import sync_folder
from esa_desktop.storage.examination import Examination, Fault, examine
from esa_desktop.storage.recovery import rebuild
from esa_desktop.storage.salvage import Salvage
from esa_desktop.storage.store import Store, Write
from tests.storage.projects import (
    HOLDER,
    RESULTS,
    chain,
    change_in_file,
    draft,
    is_one_thai_sentence,
    item,
    new_store,
    revision,
)

PAGE = 4096


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two fields, a draft, an item with a file; page 1 of the database is gone."""
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF scan")
    store = new_store(tmp_path)
    kept = evidence_files.keep(scan, store.folder)
    typed = draft("กำลังพิมพ์", field=RESULTS)
    store.write(Write(revisions=tuple(chain(20, size=400)), drafts=(typed,), files=(kept,)))
    store.write(Write(revisions=(item("item-1", kept),)))
    store.close()
    with (store.folder / "project.db").open("rb+") as file:
        file.write(bytes(PAGE))
    return store.folder


def nothing_more(_: Salvage) -> Sequence[Revision]:
    return ()


def everything_in(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_project_opens_again_with_all_it_had(project: Path) -> None:
    rebuilt = rebuild(project, nothing_more)
    assert rebuilt is not None
    assert rebuilt.examination == examine(project / "project.db")
    assert rebuilt.examination.is_whole
    store = Store.open(project, HOLDER)
    contents = store.load()
    assert [r.id for r in store.history(chain(1)[0].field)] == [r.id for r in chain(20, size=400)]
    assert contents.drafts == (draft("กำลังพิมพ์", field=RESULTS),)
    assert len(contents.files) == 1
    store.close()


def test_the_damaged_files_are_kept_together_as_they_were(project: Path) -> None:
    (project / "project.db-journal").write_bytes(b"the end of a journal")
    before = everything_in(project)
    rebuilt = rebuild(project, nothing_more)
    assert rebuilt is not None
    assert rebuilt.aside is not None
    for name in ("project.db", "project.db-journal"):
        assert (rebuilt.aside / name).read_bytes() == before[name]
    assert not (project / "project.db-journal").exists()


def test_numbers_stay_as_they_were_and_none_is_given_twice(project: Path) -> None:
    (project / "backups" / "000077-20261122T030000Z").mkdir(parents=True)
    rebuild(project, nothing_more)
    with closing(sqlite3.connect(project / "project.db")) as connection:
        numbers = [n for (n,) in connection.execute("SELECT seq FROM revision ORDER BY seq")]
    assert numbers == list(range(1, 22))
    store = Store.open(project, HOLDER)
    store.write(Write(revisions=(revision("ต่อ", field=RESULTS, device="d8"),)))
    assert store.state().last_seq == 78
    store.close()


def test_what_is_supplied_comes_last_and_stands_on_what_was_found(project: Path) -> None:
    def supply(found: Salvage) -> Sequence[Revision]:
        (heads,) = (ids for field, ids in found.heads().items() if field == chain(1)[0].field)
        return (revision("จากที่อื่น", heads), item("item-2", EvidenceFile("a" * 64, "ก.pdf", 3)))

    rebuilt = rebuild(project, supply)
    assert rebuilt is not None
    assert len(rebuilt.added) == 2
    assert rebuilt.examination.files["a" * 64] == 3
    store = Store.open(project, HOLDER)
    last = store.history(chain(1)[0].field)[-1]
    store.close()
    assert last.body == revision("จากที่อื่น").body


def test_evidence_is_known_again_by_its_bytes_and_by_what_items_name(project: Path) -> None:
    for content in (b"lies here, named by nobody", b"will be changed"):
        source = project.parent / "more.pdf"
        source.write_bytes(content)
        kept = evidence_files.keep(source, project)
    evidence_files.path_of(project, kept.sha256).write_bytes(b"is changed")
    named = next(iter(rebuild_files(project)))
    evidence_files.path_of(project, named).unlink()
    assert len(rebuild_files(project)) == 2
    assert kept.sha256 not in rebuild_files(project)


def rebuild_files(project: Path) -> dict[str, int]:
    rebuilt = rebuild(project, nothing_more)
    assert rebuilt is not None
    ordered = sorted(rebuilt.examination.files, key=lambda name: name not in rebuilt.found.files)
    return {name: rebuilt.examination.files[name] for name in ordered}


def test_where_nothing_is_left_nothing_is_changed(tmp_path: Path) -> None:
    folder = tmp_path / "ว่าง.esaproj"
    folder.mkdir()
    (folder / "project.db").write_bytes(random.Random(1).randbytes(50_000))
    before = everything_in(folder)
    assert rebuild(folder, nothing_more) is None
    assert everything_in(folder) == before


def test_a_project_that_is_open_is_left_alone(project: Path) -> None:
    rebuild(project, nothing_more)
    before = everything_in(project)
    store = Store.open(project, HOLDER)
    with pytest.raises(ProjectLocked):
        rebuild(project, nothing_more)
    store.write(Write(revisions=(revision("ยังเขียนได้", device="d7"),)))
    store.close()
    assert everything_in(project).keys() - before.keys() <= {"lock.json", "project.db-journal"}


def saved_by_another_program(folder: Path, *, and_stays: bool) -> "subprocess.Popen[str]":
    """Another process that has opened the project and saved; it closes it, or when it is told to."""
    code = (
        "import sys; from pathlib import Path\n"
        "from esa_desktop.storage.store import Store, Write\n"
        "from tests.storage.projects import HOLDER, revision\n"
        "store = Store.open(Path(sys.argv[1]), HOLDER)\n"
        "store.write(Write(revisions=(revision('บันทึกแล้ว', device='d7'),)))\n"
        "if sys.argv[2] == 'stay': print(flush=True); sys.stdin.read()\n"
        "store.close()\n"
    )
    words = [sys.executable, "-c", code, str(folder), "stay" if and_stays else "leave"]
    other = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None
    other.stdout.readline() if and_stays else other.wait()
    return other


@pytest.mark.parametrize("and_stays", [True, False])
def test_what_another_program_saves_while_the_project_is_recovered_is_not_lost(
    project: Path, monkeypatch: pytest.MonkeyPatch, and_stays: bool
) -> None:
    rebuild(project, nothing_more)  # so that it can be opened
    others: list[subprocess.Popen[str]] = []

    def meanwhile(folder: Path, cancelled: Cancel | None) -> Path | None:
        place = set_aside(folder, cancelled)
        others.append(saved_by_another_program(folder, and_stays=and_stays))
        return place

    monkeypatch.setattr(recovery, "set_aside", meanwhile)
    with pytest.raises(StorageError) as caught:
        rebuild(project, nothing_more)
    others[0].communicate()
    assert others[0].returncode == 0
    assert is_one_thai_sentence(caught.value)
    assert isinstance(caught.value, ProjectLocked) == and_stays
    store = Store.open(project, HOLDER)
    assert store.has_revision(revision("บันทึกแล้ว", device="d7").id)
    store.close()
    assert list(project.glob("*.part")) == []


def test_nobody_opens_the_project_while_the_new_database_takes_its_place(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rebuild(project, nothing_more)
    seen: list[str] = []

    def look(folder: Path) -> None:
        seen.append(opened_by_another_program(project))
        sync_folder(folder)

    monkeypatch.setattr(taking_place, "sync_folder", look)
    assert rebuild(project, nothing_more) is not None
    assert seen == ["ProjectLocked"]
    assert opened_by_another_program(project) == "opened"


def opened_by_another_program(folder: Path) -> str:
    code = (
        "import sys; from pathlib import Path\n"
        "from esa_desktop.storage.store import Store\n"
        "from tests.storage.projects import HOLDER\n"
        "try: Store.open(Path(sys.argv[1]), HOLDER).close(); print('opened')\n"
        "except Exception as error: print(type(error).__name__)\n"
    )
    words = [sys.executable, "-c", code, str(folder)]
    return subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


@pytest.mark.parametrize("after", range(1, 12))
def test_cancelled_at_any_time_nothing_is_changed(project: Path, after: int) -> None:
    before = everything_in(project)
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > after

    try:
        rebuild(project, nothing_more, cancelled=cancelled)
    except Cancelled:
        assert {n: c for n, c in everything_in(project).items() if "damaged" not in n} == before


@pytest.mark.parametrize("place", ["flush_to_disk", "put_in_place", "create_database", "set_aside"])
@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EACCES, errno.EIO])
def test_a_disk_that_refuses_is_told_of_and_leaves_the_old_files(
    project: Path, monkeypatch: pytest.MonkeyPatch, place: str, fault: int
) -> None:
    (project / "project.db-journal").write_bytes(b"the end of a journal")
    before = everything_in(project)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(fault, os.strerror(fault))

    module = recovery if hasattr(recovery, place) else taking_place
    monkeypatch.setattr(module, place, refuse)
    with pytest.raises(StorageError) as caught:
        rebuild(project, nothing_more)
    assert is_one_thai_sentence(caught.value)
    left = {name: text for name, text in everything_in(project).items() if "damaged" not in name}
    if place == "put_in_place":  # the journal lies in damaged/ by then
        before.pop("project.db-journal")
    assert left == before
    monkeypatch.undo()
    assert rebuild(project, nothing_more) is not None


def test_a_new_database_that_does_not_read_back_is_not_put_in_place(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything_in(project)
    bad = Examination(faults=(Fault("revision", "row 3"),))
    monkeypatch.setattr(recovery, "examine", lambda *_, **__: bad)
    with pytest.raises(StorageError) as caught:
        rebuild(project, nothing_more)
    assert is_one_thai_sentence(caught.value)
    assert everything_in(project) == before


def test_an_attempt_that_was_cut_off_after_the_journal_went_is_finished_by_the_next(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EIO, "")

    monkeypatch.setattr(taking_place, "put_in_place", refuse)
    (project / "project.db-journal").write_bytes(b"the end of a journal")
    with pytest.raises(StorageError):
        rebuild(project, nothing_more)
    monkeypatch.undo()
    rebuilt = rebuild(project, nothing_more)
    assert rebuilt is not None
    assert len(rebuilt.found.revisions) == 21
    (kept,) = {p for p in (project / "damaged").iterdir() if (p / "project.db-journal").exists()}
    assert kept.name.startswith("000001-")


def test_a_lost_rows_number_is_told_by_the_index(project: Path) -> None:
    """The cell's own number is damaged; its row proves itself nevertheless."""
    rebuild(project, nothing_more)
    wanted = chain(20, size=400)[4].id
    database = project / "project.db"
    content = database.read_bytes()
    # The record of row 5 begins with its header; the byte before it is the row's number.
    at = content.index(b"\x00\x81\x0d", 0)
    while content[at - 2] != 5 or wanted.encode() not in content[at : at + 400]:
        at = content.index(b"\x00\x81\x0d", at + 1)
    database.write_bytes(content[: at - 3] + b"\xff" + content[at - 2 :])
    rebuild(project, nothing_more)
    with closing(sqlite3.connect(database)) as connection:
        row = connection.execute("SELECT seq FROM revision WHERE id=?", (wanted,)).fetchone()
    assert row == (5,)


def test_a_row_that_the_program_did_not_write_is_left_out(project: Path) -> None:
    rebuild(project, nothing_more)
    change_in_file(project, "UPDATE revision SET author='x' WHERE seq=20")
    rebuilt = rebuild(project, nothing_more)
    assert rebuilt is not None
    # What was set aside before still has it: nothing that proved itself once goes again.
    assert len(rebuilt.found.revisions) == 21
