"""From a round to a PDF: the options a project remembers, and the forms written with them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast, get_args

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.edits import SetField
from esa_desktop.domain.errors import ValueRefused
from esa_desktop.domain.evidence import file_name_around
from esa_desktop.domain.fields import Field, print_options_field
from esa_desktop.domain.printing import (
    Form,
    Paper,
    PrintOptions,
    options_from_values,
    options_to_values,
)
from esa_desktop.services.editing import Editor

if TYPE_CHECKING:
    # ReportLab and the fonts are loaded by the first export, not by the start of the program.
    from esa_desktop.report.sheet import SheetResult

Progress = Callable[[int, int], None]
"""Gets steps done and all steps."""
Cancel = Callable[[], bool]
Image = Callable[[str], bytes | None]
"""The bytes of a picture by its hash, or nothing."""
SHIPPED_FONTS: Final = ("TH Sarabun New", "Sarabun")
_AS_A_RULE: Final = PrintOptions()
_NAMES: Final[dict[Form, str]] = {
    "sheets": "แบบประเมิน",
    "blank": "แบบฟอร์มเปล่า",
    "committee": "แบบสำหรับคณะกรรมการ",
    "book": "เล่มรายงาน",
}
"""The first word of a file's name."""


def stored_options(
    editor: Editor,
    *,
    paper: str | None = None,
    font: str | None = None,
    form: str | None = None,
) -> PrintOptions:
    """The options of the project, with what is named instead, and the words of its dictionary.

    `ValueRefused` for a paper or a form that does not exist.
    """
    options = options_from_values(editor.view(_field(editor)).value)
    if paper is not None:
        _refuse_unknown("กระดาษ", paper, get_args(Paper))
        options = replace(options, paper=cast("Paper", paper))
    if form is not None:
        _refuse_unknown("แบบพิมพ์", form, get_args(Form))
        options = replace(options, form=cast("Form", form))
    return replace(options, font=font or options.font, kept_words=editor.round.kept_words)


def remember_options(editor: Editor, options: PrintOptions) -> SetField:
    """The edit that keeps the options with the project."""
    return editor.change(_field(editor), options_to_values(options))


def keep_options(editor: Editor, options: PrintOptions) -> None:
    """Keep the options with the project, at once and as no step to take back: Ctrl+Z is about what
    people wrote, and a step among the texts would be in the way of the next choice.

    A project that is only read forgets them: it can be printed all the same.
    """
    edit = remember_options(editor, options)
    if editor.is_change(edit) and not editor.is_read_only:
        editor.apply(edit)


def choosable_fonts() -> list[str]:
    """The fonts a person can print with, those of the program first; slow once, for a worker."""
    from esa_desktop.report.fonts import thai_typefaces

    return thai_typefaces()


def export_pdf(
    assessed: AssessmentRound,
    target: Path,
    options: PrintOptions,
    *,
    indicators: Sequence[str] | None = None,
    only: Collection[int] | None = None,
    progress: Progress | None = None,
    cancelled: Cancel | None = None,
    image: Image | None = None,
) -> SheetResult:
    """Write the form of the options for some indicators (codes) or all; slow, for a worker.

    ``only``: places of pages (from 0), numbered as in the whole. Pages of one indicator have the
    columns they have in the whole report, so that a sheet printed again fits in. Raises
    `EsaError`: an unknown code, a file that cannot be written, `Cancelled`.
    """
    from esa_desktop.report.pdf_file import write_in_place

    content, result = render_pdf(
        assessed,
        options,
        indicators=indicators,
        only=only,
        progress=progress,
        cancelled=cancelled,
        image=image,
    )
    write_in_place(target, content)
    return result


def render_pdf(
    assessed: AssessmentRound,
    options: PrintOptions,
    *,
    indicators: Sequence[str] | None = None,
    only: Collection[int] | None = None,
    progress: Progress | None = None,
    cancelled: Cancel | None = None,
    image: Image | None = None,
) -> tuple[bytes, SheetResult]:
    """The same bytes that `export_pdf` writes, for a preview or a printer."""
    from esa_desktop.report.sheet import render_sheets

    options = with_widths(assessed, options, indicators, cancelled=cancelled, image=image)
    return render_sheets(
        assessed,
        options,
        indicators=indicators,
        only=only,
        fingerprints=indicators is None,
        progress=progress,
        cancelled=cancelled,
        image=image,
    )


def with_widths(
    assessed: AssessmentRound,
    options: PrintOptions,
    indicators: Sequence[str] | None,
    *,
    cancelled: Cancel | None = None,
    image: Image | None = None,
) -> PrintOptions:
    """The options with the columns of the whole report, where only a part of it is printed."""
    if indicators is None or options.widths is not None or options.form != "sheets":
        return options
    from esa_desktop.report.sheet import sheet_widths

    widths = sheet_widths(assessed, options, cancelled=cancelled, image=image)
    return replace(options, widths=widths)


def pdf_name(
    assessed: AssessmentRound,
    indicators: Sequence[str] | None = None,
    options: PrintOptions = _AS_A_RULE,
    *,
    changed: bool = False,
) -> str:
    """The name a PDF is offered under, safe on every system: form, office, year, what it holds.

    What is not the whole has a name of its own, so that it never takes the place of the whole.
    """
    words = [str(assessed.fiscal_year)]
    if indicators:
        words += ["ตัวบ่งชี้", indicators[0]]
        if len(indicators) > 1:
            words.append(f"และอีก {len(indicators) - 1} ตัวบ่งชี้")
    words += ["เฉพาะที่พร้อมพิมพ์"] if options.only_ready else []
    words += ["เฉพาะหน้าที่เปลี่ยน"] if changed else []
    words += ["ฉบับร่าง"] if options.watermark else []
    return file_name_around(_NAMES[options.form], assessed.office, " ".join(words) + ".pdf")


def _field(editor: Editor) -> Field:
    return print_options_field(editor.round.fiscal_year)


def _refuse_unknown(what: str, word: str, known: Sequence[str]) -> None:
    if word not in known:
        raise ValueRefused(f"ไม่รู้จัก{what} “{word}” กรุณาใช้ {' หรือ '.join(known)}")
