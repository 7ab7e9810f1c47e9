"""Shows what a backup says beside what the project says: compared word by word, or each by itself."""

from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from esa_desktop.domain.wording import readable
from esa_desktop.services.editing import Editor
from esa_desktop.services.history import Comparing
from esa_desktop.services.restoring import Difference
from esa_desktop.ui.compare_card import CompareCard
from esa_desktop.ui.segmented import SegmentedSwitch

BOTH: Final = "both"
HERE: Final = "here"
THERE: Final = "there"


class DifferenceView(QWidget):
    """The card of the history: the same marks, the same key, the same way from change to change."""

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._difference: Difference | None = None
        self.switch = SegmentedSwitch(
            self.tr("แสดงข้อความ"),
            {
                BOTH: self.tr("เทียบกัน"),
                HERE: self.tr("ปัจจุบัน"),
                THERE: self.tr("ข้อมูลสำรอง"),
            },
            self,
        )
        self.switch.chosen.connect(lambda _: self.show_difference(self._difference))
        self.card = CompareCard(self)
        head = QHBoxLayout()
        head.addWidget(self.switch)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.card, 1)
        self.show_difference(None)

    @property
    def tab_stops(self) -> tuple[QWidget, ...]:
        return *self.switch.findChildren(QPushButton), *self.card.tab_stops

    def show_difference(self, difference: Difference | None) -> None:
        """``None``: nothing is under the cursor."""
        self._difference = difference
        mode = self.switch.value
        if difference is None:
            self.card.caption.set_words("")
            self.card.say(self.tr("ยังไม่ได้เลือกรายการ"), self.tr("เลือกรายการทางซ้ายเพื่อดูข้อความ"))
            return
        told = {
            BOTH: self.tr("สิ่งที่จะเปลี่ยน ถ้านำข้อมูลสำรองกลับมา"),
            HERE: self.tr("ข้อความปัจจุบัน"),
            THERE: self.tr("ข้อความในข้อมูลสำรอง"),
        }[mode]
        self.card.caption.set_words(told)
        field, there = difference.field, difference.body
        here = self._editor.view(field).body
        if mode == BOTH:
            words = self._editor.round.kept_words
            self.card.compare(Comparing(field, here, there, words))
        else:
            self.card.show_text(readable(field, there if mode == THERE else here))
