"""A number with Thai digits: millimetres, points, whatever a person sets by small steps."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QValidator, QWheelEvent
from PySide6.QtWidgets import QSpinBox, QWidget

from esa_desktop.domain.thai import arabic_digits, thai_digits

_MOST_DIGITS: Final = 4


class NumberBox(QSpinBox):
    """Takes digits of either kind; the wheel moves it only while it has the focus."""

    def __init__(
        self, name: str, limits: tuple[int, int], unit: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setRange(*limits)
        self.setSuffix(f" {unit}" if unit else "")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # else the wheel brings the focus with it
        self.lineEdit().setTextMargins(8, 0, 0, 0)  # a style sheet's padding does not reach it

    # Qt overrides

    def textFromValue(self, val: int) -> str:
        return thai_digits(val)

    def valueFromText(self, text: str) -> int:
        digits = arabic_digits(text.removesuffix(self.suffix())).strip()
        return int(digits) if digits.isdigit() else self.minimum()

    def validate(self, input: str, pos: int) -> tuple[QValidator.State, str, int]:  # noqa: A002
        digits = arabic_digits(input.removesuffix(self.suffix())).strip()
        state = QValidator.State.Acceptable
        if not digits:
            state = QValidator.State.Intermediate
        elif not digits.isdigit() or len(digits) > _MOST_DIGITS:
            state = QValidator.State.Invalid
        elif not self.minimum() <= int(digits) <= self.maximum():
            state = QValidator.State.Intermediate
        return (state, input, pos)

    def fixup(self, str: str) -> str:  # noqa: A002 - Qt's name
        """A number beyond the limits becomes the nearest that is not, rather than lose a digit."""
        number = self.valueFromText(str)
        return thai_digits(min(max(number, self.minimum()), self.maximum())) + self.suffix()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()  # the pane is scrolled, the number stays
