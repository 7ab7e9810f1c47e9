"""Rows of two lines for lists in dialogs: what it is and a word at the right, below it what else is known."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from esa_desktop.ui import painting
from esa_desktop.ui.row_list import Row, RowDelegate
from esa_desktop.ui.theme import SECOND, interface_font


@dataclass(frozen=True, slots=True)
class TwoLines(Row):
    title: str
    right: str
    below: str


class TwoLineDelegate(RowDelegate[TwoLines]):
    """The title in bold, cut where the words at the right begin."""

    def row_height(self, row: TwoLines, width: int) -> int:  # noqa: ARG002
        return 60

    def paint_row(self, painter: QPainter, box: QRectF, row: TwoLines) -> None:
        palette = painting.colors()
        inner = box.adjusted(12, 4, -12, -6)
        top = QRectF(inner.x(), inner.y(), inner.width(), 26)
        second = interface_font(SECOND)
        right = painting.text_width(row.right, second)
        strong = interface_font(semibold=True)
        painting.draw_line(
            painter, top.adjusted(0, 0, -right - 12, 0), row.title, strong, palette.ink
        )
        painting.draw_line(painter, top, row.right, second, palette.ink2, painting.RIGHT)
        below = QRectF(inner.x(), inner.y() + 25, inner.width(), 25)
        painting.draw_line(painter, below, row.below, second, palette.ink2)
        rule = QRectF(inner.x(), box.bottom() - 1, inner.width(), 1)
        painter.fillRect(rule, QColor(palette.line))
