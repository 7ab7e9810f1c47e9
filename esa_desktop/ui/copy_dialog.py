"""คัดลอกมาไว้ในเครื่องนี้: the whole project into a folder of this computer, then work goes on there."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from esa_desktop.domain.errors import EsaError
from esa_desktop.services.copying import copy_project, free_place
from esa_desktop.services.places import place_warning
from esa_desktop.services.projects import Project
from esa_desktop.ui.dialog_frame import NARROW, wrapping_label
from esa_desktop.ui.theme import set_tone
from esa_desktop.ui.work_dialog import WorkDialog

SIZE: Final = QSize(NARROW + 80, 340)
PATIENCE: Final = 10.0
"""Seconds a disk has to take what was typed last."""


class CopyDialog(WorkDialog):
    """The project stays open, and is not written to while this is in front of it."""

    copied = Signal(object)
    """The `Path` of the copy, whole and compared; the dialog is closed."""

    def __init__(self, project: Project, documents: Path, parent: QWidget | None = None) -> None:
        """``documents``: the folder that is offered."""
        super().__init__("", SIZE, parent)
        self.setObjectName("copyDialog")
        self.heading.setText(self.tr("คัดลอกมาไว้ในเครื่องนี้"))
        self.setWindowTitle(self.heading.text())
        self._project = project
        self._place = QLineEdit(str(free_place(documents, project.folder)), self)
        self._place.setAccessibleName(self.tr("คัดลอกไปไว้ที่"))
        self._place.setReadOnly(True)
        self._choose = QPushButton(self.tr("เลือกที่เก็บ…"), self)
        self._choose.setAccessibleName(self._choose.text())
        self._choose.setAutoDefault(False)
        self._warning = wrapping_label("")
        set_tone(self._warning, "warn")
        about = self.tr("คัดลอกทั้งงาน รวมหลักฐานและข้อมูลสำรอง แล้วเปิดทำงานต่อจากที่ใหม่ ของเดิมยังอยู่ครบที่เดิม")
        self.body.addWidget(wrapping_label(about))
        self.body.addSpacing(8)
        self.body.addWidget(wrapping_label(self.tr("คัดลอกไปไว้ที่"), "heading"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._place, 1)
        row.addWidget(self._choose)
        self.body.addLayout(row)
        self.body.addWidget(self._warning)
        self.body.addStretch(1)
        self._copy = self.add_button(self.tr("คัดลอกแล้วเปิด"), "main")
        self._copy.clicked.connect(self._start)
        self._choose.clicked.connect(self._choose_folder)
        self.work.busy.connect(self._wait)
        self._warn()
        self._copy.setFocus()

    @property
    def place(self) -> Path:
        """Where the copy is to lie."""
        return Path(self._place.text())

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, self.tr("เลือกโฟลเดอร์ที่จะวางงาน"), str(self.place.parent)
        )
        if name:
            self._place.setText(str(free_place(Path(name), self._project.folder)))
            self._warn()

    def _warn(self) -> None:
        words = place_warning(self.place)
        self._warning.setText(words)
        self._warning.setVisible(bool(words))

    def _start(self) -> None:
        try:
            self._project.flush(PATIENCE)
        except EsaError as error:
            self.work.say_error(error)
            return
        project, to = self._project, self.place
        self.work.run(
            self.tr("กำลังคัดลอกและตรวจทุกไฟล์…"),
            lambda handle: copy_project(
                project, to, cancelled=handle.cancelled, progress=handle.progress
            ),
            self._done,
        )

    def _wait(self, busy: bool) -> None:
        self._copy.setEnabled(not busy)
        self._choose.setEnabled(not busy)

    def _done(self, copy: Path) -> None:
        self.accept()
        self.copied.emit(copy)
