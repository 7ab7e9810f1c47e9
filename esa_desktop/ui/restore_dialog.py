"""กู้คืนข้อมูล: what a backup says otherwise; take some of it back, or open all of it as a project of its own."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from esa_desktop.domain.edits import Edit
from esa_desktop.domain.errors import EsaError
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.backing_up import Backup, Reason, back_up
from esa_desktop.services.restoring import (
    Difference,
    Restored,
    bring_evidence,
    differences,
    take_back,
)
from esa_desktop.ui.backup_list import told_when
from esa_desktop.ui.dialog_frame import wrapping_label
from esa_desktop.ui.difference_tree import DifferenceTree
from esa_desktop.ui.difference_view import DifferenceView
from esa_desktop.ui.empty_state import EmptyState
from esa_desktop.ui.moments import person_words
from esa_desktop.ui.restored_place import ask_place, lost_words, restore_job
from esa_desktop.ui.theme import set_role
from esa_desktop.ui.work_dialog import WorkDialog
from esa_desktop.ui.worker import TaskHandle

if TYPE_CHECKING:
    from esa_desktop.services.projects import Project

SIZE: Final = QSize(960, 640)


class RestoreDialog(WorkDialog):
    """The present work is never overwritten: what is taken back is a step that can be taken back."""

    opened = Signal(object)
    """The `Path` of a new project made of the whole backup; the dialog is closed."""
    back_requested = Signal()
    """Another set is wanted; the dialog is closed."""

    def __init__(
        self,
        project: "Project",
        backup: Backup,
        push: Callable[[Edit, str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", SIZE, parent)
        self.setObjectName("restoreDialog")
        self.heading.setText(self.tr("กู้คืนข้อมูล"))
        self.setWindowTitle(self.heading.text())
        self._project = project
        self._backup = backup
        self._push = push
        self._tree = DifferenceTree(project.editor.round, self)
        self._all = QCheckBox(self.tr("เลือกทั้งหมด"), self)
        self._all.setAccessibleName(self._all.text())
        self._count = QLabel(self)
        self._texts = DifferenceView(project.editor, self)
        self._empty = EmptyState("history", self)
        self._back = QPushButton(self.tr("กลับไปเลือกชุดอื่น"), self)
        self._has_taken = False
        self._arrange()
        self._whole = self.add_button(self.tr("เปิดทั้งชุดเป็นงานแยกต่างหาก…"))
        self._take = self.add_button(self.tr("นำที่เลือกกลับมา"), "main")
        self._connect()
        self._order_tabs()
        self._compare()

    # --- parts --------------------------------------------------------------------------------

    def _arrange(self) -> None:
        when = self.tr("ข้อมูลสำรอง {when}").format(when=told_when(self._backup.time))
        who = person_words(self._backup.author, self._backup.computer)
        set_role(self._back, "link")
        self._back.setAutoDefault(False)
        self._back.setAccessibleName(self._back.text())
        top = QHBoxLayout()
        top.addWidget(wrapping_label(" · ".join(filter(None, (when, who))), "heading"), 1)
        top.addWidget(self._back, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(top)
        self.body.addWidget(
            wrapping_label(
                self.tr("งานปัจจุบันไม่ถูกลบและไม่ถูกเขียนทับ ส่วนที่นำกลับมา กด “เลิกทำ” ย้อนได้เสมอ"), "quiet"
            )
        )
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(self._all)
        head.addStretch(1)
        head.addWidget(self._count)
        column.addLayout(head)
        column.addWidget(self._tree, 1)
        sides = QSplitter(Qt.Orientation.Horizontal, self)
        sides.addWidget(left)
        sides.addWidget(self._texts)
        sides.setChildrenCollapsible(False)
        sides.setSizes([344, 568])
        self._pages = self.add_pages(self._empty, sides)

    def _connect(self) -> None:
        self._tree.picked.connect(self._texts.show_difference)
        self._tree.ticked.connect(self._follow_ticks)
        self._all.clicked.connect(self._tree.tick_all)
        self._take.clicked.connect(self._back_up_first)
        self._whole.clicked.connect(self._open_whole)
        self._back.clicked.connect(self._go_back)
        self.work.busy.connect(lambda _: self._follow_ticks())

    def _order_tabs(self) -> None:
        """As it is read. The frame makes its button before us."""
        stops = (self._back, self._all, self._tree, *self._texts.tab_stops)
        for before, after in pairwise((*stops, self.leave, self._whole, self._take)):
            self.setTabOrder(before, after)

    # --- what differs -------------------------------------------------------------------------

    def _compare(self) -> None:
        project, backup = self._project, self._backup
        project.editor.checkpoint()
        self._empty.say(
            self.tr("กำลังเทียบกับงานปัจจุบัน"), self.tr("ใช้เวลาไม่นาน ระหว่างนี้ไม่มีอะไรเปลี่ยนแปลง")
        )
        self._pages.setCurrentIndex(0)
        self.work.run(
            self.tr("กำลังอ่านข้อมูลสำรอง…"),
            lambda handle: differences(project, backup, cancelled=handle.cancelled),
            self._offer,
            failed=self._cannot_compare,
        )

    def _offer(self, found: Sequence[Difference]) -> None:
        self._tree.show_differences(found)
        self._pages.setCurrentIndex(1 if found else 0)
        self._take.setVisible(bool(found))
        self.make_main(self._take if found else self.leave)
        if found:
            self._tree.setFocus()
            return
        self._empty.say(
            self.tr("ทุกข้อความในชุดนี้ตรงกับงานปัจจุบัน"),
            self.tr("ไม่มีอะไรต้องนำกลับมา ถ้ายังไม่พบข้อความที่หา ให้ลองชุดที่เก่ากว่า"),
            icon_name="complete",
        )

    def _cannot_compare(self, error: EsaError) -> None:
        self._empty.say(
            self.tr("เทียบข้อมูลสำรองชุดนี้ไม่ได้"),
            self.tr("งานปัจจุบันไม่เปลี่ยนแปลง ลองเลือกชุดอื่น"),
            icon_name="warning",
        )
        self._take.hide()
        self.make_main(self.leave)
        self.work.say_error(error)

    def _follow_ticks(self) -> None:
        """How many are ticked, and whether the buttons can do anything."""
        chosen, count = len(self._tree.chosen()), self._tree.count()
        states = {0: Qt.CheckState.Unchecked, count: Qt.CheckState.Checked}
        self._all.setCheckState(states.get(chosen, Qt.CheckState.PartiallyChecked))
        words = self.tr("เลือก {chosen} จาก {count} รายการ").format(chosen=chosen, count=count)
        self._count.setText(thai_digits(words))
        why_not = "" if chosen else self.tr("ทำเครื่องหมายหน้ารายการที่ต้องการก่อน")
        if not count:
            why_not = self.tr("ไม่มีส่วนที่ต่างจากงานปัจจุบัน")
        if self._project.read_only:
            why_not = self.tr("งานประเมินนี้เปิดดูอย่างเดียว จึงนำข้อความกลับมาไม่ได้ เปิดทั้งชุดเป็นงานแยกได้")
        self._take.setEnabled(not why_not and not self.work.is_busy)
        self._take.setToolTip(why_not)
        self._whole.setEnabled(not self.work.is_busy)
        self._tree.setEnabled(not self.work.is_busy)
        self._all.setEnabled(not self.work.is_busy)
        self._back.setEnabled(not self.work.is_busy)

    # --- taking back --------------------------------------------------------------------------

    def _back_up_first(self) -> None:
        """The state of this moment must be among the backups before anything is taken back."""
        project, backup, chosen = self._project, self._backup, self._tree.chosen()

        def prepare(handle: TaskHandle) -> tuple[Difference, ...]:
            back_up(project, Reason.RESTORE, cancelled=handle.cancelled)
            return bring_evidence(
                project, backup, chosen, cancelled=handle.cancelled, progress=handle.progress
            )

        project.editor.checkpoint()
        self.work.run(self.tr("กำลังสำรองงานปัจจุบันก่อน…"), prepare, self._take_back)

    def _take_back(self, chosen: Sequence[Difference]) -> None:
        try:
            batch = take_back(self._project.editor, chosen)
            self._push(batch, batch.title)
        except EsaError as error:
            self.work.say_error(error)
            return
        self._has_taken = True
        words = self.tr("นำกลับมาแล้ว {count} รายการ ถ้าไม่ใช่ที่ต้องการ ปิดหน้าต่างนี้แล้วกด “เลิกทำ”")
        self._compare_again(thai_digits(words.format(count=len(chosen))))

    def _compare_again(self, words: str) -> None:
        """What was taken back differs no more."""
        project, backup = self._project, self._backup

        def offer(found: Sequence[Difference]) -> None:
            self._offer(found)
            self.work.say(words, "good")

        self.work.run(
            self.tr("กำลังเทียบกับงานปัจจุบัน…"),
            lambda handle: differences(project, backup, cancelled=handle.cancelled),
            offer,
        )

    # --- as a project of its own --------------------------------------------------------------

    def _open_whole(self) -> None:
        to = ask_place(self, self._project.folder.parent, self._backup)
        if to is not None:
            self.work.run(
                self.tr("กำลังสร้างงานจากข้อมูลสำรอง…"),
                restore_job(self._backup, to, self._project.folder),
                self._made,
            )

    def _made(self, restored: Restored) -> None:
        """What is missing is said before the new project takes the window."""
        lost = lost_words(restored)
        if not lost:
            self._open(restored.folder)
            return
        self.work.say(lost, "warn")
        self._take.hide()
        self._whole.setText(self.tr("เปิดงานที่กู้คืน"))
        self._whole.clicked.disconnect()
        self._whole.clicked.connect(lambda: self._open(restored.folder))

    def _open(self, folder: Path) -> None:
        self.accept()
        self.opened.emit(folder)

    # --- another set --------------------------------------------------------------------------

    def _go_back(self) -> None:
        self.reject()
        self.back_requested.emit()

    # Qt override

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leads one step back, to the list of sets; once something was taken it closes."""
        is_free = not self.work.is_busy and not self._has_taken
        if event.key() == Qt.Key.Key_Escape and is_free:
            self._go_back()
        else:
            super().keyPressEvent(event)
