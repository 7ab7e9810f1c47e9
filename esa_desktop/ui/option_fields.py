"""Paper, font and page numbers: what a person chooses about a print."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from esa_desktop.services.exporting import SHIPPED_FONTS, PageNumbers, Paper, PrintOptions
from esa_desktop.ui.dialog_frame import wrapping_label
from esa_desktop.ui.segmented import SegmentedSwitch


class OptionFields(QWidget):
    """Paper, font and page numbers, side by side."""

    def __init__(self, options: PrintOptions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options = options
        self._paper = SegmentedSwitch(
            self.tr("กระดาษ"),
            {"a4-landscape": self.tr("A4 แนวนอน"), "a4-portrait": self.tr("A4 แนวตั้ง")},
            self,
        )
        self._paper.set_value(options.paper)
        self._font = QComboBox(self)
        self._font.setAccessibleName(self.tr("แบบอักษร"))
        self._font.addItems(list(dict.fromkeys((*SHIPPED_FONTS, options.font))))
        self._font.setCurrentText(options.font)
        self._numbers = QComboBox(self)
        self._numbers.setAccessibleName(self.tr("เลขหน้า"))
        for value, words in (
            ("x_of_y", self.tr("หน้า ๑ จาก ๑๐")),
            ("plain", self.tr("เลขหน้าอย่างเดียว")),
            ("none", self.tr("ไม่พิมพ์เลขหน้า")),
        ):
            self._numbers.addItem(words, value)
        self._numbers.setCurrentIndex(self._numbers.findData(options.page_numbers))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        parts: tuple[QWidget, ...] = (self._paper, self._font, self._numbers)
        for place, part in enumerate(parts):
            grid.addWidget(wrapping_label(part.accessibleName(), "heading"), 0, place)
            grid.addWidget(part, 1, place)
        grid.setColumnStretch(1, 1)

    def value(self) -> PrintOptions:
        """The options as chosen; what is not asked here stays."""
        chosen: dict[str, Any] = {
            "paper": cast("Paper", self._paper.value),
            "font": self._font.currentText(),
            "page_numbers": cast("PageNumbers", self._numbers.currentData()),
        }
        return replace(self._options, **chosen)

    def offer_fonts(self, names: Sequence[str]) -> None:
        """The fonts of this computer; the chosen one stays."""
        chosen = self._font.currentText()
        with QSignalBlocker(self._font):
            self._font.clear()
            self._font.addItems(list(dict.fromkeys((*names, chosen))))
            self._font.setCurrentText(chosen)
