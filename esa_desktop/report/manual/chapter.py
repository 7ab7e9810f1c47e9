"""A page of help as a chapter of the manual: its title, texts, steps, notes, tables and pictures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Final

from esa_desktop.domain import manual, richtext
from esa_desktop.domain.printing import PrintOptions
from esa_desktop.domain.thai import thai_digits
from esa_desktop.report.book.column import BookColumn, ColumnSetting
from esa_desktop.report.book.picture_pages import CaptionedPicture
from esa_desktop.report.flow import Beginning
from esa_desktop.report.fonts import typeface
from esa_desktop.report.inner_table import InnerTable
from esa_desktop.report.manual.bands import FramedPicture, ItemLine, note_lines, note_width
from esa_desktop.report.pictures import upright_picture
from esa_desktop.report.slugs import POOR, Slug, stack_height
from esa_desktop.report.structure import Element, heading_role
from esa_desktop.report.text_layout import ImageLoader
from esa_desktop.report.text_lines import Style
from esa_desktop.report.typesetter import BOLD, PLAIN, Typesetter

OPTIONS: Final = PrintOptions(paper="a4-portrait", margins_mm=(25.0, 20.0, 22.0, 20.0))
_TITLE: Final = 1.4
"""Of the size of the text; the sub-heading's below."""
_HEADING: Final = 1.12
_HANG: Final = 1.7
"""In em: from the number of a step to its words."""
_BETWEEN: Final = 0.28
"""Of a line: white between paragraphs; between items below."""
_BETWEEN_ITEMS: Final = 0.1
_ABOVE_HEADING: Final = 0.75
_AROUND: Final = 0.4
"""Above notes, tables and pictures, and below them."""
_POINTS_A_PIXEL: Final = 0.56
"""Of a window at 100 %: its words come out at 8 points. What is wider than the column is smaller."""
_TALLEST: Final = 0.4
"""Of the page: so that it seldom leaves much white at the foot of the one before."""
_MARK: Final = "•"


@dataclass(frozen=True)
class ManualJob:
    """What the columns of the manual are made with."""

    image: ImageLoader | None
    options: PrintOptions = OPTIONS

    @cached_property
    def typesetter(self) -> Typesetter:
        return Typesetter(typeface(self.options.font))


class Chapter:
    """Sets one page of help below a number (0 for a page that is printed alone)."""

    def __init__(
        self, setting: ColumnSetting, page: manual.Page, numbers: Mapping[str, int]
    ) -> None:
        """``numbers``: of all chapters by the id of their page; links name them."""
        self._setting = setting
        self._setter = setting.setter
        self._text = setting.measures.text
        self._width = setting.width
        self._page = page
        self._numbers = numbers
        self._column = BookColumn(setting)
        self._after = 0.0
        """White that the last block wants below it."""

    def slugs(self) -> list[Slug]:
        self._title()
        for block in self._page.blocks:
            self._add(block)
        return self._column.slugs

    @property
    def title(self) -> str:
        number = self._numbers.get(self._page.id, 0)
        return f"{thai_digits(number)}. {self._page.title}" if number else self._page.title

    # --- blocks -------------------------------------------------------------------------------

    def _title(self) -> None:
        number = self._numbers.get(self._page.id, 0)
        label = f"{thai_digits(number)}." if number else ""
        self._head(self._page.title, label, _TITLE, level=1)
        self._mark(self.title, 0)
        self._column.space(_BETWEEN * self._text.leading)

    def _head(self, words: str, label: str, scale: float, *, level: int) -> None:
        size, leading = self._text.size * scale, self._text.leading * scale
        head = self._setter.paragraph(words, label=label, bold=True, size=size, leading=leading)
        head.role = heading_role(level)
        head.keep = True
        head.runt = (0.3, 0.6)
        hang = head.label.width if head.label else 0.0
        lines = head.lines(self._setter.typesetter, self._width, 0.0, hang)
        above = 0.0 if level == 1 else _ABOVE_HEADING * self._text.leading
        self._column.add(lines, above=above, stays=True)

    def _mark(self, words: str, depth: int) -> None:
        self._column.slugs.append(Beginning(words, depth))

    def _add(self, block: manual.Block) -> None:
        if isinstance(block, manual.Heading):
            self._head(block.text, "", _HEADING, level=2)
            self._mark(block.text, 1)
            self._after = 0.0
            return
        stands_apart = isinstance(block, manual.Note | manual.Table | manual.Picture)
        white = _AROUND if stands_apart else _BETWEEN
        above = max(white, self._after) * self._text.leading
        self._column.add(self._bands(block), above=above)
        self._after = white if stands_apart else 0.0

    def _bands(
        self, block: manual.Text | manual.Items | manual.Note | manual.Table | manual.Picture
    ) -> list[Slug]:
        match block:
            case manual.Text(words):
                return self._lines(words)
            case manual.Items(items):
                listed = Element("L")
                return list(self._items(items, 0, listed, listed))
            case manual.Note(words):
                lines = self._lines(words, width=note_width(self._width))
                return note_lines(lines, self._width)
            case manual.Table():
                table = InnerTable(self._setter.typesetter, self._text, self._rich_table(block))
                return table.slugs(self._width)
            case manual.Picture():
                return self._picture(block)

    def _lines(self, words: manual.Words, *, width: float = 0.0) -> list[Slug]:
        paragraph = self._setter.paragraph(self._runs(words))
        return paragraph.lines(self._setter.typesetter, width or self._width, 0.0, 0.0)

    def _items(
        self, items: tuple[manual.Item, ...], depth: int, listed: Element, whole: Element
    ) -> Iterator[Slug]:
        """``listed``: the list these items are in; ``whole``: the outermost one."""
        hang = _HANG * self._text.size
        for place, item in enumerate(items):
            label = f"{thai_digits(item.number)}." if item.number else _MARK
            paragraph = self._setter.paragraph(self._runs(item.words), label=label)
            lines = paragraph.lines(self._setter.typesetter, self._width, depth * hang, hang)
            if place or depth:
                lines[0].before = _BETWEEN_ITEMS * self._text.leading
            body = listed.add("LI").add("LBody").adopt(line.element for line in lines)
            for line in lines:
                yield ItemLine(line, whole)
            if item.items:
                nested = list(self._items(item.items, depth + 1, body.add("L"), whole))
                nested[0].cost = max(nested[0].cost, POOR)
                yield from nested

    def _picture(self, block: manual.Picture) -> list[Slug]:
        """Both in the middle and never parted."""
        caption = self._setter.paragraph(
            block.caption,
            align="center",
            size=self._text.table_size,
            leading=self._text.table_leading,
        )
        caption.balance = True
        caption.role = "Caption"
        below = caption.lines(self._setter.typesetter, self._width, 0.0, 0.0, 2.0)
        image = self._setting.job.image
        stored = image(block.name) if image else None
        slug = fitted_picture(
            stored, self._width, _TALLEST * self._setting.measures.height - stack_height(below)
        )
        if slug is None:
            return below
        slug.element = Element("Figure", alt=block.caption)
        return [CaptionedPicture(slug, below)]

    # --- words --------------------------------------------------------------------------------

    def _runs(self, words: manual.Words) -> list[tuple[str, Style]]:
        return [
            (self._named(span), BOLD if span.bold else PLAIN)
            for span in words
        ]  # fmt: skip

    def _named(self, span: manual.Span) -> str:
        """On paper nothing can be clicked: a link says which chapter it means."""
        number = self._numbers.get(span.link, 0)
        return f"{span.text} (บทที่ {thai_digits(number)})" if number else span.text

    def _rich_table(self, block: manual.Table) -> richtext.Table:
        rows = tuple(
            tuple((self._cell(words),) for words in row) for row in (block.head, *block.rows)
        )
        return richtext.Table(rows, (1.0,) * len(block.head), header_rows=1)

    def _cell(self, words: manual.Words) -> richtext.Paragraph:
        runs = tuple(
            richtext.Run(self._named(span), bold=span.bold)
            for span in words
        )  # fmt: skip
        return richtext.Paragraph(runs)


def fitted_picture(stored: bytes | None, width: float, tallest: float) -> FramedPicture | None:
    """A picture of the screen in the middle of a column; ``None`` for what is none."""
    picture = upright_picture(stored) if stored else None
    if picture is None or stored is None:
        return None
    content, (across, down) = picture
    scale = min(width / across, tallest / down, _POINTS_A_PIXEL / _density(stored))
    wide, high = across * scale, down * scale
    return FramedPicture(content, (width - wide) / 2, wide, high)


def _density(stored: bytes) -> float:
    """Pixels of the picture in one of the window: 2 where it was taken at 192 dots an inch."""
    from PIL import Image as Pictures

    with Pictures.open(BytesIO(stored)) as opened:
        dots = opened.info.get("dpi", (96.0, 96.0))[0]
    return max(1.0, round(float(dots) / 96 * 4) / 4)
