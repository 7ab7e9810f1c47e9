"""The first page: three ways to begin, and the projects that were open before."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from esa_desktop.ui.card_button import CardButton, Mark
from esa_desktop.ui.dialog_frame import wrapping_label
from esa_desktop.ui.preferences import RecentProject
from esa_desktop.ui.recent_entry import Found, RecentEntry
from esa_desktop.ui.theme import set_role
from esa_desktop.ui.worker import Task

WIDEST: Final = 1110
"""Pixels of both columns together; more would be hard to read across."""
ONE_COLUMN_BELOW: Final = 860


class WelcomePane(QScrollArea):
    new_requested = Signal()
    open_requested = Signal()
    sample_requested = Signal()
    recent_chosen = Signal(object)
    """The `Path` of a project whose folder is there, as far as is known."""
    recent_removed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._entries: list[RecentEntry] = []
        self._list = QFrame(self)
        set_role(self._list, "card")
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._nothing = wrapping_label(self.tr("ยังไม่มีงานที่เคยเปิดในเครื่องนี้"), "quiet")
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(48)
        self._page = self._make_page()
        self.setWidget(self._page)
        self.show_recent(())

    def show_recent(self, projects: Iterable[RecentProject]) -> None:
        """The list, newest first. Whether the folders are there is asked in the background."""
        self._clear()
        for project in projects:
            if self._entries:
                line = QFrame(self._list)
                set_role(line, "rule")
                line.setFixedHeight(1)
                self._rows.addWidget(line)
            entry = RecentEntry(project, self._list)
            entry.chosen.connect(lambda entry=entry: self._choose(entry))
            entry.removed.connect(lambda folder=project.folder: self.recent_removed.emit(folder))
            self._rows.addWidget(entry)
            self._entries.append(entry)
        self._list.setVisible(bool(self._entries))
        self._nothing.setVisible(not self._entries)
        self._look_for(self._entries)

    # --- recent -------------------------------------------------------------------------------

    def _choose(self, entry: RecentEntry) -> None:
        """A folder that was missing may be back: the stick is in again."""
        if entry.found is Found.NO:
            self._look_for([entry], open_found=True)
        else:
            self.recent_chosen.emit(entry.project.folder)

    def _look_for(self, entries: Sequence[RecentEntry], *, open_found: bool = False) -> None:
        """In a worker: a drive of the network that is gone answers after many seconds."""
        folders = [entry.project.folder for entry in entries]
        if not folders:
            return
        task = Task(lambda _: [_is_there(folder) for folder in folders], self)
        task.done.connect(lambda there: self._show_found(entries, there, open_found=open_found))
        task.ended.connect(task.deleteLater)
        task.start()

    def _show_found(
        self, entries: Sequence[RecentEntry], there: Sequence[bool], *, open_found: bool
    ) -> None:
        for entry, is_there in zip(entries, there, strict=True):
            if entry not in self._entries:  # the list is another one by now
                continue
            entry.show_found(Found.YES if is_there else Found.NO)
            if open_found:  # still missing: whoever opens it has the sentence
                self.recent_chosen.emit(entry.project.folder)

    def _clear(self) -> None:
        self._entries = []
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()  # its own button may be what was just pressed

    # --- parts --------------------------------------------------------------------------------

    def _make_page(self) -> QWidget:
        page = QWidget(self)
        set_role(page, "page")
        inside = QWidget(page)
        inside.setMaximumWidth(WIDEST)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(wrapping_label(self.tr("ประเมินมาตรฐานสำนักงานเขตพื้นที่การศึกษา"), "pageTitle"))
        column.addWidget(
            wrapping_label(
                self.tr("กรอกผลการดำเนินงาน แนบหลักฐาน แล้วพิมพ์แบบประเมินได้ตรงตามแบบ"), "quiet"
            )
        )
        column.addSpacing(24)
        self._columns.addLayout(self._make_ways(), 1)
        self._columns.addLayout(self._make_recent(), 1)
        column.addLayout(self._columns)
        centre = QBoxLayout(QBoxLayout.Direction.LeftToRight, page)
        centre.setContentsMargins(32, 24, 32, 24)
        centre.addStretch(1)
        centre.addWidget(inside, 100, Qt.AlignmentFlag.AlignVCenter)
        centre.addStretch(1)
        return page

    def _make_ways(self) -> QVBoxLayout:
        ways = (
            (
                "plus",
                self.tr("สร้างงานประเมินใหม่"),
                self.tr("ตั้งชื่อสำนักงาน ปีงบประมาณ และฉบับมาตรฐาน"),
                self.new_requested,
            ),
            (
                "folder",
                self.tr("เปิดงานประเมินที่มีอยู่"),
                self.tr("จากเครื่องนี้หรือแฟลชไดรฟ์"),
                self.open_requested,
            ),
            (
                "book",
                self.tr("ลองดูงานตัวอย่าง"),
                self.tr("สำนักงานสมมติที่กรอกไว้แล้ว แก้เล่นได้"),
                self.sample_requested,
            ),
        )
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addWidget(wrapping_label(self.tr("เริ่มทำงาน"), "heading"))
        for mark, name, about, signal in ways:
            card = CardButton("card", self)
            card.setAccessibleName(name)
            card.setAccessibleDescription(about)
            text = QVBoxLayout()
            text.setSpacing(0)
            text.addWidget(card.words(name, "heading"))
            text.addWidget(card.words(about, "quiet"))
            card.row.addWidget(Mark(mark, "accent", 28))
            card.row.addLayout(text, 1)
            card.row.addWidget(Mark("chevron-right", "ink2", 20))
            card.clicked.connect(signal)
            column.addWidget(card)
        column.addStretch(1)
        return column

    def _make_recent(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addWidget(wrapping_label(self.tr("งานที่เปิดล่าสุด"), "heading"))
        column.addWidget(self._nothing)
        column.addWidget(self._list)
        column.addStretch(1)
        return column

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = event.size().width() < ONE_COLUMN_BELOW
        self._columns.setDirection(
            QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        )
        self._columns.setSpacing(24 if narrow else 48)
        super().resizeEvent(event)


def _is_there(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except OSError:
        return False
