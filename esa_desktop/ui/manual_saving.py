"""The manual for paper: asks where to, writes it in the background and opens it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QProgressDialog, QWidget

from esa_desktop.domain.errors import EsaError
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.manual import MANUAL_NAME, write_manual
from esa_desktop.ui.message_dialog import MessageDialog, tell
from esa_desktop.ui.worker import Task, TaskHandle

_SLOW_MS = 700
"""Until a bar is shown: most computers are done before."""


def save_manual(
    parent: QWidget, folder: Path, *, keep_folder: Callable[[Path], object] | None = None
) -> "ManualSaving | None":
    """Ask for a place in ``folder`` and write the manual there; ``None`` where nobody named one.

    ``keep_folder`` is told where it was put, for offering the same place next time.
    """
    name, _ = QFileDialog.getSaveFileName(
        parent,
        QCoreApplication.translate("ManualSaving", "บันทึกคู่มือสำหรับพิมพ์"),
        str(folder / MANUAL_NAME),
        QCoreApplication.translate("ManualSaving", "ไฟล์ PDF (*.pdf)"),
    )
    if not name:
        return None
    target = Path(name)
    if target.suffix.lower() != ".pdf":
        target = target.with_name(f"{target.name}.pdf")
    if keep_folder is not None:
        keep_folder(target.parent)
    return ManualSaving(target, parent)


class ManualSaving(QObject):
    """One writing. Tells what became of it in a message of its own."""

    saved = Signal(object)
    """The `Path` of the manual."""
    ended = Signal()

    def __init__(self, target: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._target = target
        self._bar = QProgressDialog(self.tr("กำลังทำคู่มือ…"), self.tr("หยุดทำคู่มือ"), 0, 0, parent)
        self._bar.setObjectName("manualProgress")
        self._bar.setWindowTitle(self.tr("คู่มือสำหรับพิมพ์"))
        self._bar.setMinimumDuration(_SLOW_MS)
        self._bar.setAutoReset(False)
        self._task = Task(self._write, self)
        self._bar.canceled.connect(self._task.cancel)
        self._task.progress.connect(self._tell_progress)
        self._task.done.connect(self._tell_saved)
        self._task.failed.connect(self._tell_failed)
        self._task.ended.connect(self._end)
        self._task.start()

    def _write(self, handle: TaskHandle) -> int:
        return write_manual(self._target, progress=handle.progress, cancelled=handle.cancelled)

    def _tell_progress(self, done: int, total: int) -> None:
        self._bar.setMaximum(total)
        self._bar.setValue(done)

    def _tell_saved(self, pages: int) -> None:
        """The reader that opens is the answer; a message only where there is none to open it."""
        self._put_bar_away()
        self.saved.emit(self._target)
        if QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._target))):
            return
        words = thai_digits(self.tr("บันทึกคู่มือ {0} หน้าแล้ว").format(pages))
        advice = self.tr("เครื่องนี้ไม่มีโปรแกรมที่เปิดไฟล์ PDF ได้ ไฟล์อยู่ที่ {0}").format(self._target)
        dialog = MessageDialog(words, advice, mark=("complete", "good"), parent=self._window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _tell_failed(self, error: EsaError) -> None:
        self._put_bar_away()
        tell(self._window, self.tr("ยังบันทึกคู่มือไม่ได้"), error.sentence)

    def _put_bar_away(self) -> None:
        self._bar.canceled.disconnect(self._task.cancel)
        self._bar.close()
        self._bar.deleteLater()

    def _end(self) -> None:
        if self._bar.isVisible():
            self._bar.close()
        self.ended.emit()
        self.deleteLater()
