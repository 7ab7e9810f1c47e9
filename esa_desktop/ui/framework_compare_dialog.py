"""Shows what differs between the edition in use and another one; changes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from esa_desktop.domain.framework import Framework
from esa_desktop.domain.framework_changes import differences
from esa_desktop.domain.thai import thai_digits
from esa_desktop.ui.choice_box import ChoiceBox
from esa_desktop.ui.choice_list import ChoiceList
from esa_desktop.ui.dialog_frame import wrapping_label
from esa_desktop.ui.empty_state import EmptyState
from esa_desktop.ui.framework_change_list import (
    ChangeLine,
    ChangeLineDelegate,
    change_lines,
    summary,
)
from esa_desktop.ui.row_list import Row
from esa_desktop.ui.work_dialog import WorkDialog

SIZE: Final = QSize(860, 620)


@dataclass(frozen=True, slots=True)
class OtherEdition:
    """What the edition in use is compared with."""

    name: str
    framework: Framework


class FrameworkCompareDialog(WorkDialog):
    """Enter or a double click on a row goes to the node, where it is in use."""

    go_to = Signal(str)

    def __init__(
        self,
        current: Framework,
        others: Sequence[OtherEdition],
        title: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, SIZE, parent)
        self.setObjectName("frameworkCompareDialog")
        self._current = current
        self._others = others
        self.box = ChoiceBox(self.tr("เทียบกับ"), self)
        for other in others:
            self.box.addItem(thai_digits(other.name))
        label = QLabel(self.tr("เทียบกับ"), self)
        self._what = wrapping_label("", "quiet")
        self.list = ChoiceList(ChangeLineDelegate(), self.tr("สิ่งที่ต่างกัน"), self)
        self.list.setObjectName("frameworkDifferences")
        self._same = EmptyState("check", self)
        self._same.say(self.tr("เหมือนกันทุกอย่าง"), self.tr("ฉบับที่ใช้อยู่ไม่ต่างจากฉบับนี้"))
        found = QWidget(self)
        column = QVBoxLayout(found)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._what)
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(label)
        row.addWidget(self.box, 1)
        self.body.addLayout(row)
        self._pages = self.add_pages(found, self._same)
        self.leave.setDefault(True)
        self.box.currentIndexChanged.connect(self._compare)
        self.list.taken.connect(self._go)
        nearest = [n for n, other in enumerate(others) if other.framework.id == current.id]
        self.box.setCurrentIndex(nearest[0] if nearest else 0)
        self._compare()
        self.list.setFocus()

    def _compare(self, *_: object) -> None:
        other = self._others[max(self.box.currentIndex(), 0)]
        changes = differences(other.framework, self._current)
        self.list.rows.set_rows(change_lines(changes))
        words = self.tr("ฉบับที่ใช้อยู่ต่างจากฉบับนี้ {0} รายการ: {1}")
        self._what.setText(thai_digits(words.format(len(changes), summary(changes))))
        self._pages.setCurrentIndex(0 if changes else 1)
        self.list.choose(0)

    def _go(self, row: Row) -> None:
        if isinstance(row, ChangeLine) and self._current.has_node(row.target):
            self.accept()
            self.go_to.emit(row.target)
