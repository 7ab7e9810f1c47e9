"""What checklists ask for and nothing answers yet: a heading an issue, below it its missing lines."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QPointF, QRectF
from PySide6.QtGui import QPainter

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.checklists import completeness, missing_requirements
from esa_desktop.ui import painting
from esa_desktop.ui.row_list import Row, RowDelegate
from esa_desktop.ui.theme import SECOND, interface_font

HEADING_HEIGHT = 44
LINE_HEIGHT = 38


@dataclass(frozen=True, slots=True)
class LackingRow(Row):
    """``target`` is ``issue id`` and ``requirement id`` with a blank between; of a heading empty."""

    issue_id: str
    code: str
    """Of the issue, in a heading."""
    text: str
    count: str = ""
    """At the right of a heading: how much is missing."""


class LackingDelegate(RowDelegate[LackingRow]):
    def row_height(self, row: LackingRow, width: int) -> int:  # noqa: ARG002
        return LINE_HEIGHT if row.target else HEADING_HEIGHT

    def paint_row(self, painter: QPainter, box: QRectF, row: LackingRow) -> None:
        palette = painting.colors()
        inner = box.adjusted(12, 0, -12, 0)
        if row.target:
            at = QPointF(inner.x(), inner.center().y() - 9)
            painting.draw_icon(painter, at, "warning", "warn", 18)
            place = inner.adjusted(26, 0, 0, 0)
            painting.draw_line(painter, place, row.text, interface_font(), palette.ink)
            return
        code, second = interface_font(SECOND, semibold=True), interface_font(SECOND)
        width = painting.text_width(row.count, second) + 8
        right = QRectF(inner.right() - width, inner.y() + 6, width, inner.height() - 6)
        painting.draw_line(painter, right, row.count, second, palette.ink2, painting.RIGHT)
        place = inner.adjusted(0, 6, -width - 12, 0)
        painting.draw_line(painter, place, row.code, code, palette.accent)
        place.setLeft(place.x() + painting.text_width(row.code, code) + 10)
        heading = interface_font(semibold=True)
        painting.draw_line(painter, place, row.text, heading, palette.ink)


def lacking_rows(
    assessed: AssessmentRound, words: str = "", issue_id: str = ""
) -> list[LackingRow]:
    """Missing lines in which all words occur, or in the name of whose issue they do."""
    from esa_desktop.services.searching import folded, needle

    rows: list[LackingRow] = []
    wanted = needle(words).split()
    for owner, requirement in missing_requirements(assessed):
        code = assessed.framework.code_of(owner)
        name = assessed.framework.node(code).name
        place = folded(f"{code} {name} {requirement.text}")
        if (issue_id and owner != issue_id) or not all(word in place for word in wanted):
            continue
        if not rows or rows[-1].issue_id != owner:
            shown, count = thai_digits(code), lack_words(assessed, owner)
            rows.append(LackingRow("", f"{shown} {name} {count}", owner, shown, name, count))
        spoken = f"{thai_digits(code)} {requirement.text}"
        rows.append(LackingRow(f"{owner} {requirement.id}", spoken, owner, "", requirement.text))
    return rows


def lack_words(assessed: AssessmentRound, issue_id: str, *, shorter: int = 0) -> str:
    """``ยังขาด ๒ จาก ๕ รายการ``, ``ครบ ๕ รายการ``; empty where nothing is asked for.

    ``shorter`` for narrow places, 1: ``ขาด ๒ จาก ๕``, ``ครบ ๕``; 2: ``ขาด ๒``.
    """
    found = completeness(assessed, issue_id)
    if not found.total:
        return ""
    words: tuple[str, ...]
    if found.missing:
        words = (
            QCoreApplication.translate("Checklist", "ยังขาด {0} จาก {1} รายการ"),
            QCoreApplication.translate("Checklist", "ขาด {0} จาก {1}"),
            QCoreApplication.translate("Checklist", "ขาด {0}"),
        )
    else:
        words = (
            QCoreApplication.translate("Checklist", "ครบ {1} รายการ"),
            QCoreApplication.translate("Checklist", "ครบ {1}"),
        )
    return thai_digits(words[min(shorter, len(words) - 1)].format(found.missing, found.total))
