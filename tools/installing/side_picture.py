"""Draws the picture at the left of the first and the last page of the installer."""

import os
from pathlib import Path
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter

from tools.make_app_icon import drawn

SIZE: Final = (328, 628)
"""Twice what the wizard shows at 100 %, so that it is sharp where the screen is enlarged."""
GROUND: Final = "#E2ECF8"
ICON: Final = 176


def write_side_picture(target: Path) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QGuiApplication.instance() or QGuiApplication([])
    picture = QImage(*SIZE, QImage.Format.Format_RGB32)
    picture.fill(QColor(GROUND))
    painter = QPainter(picture)
    left = (SIZE[0] - ICON) / 2
    painter.drawImage(QRectF(left, left, ICON, ICON), drawn("app-icon", 2 * ICON))
    painter.end()
    picture.convertToFormat(QImage.Format.Format_RGB888).save(str(target))
    del painter, app
