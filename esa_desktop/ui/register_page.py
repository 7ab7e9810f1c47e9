"""The register of evidence: every item of the project in one table, and what checklists still ask for."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from esa_desktop.domain.edits import Edit
from esa_desktop.domain.fields import Field, Kind
from esa_desktop.services.checklists import missing_requirements
from esa_desktop.services.editing import Editor
from esa_desktop.services.evidence_standing import other_years
from esa_desktop.services.register_rows import (
    Column,
    Register,
    RegisterRow,
    Shown,
    Wish,
)
from esa_desktop.ui.checklist_edit import ChecklistEdit
from esa_desktop.ui.empty_state import EmptyState
from esa_desktop.ui.lacking_list import LackingDelegate, LackingRow, lacking_rows
from esa_desktop.ui.register_actions import RegisterActions
from esa_desktop.ui.register_bar import LACKING, RegisterBar
from esa_desktop.ui.register_files import RegisterFiles
from esa_desktop.ui.register_head import RegisterHead
from esa_desktop.ui.register_model import RegisterModel
from esa_desktop.ui.register_table import RegisterTable
from esa_desktop.ui.renumbering import Renumbering
from esa_desktop.ui.row_list import RowList
from esa_desktop.ui.theme import set_role

Push = Callable[[Edit, str], None]
_HEARD: Final = frozenset(
    {Kind.ITEM, Kind.LINK, Kind.WORKS, Kind.REQUIRED, Kind.SUPPLIED, Kind.FRAMEWORK}
)
SLICE: Final = 0.004
"""Seconds of getting ready between two events of the window."""
SIDE_WIDTH: Final = 312
"""Pixels of the checklist beside the table."""


class RegisterPage(QWidget):
    """Works while it is seen; what changes behind its back is caught up when it is shown."""

    go_to = Signal(str)
    """Id of an issue or indicator that uses an item."""
    open_requested = Signal(str)
    preview_requested = Signal(str)
    """Id of an item."""
    refused = Signal(object)
    """A `ReadOnlyProject`: why nothing can be changed here."""
    binder_requested = Signal()
    relink_requested = Signal()
    """Files are missing, and somebody wants to look for them."""
    bin_requested = Signal(list)
    """Ids of items that go into the bin; whoever hears makes the edit."""
    bin_opened = Signal()

    def __init__(
        self, editor: Editor, push: Push, folder: Path, parent: QWidget | None = None
    ) -> None:
        """``folder``: of the project, where the files of evidence are looked for."""
        super().__init__(parent)
        set_role(self, "page")
        self._editor = editor
        self._register = Register()
        self._years: dict[str, tuple[int, ...]] | None = None
        self._wish = Wish()
        self._is_stale = True
        self._files = RegisterFiles(self._register, folder, self)
        self._preparing: Iterator[None] = iter(())
        self._model = RegisterModel(self._register.file_state, self)
        self.head = RegisterHead(self)
        self.bar = RegisterBar(self)
        self.table = RegisterTable(self._model, self)
        self.table.setAccessibleName(self.tr("บัญชีหลักฐาน"))
        self.actions_of_items = RegisterActions(editor, push, self.table, self._model, self)
        self.renumbering = Renumbering(editor, push, self.head, self)
        self.lacking = RowList(LackingDelegate(), self.tr("หลักฐานที่ยังขาดตามรายการ"), self)
        self.checklist = ChecklistEdit(editor, push, self.table.chosen_ids, self)
        self._ready = QTimer(self, singleShot=True, interval=0)
        self._lay_out()
        self._connect()
        self.destroyed.connect(editor.subscribe(self._note))

    # --- for the window -----------------------------------------------------------------------

    def show_item(self, item_id: str) -> bool:
        """Choose an item and bring it into view, whatever is filtered; ``False`` where there is none."""
        self._catch_up()
        if item_id not in self._register.rows:
            return False
        if self._model.place_of(item_id) < 0 or self.bar.choice == LACKING:
            self.bar.show_all()
        self.table.choose([item_id], item_id)
        self.table.scrollTo(self.table.currentIndex())
        return True

    def show_only(self, choice: str, issue_id: str = "") -> None:
        """``choice``: a `Shown` or `LACKING`; with ``issue_id`` its checklist stands beside."""
        self._catch_up()
        self.bar.choose(choice, issue_id)
        self._follow_bar()

    def look_for_files(self) -> None:
        """Ask the disk again: after a repair, or when a stick comes back."""
        self._register.ask_again()
        if self.isVisible():
            self._files.ask()

    def chosen_ids(self) -> list[str]:
        """The items that are selected, in the order of the table."""
        return self.table.chosen_ids()

    # --- parts --------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._side = QFrame(self)
        set_role(self._side, "card")
        beside = QVBoxLayout(self._side)
        beside.setContentsMargins(14, 8, 14, 12)
        beside.addWidget(self.checklist)
        self._side.setMinimumWidth(232)
        self._pages = QStackedWidget(self)
        self._empty = EmptyState("inbox", self)
        for page in (self.table, self.lacking, self._empty):
            self._pages.addWidget(page)
        card = QFrame(self)
        set_role(card, "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(4, 4, 4, 4)
        inside.addWidget(self._pages)
        card.setMinimumWidth(288)
        self._sides = QSplitter(Qt.Orientation.Horizontal, self)
        self._sides.addWidget(card)
        self._sides.addWidget(self._side)
        self._sides.setStretchFactor(0, 1)
        self._sides.setStretchFactor(1, 0)
        self._sides.setChildrenCollapsible(False)
        self._side.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 14)
        column.setSpacing(8)
        column.addWidget(self.head)
        column.addWidget(self.bar)
        column.addWidget(self._sides, 1)

    def _connect(self) -> None:
        actions = self.actions_of_items
        actions.open_requested.connect(self.open_requested)
        actions.preview_requested.connect(self.preview_requested)
        actions.go_to.connect(self.go_to)
        actions.bin_requested.connect(self.bin_requested)
        actions.refused.connect(self.refused)
        self.checklist.refused.connect(self.refused)
        self.renumbering.refused.connect(self.refused)
        self.checklist.item_requested.connect(self.show_item)
        self.head.relink_requested.connect(self.relink_requested)
        self.head.bin_opened.connect(self.bin_opened)
        self.head.binder_requested.connect(self.binder_requested)
        self.bar.changed.connect(self._follow_bar)
        self.bar.left_downwards.connect(self._enter_page)
        self._model.sort_asked.connect(self._sort)
        self.table.selectionModel().selectionChanged.connect(
            lambda *_: self.checklist.follow_choice()
        )
        self.lacking.chosen.connect(self._go_to_lack)
        self._empty.button.clicked.connect(self._leave_empty)
        self._files.answered.connect(self._hear_disk)
        self._ready.timeout.connect(self._prepare)

    # --- what changes -------------------------------------------------------------------------

    def _note(self, fields: frozenset[Field]) -> None:
        if not any(field.kind in _HEARD for field in fields):
            return
        year = str(self._editor.round.fiscal_year)
        if any(field.kind in (Kind.LINK, Kind.WORKS) and field.round != year for field in fields):
            self._years = None
        self._is_stale = True
        if self.isVisible():
            self._catch_up()

    def _catch_up(self) -> None:
        """Take the round as it is; rows that did not change stay as they are."""
        if not self._is_stale:
            return
        self._is_stale = False
        assessed = self._editor.round
        if self._years is None:
            self._years = other_years(self._editor)
        changed = self._register.follow(assessed, self._years)
        self.bar.set_framework(assessed.framework)
        if self.bar.issue_id != self._wish.issue_id:
            self._follow_bar()  # the issue went out of use
        self._show(changed)
        self.renumbering.follow()
        self._preparing = self._register.prepare()
        self._ready.start()
        self._files.ask()

    def _follow_bar(self) -> None:
        bar = self.bar
        shown = Shown.ALL if bar.choice == LACKING else Shown(bar.choice)
        self._wish = Wish(shown, bar.words, bar.issue_id, self._wish.column, self._wish.descending)
        self._side.setVisible(bool(bar.issue_id))
        self.checklist.show_issue(bar.issue_id or None)
        if bar.issue_id and self._sides.sizes()[1] < SIDE_WIDTH:
            self._sides.setSizes([max(288, self._sides.width() - SIDE_WIDTH), SIDE_WIDTH])
        self._show(None)

    def _sort(self, column: Column, descending: bool) -> None:
        wish = self._wish
        self._wish = Wish(wish.shown, wish.words, wish.issue_id, column, descending)
        self._show(None)

    def _show(self, changed: frozenset[str] | None) -> None:
        """Bring everything in view up to date; ``changed``: only these rows, ``None``: another order."""
        table, rows = self.table, self._register.arranged(self._wish)
        ids, current, near = table.chosen_ids(), table.current_id(), table.currentIndex().row()
        if changed is None or not self._model.follow(rows, changed):
            self._set_rows(rows, keep_scroll=changed is not None)
        elif current and self._model.place_of(current) < 0:
            table.choose(ids, current, near)
        self._count_all()
        lacking = lacking_rows(self._editor.round, self._wish.words, self._wish.issue_id)
        self.lacking.rows.set_rows(lacking)
        if self.bar.choice == LACKING:
            self._pages.setCurrentWidget(self.lacking if lacking else self._empty)
        else:
            self._pages.setCurrentWidget(self.table if rows else self._empty)
        self._say_empty()

    def _set_rows(self, rows: tuple[RegisterRow, ...], *, keep_scroll: bool) -> None:
        """All anew; what was chosen is chosen again, and what was in view stays in view."""
        table = self.table
        ids, current, near = table.chosen_ids(), table.current_id(), table.currentIndex().row()
        in_view = table.viewport().rect().intersects(table.visualRect(table.currentIndex()))
        scrolled = table.verticalScrollBar().value()
        self._model.set_rows(rows)
        table.choose(ids, current, near if keep_scroll else -1)
        if keep_scroll:
            table.verticalScrollBar().setValue(scrolled)
        elif in_view and table.currentIndex().isValid():
            table.scrollTo(table.currentIndex())
        else:
            table.scrollToTop()

    # --- words --------------------------------------------------------------------------------

    def _count_all(self) -> None:
        """Say how many there are of everything."""
        counts: dict[str, int] = {str(s): n for s, n in self._register.counts().items()}
        counts[LACKING] = len(missing_requirements(self._editor.round))
        self.bar.set_counts(counts)
        shown = None if self.bar.choice == LACKING else self._model.rowCount()
        self.head.show_counts(shown, counts[Shown.ALL], counts[LACKING])
        self.head.show_troubles(counts[Shown.MISSING], self._register.in_bin)

    def _say_empty(self) -> None:
        bar = self.bar
        if bar.choice == LACKING and not (bar.words.strip() or bar.issue_id):
            has_lists = bool(self._editor.round.required)
            self._empty.say(
                self.tr("ครบทุกรายการแล้ว") if has_lists else self.tr("ยังไม่มีรายการหลักฐานที่ต้องมี"),
                self.tr("เลือกประเด็นด้านบน แล้วพิมพ์หลักฐานที่ประเด็นนั้นต้องมี"),
                icon_name="check" if has_lists else "list",
            )
        elif bar.narrows:
            self._empty.say(
                self.tr("ไม่พบหลักฐานตามที่เลือก"),
                self.tr("ลองใช้คำที่สั้นลง เลขไทยและเลขอารบิกค้นหาแทนกันได้"),
                self.tr("แสดงทั้งหมด"),
                icon_name="search",
            )
        else:
            self._empty.say(
                self.tr("ยังไม่มีหลักฐาน"),
                self.tr("แนบหลักฐานที่ประเด็นการพิจารณา ทุกรายการจะรวมอยู่ที่นี่"),
                self.tr("ไปที่ประเด็นแรก") if self._first_place else "",
                icon_name="inbox",
            )

    @property
    def _first_place(self) -> str:
        """Id of where evidence can be attached first; empty where the edition has no such place."""
        first = next(self._editor.round.framework.places(), None)
        return first[-1].id if first else ""

    # --- what is done -------------------------------------------------------------------------

    def _leave_empty(self) -> None:
        """The way on from a page without rows: other rows, or to where evidence comes from."""
        if self.bar.narrows:
            self.bar.show_all()
        else:
            self.go_to.emit(self._first_place)

    def _enter_page(self) -> None:
        page = self._pages.currentWidget()
        if page is not None and page is not self._empty:
            page.setFocus(Qt.FocusReason.TabFocusReason)

    def _go_to_lack(self, row: LackingRow) -> None:
        self.go_to.emit(row.issue_id)

    def _hear_disk(self, changed: frozenset[str]) -> None:
        if self._wish.shown is Shown.MISSING or self._wish.column is Column.FILE:
            self._show(changed)
        else:
            self._model.redraw(changed)
            self._count_all()

    def _prepare(self) -> None:
        """A little at a time: keys for sorting and texts for searching, before they are asked for."""
        until = time.perf_counter() + SLICE
        for _ in self._preparing:
            if time.perf_counter() > until:
                self._ready.start()
                return

    # Qt overrides
    def showEvent(self, event: QShowEvent) -> None:
        self._catch_up()
        self._register.ask_again()  # somebody may have moved files while another page was in view
        self._files.ask()
        self._ready.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._ready.stop()
        super().hideEvent(event)


__all__ = ["LACKING", "RegisterPage", "Shown"]
