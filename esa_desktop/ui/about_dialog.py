"""About: versions, where this person's settings lie, and the licence of everything the program is made of."""

import platform

from PySide6.QtCore import Qt, QUrl, qVersion
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QWidget,
)

from esa_desktop import __version__
from esa_desktop.domain.thai import thai_digits
from esa_desktop.paths import portable_folder, user_folder
from esa_desktop.services.problem_report import sqlite_version
from esa_desktop.services.shipped_parts import ShippedPart, licence_text, shipped_parts
from esa_desktop.ui.dialog_frame import DialogFrame, wrapping_label
from esa_desktop.ui.recent_entry import PathLabel
from esa_desktop.ui.surroundings import pyside_version, thai_words
from esa_desktop.ui.worker import Task

UNSAID = "see its text"
"""What the list of parts has for the licence of a package of Debian, which is told only in its text."""
WIDTH = 860
HEIGHT = 320
"""Pixels of the list and of the text beside it."""
LEAST_HEIGHT = 170


class AboutDialog(DialogFrame):
    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent, width=WIDTH)
        self.setObjectName("aboutDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("เกี่ยวกับโปรแกรม"))
        self.heading.setText(self.tr("ประเมินมาตรฐานสำนักงานเขตพื้นที่การศึกษา"))
        self._parts: tuple[ShippedPart, ...] = ()
        self.body.addWidget(wrapping_label(self._version()))
        self.body.addWidget(wrapping_label(self._engines(), "second"))
        self._add_place()
        self.body.addSpacing(8)
        heading = wrapping_label(self.tr("ส่วนประกอบและสัญญาอนุญาต"), "heading")
        self.body.addWidget(heading)
        self._add_licences(heading.text())
        close = self.add_button(self.tr("ปิด"), "main")
        close.clicked.connect(self.accept)
        self.list.setFocus()
        task = Task(lambda _: shipped_parts(), self)
        task.done.connect(self._show_parts)
        task.start()

    def _version(self) -> str:
        kind = self.tr("พกพา") if portable_folder() is not None else ""
        words = self.tr("รุ่น {0}").format(thai_digits(__version__))
        return f"{words} ({kind})" if kind else words

    def _engines(self) -> str:
        """In the digits their makers use: they are to be told as they are."""
        names = (
            f"Python {platform.python_version()}",
            f"Qt {qVersion()}",
            f"PySide6 {pyside_version()}",
            f"SQLite {sqlite_version()}",
            thai_words(),
        )
        return "  ·  ".join(names)

    def _add_place(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        label = wrapping_label(self.tr("ค่าที่ตั้งไว้และบันทึกการทำงาน"), "second")
        label.setWordWrap(False)
        place = PathLabel(str(user_folder()))
        place.setAccessibleName(f"{label.text()} {user_folder()}")
        show = QPushButton(self.tr("เปิดโฟลเดอร์"), self)
        show.setAccessibleName(self.tr("เปิดโฟลเดอร์ค่าที่ตั้งไว้"))
        show.setAutoDefault(False)
        show.clicked.connect(self._open_folder)
        row.addWidget(label)
        row.addWidget(place, 1)
        row.addWidget(show)
        self.body.addLayout(row)

    def _add_licences(self, name: str) -> None:
        self.list = QListWidget(self)
        self.list.setObjectName("partList")
        self.list.setAccessibleName(name)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.currentRowChanged.connect(self._show_text)
        self.text = QPlainTextEdit(self)
        self.text.setObjectName("licenceText")
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("ข้อความสัญญาอนุญาต"))
        both = QSplitter(Qt.Orientation.Horizontal, self)
        both.setChildrenCollapsible(False)
        both.addWidget(self.list)
        both.addWidget(self.text)
        both.setSizes([300, 480])
        room = self.screen().availableGeometry().height() - 400
        both.setMinimumHeight(min(HEIGHT, max(LEAST_HEIGHT, room)))
        self.body.addWidget(both, 1)

    def _show_parts(self, parts: tuple[ShippedPart, ...]) -> None:
        self._parts = parts
        for part in parts:
            title = f"{part.name} {part.version}".strip()
            licence = self.tr("ดูในข้อความ") if part.licence == UNSAID else part.licence
            item = QListWidgetItem(f"{title}\n{licence}")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}, {licence}")
            item.setToolTip(f"{title}\n{licence}")
            self.list.addItem(item)
        if parts:
            self.list.setCurrentRow(0)

    def _show_text(self, row: int) -> None:
        """Read when it is looked at: all of them together are megabytes."""
        if 0 <= row < len(self._parts):
            self.text.setPlainText(licence_text(self._parts[row]))

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(user_folder())))
