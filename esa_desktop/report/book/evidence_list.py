"""The register of evidence: every item that serves an issue of this round, sorted by its code."""

from collections.abc import Iterator, Mapping
from typing import Final

from esa_desktop.domain.book import Part
from esa_desktop.domain.evidence import Evidence, code_sort_key
from esa_desktop.domain.thai import thai_date
from esa_desktop.report.book.column import BookColumn, BookSetting
from esa_desktop.report.book.grid import PAD, Grid, GridCell, GridRow, Head
from esa_desktop.report.book.texts import part_pages
from esa_desktop.report.document import Page
from esa_desktop.report.slugs import Slug
from esa_desktop.report.typesetter import BOLD

_HEADS: Final = ("รหัส", "ชื่อเอกสาร/หลักฐาน", "เลขที่ ลงวันที่", "ประเด็น")
_TITLE: Final = 1
"""The column that gets what the others leave."""
_MOST: Final = (0.24, 0.0, 0.26, 0.16)
"""Of the width, for each of the others."""
_WEIGHED: Final = 40
"""Of the longest texts of a column: the widest is among them."""


def evidence_pages(setting: BookSetting) -> list[Page]:
    column = BookColumn(setting)
    column.title(setting.titles[Part.EVIDENCE], level=2)
    column.add(_table(setting))
    return part_pages(setting, Part.EVIDENCE, column)


def _table(setting: BookSetting) -> list[Slug]:
    rows = list(_rows(setting, _served(setting)))
    columns = [place for place in range(len(_HEADS)) if _any(rows, place)]
    others = [column for column in columns if column != _TITLE]
    text, (title, *widths) = setting.table(lambda size: _widths(setting, rows, others, size))
    widths.insert(columns.index(_TITLE), title)
    heads = [Head(_HEADS[column], place) for place, column in enumerate(columns)]
    grid = Grid(setting.job.typesetter, text, widths, heads)
    return grid.slugs([GridRow(tuple(row[column] for column in columns)) for row in rows])


def _served(setting: BookSetting) -> Mapping[Evidence, list[str]]:
    """Items with the codes of what they serve: issues, or indicators that have none."""
    assessed = setting.job.assessed
    served: dict[Evidence, list[str]] = {}
    for code, node in assessed.framework.walk():
        for item in assessed.evidence_of(node.id):
            served.setdefault(item, []).append(code)
    return served


def _rows(
    setting: BookSetting, served: Mapping[Evidence, list[str]]
) -> Iterator[tuple[GridCell, ...]]:
    for item in sorted(served, key=lambda item: (code_sort_key(item.code), item.code, item.id)):
        yield (
            GridCell(setting.digits(item.code)),
            GridCell(item.title),
            GridCell("\n".join(filter(None, (item.number, _day(setting, item))))),
            GridCell(setting.digits(", ".join(served[item]))),
        )


def _day(setting: BookSetting, item: Evidence) -> str:
    return setting.digits(thai_date(item.date, short=True)) if item.date else ""


def _any(rows: list[tuple[GridCell, ...]], column: int) -> bool:
    return column == _TITLE or any(row[column].content for row in rows)


def _widths(
    setting: BookSetting, rows: list[tuple[GridCell, ...]], columns: list[int], size: float
) -> list[float]:
    """Codes, numbers and issues as wide as they are, within limits."""
    typesetter = setting.job.typesetter
    widths = []
    for column in columns:
        lines = {line for row in rows for line in str(row[column].content).split("\n")}
        longest = sorted(lines, key=lambda line: (-len(line), line))[:_WEIGHED]
        words = max(typesetter.width(line, size) for line in longest)
        head = max(typesetter.width(word, size, BOLD) for word in _HEADS[column].split())
        widths.append(max(min(words, _MOST[column] * setting.width), head) + 2 * PAD + 1)
    return widths
