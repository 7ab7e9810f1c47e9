"""All lengths of a printed sheet in points, for one paper and one typeface."""

from dataclasses import dataclass
from typing import Final, Literal

from esa_desktop.domain.errors import ReportError
from esa_desktop.domain.thai import thai_digits
from esa_desktop.report.fonts import NOMINAL_SIZE, Typeface

MM: Final = 72 / 25.4
Paper = Literal["a4-landscape", "a4-portrait"]
A4: Final = (595.28, 841.89)
SMALLEST_SIZE: Final = 10.0
LARGEST_SIZE: Final = 24.0


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
class SheetMeasures:
    """The page of the indicator sheet; measured in findings on the real form, portrait and landscape."""

    paper: tuple[float, float]
    text: TextMeasures
    title_size: float
    title_leading: float
    small_size: float
    left: float
    right: float
    top: float
    bottom: float
    footer: float
    """Baseline of the footer above the edge of the paper."""
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


def sheet_measures(
    face: Typeface, paper: Paper, size_pt: float, *, gutter_mm: float, pure_black: bool
) -> SheetMeasures:
    """``size_pt`` is the size in TH Sarabun New; other faces are set as large as that looks."""
    if not SMALLEST_SIZE <= size_pt <= LARGEST_SIZE:
        raise ReportError(
            thai_digits(
                f"ขนาดตัวอักษร {size_pt:g} ใช้พิมพ์แบบนี้ไม่ได้ "
                f"กรุณาเลือกขนาดระหว่าง {SMALLEST_SIZE:g} ถึง {LARGEST_SIZE:g} พอยต์"
            )
        )
    landscape = paper == "a4-landscape"
    size = size_pt * face.relative_size
    lines = face.measures
    return SheetMeasures(
        text=_text_measures(face, size, landscape=landscape, pure_black=pure_black),
        paper=(A4[1], A4[0]) if landscape else A4,
        title_size=size * face.title_size,
        title_leading=size * face.title_size * lines.title,
        small_size=size * face.small_size,
        left=(20 + gutter_mm) * MM,
        right=15 * MM,
        top=15 * MM,
        bottom=18 * MM,
        footer=10 * MM,
        rubric_limits=(46 * MM, 64 * MM) if landscape else (36 * MM, 46 * MM),
        evidence_limits=(54 * MM, 80 * MM) if landscape else (42 * MM, 54 * MM),
        least_level_column=17 * MM,
        box=10.5 * size_pt / NOMINAL_SIZE,
    )


def _text_measures(
    face: Typeface, size: float, *, landscape: bool, pure_black: bool
) -> TextMeasures:
    lines = face.measures
    height = (A4[0] if landscape else A4[1]) - 33 * MM
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
