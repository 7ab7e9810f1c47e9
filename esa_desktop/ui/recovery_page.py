"""The page in place of a damaged project: what is whole, what is gone, and what recovery will do."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from esa_desktop.domain.errors import EsaError, WriteForbidden
from esa_desktop.paths import documents_folder
from esa_desktop.services.recovering import (
    Damage,
    Recovered,
    copy_damaged,
    look_at_damage,
    recover,
)
from esa_desktop.ui.dialog_frame import wrapping_label
from esa_desktop.ui.recent_entry import PathLabel
from esa_desktop.ui.recovery_parts import FoundCard, PlanCard
from esa_desktop.ui.theme import set_role
from esa_desktop.ui.work_line import WorkLine
from esa_desktop.ui.worker import TaskHandle

if TYPE_CHECKING:
    from esa_desktop.services.identity import Who

WIDEST: Final = 820


class RecoveryPage(QWidget):
    """Reads only until somebody presses "กู้คืนงานนี้"; each thing may be stopped."""

    recovered = Signal(object)
    """The `Path` of the project, which can be opened again and is wanted now."""
    opened = Signal(object)
    """The `Path` of a new project made of a backup."""
    left = Signal()

    def __init__(self, folder: Path, who: "Who", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("recoveryPage")
        self._folder = folder
        self._who = who
        self._is_recovered = False
        self._title = wrapping_label(self.tr("งานนี้ยังเปิดตามปกติไม่ได้"), "pageTitle")
        self._about = wrapping_label(self._untouched(), "quiet")
        self._place = PathLabel(str(folder))
        self.work = WorkLine(self)
        self._found = FoundCard(self)
        self._plan = PlanCard(self)
        self._recover = self._button(self.tr("กู้คืนงานนี้"), "main")
        self._copy = self._button(self.tr("คัดลอกมาไว้ในเครื่องนี้…"))
        self._copy.hide()
        self._backups = self._button(self.tr("เปิดข้อมูลสำรอง…"))
        self._leave = self._button(self.tr("กลับหน้าแรก"))
        self._arrange()
        self._connect()
        self._look()

    # --- parts --------------------------------------------------------------------------------

    def _button(self, words: str, role: str = "") -> QPushButton:
        button = QPushButton(words, self)
        button.setAccessibleName(words)
        button.setAutoDefault(True)  # else Enter does nothing outside a dialog
        set_role(button, role)
        return button

    def _arrange(self) -> None:
        """The buttons are in sight however long the page is."""
        page, words = self._centred(Qt.AlignmentFlag.AlignVCenter, 16)
        set_role(page, "page")
        words.addWidget(self._title)
        words.addWidget(self._about)
        words.addWidget(self._place)
        words.addSpacing(8)
        words.addWidget(self._found)
        words.addWidget(self._plan)
        scroll = QScrollArea(self)
        scroll.setWidget(page)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        foot, ways = self._centred(Qt.AlignmentFlag.AlignBottom, 12)
        set_role(foot, "bar")
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        for button in (self._recover, self._copy, self._backups, self._leave):
            buttons.addWidget(button)
        buttons.addStretch(1)
        ways.addWidget(self.work)
        ways.addLayout(buttons)
        line = QFrame(self)
        set_role(line, "rule")
        line.setFixedHeight(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scroll, 1)
        column.addWidget(line)
        column.addWidget(foot)

    def _centred(self, align: Qt.AlignmentFlag, margin: int) -> tuple[QFrame, QVBoxLayout]:
        """A frame as wide as the window, and the column in its middle."""
        frame = QFrame(self)
        narrow = QWidget(frame)
        narrow.setMaximumWidth(WIDEST)
        inside = QVBoxLayout(narrow)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        row = QHBoxLayout(frame)
        row.setContentsMargins(32, margin, 32, margin)
        row.addStretch(1)
        row.addWidget(narrow, 100, align)
        row.addStretch(1)
        return frame, inside

    def _untouched(self) -> str:
        return self.tr("โปรแกรมยังไม่ได้เปลี่ยนหรือลบอะไรในโฟลเดอร์นี้")

    def _connect(self) -> None:
        self._recover.clicked.connect(self._go_on)
        self._copy.clicked.connect(self._copy_here)
        self._backups.clicked.connect(self._open_backup)
        self._leave.clicked.connect(self._stop_or_leave)
        self.work.busy.connect(self._follow)

    # --- looking ------------------------------------------------------------------------------

    def _look(self) -> None:
        folder = self._folder
        self._found.tell(self.tr("กำลังดูว่าอะไรยังอยู่ครบ"))
        self.work.run(
            self.tr("อ่านอย่างเดียว ไม่เปลี่ยนแปลงอะไร…"),
            lambda handle: look_at_damage(
                folder, cancelled=handle.cancelled, progress=handle.progress
            ),
            self._show_damage,
            stopped=self._tell_stopped,
        )

    def _tell_stopped(self) -> None:
        self._found.tell(self.tr("ยังดูไม่ครบ จึงยังไม่รู้ว่าอะไรอยู่บ้าง กู้คืนได้เช่นเดิม"))

    def _show_damage(self, damage: Damage) -> None:
        if damage.has_file:
            why = self.tr("ไฟล์งานเสียหาย มักเกิดจากไฟดับหรือถอดแฟลชไดรฟ์ขณะบันทึก")
        else:
            why = self.tr("ไม่พบไฟล์งานในโฟลเดอร์นี้ อาจถูกลบหรือย้ายไปที่อื่น")
        self._about.setText(f"{why} {self._untouched()}")
        self._plan.show_steps(has_file=damage.has_file)
        self._found.show_damage(damage)
        self._plan.setVisible(damage.can_recover)
        self._recover.setVisible(damage.can_recover)
        set_role(self._backups, "" if damage.can_recover else "main")

    # --- what can be done ---------------------------------------------------------------------

    def _follow(self, busy: bool) -> None:
        self._recover.setEnabled(not busy)
        self._copy.setEnabled(not busy)
        self._backups.setEnabled(not busy)
        self._leave.setText(self.tr("หยุด") if busy else self.tr("กลับหน้าแรก"))
        self._leave.setAccessibleName(self._leave.text())
        self._leave.setEnabled(True)
        if not busy:
            ways = (self._copy, self._recover, self._backups)
            next(way for way in ways if way.isVisibleTo(self) or way is ways[-1]).setFocus()

    def _stop_or_leave(self) -> None:
        if self.work.is_busy:
            self._leave.setEnabled(False)
            self.work.cancel()
        else:
            self.left.emit()

    def _go_on(self) -> None:
        if self._is_recovered:
            self.recovered.emit(self._folder)
            return
        folder, who = self._folder, self._who

        def job(handle: TaskHandle) -> Recovered:
            return recover(folder, who, cancelled=handle.cancelled, progress=handle.progress)

        self.work.run(self.tr("กำลังกู้คืน…"), job, self._show_recovered, failed=self._tell_failed)

    def _tell_failed(self, error: EsaError) -> None:
        """What may only be read cannot be mended where it lies."""
        self.work.say_error(error)
        if isinstance(error, WriteForbidden):
            self._offer_copy(True)

    def _offer_copy(self, on: bool) -> None:
        self._copy.setVisible(on)
        self._recover.setVisible(not on)
        set_role(self._copy, "main" if on else "")

    def _copy_here(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, self.tr("เลือกโฟลเดอร์ที่จะวางงาน"), str(documents_folder())
        )
        if not name:
            return
        folder = self._folder

        def job(handle: TaskHandle) -> Path:
            return copy_damaged(
                folder, Path(name), cancelled=handle.cancelled, progress=handle.progress
            )

        self.work.run(self.tr("กำลังคัดลอกทั้งงาน…"), job, self._go_on_there)

    def _go_on_there(self, copy: Path) -> None:
        """From now on the page is about the copy; what it was made of stays as it is."""
        self._folder = copy
        self._place.show_path(str(copy))
        self._title.setText(self.tr("คัดลอกมาแล้ว กู้คืนจากที่นี่ได้"))
        self._offer_copy(False)
        self._look()

    def _show_recovered(self, recovered: Recovered) -> None:
        if recovered.is_empty:
            self.work.say("\n".join(recovered.sentences()), "warn")
            return
        self._is_recovered = True
        self._title.setText(self.tr("กู้คืนงานนี้แล้ว"))
        if recovered.aside is not None:
            about = self.tr("ไฟล์เดิมที่เสียหายยังเก็บไว้ในโฟลเดอร์ของงาน ไม่มีอะไรถูกลบ")
        else:
            about = self.tr("โปรแกรมสร้างไฟล์งานใหม่แทนไฟล์ที่ไม่พบ ไฟล์อื่นในโฟลเดอร์ยังอยู่อย่างเดิม")
        self._about.setText(about)
        self._found.show_recovered(recovered)
        self._plan.hide()
        self._backups.hide()
        self._recover.setText(self.tr("เปิดงานนี้"))
        self._recover.setAccessibleName(self._recover.text())

    def _open_backup(self) -> None:
        from esa_desktop.ui.open_backup_dialog import OpenBackupDialog

        dialog = OpenBackupDialog(self._folder, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.opened.connect(self.opened)
        dialog.open()
