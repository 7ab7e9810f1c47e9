"""ฉบับของไฟล์: the present file of an item and those it took the place of, and ways to a newer one."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from esa_desktop.domain.edits import Edit
from esa_desktop.domain.evidence import Evidence, EvidenceFile
from esa_desktop.domain.fields import Field, Kind
from esa_desktop.domain.thai import thai_digits
from esa_desktop.paths import documents_folder
from esa_desktop.services.evidence_versions import (
    Arrival,
    arrivals,
    keep_version,
    new_versions,
    take_version_back,
)
from esa_desktop.ui.choice_list import ChoiceList
from esa_desktop.ui.dialog_frame import wrapping_label
from esa_desktop.ui.evidence_model import JOINT, size_words
from esa_desktop.ui.moments import moment_words
from esa_desktop.ui.project_task import ask_project
from esa_desktop.ui.two_lines import TwoLineDelegate, TwoLines
from esa_desktop.ui.work_dialog import WorkDialog
from esa_desktop.ui.worker import Task

if TYPE_CHECKING:
    from esa_desktop.services.projects import Project

SIZE: Final = QSize(680, 480)
Push = Callable[[Edit, str], object]


class VersionsDialog(WorkDialog):
    open_requested = Signal(object)
    """The `EvidenceFile` somebody wants to look at."""
    edit_requested = Signal(object)
    """The `EvidenceFile` of the item that somebody wants to edit in another program."""

    def __init__(
        self, project: "Project", item_id: str, push: Push, parent: QWidget | None = None
    ) -> None:
        super().__init__("", SIZE, parent)
        self.setObjectName("versionsDialog")
        self._project = project
        self._item_id = item_id
        self._push = push
        self._arrivals: dict[str, Arrival] = {}
        self._asked: Task | None = None
        self._about = wrapping_label("", "quiet")
        self.list = ChoiceList(TwoLineDelegate(), self.tr("ฉบับของไฟล์"), self)
        self.list.setObjectName("versionList")
        self.body.setSpacing(8)
        self.body.addWidget(self._about)
        self._pages = self.add_pages(self.list)
        self.look = self.add_button(self.tr("เปิดดู"))
        self.edit = self.add_button(self.tr("แก้ไขในโปรแกรมอื่น"))
        self.newer = self.add_button(self.tr("แทนด้วยไฟล์ใหม่…"))
        self.take = self.add_button(self.tr("ใช้ฉบับนี้"))
        self.look.clicked.connect(self._look)
        self.edit.clicked.connect(self._edit)
        self.newer.clicked.connect(self._choose)
        self.take.clicked.connect(self._take)
        self.list.chosen.connect(self._follow)
        self.list.taken.connect(lambda _: self._look())
        self.work.busy.connect(self._follow)
        self.destroyed.connect(project.editor.subscribe(self._hear))
        self._show()
        self._ask_when()

    @property
    def _item(self) -> Evidence | None:
        return self._project.editor.round.items.get(self._item_id)

    def _hear(self, fields: frozenset[Field]) -> None:
        if any(field.kind is Kind.ITEM and field.owner == self._item_id for field in fields):
            self._show()
            if self._item is not None:
                self._ask_when()

    def _ask_when(self) -> None:
        """When and by whom each file became the present one: only its history knows."""
        if self._asked is not None:
            self._asked.cancel()
        project, item_id = self._project, self._item_id
        self._asked = ask_project(lambda: arrivals(project, item_id), self._hear_when, self)

    def _hear_when(self, found: dict[str, Arrival]) -> None:
        self._asked = None
        self._arrivals = found
        self._show()

    def _show(self) -> None:
        """The present files, then the earlier ones, the newest first."""
        item = self._item
        if item is None:
            self.accept()  # undone, or emptied out of the bin
            return
        title = f"{thai_digits(item.code)} {item.title}"
        self.heading.setText(self.tr("ไฟล์ของหลักฐาน {title}").format(title=title))
        self.setWindowTitle(self.heading.text())
        count = thai_digits(len(item.earlier))
        self._about.setText(
            self.tr("ฉบับก่อนหน้า {count} ฉบับเก็บไว้ครบ เปิดดูหรือนำกลับมาใช้ได้").format(count=count)
            if item.earlier
            else self.tr("ยังไม่มีฉบับก่อนหน้า เมื่อแก้ไขหรือแทนไฟล์ ฉบับเดิมจะเก็บไว้ที่นี่")
        )
        rows = [self._row(file, self.tr("ใช้อยู่")) for file in item.files]
        for number, file in reversed(list(enumerate(item.earlier, 1))):
            said = thai_digits(self.tr("ฉบับก่อนหน้าที่ {number}").format(number=number))
            rows.append(self._row(file, said))
        self.list.rows.set_rows(rows)
        if self.list.choice is None:
            self.list.choose(0)
        self._follow()

    @property
    def _chosen(self) -> EvidenceFile | None:
        item, row = self._item, self.list.choice
        if item is None or row is None:
            return None
        return next((file for file in item.all_files if file.sha256 == row.target), None)

    @property
    def _replaced(self) -> EvidenceFile | None:
        """The present file that another would take the place of: the chosen one, or the first."""
        item, chosen = self._item, self._chosen
        if item is None:
            return None
        return chosen if chosen in item.files else next(iter(item.files), None)

    def _follow(self, *_: object) -> None:
        item, chosen = self._item, self._chosen
        is_earlier = item is not None and chosen is not None and chosen not in item.files
        free = not self.work.is_busy
        may = free and not self._project.read_only
        self.look.setEnabled(free and chosen is not None)
        self.edit.setEnabled(may and chosen is not None and not is_earlier)
        self.newer.setEnabled(may and self._replaced is not None)
        self.take.setVisible(is_earlier)
        self.take.setEnabled(may)
        self.make_main(self.take if is_earlier else self.look)
        words = self.tr("งานประเมินนี้เปิดดูอย่างเดียว") if self._project.read_only else ""
        for button in (self.edit, self.newer, self.take):
            button.setToolTip(words)

    # --- what can be done ---------------------------------------------------------------------

    def _look(self) -> None:
        if self._chosen is not None:
            self.open_requested.emit(self._chosen)

    def _edit(self) -> None:
        chosen = self._chosen
        if chosen is not None:
            self.accept()
            self.edit_requested.emit(chosen)

    def _take(self) -> None:
        item, chosen, now = self._item, self._chosen, self._replaced
        if item is None or chosen is None or now is None or chosen in item.files:
            return
        edit = take_version_back(self._project.editor, item.id, now.sha256, chosen.sha256)
        self._push(edit, self.tr("ใช้ฉบับก่อนหน้า"))

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("เลือกไฟล์ฉบับใหม่"), str(documents_folder()), self.tr("ทุกไฟล์ (*)")
        )
        old = self._replaced
        if not name or old is None:
            return
        folder, source = self._project.folder, Path(name)
        self.work.run(
            self.tr("กำลังคัดลอกไฟล์…"),
            lambda handle: keep_version(folder, source, cancelled=handle.cancelled),
            lambda file: self._arrive(old, file),
        )

    def _arrive(self, old: EvidenceFile, file: EvidenceFile) -> None:
        item = self._item
        if item is None or old not in item.files:
            return  # changed meanwhile: the list shows how it is
        if file.sha256 == old.sha256:
            self.work.say(self.tr("ไฟล์ที่เลือกเหมือนฉบับที่ใช้อยู่ทุกประการ จึงไม่มีอะไรเปลี่ยน"), "good")
            return
        edit = new_versions(self._project.editor, item.id, {old.sha256: file})
        self._push(edit, self.tr("แทนด้วยไฟล์ใหม่"))
        self.work.say(self.tr("ใช้ไฟล์ใหม่แล้ว ฉบับเดิมเก็บไว้ในรายการนี้"), "good")

    def _row(self, file: EvidenceFile, right: str) -> TwoLines:
        came = self._arrivals.get(file.sha256)
        when = ""
        if came is not None:
            when = self.tr("ใช้ตั้งแต่ {when}").format(when=moment_words(came.moment))
            if came.author:
                when = self.tr("{when} โดย {author}").format(when=when, author=came.author)
        below = JOINT.join(filter(None, (when, size_words(file.size))))
        return TwoLines(file.sha256, JOINT.join((file.name, right, below)), file.name, right, below)

    # Qt override
    def done(self, result: int) -> None:
        if self._asked is not None:
            self._asked.cancel()
            self._asked = None
        super().done(result)
