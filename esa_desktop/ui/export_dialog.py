"""พิมพ์และบันทึก: which form on which paper, its pages in view, then into a file or to the printer."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from esa_desktop.domain.errors import EsaError, ReportError
from esa_desktop.domain.evidence import safe_file_name
from esa_desktop.domain.printing import Form, PrintOptions
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.exporting import (
    choosable_fonts,
    keep_options,
    pdf_name,
    stored_options,
)
from esa_desktop.services.reprinting import keep_printed, printed_before
from esa_desktop.ui.dialog_frame import DialogFrame, wrapping_label
from esa_desktop.ui.form_choice import FormChoice
from esa_desktop.ui.live_preview import LivePreview
from esa_desktop.ui.option_fields import OptionFields
from esa_desktop.ui.path_edit import PathEdit
from esa_desktop.ui.preview_pane import Previewed
from esa_desktop.ui.print_wish import PrintWish, SetPages
from esa_desktop.ui.printing import NO_PRINTER, has_printer
from esa_desktop.ui.theme import set_role, set_tone
from esa_desktop.ui.verification import has_unverified
from esa_desktop.ui.whole_lines import WholeLines
from esa_desktop.ui.worker import Task

MOST_UNKNOWN = 12
"""Characters named in the sentence about those that no font has."""
WIDTH = 1180
HEIGHT = 680
LEAST_HEIGHT = 100
"""Of the choices and of the pages, for small screens at 200 %."""
CHOICES_WIDTH = 420


class ExportDialog(DialogFrame):
    saved = Signal(object)
    """The `Path` of the new PDF."""
    print_requested = Signal(object)
    """A `PrintWish`: the dialog is closed, the printer is asked for."""

    def __init__(
        self,
        project: Previewed,
        *,
        code: str,
        folder: Path,
        form: Form = "sheets",
        printing: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """``code``: the indicator in view; ``folder``: where the file is offered to be put;
        ``printing``: Enter asks for the printer rather than for the file.
        """
        super().__init__("", parent, width=WIDTH)
        self.setObjectName("exportDialog")
        self.heading.setText(self.tr("พิมพ์และบันทึกเป็น PDF"))
        self.setWindowTitle(self.heading.text())
        self._project = project
        self._folder = folder
        self._name_is_own = False
        self._task: Task | None = None
        self._file: Path | None = None
        # A draft, or only what is ready, is asked for anew each time: forgotten, it would be missed.
        options = replace(stored_options(project.editor), watermark="", only_ready=False)
        framework = project.editor.round.framework
        self._what = FormChoice(framework, options, form=form, code=code, parent=self)
        self._changed_only = QCheckBox(self.tr("เฉพาะหน้าที่เปลี่ยนจากการพิมพ์ครั้งก่อน"), self)
        self._changed_only.setAccessibleName(self._changed_only.text())
        self._options = OptionFields(options, self)
        self._doubt = wrapping_label(
            self.tr("มีชื่อหรือเกณฑ์ที่ยังไม่ได้ตรวจกับประกาศ โปรดตรวจก่อนใช้เป็นฉบับทางการ"), "second"
        )
        self._path = PathEdit("", self)
        self._browse = QPushButton(self.tr("เลือกที่เก็บ…"), self)
        self._note = wrapping_label("", "second")
        self._bar = QProgressBar(self)
        self._fault = wrapping_label("")
        self._outcome = wrapping_label("")
        self.preview = LivePreview(self)
        self.preview.setMinimumHeight(LEAST_HEIGHT)
        self._arrange()
        self._leave = self.add_button(self.tr("ปิด"))
        self._open_folder = self.add_button(self.tr("เปิดโฟลเดอร์"))
        self._open_file = self.add_button(self.tr("เปิดในโปรแกรมอ่าน PDF"))
        self._print = self.add_button(self.tr("พิมพ์…"), "main" if printing else "")
        self._save = self.add_button(self.tr("บันทึกเป็น PDF"), "" if printing else "main")
        self._open_folder.hide()
        self._open_when_saved = False
        self._connect()
        self._follow()
        (self._print if printing else self._save).setFocus()

    # --- parts --------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self._form = QWidget(self)
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 12, 0)
        form.setSpacing(4)
        form.addWidget(wrapping_label(self.tr("พิมพ์อะไร"), "heading"))
        form.addWidget(self._what)
        form.addWidget(self._changed_only)
        form.addWidget(self._doubt)
        form.addSpacing(4)
        form.addWidget(wrapping_label(self.tr("พิมพ์อย่างไร"), "heading"))
        form.addWidget(self._options)
        self._bar.setAccessibleName(self.tr("ความคืบหน้า"))
        set_tone(self._fault, "bad")
        set_tone(self._doubt, "warn")
        left = QVBoxLayout()
        left.setSpacing(4)
        # They scroll for themselves: the pages beside them stay in view.
        self._choices = WholeLines(self._form, self)
        self._choices.setMinimumHeight(LEAST_HEIGHT)
        left.addWidget(self._outcome)
        left.addWidget(self._choices, 1)
        self._edge = QFrame(self)
        set_role(self._edge, "rule")
        self._edge.setFixedHeight(1)
        left.addWidget(self._edge)
        left.addWidget(self._make_place())
        for part in (self._bar, self._fault):
            left.addWidget(part)
        for part in (self._note, self._bar, self._outcome, self._fault):
            part.hide()
        left.addStretch()
        self._left = QWidget(self)
        self._left.setFixedWidth(CHOICES_WIDTH)
        left.setContentsMargins(0, 0, 0, 0)
        self._left.setLayout(left)
        sides = QHBoxLayout()
        sides.setSpacing(16)
        sides.addWidget(self._left)
        sides.addWidget(self.preview, 1)
        # Not in the body, which scrolls: here the choices and the pages scroll each for itself.
        self._scroll.hide()
        self._column.insertLayout(1, sides, 1)

    def _make_place(self) -> QWidget:
        """Always in view: nobody should have to look for the file afterwards."""
        self._path.setAccessibleName(self.tr("บันทึกไว้ที่"))
        self._browse.setAccessibleName(self._browse.text())
        self._browse.setAutoDefault(False)
        self._place = QWidget(self)
        column = QVBoxLayout(self._place)
        column.setContentsMargins(0, 4, 12, 0)
        column.setSpacing(2)
        column.addWidget(wrapping_label(self.tr("บันทึกไว้ที่"), "heading"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._path, 1)
        row.addWidget(self._browse)
        column.addLayout(row)
        column.addWidget(self._note)
        return self._place

    def _connect(self) -> None:
        self._what.changed.connect(self._follow)
        self._options.changed.connect(self._follow)
        self._options.unfolded.connect(self._show_unfolded)
        self.preview.settled.connect(self._allow)
        self._changed_only.toggled.connect(lambda _: self._follow())
        self._path.textEdited.connect(self._own_name)
        self._browse.clicked.connect(self._choose_file)
        self._leave.clicked.connect(self.reject)
        self._save.clicked.connect(self._start)
        self._print.clicked.connect(self._ask_printer)
        self._open_file.clicked.connect(self._open_or_save)
        self._open_folder.clicked.connect(
            lambda: self._open(self._file.parent if self._file else None)
        )
        fonts = Task(lambda _: choosable_fonts(), self)
        fonts.done.connect(self._options.offer_fonts)
        fonts.start()

    # --- what is chosen -----------------------------------------------------------------------

    def _chosen(self) -> PrintOptions:
        return replace(
            self._options.value(),
            form=self._what.form,
            parts=self._what.parts(),
            only_ready=self._what.only_ready,
        )

    def _wish(self) -> PrintWish:
        options, indicators = self._chosen(), self._what.indicators()
        editor = self._project.editor
        return PrintWish(
            editor.round,
            options,
            None if indicators is None else tuple(indicators),
            self._project.image_bytes,
            before=printed_before(editor, options),
            only_changed=self._changed_only.isChecked() and indicators is None,
        )

    def _follow(self) -> None:
        """Another choice: other pages, another name."""
        missing = self._what.what_is_missing()
        chosen = self._what.indicators()
        self._allow(missing)
        editor = self._project.editor
        known = chosen is None and printed_before(editor, self._chosen()) is not None
        self._changed_only.setEnabled(known)
        self._changed_only.setToolTip(
            "" if known else self.tr("ใช้ได้เมื่อเคยพิมพ์หรือบันทึกทุกหน้าด้วยตัวเลือกนี้มาก่อน")
        )
        self._doubt.setVisible(has_unverified(editor.round.framework, chosen))
        if not self._name_is_own:
            changed = known and self._changed_only.isChecked()
            name = pdf_name(editor.round, chosen, self._chosen(), changed=changed)
            self._path.setText(str(self._folder / name))
        self._tell_place()
        self.preview.show_wish(None if missing else self._wish())

    def _allow(self, why_not: str) -> None:
        """Save, print and open, unless there is a sentence why not."""
        for button in (self._save, self._print, self._open_file):
            button.setEnabled(not why_not and self._task is None)
            button.setToolTip(why_not)

    def _show_unfolded(self) -> None:
        """What was opened below the edge is scrolled to, once it has its place."""
        bar = self._choices.verticalScrollBar()
        QTimer.singleShot(0, self, lambda: bar.setValue(bar.value() + bar.pageStep() * 3 // 4))

    # --- where to -----------------------------------------------------------------------------

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
        words = self._what.what_is_missing()
        if not words and self._target().exists():
            words = self.tr("มีไฟล์ชื่อนี้อยู่แล้ว ไฟล์เดิมจะถูกแทนที่")
        self._note.setText(words)
        self._note.setVisible(bool(words))

    # --- the run ------------------------------------------------------------------------------

    def _start(self) -> None:
        if self._file is not None:
            self.accept()
            return
        self._project.editor.checkpoint()
        self._fault.hide()
        wish, target = self._wish(), self._target()
        task = Task(lambda handle: wish.save(target, handle), self)
        task.progress.connect(self._tell_progress)
        task.done.connect(lambda printed: self._done(wish, target, printed))
        task.failed.connect(self._tell)
        task.ended.connect(self._end)
        self._task = task
        self._wait(True)
        task.start()

    def _open_or_save(self) -> None:
        """The reader prints letters, not pictures of them; it needs a file to open."""
        if self._file is not None:
            self._open(self._file)
            return
        self._open_when_saved = True
        self._start()

    def _ask_printer(self) -> None:
        if not has_printer():
            self._tell(ReportError(NO_PRINTER))
            return
        self._project.editor.checkpoint()
        wish = self._wish()
        self._remember(wish.options)
        self.accept()
        self.print_requested.emit(wish)

    def _wait(self, waiting: bool) -> None:
        self._form.setEnabled(not waiting)
        self._place.setEnabled(not waiting)
        self._save.setEnabled(not waiting)
        self._print.setEnabled(not waiting)
        self._open_file.setEnabled(not waiting)
        self._leave.setText(self.tr("หยุดบันทึก") if waiting else self.tr("ปิด"))
        self._leave.setEnabled(True)
        self._bar.setVisible(waiting)
        self._bar.setRange(0, 0)

    def _tell_progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _done(self, wish: PrintWish, target: Path, printed: SetPages) -> None:
        self._remember(wish.options)
        if wish.is_remembered:
            keep_printed(self._project.editor, wish.options, printed.result, printed.reprint)
        self._file = target
        words = self.tr("บันทึก {pages} หน้าไว้ที่").format(pages=printed.pages)
        self.heading.setText(self.tr("บันทึกเป็น PDF แล้ว"))
        unknown = unknown_sentence(printed.result.unknown_characters)
        lines = [thai_digits(words), str(target), *filter(None, (printed.warning,)), *unknown]
        self._outcome.setText("\n".join(lines))
        self._outcome.show()
        self._choices.hide()
        self._edge.hide()
        self._place.hide()
        self._leave.hide()
        self._print.hide()
        self._open_folder.show()
        self.saved.emit(target)
        if self._open_when_saved:
            self._open(target)

    def _remember(self, options: PrintOptions) -> None:
        """With the project, but for what is asked each time. No step to take back: Ctrl+Z in a text
        is about the text.
        """
        editor = self._project.editor
        kept = stored_options(editor)
        options = replace(options, form=kept.form, watermark=kept.watermark)
        keep_options(editor, replace(options, only_ready=kept.only_ready))

    def _tell(self, error: EsaError) -> None:
        self._fault.setText(error.sentence)
        self._fault.show()

    def _end(self) -> None:
        self._task = None
        self._open_when_saved = False
        self._wait(False)
        if self._file is not None:
            self._save.setText(self.tr("ปิดหน้าต่างนี้"))
            self._save.setFocus()

    def _open(self, path: Path | None) -> None:
        if path is not None and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._tell(EsaError(self.tr("เครื่องนี้ไม่มีโปรแกรมที่เปิดไฟล์นี้ได้ ไฟล์ยังอยู่ที่เดิม")))

    def fit(self) -> None:
        """As large as the screen allows: more of the pages is seen."""
        room = self._room()
        self.resize(min(WIDTH, room.width()), min(HEIGHT, room.height()))

    # Qt overrides

    def reject(self) -> None:
        """Stops a run first; the dialog stays, so that it can be begun again."""
        if self._task is not None:
            self._leave.setEnabled(False)
            self._task.cancel()
            return
        super().reject()

    def done(self, result: int) -> None:
        self.preview.release()
        super().done(result)


def unknown_sentence(characters: Sequence[str]) -> list[str]:
    """At most one line: what was printed as a sign because no font has it."""
    if not characters:
        return []
    named = " ".join(characters[:MOST_UNKNOWN])
    more = " …" if len(characters) > MOST_UNKNOWN else ""
    return [f"อักขระที่ไม่มีในแบบอักษรใดของเครื่องนี้ พิมพ์เป็นเครื่องหมายแทน: {named}{more}"]
