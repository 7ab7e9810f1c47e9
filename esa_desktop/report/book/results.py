"""The last part: how many indicators reached which level, every level as a bar, and what comes next."""

from collections.abc import Iterator, Sequence
from typing import Final

from esa_desktop.domain.book import Part
from esa_desktop.domain.framework import LEVELS, Indicator, IndicatorType, Standard
from esa_desktop.domain.measured import measured_words
from esa_desktop.domain.rollup import score_digits, standard_score, whole_score
from esa_desktop.domain.thai import arabic_digits
from esa_desktop.report.book.column import BookColumn, BookSetting
from esa_desktop.report.book.grid import PAD, Grid, GridCell, GridRow, Head
from esa_desktop.report.book.grid_marks import HIGHEST, Bar, Scale
from esa_desktop.report.book.summary import (
    NOT_CHOSEN,
    indicator_words,
    standard_words,
    standards_shown,
    written_section,
)
from esa_desktop.report.book.texts import part_pages
from esa_desktop.report.document import Page
from esa_desktop.report.sheet_content import MEASURED
from esa_desktop.report.slugs import Slug
from esa_desktop.report.typesetter import BOLD

_COUNTS: Final = "สรุปผลรายมาตรฐาน"
_BARS: Final = "ระดับคุณภาพรายตัวบ่งชี้"
_WHOLE: Final = "ภาพรวม"
_HOW_SCORED: Final = (
    "หมายเหตุ : คะแนนคือค่าเฉลี่ยของระดับถ่วงด้วยน้ำหนักของตัวบ่งชี้ และภาพรวมถ่วงด้วยสัดส่วนของมาตรฐาน "
    "เฉพาะน้ำหนักและสัดส่วนที่ตรวจกับประกาศแล้ว"
)
_BAR: Final = 0.5
"""How thick, in em."""
_BAR_SHARE: Final = 0.34
"""Of the width."""


def results_pages(setting: BookSetting) -> list[Page]:
    column = BookColumn(setting)
    column.title(setting.titles[Part.RESULTS])
    above = 0.2 * setting.measures.text.leading
    if standards_shown(setting):
        column.heading(_COUNTS)
        column.add(_counts(setting), above=above)
        for place, note in enumerate(_score_notes(setting)):
            if place == 0:
                column.space(above)
            column.line(note)
        column.heading(_BARS)
        column.add(_bars(setting), above=above)
    written_section(setting, column, "development")
    return part_pages(setting, Part.RESULTS, column)


def _counts(setting: BookSetting) -> list[Slug]:
    """Standards by how many of their indicators reached each level; a score only where there is one."""
    standards = standards_shown(setting)
    scores = [standard_score(setting.job.assessed, standard).value for standard in standards]
    scored = any(score is not None for score in scores)
    typesetter = setting.job.typesetter
    words = ["ตัวบ่งชี้", NOT_CHOSEN, *["คะแนน"] * scored]

    def needed(size: float) -> list[float]:
        one = max(1.9 * size, typesetter.width("๘๘", size) + 2 * PAD)
        wide = [typesetter.width(word, size, BOLD) + 2 * PAD + 2 for word in words]
        return [wide[0], *[one] * len(LEVELS), *wide[1:]]

    text, widths = setting.table(needed)
    heads = [
        Head("มาตรฐาน", 0, rows=2),
        Head(words[0], 1, rows=2),
        Head("จำนวนตัวบ่งชี้ในระดับ", 2, columns=len(LEVELS)),
    ]
    heads += [Head(setting.digits(level), 2 + n, row=1) for n, level in enumerate(LEVELS)]
    heads += [Head(word, 2 + len(LEVELS) + n, rows=2) for n, word in enumerate(words[1:])]
    rows = [
        _count_row(setting, standard_words(setting, s), s.indicators, score, scored=scored)
        for s, score in zip(standards, scores, strict=True)
    ]
    if len(standards) > 1:
        everything = [indicator for s in standards for indicator in s.indicators]
        whole = whole_score(setting.job.assessed).value
        total = _count_row(setting, _WHOLE, everything, whole, scored=scored)
        rows.append(GridRow(total.cells, is_group=True))
    return Grid(typesetter, text, widths, heads).slugs(rows)


def _score_notes(setting: BookSetting) -> Iterator[str]:
    """What the scores are, and why one is missing; nothing where there are none."""
    scores = [standard_score(setting.job.assessed, s).value for s in standards_shown(setting)]
    if not any(score is not None for score in scores):
        return
    yield _HOW_SCORED
    whole = whole_score(setting.job.assessed)
    if len(scores) > 1 and whole.value is None:
        yield f"{_WHOLE} : {whole.why_none}"


def _count_row(
    setting: BookSetting,
    name: str,
    indicators: Sequence[Indicator],
    score: float | None,
    *,
    scored: bool,
) -> GridRow:
    levels = [setting.job.assessed.indicator(indicator.id).level for indicator in indicators]
    numbers = [len(levels), *[levels.count(level) for level in (*LEVELS, None)]]
    cells = [GridCell(setting.digits(n) if n else "–", align="center") for n in numbers]
    if scored:
        cells.append(GridCell("–" if score is None else _score(setting, score), align="center"))
    return GridRow((GridCell(name), *cells))


def _bars(setting: BookSetting) -> list[Slug]:
    typesetter = setting.job.typesetter
    scored = any(standard_score(setting.job.assessed, s).value for s in standards_shown(setting))
    words = "คะแนน ๘.๘๘" if scored else "ระดับ ๘"

    def needed(size: float) -> list[float]:
        return [_BAR_SHARE * setting.width, typesetter.width(words, size, BOLD) + 3 * PAD]

    text, widths = setting.table(needed)
    digits = tuple(setting.digits(level) for level in range(HIGHEST + 1))
    scale = Scale(typesetter, text.table_size, digits, text.ascent, text.table_leading)
    heads = [Head("ตัวบ่งชี้", 0), Head(scale, 1), Head("ระดับ", 2)]
    return Grid(typesetter, text, widths, heads).slugs(list(_bar_rows(setting, scale.margin)))


def _bar_rows(setting: BookSetting, margin: float) -> Iterator[GridRow]:
    assessed = setting.job.assessed
    for standard in standards_shown(setting):
        yield _standard_row(setting, standard, margin)
        for indicator in standard.indicators:
            name = GridCell(_named(setting, indicator))
            level = assessed.indicator(indicator.id).level
            if level is None:
                yield GridRow((name, GridCell(NOT_CHOSEN, columns=2, align="center")))
            else:
                yield GridRow(
                    (name, *_bar(setting, level, f"ระดับ {setting.digits(level)}", margin))
                )
    whole = whole_score(assessed).value
    if whole is not None:
        cells = _bar(setting, whole, f"คะแนน {_score(setting, whole)}", margin)
        yield GridRow((GridCell(_WHOLE), *cells), is_group=True)


def _named(setting: BookSetting, indicator: Indicator) -> str:
    """With the value its level was read from."""
    name = indicator_words(setting, indicator)
    value = setting.job.assessed.indicator(indicator.id).measured
    if indicator.type is not IndicatorType.THRESHOLD or not value:
        return name
    words = measured_words(value, indicator.rubric.unit)
    return f"{name}\n{MEASURED} {setting.digits(arabic_digits(words))}"


def _standard_row(setting: BookSetting, standard: Standard, margin: float) -> GridRow:
    name = standard_words(setting, standard)
    score = standard_score(setting.job.assessed, standard).value
    if score is None:
        return GridRow((GridCell(name, columns=3),), is_group=True)
    cells = _bar(setting, score, f"คะแนน {_score(setting, score)}", margin)
    return GridRow((GridCell(name), *cells), is_group=True)


def _bar(
    setting: BookSetting, value: float, words: str, margin: float
) -> tuple[GridCell, GridCell]:
    alt = f"{words} จาก {setting.digits(HIGHEST)}"
    thickness = _BAR * setting.measures.text.table_size
    bar = Bar(value, alt, thickness, margin, setting.job.options.pure_black)
    return GridCell(bar), GridCell(words, align="center")


def _score(setting: BookSetting, score: float) -> str:
    return setting.digits(score_digits(score))
