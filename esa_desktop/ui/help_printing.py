"""One page of help to the printer, set by the engine that makes the manual."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from esa_desktop.domain.errors import EsaError, ReportError
from esa_desktop.services.manual import render_manual
from esa_desktop.ui.printing import NO_PRINTER, ask_printer, has_printer, opened, paint_pages
from esa_desktop.ui.worker import Task, TaskHandle

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


class HelpPrinting(QObject):
    """Sets the page, asks for the printer, paints in the background."""

    failed = Signal(object)
    """An `EsaError`."""
    ended = Signal()
    """Printed, refused, or left in the printer's dialog: nothing comes after it."""

    def __init__(self, page: str, folder: Path, window: QWidget) -> None:
        """``page``: its id; ``folder``: where the help lies."""
        super().__init__(window)
        self._page = page
        self._folder = folder
        self._window = window

    def start(self) -> None:
        if not has_printer():
            self._fail(ReportError(NO_PRINTER))
            return
        task = Task(self._set, self)
        task.done.connect(self._ask)
        task.failed.connect(self._fail)
        task.start()

    def _set(self, handle: TaskHandle) -> bytes:
        return render_manual(self._folder, pages=[self._page], cancelled=handle.cancelled).content

    def _ask(self, content: bytes) -> None:
        with opened(content) as document:
            count, first = document.pageCount(), document.pagePointSize(0)
        ask_printer(
            count,
            first,
            self._window,
            print_on=lambda printer: self._print(content, printer),
            leave=self.ended.emit,
        )

    def _print(self, content: bytes, printer: "QPrinter") -> None:
        task = Task(lambda handle: paint_pages(content, printer, handle), self, must_finish=True)
        task.failed.connect(self.failed)
        task.ended.connect(self.ended)
        task.start()

    def _fail(self, error: EsaError) -> None:
        self.failed.emit(error)
        self.ended.emit()
