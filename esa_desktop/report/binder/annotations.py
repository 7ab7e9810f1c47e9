"""What annotations of a page show on paper: stamps, marks, what was typed into a form; not what they do."""

from collections.abc import Iterator
from typing import Any, Final

import pikepdf

from esa_desktop.report.binder.leaf import Matrix

_NEVER: Final = {
    "/Popup", "/Link", "/FileAttachment", "/Sound", "/Movie", "/Screen", "/3D", "/RichMedia",
    "/Text", "/TrapNet", "/PrinterMark",
}  # fmt: skip
"""Kinds that are doors to something, or notes that lie over the page until somebody opens them."""
_HIDDEN: Final = 1 << 1
_PRINT: Final = 1 << 2
_NO_VIEW: Final = 1 << 5
_MOST: Final = 2_000


def shown_annotations(page: pikepdf.Page) -> Iterator[tuple[pikepdf.Stream, Matrix]]:
    """The appearance of each, and how it is placed on the page (ISO 32000-1, 12.5.5)."""
    annotations = page.obj.get("/Annots")
    if not isinstance(annotations, pikepdf.Array):
        return
    for place, annotation in enumerate(annotations):
        if place >= _MOST:
            return
        if isinstance(annotation, pikepdf.Dictionary) and _is_printed(annotation):
            stream = _appearance(annotation)
            matrix = _placed(stream, annotation.get("/Rect")) if stream is not None else None
            if stream is not None and matrix is not None and stream.is_indirect:
                yield stream, matrix


def _is_printed(annotation: Any) -> bool:
    flags = annotation.get("/F", 0)
    flags = int(flags) if isinstance(flags, int) else 0
    kind = str(annotation.get("/Subtype", ""))
    if kind in _NEVER or flags & (_HIDDEN | _NO_VIEW):
        return False
    return kind != "/Widget" or bool(flags & _PRINT)


def _appearance(annotation: Any) -> pikepdf.Stream | None:
    """The normal one, of the state it is in."""
    appearances = annotation.get("/AP")
    if not isinstance(appearances, pikepdf.Dictionary):
        return None
    normal = appearances.get("/N")
    if isinstance(normal, pikepdf.Dictionary) and not isinstance(normal, pikepdf.Stream):
        normal = normal.get(str(annotation.get("/AS", "/Off")))
    return normal if isinstance(normal, pikepdf.Stream) else None


def _placed(stream: pikepdf.Stream, rectangle: Any) -> Matrix | None:
    try:
        x0, y0, x1, y1 = (float(value) for value in rectangle)
        left, bottom, right, top = (float(value) for value in stream.BBox)
        matrix = [float(value) for value in stream.get("/Matrix", (1, 0, 0, 1, 0, 0))]
    except (TypeError, ValueError, AttributeError):
        return None
    if len(matrix) != 6:
        return None
    a, b, c, d, e, f = matrix
    corners = [(x, y) for x in (left, right) for y in (bottom, top)]
    across = [a * x + c * y + e for x, y in corners]
    up = [b * x + d * y + f for x, y in corners]
    width, height = max(across) - min(across), max(up) - min(up)
    if width <= 0 or height <= 0 or x0 == x1 or y0 == y1:
        return None
    wide, high = abs(x1 - x0) / width, abs(y1 - y0) / height
    return wide, 0.0, 0.0, high, min(x0, x1) - wide * min(across), min(y0, y1) - high * min(up)
