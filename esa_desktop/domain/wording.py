"""What a field says, in words a person reads: also of a level, a tick, an item of evidence."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from esa_desktop.domain.checklist import Requirement
from esa_desktop.domain.compared import (
    Compared,
    ComparedImage,
    ComparedParagraph,
    ComparedTable,
    Piece,
    Style,
)
from esa_desktop.domain.evidence import Evidence
from esa_desktop.domain.fields import READY, RICH_KINDS, Field, Kind, decode
from esa_desktop.domain.framework_outline import outline
from esa_desktop.domain.richtext import EMPTY, RichText, Table, from_plain, paragraph
from esa_desktop.domain.thai import shorten, thai_date, thai_digits
from esa_desktop.domain.works import Work

_FLAGS: Final = {
    Kind.ACTED_ON: ("มีการดำเนินการ", "ยังไม่ได้ทำเครื่องหมายว่ามีการดำเนินการ"),
    Kind.EVIDENCE_CLEAR: ("หลักฐานชัดเจน", "ยังไม่ได้ทำเครื่องหมายว่าหลักฐานชัดเจน"),
}
UNKNOWN: Final = "ยังไม่ระบุ"
UNREADABLE: Final = "อ่านฉบับนี้ไม่ได้"


def readable(field: Field, body: str) -> RichText:
    """The text of a body. Nothing at all is `EMPTY` where the field holds words, else it is said.

    A body that is no value of its kind is told as unreadable: one bad row must not hide the others.
    """
    try:
        value = decode(field, body)
    except ValueError:
        return from_plain(UNREADABLE)
    if field.kind in RICH_KINDS:
        text: RichText = value
        return text
    if field.kind in _TOLD and value is not None:
        told: RichText = _TOLD[field.kind](value)
        return told
    words = _words(field.kind, value)
    return RichText((paragraph(words),)) if words else EMPTY


def is_value(field: Field, body: str) -> bool:
    try:
        decode(field, body)
    except ValueError:
        return False
    return True


def _words(kind: Kind, value: object) -> str:
    if kind in _FLAGS:
        return _FLAGS[kind][0 if value else 1]
    if kind is Kind.LEVEL:
        return f"ระดับ {thai_digits(value)}" if value else UNKNOWN
    if kind is Kind.STATUS:
        return "พร้อมพิมพ์" if value == READY else UNKNOWN
    if kind is Kind.LINK:
        return "แนบไว้กับประเด็นนี้" if value else "ไม่ได้แนบกับประเด็นนี้"
    return value if isinstance(value, str) else ""


def _supplied(items: Sequence[str]) -> RichText:
    words = f"มีหลักฐาน {len(items)} รายการ" if items else "ยังไม่มีหลักฐาน"
    return from_plain(thai_digits(words))


def _works(works: Sequence[Work]) -> RichText:
    """The best first; what shows a work is told by number, for only the round knows its items."""
    blocks = []
    for place, work in enumerate(works, start=1):
        blocks.append(paragraph(work.title, f"{thai_digits(place)}."))
        blocks += (paragraph(line, level=1) for line in work.detail.split("\n") if line.strip())
        if work.items:
            blocks.append(paragraph(thai_digits(f"หลักฐาน {len(work.items)} รายการ"), level=1))
    return RichText(tuple(blocks))


def _required(requirements: Sequence[Requirement]) -> RichText:
    return RichText(tuple(paragraph(one.text, "•") for one in requirements))


def _item(item: Evidence) -> RichText:
    """A line for each thing said about it, in two columns."""
    said = [
        ("รหัสหลักฐาน", thai_digits(item.code)),
        ("ชื่อหลักฐาน", item.title),
        ("ประเภท", item.kind),
        ("เลขที่เอกสาร", item.number),
        ("วันที่ของเอกสาร", thai_date(item.date) if item.date else ""),
        *_kept(item),
        *(("ไฟล์", file.name) for file in item.files),
        *(("ไฟล์ฉบับก่อน", file.name) for file in item.earlier),
    ]
    rows = tuple(((paragraph(name),), (paragraph(text),)) for name, text in said)
    return RichText((Table(rows, (1.0, 3.0), header_rows=0),))


def _kept(item: Evidence) -> Iterator[tuple[str, str]]:
    """What is said of few items, and not told of the others."""
    if item.owner:
        yield "ผู้รับผิดชอบ", item.owner
    if item.place:
        yield "ที่เก็บ", item.place
    if item.confidential:
        yield "ชั้นความลับ", "ลับ"
    if item.binned:
        yield "สถานะ", "อยู่ในถังขยะ"


_TOLD: Final[Mapping[Kind, Callable[[Any], RichText]]] = {
    Kind.ITEM: _item,
    Kind.FRAMEWORK: outline,
    Kind.WORKS: _works,
    Kind.REQUIRED: _required,
    Kind.SUPPLIED: _supplied,
    Kind.MEASURED: lambda value: from_plain(thai_digits(value) or UNKNOWN),
}
"""Kinds of which there is more to tell than one word; nothing at all is told below."""

# --- what only looks otherwise ----------------------------------------------------------------

_STYLES: Final = ("ตัวหนา", "ตัวเอียง", "ขีดเส้นใต้")
_ALIGNS: Final = {
    "left": "ชิดซ้าย",
    "center": "กึ่งกลาง",
    "right": "ชิดขวา",
    "justify": "เต็มแนว",
}
_MOST_QUOTED: Final = 40
"""Letters of the words whose look was changed."""


def looks_changed(block: Compared) -> tuple[str, ...]:
    """What was done to a part without a word being changed, each as a short phrase."""
    if isinstance(block, ComparedParagraph):
        return tuple(_of_paragraph(block))
    if isinstance(block, ComparedTable):
        return tuple(_of_table(block))
    return tuple(_of_image(block))


def _of_paragraph(block: ComparedParagraph) -> Iterator[str]:
    if block.opening != "same":
        yield "ขึ้นย่อหน้าใหม่" if block.opening == "added" else "รวมกับย่อหน้าก่อน"
    if block.level_was is not None:
        yield "เพิ่มระดับข้อ" if block.level > block.level_was else "ลดระดับข้อ"
    if block.align_was is not None:
        yield f"จัด{_ALIGNS[block.align]}"
    told: dict[str, list[str]] = {}
    for piece in block.pieces:
        for words in _of_piece(piece):
            told.setdefault(words, []).append(piece.text.strip())
    for words, texts in told.items():
        quoted = shorten(" … ".join(filter(None, texts)), _MOST_QUOTED)
        yield f"{words} “{quoted}”" if quoted else words


def _of_piece(piece: Piece) -> Iterator[str]:
    was: Style = piece.style if piece.was is None else piece.was
    for name, before, now in zip(_STYLES, was, piece.style, strict=True):
        if before != now:
            yield f"ทำ{name}" if now else f"เลิก{name}"


def _of_table(block: ComparedTable) -> Iterator[str]:
    if block.reshaped:
        yield "ปรับความกว้างคอลัมน์"
    if block.headed:
        yield "เปลี่ยนจำนวนแถวหัวตาราง"
    for row in block.rows:
        for cell in row.cells:
            for line in cell:
                yield from _of_paragraph(line)


def _of_image(block: ComparedImage) -> Iterator[str]:
    if block.width_was is not None:
        yield "ขยายรูป" if block.image.width > block.width_was else "ย่อรูป"
