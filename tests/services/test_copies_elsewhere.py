import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from esa_desktop.services import copies_elsewhere
from esa_desktop.services.backing_up import copy_elsewhere
from esa_desktop.services.copies_elsewhere import (
    CopyElsewhere,
    is_same_drive,
    last_copy,
    place_note,
    remember_copy,
    reminder,
)
from esa_desktop.services.projects import Project
from tests.projects import new_project, opened

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with opened(new_project(tmp_path)) as project:
        yield project


@pytest.fixture
def drive(tmp_path: Path) -> Path:
    folder = tmp_path / "แฟลชไดรฟ์"
    folder.mkdir()
    return folder


def said_to_be(monkeypatch: pytest.MonkeyPatch, same: bool) -> None:
    monkeypatch.setattr(copies_elsewhere, "is_same_drive", lambda *_: same)


def test_a_copy_is_remembered_for_its_project_alone(
    project: Project, drive: Path, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said_to_be(monkeypatch, same=False)
    assert last_copy(profile, project.project_id) is None
    copy_elsewhere(project, drive, user_folder=profile, now=lambda: NOW)
    copy = last_copy(profile, project.project_id)
    assert copy is not None
    assert (copy.target, copy.other_drive) == (drive, True)
    assert datetime.fromisoformat(copy.time) == NOW
    assert last_copy(profile, "another") is None


def test_a_later_copy_on_the_same_drive_does_not_hide_the_one_elsewhere(
    project: Project, drive: Path, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = copy_elsewhere(project, drive, now=lambda: NOW)
    said_to_be(monkeypatch, same=True)
    remember_copy(profile, project.folder, backup, NOW)
    copy = last_copy(profile, project.project_id)
    assert copy is not None
    assert not copy.other_drive
    said_to_be(monkeypatch, same=False)
    remember_copy(profile, project.folder, backup, NOW)
    said_to_be(monkeypatch, same=True)
    remember_copy(profile, project.folder, backup, NOW + timedelta(days=1))
    copy = last_copy(profile, project.project_id)
    assert copy is not None
    assert copy.other_drive


def test_the_drive_of_the_project_itself_is_allowed_and_said(
    project: Project, drive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_same_drive(project.folder, drive)
    assert "ไดรฟ์เดียวกับงานประเมิน" in place_note(project.folder, drive)
    assert not is_same_drive(project.folder, Path("/proc"))
    assert place_note(project.folder, Path("/proc")) == ""
    assert not is_same_drive(project.folder, drive / "ถอดแล้ว")


def copied(days: float, *, other_drive: bool = True) -> CopyElsewhere:
    return CopyElsewhere(Path("E:/"), (NOW - timedelta(days=days)).isoformat(), other_drive)


def test_after_a_week_there_is_a_reminder() -> None:
    assert reminder(copied(6.9), NOW) == ""
    assert "๗ วัน" in reminder(copied(7.1), NOW)
    assert "๔๐ วัน" in reminder(copied(40), NOW)


def test_without_a_copy_on_another_drive_there_is_a_reminder() -> None:
    assert "ยังไม่เคย" in reminder(None, NOW)
    assert "ยังไม่เคย" in reminder(copied(0, other_drive=False), NOW)


def test_a_clock_that_was_thrown_back_reminds_instead_of_keeping_silent_for_years() -> None:
    assert reminder(copied(-0.5), NOW) == ""
    assert reminder(copied(-400), NOW) != ""


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b'{"p": 1}',
        b'{"p": {"other_drive": {"target": "E:/", "time": "never"}}}',
        b'{"p": {"other_drive": {"target": "E:/"}}}',
        b'{"p": {"other_drive": {"target": "E:/", "time": "0001-01-01T00:00:00+14:00"}}}',
        b"[" * 100_000,
        b"\xff",
    ],
)
def test_a_register_that_says_nothing_is_none(
    project: Project, drive: Path, profile: Path, content: bytes
) -> None:
    (profile / "copies.json").write_bytes(content)
    assert last_copy(profile, "p") is None
    copy_elsewhere(project, drive, user_folder=profile)
    assert last_copy(profile, project.project_id) is not None
    json.loads((profile / "copies.json").read_text(encoding="utf-8"))


def test_a_users_folder_that_cannot_be_written_costs_no_copy(
    project: Project, drive: Path, tmp_path: Path
) -> None:
    (tmp_path / "แฟ้ม").write_bytes(b"x")
    backup = copy_elsewhere(project, drive, user_folder=tmp_path / "แฟ้ม")
    assert backup.folder.exists()
    assert last_copy(tmp_path / "แฟ้ม", project.project_id) is None
