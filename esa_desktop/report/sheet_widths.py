"""Column widths of the sheets: one set for a whole report, chosen once by what is written."""

from collections.abc import Sequence
from typing import Final

from esa_desktop.report.measures import SheetMeasures
from esa_desktop.report.sheet_table import SheetContent, Widths, head_height, head_slugs
from esa_desktop.report.slugs import stack_height
from esa_desktop.report.text_layout import TextSetter
from esa_desktop.report.typesetter import BOLD

_RUBRIC_STEP: Final = 2 * 72 / 25.4
_EVIDENCE_STEP: Final = 6 * 72 / 25.4
_SHEETS_WEIGHED: Final = 8
"""Of a long report every n-th sheet is weighed: a dozen say as much as two hundred."""


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
    low, high = measures.rubric_limits
    second = low
    while second < high and not _ladders_fit(setter, measures, contents, titles, second):
        second = min(second + _RUBRIC_STEP, high)
    sample = contents[:: max(1, len(contents) // _SHEETS_WEIGHED)]
    rest = measures.width - first - second
    fourth, most = measures.evidence_limits
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
