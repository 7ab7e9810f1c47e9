"""Whether a copy lies outside this computer: says so, and makes one with one click."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.backing_up import Backup, copy_elsewhere
from esa_desktop.services.copies_elsewhere import (
    CopyElsewhere,
    last_copy,
    place_note,
    reminder,
)
from esa_desktop.ui.backup_list import told_when
from esa_desktop.ui.card_button import Mark
from esa_desktop.ui.dialog_frame import wrapping_label
from esa_desktop.ui.theme import set_role
from esa_desktop.ui.work_line import WorkLine
from esa_desktop.ui.worker import Task, TaskHandle

if TYPE_CHECKING:
    from esa_desktop.services.projects import Project

MARK_SIDE: Final = 24
LOOK_MS: Final = 3000


class ElsewhereCard(QFrame):
    copied = Signal(str, str)
    """A sentence: the copy is made and checked; and its tone, for it may be less than was wanted."""

    def __init__(
        self,
        project: "Project",
        user_folder: Path,
        work: WorkLine,
        parent: QWidget | None = None,
    ) -> None:
        """``user_folder``: where copies are remembered; ``work``: where its slow work is shown."""
        super().__init__(parent)
        set_role(self, "card")
        self._project = project
        self._user_folder = user_folder
        self._work = work
        self._known: CopyElsewhere | None = None
        self._looking = False
        self._mark = Mark("warning", "warn", MARK_SIDE)
        self._what = wrapping_label("", "heading")
        self._advice = wrapping_label("", "second")
        self._again = QPushButton(self.tr("สำรองอีกครั้ง"), self)
        self._other = QPushButton(self.tr("สำรองไปไว้ไดรฟ์อื่น…"), self)
        for button in (self._again, self._other):
            button.setAutoDefault(False)
            button.setAccessibleName(button.text())
        self._again.clicked.connect(self._copy_again)
        self._other.clicked.connect(self._choose)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._what)
        words.addWidget(self._advice)
        buttons = QVBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self._again)
        buttons.addWidget(self._other)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 10, 14, 10)
        row.setSpacing(12)
        row.addWidget(self._mark)
        row.addLayout(words, 1)
        row.addLayout(buttons)
        # A stick that is plugged in while the dialog is open is seen without being asked for.
        self._watch = QTimer(self)
        self._watch.setInterval(LOOK_MS)
        self._watch.timeout.connect(self._look)
        self.refresh()

    @property
    def tab_stops(self) -> tuple[QWidget, ...]:
        return self._again, self._other

    def refresh(self) -> None:
        """Say what is known; whether that drive is in is asked in the background."""
        self._known = last_copy(self._user_folder, self._project.project_id)
        self._tell(there=False)
        if self._known is not None:
            self._watch.start()
            self._look()

    def _look(self) -> None:
        if self._known is None or self._looking or self._work.is_busy:
            return
        place = self._known.target
        task = Task(lambda _: _is_there(place), self)
        task.done.connect(self._see)
        task.ended.connect(self._looked)
        task.ended.connect(task.deleteLater)
        self._looking = True
        task.start()

    def _see(self, there: bool) -> None:
        self._tell(there=there)

    def _looked(self) -> None:
        self._looking = False

    def set_busy(self, busy: bool) -> None:
        self._again.setEnabled(not busy)
        self._other.setEnabled(not busy)

    def _tell(self, *, there: bool) -> None:
        """``there``: the drive of the last copy is plugged in."""
        known = self._known
        is_good = known is not None and not reminder(known)
        self._mark.show_mark(*(("complete", "good") if is_good else ("warning", "warn")))
        self._what.setText(self._state(known))
        self._advice.setText(self._advise(known, is_good=is_good))
        self._again.setVisible(there)
        self._again.setToolTip(str(known.target) if known is not None else "")
        self._other.setText(self.tr("เลือกไดรฟ์อื่น…") if there else self.tr("สำรองไปไว้ไดรฟ์อื่น…"))
        self._other.setAccessibleName(self._other.text())

    def _state(self, known: CopyElsewhere | None) -> str:
        if known is None:
            return self.tr("ยังไม่มีข้อมูลสำรองนอกเครื่องนี้")
        if not known.other_drive:
            return self.tr("มีข้อมูลสำรองในไดรฟ์เดียวกับงานเท่านั้น")
        return self.tr("สำรองไปไว้ไดรฟ์อื่นล่าสุด {when}").format(when=told_when(known.time))

    def _advise(self, known: CopyElsewhere | None, *, is_good: bool) -> str:
        if known is None or not known.other_drive:
            return self.tr("ถ้าเครื่องเสียหรือหาย งานจะหายไปด้วย เสียบแฟลชไดรฟ์แล้วสำรองไปไว้ที่นั่นสัปดาห์ละครั้ง")
        place = self.tr("ที่ {folder}").format(folder=known.target)
        late = self.tr("เกินหนึ่งสัปดาห์แล้ว เสียบไดรฟ์แล้วสำรองอีกครั้ง")
        return place if is_good else f"{place}\n{late}"

    def _copy_again(self) -> None:
        if self._known is not None:
            self._copy(self._known.target)

    def _choose(self) -> None:
        start = self._known.target if self._known is not None else Path.home()
        name = QFileDialog.getExistingDirectory(
            self, self.tr("เลือกแฟลชไดรฟ์หรือไดรฟ์อื่นที่จะเก็บข้อมูลสำรอง"), str(start)
        )
        if name:
            self._copy(Path(name))

    def _copy(self, target: Path) -> None:
        project, user_folder = self._project, self._user_folder

        def copy(handle: TaskHandle) -> tuple[Backup, str]:
            backup = copy_elsewhere(
                project,
                target,
                cancelled=handle.cancelled,
                progress=handle.progress,
                user_folder=user_folder,
            )
            return backup, place_note(project.folder, target)

        project.editor.checkpoint()
        self._work.run(self.tr("กำลังสำรองงานและไฟล์หลักฐาน…"), copy, self._done)

    def _done(self, made: tuple[Backup, str]) -> None:
        backup, note = made
        self.refresh()
        words = self.tr("สำรองไปไว้ที่ {folder} แล้ว ตรวจแล้วว่าครบถ้วน")
        if backup.missing:
            words = self.tr("สำรองไปไว้ที่ {folder} แล้ว แต่ขาดไฟล์หลักฐาน {count} ไฟล์ที่ไม่พบในงาน")
        words = words.format(folder=backup.home, count=thai_digits(len(backup.missing)))
        tone = "warn" if note or backup.missing else "good"
        self.copied.emit(f"{words}\n{note}".strip(), tone)


def _is_there(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except OSError:
        return False
