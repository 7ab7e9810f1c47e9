"""What can be done with evidence that is attached: look, open, describe, share, move, order, take out."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from esa_desktop.domain.edits import Edit
from esa_desktop.domain.errors import AttachError, ReadOnlyProject
from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.editing import Editor
from esa_desktop.ui.attach_flow import CHOOSE_ISSUE
from esa_desktop.ui.evidence_list import EvidenceList
from esa_desktop.ui.icons import icon

if TYPE_CHECKING:
    from esa_desktop.services.describing import Description
    from esa_desktop.services.title_proposal import Proposal
    from esa_desktop.ui.evidence_dialog import EvidenceDialog, NewEvidenceDialog
    from esa_desktop.ui.issue_picker_dialog import IssuePickerDialog

Push = Callable[[Edit, str], None]
Words = Callable[[EvidenceFile, "Callable[[Proposal], object]"], None]
"""Calls back with what a file says of itself: `DocumentWords.ask`."""
D = TypeVar("D", bound=QDialog)


class EvidenceActions(QObject):
    """Menu and keys of the list. Every change goes through ``push``; undo replaces questions."""

    open_requested = Signal(str)
    """The id of the item to open."""
    preview_requested = Signal(str)
    """The id of the item to be shown beside the text."""
    register_requested = Signal(str)
    """The id of the item to be shown in the register of all evidence."""
    versions_requested = Signal(str)
    """The id of an item whose file is to be replaced, or one of whose earlier files is wanted."""
    refused = Signal(object)
    """An `EsaError`, before anybody is asked for what could not be kept."""

    def __init__(
        self,
        editor: Editor,
        push: Push,
        view: EvidenceList,
        window: QWidget,
        words: Words | None = None,
    ) -> None:
        """``window``: what the dialogs belong to. ``words``: what files say, for the dialogs."""
        super().__init__(window)
        self._editor = editor
        self._push = push
        self._view = view
        self._window = window
        self._words = words
        self.issue_id: str | None = None
        """The issue in view; nothing happens while there is none."""
        self._add_actions()
        self.menu = self._make_menu()
        view.activated.connect(lambda _: self.open())
        view.reordered.connect(self._reorder)
        view.customContextMenuRequested.connect(self._pop_up)
        view.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        self._enable()

    # --- what is done -------------------------------------------------------------------------

    def open(self) -> None:
        item_id = self._one()
        if item_id:
            self.open_requested.emit(item_id)

    def preview(self) -> None:
        item_id = self._one()
        if item_id:
            self.preview_requested.emit(item_id)

    def show_versions(self) -> None:
        item_id = self._one()
        if item_id:
            self.versions_requested.emit(item_id)

    def show_in_register(self) -> None:
        item_id = self._one()
        if item_id:
            self.register_requested.emit(item_id)

    def ask_description(self) -> "EvidenceDialog | None":
        """The dialog, opened; ``None`` when there is not one item to ask about."""
        item_id = self._one()
        if item_id is None or not self._may_change():
            return None
        item = self._editor.round.items[item_id]
        from esa_desktop.ui.evidence_dialog import EvidenceDialog

        dialog = EvidenceDialog(item, kinds=self._kinds(), parent=self._window)
        dialog.described.connect(partial(self._describe, item_id))
        if self._words is not None and len(item.files) == 1:
            self._words(item.files[0], partial(_suggest, dialog))
        return self._opened(dialog)

    def ask_new_item(self, place: str = "") -> "NewEvidenceDialog | None":
        """``place``: a web address that was pasted."""
        if not self._may_change():
            return None
        if self.issue_id is None:
            self.refused.emit(AttachError(CHOOSE_ISSUE))
            return None
        from esa_desktop.ui.evidence_dialog import NewEvidenceDialog

        dialog = NewEvidenceDialog(kinds=self._kinds(), place=place, parent=self._window)
        dialog.described.connect(partial(self._add_item, self.issue_id))
        return self._opened(dialog)

    def ask_where_else(self) -> "IssuePickerDialog | None":
        """Which other issue the chosen items serve too."""
        ids = self._view.chosen_ids()
        if self.issue_id is None or not ids or not self._may_change():
            return None
        assessed = self._editor.round
        served = [set(assessed.issues_of(item_id)) for item_id in ids]
        from esa_desktop.ui.issue_picker_dialog import IssuePickerDialog

        dialog = IssuePickerDialog(
            self._editor,
            title=self.tr("ใช้กับประเด็นอื่นด้วย"),
            advice=self._named(ids) + "\n" + self.tr("ประเด็นที่ใช้อยู่แล้วไม่แสดงในรายการ"),
            verb=self.tr("ใช้กับประเด็นนี้ด้วย"),
            without=set.intersection(*served),
            parent=self._window,
        )
        dialog.picked.connect(partial(self._share, ids))
        return self._opened(dialog)

    def ask_where_to(self) -> "IssuePickerDialog | None":
        """Which other issue the chosen items belong to instead."""
        ids = self._view.chosen_ids()
        if self.issue_id is None or not ids or not self._may_change():
            return None
        from esa_desktop.ui.issue_picker_dialog import IssuePickerDialog

        dialog = IssuePickerDialog(
            self._editor,
            title=self.tr("ย้ายไปประเด็นอื่น"),
            advice=self._named(ids) + "\n" + self.tr("รหัสหลักฐานยังเป็นรหัสเดิม"),
            verb=self.tr("ย้ายไปประเด็นนี้"),
            without=[self.issue_id],
            parent=self._window,
        )
        dialog.picked.connect(partial(self._move, self.issue_id, ids))
        return self._opened(dialog)

    def take_out(self) -> None:
        """Detach the chosen items. They stay in the register; undo brings them back here."""
        from esa_desktop.services.attaching import detach

        ids = self._view.chosen_ids()
        if self.issue_id is None or not ids or not self._may_change():
            return
        row = min(index.row() for index in self._view.selectedIndexes())
        self._push(detach(self._editor, self.issue_id, ids), self.tr("นำหลักฐานออก"))
        left = self._view.model().rowCount()
        if left:
            self._view.setCurrentIndex(self._view.model().index(min(row, left - 1), 0))

    # --- edits --------------------------------------------------------------------------------

    def _describe(self, item_id: str, said: "Description") -> None:
        from esa_desktop.services.describing import describe_as

        self._push(describe_as(self._editor, item_id, said), self.tr("แก้ไขรายละเอียดหลักฐาน"))

    def _add_item(self, issue_id: str, said: "Description") -> None:
        from esa_desktop.services.describing import add_described

        self._push(add_described(self._editor, issue_id, said), self.tr("เพิ่มหลักฐานที่ไม่มีไฟล์"))

    def _share(self, ids: list[str], issue_id: str) -> None:
        from esa_desktop.services.attaching import share

        self._push(share(self._editor, issue_id, ids), self.tr("ใช้หลักฐานกับประเด็นอื่นด้วย"))

    def _move(self, source_id: str, ids: list[str], target_id: str) -> None:
        from esa_desktop.services.attaching import move

        self._push(move(self._editor, source_id, target_id, ids), self.tr("ย้ายหลักฐาน"))

    def _reorder(self, item_id: str, before: str | None) -> None:
        from esa_desktop.services.attaching import reorder

        if self.issue_id is None or not self._may_change():
            return
        order = self._editor.round.issue(self.issue_id).evidence
        rest = [i for i in order if i != item_id]
        place = rest.index(before) if before in rest else len(rest)
        if (*rest[:place], item_id, *rest[place:]) != order:
            edit = reorder(self._editor, self.issue_id, item_id, before)
            self._push(edit, self.tr("จัดลำดับหลักฐาน"))

    # --- inside -------------------------------------------------------------------------------

    def _may_change(self) -> bool:
        try:
            self._editor.refuse_if_read_only()
        except ReadOnlyProject as error:
            self.refused.emit(error)
            return False
        return True

    def _kinds(self) -> set[str]:
        """What the office calls its evidence."""
        return {item.kind for item in self._editor.round.items.values()}

    def _one(self) -> str | None:
        """The one item the keyboard is on."""
        return self._view.current_id() if self.issue_id else None

    def _named(self, ids: Sequence[str]) -> str:
        """Which evidence a dialog is about."""
        if len(ids) > 1:
            return thai_digits(self.tr("หลักฐาน {count} รายการ").format(count=len(ids)))
        item = self._editor.round.items[ids[0]]
        return f"{thai_digits(item.code)} {item.title}"

    def _opened(self, dialog: D) -> D:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    def _add_actions(self) -> None:
        self.preview_action = self._action(self.tr("ดูตัวอย่าง"), "Space", self.preview, "eye")
        # No shortcut: Enter and double click come as the view's own "activated".
        self.open_action = self._action(self.tr("เปิดดู"), "", self.open, "external")
        self.describe_action = self._action(
            self.tr("ชื่อและรายละเอียด…"), "F2", self.ask_description, "edit"
        )
        self.versions_action = self._action(
            self.tr("ไฟล์และฉบับก่อนหน้า…"), "", self.show_versions, "history"
        )
        self.share_action = self._action(
            self.tr("ใช้กับประเด็นอื่นด้วย…"), "", self.ask_where_else, "link"
        )
        self.move_action = self._action(self.tr("ย้ายไปประเด็นอื่น…"), "", self.ask_where_to, "step")
        self.register_action = self._action(
            self.tr("ดูในบัญชีหลักฐาน"), "", self.show_in_register, "list"
        )
        self.up_action = self._action(
            self.tr("เลื่อนขึ้น"), "Ctrl+Shift+Up", partial(self._view.move_current, -1), "chevron-up"
        )
        self.down_action = self._action(
            self.tr("เลื่อนลง"),
            "Ctrl+Shift+Down",
            partial(self._view.move_current, 1),
            "chevron-down",
        )
        self.detach_action = self._action(self.tr("นำออกจากประเด็นนี้"), "Del", self.take_out, "minus")

    def _action(
        self, words: str, shortcut: str, act: Callable[[], object], icon_name: str
    ) -> QAction:
        action = QAction(icon(icon_name), words, self)
        action.setShortcut(QKeySequence(shortcut))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda *_: act())
        self._view.addAction(action)
        return action

    def _make_menu(self) -> QMenu:
        menu = QMenu(self._window)
        menu.addActions([self.preview_action, self.open_action])
        menu.addActions([self.describe_action, self.versions_action])
        menu.addSeparator()
        menu.addActions([self.share_action, self.move_action, self.register_action])
        menu.addSeparator()
        menu.addActions([self.up_action, self.down_action])
        menu.addSeparator()
        menu.addAction(self.detach_action)
        return menu

    def _enable(self) -> None:
        """What needs one item, or any, is only there when there is one."""
        count = len(self._view.selectedIndexes())
        for action in (
            self.preview_action,
            self.open_action,
            self.describe_action,
            self.versions_action,
            self.register_action,
            self.up_action,
            self.down_action,
        ):
            action.setEnabled(count == 1)
        for action in (self.share_action, self.move_action, self.detach_action):
            action.setEnabled(count > 0)

    def _pop_up(self, place: QPoint) -> None:
        if self._view.indexAt(place).isValid():
            self.menu.popup(self._view.viewport().mapToGlobal(place))


def _suggest(dialog: "EvidenceDialog", said: "Proposal") -> None:
    """The dialog may be gone by the time a long document is read."""
    if shiboken6.isValid(dialog):
        dialog.suggest(said)
