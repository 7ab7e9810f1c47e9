"""ถังขยะหลักฐาน: what was thrown away and how much room it takes; taken back, or deleted for good."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QPushButton, QWidget

from esa_desktop.domain.edits import Edit
from esa_desktop.domain.errors import EsaError
from esa_desktop.domain.evidence import Evidence
from esa_desktop.domain.fields import Field, Kind
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.backing_up import Reason, back_up
from esa_desktop.services.evidence_bin import (
    Emptied,
    begin_emptying,
    binned,
    finish_emptying,
    from_bin,
    size_of,
)
from esa_desktop.ui.choice_list import ChoiceList
from esa_desktop.ui.dialog_frame import wrapping_label
from esa_desktop.ui.empty_state import EmptyState
from esa_desktop.ui.evidence_model import size_words
from esa_desktop.ui.row_list import Row
from esa_desktop.ui.theme import set_tone
from esa_desktop.ui.two_lines import TwoLineDelegate, TwoLines
from esa_desktop.ui.work_dialog import WorkDialog

if TYPE_CHECKING:
    from esa_desktop.services.projects import Project

SIZE: Final = QSize(640, 520)
Push = Callable[[Edit, str], object]
COPYING: Final = "ยังไม่ได้ลบ เพราะกำลังคัดลอกไฟล์หลักฐานอยู่ กรุณารอสักครู่แล้วกดลบอีกครั้ง"


class BinDialog(WorkDialog):
    """Taking back is one undoable step; deleting asks once, in the dialog itself, and cannot be undone."""

    emptied = Signal()

    def __init__(
        self,
        project: "Project",
        push: Push,
        parent: QWidget | None = None,
        *,
        copying: Callable[[], bool] = lambda: False,
    ) -> None:
        """``copying``: whether files are on their way in; one may be what is about to be deleted."""
        super().__init__("", SIZE, parent)
        self.setObjectName("binDialog")
        self.heading.setText(self.tr("ถังขยะหลักฐาน"))
        self.setWindowTitle(self.heading.text())
        self._project = project
        self._push = push
        self._copying = copying
        self._asking = False
        self._about = wrapping_label("", "quiet")
        self._question = wrapping_label("")
        set_tone(self._question, "bad")
        self.list = ChoiceList(TwoLineDelegate(), self.tr("หลักฐานในถังขยะ"), self)
        self.list.setObjectName("binList")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._empty = EmptyState("inbox", self)
        self._empty.say(self.tr("ถังขยะว่าง"), self.tr("หลักฐานที่ลบจากบัญชีหลักฐานจะพักอยู่ที่นี่ จนกว่าจะลบถาวร"))
        self.body.setSpacing(8)
        self.body.addWidget(self._about)
        self._pages = self.add_pages(self._empty, self.list)
        self.body.addWidget(self._question)
        self._add_answer()
        self.delete = self.add_button(self.tr("ลบถาวร…"))
        self.back = self.add_button(self.tr("นำกลับที่เดิม"))
        self.make_main(self.back)
        self.back.clicked.connect(self._take_back)
        self.delete.clicked.connect(lambda _: self._ask(asking=True))
        self.list.selectionModel().selectionChanged.connect(self._follow)
        self.list.taken.connect(lambda _: self._take_back())
        self.work.busy.connect(self._follow)
        self.destroyed.connect(project.editor.subscribe(self._hear))
        self._show()

    def _add_answer(self) -> None:
        """The deed's own button, never where the question was asked: a double click only asks."""
        self.certain = QPushButton(self)
        self.certain.setAutoDefault(False)
        self.certain.hide()
        self.certain.clicked.connect(self._delete)
        self.body.addWidget(self.certain, 0, Qt.AlignmentFlag.AlignLeft)

    # --- the list -----------------------------------------------------------------------------

    def _hear(self, fields: frozenset[Field]) -> None:
        if any(field.kind is Kind.ITEM for field in fields):
            self._show()

    def _show(self) -> None:
        items = binned(self._project.editor.round)
        self._pages.setCurrentIndex(1 if items else 0)
        self.list.rows.set_rows([_row(item) for item in items])
        if items and not self.list.selectionModel().hasSelection():
            self.list.choose(0)
        size = size_of(file for item in items for file in item.all_files)
        words = self.tr("{count} รายการ รวม {size} หลักฐานในถังขยะไม่ถูกพิมพ์และไม่นับ").format(
            count=len(items), size=size_words(size)
        )
        self._about.setText(thai_digits(words))
        self._about.setVisible(bool(items))
        self._follow()

    def _chosen(self) -> list[str]:
        rows = (i.data(Qt.ItemDataRole.UserRole) for i in self.list.selectedIndexes())
        return [row.target for row in rows if isinstance(row, Row)]

    def _follow(self, *_: object) -> None:
        """A question that was asked was about what was chosen then."""
        self._ask(asking=False)
        read_only = self._project.read_only
        may = bool(self._chosen()) and not self.work.is_busy and not read_only
        for button in (self.back, self.delete):
            button.setEnabled(may)
            button.setToolTip(self.tr("งานประเมินนี้เปิดดูอย่างเดียว") if read_only else "")
        self.list.setEnabled(not self.work.is_busy)

    # --- what can be done ---------------------------------------------------------------------

    def _take_back(self) -> None:
        chosen = self._chosen()
        if chosen and not self.work.is_busy and not self._project.read_only:
            self._push(from_bin(self._project.editor, chosen), self.tr("นำหลักฐานกลับจากถังขยะ"))

    def _delete(self) -> None:
        project, chosen = self._project, self._chosen()
        project.editor.checkpoint()
        self.work.run(
            self.tr("กำลังสำรองข้อมูลก่อนลบ…"),
            lambda handle: back_up(project, Reason.DELETION, cancelled=handle.cancelled),
            lambda _: self._delete_now(chosen),
        )

    def _delete_now(self, chosen: list[str]) -> None:
        project = self._project
        if self._copying():
            self.work.say(COPYING, "warn")
            return
        try:
            going = begin_emptying(project.editor, chosen)
        except EsaError as error:
            self.work.say_error(error)
            return
        self.work.run(
            self.tr("กำลังลบไฟล์…"), lambda _: finish_emptying(project, going), self._tell_emptied
        )

    def _tell_emptied(self, emptied: Emptied) -> None:
        words = self.tr("ลบถาวรแล้ว {count} รายการ ได้เนื้อที่คืน {size}").format(
            count=emptied.items, size=size_words(emptied.size) if emptied.size else "๐ KB"
        )
        if emptied.left:
            words += self.tr(" เหลือ {count} ไฟล์ที่โปรแกรมอื่นใช้อยู่").format(count=emptied.left)
        self.work.say(thai_digits(words), "good")
        self.emptied.emit()

    def _ask(self, *, asking: bool) -> None:
        self._asking = asking
        count = len(self._chosen())
        words = self.tr(
            "ลบ {count} รายการพร้อมไฟล์ออกจากเครื่องนี้ถาวร เลิกทำไม่ได้ "
            "ไฟล์จะหายไปจากข้อมูลสำรองในโฟลเดอร์ของงานด้วย สำเนาในไดรฟ์อื่นไม่เปลี่ยนแปลง"
        ).format(count=count)
        self._question.setText(thai_digits(words) if asking else "")
        self._question.setVisible(asking)
        verb = self.tr("ลบ {count} รายการถาวร").format(count=count)
        self.certain.setText(thai_digits(verb))
        self.certain.setAccessibleName(self.certain.text())
        self.certain.setAccessibleDescription(self._question.text())
        self.certain.setVisible(asking)
        if asking:
            self.leave.setFocus(Qt.FocusReason.OtherFocusReason)
            self.delete.setEnabled(False)
        if not self.work.is_busy:
            self.leave.setText(self.tr("ไม่ลบ") if asking else self.tr("ปิด"))
            self.leave.setAccessibleName(self.leave.text())
        self.make_main(self.leave if asking else self.back)

    # Qt override

    def reject(self) -> None:
        """Esc takes the question back first."""
        if self._asking:
            self._follow()
            self.delete.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().reject()


def _row(item: Evidence) -> TwoLines:
    title = f"{thai_digits(item.code)} {item.title}"
    size = size_words(size_of(item.all_files)) if item.all_files else ""
    names = ", ".join(file.name for file in item.files) or item.place
    spoken = " · ".join(filter(None, (title, size, names)))
    return TwoLines(item.id, spoken, title, size, names)
