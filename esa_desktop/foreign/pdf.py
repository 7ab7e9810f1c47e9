"""Pages of a PDF: counted, measured, read and drawn by PDFium, which here has no JavaScript."""

import ctypes
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from esa_desktop.foreign.drawn import Picture, fitting
from esa_desktop.foreign.trouble import (
    DAMAGED,
    LOCKED,
    NO_PAGES,
    NO_SCAN,
    PARTLY_DAMAGED,
    TOO_MANY_PAGES,
    Unshowable,
)

MOST_PAGES: Final = 20_000
WORDS_PAGES: Final = 5
"""Whose words are read: what a document is about stands on its first pages."""
COVERED: Final = 0.7
"""Of a page, by pictures: scanners leave out margins, and no page of words has so many."""
_PASSWORD: Final = 4
"""FPDF_ERR_PASSWORD."""
_TRIAL: Final = 64
"""Pixels of the picture that shows whether the first page can be drawn at all."""


def look(path: Path, most_letters: int, tell: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    """What is in it; ``tell`` hears what is known before the work that may fail begins."""
    from esa_desktop.foreign.pdf_scripts import has_scripts

    with _opened(path) as document:
        found: dict[str, Any] = {"pages": _count(document), "is_encrypted": _is_encrypted(document)}
        width, height = document.get_page_size(0)
        found |= {"width": round(width), "height": round(height)}
        tell(found)
        found["has_scripts"] = has_scripts(path, document)
        tell(found)
        whole = all(_has_page(document, number) for number in range(found["pages"]))
        found["sentence"] = "" if whole else PARTLY_DAMAGED
        found["words"] = _words(document, most_letters)
        _drawn(document, 0, (_TRIAL, _TRIAL), 0)
        return found


def draw(path: Path, box: tuple[int, int], page: int, turn: int) -> tuple[Picture, int]:
    """One page as large as fits in ``box``, and the number of pages."""
    with _opened(path) as document:
        pages = _count(document)
        if not 0 <= page < pages:
            raise Unshowable(NO_PAGES)
        return _drawn(document, page, box, turn), pages


def printable(path: Path, long_side: int, quality: int) -> bytes:
    """A smaller PDF of a scan, each page one JPEG of ``long_side`` pixels; ``Unshowable`` for others.

    A page that is no scanned picture would lose more than size: its letters would become dots.
    """
    from pypdfium2 import PdfDocument

    with _opened(path) as document:
        count = _count(document)
        if not all(_is_scan(document, number) for number in range(count)):
            raise Unshowable(NO_SCAN)
        copy = PdfDocument.new()
        try:
            for number in range(count):
                width, height = document.get_page_size(number)
                picture = _drawn(document, number, (long_side, long_side), 0)
                _add_page(copy, (width, height), _jpeg(picture, quality))
            content = io.BytesIO()
            copy.save(content)
        finally:
            copy.close()
        return content.getvalue()


def _is_scan(document: Any, number: int) -> bool:
    """Whether pictures cover the page; the letters of an OCR below or above them do not count."""
    from pypdfium2 import raw

    page = document[number]
    try:
        left, bottom, right, top = page.get_bbox()
        covered = 0.0
        for picture in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4):
            x1, y1, x2, y2 = picture.get_bounds()
            wide = min(x2, right) - max(x1, left)
            high = min(y2, top) - max(y1, bottom)
            covered += max(wide, 0.0) * max(high, 0.0)
        return bool(covered >= COVERED * (right - left) * (top - bottom))
    finally:
        page.close()


def _jpeg(picture: Picture, quality: int) -> bytes:
    from PIL import Image

    content = io.BytesIO()
    image = Image.frombytes("RGB", (picture.width, picture.height), picture.rgb)
    image.save(content, "JPEG", quality=quality, optimize=True)
    return content.getvalue()


def _add_page(copy: Any, size: tuple[float, float], jpeg: bytes) -> None:
    from pypdfium2 import PdfImage, PdfMatrix

    page = copy.new_page(*size)
    image = PdfImage.new(copy)
    image.load_jpeg(io.BytesIO(jpeg), inline=True)
    image.set_matrix(PdfMatrix().scale(*size))
    page.insert_obj(image)
    page.gen_content()
    page.close()


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(path)
    except PdfiumError as error:
        if getattr(error, "err_code", 0) == _PASSWORD:
            raise Unshowable(LOCKED, is_encrypted=True) from error
        raise Unshowable(DAMAGED) from error
    try:
        # Before the first page is loaded, or what was filled in is not drawn.
        document.init_forms()
        yield document
    except PdfiumError as error:
        raise Unshowable(DAMAGED) from error
    finally:
        document.close()


def _count(document: Any) -> int:
    pages = len(document)
    if pages < 1:
        raise Unshowable(NO_PAGES)
    if pages > MOST_PAGES:
        raise Unshowable(TOO_MANY_PAGES)
    return pages


def _is_encrypted(document: Any) -> bool:
    from pypdfium2 import raw

    return int(raw.FPDF_GetSecurityHandlerRevision(document)) >= 0


def _has_page(document: Any, number: int) -> bool:
    from pypdfium2 import raw

    width, height = ctypes.c_double(), ctypes.c_double()
    return bool(raw.FPDF_GetPageSizeByIndex(document, number, width, height))


def _words(document: Any, most: int) -> str:
    words: list[str] = []
    for number in range(min(len(document), WORDS_PAGES)):
        if most <= 0 or not _has_page(document, number):
            continue
        page = document[number]
        text = page.get_textpage()
        count = min(text.count_chars(), most)
        if count > 0:
            words.append(text.get_text_range(0, count))
            most -= count
        text.close()
        page.close()
    return "\n".join(words)


def _drawn(document: Any, number: int, box: tuple[int, int], turn: int) -> Picture:
    page = document[number]
    width, height = page.get_size()
    if turn % 2:
        width, height = height, width
    if not (width > 0 and height > 0):
        raise Unshowable(DAMAGED)
    scale = fitting(width, height, box)
    # PdfPage.render rounds up; a page as thin as a thread still gets its pixel.
    bitmap = page.render(
        scale=scale * 0.9999, rotation=turn * 90, rev_byteorder=True, maybe_alpha=False
    )
    picture = _packed(bitmap)
    bitmap.close()
    page.close()
    return picture


def _packed(bitmap: Any) -> Picture:
    """PDFium pads its rows to four bytes."""
    row, width, height = bitmap.width * 3, bitmap.width, bitmap.height
    if bitmap.n_channels != 3:
        raise Unshowable(DAMAGED)
    content = bytes(bitmap.buffer)
    if bitmap.stride != row:
        content = b"".join(
            content[start : start + row]
            for start in range(0, bitmap.stride * height, bitmap.stride)
        )
    return Picture(width, height, content)
