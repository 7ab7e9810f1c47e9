"""Shows what a framework file would change before anything does; taking it over is one step."""

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.errors import EsaError
from esa_desktop.domain.framework import Framework, Issue
from esa_desktop.domain.framework_changes import FrameworkChange, differences, merge_edition
from esa_desktop.domain.framework_problems import problems
from esa_desktop.domain.framework_tree import places
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services import frameworks
from esa_desktop.ui.choice_list import ChoiceList
from esa_desktop.ui.dialog_frame import wrapping_label
from esa_desktop.ui.empty_state import EmptyState
from esa_desktop.ui.framework_change_list import ChangeLineDelegate, change_lines, summary
from esa_desktop.ui.theme import set_tone
from esa_desktop.ui.work_dialog import WorkDialog
from esa_desktop.ui.worker import TaskHandle

SIZE: Final = QSize(860, 620)


class FrameworkImportDialog(WorkDialog):
    """Reads the file when it is shown; Esc leaves everything as it is."""

    taken = Signal(object)
    """The `Framework` that the file holds, to be merged into the one in use."""
    other_file_wanted = Signal()

    def __init__(
        self, assessed: AssessmentRound, path: Path, parent: QWidget | None = None
    ) -> None:
        super().__init__("", SIZE, parent)
        self.setObjectName("frameworkImportDialog")
        self.heading.setText(self.tr("นำเข้าฉบับมาตรฐานจาก “{name}”").format(name=path.name))
        self.setWindowTitle(self.tr("นำเข้าฉบับมาตรฐาน"))
        self._round = assessed
        self._incoming: Framework | None = None
        self._what = wrapping_label("", "heading")
        self._kept = wrapping_label("", "quiet")
        self.list = ChoiceList(ChangeLineDelegate(), self.tr("สิ่งที่จะเปลี่ยน"), self)
        self.list.setObjectName("frameworkChanges")
        self._nothing = EmptyState("file", self)
        self._nothing.say(self.tr("กำลังอ่านไฟล์"), path.name)
        found = QWidget(self)
        column = QVBoxLayout(found)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._what)
        column.addWidget(self._kept)
        column.addWidget(self.list, 1)
        self._pages = self.add_pages(self._nothing, found)
        self.other = self.add_button(self.tr("เลือกไฟล์อื่น…"))
        self.other.clicked.connect(self._choose_other)
        self.take = self.add_button(self.tr("ใช้ทั้งหมด"), "main")
        self.take.setObjectName("takeFrameworkChanges")
        self.take.clicked.connect(self._take)
        self.take.hide()
        self.work.run(
            self.tr("กำลังอ่านไฟล์และเทียบกับฉบับที่ใช้อยู่…"),
            partial(_read, path, assessed.framework),
            self._show,
            failed=self._tell,
        )

    def _show(self, outcome: tuple[Framework, tuple[FrameworkChange, ...]]) -> None:
        incoming, changes = outcome
        if not changes:
            self._nothing.say(
                self.tr("ไฟล์นี้เหมือนกับฉบับที่ใช้อยู่ทุกอย่าง"), self.tr("ไม่มีอะไรต้องนำเข้า"), icon_name="check"
            )
            return
        self._incoming = incoming
        self._what.setText(
            thai_digits(self.tr("จะเปลี่ยน {0} รายการ: {1}").format(len(changes), summary(changes)))
        )
        retired = written_and_retired(self._round, changes)
        words = self.tr("รหัสของประเด็นไม่เปลี่ยน ข้อความและหลักฐานที่กรอกไว้ยังอยู่กับประเด็นเดิม")
        if retired:
            words = self.tr(
                "มี {0} ประเด็นที่กรอกแล้วและไฟล์นี้ไม่มี จะย้ายไปไว้ใน “เลิกใช้แล้ว” ข้อความและหลักฐานยังอยู่ครบ"
            ).format(retired)
        if incoming.draft and not self._round.framework.draft:
            words += "\n" + why_a_draft(incoming)
        self._kept.setText(thai_digits(words))
        set_tone(self._kept, "warn" if retired else "")
        self.list.rows.set_rows(change_lines(changes))
        self._pages.setCurrentIndex(1)
        self.take.setText(thai_digits(self.tr("ใช้ทั้งหมด {0} รายการ").format(len(changes))))
        self.take.setAccessibleName(self.take.text())
        self.take.show()
        self.make_main(self.take)
        self.list.choose(0)
        self.take.setFocus()

    def _tell(self, error: EsaError) -> None:
        self._nothing.say(self.tr("นำเข้าไฟล์นี้ไม่ได้"), error.sentence, icon_name="warning")

    def _take(self) -> None:
        if self._incoming is not None:
            incoming, self._incoming = self._incoming, None
            self.accept()
            self.taken.emit(incoming)

    def _choose_other(self) -> None:
        self.reject()
        if not self.isVisible():
            self.other_file_wanted.emit()


def why_a_draft(incoming: Framework) -> str:
    """Why the edition becomes a draft, which nobody may have chosen: a sentence."""
    count = sum(problem.unfinished for problem in problems(incoming))
    if not count:
        return QCoreApplication.translate(
            "frameworkImport", "สถานะจะเป็นฉบับร่าง ตามที่เลือกไว้ในไฟล์ เปลี่ยนได้ในหน้าฉบับมาตรฐาน"
        )
    words = QCoreApplication.translate(
        "frameworkImport",
        "สถานะจะเป็นฉบับร่าง เพราะไฟล์นี้ยังกรอกไม่ครบ {0} จุด กรอกครบแล้วเปลี่ยนเป็นฉบับใช้จริงได้ในหน้าฉบับมาตรฐาน",
    )
    return words.format(count)


def _read(
    path: Path, current: Framework, handle: TaskHandle
) -> tuple[Framework, tuple[FrameworkChange, ...]]:
    """The edition in the file, and what it would change here."""
    incoming = frameworks.read_edition(path, current)
    handle.check()
    return incoming, differences(current, merge_edition(current, incoming))


def written_and_retired(assessed: AssessmentRound, changes: tuple[FrameworkChange, ...]) -> int:
    """How many issues that somebody wrote about would go out of use."""
    known = places(assessed.framework)
    gone = {change.node_id for change in changes if change.kind == "retired"}
    count = 0
    for node_id, place in known.items():
        if not isinstance(place.node, Issue) or not place.in_use or node_id not in assessed.issues:
            continue
        above = node_id
        while above and above not in gone:
            above = known[above].parent
        count += bool(above)
    return count
