from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from esa_desktop.services.backing_up import Backup, Reason, back_up
from esa_desktop.ui.backup_list import BackupList, backup_row, told_when
from tests.projects import new_project, opened


@pytest.fixture
def backup(tmp_path: Path) -> Backup:
    with opened(new_project(tmp_path)) as project:
        made = back_up(project, Reason.ASKED)
    assert made is not None
    return made


def test_every_reason_has_its_words(backup: Backup) -> None:
    words = {backup_row(replace(backup, reason=reason)).right for reason in Reason}
    assert len(words) == len(Reason)


def test_a_row_says_when_why_who_where_and_what_is_missing(backup: Backup) -> None:
    row = backup_row(replace(backup, revisions=1234, missing=("a" * 64,)))
    assert row.spoken.startswith("วันนี้ ")
    for words in ("สั่งสำรองเอง", "นางสาวพิมพ์ใจ", "เครื่อง PC-1", "๑,๒๓๔", "ขาดไฟล์หลักฐาน ๑ ไฟล์"):
        assert words in row.spoken
    assert "ขาดไฟล์" not in backup_row(backup).spoken


def test_what_is_no_time_is_said_to_be_unknown() -> None:
    assert told_when("") == "ไม่ทราบเวลา"
    assert told_when("2025-08-05T05:00:00.000+00:00") != "ไม่ทราบเวลา"


def test_the_newest_is_chosen_until_another_one_is(qtbot: QtBot, backup: Backup) -> None:
    rows = BackupList()
    qtbot.addWidget(rows)
    older = replace(backup, folder=backup.folder.with_name("000000-x"), seq=0)
    rows.show_backups([backup, older])
    assert rows.backup == backup

    rows.choose(1)
    rows.show_backups([backup, older])
    assert rows.backup == older
    rows.show_backups([])
    assert rows.backup is None


def test_backups_of_one_name_in_two_places_are_two_rows(qtbot: QtBot, backup: Backup) -> None:
    rows = BackupList()
    qtbot.addWidget(rows)
    there = replace(backup, folder=Path("/elsewhere") / backup.folder.name)
    rows.show_backups([backup, there])
    rows.show()
    rows.choose(1)
    assert rows.backup == there
