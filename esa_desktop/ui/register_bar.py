"""Above the register: words to search for, which items are shown, and of which issue."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from esa_desktop.domain.framework import Framework, Indicator, Issue
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.register_rows import Shown
from esa_desktop.ui.choice_box import ChoiceBox
from esa_desktop.ui.icons import icon

LACKING: Final = "lacking"
"""Instead of items: the lines of checklists that nothing answers."""


class RegisterBar(QWidget):
    """Tells what a person changed, never what the program sets."""

    changed = Signal()
    left_downwards = Signal()
    """Down was pressed in the search field: on into the table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown_words: Final[dict[str, str]] = {
            Shown.ALL: self.tr("ทั้งหมด"),
            Shown.UNUSED: self.tr("ยังไม่ได้ใช้"),
            Shown.MISSING: self.tr("ไม่พบไฟล์"),
            Shown.CONFIDENTIAL: self.tr("เอกสารลับ"),
            Shown.NO_FILE: self.tr("ไม่มีไฟล์"),
            LACKING: self.tr("ยังขาดตามรายการ"),
        }
        self.search = QLineEdit(self)
        self.search.setObjectName("registerSearch")
        self.search.setAccessibleName(self.tr("ค้นหาในบัญชีหลักฐาน"))
        self.search.setPlaceholderText(self.tr("รหัส ชื่อ เลขที่ วันที่ ผู้รับผิดชอบ หรือชื่อไฟล์"))
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setClearButtonEnabled(True)
        self.shown = ChoiceBox(self.tr("หลักฐานที่แสดง"), self)
        self.shown.setObjectName("registerShown")
        for value, words in self._shown_words.items():
            self.shown.addItem(words, value)
        self.issue = ChoiceBox(self.tr("ประเด็นที่แสดง"), self)
        self.issue.setObjectName("registerIssue")
        self.issue.setMaxVisibleItems(16)
        self.issue.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.issue.setMinimumContentsLength(16)
        self.issue.addItem(self.tr("ทุกประเด็น"), "")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.search, 5)
        row.addWidget(self.shown)
        row.addWidget(self.issue, 4)
        self.search.textChanged.connect(lambda _: self.changed.emit())
        self.shown.activated.connect(lambda _: self.changed.emit())
        self.issue.activated.connect(lambda _: self.changed.emit())

    # --- what is chosen -----------------------------------------------------------------------

    @property
    def words(self) -> str:
        return self.search.text()

    @property
    def choice(self) -> str:
        """A `Shown`, or `LACKING`."""
        value: str = self.shown.currentData()
        return value

    @property
    def issue_id(self) -> str:
        """Empty for all issues."""
        value: str = self.issue.currentData()
        return value

    @property
    def narrows(self) -> bool:
        """Whether items may be left out."""
        return bool(self.words.strip() or self.issue_id) or self.choice != Shown.ALL

    def choose(self, choice: str | None = None, issue_id: str | None = None) -> None:
        """Set what is shown without telling; ``None`` leaves it."""
        if choice is not None:
            self.shown.setCurrentIndex(self.shown.findData(choice))
        if issue_id is not None:
            self.issue.setCurrentIndex(max(0, self.issue.findData(issue_id)))

    def show_all(self) -> None:
        """Leave nothing out any more."""
        blocked = self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(blocked)
        self.choose(Shown.ALL, "")
        self.changed.emit()

    # --- what there is ------------------------------------------------------------------------

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """How many there are of each."""
        for place in range(self.shown.count()):
            value = self.shown.itemData(place)
            words = f"{self._shown_words[value]} {thai_digits(f'{counts[value]:,}')}"
            if self.shown.itemText(place) != words:
                self.shown.setItemText(place, words)

    def set_framework(self, framework: Framework) -> None:
        """Offer its issues, and indicators that have none; the chosen one stays while it is in use."""
        wanted = [
            (node.id, f"{thai_digits(code)}  {node.name}")
            for code, node in framework.walk()
            if isinstance(node, Issue) or (isinstance(node, Indicator) and not node.issues)
        ]
        known = [
            (self.issue.itemData(n), self.issue.itemText(n)) for n in range(self.issue.count())
        ]
        if known[1:] == wanted:
            return
        chosen = self.issue_id
        while self.issue.count() > 1:
            self.issue.removeItem(self.issue.count() - 1)
        for issue_id, words in wanted:
            self.issue.addItem(words, issue_id)
            self.issue.setItemData(self.issue.count() - 1, words, Qt.ItemDataRole.ToolTipRole)
        self.choose(issue_id=chosen)

    # Qt override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the field does not take itself: Esc empties it, Down leaves it."""
        if self.search.hasFocus() and event.key() == Qt.Key.Key_Down:
            self.left_downwards.emit()
        elif self.search.hasFocus() and event.key() == Qt.Key.Key_Escape and self.words:
            self.search.clear()
        else:
            super().keyPressEvent(event)
