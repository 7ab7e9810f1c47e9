"""The list of backups: when, why, by whom and on which computer, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.backing_up import Backup, Reason
from esa_desktop.services.history import local_moment
from esa_desktop.ui import painting
from esa_desktop.ui.choice_list import ChoiceList
from esa_desktop.ui.moments import moment_words, person_words
from esa_desktop.ui.row_list import Row, RowDelegate
from esa_desktop.ui.theme import SECOND, interface_font

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
class BackupRow(Row):
    backup: Backup
    when: str
    why: str
    who: str


class _BackupDelegate(RowDelegate[BackupRow]):
    """Time in bold and the reason at the right; below, who and where."""

    def row_height(self, row: BackupRow, width: int) -> int:  # noqa: ARG002
        return 60

    def paint_row(self, painter: QPainter, box: QRectF, row: BackupRow) -> None:
        palette = painting.colors()
        inner = box.adjusted(12, 4, -12, -6)
        top = QRectF(inner.x(), inner.y(), inner.width(), 26)
        second = interface_font(SECOND)
        why = painting.text_width(row.why, second)
        strong = interface_font(semibold=True)
        painting.draw_line(painter, top.adjusted(0, 0, -why - 12, 0), row.when, strong, palette.ink)
        painting.draw_line(painter, top, row.why, second, palette.ink2, painting.RIGHT)
        below = QRectF(inner.x(), inner.y() + 25, inner.width(), 25)
        painting.draw_line(painter, below, row.who, second, palette.ink2)
        rule = QRectF(inner.x(), box.bottom() - 1, inner.width(), 1)
        painter.fillRect(rule, QColor(palette.line))


class BackupList(ChoiceList):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_BackupDelegate(), _tr("ข้อมูลสำรองที่มี"), parent)
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
    return BackupRow(backup.folder.name, f"{when}, {why}, {who}", backup, when, why, who)


def told_when(utc: str) -> str:
    """Day and time on this computer's clock; for what is no time, that it is not known."""
    return moment_words(local_moment(utc))
