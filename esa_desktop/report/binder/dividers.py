"""Dividers (ใบคั่นแฟ้ม): a leaf with a tab at its edge, what stands behind it, and what is to be found elsewhere."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from esa_desktop.report.binder.own_pages import Label
from esa_desktop.report.book.column import BookColumn, BookSetting
from esa_desktop.report.document import Page
from esa_desktop.report.flow import flow_pages
from esa_desktop.report.measures import MM
from esa_desktop.report.slugs import Pen, Slug
from esa_desktop.report.typesetter import BOLD

_TAB: Final = (17 * MM, 11 * MM)
"""Width and height of the tab at the right edge."""
_STEPS: Final = 12
"""Places for tabs, one below the other."""
_ABOVE: Final = 0.16
"""Of the page, above the title of a divider that only names things."""


@dataclass(frozen=True, slots=True)
class Divider:
    """What one divider says."""

    code: str
    """``1.2.3``"""
    kind: str
    """``ประเด็นการพิจารณาที่``"""
    name: str
    above: tuple[str, ...] = ()
    """What it belongs to, the widest first."""
    holds: tuple[tuple[str, str], ...] = ()
    """Codes and names of the parts behind it."""
    place: int = 0
    """Among its siblings, from 0: where its tab is."""
    continued: bool = False


def divider_pages(setting: BookSetting, divider: Divider, table: Sequence[Slug] = ()) -> list[Page]:
    """``table``: the evidence behind it."""
    m = setting.measures
    column = BookColumn(setting)
    if not table:
        column.space(_ABOVE * m.height)
    for words in divider.above:
        column.line(words, align="center")
    column.space((0.9 if table else 1.4) * m.text.leading)
    digits = setting.digits
    number = f"{divider.kind} {digits(divider.code)}" + (" (ต่อ)" if divider.continued else "")
    _centred(setting, column, number, 1.5)
    _centred(setting, column, divider.name, 1.25)
    column.space(0.9 * m.text.leading)
    for code, name in divider.holds:
        _part(setting, column, digits(code), name)
    if table:
        column.add(table)
    pages = flow_pages(column.slugs, m)
    return [replace(page, draw=_with_tab(setting, page, divider)) for page in pages]


def _centred(setting: BookSetting, column: BookColumn, words: str, share: float) -> None:
    m = setting.measures
    size = m.text.size * share
    ratio = m.title_leading / m.title_size
    paragraph = setting.setter.paragraph(
        words, bold=True, align="center", size=size, leading=size * ratio
    )
    paragraph.balance = True
    column.add(paragraph.lines(setting.job.typesetter, setting.width, 0.0, 0.0))


def _part(setting: BookSetting, column: BookColumn, code: str, name: str) -> None:
    m = setting.measures
    paragraph = setting.setter.paragraph(name, label=code)
    hang = max(setting.job.typesetter.width(code + "  ", m.text.size), 14 * MM)
    column.add(paragraph.lines(setting.job.typesetter, m.width, 12 * MM, hang))


def _with_tab(setting: BookSetting, page: Page, divider: Divider) -> Callable[[Pen], None]:
    """The page with its tab at the right edge, lower by a step than that of the part before."""

    def draw(pen: Pen) -> None:
        width, height = _TAB
        paper = page.measures.paper
        room = page.measures.height - height
        top = paper[1] - page.measures.top - room * (divider.place % _STEPS) / (_STEPS - 1)
        left = paper[0] - width
        factor = setting.job.typesetter.typeface.relative_size
        words = setting.digits(divider.code)
        label = Label(setting.job.typesetter, words, 16 * factor, BOLD)
        if label.width > width - 6:
            size = 16 * factor * (width - 6) / label.width
            label = Label(setting.job.typesetter, words, size, BOLD)
        box = f"{left:.2f} {top - height:.2f} {width:.2f} {height:.2f}"
        pen.decoration(f"q 0.25 g {box} re f 1 g")
        x = left + (width - label.width) / 2
        pen.decoration(f"{label.drawn(x, top - height / 2 - 0.26 * label.size)} Q")
        page.draw(pen)

    return draw
