"""Pictures as paper and archives want them: no finer than print, in red, green and blue or grey."""

from io import BytesIO
from math import ceil
from typing import Any, Final

FINEST: Final = 300
"""Pixels an inch: what is finer than this only makes a file that no scale of a chat takes."""
_SPARED: Final = 1.5
"""Pictures up to so much finer are left as they are: setting them anew costs sharpness."""
_DEEP: Final = ("I", "F")
"""Modes of pictures with more than eight bits a sample; ``I;16`` and its kin begin like the first."""
_READY: Final = ("1", "L", "LA", "P", "PA", "RGB", "RGBA")


def printable_picture(picture: bytes, width: float, height: float) -> bytes:
    """The picture itself, or what paper can show of it at this size (points).

    Colours of ink become light: beside the document's sRGB PDF/A allows no CMYK. Samples of
    sixteen bits become eight: ReportLab cuts them off at 255, which makes most of a scan white.
    """
    from PIL import Image as Pictures

    most = ceil(width / 72 * FINEST), ceil(height / 72 * FINEST)
    with Pictures.open(BytesIO(picture)) as opened:
        large = any(
            pixels > _SPARED * limit for pixels, limit in zip(opened.size, most, strict=True)
        )
        if opened.mode in _READY and not large:
            return picture
        kind = opened.format
        if large:
            opened.draft(None, most)  # a photograph is read an eighth, a quarter or a half as large
        shown = _reduced(_in_light(opened), most) if large else _in_light(opened)
        written = BytesIO()
        if kind == "JPEG":
            shown.save(written, "JPEG", quality=90)
        else:
            shown.save(written, "PNG")
        return written.getvalue()


def _in_light(opened: Any) -> Any:
    if opened.mode in _READY:
        return opened
    return _eight_bits(opened) if opened.mode.startswith(_DEEP) else opened.convert("RGB")


def _reduced(picture: Any, most: tuple[int, int]) -> Any:
    """As many pixels as paper shows; a few colours are mixed, so they need a mode that can."""
    mixed = {"1": "L", "P": "RGBA", "PA": "RGBA"}
    small = picture.convert(mixed[picture.mode]) if picture.mode in mixed else picture.copy()
    small.thumbnail(most)
    return small


def _eight_bits(deep: Any) -> Any:
    """Sixteen bits are sixteen bits whether all are used or not; anything else is spread out."""
    whole = deep.convert("F")
    low, high = (0.0, 65535.0) if deep.mode.startswith("I") else whole.getextrema()
    scale = 255.0 / (high - low or 1.0)
    return whole.point(lambda value: value * scale - low * scale).convert("L")
