"""Pictures in colours an archive may hold: red, green and blue or grey, eight bits each."""

from io import BytesIO
from typing import Any, Final

_DEEP: Final = ("I", "F")
"""Modes of pictures with more than eight bits a sample; ``I;16`` and its kin begin like the first."""
_READY: Final = ("1", "L", "LA", "P", "PA", "RGB", "RGBA")


def with_printable_colours(picture: bytes) -> bytes:
    """The picture itself, or the same one without colours of ink and without sixteen-bit samples.

    The output intent of the document is sRGB: beside it PDF/A allows no CMYK. ReportLab cuts deep
    samples off at 255, which makes most of a scan white.
    """
    from PIL import Image as Pictures

    with Pictures.open(BytesIO(picture)) as opened:
        if opened.mode in _READY:
            return picture
        converted = _eight_bits(opened) if opened.mode.startswith(_DEEP) else opened.convert("RGB")
        written = BytesIO()
        if opened.format == "JPEG":
            converted.save(written, "JPEG", quality=92)
        else:
            converted.save(written, "PNG")
        return written.getvalue()


def _eight_bits(deep: Any) -> Any:
    """Sixteen bits are sixteen bits whether all are used or not; anything else is spread out."""
    whole = deep.convert("F")
    low, high = (0.0, 65535.0) if deep.mode.startswith("I") else whole.getextrema()
    scale = 255.0 / (high - low or 1.0)
    return whole.point(lambda value: value * scale - low * scale).convert("L")
