"""สำรองข้อมูล: back up now, copy to another drive, and the backups there are, to restore from."""

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget

from esa_desktop.domain.thai import thai_digits
from esa_desktop.paths import user_folder
from esa_desktop.services.backing_up import Backup, Reason, back_up, list_backups
from esa_desktop.ui.backup_list import BackupList
from esa_desktop.ui.dialog_frame import wrapping_label
from esa_desktop.ui.elsewhere_card import ElsewhereCard
from esa_desktop.ui.empty_state import EmptyState
from esa_desktop.ui.theme import set_role
from esa_desktop.ui.work_dialog import WorkDialog

if TYPE_CHECKING:
    from esa_desktop.services.projects import Project

SIZE: Final = QSize(680, 640)


class BackupsDialog(WorkDialog):
    restore_requested = Signal(object)
    """A `Backup` of this project, to be compared with it; the dialog is closed."""
    opened = Signal(object)
    """The `Path` of a new project made of a backup that is another project's; likewise."""

    def __init__(
        self, project: "Project", parent: QWidget | None = None, *, to_restore: bool = False
    ) -> None:
        """``to_restore``: somebody came to get something back; only what serves that is shown."""
        super().__init__("", SIZE, parent)
        self.setObjectName("backupsDialog")
        self.heading.setText(self.tr("กู้คืนข้อมูล") if to_restore else self.tr("สำรองข้อมูล"))
        self.setWindowTitle(self.heading.text())
        self._project = project
        self._to_restore = to_restore
        self._source = project.folder
        self._elsewhere = ElsewhereCard(project, user_folder(), self.work, self)
        self._list = BackupList(self)
        self._empty = EmptyState("inbox", self)
        self._title = wrapping_label("", "heading")
        self._look = QPushButton(self)
        self._arrange()
        self._restore = self.add_button(self.tr("กู้คืนจากชุดนี้…"))
        self._now = self.add_button(self.tr("สำรองตอนนี้"))
        self.make_main(self._restore if to_restore else self._now)
        self._elsewhere.setVisible(not to_restore)
        self._now.setVisible(not to_restore)
        self._connect()
        self._order_tabs()
        self._awaits_list = to_restore
        self._now.setFocus()
        self._read()

    # --- parts --------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self.body.setSpacing(8)
        words = self.tr("โปรแกรมสำรองให้เองเมื่อเปิดงานและทุก ๓๐ นาทีที่มีการแก้ไข")
        if self._to_restore:
            words = self.tr("เลือกชุดที่ต้องการ แล้วดูก่อนว่าต่างจากงานปัจจุบันอย่างไร งานปัจจุบันไม่ถูกลบ")
        self.body.addWidget(wrapping_label(words, "quiet"))
        self.body.addWidget(self._elsewhere)
        set_role(self._look, "link")
        self._look.setAutoDefault(False)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._look, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        self._pages = self.add_pages(self._empty, self._list)

    def _connect(self) -> None:
        self._now.clicked.connect(self._back_up)
        self._restore.clicked.connect(self._take)
        self._list.taken.connect(lambda _: self._take())
        self._list.chosen.connect(lambda _: self._follow())
        self._look.clicked.connect(self._look_elsewhere)
        self._elsewhere.copied.connect(self._read)
        self.work.busy.connect(lambda _: self._follow())

    def _order_tabs(self) -> None:
        """As it is read. The frame makes its button before us."""
        stops = (self._look, self._list, self.leave, self._restore, self._now)
        for before, after in pairwise((*self._elsewhere.tab_stops, *stops)):
            self.setTabOrder(before, after)

    @property
    def _is_own(self) -> bool:
        """Whether the list is that of the project's own folder."""
        return self._source == self._project.folder

    # --- the list -----------------------------------------------------------------------------

    def _read(self, words: str = "", tone: str = "good") -> None:
        """``words``: what was just done, said when the list is there."""
        source = self._source

        def show(backups: tuple[Backup, ...]) -> None:
            self._show(backups)
            self.work.say(words, tone)

        if not self._list.rows.rows:
            self._empty.say(self.tr("กำลังอ่านรายการ"), str(source))
            self._pages.setCurrentIndex(0)
        self.work.run(self.tr("กำลังอ่านรายการ…"), lambda _: list_backups(source), show)

    def _show(self, backups: tuple[Backup, ...]) -> None:
        self._pages.setCurrentIndex(1 if backups else 0)  # first: what is hidden takes no focus
        self._list.show_backups(backups)
        count = thai_digits(len(backups))
        if self._is_own:
            words = self.tr("ข้อมูลสำรองในโฟลเดอร์ของงาน {count} ชุด").format(count=count)
        else:
            words = self.tr("ข้อมูลสำรองใน {folder} {count} ชุด").format(
                folder=self._source, count=count
            )
        self._title.setText(words)
        self._look.setText(self.tr("ดูในไดรฟ์อื่น…") if self._is_own else self.tr("กลับไปดูของงานนี้"))
        self._look.setAccessibleName(self._look.text())
        if not backups and self._is_own:
            advice = self.tr("กด “สำรองตอนนี้” หนึ่งครั้ง ต่อจากนั้นโปรแกรมทำให้เอง")
            if self._to_restore:
                advice = self.tr("ถ้าเคยสำรองไปไว้ไดรฟ์อื่น เสียบไดรฟ์นั้นแล้วกด “ดูในไดรฟ์อื่น…”")
            self._empty.say(self.tr("ยังไม่มีข้อมูลสำรอง"), advice)
        elif not backups:
            self._empty.say(
                self.tr("ไม่พบข้อมูลสำรองในโฟลเดอร์นี้"),
                self.tr("เลือกโฟลเดอร์ที่ลงท้ายด้วย .esabackup ในไดรฟ์ที่เคยสำรองไปไว้"),
            )

    def _look_elsewhere(self) -> None:
        if not self._is_own:
            self._change_source(self._project.folder)
            return
        name = QFileDialog.getExistingDirectory(
            self, self.tr("เลือกโฟลเดอร์ข้อมูลสำรอง (.esabackup)"), str(self._source.parent)
        )
        if name:
            self._change_source(Path(name))

    def _change_source(self, folder: Path) -> None:
        self._source = folder
        self._list.show_backups(())
        self._read()

    # --- what can be done ---------------------------------------------------------------------

    def _follow(self) -> None:
        busy, chosen = self.work.is_busy, self._list.backup is not None
        self._restore.setEnabled(chosen and not busy)
        self._restore.setToolTip("" if chosen else self.tr("เลือกชุดในรายการก่อน"))
        read_only = self._project.read_only
        self._now.setEnabled(not busy and not read_only)
        self._now.setToolTip(self.tr("งานประเมินนี้เปิดดูอย่างเดียว") if read_only else "")
        self._look.setEnabled(not busy)
        self._list.setEnabled(not busy)
        self._elsewhere.set_busy(busy)
        if self._awaits_list and not busy and chosen:
            self._awaits_list = False
            self._list.setFocus()

    def _back_up(self) -> None:
        project = self._project
        project.editor.checkpoint()
        self.work.run(
            self.tr("กำลังสำรองและตรวจ…"),
            lambda handle: back_up(project, Reason.ASKED, cancelled=handle.cancelled),
            self._backed_up,
        )

    def _backed_up(self, backup: Backup | None) -> None:
        if backup is None:
            self.work.say(self.tr("ข้อมูลสำรองล่าสุดเป็นปัจจุบันอยู่แล้ว ไม่มีอะไรเปลี่ยนจากครั้งก่อน"), "good")
            return
        self._source = self._project.folder
        self._read(self.tr("สำรองแล้ว ตรวจแล้วว่าครบถ้วน"))

    def _take(self) -> None:
        backup = self._list.backup
        if backup is None or self.work.is_busy:
            return
        if backup.project_id == self._project.project_id:
            self.accept()
            self.restore_requested.emit(backup)
        else:
            self._open_foreign(backup)

    def _open_foreign(self, backup: Backup) -> None:
        """Of another project: there is nothing to compare it with, but it can be opened."""
        from esa_desktop.ui.open_backup_dialog import OpenBackupDialog

        dialog = OpenBackupDialog(self._project.folder, self, source=backup.home)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.opened.connect(self._leave_to)
        dialog.open()

    def _leave_to(self, folder: Path) -> None:
        self.accept()
        self.opened.emit(folder)
