"""Pages in place of evidence that paper cannot show: what it is, where it is, and why it is not here."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from esa_desktop.domain.thai import thai_date
from esa_desktop.report.binder.entries import Entry
from esa_desktop.report.binder.own_pages import Label
from esa_desktop.report.binder.qr_code import can_be_code, qr_path
from esa_desktop.report.book.column import BookColumn, BookSetting
from esa_desktop.report.document import Page
from esa_desktop.report.flow import flow_pages
from esa_desktop.report.measures import MM
from esa_desktop.report.slugs import Pen, stack_height
from esa_desktop.report.typesetter import BOLD, PLAIN

_ABOVE: Final = 0.14
"""Of the page, above the box."""
_INSET: Final = 8 * MM
_QR: Final = 38 * MM
_WEB: Final = ("http://", "https://")
_LEADING_SIGNS: Final = 400
"""Of a title or an address: what is longer is no name any more."""


def note_page(
    setting: BookSetting, entry: Entry, heading: str, sentence: str, name: str = ""
) -> Page:
    """One page for one item, or for the file of a name; ``sentence``: what a reader should know."""
    m = setting.measures
    inner = replace(m, left=m.left + _INSET, right=m.right + _INSET)
    column = BookColumn(setting)
    for words, share in ((heading, 1.5), (setting.digits(entry.item.code), 1.3)):
        size = m.text.size * share
        title = setting.setter.paragraph(
            words, bold=True, align="center", size=size, leading=size * 1.4
        )
        column.add(title.lines(setting.job.typesetter, inner.width, 0.0, 0.0))
    column.space(0.8 * m.text.leading)
    for label, value in _told(setting, entry, name):
        paragraph = setting.setter.paragraph(
            [(f"{label}  ", BOLD), (value[:_LEADING_SIGNS], PLAIN)]
        )
        column.add(paragraph.lines(setting.job.typesetter, inner.width, 0.0, 0.0))
    if sentence:
        column.space(0.7 * m.text.leading)
        paragraph = setting.setter.paragraph(sentence, align="center")
        paragraph.balance = True
        column.add(paragraph.lines(setting.job.typesetter, inner.width, 0.0, 0.0))
    height = stack_height(column.slugs)
    above = _ABOVE * m.height
    inner = replace(inner, top=m.top + above, bottom=m.bottom * 0.5)
    page = flow_pages(column.slugs, inner)[0]
    address = _address(entry)
    top = m.paper[1] - m.top - above

    def draw(pen: Pen) -> None:
        box = f"{m.left:.2f} {top - height - _INSET:.2f} {m.width:.2f} {height + 2 * _INSET:.2f}"
        pen.decoration(f"q 0.8 w {box} re S Q")
        page.draw(pen)
        below = top - height - 2 * _INSET
        if address and not name and below > _QR + m.bottom:
            left = (m.paper[0] - _QR) / 2
            pen.decoration(qr_path(address, left, below - _QR, _QR))
            words = Label(setting.job.typesetter, "สแกนเพื่อเปิดที่อยู่เว็บ", m.small_size)
            pen.text(None, words.drawn((m.paper[0] - words.width) / 2, below - _QR - 14))

    return replace(page, measures=m, draw=draw)


def _told(setting: BookSetting, entry: Entry, name: str) -> Sequence[tuple[str, str]]:
    item = entry.item
    day = setting.digits(thai_date(item.date)) if item.date else ""
    told = [
        ("ชื่อหลักฐาน", item.title),
        ("ประเภท", item.kind if not item.confidential else ""),
        ("เลขที่", item.number if not item.confidential else ""),
        ("ลงวันที่", day if not item.confidential else ""),
        ("ชื่อไฟล์", name),
        ("อยู่ที่", item.place if not item.confidential and not name else ""),
        ("ผู้รับผิดชอบ", item.owner),
    ]
    return [(label, value) for label, value in told if value]


def _address(entry: Entry) -> str:
    place = entry.item.place.strip()
    usable = place.startswith(_WEB) and " " not in place and can_be_code(place)
    return place if usable and not entry.item.confidential else ""
