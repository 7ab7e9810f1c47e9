"""What only the manual has in its columns: items of lists, notes on grey, pictures with a hairline."""

from collections.abc import Sequence
from typing import Final

from esa_desktop.report.slugs import POOR, ImageSlug, Pen, Slug
from esa_desktop.report.structure import Element

PAD: Final = 7.0
"""Points of grey around a note, and of white beside its bar."""
_BAR: Final = 2.5
_BAR_GREY: Final = 0.45
_NOTE_GREY: Final = 0.95
_HAIRLINE: Final = "0.4 w 0.65 G"


class ItemLine(Slug):
    """A line of an item: for the structure tree a part of the whole list."""

    __slots__ = ("_line",)

    def __init__(self, line: Slug, listed: Element) -> None:
        super().__init__(line.height, line.before, line.cost, listed)
        self._line = line

    def draw(self, pen: Pen, x: float, y: float) -> None:
        self._line.draw(pen, x, y)


class NoteLine(Slug):
    """A line of a note with its part of the grey and of the bar at the left."""

    __slots__ = ("_above", "_line", "_width")

    def __init__(self, line: Slug, width: float, *, is_first: bool, is_last: bool) -> None:
        self._above = PAD if is_first else 0.0
        below = PAD if is_last else 0.0
        super().__init__(line.height + self._above + below, 0.0, line.cost, line.element)
        self._line = line
        self._width = width

    def draw(self, pen: Pen, x: float, y: float) -> None:
        lower = y - self.height
        ground = f"{x:.2f} {lower:.2f} {self._width:.2f} {self.height:.2f} re f"
        bar = f"{x:.2f} {lower:.2f} {_BAR:.2f} {self.height:.2f} re f"
        pen.decoration(f"q {_NOTE_GREY:g} g {ground} {_BAR_GREY:g} g {bar} Q")
        self._line.draw(pen, x + _BAR + PAD, y - self._above)


def note_lines(lines: Sequence[Slug], width: float) -> list[Slug]:
    """A note as bands; a page rather ends above it than inside it."""
    last = len(lines) - 1
    made: list[Slug] = []
    for place, line in enumerate(lines):
        band = NoteLine(line, width, is_first=place == 0, is_last=place == last)
        if place:
            band.cost = max(band.cost, POOR)
        made.append(band)
    return made


def note_width(width: float) -> float:
    """Of the text in a note."""
    return width - _BAR - 2 * PAD


class FramedPicture(ImageSlug):
    """A picture of a window that is as white as the paper needs an edge."""

    __slots__ = ("_frame",)

    def __init__(self, picture: bytes, x: float, width: float, height: float) -> None:
        super().__init__(picture, x, width, height)
        self._frame = (x, width, height)

    def draw(self, pen: Pen, x: float, y: float) -> None:
        super().draw(pen, x, y)
        left, width, height = self._frame
        box = f"{x + left:.2f} {y - height - 2.0:.2f} {width:.2f} {height:.2f} re S"
        pen.decoration(f"q {_HAIRLINE} {box} Q")
