"""A drawn page or picture, ready for the screen."""

from dataclasses import dataclass
from typing import Final

MOST_PIXELS: Final = 24_000_000
"""Of what is drawn: a chat of a whole day at the width of the window, a page at 400 dots an inch."""


@dataclass(frozen=True, slots=True)
class Picture:
    width: int
    height: int
    rgb: bytes
    """Three bytes a pixel, rows without padding, the upper left first."""


def fitting(width: float, height: float, box: tuple[int, int]) -> float:
    """The scale at which this fits in ``box`` and is no more than `MOST_PIXELS`."""
    scale = min(box[0] / width, box[1] / height)
    return float(min(scale, (MOST_PIXELS / (width * height)) ** 0.5))
