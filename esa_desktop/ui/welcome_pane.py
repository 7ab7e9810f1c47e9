"""The first page: three ways to begin, and beside them the last projects, or how the work goes."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from esa_desktop.ui.beginning_card import BeginningCard, Way
from esa_desktop.ui.dialog_frame import wrapping_label
from esa_desktop.ui.first_steps import FirstSteps
from esa_desktop.ui.preferences import RecentProject
from esa_desktop.ui.project_drop import ProjectDrop
from esa_desktop.ui.recent_entry import Found, RecentEntry
from esa_desktop.ui.theme import set_role
from esa_desktop.ui.worker import Task

WIDEST: Final = 1110
"""Pixels of both columns together; more would be hard to read across."""
ONE_COLUMN_BELOW: Final = 860
LOW: Final = 520
"""Pixels of height below which air is given up, so that every way to begin is in view."""


class WelcomePane(QScrollArea):
    new_requested = Signal()
    open_requested = Signal()
    sample_requested = Signal()
    backup_requested = Signal()
    help_requested = Signal()
    tour_requested = Signal()
    recent_chosen = Signal(object)
    """The `Path` of a project whose folder is there, as far as is known."""
    recent_removed = Signal(object)
    dropped = Signal(object)
    """The `Path` of a folder that was dropped here; it may be no project."""

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
        self._steps = FirstSteps(self)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._new, self._open, self._sample = self._make_cards()
        self._ways = QVBoxLayout()
        self._ways.addWidget(wrapping_label(self.tr("เริ่มทำงาน"), "heading"))
        self._right = wrapping_label("", "heading")
        self._help = self._make_help()
        self._ways.addLayout(self._help)
        self._ways.addStretch(1)
        self._page = self._make_page()
        self.setWidget(self._page)
        self.show_recent(())

    @property
    def is_first_start(self) -> bool:
        """Nothing was ever opened here: the sample leads, and the steps stand beside it."""
        return not self._entries

    def show_recent(self, projects: Iterable[RecentProject]) -> None:
        """The list, newest first. Whether the folders are there is asked in the background."""
        focus = QApplication.focusWidget()
        was_inside = focus is not None and self._list.isAncestorOf(focus)
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
        self._steps.setVisible(self.is_first_start)
        self._right.setText(
            self.tr("ขั้นตอนการทำงาน") if self.is_first_start else self.tr("งานที่เปิดล่าสุด")
        )
        self._order_cards()
        self._look_for(self._entries)
        if was_inside:
            self.focus_first()

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

    def _make_cards(self) -> tuple[BeginningCard, BeginningCard, BeginningCard]:
        ways = (
            (
                Way(
                    "plus",
                    self.tr("สร้างงานประเมินใหม่"),
                    self.tr("บอกชื่อสำนักงานและปี แล้วเริ่มกรอกได้เลย"),
                ),
                self.new_requested,
            ),
            (
                Way(
                    "folder",
                    self.tr("เปิดงานประเมินที่มีอยู่"),
                    self.tr("จากเครื่องหรือแฟลชไดรฟ์ หรือลากมาวางที่นี่"),
                ),
                self.open_requested,
            ),
            (
                Way(
                    "book",
                    self.tr("ลองดูงานตัวอย่าง"),
                    self.tr("กรอกไว้แล้ว ลองแก้ลองพิมพ์ได้เต็มที่"),
                ),
                self.sample_requested,
            ),
        )
        made = []
        for way, signal in ways:
            card = BeginningCard(way, self)
            card.clicked.connect(signal)
            made.append(card)
        return made[0], made[1], made[2]

    def _order_cards(self) -> None:
        """What somebody most likely wants first stands first, for the eye and for the Tab key."""
        new, open_, sample = self._new, self._open, self._sample
        cards = (sample, new, open_) if self.is_first_start else (new, open_, sample)
        for place, card in enumerate(cards):
            self._ways.insertWidget(place + 1, card)  # below the heading
        for before, after in pairwise(cards):
            QWidget.setTabOrder(before, after)
        last: QWidget = cards[-1]
        for entry in self._entries:
            for button in entry.findChildren(QPushButton):
                QWidget.setTabOrder(last, button)
                last = button
        for button in self._links:
            QWidget.setTabOrder(last, button)
            last = button

    def _make_help(self) -> QBoxLayout:
        """Quiet lines for who finds none of the cards fitting."""
        self._links: list[QPushButton] = []
        backup = self._link(self.tr("เปิดข้อมูลสำรอง…"), self.backup_requested)
        tour = self._link(self.tr("พาชมหน้าจอ"), self.tour_requested)
        help_ = self._link(self.tr("วิธีใช้ (F1)"), self.help_requested)
        self._asked = [
            wrapping_label(words, "quiet")
            for words in (self.tr("มีแต่ข้อมูลสำรอง"), self.tr("ไม่แน่ใจว่าเริ่มอย่างไร"))
        ]
        lines = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        for label, links in zip(self._asked, ((backup,), (tour, help_)), strict=True):
            label.setWordWrap(False)
            lines.addLayout(_line(label, *links))
        return lines

    def _link(self, words: str, signal: SignalInstance) -> QPushButton:
        button = QPushButton(words, self)
        set_role(button, "link")
        button.setAutoDefault(True)
        button.setAccessibleName(words)
        button.clicked.connect(signal)
        self._links.append(button)
        return button

    def _make_page(self) -> QWidget:
        page = ProjectDrop(self)
        page.dropped.connect(self.dropped)
        inside = QWidget(page)
        inside.setMaximumWidth(WIDEST)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._title = wrapping_label(self.tr("ประเมินมาตรฐานสำนักงานเขตพื้นที่การศึกษา"), "pageTitle")
        self._about = wrapping_label(
            self.tr("กรอกผลการดำเนินงาน แนบหลักฐาน แล้วพิมพ์แบบประเมินได้ตรงตามแบบ"), "quiet"
        )
        column.addWidget(self._title)
        column.addWidget(self._about)
        column.addLayout(self._columns)
        self._columns.addLayout(self._ways, 1)
        self._columns.addLayout(self._make_right(), 1)
        self._centre = QBoxLayout(QBoxLayout.Direction.LeftToRight, page)
        self._centre.addStretch(1)
        self._centre.addWidget(inside, 100, Qt.AlignmentFlag.AlignVCenter)
        self._centre.addStretch(1)
        self._inside = column
        return page

    def _make_right(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addWidget(self._right)
        column.addWidget(self._steps)
        column.addWidget(self._list)
        column.addStretch(1)
        return column

    def _fit(self, width: int, height: int) -> None:
        narrow, low = width < ONE_COLUMN_BELOW, height < LOW
        self._columns.setDirection(
            QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        )
        self._columns.setSpacing(24 if narrow else 32 if low else 48)
        self._ways.setSpacing(6 if low else 12)
        edge = 12 if low else 24
        self._centre.setContentsMargins(32, edge, 32, edge)
        self._inside.setSpacing(2 if low else 4)
        self._columns.setContentsMargins(0, 0 if low else 20, 0, 0 if low else 8)
        set_role(self._title, "title" if low else "pageTitle")
        self._about.setVisible(not low)
        self._help.setDirection(
            QBoxLayout.Direction.LeftToRight if low else QBoxLayout.Direction.TopToBottom
        )
        self._help.setSpacing(12 if low else 0)
        self._help.setStretch(1, 1 if low else 0)  # beside each other they begin at the left
        for label in self._asked:
            label.setVisible(not low)
        for card in (self._new, self._open, self._sample):
            card.set_tight(low)

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit(event.size().width(), event.size().height())
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """The cursor stands on what is wanted most likely, unless somebody is elsewhere on the page."""
        super().showEvent(event)
        focus = QApplication.focusWidget()
        if focus is None or not focus.isVisible():
            self.focus_first()

    def focus_first(self) -> None:
        """Whoever was here before goes on with the project that was open last."""
        (self._entries[0] if self._entries else self._sample).setFocus()


def _line(words: QLabel, *links: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(4)
    row.addWidget(words)
    for link in links:
        row.addWidget(link)
    row.addStretch(1)
    return row


def _is_there(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except OSError:
        return False
