"""The manual as one PDF: chapters that follow one another, contents that know their pages, a cover."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from esa_desktop.domain import manual
from esa_desktop.domain.book_parts import PartTitle
from esa_desktop.domain.thai import thai_digits
from esa_desktop.report.book.column import ColumnSetting, Space
from esa_desktop.report.book.contents_page import contents_entries, contents_pages, number_entries
from esa_desktop.report.document import Document, Page, Steps
from esa_desktop.report.flow import flow_pages, height_of_last_page
from esa_desktop.report.manual.chapter import Chapter, ManualJob, fitted_picture
from esa_desktop.report.slugs import Slug, cut, stack_height
from esa_desktop.report.structure import Element, heading_role
from esa_desktop.report.text_layout import ImageLoader

TITLE: Final = "คู่มือการใช้งาน"
PROGRAM: Final = "โปรแกรมประเมินมาตรฐานสำนักงานเขตพื้นที่การศึกษา"
_CONTENTS: Final = "สารบัญ"
_FULL: Final = 0.6
"""Of a page: below that the next chapter begins on the same one."""
_APART: Final = 2.4
"""Lines between two chapters on a page."""
_WORTH_BEGINNING: Final = 0.22
"""Of a page: a chapter that would put less below the one before, as its picture comes first, begins on
a page of its own.
"""


@dataclass(frozen=True, slots=True)
class ManualResult:
    content: bytes
    pages: int
    unknown_characters: tuple[str, ...]
    """That no font has, in the order they were met."""


def print_manual(
    chosen: Sequence[manual.Page],
    image: ImageLoader,
    *,
    version: str,
    whole: bool,
    steps: Steps,
) -> ManualResult:
    """Pages of help as chapters; the ``whole`` manual has numbers, contents and a cover.

    ``image``: the bytes of a picture by its name. `Cancelled` when the steps are.
    """
    setting = ColumnSetting(ManualJob(image))
    numbers = {page.id: n for n, page in enumerate(chosen, 1)} if whole else {}
    pages: list[Page] = []
    for run in _runs(setting, chosen, numbers, steps):
        pages += _run_pages(setting, run)
    if whole:
        entries = [entry for entry in contents_entries(pages) if entry.depth == 0]
        contents = contents_pages(setting, entries, PartTitle("", _CONTENTS))
        pages = [*_cover(setting, chosen, version), *contents, *pages]
        number_entries(entries, pages, thai=setting.job.options.thai_digits)
    typesetter = setting.job.typesetter
    title = f"{TITLE}{PROGRAM}" if whole else chosen[0].title
    document = Document(typesetter, setting.job.options, title, PROGRAM)
    content = document.write(pages, steps)
    return ManualResult(content, len(pages), tuple(typesetter.unknown))


def _runs(
    setting: ColumnSetting,
    chosen: Sequence[manual.Page],
    numbers: dict[str, int],
    steps: Steps,
) -> list[list[Slug]]:
    """Columns of one or more chapters: one that ends high on its page shares it with the next."""
    room = setting.measures.height
    runs: list[list[Slug]] = []
    for page in chosen:
        slugs = Chapter(setting, page, numbers).slugs()
        steps.step()
        apart = _APART * setting.measures.text.leading
        left = room - height_of_last_page(runs[-1], room) - apart if runs else 0.0
        if left > (1 - _FULL) * room and _fills(slugs, left, room):
            slugs[0].before = apart
            runs[-1] += slugs
        else:
            runs.append(slugs)
    return runs


def _fills(slugs: Sequence[Slug], left: float, room: float) -> bool:
    """Whether enough of a chapter would stand on what is left of a page."""
    shown, rest, _ = cut(slugs, left)
    return not rest or stack_height(shown) > _WORTH_BEGINNING * room


def _run_pages(setting: ColumnSetting, slugs: list[Slug]) -> list[Page]:
    """At the foot of each page stands the chapter it begins in, or begins with."""
    pages = flow_pages(slugs, setting.measures)
    present = ""
    for page in pages:
        begun = [words for depth, words in page.outline if depth == 0]
        page.footer = present or begun[0]
        present = begun[-1] if begun else present
    return pages


def _cover(setting: ColumnSetting, chosen: Sequence[manual.Page], version: str) -> list[Page]:
    """Title above the middle, the window below it, the version at the foot."""
    sides = (setting.measures.left + setting.measures.right) / 2
    m = replace(setting.measures, left=sides, right=sides)  # in the middle of the paper
    size = m.text.size
    title = _centred(setting, TITLE, size * 2.1)
    title[0].element = _headed(title)
    above: list[Slug] = [Space(0.12 * m.height), *title, Space(0.3 * size)]
    above += _centred(setting, PROGRAM, size * 1.35)
    shown = _first_picture(setting, chosen)
    foot = _centred(setting, f"รุ่น {thai_digits(version)}", size)
    free = m.height - stack_height(above) - stack_height(shown) - stack_height(foot) - 12.0
    slugs = [*above, Space(0.3 * free), *shown, Space(0.7 * free), *foot]
    pages = flow_pages(slugs, m, series="unnumbered", outline=[(0, TITLE)])
    return [replace(page, is_bare=True) for page in pages]


def _headed(lines: Sequence[Slug]) -> Element | None:
    element = lines[0].element
    if element is not None:
        element.role = heading_role(1)
    return element


def _centred(setting: ColumnSetting, words: str, size: float) -> list[Slug]:
    ratio = setting.measures.title_leading / setting.measures.title_size
    setter = setting.setter
    paragraph = setter.paragraph(words, bold=True, align="center", size=size, leading=size * ratio)
    paragraph.balance = True
    return paragraph.lines(setter.typesetter, setting.width, 0.0, 0.0)


def _first_picture(setting: ColumnSetting, chosen: Sequence[manual.Page]) -> list[Slug]:
    """Of a whole window, which is wider than high."""
    load = setting.job.image
    blocks = (block for page in chosen for block in page.blocks)
    for block in blocks:
        if isinstance(block, manual.Picture) and load is not None:
            slug = fitted_picture(load(block.name), setting.width, 0.4 * setting.measures.height)
            if slug is not None:
                slug.element = Element("Figure", alt=block.caption)
                return [slug]
    return []
