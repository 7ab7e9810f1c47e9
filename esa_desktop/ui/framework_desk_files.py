"""The files of the framework desk: an edition read, written, handed out as a form, and compared."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from esa_desktop.domain.fields import framework_field
from esa_desktop.domain.framework import Framework
from esa_desktop.domain.framework_changes import merge_edition
from esa_desktop.domain.revision import FieldView
from esa_desktop.paths import documents_folder
from esa_desktop.services import frameworks
from esa_desktop.services.editing import Editor
from esa_desktop.ui.framework_compare_dialog import FrameworkCompareDialog, OtherEdition
from esa_desktop.ui.framework_import_dialog import FrameworkImportDialog
from esa_desktop.ui.work_line import WorkLine
from esa_desktop.ui.worker import TaskHandle

EXCEL = "xlsx"
TOML = "toml"


class DeskFiles(QObject):
    """Writing runs beside the window; what it did is said in the line of work."""

    taken = Signal(object, str)
    """(`Make`, name of the step): an edition was read and is to be used."""
    node_wanted = Signal(str)
    folder_used = Signal(object)
    """The folder (`Path`) somebody chose, to be proposed the next time."""

    def __init__(self, editor: Editor, work: WorkLine, window: QWidget) -> None:
        super().__init__(window)
        self._editor = editor
        self._work = work
        self._window = window
        self._folder = documents_folder()

    def propose(self, folder: Path) -> None:
        """Where the next file is looked for or put."""
        self._folder = folder

    def _use(self, folder: Path) -> None:
        self._folder = folder
        self.folder_used.emit(folder)

    # --- reading ------------------------------------------------------------------------------

    def ask_for_import(self) -> None:
        words = self.tr("ฉบับมาตรฐาน (*.xlsx *.toml)")
        name, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("เลือกไฟล์ฉบับมาตรฐาน"), str(self._folder), words
        )
        if name:
            self.preview(Path(name))

    def preview(self, path: Path) -> FrameworkImportDialog:
        """Show what the file would change; nothing does until somebody says so."""
        self._use(path.parent)
        dialog = FrameworkImportDialog(self._editor.round, path, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.taken.connect(self._take)
        dialog.other_file_wanted.connect(self.ask_for_import)
        dialog.open()
        return dialog

    def _take(self, incoming: Framework) -> None:
        """Merged into the edition as it is by now."""
        self.taken.emit(partial(_merged, incoming), self.tr("นำเข้าฉบับมาตรฐาน"))

    # --- writing ------------------------------------------------------------------------------

    def ask_for_place(self) -> None:
        framework = self._editor.round.framework
        path = self._ask(self.tr("บันทึกฉบับมาตรฐานเป็นไฟล์"), framework.title)
        if path is not None:
            self._write(path, partial(frameworks.write_edition, framework, path))

    def ask_for_template(self) -> None:
        words = self.tr("บันทึกแบบฟอร์ม Excel เปล่า")
        path = self._ask(words, self.tr("แบบฟอร์มฉบับมาตรฐาน"), only_excel=True)
        if path is not None:
            self._write(path, partial(frameworks.write_template, path))

    def _ask(self, title: str, name: str, *, only_excel: bool = False) -> Path | None:
        excel, toml = self.tr("Excel (*.xlsx)"), self.tr("TOML (*.toml)")
        kinds = excel if only_excel else f"{excel};;{toml}"
        start = self._folder / f"{_safe(name)}.{EXCEL}"
        chosen, kind = QFileDialog.getSaveFileName(self._window, title, str(start), kinds)
        if not chosen:
            return None
        path = Path(chosen)
        self._use(path.parent)
        if path.suffix.lower() not in (f".{EXCEL}", f".{TOML}"):
            wanted = TOML if kind == toml and not only_excel else EXCEL
            path = path.with_name(f"{path.name}.{wanted}")
        return path

    def _write(self, path: Path, write: Callable[[], object]) -> None:
        def job(handle: TaskHandle) -> Path:
            handle.check()
            write()
            return path

        self._work.run(self.tr("กำลังบันทึก “{name}”…").format(name=path.name), job, self._say_written)

    def _say_written(self, path: Path) -> None:
        self._work.say(self.tr("บันทึกไว้ที่ {path} แล้ว").format(path=path), "good")

    # --- comparing ----------------------------------------------------------------------------

    def compare_shipped(self) -> None:
        others = [OtherEdition(f.title, f) for f in frameworks.shipped_frameworks()]
        self._compare(self.tr("เทียบกับฉบับที่มากับโปรแกรม"), self._editor.round.framework, others)

    def compare_heads(self) -> None:
        """What two laptops made of the edition, one against the other."""
        view: FieldView = self._editor.view(framework_field(self._editor.round.fiscal_year))
        others = []
        for head in view.heads[1:]:
            value = FieldView(view.field, (head,), "clean", head.body).value
            if isinstance(value, Framework):
                name = self.tr("ฉบับของ {who}").format(who=head.author)
                others.append(OtherEdition(name, value))
        if others:
            self._compare(self.tr("ต่างกันตรงไหน"), self._editor.round.framework, others)

    def _compare(self, title: str, current: Framework, others: list[OtherEdition]) -> None:
        dialog = FrameworkCompareDialog(current, others, title, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.go_to.connect(self.node_wanted)
        dialog.open()


def _merged(incoming: Framework, current: Framework) -> Framework:
    return merge_edition(current, incoming)


def _safe(name: str) -> str:
    """A title as a file name on Windows."""
    kept = "".join(" " if letter in '<>:"/\\|?*' else letter for letter in name)
    return " ".join(kept.split())[:80].strip(". ") or "framework"
