"""Paints a row of the framework: mark of status, code and name on two lines at most, level.

A name that nobody compared with the published text has a small mark behind it.
"""

from math import ceil
from typing import Final

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from esa_desktop.domain.assessment import Status
from esa_desktop.domain.thai import thai_digits
from esa_desktop.ui.elided_lines import elided_lines
from esa_desktop.ui.framework_model import Role
from esa_desktop.ui.framework_nodes import Grade
from esa_desktop.ui.painting import (
    colors,
    draw_badge,
    draw_box,
    draw_focus,
    draw_icon,
    draw_lines,
    draw_status,
    pitch,
    text_width,
)
from esa_desktop.ui.theme import interface_font
from esa_desktop.ui.verification import UNVERIFIED_ICON

Index = QModelIndex | QPersistentModelIndex

LEFT: Final = {Grade.STANDARD: 30, Grade.INDICATOR: 36, Grade.ISSUE: 62}
"""Where the words of a row begin: three steps of indent, 26 px at most."""
BADGE: Final = 24
_RIGHT: Final = {Grade.STANDARD: 16, Grade.INDICATOR: 16 + BADGE, Grade.ISSUE: 16}
_FLAG: Final = 16


class FrameworkDelegate(QStyledItemDelegate):
    """Rows are 34 px for one line and 56 for two, more where the system's letters are larger."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._plain = interface_font()
        self._strong = interface_font(semibold=True)
        self.drop_row = QPersistentModelIndex()
        """The row that would take the files that are dragged just now."""

    def _font(self, grade: Grade) -> QFont:
        return self._plain if grade is Grade.ISSUE else self._strong

    def _paint_ground(self, painter: QPainter, box: QRectF, option: QStyleOptionViewItem) -> None:
        palette = colors()
        if _is(option, QStyle.StateFlag.State_Selected):
            draw_box(painter, box, palette.accent_soft, None)
            bar = QRectF(box.x(), box.y() + 7, 3, box.height() - 14)
            painter.fillRect(bar, QColor(palette.accent))
        elif _is(option, QStyle.StateFlag.State_MouseOver):
            draw_box(painter, box, palette.sunken, None)

    def _paint_mark(
        self, painter: QPainter, box: QRectF, option: QStyleOptionViewItem, index: Index
    ) -> None:
        grade = Grade(index.data(Role.GRADE))
        left = LEFT[grade]
        if grade is Grade.ISSUE:
            status = "conflict" if index.data(Role.CONFLICT) else Status(index.data(Role.STATUS))
            draw_status(painter, QPointF(left - 26, box.y() + 7), status)
        elif _is(option, QStyle.StateFlag.State_Children):
            is_open = _is(option, QStyle.StateFlag.State_Open)
            name = "chevron-down" if is_open else "chevron-right"
            draw_icon(painter, QPointF(left - 24, box.y() + 8), name, "ink2", 16)

    def _paint_level(self, painter: QPainter, box: QRectF, index: Index) -> None:
        top = box.y() + (box.height() - BADGE) / 2
        badge = QRectF(box.right() - 6 - BADGE, top, BADGE, BADGE)
        if index.data(Role.CONFLICT):
            draw_status(painter, badge.topLeft() + QPointF(2, 2), "conflict", BADGE - 4)
            return
        level = index.data(Role.LEVEL)
        shown = "–" if level is None else thai_digits(level)
        draw_badge(painter, badge, shown, self._strong, filled=False)

    # Qt's names from here on.
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = option.widget
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else 260
        grade = Grade(index.data(Role.GRADE))
        font = self._font(grade)
        room = width - LEFT[grade] - _room_behind(index)
        step = pitch(font)
        if text_width(index.data(), font) <= room:
            return QSize(width, max(34, ceil(step) + 11))
        return QSize(width, max(56, ceil(2 * step) + 11))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        grade = Grade(index.data(Role.GRADE))
        row = QRectF(option.rect)
        box = row.adjusted(4, 1, -4, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, box, option)
        self._paint_mark(painter, box, option, index)
        font = self._font(grade)
        words = row.adjusted(LEFT[grade], 0, -_room_behind(index), 0)
        lines = elided_lines(index.data(), font, words.width())
        draw_lines(painter, words.adjusted(0, 0, 2, 0), lines, font, colors().ink)
        if grade is Grade.INDICATOR:
            self._paint_level(painter, box, index)
        if not index.data(Role.VERIFIED):
            at = QPointF(words.right() + 4, box.center().y() - _FLAG / 2)
            draw_icon(painter, at, *UNVERIFIED_ICON, _FLAG)
        if self.drop_row == index:
            palette = colors()
            draw_box(painter, box, None, palette.accent, width=2, dashed=True)
        elif _is(option, QStyle.StateFlag.State_HasFocus):
            draw_focus(painter, box)
        painter.restore()


class RailDelegate(QStyledItemDelegate):
    """An issue in the folded pane: its mark above its code. An indicator's mark is its level."""

    HEIGHT: Final = 52

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._font = interface_font(10.5)

    # Qt's names from here on.
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        return QSize(48, max(self.HEIGHT, ceil(pitch(self._font)) + 30))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        palette = colors()
        box = QRectF(option.rect).adjusted(2, 1, -2, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if _is(option, QStyle.StateFlag.State_Selected):
            draw_box(painter, box, palette.accent_soft, None)
        elif _is(option, QStyle.StateFlag.State_MouseOver):
            draw_box(painter, box, palette.sunken, None)
        self._paint_mark(painter, QPointF(box.center().x() - 9, box.y() + 4), index)
        words = QRectF(box.x(), box.bottom() - 26, box.width(), 22)
        painter.setFont(self._font)
        painter.setPen(QColor(palette.ink))
        flags = int(Qt.AlignmentFlag.AlignCenter.value) | int(Qt.TextFlag.TextDontClip.value)
        painter.drawText(words.adjusted(0, -6, 0, 6), flags, thai_digits(index.data(Role.CODE)))
        if _is(option, QStyle.StateFlag.State_HasFocus):
            draw_focus(painter, box)
        painter.restore()

    @staticmethod
    def _paint_mark(painter: QPainter, at: QPointF, index: Index) -> None:
        status = index.data(Role.STATUS)
        if index.data(Role.CONFLICT):
            draw_status(painter, at, "conflict")
        elif status is not None:
            draw_status(painter, at, Status(status))
        else:
            level = index.data(Role.LEVEL)
            box = QRectF(at.x() - 2, at.y() - 1, 22, 22)
            digit = thai_digits(level) if level else "–"
            draw_badge(painter, box, digit, interface_font(10.5, semibold=True), filled=False)


def _room_behind(index: Index) -> int:
    """Pixels at the right of a row that are not for its words."""
    flag = 0 if index.data(Role.VERIFIED) else _FLAG + 4
    return _RIGHT[Grade(index.data(Role.GRADE))] + flag


def _is(option: QStyleOptionViewItem, flag: QStyle.StateFlag) -> bool:
    return bool(option.state & flag)
