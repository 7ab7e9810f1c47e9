"""The left side of the help: all pages, or what was found with the words marked."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QPainter

from esa_desktop.domain.manual import Manual
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.manual_search import PageHit
from esa_desktop.ui import painting
from esa_desktop.ui.row_list import Row, RowDelegate
from esa_desktop.ui.theme import SECOND, interface_font

_NUMBER = 30.0
"""Pixels for the number of a page."""


@dataclass(frozen=True, slots=True)
class PageRow(Row):
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class FoundRow(Row):
    hit: PageHit


def page_rows(manual: Manual) -> list[PageRow]:
    """The contents: every page under its number."""
    rows = []
    for place, page in enumerate(manual.pages, 1):
        number = thai_digits(place)
        rows.append(PageRow(page.id, f"{number} {page.title}", number, page.title))
    return rows


def found_rows(hits: Sequence[PageHit]) -> list[FoundRow]:
    return [FoundRow(hit.page, f"{hit.title} · {hit.line}", hit) for hit in hits]


class PageDelegate(RowDelegate[PageRow | FoundRow]):
    """A title on a line, or in bold above the line that was found."""

    shows_choice = True

    def row_height(self, row: PageRow | FoundRow, width: int) -> int:  # noqa: ARG002
        return 36 if isinstance(row, PageRow) else 60

    def paint_row(self, painter: QPainter, box: QRectF, row: PageRow | FoundRow) -> None:
        palette = painting.colors()
        inner = box.adjusted(10, 2, -10, -2)
        if isinstance(row, PageRow):
            number = QRectF(inner.x(), inner.y(), _NUMBER - 6, inner.height())
            font = interface_font()
            painting.draw_line(painter, number, row.number, font, palette.ink2, painting.RIGHT)
            painting.draw_line(
                painter, inner.adjusted(_NUMBER, 0, 0, 0), row.title, font, palette.ink
            )
            return
        hit = row.hit
        top = QRectF(inner.x(), inner.y() + 2, inner.width(), 26)
        title = f"{hit.title}  ›  {hit.heading}" if hit.heading else hit.title
        painting.draw_line(painter, top, title, interface_font(semibold=True), palette.ink)
        line = QRectF(inner.x(), inner.y() + 28, inner.width(), 26)
        font = interface_font(SECOND)
        for start, end in hit.marks:
            _mark(painter, line, hit.line, (start, end), font)
        painting.draw_line(painter, line, hit.line, font, palette.ink2)


def _mark(painter: QPainter, line: QRectF, text: str, place: tuple[int, int], font: QFont) -> None:
    """A soft ground behind some letters of a line."""
    before = painting.text_width(text[: place[0]], font)
    width = painting.text_width(text[: place[1]], font) - before
    mark = QRectF(line.x() + before - 1, line.y() + 1, width + 2, line.height() - 2)
    painter.fillRect(mark.intersected(line), QColor(painting.colors().warn_soft))
