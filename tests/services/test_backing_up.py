import errno
import os
import random
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import nullcontext, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from esa_desktop.domain.errors import Cancelled, NoRoom, ReadOnlyProject, StorageError
from esa_desktop.domain.fields import Kind, issue_field
from esa_desktop.domain.richtext import from_plain
from esa_desktop.services import backing_up
from esa_desktop.services.attaching import attach, take_in
from esa_desktop.services.backing_up import (
    Backup,
    Reason,
    back_up,
    copy_elsewhere,
    list_backups,
)
from esa_desktop.services.frameworks import find_framework
from esa_desktop.services.projects import Project, create_project, open_project
from esa_desktop.storage import backup_pool, backups, evidence_pool
from esa_desktop.storage.backup_list import backups_of
from esa_desktop.storage.backups import is_intact
from esa_desktop.storage.examination import examine
from esa_desktop.storage.faults import disk_full
from esa_desktop.storage.store import Store, Write
from tests.backups import names_in, planted
from tests.edge import Edge, Flushes
from tests.projects import OTHER, WHO, YEAR, new_project, opened
from tests.storage.projects import is_one_thai_sentence


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return new_project(tmp_path)


@pytest.fixture
def project(place: Path) -> Iterator[Project]:
    with opened(place) as project:
        yield project


@pytest.fixture
def drive(tmp_path: Path) -> Path:
    folder = tmp_path / "แฟลชไดรฟ์ (E)"
    folder.mkdir()
    return folder


def write(project: Project, text: str, code: str = "1.2.1") -> None:
    editor = project.editor
    field = issue_field(YEAR, editor.round.framework.issue(code).id, Kind.METHOD)
    editor.apply(editor.change(field, from_plain(text)))


def attach_file(project: Project, name: str = "คำสั่ง.pdf", size: int = 20_000) -> str:
    source = project.folder.parent / name
    source.write_bytes(os.urandom(size))
    (file,) = take_in(project.folder, [source]).files
    issue = project.editor.round.framework.issue("1.2.1").id
    project.editor.apply(attach(project.editor, issue, [file]))
    project.flush()
    return file.sha256


def found(place: Path) -> list[str]:
    return [backup.folder.name for backup in list_backups(place)]


# --- beside the project -----------------------------------------------------------------------


def test_a_backup_is_made_when_something_changed_and_not_when_nothing_did(
    project: Project,
) -> None:
    first = back_up(project, Reason.OPENED)
    assert first is not None
    assert (first.author, first.computer, first.reason) == (WHO.author, WHO.computer, "opened")
    assert back_up(project, Reason.WORKED) is None
    assert back_up(project, Reason.ASKED) is None
    write(project, "๑. ทำแล้ว")
    second = back_up(project, Reason.WORKED)
    assert second is not None
    assert list_backups(project.folder) == (second, first)


def test_what_is_only_typed_so_far_comes_along(project: Project) -> None:
    back_up(project, Reason.OPENED)
    issue = project.editor.round.framework.issue("1.2.1").id
    project.editor.type_value(issue_field(YEAR, issue, Kind.METHOD), from_plain("กำลังพิมพ์"))
    backup = back_up(project, Reason.WORKED)
    assert backup is not None
    assert examine(backup.folder / "project.db").drafts == 1


def test_a_second_click_makes_no_second_backup(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [answer is None for answer in clicked_twice(project, monkeypatch)] == [False, True]


def test_without_taking_turns_the_second_click_would(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backing_up, "_turn", lambda *_: nullcontext())
    answers = clicked_twice(project, monkeypatch)
    assert [answer is None for answer in answers] != [False, True]


def clicked_twice(project: Project, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    answers: list[object] = []
    both = threading.Barrier(2)
    real = backing_up.make_backup

    def slow(*arguments: Any, **named: Any) -> Backup:
        with suppress(threading.BrokenBarrierError):
            both.wait(0.3)  # until the other one is here, too, if it gets here
        return real(*arguments, **named)

    def click() -> None:
        try:
            answers.append(back_up(project, Reason.ASKED))
        except StorageError as error:
            answers.append(error)

    monkeypatch.setattr(backing_up, "make_backup", slow)
    threads = [threading.Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_where_the_project_folder_is_gone_nothing_is_promised_and_nothing_made(
    place: Path, project: Project
) -> None:
    back_up(project, Reason.OPENED)
    away = place.rename(place.with_name("ย้ายแล้ว"))
    with pytest.raises(StorageError, match="ไม่พบโฟลเดอร์ของงานประเมิน") as refusal:
        back_up(project, Reason.ASKED)
    assert is_one_thai_sentence(refusal.value)
    assert "อยู่ครบ" not in str(refusal.value)
    assert not place.exists()
    away.rename(place)
    write(project, "ทำต่อ")
    assert back_up(project, Reason.ASKED) is not None


def test_waiting_for_a_turn_can_be_cancelled(project: Project) -> None:
    with backing_up._beside, pytest.raises(Cancelled):
        back_up(project, Reason.ASKED, cancelled=lambda: True)


def test_a_newest_backup_that_rotted_is_no_reason_to_make_none(project: Project) -> None:
    first = back_up(project, Reason.OPENED)
    assert first is not None
    database = first.folder / "project.db"
    content = bytearray(database.read_bytes())
    content[5000] ^= 1
    database.write_bytes(content)
    second = back_up(project, Reason.MERGE)
    assert second is not None
    assert is_intact(second)


def test_a_backup_of_another_project_is_not_taken_for_ones_own(
    project: Project, tmp_path: Path
) -> None:
    ours = back_up(project, Reason.OPENED)
    assert ours is not None
    foreign = planted(project.folder, replace(ours, project_id="another"), seq=7)
    write(project, "ใหม่")
    backup = back_up(project, Reason.WORKED)
    assert backup is not None
    assert [b.seq for b in list_backups(project.folder)] == [8, 7, 1]
    planted(project.folder, foreign, seq=9)
    assert back_up(project, Reason.WORKED) is None
    shutil.rmtree(backup.folder)
    assert back_up(project, Reason.WORKED) is not None  # though the newest is the foreign one
    assert foreign.folder.exists()


def test_an_older_copy_of_the_project_that_went_another_way_is_new(place: Path) -> None:
    """As many revisions and files, other words: numbers alone would say that nothing changed."""
    with opened(place) as project:
        write(project, "ทางหนึ่ง")
        project.flush()
        back_up(project, Reason.OPENED)
    older = place.parent / "เก่า"
    with opened(new_project_like(place, older)) as project:
        write(project, "อีกทางหนึ่ง")
        project.flush()
        assert back_up(project, Reason.OPENED) is not None


def new_project_like(place: Path, to: Path) -> Path:
    """The same project before its last change, with the backups of today."""
    shutil.copytree(place, to)
    from tests.storage.projects import change_in_file

    # As a copy made a moment earlier would be; heads are worked out anew on opening.
    change_in_file(
        to, "DELETE FROM head WHERE revision IN (SELECT id FROM revision WHERE kind='method')"
    )
    change_in_file(to, "DELETE FROM revision WHERE kind='method'")
    change_in_file(
        to, "UPDATE sqlite_sequence SET seq=(SELECT max(seq) FROM revision) WHERE name='revision'"
    )
    return to


def test_a_project_opened_to_read_makes_no_backup(place: Path) -> None:
    project = open_project(place, who=OTHER, read_only=True)
    try:
        with pytest.raises(ReadOnlyProject) as refusal:
            back_up(project, Reason.OPENED)
        assert is_one_thai_sentence(refusal.value)
    finally:
        project.close()
    assert not backups_of(place).exists()


def test_while_the_disk_refuses_to_save_there_is_a_sentence_and_no_endless_waiting(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(store: Store, *_: Write) -> None:
        raise disk_full(store.folder)

    monkeypatch.setattr(backing_up, "PATIENCE", 0.3)
    project = open_project(place, who=WHO)
    with monkeypatch.context() as full:
        full.setattr(Store, "write", refuse)
        write(project, "ยังไม่ได้บันทึก")
        with pytest.raises(StorageError, match="ยังบันทึก") as refusal:
            back_up(project, Reason.ASKED)
        assert is_one_thai_sentence(refusal.value)
    project.retry_now()
    assert back_up(project, Reason.ASKED) is not None
    project.close()


def test_a_project_that_was_closed_meanwhile_ends_the_backup_without_a_crash(place: Path) -> None:
    project = open_project(place, who=WHO)
    project.close()
    with pytest.raises(Cancelled, match="ปิดแล้ว"):
        back_up(project, Reason.WORKED)
    assert list_backups(place) == ()


def test_backups_come_along_with_a_folder_that_is_moved(place: Path) -> None:
    with opened(place) as project:
        backup = back_up(project, Reason.OPENED)
    moved = place.rename(place.with_name("ย้ายแล้ว " + "ก" * 60 + ".esaproj"))
    assert backup is not None
    assert found(moved) == [backup.folder.name]
    with opened(moved) as project:
        assert back_up(project, Reason.OPENED) is None


def test_a_list_is_found_wherever_a_person_points(project: Project, drive: Path) -> None:
    here = back_up(project, Reason.OPENED)
    there = copy_elsewhere(project, drive)
    assert here is not None
    assert list_backups(project.folder) == (here,)
    assert list_backups(backups_of(project.folder)) == (here,)
    assert list_backups(here.folder) == (here,)
    assert list_backups(drive) == list_backups(there.home) == (there,)
    assert list_backups(drive / "ไม่มี") == ()


# --- four hundred days ------------------------------------------------------------------------


def lived(place: Path, days: int, seed: int) -> list[tuple[Backup, str]]:
    """Work every day under a clock that is thrown about; what was kept, and the heads it had then."""
    dice = random.Random(seed)
    clock = datetime(2026, 1, 1, 8, tzinfo=UTC)
    heads: dict[str, str] = {}
    with opened(place) as project:
        for day in range(days):
            clock += timedelta(days=1)
            if dice.random() < 0.08:
                clock += timedelta(days=dice.choice([-400, -30, -1, 1, 30, 400]))
            for _ in range(dice.choice([1, 1, 2])):
                write(project, f"วันที่ {day} {dice.random()}", dice.choice(["1.2.1", "1.2.2"]))
                project.flush()
                moment = clock + timedelta(seconds=dice.choice([0, 0, 1, 1800]))
                backup = back_up(project, Reason.WORKED, now=lambda moment=moment: moment)  # type: ignore[misc]
                assert backup is not None
                heads[backup.folder.name] = backup.heads_sha256
                kept = list_backups(place)
                assert kept[0] == backup, "the newest is there"
                assert len(kept) >= min(len(heads), 10), "and the ten last"
    return [(backup, heads[backup.folder.name]) for backup in list_backups(place)]


def check_life(place: Path, days: int, seed: int) -> None:
    left = lived(place, days, seed)
    assert 10 <= len(left) <= 56
    for backup, heads in left:
        examination = examine(backup.folder / "project.db")
        assert examination.is_whole
        assert examination.heads_sha256 == heads == backup.heads_sha256


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Path]:
    """A place without a disk behind it: what is tried here has nothing to do with flushing."""
    shared = Path("/dev/shm")
    folder = shared / f"esa-{os.getpid()}-{tmp_path.name}" if shared.is_dir() else tmp_path / "m"
    folder.mkdir()
    yield folder
    shutil.rmtree(folder)


def test_forty_days_under_a_mad_clock_every_kept_backup_is_what_it_was(memory: Path) -> None:
    check_life(new_project(memory), 40, seed=3)


@pytest.mark.torture
@pytest.mark.parametrize("seed", [1, 2])
def test_four_hundred_days_under_a_mad_clock(memory: Path, seed: int) -> None:
    check_life(new_project(memory), 400, seed)


# --- on another drive -------------------------------------------------------------------------


def evidence_in(home: Path) -> dict[str, int]:
    return {
        path.name: path.stat().st_ino for path in (home / "evidence").rglob("*") if path.is_file()
    }


def test_a_copy_elsewhere_has_the_database_and_every_file(project: Project, drive: Path) -> None:
    sha256 = attach_file(project)
    told: list[tuple[int, int]] = []
    backup = copy_elsewhere(project, drive, progress=lambda *step: told.append(step))
    assert backup.home == drive / "งาน.esabackup"
    assert backup.missing == ()
    copy = backup.home / "evidence" / sha256[:2] / sha256
    assert copy.read_bytes() == project.path_of(sha256).read_bytes()
    assert examine(backup.folder / "project.db").is_whole
    assert told[0] == (backup.size, backup.size + 20_000)
    assert told[-1] == (backup.size + 20_000, backup.size + 20_000)


def test_only_what_is_not_there_yet_is_copied(project: Project, drive: Path) -> None:
    attach_file(project)
    home = copy_elsewhere(project, drive).home
    before = evidence_in(home)
    new = attach_file(project, "ภาพ.jpg", 10)
    told: list[tuple[int, int]] = []
    size = copy_elsewhere(project, drive, progress=lambda *step: told.append(step)).size
    after = evidence_in(home)
    assert after.keys() - before.keys() == {new}
    assert {name: after[name] for name in before} == before
    assert told[-1] == (size + 10, size + 10)


def test_a_second_copy_of_the_same_is_the_first(project: Project, drive: Path) -> None:
    """Ten clicks must not push ten different days out of the last ten."""
    sha256 = attach_file(project)
    first = copy_elsewhere(project, drive)
    assert copy_elsewhere(project, drive) == first
    assert list_backups(drive) == (first,)
    (first.home / "evidence" / sha256[:2] / sha256).unlink()
    second = copy_elsewhere(project, drive)
    assert second.seq == 2
    assert evidence_in(second.home).keys() == {sha256}
    (second.folder / "project.db").write_bytes(bytes(second.size))
    assert is_intact(copy_elsewhere(project, drive))


def test_all_of_a_copy_is_flushed_before_it_counts(
    project: Project, drive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attach_file(project)
    flushes = Flushes(monkeypatch)
    copy_elsewhere(project, drive)
    assert flushes.unsafe == []
    assert flushes.names_not_safe() == []


@pytest.mark.parametrize("name", ["flush_to_disk", "sync_folder"])
def test_a_missing_flush_of_the_evidence_is_noticed(
    project: Project, drive: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    sha256 = attach_file(project)
    flushes = Flushes(monkeypatch)
    monkeypatch.setattr(evidence_pool, name, lambda _: None)
    copy_elsewhere(project, drive)
    if name == "sync_folder":
        assert {drive.name, "งาน.esabackup"} <= set(flushes.names_not_safe())
    else:
        assert any(part.startswith(sha256) for part in flushes.unsafe)
        assert (drive / "งาน.esabackup" / "evidence" / sha256[:2] / sha256).exists()


def test_a_file_that_was_changed_or_lost_is_named_and_never_copied(
    project: Project, drive: Path
) -> None:
    changed, lost, good = (attach_file(project, f"{n}.pdf") for n in "กขค")
    project.path_of(changed).write_bytes(os.urandom(20_000))
    project.path_of(lost).unlink()
    backup = copy_elsewhere(project, drive)
    assert set(backup.missing) == {changed, lost}
    assert evidence_in(backup.home).keys() == {good}
    assert {file.name for file in backup.evidence if file.sha256 in backup.missing} == {
        "ก.pdf",
        "ข.pdf",
    }


def test_a_file_that_is_found_again_is_brought_though_nothing_else_changed(
    project: Project, drive: Path
) -> None:
    lost = project.path_of(attach_file(project))
    away = lost.rename(project.folder.parent / "ย้ายไป")
    first = copy_elsewhere(project, drive)
    assert first.missing == (lost.name,)
    assert copy_elsewhere(project, drive) == first
    away.rename(lost)
    backup = copy_elsewhere(project, drive)
    assert backup.missing == ()
    assert evidence_in(backup.home).keys() == {lost.name}


def test_two_computers_that_share_a_drive_each_keep_their_last_ten(
    place: Path, drive: Path
) -> None:
    for who in (WHO, OTHER):
        with opened(place, who=who) as project:
            for number in range(12):
                write(project, f"{who.author} {number}")
                project.flush()
                copy_elsewhere(project, drive)
    devices = [backup.device for backup in list_backups(drive)]
    assert (devices.count(WHO.device), devices.count(OTHER.device)) == (10, 10)


def test_a_drive_that_gives_back_other_bytes_is_refused(
    project: Project, drive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sticks are sold that take more than they hold; the bytes are gone when they are read again."""
    attach_file(project)

    def forget(original: Any, part: Any, watch: Any) -> str:
        sha256 = copy_hashed(original, part, watch)
        part.seek(100)
        part.write(bytes(50))
        return sha256

    copy_hashed = evidence_pool.copy_hashed
    monkeypatch.setattr(evidence_pool, "copy_hashed", forget)
    with pytest.raises(StorageError, match="ไม่ตรงกับที่เขียน") as refusal:
        copy_elsewhere(project, drive)
    assert is_one_thai_sentence(refusal.value)
    assert names_in(drive) == set()

    # The control: who believes what was written keeps the damage.
    monkeypatch.setattr(evidence_pool, "refuse_other_bytes", lambda *_: None)
    backup = copy_elsewhere(project, drive)
    (copy,) = (path for path in (backup.home / "evidence").rglob("*") if path.is_file())
    assert copy.read_bytes() != project.path_of(copy.name).read_bytes()


def test_two_projects_of_one_name_get_a_folder_each(
    project: Project, drive: Path, tmp_path: Path
) -> None:
    copy_elsewhere(project, drive)
    (tmp_path / "อีกเขต").mkdir()
    with opened(new_project(tmp_path / "อีกเขต")) as other:
        backup = copy_elsewhere(other, drive)
        assert backup.home.name == "งาน (2).esabackup"
        assert copy_elsewhere(other, drive).home == backup.home
    assert copy_elsewhere(project, drive).home.name == "งาน.esabackup"


def test_who_points_at_the_copy_itself_means_the_folder_it_lies_in(
    project: Project, drive: Path
) -> None:
    home = copy_elsewhere(project, drive).home
    for place in (home, backups_of(home)):
        assert copy_elsewhere(project, place).home == home


def test_a_very_long_name_is_cut_between_letters(tmp_path: Path, drive: Path) -> None:
    place = tmp_path / ("ที่" * 27 + ".esaproj")  # 251 bytes, the most a name may have is 255
    create_project(place, find_framework("obec-2557"), office="ก", fiscal_year=YEAR, who=WHO)
    with opened(place) as project:
        home = copy_elsewhere(project, drive).home
        assert home.name.startswith("ที่ที่ที่")
        assert copy_elsewhere(project, drive).home == home


def test_a_target_inside_a_project_is_refused(project: Project, tmp_path: Path) -> None:
    inside = project.folder / "ที่ของฉัน"
    inside.mkdir()
    link = tmp_path / "ทางลัด"
    link.symlink_to(inside)
    for target in (project.folder, inside, link, project.folder / "evidence"):
        with pytest.raises(StorageError, match="อยู่ในโฟลเดอร์ของงานประเมิน") as refusal:
            copy_elsewhere(project, target)
        assert is_one_thai_sentence(refusal.value)
    assert names_in(inside) == set()


def test_a_target_that_is_not_there_is_refused(project: Project, drive: Path) -> None:
    (drive / "แฟ้ม").write_bytes(b"x")
    for target in (drive / "ถอดแล้ว", drive / "แฟ้ม"):
        with pytest.raises(StorageError, match="ไม่พบ") as refusal:
            copy_elsewhere(project, target)
        assert is_one_thai_sentence(refusal.value)


def test_a_target_without_room_is_refused_before_the_evidence_is_copied(
    project: Project, drive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attach_file(project, size=300_000)
    usage = shutil.disk_usage(drive)._replace(free=(16 << 20) + 200_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(StorageError, match=r"ที่ว่าง.*ไม่พอ") as refusal:
        copy_elsewhere(project, drive)
    assert is_one_thai_sentence(refusal.value)
    assert "ต้องการที่ว่างเพิ่มอีกประมาณ ๑ MB" in str(refusal.value)
    assert isinstance(refusal.value, NoRoom)
    assert names_in(drive) == set()


def test_a_target_that_may_not_be_written_is_named(
    project: Project, drive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EROFS, "read-only")

    monkeypatch.setattr(os, "mkdir", refuse)
    with pytest.raises(StorageError, match="แฟลชไดรฟ์") as refusal:
        copy_elsewhere(project, drive)
    assert is_one_thai_sentence(refusal.value)


def test_cancelled_at_any_look_the_drive_is_as_it_was(project: Project, drive: Path) -> None:
    attach_file(project, "แรก.pdf")
    copy_elsewhere(project, drive)
    attach_file(project, "ใหม่.pdf", 3_000_000)
    before = names_in(drive)
    looks = 0

    def answer(stop_at: int) -> Callable[[], bool]:
        def cancelled() -> bool:
            nonlocal looks
            looks += 1
            return bool(stop_at) and looks >= stop_at

        return cancelled

    for stop_at in range(1, 14):
        looks = 0
        with pytest.raises(Cancelled):
            copy_elsewhere(project, drive, cancelled=answer(stop_at))
        assert names_in(drive) == before, stop_at
    looks = 0
    assert copy_elsewhere(project, drive, cancelled=answer(0)).missing == ()
    assert looks >= 13


def test_a_first_copy_that_is_cancelled_leaves_nothing(project: Project, drive: Path) -> None:
    attach_file(project)
    for stop_at in (1, 3, 5, 8):
        answers = iter([False] * stop_at + [True] * 1000)
        with pytest.raises(Cancelled):
            copy_elsewhere(project, drive, cancelled=lambda answers=answers: next(answers))  # type: ignore[misc]
        assert names_in(drive) == set()


def test_a_project_opened_to_read_can_be_copied_elsewhere(place: Path, drive: Path) -> None:
    with opened(place) as project:
        sha256 = attach_file(project)
    reader = open_project(place, who=OTHER, read_only=True)
    try:
        backup = copy_elsewhere(reader, drive)
    finally:
        reader.close()
    assert evidence_in(backup.home).keys() == {sha256}


# --- a drive that is gone, or full, at any step -----------------------------------------------


def wrongs(home: Path, before: tuple[Backup, ...]) -> list[str]:
    """What a person would miss among the backups of a home."""
    said: list[str] = []
    now = list_backups(home)
    if not {backup.folder.name for backup in before} <= {backup.folder.name for backup in now}:
        said.append("an earlier backup is lost")
    for backup in now:
        if not is_intact(backup) or not (backup.folder / "first_page.bin").exists():
            said.append("a half backup counts")
        for file in backup.evidence:
            copy = backup.home / "evidence" / file.sha256[:2] / file.sha256
            if not copy.exists() or copy.stat().st_size != file.size:
                said.append("a backup counts without its evidence")
    return said


def failed_at_every_step(
    project: Project, drive: Path, edge: Edge, fault: int, *, once: bool, elsewhere: bool
) -> list[str]:
    """All that is wrong when the drive fails at the first step, and at each that follows."""

    def attempt() -> Backup | None:
        if elsewhere:
            return copy_elsewhere(project, drive)
        return back_up(project, Reason.ASKED)

    attach_file(project)
    attempt()
    home = drive / "งาน.esabackup" if elsewhere else project.folder
    attach_file(project, "ใหม่.pdf")
    last = project.ask(Store.last_change).result()
    changing = home if elsewhere else backups_of(home)
    template = drive / "ก่อน"
    shutil.copytree(changing, template)
    before = list_backups(home)
    edge.begin()
    attempt()
    steps = edge.count
    said = [] if steps >= 10 else ["hardly anything was tried"]
    for step in range(1, steps + 1):
        shutil.rmtree(changing)
        shutil.copytree(template, changing)
        edge.begin(step, fault, once=once)
        try:
            attempt()
            told = list_backups(home)[0].seq > before[0].seq
        except StorageError as error:
            told = is_one_thai_sentence(error)
        edge.end()
        if not told:
            said.append(f"{step}: silent")
        said += [f"{step}: {wrong}" for wrong in wrongs(home, before)]
        attempt()  # and it goes on as if nothing had been
        said += [f"{step}, later: {wrong}" for wrong in wrongs(home, before)]
        if last is None or list_backups(home)[0].last != last.id:
            said.append(f"{step}: does not go on")
        if any(name.endswith(".part") for name in names_in(changing)):
            said.append(f"{step}: leaves halves")
    return said


@pytest.mark.parametrize(
    ("fault", "once"), [(errno.EIO, False), (errno.EIO, True), (errno.ENOSPC, True)]
)
@pytest.mark.parametrize("elsewhere", [False, True])
def test_at_whatever_step_the_drive_fails_the_earlier_backups_stay(
    project: Project,
    drive: Path,
    monkeypatch: pytest.MonkeyPatch,
    fault: int,
    once: bool,
    elsewhere: bool,
) -> None:
    edge = Edge(monkeypatch)
    assert failed_at_every_step(project, drive, edge, fault, once=once, elsewhere=elsewhere) == []


@pytest.mark.parametrize("control", ["evidence left behind", "named and not withdrawn"])
def test_failing_at_every_step_has_teeth(
    project: Project, drive: Path, monkeypatch: pytest.MonkeyPatch, control: str
) -> None:
    if control == "evidence left behind":
        monkeypatch.setattr(backup_pool.Pool, "bring", lambda *_: True)
    else:
        monkeypatch.setattr(backups, "_is_withdrawn", lambda *_: True)
    edge = Edge(monkeypatch)
    assert failed_at_every_step(project, drive, edge, errno.EIO, once=True, elsewhere=True) != []
