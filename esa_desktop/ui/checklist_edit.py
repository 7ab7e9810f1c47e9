"""The checklist of an issue: what evidence it needs, line by line, and what is still missing."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from esa_desktop.domain.edits import Edit
from esa_desktop.domain.errors import ReadOnlyProject
from esa_desktop.domain.fields import Field, Kind
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.checklists import (
    add_requirements,
    checklist,
    completeness,
    move_requirement,
    remove_requirement,
    rename_requirement,
    supply,
    withdraw,
)
from esa_desktop.services.editing import Editor
from esa_desktop.ui.checklist_list import ChecklistList
from esa_desktop.ui.checklist_model import ChecklistModel
from esa_desktop.ui.icons import icon
from esa_desktop.ui.lacking_list import lack_words
from esa_desktop.ui.painting import text_width
from esa_desktop.ui.theme import SECOND, interface_font, set_role, set_tone

Push = Callable[[Edit, str], None]
_HEARD: Final = frozenset({Kind.REQUIRED, Kind.SUPPLIED, Kind.LINK, Kind.ITEM, Kind.FRAMEWORK})
MOST_COMPACT: Final = 196
"""Pixels of lines where the list stands below another one; more of them are scrolled."""

LEAST_LINES: Final = 58
"""Pixels of one line, which is in view however low the window is."""
MOST_HEIGHT: Final = 10_000
"""Pixels: no limit."""


class RequirementEdit(QLineEdit):
    """Where the next line is typed; words pasted from a list are several lines at once."""

    pasted = Signal(list)
    """Lines, when there are several."""

    # Qt override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            words = QGuiApplication.clipboard().text()
            lines = [line for line in words.splitlines() if line.strip()]
            if len(lines) > 1:
                self.pasted.emit(lines)
                return
        super().keyPressEvent(event)


class ChecklistEdit(QWidget):
    """Every change is one step to undo. The lines are kept for next year, the answers for this one."""

    refused = Signal(object)
    """A `ReadOnlyProject`: why nothing can be changed here."""
    item_requested = Signal(str)
    """Somebody wants to see the item that answers a line."""
    folded = Signal(bool)

    def __init__(
        self,
        editor: Editor,
        push: Push,
        chosen: Callable[[], Sequence[str]],
        parent: QWidget | None = None,
        *,
        compact: bool = False,
    ) -> None:
        """``chosen``: ids of the evidence items that are selected beside it; when others are,
        call `follow_choice`. ``compact``: as high as its lines, and it can be folded.
        """
        super().__init__(parent)
        self._editor = editor
        self._push = push
        self._chosen = chosen
        self._compact = compact
        self._issue_id: str | None = None
        self._most = MOST_HEIGHT
        self._model = ChecklistModel(self)
        self._model.is_editable = not editor.is_read_only
        self.list = ChecklistList(self._model, self)
        self.list.setObjectName("checklist")
        self.list.setAccessibleName(self.tr("รายการหลักฐานที่ต้องมี"))
        self.fold = QToolButton(self)
        self._heading = QLabel(self.tr("หลักฐานที่ต้องมี"), self)
        self.summary = QLabel(self)
        self.summary.setObjectName("checklistSummary")
        self._hint = QLabel(self)
        self.add = RequirementEdit(self)
        self.use = QPushButton(self.tr("ใช้หลักฐานที่เลือก"), self)
        self._body = QWidget(self)
        self._lay_out()
        self._make_actions()
        self._connect()
        self.destroyed.connect(editor.subscribe(self._note))
        self.show_issue(None)

    @property
    def issue_id(self) -> str | None:
        return self._issue_id

    def show_issue(self, issue_id: str | None) -> None:
        """``None``: nothing to ask for; the widget is empty and disabled.

        What was typed for the issue in view and not yet added becomes a line of it.
        """
        if issue_id != self._issue_id:
            self.leave()
            self._issue_id = issue_id
            self.add.clear()
        self._refresh()

    def leave(self) -> None:
        """What was typed and not yet added becomes a step: the project may be let go next."""
        self.list.finish_editing()
        self._add_typed()

    def follow_choice(self) -> None:
        """Other evidence items are selected beside it."""
        self._allow()

    # --- parts --------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        set_role(self._heading, "heading")
        set_role(self.summary, "second")
        self.summary.setMinimumWidth(40)  # shorter words are found for a narrow place
        set_role(self._hint, "second")
        self._hint.setWordWrap(True)
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self._hint.setText(self.tr("ยังไม่มีรายการ พิมพ์หลักฐานที่ต้องมีทีละบรรทัด รายการจะใช้ต่อในปีถัดไป"))
        self.fold.setVisible(self._compact)
        self.fold.setAccessibleName(self.tr("ย่อหรือขยายหลักฐานที่ต้องมี"))
        self.add.setObjectName("requirementEdit")
        self.add.setAccessibleName(self.tr("เพิ่มหลักฐานที่ต้องมี"))
        self.add.setPlaceholderText(self.tr("เพิ่มรายการ แล้วกด Enter"))
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.fold)
        head.addWidget(self._heading)
        head.addStretch(1)
        head.addWidget(self.summary)
        self._inside = inside = QVBoxLayout(self._body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        inside.addWidget(self._hint)
        inside.addWidget(self.list, 1)
        inside.addWidget(self.add)
        inside.addWidget(self.use)
        inside.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._body, 0 if self._compact else 1)
        if self._compact:
            column.addStretch()
        self._draw_fold()

    def _make_actions(self) -> None:
        self.rename_action = self._action(self.tr("แก้ชื่อรายการ"), "F2", "edit", self._edit)
        # F2 is the list's own key for it; the action only shows it in the menu.
        self.rename_action.setShortcutVisibleInContextMenu(True)
        self.up_action = self._action(
            self.tr("เลื่อนขึ้น"), "Ctrl+Shift+Up", "chevron-up", partial(self.list.move_current, -1)
        )
        self.down_action = self._action(
            self.tr("เลื่อนลง"), "Ctrl+Shift+Down", "chevron-down", partial(self.list.move_current, 1)
        )
        self.remove_action = self._action(self.tr("นำรายการออก"), "Del", "minus", self._remove)
        self.items_menu = QMenu(self.tr("หลักฐานที่ใช้อยู่"), self)
        self.items_menu.setIcon(icon("link"))
        self.menu = QMenu(self)
        self.menu.addAction(self.rename_action)
        self.menu.addMenu(self.items_menu)
        self.menu.addSeparator()
        self.menu.addActions([self.up_action, self.down_action])
        self.menu.addSeparator()
        self.menu.addAction(self.remove_action)

    def _action(
        self, words: str, shortcut: str, icon_name: str, act: Callable[[], object]
    ) -> QAction:
        action = QAction(icon(icon_name), words, self)
        action.setShortcut(QKeySequence(shortcut))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda *_: act())
        self.list.addAction(action)
        return action

    def _connect(self) -> None:
        self.fold.clicked.connect(self._toggle)
        self.add.returnPressed.connect(lambda: self._add([self.add.text()]))
        self.add.pasted.connect(self._add)
        self.use.clicked.connect(self._use)
        self.list.moved.connect(self._move)
        self.list.items_dropped.connect(self._supply)
        self.list.customContextMenuRequested.connect(self._pop_up)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._allow())
        self._model.renamed.connect(self._rename)

    # --- what is shown ------------------------------------------------------------------------

    def _note(self, fields: frozenset[Field]) -> None:
        if self._issue_id is not None and any(field.kind in _HEARD for field in fields):
            self._refresh()

    def _refresh(self) -> None:
        assessed, issue_id = self._editor.round, self._issue_id
        lines = checklist(assessed, issue_id) if issue_id else ()
        line, place = self.list.current, self.list.currentIndex().row()
        self._model.set_lines(lines)
        if line is not None and lines:
            self.list.choose(line.requirement.id, near=place)
        found = completeness(assessed, issue_id) if issue_id else None
        if found and found.total:
            set_tone(self.summary, "warn" if found.missing else "good")
        self._summarize()
        self.setEnabled(issue_id is not None)
        self._hint.setVisible(issue_id is not None and not lines)
        self.list.setVisible(bool(lines))
        self.use.setVisible(bool(lines))
        self._fit()
        self._allow()

    def _fit(self) -> None:
        """As high as its lines, as far as there is room; more of them are scrolled."""
        if not self._compact:
            return
        self.list.setFixedHeight(LEAST_LINES)
        self._inside.invalidate()  # Qt would do so by and by
        self._body.updateGeometry()
        around = self.sizeHint().height() - LEAST_LINES
        most = max(min(MOST_COMPACT, self._most - around), LEAST_LINES)
        self.list.setFixedHeight(min(most, self.list.content_height()))

    def _summarize(self) -> None:
        """All the words where there is room for them beside the heading."""
        issue_id, assessed = self._issue_id, self._editor.round
        beside = self._heading.sizeHint().width() + 12
        beside += self.fold.sizeHint().width() if self._compact else 0
        room, words = self.contentsRect().width() - beside, ""
        for shorter in range(3 if issue_id else 0):
            words = lack_words(assessed, issue_id or "", shorter=shorter)
            if text_width(words, interface_font(SECOND)) <= room:
                break
        self.summary.setText(words)
        self.summary.setVisible(bool(words))  # its least width belongs to the heading then
        self.summary.setToolTip(lack_words(assessed, issue_id) if issue_id else "")

    def _allow(self) -> None:
        """What can be done now, and why the rest cannot."""
        read_only, line = self._editor.is_read_only, self.list.current
        why_not = ""
        if read_only:
            why_not = self.tr("งานประเมินนี้เปิดดูอย่างเดียว")
        elif line is None:
            why_not = self.tr("เลือกรายการที่ต้องมีก่อน")
        elif not self._chosen():
            why_not = self.tr("เลือกหลักฐานก่อน แล้วกดปุ่มนี้ หรือลากหลักฐานมาวางบนรายการ")
        self.use.setEnabled(not why_not)
        self.use.setToolTip(why_not)
        self.add.setEnabled(not read_only)
        self.add.setToolTip(self.tr("งานประเมินนี้เปิดดูอย่างเดียว") if read_only else "")
        for action in (self.rename_action, self.up_action, self.down_action, self.remove_action):
            action.setEnabled(line is not None and not read_only)

    def _toggle(self) -> None:
        self.set_folded(not self.is_folded)

    @property
    def is_folded(self) -> bool:
        return self._body.isHidden()

    def set_folded(self, folded: bool) -> None:
        """Only the heading with its summary is left."""
        self._body.setVisible(not folded)
        self._draw_fold()
        self.folded.emit(folded)

    def set_most(self, height: int) -> None:
        """Pixels it may take where it is compact; its lines are scrolled in what is left of them."""
        self._most = height
        self._fit()

    def _draw_fold(self) -> None:
        folded = self._body.isHidden()
        self.fold.setIcon(icon("chevron-right" if folded else "chevron-down"))
        self.fold.setToolTip(self.tr("ขยาย") if folded else self.tr("ย่อ"))

    # --- edits --------------------------------------------------------------------------------

    def _may_change(self) -> bool:
        try:
            self._editor.refuse_if_read_only()
        except ReadOnlyProject as error:
            self.refused.emit(error)
            return False
        return True

    def _add(self, texts: Sequence[str]) -> None:
        """The field keeps the cursor for the next one."""
        if self._issue_id is None or not any(t.strip() for t in texts) or not self._may_change():
            return
        edit = add_requirements(self._editor, self._issue_id, texts)
        if edit is not None:
            self._push(edit, self.tr("เพิ่มหลักฐานที่ต้องมี"))
            self.list.choose("", near=self._model.rowCount())
        self.add.clear()

    def _add_typed(self) -> None:
        """Nobody is there to be told why not: where nothing can be changed nothing was typed."""
        known = self._editor.round.framework
        if (
            self._issue_id is None
            or self._editor.is_read_only
            or not known.has_node(self._issue_id)
        ):
            return
        edit = add_requirements(self._editor, self._issue_id, [self.add.text()])
        self.add.clear()  # first: whoever pushes may ask to leave, too
        if edit is not None:
            self._push(edit, self.tr("เพิ่มหลักฐานที่ต้องมี"))

    def _edit(self) -> None:
        if self.list.current is not None and self._may_change():
            self.list.edit(self.list.currentIndex())

    def _rename(self, requirement_id: str, text: str) -> None:
        if self._issue_id is not None:
            edit = rename_requirement(self._editor, self._issue_id, requirement_id, text)
            self._push(edit, self.tr("แก้ชื่อหลักฐานที่ต้องมี"))

    def _remove(self) -> None:
        line = self.list.current
        if line is not None and self._issue_id is not None and self._may_change():
            edit = remove_requirement(self._editor, self._issue_id, line.requirement.id)
            self._push(edit, self.tr("นำหลักฐานที่ต้องมีออกจากรายการ"))

    def _move(self, requirement_id: str, place: int) -> None:
        if self._issue_id is not None and self._may_change():
            edit = move_requirement(self._editor, self._issue_id, requirement_id, place)
            self._push(edit, self.tr("จัดลำดับหลักฐานที่ต้องมี"))
            self.list.choose(requirement_id)

    def _use(self) -> None:
        line = self.list.current
        if line is not None:
            self._supply(line.requirement.id, list(self._chosen()))

    def _supply(self, requirement_id: str, item_ids: Sequence[str]) -> None:
        if self._issue_id is not None and item_ids and self._may_change():
            edit = supply(self._editor, self._issue_id, requirement_id, item_ids)
            self._push(edit, self.tr("ใช้หลักฐานกับรายการที่ต้องมี"))

    def _withdraw(self, requirement_id: str, item_id: str) -> None:
        if self._issue_id is not None and self._may_change():
            edit = withdraw(self._editor, self._issue_id, requirement_id, [item_id])
            self._push(edit, self.tr("ไม่ใช้หลักฐานกับรายการที่ต้องมี"))

    # --- menu ---------------------------------------------------------------------------------

    def fill_items_menu(self) -> None:
        """The items that answer the current line: to go there, or to take them off it."""
        line = self.list.current
        self.items_menu.clear()
        self.items_menu.setEnabled(line is not None and line.is_answered)
        for item in line.items if line else ():
            named = thai_digits(item.code)
            see = self.items_menu.addAction(icon("eye"), self.tr("ดู {0}").format(named))
            see.triggered.connect(partial(self.item_requested.emit, item.id))
            words = self.tr("ไม่ใช้ {0} กับรายการนี้").format(named)
            take_off = self.items_menu.addAction(icon("minus"), words)
            take_off.setEnabled(not self._editor.is_read_only)
            off = partial(self._withdraw, line.requirement.id, item.id) if line else None
            take_off.triggered.connect(lambda *_, off=off: off and off())

    def _pop_up(self, place: QPoint) -> None:
        if self.list.indexAt(place).isValid():
            self.fill_items_menu()
            self.menu.popup(self.list.viewport().mapToGlobal(place))

    # Qt override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._summarize()
