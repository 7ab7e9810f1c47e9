from datetime import UTC, datetime, timedelta
from pathlib import Path

from esa_desktop.services.copies_elsewhere import LONG_AGO, NEVER, REGISTER
from esa_desktop.services.reminders import NAME, due_reminder

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def copied(folder: Path, when: datetime) -> None:
    """A copy on another drive, as `remember_copy` notes it."""
    (folder / REGISTER).write_text(
        f'{{"p": {{"other_drive": {{"target": "E:/", "time": "{when.isoformat()}"}}}}}}',
        encoding="utf-8",
    )


def test_a_project_is_left_in_peace_on_its_first_day(tmp_path: Path) -> None:
    assert due_reminder(tmp_path, "p", NOW) == ""
    assert due_reminder(tmp_path, "p", NOW + DAY / 2) == ""
    assert due_reminder(tmp_path, "p", NOW + DAY) == NEVER


def test_it_is_said_once_a_week(tmp_path: Path) -> None:
    said = [bool(due_reminder(tmp_path, "p", NOW + DAY / 4 * n)) for n in range(4 * 22)]
    assert sum(said) == 3


def test_a_fresh_copy_is_silence_and_an_old_one_is_named(tmp_path: Path) -> None:
    due_reminder(tmp_path, "p", NOW)
    copied(tmp_path, NOW)
    assert due_reminder(tmp_path, "p", NOW + 6 * DAY) == ""
    assert due_reminder(tmp_path, "p", NOW + 8 * DAY) == LONG_AGO.format(days="๘")


def test_each_project_has_its_own_time(tmp_path: Path) -> None:
    due_reminder(tmp_path, "p", NOW)
    due_reminder(tmp_path, "q", NOW + DAY)
    assert due_reminder(tmp_path, "p", NOW + DAY) == NEVER
    assert due_reminder(tmp_path, "q", NOW + DAY) == ""


def test_a_clock_that_was_a_year_ahead_does_not_silence_it_for_a_year(tmp_path: Path) -> None:
    due_reminder(tmp_path, "p", NOW + 365 * DAY)
    assert due_reminder(tmp_path, "p", NOW) == NEVER


def test_a_broken_file_is_a_new_beginning(tmp_path: Path) -> None:
    for text in ("{", "[]", '{"p": 5}', '{"p": "never"}'):
        (tmp_path / NAME).write_text(text, encoding="utf-8")
        assert due_reminder(tmp_path, "p", NOW) == ""
        assert due_reminder(tmp_path, "p", NOW + DAY) == NEVER


def test_a_folder_that_cannot_be_written_is_silence_not_an_error(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert due_reminder(blocked, "p", NOW) == ""
    assert due_reminder(blocked, "p", NOW + 30 * DAY) == ""
