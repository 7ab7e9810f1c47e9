"""One printing of indicator sheets: all pages laid out, then drawn."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.errors import Cancelled
from esa_desktop.domain.framework import Indicator, Standard
from esa_desktop.domain.thai import arabic_digits, shorten, thai_digits
from esa_desktop.report.fonts import typeface
from esa_desktop.report.line_drawing import draw_line
from esa_desktop.report.measures import SheetMeasures, sheet_measures
from esa_desktop.report.pdf_file import QuietCanvas
from esa_desktop.report.sheet_content import sheet_content
from esa_desktop.report.sheet_options import SheetOptions
from esa_desktop.report.sheet_table import SheetContent, SheetTable, TablePart, Widths
from esa_desktop.report.sheet_widths import choose_widths
from esa_desktop.report.slugs import Pen, Slug, cut, draw_column, stack_height
from esa_desktop.report.text_layout import ImageLoader, TextSetter
from esa_desktop.report.text_lines import Line
from esa_desktop.report.typesetter import Typesetter, fonts_into

Progress = Callable[[int, int], None]
"""Called with steps done and all steps."""


class SheetPage(NamedTuple):
    code: str
    standard: Standard
    heading: str
    """The indicator's line, repeated in the footer."""
    first: bool
    titles: Sequence[Slug]
    table: SheetTable | None
    part: TablePart | None


_LEAST_LINES: Final = 4
"""Lines of a table that must fit below the titles of a page."""


class Steps:
    """Progress and cancel in one place."""

    def __init__(
        self, total: int, progress: Progress | None, cancelled: Callable[[], bool] | None
    ) -> None:
        self._total = total
        self._done = 0
        self._progress = progress
        self._cancelled = cancelled

    def check(self) -> None:
        if self._cancelled is not None and self._cancelled():
            raise Cancelled("ยกเลิกการพิมพ์แล้ว ไฟล์เดิมยังอยู่เหมือนเดิม")

    def step(self) -> None:
        self.check()
        self._done += 1
        if self._progress is not None:
            self._progress(min(self._done, self._total), self._total)


class SheetRun:
    """One printing: fonts, measures and widths that all its sheets share."""

    def __init__(
        self, assessed: AssessmentRound, options: SheetOptions, image: ImageLoader | None
    ) -> None:
        face = typeface(options.font)
        self._assessed = assessed
        self._options = options
        self.measures: SheetMeasures = sheet_measures(
            face,
            options.paper,
            options.size_pt,
            gutter_mm=options.gutter_mm,
            pure_black=options.pure_black,
        )
        self.typesetter = Typesetter(face)
        self._setter = TextSetter(self.typesetter, self.measures.text, image)
        self.widths: Widths = (0.0, 0.0, 0.0, 0.0)
        self._footer_lines: dict[tuple[str, float], Line] = {}

    def digits(self, text: object) -> str:
        return thai_digits(text) if self._options.thai_digits else arabic_digits(str(text))

    def pages(
        self, chosen: Sequence[tuple[str, Standard, Indicator]], steps: Steps
    ) -> Iterator[SheetPage]:
        """All pages laid out: “หน้า x จาก y” is known before the first is drawn."""
        contents, headings, titles = self._prepared(chosen, steps)
        for place, (code, standard, _) in enumerate(chosen):
            steps.check()
            table = SheetTable(self._setter, self.measures, contents[place], self.widths)
            yield from self._sheet(code, standard, headings[place][-1], titles[place], table)

    def choose_widths(
        self, chosen: Sequence[tuple[str, Standard, Indicator]], steps: Steps
    ) -> Widths:
        """The column widths these sheets would have, without laying out a page."""
        self._prepared(chosen, steps)
        return self.widths

    def _prepared(
        self, chosen: Sequence[tuple[str, Standard, Indicator]], steps: Steps
    ) -> tuple[list[SheetContent], list[list[str]], list[list[Slug]]]:
        """Per indicator its columns, heading lines and set titles; the widths are known then."""
        contents = []
        for _, _, indicator in chosen:
            contents.append(sheet_content(self._assessed, indicator, self._setter, self._options))
            steps.step()
        headings = [self._headings(s, i, first=n == 0) for n, (_, s, i) in enumerate(chosen)]
        titles = [self._titles(lines) for lines in headings]
        self._choose(contents, titles)
        return contents, headings, titles

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
        number = self.digits(standard.number)
        lines.append(f"มาตรฐานที่ {number}  {standard.name}")
        lines.append(f"ตัวบ่งชี้ที่ {self.digits(indicator.number)} : {indicator.name}")
        return lines

    def _titles(self, lines: Iterable[str]) -> list[Slug]:
        m = self.measures
        slugs: list[Slug] = []
        for line in lines:
            title = self._setter.paragraph(
                line, bold=True, align="center", size=m.title_size, leading=m.title_leading
            )
            title.balance = True
            slugs += title.lines(self.typesetter, m.width, 0.0, 0.0)
        return slugs

    def _sheet(
        self,
        code: str,
        standard: Standard,
        heading: str,
        titles: Sequence[Slug],
        table: SheetTable,
    ) -> Iterator[SheetPage]:
        m = self.measures
        first = True
        least = table.head_height + _LEAST_LINES * m.text.leading + m.below_titles
        rest: Sequence[Slug] = titles
        while stack_height(rest) + least > m.height:
            shown, rest, _ = cut(rest, m.height)
            yield SheetPage(code, standard, heading, first, shown, None, None)
            first = False
        below = stack_height(rest) + m.below_titles if rest else 0.0
        for part in table.parts(m.height - below, m.height):
            yield SheetPage(code, standard, heading, first, rest, table, part)
            first, rest = False, ()

    def draw(self, pages: Sequence[SheetPage], steps: Steps) -> bytes:
        assessed = self._assessed
        title = " ".join(filter(None, (assessed.framework.title, assessed.office)))
        title += f" ปีงบประมาณ {self.digits(assessed.fiscal_year)}"
        canvas = QuietCanvas(self.measures.paper, title, assessed.office)
        pen = Pen(canvas)
        standard = ""
        for number, page in enumerate(pages, 1):
            if page.first:
                steps.step()
                if page.standard.id != standard:
                    standard = page.standard.id
                    self._bookmark(canvas, f"standard-{standard}", page.standard, 0)
                key = f"indicator-{page.code}"
                canvas.bookmarkPage(key)
                canvas.addOutlineEntry(page.heading, key, 1, closed=False)
            else:
                steps.check()
            self._draw_page(pen, page, number, len(pages))
            pen.flush()
            canvas.showPage()
        if not pages:
            canvas.showPage()  # a PDF without pages cannot be opened
        fonts_into(canvas.document, self.typesetter)
        return canvas.finished()

    def _bookmark(self, canvas: QuietCanvas, key: str, standard: Standard, level: int) -> None:
        canvas.bookmarkPage(key)
        name = f"มาตรฐานที่ {self.digits(standard.number)} {standard.name}"
        canvas.addOutlineEntry(name, key, level, closed=False)

    def _draw_page(self, pen: Pen, page: SheetPage, number: int, total: int) -> None:
        m = self.measures
        y = m.paper[1] - m.top
        if page.titles:
            draw_column(pen, page.titles, m.left, y)
            y -= stack_height(page.titles) + m.below_titles
        if page.table is not None and page.part is not None:
            page.table.draw(pen, page.part, m.left, y)
        self._draw_footer(pen, page, number, total)

    def _draw_footer(self, pen: Pen, page: SheetPage, number: int, total: int) -> None:
        m = self.measures
        style = self._options.page_numbers
        words = {
            "x_of_y": f"หน้า {self.digits(number)} จาก {self.digits(total)}",
            "plain": self.digits(number),
            "none": "",
        }[style]
        right = self._footer_line(words, m.width)
        left = self._footer_line(
            page.heading + ("" if page.first else " (ต่อ)"), m.width - right.width - 12
        )
        pen.add(draw_line(left, m.left, m.footer))
        pen.add(draw_line(right, m.left + m.width - right.width, m.footer))

    def _footer_line(self, text: str, room: float) -> Line:
        """As much of a text as fits on one line."""
        known = self._footer_lines.get((text, room))
        if known is None:
            size, most = self.measures.small_size, len(text)
            measured = self._setter.paragraph(text, size=size).text
            while measured.width > room and most > 1:
                most = min(most - 1, int(most * room / measured.width))
                measured = self._setter.paragraph(shorten(text, most), size=size).text
            known = Line(measured, 0, len(measured.pieces), measured.width, 0.0)
            self._footer_lines[text, room] = known
        return known
