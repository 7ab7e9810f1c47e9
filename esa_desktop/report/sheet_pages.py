"""The pages of indicator sheets: titles and tables laid out with one set of widths for them all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.book import Member
from esa_desktop.domain.framework import Indicator, Standard
from esa_desktop.domain.printing import PrintOptions
from esa_desktop.report.document import Page, Steps, digits_of
from esa_desktop.report.measures import SheetMeasures
from esa_desktop.report.sheet_content import sheet_content
from esa_desktop.report.sheet_table import SheetContent, SheetTable, TablePart, Widths
from esa_desktop.report.sheet_widths import choose_widths
from esa_desktop.report.signatures import signature_slugs
from esa_desktop.report.slugs import Pen, Slug, cut, draw_column, elements, stack_height
from esa_desktop.report.structure import Element, heading_role
from esa_desktop.report.text_layout import ImageLoader, TextSetter
from esa_desktop.report.typesetter import Typesetter

Chosen = tuple[str, Standard, Indicator]
"""Code, standard and indicator of a sheet."""
_LEAST_LINES: Final = 4
"""Lines of a table that must fit below the titles of a page."""
ABOVE_SIGNATURES: Final = 6.0
_SIGNERS: Final = (Member("", "ผู้รายงาน"), Member("", "ผู้รับรองข้อมูล"))
"""Under every sheet. The form names nobody."""


class SheetPages:
    """Lays out the sheets of one document."""

    def __init__(
        self,
        assessed: AssessmentRound,
        options: PrintOptions,
        measures: SheetMeasures,
        typesetter: Typesetter,
        image: ImageLoader | None,
        *,
        depth: int = 1,
    ) -> None:
        """``depth``: rank of a standard's heading in the document, 1 or below a part's."""
        self._assessed = assessed
        self._options = options
        self.measures = measures
        self.typesetter = typesetter
        self._setter = TextSetter(typesetter, measures.text, image, distribute=options.distribute)
        self._digits = digits_of(options)
        self._depth = depth
        self.widths: Widths = (0.0, 0.0, 0.0, 0.0)

    def pages(self, chosen: Sequence[Chosen], steps: Steps) -> Iterator[Page]:
        """All pages laid out: “หน้า x จาก y” is known before the first is drawn."""
        contents, headings, titles = self._prepared(chosen, steps)
        standard_id = ""
        for place, (code, standard, _) in enumerate(chosen):
            steps.check()
            outline = [(self._depth, headings[place][-1])]
            if standard.id != standard_id:
                standard_id = standard.id
                name = f"มาตรฐานที่ {self._digits(standard.number)} {standard.name}"
                outline.insert(0, (self._depth - 1, name))
            table = SheetTable(self._setter, self.measures, contents[place], self.widths)
            yield from self._sheet(code, outline, headings[place][-1], titles[place], table)

    def choose_widths(self, chosen: Sequence[Chosen], steps: Steps) -> Widths:
        """The column widths these sheets would have, without laying out a page."""
        self._prepared(chosen, steps)
        return self.widths

    def _prepared(
        self, chosen: Sequence[Chosen], steps: Steps
    ) -> tuple[list[SheetContent], list[list[str]], list[list[Slug]]]:
        """Per indicator its columns, heading lines and set titles; the widths are known then."""
        contents = []
        for _, _, indicator in chosen:
            contents.append(self._content(indicator))
            steps.step()
        headings = [self._headings(s, i, first=n == 0) for n, (_, s, i) in enumerate(chosen)]
        titles = [self._titles(lines) for lines in headings]
        self._choose(contents, titles)
        return contents, headings, titles

    def _content(self, indicator: Indicator) -> SheetContent:
        return sheet_content(
            self._assessed, indicator, self._setter, self._options, depth=self._depth + 2
        )

    def _choose(self, contents: Sequence[SheetContent], titles: Sequence[Sequence[Slug]]) -> None:
        m = self.measures
        kept = self._options.widths
        fits = (
            kept is not None and len(kept) == 4 and abs(sum(kept) - m.width) < 1 and min(kept) > 20
        )
        if kept is not None and fits:
            self.widths = (kept[0], kept[1], kept[2], kept[3])
            return
        above = [stack_height(lines) + m.below_titles for lines in titles]
        self.widths = choose_widths(self._setter, m, contents, above)

    def _headings(self, standard: Standard, indicator: Indicator, *, first: bool) -> list[str]:
        framework = self._assessed.framework
        lines: list[str] = []
        if first:
            opening = [text for text in (framework.title, self._assessed.office) if text]
            lines = ["   ".join(opening)] if self.measures.landscape and opening else opening
        number = self._digits(standard.number)
        lines.append(f"มาตรฐานที่ {number}  {standard.name}")
        lines.append(f"ตัวบ่งชี้ที่ {self._digits(indicator.number)} : {indicator.name}")
        return lines

    def _titles(self, lines: Sequence[str]) -> list[Slug]:
        """Centred, the last two lines as headings: the standard, and below it the indicator."""
        m = self.measures
        slugs: list[Slug] = []
        for place, line in enumerate(lines, 2 - len(lines)):
            title = self._setter.paragraph(
                line, bold=True, align="center", size=m.title_size, leading=m.title_leading
            )
            title.balance = True
            if place >= 0:
                title.role = heading_role(self._depth + place)
            slugs += title.lines(self.typesetter, m.width, 0.0, 0.0)
        return slugs

    def _sheet(
        self,
        code: str,
        outline: Sequence[tuple[int, str]],
        heading: str,
        titles: Sequence[Slug],
        table: SheetTable,
    ) -> Iterator[Page]:
        m = self.measures
        signing = self._signing()
        made = Element("Sect").adopt(elements(titles)).adopt([table.element])
        section: Element | None = made.adopt(elements(signing))
        goes_on = f"{heading} (ต่อ)"
        shown_parts = self._tables(titles, table)
        shown_parts[-1:] = self._signed(shown_parts[-1], signing, goes_on)
        for place, shown in enumerate(shown_parts):
            yield Page(
                m,
                partial(self._draw, shown=shown, table=table),
                footer=goes_on if place else heading,
                outline=() if place else outline,
                section=section,
                code=code,
            )
            section = None

    def _tables(self, titles: Sequence[Slug], table: SheetTable) -> list["_Shown"]:
        """The titles, and below them the table as far as it goes; each page by page."""
        m = self.measures
        least = table.head_height + _LEAST_LINES * m.text.leading + m.below_titles
        rest: Sequence[Slug] = titles
        shown: list[_Shown] = []
        # Large type on a small page: once the titles are placed, the table makes do with the room.
        while rest and stack_height(rest) + least > m.height:
            fitting, rest, _ = cut(rest, m.height)
            shown.append(_Shown(fitting, None))
        below = stack_height(rest) + m.below_titles if rest else 0.0
        for part in self._parts(table, m.height - below, m.height):
            shown.append(_Shown(rest, part))
            rest = ()
        return shown

    def _parts(self, table: SheetTable, first_room: float, room: float) -> list[TablePart]:
        signing = self._signing()
        below = ABOVE_SIGNATURES + stack_height(signing) if signing else 0.0
        return table.parts(first_room, room, below)

    def _signing(self) -> list[Slug]:
        """Who reported and who certifies: names are not known, so there is room for them."""
        if not self._options.signatures:
            return []
        return signature_slugs(self._setter, self.measures.width, _SIGNERS)

    def _signed(self, last: "_Shown", signing: Sequence[Slug], heading: str) -> Iterator["_Shown"]:
        """The last page of a table with the signatures, or with a page for them behind it."""
        m = self.measures
        used = stack_height(last.titles) + m.below_titles if last.titles else 0.0
        used += last.part.height if last.part else 0.0
        if used + ABOVE_SIGNATURES + stack_height(signing) <= m.height:
            yield replace(last, signing=signing)
            return
        yield last
        repeated = self._repeated(heading)
        room = m.height - stack_height(repeated) - ABOVE_SIGNATURES
        while signing:
            fitting, signing, _ = cut(signing, room)
            if not fitting:  # huge type: put it there rather than never end
                fitting, signing = signing[:1], signing[1:]
            yield _Shown(repeated, None, fitting)

    def _repeated(self, heading: str) -> list[Slug]:
        """What a page belongs to, above signatures that stand alone; read out already."""
        title = self._setter.paragraph(heading, bold=True, align="center")
        slugs = title.lines(self.typesetter, self.measures.width, 0.0, 0.0)
        for slug in slugs:
            slug.element = None
        return slugs

    def _draw(self, pen: Pen, *, shown: "_Shown", table: SheetTable) -> None:
        m = self.measures
        y = m.paper[1] - m.top
        if shown.titles:
            draw_column(pen, shown.titles, m.left, y)
            y -= stack_height(shown.titles) + m.below_titles
        if shown.part is not None:
            table.draw(pen, shown.part, m.left, y)
            y -= shown.part.height
        if shown.signing:
            draw_column(pen, shown.signing, m.left, y - ABOVE_SIGNATURES)


@dataclass(frozen=True, slots=True)
class _Shown:
    """What one page of a sheet shows, from above."""

    titles: Sequence[Slug]
    part: TablePart | None
    signing: Sequence[Slug] = ()
