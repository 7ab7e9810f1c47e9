"""The list in front of a completing binder: what is new, and what to do with the leaves of the older one."""

from collections.abc import Mapping, Sequence
from typing import Final

from esa_desktop.domain.binder import Changed
from esa_desktop.domain.binder_order import binder_sections
from esa_desktop.domain.evidence import Evidence, code_sort_key
from esa_desktop.report.binder.sentences import CHANGES
from esa_desktop.report.book.column import BookColumn, BookSetting
from esa_desktop.report.book.grid import PAD, Grid, GridCell, GridRow, Head
from esa_desktop.report.document import Page
from esa_desktop.report.flow import flow_pages
from esa_desktop.report.typesetter import BOLD

_HEADS: Final = ("รหัส", "ชื่อเอกสาร/หลักฐาน", "เปลี่ยนอย่างไร", "สิ่งที่ต้องทำกับแฟ้มเดิม")
_KINDS: Final[Mapping[Changed, tuple[str, str]]] = {
    "new": ("เพิ่มใหม่", "แทรกตามลำดับรหัส"),
    "changed": ("แก้ไข", "ใส่แทนของเดิม"),
    "moved": ("ย้ายที่", "ย้ายไปหลังใบคั่นแฟ้ม {}"),
    "gone": ("นำออก", "ถอนออกจากแฟ้ม"),
}
_CODE: Final = 0.2
_KIND: Final = 0.15
_ACTION: Final = 0.27
"""Of the width."""


def change_pages(
    setting: BookSetting, changed: Mapping[str, Changed], completes: str
) -> list[Page]:
    """``completes``: words for the older binder; no page where nothing is known to have changed."""
    items = setting.job.assessed.items
    known = [(items[one], kind) for one, kind in changed.items() if one in items]
    if not known:
        return []
    known.sort(key=lambda pair: (code_sort_key(pair[0].code), pair[0].code, pair[0].id))
    m = setting.measures
    column = BookColumn(setting)
    size = m.title_size * 1.15
    title = setting.setter.paragraph(
        CHANGES, bold=True, align="center", size=size, leading=m.title_leading * 1.15
    )
    column.add(title.lines(setting.job.typesetter, m.width, 0.0, 0.0))
    column.line(f"เทียบกับ{completes}", align="center")
    column.space(0.5 * m.text.leading)
    heads = [Head(words, place) for place, words in enumerate(_HEADS)]
    grid = Grid(setting.job.typesetter, m.text, _widths(setting, known), heads)
    column.add(grid.slugs(_rows(setting, known)))
    return flow_pages(column.slugs, m, footer=CHANGES, series="front", outline=[(0, CHANGES)])


def _rows(setting: BookSetting, known: Sequence[tuple[Evidence, Changed]]) -> list[GridRow]:
    digits = setting.digits
    sections = binder_sections(setting.job.assessed)
    places = {item.id: section.code for section in sections for item in section.items}
    rows = []
    for item, kind in known:
        words, action = _KINDS[kind]
        title = f"{item.title} (ลับ)" if item.confidential else item.title
        place = action.format(digits(places.get(item.id, "")))
        rows.append(GridRow(tuple(map(GridCell, (digits(item.code), title, words, place)))))
    return rows


def _widths(setting: BookSetting, known: Sequence[tuple[Evidence, Changed]]) -> list[float]:
    typesetter, size = setting.job.typesetter, setting.measures.text.table_size
    codes = {setting.digits(item.code) for item, _ in known}
    longest = max(
        *(typesetter.width(c, size) for c in codes), typesetter.width(_HEADS[0], size, BOLD)
    )
    code = min(longest + 2 * PAD + 1, _CODE * setting.width)
    kind, action = _KIND * setting.width, _ACTION * setting.width
    return [code, setting.width - code - kind - action, kind, action]
