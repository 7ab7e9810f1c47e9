"""One page on its way into a volume: what it shows, which part of it is seen, and how it is turned."""

from dataclasses import dataclass
from math import isfinite
from typing import Final

from esa_desktop.report.measures import A4

Box = tuple[float, float, float, float]
"""Left, lower, right and upper edge."""
Matrix = tuple[float, float, float, float, float, float]
_LEAST: Final = 3.0
"""Points below which a page is none."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page without its stamp. Drawn in user space, seen through ``box`` and then turned."""

    box: Box = (0.0, 0.0, *A4)
    rotation: int = 0
    """Clockwise, when it is shown: 0, 90, 180 or 270."""
    content: bytes = b""
    """Operators that draw it; balanced."""
    objects: tuple[tuple[str, int], ...] = ()
    """External objects the operators name, with their numbers."""
    entries: bytes = b""
    """Further entries of the page's dictionary."""

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as it is seen."""
        left, bottom, right, top = self.box
        across, up = right - left, top - bottom
        return (up, across) if self.rotation % 180 else (across, up)

    @property
    def upright(self) -> Matrix:
        """From the page as it is seen, with its lower left corner at 0, to user space."""
        left, bottom, right, top = self.box
        return {
            0: (1.0, 0.0, 0.0, 1.0, left, bottom),
            90: (0.0, 1.0, -1.0, 0.0, right, bottom),
            180: (-1.0, 0.0, 0.0, -1.0, right, top),
            270: (0.0, -1.0, 1.0, 0.0, left, top),
        }[self.rotation]


def visible_box(media: object, crop: object) -> Box:
    """What is seen of a page: the crop box as far as it lies on the paper; A4 where there is none."""
    paper = _box(media) or (0.0, 0.0, *A4)
    wanted = _box(crop)
    if wanted is None:
        return paper
    left, bottom = max(paper[0], wanted[0]), max(paper[1], wanted[1])
    right, top = min(paper[2], wanted[2]), min(paper[3], wanted[3])
    if right - left < _LEAST or top - bottom < _LEAST:
        return paper
    return left, bottom, right, top


def _box(values: object) -> Box | None:
    try:
        first, second, third, fourth = (float(value) for value in values)  # type: ignore[attr-defined]
    except (TypeError, ValueError, OverflowError):
        return None
    box = (min(first, third), min(second, fourth), max(first, third), max(second, fourth))
    if not all(map(isfinite, box)) or box[2] - box[0] < _LEAST or box[3] - box[1] < _LEAST:
        return None
    return box


def operands(values: Matrix | Box) -> bytes:
    """Numbers as PDF writes them."""
    return " ".join(f"{value:.4f}".rstrip("0").rstrip(".") or "0" for value in values).encode()
