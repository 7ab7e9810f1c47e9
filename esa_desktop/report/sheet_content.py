"""What stands in the columns of one indicator's sheet, in the words of the form."""

import re
from typing import Final, Protocol

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.evidence import Evidence
from esa_desktop.domain.framework import LEVELS, Indicator
from esa_desktop.domain.richtext import Paragraph as TypedParagraph
from esa_desktop.domain.richtext import RichText, Run, split_label
from esa_desktop.domain.thai import arabic_digits, thai_date, thai_digits
from esa_desktop.report.sheet_table import SheetContent
from esa_desktop.report.text_layout import ColumnText, TextSetter

METHOD: Final = "วิธีการดำเนินงาน"
RESULTS: Final = "ผลการดำเนินงาน"
SUGGESTIONS: Final = "ความเห็นและข้อเสนอแนะ"
_NUMBERED: Final = re.compile(r"\(?[0-9๐-๙]+(\.[0-9๐-๙]+)*[.)]|ฯลฯ")
"""A number typed without a blank behind it (``๑.แผน``), or a line that asks for none."""
_BEFORE_ISSUE: Final = 9.0
_BEFORE_SECTION: Final = 3.0
_BEFORE_GROUP: Final = 6.0


class ContentOptions(Protocol):
    """What of the options decides the words."""

    @property
    def thai_digits(self) -> bool: ...
    @property
    def evidence_codes(self) -> bool: ...


def sheet_content(
    assessed: AssessmentRound,
    indicator: Indicator,
    setter: TextSetter,
    options: ContentOptions,
) -> SheetContent:
    """The columns of one indicator."""
    words = _Words(assessed, setter, options)
    return SheetContent(
        ladder=tuple(words.ladder(indicator)),
        ticked=assessed.indicator(indicator.id).level,
        text=words.text(indicator),
        evidence=words.evidence(indicator),
    )


class _Words:
    def __init__(
        self, assessed: AssessmentRound, setter: TextSetter, options: ContentOptions
    ) -> None:
        self._assessed = assessed
        self._setter = setter
        self._options = options

    def _digits(self, text: object) -> str:
        return thai_digits(text) if self._options.thai_digits else arabic_digits(str(text))

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

    def text(self, indicator: Indicator) -> ColumnText:
        column = ColumnText(self._setter)
        if indicator.lead_in:
            first = self._setter.measures.first_indent
            column.add_paragraph(self._setter.paragraph(indicator.lead_in), first, keep=True)
        for issue in indicator.issues:
            written = self._assessed.issue(issue.id)
            name = self._setter.heading(issue.name, label=f"{self._digits(issue.number)}.")
            column.add_heading(name, _BEFORE_ISSUE)
            self._section(column, METHOD, written.method, _BEFORE_SECTION)
            self._section(column, RESULTS, written.results, _BEFORE_SECTION)
        suggestions = self._assessed.indicator(indicator.id).suggestions
        self._section(column, SUGGESTIONS, suggestions, _BEFORE_ISSUE)
        return column

    def _section(self, column: ColumnText, name: str, text: RichText, before: float) -> None:
        """A section that was left empty prints its heading and nothing below."""
        cell = self._setter.cell(text)
        column.add_heading(self._setter.heading(name), before, keep=bool(cell.items))
        column.add_cell(cell)

    def evidence(self, indicator: Indicator) -> ColumnText:
        column = ColumnText(self._setter)
        year = self._digits(self._assessed.fiscal_year)
        note = f"หมายเหตุ : โปรดระบุเอกสาร/หลักฐานอ้างอิง (ปีงบประมาณ {year}) ทุกประเด็นการพิจารณา"
        column.add_paragraph(self._setter.paragraph(note), 0.0)
        for issue in indicator.issues:
            items = self._assessed.evidence_of(issue.id)
            if items:
                name = f"ประเด็นที่ {self._digits(issue.number)} ประกอบด้วย"
                column.add_heading(self._setter.heading(name), _BEFORE_GROUP)
                lines = [self._item(item, place) for place, item in enumerate(items, 1)]
                column.add_cell(self._setter.cell(RichText(tuple(lines)), hang_all=True))
        return column

    def _item(self, item: Evidence, place: int) -> TypedParagraph:
        """Title, number and date; a number somebody typed before the title is not doubled."""
        label, title = split_label(item.title)
        if self._options.evidence_codes:
            label, title = self._digits(item.code), item.title
        elif not label and not _NUMBERED.match(item.title):
            label = f"{self._digits(place)}."
        words = [title, item.number]
        if item.date:
            words.append(f"ลงวันที่ {self._digits(thai_date(item.date))}")
        text = " ".join(word for word in words if word)
        return TypedParagraph((Run(text),) if text else (), label)
