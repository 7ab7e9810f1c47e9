"""How was assessed: what people wrote about it, the indicators, and the rubric in its own words."""

from collections.abc import Iterator, Sequence
from typing import Final

from esa_desktop.domain.book import Part
from esa_desktop.domain.framework import LEVELS, Indicator, Rubric, Standard
from esa_desktop.domain.rubric import row_lines
from esa_desktop.domain.thai import arabic_digits
from esa_desktop.report.book.column import BookColumn, BookSetting
from esa_desktop.report.book.grid import PAD, Grid, GridCell, GridRow, Head
from esa_desktop.report.book.summary import (
    indicator_words,
    standard_words,
    standards_shown,
    written_section,
)
from esa_desktop.report.book.texts import part_pages
from esa_desktop.report.document import Page
from esa_desktop.report.slugs import Slug
from esa_desktop.report.typesetter import BOLD

_INDICATORS: Final = "มาตรฐานและตัวบ่งชี้"
_LEVELS: Final = "คำอธิบายระดับคุณภาพ"
_ISSUES: Final = "จำนวนประเด็น"
_WEIGHT: Final = "น้ำหนัก"


def criteria_pages(setting: BookSetting) -> list[Page]:
    column = BookColumn(setting)
    column.title(setting.titles[Part.CRITERIA])
    written_section(setting, column, "criteria")
    above = 0.2 * setting.measures.text.leading
    if standards_shown(setting):
        column.heading(_INDICATORS)
        column.add(_indicators(setting), above=above)
    rubrics = _rubrics(setting)
    if rubrics:
        column.heading(_LEVELS)
    for codes, rubric in rubrics:
        column.heading(codes, level=3)
        column.add(_levels(setting, rubric), above=above)
    return part_pages(setting, Part.CRITERIA, column)


def _indicators(setting: BookSetting) -> list[Slug]:
    """Indicators and how many issues each has; weights only where the office checked them."""
    standards = standards_shown(setting)
    weighed = any(
        i.weight_verified and i.weight is not None for s in standards for i in s.indicators
    )
    typesetter = setting.job.typesetter
    words = ["จำนวน", *[_WEIGHT] * weighed]

    def needed(size: float) -> list[float]:
        return [typesetter.width(word, size, BOLD) + 3 * PAD for word in words]

    text, widths = setting.table(needed)
    heads = [Head(_INDICATORS, 0), Head(_ISSUES, 1), *[Head(_WEIGHT, 2)] * weighed]
    rows: list[GridRow] = []
    for standard in standards:
        name = GridCell(_with_share(setting, standard), columns=len(widths))
        rows.append(GridRow((name,), is_group=True))
        for indicator in standard.indicators:
            cells = [GridCell(indicator_words(setting, indicator))]
            cells.append(_centred(_count(setting, indicator)))
            cells += [_centred(_weight(setting, indicator))] * weighed
            rows.append(GridRow(tuple(cells)))
    return Grid(typesetter, text, widths, heads).slugs(rows)


def _count(setting: BookSetting, indicator: Indicator) -> str:
    """How many issues, or how many works where only those are asked for."""
    if not indicator.issues and indicator.works:
        return f"{setting.digits(indicator.works)} ผลงาน"
    return setting.digits(len(indicator.issues) or "–")


def _with_share(setting: BookSetting, standard: Standard) -> str:
    name = standard_words(setting, standard)
    if standard.share is None or not standard.share_verified:
        return name
    return f"{name} (ร้อยละ {setting.digits(f'{standard.share:g}')})"


def _weight(setting: BookSetting, indicator: Indicator) -> str:
    if indicator.weight is None or not indicator.weight_verified:
        return ""
    return setting.digits(f"{indicator.weight:g}")


def _rubrics(setting: BookSetting) -> list[tuple[str, Rubric]]:
    """Every rubric once, with the words that say for which indicators it is."""
    known: dict[tuple[tuple[int, tuple[str, ...]], ...], list[Indicator]] = {}
    for _, _, indicator in setting.job.assessed.framework.indicators():
        lines = ((row.level, row_lines(indicator.rubric, row)) for row in indicator.rubric.rows)
        words = tuple(one for one in lines if one[1])
        if words:
            known.setdefault(words, []).append(indicator)
    return [(_codes(setting, group), group[0].rubric) for group in known.values()]


def _codes(setting: BookSetting, indicators: Sequence[Indicator]) -> str:
    framework = setting.job.assessed.framework
    codes = [setting.digits(framework.code_of(indicator.id)) for indicator in indicators]
    *most, last = codes
    listed = f"{' '.join(most)} และ {last}" if most else last
    return f"ตัวบ่งชี้ที่ {listed}"


def _levels(setting: BookSetting, rubric: Rubric) -> list[Slug]:
    typesetter, text = setting.job.typesetter, setting.measures.text
    first = typesetter.width("ระดับ", text.table_size, BOLD) + 4 * PAD
    heads = [Head("ระดับ", 0), Head(_LEVELS, 1)]
    grid = Grid(typesetter, text, [first, setting.width - first], heads)
    return grid.slugs(list(_level_rows(setting, rubric)), whole=True)


def _level_rows(setting: BookSetting, rubric: Rubric) -> Iterator[GridRow]:
    for level in LEVELS:
        row = rubric.row(level)
        lines = row_lines(rubric, row)
        if row is not None and lines:
            if not row.lines:  # the program's own words follow the chosen digits
                lines = tuple(setting.digits(arabic_digits(line)) for line in lines)
            yield GridRow((_centred(setting.digits(level)), GridCell("\n".join(lines))))


def _centred(words: str) -> GridCell:
    return GridCell(words, align="center")
