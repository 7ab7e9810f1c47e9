"""Paints the rows of the overview: bars of levels, completeness, and what would raise a level."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from esa_desktop.domain.thai import thai_digits
from esa_desktop.ui import painting
from esa_desktop.ui.dashboard_rows import DoneRow, GainRow, LevelRow
from esa_desktop.ui.row_list import RowDelegate
from esa_desktop.ui.theme import SECOND, interface_font

PAD: Final = 8
_BAR: Final = 12
_DIGIT: Final = 28
_ASIDE: Final = 92
"""Pixels at the right for "ตามเกณฑ์ ๔"."""


def scale(width: float) -> tuple[float, float]:
    """Where bars begin, and the pixels of one level, in a chart of this width."""
    left = max(96.0, min(320.0, width * 0.4))
    return left, max(18.0, (width - left - _DIGIT - _ASIDE - PAD - 10) / 5)


class LevelDelegate(RowDelegate[LevelRow]):
    """A bar from 0 to the level with its digit at the right; a word where there is none."""

    def row_height(self, row: LevelRow, width: int) -> int:  # noqa: ARG002
        return 40 if row.is_heading else 36

    def paint_row(self, painter: QPainter, box: QRectF, row: LevelRow) -> None:
        palette = painting.colors()
        if row.is_heading:
            self._paint_heading(painter, box.adjusted(PAD, 6, -PAD, 0), row)
            return
        if row.is_note:
            words = box.adjusted(PAD, 0, -PAD, 0)
            painting.draw_line(painter, words, row.title, interface_font(SECOND), palette.ink2)
            return
        left, step = scale(box.width())
        name = QRectF(box.x() + PAD, box.y(), left - PAD - 8, box.height())
        painting.draw_line(painter, name, row.title, interface_font(), palette.ink)
        start = box.x() + left
        for level in range(1, 6):
            line = QRectF(start + level * step, box.y(), 1, box.height())
            painter.fillRect(line, QColor(palette.line))
        self._paint_bar(painter, box, row, start, step)
        end = start + 5 * step + 14
        digit = thai_digits(row.level) if row.level else "–"
        place = QRectF(end, box.y(), _DIGIT, box.height())
        painting.draw_line(painter, place, digit, interface_font(semibold=True), palette.ink)
        if row.by_rubric is not None:
            form = QCoreApplication.translate("Dashboard", "ตามเกณฑ์ {0}")
            aside = QRectF(end + _DIGIT, box.y(), _ASIDE, box.height())
            painting.draw_line(
                painter,
                aside,
                form.format(thai_digits(row.by_rubric)),
                interface_font(SECOND),
                palette.ink2,
            )

    @staticmethod
    def _paint_heading(painter: QPainter, box: QRectF, row: LevelRow) -> None:
        """The standard, and at the right its score as a link to the sum."""
        palette = painting.colors()
        second = interface_font(SECOND)
        room = min(painting.text_width(row.score, second) + 2, box.width() * 0.6)
        if row.score:
            score = QRectF(box.right() - room - 22, box.y(), room, box.height())
            painting.draw_line(painter, score, row.score, second, palette.accent, painting.RIGHT)
            at = QRectF(box.right() - 18, box.center().y() - 8, 16, 16).topLeft()
            painting.draw_icon(painter, at, "chevron-right", "accent", 16)
            box = box.adjusted(0, 0, -room - 34, 0)
        painting.draw_line(painter, box, row.title, interface_font(semibold=True), palette.ink)

    @staticmethod
    def _paint_bar(
        painter: QPainter, box: QRectF, row: LevelRow, start: float, step: float
    ) -> None:
        palette = painting.colors()
        if row.level:
            bar = QRectF(start, box.center().y() - _BAR / 2, row.level * step, _BAR)
            painting.draw_box(painter, bar, palette.accent, None, radius=3)
            return
        words = QCoreApplication.translate("Dashboard", "ยังไม่ระบุ")
        font = interface_font(SECOND)
        ground = QRectF(start, box.y() + 4, painting.text_width(words, font) + 12, 28)
        painting.draw_box(painter, ground, palette.surface, None, radius=0)
        painting.draw_line(painter, ground.adjusted(4, 0, 8, 0), words, font, palette.ink2)


class LevelAxis(QWidget):
    """The digits ๑ to ๕ above the bars; stays while the rows scroll."""

    def __init__(self, chart: QWidget, parent: QWidget | None = None) -> None:
        """``chart`` is what the bars are painted on: its width is the scale."""
        super().__init__(parent)
        self._chart = chart
        self.setFixedHeight(26)

    def paintEvent(self, _event: QPaintEvent) -> None:  # Qt override
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, step = scale(self._chart.width())
        font = interface_font(SECOND, semibold=True)
        for level in range(1, 6):
            box = QRectF(left + level * step - 20, 0, 40, 26)
            painting.draw_line(
                painter, box, thai_digits(level), font, painting.colors().ink2, painting.CENTER
            )
        painter.end()


class DoneDelegate(RowDelegate[DoneRow]):
    """Name and "๑๔ จาก ๑๘ ประเด็น" above a bar."""

    def row_height(self, row: DoneRow, width: int) -> int:  # noqa: ARG002
        return 46

    def paint_row(self, painter: QPainter, box: QRectF, row: DoneRow) -> None:
        palette = painting.colors()
        inner = box.adjusted(PAD, 2, -PAD, -4)
        line = QRectF(inner.x(), inner.y(), inner.width(), 28)
        painting.draw_line(painter, line, row.title, interface_font(), palette.ink)
        second = interface_font(SECOND)
        painting.draw_line(painter, line, row.words, second, palette.ink2, painting.RIGHT)
        bar = QRectF(inner.x(), inner.bottom() - 9, inner.width(), 8)
        painting.draw_box(painter, bar, palette.sunken, None, radius=4)
        if row.done:
            bar.setWidth(bar.width() * row.done / row.total)
            painting.draw_box(painter, bar, palette.accent, None, radius=4)


class GainDelegate(RowDelegate[GainRow]):
    """The indicator and its level, and below it what to do, in the rubric's own terms."""

    _ARROW = 24

    def _lines(self, row: GainRow, width: float) -> list[str]:
        return painting.wrapped(row.step, interface_font(SECOND), width - 2 * PAD - self._ARROW)

    def row_height(self, row: GainRow, width: int) -> int:
        lines = len(self._lines(row, width))
        return round(32 + lines * painting.pitch(interface_font(SECOND)) + 8)

    def paint_row(self, painter: QPainter, box: QRectF, row: GainRow) -> None:
        palette = painting.colors()
        head = QRectF(box.x() + PAD, box.y() + 2, box.width() - 2 * PAD - self._ARROW, 28)
        strong = interface_font(semibold=True)
        painting.draw_line(painter, head, row.title, strong, palette.ink)
        taken = painting.text_width(row.title, strong) + 10
        code = interface_font(SECOND, semibold=True)
        painting.draw_line(painter, head.adjusted(taken, 0, 0, 0), row.now, code, palette.accent)
        words = QRectF(head.x(), box.y() + 30, head.width(), box.height() - 36)
        second = interface_font(SECOND)
        painting.draw_lines(painter, words, self._lines(row, box.width()), second, palette.ink2)
        arrow = QRectF(box.right() - PAD - 16, box.center().y() - 8, 16, 16)
        painting.draw_icon(painter, arrow.topLeft(), "chevron-right", "accent", 16)
        rule = QRectF(box.x() + PAD, box.bottom() - 1, box.width() - 2 * PAD, 1)
        painter.fillRect(rule, QColor(palette.line))
