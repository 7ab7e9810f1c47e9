"""Paints a cell of the register: code, title with its file's icon and what is confidential, marks with words."""

from pathlib import PurePath
from typing import Final

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
)
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from esa_desktop.domain.evidence import Evidence
from esa_desktop.services.register_rows import Column, FileState, RegisterRow
from esa_desktop.services.web_address import web_address
from esa_desktop.ui.evidence_delegate import ICONS
from esa_desktop.ui.painting import colors, draw_box, draw_icon, draw_line, text_width
from esa_desktop.ui.register_model import COLUMNS, EMPTY, Role
from esa_desktop.ui.theme import SECOND, interface_font

Index = QModelIndex | QPersistentModelIndex

ROW_HEIGHT: Final = 38
SIDE: Final = 8
MARK: Final = 18
MARKS: Final = {
    FileState.PRESENT: ("check", "good"),
    FileState.MISSING: ("octagon", "bad"),
    FileState.NONE: ("minus", "ink2"),
    FileState.UNKNOWN: ("clock", "ink2"),
}
_TONES: Final = {FileState.PRESENT: "ink", FileState.MISSING: "bad"}


class RegisterDelegate(QStyledItemDelegate):
    """The focus frame around a row is the table's own."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._code = interface_font(SECOND, semibold=True)
        self._cell = interface_font(SECOND)

    # Qt's names from here on.
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(80, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self._paint_ground(painter, option)
        box = QRectF(option.rect).adjusted(SIDE, 0, -SIDE, 0)
        row: RegisterRow = index.data(Role.ROW)
        words: str = index.data()
        column = COLUMNS[index.column()]
        if column is Column.CODE:
            draw_line(painter, box, words, self._code, colors().accent)
        elif column is Column.TITLE:
            is_missing = index.data(Role.STATE) is FileState.MISSING
            icon = ("missing-file", "bad") if is_missing else (_icon_of(row.item), "ink2")
            self._icon(painter, box, *icon)
            self._paint_title(painter, box, row, words)
        elif column is Column.FILE:
            state = index.data(Role.STATE)
            tone = _TONES.get(state, "ink2")
            self._paint_marked(painter, box, words, MARKS[state], tone)
        elif column is Column.USED and not row.is_used:
            self._paint_marked(painter, box, words, ("warning", "warn"), "warn")
        else:
            quiet = words == EMPTY or (column is Column.USED and not row.used)
            ink = colors().ink2 if quiet else colors().ink
            draw_line(painter, box, words, self._cell, ink)

    @staticmethod
    def _paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
        # Not as QRectF: at 150 % that is rounded otherwise than what the style draws below it.
        box: QRect = option.rect
        palette = colors()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(palette.accent_soft))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, QColor(palette.ground))
        rule = QRect(box.x(), box.bottom(), box.width(), 1)
        painter.fillRect(rule, QColor(palette.line))

    def _paint_title(self, painter: QPainter, box: QRectF, row: RegisterRow, words: str) -> None:
        place = box.adjusted(MARK + 8, 0, 0, 0)
        if row.item.confidential:
            place = self._paint_secret(painter, place)
        draw_line(painter, place, words, interface_font(), colors().ink)

    def _paint_secret(self, painter: QPainter, box: QRectF) -> QRectF:
        """The word at the right end; what room is left for the title."""
        word = self.tr("ลับ")
        width = text_width(word, self._code) + 16
        tag = QRectF(box.right() - width, box.center().y() - 12, width, 24)
        draw_box(painter, tag, colors().warn_soft, None, radius=4)
        draw_line(painter, tag.adjusted(8, 0, 0, 0), word, self._code, colors().warn)
        return box.adjusted(0, 0, -width - 8, 0)

    def _paint_marked(
        self, painter: QPainter, box: QRectF, words: str, mark: tuple[str, str], tone: str
    ) -> None:
        self._icon(painter, box, *mark)
        place = box.adjusted(MARK + 6, 0, 0, 0)
        draw_line(painter, place, words, self._cell, getattr(colors(), tone))

    @staticmethod
    def _icon(painter: QPainter, box: QRectF, name: str, color: str) -> None:
        draw_icon(painter, QPointF(box.x(), box.center().y() - MARK / 2), name, color, MARK)


def _icon_of(item: Evidence) -> str:
    """The same as in the list of an issue."""
    if item.confidential:
        return "lock"
    if item.files:
        return ICONS.get(PurePath(item.files[0].name).suffix.lower(), "file")
    return "link" if web_address(item.place) else "folder"


def cell_font(column: Column) -> QFont:
    """The letters of a column, for whoever measures how wide it must be."""
    if column is Column.TITLE:
        return interface_font()
    return interface_font(SECOND, semibold=column is Column.CODE)
