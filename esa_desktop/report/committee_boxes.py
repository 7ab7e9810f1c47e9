"""What the committee ticks: five levels in a row, or an answer with its box in front."""

from collections.abc import Callable
from typing import Final

from esa_desktop.domain.framework import LEVELS
from esa_desktop.report.line_drawing import draw_line
from esa_desktop.report.slugs import Pen, Slug, draw_column, stack_height
from esa_desktop.report.structure import Element
from esa_desktop.report.text_layout import TextSetter
from esa_desktop.report.text_lines import Line
from esa_desktop.report.typesetter import PLAIN
from esa_desktop.report.writing_lines import pitch, tick_box

_BOX: Final = 0.75
"""Of the nominal size."""
_MIDDLE: Final = 0.22
"""Of a letter without marks above its baseline, in nominal sizes."""


def _nominal(setter: TextSetter) -> float:
    """The size in TH Sarabun New that looks like this one."""
    return setter.measures.size / setter.typesetter.typeface.relative_size


class LevelBoxes(Slug):
    """Boxes for levels ๕ to ๑, each above its digit."""

    __slots__ = ("_box", "_digits", "_setter", "_width")

    def __init__(self, setter: TextSetter, digits: Callable[[object], str], width: float) -> None:
        self._setter = setter
        self._digits = digits
        self._width = width
        self._box = min(_BOX * _nominal(setter), 0.8 * width / len(LEVELS))
        super().__init__(self._box + 4.0 + setter.measures.leading, element=Element("P"))

    def draw(self, pen: Pen, x: float, y: float) -> None:
        m = self._setter.measures
        each = self._width / len(LEVELS)
        base = y - self._box - 3.0 - m.ascent * m.size
        element = self.element or Element("P")
        for place, level in enumerate(LEVELS):
            middle = x + (place + 0.5) * each
            words = f"ช่องระดับ {self._digits(level)} ของกรรมการ"
            tick_box(pen, element, middle - self._box / 2, y - self._box - 3.0, self._box, words)
            digit = self._setter.typesetter.measure([(self._digits(level), PLAIN)], m.size)
            line = Line(digit, 0, 1, digit.width, 0.0)
            pen.text(element, draw_line(line, middle - digit.width / 2, base))


class TickedWords(Slug):
    """An answer behind an empty box."""

    __slots__ = ("_box", "_indent", "_lines", "_setter", "_words")

    def __init__(self, setter: TextSetter, words: str, width: float) -> None:
        self._setter = setter
        self._words = words
        self._box = _BOX * _nominal(setter)
        self._indent = self.indent(setter)
        paragraph = setter.paragraph(words)
        self._lines = paragraph.lines(setter.typesetter, width - self._indent, 0.0, 0.0)
        height = max(stack_height(self._lines), pitch(setter.measures))
        super().__init__(height, element=self._lines[0].element)

    @staticmethod
    def indent(setter: TextSetter) -> float:
        """Of the words, for the box in front of them."""
        return (_BOX + 0.25) * _nominal(setter)

    def draw(self, pen: Pen, x: float, y: float) -> None:
        m = self._setter.measures
        bottom = y - m.ascent * m.size + _MIDDLE * _nominal(self._setter) - self._box / 2
        tick_box(pen, self.element or Element("P"), x, bottom, self._box, f"ช่อง{self._words}")
        draw_column(pen, self._lines, x + self._indent, y)
