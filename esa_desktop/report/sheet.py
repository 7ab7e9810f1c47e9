"""The indicator sheets of a round as one PDF: what the rest of the program calls."""

from collections.abc import Callable, Sequence
from pathlib import Path

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.framework import Indicator, Standard
from esa_desktop.report.pdf_file import write_in_place
from esa_desktop.report.sheet_options import SheetOptions, SheetResult
from esa_desktop.report.sheet_pages import Progress, SheetRun, Steps
from esa_desktop.report.text_layout import ImageLoader

__all__ = ["SheetOptions", "SheetResult", "render_sheets", "sheet_widths", "write_sheets"]


def write_sheets(
    assessed: AssessmentRound,
    target: Path,
    options: SheetOptions,
    *,
    indicators: Sequence[str] | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    image: ImageLoader | None = None,
) -> SheetResult:
    """Print the sheets of the given indicators (by code; ``None`` = all) into a PDF.

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


def render_sheets(
    assessed: AssessmentRound,
    options: SheetOptions,
    *,
    indicators: Sequence[str] | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    image: ImageLoader | None = None,
) -> tuple[bytes, SheetResult]:
    """The same as bytes, for a preview that never touches the disk."""
    chosen = _chosen(assessed, indicators)
    steps = Steps(2 * len(chosen), progress, cancelled)
    run = SheetRun(assessed, options, image)
    pages = list(run.pages(chosen, steps))
    content = run.draw(pages, steps)
    first_pages: dict[str, int] = {}
    for number, page in enumerate(pages, 1):
        if page.code:
            first_pages.setdefault(page.code, number)
    unknown = tuple(run.typesetter.unknown)
    return content, SheetResult(max(len(pages), 1), first_pages, run.widths, unknown)


def sheet_widths(
    assessed: AssessmentRound,
    options: SheetOptions,
    *,
    cancelled: Callable[[], bool] | None = None,
    image: ImageLoader | None = None,
) -> tuple[float, ...]:
    """The column widths of the whole report, for printing a part of it that must look the same.

    Several times as fast as printing everything to learn them.
    """
    chosen = _chosen(assessed, None)
    run = SheetRun(assessed, options, image)
    return run.choose_widths(chosen, Steps(len(chosen), None, cancelled))


def _chosen(
    assessed: AssessmentRound, codes: Sequence[str] | None
) -> list[tuple[str, Standard, Indicator]]:
    framework = assessed.framework
    if codes is not None:
        wanted = {framework.code_of(framework.indicator(code).id) for code in codes}
        return [entry for entry in framework.indicators() if entry[0] in wanted]
    return list(framework.indicators())
