"""Column widths of the sheets: one set for a whole report, chosen once by what is written."""

import math
from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from esa_desktop.report.measures import MM, SheetMeasures
from esa_desktop.report.sheet_table import SheetContent, Widths, head_height, head_slugs
from esa_desktop.report.slugs import TextSlug, stack_height
from esa_desktop.report.text_layout import TextSetter
from esa_desktop.report.typesetter import BOLD

_RUBRIC_STEP: Final = 2 * MM
_EVIDENCE_STEP: Final = 6 * MM
_LEAST_TEXT: Final = 60 * MM
"""Of column three, whatever limits a person gives the others."""
_SHEETS_WEIGHED: Final = 5
"""Of a long report every n-th sheet is weighed: a handful tells what all would."""
_Limits = tuple[float, float]


def choose_widths(
    setter: TextSetter,
    measures: SheetMeasures,
    contents: Sequence[SheetContent],
    titles: Sequence[float],
) -> Widths:
    """One set of widths for a whole report; ``titles``: what stands above each table, in points.

    Column one holds its head's longer word. Column two is the narrowest at which the ladder of
    every indicator fits under the titles of page one. Column four is the width at which columns
    three and four together are lowest, summed over the sheets weighed.
    """
    pad = 2 * measures.pad_x
    word = setter.typesetter.width("คุณภาพ", measures.text.size, BOLD)
    first = max(measures.least_level_column, word + pad + 1)
    (low, high), (fourth, most) = _limits(setter, measures, first)
    steps = range(math.ceil((high - low) / _RUBRIC_STEP - 0.01))
    step = bisect_left(
        steps,
        True,
        key=lambda n: _ladders_fit(setter, measures, contents, titles, low + n * _RUBRIC_STEP),
    )
    second = min(low + step * _RUBRIC_STEP, high)
    sample = contents[:: max(1, len(contents) // _SHEETS_WEIGHED)]
    rest = measures.width - first - second
    most = min(most, max(rest - _LEAST_TEXT, fourth))
    best = (float("inf"), fourth)
    while fourth <= most + 0.1:
        total = sum(
            max(
                stack_height(content.text.slugs(rest - fourth - pad)),
                stack_height(content.evidence.slugs(fourth - pad)),
            )
            for content in sample
        )
        if total < best[0] - 1:
            best = (total, fourth)
        fourth += _EVIDENCE_STEP
    return first, second, rest - best[1], best[1]


def _limits(setter: TextSetter, measures: SheetMeasures, first: float) -> tuple[_Limits, _Limits]:
    """The limits of columns two and four as far as the paper bears them.

    No head is cut inside a word, and column three keeps its least width; where both cannot be had,
    columns two and four share what is left.
    """
    room = measures.width - first - _LEAST_TEXT
    low, high = sorted(measures.rubric_limits)
    least, most = sorted(measures.evidence_limits)
    low = max(low, _widest_head_word(setter, measures, 1))
    least = max(least, _widest_head_word(setter, measures, 3))
    if low + least > room:
        share = room / (low + least)
        low, least = low * share, least * share
    return (low, max(low, min(high, room - least))), (least, max(least, min(most, room - low)))


def _widest_head_word(setter: TextSetter, measures: SheetMeasures, column: int) -> float:
    words = [
        slug.line.text.widest
        for slug in head_slugs(setter, column, measures.width)
        if isinstance(slug, TextSlug)
    ]
    return max(words, default=0.0) + 2 * measures.pad_x + 1


def _ladders_fit(
    setter: TextSetter,
    measures: SheetMeasures,
    contents: Sequence[SheetContent],
    titles: Sequence[float],
    width: float,
) -> bool:
    head = head_height(measures, [head_slugs(setter, 1, width - 2 * measures.pad_x)])
    least = 2 * measures.text.leading + measures.pad_top + measures.pad_bottom
    room = measures.height - max(head, least)
    return all(
        sum(row.height for row in content.level_rows(measures, width)) <= room - above + 0.01
        for content, above in zip(contents, titles, strict=True)
    )
