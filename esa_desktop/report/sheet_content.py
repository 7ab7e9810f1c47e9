"""What stands in the columns of one indicator's sheet, in the words of the form."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.evidence import Evidence
from esa_desktop.domain.framework import LEVELS, Indicator, IndicatorType, Issue, RubricRow
from esa_desktop.domain.measured import measured_words
from esa_desktop.domain.printing import PrintOptions
from esa_desktop.domain.richtext import Paragraph as TypedParagraph
from esa_desktop.domain.richtext import RichText, Run, split_label
from esa_desktop.domain.rubric import row_lines
from esa_desktop.domain.thai import arabic_digits, thai_date
from esa_desktop.domain.works import Work
from esa_desktop.report.document import digits_of
from esa_desktop.report.set_paragraph import SetParagraph
from esa_desktop.report.sheet_table import SheetContent
from esa_desktop.report.text_layout import ColumnText, TextSetter

METHOD: Final = "วิธีการดำเนินงาน"
RESULTS: Final = "ผลการดำเนินงาน"
SUGGESTIONS: Final = "ความเห็นและข้อเสนอแนะ"
MEASURED: Final = "ค่าที่วัดได้"
WORKS: Final = "ผลงานที่เสนอ"
_NUMBERED: Final = re.compile(r"\(?[0-9๐-๙]+(\.[0-9๐-๙]+)*[.)]|ฯลฯ")
"""A number typed without a blank behind it (``๑.แผน``), or a line that asks for none."""
OTHER_EVIDENCE: Final = "หลักฐานอื่น"
BEFORE_ISSUE: Final = 9.0
BEFORE_SECTION: Final = 3.0
BEFORE_GROUP: Final = 6.0


def sheet_content(
    assessed: AssessmentRound,
    indicator: Indicator,
    setter: TextSetter,
    options: PrintOptions,
    *,
    depth: int = 3,
) -> SheetContent:
    """The columns of one indicator; ``depth``: rank of an issue's name among the headings."""
    words = _Written(assessed, setter, options, depth)
    return SheetContent(
        ladder=tuple(words.ladder(indicator)),
        ticked=assessed.indicator(indicator.id).level,
        text=words.text(indicator),
        evidence=words.evidence(indicator),
        digits=words.digits,
    )


class FormWords:
    """What the form itself says, filled in or not."""

    def __init__(
        self, assessed: AssessmentRound, setter: TextSetter, options: PrintOptions, depth: int
    ) -> None:
        self._assessed = assessed
        self._setter = setter
        self._options = options
        self._depth = depth
        self.digits = digits_of(options)

    def ladder(self, indicator: Indicator) -> list[tuple[int, ColumnText]]:
        """Rubric rows in the framework's own words; a level it does not describe stays empty."""
        rows = []
        for level in LEVELS:
            column = ColumnText(self._setter)
            row = indicator.rubric.row(level)
            for line in row_lines(indicator.rubric, row):
                column.add_paragraph(self._setter.paragraph(self._shown(line, row)), 0.0)
            rows.append((level, column))
        return rows

    def text_opening(self, indicator: Indicator) -> ColumnText:
        column = ColumnText(self._setter)
        if indicator.lead_in:
            first = self._setter.measures.first_indent
            column.add_paragraph(self._setter.paragraph(indicator.lead_in), first, keep=True)
        return column

    def _shown(self, line: str, row: RubricRow | None) -> str:
        """Own words stay as they are; those the program made are written in the chosen digits."""
        return line if row is not None and row.lines else self.digits(arabic_digits(line))

    def evidence_opening(self, indicator: Indicator) -> ColumnText:
        column = ColumnText(self._setter)
        year = self.digits(self._assessed.fiscal_year)
        note = f"หมายเหตุ : โปรดระบุเอกสาร/หลักฐานอ้างอิง (ปีงบประมาณ {year})"
        if indicator.issues or indicator.type is IndicatorType.EVIDENCE_LADDER:
            note += " ทุกประเด็นการพิจารณา"
        elif indicator.type is IndicatorType.RANKED_WORKS:
            note += " ของทุกผลงาน"
        column.add_paragraph(self._setter.paragraph(note), 0.0)
        return column

    def measured_name(self, unit: str = "") -> SetParagraph:
        """With its unit where the value is still to be written."""
        name = f"{MEASURED} ({unit})" if unit else MEASURED
        return self._setter.heading(name, level=self._depth)

    def works_name(self, count: int | None) -> SetParagraph:
        """``count``: of the works presented, on the form for handwriting of those asked for."""
        counted = f" {self.digits(count)} ผลงาน" if count else ""
        return self._setter.heading(f"{WORKS}{counted} เรียงจากดีที่สุด", level=self._depth)

    def work_name(self, place: int) -> SetParagraph:
        return self._setter.heading(f"ผลงานที่ {self.digits(place)}", level=self._depth + 1)

    def work_group_name(self, place: int) -> SetParagraph:
        name = f"ผลงานที่ {self.digits(place)} ประกอบด้วย"
        return self._setter.heading(name, level=self._depth)

    def issue_name(self, issue: Issue) -> SetParagraph:
        label = f"{self.digits(issue.number)}."
        return self._setter.heading(issue.name, label=label, level=self._depth)

    def section_name(self, name: str) -> SetParagraph:
        """Suggestions are the indicator's, everything else is of an issue."""
        level = self._depth if name == SUGGESTIONS else self._depth + 1
        return self._setter.heading(name, level=level)

    def group_name(self, issue: Issue) -> SetParagraph:
        name = f"ประเด็นที่ {self.digits(issue.number)} ประกอบด้วย"
        return self._setter.heading(name, level=self._depth)


class _Written(FormWords):
    """The form with what somebody wrote."""

    def text(self, indicator: Indicator) -> ColumnText:
        column = self.text_opening(indicator)
        if indicator.type is IndicatorType.THRESHOLD:
            self._measured(column, indicator)
        elif indicator.type is IndicatorType.RANKED_WORKS:
            self._works(column, indicator)
        for issue in indicator.issues:
            written = self._assessed.issue(issue.id)
            column.add_heading(self.issue_name(issue), BEFORE_ISSUE)
            self._section(column, METHOD, written.method, BEFORE_SECTION)
            self._section(column, RESULTS, written.results, BEFORE_SECTION)
        suggestions = self._assessed.indicator(indicator.id).suggestions
        self._section(column, SUGGESTIONS, suggestions, BEFORE_ISSUE)
        return column

    def _measured(self, column: ColumnText, indicator: Indicator) -> None:
        """The value as it was typed, with all its decimals."""
        value = self._assessed.indicator(indicator.id).measured
        column.add_heading(self.measured_name(), BEFORE_ISSUE, keep=bool(value))
        if value:
            words = measured_words(value, indicator.rubric.unit)
            line = self._setter.paragraph(self.digits(arabic_digits(words)))
            column.add_paragraph(line, self._setter.measures.first_indent)

    def _works(self, column: ColumnText, indicator: Indicator) -> None:
        works = self._assessed.indicator(indicator.id).works
        column.add_heading(self.works_name(len(works)), BEFORE_ISSUE, keep=bool(works))
        lines = [line for place, work in enumerate(works, 1) for line in self._work(work, place)]
        column.add_cell(self._setter.cell(RichText(tuple(lines)), hang_all=True))

    def _work(self, work: Work, place: int) -> Iterator[TypedParagraph]:
        """Title in bold with its place in front, what it achieved below it."""
        yield TypedParagraph((Run(work.title, bold=True),), f"{self.digits(place)}.")
        for line in work.detail.split("\n"):
            if line.strip():
                yield TypedParagraph((Run(line.strip()),))

    def _section(self, column: ColumnText, name: str, text: RichText, before: float) -> None:
        """A section that was left empty prints its heading and nothing below."""
        cell = self._setter.cell(text)
        column.add_heading(self.section_name(name), before, keep=bool(cell.items))
        column.add_cell(cell)

    def evidence(self, indicator: Indicator) -> ColumnText:
        column = self.evidence_opening(indicator)
        own = self._assessed.evidence_of(indicator.id)
        if indicator.type is IndicatorType.RANKED_WORKS:
            told = self._evidence_of_works(column, indicator)
            own = tuple(item for item in own if item.id not in told)
            if own and told:
                column.add_heading(
                    self._setter.heading(OTHER_EVIDENCE, level=self._depth), BEFORE_GROUP
                )
        self._items(column, own)
        for issue in indicator.issues:
            items = self._assessed.evidence_of(issue.id)
            if items:
                column.add_heading(self.group_name(issue), BEFORE_GROUP)
                self._items(column, items)
        return column

    def _evidence_of_works(self, column: ColumnText, indicator: Indicator) -> set[str]:
        """Work by work; returns the ids of what was listed."""
        told: set[str] = set()
        for place, work in enumerate(self._assessed.indicator(indicator.id).works, 1):
            items = self._assessed.shown_by(work)
            if items:
                column.add_heading(self.work_group_name(place), BEFORE_GROUP)
                self._items(column, items)
                told |= {item.id for item in items}
        return told

    def _items(self, column: ColumnText, items: Sequence[Evidence]) -> None:
        lines = [self._item(item, place) for place, item in enumerate(items, 1)]
        column.add_cell(self._setter.cell(RichText(tuple(lines)), hang_all=True))

    def _item(self, item: Evidence, place: int) -> TypedParagraph:
        """Title, number and date; a number somebody typed before the title is not doubled."""
        label, title = split_label(item.title)
        if self._options.evidence_codes:
            label, title = self.digits(item.code), item.title
        elif not label and not _NUMBERED.match(item.title):
            label = f"{self.digits(place)}."
        words = [title, item.number]
        if item.date:
            words.append(f"ลงวันที่ {self.digits(thai_date(item.date))}")
        text = " ".join(word for word in words if word)
        return TypedParagraph((Run(text),) if text else (), label)
