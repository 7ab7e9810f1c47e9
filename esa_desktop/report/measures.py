"""All lengths of a printed sheet in points, for one paper and one typeface."""

from dataclasses import dataclass, fields
from typing import Final

from esa_desktop.domain.errors import ReportError
from esa_desktop.domain.printing import FORM_MARGINS_MM, SIZES, PrintOptions, column_limits_mm
from esa_desktop.domain.thai import thai_digits
from esa_desktop.report.fonts import NOMINAL_SIZE, Typeface

MM: Final = 72 / 25.4
A4: Final = (595.28, 841.89)
F4: Final = (8.5 * 72, 13 * 72)
"""Folio, “กระดาษ F4” of the offices: 8.5 by 13 inches."""
_OUT_OF_REACH: Final = 4 * MM
"""Printers do not reach nearer to the edge of the paper."""
_LEAST_FRAME: Final = (120 * MM, 90 * MM)
"""Width and height below which no form can stand."""


@dataclass(frozen=True, slots=True)
class TextMeasures:
    """How text stands in a column."""

    size: float
    leading: float
    ascent: float
    """From the top of a line to its baseline, in em."""
    table_size: float
    table_leading: float
    first_indent: float
    step: float
    """From one list depth to the next."""
    after_table: float
    tallest_picture: float
    rule: float
    head_grey: float
    """Grey behind table heads; 1 is white: nothing is filled."""


@dataclass(frozen=True, slots=True)
class PageMeasures:
    """One page: paper, frame of the text, and where the running lines stand; lengths in points."""

    paper: tuple[float, float]
    text: TextMeasures
    title_size: float
    title_leading: float
    small_size: float
    left: float
    right: float
    top: float
    bottom: float
    header: float
    """Baseline of the header below the upper edge of the paper."""
    footer: float
    """Baseline of the footer above the lower edge of the paper."""
    turned: tuple[float, float]
    """By how much an even page is moved right and up, so that its room for binding lies inside."""

    @property
    def width(self) -> float:
        """Of the text frame."""
        return self.paper[0] - self.left - self.right

    @property
    def height(self) -> float:
        return self.paper[1] - self.top - self.bottom

    @property
    def landscape(self) -> bool:
        return self.paper[0] > self.paper[1]


@dataclass(frozen=True, slots=True)
class SheetMeasures(PageMeasures):
    """The page of the indicator sheet; measured in findings on the real form, portrait and landscape."""

    rubric_limits: tuple[float, float]
    evidence_limits: tuple[float, float]
    least_level_column: float
    pad_x: float = 2.1 * MM
    pad_top: float = 2.0
    pad_bottom: float = 3.5
    rule: float = 0.5
    below_titles: float = 4.0
    box: float = 10.5
    box_rule: float = 0.8
    tick_rule: float = 1.5


def page_measures(
    face: Typeface, options: PrintOptions, *, landscape: bool, bound_above: bool = False
) -> PageMeasures:
    """The page of one orientation; ``bound_above``: a landscape page in a book of upright ones.

    ``options.size_pt`` is the size in TH Sarabun New; other faces are set as large as that looks.
    Margins that leave no room for the running lines are widened for them. `ReportError` for a
    size or margins nothing can be printed with.
    """
    size_pt = options.size_pt
    if not SIZES[0] <= size_pt <= SIZES[1]:
        raise ReportError(
            thai_digits(
                f"ขนาดตัวอักษร {size_pt:g} ใช้พิมพ์แบบนี้ไม่ได้ "
                f"กรุณาเลือกขนาดระหว่าง {SIZES[0]:g} ถึง {SIZES[1]:g} พอยต์"
            )
        )
    upright = F4 if options.paper.startswith("f4") else A4
    paper = (upright[1], upright[0]) if landscape else upright
    left, right, top, bottom = (mm * MM for mm in options.margins_mm or FORM_MARGINS_MM)
    gutter = options.gutter_mm * MM
    above = gutter if bound_above else 0.0
    top, left = top + above, left + gutter - above
    size = size_pt * face.relative_size
    small = size * face.small_size
    up = face.measures.ascent * small
    down = (face.measures.body - face.measures.ascent) * small
    running = up + down + _OUT_OF_REACH
    top = max(top, above + running) if options.header else top
    bottom = max(bottom, running)
    frame = paper[0] - left - right, paper[1] - top - bottom
    if frame[0] < _LEAST_FRAME[0] or frame[1] < _LEAST_FRAME[1]:
        raise ReportError("ขอบกระดาษกว้างเกินไป ไม่เหลือที่ให้ตาราง กรุณาลดระยะขอบหรือที่เย็บเล่ม")
    mirrored = gutter if options.duplex else 0.0
    return PageMeasures(
        paper=paper,
        text=_text_measures(
            face,
            size,
            landscape=landscape,
            height=frame[1],
            pure_black=options.pure_black,
        ),
        title_size=size * face.title_size,
        title_leading=size * face.title_size * face.measures.title,
        small_size=small,
        left=left,
        right=right,
        top=top,
        bottom=bottom,
        header=above + max(min(10 * MM, top - above - down - 1), _OUT_OF_REACH + up),
        footer=max(min(10 * MM, bottom - up - 1), _OUT_OF_REACH + down),
        turned=(0.0, mirrored) if bound_above else (0.0 - mirrored, 0.0),  # never -0.0,
    )


def sheet_measures(
    face: Typeface, options: PrintOptions, *, bound_above: bool = False
) -> SheetMeasures:
    """The page of the sheets on the paper of the options."""
    landscape = options.landscape
    page = page_measures(face, options, landscape=landscape, bound_above=bound_above)
    rubric, evidence = column_limits_mm(options)
    return SheetMeasures(
        **{field.name: getattr(page, field.name) for field in fields(PageMeasures)},
        rubric_limits=(rubric[0] * MM, rubric[1] * MM),
        evidence_limits=(evidence[0] * MM, evidence[1] * MM),
        least_level_column=17 * MM,
        box=10.5 * options.size_pt / NOMINAL_SIZE,
    )


def _text_measures(
    face: Typeface, size: float, *, landscape: bool, height: float, pure_black: bool
) -> TextMeasures:
    lines = face.measures
    return TextMeasures(
        size=size,
        leading=size * lines.body,
        ascent=lines.ascent,
        table_size=size * face.table_size,
        table_leading=size * face.table_size * lines.table,
        first_indent=(10 if landscape else 7) * MM,
        step=(6 if landscape else 4.5) * MM,
        after_table=5.0,
        tallest_picture=height * 0.55,
        rule=0.4,
        head_grey=1.0 if pure_black else 0.93,
    )
