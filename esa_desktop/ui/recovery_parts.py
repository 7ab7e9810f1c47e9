"""What recovery found: a card with a verdict, its sentences, and each indicator as a row."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.recovering import Damage, Part, Recovered
from esa_desktop.ui import painting
from esa_desktop.ui.card_button import Mark
from esa_desktop.ui.choice_list import ChoiceList
from esa_desktop.ui.dialog_frame import wrapping_label
from esa_desktop.ui.row_list import Row, RowDelegate
from esa_desktop.ui.theme import SECOND, interface_font, set_role

ROW: Final = 38
MARK_SIDE: Final = 24
MOST_ROWS: Final = 8
"""Of the list of indicators before it scrolls for itself."""
LINK_SIDE: Final = 8
"""Between the edge of a link and its words; all lines begin where those do."""


def _tr(words: str) -> str:
    return QCoreApplication.translate("recovery", words)


@dataclass(frozen=True, slots=True)
class PartRow(Row):
    name: str
    count: str
    is_whole: bool


class _PartDelegate(RowDelegate[PartRow]):
    def row_height(self, row: PartRow, width: int) -> int:  # noqa: ARG002
        return ROW

    def paint_row(self, painter: QPainter, box: QRectF, row: PartRow) -> None:
        palette = painting.colors()
        inner = box.adjusted(8, 0, -8, 0)
        mark = inner.topLeft()
        mark.setY(box.center().y() - 9)
        painting.draw_status(painter, mark, "complete" if row.is_whole else "missing")
        second = interface_font(SECOND)
        count = painting.text_width(row.count, second)
        name = inner.adjusted(28, 0, -count - 16, 0)
        painting.draw_line(painter, name, row.name, interface_font(), palette.ink)
        painting.draw_line(painter, inner, row.count, second, palette.ink2, painting.RIGHT)
        rule = QRectF(inner.x(), box.bottom() - 1, inner.width(), 1)
        painter.fillRect(rule, QColor(palette.line))


class PartList(ChoiceList):
    """Only parts about which something was ever written."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_PartDelegate(), _tr("สิ่งที่พบในแต่ละตัวบ่งชี้"), parent)
        self.setObjectName("recoveryParts")

    def show_parts(self, parts: Iterable[Part]) -> None:
        rows = [_row(part) for part in parts if part.whole or part.lost or part.from_mirror]
        self.rows.set_rows(rows)


def _row(part: Part) -> PartRow:
    name = f"{thai_digits(part.code)} {part.name}".strip()
    if part.year:
        name = _tr("ปี {year} · {name}").format(year=thai_digits(part.year), name=name)
    told = [(_tr("การแก้ไขอยู่ครบ {count} ครั้ง"), part.whole)]
    told.append((_tr("ได้จากสำเนาข้อความ {count} ช่อง"), part.from_mirror))
    told.append((_tr("หายไป {count} ครั้ง"), part.lost))
    words = [form.format(count=thai_digits(f"{count:,}")) for form, count in told if count]
    count = " · ".join(words)
    target = f"{part.year} {part.code}"
    is_whole = bool(part.whole) and not part.lost and not part.from_mirror
    return PartRow(target, f"{name}, {count}", name, count, is_whole)


class FoundCard(QFrame):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self._mark = Mark("search", "ink2", MARK_SIDE)
        self._verdict = wrapping_label("", "heading")
        self._sentences = QVBoxLayout()
        self._details = QPushButton(_tr("ดูรายตัวบ่งชี้"), self)
        set_role(self._details, "link")
        self._details.setAccessibleName(self._details.text())
        self._details.setAutoDefault(True)  # else Enter does nothing outside a dialog
        self._details.setCheckable(True)
        self._details.toggled.connect(self._unfold)
        self.parts = PartList(self)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.setContentsMargins(LINK_SIDE, 0, 0, 0)
        head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._verdict, 1)
        self._sentences.setSpacing(2)
        self._sentences.setContentsMargins(LINK_SIDE, 0, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(16 - LINK_SIDE, 12, 16, 12)
        column.setSpacing(4)
        column.addLayout(head)
        column.addLayout(self._sentences)
        column.addWidget(self._details, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.parts)
        self._offer_parts(False)

    def tell(self, verdict: str) -> None:
        """How far it is; there is nothing yet to be told of."""
        self._say("search", "ink2", verdict, ())
        self._offer_parts(False)

    def show_damage(self, damage: Damage) -> None:
        """What could be recovered, with a row for each indicator."""
        mark, color = ("complete", "good") if damage.is_complete else ("warning", "warn")
        self._say(mark, color, _verdict_on(damage), damage.sentences())
        self.parts.show_parts(damage.parts)
        rows = len(self.parts.rows.rows)
        self.parts.setFixedHeight(min(rows, MOST_ROWS) * ROW + 4)
        self._offer_parts(rows > 0)

    def show_recovered(self, recovered: Recovered) -> None:
        """What came back."""
        mark, color = ("complete", "good") if recovered.is_complete else ("warning", "warn")
        self._say(mark, color, _tr("สิ่งที่ได้คืน"), recovered.sentences())
        self._offer_parts(False)

    def _say(self, mark: str, color: str, verdict: str, sentences: Iterable[str]) -> None:
        self._mark.show_mark(mark, color)
        self._verdict.setText(verdict)
        while (old := self._sentences.takeAt(0)) is not None:
            widget = old.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for sentence in sentences:
            self._sentences.addWidget(wrapping_label(sentence))

    def _offer_parts(self, on: bool) -> None:
        self._details.setVisible(on)
        self.parts.setVisible(on and self._details.isChecked())

    def _unfold(self, on: bool) -> None:
        self.parts.setVisible(on)
        self._details.setText(_tr("ซ่อนรายตัวบ่งชี้") if on else _tr("ดูรายตัวบ่งชี้"))
        self._details.setAccessibleName(self._details.text())


class PlanCard(QFrame):
    """What the button will do, so that nobody presses it in the dark."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self._first = wrapping_label("")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(2)
        column.addWidget(wrapping_label(_tr("เมื่อกด “กู้คืนงานนี้” โปรแกรมจะ"), "heading"))
        column.addWidget(self._first)
        column.addWidget(wrapping_label(_tr("๒.  สร้างไฟล์งานใหม่จากทุกส่วนที่ตรวจแล้วว่าครบถ้วน")))
        column.addWidget(wrapping_label(_tr("๓.  บอกว่าได้อะไรคืนบ้าง แล้วให้เปิดทำงานต่อ")))
        self.show_steps(has_file=True)

    def show_steps(self, *, has_file: bool) -> None:
        """Without a file there is nothing to be set aside."""
        if has_file:
            self._first.setText(_tr("๑.  เก็บไฟล์เดิมที่เสียหายไว้ในโฟลเดอร์ของงาน ไม่ลบทิ้ง"))
        else:
            self._first.setText(_tr("๑.  คงทุกไฟล์ที่ยังอยู่ในโฟลเดอร์ไว้อย่างเดิม"))


def _verdict_on(damage: Damage) -> str:
    if not damage.can_recover:
        return _tr("กู้จากโฟลเดอร์นี้ไม่ได้ แต่ยังมีทางอื่น")
    if not damage.whole:
        return _tr("กู้คืนได้เฉพาะข้อความล่าสุด")
    if not damage.is_complete:
        return _tr("กู้คืนได้บางส่วน")
    return _tr("สิ่งที่ยังอยู่และกู้คืนได้")
