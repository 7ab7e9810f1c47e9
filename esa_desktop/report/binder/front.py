"""What stands before the evidence of a volume: its cover and its index."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from esa_desktop.report.binder.own_pages import EMBLEM
from esa_desktop.report.binder.sentences import COMPLETING, INDEX, TITLE
from esa_desktop.report.binder.tables import EvidenceTable, Group, Row
from esa_desktop.report.book.column import BookColumn, BookSetting, Space
from esa_desktop.report.document import Page
from esa_desktop.report.flow import flow_pages
from esa_desktop.report.measures import MM
from esa_desktop.report.pictures import upright_picture
from esa_desktop.report.slugs import ImageSlug, Pen, Slug, stack_height

_EMBLEM: Final = (60 * MM, 36 * MM)
_SHARES: Final = (0.12, 0.3, 0.34, 0.24)
"""How the white is spread: above everything, above the volume, above the office, below it."""
_FRAME: Final = 12 * MM
"""From the edge of the paper."""


@dataclass(frozen=True, slots=True)
class VolumeWords:
    """What cover and spine say of one volume."""

    office: str
    framework: str
    year: str
    volume: str
    """``เล่มที่ ๑ จาก ๓``; empty for a single one."""
    codes: str
    """``รหัส ๑.๑.๑-๐๑ ถึง ๑.๔.๓-๑๒``"""
    scope: tuple[str, ...] = ()
    completes: str = ""
    made: str = ""


def cover_page(setting: BookSetting, words: VolumeWords) -> Page:
    m = setting.measures
    sides = (m.left + m.right) / 2
    m = replace(m, left=sides, right=sides)
    groups = [
        _title(setting, words),
        _volume(setting, words),
        _lines(setting, [(words.office, 1.4, True)]),
        _lines(setting, [(words.made, 0.95, False)]),
    ]
    free = m.height - sum(stack_height(group) for group in groups) - 16.0
    slugs: list[Slug] = []
    for group, share in zip(groups, _SHARES, strict=True):
        slugs.append(Space(max(free, 0.0) * share))
        slugs += group
    page = flow_pages(slugs, m, series="unnumbered")[0]
    return replace(page, draw=_framed(page), is_bare=True)


def _framed(page: Page) -> Callable[[Pen], None]:
    """A thick and a thin rule around the page."""

    def draw(pen: Pen) -> None:
        width, height = page.measures.paper
        rules = []
        for inset, rule in ((_FRAME, 1.6), (_FRAME + 4.0, 0.5)):
            rules.append(
                f"{rule} w {inset:.2f} {inset:.2f} {width - 2 * inset:.2f} "
                f"{height - 2 * inset:.2f} re S"
            )
        pen.decoration(f"q 0 G 0 j {' '.join(rules)} Q")
        page.draw(pen)

    return draw


def _title(setting: BookSetting, words: VolumeWords) -> list[Slug]:
    size = setting.measures.text.size
    slugs = emblem_slugs(setting, *_EMBLEM)
    if slugs:
        slugs.append(Space(1.4 * size))
    lines = [(TITLE, 2.1, True)]
    if words.completes:
        lines.append((COMPLETING, 1.5, True))
    if words.framework:
        lines.append((f"ประกอบการประเมินตาม{words.framework}", 1.2, True))
    lines.append((f"ปีงบประมาณ พ.ศ. {words.year}", 1.4, True))
    return slugs + _lines(setting, lines)


def _volume(setting: BookSetting, words: VolumeWords) -> list[Slug]:
    lines = [(words.volume, 1.8, True)]
    lines += [(line, 1.1, False) for line in words.scope]
    lines += [(words.codes, 1.2, False)]
    if words.completes:
        lines.append((f"เฉพาะหลักฐานที่เพิ่มหรือแก้ไข ใช้ประกอบกับ{words.completes}", 1.1, False))
    return _lines(setting, lines)


def _lines(setting: BookSetting, lines: Sequence[tuple[str, float, bool]]) -> list[Slug]:
    m = setting.measures
    ratio = m.title_leading / m.title_size
    slugs: list[Slug] = []
    for words, share, bold in lines:
        if not words:
            continue
        size = m.text.size * share
        paragraph = setting.setter.paragraph(
            words, bold=bold, align="center", size=size, leading=size * ratio
        )
        paragraph.balance = True
        if slugs:
            slugs.append(Space(0.3 * m.text.size))
        slugs += paragraph.lines(setting.job.typesetter, setting.width, 0.0, 0.0)
    return slugs


def emblem_slugs(setting: BookSetting, widest: float, tallest: float) -> list[Slug]:
    """The office's emblem in the middle; nothing where there is none."""
    load = setting.job.image
    stored = load(EMBLEM) if load else None
    picture = upright_picture(stored) if stored else None
    if picture is None:
        return []
    content, (across, down) = picture
    scale = min(widest / across, tallest / down)
    width, height = across * scale, down * scale
    return [ImageSlug(content, (setting.width - width) / 2, width, height)]


def index_pages(
    setting: BookSetting, table: EvidenceTable, rows: Sequence[Row | Group], remark: str = ""
) -> list[Page]:
    """``remark``: which part of the binder it lists."""
    column = BookColumn(setting)
    m = setting.measures
    size = m.title_size * 1.15
    title = setting.setter.paragraph(
        INDEX, bold=True, align="center", size=size, leading=m.title_leading * 1.15
    )
    column.add(title.lines(setting.job.typesetter, m.width, 0.0, 0.0))
    if remark:
        column.line(remark, align="center")
    column.space(0.5 * m.text.leading)
    column.add(table.slugs(rows))
    return flow_pages(column.slugs, m, footer=INDEX, series="front", outline=[(0, INDEX)])
