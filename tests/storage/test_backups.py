import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from esa_desktop.domain.errors import Cancelled, DamagedProject, StorageError
from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.storage import backups, durable, evidence_pool
from esa_desktop.storage.backup_list import Reason, backups_of, list_backups
from esa_desktop.storage.backups import (
    Copied,
    Occasion,
    backup_before_migration,
    is_intact,
    is_unchanged,
    make_backup,
    thin,
)
from esa_desktop.storage.database import connect
from esa_desktop.storage.evidence_files import keep
from esa_desktop.storage.examination import Examination, examine
from esa_desktop.storage.rows import packed
from esa_desktop.storage.store import Store, Write
from tests.backups import TIME, copying, home_of, made, names_in, planted, said_by
from tests.edge import Flushes
from tests.storage.projects import (
    HOLDER,
    RESULTS,
    chain,
    draft,
    is_one_thai_sentence,
    item,
    new_store,
    text_body,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = new_store(tmp_path)
    store.write(Write(revisions=tuple(chain(3)), drafts=(draft("กำลังพิมพ์", field=RESULTS),)))
    yield store
    store.close()


def with_evidence(store: Store) -> EvidenceFile:
    source = store.folder.parent / "คำสั่ง.pdf"
    source.write_bytes(b"%PDF " + os.urandom(3000))
    file = keep(source, store.folder)
    store.write(Write(files=(file,), revisions=(item("item-1", file),)))
    return file


# --- what a backup is -------------------------------------------------------------------------


def test_a_backup_has_the_database_its_first_page_and_a_list_of_what_it_needs(
    store: Store,
) -> None:
    file = with_evidence(store)
    backup = made(store, reason=Reason.MERGE)

    assert names_in(backup.folder) == {"project.db", "first_page.bin", "backup.json"}
    assert backup.folder.name == "000001-20261122T030000Z"
    found = examine(backup.folder / "project.db")
    assert found.is_whole
    assert (found.revisions, found.drafts) == (4, 1)
    assert backup.heads_sha256 == found.heads_sha256
    assert backup.evidence == (EvidenceFile(file.sha256, "คำสั่ง.pdf", file.size),)
    assert backup.missing == ()
    assert (backup.reason, backup.author, backup.computer) == (Reason.MERGE, "สมศรี", "PC-๐๗")
    page = (backup.folder / "first_page.bin").read_bytes()
    assert len(page) == 4096
    assert (backup.folder / "project.db").read_bytes().startswith(page)
    assert is_unchanged(backup, said_by(store))


def test_whatever_is_written_afterwards_is_seen_as_new(store: Store) -> None:
    backup = made(store)
    store.write(Write(drafts=(draft("พิมพ์ต่อ", field=RESULTS),)))
    assert not is_unchanged(backup, said_by(store))
    backup = made(store)
    assert is_unchanged(backup, said_by(store))
    with_evidence(store)
    assert not is_unchanged(backup, said_by(store))


def test_evidence_that_is_missing_is_named_and_no_reason_to_have_no_backup(store: Store) -> None:
    file = with_evidence(store)
    (store.folder / "evidence" / file.sha256[:2] / file.sha256).unlink()
    assert made(store).missing == (file.sha256,)
    assert list_backups(store.folder)[0].missing == (file.sha256,)


# --- verified before it counts ----------------------------------------------------------------


def flip_in(path: Path, content: bytes) -> None:
    """Change one bit in the middle of ``content``, which the file holds."""
    text = bytearray(path.read_bytes())
    text[text.index(content) + len(content) // 2] ^= 0x04
    path.write_bytes(text)


BODY = packed(text_body("ฉบับที่ 2 " + "ผลการดำเนินงาน " * 20))


def copying_with_a_flipped_bit(store: Store) -> Callable[[Path], Copied]:
    def copy(path: Path) -> Copied:
        copied = copying(store)(path)
        flip_in(path, BODY)
        assert copied is not None
        return copied

    return copy


def test_a_bit_that_flipped_on_the_way_is_found_before_the_backup_counts(store: Store) -> None:
    first = made(store)
    with pytest.raises(StorageError) as refusal:
        made(store, copy=copying_with_a_flipped_bit(store))
    assert is_one_thai_sentence(refusal.value)
    assert list_backups(store.folder) == (first,)
    assert names_in(backups_of(store.folder)) == {
        first.folder.name,
        *(f"{first.folder.name}/{name}" for name in names_in(first.folder)),
    }


def test_without_the_examination_it_would_count(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def look_away(path: Path, **_: Any) -> Examination:
        seen = examine(path)
        return Examination((), seen.project_id, heads_sha256=seen.heads_sha256)

    monkeypatch.setattr(backups, "examine", look_away)
    backup = made(store, copy=copying_with_a_flipped_bit(store))
    assert backup in list_backups(store.folder)
    assert not examine(backup.folder / "project.db").is_whole


def test_a_whole_copy_of_something_older_is_refused(store: Store) -> None:
    """SQLite and every hash are content with it: only the project knows that it went on."""
    older = store.folder.parent / "older.db"
    store.copy_to(older)
    store.write(Write(revisions=(chain(4)[-1],)))

    def copy(path: Path) -> Copied:
        shutil.copyfile(older, path)
        return said_by(store)

    with pytest.raises(StorageError, match="ไม่ตรงกับงานประเมิน"):
        made(store, copy=copy)
    assert list_backups(store.folder) == ()


def test_a_whole_copy_of_another_project_is_refused(store: Store, tmp_path: Path) -> None:
    other = new_store(tmp_path, "งานอื่น.esaproj")
    other.write(Write(revisions=tuple(chain(3)), drafts=(draft("กำลังพิมพ์", field=RESULTS),)))

    def copy(path: Path) -> Copied:
        other.copy_to(path)
        return said_by(store)

    with closing(other), pytest.raises(StorageError, match="ไม่ตรงกับงานประเมิน"):
        made(store, copy=copy)


def test_a_damaged_project_makes_no_backup_and_says_which_project(tmp_path: Path) -> None:
    store = new_store(tmp_path, "งานเสีย.esaproj")
    store.write(Write(revisions=tuple(chain(3))))
    good = made(store)
    store.close()
    flip_in(store.folder / "project.db", BODY)
    with closing(Store.open(store.folder, HOLDER)) as again:
        with pytest.raises(StorageError) as refusal:
            made(again, copy=again.copy_to)
        assert is_one_thai_sentence(refusal.value)
    assert list_backups(store.folder) == (good,)


def test_a_backup_that_rotted_later_is_not_intact(store: Store) -> None:
    backup = made(store)
    assert is_intact(backup)
    flip_in(backup.folder / "project.db", BODY)
    assert not is_intact(backup)
    (backup.folder / "project.db").unlink()
    assert not is_intact(backup)


# --- on the disk before it counts -------------------------------------------------------------


def test_all_of_a_backup_is_flushed_before_it_gets_its_name(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushes = Flushes(monkeypatch)
    made(store)
    assert flushes.unsafe == []
    assert flushes.names_not_safe() == []


@pytest.mark.parametrize(
    ("module", "name", "noticed"),
    [
        (backups, "flush_to_disk", {"backup.json", "first_page.bin"}),
        (backups, "flush_file", {"project.db"}),
    ],
)
def test_each_missing_flush_is_noticed(
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    module: Any,
    name: str,
    noticed: set[str],
) -> None:
    flushes = Flushes(monkeypatch)
    monkeypatch.setattr(module, name, lambda _: None)
    made(store)
    assert noticed <= set(flushes.unsafe)


def test_a_missing_flush_of_the_folders_is_noticed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushes = Flushes(monkeypatch)
    monkeypatch.setattr(backups, "sync_folder", lambda _: None)
    made(store)
    assert any(name.endswith(".part") for name in flushes.unsafe)
    monkeypatch.setattr(durable, "sync_folder", lambda _: None)
    made(store)
    assert flushes.names_not_safe() == ["backups"]


# --- thinning ---------------------------------------------------------------------------------


def many(store: Store, count: int) -> list[int]:
    """Backups of one day; only the last ten are to be kept."""
    first = made(store)
    for seq in range(2, count + 1):
        planted(store.folder, first, seq=seq)
    return [backup.seq for backup in list_backups(store.folder)]


def test_a_new_backup_thins_the_old_ones(store: Store) -> None:
    many(store, 15)
    made(store)
    assert [backup.seq for backup in list_backups(store.folder)] == list(range(16, 6, -1))
    assert not any(name.endswith(".part") for name in names_in(backups_of(store.folder)))


def test_a_backup_that_fails_costs_no_old_one(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = many(store, 15)

    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "the last step fails")

    monkeypatch.setattr(backups, "put_in_place", fail)
    with pytest.raises(StorageError):
        made(store)
    assert [backup.seq for backup in list_backups(store.folder)] == before


def test_thinning_leaves_alone_what_is_not_its_own(store: Store, tmp_path: Path) -> None:
    many(store, 12)
    mine = list_backups(store.folder)[-1]
    kept = mine.folder.rename(mine.folder.with_name("ก่อนประชุม"))
    with closing(new_store(tmp_path, "งานอื่น.esaproj")) as other:
        other.write(Write(revisions=tuple(chain(1))))
        foreign = planted(store.folder, made(other), seq=3_000)
    backup = made(store)
    assert backup.seq == 3_001
    seqs = [found.seq for found in list_backups(store.folder)]
    assert seqs == [3_001, 3_000, *range(12, 3, -1), 1]
    assert foreign.folder.exists()
    assert kept.exists()


def test_the_newest_is_never_thinned_even_where_the_rule_is_broken(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "kept", lambda _: frozenset())
    many(store, 3)
    backup = made(store)
    assert list_backups(store.folder) == (backup,)


def test_computers_that_share_a_drive_do_not_thin_each_others(store: Store) -> None:
    first = made(store)
    for seq in range(2, 30):
        planted(store.folder, first, seq=seq)
    theirs = made(store)  # thinned among all: this is how it is beside a project
    assert len(list_backups(store.folder)) == 10
    home = backups.Home(store.folder, home_of(store.folder).undertaking, by_computer=True)
    make_backup(home, Occasion(Reason.ASKED, TIME, device="d2"), copying(store), lambda _: ())
    for _ in range(12):
        make_backup(home, Occasion(Reason.ASKED, TIME, device="d2"), copying(store), lambda _: ())
    devices = [backup.device for backup in list_backups(store.folder)]
    assert (devices.count("d1"), devices.count("d2")) == (10, 10)
    assert theirs in list_backups(store.folder)


def test_a_death_while_an_old_one_is_removed_leaves_no_half_one(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(store, 12)
    newest = list_backups(store.folder)[0]

    def die(folder: Path, **_: object) -> None:
        (folder / "first_page.bin").unlink()
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr("esa_desktop.storage.backups.shutil.rmtree", die)
        with pytest.raises(KeyboardInterrupt):
            thin(home_of(store.folder), newest)
    found = list_backups(store.folder)
    assert [backup.seq for backup in found] == list(range(12, 2, -1))
    assert all((backup.folder / "first_page.bin").exists() for backup in found)
    made(store)
    assert not any(name.endswith(".part") for name in names_in(backups_of(store.folder)))


def test_what_cannot_be_removed_now_is_no_error(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(store, 12)

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "a scanner holds it")

    with monkeypatch.context() as held:
        held.setattr(Path, "rename", refuse)
        made(store)
    assert len(list_backups(store.folder)) == 13
    made(store)
    assert len(list_backups(store.folder)) == 10


def test_only_our_own_left_overs_are_swept(store: Store) -> None:
    place = backups_of(store.folder)
    half = place / "000007-20261122T030000Z.0a1b2c3d.part"
    half.mkdir(parents=True)
    (half / "project.db").write_bytes(b"half")
    kept = place / "เอกสารของฉัน.part"
    kept.mkdir()
    seen: list[bool] = []

    def bring(_: object) -> tuple[str, ...]:
        seen.append(half.exists())
        return ()

    made(store, bring=bring)
    assert seen == [False], "swept first: it may be what fills the drive"
    assert kept.exists()


# --- when it does not come about --------------------------------------------------------------


def test_a_full_drive_is_told_before_anything_is_written(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = made(store)
    usage = shutil.disk_usage(store.folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=10_000))
    with pytest.raises(StorageError, match=r"ที่ว่าง.*ไม่พอ") as refusal:
        made(store)
    assert is_one_thai_sentence(refusal.value)
    assert "ยังอยู่ครบ" in str(refusal.value)
    assert list_backups(store.folder) == (first,)


@pytest.mark.parametrize(
    ("fault", "words"),
    [(errno.ENOSPC, "ไม่พอ"), (errno.EIO, "ไม่สำเร็จ"), (errno.EACCES, "ไม่ได้"), (errno.EROFS, "ไม่ได้")],
)
def test_every_fault_of_the_drive_has_its_sentence(
    store: Store, monkeypatch: pytest.MonkeyPatch, fault: int, words: str
) -> None:
    def fail(_: int) -> None:
        raise OSError(fault, os.strerror(fault))

    first = made(store)
    for module in (backups, durable):
        with monkeypatch.context() as broken:
            broken.setattr(module, "flush_to_disk", fail)
            with pytest.raises(StorageError, match=words) as refusal:
                made(store)
        assert is_one_thai_sentence(refusal.value)
        assert not isinstance(refusal.value, DamagedProject)
    assert list_backups(store.folder)[-1] == first
    assert not any(name.endswith(".part") for name in names_in(backups_of(store.folder)))


def test_cancelled_at_any_look_nothing_is_left(store: Store) -> None:
    with_evidence(store)
    looks = 0

    def count() -> bool:
        nonlocal looks
        looks += 1
        return False

    def attempt(cancelled: Callable[[], bool]) -> None:
        make_backup(
            home_of(store.folder),
            Occasion(Reason.ASKED, TIME),
            copying(store),
            lambda _: (),
            cancelled=cancelled,
        )

    attempt(count)
    there = names_in(backups_of(store.folder))
    assert looks >= 4
    for place in range(1, looks + 1):
        answers = iter([False] * (place - 1) + [True] * 1000)
        with pytest.raises(Cancelled):
            attempt(lambda answers=answers: next(answers))  # type: ignore[misc]
        assert names_in(backups_of(store.folder)) == there


# --- before a migration -----------------------------------------------------------------------


def test_the_backup_before_a_migration_is_a_whole_one(store: Store) -> None:
    store.close()
    with closing(connect(store.folder)) as driver:
        backup_before_migration(driver, store.folder)
        (backup,) = list_backups(store.folder)
        assert backup.reason is Reason.MIGRATION
        assert examine(backup.folder / "project.db").revisions == 3
        assert backup.state is None  # so the next occasion makes one of the new schema
        driver.execute("BEGIN IMMEDIATE")  # and the lock is still ours
        driver.execute("ROLLBACK")


def test_a_migration_does_not_begin_without_its_backup(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(backups, "put_in_place", fail)
    with closing(connect(store.folder)) as driver, pytest.raises(StorageError, match="ไม่พอ"):
        backup_before_migration(driver, store.folder)
    assert list_backups(store.folder) == ()


def test_the_pool_is_looked_at_without_reading_it(store: Store) -> None:
    file = with_evidence(store)
    assert evidence_pool.missing_of([file], store.folder) == ()
    assert evidence_pool.room_needed([file], store.folder) == 0
    assert evidence_pool.room_needed([file], store.folder.parent) == file.size
