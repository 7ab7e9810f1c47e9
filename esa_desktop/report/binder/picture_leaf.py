"""Photographs and scans on paper: upright, as large as the page lets them be, their samples kept if they can."""

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from math import ceil
from pathlib import Path
from typing import Any, Final

from esa_desktop.report.binder.leaf import Box
from esa_desktop.report.binder.volume_file import VolumeFile
from esa_desktop.report.pictures import FORMATS
from esa_desktop.report.printable_picture import FINEST, printable_picture

MOST_FRAMES: Final = 1_000
"""Pages of one TIFF."""
_MOST_PIXELS: Final = 40_000_000
_MOST_DOTS: Final = 100_000_000
"""Of a picture that can only be read as a whole, in colours or in black and white: 120 megabytes.
A JPEG is read small, however large it is.
"""
_ORIENTATION: Final = 0x0112
_TURNS: Final = {1: 0, 3: 180, 6: 90, 8: 270}
"""Degrees clockwise by the EXIF entry; mirrored pictures (2, 4, 5, 7) are set anew."""
_LARGEST_FILE: Final = 400_000_000
_PAPER: Final = (595.0, 842.0)


_FAULTS: Final = (
    OSError, SyntaxError, ValueError, EOFError, TypeError, LookupError, ArithmeticError,
    MemoryError, struct.error,
)  # fmt: skip
"""What decoders throw at damaged pictures."""


class PictureFault(Exception):
    """A picture that cannot be printed; says why, for the log."""


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """An external object of a volume, and how it is to be drawn."""

    number: int
    turn: int
    """Degrees clockwise."""
    across: int
    down: int
    """Pixels as it is seen, after turning."""

    def fitted(self, box: Box, coarsest: float) -> bytes:
        """Operators that draw it (as ``/P``) as large as a box lets it, in its middle at the top.

        ``coarsest``: points no pixel may be wider than.
        """
        left, bottom, right, top = box
        scale = min((right - left) / self.across, (top - bottom) / self.down, coarsest)
        width, height = self.across * scale, self.down * scale
        x, y = (left + right - width) / 2, top - height
        a = {
            0: (width, 0.0, 0.0, height, x, y),
            90: (0.0, -height, width, 0.0, x, y + height),
            180: (-width, 0.0, 0.0, -height, x + width, y + height),
            270: (0.0, height, -width, 0.0, x + width, y),
        }[self.turn]
        matrix = " ".join(f"{value:.3f}" for value in a)
        return f"q {matrix} cm /P Do Q".encode()


def pictures_of(path: Path, volume: VolumeFile) -> Iterator[PlacedPicture]:
    """Every page of a picture file, written into the volume. Raises `PictureFault`."""
    from PIL import Image as Pictures

    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise PictureFault("too large a file")
        with Pictures.open(path, formats=FORMATS) as opened:
            if opened.format == "JPEG":
                yield _jpeg(path.read_bytes(), opened, volume)
                return
            frames = getattr(opened, "n_frames", 1) if opened.format == "TIFF" else 1
            if frames > MOST_FRAMES:
                raise PictureFault(f"{frames} frames")
            for frame in range(frames):
                opened.seek(frame)
                most = _MOST_DOTS if opened.mode == "1" else _MOST_PIXELS
                if opened.width * opened.height > most:
                    raise PictureFault(f"{opened.width} × {opened.height} pixels")
                yield _set_anew(opened, volume)
    except (Pictures.DecompressionBombError, Pictures.DecompressionBombWarning) as error:
        raise PictureFault("a bomb") from error
    except _FAULTS as error:
        if isinstance(error, OSError) and error.errno is not None and error.filename is None:
            raise  # it is the volume that cannot be written
        raise PictureFault(f"{type(error).__name__}: {error}") from error


def _jpeg(content: bytes, opened: Any, volume: VolumeFile) -> PlacedPicture:
    """The camera's own samples where paper can show them; a finer picture is made coarser first."""
    turn = _TURNS.get(opened.getexif().get(_ORIENTATION, 1))
    if turn is None:
        return _set_anew(opened, volume)
    across, down = opened.size
    seen = (down, across) if turn % 180 else (across, down)
    width, height = _on_paper(*seen)
    paper = (height, width) if turn % 180 else (width, height)
    needed = (ceil(side / 72 * FINEST) for side in paper)
    large = any(pixels > 1.5 * most for pixels, most in zip((across, down), needed, strict=True))
    kept = opened.mode in ("L", "RGB") and not large
    if kept:
        opened.draft(None, (64, 64))  # proves that it is whole at an eighth of the work
        opened.load()
    else:
        content = printable_picture(content, *paper)
    return _write_jpeg(_without_remarks(content), turn, volume)


def _write_jpeg(content: bytes, turn: int, volume: VolumeFile) -> PlacedPicture:
    from PIL import Image as Pictures

    with Pictures.open(BytesIO(content)) as shown:
        across, down = shown.size
        colours = b"/DeviceGray" if shown.mode == "L" else b"/DeviceRGB"
    entries = _entries(across, down, 8, colours) + b"/Filter/DCTDecode"
    number = volume.add_stream(entries, content)
    seen = (down, across) if turn % 180 else (across, down)
    return PlacedPicture(number, turn, *seen)


def _set_anew(opened: Any, volume: VolumeFile) -> PlacedPicture:
    """Everything else: decoded, turned, reduced to what paper shows, on white where it is transparent."""
    from PIL import Image as Pictures
    from PIL import ImageOps

    opened.load()
    upright = ImageOps.exif_transpose(opened)
    if upright.mode in ("1", "L", "RGB"):
        shown = upright
    else:
        written = BytesIO()
        if upright.mode.startswith(("I", "F")):
            upright.save(written, "TIFF")
            shown = Pictures.open(BytesIO(printable_picture(written.getvalue(), 1e6, 1e6)))
        else:
            shown = _on_white(upright)
    width, height = _on_paper(*shown.size)
    most = ceil(width / 72 * FINEST), ceil(height / 72 * FINEST)
    if any(pixels > 1.5 * limit for pixels, limit in zip(shown.size, most, strict=True)):
        shown = shown.convert("L") if shown.mode == "1" else shown
        shown.thumbnail(most)
    return _write_samples(shown, volume)


def _on_white(picture: Any) -> Any:
    from PIL import Image as Pictures

    clear = picture.convert("RGBA")
    ground = Pictures.new("RGBA", clear.size, "white")
    return Pictures.alpha_composite(ground, clear).convert("RGB")


def _write_samples(shown: Any, volume: VolumeFile) -> PlacedPicture:
    across, down = shown.size
    if shown.mode == "1":
        entries, content = _fax(shown)
        number = volume.add_stream(_entries(across, down, 1, b"/DeviceGray") + entries, content)
        return PlacedPicture(number, 0, across, down)
    colours = b"/DeviceGray" if shown.mode == "L" else b"/DeviceRGB"
    packed = zlib.compress(shown.tobytes(), 6)
    if len(packed) > across * down // 3:  # a photograph: a drawing packs far better than that
        written = BytesIO()
        shown.save(written, "JPEG", quality=88)
        return _write_jpeg(written.getvalue(), 0, volume)
    entries = _entries(across, down, 8, colours) + b"/Filter/FlateDecode"
    return PlacedPicture(volume.add_stream(entries, packed), 0, across, down)


def _fax(shown: Any) -> tuple[bytes, bytes]:
    """Black and white as fax machines pack it, three times smaller than anything else."""
    from PIL import TiffImagePlugin

    written = BytesIO()
    shown.save(written, "TIFF", compression="group4", tiffinfo={278: shown.height})
    written.seek(0)
    tags = TiffImagePlugin.TiffImageFile(written).tag_v2
    start, length = tags[273][0], tags[279][0]
    if len(tags[273]) > 1:
        return b"/Filter/FlateDecode", zlib.compress(shown.tobytes(), 6)
    black = b"true" if tags[262] else b"false"
    parameters = b"/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns %d/Rows %d/BlackIs1 %s>>"
    return parameters % (*shown.size, black), written.getvalue()[start : start + length]


def _entries(across: int, down: int, bits: int, colours: bytes) -> bytes:
    return b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent %d/ColorSpace%s" % (
        across,
        down,
        bits,
        colours,
    )


def _on_paper(across: int, down: int) -> tuple[float, float]:
    """Points it takes on a page at most."""
    scale = min(_PAPER[0] / across, _PAPER[1] / down)
    return max(across * scale, 1.0), max(down * scale, 1.0)


_REMARK: Final = re.compile(rb"\xff[\xe1-\xed\xef\xfe]")


def _without_remarks(content: bytes) -> bytes:
    """A JPEG without what the camera wrote beside the picture: its place on earth among it.

    The marker of Adobe (EE) stays: it says how the colours are stored.
    """
    kept = [content[:2]]
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF and content[at + 1] != 0xDA:
        if content[at + 1] == 0xFF:
            at += 1
            continue
        length = int.from_bytes(content[at + 2 : at + 4], "big") + 2
        if not _REMARK.match(content, at):
            kept.append(content[at : at + length])
        at += length
    return b"".join([*kept, content[at:]])
