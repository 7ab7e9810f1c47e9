"""บันทึกเป็น PDF: what, on which paper, in which font, where to; then progress and what came of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.edits import Edit
from esa_desktop.domain.errors import EsaError
from esa_desktop.domain.evidence import safe_file_name
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.exporting import (
    Image,
    PrintOptions,
    choosable_fonts,
    export_pdf,
    pdf_name,
    remember_options,
    stored_options,
)
from esa_desktop.ui.dialog_frame import WIDE, DialogFrame, wrapping_label
from esa_desktop.ui.option_fields import OptionFields
from esa_desktop.ui.preview_pane import Previewed
from esa_desktop.ui.scope_choice import ScopeChoice
from esa_desktop.ui.theme import set_tone
from esa_desktop.ui.verification import has_unverified
from esa_desktop.ui.worker import Task, TaskHandle

if TYPE_CHECKING:
    from esa_desktop.report.sheet import SheetResult

MOST_UNKNOWN = 12
"""Characters named in the sentence about those that no font has."""


class ExportDialog(DialogFrame):
    saved = Signal(object)
    """The `Path` of the new PDF."""

    def __init__(
        self,
        project: Previewed,
        push: Callable[[Edit, str], None],
        *,
        code: str,
        folder: Path,
        parent: QWidget | None = None,
    ) -> None:
        """``code``: the indicator in view; ``folder``: where the file is offered to be put."""
        super().__init__("", parent, width=WIDE)
        self.setObjectName("exportDialog")
        self.heading.setText(self.tr("บันทึกเป็น PDF"))
        self.setWindowTitle(self.heading.text())
        self._project = project
        self._push = push
        self._folder = folder
        self._name_is_own = False
        self._task: Task | None = None
        self._file: Path | None = None
        self._scope = ScopeChoice(project.editor.round.framework, code, self)
        self._options = OptionFields(stored_options(project.editor), self)
        self._doubt = wrapping_label(
            self.tr("มีชื่อหรือเกณฑ์ที่ยังไม่ได้ตรวจกับประกาศ โปรดตรวจก่อนใช้เป็นฉบับทางการ"), "second"
        )
        self._path = QLineEdit(self)
        self._browse = QPushButton(self.tr("เลือกที่เก็บ…"), self)
        self._note = wrapping_label("", "second")
        self._bar = QProgressBar(self)
        self._fault = wrapping_label("")
        self._outcome = wrapping_label("")
        self._arrange()
        self._leave = self.add_button(self.tr("ไม่บันทึก"))
        self._open_folder = self.add_button(self.tr("เปิดโฟลเดอร์"))
        self._open_file = self.add_button(self.tr("เปิดไฟล์"))
        self._save = self.add_button(self.tr("บันทึกเป็น PDF"), "main")
        self._open_folder.hide()
        self._open_file.hide()
        self._connect()
        self._offer_name()
        self._save.setFocus()

    # --- parts --------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self._form = QWidget(self)
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(4)
        form.addWidget(wrapping_label(self.tr("พิมพ์อะไร"), "heading"))
        form.addWidget(self._scope)
        form.addWidget(self._doubt)
        form.addSpacing(4)
        form.addWidget(self._options)
        form.addSpacing(4)
        form.addWidget(wrapping_label(self.tr("บันทึกไว้ที่"), "heading"))
        self._path.setAccessibleName(self.tr("บันทึกไว้ที่"))
        self._browse.setAccessibleName(self._browse.text())
        self._browse.setAutoDefault(False)
        where = QHBoxLayout()
        where.setSpacing(8)
        where.addWidget(self._path, 1)
        where.addWidget(self._browse)
        form.addLayout(where)
        form.addWidget(self._note)
        self._bar.setAccessibleName(self.tr("ความคืบหน้า"))
        set_tone(self._fault, "bad")
        set_tone(self._doubt, "warn")
        for part in (self._form, self._bar, self._outcome, self._fault):
            self.body.addWidget(part)
        for part in (self._note, self._bar, self._outcome, self._fault):
            part.hide()

    def _connect(self) -> None:
        self._scope.changed.connect(self._offer_name)
        self._path.textEdited.connect(self._own_name)
        self._browse.clicked.connect(self._choose_file)
        self._leave.clicked.connect(self.reject)
        self._save.clicked.connect(self._start)
        self._open_file.clicked.connect(lambda: self._open(self._file))
        self._open_folder.clicked.connect(
            lambda: self._open(self._file.parent if self._file else None)
        )
        fonts = Task(lambda _: choosable_fonts(), self)
        fonts.done.connect(self._options.offer_fonts)
        fonts.start()

    # --- where to -----------------------------------------------------------------------------

    def _offer_name(self) -> None:
        chosen = self._scope.indicators()
        self._save.setEnabled(chosen is None or bool(chosen))
        self._doubt.setVisible(has_unverified(self._project.editor.round.framework, chosen))
        if not self._name_is_own:
            name = pdf_name(self._project.editor.round, chosen)
            self._path.setText(str(self._folder / name))
        self._tell_place()

    def _own_name(self) -> None:
        self._name_is_own = True
        self._tell_place()

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("บันทึกเป็น PDF"),
            str(self._target()),
            self.tr("ไฟล์ PDF (*.pdf)"),
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if name:
            self._path.setText(name)
            self._own_name()

    def _target(self) -> Path:
        typed = Path(self._path.text().strip())
        name = typed.name if typed.suffix.lower() == ".pdf" else f"{typed.name}.pdf"
        return typed.parent / safe_file_name(name)

    def _tell_place(self) -> None:
        words = ""
        if not self._save.isEnabled():
            words = self.tr("เลือกอย่างน้อยหนึ่งตัวบ่งชี้")
        elif self._target().exists():
            words = self.tr("มีไฟล์ชื่อนี้อยู่แล้ว ไฟล์เดิมจะถูกแทนที่")
        self._note.setText(words)
        self._note.setVisible(bool(words))
        if self.isVisible():
            self.fit()

    # --- the run ------------------------------------------------------------------------------

    def _start(self) -> None:
        if self._file is not None:
            self.accept()
            return
        self._project.editor.checkpoint()
        self._fault.hide()
        wish = _Wish(
            self._project.editor.round,
            self._target(),
            self._options.value(),
            self._scope.indicators(),
            self._project.image_bytes,
        )
        task = Task(wish.fulfil, self)
        task.progress.connect(self._tell_progress)
        task.done.connect(lambda result: self._done(wish, result))
        task.failed.connect(self._tell)
        task.ended.connect(self._end)
        self._task = task
        self._wait(True)
        task.start()

    def _wait(self, waiting: bool) -> None:
        self._form.setEnabled(not waiting)
        self._save.setEnabled(not waiting)
        self._leave.setText(self.tr("หยุดบันทึก") if waiting else self.tr("ไม่บันทึก"))
        self._leave.setEnabled(True)
        self._bar.setVisible(waiting)
        self._bar.setRange(0, 0)
        self.fit()

    def _tell_progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _done(self, wish: "_Wish", result: "SheetResult") -> None:
        if wish.options != stored_options(self._project.editor):
            edit = remember_options(self._project.editor, wish.options)
            self._push(edit, self.tr("ตั้งค่าการพิมพ์"))
        self._file = wish.target
        words = self.tr("บันทึก {pages} หน้าไว้ที่").format(pages=result.pages)
        self.heading.setText(self.tr("บันทึกเป็น PDF แล้ว"))
        lines = [thai_digits(words), str(wish.target), *unknown_sentence(result.unknown_characters)]
        self._outcome.setText("\n".join(lines))
        self._outcome.show()
        self._form.hide()
        self._leave.hide()
        self._open_folder.show()
        self._open_file.show()
        self.saved.emit(wish.target)

    def _tell(self, error: EsaError) -> None:
        self._fault.setText(error.sentence)
        self._fault.show()

    def _end(self) -> None:
        self._task = None
        self._wait(False)
        if self._file is not None:
            self._save.setText(self.tr("ปิดหน้าต่างนี้"))
            self._save.setFocus()
        self.fit()

    def _open(self, path: Path | None) -> None:
        if path is not None and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._tell(EsaError(self.tr("เครื่องนี้ไม่มีโปรแกรมที่เปิดไฟล์นี้ได้ ไฟล์ยังอยู่ที่เดิม")))
            self.fit()

    # Qt overrides

    def reject(self) -> None:
        """Stops a run first; the dialog stays, so that it can be begun again."""
        if self._task is not None:
            self._leave.setEnabled(False)
            self._task.cancel()
            return
        super().reject()


def unknown_sentence(characters: Sequence[str]) -> list[str]:
    """At most one line: what was printed as a sign because no font has it."""
    if not characters:
        return []
    named = " ".join(characters[:MOST_UNKNOWN])
    more = " …" if len(characters) > MOST_UNKNOWN else ""
    return [f"อักขระที่ไม่มีในแบบอักษรใดของเครื่องนี้ พิมพ์เป็นเครื่องหมายแทน: {named}{more}"]


@dataclass(frozen=True)
class _Wish:
    """An export as values: the worker never sees the editor."""

    assessed: AssessmentRound
    target: Path
    options: PrintOptions
    indicators: list[str] | None
    image: Image

    def fulfil(self, handle: TaskHandle) -> "SheetResult":
        return export_pdf(
            self.assessed,
            self.target,
            self.options,
            indicators=self.indicators,
            progress=handle.progress,
            cancelled=handle.cancelled,
            image=self.image,
        )
