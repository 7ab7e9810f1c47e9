"""A document of laid-out pages: numbers them, draws them, and writes one PDF with tree and outline."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final, Literal

from esa_desktop.domain.errors import Cancelled
from esa_desktop.domain.printing import PrintOptions
from esa_desktop.domain.thai import arabic_digits, thai_digits
from esa_desktop.report.fingerprint import fingerprint
from esa_desktop.report.measures import PageMeasures
from esa_desktop.report.pdf_file import ArchiveCanvas
from esa_desktop.report.running_lines import RunningLines
from esa_desktop.report.slugs import Pen
from esa_desktop.report.structure import Element
from esa_desktop.report.typesetter import Typesetter, fonts_into

Progress = Callable[[int, int], None]
"""Called with steps done and all steps."""
Series = Literal["unnumbered", "front", "body"]
"""A cover has no number; what comes before the first part is ก ข ค; the rest is ๑ ๒ ๓."""
LETTERS: Final = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
"""Of preliminary pages; ฃ and ฅ are passed over, as in every Thai list."""


@dataclass(slots=True)
class Page:
    """A page that is laid out and knows how to draw itself."""

    measures: PageMeasures
    draw: Callable[[Pen], None]
    footer: str = ""
    """Words at the left of the foot: what this page belongs to."""
    series: Series = "body"
    outline: Sequence[tuple[int, str]] = ()
    """Bookmarks that begin here: depth from 0, and words."""
    section: Element | None = None
    """The part of the structure tree that begins here."""
    code: str = ""
    """Of the indicator whose sheet this is a page of."""
    is_bare: bool = False
    """Counted, but without header, foot and number: a cover, an empty page."""


@dataclass(frozen=True, slots=True)
class PageNumber:
    words: str
    """As printed and as shown by readers; empty on a cover."""
    number: int
    """From 1 in its series."""
    total: int
    """Pages of the series."""


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """What was printed on one page, for finding out later whether it changed."""

    number: str
    fingerprint: str


@dataclass
class Steps:
    """Progress and cancel in one place."""

    total: int
    progress: Progress | None = None
    cancelled: Callable[[], bool] | None = None
    _done: int = field(default=0, init=False)

    def check(self) -> None:
        if self.cancelled is not None and self.cancelled():
            raise Cancelled("ยกเลิกการพิมพ์แล้ว ไฟล์เดิมยังอยู่เหมือนเดิม")

    def step(self) -> None:
        self.check()
        self._done += 1
        if self.progress is not None:
            self.progress(min(self._done, self.total), self.total)


def page_numbers(pages: Sequence[Page], *, thai: bool) -> list[PageNumber]:
    """The number of every page, counted in its own series."""
    totals = dict.fromkeys(("unnumbered", "front", "body"), 0)
    for page in pages:
        totals[page.series] += 1
    counts = dict.fromkeys(totals, 0)
    numbers = []
    for page in pages:
        counts[page.series] += 1
        number = counts[page.series]
        words = {
            "unnumbered": "",
            "front": front_number(number),
            "body": thai_digits(number) if thai else str(number),
        }[page.series]
        numbers.append(PageNumber(words, number, totals[page.series]))
    return numbers


def front_number(number: int) -> str:
    """ก for 1, ข for 2; กก after the last letter."""
    turn, place = divmod(number - 1, len(LETTERS))
    return LETTERS[place] * (turn + 1)


class Document:
    """One PDF: its fonts, its running lines, its title."""

    def __init__(
        self, typesetter: Typesetter, options: PrintOptions, title: str, author: str
    ) -> None:
        self._typesetter = typesetter
        self._options = options
        self._title = title
        self._author = author
        self._running = RunningLines(typesetter, options)

    def write(
        self,
        pages: Sequence[Page],
        steps: Steps,
        *,
        only: Collection[int] | None = None,
        drawn: list[DrawnPage] | None = None,
    ) -> bytes:
        """Draw all pages, or those of some places (from 0), numbered as in the whole.

        ``drawn`` is filled with what every drawn page held.
        """
        numbers = page_numbers(pages, thai=self._options.thai_digits)
        chosen = [place for place in range(len(pages)) if only is None or place in only]
        canvas = ArchiveCanvas(self._title, self._author)
        tree = Element("Document")
        sections = _sections(pages)
        for place in chosen:
            steps.check()
            page, number, section = pages[place], numbers[place], sections[place]
            canvas.begin_page(page.measures.paper, number.words)
            for depth, words in page.outline:
                canvas.add_bookmark(words, depth)
            turned = page.measures.turned if place % 2 else (0.0, 0.0)  # the back of a leaf
            pen = Pen(canvas, canvas.pages - 1, turned)
            if any(turned):
                canvas.translate(*turned)
            if page.section is not None or not page.is_bare:  # an empty back stays empty
                self._running.draw_watermark(pen, page.measures)
            page.draw(pen)
            if drawn is not None:
                # Its number may move, but not the name at its foot: chapters are counted anew.
                foot = self._options.footer or page.footer
                held = f"{page.measures.paper} {turned}\n{foot}\n{pen.operators()}"
                drawn.append(DrawnPage(number.words, fingerprint(held, self._typesetter)))
            if not page.is_bare:
                self._running.draw(pen, page.measures, page.footer, number)
            pen.flush()
            canvas.showPage()
            if section is not None and section not in tree.kids[-1:]:
                tree.kids.append(section)
            if page.section is not None:
                steps.step()
        if not chosen:
            canvas.begin_page((595.28, 841.89), "")
            canvas.showPage()  # a PDF without pages cannot be opened
        fonts_into(canvas.document, self._typesetter)
        return canvas.finished(tree, whole=len(chosen) == len(pages))


def _sections(pages: Sequence[Page]) -> list[Element | None]:
    """The part of the structure tree every page is in, be its beginning printed or not."""
    begun = (page.section for page in pages)
    return list(accumulate(begun, _latest))


def _latest(before: Element | None, begun: Element | None) -> Element | None:
    return begun or before


def digits_of(options: PrintOptions) -> Callable[[object], str]:
    """How the program writes numbers on this print."""
    if options.thai_digits:
        return thai_digits
    return lambda text: arabic_digits(str(text))
