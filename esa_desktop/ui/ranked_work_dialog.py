"""One work of an office: its title, what it achieved, and the evidence that shows it."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QWidget,
)

from esa_desktop.domain.evidence import Evidence
from esa_desktop.domain.thai import clean_text, thai_digits
from esa_desktop.domain.works import Work
from esa_desktop.services.ranking import tidy_work
from esa_desktop.services.searching import folded, needle
from esa_desktop.ui.dialog_frame import WIDE, DialogFrame, wrapping_label
from esa_desktop.ui.icons import icon
from esa_desktop.ui.theme import set_role, set_tone

_ID: Final = Qt.ItemDataRole.UserRole + 1
_FOLDED: Final = Qt.ItemDataRole.UserRole + 2
FEW: Final = 6
"""Items that are seen at once and need no search."""


class RankedWorkDialog(DialogFrame):
    """Nothing is kept before a title is there; the dialog stays open with what was typed."""

    described = Signal(object)
    """The `Work` as it shall be."""

    def __init__(
        self,
        work: Work,
        items: Sequence[Evidence],
        *,
        advice: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """``items``: the evidence to choose from; ``advice``: where there could be more of it."""
        is_new = not work.title
        super().__init__("", parent, width=WIDE)
        self.setObjectName("rankedWorkDialog")
        heading = self.tr("เพิ่มผลงาน") if is_new else self.tr("แก้ไขผลงาน")
        self.setWindowTitle(heading)
        self.heading.setText(heading)
        self._work = work
        self.title = QLineEdit(work.title, self)
        self.title.setPlaceholderText(self.tr("เช่น ห้องสมุดเคลื่อนที่ทางน้ำ"))
        self.detail = QPlainTextEdit(work.detail, self)
        self.detail.setTabChangesFocus(True)
        self.detail.setPlaceholderText(self.tr("ผลงานนี้ทำอะไร เกิดผลอย่างไร กับใคร เท่าไร"))
        self.detail.setMinimumHeight(96)
        self._trouble = wrapping_label("", "second")
        set_tone(self._trouble, "bad")
        self._trouble.hide()
        self._model = QStandardItemModel(self)
        self._shown = QSortFilterProxyModel(self)
        self._shown.setFilterRole(_FOLDED)
        self._shown.setSourceModel(self._model)
        self.search = QLineEdit(self)
        self.list = QListView(self)
        self._fill(items, work)
        self._lay_out(advice, bool(items))
        self._began = self._typed
        self._asking = False
        self._is_new = is_new
        self.leave = self.add_button("")
        self.leave.clicked.connect(self._drop)
        words = self.tr("เพิ่มผลงานนี้") if is_new else self.tr("ใช้รายละเอียดนี้")
        self.keep = self.add_button(words, "main")
        self.keep.clicked.connect(self._keep)
        self._ask(asking=False)
        self.title.textEdited.connect(self._go_on)
        self.detail.textChanged.connect(self._go_on)
        self._model.itemChanged.connect(self._go_on)
        self.title.setFocus()

    @property
    def chosen_ids(self) -> tuple[str, ...]:
        """Those it had keep their order; new ones follow as they are listed."""
        rows = (self._model.item(row) for row in range(self._model.rowCount()))
        ticked = [row.data(_ID) for row in rows if row.checkState() == Qt.CheckState.Checked]
        kept = [item_id for item_id in self._work.items if item_id in ticked]
        # What is not listed (in the bin just now) stays with the work.
        listed = {self._model.item(row).data(_ID) for row in range(self._model.rowCount())}
        unseen = [item_id for item_id in self._work.items if item_id not in listed]
        return (*kept, *unseen, *(item_id for item_id in ticked if item_id not in kept))

    def _fill(self, items: Sequence[Evidence], work: Work) -> None:
        for item in items:
            words = f"{thai_digits(item.code)}  {item.title}"
            row = QStandardItem(words)
            row.setCheckable(True)
            row.setEditable(False)
            row.setToolTip(words)
            row.setData(item.id, _ID)
            row.setData(folded(f"{item.code} {item.title} {item.number}"), _FOLDED)
            on = item.id in work.items
            row.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            self._model.appendRow(row)

    def _lay_out(self, advice: str, has_items: bool) -> None:
        self._question = wrapping_label("")
        self.body.addWidget(self._question)
        self._add(self.tr("ชื่อผลงาน"), self.title)
        self.body.addWidget(self._trouble)
        self._add(self.tr("ผลที่เกิดขึ้น"), self.detail)
        self.list.setModel(self._shown)
        self.list.setObjectName("workEvidence")
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setMinimumHeight(120)
        self.search.setPlaceholderText(self.tr("พิมพ์รหัสหรือคำในชื่อหลักฐาน"))
        self.search.setAccessibleName(self.tr("ค้นหาหลักฐาน"))
        self.search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        set_role(self.search, "search")
        self.search.textChanged.connect(lambda text: self._shown.setFilterFixedString(needle(text)))
        self._add(self.tr("หลักฐานของผลงานนี้"), self.list)
        self.body.insertWidget(self.body.indexOf(self.list), self.search)
        self.search.setVisible(self._model.rowCount() > FEW)
        self.list.setVisible(has_items)
        if advice:
            self.body.addWidget(wrapping_label(advice, "second"))

    def _add(self, words: str, field: QWidget) -> None:
        name = QLabel(words, self)
        name.setBuddy(field)
        set_role(name, "heading")
        field.setAccessibleName(words)
        self.body.addWidget(name)
        self.body.addWidget(field)

    # --- leaving without it -------------------------------------------------------------------

    @property
    def _typed(self) -> tuple[str, str, tuple[str, ...]]:
        return self.title.text(), self.detail.toPlainText(), self.chosen_ids

    def _go_on(self, *_: object) -> None:
        """A question that was asked was about what stood here then."""
        if self._asking:
            self._ask(asking=False)

    def _ask(self, *, asking: bool) -> None:
        self._asking = asking
        words = ""
        leave = self.tr("ไม่เพิ่ม") if self._is_new else self.tr("ไม่แก้ไข")
        if asking:
            words = self.tr("ยังไม่ได้เก็บสิ่งที่พิมพ์ไว้ กด Esc อีกครั้งเพื่อพิมพ์ต่อ")
            leave = self.tr("ทิ้งที่พิมพ์ไว้")
        set_tone(self._question, "bad" if asking else "")
        self._question.setText(words)
        self._question.setVisible(asking)
        self.leave.setText(leave)
        self.leave.setAccessibleName(leave)
        self.leave.setAccessibleDescription(words)
        if self.isVisible():
            self.fit()
            here = self._question if asking else self.focusWidget()
            if here is not None:
                self._scroll.ensureWidgetVisible(here)
        if asking:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def _drop(self) -> None:
        """First the question, then, with the same button, the deed."""
        if self._asking:
            super().reject()
        else:
            self.reject()

    # Qt override

    def reject(self) -> None:
        """Esc asks first where something was typed, and takes the question back."""
        if self._asking:
            self._ask(asking=False)
        elif self._typed == self._began:
            super().reject()
        else:
            self._ask(asking=True)

    def _keep(self) -> None:
        if not clean_text(self.title.text()).strip():
            self._trouble.setText(self.tr("กรุณาพิมพ์ชื่อผลงาน"))
            self._trouble.show()
            set_tone(self.title, "bad")
            self.title.setAccessibleDescription(self._trouble.text())
            self.title.setFocus(Qt.FocusReason.OtherFocusReason)
            self.fit()
            return
        work = tidy_work(
            self._work,
            title=self.title.text(),
            detail=self.detail.toPlainText(),
            items=self.chosen_ids,
        )
        self.accept()
        self.described.emit(work)
