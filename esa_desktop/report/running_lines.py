"""What every page of a document repeats: header, foot with its number, and the mark of a draft."""

from typing import Final, Protocol

from esa_desktop.domain.printing import PrintOptions
from esa_desktop.domain.thai import shorten, thai_digits
from esa_desktop.report.line_drawing import draw_line
from esa_desktop.report.measures import PageMeasures
from esa_desktop.report.slugs import Pen
from esa_desktop.report.text_lines import Line
from esa_desktop.report.typesetter import BOLD, PLAIN, Typesetter

_BETWEEN: Final = 12.0
_WATERMARK_GREY: Final = 0.87
_WATERMARK_SHARE: Final = 0.72
"""Of the paper's diagonal, at most."""
_HOLLOW: Final = "0.4 w 1 Tr"


class Number(Protocol):
    """Of a page."""

    @property
    def words(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def total(self) -> int: ...


class RunningLines:
    """Drawn as artifacts: a reader that reads aloud does not stop for them on every page."""

    def __init__(self, typesetter: Typesetter, options: PrintOptions) -> None:
        self._typesetter = typesetter
        self._options = options
        self._header = _one_line(options.header)
        self._footer = _one_line(options.footer)
        self._watermark = _one_line(options.watermark)
        self._lines: dict[tuple[str, float, float], Line] = {}

    def draw(self, pen: Pen, measures: PageMeasures, footer: str, number: Number) -> None:
        m = measures
        right = self._line(self._number_words(number), m.small_size, m.width)
        room = m.width - right.width - _BETWEEN
        left = self._line(self._footer or _one_line(footer), m.small_size, room)
        for line, x in ((left, m.left), (right, m.left + m.width - right.width)):
            if line.end:
                pen.decoration(draw_line(line, x, m.footer))
        if self._header:
            header = self._line(self._header, m.small_size, m.width)
            middle = m.left + (m.width - header.width) / 2
            pen.decoration(draw_line(header, middle, m.paper[1] - m.header))

    def draw_watermark(self, pen: Pen, measures: PageMeasures) -> None:
        """Below everything else, from the lower left to the upper right.

        Pale; where no grey is wanted, hollow letters with a hairline around them.
        """
        words = self._watermark
        if not words:
            return
        width, height = measures.paper
        diagonal = (width**2 + height**2) ** 0.5
        unit = self._typesetter.measure([(words, BOLD)], 1.0)
        size = min(_WATERMARK_SHARE * diagonal / max(unit.width, 0.1), 0.32 * min(width, height))
        text = self._typesetter.measure([(words, BOLD)], size)
        line = Line(text, 0, len(text.pieces), text.width, 0.0)
        cosine, sine = width / diagonal, height / diagonal
        turn = f"{cosine:.5f} {sine:.5f} {-sine:.5f} {cosine:.5f} {width / 2:.2f} {height / 2:.2f}"
        drawn = draw_line(line, -text.width / 2, -0.2 * size)
        ink = _HOLLOW if self._options.pure_black else f"{_WATERMARK_GREY} g"
        pen.decoration(f"q {ink} {turn} cm {drawn} Q")

    def _number_words(self, number: Number) -> str:
        style = self._options.page_numbers
        if style == "none" or not number.words:
            return ""
        if style == "plain" or not number.words[0].isdigit():
            return number.words
        total = thai_digits(number.total) if self._options.thai_digits else str(number.total)
        return f"หน้า {number.words} จาก {total}"

    def _line(self, words: str, size: float, room: float) -> Line:
        """As much of a text as fits on one line."""
        known = self._lines.get((words, size, room))
        if known is None:
            most = len(words)
            measured = self._typesetter.measure([(words, PLAIN)], size)
            while measured.width > room and most > 1:
                most = max(min(most - 1, int(most * room / measured.width)), 1)
                measured = self._typesetter.measure([(shorten(words, most), PLAIN)], size)
            known = Line(measured, 0, len(measured.pieces), measured.width, 0.0)
            self._lines[words, size, room] = known
        return known


def _one_line(words: str) -> str:
    """What was typed or pasted on several lines."""
    return " ".join(line.strip() for line in words.splitlines() if line.strip())
