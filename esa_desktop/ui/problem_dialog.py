"""แจ้งปัญหา: what a person says, the whole file to be read before, and one text file to send by oneself."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QStandardPaths, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QWidget

from esa_desktop.domain.errors import EsaError
from esa_desktop.paths import documents_folder, user_folder
from esa_desktop.services.problem_report import (
    FILE_NAME,
    Fact,
    hidden,
    last_crash,
    machine_facts,
    problem_report,
    read_log,
    save_report,
)
from esa_desktop.ui.dialog_frame import WIDE, DialogFrame, wrapping_label
from esa_desktop.ui.surroundings import surroundings
from esa_desktop.ui.theme import set_tone
from esa_desktop.ui.worker import Task, TaskHandle

if TYPE_CHECKING:
    from esa_desktop.services.projects import Project

Gathered = tuple[tuple[Fact, ...], tuple[Fact, ...] | None, str, str]
"""Machine, project, log and crash, as `problem_report` takes them."""
TEXT_HEIGHT: Final = 190
"""Pixels of the file that is to be read; more of it is scrolled."""


class ProblemDialog(DialogFrame):
    saved = Signal(object)
    """The `Path` of the file."""

    def __init__(
        self, parent: QWidget | None, project: "Project | None" = None, *, crash: str = ""
    ) -> None:
        """``crash``: the report of what just went wrong, else the last one in the log is taken."""
        super().__init__("แจ้งปัญหา", parent, width=WIDE)
        self.setObjectName("problemDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.heading.setText(self.tr("แจ้งปัญหา"))
        self.setWindowTitle(self.heading.text())
        self._gathered: Gathered | None = None
        self._file: Path | None = None
        self._make_fields()
        self._leave = self.add_button(self.tr("ไม่บันทึก"))
        self._leave.clicked.connect(self.reject)
        self._show_folder = self.add_button(self.tr("เปิดโฟลเดอร์ที่บันทึก"))
        self._show_folder.clicked.connect(self._open_folder)
        self._show_folder.hide()
        self._save = self.add_button(self.tr("บันทึกเป็นไฟล์…"), "main")
        self._save.clicked.connect(self._choose)
        self._save.setEnabled(False)
        self._words.setFocus()
        task = Task(partial(_gather, project, surroundings(parent), crash), self)
        task.done.connect(self._take)
        task.start()

    @property
    def text(self) -> str:
        """The file as it would be saved now; empty until everything is gathered."""
        if self._gathered is None:
            return ""
        machine, project, log, crash = self._gathered
        return problem_report(
            self._words.toPlainText(), machine=machine, project=project, log=log, crash=crash
        )

    # --- inside -------------------------------------------------------------------------------

    def _make_fields(self) -> None:
        self._words = QPlainTextEdit(self)
        self._words.setTabChangesFocus(True)
        self._words.setPlaceholderText(self.tr("เช่น กดพิมพ์แล้วได้หน้าว่าง เกิดทุกครั้งที่เลือกกระดาษ F4"))
        self._words.setFixedHeight(88)
        self._words.textChanged.connect(self._show)
        self._shown = QPlainTextEdit(self)
        self._shown.setReadOnly(True)
        self._shown.setTabChangesFocus(True)
        self._shown.setMinimumHeight(TEXT_HEIGHT)
        self._shown.setPlainText(self.tr("กำลังรวบรวม"))
        self._note = wrapping_label("", "")
        self._note.hide()
        for heading, field, about in (
            (
                self.tr("เกิดอะไรขึ้น (ไม่เขียนก็ได้)"),
                self._words,
                self.tr("ข้อความในช่องนี้จะอยู่ในไฟล์ตามที่พิมพ์ จึงไม่ควรใส่ชื่อบุคคล"),
            ),
            (
                self.tr("ข้อความทั้งหมดในไฟล์"),
                self._shown,
                self.tr("โปรแกรมไม่ส่งไฟล์ไปไหนเอง บันทึกแล้วแนบไปกับอีเมลหรือไลน์ถึงผู้ดูแลโปรแกรมของท่าน"),
            ),
        ):
            label = wrapping_label(heading, "heading")
            label.setBuddy(field)
            field.setAccessibleName(heading)
            field.setAccessibleDescription(about)
            self.body.addWidget(label)
            self.body.addWidget(field)
            self.body.addWidget(wrapping_label(about, "second"))
            self.body.addSpacing(8)
        self.body.addWidget(self._note)

    def _take(self, gathered: Gathered) -> None:
        self._gathered = gathered
        self._save.setEnabled(True)
        self._show()

    def _show(self) -> None:
        if self._gathered is None:
            return
        bar = self._shown.verticalScrollBar()
        place = bar.value()
        self._shown.setPlainText(self.text)
        bar.setValue(place)

    def _choose(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("บันทึกไฟล์แจ้งปัญหา"),
            str(_offered_folder() / FILE_NAME),
            self.tr("ไฟล์ข้อความ (*.txt)"),
        )
        if name:
            self._write(Path(name) if Path(name).suffix else Path(f"{name}.txt"))

    def _write(self, target: Path) -> None:
        try:
            save_report(self.text, target)
        except EsaError as error:
            self._say(error.sentence, "bad")
            return
        self._file = target
        self._say(self.tr("บันทึกแล้วที่ {0}").format(target), "good")
        self._leave.setText(self.tr("ปิด"))
        self._leave.setAccessibleName(self._leave.text())
        self._show_folder.show()
        for button in (self._leave, self._show_folder, self._save):
            button.setAutoDefault(True)  # Enter presses the one that has the frame
        self._show_folder.setDefault(True)
        self._show_folder.setFocus()
        self.saved.emit(target)

    def _say(self, words: str, tone: str) -> None:
        set_tone(self._note, tone)
        self._note.setText(words)
        self._note.show()
        self.fit()

    def _open_folder(self) -> None:
        if self._file is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._file.parent)))


def _gather(
    project: "Project | None", around: Sequence[Fact], crash: str, _: TaskHandle
) -> Gathered:
    """On a worker's thread: files are read, a drive of the network may take its time."""
    from esa_desktop.services.hidden_words import words_to_hide

    folders = [user_folder()] + ([project.folder] if project is not None else [])
    words = words_to_hide(project, folders)
    log = read_log()
    shown_log, shown_crash = hidden(words, log, crash or last_crash(log))
    counts: tuple[Fact, ...] | None = None
    if project is not None:
        from esa_desktop.services.project_counts import count_project

        counts = count_project(project, user_folder())
    return (*machine_facts(folders), *around), counts, shown_log, shown_crash


def _offered_folder() -> Path:
    """The desktop: what is to be sent is to be found again."""
    desktop = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DesktopLocation)
    return Path(desktop) if desktop and Path(desktop).is_dir() else documents_folder()
