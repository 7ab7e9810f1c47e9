"""Paper, font and everything else a person chooses about a print; the rarer things folded away."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final, cast

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QPushButton, QVBoxLayout, QWidget

from esa_desktop.domain.printing import SIZES, PageNumbers, Paper, PrintOptions
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.exporting import SHIPPED_FONTS
from esa_desktop.ui.choice_box import ChoiceBox
from esa_desktop.ui.dialog_frame import wrapping_label
from esa_desktop.ui.icons import icon
from esa_desktop.ui.more_options import MoreOptions
from esa_desktop.ui.number_box import NumberBox
from esa_desktop.ui.segmented import SegmentedSwitch
from esa_desktop.ui.theme import set_role

_THAI: Final = "thai"
_ARABIC: Final = "arabic"


class OptionFields(QWidget):
    """What every print needs is in view; the rest opens below."""

    changed = Signal()
    unfolded = Signal()
    """The rarer choices are in view now, or would be if somebody scrolled to them."""

    def __init__(self, options: PrintOptions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options = options
        size, _, turned = options.paper.partition("-")
        self._size = self._switch(self.tr("กระดาษ"), {"a4": "A4", "f4": "F4"}, size)
        self._turned = self._switch(
            self.tr("แนวกระดาษ"),
            {"landscape": self.tr("แนวนอน"), "portrait": self.tr("แนวตั้ง")},
            turned,
        )
        self._font = ChoiceBox(self.tr("แบบอักษร"), self)
        self._font.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._font.setMinimumContentsLength(12)
        self._font.addItems(list(dict.fromkeys((*SHIPPED_FONTS, options.font))))
        self._font.setCurrentText(options.font)
        limits = round(SIZES[0]), round(SIZES[1])
        self._points = NumberBox(self.tr("ขนาดตัวอักษร"), limits, self.tr("พอยต์"), self)
        self._points.setValue(round(options.size_pt))
        self._numbers = self._make_numbers(options.page_numbers)
        self._digits = self._switch(
            self.tr("ตัวเลขที่โปรแกรมพิมพ์"),
            {_THAI: self.tr("ไทย"), _ARABIC: self.tr("อารบิก")},
            _THAI if options.thai_digits else _ARABIC,
        )
        self._fold = QPushButton(icon("chevron-right"), "", self)
        self._fold.setAutoDefault(False)
        set_role(self._fold, "quiet")
        self._more = MoreOptions(options, self)
        self._more.hide()
        self._arrange()
        self._connect()
        self._count()

    def value(self) -> PrintOptions:
        """The options as chosen; what is not asked here stays."""
        chosen: dict[str, Any] = {
            "paper": cast("Paper", f"{self._size.value}-{self._turned.value}"),
            "font": self._font.currentText(),
            "size_pt": self._points_chosen(),
            "thai_digits": self._digits.value == _THAI,
            "page_numbers": cast("PageNumbers", self._numbers.currentData()),
        }
        return self._more.apply_to(replace(self._options, **chosen))

    def offer_fonts(self, names: Sequence[str]) -> None:
        """The fonts of this computer; the chosen one stays."""
        chosen = self._font.currentText()
        with QSignalBlocker(self._font):
            self._font.clear()
            self._font.addItems(list(dict.fromkeys((*names, chosen))))
            self._font.setCurrentText(chosen)

    # --- inside -------------------------------------------------------------------------------

    def _points_chosen(self) -> float:
        """A size of half points that somebody stored stays until another one is chosen."""
        points = self._points.value()
        return self._options.size_pt if points == round(self._options.size_pt) else float(points)

    def _switch(self, name: str, choices: dict[str, str], value: str) -> SegmentedSwitch:
        switch = SegmentedSwitch(name, choices, self)
        switch.set_value(value)
        switch.chosen.connect(self.changed)
        return switch

    def _make_numbers(self, chosen: PageNumbers) -> QComboBox:
        numbers = ChoiceBox(self.tr("เลขหน้า"), self)
        for value, words in (
            ("x_of_y", self.tr("หน้า ๑ จาก ๑๐")),
            ("plain", self.tr("เลขหน้าอย่างเดียว")),
            ("none", self.tr("ไม่พิมพ์เลขหน้า")),
        ):
            numbers.addItem(words, value)
        numbers.setCurrentIndex(numbers.findData(chosen))
        return numbers

    def _arrange(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        rows: tuple[tuple[QWidget, QWidget], ...] = (
            (self._size, self._turned),
            (self._font, self._points),
            (self._numbers, self._digits),
        )
        for row, parts in enumerate(rows):
            for column, part in enumerate(parts):
                grid.addWidget(wrapping_label(part.accessibleName(), "second"), 2 * row, column)
                grid.addWidget(part, 2 * row + 1, column)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addLayout(grid)
        whole.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignLeft)
        whole.addWidget(self._more)

    def _connect(self) -> None:
        self._font.currentTextChanged.connect(self.changed)
        self._points.valueChanged.connect(self.changed)
        self._numbers.currentIndexChanged.connect(self.changed)
        self._more.changed.connect(self.changed)
        self._more.changed.connect(self._count)
        self._fold.clicked.connect(self._unfold)

    def _unfold(self) -> None:
        shown = not self._more.isVisible()
        self._more.setVisible(shown)
        self._fold.setIcon(icon("chevron-down" if shown else "chevron-right"))
        if shown:
            self.unfolded.emit()

    def _count(self) -> None:
        """How much is set where nobody sees it: it counts for every print to come."""
        words, count = self.tr("ตัวเลือกเพิ่มเติม"), self._more.count()
        if count:
            told = self.tr("ตั้งไว้ {count} อย่าง").format(count=count)
            words = thai_digits(f"{words} · {told}")
        self._fold.setText(words)
        self._fold.setAccessibleName(words)
