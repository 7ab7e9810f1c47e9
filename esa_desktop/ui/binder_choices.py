"""How a binder is made: its own pages, what is stamped on the evidence, what is secret, how it is divided."""

from dataclasses import replace
from typing import Any, Final, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from esa_desktop.domain.binder import UPLOAD_MB, BinderOptions, Confidential, Corner
from esa_desktop.services.binder_memory import MEGABYTES, PAGES
from esa_desktop.ui.choice_box import ChoiceBox
from esa_desktop.ui.dialog_frame import wrapping_label
from esa_desktop.ui.number_box import NumberBox

USUAL_PAGES: Final = 300
"""What a ring binder holds."""


class BinderChoices(QWidget):
    changed = Signal()

    def __init__(
        self, options: BinderOptions, parent: QWidget | None = None, *, converts: bool = True
    ) -> None:
        """``converts``: Office files can be made into pages on this computer."""
        super().__init__(parent)
        self._options = options
        self._flags = {
            name: self._check(words, on=getattr(options, name))
            for name, words in (
                ("cover", self.tr("ปก")),
                ("spine", self.tr("สันแฟ้ม")),
                ("index", self.tr("สารบัญหลักฐาน")),
                ("standard_dividers", self.tr("ใบคั่นมาตรฐาน")),
                ("indicator_dividers", self.tr("ใบคั่นตัวบ่งชี้")),
                ("issue_dividers", self.tr("ใบคั่นประเด็น")),
                ("stamp", self.tr("รหัสและเลขหน้า ที่")),
                ("qr", self.tr("คิวอาร์ของรหัส ที่หน้าแรกของแต่ละรายการ")),
                ("certified", self.tr("ที่ลงชื่อ “สำเนาถูกต้อง”")),
                ("office_files", self.tr("พิมพ์ไฟล์ Word Excel PowerPoint เป็นหน้า")),
            )
        }
        self._corner = self._box(
            self.tr("มุมของรหัสและเลขหน้า"),
            {
                "top-right": self.tr("มุมบนขวา"),
                "top-left": self.tr("มุมบนซ้าย"),
                "bottom-right": self.tr("มุมล่างขวา"),
                "bottom-left": self.tr("มุมล่างซ้าย"),
            },
            options.corner,
        )
        self._confidential = self._box(
            self.tr("หลักฐานลับ"),
            {
                "name": self.tr("มีแต่ใบบอกชื่อ ไม่มีไฟล์"),
                "leave_out": self.tr("ไม่ใส่ในแฟ้มเลย"),
                "include": self.tr("ใส่ไฟล์ด้วย (เฉพาะแฟ้มนี้)"),
            },
            options.confidential,
        )
        self._by_pages, self._pages = self._limit(
            self.tr("ไม่เกิน"), self.tr("หน้าต่อเล่ม"), PAGES, options.most_pages, USUAL_PAGES
        )
        self._by_size, self._megabytes = self._limit(
            self.tr("ไม่เกิน"), self.tr("MB ต่อเล่ม"), MEGABYTES, options.most_mb, UPLOAD_MB
        )
        self._no_converter = wrapping_label(
            self.tr("เครื่องนี้ไม่มี LibreOffice จึงมีใบบอกที่อยู่ของไฟล์แทน"), "second"
        )
        self._no_converter.setVisible(not converts)
        self._flags["office_files"].setEnabled(converts)
        self._arrange()
        self._follow()
        for check in (*self._flags.values(), self._by_pages, self._by_size):
            check.toggled.connect(self._follow)
        for box in (self._corner, self._confidential):
            box.currentIndexChanged.connect(self._follow)
        for number in (self._pages, self._megabytes):
            number.valueChanged.connect(self._follow)

    def value(self) -> BinderOptions:
        """The options as chosen; what is not asked here stays."""
        said: dict[str, Any] = {name: box.isChecked() for name, box in self._flags.items()}
        pages = self._pages.value() if self._by_pages.isChecked() else None
        megabytes = float(self._megabytes.value()) if self._by_size.isChecked() else None
        return replace(
            self._options,
            **said,
            corner=cast("Corner", self._corner.currentData()),
            confidential=cast("Confidential", self._confidential.currentData()),
            most_pages=pages,
            most_mb=megabytes,
        )

    # --- inside -------------------------------------------------------------------------------

    def _check(self, words: str, *, on: bool) -> QCheckBox:
        box = QCheckBox(words, self)
        box.setAccessibleName(words)
        box.setChecked(on)
        return box

    def _box(self, name: str, choices: dict[str, str], value: str) -> ChoiceBox:
        box = ChoiceBox(name, self)
        for known, words in choices.items():
            box.addItem(words, known)
        box.setCurrentIndex(box.findData(value))
        return box

    def _limit(
        self, words: str, unit: str, limits: tuple[int, int], value: float | None, usual: float
    ) -> tuple[QCheckBox, NumberBox]:
        check = self._check(words, on=value is not None)
        check.setAccessibleName(f"{words} {unit}")
        number = NumberBox(unit, limits, unit, self)
        number.setValue(round(usual if value is None else value))
        return check, number

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        flags = self._flags
        column.addWidget(wrapping_label(self.tr("หน้าที่โปรแกรมทำให้"), "heading"))
        own = QGridLayout()
        own.setVerticalSpacing(2)
        for place, name in enumerate(
            ("cover", "standard_dividers", "spine", "indicator_dividers", "index", "issue_dividers")
        ):
            own.addWidget(flags[name], place // 2, place % 2)
        own.setColumnStretch(0, 1)
        own.setColumnStretch(1, 1)
        column.addLayout(own)
        column.addSpacing(4)
        column.addWidget(wrapping_label(self.tr("ประทับบนหลักฐาน"), "heading"))
        column.addLayout(self._row(flags["stamp"], self._corner))
        for name in ("qr", "certified"):
            column.addWidget(flags[name])
        column.addSpacing(4)
        column.addWidget(wrapping_label(self.tr("ไฟล์"), "heading"))
        column.addWidget(flags["office_files"])
        column.addWidget(self._no_converter)
        secret = wrapping_label(self._confidential.accessibleName())
        column.addLayout(self._row(secret, self._confidential))
        column.addSpacing(4)
        column.addWidget(wrapping_label(self.tr("แบ่งเป็นหลายเล่ม"), "heading"))
        column.addLayout(self._row(self._by_pages, self._pages))
        column.addLayout(self._row(self._by_size, self._megabytes))

    @staticmethod
    def _row(first: QWidget, second: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(first)
        row.addWidget(second, 1)
        return row

    def _follow(self, *_: object) -> None:
        self._corner.setEnabled(self._flags["stamp"].isChecked())
        self._pages.setEnabled(self._by_pages.isChecked())
        self._megabytes.setEnabled(self._by_size.isChecked())
        self.changed.emit()
