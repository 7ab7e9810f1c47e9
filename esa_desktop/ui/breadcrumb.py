"""Where a node stands: its standard and indicator, each a way there."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from esa_desktop.domain.framework import Framework, Indicator, Issue, Standard
from esa_desktop.domain.thai import thai_digits
from esa_desktop.ui.elided_button import ElidedButton
from esa_desktop.ui.theme import set_role


class Breadcrumb(QWidget):
    go_to = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._standard = self._button()
        self._arrow = QLabel("›")
        set_role(self._arrow, "second")
        self._indicator = self._button()
        self._ids = {self._standard: "", self._indicator: ""}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(3)
        row.addWidget(self._standard)
        row.addWidget(self._arrow)
        row.addWidget(self._indicator)
        row.addStretch(1)

    def _button(self) -> ElidedButton:
        button = ElidedButton(self)
        set_role(button, "crumb")
        button.clicked.connect(lambda: self.go_to.emit(self._ids[button]))
        return button

    def show_place(self, framework: Framework, node: Standard | Indicator | Issue) -> None:
        """The nodes above ``node``; of a standard there are none."""
        code = framework.code_of(node.id)
        above = [framework.node(code[:end]) for end, c in enumerate(code) if c == "."]
        standard = next((n for n in above if isinstance(n, Standard)), None)
        indicator = next((n for n in above if isinstance(n, Indicator)), None)
        whole = self.tr("มาตรฐานที่ {0}").format(thai_digits(standard.number)) if standard else ""
        if standard and not indicator:
            whole = f"{whole} {standard.name}"
        self._show(self._standard, standard, whole)
        words = ""
        if indicator:
            code = thai_digits(framework.code_of(indicator.id))
            words = self.tr("ตัวบ่งชี้ที่ {0} {1}").format(code, indicator.name)
        self._show(self._indicator, indicator, words)
        self._arrow.setVisible(indicator is not None)

    def _show(self, button: ElidedButton, node: Standard | Indicator | None, words: str) -> None:
        self._ids[button] = node.id if node else ""
        button.set_words(words)
        button.setVisible(node is not None)
