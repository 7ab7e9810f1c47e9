"""A print that is wanted, as values: what the preview shows, the file holds and the printer gets."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.errors import ReportError
from esa_desktop.domain.printing import PrintOptions
from esa_desktop.services.exporting import Image, export_pdf, render_pdf
from esa_desktop.services.reprinting import (
    Printed,
    Reprint,
    exchange,
    export_changed,
    is_remembered,
    render_changed,
    warning,
)
from esa_desktop.ui.worker import TaskHandle

if TYPE_CHECKING:
    from esa_desktop.report.sheet import SheetResult


class NothingToPrint(ReportError):
    """No mistake: every page is as it was printed."""


NOTHING_CHANGED = "ไม่มีหน้าใดเปลี่ยนจากการพิมพ์ครั้งก่อน จึงไม่มีหน้าที่ต้องพิมพ์ใหม่"


@dataclass(frozen=True, slots=True)
class SetPages:
    """Pages ready to be shown, saved or printed."""

    content: bytes
    """The PDF; empty where it went into a file."""
    result: "SheetResult"
    """Of the whole print, also where only some of its pages are in the PDF."""
    pages: int
    """Pages of the PDF."""
    reprint: Reprint | None = None
    """Where only the pages that changed are in the PDF."""
    warning: str = ""
    """What a person must know about pages that were printed before; empty where there is nothing."""


@dataclass(frozen=True)
class PrintWish:
    """The worker never sees the editor."""

    assessed: AssessmentRound
    options: PrintOptions
    indicators: tuple[str, ...] | None
    """Codes; ``None`` for all."""
    image: Image
    before: Printed | None = None
    """What the last printing of this form put on paper."""
    only_changed: bool = False
    """Only the pages that are not as they were printed then."""

    @property
    def is_remembered(self) -> bool:
        """It makes or mends the stack of paper on the desk."""
        return is_remembered(self.options, self.indicators)

    def set_pages(self, handle: TaskHandle) -> SetPages:
        """The pages as bytes."""
        if self.only_changed:
            content, whole, reprint = render_changed(
                self.assessed,
                self.options,
                self.before,
                cancelled=handle.cancelled,
                image=self.image,
            )
            return self._told(content, whole, reprint)
        content, result = render_pdf(
            self.assessed,
            self.options,
            indicators=self.indicators,
            cancelled=handle.cancelled,
            image=self.image,
        )
        return SetPages(content, result, result.pages)

    def save(self, target: Path, handle: TaskHandle) -> SetPages:
        """The same pages into a file."""
        if self.only_changed:
            whole, reprint = export_changed(
                self.assessed,
                target,
                self.options,
                self.before,
                progress=handle.progress,
                cancelled=handle.cancelled,
                image=self.image,
            )
            return self._told(b"", whole, reprint)
        result = export_pdf(
            self.assessed,
            target,
            self.options,
            indicators=self.indicators,
            progress=handle.progress,
            cancelled=handle.cancelled,
            image=self.image,
        )
        return SetPages(b"", result, result.pages)

    def _told(self, content: bytes, whole: "SheetResult", reprint: Reprint) -> SetPages:
        told = warning(reprint, self.options.page_numbers)
        if not reprint.pages:
            raise NothingToPrint("\n".join(filter(None, (NOTHING_CHANGED, told))))
        words = "\n".join(filter(None, (exchange(reprint), told)))
        return SetPages(content, whole, len(reprint.pages), reprint, words)
