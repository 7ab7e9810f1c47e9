"""Pictures inside a text: proved whole, turned upright, fitted to their column."""

from dataclasses import dataclass
from io import BytesIO
from typing import Final

from esa_desktop.report.slugs import ImageSlug, Slug

_ORIENTATION: Final = 0x0112
"""The EXIF entry by which a camera tells how it was held; 1 is upright."""
_MOST_PIXELS: Final = 40_000_000
"""Of a picture that can only be read as a whole: a sheet of A4 scanned at 600 dots an inch has 35
million. A photograph is read small, however large it is.
"""
FORMATS: Final = ("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP")
"""What is read as a picture. Pillow knows many more; for one of them it starts Ghostscript."""
_PROOF: Final = (64, 64)
"""Pixels to which a JPEG is reduced when it is only read to see that it is whole."""


@dataclass(frozen=True, slots=True)
class Picture:
    content: bytes
    width: float
    """As the person wanted it; 0 for as wide as the column."""
    ratio: float
    """Height over width."""
    tallest: float

    def slugs(self, column: float) -> list[Slug]:
        width = min(self.width if self.width > 0 else column, column)
        height = width * self.ratio
        if height > self.tallest:
            width, height = self.tallest / self.ratio, self.tallest
        return [ImageSlug(self.content, 0.0, width, height)]


def upright_picture(stored: bytes) -> tuple[bytes, tuple[int, int]] | None:
    """The picture as people see it, with its pixels across and down: it may have come from anybody.

    ``None`` for what is no picture, breaks off in its middle or needs more memory than there is.
    """
    from PIL import Image as Pictures

    try:
        with Pictures.open(BytesIO(stored), formats=FORMATS) as opened:
            size = opened.size
            if opened.format != "JPEG" and size[0] * size[1] > _MOST_PIXELS:
                return None
            if opened.getexif().get(_ORIENTATION, 1) in range(2, 9):
                return _turned(stored)
            opened.draft("RGB", _PROOF)  # an eighth of the work for a photograph
            opened.load()
    except (OSError, SyntaxError, ValueError, EOFError):
        return None
    except (Pictures.DecompressionBombError, Pictures.DecompressionBombWarning):
        return None
    return (stored, size) if min(size) > 0 else None


def _turned(stored: bytes) -> tuple[bytes, tuple[int, int]]:
    from PIL import Image as Pictures
    from PIL import ImageOps

    with Pictures.open(BytesIO(stored), formats=FORMATS) as opened:
        upright = ImageOps.exif_transpose(opened)
        written = BytesIO()
        if opened.format == "JPEG":
            upright.save(written, "JPEG", quality=90)
        else:
            upright.save(written, "PNG")
        return written.getvalue(), upright.size
