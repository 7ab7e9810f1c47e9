"""A level of the ladder: its box, ticked or not, above its digit."""

from collections.abc import Callable
from dataclasses import dataclass

from esa_desktop.report.line_drawing import draw_line
from esa_desktop.report.measures import SheetMeasures
from esa_desktop.report.slugs import Pen
from esa_desktop.report.structure import Element
from esa_desktop.report.text_lines import Line
from esa_desktop.report.typesetter import BOLD, PLAIN, Typesetter


@dataclass(frozen=True, slots=True)
class LevelBox:
    level: int
    chosen: int | None
    """The level of the indicator; ``None`` = not chosen yet."""
    digits: Callable[[object], str]

    def draw(
        self,
        pen: Pen,
        cell: Element,
        typesetter: Typesetter,
        measures: SheetMeasures,
        x: float,
        y: float,
    ) -> None:
        """In the middle around ``x``, as in the form; ``y`` is the upper edge of the row."""
        m, text = measures, measures.text
        ticked = self.level == self.chosen
        left = x - m.box / 2
        bottom = y - m.pad_top - text.leading / 2 - m.box / 2 - 1.5
        bounds = pen.bounds(left, bottom, left + m.box, bottom + 1.14 * m.box)
        figure = cell.add("Figure", alt=self._words, attributes=bounds)
        pen.text(figure, _box(m, left, bottom) + (_tick(m, left, bottom) if ticked else ""))
        style = BOLD if ticked else PLAIN
        digit = typesetter.measure([(self.digits(self.level), style)], text.size)
        base = y - m.pad_top - text.leading - text.ascent * text.size + 1.5
        line = Line(digit, 0, 1, digit.width, 0.0)
        pen.text(cell, draw_line(line, x - digit.width / 2, base))

    @property
    def _words(self) -> str:
        """What is read out in place of the box."""
        digit = self.digits(self.level)
        if self.chosen is None:
            return f"ช่องระดับ {digit} ยังไม่ได้เลือก"
        return f"{'เลือก' if self.level == self.chosen else 'ไม่ได้เลือก'}ระดับ {digit}"


def _box(m: SheetMeasures, left: float, bottom: float) -> str:
    return f"q {m.box_rule:g} w {left:.2f} {bottom:.2f} {m.box:.2f} {m.box:.2f} re S Q"


def _tick(m: SheetMeasures, left: float, bottom: float) -> str:
    """Two strokes that leave the box at its upper right."""
    points = [
        f"{left + across * m.box:.2f} {bottom + up * m.box:.2f}"
        for across, up in ((0.18, 0.52), (0.42, 0.2), (0.98, 1.14))
    ]
    strokes = f"{points[0]} m {points[1]} l {points[2]} l"
    return f" q {m.tick_rule:g} w 1 J 1 j {strokes} S Q"
