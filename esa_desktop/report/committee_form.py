"""The form for the committee: every level the office gave itself, and room for what the assessors find."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.book import Member, members
from esa_desktop.domain.framework import Indicator, IndicatorType, Standard
from esa_desktop.domain.measured import measured_words
from esa_desktop.domain.thai import arabic_digits
from esa_desktop.report.committee_table import UNKNOWN, CommitteeTable
from esa_desktop.report.document import Page, digits_of
from esa_desktop.report.flow import flow_pages, height_of_last_page
from esa_desktop.report.measures import PageMeasures, page_measures
from esa_desktop.report.print_job import PrintJob
from esa_desktop.report.sheet_content import MEASURED
from esa_desktop.report.signatures import signature_slugs
from esa_desktop.report.slugs import KEEP, POOR, Slug, stack_height
from esa_desktop.report.text_layout import ColumnText, TextSetter
from esa_desktop.report.writing_lines import WritingLine, pitch

TITLE: Final = "แบบบันทึกผลการประเมินสำหรับคณะกรรมการ"
OPINION: Final = "ความเห็นและข้อเสนอแนะของคณะกรรมการ"
SIGNING: Final = "คณะกรรมการประเมินลงชื่อ"
MEMBER: Final = "กรรมการ"
_HOW: Final = (
    "คำชี้แจง : โปรดทำเครื่องหมายในช่องระดับที่เห็นว่าตรงกับหลักฐาน และบันทึกข้อสังเกตของแต่ละประเด็นในช่องขวาสุด"
)
_NOBODY_NAMED: Final = (Member("", MEMBER),) * 3
_OPINION_LINES: Final = 6
_FEWEST_LINES: Final = 3
"""Where that lets everybody sign below the table."""
_MOST_LINES: Final = 10
"""On a page that holds nothing but the opinion and who signs it."""
_BEFORE_HEADING: Final = 12.0
_BELOW_TITLES: Final = 6.0


def committee_pages(job: PrintJob) -> list[Page]:
    """All chosen indicators in one table; below it the opinion, and a place to sign for everyone."""
    options = job.options
    measures = page_measures(job.typesetter.typeface, options, landscape=options.landscape)
    form = _Form(job, TextSetter(job.typesetter, measures.text), measures)
    above: list[Slug] = [*form.titles(), *form.table()]
    for _ in range(2 * len(job.chosen) - 1):  # the last one when it is drawn
        job.steps.step()
    below, apart = form.closing_after(above)
    return flow_pages([*above, *below], measures, apart=apart, footer=TITLE, outline=((0, TITLE),))


class _Form:
    def __init__(self, job: PrintJob, setter: TextSetter, measures: PageMeasures) -> None:
        self._job = job
        self._assessed: AssessmentRound = job.assessed
        self._setter = setter
        self._measures = measures
        self._digits = digits_of(job.options)

    def titles(self) -> list[Slug]:
        m, setter = self._measures, self._setter
        year = f"ปีงบประมาณ {self._digits(self._assessed.fiscal_year)}"
        office = "   ".join(filter(None, (self._assessed.office, year)))
        slugs: list[Slug] = []
        for words in filter(None, (TITLE, self._assessed.framework.title, office)):
            title = setter.paragraph(
                words, bold=True, align="center", size=m.title_size, leading=m.title_leading
            )
            title.balance = True
            if not slugs:
                title.role = "H1"
            slugs += title.lines(setter.typesetter, m.width, 0.0, 0.0)
        how = setter.paragraph(_HOW)
        slugs += how.lines(setter.typesetter, m.width, 0.0, 0.0, before=_BELOW_TITLES)
        return slugs

    def table(self) -> list[Slug]:
        table = CommitteeTable(
            self._setter, self._measures.width, self._measures.height, self._digits
        )
        for standard, indicators in self._by_standard():
            table.add_standard(f"มาตรฐานที่ {self._digits(standard.number)}  {standard.name}")
            for indicator in indicators:
                table.add_indicator(
                    f"ตัวบ่งชี้ที่ {self._digits(indicator.number)} : {indicator.name}",
                    self._assessed.indicator(indicator.id).level,
                )
                self._add_of_type(table, indicator)
                for place, issue in enumerate(indicator.issues):
                    is_clear = self._assessed.issue(issue.id).evidence_clear
                    label = f"{self._digits(issue.number)}."
                    table.add_issue(label, issue.name, is_clear=is_clear, first=place == 0)
        slugs = table.slugs()
        if slugs:
            slugs[0].before = _BELOW_TITLES
        return slugs

    def _add_of_type(self, table: CommitteeTable, indicator: Indicator) -> None:
        """What the office measured or put forward, where the indicator asks for it."""
        written = self._assessed.indicator(indicator.id)
        if indicator.type is IndicatorType.THRESHOLD:
            words = measured_words(written.measured, indicator.rubric.unit)
            given = self._digits(arabic_digits(words)) if written.measured else UNKNOWN
            table.add_value(MEASURED, given)
        elif indicator.type is IndicatorType.RANKED_WORKS:
            for place, work in enumerate(written.works, 1):
                count = len(self._assessed.shown_by(work))
                given = f"หลักฐาน {self._digits(count)} รายการ" if count else "–"
                label = f"{self._digits(place)}."
                table.add_work(label, work.title, given, first=place == 1)

    def _by_standard(self) -> Iterator[tuple[Standard, Sequence[Indicator]]]:
        chosen = self._job.chosen
        for place, (_, standard, _) in enumerate(chosen):
            if place == 0 or chosen[place - 1][1].id != standard.id:
                yield standard, [i for _, s, i in chosen if s.id == standard.id]

    def closing_after(self, above: Sequence[Slug]) -> tuple[list[Slug], list[Slug]]:
        """The opinion and who signs it: below the table, or together on a page of their own."""
        height = self._measures.height
        left = height - height_of_last_page(above, height) - _BEFORE_HEADING
        lines = self._lines_within(left, range(_OPINION_LINES, _FEWEST_LINES - 1, -1))
        if lines is not None:
            return self._closing(lines), []
        lines = self._lines_within(height, range(_MOST_LINES, _OPINION_LINES - 1, -1))
        return ([], self._closing(lines)) if lines else (self._closing(_OPINION_LINES), [])

    def _lines_within(self, room: float, counts: Iterable[int]) -> int | None:
        """The first number of lines with which everybody signs on the same page."""
        one = stack_height(self._closing(1))
        line = pitch(self._measures.text)
        return next((n for n in counts if one + (n - 1) * line <= room), None)

    def _closing(self, lines: int) -> list[Slug]:
        return [*self._opinion(lines), *self._signatures()]

    def _opinion(self, lines: int) -> list[Slug]:
        slugs = self._heading(OPINION)
        line = pitch(self._measures.text)
        for place in range(lines):
            cost = KEEP if place < 2 else POOR
            slugs.append(WritingLine(self._measures.width, line, cost))
        return slugs

    def _signatures(self) -> list[Slug]:
        """One line for everybody the office named, or three to be named by hand."""
        named = members(self._assessed.book_text("committee"))
        signers = [Member(one.name, one.role or MEMBER) for one in named] or _NOBODY_NAMED
        bands = signature_slugs(self._setter, self._measures.width, signers)
        bands[0].cost = KEEP
        return [*self._heading(SIGNING), *bands]

    def _heading(self, words: str) -> list[Slug]:
        column = ColumnText(self._setter)
        column.add_heading(self._setter.heading(words, level=2), 0.0)
        slugs = column.slugs(self._measures.width)
        slugs[0].before = _BEFORE_HEADING
        return slugs
