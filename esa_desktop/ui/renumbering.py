"""จัดรหัสใหม่: which codes of evidence would change, asked once before they do; the button says why not."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.edits import Edit
from esa_desktop.domain.errors import ReadOnlyProject
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.editing import Editor
from esa_desktop.services.evidence_codes import Renumbered, renumber, renumbered
from esa_desktop.ui.choice_list import ChoiceList
from esa_desktop.ui.dialog_frame import WIDE, DialogFrame, wrapping_label
from esa_desktop.ui.register_head import RegisterHead
from esa_desktop.ui.theme import set_tone
from esa_desktop.ui.two_lines import TwoLineDelegate, TwoLines

MOST_SHOWN: Final = 5
"""Rows; of more the list is scrolled."""


class Renumbering(QObject):
    """Between the button of the register and the edit."""

    refused = Signal(object)
    """A `ReadOnlyProject`."""

    def __init__(
        self,
        editor: Editor,
        push: Callable[[Edit, str], None],
        head: RegisterHead,
        window: QWidget,
    ) -> None:
        """``window``: what the dialog belongs to."""
        super().__init__(window)
        self._editor = editor
        self._push = push
        self._head = head
        self._window = window
        head.renumber_requested.connect(self.ask)

    def follow(self) -> None:
        """The round is another one: offer it where anything would change."""
        why_not = ""
        if self._editor.is_read_only:
            why_not = self.tr("งานประเมินนี้เปิดดูอย่างเดียว")
        elif not self._editor.round.items:
            why_not = self.tr("ยังไม่มีหลักฐาน จึงยังไม่มีรหัสให้จัด")
        elif not renumbered(self._editor.round):
            why_not = self.tr("รหัสหลักฐานตรงกับประเด็นและลำดับอยู่แล้ว")
        self._head.offer_renumbering(why_not)

    def ask(self) -> "RenumberDialog | None":
        """The dialog, opened; ``None`` where there is nothing to ask."""
        try:
            self._editor.refuse_if_read_only()
        except ReadOnlyProject as error:
            self.refused.emit(error)
            return None
        changes = renumbered(self._editor.round)
        if not changes:
            return None
        dialog = RenumberDialog(self._editor.round, changes, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self._renumber)
        dialog.open()
        return dialog

    def _renumber(self) -> None:
        self._push(renumber(self._editor), self.tr("จัดรหัสหลักฐานใหม่"))


class RenumberDialog(DialogFrame):
    """Accepted: every code in the list is to change."""

    def __init__(
        self, assessed: AssessmentRound, changes: Sequence[Renumbered], parent: QWidget
    ) -> None:
        super().__init__(self.tr("จัดรหัสหลักฐานใหม่"), parent, width=WIDE)
        self.setObjectName("renumberDialog")
        about = self.tr("รหัสใหม่เรียงตามประเด็นและลำดับที่พิมพ์ หลักฐานที่ไม่ได้ใช้ในปีนี้คงรหัสเดิม")
        warning = wrapping_label(
            self.tr(
                "รหัสที่พิมพ์หรือเขียนไว้บนกระดาษแล้วจะไม่ตรงกับรหัสใหม่ ต้องพิมพ์แฟ้มหลักฐานและแบบที่อ้างรหัสใหม่อีกครั้ง"
            )
        )
        set_tone(warning, "warn")
        self.list = ChoiceList(TwoLineDelegate(), self.tr("รหัสที่จะเปลี่ยน"), self)
        self.list.setObjectName("renumberList")
        rows = [_row(assessed, change) for change in changes]
        self.list.rows.set_rows(rows)
        delegate = self.list.itemDelegate()
        assert isinstance(delegate, TwoLineDelegate)  # noqa: S101 - for the type checker
        self.list.setFixedHeight(
            sum(delegate.row_height(row, WIDE) for row in rows[:MOST_SHOWN]) + 4
        )
        self.body.setSpacing(8)
        self.body.addWidget(wrapping_label(about, "quiet"))
        self.body.addWidget(self.list)
        self.body.addWidget(warning)
        self.leave = self.add_button(self.tr("ไม่จัด"))
        verb = thai_digits(self.tr("จัดรหัสใหม่ {0} รายการ").format(len(changes)))
        self.renumber = self.add_button(verb, "main")
        self.renumber.setAccessibleDescription(warning.text())
        self.leave.clicked.connect(self.reject)
        self.renumber.clicked.connect(self.accept)
        self.renumber.setFocus()


def _row(assessed: AssessmentRound, change: Renumbered) -> TwoLines:
    item_id, old, new = change
    title = f"{thai_digits(old) or '–'} → {thai_digits(new)}"
    name = assessed.items[item_id].title
    return TwoLines(item_id, f"{title} · {name}", title, "", name)
