"""What recovery found of each indicator, as rows: a mark, the name, and how much of it is whole."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.recovering import Part
from esa_desktop.ui import painting
from esa_desktop.ui.choice_list import ChoiceList
from esa_desktop.ui.row_list import Row, RowDelegate
from esa_desktop.ui.theme import SECOND, interface_font

ROW = 38


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
    told = [(_tr("อยู่ครบ {count} ฉบับ"), part.whole)]
    told.append((_tr("ได้จากสำเนาข้อความ {count} ช่อง"), part.from_mirror))
    told.append((_tr("หายไป {count} ฉบับ"), part.lost))
    words = [form.format(count=thai_digits(f"{count:,}")) for form, count in told if count]
    count = " · ".join(words)
    target = f"{part.year} {part.code}"
    return PartRow(target, f"{name}, {count}", name, count, not part.lost)
