"""How the work goes, in four lines: what the welcome page says to somebody who never used the program."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from esa_desktop.domain.thai import thai_digits
from esa_desktop.ui.dialog_frame import wrapping_label


class FirstSteps(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        steps = (
            (
                self.tr("กรอกทีละประเด็น"),
                self.tr("พิมพ์วิธีการและผลการดำเนินงาน โปรแกรมบันทึกให้เอง"),
            ),
            (self.tr("แนบหลักฐาน"), self.tr("ลากไฟล์มาวาง โปรแกรมเก็บสำเนาและให้รหัส")),
            (self.tr("เลือกระดับ"), self.tr("โปรแกรมบอกระดับตามเกณฑ์พร้อมเหตุผล")),
            (self.tr("พิมพ์"), self.tr("แบบประเมิน เล่มรายงาน และแฟ้มหลักฐาน")),
        )
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        for number, (name, about) in enumerate(steps):
            row = number * 3
            mark = wrapping_label(thai_digits(number + 1), "heading")
            grid.addWidget(mark, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(wrapping_label(name, "heading"), row, 1)
            grid.addWidget(wrapping_label(about, "quiet"), row + 1, 1)
            grid.setRowMinimumHeight(row + 2, 8)
