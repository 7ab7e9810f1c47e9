"""The form for handwriting: the sheets with empty boxes and dotted lines, nothing of what was written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from esa_desktop.domain.framework import Indicator, IndicatorType, Issue
from esa_desktop.report.document import Page
from esa_desktop.report.measures import sheet_measures
from esa_desktop.report.print_job import PrintJob
from esa_desktop.report.set_paragraph import SetParagraph
from esa_desktop.report.sheet_content import (
    BEFORE_ISSUE,
    BEFORE_SECTION,
    METHOD,
    RESULTS,
    SUGGESTIONS,
    FormWords,
)
from esa_desktop.report.sheet_pages import ABOVE_SIGNATURES, SheetPages
from esa_desktop.report.sheet_table import SheetContent, SheetTable, TablePart
from esa_desktop.report.slugs import KEEP, POOR, Slug, stack_height
from esa_desktop.report.text_layout import ColumnText, TextSetter
from esa_desktop.report.writing_lines import Room, WritingLine, pitch

_LINES: Final = {METHOD: 6, RESULTS: 6, SUGGESTIONS: 4}
"""At least; what is left of a page is ruled as well."""
_LINES_OF_TYPE: Final = {IndicatorType.THRESHOLD: 1, IndicatorType.RANKED_WORKS: 4}
"""For a measured value, and for each work."""
_USUAL_WORKS: Final = 5
"""Where an indicator does not say how many works it asks for."""


def blank_pages(job: PrintJob) -> list[Page]:
    """The sheets of the chosen indicators, to be filled in by hand."""
    measures = sheet_measures(job.typesetter.typeface, job.options)
    sheets = _BlankSheets(job.assessed, job.options, measures, job.typesetter, None)
    pages = list(sheets.pages(job.chosen, job.steps))
    job.widths = sheets.widths
    return pages


class _BlankSheets(SheetPages):
    """The same pages, every one of them ruled down to its end."""

    def _content(self, indicator: Indicator) -> SheetContent:
        words = FormWords(self._assessed, self._setter, self._options, self._depth + 2)
        text, evidence = words.text_opening(indicator), words.evidence_opening(indicator)
        for left, right in _type_headings(words, indicator):
            for heading in left:
                text.add_heading(heading, BEFORE_ISSUE)
            for heading in right:
                evidence.add_heading(heading, BEFORE_ISSUE)
        for issue in indicator.issues:
            text.add_heading(words.issue_name(issue), BEFORE_ISSUE)
            evidence.add_heading(words.group_name(issue), BEFORE_ISSUE)
        return _BlankContent(
            ladder=tuple(words.ladder(indicator)),
            ticked=None,
            text=text,
            evidence=evidence,
            digits=words.digits,
            words=words,
            setter=self._setter,
            indicator=indicator,
        )

    def _parts(self, table: SheetTable, first_room: float, room: float) -> list[TablePart]:
        parts = table.parts(first_room, room)
        signing = stack_height(self._signing())
        if signing:
            signing += ABOVE_SIGNATURES
        ruled = []
        for place, part in enumerate(parts):
            height = room if place else first_room
            is_last = place == len(parts) - 1
            if is_last and part.height + signing <= height:
                height -= signing
            ruled.append(self._ruled(part, table, max(height, part.height)))
        return ruled

    def _ruled(self, part: TablePart, table: SheetTable, height: float) -> TablePart:
        """With lines down to the lower edge of the frame."""
        m = self.measures
        column = height - table.head_height - m.pad_top - m.pad_bottom
        below = column - max(stack_height(part.text), stack_height(part.evidence))
        line = pitch(m.text)
        count = max(int((below + 0.01) / line), 0)
        columns = [
            [*shown, *(WritingLine(width - 2 * m.pad_x, line) for _ in range(count))]
            for shown, width in ((part.text, self.widths[2]), (part.evidence, self.widths[3]))
        ]
        return replace(part, height=height, text=columns[0], evidence=columns[1])


@dataclass(frozen=True, kw_only=True)
class _BlankContent(SheetContent):
    """Headings with lines below them; ``text`` and ``evidence`` hold headings alone, for widths."""

    words: FormWords
    setter: TextSetter
    indicator: Indicator

    def columns(self, text: float, evidence: float) -> tuple[list[Slug], list[Slug]]:
        """Every band with its twin of the same height in the other column.

        So both columns are cut at the same places, and the evidence of an issue always stands
        beside what is written about it.
        """
        rows = _Rows(text, evidence, pitch(self.setter.measures))
        left = self.words.text_opening(self.indicator).slugs(text)
        right = self.words.evidence_opening(self.indicator).slugs(evidence)
        for names, groups in _type_headings(self.words, self.indicator):
            left += (s for name in names for s in self._heading(name, BEFORE_ISSUE, text))
            right += (s for group in groups for s in self._heading(group, BEFORE_ISSUE, evidence))
            rows.open(left, right)
            rows.add(self._lines(_LINES_OF_TYPE[self.indicator.type], text))
            left, right = [], []
        for issue in self.indicator.issues:
            written = self._issue(issue, text)
            heads = next(n for n, slug in enumerate(written) if isinstance(slug, WritingLine))
            left += written[:heads]
            right += self._heading(self.words.group_name(issue), BEFORE_ISSUE, evidence)
            rows.open(left, right)
            rows.add(written[heads:])
            left, right = [], []
        rows.open(left, right)
        rows.add(self._section(SUGGESTIONS, BEFORE_ISSUE, text))
        return rows.text, rows.evidence

    def _issue(self, issue: Issue, width: float) -> list[Slug]:
        slugs = self._heading(self.words.issue_name(issue), BEFORE_ISSUE, width)
        method = self._section(METHOD, BEFORE_SECTION, width)
        method[0].cost = KEEP
        return [*slugs, *method, *self._section(RESULTS, BEFORE_SECTION, width)]

    def _section(self, name: str, before: float, width: float) -> list[Slug]:
        return [
            *self._heading(self.words.section_name(name), before, width),
            *self._lines(_LINES[name], width),
        ]

    def _lines(self, count: int, width: float) -> list[Slug]:
        height = pitch(self.setter.measures)
        costs = (KEEP if place in {0, count - 1} else POOR for place in range(count))
        return [WritingLine(width, height, cost) for cost in costs]

    def _heading(self, heading: SetParagraph, before: float, width: float) -> list[Slug]:
        column = ColumnText(self.setter)
        column.add_heading(heading, before)
        slugs = column.slugs(width)
        slugs[0].before = before
        return slugs


def _type_headings(
    words: FormWords, indicator: Indicator
) -> Iterator[tuple[list[SetParagraph], list[SetParagraph]]]:
    """Headings of both columns for what an indicator of this type asks for besides its issues."""
    if indicator.type is IndicatorType.THRESHOLD:
        yield [words.measured_name(indicator.rubric.unit)], []
    elif indicator.type is IndicatorType.RANKED_WORKS:
        for place in range(1, (indicator.works or _USUAL_WORKS) + 1):
            above = [words.works_name(indicator.works)] if place == 1 else []
            yield [*above, words.work_name(place)], [words.work_group_name(place)]


class _Rows:
    """Two columns grown side by side, equally high wherever a page may end."""

    def __init__(self, text_width: float, evidence_width: float, line: float) -> None:
        self._widths = (text_width, evidence_width)
        self._line = line
        self._short = (0.0, 0.0)
        self.text: list[Slug] = []
        self.evidence: list[Slug] = []

    def open(self, text: Sequence[Slug], evidence: Sequence[Slug]) -> None:
        """Headings of both columns, each as high as its words; no page ends among them."""
        for column in (text, evidence):
            for slug in column[1:]:
                slug.cost = KEEP
        if text and evidence:
            text[0].before = evidence[0].before = max(text[0].before, evidence[0].before)
        more = stack_height(text) - stack_height(evidence)
        lines = int((abs(more) + 0.01) / self._line)
        rest = abs(more) - lines * self._line
        shorter, width = (evidence, self._widths[1]) if more > 0 else (text, self._widths[0])
        ruled = [WritingLine(width, self._line, KEEP) for _ in range(lines)]  # rather than white
        if ruled:
            ruled[0].before, rest = rest, 0.0
        self._short = (0.0, rest) if more > 0 else (rest, 0.0)
        self.text += text if more > 0 else [*shorter, *ruled]
        self.evidence += [*shorter, *ruled] if more > 0 else evidence

    def add(self, text: Sequence[Slug]) -> None:
        """Lines and headings of the texts, and a line for evidence beside each of them."""
        for place, slug in enumerate(text):
            beside: Slug = WritingLine(self._widths[1], slug.height, slug.cost)
            if slug.height + slug.before < self._line - 0.01:  # a heading in small type
                beside = Room(slug.height, 0.0, slug.cost)
            beside.before = slug.before
            if place == 0:
                slug.before += self._short[0]
                beside.before += self._short[1]
            self.text.append(slug)
            self.evidence.append(beside)
