"""The top of the register: its name, how many items there are, the ways to files, codes, bin and binder."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from esa_desktop.domain.thai import thai_digits
from esa_desktop.ui.elided_label import ElidedLabel
from esa_desktop.ui.icons import icon
from esa_desktop.ui.theme import set_role

NARROW: Final = 868
"""Pixels; below, the buttons keep their icons only."""


class RegisterHead(QWidget):
    relink_requested = Signal()
    renumber_requested = Signal()
    bin_opened = Signal()
    binder_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._missing = self._in_bin = 0
        self._why_no_codes = ""
        title = QLabel(self.tr("บัญชีหลักฐาน"), self)
        set_role(title, "title")
        self.count = ElidedLabel(self)
        self.count.setObjectName("registerCount")
        set_role(self.count, "second")
        self.relink = QPushButton(icon("octagon", "bad"), "", self)
        set_role(self.relink, "link")
        self.renumber = QPushButton(icon("renumber"), "", self)
        self.bin = QPushButton(icon("trash"), "", self)
        self.binder = QPushButton(icon("book"), "", self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(title)
        row.addWidget(self.count, 1)
        for button, signal in (
            (self.relink, self.relink_requested),
            (self.renumber, self.renumber_requested),
            (self.bin, self.bin_opened),
            (self.binder, self.binder_requested),
        ):
            row.addWidget(button)
            button.clicked.connect(lambda *_, signal=signal: signal.emit())
        self._name_buttons()

    def show_counts(self, shown: int | None, total: int, lacking: int) -> None:
        """``shown``: items in view, ``None`` where none are looked at but what checklists lack."""
        words = self.tr("{0:,} รายการ").format(total)
        if shown is not None and shown != total:
            words = self.tr("แสดง {0:,} จาก {1:,} รายการ").format(shown, total)
        parts = [words]
        if lacking:
            parts.append(self.tr("ขาดตามรายการ {0:,}").format(lacking))
        self.count.set_words(thai_digits(" · ".join(parts)))

    def show_troubles(self, missing: int, in_bin: int) -> None:
        """``missing``: items whose file is not where it should be."""
        self._missing, self._in_bin = missing, in_bin
        self._name_buttons()

    def offer_renumbering(self, why_not: str) -> None:
        """``why_not``: nothing would come of it; then the button stays in view and says so."""
        self._why_no_codes = why_not
        self.renumber.setEnabled(not why_not)
        self.renumber.setAccessibleDescription(why_not)
        self._name_buttons()

    def _name_buttons(self) -> None:
        """In words, or where there is no room for them in the tooltip."""
        self.relink.setVisible(self._missing > 0)
        words = {
            self.relink: self.tr("ค้นหาไฟล์ที่หายไป ({0:,})…").format(self._missing),
            self.renumber: self.tr("จัดรหัสใหม่…"),
            self.bin: self.tr("ถังขยะ ({0:,})").format(self._in_bin),
            self.binder: self.tr("ทำแฟ้มหลักฐาน…"),
        }
        for button, said in words.items():
            name = thai_digits(said)
            button.setText(name if self.width() >= NARROW else "")
            button.setToolTip("" if self.width() >= NARROW else name)
            button.setAccessibleName(name)
        if self._why_no_codes:
            self.renumber.setToolTip(self._why_no_codes)

    # Qt override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name_buttons()
