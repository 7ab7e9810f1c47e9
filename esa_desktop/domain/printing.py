"""What a person chooses about paper: the options of a print, as values a project remembers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Final, Literal, get_args

from esa_desktop.domain.book import DEFAULT_PARTS, Part

Paper = Literal["a4-landscape", "a4-portrait", "f4-landscape", "f4-portrait"]
PageNumbers = Literal["x_of_y", "plain", "none"]
Form = Literal["sheets", "blank", "committee", "book"]
"""The filled sheets; the form for handwriting; the committee's form; the whole book."""

SIZES: Final = (10.0, 24.0)
"""Points, as in TH Sarabun New."""
MARGINS_MM: Final = (5.0, 60.0)
GUTTERS_MM: Final = (0.0, 30.0)
COLUMNS_MM: Final = (20.0, 150.0)
FORM_MARGINS_MM: Final = (20.0, 15.0, 15.0, 18.0)
"""Left, right, top, bottom: nothing is prescribed for this form; these give the table room."""
LONGEST_LINE: Final = 200
"""Characters of a header, a footer or a watermark."""


@dataclass(frozen=True, slots=True)
class PrintOptions:
    """Everything a print depends on besides what is written."""

    form: Form = "sheets"
    paper: Paper = "a4-landscape"
    """Of the sheets; what else a book holds stands upright on paper of the same size."""
    font: str = "TH Sarabun New"
    size_pt: float = 16.0
    """As in TH Sarabun New; another typeface is set as large as that looks."""
    thai_digits: bool = True
    """For what the program sets itself; what people typed stays as typed."""
    page_numbers: PageNumbers = "x_of_y"
    evidence_codes: bool = False
    """Evidence under its code instead of a running number per issue."""
    pure_black: bool = False
    """No grey and no colour: for printers that make a raster of it."""
    distribute: bool = False
    """Lines spread towards the right edge, as far as copied text stays what was typed."""
    widths: tuple[float, ...] | None = None
    """Of the four columns in points, from an earlier result; others than fit are chosen anew."""
    rubric_mm: tuple[float, float] | None = None
    """Limits of column two, narrowest and widest; else those of the paper."""
    evidence_mm: tuple[float, float] | None = None
    """Limits of column four."""
    margins_mm: tuple[float, float, float, float] | None = None
    """Left, right, top, bottom; else those of the form."""
    gutter_mm: float = 0.0
    """Room for binding, added on the left."""
    duplex: bool = False
    """The room for binding changes sides on even pages."""
    header: str = ""
    footer: str = ""
    """In place of the indicator's name at the foot of each page."""
    watermark: str = ""
    """Set large and pale across every page."""
    only_ready: bool = False
    """Only indicators somebody marked as ready."""
    signatures: bool = False
    """A place to sign under every sheet."""
    parts: tuple[Part, ...] = DEFAULT_PARTS
    """Of the book, in its order."""
    kept_words: tuple[str, ...] = ()
    """Names a line never breaks inside: the project's dictionary, not stored with the options."""

    @property
    def landscape(self) -> bool:
        return self.paper.endswith("landscape")


def column_limits_mm(
    options: PrintOptions,
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Narrowest and widest of columns two and four: a person's own, or what was measured on the form."""
    rubric = (46.0, 64.0) if options.landscape else (36.0, 46.0)
    evidence = (54.0, 80.0) if options.landscape else (42.0, 54.0)
    return options.rubric_mm or rubric, options.evidence_mm or evidence


def options_from_values(values: object) -> PrintOptions:
    """What a project holds; a value this version cannot use is the default."""
    known = values if isinstance(values, Mapping) else {}
    usable = {name: read(known[name]) for name, read in _READERS.items() if name in known}
    chosen: dict[str, Any] = {name: v for name, v in usable.items() if v is not None}
    return PrintOptions(**chosen)


def options_to_values(options: PrintOptions) -> dict[str, Any] | None:
    """JSON values of what differs from the defaults; ``None`` where nothing does."""
    chosen: dict[str, Any] = {}
    for field in fields(PrintOptions):
        value = getattr(options, field.name)
        if value != field.default and field.name in _READERS:
            chosen[field.name] = list(value) if isinstance(value, tuple) else value
    return chosen or None


def _one_of(choices: tuple[str, ...]) -> "_Reader":
    return lambda value: value if value in choices else None


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _line(value: object) -> str | None:
    return value[:LONGEST_LINE] if isinstance(value, str) else None


def _font(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _parts(value: object) -> tuple[Part, ...] | None:
    return tuple(p for p in Part if p.value in value) if isinstance(value, list) else None


def _number(limits: tuple[float, float]) -> "_Reader":
    def read(value: object) -> float | None:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        return float(value) if limits[0] <= value <= limits[1] else None

    return read


def _numbers(count: int, limits: tuple[float, float]) -> "_Reader":
    def read(value: object) -> tuple[float, ...] | None:
        if not isinstance(value, list) or len(value) != count:
            return None
        numbers = tuple(_number(limits)(entry) for entry in value)
        return None if None in numbers else numbers

    return read


_Reader = Callable[[object], Any]
"""Takes a stored value; gives the option's own type, or ``None`` where it is none."""
_READERS: Final[dict[str, _Reader]] = {
    "form": _one_of(get_args(Form)),
    "paper": _one_of(get_args(Paper)),
    "font": _font,
    "size_pt": _number(SIZES),
    "thai_digits": _flag,
    "page_numbers": _one_of(get_args(PageNumbers)),
    "evidence_codes": _flag,
    "pure_black": _flag,
    "distribute": _flag,
    "widths": _numbers(4, (1.0, 2000.0)),
    "rubric_mm": _numbers(2, COLUMNS_MM),
    "evidence_mm": _numbers(2, COLUMNS_MM),
    "margins_mm": _numbers(4, MARGINS_MM),
    "gutter_mm": _number(GUTTERS_MM),
    "duplex": _flag,
    "header": _line,
    "footer": _line,
    "watermark": _line,
    "only_ready": _flag,
    "signatures": _flag,
    "parts": _parts,
}
"""Of everything that is stored."""
