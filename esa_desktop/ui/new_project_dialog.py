"""A new project: whose, which fiscal year, which framework, and the folder it is to live in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from esa_desktop.domain.errors import EsaError, ValueRefused
from esa_desktop.domain.evidence import file_name_around
from esa_desktop.domain.framework import Framework
from esa_desktop.domain.thai import clean_text, fiscal_year_of, parse_fiscal_year, thai_digits
from esa_desktop.paths import documents_folder, user_folder
from esa_desktop.services.frameworks import find_framework, shipped_frameworks
from esa_desktop.services.identity import who_am_i
from esa_desktop.services.places import place_warning
from esa_desktop.services.projects import SUFFIX, create_project
from esa_desktop.ui.dialog_frame import WIDE, DialogFrame, wrapping_label
from esa_desktop.ui.path_edit import PathEdit
from esa_desktop.ui.theme import set_tone
from esa_desktop.ui.verification import has_unverified
from esa_desktop.ui.worker import Task, TaskHandle


@dataclass(frozen=True, slots=True)
class NewProject:
    folder: Path
    framework: Framework
    office: str
    fiscal_year: int


class NewProjectDialog(DialogFrame):
    created = Signal(object)
    """The `Path` of the new project's folder."""

    def __init__(self, parent: QWidget | None = None, *, start: Path | None = None) -> None:
        super().__init__("", parent, width=WIDE)
        self.setObjectName("newProjectDialog")
        self.heading.setText(self.tr("สร้างงานประเมินใหม่"))
        self.setWindowTitle(self.heading.text())
        self._start = start or documents_folder()
        self._frameworks = list(shipped_frameworks())
        self._folder_is_own = False
        self._task: Task | None = None
        self._make_fields()
        self._leave = self.add_button(self.tr("ไม่สร้าง"))
        self._create = self.add_button(self.tr("สร้างงานประเมิน"), "main")
        self._connect()
        self._show_framework()
        self._follow_names()
        self._office.setFocus()

    # --- fields -------------------------------------------------------------------------------

    def _make_fields(self) -> None:
        self._office = QLineEdit(self)
        self._office.setPlaceholderText(self.tr("เช่น สพป.เวียงสายธาร เขต ๑"))
        self._office_fault = self._field(self.tr("ชื่อสำนักงาน"), self._office)
        self._year = QLineEdit(self)
        this_year = fiscal_year_of(datetime.now(UTC).astimezone().date())
        self._year.setText(thai_digits(this_year))
        self._year_fault = self._field(self.tr("ปีงบประมาณ (พ.ศ.)"), self._year)
        self._framework = QComboBox(self)
        for framework in self._frameworks:
            self._framework.addItem(framework_name(framework))
        self._framework.addItem(self.tr("เลือกไฟล์อื่น…"))
        self._about = self._field(self.tr("ฉบับมาตรฐาน"), self._framework)
        self._folder = PathEdit("", self)
        self._browse = QPushButton(self.tr("เลือกที่เก็บ…"), self)
        self._browse.setAccessibleName(self._browse.text())
        self._browse.setAutoDefault(False)
        self._folder_note = self._field(self.tr("เก็บไว้ที่"), self._folder, self._browse)
        self._fault = wrapping_label("")
        set_tone(self._fault, "bad")
        self._fault.hide()
        self.body.addWidget(self._fault)

    def _field(self, words: str, editor: QWidget, beside: QWidget | None = None) -> QLabel:
        """A heading, its editor, and below it the place for a sentence about what is typed."""
        heading = wrapping_label(words, "heading")
        heading.setBuddy(editor)
        editor.setAccessibleName(words)
        note = wrapping_label("", "second")
        note.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(editor, 1)
        if beside is not None:
            row.addWidget(beside)
        self.body.addWidget(heading)
        self.body.addLayout(row)
        self.body.addWidget(note)
        return note

    def _connect(self) -> None:
        self._office.textEdited.connect(self._follow_names)
        self._year.textEdited.connect(self._follow_names)
        self._office.textEdited.connect(lambda: self._note(self._office, self._office_fault))
        self._year.editingFinished.connect(self._check_year)
        self._framework.activated.connect(self._choose_framework)
        self._folder.textEdited.connect(self._own_folder)
        self._browse.clicked.connect(self._choose_folder)
        self._leave.clicked.connect(self.reject)
        self._create.clicked.connect(self._try)

    # --- while it is filled in ----------------------------------------------------------------

    def _follow_names(self) -> None:
        """The folder is named after office and year until a person names it otherwise."""
        if not self._folder_is_own:
            office = self._office.text().strip() or self.tr("งานประเมิน")
            name = file_name_around("", office, self._year.text().strip())
            self._folder.setText(str(self._start / (name + SUFFIX)))
        self._show_place()

    def _own_folder(self) -> None:
        self._folder_is_own = True
        self._show_place()

    def _show_place(self) -> None:
        warning = place_warning(self._folder_path())
        self._note(self._folder, self._folder_note, warning, tone="warn")

    def _check_year(self) -> None:
        try:
            parse_fiscal_year(self._year.text())
        except ValueRefused as error:
            self._note(self._year, self._year_fault, error.sentence)
        else:
            self._note(self._year, self._year_fault)

    def _choose_framework(self, place: int) -> None:
        if place < len(self._frameworks):
            self._show_framework()
            return
        name, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("เลือกไฟล์ฉบับมาตรฐาน"),
            str(self._start),
            self.tr("ฉบับมาตรฐาน (*.toml *.xlsx)"),
        )
        fault = ""
        if name:
            try:
                self._add_framework(find_framework(name))
            except EsaError as error:
                fault = error.sentence
        if not name or fault:
            self._framework.setCurrentIndex(0)
            self._show_framework()
        if fault:
            self._note(self._framework, self._about, fault)

    def _add_framework(self, framework: Framework) -> None:
        self._frameworks.append(framework)
        with QSignalBlocker(self._framework):
            place = len(self._frameworks) - 1
            self._framework.insertItem(place, framework_name(framework))
            self._framework.setCurrentIndex(place)
        self._show_framework()

    def _show_framework(self) -> None:
        framework = self._frameworks[self._framework.currentIndex()]
        known = all(standard.verified for standard in framework.standards)
        unsure = framework.draft or not known or has_unverified(framework)
        words = framework_contents(framework)
        if unsure:
            words += self.tr("  ·  ยังไม่ได้ตรวจกับประกาศ แก้ไขหรือเพิ่มเติมภายหลังได้")
        self._note(self._framework, self._about, words, tone="")

    def _choose_folder(self) -> None:
        place = QFileDialog.getExistingDirectory(
            self, self.tr("เลือกที่เก็บงานประเมิน"), str(self._start)
        )
        if place:
            self._start = Path(place)
            name = self._folder_path().name
            self._folder.setText(str(self._start / name))
            self._folder_is_own = True
            self._show_place()

    def _folder_path(self) -> Path:
        typed = self._start / self._folder.text().strip()  # a bare name is meant for documents
        if not typed.name or typed.name.endswith(SUFFIX):
            return typed
        return typed.with_name(typed.name + SUFFIX)

    # --- create -------------------------------------------------------------------------------

    def wish(self) -> NewProject | None:
        """What was filled in; ``None`` after a sentence was put beside what is missing."""
        self._check_year()
        office = clean_text(self._office.text()).strip()
        if not office:
            self._note(self._office, self._office_fault, self.tr("กรุณาพิมพ์ชื่อสำนักงาน"))
            self._office.setFocus()
            return None
        try:
            year = parse_fiscal_year(self._year.text())
        except ValueRefused:
            self._year.setFocus()
            return None
        framework = self._frameworks[self._framework.currentIndex()]
        return NewProject(self._folder_path(), framework, office, year)

    def _try(self) -> None:
        wish = self.wish()
        if wish is None or self._task is not None:
            return
        self._fault.hide()
        self._wait(True)
        self._task = Task(_creation(wish), self)
        self._task.done.connect(lambda _: self._done(wish))
        self._task.failed.connect(self._tell)
        self._task.ended.connect(self._end)
        self._task.start()

    def _done(self, wish: NewProject) -> None:
        self.accept()
        self.created.emit(wish.folder)

    def _tell(self, error: EsaError) -> None:
        self._fault.setText(error.sentence)
        self._fault.show()
        self.fit()

    def _end(self) -> None:
        self._task = None
        self._wait(False)

    def _wait(self, waiting: bool) -> None:
        words = self.tr("กำลังสร้าง…") if waiting else self.tr("สร้างงานประเมิน")
        self._create.setText(words)
        self._create.setEnabled(not waiting)

    def _note(self, editor: QWidget, note: QLabel, words: str = "", *, tone: str = "bad") -> None:
        note.setText(words)
        set_tone(note, tone)
        set_tone(editor, "bad" if words and tone == "bad" else "")
        editor.setAccessibleDescription(words)
        if note.isHidden() != (not words):
            note.setVisible(bool(words))
        if self.isVisible():
            self.fit()

    # Qt overrides

    def reject(self) -> None:
        if self._task is None:  # what is being created cannot be left half-way
            super().reject()


def framework_name(framework: Framework) -> str:
    """The title with its marks in words."""
    return framework.title + ("  (ฉบับร่าง)" if framework.draft else "")


def framework_contents(framework: Framework) -> str:
    indicators = sum(1 for _ in framework.indicators())
    issues = sum(1 for _ in framework.issues())
    standards = len(framework.standards)
    return thai_digits(f"{standards} มาตรฐาน {indicators} ตัวบ่งชี้ {issues} ประเด็น")


def _creation(wish: NewProject) -> Callable[[TaskHandle], None]:
    def create(_: TaskHandle) -> None:
        create_project(
            wish.folder,
            wish.framework,
            office=wish.office,
            fiscal_year=wish.fiscal_year,
            who=who_am_i(user_folder()),
        )

    return create
