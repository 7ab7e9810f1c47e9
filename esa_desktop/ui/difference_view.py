"""Shows what a backup says beside what the project says: compared word by word, or each by itself."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from esa_desktop.domain.compared import Compared
from esa_desktop.domain.richtext import RichText, from_plain
from esa_desktop.domain.wording import readable
from esa_desktop.services.editing import Editor
from esa_desktop.services.history import Comparing
from esa_desktop.services.restoring import Difference
from esa_desktop.ui.compare_view import CompareView
from esa_desktop.ui.segmented import SegmentedSwitch
from esa_desktop.ui.theme import set_role, set_tone
from esa_desktop.ui.worker import Task

BOTH: Final = "both"
HERE: Final = "here"
THERE: Final = "there"


class DifferenceView(QWidget):
    settled = Signal()
    """What was asked for last is in view."""

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._difference: Difference | None = None
        self._asked = 0
        self.switch = SegmentedSwitch(
            self.tr("แสดงข้อความ"),
            {
                BOTH: self.tr("เทียบกัน"),
                HERE: self.tr("ปัจจุบัน"),
                THERE: self.tr("ชุดสำรอง"),
            },
            self,
        )
        self.switch.chosen.connect(lambda _: self.show_difference(self._difference))
        self._added = QLabel(self.tr("ขีดเส้นใต้: มีในชุดสำรอง"), self)
        self._removed = QLabel(self.tr("ขีดฆ่า: มีเฉพาะปัจจุบัน"), self)
        for label, tone in ((self._added, "good"), (self._removed, "bad")):
            set_role(label, "second")
            set_tone(label, tone)
        self.view = CompareView(self)
        self.view.setMinimumHeight(80)
        head = QHBoxLayout()
        head.addWidget(self.switch)
        head.addStretch(1)
        key = QHBoxLayout()
        key.setSpacing(16)
        key.addWidget(self._added)
        key.addWidget(self._removed)
        key.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        column.addLayout(key)

    def show_difference(self, difference: Difference | None) -> None:
        """``None``: nothing is under the cursor."""
        self._difference = difference
        self._asked += 1  # an answer to an earlier question is not wanted any more
        mode = self.switch.value
        for label in (self._added, self._removed):
            label.setVisible(difference is not None and mode == BOTH)
        if difference is None:
            self._show(from_plain(self.tr("เลือกรายการทางซ้ายเพื่อดูข้อความ")))
        elif mode == BOTH:
            self._compare(difference)
        else:
            body = difference.body if mode == THERE else self._present(difference)
            self._show(readable(difference.field, body))

    def _present(self, difference: Difference) -> str:
        return self._editor.view(difference.field).body

    def _show(self, text: RichText) -> None:
        self.view.show_text(text if text.plain else from_plain(self.tr("(ว่าง)")))
        self.settled.emit()

    def _compare(self, difference: Difference) -> None:
        words = self._editor.round.kept_words
        field, body = difference.field, difference.body
        comparing = Comparing(field, self._present(difference), body, words)
        asked = self._asked
        task = Task(lambda _: (asked, comparing.run()), self)
        task.done.connect(self._arrive)
        task.ended.connect(task.deleteLater)
        task.start()

    def _arrive(self, answer: tuple[int, tuple[Compared, ...]]) -> None:
        asked, blocks = answer
        if asked == self._asked:
            self.view.show_compared(blocks)
            self.settled.emit()
