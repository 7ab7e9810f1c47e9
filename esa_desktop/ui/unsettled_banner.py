"""The line that says that a field has more than one version, and whose they are."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from esa_desktop.domain.fields import RICH_KINDS
from esa_desktop.domain.revision import FieldView
from esa_desktop.ui.mark import Mark
from esa_desktop.ui.theme import set_role, set_tone


def _tr(text: str) -> str:
    return QCoreApplication.translate("UnsettledBanner", text)


def authors(view: FieldView) -> str:
    """The names of those who wrote the versions, each once, in the order of the heads."""
    names = list(dict.fromkeys(head.author for head in view.heads))
    return _tr(" และ ").join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


def sentence(view: FieldView, name: str) -> str:
    """What happened to the field called ``name``, and what settles it."""
    who = authors(view)
    if view.state == "merged":
        return _tr("ข้อความของ {0} รวมอยู่ด้วยกันแล้ว อ่านแล้วแก้ต่อได้เลย การพิมพ์คือการยืนยัน").format(who)
    if view.field.kind in RICH_KINDS:
        return _tr("{0} แก้ต่างกัน ที่เห็นคือฉบับของ {1} พิมพ์แก้เพื่อยืนยันฉบับนี้").format(
            who, view.heads[0].author
        )
    return _tr("{0} เลือก “{1}” ไม่เหมือนกัน โปรดเลือกใหม่อีกครั้ง").format(who, name)


class UnsettledBanner(QFrame):
    """Hidden while everything it is told about is settled."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._mark = Mark("conflict")
        self._title = QLabel()
        set_role(self._title, "heading")
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 2, 8, 2)
        row.setSpacing(8)
        row.addWidget(self._mark)
        row.addWidget(self._title)
        row.addWidget(self._words, 1)
        self.hide()

    @property
    def text(self) -> str:
        return f"{self._title.text()} {self._words.text()}".strip()

    def show_views(self, views: Sequence[tuple[str, FieldView]]) -> None:
        """``(name of the field, its view)`` of what is unsettled; none hides the banner."""
        self.setVisible(bool(views))
        if not views:
            return
        merged = all(view.state == "merged" for _, view in views)
        set_role(self, "banner-warn" if merged else "banner-bad")
        set_tone(self._title, "warn" if merged else "bad")
        self._mark.show_icon("conflict", "warn" if merged else "bad")
        self._title.setText(_tr("รวมให้อัตโนมัติ รอยืนยัน") if merged else _tr("แก้ไขไม่ตรงกัน"))
        self._words.setText("\n".join(sentence(view, name) for name, view in views))
        self.setAccessibleName(self.text)
