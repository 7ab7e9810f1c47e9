"""The dialog after something we did wrong: a plain sentence, and details to copy."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from esa_desktop.ui.dialog_frame import WIDE, DialogFrame, wrapping_label

if TYPE_CHECKING:
    from esa_desktop.services.projects import Project

MOST_REPORTS = 20
"""Reports one dialog shows; a mistake in a timer would fill it for ever."""


class CrashDialog(DialogFrame):
    """One at a time; further reports are added to it."""

    def __init__(
        self,
        report: str,
        *,
        saved: bool,
        project: "Callable[[], Project | None]" = lambda: None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("โปรแกรมทำงานผิดพลาด", parent, width=WIDE)
        self.heading.setText(self.tr("โปรแกรมทำงานผิดพลาด"))
        self.setWindowTitle(self.heading.text())
        self.setObjectName("crashDialog")
        self._count = 0
        self._project = project
        safe = self.tr("ข้อความที่พิมพ์ไว้บันทึกแล้ว ทำงานต่อได้ ถ้าหน้าจอผิดปกติให้ปิดแล้วเปิดโปรแกรมใหม่")
        unsafe = self.tr("ข้อความล่าสุดอาจยังไม่ได้บันทึก คัดลอกข้อความที่พิมพ์ค้างไว้ก่อน แล้วปิดและเปิดโปรแกรมใหม่")
        self.body.addWidget(wrapping_label(safe if saved else unsafe))
        self.body.addWidget(
            wrapping_label(
                self.tr(
                    "ถ้าเกิดซ้ำ กด “แจ้งปัญหา” แล้วส่งไฟล์ที่ได้ให้ผู้ดูแลโปรแกรม ในไฟล์ไม่มีข้อความในรายงานของท่าน"
                ),
                "quiet",
            )
        )
        self._details = QPlainTextEdit(self)
        self._details.setReadOnly(True)
        self._details.setAccessibleName(self.tr("รายละเอียดสำหรับผู้ดูแลโปรแกรม"))
        self._details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._details.setMinimumHeight(160)
        self._details.hide()
        self.body.addWidget(self._details)
        self._show_details = self._button(self.tr("แสดงรายละเอียด"), self._unfold)
        self._button(self.tr("คัดลอกรายละเอียด"), self._copy)
        self._button(self.tr("แจ้งปัญหา…"), self._tell)
        self._go_on = self.add_button(self.tr("ทำงานต่อ"), "main")
        self._go_on.clicked.connect(self.accept)
        self._go_on.setFocus()
        self.add_report(report)

    def add_report(self, report: str) -> None:
        if self._count < MOST_REPORTS:
            self._count += 1
            self._details.appendPlainText(report)

    @property
    def details(self) -> str:
        return self._details.toPlainText()

    def _button(self, words: str, act: Callable[[], None]) -> QPushButton:
        button = self.add_button(words)
        button.clicked.connect(act)
        return button

    def _unfold(self) -> None:
        self._details.show()
        self._show_details.hide()
        self._details.setFocus()
        self.fit()

    def _tell(self) -> None:
        """The same file as from the menu, with these details in it."""
        from esa_desktop.ui.problem_dialog import ProblemDialog

        ProblemDialog(self, self._project(), crash=self.details).open()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details)
