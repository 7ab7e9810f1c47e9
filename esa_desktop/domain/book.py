"""The book an office hands in: its parts in their order, and the texts somebody writes for them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from esa_desktop.domain.richtext import Paragraph, RichText, Table


class Part(StrEnum):
    """A part of the book, in the order of printing. The names are stored: add, never rename."""

    COVER = "cover"
    FOREWORD = "foreword"
    CONTENTS = "contents"
    SUMMARY = "summary"
    BASICS = "basics"
    CRITERIA = "criteria"
    SHEETS = "sheets"
    RESULTS = "results"
    ORDERS = "orders"
    MINUTES = "minutes"
    EVIDENCE = "evidence"
    PICTURES = "pictures"
    COMPILERS = "compilers"


PART_NAMES: Final[dict[Part, str]] = {
    Part.COVER: "ปก",
    Part.FOREWORD: "คำนำ",
    Part.CONTENTS: "สารบัญ",
    Part.SUMMARY: "บทสรุปผู้บริหาร",
    Part.BASICS: "ส่วนที่ ๑ ข้อมูลพื้นฐาน",
    Part.CRITERIA: "ส่วนที่ ๒ เกณฑ์และวิธีการประเมิน",
    Part.SHEETS: "ส่วนที่ ๓ ผลการประเมินรายตัวบ่งชี้",
    Part.RESULTS: "ส่วนที่ ๔ สรุปผลการประเมิน",
    Part.ORDERS: "คำสั่ง",
    Part.MINUTES: "รายงานการประชุม",
    Part.EVIDENCE: "บัญชีหลักฐาน",
    Part.PICTURES: "ภาพประกอบ",
    Part.COMPILERS: "คณะผู้จัดทำ",
}
APPENDICES: Final = (Part.ORDERS, Part.MINUTES, Part.EVIDENCE, Part.PICTURES, Part.COMPILERS)
"""Stand together under ภาคผนวก."""
DEFAULT_PARTS: Final = tuple(Part)


@dataclass(frozen=True, slots=True)
class BookText:
    """A text of the book that somebody writes: a field of the round with a history of its own."""

    name: str
    """Owner of its field. Stored: never renamed."""
    part: Part | None
    """Where it is printed; ``None``: in several places."""
    title: str
    """What it is called on screen and, where it is printed with a heading, on paper."""
    hint: str
    """One example sentence or what belongs here, for whoever finds it empty."""
    short: bool = False
    """One line rather than paragraphs."""


BOOK_TEXTS: Final[tuple[BookText, ...]] = (
    BookText("emblem", Part.COVER, "ตราสำนักงาน", "วางรูปตราของสำนักงานที่นี่ ไม่ใส่ก็ได้"),
    BookText("cover_lines", Part.COVER, "ข้อความท้ายปก", "เช่น เอกสารลำดับที่ ๑๒/๒๕๕๗ กลุ่มนโยบายและแผน"),
    BookText("foreword", Part.FOREWORD, "คำนำ", "บอกความเป็นมาและวัตถุประสงค์ของรายงานฉบับนี้"),
    BookText("foreword_month", Part.FOREWORD, "เดือน พ.ศ. ท้ายคำนำ", "เช่น กันยายน ๒๕๕๗", short=True),
    BookText("summary", Part.SUMMARY, "บทสรุป", "สรุปผลการประเมินทั้งเล่มให้ผู้บริหารอ่านในหน้าเดียว"),
    BookText("strengths", Part.SUMMARY, "จุดเด่น", "สิ่งที่สำนักงานทำได้ดี พร้อมหลักฐานสั้น ๆ"),
    BookText("improvements", Part.SUMMARY, "จุดที่ควรพัฒนา", "สิ่งที่ยังต้องทำต่อ"),
    BookText("basics", Part.BASICS, "ข้อมูลพื้นฐาน", "ที่ตั้ง โครงสร้าง จำนวนโรงเรียน ครู และนักเรียน"),
    BookText("basics_date", Part.BASICS, "ข้อมูล ณ วันที่", "เช่น ๑๐ มิถุนายน ๒๕๕๗", short=True),
    BookText("criteria", Part.CRITERIA, "วิธีการประเมิน", "ใครประเมิน ประเมินเมื่อใด ใช้ข้อมูลจากที่ใด"),
    BookText("development", Part.RESULTS, "แนวทางพัฒนา", "สิ่งที่จะทำในปีต่อไป และใครรับผิดชอบ"),
    BookText("orders", Part.ORDERS, "คำสั่ง", "คัดลอกหรือพิมพ์คำสั่งแต่งตั้งคณะทำงาน"),
    BookText("minutes", Part.MINUTES, "รายงานการประชุม", "คัดลอกหรือพิมพ์รายงานการประชุม"),
    BookText("pictures", Part.PICTURES, "ภาพประกอบ", "วางภาพแล้วพิมพ์คำบรรยายใต้ภาพ"),
    BookText(
        "compilers", Part.COMPILERS, "คณะผู้จัดทำ", "หนึ่งคนต่อหนึ่งบรรทัด เช่น นายสมมุติ ตัวอย่าง, ศึกษานิเทศก์"
    ),
    BookText(
        "committee",
        None,
        "คณะกรรมการประเมิน",
        "หนึ่งคนต่อหนึ่งบรรทัด เช่น นายสมมุติ ตัวอย่าง, ประธานกรรมการ",
    ),
)
TEXTS_BY_NAME: Final = {text.name: text for text in BOOK_TEXTS}


def texts_of(part: Part) -> tuple[BookText, ...]:
    """The texts printed in one part, in order."""
    return tuple(text for text in BOOK_TEXTS if text.part is part)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a committee: who signs."""

    name: str
    role: str
    """As typed; empty where only a name was given."""


_BETWEEN: Final = re.compile(
    r"\s*[,/|]\s*|\s+[–-]\s+|\t+|\s{2,}"
    r"|\s(?=(?:รอง|ผู้ช่วย)?(?:ประธาน|กรรมการ|คณะกรรมการ|คณะทำงาน|เลขานุการ|ที่ปรึกษา))"
)
"""What people type between a name and what that person is on the committee.

Of a tab only one blank is left in a text that was typed or pasted; then the role's own word tells.
"""
_NUMBER: Final = re.compile(r"\(?[0-9๐-๙]+[.)]?")


def members(text: RichText) -> tuple[Member, ...]:
    """The people of a text with one person a line, or a row of a table: name, then role."""
    return tuple(_member(line) for line in _lines(text) if line.strip())


def _member(line: str) -> Member:
    name, *role = _BETWEEN.split(line.strip(), maxsplit=1)
    return Member(name, role[0].strip() if role else "")


def _lines(text: RichText) -> Iterator[str]:
    for block in text.blocks:
        if isinstance(block, Paragraph):
            yield from block.text.split("\n")
        elif isinstance(block, Table):
            for row in block.rows[block.header_rows :]:
                words = (" ".join(p.text for p in cell).strip() for cell in row)
                cells = [cell for cell in words if cell]
                if len(cells) > 1 and _NUMBER.fullmatch(cells[0]):
                    del cells[0]  # the column ที่
                yield "\t".join(cells)
