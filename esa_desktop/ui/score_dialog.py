"""Where a score comes from: the sum written out, and what was left out of it and why."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.ui.dialog_frame import WIDE, DialogFrame, wrapping_label
from esa_desktop.ui.row_list import RowList
from esa_desktop.ui.score_rows import (
    TermDelegate,
    equation,
    result_words,
    score_of,
    score_title,
    term_rows,
)

MOST_HEIGHT = 380
"""Pixels of the list; the rest of it is scrolled."""


class ScoreDialog(DialogFrame):
    """A standard's row leads to its own sum, an indicator's to the indicator."""

    go_to = Signal(str)
    """Id of an indicator; the dialog is closed by then."""

    def __init__(
        self, assessed: AssessmentRound, standard_id: str = "", parent: QWidget | None = None
    ) -> None:
        """``standard_id``: of a standard, or empty for the whole."""
        super().__init__("", parent, width=WIDE)
        self.setObjectName("scoreDialog")
        self._assessed = assessed
        self._came_from_whole = False
        self.outcome = wrapping_label("", "heading")
        self.sum = wrapping_label("")
        self.sum.setObjectName("scoreSum")
        self.sum.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._how = wrapping_label("", "second")
        self.list = RowList(TermDelegate(), self.tr("รายการที่ใช้คิดคะแนน"), self)
        self.list.setObjectName("scoreTerms")
        for part in (self.outcome, self.sum, self._how, self.list):
            self.body.addWidget(part)
        self.back = self.add_button(self.tr("กลับไปคะแนนรวม"))
        self.back.clicked.connect(lambda: self._show(""))
        self.leave = self.add_button(self.tr("ปิด"), "main")
        self.leave.clicked.connect(self.accept)
        self.list.go_to.connect(self._go)
        self._show(standard_id)
        self.list.setFocus()

    def _show(self, standard_id: str) -> None:
        self._standard_id = standard_id
        of_whole = not standard_id
        score = score_of(self._assessed, standard_id)
        title = score_title(self._assessed, standard_id)
        self.heading.setText(title)
        self.setWindowTitle(title)
        self.outcome.setText(result_words(score, of_whole=of_whole))
        self.sum.setText(equation(score))
        self.sum.setVisible(bool(score.terms))
        self._how.setText(self._explained(of_whole=of_whole, is_partial=score.partial is not None))
        self.list.rows.set_rows(list(term_rows(score, of_whole=of_whole)))
        self.back.setVisible(self._came_from_whole and not of_whole)
        self.fit()

    def _explained(self, *, of_whole: bool, is_partial: bool) -> str:
        how = self.tr("คะแนนคือค่าเฉลี่ยของระดับ ถ่วงด้วยน้ำหนักของตัวบ่งชี้ที่ตรวจกับประกาศแล้ว")
        if of_whole:
            how = self.tr("คะแนนรวมคือค่าเฉลี่ยของคะแนนมาตรฐาน ถ่วงด้วยสัดส่วนที่ตรวจกับประกาศแล้ว")
        part = self.tr("นี่เป็นเพียงบางส่วน ยังใช้แทนคะแนนเต็มไม่ได้") if is_partial else ""
        return "  ".join(filter(None, (how, part)))

    def _go(self, node_id: str) -> None:
        if self._standard_id:
            self.accept()
            self.go_to.emit(node_id)
            return
        self._came_from_whole = True
        self._show(node_id)
        self.list.setFocus()

    # Qt overrides

    def fit(self) -> None:
        height = self.list.content_height(self._width - 64) + 4
        self.list.setMinimumHeight(min(height, MOST_HEIGHT))
        self.list.setMaximumHeight(max(height, 40))
        super().fit()
