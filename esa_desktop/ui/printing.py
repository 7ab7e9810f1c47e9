"""Sheets to a printer: the pages of the PDF as pictures, so that paper and file cannot differ."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import (
    QMarginsF,
    QObject,
    QRectF,
    QSize,
    QSizeF,
    Signal,
)
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QWidget

from esa_desktop.domain.errors import EsaError, ReportError
from esa_desktop.services.reprinting import keep_printed
from esa_desktop.ui.pdf_reader import pdf_from_bytes
from esa_desktop.ui.preview_pane import Previewed
from esa_desktop.ui.print_wish import PrintWish, SetPages
from esa_desktop.ui.worker import Task, TaskHandle

if TYPE_CHECKING:
    # Asking the system for its printers takes time: not before somebody prints.
    from PySide6.QtPrintSupport import QPrinter

DPI: Final = 300
"""Enough for a laser printer; at 600 a page takes 139 MB."""
NO_PRINTER: Final = "ยังไม่พบเครื่องพิมพ์ในเครื่องนี้ ต่อเครื่องพิมพ์แล้วลองอีกครั้ง หรือบันทึกเป็น PDF แล้วนำไปพิมพ์ที่เครื่องอื่น"


class PrintFlow(QObject):
    """From "พิมพ์" to paper, once: set the pages, ask for the printer, paint in the background."""

    failed = Signal(object)
    """An `EsaError` for the banner."""
    progress = Signal(int, int)
    """(page, pages) on their way to the printer."""
    ended = Signal()
    """Printed, refused, cancelled, or left in the printer's dialog: nothing comes after it."""

    def __init__(
        self, project: Previewed, window: QWidget, is_open: Callable[[], bool] = lambda: True
    ) -> None:
        """``is_open``: whether the project can still be written to; painting outlives it."""
        super().__init__(window)
        self._project = project
        self._is_open = is_open
        self._window = window
        self._task: Task | None = None

    def start(self, wish: PrintWish) -> None:
        """Print what is wished for."""
        if not has_printer():
            self.failed.emit(ReportError(NO_PRINTER))
            self.ended.emit()
            return
        self._run(wish.set_pages, lambda pages: self._ask(wish, pages))

    def cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _run(
        self,
        job: Callable[[TaskHandle], Any],
        then: Callable[[Any], object],
        *,
        must_finish: bool = False,
    ) -> None:
        self._task = Task(job, self, must_finish=must_finish)
        self._task.progress.connect(self.progress)
        self._task.done.connect(then)
        self._task.failed.connect(self._fail)
        self._task.cancelled.connect(self.ended)
        self._task.start()

    def _fail(self, error: EsaError) -> None:
        self.failed.emit(error)
        self.ended.emit()

    def _ask(self, wish: PrintWish, pages: SetPages) -> None:
        with opened(pages.content) as document:
            count, first = document.pageCount(), document.pagePointSize(0)
        ask_printer(
            count,
            first,
            self._window,
            print_on=lambda printer: self._print(wish, pages, printer),
            leave=self.ended.emit,
            duplex=wish.options.duplex,
        )

    def _print(self, wish: PrintWish, pages: SetPages, printer: "QPrinter") -> None:
        """Half a book on paper is no use: closing the window does not stop it."""
        whole = not page_run(printer, pages.pages).leaves_out(pages.pages)
        self._run(
            lambda handle: paint_pages(pages.content, printer, handle),
            lambda _: self._end(wish, pages, whole=whole),
            must_finish=True,
        )

    def _end(self, wish: PrintWish, pages: SetPages, *, whole: bool) -> None:
        """What lies on paper now is remembered, so that next time the changed pages are enough."""
        if whole and wish.is_remembered and self._is_open():
            keep_printed(self._project.editor, wish.options, pages.result, pages.reprint)
        self.ended.emit()


def has_printer() -> bool:
    from PySide6.QtPrintSupport import QPrinterInfo

    return bool(QPrinterInfo.availablePrinterNames())


def ask_printer(
    pages: int,
    size: QSizeF,
    window: QWidget,
    *,
    print_on: Callable[["QPrinter"], object],
    leave: Callable[[], object],
    duplex: bool = False,
) -> None:
    """The system's own dialog: printer, pages, copies, both sides. Nothing waits for it."""
    from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog

    printer = make_printer(size, duplex=duplex)
    dialog = QPrintDialog(printer, window)
    dialog.setMinMax(1, pages)
    dialog.setFromTo(1, pages)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
    dialog.accepted.connect(lambda: print_on(printer))
    dialog.rejected.connect(leave)
    dialog.finished.connect(dialog.deleteLater)
    dialog.show()


def make_printer(size: QSizeF, *, duplex: bool = False) -> "QPrinter":
    """A printer for pages of this size (points), without margins: the sheets have their own.

    ``duplex``: both sides are asked for; what the printer cannot do its driver leaves out.
    """
    from PySide6.QtPrintSupport import QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    wide = size.width() > size.height()
    orientation = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    paper = QPageSize(size.transposed() if wide else size, QPageSize.Unit.Point)
    printer.setPageLayout(QPageLayout(paper, orientation, QMarginsF()))
    printer.setFullPage(True)
    if duplex:
        printer.setDuplex(QPrinter.DuplexMode.DuplexAuto)
    return printer


@dataclass(frozen=True, slots=True)
class PageRun:
    """Which pages, in which order; ``times`` each run where the driver makes no copies itself."""

    pages: tuple[int, ...]
    """From 0."""
    times: int

    def leaves_out(self, pages: int) -> bool:
        """Whether some of so many pages are not printed."""
        return len(set(self.pages)) < pages


def page_run(printer: "QPrinter", pages: int) -> PageRun:
    from PySide6.QtPrintSupport import QPrinter

    numbers = list(range(pages))
    ranged = printer.printRange() is QPrinter.PrintRange.PageRange
    ranges = printer.pageRanges()  # some dialogs take several: ๑-๓, ๗
    if ranged and not ranges.isEmpty():
        numbers = [n for n in numbers if ranges.contains(n + 1)]
    if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst:
        numbers.reverse()
    own_copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    if own_copies > 1 and not printer.collateCopies():
        return PageRun(tuple(n for n in numbers for _ in range(own_copies)), 1)
    return PageRun(tuple(numbers), own_copies)


def paint_pages(content: bytes, printer: "QPrinter", handle: TaskHandle) -> int:
    """Paint the chosen pages; the number of sides painted. For a worker: 0.3 s a page.

    `ReportError` when the printer refuses; `Cancelled` takes the job out of its queue.
    """
    with opened(content) as document:
        run = page_run(printer, document.pageCount())
        sides = run.pages * run.times
        painter = QPainter()
        if sides:
            turn_paper(printer, page_picture(document, sides[0], dpi=10))
        if not painter.begin(printer):
            raise ReportError("เครื่องพิมพ์ไม่รับงาน ตรวจว่าเปิดเครื่องและมีกระดาษ แล้วลองอีกครั้ง")
        try:
            for done, page in enumerate(sides):
                if handle.cancelled():
                    printer.abort()
                    handle.check()
                picture = page_picture(document, page)
                turn_paper(printer, picture)
                if done and not printer.newPage():
                    raise ReportError("เครื่องพิมพ์หยุดรับงาน ตรวจกระดาษและหมึก แล้วพิมพ์หน้าที่เหลืออีกครั้ง")
                _paint_page(painter, printer, picture)
                handle.progress(done + 1, len(sides))
        finally:
            painter.end()
    return len(sides)


def page_picture(document: QPdfDocument, page: int, dpi: int = DPI) -> QImage:
    """A page on white.

    What Qt renders is transparent where nothing is printed; turned to grey as it is, a page
    would come out solid black.
    """
    size = document.pagePointSize(page) * dpi / 72
    drawn = document.render(page, QSize(round(size.width()), round(size.height())))
    white = QImage(drawn.size(), QImage.Format.Format_RGB32)
    white.fill(0xFFFFFFFF)
    painter = QPainter(white)
    painter.drawImage(0, 0, drawn)
    painter.end()
    return white


def turn_paper(printer: "QPrinter", picture: QImage) -> None:
    """Paper as the page lies, upright or wide: a book holds both. Before the page is begun."""
    wide = picture.width() > picture.height()
    orientation = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    if printer.pageLayout().orientation() is not orientation:
        printer.setPageOrientation(orientation)


def _paint_page(painter: QPainter, printer: "QPrinter", picture: QImage) -> None:
    """As large as the paper allows, in its middle: another paper than A4 may be in the printer."""
    from PySide6.QtPrintSupport import QPrinter

    paper = printer.paperRect(QPrinter.Unit.DevicePixel)
    scale = min(paper.width() / picture.width(), paper.height() / picture.height())
    width, height = picture.width() * scale, picture.height() * scale
    left, top = (paper.width() - width) / 2, (paper.height() - height) / 2
    painter.drawImage(QRectF(left, top, width, height), picture)


@contextmanager
def opened(content: bytes) -> Iterator[QPdfDocument]:
    """The document of some bytes, on the thread that asks."""
    document = pdf_from_bytes(content)
    try:
        yield document
    finally:
        document.close()
