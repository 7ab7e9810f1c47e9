"""What printing tells afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass

from esa_desktop.report.document import DrawnPage


@dataclass(frozen=True, slots=True)
class SheetResult:
    pages: int
    page_of_indicator: Mapping[str, int]
    """First page of each printed indicator by its code."""
    widths: tuple[float, ...]
    """The column widths used, to be kept with the project so that later prints look the same."""
    unknown_characters: tuple[str, ...] = ()
    """Characters no font of this computer has; a visible sign is printed in their place."""
    drawn: tuple[DrawnPage, ...] = ()
    """Number and fingerprint of every page, for printing later only what changed."""

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
