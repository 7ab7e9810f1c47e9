"""What nobody has compared with the published text yet, and the words that say so in the window.

A name is printed in the official form as it is written, so the remark never stands in the name.
"""

from collections.abc import Collection
from typing import Final

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from esa_desktop.domain.framework import Framework, Indicator, Issue, Standard
from esa_desktop.ui.theme import set_role, set_tone

UNVERIFIED_ICON: Final = "help", "warn"
"""Mark and colour where there is no room for the words; they are in the tooltip then."""


def unverified_words() -> str:
    return QCoreApplication.translate("verification", "ยังไม่ได้ตรวจกับประกาศ")


def flag_of(node: Standard | Indicator | Issue) -> str:
    """The words for a node whose name is not verified; empty for one that is."""
    return "" if node.verified else unverified_words()


def flagged(words: str, node: Standard | Indicator | Issue) -> str:
    """Words about a node, for a list or a screen reader, with the flag at their end."""
    return " · ".join(filter(None, (words, flag_of(node))))


def has_unverified(framework: Framework, codes: Collection[str] | None = None) -> bool:
    """Whether a name or rubric row that the form of these indicators prints is not verified.

    ``None`` is the whole book; a standard without indicators is not printed.
    """
    return not all(
        standard.verified
        and indicator.verified
        and all(issue.verified for issue in indicator.issues)
        and all(row.verified for row in indicator.rubric.rows)
        for code, standard, indicator in framework.indicators()
        if codes is None or code in codes
    )


class UnverifiedFlag(QPushButton):
    """A quiet word of warning near the name of a node, and the way to where its words are written.

    Not there for a verified one.
    """

    framework_requested = Signal(str)
    """Id of the node to complete or compare in the edition."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(unverified_words(), parent)
        self.setObjectName("unverifiedFlag")
        advice = self.tr("ชื่อนี้อาจไม่ตรงกับประกาศ เติมหรือแก้ข้อความได้ที่ฉบับมาตรฐาน")
        self.setToolTip(advice)
        self.setAccessibleName(unverified_words())
        self.setAccessibleDescription(advice)
        self._node = ""
        self.clicked.connect(lambda: self.framework_requested.emit(self._node))
        set_role(self, "crumb")
        set_tone(self, "warn")
        self.hide()

    def show_for(self, node: Standard | Indicator | Issue) -> None:
        self._node = node.id
        self.setVisible(not node.verified)
