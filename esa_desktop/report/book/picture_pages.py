"""Pictures with their captions, as large as lets two stand on a page."""

from collections.abc import Iterator, Sequence
from typing import Final

from esa_desktop.domain.book import Part
from esa_desktop.domain.richtext import Block, Image, Paragraph, RichText
from esa_desktop.report.book.column import BookColumn, BookSetting
from esa_desktop.report.book.texts import part_pages
from esa_desktop.report.document import Page
from esa_desktop.report.pictures import upright_picture
from esa_desktop.report.slugs import (
    PICTURE_WORDS,
    ImageSlug,
    Pen,
    Slug,
    draw_column,
    elements,
    stack_height,
)
from esa_desktop.report.structure import Element
from esa_desktop.report.text_layout import NO_PICTURE

_COARSEST: Final = 0.75
"""Points a pixel: larger than on a screen, a small picture only shows its pixels."""
_LEAST_HEIGHT: Final = 0.2
"""Of the page, however long the caption."""


def picture_pages(setting: BookSetting) -> list[Page]:
    column = BookColumn(setting)
    column.title(setting.titles[Part.PICTURES], level=2)
    title = stack_height(column.slugs)
    gap = 0.6 * setting.measures.text.leading
    room = (setting.measures.height - title) / 2 - gap
    for group in _groups(setting.text("pictures").blocks):
        first = group[0]
        if isinstance(first, Image):
            caption = group[1] if len(group) > 1 else None
            words = caption if isinstance(caption, Paragraph) else None
            column.add(_picture(setting, first, words, room), above=gap)
        else:
            column.text(RichText(tuple(group)))
    return part_pages(setting, Part.PICTURES, column)


def _groups(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Each picture with the paragraph below it; what stands between them together."""
    others: list[Block] = []
    place = 0
    while place < len(blocks):
        block = blocks[place]
        place += 1
        if not isinstance(block, Image):
            others.append(block)
            continue
        if others:
            yield others
            others = []
        while place < len(blocks) and _is_blank(blocks[place]):
            place += 1
        below = blocks[place] if place < len(blocks) else None
        if isinstance(below, Paragraph):
            place += 1
            yield [block, below]
        else:
            yield [block]
    if others:
        yield others


def _is_blank(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.is_blank


def _picture(
    setting: BookSetting, image: Image, caption: Paragraph | None, room: float
) -> list[Slug]:
    """Both in the middle and never parted; ``room``: for picture and caption together."""
    below = _caption(setting, caption) if caption is not None else []
    stored = setting.job.image(image.sha256) if setting.job.image else None
    picture = upright_picture(stored) if stored else None
    if picture is None:
        paragraph = setting.setter.paragraph(NO_PICTURE, align="center")
        return [*paragraph.lines(setting.job.typesetter, setting.width, 0.0, 0.0), *below]
    content, (across, down) = picture
    tallest = max(room - stack_height(below) - 8.0, _LEAST_HEIGHT * setting.measures.height)
    scale = min(setting.width / across, tallest / down, _COARSEST)
    width, height = across * scale, down * scale
    slug = ImageSlug(content, (setting.width - width) / 2, width, height)
    slug.element = Element("Figure", alt=_words(caption) or PICTURE_WORDS)
    return [CaptionedPicture(slug, below)]


class CaptionedPicture(Slug):
    """One band, so that no page ends between a picture and its words."""

    __slots__ = ("_bands",)

    def __init__(self, picture: ImageSlug, caption: Sequence[Slug]) -> None:
        self._bands = [picture, *caption]
        super().__init__(stack_height(self._bands), element=picture.element)

    def draw(self, pen: Pen, x: float, y: float) -> None:
        draw_column(pen, self._bands, x, y)
        if self.element is not None:  # read in the order of drawing: the picture, then its words
            self.element.adopt(elements(self._bands[1:]))


def _caption(setting: BookSetting, caption: Paragraph) -> list[Slug]:
    setter = setting.setter
    paragraph = setter.paragraph(_words(caption), align="center")
    paragraph.balance = True
    paragraph.role = "Caption"
    return paragraph.lines(setter.typesetter, setting.width, 0.0, 0.0, 2.0)


def _words(caption: Paragraph | None) -> str:
    if caption is None:
        return ""
    return f"{caption.label} {caption.text}".strip()
