"""Before a binder is made: how much would go into it, and what is not as it was in the last one."""

from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.services.binder_changes import BinderChanges, BinderCount
from esa_desktop.ui.binder_rows import BinderRowDelegate, changed_rows
from esa_desktop.ui.binder_words import changes_words, count_words
from esa_desktop.ui.choice_list import ChoiceList
from esa_desktop.ui.dialog_frame import wrapping_label
from esa_desktop.ui.empty_state import EmptyState
from esa_desktop.ui.theme import set_role

LEAST_LIST = 120


@dataclass(frozen=True)
class Outlook:
    """What is known before a binder is made."""

    assessed: AssessmentRound
    count: BinderCount
    changes: BinderChanges


class BinderOutlookPane(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = wrapping_label("", "quiet")
        self._count.setAccessibleName(self.tr("จำนวนหลักฐานในแฟ้ม"))
        self._verdict = wrapping_label("", "heading")
        self._since = wrapping_label("", "second")
        self.list = ChoiceList(BinderRowDelegate(), self.tr("สิ่งที่เปลี่ยนจากแฟ้มครั้งก่อน"), self)
        self.list.setObjectName("binderChanges")
        self.list.setMinimumHeight(LEAST_LIST)
        self._nothing = EmptyState("folder", self)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._nothing)
        rule = QFrame(self)
        rule.setFixedHeight(1)
        set_role(rule, "rule")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(wrapping_label(self.tr("จะรวมไว้ในแฟ้ม"), "heading"))
        column.addWidget(self._count)
        column.addSpacing(4)
        column.addWidget(rule)
        column.addSpacing(4)
        column.addWidget(self._verdict)
        column.addWidget(self._since)
        column.addWidget(self._pages, 1)

    def show_outlook(self, outlook: Outlook) -> None:
        count, changes = outlook.count, outlook.changes
        self._count.setText(count_words(count))
        verdict, since = changes_words(changes)
        has_list = bool(changes.changed) and not changes.is_first
        self._verdict.setText(verdict if has_list else "")
        self._since.setText(since if has_list else "")
        self._verdict.setVisible(has_list)
        self._since.setVisible(has_list)
        self.list.rows.set_rows(list(changed_rows(outlook.assessed, changes)) if has_list else [])
        self._nothing.say(verdict, since, icon_name="check" if not changes.is_first else "folder")
        self._pages.setCurrentIndex(0 if has_list else 1)

    def show_nothing(self, why: str) -> None:
        """Nothing is chosen, or it is not known yet."""
        self._count.setText(why)
        for part in (self._verdict, self._since):
            part.hide()
        self.list.rows.set_rows([])
        self._nothing.say("", "", icon_name="folder")
        self._pages.setCurrentIndex(1)
