import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from esa_desktop.storage.backup_list import (
    MANIFEST,
    Backup,
    Reason,
    backups_of,
    left_overs,
    list_backups,
    manifest_of,
    next_seq,
    read_backup,
)
from esa_desktop.storage.store import Store, Write
from tests.backups import made, planted
from tests.storage.projects import chain, new_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = new_store(tmp_path)
    store.write(Write(revisions=tuple(chain(3))))
    yield store
    store.close()


@pytest.fixture
def backup(store: Store) -> Backup:
    return made(store)


def test_what_was_written_is_what_is_read(store: Store, backup: Backup) -> None:
    assert list_backups(store.folder) == (backup,)
    assert read_backup(backup.folder) == backup
    assert backup.is_named_by_us
    assert backup.home == store.folder


def test_a_project_without_backups_has_none(tmp_path: Path) -> None:
    assert list_backups(tmp_path) == ()
    assert list_backups(tmp_path / "ไม่มี") == ()


def test_newer_is_what_has_the_higher_number_whatever_the_clock_said(
    store: Store, backup: Backup
) -> None:
    planted(store.folder, backup, seq=2, time="1999-01-01T00:00:00.000+00:00")
    planted(store.folder, backup, seq=3, time="2099-01-01T00:00:00.000+00:00")
    planted(store.folder, backup, seq=4, time="2001-01-01T00:00:00.000+00:00")
    assert [found.seq for found in list_backups(store.folder)] == [4, 3, 2, 1]


def test_a_backup_renamed_by_hand_still_counts_and_is_that_persons(
    store: Store, backup: Backup
) -> None:
    backup.folder.rename(backup.folder.with_name("ก่อนประชุม ห้ามลบ"))
    (found,) = list_backups(store.folder)
    assert found.sha256 == backup.sha256
    assert not found.is_named_by_us


def test_a_backup_copied_by_hand_counts_beside_the_first(store: Store, backup: Backup) -> None:
    shutil.copytree(backup.folder, backup.folder.with_name(f"{backup.folder.name} - Copy"))
    assert [found.is_named_by_us for found in list_backups(store.folder)] == [True, False]


def test_a_number_is_never_given_again(store: Store, backup: Backup) -> None:
    planted(store.folder, backup, seq=41, name="ย้ายมาเอง")
    assert next_seq(store.folder) == 42
    (backups_of(store.folder) / "000077-20261122T030000Z").mkdir()  # counts for nothing
    (backups_of(store.folder) / "000099-20261122T030000Z.0a1b2c3d.part").mkdir()
    assert next_seq(store.folder) == 100


def test_what_is_being_made_does_not_count_and_is_known_as_left_over(
    store: Store, backup: Backup
) -> None:
    part = backup.folder.rename(backup.folder.with_name(f"{backup.folder.name}.0a1b2c3d.part"))
    (backups_of(store.folder) / "ของฉัน.part").mkdir()
    assert list_backups(store.folder) == ()
    assert left_overs(store.folder) == [part]


@pytest.mark.parametrize("change", ["gone", "longer", "shorter", "folder"])
def test_a_backup_whose_database_is_not_the_size_it_was_does_not_count(
    store: Store, backup: Backup, change: str
) -> None:
    database = backup.folder / "project.db"
    content = database.read_bytes()
    database.unlink()
    if change == "folder":
        database.mkdir()
    elif change != "gone":
        database.write_bytes(content + b"x" if change == "longer" else content[:-1])
    assert list_backups(store.folder) == ()


def test_every_changed_byte_of_a_manifest_is_noticed(backup: Backup) -> None:
    """All but those that change nothing that is said: a blank between two values."""
    manifest = backup.folder / MANIFEST
    whole = manifest.read_bytes()
    for place in range(len(whole)):
        changed = whole[:place] + bytes([whole[place] ^ 0x01]) + whole[place + 1 :]
        manifest.write_bytes(changed)
        assert read_backup(backup.folder) in (None, backup), place


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=True)
    | st.text(max_size=8)
    | st.just("a" * 64),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(["seq", "time", "state", "database", "evidence", "missing"]), value=VALUES
)
def test_strange_values_never_raise_even_where_the_hash_fits(
    backup: Backup, name: str, value: Any
) -> None:
    from esa_desktop.storage.backup_list import _sha256

    manifest = backup.folder / MANIFEST
    said = json.loads(manifest_of(backup))
    del said["sha256"]
    said[name] = value
    try:
        said["sha256"] = _sha256(said)
    except ValueError:
        said["sha256"] = "0" * 64
    manifest.write_bytes(json.dumps(said).encode("utf-8", "surrogatepass"))
    read_backup(backup.folder)
    list_backups(backup.home)
    manifest.write_bytes(manifest_of(backup))
    assert read_backup(backup.folder) == backup


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"sha256":1}', b"1" * 5000],
)
def test_a_manifest_that_is_none_is_passed_over(
    store: Store, backup: Backup, content: bytes
) -> None:
    (backup.folder / MANIFEST).write_bytes(content)
    assert list_backups(store.folder) == ()


def test_things_that_are_no_backups_are_passed_over(store: Store, backup: Backup) -> None:
    place = backups_of(store.folder)
    (place / "000002-20261122T030000Z").write_bytes(b"a file")
    (place / "000003-20261122T030000Z").mkdir()
    (place / "000004-20261122T030000Z").symlink_to(place / "000004-20261122T030000Z")
    (place / "000005-20261122T030000Z").mkdir()
    (place / "000005-20261122T030000Z" / MANIFEST).mkdir()
    (place / "ที่อื่น").symlink_to("/ไม่มี")
    assert list_backups(store.folder) == (backup,)


def test_backups_that_are_a_file_are_none(tmp_path: Path) -> None:
    backups_of(tmp_path).write_bytes(b"x")
    assert list_backups(tmp_path) == ()


def test_a_reason_of_a_later_version_is_taken_for_a_wish(backup: Backup) -> None:
    from esa_desktop.storage.backup_list import _sha256

    said = json.loads(manifest_of(backup))
    del said["sha256"]
    said["reason"] = "full moon"
    said["sha256"] = _sha256(said)
    (backup.folder / MANIFEST).write_bytes(json.dumps(said).encode())
    found = read_backup(backup.folder)
    assert found == replace(backup, reason=Reason.ASKED)
