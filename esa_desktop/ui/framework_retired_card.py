"""Says at the framework desk that a node is out of use, and takes it back."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from esa_desktop.domain.framework import Framework, Indicator, Node, Standard
from esa_desktop.domain.framework_tree import places
from esa_desktop.domain.thai import thai_digits
from esa_desktop.ui.dialog_frame import wrapping_label
from esa_desktop.ui.framework_desk_rows import nameless, rank_of, rank_word
from esa_desktop.ui.theme import set_role


class RetiredCard(QFrame):
    take_back = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self._node_id = ""
        self._what = wrapping_label("", "heading")
        self._stood = wrapping_label("", "second")
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
        column.addWidget(self._stood)
        column.addWidget(self._words)
        column.addSpacing(4)
        column.addLayout(row)

    def show_node(self, node: Node, stood: str, *, is_root: bool, is_fixed: bool) -> None:
        """``stood``: where it was; ``is_root``: it was retired itself, not what it is in."""
        self._node_id = node.id
        self._what.setText(node.name or nameless())
        self._stood.setText(stood)
        words = self.tr("เลิกใช้แล้ว ไม่แสดง ไม่พิมพ์ และไม่นับคะแนน ข้อความและหลักฐานที่เคยกรอกยังอยู่ครบ")
        if not is_root:
            words = self.tr("อยู่ในส่วนที่เลิกใช้แล้ว นำส่วนที่ครอบอยู่กลับมาใช้ก่อน แล้วส่วนนี้จะกลับมาด้วย")
        elif isinstance(node, Standard | Indicator):
            words += " " + self.tr("นำกลับมาใช้แล้วส่วนที่อยู่ภายในจะกลับมาด้วย")
        self._words.setText(words)
        self.button.setVisible(is_root and not is_fixed)


def where_it_stood(framework: Framework, node: Node) -> str:
    """``เดิมคือประเด็นการพิจารณาที่ ๑.๒.๓ ในตัวบ่งชี้ “…”``: its last code, and what it was in."""
    known = places(framework)
    place = known[node.id]
    words = QCoreApplication.translate("frameworkDesk", "เดิมคือ{rank}ที่ {code}")
    words = words.format(rank=rank_word(rank_of(node)), code=thai_digits(place.code))
    if not place.parent:
        return words
    parent = known[place.parent].node
    inside = QCoreApplication.translate("frameworkDesk", "ใน{rank} “{name}”").format(
        rank=rank_word(rank_of(parent)), name=parent.name or nameless()
    )
    return f"{words} {inside}"
