"""What happens when we did something wrong: the text is saved, the log told, a sentence shown."""

import logging
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QObject, Qt, QThread, Signal, Slot, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from esa_desktop import __version__
from esa_desktop.ui.dialog_frame import WIDE, DialogFrame, wrapping_label

Trace = TracebackType | None
MOST_REPORTS = 20
"""Reports one dialog shows; a mistake in a timer would fill it for ever."""


class CrashDialog(DialogFrame):
    """One at a time; further reports are added to it."""

    def __init__(self, report: str, *, saved: bool, parent: QWidget | None = None) -> None:
        super().__init__("โปรแกรมทำงานผิดพลาด", parent, width=WIDE)
        self.heading.setText(self.tr("โปรแกรมทำงานผิดพลาด"))
        self.setWindowTitle(self.heading.text())
        self.setObjectName("crashDialog")
        self._count = 0
        safe = self.tr("ข้อความที่พิมพ์ไว้บันทึกแล้ว ทำงานต่อได้ ถ้าหน้าจอผิดปกติให้ปิดแล้วเปิดโปรแกรมใหม่")
        unsafe = self.tr("ข้อความล่าสุดอาจยังไม่ได้บันทึก คัดลอกข้อความที่พิมพ์ค้างไว้ก่อน แล้วปิดและเปิดโปรแกรมใหม่")
        self.body.addWidget(wrapping_label(safe if saved else unsafe))
        self.body.addWidget(
            wrapping_label(self.tr("ถ้าเกิดซ้ำ กด “คัดลอกรายละเอียด” แล้วส่งให้ผู้ดูแลโปรแกรม"), "quiet")
        )
        self._details = QPlainTextEdit(self)
        self._details.setReadOnly(True)
        self._details.setAccessibleName(self.tr("รายละเอียดสำหรับผู้ดูแลโปรแกรม"))
        self._details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._details.setMinimumHeight(160)
        self._details.hide()
        self.body.addWidget(self._details)
        self._show_details = self._button(self.tr("แสดงรายละเอียด"), self._unfold)
        self._button(self.tr("คัดลอกรายละเอียด"), self._copy)
        self._go_on = self.add_button(self.tr("ทำงานต่อ"), "main")
        self._go_on.clicked.connect(self.accept)
        self._go_on.setFocus()
        self.add_report(report)

    def add_report(self, report: str) -> None:
        if self._count < MOST_REPORTS:
            self._count += 1
            self._details.appendPlainText(report)

    @property
    def details(self) -> str:
        return self._details.toPlainText()

    def _button(self, words: str, act: Callable[[], None]) -> QPushButton:
        button = self.add_button(words)
        button.clicked.connect(act)
        return button

    def _unfold(self) -> None:
        self._details.show()
        self._show_details.hide()
        self._details.setFocus()
        self.fit()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details)


class CrashDesk(QObject):
    """Where unexpected errors of every thread end up; `install_excepthook` makes one."""

    _reported = Signal(str)

    def __init__(self, save_text: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._save_text = save_text
        self._dialog: CrashDialog | None = None
        self._saved = False
        self._busy = threading.Lock()
        # Queued always: an error may come out of a paint event, where no window can be opened.
        self._reported.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self._before = sys.excepthook, threading.excepthook
        sys.excepthook = self.take
        threading.excepthook = self._take_from_thread

    def uninstall(self) -> None:
        sys.excepthook, threading.excepthook = self._before

    def take(self, kind: type[BaseException], error: BaseException, trace: Trace) -> None:
        """Log, save, and ask the GUI thread to say so. An error in here is only logged."""
        if issubclass(kind, KeyboardInterrupt | SystemExit):
            self._before[0](kind, error, trace)
            return
        report = "".join(traceback.format_exception(kind, error, trace))
        logging.getLogger("esa_desktop").error("unexpected error\n%s", report)
        if not self._busy.acquire(blocking=False):
            return
        try:
            if QThread.currentThread() is self.thread():
                self._save()
            self._reported.emit(f"{_surroundings()}\n{report}")
        except Exception:
            logging.getLogger("esa_desktop").exception("while an error was reported")
        finally:
            self._busy.release()

    def _take_from_thread(self, told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None:
            self.take(told.exc_type, told.exc_value, told.exc_traceback)

    def _save(self) -> None:
        self._saved = False
        with suppress(Exception):
            self._save_text()
            self._saved = True

    @Slot(str)
    def _show(self, report: str) -> None:
        if self._dialog is not None:
            self._dialog.add_report(report)
            return
        if not self._saved:
            self._save()
        dialog = CrashDialog(report, saved=self._saved)
        self._dialog = dialog
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowModality(Qt.WindowModality.ApplicationModal)
        dialog.destroyed.connect(self._forget)
        dialog.open()

    @Slot()
    def _forget(self) -> None:
        self._dialog = None
        self._saved = False


def install_excepthook(save_text: Callable[[], None]) -> CrashDesk:
    """From now on unexpected errors save the text (``save_text``) and open the crash dialog.

    The desk belongs to the application; `CrashDesk.uninstall` puts the old hooks back.
    """
    return CrashDesk(save_text, QCoreApplication.instance())


def _surroundings() -> str:
    return (
        f"esa_desktop {__version__}, Python {platform.python_version()}, Qt {qVersion()}, "
        f"{platform.system()} {platform.release()}"
    )
