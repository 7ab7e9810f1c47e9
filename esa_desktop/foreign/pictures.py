"""Photographs and scans: measured, turned upright and shrunk by Pillow, within bounded memory."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from esa_desktop.foreign.drawn import Picture, fitting
from esa_desktop.foreign.trouble import DAMAGED, TOO_LARGE, TOO_MANY_PAGES, Unshowable

MOST_BYTES: Final = 300 << 20
"""Of a picture once it is unpacked: A3 in colours at 600 dots an inch, A2 in greys."""
MOST_PAGES: Final = 2_000
_COSTS: Final = {"1": 2, "L": 2, "P": 5, "I;16": 8, "I;16B": 8, "I;16L": 8}
"""Bytes a pixel while it becomes a picture for the screen; all others take `_COST`."""
_COST: Final = 4
_ORIENTATION: Final = 0x0112
_LYING: Final = (5, 6, 7, 8)
"""Orientations of EXIF in which width and height change places."""
_TRIAL: Final = 64
_FORMATS: Final = {
    "jpeg": ("JPEG", "MPO"),
    "png": ("PNG",),
    "gif": ("GIF",),
    "bmp": ("BMP",),
    "tiff": ("TIFF",),
    "webp": ("WEBP",),
    "heic": ("HEIF",),
}


def look(path: Path, sort: str, tell: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    """Its size as a person sees it, upright. Decodes it: only so it is known to be whole."""
    with _opened(path, sort) as image:
        width, height = image.size
        if _orientation(image) in _LYING:
            width, height = height, width
        found = {"pages": 1, "width": width, "height": height}
        tell(found)
        found["pages"] = _pages(image, sort)
        _shrunk(image, (_TRIAL, _TRIAL))
        return found


def draw(path: Path, sort: str, box: tuple[int, int], page: int, turn: int) -> tuple[Picture, int]:
    """As large as fits in ``box``, but not larger than it is; and how many pages there are."""
    with _opened(path, sort) as image:
        pages = _pages(image, sort)
        if not 0 <= page < pages:
            raise Unshowable(DAMAGED)
        if page:
            image.seek(page)
        shown = _upright(image, box[::-1] if turn % 2 else box)
        if turn % 4:
            shown = shown.rotate(-90 * turn, expand=True)
        return Picture(shown.width, shown.height, shown.tobytes()), pages


def printable(path: Path, sort: str, long_side: int, quality: int) -> bytes:
    """An upright JPEG without what the telephone knew (place, time, owner)."""
    with _opened(path, sort) as image:
        upright = _upright(image, (long_side, long_side))
        written = io.BytesIO()
        upright.save(written, "JPEG", quality=quality, optimize=True)
        return written.getvalue()


@contextmanager
def _opened(path: Path, sort: str) -> Iterator[Any]:
    import warnings

    from PIL import Image, ImageFile, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # `_afford` counts bytes, which is what there is a lack of
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    _learn(sort)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd tags; they are a stranger's business
            with Image.open(path, formats=_FORMATS[sort]) as image:
                if sort != "jpeg":  # which is not unpacked at its full size
                    _afford(image)
                if sort == "png":
                    # Asking for its EXIF would load it, and what that finds broken be lost.
                    image.load()
                yield image
    except UnidentifiedImageError as error:
        raise Unshowable(DAMAGED) from error
    except Image.DecompressionBombError as error:
        raise Unshowable(TOO_LARGE) from error
    except (OSError, ValueError, SyntaxError, TypeError, LookupError, EOFError) as error:
        raise Unshowable(DAMAGED) from error
    except (OverflowError, ZeroDivisionError, AttributeError, RuntimeError) as error:
        # Pillow's parsers meet a stranger's numbers with whatever Python then raises.
        raise Unshowable(DAMAGED) from error


def _learn(sort: str) -> None:
    """Pillow learns a format when its module is imported."""
    if sort == "tiff":
        import PIL.TiffImagePlugin
    elif sort == "webp":
        import PIL.WebPImagePlugin
    elif sort == "jpeg":
        import PIL.MpoImagePlugin  # noqa: F401
    elif sort == "heic":
        import pi_heif

        pi_heif.register_heif_opener(thumbnails=False)


def _pages(image: Any, sort: str) -> int:
    """Of a scanned TIFF; moving pictures stand still here."""
    if sort != "tiff":
        return 1
    pages = int(image.n_frames)
    if pages > MOST_PAGES:
        raise Unshowable(TOO_MANY_PAGES)
    return pages


def _orientation(image: Any) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # noqa: BLE001 - EXIF is full of nonsense, and the picture is fine without
        return 1


def _upright(image: Any, box: tuple[int, int]) -> Any:
    """In RGB, as large as fits in ``box``."""
    from PIL import Image

    orientation = _orientation(image)
    shown = _flat(_shrunk(image, box[::-1] if orientation in _LYING else box))
    turns = Image.Transpose
    turn = {
        2: turns.FLIP_LEFT_RIGHT,
        3: turns.ROTATE_180,
        4: turns.FLIP_TOP_BOTTOM,
        5: turns.TRANSPOSE,
        6: turns.ROTATE_270,
        7: turns.TRANSVERSE,
        8: turns.ROTATE_90,
    }.get(orientation)
    return shown if turn is None else shown.transpose(turn)


def _shrunk(image: Any, box: tuple[int, int]) -> Any:
    """Decoded and made to fit; a JPEG is read at an eighth, a quarter or half of its size."""
    from PIL import Image

    profile = image.info.get("icc_profile")
    image.draft(None, box)
    _afford(image)
    image.load()
    shown = image
    if image.mode.startswith("I;16"):
        shown = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    elif image.mode == "1":
        shown = image.convert("L")
    elif image.mode in ("P", "PA"):
        shown = image.convert("RGBA" if "transparency" in image.info else "RGB")
    elif image.mode == "I":
        shown = image.point(lambda value: value * (1 / 256)).convert("L")
    scale = min(fitting(shown.width, shown.height, box), 1.0)
    size = (max(1, round(shown.width * scale)), max(1, round(shown.height * scale)))
    if size != shown.size:
        shown = shown.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    return _in_usual_colours(shown, profile)


def _afford(image: Any) -> None:
    width, height = image.size
    if width < 1 or height < 1:
        raise Unshowable(DAMAGED)
    if width * height * _COSTS.get(image.mode, _COST) > MOST_BYTES:
        raise Unshowable(TOO_LARGE)


def _in_usual_colours(image: Any, profile: bytes | None) -> Any:
    """Telephones and scanners have colours of their own; without their profile reds are dull."""
    if not profile or image.mode != "RGB":
        return image
    try:
        from PIL import ImageCms

        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(
            image, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except Exception:  # noqa: BLE001 - a profile nobody understands is left out
        return image


def _flat(image: Any) -> Any:
    """On white paper: what is transparent there is white."""
    from PIL import Image

    if "A" in image.mode or "a" in image.mode:
        seen = image.convert("RGBA")
        paper = Image.new("RGB", seen.size, "white")
        paper.paste(seen, mask=seen.getchannel("A"))
        return paper
    return image.convert("RGB")
