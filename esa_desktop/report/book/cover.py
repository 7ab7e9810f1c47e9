"""The cover: emblem and title above the middle, the office below it, further lines at the foot."""

from dataclasses import replace
from typing import Final

from esa_desktop.domain.book import Part
from esa_desktop.domain.richtext import RichText, Table
from esa_desktop.report.book.column import BookSetting, Space
from esa_desktop.report.document import Page
from esa_desktop.report.flow import flow_pages
from esa_desktop.report.measures import MM
from esa_desktop.report.pictures import upright_picture
from esa_desktop.report.slugs import ImageSlug, Slug, stack_height
from esa_desktop.report.structure import Element

TITLE: Final = "รายงานผลการประเมินตนเอง"
_EMBLEM: Final = (70 * MM, 42 * MM)
"""Widest and tallest."""
_EMBLEM_WORDS: Final = "ตราสำนักงาน"
_SHARES: Final = (0.1, 0.42, 0.48)
"""How the white is spread: above everything, above the office, above the lines at the foot."""
_SLACK: Final = 12.0
"""Points that are not given out: pictures bring white of their own."""
_LARGEST: Final = 32.0
"""Points of the title: large type for weak eyes need not make it run over the page."""


def cover_pages(setting: BookSetting) -> list[Page]:
    text = setting.measures
    sides = (text.left + text.right) / 2
    m = replace(text, left=sides, right=sides)  # in the middle of the paper, not of the text
    groups = [_opening(setting), _office(setting), _foot(setting)]
    free = m.height - sum(stack_height(group) for group in groups)
    if not groups[2]:  # the white at the foot stays, so that the office stands where it always does
        groups[2] = [Space(0.1)]
    slugs: list[Slug] = []
    for group, share in zip(groups, _SHARES, strict=True):
        if group:
            slugs.append(Space(max(free - _SLACK, 0.0) * share))
            slugs += group
    outline = [(0, setting.titles[Part.COVER].line)]
    pages = flow_pages(slugs, m, series="unnumbered", outline=outline)
    return [replace(page, is_bare=True) for page in pages]


def _opening(setting: BookSetting) -> list[Slug]:
    m = setting.measures
    size = min(m.text.size * 1.75, _LARGEST * setting.job.typesetter.typeface.relative_size)
    assessed = setting.job.assessed
    slugs = _emblem(setting)
    if slugs:
        slugs.append(Space(1.2 * size))
    slugs += _centred(setting, TITLE, size * 1.12)
    slugs.append(Space(0.25 * size))
    if assessed.framework.title:
        slugs += _centred(setting, f"ตาม{assessed.framework.title}", size * 0.82)
    year = setting.digits(assessed.fiscal_year)
    slugs.append(Space(0.5 * size))
    return slugs + _centred(setting, f"ปีงบประมาณ พ.ศ. {year}", size * 0.9)


def _office(setting: BookSetting) -> list[Slug]:
    office = setting.job.assessed.office
    return _centred(setting, office, setting.measures.text.size * 1.5) if office else []


def _foot(setting: BookSetting) -> list[Slug]:
    """Lines as they were typed, each in the middle."""
    text = setting.text("cover_lines")
    if any(isinstance(block, Table) for block in text.blocks):
        return setting.setter.cell(text).slugs(setting.width)
    slugs: list[Slug] = []
    for line in text.plain.split("\n"):
        if line.strip():
            slugs += _centred(setting, line, setting.measures.text.size, bold=False)
    return slugs


def _centred(setting: BookSetting, words: str, size: float, *, bold: bool = True) -> list[Slug]:
    setter = setting.setter
    ratio = setting.measures.title_leading / setting.measures.title_size
    paragraph = setter.paragraph(words, bold=bold, align="center", size=size, leading=size * ratio)
    paragraph.balance = True
    return paragraph.lines(setter.typesetter, setting.width, 0.0, 0.0)


def _emblem(setting: BookSetting) -> list[Slug]:
    image = _first_image(setting.text("emblem"))
    load = setting.job.image
    stored = load(image) if image and load else None
    picture = upright_picture(stored) if stored else None
    if picture is None:
        return []
    content, (across, down) = picture
    scale = min(_EMBLEM[0] / across, _EMBLEM[1] / down, setting.width / across)
    width, height = across * scale, down * scale
    slug = ImageSlug(content, (setting.width - width) / 2, width, height)
    slug.element = Element("Figure", alt=_EMBLEM_WORDS)
    return [slug]


def _first_image(text: RichText) -> str:
    return next((image.sha256 for image in text.images()), "")
