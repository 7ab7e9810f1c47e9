"""From a live widget to a small PNG: what part of the window, with which parts numbered."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from esa_desktop.domain.thai import thai_digits
from esa_desktop.ui.palette import LIGHT, TOKENS
from esa_desktop.ui.theme import INTERFACE_FAMILIES

Colour = tuple[int, ...]
COLOURS: Final = 128
"""Of the palette a picture is reduced to; text stays clean, and the file a third as large."""
DISC: Final = 13
"""Pixels: radius of a numbered mark."""
EDGE: Final = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the window the text speaks of, framed and numbered in the order given."""

    widget: QWidget
    within: QRect | None = None
    """Of the widget's own pixels; all of it where left out."""
    at: tuple[float, float] = (0.0, 0.0)
    """Where the number stands, in parts of the frame's width and height: where it hides no word."""


def take(
    target: Path,
    widget: QWidget,
    *,
    crop: QRect | None = None,
    parts: Sequence[Part] = (),
) -> None:
    """Write ``target``: the widget, or a part of it (in its own pixels), with numbers painted on."""
    picture = widget.grab()
    if parts:
        _number(picture, widget, parts)
    if crop is not None:
        picture = picture.copy(crop.intersected(picture.rect()))
    _write(picture, target)


def around(widget: QWidget, window: QWidget, margin: int = 12) -> QRect:
    """Where a widget lies in a window, with a margin."""
    corner = widget.mapTo(window, QPoint(0, 0))
    return QRect(corner, widget.size()).adjusted(-margin, -margin, margin, margin)


def _number(picture: QPixmap, window: QWidget, parts: Sequence[Part]) -> None:
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for number, part in enumerate(parts, 1):
        seen = part.widget.visibleRegion().boundingRect()
        if part.within is not None:
            seen = seen.intersected(part.within)
        box = QRectF(seen.translated(part.widget.mapTo(window, QPoint(0, 0))))
        box = box.intersected(QRectF(picture.rect()).adjusted(2, 2, -2, -2))
        painter.setPen(QPen(QColor(LIGHT.bad), 2.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 6, 6)
        _draw_disc(painter, _place_of(box, part, picture.rect()), thai_digits(number))
    painter.end()


def _place_of(box: QRectF, part: Part, picture: QRect) -> QPointF:
    """The middle of the disc: in the frame or on it, inside the picture."""
    across, down = part.at
    x, y = box.x() + across * box.width(), box.y() + down * box.height()
    room = QRectF(picture).adjusted(DISC + 2, DISC + 2, -DISC - 2, -DISC - 2)
    return QPointF(min(max(x, room.left()), room.right()), min(max(y, room.top()), room.bottom()))


def _draw_disc(painter: QPainter, middle: QPointF, number: str) -> None:
    painter.setPen(QPen(QColor(LIGHT.on_accent), 2.0))
    painter.setBrush(QColor(LIGHT.bad))
    painter.drawEllipse(middle, DISC, DISC)
    font = QFont(INTERFACE_FAMILIES)
    font.setPixelSize(17)
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(QColor(LIGHT.on_accent))
    box = QRectF(middle.x() - DISC, middle.y() - DISC - 5, 2 * DISC, 2 * DISC + 10)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, number)


def _write(picture: QPixmap, target: Path) -> None:
    """With a hairline around, so that a white window does not melt into a white page."""
    painter = QPainter(picture)
    painter.setPen(QColor(LIGHT.line))
    painter.drawRect(picture.rect().adjusted(0, 0, -1, -1))
    painter.end()
    image = picture.toImage().convertToFormat(QImage.Format.Format_RGB888)
    pixels = Image.frombuffer(
        "RGB",
        (image.width(), image.height()),
        bytes(image.constBits()),
        "raw",
        "RGB",
        image.bytesPerLine(),
        1,
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    _reduced(pixels).save(target, optimize=True)


def _reduced(pixels: Image.Image) -> Image.Image:
    """In the program's own colours, which mean something, and the most frequent others.

    Pillow's own mapping onto a given palette is coarse: it makes white nearly white.
    """
    tokens = (LIGHT.color(token) for token in sorted(TOKENS))
    own: list[Colour] = [(token.red(), token.green(), token.blue()) for token in tokens]
    others = pixels.quantize(COLOURS - len(own), method=Image.Quantize.MEDIANCUT).getpalette() or []
    palette = [*own, *zip(others[::3], others[1::3], others[2::3], strict=True)]
    parts = pixels.tobytes()
    colours = list(zip(parts[::3], parts[1::3], parts[2::3], strict=True))
    nearest = {colour: _nearest(colour, palette) for colour in set(colours)}
    small = Image.frombytes("P", pixels.size, bytes(nearest[colour] for colour in colours))
    small.putpalette([part for colour in palette for part in colour])
    return small


def _nearest(colour: Colour, palette: Sequence[Colour]) -> int:
    red, green, blue = colour
    apart = [(r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2 for r, g, b in palette]
    return apart.index(min(apart))
