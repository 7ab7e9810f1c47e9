"""What stands in the list of the book: its parts and their texts, and how far each was written."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.book import (
    APPENDICES,
    PART_NAMES,
    TEXTS_BY_NAME,
    BookText,
    Part,
    members,
    texts_of,
)
from esa_desktop.domain.book_parts import empty_parts
from esa_desktop.domain.fields import DICTIONARY_FIELD, Field, book_field
from esa_desktop.domain.printing import PrintOptions
from esa_desktop.domain.richtext import Image, Paragraph, RichText, Table
from esa_desktop.domain.thai import thai_digits
from esa_desktop.ui.row_list import Row

COMMITTEE: Final = "committee"
DICTIONARY: Final = "dictionary"
"""Targets of the two entries that are no part of the book; a part's target is its own name."""
_MADE: Final = frozenset(
    {
        Part.COVER,
        Part.CONTENTS,
        Part.SUMMARY,
        Part.CRITERIA,
        Part.SHEETS,
        Part.RESULTS,
        Part.EVIDENCE,
    }
)
"""What there is to print although nobody wrote a word for it."""
_ABOUT: Final = {
    Part.COVER: "โปรแกรมพิมพ์ชื่อรายงาน ปีงบประมาณ และชื่อสำนักงานให้ เพิ่มตราและข้อความท้ายปกได้",
    Part.FOREWORD: "โปรแกรมพิมพ์ชื่อสำนักงานท้ายคำนำให้ ไม่ต้องพิมพ์ซ้ำ",
    Part.CONTENTS: "โปรแกรมทำสารบัญและใส่เลขหน้าให้ ตามส่วนที่เลือกไว้ในเล่ม",
    Part.SUMMARY: "โปรแกรมพิมพ์ตารางระดับคุณภาพของทุกตัวบ่งชี้ให้ เขียนบทสรุป จุดเด่น และจุดที่ควรพัฒนา",
    Part.BASICS: "เขียนหรือคัดลอกจาก Word มาวางได้ ใส่ตารางและรูปได้",
    Part.CRITERIA: "โปรแกรมพิมพ์รายการตัวบ่งชี้และเกณฑ์ให้ เขียนเฉพาะวิธีการประเมิน",
    Part.SHEETS: "โปรแกรมพิมพ์แบบประเมินของทุกตัวบ่งชี้ให้ จากที่เขียนไว้ในแท็บกรอกข้อมูล",
    Part.RESULTS: "โปรแกรมทำตารางสรุปและแผนภูมิให้ เขียนเฉพาะแนวทางพัฒนา",
    Part.ORDERS: "คัดลอกจาก Word มาวางได้ ตารางยังเป็นตาราง",
    Part.MINUTES: "คัดลอกจาก Word มาวางได้ ตารางยังเป็นตาราง",
    Part.EVIDENCE: "โปรแกรมทำบัญชีหลักฐานให้ จากหลักฐานที่แนบไว้กับแต่ละประเด็น",
    Part.PICTURES: "ลากไฟล์รูปมาวาง หรือคัดลอกรูปแล้วกด Ctrl+V พิมพ์คำบรรยายใต้รูปได้",
    Part.COMPILERS: "พิมพ์หนึ่งคนต่อหนึ่งบรรทัด ชื่อ แล้วตามด้วยตำแหน่ง บรรทัดที่เป็นตัวหนาทั้งบรรทัดเป็นชื่อกลุ่ม",
}
_ABOUT_COMMITTEE: Final = (
    "พิมพ์หนึ่งคนต่อหนึ่งบรรทัด ชื่อ เครื่องหมาย , แล้วตามด้วยตำแหน่งในคณะกรรมการ "
    "โปรแกรมทำช่องลงชื่อให้ทุกคนในแบบสำหรับคณะกรรมการ"
)
_ABOUT_DICTIONARY: Final = (
    "พิมพ์หนึ่งคำต่อหนึ่งบรรทัด เช่น ชื่อคน ชื่อสถานที่ โปรแกรมจะไม่แยกคำเหล่านี้ไว้คนละบรรทัด "
    "ถ้าคำยาว ใส่ | ตรงที่ยอมให้ตัดได้ เช่น เวียงสายธาร|พิทยาคม"
)
_DICTIONARY_HINT: Final = "เช่น เวียงสายธาร"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Book", text)


@dataclass(frozen=True, slots=True)
class WrittenText:
    """A text of an entry, and the field it is kept in."""

    field: Field
    title: str
    hint: str
    short: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the list with the page that belongs to it."""

    target: str
    title: str
    about: str
    """One sentence or two: what the program does here, what is left to the person."""
    texts: tuple[WrittenText, ...]
    part: Part | None
    """``None``: serves the whole book and is not printed as a part of it."""


def entries(year: int) -> tuple[Entry, ...]:
    """The parts in their order, then the committee and the dictionary."""
    parts = [
        Entry(
            part.value,
            _tr(PART_NAMES[part]),
            _tr(_ABOUT[part]),
            tuple(_written(year, text) for text in texts_of(part)),
            part,
        )
        for part in Part
    ]
    committee = _written(year, TEXTS_BY_NAME[COMMITTEE])
    words = WrittenText(DICTIONARY_FIELD, _tr("คำที่ไม่ตัดกลางบรรทัด"), _tr(_DICTIONARY_HINT), False)
    return (
        *parts,
        Entry(COMMITTEE, committee.title, _tr(_ABOUT_COMMITTEE), (committee,), None),
        Entry(DICTIONARY, words.title, _tr(_ABOUT_DICTIONARY), (words,), None),
    )


def _written(year: int, text: BookText) -> WrittenText:
    return WrittenText(book_field(year, text.name), _tr(text.title), _tr(text.hint), text.short)


# --- rows -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PartRow(Row):
    """An entry in the list, or a heading between entries."""

    title: str
    note: str = ""
    included: bool | None = None
    """Whether the part is printed in the book; ``None`` where there is nothing to tick."""
    trouble: str = ""
    """``conflict`` or ``merged`` where two versions of a text meet."""


def rows_of(
    assessed: AssessmentRound, shown: tuple[Entry, ...], included: Collection[Part]
) -> list[PartRow]:
    """All rows, with headings above the appendices and above what serves the whole book."""
    rows: list[PartRow] = []
    empty = empty_parts(assessed, PrintOptions(parts=tuple(Part)))
    for entry in shown:
        if entry.part is APPENDICES[0]:
            rows.append(_heading(_tr("ภาคผนวก")))
        elif entry.target == COMMITTEE:
            rows.append(_heading(_tr("รายชื่อและคำที่ใช้ร่วมกัน")))
        note = _note(assessed, entry)
        if entry.part in empty:
            note = _missing(entry.part)
            if entry.part in included:
                note += _tr(" จึงยังไม่พิมพ์")
        is_in = None if entry.part is None else entry.part in included
        rows.append(_row(assessed, entry, note, is_in))
    return rows


def _heading(words: str) -> PartRow:
    return PartRow("", words, words)


def _row(assessed: AssessmentRound, entry: Entry, note: str, included: bool | None) -> PartRow:
    states = {
        view.state
        for text in entry.texts
        if (view := assessed.unsettled.get(text.field)) is not None
    }
    trouble = next((state for state in ("conflict", "merged") if state in states), "")
    words = {"conflict": _tr("แก้ไขไม่ตรงกัน"), "merged": _tr("รวมให้อัตโนมัติ รอยืนยัน")}
    note = words.get(trouble, note)
    spoken = [entry.title, note]
    if included is not None:
        spoken.insert(1, _tr("อยู่ในเล่ม") if included else _tr("ไม่อยู่ในเล่ม"))
    return PartRow(entry.target, " · ".join(spoken), entry.title, note, included, trouble)


def _note(assessed: AssessmentRound, entry: Entry) -> str:
    if entry.target == COMMITTEE:
        people = len(members(assessed.book_text(COMMITTEE)))
        return thai_digits(_tr("{0} คน").format(people)) if people else _tr("ยังไม่ได้เขียน")
    if entry.target == DICTIONARY:
        count = len(assessed.kept_words)
        return thai_digits(_tr("{0} คำ").format(count)) if count else _tr("ยังไม่มีคำ")
    counted = count_words([assessed.book_text(text.field.owner) for text in entry.texts])
    if entry.part in _MADE:
        if not entry.texts:
            return _tr("โปรแกรมจัดทำให้")
        return (
            _tr("โปรแกรมจัดทำให้ เพิ่มแล้ว {0}").format(counted)
            if counted
            else _tr("โปรแกรมจัดทำให้ เขียนเพิ่มได้")
        )
    return _tr("เขียนแล้ว {0}").format(counted)


def _missing(part: Part) -> str:
    """Why there is nothing to print of a part."""
    words = {Part.EVIDENCE: _tr("ยังไม่มีหลักฐาน"), Part.SHEETS: _tr("ยังไม่มีตัวบ่งชี้")}
    return words.get(part, _tr("ยังไม่ได้เขียน"))


def count_words(texts: list[RichText]) -> str:
    """``๓ ย่อหน้า ๑ ตาราง``; empty where nothing would print."""
    blocks = [block for text in texts for block in text.blocks]
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    counts = {
        _tr("ย่อหน้า"): sum(not paragraph.is_blank for paragraph in paragraphs),
        _tr("ตาราง"): sum(isinstance(block, Table) for block in blocks),
        _tr("รูป"): sum(isinstance(block, Image) for block in blocks),
    }
    return thai_digits(" ".join(f"{count} {word}" for word, count in counts.items() if count))
