"""What is drawn in the cells of the program's own tables: a tick, a bar, and the scale above bars."""

from dataclasses import dataclass
from typing import Final

from esa_desktop.report.book.grid import PAD
from esa_desktop.report.line_drawing import draw_line
from esa_desktop.report.slugs import Pen
from esa_desktop.report.structure import Element
from esa_desktop.report.text_lines import Line
from esa_desktop.report.typesetter import BOLD, Typesetter

HIGHEST: Final = 5
"""The best level: the right end of every bar."""
_BAR_GREY: Final = 0.42
_SCALE_GREY: Final = 0.75


@dataclass(frozen=True, slots=True)
class Tick:
    """A level that was chosen."""

    alt: str
    size: float

    def draw(
        self, pen: Pen, cell: Element | None, x: float, y: float, width: float, height: float
    ) -> None:
        left = x + (width - self.size) / 2
        low = y - (height + self.size) / 2
        s = self.size
        strokes = (
            f"{left + 0.06 * s:.2f} {low + 0.46 * s:.2f} m {left + 0.36 * s:.2f} {low + 0.12 * s:.2f} l "
            f"{left + 0.96 * s:.2f} {low + 0.92 * s:.2f} l"
        )
        figure = _figure(pen, cell, self.alt, (left, low, s, s))
        pen.text(figure, f"q {0.15 * s:.2f} w 1 J 1 j {strokes} S Q")


@dataclass(frozen=True, slots=True)
class Bar:
    """A value from 0 to 5."""

    value: float
    alt: str
    thickness: float
    margin: float
    """White left and right: half of what a digit of the scale needs."""
    pure_black: bool

    def draw(
        self, pen: Pen, cell: Element | None, x: float, y: float, width: float, height: float
    ) -> None:
        left, room = x + self.margin, width - 2 * self.margin
        low = y - (height + self.thickness) / 2
        scale = 0.0 if self.pure_black else _SCALE_GREY
        rules = " ".join(
            f"{left + room * level / HIGHEST:.2f} {y:.2f} m "
            f"{left + room * level / HIGHEST:.2f} {y - height:.2f} l"
            for level in range(HIGHEST + 1)
        )
        dashes = "[1 2] 0 d" if self.pure_black else ""
        pen.decoration(f"q {scale:g} G 0.3 w {dashes} {rules} S Q")
        length = room * min(max(self.value, 0.0), HIGHEST) / HIGHEST
        figure = _figure(pen, cell, self.alt, (left, low, length, self.thickness))
        grey = 0.0 if self.pure_black else _BAR_GREY
        box = f"{left:.2f} {low:.2f} {length:.2f} {self.thickness:.2f}"
        pen.text(figure, f"q {grey:g} g {box} re f Q")


@dataclass(frozen=True, slots=True)
class Scale:
    """The levels 0 to 5 above the bars, each where a bar of that length ends."""

    typesetter: Typesetter
    size: float
    digits: tuple[str, ...]
    """Of 0 to 5, as this print writes them."""
    ascent: float
    leading: float

    @property
    def margin(self) -> float:
        return PAD + max(self._line(digit).width for digit in self.digits) / 2

    def draw(
        self, pen: Pen, cell: Element | None, x: float, y: float, width: float, height: float
    ) -> None:
        room = width - 2 * self.margin
        base = y - (height - self.leading) / 2 - self.ascent * self.size + 0.5
        for level, digit in enumerate(self.digits):
            line = self._line(digit)
            middle = x + self.margin + room * level / HIGHEST
            pen.text(cell, draw_line(line, middle - line.width / 2, base))

    def _line(self, digit: str) -> Line:
        text = self.typesetter.measure([(digit, BOLD)], self.size)
        return Line(text, 0, len(text.pieces), text.width, 0.0)


def _figure(
    pen: Pen, cell: Element | None, alt: str, box: tuple[float, float, float, float]
) -> Element | None:
    """``box``: left, lower edge, width, height."""
    if cell is None:
        return None
    x, y, width, height = box
    return cell.add("Figure", alt=alt, attributes=pen.bounds(x, y, x + width, y + height))
