"""What a person chooses before printing, and what printing tells afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from esa_desktop.report.fonts import DEFAULT_TYPEFACE, NOMINAL_SIZE
from esa_desktop.report.measures import Paper

PageNumbers = Literal["x_of_y", "plain", "none"]


@dataclass(frozen=True, slots=True)
class SheetOptions:
    paper: Paper = "a4-landscape"
    font: str = DEFAULT_TYPEFACE
    size_pt: float = NOMINAL_SIZE
    """As in TH Sarabun New; another typeface is set as large as that looks."""
    thai_digits: bool = True
    """For what the program sets itself; what people typed stays as typed."""
    page_numbers: PageNumbers = "x_of_y"
    evidence_codes: bool = False
    """Evidence under its code instead of a running number per issue."""
    pure_black: bool = False
    """No grey behind heads: for printers that make a raster of it."""
    widths: tuple[float, ...] | None = None
    """Of the columns in points, from an earlier result; others than fit the paper are chosen anew."""
    gutter_mm: float = 0.0
    """Room for binding, added on the left."""


@dataclass(frozen=True, slots=True)
class SheetResult:
    pages: int
    page_of_indicator: Mapping[str, int]
    """First page of each printed indicator by its code."""
    widths: tuple[float, ...]
    """The column widths used, to be kept with the project so that later prints look the same."""
    unknown_characters: tuple[str, ...] = field(default=())
    """Characters no font of this computer has; a visible sign is printed in their place."""

    @property
    def warning(self) -> str:
        """One Thai sentence about characters that could not be printed; empty where all could."""
        if not self.unknown_characters:
            return ""
        signs = " ".join(self.unknown_characters[:8])
        return (
            f"เครื่องนี้ไม่มีแบบอักษรของ {signs} จึงพิมพ์เครื่องหมาย ? แทน "
            "กรุณาแก้ข้อความ หรือติดตั้งแบบอักษรที่มีอักขระนี้แล้วพิมพ์ใหม่"
        )
