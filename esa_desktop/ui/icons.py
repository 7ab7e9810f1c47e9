"""The program's own icons, drawn from their SVG in the colours of the palette at any size."""

from functools import cache, lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from esa_desktop.paths import resources_folder
from esa_desktop.ui.palette import TOKENS
from esa_desktop.ui.theme import palette_of

SIZES: Final = (16, 18, 20, 24, 28)
STATUS: Final = {
    "complete": ("complete", "good"),
    "working": ("half", "accent"),
    "not_started": ("circle", "ink2"),
    "no_evidence": ("warning", "warn"),
    "missing": ("warning", "warn"),
    "broken": ("octagon", "bad"),
    "overdue": ("octagon", "bad"),
    "conflict": ("conflict", "bad"),
    "submitted": ("plane", "accent"),
    "returned": ("return", "warn"),
}
"""Shape and colour of each status; the word beside it is the business of who shows it."""


class _InkEngine(QIconEngine):
    """Paints one icon in a token's colour, asked of the theme whenever it is painted."""

    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self._name = name
        self._token = token

    def _colors(self, mode: QIcon.Mode) -> tuple[str, str]:
        palette = palette_of(QApplication.instance())
        ink = palette.faint if mode is QIcon.Mode.Disabled else getattr(palette, self._token)
        return ink, palette.surface

    # Qt's names from here on.
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        ink, hole = self._colors(mode)
        side = min(rect.width(), rect.height())
        box = QRectF(0, 0, side, side)
        box.moveCenter(QPointF(rect.x() + rect.width() / 2, rect.y() + rect.height() / 2))
        _renderer(self._name, ink, hole).render(painter, box)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, _state: QIcon.State, scale: float
    ) -> QPixmap:
        """``size`` is logical: the picture has ``scale`` times as many pixels, so none is blown up."""
        ink, hole = self._colors(mode)
        width, height = round(size.width() * scale), round(size.height() * scale)
        picture = QPixmap.fromImage(_drawn(self._name, ink, hole, width, height))
        picture.setDevicePixelRatio(scale)
        return picture

    def actualSize(self, size: QSize, _mode: QIcon.Mode, _state: QIcon.State) -> QSize:
        return size

    def availableSizes(
        self, _mode: QIcon.Mode = QIcon.Mode.Normal, _state: QIcon.State = QIcon.State.Off
    ) -> list[QSize]:
        return [QSize(side, side) for side in SIZES]

    def isNull(self) -> bool:
        return False

    def key(self) -> str:
        return "esa-ink"

    def clone(self) -> QIconEngine:
        return _InkEngine(self._name, self._token)


def icon(name: str, color: str = "ink2") -> QIcon:
    """The icon in the colour of a palette token (``ink2``, ``accent``, ``bad`` …).

    Follows the theme by itself; disabled it is fainter. Raises `KeyError` for a token and
    `FileNotFoundError` for a name there is no icon for.
    """
    if color not in TOKENS:
        raise KeyError(color)
    _source(name)
    return QIcon(_InkEngine(name, color))


def status_icon(status: str) -> QIcon:
    """The mark of a status; the names are those of `STATUS`, the domain's ``Status`` among them."""
    return icon(*STATUS[status])


def pixmap(name: str, color: str, side: int, ratio: float = 1.0) -> QPixmap:
    """An icon as a picture of ``side`` logical pixels, for labels and painters.

    Unlike an `icon` it keeps its colour when the theme changes: draw it anew then.
    """
    palette = palette_of(QApplication.instance())
    ink = palette.color(color).name()
    device = round(side * ratio)
    picture = QPixmap.fromImage(_drawn(name, ink, palette.surface, device, device))
    picture.setDevicePixelRatio(ratio)
    return picture


def app_icon() -> QIcon:
    """The program's own sign, in its own colours, at the sizes windows and task bars ask for."""
    sign = QIcon()
    for side in (16, 20, 24, 32, 40, 48, 64, 128, 256):
        name = "app-icon-small" if side <= 24 else "app-icon"
        sign.addPixmap(QPixmap.fromImage(_drawn(name, "", "", side, side)))
    return sign


@cache
def _source(name: str) -> str:
    return (resources_folder() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def _renderer(name: str, ink: str, hole: str) -> QSvgRenderer:
    svg = _source(name).replace("currentColor", ink).replace('"white"', f'"{hole}"')
    return QSvgRenderer(QByteArray(svg.encode()))


@lru_cache(maxsize=512)
def _drawn(name: str, ink: str, hole: str, width: int, height: int) -> QImage:
    """An image, not a pixmap: it may outlive the application object."""
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    side = min(width, height)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = QRectF((width - side) / 2, (height - side) / 2, side, side)
    _renderer(name, ink, hole).render(painter, box)
    painter.end()
    return image
