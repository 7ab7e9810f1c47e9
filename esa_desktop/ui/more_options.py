"""The rarer choices about a print: margins, binding, running lines, draft, columns, signatures."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from esa_desktop.domain.printing import (
    COLUMNS_MM,
    FORM_MARGINS_MM,
    GUTTERS_MM,
    LONGEST_LINE,
    MARGINS_MM,
    PrintOptions,
    column_limits_mm,
)
from esa_desktop.ui.dialog_frame import wrapping_label
from esa_desktop.ui.number_box import NumberBox

DRAFT: Final = "ร่าง"
"""The word across the pages of a draft."""
_HERE: Final = (
    "margins_mm",
    "gutter_mm",
    "duplex",
    "header",
    "footer",
    "rubric_mm",
    "evidence_mm",
    "watermark",
    "pure_black",
    "distribute",
    "evidence_codes",
    "signatures",
)
"""The options that are chosen here."""
_RULE: Final = {name: getattr(PrintOptions(), name) for name in _HERE}


class MoreOptions(QWidget):
    """What is left as it was keeps following the form's own measures."""

    changed = Signal()

    def __init__(self, options: PrintOptions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options = options
        millimetres = self.tr("มม.")
        margins = options.margins_mm or FORM_MARGINS_MM
        names = (self.tr("ซ้าย"), self.tr("ขวา"), self.tr("บน"), self.tr("ล่าง"))
        self._margins = [
            self._number(self.tr("ขอบ") + name, MARGINS_MM, value, millimetres)
            for name, value in zip(names, margins, strict=True)
        ]
        self._gutter = self._number(self.tr("ที่เย็บเล่ม"), GUTTERS_MM, options.gutter_mm, millimetres)
        self._header = self._line(self.tr("ข้อความหัวกระดาษ"), options.header)
        self._footer = self._line(self.tr("ข้อความท้ายกระดาษ"), options.footer)
        self._own_columns = self._check(
            self.tr("กำหนดความกว้างของช่องในตาราง"), on=self._has_own_columns(options)
        )
        rubric, evidence = column_limits_mm(options)
        self._columns = [
            self._number(name, COLUMNS_MM, value, millimetres)
            for name, value in (
                (self.tr("คำอธิบายระดับ อย่างน้อย"), rubric[0]),
                (self.tr("คำอธิบายระดับ ไม่เกิน"), rubric[1]),
                (self.tr("หลักฐาน อย่างน้อย"), evidence[0]),
                (self.tr("หลักฐาน ไม่เกิน"), evidence[1]),
            )
        ]
        self._draft = self._check(
            self.tr("ฉบับร่าง มีคำว่า “{word}” จาง ๆ ทุกหน้า").format(word=DRAFT),
            on=bool(options.watermark),
        )
        self._duplex = self._check(self.tr("พิมพ์สองหน้า สลับที่เย็บเล่มซ้ายขวา"), on=options.duplex)
        self._black = self._check(self.tr("ขาวดำล้วน ไม่มีพื้นสีเทา"), on=options.pure_black)
        self._spread = self._check(self.tr("กระจายตัวอักษรให้ใกล้ขอบขวา"), on=options.distribute)
        self._codes = self._check(self.tr("พิมพ์รหัสหลักฐานแทนลำดับที่"), on=options.evidence_codes)
        self._signatures = self._check(self.tr("ที่ลงชื่อท้ายแบบของทุกตัวบ่งชี้"), on=options.signatures)
        self._checks = (
            self._draft,
            self._duplex,
            self._black,
            self._spread,
            self._codes,
            self._signatures,
        )
        self._arrange()
        self._own_columns.toggled.connect(self._show_columns)
        self._show_columns(self._own_columns.isChecked())

    def count(self) -> int:
        """How many things differ from how the form is printed as a rule."""
        now, rule = self.apply_to(PrintOptions()), PrintOptions()
        return sum(getattr(now, name) != getattr(rule, name) for name in _HERE)

    def reset(self) -> None:
        """Everything here as the form is printed as a rule."""
        for box, value in zip(self._margins, FORM_MARGINS_MM, strict=True):
            box.setValue(round(value))
        self._options = replace(self._options, **{name: _RULE[name] for name in _HERE})
        self._gutter.setValue(0)
        for line in (self._header, self._footer):
            line.clear()
        for check in (*self._checks, self._own_columns):
            check.setChecked(False)
        self.changed.emit()

    def apply_to(self, options: PrintOptions) -> PrintOptions:
        """The options with what is chosen here; what nobody touched stays to the last fraction."""
        was = self._options
        rubric, evidence = column_limits_mm(was)
        shown = _values(self._margins)
        margins = was.margins_mm if shown == _rounded(was.margins_mm or FORM_MARGINS_MM) else shown
        own = self._own_columns.isChecked()
        limits = _values(self._columns)
        touched = own != self._has_own_columns(was) or limits != _rounded((*rubric, *evidence))
        least, most, evidence_least, evidence_most = limits
        own_rubric = (least, max(least, most)) if own else None
        own_evidence = (evidence_least, max(evidence_least, evidence_most)) if own else None
        gutter = float(self._gutter.value())
        return replace(
            options,
            margins_mm=cast("tuple[float, float, float, float] | None", margins),
            gutter_mm=was.gutter_mm if gutter == round(was.gutter_mm) else gutter,
            duplex=self._duplex.isChecked(),
            header=self._header.text().strip() if self._header.isModified() else was.header,
            footer=self._footer.text().strip() if self._footer.isModified() else was.footer,
            rubric_mm=own_rubric if touched else was.rubric_mm,
            evidence_mm=own_evidence if touched else was.evidence_mm,
            watermark=(was.watermark or DRAFT) if self._draft.isChecked() else "",
            pure_black=self._black.isChecked(),
            distribute=self._spread.isChecked(),
            evidence_codes=self._codes.isChecked(),
            signatures=self._signatures.isChecked(),
        )

    # --- inside -------------------------------------------------------------------------------

    @staticmethod
    def _has_own_columns(options: PrintOptions) -> bool:
        return options.rubric_mm is not None or options.evidence_mm is not None

    def _number(self, name: str, limits: tuple[float, float], value: float, unit: str) -> NumberBox:
        box = NumberBox(name, (round(limits[0]), round(limits[1])), unit, self)
        box.setValue(round(value))
        box.valueChanged.connect(self.changed)
        return box

    def _line(self, name: str, words: str) -> QLineEdit:
        line = QLineEdit(words, self)
        line.setAccessibleName(name)
        line.setMaxLength(LONGEST_LINE)
        line.textEdited.connect(self.changed)
        return line

    def _check(self, words: str, *, on: bool) -> QCheckBox:
        box = QCheckBox(words, self)
        box.setAccessibleName(words)
        box.setChecked(on)
        box.toggled.connect(self.changed)
        return box

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._pairs([*self._margins, self._gutter]))
        for line in (self._header, self._footer):
            column.addWidget(wrapping_label(line.accessibleName(), "second"))
            column.addWidget(line)
        for check in (*self._checks, self._own_columns):
            column.addWidget(check)
        self._limits = QWidget(self)
        self._limits.setLayout(self._pairs(self._columns))
        column.addWidget(self._limits)
        back = QPushButton(self.tr("กลับเป็นค่าเริ่มต้น"), self)
        back.setAccessibleName(back.text())
        back.setAutoDefault(False)
        back.clicked.connect(self.reset)
        column.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)

    def _pairs(self, boxes: list[NumberBox]) -> QGridLayout:
        """Two beside each other, each under its name."""
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        for place, box in enumerate(boxes):
            row, side = 2 * (place // 2), place % 2
            grid.addWidget(wrapping_label(box.accessibleName(), "second"), row, side)
            grid.addWidget(box, row + 1, side)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        return grid

    def _show_columns(self, shown: bool) -> None:
        self._limits.setVisible(shown)


def _values(boxes: Sequence[NumberBox]) -> tuple[float, ...]:
    return tuple(float(box.value()) for box in boxes)


def _rounded(millimetres: Sequence[float]) -> tuple[float, ...]:
    """As the boxes show them."""
    return tuple(float(round(mm)) for mm in millimetres)
