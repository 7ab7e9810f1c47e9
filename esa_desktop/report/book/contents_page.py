"""The table of contents: names that wrap, dots, and numbers that are known when all pages are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from esa_desktop.domain.book_parts import PartTitle
from esa_desktop.report.book.column import BookColumn, ColumnSetting
from esa_desktop.report.document import Page, page_numbers
from esa_desktop.report.flow import flow_pages
from esa_desktop.report.line_drawing import draw_line
from esa_desktop.report.slugs import FREE, KEEP, POOR, Pen, Slug
from esa_desktop.report.structure import Element
from esa_desktop.report.text_lines import Line, Style
from esa_desktop.report.typesetter import BOLD, PLAIN

_ROOM: Final = "๘๘๘๘"
"""As wide as the widest number."""
_GAP: Final = 0.9
"""Between a name and the column of numbers, in em."""
_STEP: Final = 1.5
"""From one depth to the next, in em."""
_HANG: Final = 1.2
"""Of the second line of a long name, in em."""
_DOTS: Final = 0.3
"""From one dot to the next, in em."""
_ABOVE_PART: Final = 0.22
_CONTINUED: Final = "(ต่อ)"


@dataclass
class ContentsEntry:
    words: str
    depth: int
    page: Page
    """Where it leads."""
    number: str = ""
    """Of that page, put in before anything is drawn."""


def contents_entries(pages: Sequence[Page]) -> list[ContentsEntry]:
    """Everything these pages begin: the bookmarks, which are the same list."""
    return [
        ContentsEntry(words, depth, page)
        for page in pages
        if page.series != "unnumbered"
        for depth, words in page.outline
    ]


def number_entries(entries: Sequence[ContentsEntry], pages: Sequence[Page], *, thai: bool) -> None:
    """Give every entry the number of its page; ``pages``: all of the document."""
    numbers = page_numbers(pages, thai=thai)
    words = {id(page): number.words for page, number in zip(pages, numbers, strict=True)}
    for entry in entries:
        entry.number = words[id(entry.page)]


def contents_pages(
    setting: ColumnSetting, entries: Sequence[ContentsEntry], title: PartTitle
) -> list[Page]:
    """``entries`` without the contents themselves, which are not among them."""
    column = BookColumn(setting)
    column.title(title)
    labels = _Labels(setting, "", Element("P"))
    column.add([labels])
    again = _Labels(setting, f"{title.line} {_CONTINUED}", None)
    table = Element("TOC")
    nested = [table]
    slugs: list[Slug] = []
    before = -1
    for entry in entries:
        while len(nested) <= entry.depth:
            nested.append(nested[-1].add("TOC"))
        del nested[entry.depth + 1 :]
        made = _entry(setting, entry, nested[-1].add("TOCI"), table)
        if entry.depth == 0 and slugs:
            made[0].before = _ABOVE_PART * setting.measures.text.leading
        if entry.depth > before >= 0:
            made[0].cost = POOR  # a name is not parted from the first of what it holds
        for slug in made:
            slug.head = [again]
        before = entry.depth
        slugs += made
    if slugs:
        slugs[0].cost = KEEP
    column.add(slugs)
    return flow_pages(
        column.slugs,
        setting.measures,
        footer=title.line,
        series="front",
        outline=[(0, title.line)],
    )


def _entry(
    setting: ColumnSetting, entry: ContentsEntry, element: Element, table: Element
) -> list[Slug]:
    typesetter, m = setting.job.typesetter, setting.measures
    size = m.text.size
    style = BOLD if entry.depth == 0 else PLAIN
    left = min(entry.depth * _STEP * size, 0.2 * m.width)
    hang = _HANG * size
    room = m.width - left - hang - typesetter.width(_ROOM, size) - _GAP * size
    text = typesetter.measure([(entry.words, style)], size)
    lines = typesetter.filler.fill_well(text, max(room, 1.0), -hang)
    slugs: list[Slug] = []
    for place, line in enumerate(lines):
        slug = _EntrySlug(setting, entry, line, left + hang, element, table)
        slug.is_last = place == len(lines) - 1
        slug.cost = KEEP if place else FREE
        slugs.append(slug)
    return slugs


class _EntrySlug(Slug):
    """A line of an entry; its number stands on the last."""

    __slots__ = ("_entry", "_item", "_line", "_setting", "_x", "is_last")

    def __init__(
        self,
        setting: ColumnSetting,
        entry: ContentsEntry,
        line: Line,
        x: float,
        item: Element,
        table: Element,
    ) -> None:
        super().__init__(setting.measures.text.leading, element=table)
        self._setting = setting
        self._entry = entry
        self._line = line
        self._x = x
        self._item = item
        self.is_last = False

    def draw(self, pen: Pen, x: float, y: float) -> None:
        m = self._setting.measures
        size = m.text.size
        base = y - m.text.ascent * size
        words = draw_line(self._line, x + self._x, base)
        if words:
            pen.text(self._item, words)
        if not self.is_last or not self._entry.number:
            return
        style = BOLD if self._entry.depth == 0 else PLAIN
        number = _one_line(self._setting, self._entry.number, style)
        right = x + m.width
        end = x + self._x + self._line.indent + self._line.width
        pen.decoration(
            _dots(end + 0.35 * size, right - number.width - 0.35 * size, right, base, size)
        )
        pen.text(self._item, draw_line(number, right - number.width, base))


class _Labels(Slug):
    """The word above the numbers; on further pages with the title again, read by nobody."""

    __slots__ = ("_setting", "_title")

    def __init__(self, setting: ColumnSetting, title: str, element: Element | None) -> None:
        leading = setting.measures.text.leading
        super().__init__(leading * (2.2 if title else 1.0), element=element)
        self._setting = setting
        self._title = title

    def draw(self, pen: Pen, x: float, y: float) -> None:
        m = self._setting.measures
        ascent = m.text.ascent * m.text.size
        if self._title:
            title = _one_line(self._setting, self._title, BOLD)
            middle = x + (m.width - title.width) / 2
            pen.text(self.element, draw_line(title, middle, y - ascent))
            y -= 1.2 * m.text.leading
        label = _one_line(self._setting, "หน้า", BOLD)
        pen.text(self.element, draw_line(label, x + m.width - label.width, y - ascent))


def _one_line(setting: ColumnSetting, words: str, style: Style) -> Line:
    text = setting.job.typesetter.measure([(words, style)], setting.measures.text.size)
    return Line(text, 0, len(text.pieces), text.width, 0.0)


def _dots(start: float, end: float, edge: float, base: float, size: float) -> str:
    """Round dots from ``end`` back to ``start``, those of all lines below one another."""
    step = _DOTS * size
    last = edge - step * (int((edge - end) / step) + 1)
    count = int((last - start) / step)
    if count < 1:
        return ""
    first = last - count * step
    width = 0.06 * size
    return (
        f"q 1 J {width:.2f} w [0 {step:.3f}] 0 d "
        f"{first:.2f} {base + width / 2:.2f} m {last + 0.01:.2f} {base + width / 2:.2f} l S Q"
    )
