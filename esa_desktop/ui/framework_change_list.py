"""A list of what differs between two editions: a sentence a row, with its code and a mark."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QPointF, QRectF
from PySide6.QtGui import QPainter

from esa_desktop.domain.framework_changes import FrameworkChange, sentence
from esa_desktop.domain.thai import thai_digits
from esa_desktop.ui import painting
from esa_desktop.ui.row_list import Row, RowDelegate
from esa_desktop.ui.theme import interface_font

_MARKS: Final = {
    "added": ("plus", "good"),
    "taken_back": ("restore", "good"),
    "retired": ("minus", "warn"),
    "removed": ("minus", "warn"),
    "moved": ("return", "accent"),
    "verified": ("check", "accent"),
}
"""Mark and colour of a kind of change; all others are edits."""
_LEFT: Final = 44
_RIGHT: Final = 14


@dataclass(frozen=True, slots=True)
class ChangeLine(Row):
    sentence: str
    mark: str
    tone: str


class ChangeLineDelegate(RowDelegate[ChangeLine]):
    """The whole sentence, on as many lines as it takes up to six."""

    def _lines(self, row: ChangeLine, width: float) -> list[str]:
        lines = painting.wrapped(row.sentence, interface_font(), width - _LEFT - _RIGHT)
        return lines if len(lines) <= 6 else [*lines[:5], f"{lines[5]}…"]

    def row_height(self, row: ChangeLine, width: int) -> int:
        lines = len(self._lines(row, width))
        return max(36, round(lines * painting.pitch(interface_font())) + 12)

    def paint_row(self, painter: QPainter, box: QRectF, row: ChangeLine) -> None:
        lines = self._lines(row, box.width())
        height = len(lines) * painting.pitch(interface_font())
        words = QRectF(
            box.x() + _LEFT, box.center().y() - height / 2, box.width() - _LEFT - _RIGHT, height
        )
        painting.draw_lines(painter, words, lines, interface_font(), painting.colors().ink)
        at = QPointF(box.x() + 14, words.y() + painting.pitch(interface_font()) / 2 - 9)
        painting.draw_icon(painter, at, row.mark, row.tone, 18)


def change_lines(changes: Sequence[FrameworkChange]) -> list[ChangeLine]:
    lines: list[ChangeLine] = []
    for place, change in enumerate(changes):
        mark, tone = _MARKS.get(change.kind, ("edit", "ink2"))
        words = sentence(change)
        lines.append(ChangeLine(change.node_id or f"edition-{place}", words, words, mark, tone))
    return lines


def summary(changes: Sequence[FrameworkChange]) -> str:
    """``เพิ่ม ๖๐ · เปลี่ยนชื่อ ๓ · เลิกใช้ ๒``: how many of which kind."""
    names: dict[str, str] = {
        "added": _tr("เพิ่ม"),
        "renamed": _tr("เปลี่ยนชื่อ"),
        "moved": _tr("ย้าย"),
        "retired": _tr("เลิกใช้"),
        "taken_back": _tr("นำกลับมาใช้"),
        "removed": _tr("ไม่มีในฉบับนี้"),
        "rubric": _tr("เกณฑ์"),
        "lead_in": _tr("ประโยคนำ"),
        "type": _tr("แบบของตัวบ่งชี้"),
        "weight": _tr("น้ำหนักหรือสัดส่วน"),
        "verified": _tr("การตรวจกับประกาศ"),
        "title": _tr("ชื่อและที่มาของฉบับ"),
    }
    counted = Counter[str](change.kind for change in changes)
    told = [f"{words} {counted[kind]}" for kind, words in names.items() if counted[kind]]
    return thai_digits(" · ".join(told))


def _tr(words: str) -> str:
    return QCoreApplication.translate("frameworkChanges", words)
