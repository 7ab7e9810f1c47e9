"""The left side of the framework desk: the buttons that add, the outline, and the keys that work there."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from esa_desktop.ui.dialog_frame import wrapping_label
from esa_desktop.ui.framework_desk_model import OutlineModel
from esa_desktop.ui.framework_desk_rows import Rank
from esa_desktop.ui.framework_desk_tree import OutlineTree
from esa_desktop.ui.icons import icon
from esa_desktop.ui.theme import set_role

LEAST: Final = 340
"""Pixels: three buttons side by side."""


class OutlinePane(QFrame):
    add_wanted = Signal(object)
    """The `Rank` of what is to be added."""

    def __init__(self, model: OutlineModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "pane")
        self._hint = wrapping_label("", "second")
        self._buttons = QWidget(self)
        self._is_fixed = False
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(8, 0, 8, 4)
        row.setSpacing(6)
        for rank, words, name in (
            (Rank.STANDARD, self.tr("มาตรฐาน"), "addStandard"),
            (Rank.INDICATOR, self.tr("ตัวบ่งชี้"), "addIndicator"),
            (Rank.ISSUE, self.tr("ประเด็น"), "addIssue"),
        ):
            button = QPushButton(icon("plus"), words, self._buttons)
            button.setObjectName(name)
            button.setAccessibleName(self.tr("เพิ่ม{what}").format(what=words))
            button.setToolTip(button.accessibleName())
            button.clicked.connect(lambda _, rank=rank: self.add_wanted.emit(rank))
            row.addWidget(button, 1)
        self.tree = OutlineTree(model, self)
        self.tree.setObjectName("frameworkOutline")
        self.tree.setAccessibleName(self.tr("โครงของฉบับมาตรฐาน"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 6)
        column.setSpacing(4)
        column.addWidget(self._buttons)
        column.addWidget(self.tree, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 2, 12, 0)
        foot.addWidget(self._hint)
        column.addLayout(foot)
        self.setMinimumWidth(LEAST)
        model.rowsInserted.connect(self.show_hint)
        model.rowsRemoved.connect(self.show_hint)
        self._model = model
        self.show_hint()

    def set_fixed(self, is_fixed: bool) -> None:
        """Whether nothing can be changed: then there is nothing to add either."""
        self._is_fixed = is_fixed
        self._model.set_fixed(is_fixed)
        self._buttons.setVisible(not is_fixed)
        self._hint.setVisible(not is_fixed)

    def show_hint(self, *_: object) -> None:
        """Which keys do what just now."""
        if self._model.pending:
            words = self.tr(
                "พิมพ์ชื่อแล้วกด Enter เพื่อเพิ่มต่อ · Tab เข้าไปหนึ่งขั้น · Shift+Tab ออกหนึ่งขั้น · Esc เลิกเพิ่ม"
            )
        else:
            words = self.tr("Enter เพิ่มต่อจากนี้ · F2 แก้ชื่อ · Alt+Shift+ลูกศรหรือลากเพื่อย้าย · Delete เลิกใช้")
        self._hint.setText(words)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignLeft)
