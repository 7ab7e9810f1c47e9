"""The history of a field (Ctrl+H): its versions, what each changed, and the way back to one."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from esa_desktop.domain.edits import Edit
from esa_desktop.domain.errors import EsaError
from esa_desktop.domain.fields import Field
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.history import (
    Comparing,
    Version,
    related_fields,
    restore_edit,
    says_so_already,
    versions,
)
from esa_desktop.services.projects import Project
from esa_desktop.ui.compare_card import CompareCard
from esa_desktop.ui.empty_state import EmptyState
from esa_desktop.ui.moments import moment_words, person_words
from esa_desktop.ui.project_task import ask_project
from esa_desktop.ui.segmented import SegmentedSwitch
from esa_desktop.ui.stored_pictures import stored_picture
from esa_desktop.ui.theme import set_role
from esa_desktop.ui.version_list import VersionList
from esa_desktop.ui.work_dialog import WorkDialog

SIZE: Final = QSize(1180, 680)
LIST_WIDTH: Final = 320
LEAST_LIST: Final = 232
SLOW_MS: Final = 250
"""Until the dialog says that it is reading: nearly always it has read by then."""
BEFORE, NOW, WHOLE = "before", "now", "whole"


class HistoryDialog(WorkDialog):
    """Any version can be made the field's text again: a new one on top, one step to undo."""

    taken_back = Signal(str)
    """One sentence: which version is in use again, and how that is undone; the dialog is closed."""

    def __init__(
        self,
        project: Project,
        field: Field,
        push: Callable[[Edit, str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", SIZE, parent)
        self.setObjectName("historyDialog")
        self.heading.setText(self.tr("ประวัติการแก้ไข"))
        self.setWindowTitle(self.heading.text())
        self._project = project
        self._push = push
        self._field = field
        self._versions: tuple[Version, ...] = ()
        project.editor.checkpoint()  # what is being typed is the newest version
        self.fields = QComboBox(self)
        self.list = VersionList(self)
        self.switch = SegmentedSwitch(
            self.tr("วิธีดู"),
            {
                BEFORE: self.tr("เทียบกับฉบับก่อนหน้า"),
                NOW: self.tr("เทียบกับปัจจุบัน"),
                WHOLE: self.tr("ข้อความเต็ม"),
            },
            self,
        )
        self.card = CompareCard(self)
        self.card.view.set_image_source(self._picture)
        self._nothing = EmptyState("history", self)
        self._slow = QTimer(self, singleShot=True, interval=SLOW_MS)
        self._pages = self._arrange()
        self.use = self.add_button(self.tr("ใช้ฉบับนี้"))
        set_role(self.use, "main")
        self.leave.setDefault(True)  # Enter in the text must not bring an old version back
        self._offer_fields(field)
        self._connect()
        self._load()
        self.list.setFocus()

    # --- parts --------------------------------------------------------------------------------

    def _arrange(self) -> QStackedWidget:
        self.fields.setAccessibleName(self.tr("ช่องที่ดูประวัติ"))
        self.fields.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.fields.setMinimumContentsLength(12)
        left = QWidget(self)
        left.setMinimumWidth(LEAST_LIST)
        left.setMaximumWidth(LIST_WIDTH)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.fields)
        column.addWidget(self.list, 1)
        bar = QHBoxLayout()
        bar.addWidget(self.switch)
        bar.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(6)
        right.addLayout(bar)
        right.addWidget(self.card, 1)
        self._right = QWidget(self)
        right.setContentsMargins(0, 0, 0, 0)
        self._right.setLayout(right)
        page = QWidget(self)
        sides = QHBoxLayout(page)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(16)
        pages = QStackedWidget(page)
        pages.addWidget(self._right)
        pages.addWidget(self._nothing)
        sides.addWidget(left, 1)
        sides.addWidget(pages, 2)
        self.add_pages(page)
        return pages

    def _offer_fields(self, field: Field) -> None:
        for other, words in related_fields(self._project.editor.round, field):
            self.fields.addItem(thai_digits(words), other)
            self.fields.setItemData(
                self.fields.count() - 1, thai_digits(words), Qt.ItemDataRole.ToolTipRole
            )
        place = next(n for n in range(self.fields.count()) if self.fields.itemData(n) == field)
        self.fields.setCurrentIndex(place)

    def _connect(self) -> None:
        self.fields.currentIndexChanged.connect(self._choose_field)
        self.list.chosen.connect(self._follow)
        self.switch.chosen.connect(self._follow)
        self.use.clicked.connect(self._use)
        self._slow.timeout.connect(self._tell_slow)

    # --- the field ----------------------------------------------------------------------------

    def _choose_field(self) -> None:
        self._field = self.fields.currentData()
        self._load()

    def _load(self) -> None:
        """Read the versions off this thread; an answer for another field than the chosen is dropped."""
        project, field = self._project, self._field
        self.work.hush()
        self._slow.start()
        task = ask_project(
            lambda: versions(project, field), lambda found: self._show(field, found), self
        )
        task.failed.connect(lambda error: self._tell_fault(field, error))

    def _tell_slow(self) -> None:
        self._say(self.tr("กำลังอ่านประวัติ…"), "")

    def _tell_fault(self, field: Field, error: EsaError) -> None:
        if field == self._field:
            self._slow.stop()
            self._say(self.tr("อ่านประวัติไม่ได้"), error.sentence)

    def _say(self, heading: str, advice: str) -> None:
        """In the place of the text."""
        self._versions = ()
        self.list.show_versions((), self._project.editor.view(self._field))
        self._nothing.say(heading, advice)
        self._pages.setCurrentWidget(self._nothing)
        self._allow(None)

    def _show(self, field: Field, found: tuple[Version, ...]) -> None:
        if field != self._field:
            return
        self._slow.stop()
        if not found:
            advice = self.tr("เมื่อพิมพ์หรือเลือกค่าแล้ว ทุกฉบับจะเก็บไว้ที่นี่")
            self._say(self.tr("ยังไม่เคยแก้ไขช่องนี้"), advice)
            return
        self._versions = found
        self._pages.setCurrentWidget(self._right)
        self.list.show_versions(found, self._project.editor.view(field))
        self._follow()

    # --- the version --------------------------------------------------------------------------

    def _follow(self, *_: object) -> None:
        """Another version, or another way to look at it."""
        version = self.list.version
        self._allow(version)
        if version is None:
            return
        now = self._project.editor.view(self._field)
        words = self._project.editor.round.kept_words
        who = person_words(version.author, version.computer)
        told = {
            BEFORE: self.tr("สิ่งที่เปลี่ยนในฉบับนี้"),
            NOW: self.tr("สิ่งที่เปลี่ยนหลังจากฉบับนี้จนถึงปัจจุบัน"),
            WHOLE: self.tr("ข้อความทั้งหมดของฉบับนี้"),
        }[self.switch.value]
        self.card.caption.set_words(f"{told} · {moment_words(version.moment)} · {who}")
        if self.switch.value == WHOLE:
            self.card.show_text(version.readable)
        elif self.switch.value == NOW:
            self.card.compare(Comparing(self._field, version.body, now.body, words))
        else:
            self.card.compare(Comparing(self._field, version.body_before, version.body, words))

    def _allow(self, version: Version | None) -> None:
        """The button, or why it cannot be pressed."""
        why_not = ""
        if version is None:
            why_not = self.tr("เลือกฉบับก่อน")
        elif self._project.read_only:
            why_not = self.tr("งานประเมินนี้เปิดดูอย่างเดียว")
        elif not version.is_readable:
            why_not = self.tr("โปรแกรมรุ่นนี้อ่านฉบับนี้ไม่ได้")
        elif says_so_already(self._project.editor.view(self._field), version):
            why_not = self.tr("ฉบับนี้เหมือนกับที่ใช้อยู่แล้ว")
        self.use.setEnabled(not why_not)
        self.use.setToolTip(why_not)

    def _use(self) -> None:
        version = self.list.version
        if version is None:
            return
        edit = restore_edit(self._project.editor, self._field, version)
        name = self.tr("ใช้ฉบับก่อนของ {0}").format(self.fields.currentText())
        try:
            self._push(edit, name)
        except EsaError as error:
            self.work.say_error(error)
            return
        self.accept()
        self.taken_back.emit(self._taken_words(version))

    def _taken_words(self, version: Version) -> str:
        words = self.tr("นำ “{field}” ฉบับของ{when} กลับมาแล้ว ถ้าไม่ต้องการ กดเลิกทำ (Ctrl+Z)")
        if version.moment is None:
            words = self.tr("นำ “{field}” ฉบับก่อนกลับมาแล้ว ถ้าไม่ต้องการ กดเลิกทำ (Ctrl+Z)")
        field, when = self.fields.currentText(), moment_words(version.moment)
        return words.format(field=field, when=_after_thai(when))

    def _picture(self, sha256: str) -> QImage | None:
        return stored_picture(self._project.image_bytes(sha256))


def _after_thai(words: str) -> str:
    """Ready to follow a Thai word: ``วันนี้ …`` joins it, ``๒ ม.ค. …`` is called a day."""
    return words if not words[:1].isdigit() else f"วันที่ {words}"
