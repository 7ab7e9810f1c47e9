"""What can be done with items in the register: open, describe, use elsewhere, go there, put into the bin."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, TypeVar

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from esa_desktop.domain.edits import Edit
from esa_desktop.domain.errors import ReadOnlyProject
from esa_desktop.domain.thai import shorten, thai_digits
from esa_desktop.services.attaching import share
from esa_desktop.services.describing import Description, describe_as
from esa_desktop.services.editing import Editor
from esa_desktop.services.evidence_standing import Use, uses_of
from esa_desktop.services.register_rows import RegisterRow
from esa_desktop.ui.evidence_dialog import EvidenceDialog
from esa_desktop.ui.icons import icon
from esa_desktop.ui.issue_picker_dialog import IssuePickerDialog
from esa_desktop.ui.message_dialog import MessageDialog
from esa_desktop.ui.register_model import COLUMNS, RegisterModel
from esa_desktop.ui.register_table import RegisterTable

Push = Callable[[Edit, str], None]
D = TypeVar("D", bound=QDialog)
MOST_PLACES: Final = 6
"""Places named before something that is used goes into the bin; of more their number."""


class RegisterActions(QObject):
    """Menu and keys of the table. Space and Enter come as signals of the table itself."""

    open_requested = Signal(str)
    preview_requested = Signal(str)
    go_to = Signal(str)
    """Id of an issue, or of an indicator whose works an item shows."""
    bin_requested = Signal(list)
    """Ids of items that go into the bin, after a person was told where they are used."""
    refused = Signal(object)
    """A `ReadOnlyProject`, before anybody is asked for what could not be kept."""

    def __init__(
        self,
        editor: Editor,
        push: Push,
        table: RegisterTable,
        model: RegisterModel,
        window: QWidget,
    ) -> None:
        """``window``: what the dialogs belong to."""
        super().__init__(window)
        self._editor = editor
        self._push = push
        self._table = table
        self._model = model
        self._window = window
        self.preview_action = self._action(self.tr("ดูตัวอย่าง"), "", "eye", self.preview)
        self.open_action = self._action(self.tr("เปิดดู"), "", "external", self.open)
        self.describe_action = self._action(
            self.tr("ชื่อและรายละเอียด…"), "F2", "edit", self.ask_description
        )
        self.share_action = self._action(
            self.tr("ใช้กับประเด็นอื่นด้วย…"), "", "link", self.ask_where_else
        )
        self.bin_action = self._action(self.tr("ย้ายไปถังขยะ"), "Del", "trash", self.ask_to_bin)
        self.places_menu = QMenu(self.tr("ไปที่ประเด็น"), window)
        self.places_menu.setIcon(icon("step"))
        self.sort_menu = QMenu(self.tr("เรียงตาม"), window)
        self.sort_menu.setIcon(icon("list"))
        self.menu = self._make_menu()
        table.previewed.connect(self.preview)
        table.taken.connect(self.open)
        table.customContextMenuRequested.connect(self._pop_up)
        table.selectionModel().selectionChanged.connect(lambda *_: self._enable())
        model.modelReset.connect(self._enable)
        self._enable()

    # --- what is done -------------------------------------------------------------------------

    def preview(self) -> None:
        if item_id := self._table.current_id():
            self.preview_requested.emit(item_id)

    def open(self) -> None:
        if item_id := self._table.current_id():
            self.open_requested.emit(item_id)

    def ask_description(self) -> EvidenceDialog | None:
        """The dialog, opened; ``None`` when there is not one item to ask about."""
        item_id = self._table.current_id()
        if not item_id or not self._may_change():
            return None
        kinds = {item.kind for item in self._editor.round.items.values()}
        dialog = EvidenceDialog(self._editor.round.items[item_id], kinds=kinds, parent=self._window)
        dialog.described.connect(partial(self._describe, item_id))
        return self._opened(dialog)

    def ask_where_else(self) -> IssuePickerDialog | None:
        """Which other issue the chosen items serve too."""
        ids = self._table.chosen_ids()
        if not ids or not self._may_change():
            return None
        served = [{node_id for node_id, _ in row.used} for row in self._rows(ids)]
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

    def ask_to_bin(self) -> MessageDialog | None:
        """What nothing uses goes at once; else a dialog names the places and asks once."""
        ids = self._table.chosen_ids()
        if not ids or not self._may_change():
            return None
        places = uses_of(self._editor, ids)
        if not places:
            self.bin_requested.emit(ids)
            return None
        dialog = MessageDialog(
            self._question(ids, places),
            self._place_words(places),
            close=self.tr("ไม่ย้าย"),
            mark=("warning", "warn"),
            parent=self._window,
        )
        dialog.setObjectName("binGuard")
        dialog.offer(self.tr("ย้ายไปถังขยะ"), lambda: self.bin_requested.emit(ids))
        return self._opened(dialog)

    # --- words --------------------------------------------------------------------------------

    def _named(self, ids: Sequence[str]) -> str:
        if len(ids) > 1:
            return thai_digits(self.tr("หลักฐาน {count} รายการ").format(count=len(ids)))
        item = self._editor.round.items[ids[0]]
        return f"{thai_digits(item.code)} {shorten(item.title, 120)}"

    def _question(self, ids: Sequence[str], places: Sequence[Use]) -> str:
        if len(ids) == 1:
            words = self.tr("หลักฐานนี้ใช้อยู่ {0} แห่ง")
            return thai_digits(words.format(len(places)))
        used = len({place.item_id for place in places})
        words = self.tr("หลักฐานที่เลือก {0} รายการ มี {1} รายการที่ใช้อยู่")
        return thai_digits(words.format(len(ids), used))

    def _place_words(self, places: Sequence[Use]) -> str:
        items = self._editor.round.items
        several = len({place.item_id for place in places}) > 1
        lines: list[str] = []
        for place in places[:MOST_PLACES]:
            words = [items[place.item_id].code] if several else []
            words.append(self._place(place))
            lines.append("• " + thai_digits("  ".join(words)))
        if len(places) > MOST_PLACES:
            more = self.tr("และอีก {0} แห่ง").format(len(places) - MOST_PLACES)
            lines.append(thai_digits(more))
        after = self.tr("ย้ายแล้วจะไม่แสดงและไม่พิมพ์ในที่เหล่านี้\nนำกลับมาได้จากถังขยะ")
        return "\n".join([*lines, "", after])

    def _place(self, place: Use) -> str:
        code, name = place.code, shorten(place.name, 44)
        if not code:
            code = self.tr("ประเด็นที่เลิกใช้แล้ว")
        words = f"{code} {name}".strip()
        if place.year != self._editor.round.fiscal_year:
            words = self.tr("ปี {0}").format(place.year) + f" {words}"
        return words

    # --- edits --------------------------------------------------------------------------------

    def _describe(self, item_id: str, said: Description) -> None:
        edit = describe_as(self._editor, item_id, said)
        self._push(edit, self.tr("แก้ไขรายละเอียดหลักฐาน"))

    def _share(self, ids: list[str], issue_id: str) -> None:
        self._push(share(self._editor, issue_id, ids), self.tr("ใช้หลักฐานกับประเด็นอื่นด้วย"))

    # --- inside -------------------------------------------------------------------------------

    def _rows(self, ids: Sequence[str]) -> list[RegisterRow]:
        wanted = set(ids)
        return [row for row in self._model.rows if row.id in wanted]

    def _may_change(self) -> bool:
        try:
            self._editor.refuse_if_read_only()
        except ReadOnlyProject as error:
            self.refused.emit(error)
            return False
        return True

    def _opened(self, dialog: D) -> D:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    def _action(
        self, words: str, shortcut: str, icon_name: str, act: Callable[[], object]
    ) -> QAction:
        action = QAction(icon(icon_name), words, self)
        action.setShortcut(QKeySequence(shortcut))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda *_: act())
        self._table.addAction(action)
        return action

    def _make_menu(self) -> QMenu:
        menu = QMenu(self._window)
        menu.addActions([self.preview_action, self.open_action, self.describe_action])
        menu.addSeparator()
        menu.addMenu(self.places_menu)
        menu.addAction(self.share_action)
        menu.addSeparator()
        menu.addMenu(self.sort_menu)
        menu.addSeparator()
        menu.addAction(self.bin_action)
        for place, column in enumerate(COLUMNS):
            action = self.sort_menu.addAction(self._model.head(column))
            action.triggered.connect(lambda *_, place=place: self._sort(place))
        return menu

    def _sort(self, place: int) -> None:
        """By this column, or the other way round where it is so already: as a click on its head."""
        header = self._table.horizontalHeader()
        up, down = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
        again = header.sortIndicatorSection() == place and header.sortIndicatorOrder() == up
        self._table.sortByColumn(place, down if again else up)

    def _enable(self) -> None:
        """What needs one item, or any, is only there when there is one."""
        chosen = self._table.selectionModel().selectedRows()
        for action in (self.preview_action, self.open_action, self.describe_action):
            action.setEnabled(len(chosen) == 1)
        for action in (self.share_action, self.bin_action):
            action.setEnabled(bool(chosen))

    def _fill_places(self) -> None:
        rows = self._rows(self._table.chosen_ids())
        used = rows[0].used if len(rows) == 1 else ()
        self.places_menu.clear()
        framework = self._editor.round.framework
        for node_id, code in used:
            name = shorten(framework.node(code).name, 60)
            action = self.places_menu.addAction(f"{thai_digits(code)}  {name}")
            action.triggered.connect(lambda *_, node_id=node_id: self.go_to.emit(node_id))
        self.places_menu.setEnabled(bool(used))

    def _pop_up(self, place: QPoint) -> None:
        index = self._table.indexAt(place)
        if not index.isValid():
            return
        self._fill_places()
        header = self._table.horizontalHeader()
        for number, action in enumerate(self.sort_menu.actions()):
            now = header.sortIndicatorSection() == number
            action.setCheckable(True)
            action.setChecked(now)
        self.menu.popup(self._table.viewport().mapToGlobal(place))
