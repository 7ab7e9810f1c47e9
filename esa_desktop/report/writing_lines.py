"""Places to write on by hand: dotted lines, boxes to tick, and words with blanks between them."""

from collections.abc import Sequence
from typing import Final

from esa_desktop.report.line_drawing import draw_line
from esa_desktop.report.measures import MM, TextMeasures
from esa_desktop.report.slugs import FREE, Pen, Slug
from esa_desktop.report.structure import Element
from esa_desktop.report.text_layout import TextSetter
from esa_desktop.report.text_lines import Line
from esa_desktop.report.typesetter import PLAIN

_LEAST_PITCH: Final = 8 * MM
"""From one line to the next: what a hand needs."""
_BELOW_LINE: Final = 2.0
_DOTS: Final = "0.8 w [0.8 2.2] 0 d"
"""Short dashes rather than round dots of no length, which some printers leave out."""


def pitch(measures: TextMeasures) -> float:
    """From one writing line to the next, in points."""
    return max(_LEAST_PITCH, measures.leading)


def dotted(x: float, end: float, y: float) -> str:
    """Operators of a dotted line; nothing where there is no room for one."""
    return f"q {_DOTS} {x:.2f} {y:.2f} m {end:.2f} {y:.2f} l S Q" if end > x else ""


class WritingLine(Slug):
    """An empty line to write on, as wide as its column: an artifact, for there is nothing to read."""

    __slots__ = ("_width",)

    def __init__(self, width: float, height: float, cost: int = FREE) -> None:
        super().__init__(height, 0.0, cost)
        self._width = width

    def draw(self, pen: Pen, x: float, y: float) -> None:
        pen.decoration(dotted(x, x + self._width, y - self.height + _BELOW_LINE))


class Room(Slug):
    """White beside what stands in the other column."""

    __slots__ = ()

    def draw(self, pen: Pen, x: float, y: float) -> None:
        """Nothing is seen of it."""


class FillIn(Slug):
    """One line of words and of blanks to fill in by hand; a number is a blank's share of the room."""

    __slots__ = ("_ascent", "_blanks", "_size", "_words")

    def __init__(
        self, setter: TextSetter, parts: Sequence[str | float], width: float, height: float
    ) -> None:
        super().__init__(height, element=Element("P"))
        m = setter.measures
        self._ascent = height - m.leading + m.ascent * m.size
        measured = {
            part: setter.typesetter.measure([(part, PLAIN)], m.size)
            for part in parts
            if isinstance(part, str) and part
        }
        shares = sum(part for part in parts if not isinstance(part, str))
        room = max(width - sum(text.width for text in measured.values()), 0.0)
        self._words: list[tuple[Line, float]] = []
        self._blanks: list[tuple[float, float]] = []
        x = 0.0
        for part in parts:
            if not isinstance(part, str):
                self._blanks.append((x, x + room * part / shares))
                x += room * part / shares
            elif part:
                text = measured[part]
                self._words.append((Line(text, 0, len(text.pieces), text.width, 0.0), x))
                x += text.width

    def draw(self, pen: Pen, x: float, y: float) -> None:
        base = y - self._ascent
        for line, left in self._words:
            pen.text(self.element, draw_line(line, x + left, base))
        for left, right in self._blanks:
            pen.decoration(dotted(x + left + 1, x + right - 1, base - 1.0))


def tick_box(pen: Pen, cell: Element, x: float, y: float, size: float, words: str) -> None:
    """An empty box with its lower left corner at (x, y); ``words`` are read out in its place."""
    edge = pen.bounds(x, y, x + size, y + size)
    figure = cell.add("Figure", alt=words, attributes=edge)
    pen.text(figure, f"q 0.8 w {x:.2f} {y:.2f} {size:.2f} {size:.2f} re S Q")
