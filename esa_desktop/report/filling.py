"""Lines filled with the pieces of a measured text, without stranded last words."""

from bisect import bisect_right
from typing import Final

from esa_desktop.report.text_lines import Line, MeasuredText, Split

_SHORTEST_LAST: Final = 1.1
"""In em; a last line under it is one of one or two letters."""


class Filler:
    """Fills lines; ``split`` is for words that are wider than their column."""

    def __init__(self, split: Split, em: float = 1.0) -> None:
        """``em``: the size of type that looks as large as one em of TH Sarabun New."""
        self._split = split
        self._em = em

    def fill(self, text: MeasuredText, measure: float, first: float = 0.0) -> list[Line]:
        """As much on every line as fits; ``first`` indents the first one."""
        return _filled(text.fitted(measure, self._split), measure, first)

    def fill_well(
        self,
        text: MeasuredText,
        measure: float,
        first: float = 0.0,
        *,
        balance: bool = False,
        runt: tuple[float, float] = (0.07, 0.22),
    ) -> list[Line]:
        """Lines without a stranded last word.

        A last line under ``runt[0]`` of the measure or of one or two letters is lengthened to at
        most ``runt[1]`` by filling narrower with the same number of lines, else by words of the
        line above it; ``balance``: as narrow as that number allows (titles, table heads).
        """
        text = text.fitted(measure, self._split)
        best = _filled(text, measure, first)
        count = len(best)
        shortest = max(runt[0] * measure, min(_SHORTEST_LAST * self._em * text.size, 0.3 * measure))
        stranded = best[-1].width < shortest and best[-1].start not in text.starts
        if count < 2 or not (balance or stranded):
            return best
        # Never narrower than the widest piece: that would be cut between its letters.
        low, high = max(0.55 * measure, min(text.widest, measure)), measure
        most = max(runt[1] * measure, shortest)
        for _ in range(7):
            middle = (low + high) / 2
            trial = _filled(text, middle, first)
            if len(trial) != count:
                low = middle
                continue
            best = trial
            if balance or trial[-1].width <= most:
                high = middle
            else:
                low = middle
        return (
            best
            if balance or best[-1].width >= shortest
            else _last_two_shared(best, shortest, measure)
        )


def _filled(text: MeasuredText, measure: float, first: float) -> list[Line]:
    lines: list[Line] = []
    count = len(text.pieces)
    start, indent = 0, first
    ends = text.ends
    while start < count:
        gap = text.gaps[start]
        stop = count
        if text.starts:
            place = bisect_right(text.starts, start)
            stop = text.starts[place] if place < len(text.starts) else count
        room = ends[start] + gap + measure - indent + 0.01
        end = bisect_right(ends, room, start + 1, stop + 1) - 1
        if end <= start:
            if indent > 0:
                indent = 0.0  # better no indent than an empty line
                continue
            end = start + 1  # a letter wider than the column still has to go somewhere
        lines.append(Line(text, start, end, ends[end] - ends[start] - gap, indent))
        start, indent = end, 0.0
    return lines or [Line(text, 0, 0, 0.0, first)]


def _last_two_shared(lines: list[Line], shortest: float, measure: float) -> list[Line]:
    """As few pieces of the last line but one as needed put on the last one."""
    (text, start, end, width, indent), last = lines[-2:]
    ends, gaps = text.ends, text.gaps
    for place in range(end - 1, start, -1):
        above = ends[place] - ends[start] - gaps[start]
        below = ends[last.end] - ends[place] - gaps[place]
        if above < 0.5 * width or below > measure:
            break
        if below >= shortest:
            lines[-2:] = [
                Line(text, start, place, above, indent),
                Line(text, place, last.end, below, 0.0),
            ]
            break
    return lines
