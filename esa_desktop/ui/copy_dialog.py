"""คัดลอกงานประเมิน: the whole project into another folder, of this computer or of a stick, to go on there."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget

from esa_desktop.domain.errors import EsaError
from esa_desktop.services.copying import copy_project, free_place
from esa_desktop.services.places import ON_NETWORK, ON_STICK, Risk, place_risk
from esa_desktop.services.projects import Project
from esa_desktop.ui.dialog_frame import NARROW, wrapping_label
from esa_desktop.ui.path_edit import PathEdit
from esa_desktop.ui.theme import set_tone
from esa_desktop.ui.work_dialog import WorkDialog

SIZE: Final = QSize(NARROW + 80, 340)
PATIENCE: Final = 10.0
"""Seconds a disk has to take what was typed last."""


class CopyDialog(WorkDialog):
    """The project stays open, and is not written to while this is in front of it.

    Brought over to this computer, the copy is what work goes on in; one that is carried away is
    for another computer, and nobody should go on working in it on the stick.
    """

    copied = Signal(object)
    """The `Path` of the copy, whole and compared, which is to be opened; the dialog is closed."""

    def __init__(
        self, project: Project, documents: Path | None, parent: QWidget | None = None
    ) -> None:
        """``documents``: the folder that is offered to go on in; ``None``: carried to a place that
        is asked for.
        """
        super().__init__("", SIZE, parent)
        self.setObjectName("copyDialog")
        self._project = project
        self._goes_on_there = documents is not None
        self._to = free_place(documents, project.folder) if documents is not None else None
        self._made: Path | None = None
        self._place = PathEdit("", self)
        self._place.setPlaceholderText(self.tr("ยังไม่ได้เลือก"))
        self._place.setAccessibleName(self.tr("คัดลอกไปไว้ที่"))
        self._place.setReadOnly(True)
        self._choose = QPushButton(self.tr("เลือกที่เก็บ…"), self)
        self._choose.setAccessibleName(self._choose.text())
        self._choose.setAutoDefault(False)
        self._warning = wrapping_label("")
        self._copy = self.add_button("", "main")
        self._arrange()
        self._copy.clicked.connect(self._go_on)
        self._choose.clicked.connect(self._choose_folder)
        self.work.busy.connect(self._wait)
        self._show_place()
        (self._copy if self._to is not None else self._choose).setFocus()

    def _arrange(self) -> None:
        if self._goes_on_there:
            about = self.tr(
                "คัดลอกทั้งงาน รวมหลักฐานและข้อมูลสำรอง แล้วเปิดทำงานต่อจากที่ใหม่ ของเดิมยังอยู่ครบที่เดิม"
            )
            self._copy.setText(self.tr("คัดลอกแล้วเปิด"))
        else:
            about = self.tr(
                "คัดลอกทั้งงาน รวมหลักฐานและข้อมูลสำรอง ไปไว้ในแฟลชไดรฟ์หรือโฟลเดอร์อื่น งานที่เปิดอยู่ยังเป็นฉบับเดิม"
            )
            self._copy.setText(self.tr("คัดลอก"))
        self._copy.setAccessibleName(self._copy.text())
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

    @property
    def place(self) -> Path | None:
        """Where the copy is to lie; ``None`` until somebody said so."""
        return self._to

    def _choose_folder(self) -> None:
        beside = self._to or self._project.folder
        name = QFileDialog.getExistingDirectory(
            self, self.tr("เลือกโฟลเดอร์ที่จะวางงาน"), str(beside.parent)
        )
        if name:
            self._to = free_place(Path(name), self._project.folder)
            self._show_place()
            self._copy.setFocus()

    def _show_place(self) -> None:
        """The heading says what will be done, and what is below the place what to know of it."""
        risk = place_risk(self._to) if self._to is not None else None
        is_elsewhere = not self._goes_on_there or risk in (ON_STICK, ON_NETWORK)
        words = self.tr("คัดลอกงานประเมินไปที่อื่น") if is_elsewhere else self.tr("คัดลอกมาไว้ในเครื่องนี้")
        self.heading.setText(words)
        self.setWindowTitle(words)
        self._place.setText("" if self._to is None else str(self._to))
        self._warn(risk)
        self._wait(False)

    def _warn(self, risk: Risk | None) -> None:
        words, tone = risk.sentence if risk else "", "warn"
        if not self._goes_on_there and risk in (ON_STICK, ON_NETWORK):
            # Nobody is to work there, so there is nothing to warn of.
            words = self.tr("ที่เครื่องอื่น เปิดงานจากที่นี่ แล้วกด “คัดลอกมาไว้ในเครื่องนี้” ก่อนทำต่อ")
            tone = ""
        self._warning.setText(words)
        set_tone(self._warning, tone)
        self._warning.setVisible(bool(words))

    def _go_on(self) -> None:
        if self._made is not None:
            self._leave_to(self._made)
        elif self._to is not None:
            self._start(self._to)

    def _start(self, to: Path) -> None:
        try:
            self._project.flush(PATIENCE)
        except EsaError as error:
            self.work.say_error(error)
            return
        project = self._project
        self.work.run(
            self.tr("กำลังคัดลอกและตรวจทุกไฟล์…"),
            lambda handle: copy_project(
                project, to, cancelled=handle.cancelled, progress=handle.progress
            ),
            self._done,
        )

    def _wait(self, busy: bool) -> None:
        self._copy.setEnabled(not busy and self._to is not None)
        self._copy.setToolTip("" if self._to is not None else self.tr("เลือกที่เก็บก่อน"))
        self._choose.setEnabled(not busy and self._made is None)

    def _done(self, copy: Path) -> None:
        if self._goes_on_there:
            self._leave_to(copy)
            return
        self._made = copy
        self.work.say(self.tr("คัดลอกครบและตรวจแล้ว งานที่เปิดอยู่ยังเป็นฉบับเดิม"), "good")
        self._copy.setText(self.tr("เปิดฉบับที่คัดลอก"))
        self._copy.setAccessibleName(self._copy.text())
        self.make_main(self.leave)
        self._back_to = self.leave

    def _leave_to(self, copy: Path) -> None:
        self.accept()
        self.copied.emit(copy)
