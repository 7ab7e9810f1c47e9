"""หาไฟล์ที่หายไป: which files of evidence are gone, and a search for them by what they hold or how they are called."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from esa_desktop.domain.edits import Batch, Edit
from esa_desktop.domain.errors import AttachError
from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.domain.thai import thai_digits
from esa_desktop.paths import documents_folder
from esa_desktop.services.evidence_versions import new_versions
from esa_desktop.services.relinking import Found, Missing, look_for, missing_files, put_back
from esa_desktop.ui.choice_list import ChoiceList
from esa_desktop.ui.dialog_frame import wrapping_label
from esa_desktop.ui.empty_state import EmptyState
from esa_desktop.ui.two_lines import TwoLineDelegate, TwoLines
from esa_desktop.ui.work_dialog import WorkDialog
from esa_desktop.ui.worker import TaskHandle

if TYPE_CHECKING:
    from esa_desktop.services.projects import Project

SIZE: Final = QSize(680, 540)
Push = Callable[[Edit, str], object]
Came = tuple[tuple[tuple[Found, EvidenceFile], ...], tuple[str, ...]]
"""What was put back, and sentences about what was not."""


class RelinkDialog(WorkDialog):
    """The same bytes mend the project by themselves; a file that only has the name becomes a new version."""

    mended = Signal()
    """Some files are there again: who shows them asks the disk anew."""

    def __init__(self, project: "Project", push: Push, parent: QWidget | None = None) -> None:
        super().__init__("", SIZE, parent)
        self.setObjectName("relinkDialog")
        self.heading.setText(self.tr("หาไฟล์หลักฐานที่หายไป"))
        self.setWindowTitle(self.heading.text())
        self._project = project
        self._push = push
        self._missing: tuple[Missing, ...] = ()
        self._found: dict[tuple[str, str], Found] = {}
        self._about = wrapping_label("", "quiet")
        self.list = ChoiceList(TwoLineDelegate(), self.tr("ไฟล์ที่หายไป"), self)
        self.list.setObjectName("missingList")
        self._empty = EmptyState("check", self)
        self.body.setSpacing(8)
        self.body.addWidget(self._about)
        self._pages = self.add_pages(self._empty, self.list)
        self.file = self.add_button(self.tr("เลือกไฟล์ให้รายการนี้…"))
        self.folder = self.add_button(self.tr("ค้นหาในโฟลเดอร์…"))
        self.take = self.add_button(self.tr("ใช้ไฟล์ที่พบ"))
        self.make_main(self.folder)
        self.file.clicked.connect(self._choose_file)
        self.folder.clicked.connect(self._choose_folder)
        self.take.clicked.connect(self._take)
        self.list.chosen.connect(self._follow)
        self.work.busy.connect(self._follow)
        self._look()

    # --- what is missing ----------------------------------------------------------------------

    def _look(self, words: str = "", tone: str = "good") -> None:
        """Ask the disk; ``words``: what was just done, said when the answer is there."""
        assessed, folder = self._project.editor.round, self._project.folder

        def show(missing: tuple[Missing, ...]) -> None:
            self._show(missing)
            self.work.say(words, tone)

        self._empty.say(self.tr("กำลังตรวจไฟล์"), self.tr("ตรวจว่าไฟล์ของหลักฐานทุกรายการอยู่ครบ"))
        self.work.run(
            self.tr("กำลังตรวจไฟล์…"),
            lambda handle: missing_files(assessed, folder, cancelled=handle.cancelled),
            show,
        )

    def _show(self, missing: tuple[Missing, ...]) -> None:
        self._missing = missing
        self._empty.say(self.tr("ไฟล์หลักฐานอยู่ครบทุกไฟล์"), self.tr("ไม่ต้องทำอะไร"))
        self._pages.setCurrentIndex(1 if missing else 0)
        words = self.tr(
            "ไม่พบ {count} ไฟล์ เลือกโฟลเดอร์หรือไดรฟ์ที่อาจมีไฟล์เหล่านี้ โปรแกรมเทียบเนื้อหาข้างในก่อน แล้วจึงเทียบชื่อ"
        )
        self._about.setText(thai_digits(words.format(count=len(missing))))
        self._about.setVisible(bool(missing))
        self._redraw()

    def _redraw(self) -> None:
        titles = {item.id: item.title for item in self._project.editor.round.items.values()}
        rows = [
            _row(one, titles.get(one.item_id, ""), self._found.get(_key(one)))
            for one in self._missing
        ]
        self.list.rows.set_rows(rows)
        if rows and self.list.choice is None:
            self.list.choose(0)
        self._follow()

    def _follow(self, *_: object) -> None:
        read_only = self._project.read_only
        free = bool(self._missing) and not self.work.is_busy and not read_only
        has_found = any(_key(one) in self._found for one in self._missing)
        self.file.setEnabled(free and self.list.choice is not None)
        self.folder.setEnabled(free)
        self.take.setEnabled(free and has_found)
        self.take.setVisible(has_found)
        self.make_main(self.take if has_found else self.folder)
        for button in (self.file, self.folder, self.take):
            button.setToolTip(self.tr("งานประเมินนี้เปิดดูอย่างเดียว") if read_only else "")

    # --- looking ------------------------------------------------------------------------------

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, self.tr("เลือกโฟลเดอร์หรือไดรฟ์ที่จะค้นหา"), str(documents_folder())
        )
        if name:
            self.search(Path(name))

    def search(self, folder: Path) -> None:
        """Look for everything that is missing in a folder and what is in it."""
        missing = self._missing
        self.work.run(
            self.tr("กำลังค้นหาใน {folder}…").format(folder=folder),
            lambda handle: look_for(
                missing, folder, cancelled=handle.cancelled, progress=handle.progress
            ),
            self._hear_found,
            stopped=lambda: self.work.say(self.tr("หยุดค้นหาแล้ว ไม่มีอะไรเปลี่ยนแปลง")),
        )

    def _hear_found(self, found: tuple[Found, ...]) -> None:
        self._found.update({_key(one.missing): one for one in found})
        self._redraw()
        if found:
            words = self.tr("พบ {count} จาก {all} ไฟล์ ตรวจรายการแล้วกด “ใช้ไฟล์ที่พบ”")
            told = words.format(count=len(found), all=len(self._missing))
            self.work.say(thai_digits(told), "good")
        else:
            self.work.say(self.tr("ไม่พบไฟล์เหล่านี้ในโฟลเดอร์นั้น ลองโฟลเดอร์อื่น หรือขอไฟล์จากเจ้าของอีกครั้ง"))

    def _choose_file(self) -> None:
        row = self.list.choice
        one = next((m for m in self._missing if row and _target(m) == row.target), None)
        if one is None:
            return
        name, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("เลือกไฟล์แทน {name}").format(name=one.file.name),
            str(documents_folder()),
            self.tr("ทุกไฟล์ (*)"),
        )
        if name:
            self._found[_key(one)] = Found(one, Path(name), is_same=False)
            self._redraw()

    # --- taking -------------------------------------------------------------------------------

    def _take(self) -> None:
        chosen = [self._found[_key(one)] for one in self._missing if _key(one) in self._found]
        folder = self._project.folder
        if chosen:
            self.work.run(
                self.tr("กำลังคัดลอกไฟล์…"), partial(_put_back, folder, chosen), self._arrive
            )

    def _arrive(self, came: Came) -> None:
        """What has other bytes becomes a new version of its item: all in one step."""
        back, sentences = came
        editor = self._project.editor
        newer: dict[str, dict[str, EvidenceFile]] = {}
        for found, file in back:
            old = found.missing.file.sha256
            if file.sha256 != old and found.missing.item_id in editor.round.items:
                newer.setdefault(found.missing.item_id, {})[old] = file
        edits = [new_versions(editor, item_id, files) for item_id, files in newer.items()]
        if edits:
            self._push(Batch(tuple(edits)), self.tr("ใช้ไฟล์ที่หามาแทน"))
        for found, _ in back:
            self._found.pop(_key(found.missing), None)
        self.mended.emit()
        words = thai_digits(self.tr("ได้ไฟล์คืน {count} ไฟล์").format(count=len(back)))
        if sentences:
            words = " ".join((words, *sentences))
        self._look(words, "bad" if sentences else "good")


def _put_back(folder: Path, chosen: Sequence[Found], handle: TaskHandle) -> Came:
    """One file that cannot be had does not stop the others."""
    back: list[tuple[Found, EvidenceFile]] = []
    sentences: list[str] = []
    for place, found in enumerate(chosen):
        handle.progress(place, len(chosen))
        try:
            back.append((found, put_back(folder, found, cancelled=handle.cancelled)))
        except AttachError as error:
            sentences.append(error.sentence)
    return tuple(back), tuple(sentences)


def _key(missing: Missing) -> tuple[str, str]:
    return missing.item_id, missing.file.sha256


def _target(missing: Missing) -> str:
    return ":".join(_key(missing))


def _row(missing: Missing, title: str, found: Found | None) -> TwoLines:
    head = f"{thai_digits(missing.code)} {title}"
    if found is None:
        right, below = "ไม่พบไฟล์", missing.file.name
    else:
        right = "พบไฟล์เดียวกัน" if found.is_same else "จะเก็บเป็นฉบับใหม่"
        below = str(found.path)
    return TwoLines(_target(missing), f"{head} · {right} · {below}", head, right, below)
