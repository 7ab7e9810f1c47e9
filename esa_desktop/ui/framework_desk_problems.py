"""The page of the framework desk that lists what an edition still lacks, each with a way to its place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from esa_desktop.domain.framework import Framework
from esa_desktop.domain.framework_problems import Problem
from esa_desktop.domain.thai import thai_digits
from esa_desktop.ui import painting
from esa_desktop.ui.dialog_frame import wrapping_label
from esa_desktop.ui.empty_state import EmptyState
from esa_desktop.ui.framework_desk_rows import EDITION, nameless
from esa_desktop.ui.row_list import Row, RowDelegate, RowList
from esa_desktop.ui.theme import SECOND, interface_font, set_role

_BESIDE: Final = 54
"""Pixels of the page that are not the list's: margins and the card's edge."""


@dataclass(frozen=True, slots=True)
class ProblemRow(Row):
    code: str
    name: str
    sentence: str


class _ProblemDelegate(RowDelegate[ProblemRow]):
    """What is wrong, and below it where."""

    def _lines(self, row: ProblemRow, width: int) -> list[str]:
        return painting.wrapped(row.sentence, interface_font(), width - 84)

    def row_height(self, row: ProblemRow, width: int) -> int:
        words = len(self._lines(row, width)) * painting.pitch(interface_font())
        return round(words + painting.pitch(interface_font(SECOND))) + 14

    def paint_row(self, painter: QPainter, box: QRectF, row: ProblemRow) -> None:
        palette = painting.colors()
        lines = self._lines(row, round(box.width()))
        height = len(lines) * painting.pitch(interface_font())
        words = QRectF(box.x() + 44, box.y() + 6, box.width() - 84, height)
        painting.draw_icon(painter, QPointF(box.x() + 14, words.y() + 2), "warning", "warn", 18)
        painting.draw_lines(painter, words, lines, interface_font(), palette.ink)
        second = interface_font(SECOND)
        below = QRectF(words.x(), words.bottom(), words.width(), painting.pitch(second))
        place = f"{row.code} {row.name}".strip()
        painting.draw_line(painter, below, place, second, palette.ink2)
        at = QPointF(box.right() - 28, box.center().y() - 8)
        painting.draw_icon(painter, at, "chevron-right", "ink2", 16)


class ProblemsPage(QWidget):
    go_to = Signal(str)
    """Id of the row of the outline where the problem is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "page")
        self.list = RowList(_ProblemDelegate(), self.tr("สิ่งที่ควรตรวจ"), self)
        self.list.setObjectName("frameworkProblems")
        self._about = wrapping_label("", "quiet")
        self._card = QFrame(self)
        set_role(self._card, "card")
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(6, 6, 6, 6)
        inside.addWidget(self.list)
        self._empty = EmptyState("check", self)
        self._empty.say(
            self.tr("ไม่พบสิ่งที่ควรแก้"),
            self.tr("ชื่อ เกณฑ์ และสัดส่วนครบถ้วน ส่วนที่ยังไม่ได้ตรวจกับประกาศดูได้จากเครื่องหมาย ? ในรายการ"),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 10, 20, 16)
        column.setSpacing(6)
        column.addWidget(wrapping_label(self.tr("สิ่งที่ควรตรวจ"), "title"))
        column.addWidget(self._about)
        column.addWidget(self._card, 1000)
        column.addWidget(self._empty, 1000)
        column.addStretch(1)
        self.list.go_to.connect(self.go_to)

    def show_problems(self, framework: Framework, problems: Sequence[Problem]) -> None:
        rows = [_row(framework, problem) for problem in problems]
        self.list.rows.set_rows(rows)
        words = self.tr("{0} จุด ทำงานต่อได้ทันที กดที่รายการเพื่อไปแก้").format(len(rows))
        self._about.setText(thai_digits(words))
        self._about.setVisible(bool(rows))
        self._card.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self._fit()

    def _fit(self) -> None:
        """The card ends below its last row."""
        width = max(self.width() - _BESIDE, 320)
        self._card.setMaximumHeight(self.list.content_height(width) + 18)

    # Qt override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def focus_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)


def _row(framework: Framework, problem: Problem) -> ProblemRow:
    if not problem.node_id or not framework.has_node(problem.node_id):
        return ProblemRow(EDITION, problem.sentence, "", framework.title, problem.sentence)
    code = framework.code_of(problem.node_id)
    name = framework.node(code).name or nameless()
    code = thai_digits(code)
    spoken = f"{problem.sentence} · {code} {name}"
    return ProblemRow(problem.node_id, spoken, code, name, problem.sentence)
