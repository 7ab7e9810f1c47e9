"""Pictures of the help: as wide as a page has room, and by a click as large as the screen allows."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

_AROUND = 48
"""Pixels of the screen that stay free."""


class HelpPicture(QWidget):
    """A window of its own that any key or a click closes."""

    def __init__(self, image: QImage, name: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("helpPicture")
        self.setWindowTitle(self.tr("ภาพขยาย"))
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._image = image
        ratio = self.devicePixelRatioF()
        room = self.screen().availableGeometry().size() - QSize(_AROUND, _AROUND)
        size = image.size() / ratio
        if size.width() > room.width() or size.height() > room.height():
            size = size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        self.resize(size)

    # Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        ratio = self.devicePixelRatioF()
        fitted = self._image.scaled(
            self.size() * ratio,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        fitted.setDevicePixelRatio(ratio)
        width, height = fitted.width() / ratio, fitted.height() / ratio
        left, top = (self.width() - width) / 2, (self.height() - height) / 2
        painter = QPainter(self)
        painter.drawImage(QRectF(left, top, width, height), fitted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt):
            super().keyPressEvent(event)
            return
        self.close()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002
        self.close()


def fitted_picture(picture: QImage, width: float, ratio: float, edge: str) -> QImage:
    """As many pixels as the screen shows, smoothly made, with a hairline around it."""
    natural = picture.width() / _density(picture)
    wide = min(natural, width)
    fitted = picture.scaledToWidth(
        max(round(wide * ratio), 1), Qt.TransformationMode.SmoothTransformation
    ).convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    painter = QPainter(fitted)
    painter.setPen(QColor(edge))
    painter.drawRect(0, 0, fitted.width() - 1, fitted.height() - 1)
    painter.end()
    fitted.setDevicePixelRatio(ratio)
    return fitted


def _density(picture: QImage) -> float:
    """Pixels of the picture in one pixel at 100 %: 2 where it was taken at 192 dots an inch."""
    dots = picture.dotsPerMeterX() * 0.0254
    return max(1.0, round(dots / 96 * 4) / 4)
