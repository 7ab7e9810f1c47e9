"""Lines of text, badges, bars and frames for what the program paints itself."""

import re
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QFontMetricsF,
    QPainter,
    QPen,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QApplication

from esa_desktop.ui.icons import STATUS, pixmap
from esa_desktop.ui.theme import Palette, palette_of

PITCH: Final = 1.5
"""Distance of lines over the size of the letters: below 1.47 Thai marks of two lines touch."""
LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_TORN: Final = re.compile("[ เแโใไ]+…$")
CENTER: Final = Qt.AlignmentFlag.AlignCenter


def colors() -> Palette:
    """The palette to paint with just now."""
    return palette_of(QApplication.instance())


def pitch(font: QFont) -> float:
    """In pixels."""
    return float(QFontInfo(font).pixelSize() * PITCH)


def wrapped(text: str, font: QFont, width: float) -> list[str]:
    """The lines of a text, broken at words; inside a word only where it is too wide alone."""
    return _broken(text, font, width, QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)


def _broken(text: str, font: QFont, width: float, mode: QTextOption.WrapMode) -> list[str]:
    option = QTextOption()
    option.setWrapMode(mode)
    lines: list[str] = []
    for paragraph in text.split("\n"):
        layout = QTextLayout(paragraph, font)
        layout.setTextOption(option)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1.0))
            start = line.textStart()
            lines.append(paragraph[start : start + line.textLength()].rstrip())
        layout.endLayout()
    return lines


def balanced(text: str, font: QFont, width: float) -> list[str]:
    """As few lines as `wrapped` makes, but about equally long: no last word stands alone."""
    lines = wrapped(text, font, width)
    narrower = width - 8
    while narrower > width / 2:
        closer = _broken(text, font, narrower, QTextOption.WrapMode.WordWrap)
        torn = any(text_width(line, font) > narrower for line in closer)
        if torn or len(closer) > len(lines):
            break
        lines = closer
        narrower -= 8
    return lines


def text_width(text: str, font: QFont) -> float:
    return QFontMetricsF(font).horizontalAdvance(text)


def elided(text: str, font: QFont, width: float) -> str:
    """Cut at the right between clusters: no vowel is left before ``…`` without its consonant."""
    cut = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, width)
    return cut if cut == text else _TORN.sub("…", cut)


def draw_line(
    painter: QPainter,
    box: QRectF,
    text: str,
    font: QFont,
    color: str,
    align: Qt.AlignmentFlag = LEFT,
) -> None:
    """One line in the middle of ``box``, elided; marks may leave it above and below."""
    painter.setFont(font)
    painter.setPen(QColor(color))
    shown = elided(text, font, box.width())
    flags = int(align.value) | int(Qt.TextFlag.TextDontClip.value)
    painter.drawText(box.adjusted(0, -6, 0, 6), flags, shown)


def draw_lines(
    painter: QPainter, box: QRectF, lines: Sequence[str], font: QFont, color: str
) -> None:
    """Lines one below the other, together in the middle of ``box``."""
    step = pitch(font)
    top = box.y() + (box.height() - step * len(lines)) / 2
    for number, line in enumerate(lines):
        draw_line(
            painter, QRectF(box.x(), top + number * step, box.width(), step), line, font, color
        )


def draw_box(
    painter: QPainter,
    box: QRectF,
    fill: str | None,
    edge: str | None,
    *,
    radius: float = 6,
    width: float = 1,
    dashed: bool = False,
) -> None:
    """A rounded box whose edge lies wholly inside ``box``."""
    if edge is None:
        painter.setPen(Qt.PenStyle.NoPen)
        width = 0
    else:
        style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
        painter.setPen(QPen(QColor(edge), width, style))
    painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
    half = width / 2
    painter.drawRoundedRect(box.adjusted(half, half, -half, -half), radius, radius)


def draw_badge(painter: QPainter, box: QRectF, text: str, font: QFont, *, filled: bool) -> None:
    """The small box with the digit of a level."""
    palette = colors()
    fill, edge = (palette.accent, palette.accent) if filled else (palette.surface, palette.edge)
    draw_box(painter, box, fill, edge)
    ink = palette.on_accent if filled else palette.ink
    draw_line(painter, box.adjusted(-4, -1, 4, -1), text, font, ink, CENTER)


def draw_icon(painter: QPainter, at: QPointF, name: str, color: str, side: int) -> None:
    """``color`` is a token of the palette."""
    painter.drawPixmap(at, pixmap(name, color, side, painter.device().devicePixelRatio()))


def draw_status(painter: QPainter, at: QPointF, status: str, side: int = 18) -> None:
    """The mark of a status; the word beside it is the caller's."""
    name, color = STATUS[status]
    draw_icon(painter, at, name, color, side)


def draw_focus(painter: QPainter, box: QRectF, radius: float = 6) -> None:
    draw_box(painter, box, None, colors().accent, radius=radius, width=2)
