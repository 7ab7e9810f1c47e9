"""Asks how large a new table shall be."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QFormLayout, QSpinBox, QWidget

from esa_desktop.domain.thai import arabic_digits, thai_digits
from esa_desktop.ui.dialog_frame import DialogFrame


class TableSizeDialog(DialogFrame):
    chosen = Signal(int, int)
    """Rows (with the heading row) and columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("แทรกตาราง"), parent)
        self.rows = self._number(self.tr("จำนวนแถว รวมหัวตาราง"), 3, most=100)
        self.columns = self._number(self.tr("จำนวนคอลัมน์"), 3, most=12)
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.setHorizontalSpacing(16)
        form.addRow(self.rows.accessibleName(), self.rows)
        form.addRow(self.columns.accessibleName(), self.columns)
        self.body.addLayout(form)
        self.add_button(self.tr("ยกเลิก")).clicked.connect(self.reject)
        self.add_button(self.tr("แทรกตาราง"), "main").clicked.connect(self.accept)
        self.accepted.connect(lambda: self.chosen.emit(self.rows.value(), self.columns.value()))
        self.finished.connect(self.deleteLater)

    def _number(self, name: str, value: int, *, most: int) -> QSpinBox:
        box = ThaiNumberBox(self)
        box.setRange(1, most)
        box.setValue(value)
        box.setAccessibleName(name)
        box.setMinimumWidth(96)
        return box


class ThaiNumberBox(QSpinBox):
    """Shows Thai digits and takes both kinds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # A style sheet's padding does not reach the field inside a spin box.
        self.lineEdit().setTextMargins(8, 0, 0, 0)

    # Qt overrides

    def textFromValue(self, value: int) -> str:
        return thai_digits(value)

    def valueFromText(self, text: str) -> int:
        return int(arabic_digits(text) or self.minimum())

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        digits = arabic_digits(text)
        if not digits:
            return QValidator.State.Intermediate, text, position
        fits = digits.isdecimal() and int(digits) <= self.maximum()
        return QValidator.State.Acceptable if fits else QValidator.State.Invalid, text, position
