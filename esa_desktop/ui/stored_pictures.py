"""Pictures of texts for the screen: photographs and drawings in dots, never anything else Qt could open."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QImageReader

_HEAD: Final = 16
_SIGNS: Final = (
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"\xff\xd8\xff", "jpeg"),
    (0, b"GIF8", "gif"),
    (0, b"BM", "bmp"),
    (0, b"II*\x00", "tiff"),
    (0, b"MM\x00*", "tiff"),
    (8, b"WEBP", "webp"),
)


def picture_format(head: bytes) -> str:
    """Qt's name of it by its first bytes; empty for all else.

    Qt would open SVG and PDF, too: readers far larger than these, and a picture may have come in
    a package from anybody.
    """
    return next((form for place, sign, form in _SIGNS if head.startswith(sign, place)), "")


def stored_picture(content: bytes | None) -> QImage | None:
    """``None`` where there is no picture."""
    form = picture_format(content[:_HEAD]) if content else ""
    if not content or not form:
        return None
    picture = QImage.fromData(content, form)  # type: ignore[arg-type]  # its stub wants bytes
    return None if picture.isNull() else picture


def picture_in(file: Path, widest: int) -> QImage:
    """A picture file the right way up and no more than ``widest`` pixels wide; null for any other."""
    try:
        with file.open("rb") as opened:
            form = picture_format(opened.read(_HEAD))
    except OSError:
        form = ""
    if not form:
        return QImage()
    reader = QImageReader(str(file), form.encode())
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and size.width() > widest:
        height = max(1, round(size.height() * widest / size.width()))
        reader.setScaledSize(QSize(widest, height))
    return reader.read()
