"""A page that opens a part: its title above the middle, and what the part holds."""

from collections.abc import Sequence
from typing import Final

from esa_desktop.domain.book_parts import PartTitle
from esa_desktop.report.book.column import BookColumn, BookSetting, Space
from esa_desktop.report.document import Page
from esa_desktop.report.flow import flow_pages
from esa_desktop.report.slugs import stack_height

_HEIGHT: Final = 0.3
"""Of the page, above the title."""


def divider_pages(setting: BookSetting, title: PartTitle, holds: Sequence[str] = ()) -> list[Page]:
    """``holds``: names of what follows, a line each."""
    setter, m = setting.setter, setting.measures
    column = BookColumn(setting)
    column.title(title)
    column.space(0.6 * m.text.leading)
    paragraphs = [setter.paragraph(words) for words in holds]
    widest = max((paragraph.text.width for paragraph in paragraphs), default=0.0)
    left = max(m.width - widest, 0.0) / 2
    for paragraph in paragraphs:
        column.add(paragraph.lines(setter.typesetter, m.width, left, 0.0))
    above = min(_HEIGHT * m.height, max(m.height - stack_height(column.slugs), 0.0) / 2)
    slugs = [Space(above), *column.slugs]
    return flow_pages(slugs, m, footer=title.line, outline=[(0, title.line)])
