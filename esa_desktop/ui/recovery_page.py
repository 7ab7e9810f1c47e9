"""The page in place of a damaged project: what is whole, what recovery will do, and nothing is deleted."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from esa_desktop.services.recovering import Damage, Recovered, look_at_damage, recover
from esa_desktop.ui.card_button import Mark
from esa_desktop.ui.dialog_frame import wrapping_label
from esa_desktop.ui.recent_entry import PathLabel
from esa_desktop.ui.recovery_parts import ROW, PartList
from esa_desktop.ui.theme import set_role
from esa_desktop.ui.work_line import WorkLine
from esa_desktop.ui.worker import TaskHandle

if TYPE_CHECKING:
    from esa_desktop.services.identity import Who

WIDEST: Final = 820
MARK_SIDE: Final = 24
MOST_ROWS: Final = 8
"""Of the list of indicators before it scrolls for itself."""


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
        self._title = wrapping_label(self.tr("งานนี้ยังเปิดตามปกติไม่ได้ แต่ไม่มีอะไรถูกลบ"), "pageTitle")
        self._about = wrapping_label(
            self.tr(
                "ไฟล์งานเสียหายบางส่วน มักเกิดจากไฟดับหรือถอดแฟลชไดรฟ์ขณะบันทึก "
                "โปรแกรมยังไม่ได้เปลี่ยนอะไรในโฟลเดอร์นี้"
            ),
            "quiet",
        )
        self.work = WorkLine(self)
        self._mark = Mark("search", "ink2", MARK_SIDE)
        self._verdict = wrapping_label("", "heading")
        self._sentences = QVBoxLayout()
        self._details = QPushButton(self.tr("ดูรายตัวบ่งชี้"), self)
        self._parts = PartList(self)
        self._plan = self._make_plan()
        self._recover = self._button(self.tr("กู้คืนงานนี้"), "main")
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
        words.addWidget(PathLabel(str(self._folder)))
        words.addSpacing(8)
        words.addWidget(self._make_found())
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
        for button in (self._recover, self._backups, self._leave):
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

    def _make_found(self) -> QFrame:
        card = QFrame(self)
        set_role(card, "card")
        set_role(self._details, "link")
        self._details.setAccessibleName(self._details.text())
        self._details.setAutoDefault(True)
        self._details.setCheckable(True)
        self._details.hide()
        self._parts.hide()
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._verdict, 1)
        self._sentences.setSpacing(2)
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(self._sentences)
        column.addWidget(self._details, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._parts)
        return card

    def _make_plan(self) -> QFrame:
        card = QFrame(self)
        set_role(card, "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(2)
        column.addWidget(wrapping_label(self.tr("เมื่อกด “กู้คืนงานนี้” โปรแกรมจะ"), "heading"))
        for step in (
            self.tr("๑.  เก็บไฟล์ที่เสียหายไว้ทั้งหมดในโฟลเดอร์ damaged ไม่ลบทิ้ง"),
            self.tr("๒.  สร้างไฟล์งานใหม่จากทุกส่วนที่ตรวจแล้วว่าครบถ้วน"),
            self.tr("๓.  บอกว่าได้อะไรคืนบ้าง แล้วให้เปิดทำงานต่อ"),
        ):
            column.addWidget(wrapping_label(step))
        return card

    def _connect(self) -> None:
        self._recover.clicked.connect(self._go_on)
        self._backups.clicked.connect(self._open_backup)
        self._leave.clicked.connect(self._stop_or_leave)
        self._details.toggled.connect(self._unfold)
        self.work.busy.connect(self._follow)

    # --- looking ------------------------------------------------------------------------------

    def _look(self) -> None:
        folder = self._folder
        self._say("search", "ink2", self.tr("กำลังดูว่าอะไรยังอยู่ครบ"), ())
        self.work.run(
            self.tr("อ่านอย่างเดียว ไม่เปลี่ยนแปลงอะไร…"),
            lambda handle: look_at_damage(
                folder, cancelled=handle.cancelled, progress=handle.progress
            ),
            self._show_damage,
            stopped=self._tell_stopped,
        )

    def _tell_stopped(self) -> None:
        words = self.tr("ยังดูไม่ครบ จึงยังไม่รู้ว่าอะไรอยู่บ้าง กู้คืนได้เช่นเดิม")
        self._say("search", "ink2", words, ())

    def _show_damage(self, damage: Damage) -> None:
        if damage.can_recover:
            self._say("complete", "good", self.tr("สิ่งที่ยังอยู่และกู้คืนได้"), damage.sentences())
        else:
            words = self.tr("กู้จากโฟลเดอร์นี้ไม่ได้ แต่ยังมีทางอื่น")
            self._say("warning", "warn", words, damage.sentences())
        self._plan.setVisible(damage.can_recover)
        self._recover.setVisible(damage.can_recover)
        set_role(self._backups, "" if damage.can_recover else "main")
        self._parts.show_parts(damage.parts)
        rows = len(self._parts.rows.rows)
        self._parts.setFixedHeight(min(rows, MOST_ROWS) * ROW + 4)
        self._details.setVisible(rows > 0)

    def _say(self, mark: str, color: str, verdict: str, sentences: Iterable[str]) -> None:
        self._mark.show_mark(mark, color)
        self._verdict.setText(verdict)
        while (old := self._sentences.takeAt(0)) is not None:
            widget = old.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for sentence in sentences:
            self._sentences.addWidget(wrapping_label(sentence))

    def _unfold(self, on: bool) -> None:
        self._parts.setVisible(on)
        self._details.setText(self.tr("ซ่อนรายตัวบ่งชี้") if on else self.tr("ดูรายตัวบ่งชี้"))
        self._details.setAccessibleName(self._details.text())

    # --- what can be done ---------------------------------------------------------------------

    def _follow(self, busy: bool) -> None:
        self._recover.setEnabled(not busy)
        self._backups.setEnabled(not busy)
        self._leave.setText(self.tr("หยุด") if busy else self.tr("กลับหน้าแรก"))
        self._leave.setAccessibleName(self._leave.text())
        self._leave.setEnabled(True)
        if not busy:
            main = self._recover if self._recover.isVisibleTo(self) else self._backups
            main.setFocus()

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

        self.work.run(self.tr("กำลังกู้คืน ไฟล์เดิมถูกเก็บไว้ก่อน…"), job, self._show_recovered)

    def _show_recovered(self, recovered: Recovered) -> None:
        if recovered.is_empty:
            self.work.say("\n".join(recovered.sentences()), "warn")
            return
        self._is_recovered = True
        self._title.setText(self.tr("กู้คืนงานนี้แล้ว"))
        self._about.setText(self.tr("ไฟล์เดิมที่เสียหายยังเก็บไว้ในโฟลเดอร์ของงาน ไม่มีอะไรถูกลบ"))
        self._say("complete", "good", self.tr("สิ่งที่ได้คืน"), recovered.sentences())
        self._details.hide()
        self._parts.hide()
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
