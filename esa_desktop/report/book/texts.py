"""Parts of the book that are somebody's text under a title: foreword, basics, orders, minutes."""

from typing import Final

from esa_desktop.domain.book import APPENDICES, Part
from esa_desktop.report.book.column import BookColumn, BookSetting
from esa_desktop.report.document import Page, Series
from esa_desktop.report.flow import flow_pages
from esa_desktop.report.slugs import KEEP, POOR, Slug

_AS_OF: Final = "ข้อมูล ณ วันที่"
_SIGNED_FROM: Final = 0.45
"""Where the block under the foreword begins, of the width."""


def foreword_pages(setting: BookSetting) -> list[Page]:
    """The text, and at its end who writes and when."""
    column = BookColumn(setting)
    column.title(setting.titles[Part.FOREWORD])
    column.text(setting.text("foreword"))
    column.add(_signed(setting), above=1.5 * setting.measures.text.leading)
    return part_pages(setting, Part.FOREWORD, column, series="front")


def basics_pages(setting: BookSetting) -> list[Page]:
    column = BookColumn(setting)
    column.title(setting.titles[Part.BASICS])
    day = setting.text("basics_date").plain.strip()
    if day:
        column.line(day if day.startswith("ข้อมูล") else f"{_AS_OF} {day}", align="center")
        column.space(0.4 * setting.measures.text.leading)
    column.text(setting.text("basics"))
    return part_pages(setting, Part.BASICS, column)


def appendix_text_pages(setting: BookSetting, part: Part) -> list[Page]:
    """An order, or minutes, as they were copied."""
    column = BookColumn(setting)
    column.title(setting.titles[part], level=2)
    column.text(setting.text(part.value))
    return part_pages(setting, part, column)


def part_pages(
    setting: BookSetting, part: Part, column: BookColumn, *, series: Series = "body"
) -> list[Page]:
    """A part on pages of its own, with its name at the foot and among the bookmarks."""
    words = setting.titles[part].line
    depth = 1 if part in APPENDICES else 0
    return flow_pages(
        column.slugs, setting.measures, footer=words, series=series, outline=[(depth, words)]
    )


def _signed(setting: BookSetting) -> list[Slug]:
    setter = setting.setter
    lines = (setting.job.assessed.office, setting.text("foreword_month").plain.strip())
    slugs: list[Slug] = []
    for words in filter(None, lines):
        paragraph = setter.paragraph(words, align="center")
        paragraph.balance = True
        left = _SIGNED_FROM * setting.width
        made = paragraph.lines(setter.typesetter, setting.width, left, 0.0)
        for slug in made:
            slug.cost = KEEP
        slugs += made
    if slugs:
        slugs[0].cost = POOR
    return slugs
