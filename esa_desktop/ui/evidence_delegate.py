"""Paints an item of evidence: thumbnail, code, title, what it is, where else it is used, what is wrong."""

from dataclasses import dataclass
from functools import lru_cache, partial
from math import ceil
from pathlib import PurePath
from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QFont, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from esa_desktop.domain.evidence import Evidence
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.web_address import web_address
from esa_desktop.ui.elided_lines import elided_lines
from esa_desktop.ui.evidence_model import JOINT, Role
from esa_desktop.ui.painting import (
    colors,
    draw_box,
    draw_focus,
    draw_icon,
    draw_line,
    pitch,
    text_width,
)
from esa_desktop.ui.theme import interface_font
from esa_desktop.ui.thumbnails import Thumbnails

Index = QModelIndex | QPersistentModelIndex

THUMB: Final = QSize(44, 58)
PICTURE: Final = THUMB - QSize(2, 2)
"""The room inside the frame."""
MOST_BROKEN: Final = 4096
"""Titles whose lines are remembered."""
LEFT: Final = 14
GAP: Final = 12
TOP: Final = 8
_WORDS_LEFT: Final = LEFT + THUMB.width() + GAP
_WORDS_RIGHT: Final = 10
ICONS: Final = {
    ".pdf": "pdf",
    ".doc": "word",
    ".docx": "word",
    ".odt": "word",
    ".xls": "excel",
    ".xlsx": "excel",
    ".ods": "excel",
    ".csv": "excel",
    ".jpg": "image",
    ".jpeg": "image",
    ".png": "image",
    ".heic": "image",
    ".heif": "image",
    ".tif": "image",
    ".tiff": "image",
    ".webp": "image",
}
"""What stands for a file that has no picture, by its ending; any other is a plain page."""


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    font: QFont
    color: str
    """A token of the palette."""
    icon: str = ""


class EvidenceDelegate(QStyledItemDelegate):
    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._code = interface_font(10.5, semibold=True)
        self._title = interface_font()
        self._second = interface_font(10.5)
        # A list asks for the height of every row, and when its bar appears for each once more.
        self._broken = lru_cache(MOST_BROKEN)(partial(_broken, self._title))

    def _lines(self, index: Index, width: float) -> list[_Line]:
        lines = [_Line(index.data(Role.CODE), self._code, "accent")]
        title = self._broken(index.data(), width)
        lines += [_Line(text, self._title, "ink") for text in title]
        detail = _detail_lines(index.data(Role.DETAIL), self._second, width)
        lines += [_Line(text, self._second, "ink2") for text in detail]
        shared = index.data(Role.SHARED)
        if shared > 1:
            words = self.tr("ใช้กับ {count} ประเด็น").format(count=shared)
            lines.append(_Line(thai_digits(words), self._second, "ink2", "link"))
        if index.data(Role.CONFIDENTIAL):
            lines.append(_Line(self.tr("เอกสารลับ"), self._second, "warn", "lock"))
        if index.data(Role.MISSING):
            lines.append(_Line(self.tr("ไม่พบไฟล์"), self._second, "bad", "octagon"))
        return lines

    def _paint_thumb(self, painter: QPainter, box: QRectF, index: Index) -> None:
        palette = colors()
        item: Evidence = index.data(Role.ITEM)
        if index.data(Role.MISSING):
            draw_box(painter, box, palette.bad_soft, palette.bad, radius=4, dashed=True)
            self._paint_icon(painter, box, "missing-file", "bad")
            return
        ratio = painter.device().devicePixelRatio()
        shown = bool(item.files) and not item.confidential
        picture = self._thumbnails.picture(item.files[0], ratio) if shown else None
        if picture is not None:
            self._paint_picture(painter, box, picture)
            return
        draw_box(painter, box, palette.ground, palette.line, radius=4)
        self._paint_icon(painter, box, _icon_of(item), "ink2")

    @staticmethod
    def _paint_picture(painter: QPainter, box: QRectF, picture: QPixmap) -> None:
        palette = colors()
        draw_box(painter, box, palette.paper, None, radius=4)
        size = picture.deviceIndependentSize()
        corner = box.center() - QPointF(size.width() / 2, size.height() / 2)
        painter.drawPixmap(corner, picture)
        draw_box(painter, box, None, palette.line, radius=4)

    @staticmethod
    def _paint_icon(painter: QPainter, box: QRectF, name: str, color: str) -> None:
        draw_icon(painter, box.center() - QPointF(12, 12), name, color, 24)

    # Qt's names from here on.
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = option.widget
        width = view.viewport().width() if isinstance(view, QAbstractItemView) else 264
        lines = self._lines(index, width - _WORDS_LEFT - _WORDS_RIGHT)
        words = sum(pitch(line.font) for line in lines)
        return QSize(width, ceil(max(THUMB.height() + 4, words)) + 2 * TOP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        palette = colors()
        row = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(row, QColor(palette.accent_soft))
            painter.fillRect(QRectF(row.x(), row.y(), 3, row.height()), QColor(palette.accent))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(row, QColor(palette.ground))
        rule = QRectF(row.x(), row.bottom() - 1, row.width(), 1)
        painter.fillRect(rule, QColor(palette.line))
        thumb = QRectF(row.x() + LEFT, row.y() + TOP + 2, THUMB.width(), THUMB.height())
        self._paint_thumb(painter, thumb, index)
        words = row.adjusted(_WORDS_LEFT, TOP, -_WORDS_RIGHT, 0)
        self._paint_words(painter, words, index)
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_focus(painter, row.adjusted(2, 1, -2, -2))
        painter.restore()

    def _paint_words(self, painter: QPainter, box: QRectF, index: Index) -> None:
        top = box.y()
        for line in self._lines(index, box.width()):
            step = pitch(line.font)
            left = 0.0
            if line.icon:
                draw_icon(
                    painter, QPointF(box.x(), top + (step - 18) / 2), line.icon, line.color, 18
                )
                left = 24.0
            place = QRectF(box.x() + left, top, box.width() - left + 2, step)
            draw_line(painter, place, line.text, line.font, getattr(colors(), line.color))
            top += step


def _broken(font: QFont, title: str, width: float) -> tuple[str, ...]:
    return tuple(elided_lines(title, font, width))


def _icon_of(item: Evidence) -> str:
    """Nobody behind the chair sees what is in a confidential file."""
    if item.confidential:
        return "lock"
    if item.files:
        return ICONS.get(PurePath(item.files[0].name).suffix.lower(), "file")
    return "link" if web_address(item.place) else "folder"


def _detail_lines(text: str, font: QFont, width: float) -> list[str]:
    """One line, or two that break between number and date, never inside a date."""
    before, joint, last = text.rpartition(JOINT)
    if joint and text_width(text, font) > width:
        return [before, last]
    return [text]
