"""The line for the reason why another level than the rubric's was chosen."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from esa_desktop.domain.thai import clean_text


class ReasonEdit(QLineEdit):
    """Emits ``written`` when the person is done with the line, and only for other words."""

    written = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._known = ""
        self.setObjectName("reasonEdit")
        self.setAccessibleName(self.tr("เหตุผลประกอบ"))
        self.setPlaceholderText(self.tr("เช่น คณะกรรมการเห็นว่าหลักฐานประเด็นนี้ใช้ร่วมกับประเด็นอื่นได้"))
        self.editingFinished.connect(self.finish)

    def show_reason(self, reason: str) -> None:
        """Show what is stored, unless somebody is typing just now."""
        known, self._known = self._known, reason
        self.setToolTip(reason)
        if self.hasFocus() and self.text() != known:
            return
        if self.text() != reason:
            self.setText(reason)
            self.setCursorPosition(0)

    def finish(self) -> None:
        reason = clean_text(self.text()).replace("\n", " ").strip()
        if self.text() != reason:
            self.setText(reason)
        if reason != self._known:
            self._known = reason
            self.written.emit(reason)
