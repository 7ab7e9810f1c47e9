"""What happens when we did something wrong: the text is saved, the log told, a dialog opened."""

import logging
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, QThread, Signal, Slot, qVersion

from esa_desktop import __version__
from esa_desktop.logs import reduced

if TYPE_CHECKING:
    # The dialog is imported when there is something to say: it costs start-up time.
    from esa_desktop.services.projects import Project
    from esa_desktop.ui.crash_dialog import CrashDialog

    Opened = Callable[[], Project | None]

Trace = TracebackType | None


class CrashDesk(QObject):
    """Where unexpected errors of every thread end up; `install_excepthook` makes one."""

    _reported = Signal(str)

    def __init__(
        self,
        save_text: Callable[[], None],
        parent: QObject | None = None,
        *,
        opened: "Opened" = lambda: None,
    ) -> None:
        """``opened``: the project in the window, whose numbers go into a report of the problem."""
        super().__init__(parent)
        self._opened = opened
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
        logging.getLogger("esa_desktop").error("unexpected error", exc_info=(kind, error, trace))
        if not self._busy.acquire(blocking=False):
            return
        try:
            if QThread.currentThread() is self.thread():
                self._save()
            self._reported.emit(f"{_surroundings()}\n{reduced(error, trace)}")
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
        from esa_desktop.ui.crash_dialog import CrashDialog

        dialog = CrashDialog(report, saved=self._saved, project=self._opened)
        self._dialog = dialog
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowModality(Qt.WindowModality.ApplicationModal)
        dialog.destroyed.connect(self._forget)
        dialog.open()

    @Slot()
    def _forget(self) -> None:
        self._dialog = None
        self._saved = False


def install_excepthook(save_text: Callable[[], None], opened: "Opened" = lambda: None) -> CrashDesk:
    """From now on unexpected errors save the text (``save_text``) and open the crash dialog.

    The desk belongs to the application; `CrashDesk.uninstall` puts the old hooks back.
    """
    return CrashDesk(save_text, QCoreApplication.instance(), opened=opened)


def _surroundings() -> str:
    import platform

    return (
        f"esa_desktop {__version__}, Python {platform.python_version()}, Qt {qVersion()}, "
        f"{platform.system()} {platform.release()}"
    )
