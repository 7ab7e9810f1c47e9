"""The works an office puts forward for an indicator: a ranked list and what can be done with it."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from esa_desktop.domain.edits import Edit
from esa_desktop.domain.errors import EsaError
from esa_desktop.domain.framework import Indicator
from esa_desktop.domain.rubric import works_words
from esa_desktop.domain.thai import thai_digits
from esa_desktop.domain.works import Work
from esa_desktop.services.editing import Editor
from esa_desktop.services.ranking import (
    evidence_for_works,
    move_work,
    new_work,
    put_work,
    remove_work,
)
from esa_desktop.ui.dialog_frame import wrapping_label
from esa_desktop.ui.icons import icon
from esa_desktop.ui.ranked_list import HEIGHT, RankedList, WorkRow
from esa_desktop.ui.theme import set_role, set_tone

MOST_SHOWN: Final = 5
"""Rows; of more the list is scrolled."""


class WorksEdit(QWidget):
    """``push`` takes an edit and the name of the step."""

    refused = Signal(object)
    """An `EsaError` to be told."""

    def __init__(self, editor: Editor, push: Callable[[Edit, str], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._editor = editor
        self._push = push
        self._indicator: Indicator | None = None
        heading = QLabel(self.tr("ผลงานที่เสนอ เรียงจากดีที่สุด"))
        set_role(heading, "heading")
        self.count = QLabel()
        self.count.setObjectName("worksCount")
        set_role(self.count, "second")
        self.list = RankedList(self.tr("ผลงานที่เสนอ เรียงจากดีที่สุด"), self)
        self.list.setObjectName("worksList")
        heading.setBuddy(self.list)
        self._none = wrapping_label(self.tr("ยังไม่มีผลงาน เพิ่มผลงานที่ดีที่สุดก่อน"), "quiet")
        self.add = self._button("plus", self.tr("เพิ่มผลงาน…"))
        self.edit = self._button("", self.tr("แก้ไข…"))
        self.up = self._button("chevron-up", self.tr("เลื่อนขึ้น"), self.tr("เลื่อนขึ้น (Alt+Up)"))
        self.down = self._button("chevron-down", self.tr("เลื่อนลง"), self.tr("เลื่อนลง (Alt+Down)"))
        self.remove = self._button("", self.tr("นำออก"), self.tr("นำผลงานนี้ออก (Delete)"))
        self._lay_out(heading)
        self._connect()

    def _button(self, mark: str, words: str, tip: str = "") -> QPushButton:
        button = QPushButton(words, self)
        if mark:
            button.setIcon(icon(mark))
        button.setAccessibleName(words)
        button.setToolTip(tip or words)
        set_role(button, "" if mark == "plus" else "quiet")
        return button

    def _lay_out(self, heading: QLabel) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(heading)
        head.addWidget(self.count)
        head.addStretch(1)
        card = QFrame(self)
        set_role(card, "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(6, 4, 6, 4)
        inside.addWidget(self.list)
        inside.addWidget(self._none)
        ways = QHBoxLayout()
        ways.setSpacing(8)
        for button in (self.add, self.edit, self.up, self.down, self.remove):
            ways.addWidget(button)
        ways.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(card)
        column.addLayout(ways)

    def _connect(self) -> None:
        self.list.chosen.connect(self._offer)
        self.list.taken.connect(self._describe)
        self.list.moved.connect(self._move)
        self.list.removal_requested.connect(self._remove)
        self.add.clicked.connect(lambda: self._open(new_work()))
        self.edit.clicked.connect(self._describe)
        self.up.clicked.connect(lambda: self.list.move_current(-1))
        self.down.clicked.connect(lambda: self.list.move_current(1))
        self.remove.clicked.connect(self._remove)

    # --- showing ------------------------------------------------------------------------------

    def show_indicator(self, indicator: Indicator) -> None:
        """The works of the round as it stands; the chosen one stays chosen."""
        self._indicator = indicator
        works = self._editor.round.indicator(indicator.id).works
        chosen = self.list.choice
        self.list.rows.set_rows([self._row(work, place) for place, work in enumerate(works, 1)])
        self.count.setText(works_words(len(works), indicator.works))
        is_short = indicator.works is not None and len(works) < indicator.works
        set_tone(self.count, "warn" if is_short else "")
        self.list.setVisible(bool(works))
        self.list.setFixedHeight(min(len(works), MOST_SHOWN) * HEIGHT + 4)
        self._none.setVisible(not works)
        if chosen is not None:
            self._choose(chosen.target)
        self._offer()

    def _row(self, work: Work, place: int) -> WorkRow:
        codes = [thai_digits(item.code) for item in self._editor.round.shown_by(work)]
        shown_by = self.tr("หลักฐาน {0}").format(", ".join(codes)) if codes else ""
        bare = self.tr("ยังไม่มีหลักฐาน")
        number = thai_digits(place)
        detail = " ".join(work.detail.split())
        spoken = " · ".join(filter(None, (f"{number}. {work.title}", detail, shown_by or bare)))
        return WorkRow(work.id, spoken, number, work.title, detail, shown_by or bare, not codes)

    def _choose(self, work_id: str) -> None:
        for place, row in enumerate(self.list.rows.rows):
            if row.target == work_id:
                self.list.choose(place)

    def _offer(self, *_: object) -> None:
        """Buttons that can do nothing say why."""
        row, count = self.list.currentIndex().row(), self.list.rows.rowCount()
        may = not self._editor.is_read_only
        self.list.may_change = may
        self.add.setEnabled(may)
        none = "" if row >= 0 else self.tr("เลือกผลงานในรายการก่อน")
        top = "" if row else self.tr("ผลงานนี้อยู่บนสุดแล้ว")
        bottom = "" if row < count - 1 else self.tr("ผลงานนี้อยู่ล่างสุดแล้ว")
        for button, why_not, tip in (
            (self.edit, none, self.tr("แก้ไขผลงานนี้ (Enter)")),
            (self.up, none or top, self.tr("เลื่อนขึ้น (Alt+Up)")),
            (self.down, none or bottom, self.tr("เลื่อนลง (Alt+Down)")),
            (self.remove, none, self.tr("นำผลงานนี้ออก (Delete)")),
        ):
            button.setEnabled(may and not why_not)
            button.setToolTip(why_not or tip)
            button.setVisible(count > 0)

    # --- changing -----------------------------------------------------------------------------

    def _describe(self, *_: object) -> None:
        chosen = self.list.choice
        works = self._works()
        work = next((one for one in works if chosen and one.id == chosen.target), None)
        if work is not None:
            self._open(work)

    def _open(self, work: Work) -> None:
        try:
            self._editor.refuse_if_read_only()
        except EsaError as error:
            self.refused.emit(error)
            return
        indicator = self._indicator
        if indicator is None:
            return
        items = evidence_for_works(self._editor, indicator)
        advice = ""
        if indicator.issues:
            advice = self.tr("เลือกได้จากหลักฐานที่แนบไว้กับประเด็นของตัวบ่งชี้นี้")
        elif not items:
            advice = self.tr("ยังไม่มีหลักฐานให้เลือก แนบหลักฐานก่อน แล้วกลับมาแก้ไขผลงานนี้")
        from esa_desktop.ui.ranked_work_dialog import RankedWorkDialog

        dialog = RankedWorkDialog(work, items, advice=advice, parent=self.window())
        dialog.described.connect(lambda described: self._put(indicator, described))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _put(self, indicator: Indicator, work: Work) -> None:
        known = any(one.id == work.id for one in self._works())
        words = self.tr("แก้ไขผลงาน ตัวบ่งชี้ที่ {0}") if known else self.tr("เพิ่มผลงาน ตัวบ่งชี้ที่ {0}")
        self._push(put_work(self._editor, indicator, work), words.format(self._code(indicator)))
        self._choose(work.id)

    def _move(self, place: int, target: int) -> None:
        if self._indicator is not None and not self._editor.is_read_only:
            edit = move_work(self._editor, self._indicator, place, target)
            words = self.tr("จัดลำดับผลงาน ตัวบ่งชี้ที่ {0}").format(self._code(self._indicator))
            self._push(edit, words)

    def _remove(self) -> None:
        chosen = self.list.choice
        if chosen is None or self._indicator is None or self._editor.is_read_only:
            return
        place = self.list.currentIndex().row()
        words = self.tr("นำผลงานออก ตัวบ่งชี้ที่ {0}").format(self._code(self._indicator))
        self._push(remove_work(self._editor, self._indicator, chosen.target), words)
        self.list.choose(min(place, self.list.rows.rowCount() - 1))

    def _works(self) -> tuple[Work, ...]:
        indicator = self._indicator
        return self._editor.round.indicator(indicator.id).works if indicator else ()

    def _code(self, indicator: Indicator) -> str:
        return thai_digits(self._editor.round.framework.code_of(indicator.id))
