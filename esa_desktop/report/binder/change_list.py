"""The list in front of a completing binder: what is new, and what to do with the leaves of the older one."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from esa_desktop.domain.binder import Changed
from esa_desktop.domain.binder_order import binder_sections
from esa_desktop.domain.evidence import code_sort_key
from esa_desktop.report.binder.job import BinderJob
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


@dataclass(frozen=True, slots=True)
class _Change:
    item_id: str
    code: str
    title: str
    kind: Changed


def change_pages(setting: BookSetting, job: BinderJob, completes: str) -> list[Page]:
    """``completes``: words for the older binder; no page where nothing is known to have changed."""
    known = sorted(_changes(job), key=lambda c: (code_sort_key(c.code), c.code, c.item_id))
    if not known:
        return []
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
    column.add(grid.slugs(_rows(setting, job, known)))
    return flow_pages(column.slugs, m, footer=CHANGES, series="front", outline=[(0, CHANGES)])


def _changes(job: BinderJob) -> Iterator[_Change]:
    """Under the codes the paper bears; of what is left out for being secret no more than that."""
    for item_id, kind in job.changed.items():
        item = job.assessed.items.get(item_id)
        code = job.gone.get(item_id) or (item.code if item else "")
        if not code:
            continue
        title = item.title if item else ""
        if item and item.confidential:
            is_silent = job.options.confidential == "leave_out"
            title = "(ลับ)" if is_silent else f"{title} (ลับ)"
        yield _Change(item_id, code, title, kind)


def _rows(setting: BookSetting, job: BinderJob, known: Sequence[_Change]) -> list[GridRow]:
    digits = setting.digits
    sections = binder_sections(job.assessed, job.options.scope)
    places = {item.id: section.code for section in sections for item in section.items}
    rows = []
    for one in known:
        words, action = _KINDS[one.kind]
        place = action.format(digits(places.get(one.item_id, "")))
        rows.append(GridRow(tuple(map(GridCell, (digits(one.code), one.title, words, place)))))
    return rows


def _widths(setting: BookSetting, known: Sequence[_Change]) -> list[float]:
    typesetter, size = setting.job.typesetter, setting.measures.text.table_size
    codes = {setting.digits(one.code) for one in known}
    longest = max(
        *(typesetter.width(c, size) for c in codes), typesetter.width(_HEADS[0], size, BOLD)
    )
    code = min(longest + 2 * PAD + 1, _CODE * setting.width)
    kind, action = _KIND * setting.width, _ACTION * setting.width
    return [code, setting.width - code - kind - action, kind, action]
