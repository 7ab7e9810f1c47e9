"""How much is done of something: a word, "๓๑ จาก ๕๐ ประเด็น" and a bar."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from esa_desktop.domain.thai import thai_digits
from esa_desktop.ui.theme import set_role


class ProgressLine(QWidget):
    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        heading = QLabel(name, self)
        set_role(heading, "heading")
        self._count = QLabel(self)
        set_role(self._count, "second")
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(name)
        row = QHBoxLayout()
        row.addWidget(heading)
        row.addStretch(1)
        row.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 0, 16, 4)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self._bar)

    @property
    def words(self) -> str:
        return self._count.text()

    def show_count(self, done: int, total: int) -> None:
        """In issues."""
        words = self.tr("{done} จาก {total} ประเด็น").format(done=done, total=total)
        self._count.setText(thai_digits(words))
        self._bar.setRange(0, max(total, 1))  # 0 to 0 would be Qt's endless bar
        self._bar.setValue(done)
