"""Says at the framework desk that a node is out of use, and takes it back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from esa_desktop.domain.framework import Indicator, Node, Standard
from esa_desktop.ui.dialog_frame import wrapping_label
from esa_desktop.ui.framework_desk_rows import nameless
from esa_desktop.ui.theme import set_role


class RetiredCard(QFrame):
    take_back = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self._node_id = ""
        self._what = wrapping_label("", "heading")
        self._words = wrapping_label("", "quiet")
        self.button = QPushButton(self.tr("นำกลับมาใช้"), self)
        self.button.setObjectName("takeBackButton")
        self.button.clicked.connect(lambda _: self.take_back.emit(self._node_id))
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 14)
        column.setSpacing(6)
        column.addWidget(self._what)
        column.addWidget(self._words)
        column.addSpacing(4)
        column.addLayout(row)

    def show_node(self, node: Node, *, is_root: bool, is_fixed: bool) -> None:
        """``is_root``: it was retired itself, not what it is in."""
        self._node_id = node.id
        self._what.setText(node.name or nameless())
        words = self.tr("เลิกใช้แล้ว ไม่แสดง ไม่พิมพ์ และไม่นับคะแนน ข้อความและหลักฐานที่เคยกรอกยังอยู่ครบ")
        if not is_root:
            words = self.tr("อยู่ในส่วนที่เลิกใช้แล้ว นำส่วนที่ครอบอยู่กลับมาใช้ก่อน แล้วส่วนนี้จะกลับมาด้วย")
        elif isinstance(node, Standard | Indicator):
            words += " " + self.tr("นำกลับมาใช้แล้วส่วนที่อยู่ภายในจะกลับมาด้วย")
        self._words.setText(words)
        self.button.setVisible(is_root and not is_fixed)
