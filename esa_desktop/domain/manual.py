"""The help of the program as values: pages of headings, texts, steps, notes, tables and pictures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Span:
    """Words of one look."""

    text: str
    bold: bool = False
    """Words as they stand on the screen."""
    link: str = ""
    """Id of the page they lead to."""


Words = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    words: Words


@dataclass(frozen=True, slots=True)
class Item:
    """A step or a point; ``number`` is 0 for a point."""

    number: int
    words: Words
    items: "tuple[Item, ...]" = ()
    """What belongs to it, one deeper."""


@dataclass(frozen=True, slots=True)
class Items:
    """Steps or points one below the other; after a picture steps go on counting."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Note:
    words: Words


@dataclass(frozen=True, slots=True)
class Table:
    head: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]
    """Each as long as the head."""


@dataclass(frozen=True, slots=True)
class Picture:
    name: str
    """Of a file in the folder of pictures."""
    caption: str


Block = Heading | Text | Items | Note | Table | Picture


@dataclass(frozen=True, slots=True)
class Reference:
    """Another page or a picture that a line of a page names."""

    line: int
    """From 1."""
    target: str
    is_picture: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    id: str
    title: str
    blocks: tuple[Block, ...]
    search_words: tuple[str, ...] = ()
    """Words people look for and the page does not have."""
    references: tuple[Reference, ...] = ()
    source: str = ""
    """Name of the file it was read from."""


@dataclass(frozen=True)
class Manual:
    """All pages in their order."""

    pages: tuple[Page, ...]

    @cached_property
    def _by_id(self) -> Mapping[str, Page]:
        return {page.id: page for page in self.pages}

    def page(self, page_id: str) -> Page | None:
        return self._by_id.get(page_id)


class ManualFault(ValueError):
    """A mistake in a page of help, which is ours: names file and line."""

    def __init__(self, source: str, line: int, words: str) -> None:
        super().__init__(f"{source}, line {line}: {words}")
        self.source = source
        self.line = line


def plain(words: Words) -> str:
    return "".join(span.text for span in words)


def texts(page: Page) -> Iterator[tuple[str, str]]:
    """Every text of a page without its looks, in reading order, each with the heading above it."""
    above = ""
    for block in page.blocks:
        if isinstance(block, Heading):
            above = block.text
            yield above, block.text
        elif isinstance(block, Picture):
            yield above, block.caption
        elif isinstance(block, Items):
            for item in walked(block.items):
                yield above, plain(item.words)
        elif isinstance(block, Table):
            for row in (block.head, *block.rows):
                yield above, "  ".join(plain(cell) for cell in row)
        else:
            yield above, plain(block.words)


def walked(items: tuple[Item, ...]) -> Iterator[Item]:
    """Items, each followed by what belongs to it."""
    for item in items:
        yield item
        yield from walked(item.items)


def bold_words(page: Page) -> Iterator[str]:
    """All words that a page says stand on the screen."""
    for words in _all_words(page):
        for span in words:
            if span.bold:
                yield span.text


def _all_words(page: Page) -> Iterator[Words]:
    for block in page.blocks:
        if isinstance(block, Text | Note):
            yield block.words
        elif isinstance(block, Items):
            yield from (item.words for item in walked(block.items))
        elif isinstance(block, Table):
            for row in (block.head, *block.rows):
                yield from row
