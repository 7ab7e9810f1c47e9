"""What stands in the columns of one indicator's sheet, in the words of the form."""

import re
from typing import Final

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.evidence import Evidence
from esa_desktop.domain.framework import LEVELS, Indicator, Issue
from esa_desktop.domain.printing import PrintOptions
from esa_desktop.domain.richtext import Paragraph as TypedParagraph
from esa_desktop.domain.richtext import RichText, Run, split_label
from esa_desktop.domain.thai import thai_date
from esa_desktop.report.document import digits_of
from esa_desktop.report.set_paragraph import SetParagraph
from esa_desktop.report.sheet_table import SheetContent
from esa_desktop.report.text_layout import ColumnText, TextSetter

METHOD: Final = "วิธีการดำเนินงาน"
RESULTS: Final = "ผลการดำเนินงาน"
SUGGESTIONS: Final = "ความเห็นและข้อเสนอแนะ"
_NUMBERED: Final = re.compile(r"\(?[0-9๐-๙]+(\.[0-9๐-๙]+)*[.)]|ฯลฯ")
"""A number typed without a blank behind it (``๑.แผน``), or a line that asks for none."""
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
            for line in row.lines if row else ():
                column.add_paragraph(self._setter.paragraph(line), 0.0)
            rows.append((level, column))
        return rows

    def text_opening(self, indicator: Indicator) -> ColumnText:
        column = ColumnText(self._setter)
        if indicator.lead_in:
            first = self._setter.measures.first_indent
            column.add_paragraph(self._setter.paragraph(indicator.lead_in), first, keep=True)
        return column

    def evidence_opening(self) -> ColumnText:
        column = ColumnText(self._setter)
        year = self.digits(self._assessed.fiscal_year)
        note = f"หมายเหตุ : โปรดระบุเอกสาร/หลักฐานอ้างอิง (ปีงบประมาณ {year}) ทุกประเด็นการพิจารณา"
        column.add_paragraph(self._setter.paragraph(note), 0.0)
        return column

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
        for issue in indicator.issues:
            written = self._assessed.issue(issue.id)
            column.add_heading(self.issue_name(issue), BEFORE_ISSUE)
            self._section(column, METHOD, written.method, BEFORE_SECTION)
            self._section(column, RESULTS, written.results, BEFORE_SECTION)
        suggestions = self._assessed.indicator(indicator.id).suggestions
        self._section(column, SUGGESTIONS, suggestions, BEFORE_ISSUE)
        return column

    def _section(self, column: ColumnText, name: str, text: RichText, before: float) -> None:
        """A section that was left empty prints its heading and nothing below."""
        cell = self._setter.cell(text)
        column.add_heading(self.section_name(name), before, keep=bool(cell.items))
        column.add_cell(cell)

    def evidence(self, indicator: Indicator) -> ColumnText:
        column = self.evidence_opening()
        for issue in indicator.issues:
            items = self._assessed.evidence_of(issue.id)
            if items:
                column.add_heading(self.group_name(issue), BEFORE_GROUP)
                lines = [self._item(item, place) for place, item in enumerate(items, 1)]
                column.add_cell(self._setter.cell(RichText(tuple(lines)), hang_all=True))
        return column

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
