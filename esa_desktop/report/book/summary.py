"""The summary for who has one minute: a text, the levels of all indicators, strong and weak points."""

from collections.abc import Iterator
from typing import Final

from esa_desktop.domain.book import TEXTS_BY_NAME, Part
from esa_desktop.domain.framework import LEVELS, Indicator, Standard
from esa_desktop.report.book.column import BookColumn, BookSetting
from esa_desktop.report.book.grid import PAD, Grid, GridCell, GridRow, Head
from esa_desktop.report.book.grid_marks import Tick
from esa_desktop.report.book.texts import part_pages
from esa_desktop.report.document import Page
from esa_desktop.report.slugs import Slug
from esa_desktop.report.typesetter import BOLD

NOT_CHOSEN: Final = "ยังไม่ระบุ"
_LEVELS: Final = "ระดับคุณภาพ"
_TABLE: Final = "ผลการประเมินตนเองรายตัวบ่งชี้"
_TICK: Final = 0.62
"""In em."""


def summary_pages(setting: BookSetting) -> list[Page]:
    column = BookColumn(setting)
    column.title(setting.titles[Part.SUMMARY])
    column.text(setting.text("summary"))
    if any(setting.job.assessed.framework.indicators()):
        column.heading(_TABLE)
        column.add(_levels(setting), above=0.2 * setting.measures.text.leading)
    for name in ("strengths", "improvements"):
        written_section(setting, column, name)
    return part_pages(setting, Part.SUMMARY, column, series="front")


def written_section(setting: BookSetting, column: BookColumn, name: str) -> None:
    """A text of the book under its own heading; nothing where it was left empty."""
    text = setting.text(name)
    if not text.is_blank:
        column.heading(TEXTS_BY_NAME[name].title)
        column.text(text)


def standards_shown(setting: BookSetting) -> list[Standard]:
    """Standards somebody could be assessed by: those that have indicators."""
    return [s for s in setting.job.assessed.framework.standards if s.indicators]


def standard_words(setting: BookSetting, standard: Standard) -> str:
    return f"มาตรฐานที่ {setting.digits(standard.number)} {standard.name}"


def indicator_words(setting: BookSetting, indicator: Indicator) -> str:
    code = setting.job.assessed.framework.code_of(indicator.id)
    return f"{setting.digits(code)} {indicator.name}"


def _levels(setting: BookSetting) -> list[Slug]:
    typesetter = setting.job.typesetter

    def needed(size: float) -> list[float]:
        words = typesetter.width(_LEVELS, size, BOLD) + 2 * PAD + 2
        return [max(words / len(LEVELS), 1.9 * size)] * len(LEVELS)

    text, widths = setting.table(needed)
    heads = [Head("มาตรฐานและตัวบ่งชี้", 0, rows=2), Head(_LEVELS, 1, columns=len(LEVELS))]
    heads += [
        Head(setting.digits(level), place, row=1) for place, level in enumerate(LEVELS, start=1)
    ]
    rows = list(_rows(setting, _TICK * text.table_size))
    return Grid(typesetter, text, widths, heads).slugs(rows)


def _rows(setting: BookSetting, tick: float) -> Iterator[GridRow]:
    for standard in standards_shown(setting):
        name = GridCell(standard_words(setting, standard), columns=1 + len(LEVELS))
        yield GridRow((name,), is_group=True)
        for indicator in standard.indicators:
            words = GridCell(indicator_words(setting, indicator))
            yield GridRow((words, *_ticks(setting, indicator, tick)))


def _ticks(setting: BookSetting, indicator: Indicator, size: float) -> Iterator[GridCell]:
    chosen = setting.job.assessed.indicator(indicator.id).level
    if chosen is None:
        yield GridCell(NOT_CHOSEN, columns=len(LEVELS), align="center")
        return
    for level in LEVELS:
        tick = Tick(f"ระดับ {setting.digits(level)}", size)
        yield GridCell(tick if level == chosen else "", align="center")
