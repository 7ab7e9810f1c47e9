"""The right pane: the evidence of the issue in view, with ways to add to it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from esa_desktop.domain.errors import AttachError
from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.editing import Editor
from esa_desktop.ui.attach_flow import CHOOSE_ISSUE
from esa_desktop.ui.checklist_edit import ChecklistEdit
from esa_desktop.ui.elided_label import ElidedLabel
from esa_desktop.ui.empty_state import EmptyState
from esa_desktop.ui.evidence_actions import EvidenceActions, Push, Words
from esa_desktop.ui.evidence_delegate import PICTURE, EvidenceDelegate
from esa_desktop.ui.evidence_list import EvidenceList
from esa_desktop.ui.evidence_model import EvidenceModel
from esa_desktop.ui.framework_tree import local_files
from esa_desktop.ui.icons import icon
from esa_desktop.ui.painting import text_width
from esa_desktop.ui.theme import set_look, set_role
from esa_desktop.ui.thumbnails import Thumbnails

if TYPE_CHECKING:
    from esa_desktop.services.reading import Reader

NOTHING_TO_PASTE = "สิ่งที่คัดลอกไว้แนบเป็นหลักฐานไม่ได้ คัดลอกไฟล์ ภาพ หรือที่อยู่เว็บไซต์ แล้ววางอีกครั้ง"

ROOMY: Final = 760
"""Pixels of the pane, below which list and checklist need the room of what adds evidence."""
LOW: Final = 480
"""Pixels; below these they need all of it."""


class EvidencePane(QFrame):
    """Takes files anywhere in it; copying them is the window's business."""

    attach_requested = Signal()
    """The person wants to choose files."""
    files_dropped = Signal(list)
    """Paths of files dropped or pasted while an issue is in view."""
    picture_pasted = Signal(QImage)
    """A picture that is to be attached as a file of its own."""
    scan_requested = Signal()
    """The person wants to see what the scanner saved last."""
    preview_requested = Signal(str)
    """The id of an item to be shown beside the text, or if it is shown there not any more."""
    item_chosen = Signal(str)
    """The id of the one item that is selected from now on."""
    preview_left = Signal()
    """Esc in the list: what is shown beside the text is not wanted any more."""
    register_requested = Signal(str)
    """The id of an item to be shown in the register."""
    versions_requested = Signal(str)
    """The id of an item whose file is to be replaced, or one of whose earlier files is wanted."""
    open_requested = Signal(str)
    """The id of an item whose file is to be opened."""
    refused = Signal(object)
    """An `EsaError`: why nothing can be changed here, or nothing pasted."""

    def __init__(
        self,
        editor: Editor,
        push: Push,
        *,
        is_present: Callable[[EvidenceFile], bool],
        path_of: Callable[[EvidenceFile], Path],
        reader: "Reader | None" = None,
        words: Words | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """``reader`` makes small pictures, without it there are icons; ``words`` says what files say
        of themselves, to be offered in their dialogs.
        """
        super().__init__(parent)
        set_role(self, "pane")
        self.setAcceptDrops(True)
        self.setMinimumWidth(200)
        self._model = EvidenceModel(editor, is_present, self)
        self._thumbnails = Thumbnails(path_of, PICTURE, self, reader=reader)
        self.list = self._make_list()
        self.item_actions = EvidenceActions(editor, push, self.list, self, words)
        self._add_paste()
        self._drop_card = QFrame(self)
        self._full = self._make_full()
        self._empty = self._make_empty()
        self._hint = EmptyState("list", self)
        self._hint.say(
            self.tr("หลักฐานแนบไว้กับประเด็น"),
            self.tr("เลือกประเด็นการพิจารณาทางซ้าย หลักฐานของประเด็นนั้นจะแสดงที่นี่"),
        )
        self._pages = QStackedWidget(self)
        for page in (self._hint, self._empty, self._full):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(0)
        self._head = self._make_head()
        column.addLayout(self._head)
        column.addWidget(_rule(self))
        column.addWidget(self._pages, 1)
        self.checklist = ChecklistEdit(editor, push, self.list.chosen_ids, self, compact=True)
        self.checklist.setContentsMargins(16, 6, 16, 8)
        self.checklist.set_folded(True)  # one line, until somebody wants the rest
        column.addWidget(self.checklist)
        self._connect()
        self.show_issue(None)

    def _connect(self) -> None:
        self.list.selectionModel().selectionChanged.connect(self._follow_choice)
        self.list.escaped.connect(self.preview_left)
        self.checklist.folded.connect(self._share_height)
        self.checklist.refused.connect(self.refused)
        self.checklist.item_requested.connect(self.choose)
        self._model.counted.connect(self._show_count)
        self._thumbnails.ready.connect(lambda _: self.list.viewport().update())
        self.item_actions.open_requested.connect(self.open_requested)
        self.item_actions.preview_requested.connect(self.preview_requested)
        self.item_actions.register_requested.connect(self.register_requested)
        self.item_actions.versions_requested.connect(self.versions_requested)
        self.item_actions.refused.connect(self.refused)

    @property
    def issue_id(self) -> str | None:
        return self._model.issue_id

    def show_issue(self, issue_id: str | None) -> None:
        """``None``: a standard or an indicator is in view, which have no evidence of their own."""
        self.item_actions.issue_id = issue_id
        self._model.show_issue(issue_id)
        self.checklist.show_issue(issue_id)
        self.checklist.setVisible(issue_id is not None)
        if self._model.item_ids:
            self.list.start_at(self._model.index(0))

    def choose(self, item_id: str) -> None:
        """Bring an item of the issue in view to the eye; nothing happens with any other."""
        index = self._model.index_of(item_id)
        if index.isValid():
            # Not by `setCurrentIndex`, which looks at the keys: Ctrl is still held after Ctrl+V.
            alone = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.list.selectionModel().setCurrentIndex(index, alone)
            self.list.scrollTo(index)

    def show_newest(self, issue_id: str) -> None:
        """What was just attached comes last; it may be below the edge."""
        if issue_id == self.issue_id and self._model.item_ids:
            self.choose(self._model.item_ids[-1])

    def look_for_files(self) -> None:
        """Look at the disk again: a stick is back in, a file was repaired. When the window wakes."""
        self._thumbnails.try_again()
        self._model.look_for_files()

    def hear_disk(self) -> None:
        """What ``is_present`` says is another thing now."""
        self._model.look_for_files()

    # --- parts --------------------------------------------------------------------------------

    def _make_list(self) -> EvidenceList:
        view = EvidenceList(self)
        view.setObjectName("evidenceList")
        view.setAccessibleName(self.tr("หลักฐานของประเด็นนี้"))
        view.setModel(self._model)
        view.setItemDelegate(EvidenceDelegate(self._thumbnails, view))
        return view

    def _make_head(self) -> QHBoxLayout:
        self._heading = ElidedLabel(self)
        set_role(self._heading, "heading")
        self._count = QLabel(self)
        set_role(self._count, "second")
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 16, 8)
        row.addWidget(self._heading, 1)
        row.addWidget(self._count)
        return row

    def _make_full(self) -> QWidget:
        """The list and below it, always in the same place, the ways to add."""
        full = QWidget(self)
        set_role(self._drop_card, "drop")
        words = QLabel(self.tr("หรือลากไฟล์มาวางที่นี่"), self._drop_card)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(words, "second")
        self._ways = inside = QVBoxLayout(self._drop_card)
        inside.setContentsMargins(8, 10, 8, 6)
        inside.setSpacing(2)
        attach, *others = self._ways_to_add()
        self._quiet_ways = (words, *others)
        inside.addWidget(attach, 0, Qt.AlignmentFlag.AlignHCenter)
        inside.addWidget(words)
        for button in others:
            inside.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 12)
        column.setSpacing(8)
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.setContentsMargins(12, 0, 12, 0)
        row.addWidget(self._drop_card)
        column.addLayout(row)
        return full

    def _make_empty(self) -> EmptyState:
        empty = EmptyState("attach", self)
        empty.say(
            self.tr("ยังไม่มีหลักฐาน"),
            self.tr("ลากไฟล์ รูปถ่าย หรือเอกสารสแกน\nมาวางที่นี่ได้หลายไฟล์พร้อมกัน"),
        )
        for button in self._ways_to_add():
            empty.add(button)
        return empty

    def _ways_to_add(self) -> list[QPushButton]:
        """The same below the list and where there is none yet."""
        attach = QPushButton(icon("attach"), self.tr("แนบหลักฐาน"), self)
        attach.setToolTip(self.tr("แนบหลักฐาน (Ctrl+E)"))
        attach.clicked.connect(lambda _: self.attach_requested.emit())
        scan = QPushButton(self.tr("ไฟล์ที่เพิ่งสแกน…"), self)
        scan.setToolTip(self.tr("ไฟล์ที่เครื่องสแกนหรือโปรแกรมแชตเพิ่งบันทึก"))
        scan.clicked.connect(lambda _: self.scan_requested.emit())
        no_file = QPushButton(self.tr("หลักฐานที่ไม่มีไฟล์…"), self)
        no_file.setToolTip(self.tr("ของจริงอยู่ในตู้ หรืออยู่บนเว็บไซต์"))
        no_file.clicked.connect(lambda _: self.item_actions.ask_new_item())
        for quiet in (scan, no_file):
            set_role(quiet, "quiet")
        return [attach, scan, no_file]

    def _add_paste(self) -> None:
        """In the whole pane: without evidence there is no list that could have the cursor."""
        self.paste_action = QAction(icon("attach"), self.tr("วางไฟล์หรือภาพที่คัดลอกไว้"), self)
        self.paste_action.setShortcut(QKeySequence("Ctrl+V"))
        self.paste_action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.paste_action.triggered.connect(lambda _: self.paste())
        self.addAction(self.paste_action)
        menu = self.item_actions.menu
        menu.insertAction(self.item_actions.detach_action, self.paste_action)
        menu.insertSeparator(self.item_actions.detach_action)

    def paste(self) -> None:
        """Files copied in the file manager, a picture, or a web address, whichever there is."""
        from esa_desktop.services.web_address import web_address

        mime = QGuiApplication.clipboard().mimeData()
        files = local_files(mime)
        address = web_address(mime.text()) if mime.hasText() else ""
        if self.issue_id is None:
            self.refused.emit(AttachError(CHOOSE_ISSUE))
        elif files:
            self.files_dropped.emit(files)
        elif address:
            self.item_actions.ask_new_item(address)
        elif mime.hasImage():
            self.picture_pasted.emit(QImage(mime.imageData()))
        else:
            self.refused.emit(AttachError(NOTHING_TO_PASTE))

    # --- what happens -------------------------------------------------------------------------

    def _follow_choice(self, *_: object) -> None:
        self.checklist.follow_choice()
        chosen = self.list.chosen_ids()
        if len(chosen) == 1:
            self.item_chosen.emit(chosen[0])

    def _show_count(self, count: int) -> None:
        if self._model.issue_id is None:
            self._heading.set_words(self.tr("หลักฐาน"))
            self._count.setText("")
            self._pages.setCurrentWidget(self._hint)
            return
        words = self.tr("{count} รายการ").format(count=count) if count else self.tr("ยังไม่มี")
        self._count.setText(thai_digits(words))
        self._name_heading()
        self._pages.setCurrentWidget(self._full if count else self._empty)

    def _name_heading(self) -> None:
        """All the words where there is room for them beside the count."""
        if self._model.issue_id is None:
            return
        words = self.tr("หลักฐานของประเด็นนี้")
        sides = self._head.contentsMargins()
        room = self.width() - sides.left() - sides.right() - self._head.spacing()
        self._heading.ensurePolished()
        if text_width(words, self._heading.font()) + self._count.sizeHint().width() + 4 > room:
            words = self.tr("หลักฐาน")
        self._heading.set_words(words)

    def _share_height(self, *_: object) -> None:
        """The list has at least as much as the checklist, which is scrolled.

        In a low window the ways to add make room while the checklist is unfolded; the menu of
        evidence has them, too.
        """
        crowded = not self.checklist.is_folded
        for part in self._quiet_ways:
            part.setVisible(not (crowded and self.height() < ROOMY))
        self._drop_card.setVisible(not (crowded and self.height() < LOW))
        head = self._head.sizeHint().height() + 1
        self._ways.invalidate()
        card = 0 if self._drop_card.isHidden() else self._ways.sizeHint().height() + 8
        self.checklist.set_most((self.height() - head - card - 24) // 2)

    def _mark_drop(self, is_over: bool) -> None:
        """Show where files would go: the card, or where there is none the whole page."""
        set_look(self._drop_card, "chosen", is_over)
        self._empty.show_drop(is_over)

    # Qt's names from here on.
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name_heading()
        self._share_height()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        takes = self._model.issue_id is not None and bool(local_files(event.mimeData()))
        self._mark_drop(takes)
        if takes:
            event.setDropAction(Qt.DropAction.CopyAction)
        event.setAccepted(takes)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._mark_drop(False)
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        self._mark_drop(False)
        files = local_files(event.mimeData())
        if self._model.issue_id is None or not files:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.files_dropped.emit(files)


def _rule(parent: QWidget) -> QFrame:
    line = QFrame(parent)
    set_role(line, "rule")
    line.setFixedHeight(1)
    return line
