"""ตรวจสุขภาพงานประเมิน: checks every text and every file, and says in plain words what it found."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from esa_desktop.services.health import Health, check_health
from esa_desktop.ui.card_button import Mark
from esa_desktop.ui.dialog_frame import wrapping_label
from esa_desktop.ui.empty_state import EmptyState
from esa_desktop.ui.work_dialog import WorkDialog

if TYPE_CHECKING:
    from esa_desktop.domain.errors import EsaError
    from esa_desktop.services.projects import Project

SIZE: Final = QSize(640, 440)


class HealthDialog(WorkDialog):
    """The check begins by itself; it reads only, so it may be stopped at any time."""

    backups_requested = Signal()
    """Files of evidence are not whole: the person looks for them in backups on another drive. The
    dialog is closed."""
    recovery_requested = Signal()
    """The database is damaged: close the project, then recover it. The dialog is closed."""

    def __init__(self, project: "Project", parent: QWidget | None = None) -> None:
        super().__init__("", SIZE, parent)
        self.setObjectName("healthDialog")
        self.heading.setText(self.tr("ตรวจสุขภาพงานประเมิน"))
        self.setWindowTitle(self.heading.text())
        self._project = project
        self.health: Health | None = None
        """What was found last."""
        self._waiting = EmptyState("search", self)
        self._waiting.button.clicked.connect(self.check)
        self._mark = Mark("complete", "good", 28)
        self._verdict = wrapping_label("", "heading")
        self._sentences = QVBoxLayout()
        self._sentences.setSpacing(6)
        self._pages = self.add_pages(self._waiting, self._make_result())
        self._again = self.add_button(self.tr("ตรวจอีกครั้ง"))
        self._buttons.insertWidget(self._buttons.indexOf(self.leave), self._again)
        self.setTabOrder(self._again, self.leave)
        self._backups = self.add_button(self.tr("ดูข้อมูลสำรอง…"))
        self._recover = self.add_button(self.tr("ปิดงานแล้วกู้คืน…"))
        self._again.clicked.connect(self.check)
        self._backups.clicked.connect(self._ask_for_backups)
        self._recover.clicked.connect(self._ask_for_recovery)
        self.work.busy.connect(self._follow)
        self.check()

    def check(self) -> None:
        """Look at everything anew; nothing happens while a check runs."""
        project = self._project
        if self.work.is_busy:
            return
        project.editor.checkpoint()
        self.health = None
        self._waiting.say(
            self.tr("กำลังตรวจทุกข้อความและทุกไฟล์หลักฐาน"),
            self.tr("ตรวจอย่างเดียว ไม่แก้ไขอะไร งานที่มีไฟล์มากอาจใช้เวลาหลายนาที หยุดได้ทุกเมื่อ"),
        )
        self._pages.setCurrentIndex(0)
        self.work.run(
            self.tr("กำลังตรวจ…"),
            lambda handle: check_health(
                project, cancelled=handle.cancelled, progress=handle.progress
            ),
            self._show,
            failed=self._tell,
            stopped=self._tell_stopped,
        )

    def _make_result(self) -> QWidget:
        page = QWidget(self)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._verdict, 1)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(self._sentences)
        column.addStretch(1)
        return page

    def _show(self, health: Health) -> None:
        self.health = health
        if health.is_whole:
            self._mark.show_mark("complete", "good")
            self._verdict.setText(self.tr("งานประเมินนี้ครบถ้วนดี"))
        elif health.is_damaged:
            self._mark.show_mark("warning", "bad")
            self._verdict.setText(self.tr("ข้อมูลบางส่วนของงานนี้เสียหาย ควรกู้คืนก่อนทำงานต่อ"))
        else:
            self._mark.show_mark("warning", "warn")
            self._verdict.setText(self.tr("ข้อความครบถ้วน แต่ไฟล์หลักฐานไม่ครบ"))
        while (old := self._sentences.takeAt(0)) is not None:
            widget = old.widget()
            if widget is not None:
                widget.deleteLater()
        for sentence in health.sentences():
            label = wrapping_label(sentence)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._sentences.addWidget(label)
        self._pages.setCurrentIndex(1)

    def _tell(self, error: "EsaError") -> None:
        self._waiting.say(
            self.tr("ตรวจไม่สำเร็จ"), self.tr("งานไม่เปลี่ยนแปลง ลองอีกครั้งภายหลังได้"), icon_name="warning"
        )
        self.work.say_error(error)

    def _tell_stopped(self) -> None:
        self._waiting.say(self.tr("หยุดตรวจแล้ว"), self.tr("กด “ตรวจอีกครั้ง” เมื่อพร้อม"))

    def _follow(self, busy: bool) -> None:
        """One main button: recovery of what is damaged, else the one that closes."""
        is_damaged = self.health is not None and self.health.is_damaged
        is_whole = self.health is None or self.health.is_whole
        self._again.setVisible(not busy)
        self._backups.setVisible(not busy and not is_whole and not is_damaged)
        self._recover.setVisible(not busy and is_damaged)
        main = self._recover if is_damaged else self.leave
        self.make_main(main)
        main.setFocus()

    def _ask_for_backups(self) -> None:
        self.accept()
        self.backups_requested.emit()

    def _ask_for_recovery(self) -> None:
        self.accept()
        self.recovery_requested.emit()
