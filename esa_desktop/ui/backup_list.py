"""The list of backups: when, why, by whom and on which computer, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.backing_up import Backup, Reason
from esa_desktop.services.history import local_moment
from esa_desktop.ui.choice_list import ChoiceList
from esa_desktop.ui.moments import moment_words, person_words
from esa_desktop.ui.two_lines import TwoLineDelegate, TwoLines

_REASONS: Final = {
    Reason.OPENED: "เมื่อเปิดงาน",
    Reason.WORKED: "ระหว่างทำงาน",
    Reason.ASKED: "สั่งสำรองเอง",
    Reason.MERGE: "ก่อนรวมงานที่ได้รับ",
    Reason.MIGRATION: "ก่อนปรับรุ่นไฟล์",
    Reason.RESTORE: "ก่อนกู้คืนข้อมูล",
    Reason.DELETION: "ก่อนลบ",
}
LEAST_HEIGHT: Final = 180
"""Three rows: fewer would not look like a list."""


def _tr(words: str) -> str:
    return QCoreApplication.translate("backups", words)


@dataclass(frozen=True, slots=True)
class BackupRow(TwoLines):
    """Time and reason; below, who and where."""

    backup: Backup


class BackupList(ChoiceList):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(TwoLineDelegate(), _tr("ข้อมูลสำรองที่มี"), parent)
        self.setObjectName("backupList")
        self.setMinimumHeight(LEAST_HEIGHT)

    @property
    def backup(self) -> Backup | None:
        """The chosen one."""
        row = self.choice
        return row.backup if isinstance(row, BackupRow) else None

    def show_backups(self, backups: Sequence[Backup]) -> None:
        """The newest is chosen where nothing was."""
        self.rows.set_rows([backup_row(backup) for backup in backups])
        if self.choice is None:
            self.choose(0)


def backup_row(backup: Backup) -> BackupRow:
    when = told_when(backup.time)
    why = _tr(_REASONS[backup.reason])
    who = person_words(backup.author, backup.computer)
    count = _tr("แก้ไขสะสม {count} ครั้ง").format(count=thai_digits(f"{backup.revisions:,}"))
    lost = _tr("ขาดไฟล์หลักฐาน {count} ไฟล์").format(count=thai_digits(len(backup.missing)))
    who = " · ".join(filter(None, (who, count, lost if backup.missing else "")))
    return BackupRow(backup.folder.name, f"{when}, {why}, {who}", when, why, who, backup)


def told_when(utc: str) -> str:
    """Day and time on this computer's clock; for what is no time, that it is not known."""
    return moment_words(local_moment(utc))
