import errno
import os
import shutil
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

from esa_desktop.domain.errors import Cancelled, DamagedProject, StorageError
from esa_desktop.domain.fields import OFFICE_FIELD
from esa_desktop.services import attaching, backing_up
from esa_desktop.services.copying import copy_project, free_place
from esa_desktop.services.projects import Project, open_project
from esa_desktop.services.showing import show_round
from esa_desktop.storage import evidence_pool, project_copy
from esa_desktop.storage.durable import put_in_place
from esa_desktop.storage.examination import examine
from esa_desktop.storage.faults import disk_full
from esa_desktop.storage.store import Store
from tests.projects import WHO, new_project, opened
from tests.services.test_known_copies import write
from tests.storage.projects import is_one_thai_sentence


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A project with evidence, a backup, a stranger's file and what is only of this place."""
    place = new_project(tmp_path)
    scan = tmp_path / "คำสั่ง ที่ ๑.pdf"
    scan.write_bytes(b"%PDF-1.7 " * 9000)
    with opened(place) as project:
        write(project, "ประชุมทุกเดือน")
        issue = next(project.editor.round.framework.issues())[-1]
        intake = attaching.take_in(place, [scan])
        project.editor.apply(attaching.attach(project.editor, issue.id, intake.files))
    (place / "backups" / "000001-x").mkdir(parents=True)
    (place / "backups" / "000001-x" / "project.db").write_bytes(b"an older state")
    (place / "บันทึก ของเรา.txt").write_text("วางไว้เอง", encoding="utf-8")
    (place / "index.db").write_bytes(b"may be made anew")
    (place / "evidence" / "new.1234.part").write_bytes(b"half")
    return place


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "เอกสาร ของฉัน"
    folder.mkdir()
    return folder


@contextmanager
def only_read(place: Path) -> Iterator[Project]:
    project = open_project(place, who=WHO, read_only=True)
    yield project
    project.close()


def content(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "lock.json"
    }


def shown(place: Path) -> object:
    with opened(place) as project:
        return show_round(project.editor.round)


def test_the_copy_is_the_same_project_with_all_that_lies_in_it(
    place: Path, documents: Path
) -> None:
    with opened(place) as project:
        copy = copy_project(project, free_place(documents, place))
        project_id = project.project_id

    assert copy == documents / place.name
    assert shown(copy) == shown(place)
    with opened(copy) as project:
        assert project.project_id == project_id
    files = content(copy)
    assert files["backups/000001-x/project.db".replace("/", os.sep)] == b"an older state"
    assert "วางไว้เอง" in (copy / "บันทึก ของเรา.txt").read_text("utf-8")
    assert len([name for name in files if name.startswith("evidence")]) == 1
    assert not {"index.db", "project.db-journal"} & set(files)
    assert [path.name for path in documents.iterdir()] == [place.name]


def test_a_folder_that_is_only_read_can_be_brought_over(place: Path, documents: Path) -> None:
    before = content(place)
    with only_read(place) as project:
        copy = copy_project(project, documents / "งาน.esaproj")

    assert shown(copy) == shown(place)
    assert content(place).keys() == before.keys()


def test_saving_goes_on_meanwhile_and_the_copy_is_one_state_of_it(
    place: Path, documents: Path
) -> None:
    with opened(place) as project:
        copy = copy_project(
            project,
            documents / "งาน.esaproj",
            progress=lambda done, _: write(project, f"เขียนต่อ {done}"),
        )

    assert "เขียนต่อ" in str(shown(place))
    assert "ประชุมทุกเดือน" in str(shown(copy))


def test_a_file_that_is_attached_at_the_last_moment_is_not_left_behind(
    place: Path, documents: Path, tmp_path: Path
) -> None:
    late = tmp_path / "มาทีหลัง.pdf"
    late.write_bytes(b"%PDF-1.7 late")
    with opened(place) as project:

        def copy_database(path: Path) -> None:
            issue = next(project.editor.round.framework.issues())[-1]
            intake = attaching.take_in(place, [late])
            project.editor.apply(attaching.attach(project.editor, issue.id, intake.files))
            project.ask(lambda store: store.copy_to(path)).result(10)

        project_copy.copy_folder(
            place, documents / "งาน.esaproj", copy_database, evidence_pool.Watch()
        )

    with opened(documents / "งาน.esaproj") as project:
        for item in project.editor.round.items.values():
            assert project.path_of(item.files[0].sha256).is_file()
        assert len(project.editor.round.items) == 2


def test_progress_ends_at_all_of_it(place: Path, documents: Path) -> None:
    heard: list[tuple[int, int]] = []
    with opened(place) as project:
        copy_project(project, documents / "งาน.esaproj", progress=lambda *step: heard.append(step))

    assert heard == sorted(heard)
    assert heard[-1][0] == heard[-1][1] > 80_000


def test_a_copy_that_is_cancelled_leaves_nothing_at_any_moment(
    place: Path, documents: Path
) -> None:
    """Whenever it is cancelled: at the first look, the second, and so on to the last."""
    with opened(place) as project:
        for looks in range(200):
            left = iter(range(looks))

            def cancelled(left: Iterator[int] = left) -> bool:
                return next(left, None) is None

            try:
                copy_project(project, documents / "งาน.esaproj", cancelled=cancelled)
            except Cancelled:
                assert list(documents.iterdir()) == []
                continue
            break
        else:
            pytest.fail("it was never finished")
    assert looks > 5
    assert shown(documents / "งาน.esaproj") == shown(place)


@pytest.mark.parametrize("name", ["sync_folder", "put_in_place", "copy_hashed", "examine"])
def test_a_drive_that_fails_on_the_way_leaves_nothing_and_says_so(
    place: Path, documents: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, "gone")

    monkeypatch.setattr(project_copy, name, fail)
    with opened(place) as project, pytest.raises(StorageError, match="ไดรฟ์"):
        copy_project(project, documents / "งาน.esaproj")

    assert list(documents.iterdir()) == []


def test_a_drive_without_room_is_refused_before_anything_is_written(
    place: Path, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(documents)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1000))

    with opened(place) as project, pytest.raises(StorageError, match="เนื้อที่เต็ม"):
        copy_project(project, documents / "งาน.esaproj")

    assert list(documents.iterdir()) == []


def test_a_stick_that_gives_back_other_bytes_is_found_out(
    place: Path, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bad(source: IO[bytes], target: IO[bytes], watch: evidence_pool.Watch) -> str:
        said = evidence_pool.copy_hashed(source, target, watch)
        os.pwrite(target.fileno(), b"?", 0)
        return said

    monkeypatch.setattr(project_copy, "copy_hashed", bad)
    with opened(place) as project, pytest.raises(StorageError, match="ไม่ตรงกับที่เขียน"):
        copy_project(project, documents / "งาน.esaproj")

    assert list(documents.iterdir()) == []


def test_a_database_that_did_not_come_whole_is_no_copy(
    place: Path, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damage(path: Path, **_: object) -> object:
        with path.open("r+b") as file:
            file.seek(4096)
            file.write(b"\xff" * 8192)
        return examine(path)

    monkeypatch.setattr(project_copy, "examine", damage)
    with opened(place) as project, pytest.raises(DamagedProject):
        copy_project(project, documents / "งาน.esaproj")

    assert list(documents.iterdir()) == []


def test_a_damaged_file_of_evidence_comes_along_and_does_not_strand_the_rest(
    place: Path, documents: Path
) -> None:
    (evidence,) = (path for path in (place / "evidence").rglob("*") if len(path.name) == 64)
    evidence.chmod(0o644)
    evidence.write_bytes(evidence.read_bytes()[:-1] + b"?")

    with opened(place) as project:
        copy = copy_project(project, documents / "งาน.esaproj")

    assert (copy / evidence.relative_to(place)).read_bytes() == evidence.read_bytes()


def test_nothing_that_is_there_is_written_over(place: Path, documents: Path) -> None:
    (documents / "งาน.esaproj").mkdir()
    with opened(place) as project, pytest.raises(StorageError, match="อยู่แล้ว"):
        copy_project(project, documents / "งาน.esaproj")
    assert list((documents / "งาน.esaproj").iterdir()) == []

    assert free_place(documents, place).name == "งาน (2).esaproj"
    assert free_place(documents, documents / "ปี ๒๕๕๗ v1.2.esaproj").name == "ปี ๒๕๕๗ v1.2.esaproj"


def test_a_project_is_not_copied_into_itself(place: Path) -> None:
    with opened(place) as project, pytest.raises(StorageError, match="งานเอง"):
        copy_project(project, place / "backups" / "งาน.esaproj")


@pytest.mark.parametrize("vanishes", ["before", "when it is read"])
def test_a_backup_that_is_thinned_meanwhile_does_not_end_the_copy(
    place: Path, documents: Path, monkeypatch: pytest.MonkeyPatch, vanishes: str
) -> None:
    thinned = place / "backups" / "000001-x"
    (thinned / "backup.json").write_bytes(b"{}")
    kept = place / "backups" / "000002-x"
    shutil.copytree(thinned, kept)
    real = project_copy._copy

    def copy(
        folder: Path, part: Path, file: project_copy._File, watch: evidence_pool.Watch
    ) -> None:
        last = file.place.parts[:2] == ("backups", "000001-x") and file.place.name == "project.db"
        if thinned.exists() and (vanishes == "before" or last):
            shutil.rmtree(thinned)
        real(folder, part, file, watch)

    monkeypatch.setattr(project_copy, "_copy", copy)
    heard: list[tuple[int, int]] = []
    with opened(place) as project:
        to = documents / "งาน.esaproj"
        copied = copy_project(project, to, progress=lambda *step: heard.append(step))

    assert [path.name for path in (copied / "backups").iterdir()] == ["000002-x"]
    assert content(copied / "backups" / "000002-x") == content(kept)
    assert shown(copied) == shown(place)
    assert heard[-1][0] == heard[-1][1]


def test_a_backup_that_is_thinned_while_the_folder_is_listed_does_not_end_the_copy(
    place: Path, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.lstat

    def lstat(path: Path) -> os.stat_result:
        if path.parent.name == "000001-x" and path.exists():
            shutil.rmtree(path.parent)
        return real(path)

    monkeypatch.setattr(Path, "lstat", lstat)
    with opened(place) as project:
        copied = copy_project(project, documents / "งาน.esaproj")

    assert shown(copied) == shown(place)
    assert not (copied / "backups" / "000001-x").exists()


@pytest.mark.parametrize("name", ["evidence", "backups"])
def test_what_vanishes_with_its_drive_is_no_thinned_backup(
    place: Path, documents: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A file of evidence alone, and everything at once while a backup is read."""
    real = project_copy._copy

    def copy(
        folder: Path, part: Path, file: project_copy._File, watch: evidence_pool.Watch
    ) -> None:
        if file.place.parts[0] == name:
            if name == "backups":
                (place / "project.db").rename(place / "pulled.db")
            (folder / file.place).unlink()
        real(folder, part, file, watch)

    monkeypatch.setattr(project_copy, "_copy", copy)
    with opened(place) as project:
        with pytest.raises(StorageError, match="ไดรฟ์"):
            copy_project(project, documents / "งาน.esaproj")
        if name == "backups":
            (place / "pulled.db").rename(place / "project.db")

    assert list(documents.iterdir()) == []


def refusing(monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    """A disk without room, until the end of the test or `monkeypatch.undo`."""

    def refuse(store: Store, *_: object) -> None:
        raise disk_full(place)

    monkeypatch.setattr(Store, "write", refuse)


def test_while_the_disk_refuses_a_copy_can_be_cancelled(
    place: Path, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(place) as project:
        refusing(monkeypatch, place)
        project.editor.apply(project.editor.change(OFFICE_FIELD, "ยังบันทึกไม่ได้"))
        with ThreadPoolExecutor(1) as worker:
            asked = worker.submit(
                copy_project, project, documents / "งาน.esaproj", cancelled=lambda: True
            )
            wait([asked], 5)
            monkeypatch.undo()
            with pytest.raises(Cancelled, match="ไม่มีอะไรเปลี่ยนแปลง"):
                asked.result(20)
    assert list(documents.iterdir()) == []


def test_while_the_disk_refuses_a_copy_gives_up_with_a_sentence(
    place: Path, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(place) as project:
        refusing(monkeypatch, place)
        monkeypatch.setattr(backing_up, "PATIENCE", 0.2)
        project.editor.apply(project.editor.change(OFFICE_FIELD, "ยังบันทึกไม่ได้"))
        with ThreadPoolExecutor(1) as worker:
            asked = worker.submit(copy_project, project, documents / "งาน.esaproj")
            wait([asked], 5)
            monkeypatch.undo()
            with pytest.raises(StorageError, match="ยังคัดลอกงานนี้ไม่ได้") as caught:
                asked.result(20)
    assert is_one_thai_sentence(caught.value)
    assert list(documents.iterdir()) == []


def test_a_project_that_was_closed_meanwhile_is_not_copied(place: Path, documents: Path) -> None:
    with opened(place) as project:
        pass
    with pytest.raises(Cancelled, match="ปิดแล้ว"):
        copy_project(project, documents / "งาน.esaproj")
    assert list(documents.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links_are_not_followed(place: Path, documents: Path, tmp_path: Path) -> None:
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "secret.txt").write_text("ส่วนตัว", encoding="utf-8")
    (place / "link").symlink_to(tmp_path / "private")
    (place / "file").symlink_to(tmp_path / "private" / "secret.txt")

    with opened(place) as project:
        copy = copy_project(project, documents / "งาน.esaproj")

    assert not (copy / "link").exists()
    assert not (copy / "file").exists()


def test_what_a_crash_left_of_an_earlier_copy_is_swept_away(place: Path, documents: Path) -> None:
    """Killed just before the last step; the names of others stay."""
    (documents / "งาน.esaproj.0badcafe.part").mkdir()
    (documents / "งาน.esaproj.0badcafe.part" / "project.db").write_bytes(b"half")
    (documents / "งานอื่น.esaproj.1.part").mkdir()

    with opened(place) as project:
        copy_project(project, documents / "งาน.esaproj")

    assert sorted(p.name for p in documents.iterdir()) == ["งาน.esaproj", "งานอื่น.esaproj.1.part"]


def test_the_name_is_given_last(
    place: Path, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever looks meanwhile sees no project that is not whole."""
    seen: list[bool] = []

    def look(part: Path, path: Path) -> None:
        seen.append(path.exists())
        assert content(part).keys() >= {"project.db"}
        put_in_place(part, path)

    monkeypatch.setattr(project_copy, "put_in_place", look)
    with opened(place) as project:
        copy_project(project, documents / "งาน.esaproj")

    assert seen == [False]
