"""Draws the program's icon and that of its documents as Windows' .ico files, from the SVGs beside them.

``python -m tools.make_app_icon`` writes ``resources/icons/app-icon.ico`` and ``document.ico``. Up
to 24 pixels a simplified drawing is taken (``…-small.svg``): lines of text are only noise there.
"""

import os
import struct
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from esa_desktop.paths import resources_folder

SIDES: Final = (16, 20, 24, 32, 40, 48, 64, 256)
SMALL: Final = 24
"""Pixels up to which the simplified drawing is taken."""
INCH_96: Final = 3780
"""Dots a metre of a screen of 96 an inch."""
NAMES: Final = ("app-icon", "document")


def main() -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QGuiApplication.instance() or QGuiApplication([])
    for name in NAMES:
        target = resources_folder() / "icons" / f"{name}.ico"
        target.write_bytes(icon_file([drawn(name, side) for side in SIDES]))
        print(f"{target}: {target.stat().st_size} bytes")
    app.shutdown()
    return 0


def drawn(name: str, side: int) -> QImage:
    """One of our icons with ``side`` × ``side`` pixels on nothing."""
    svg = source_of(name, side)
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    # Else the resolution of whatever screen there is gets into the file.
    image.setDotsPerMeterX(INCH_96)
    image.setDotsPerMeterY(INCH_96)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(svg)).render(painter, QRectF(0, 0, side, side))
    painter.end()
    return image.convertToFormat(QImage.Format.Format_ARGB32)


def source_of(name: str, side: int) -> Path:
    kind = "-small" if side <= SMALL else ""
    return resources_folder() / "icons" / f"{name}{kind}.svg"


def png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # PySide takes str, its stub says bytes
    return bytes(QByteArray(buffer.data()).data())


def icon_file(images: list[QImage]) -> bytes:
    """An .ico: PNG for 256 pixels, bitmaps for the others, which resource compilers of old expect.

    https://learn.microsoft.com/windows/win32/menurc/icon-resource says how the head is made.
    """
    pictures = [png(one) if one.width() >= 256 else _bitmap(one) for one in images]
    head = struct.pack("<HHH", 0, 1, len(pictures))
    place = len(head) + 16 * len(pictures)
    entries = []
    for image, picture in zip(images, pictures, strict=True):
        side = image.width() % 256  # 0 stands for 256
        entries.append(struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(picture), place))
        place += len(picture)
    return b"".join([head, *entries, *pictures])


def _bitmap(image: QImage) -> bytes:
    """A device-independent bitmap, bottom row first, with an empty mask: the alpha decides."""
    side = image.width()
    head = struct.pack("<IiiHHIIiiII", 40, side, 2 * side, 1, 32, 0, 4 * side * side, 0, 0, 0, 0)
    pixels = bytes(image.constBits())
    rows = [pixels[row * side * 4 : (row + 1) * side * 4] for row in reversed(range(side))]
    mask = bytes((side + 31) // 32 * 4 * side)
    return b"".join([head, *rows, mask])


if __name__ == "__main__":
    raise SystemExit(main())
