"""A text on at most so many lines: broken at words, cut between Thai clusters with an ellipsis."""

from functools import lru_cache

from PySide6.QtGui import QFont

from esa_desktop.domain.thai import clusters
from esa_desktop.ui.painting import text_width, wrapped


def elided_lines(text: str, font: QFont, width: float, most: int = 2) -> tuple[str, ...]:
    """The lines to draw; a list asks this for every row it paints, so answers are kept."""
    return _elided_lines(text, font.key(), round(width), most)


@lru_cache(maxsize=4096)
def _elided_lines(text: str, font_key: str, width: int, most: int) -> tuple[str, ...]:
    font = QFont()
    font.fromString(font_key)
    lines = wrapped(text, font, width)
    if len(lines) <= most:
        return tuple(lines)
    kept = lines[: most - 1]
    start = 0
    for line in kept:  # `wrapped` drops the blanks at line ends
        start = text.index(line, start) + len(line)
    return (*kept, _cut(text[start:].strip(), font, width))


def _cut(text: str, font: QFont, width: int) -> str:
    """As many clusters as fit before the ellipsis; the text is known to be too long."""
    pieces = list(clusters(text))
    low, high = 0, len(pieces)
    while low < high:
        middle = (low + high + 1) // 2
        if text_width("".join(pieces[:middle]).rstrip() + "…", font) <= width:
            low = middle
        else:
            high = middle - 1
    return "".join(pieces[:low]).rstrip() + "…"
