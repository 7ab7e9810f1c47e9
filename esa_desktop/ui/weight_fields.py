"""The weight of an indicator or the share of a standard: the number, its source, whether it was checked."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from esa_desktop.ui.dialog_frame import wrapping_label
from esa_desktop.ui.fault_line import FaultLine
from esa_desktop.ui.figure_edit import FigureEdit
from esa_desktop.ui.theme import set_role
from esa_desktop.ui.words_edit import WordsEdit


class WeightFields(QWidget):
    """Hands over all three at once, for they are said together."""

    changed = Signal(object, bool, str)
    """(value or ``None``, verified, source)."""

    def __init__(self, name: str, unit: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.value = FigureEdit(name, self)
        self.value.setFixedWidth(88)
        self.source = WordsEdit(self.tr("ที่มาของ{name}").format(name=name), self)
        self.source.setPlaceholderText(self.tr("ที่มา เช่น คู่มือประเมิน หน้า ๑๒"))
        # Behind the source: a number can be ticked only once it is there.
        self.verified = QCheckBox(self.tr("ตรวจ{name}กับประกาศแล้ว").format(name=name), self)
        self.verified.setAccessibleName(self.verified.text())
        self._hint = wrapping_label("", "second")
        label = QLabel(unit, self)
        set_role(label, "quiet")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.value)
        row.addWidget(label)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(FaultLine((self.value, self.source), self))
        column.addWidget(self.source)
        column.addWidget(self.verified)
        column.addWidget(self._hint)
        self.value.finished.connect(self._tell_value)
        self.value.faulty.connect(self._say)
        self.source.finished.connect(self._tell)
        self.verified.toggled.connect(self._tell)
        self._shown: float | None = None

    def show_weight(
        self, value: float | None, verified: bool, source: str, *, anew: bool
    ) -> list[QWidget]:
        """The boxes that say something else now. ``anew``: it is another node's weight."""
        told: list[QWidget] = []
        self._shown = value
        if anew:
            self.value.take_figure(value)
            self.source.take_words(source)
        else:
            told += [self.value] if self.value.show_figure(value) else []
            told += [self.source] if self.source.show_words(source) else []
        if self.verified.isChecked() is not verified:
            told.append(self.verified)
        with QSignalBlocker(self.verified):
            self.verified.setChecked(verified)
        self._say()
        return told

    def set_fixed(self, is_fixed: bool) -> None:
        """Whether nothing can be changed."""
        self.value.setReadOnly(is_fixed)
        self.source.setReadOnly(is_fixed)
        self._is_fixed = is_fixed
        self._say()

    _is_fixed = False

    def finish(self) -> None:
        self.value.finish()
        self.source.finish()

    def _tell_value(self, value: float | None) -> None:
        """Another number is not the one that was checked."""
        self._shown = value
        self.changed.emit(value, False, self.source.words)

    def _tell(self, *_: object) -> None:
        self.changed.emit(self._shown, self.verified.isChecked(), self.source.words)

    def _say(self, *_: object) -> None:
        """A tick needs a number; without one, or unchecked, nothing is summed up with it."""
        self.verified.setEnabled(self._shown is not None and not self._is_fixed)
        if self.value.is_faulty:
            words = ""
        elif self._shown is None:
            words = self.tr("เว้นว่างไว้ถ้ายังไม่ทราบ คะแนนรวมจะไม่นับส่วนนี้")
        elif not self.verified.isChecked():
            words = self.tr("ยังไม่ได้ตรวจกับประกาศ คะแนนรวมจะแสดงส่วนนี้แยกไว้")
        else:
            words = ""
        self._hint.setText(words)
        self._hint.setVisible(bool(words))
