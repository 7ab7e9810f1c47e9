"""A round on paper as one PDF: what the rest of the program calls."""

import contextlib
import gc
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Final

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.errors import ReportError
from esa_desktop.domain.printing import Form, PrintOptions
from esa_desktop.report.blank_form import blank_pages
from esa_desktop.report.book.pages import book_pages
from esa_desktop.report.committee_form import committee_pages
from esa_desktop.report.document import Document, DrawnPage, Page, Progress, Steps, digits_of
from esa_desktop.report.measures import sheet_measures
from esa_desktop.report.pdf_file import write_in_place
from esa_desktop.report.print_job import PrintJob, chosen_sheets
from esa_desktop.report.sheet_pages import SheetPages
from esa_desktop.report.sheet_result import SheetResult
from esa_desktop.report.text_layout import ImageLoader

__all__ = ["PrintOptions", "SheetResult", "render_sheets", "sheet_widths", "write_sheets"]


def write_sheets(
    assessed: AssessmentRound,
    target: Path,
    options: PrintOptions,
    *,
    indicators: Sequence[str] | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    image: ImageLoader | None = None,
) -> SheetResult:
    """Print the form of the options for the given indicators (by code; ``None`` = all) into a PDF.

    ``UnknownCode``, ``ReportError`` or ``Cancelled``; an old file at ``target`` stays unless
    the new one is complete.
    """
    content, result = render_sheets(
        assessed,
        options,
        indicators=indicators,
        progress=progress,
        cancelled=cancelled,
        image=image,
    )
    write_in_place(target, content)
    return result


@contextlib.contextmanager
def _without_collections() -> Iterator[None]:
    """Python's search for rings of references looks at every line of every page again and again,
    finds none (a test says so), and takes a third of the time of printing.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


@_without_collections()
def render_sheets(
    assessed: AssessmentRound,
    options: PrintOptions,
    *,
    indicators: Sequence[str] | None = None,
    only: Collection[int] | None = None,
    fingerprints: bool = False,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    image: ImageLoader | None = None,
) -> tuple[bytes, SheetResult]:
    """The same as bytes, for a preview that never touches the disk.

    ``only``: places of pages (from 0) to draw, numbered as in the whole; ``fingerprints``: tell
    what was on every page, for finding out later what changed.
    """
    chosen = chosen_sheets(assessed, options, indicators)
    if options.only_ready and not chosen:
        raise ReportError("ยังไม่มีตัวบ่งชี้ที่ทำเครื่องหมายว่าพร้อมพิมพ์ กรุณาทำเครื่องหมายก่อน หรือเลือกพิมพ์ทั้งหมด")
    steps = Steps(2 * len(chosen), progress, cancelled)
    job = PrintJob(assessed, options, image, steps, chosen)
    pages = _FORMS[options.form](job)
    document = Document(job.typesetter, options, _title(assessed, options), assessed.office)
    drawn: list[DrawnPage] = []
    content = document.write(pages, steps, only=only, drawn=drawn if fingerprints else None)
    first_pages: dict[str, int] = {}
    for number, page in enumerate(pages, 1):
        if page.code:
            first_pages.setdefault(page.code, number)
    unknown = tuple(job.typesetter.unknown)
    count = len(pages) if only is None else len({n for n in only if 0 <= n < len(pages)})
    return content, SheetResult(max(count, 1), first_pages, job.widths, unknown, tuple(drawn))


def sheet_widths(
    assessed: AssessmentRound,
    options: PrintOptions,
    *,
    cancelled: Callable[[], bool] | None = None,
    image: ImageLoader | None = None,
) -> tuple[float, ...]:
    """The column widths of the whole report, for printing a part of it that must look the same.

    Several times as fast as printing everything to learn them.
    """
    chosen = chosen_sheets(assessed, options, None)
    steps = Steps(len(chosen), None, cancelled)
    job = PrintJob(assessed, options, image, steps, chosen)
    return _sheet_pages(job).choose_widths(chosen, steps)


def _sheet_pages(job: PrintJob) -> SheetPages:
    measures = sheet_measures(job.typesetter.typeface, job.options)
    return SheetPages(job.assessed, job.options, measures, job.typesetter, job.image)


def _sheets(job: PrintJob) -> list[Page]:
    sheets = _sheet_pages(job)
    pages = list(sheets.pages(job.chosen, job.steps))
    job.widths = sheets.widths
    return pages


def _title(assessed: AssessmentRound, options: PrintOptions) -> str:
    words = " ".join(filter(None, (assessed.framework.title, assessed.office)))
    return f"{words} ปีงบประมาณ {digits_of(options)(assessed.fiscal_year)}"


_FORMS: Final[dict[Form, Callable[[PrintJob], list[Page]]]] = {
    "sheets": _sheets,
    "blank": blank_pages,
    "committee": committee_pages,
    "book": book_pages,
}
