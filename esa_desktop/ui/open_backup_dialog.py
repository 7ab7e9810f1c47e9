"""เปิดข้อมูลสำรอง: a backup as a project of its own; the folder it is of is damaged, elsewhere or lost."""

from itertools import pairwise
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from esa_desktop.paths import documents_folder
from esa_desktop.services.backing_up import Backup, list_backups
from esa_desktop.services.restoring import Restored
from esa_desktop.ui.backup_list import BackupList
from esa_desktop.ui.dialog_frame import wrapping_label
from esa_desktop.ui.empty_state import EmptyState
from esa_desktop.ui.restored_place import ask_place, lost_words, restore_job
from esa_desktop.ui.theme import set_role
from esa_desktop.ui.work_dialog import WorkDialog

SIZE: Final = QSize(640, 520)


class OpenBackupDialog(WorkDialog):
    opened = Signal(object)
    """The `Path` of the new project; the dialog is closed."""

    def __init__(
        self, folder: Path | None, parent: QWidget | None = None, *, source: Path | None = None
    ) -> None:
        """``folder``: the project, ``None`` where this computer has none; ``source``: where its
        backups are looked for, if elsewhere. With neither, a person is asked for the place.
        """
        super().__init__("", SIZE, parent)
        self.setObjectName("openBackupDialog")
        self.heading.setText(self.tr("เปิดข้อมูลสำรอง"))
        self.setWindowTitle(self.heading.text())
        self._folder = folder
        self._source = source or folder
        self._list = BackupList(self)
        self._awaits_list = False
        self._empty = EmptyState("inbox", self)
        set_role(self._empty.button, "main")
        self._empty.button.clicked.connect(self._choose_source)
        self.body.addWidget(
            wrapping_label(
                self.tr("ชุดที่เลือกจะเปิดเป็นงานใหม่แยกต่างหาก โฟลเดอร์เดิมยังอยู่อย่างเดิม ไม่มีอะไรถูกลบ"), "quiet"
            )
        )
        self._pages = self.add_pages(self._empty, self._list)
        self._elsewhere = self.add_button(self.tr("ดูในไดรฟ์อื่น…"))
        self._open = self.add_button(self.tr("เปิดชุดนี้…"), "main")
        for before, after in pairwise((self._list, self.leave, self._elsewhere, self._open)):
            self.setTabOrder(before, after)  # as it is read: the frame makes its button before us
        self._elsewhere.clicked.connect(self._choose_source)
        self._open.clicked.connect(self._restore)
        self._list.chosen.connect(lambda _: self._follow())
        self._list.taken.connect(lambda _: self._restore())
        self.work.busy.connect(lambda _: self._follow())
        self._read()

    def _read(self) -> None:
        source = self._source
        if source is None:
            self._ask_for_place()
            return
        self._empty.say(self.tr("กำลังหาข้อมูลสำรอง"), str(source))
        self._pages.setCurrentIndex(0)
        self.work.run(self.tr("กำลังอ่านรายการ…"), lambda _: list_backups(source), self._show)

    def _show(self, backups: tuple[Backup, ...]) -> None:
        self._list.show_backups(backups)
        self._pages.setCurrentIndex(1 if backups else 0)
        if backups:
            self._awaits_list = True
            return
        self._empty.say(
            self.tr("ไม่พบข้อมูลสำรองในโฟลเดอร์นี้"),
            self.tr("ถ้าเคยสำรองไปไว้แฟลชไดรฟ์หรือไดรฟ์อื่น เสียบแล้วเลือกโฟลเดอร์ที่ลงท้ายด้วย .esabackup"),
            self.tr("เลือกโฟลเดอร์ข้อมูลสำรอง…"),
        )
        self._empty.button.setFocus()

    def _ask_for_place(self) -> None:
        self._empty.say(
            self.tr("ข้อมูลสำรองอยู่ที่ใด"),
            self.tr("เสียบแฟลชไดรฟ์ที่เคยสำรองไว้ แล้วเลือกโฟลเดอร์ที่ลงท้ายด้วย .esabackup"),
            self.tr("เลือกโฟลเดอร์ข้อมูลสำรอง…"),
        )
        self._pages.setCurrentIndex(0)
        self._follow()
        self._empty.button.setFocus()

    def _follow(self) -> None:
        chosen = self._list.backup is not None
        self._open.setEnabled(chosen and not self.work.is_busy)
        for button in (self._open, self._elsewhere):
            button.setVisible(self._pages.currentIndex() == 1)
        self._open.setToolTip("" if chosen else self.tr("เลือกชุดในรายการก่อน"))
        self._elsewhere.setEnabled(not self.work.is_busy)
        self._list.setEnabled(not self.work.is_busy)
        if self._awaits_list and chosen and self._list.isEnabled():
            self._awaits_list = False
            self._list.setFocus()

    def _choose_source(self) -> None:
        beside = self._source.parent if self._source is not None else documents_folder()
        name = QFileDialog.getExistingDirectory(
            self, self.tr("เลือกโฟลเดอร์ข้อมูลสำรอง (.esabackup)"), str(beside)
        )
        if name:
            self._source = Path(name)
            self._read()

    def _restore(self) -> None:
        backup = self._list.backup
        beside = self._folder.parent if self._folder is not None else documents_folder()
        to = ask_place(self, beside, backup) if backup is not None else None
        if backup is not None and to is not None:
            self.work.run(
                self.tr("กำลังสร้างงานจากข้อมูลสำรอง…"),
                restore_job(backup, to, self._folder),
                self._made,
            )

    def _made(self, restored: Restored) -> None:
        """What is missing is said before the new project takes the window."""
        lost = lost_words(restored)
        if not lost:
            self._leave_to(restored.folder)
            return
        self.work.say(lost, "warn")
        self._elsewhere.hide()
        self._open.setText(self.tr("เปิดงานที่กู้คืน"))
        self._open.clicked.disconnect()
        self._open.clicked.connect(lambda: self._leave_to(restored.folder))

    def _leave_to(self, folder: Path) -> None:
        self.accept()
        self.opened.emit(folder)
