"""After a binder was made: its volumes, and every file that could not be put in, with the reason."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.binder import BinderOptions, BinderResult
from esa_desktop.domain.thai import thai_digits
from esa_desktop.ui.binder_rows import (
    BinderRow,
    BinderRowDelegate,
    item_in_trouble,
    trouble_rows,
    volume_rows,
)
from esa_desktop.ui.binder_words import result_words, too_large
from esa_desktop.ui.choice_list import ChoiceList
from esa_desktop.ui.dialog_frame import wrapping_label
from esa_desktop.ui.empty_state import EmptyState
from esa_desktop.ui.row_list import RowList
from esa_desktop.ui.theme import set_tone

LEAST_LIST = 120


class BinderOutcome(QWidget):
    open_requested = Signal(object)
    """The `Path` of a volume."""
    go_to = Signal(str, str)
    """Id of an issue and of the item under it whose file is in trouble."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._assessed: AssessmentRound | None = None
        self._told = wrapping_label("", "heading")
        self._folder = wrapping_label("", "second")
        self._over = wrapping_label("", "second")
        set_tone(self._over, "warn")
        self.volumes = ChoiceList(BinderRowDelegate(), self.tr("เล่มที่สร้าง"), self)
        self.volumes.setObjectName("binderVolumes")
        self._count = wrapping_label("", "heading")
        self._advice = wrapping_label("", "second")
        self.troubles = RowList(BinderRowDelegate(), self.tr("ไฟล์ที่ใส่ในแฟ้มไม่ได้"), self)
        self.troubles.setObjectName("binderTroubles")
        self._well = EmptyState("check", self)
        self._well.say(
            self.tr("ใส่ได้ครบทุกไฟล์"), self.tr("เปิดดูสักหน้าก่อนนำไปพิมพ์หรือส่ง"), icon_name="check"
        )
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.troubles)
        self._pages.addWidget(self._well)
        for part in (self.volumes, self._pages):
            part.setMinimumHeight(LEAST_LIST)
        self._arrange()
        self.volumes.taken.connect(lambda row: self.open_requested.emit(Path(row.target)))
        self.troubles.chosen.connect(self._go)

    @property
    def volume(self) -> Path | None:
        """The chosen one."""
        row = self.volumes.choice
        return Path(row.target) if row is not None else None

    def show_result(
        self, result: BinderResult, options: BinderOptions, assessed: AssessmentRound
    ) -> None:
        self._assessed = assessed
        self._told.setText(result_words(result))
        folders = sorted({str(Path(volume.path).parent) for volume in result.volumes})
        self._folder.setText(", ".join(folders))
        over = too_large(result.volumes, options.most_pages, options.most_mb)
        self._over.setText(over)
        self._over.setVisible(bool(over))
        self.volumes.rows.set_rows(list(volume_rows(result.volumes)))
        self.volumes.choose(0)
        count = len(result.troubles)
        self._count.setText(thai_digits(self.tr("ใส่ในแฟ้มไม่ได้ {0} ไฟล์").format(count)))
        self._advice.setText(self.tr("มีใบบอกไว้ในตำแหน่งของไฟล์แล้ว กดที่รายการเพื่อไปแก้ที่หลักฐานนั้น"))
        self._count.setVisible(bool(count))
        self._advice.setVisible(bool(count))
        self.troubles.rows.set_rows(list(trouble_rows(result.troubles)))
        self._pages.setCurrentIndex(0 if count else 1)

    def _arrange(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(4)
        for part in (self._told, self._folder, self._over):
            left.addWidget(part)
        left.addWidget(self.volumes, 1)
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addWidget(self._count)
        right.addWidget(self._advice)
        right.addWidget(self._pages, 1)
        sides = QHBoxLayout(self)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(24)
        sides.addLayout(left, 1)
        sides.addLayout(right, 1)

    def _go(self, row: BinderRow) -> None:
        """To the item, where it still serves an issue."""
        trouble = row.trouble
        if self._assessed is None or trouble is None:
            return
        item = item_in_trouble(self._assessed, trouble)
        issues = self._assessed.issues_of(item.id) if item is not None else ()
        if item is not None and issues:
            self.go_to.emit(issues[0], item.id)
