"""From a round to a PDF: the options a project remembers, and the sheets written with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, cast, get_args

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.edits import SetField
from esa_desktop.domain.errors import ValueRefused
from esa_desktop.domain.evidence import safe_file_name
from esa_desktop.domain.fields import Field, print_options_field
from esa_desktop.services.editing import Editor

if TYPE_CHECKING:
    # ReportLab and the fonts are loaded by the first export, not by the start of the program.
    from esa_desktop.report.sheet import SheetResult

Paper = Literal["a4-landscape", "a4-portrait"]
PageNumbers = Literal["x_of_y", "plain", "none"]
Progress = Callable[[int, int], None]
"""Gets steps done and all steps."""
Cancel = Callable[[], bool]
Image = Callable[[str], bytes | None]
"""The bytes of a picture by its hash, or nothing."""
SIZES: Final = (10.0, 24.0)
"""Points, as in TH Sarabun New."""
SHIPPED_FONTS: Final = ("TH Sarabun New", "Sarabun")


@dataclass(frozen=True, slots=True)
class PrintOptions:
    """What a person can choose about paper: field for field the report's ``SheetOptions``."""

    paper: Paper = "a4-landscape"
    font: str = SHIPPED_FONTS[0]
    size_pt: float = 16.0
    thai_digits: bool = True
    page_numbers: PageNumbers = "x_of_y"
    evidence_codes: bool = False
    pure_black: bool = False
    widths: tuple[float, ...] | None = None
    """Of the columns, where a person fixed them; else they are chosen for the whole round."""
    gutter_mm: float = 0.0


def options_from_values(values: object) -> PrintOptions:
    """What a project holds; a value this version cannot use is the default."""
    known = values if isinstance(values, Mapping) else {}
    usable = {
        field.name: known[field.name]
        for field in fields(PrintOptions)
        if field.name in known and _is_usable(field.name, known[field.name])
    }
    if "widths" in usable:
        usable["widths"] = tuple(float(width) for width in usable["widths"])
    return PrintOptions(**usable)


def options_to_values(options: PrintOptions) -> dict[str, Any] | None:
    """JSON values of what differs from the defaults; ``None`` where nothing does."""
    chosen = {
        field.name: getattr(options, field.name)
        for field in fields(PrintOptions)
        if getattr(options, field.name) != field.default
    }
    if "widths" in chosen:
        chosen["widths"] = list(chosen["widths"])
    return chosen or None


def stored_options(
    editor: Editor, *, paper: str | None = None, font: str | None = None
) -> PrintOptions:
    """The options of the project, with what is named instead; `ValueRefused` for no such paper."""
    options = options_from_values(editor.view(_field(editor)).value)
    if paper is not None:
        if paper not in get_args(Paper):
            papers = " หรือ ".join(get_args(Paper))
            raise ValueRefused(f"ไม่รู้จักกระดาษ “{paper}” กรุณาใช้ {papers}")
        options = replace(options, paper=cast("Paper", paper))
    return replace(options, font=font) if font else options


def remember_options(editor: Editor, options: PrintOptions) -> SetField:
    """The edit that keeps the options with the project."""
    return editor.change(_field(editor), options_to_values(options))


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
    progress: Progress | None = None,
    cancelled: Cancel | None = None,
    image: Image | None = None,
) -> SheetResult:
    """Write the sheets of some indicators (codes) or of all; slow, for a worker.

    Pages of one indicator have the columns they have in the whole book, so that a sheet printed
    again fits in. Raises `EsaError`: an unknown code, a file that cannot be written, `Cancelled`.
    """
    from esa_desktop.report.sheet import SheetOptions, write_sheets

    options = with_widths(assessed, options, indicators, cancelled=cancelled, image=image)
    return write_sheets(
        assessed,
        target,
        SheetOptions(**asdict(options)),
        indicators=indicators,
        progress=progress,
        cancelled=cancelled,
        image=image,
    )


def render_pdf(
    assessed: AssessmentRound,
    options: PrintOptions,
    *,
    indicators: Sequence[str] | None = None,
    cancelled: Cancel | None = None,
    image: Image | None = None,
) -> tuple[bytes, SheetResult]:
    """The same bytes that `export_pdf` writes, for a preview."""
    from esa_desktop.report.sheet import SheetOptions, render_sheets

    options = with_widths(assessed, options, indicators, cancelled=cancelled, image=image)
    return render_sheets(
        assessed,
        SheetOptions(**asdict(options)),
        indicators=indicators,
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
    """The options with the columns of the whole book, where only a part of it is printed."""
    if indicators is None or options.widths is not None:
        return options
    _, result = render_pdf(assessed, options, cancelled=cancelled, image=image)
    return replace(options, widths=result.widths)


def pdf_name(assessed: AssessmentRound, indicators: Sequence[str] | None = None) -> str:
    """The name a PDF is offered under, safe on every system: office, year, and what it holds."""
    words = ["แบบประเมิน", assessed.office, str(assessed.fiscal_year)]
    if indicators:
        words += ["ตัวบ่งชี้", indicators[0]]
        if len(indicators) > 1:
            words.append(f"และอีก {len(indicators) - 1} ตัวบ่งชี้")
    return safe_file_name(" ".join(filter(None, words)) + ".pdf")


def _field(editor: Editor) -> Field:
    return print_options_field(editor.round.fiscal_year)


def _is_usable(name: str, value: object) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if name in ("paper", "page_numbers"):
        return value in get_args(Paper if name == "paper" else PageNumbers)
    if name == "font":
        return isinstance(value, str) and bool(value.strip())
    if name == "size_pt":
        return number and SIZES[0] <= cast("float", value) <= SIZES[1]
    if name == "gutter_mm":
        return number and 0 <= cast("float", value) <= 30
    if name == "widths":
        return isinstance(value, list) and all(
            isinstance(width, int | float) and width > 0 for width in value
        )
    return isinstance(value, bool)
