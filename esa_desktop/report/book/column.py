"""What the parts of a book share: one upright page, one way of headings, texts below one another."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, Protocol

from esa_desktop.domain.book import Part
from esa_desktop.domain.book_parts import PartTitle
from esa_desktop.domain.printing import PrintOptions
from esa_desktop.domain.richtext import RichText
from esa_desktop.report.document import digits_of
from esa_desktop.report.fonts import Typeface
from esa_desktop.report.measures import MM, PageMeasures, TextMeasures, page_measures
from esa_desktop.report.print_job import PrintJob
from esa_desktop.report.slugs import FREE, KEEP, Pen, Slug
from esa_desktop.report.structure import heading_role
from esa_desktop.report.text_layout import ImageLoader, TextSetter
from esa_desktop.report.typesetter import Typesetter

_MARGINS_MM: Final = (30.0, 20.0, 25.0, 20.0)
"""Left, right, top, bottom: those of official letters, for pages that are read rather than filled in."""
_FIRST_INDENT: Final = 15 * MM
_STEP: Final = 8 * MM
_NAMES: Final = 0.34
"""Of the width: least room for the names in a table."""
_SMALLER: Final = (1.0, 0.92, 0.84, 0.76, 0.68, 0.6)
_BELOW_TITLE: Final = 0.6
"""Of a line."""
_ABOVE_HEADING: Final = 0.7
_BETWEEN_HEADINGS: Final = 0.2


class Job(Protocol):
    """What a column of text needs: its letters, the options, the pictures."""

    @property
    def typesetter(self) -> Typesetter: ...
    @property
    def options(self) -> PrintOptions: ...
    @property
    def image(self) -> ImageLoader | None: ...


@dataclass(frozen=True)
class ColumnSetting:
    """Upright pages of text on their way to paper."""

    job: Job

    @cached_property
    def measures(self) -> PageMeasures:
        return upright_measures(self.job.typesetter.typeface, self.job.options)

    @cached_property
    def setter(self) -> TextSetter:
        job = self.job
        return TextSetter(
            job.typesetter, self.measures.text, job.image, distribute=job.options.distribute
        )

    @property
    def width(self) -> float:
        """Of the text."""
        return self.measures.width

    def digits(self, text: object) -> str:
        return digits_of(self.job.options)(text)

    def table(self, needed: Callable[[float], list[float]]) -> tuple[TextMeasures, list[float]]:
        """Type for a table whose first column names things, and the widths of all its columns.

        ``needed``: the widths of the others at a size. Type that is large on a narrow page is made
        smaller, until the names have room.
        """
        text = self.measures.text
        most = (1 - _NAMES) * self.width
        fitting = (s for s in _SMALLER if sum(needed(text.table_size * s)) <= most)
        share = next(fitting, _SMALLER[-1])
        size = text.table_size * share
        others = needed(size)
        first = max(self.width - sum(others), _NAMES * self.width)
        shrink = min((self.width - first) / sum(others), 1.0)
        fitted = replace(text, table_size=size, table_leading=text.table_leading * share)
        return fitted, [first, *(width * shrink for width in others)]


@dataclass(frozen=True)
class BookSetting(ColumnSetting):
    """One book on its way to paper."""

    job: PrintJob
    titles: Mapping[Part, PartTitle]

    def text(self, name: str) -> RichText:
        """A text of the book by its name."""
        return self.job.assessed.book_text(name)


def upright_measures(face: Typeface, options: PrintOptions) -> PageMeasures:
    """The page of everything but the sheets."""
    if options.margins_mm is None:
        options = replace(options, margins_mm=_MARGINS_MM)
    page = page_measures(face, options, landscape=False)
    indent = min(_FIRST_INDENT, 0.12 * page.width)
    text = replace(page.text, first_indent=indent, step=min(_STEP, 0.06 * page.width))
    return replace(page, text=text)


class Space(Slug):
    """White that stays at the top of a page."""

    __slots__ = ()

    def draw(self, pen: Pen, x: float, y: float) -> None:
        """Nothing is seen."""


class BookColumn:
    """Titles, texts and tables from top to bottom; a heading stays with what follows it."""

    def __init__(self, setting: ColumnSetting) -> None:
        self._setting = setting
        self._cost = FREE
        self.slugs: list[Slug] = []

    def title(self, title: PartTitle, *, level: int = 1) -> None:
        """Number and name of a part, each on a line of its own."""
        m = self._setting.measures
        setter = self._setting.setter
        words = "\n".join(filter(None, (title.number, title.name)))
        size = m.title_size * 1.1
        head = setter.paragraph(
            words, bold=True, align="center", size=size, leading=m.title_leading * 1.1
        )
        head.role = heading_role(level)
        head.balance = "\n" not in words
        head.keep = True
        self.add(head.lines(setter.typesetter, m.width, 0.0, 0.0))
        self._cost = KEEP
        self.space(_BELOW_TITLE * m.text.leading)

    def heading(self, words: str, *, level: int = 2) -> None:
        m = self._setting.measures
        setter = self._setting.setter
        head = setter.heading(words, level=level)
        first = not self.slugs or isinstance(self.slugs[-1], Space)
        white = _BETWEEN_HEADINGS if self._cost == KEEP else _ABOVE_HEADING
        above = 0.0 if first else white * m.text.leading
        self.add(head.lines(setter.typesetter, m.width, 0.0, 0.0, above))
        self._cost = KEEP

    def text(self, text: RichText) -> None:
        """A text as it was written."""
        cell = self._setting.setter.cell(text)
        if cell.items:
            self.add(cell.slugs(self._setting.width))

    def line(self, words: str, *, align: str = "left") -> None:
        """A line of the program's own."""
        setter = self._setting.setter
        paragraph = setter.paragraph(words, align="center" if align == "center" else "left")
        self.add(paragraph.lines(setter.typesetter, self._setting.width, 0.0, 0.0))

    def space(self, height: float) -> None:
        self.add([Space(height)])

    def add(self, slugs: Sequence[Slug], *, above: float = 0.0, stays: bool = False) -> None:
        """Bands with white above them, which is dropped at the top of a page.

        ``stays``: with what comes next.
        """
        if not slugs:
            return
        slugs[0].before = max(slugs[0].before, above)
        slugs[0].cost = max(slugs[0].cost, self._cost)
        only_white = all(isinstance(slug, Space) for slug in slugs)
        self._cost = KEEP if stays else self._cost if only_white else FREE
        self.slugs += slugs
