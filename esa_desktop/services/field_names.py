"""What a person calls a field: the code it stands under and its Thai name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from esa_desktop.domain.book import TEXTS_BY_NAME
from esa_desktop.domain.fields import Field, Kind, link_parts
from esa_desktop.domain.framework import Framework
from esa_desktop.domain.thai import shorten, thai_digits

LONGEST_NAME: Final = 60
"""Characters of a node's name in a sentence."""
WORDS: Final[Mapping[Kind, str]] = {
    Kind.OFFICE: "ชื่อสำนักงาน",
    Kind.FRAMEWORK: "ฉบับมาตรฐาน",
    Kind.METHOD: "วิธีการดำเนินงาน",
    Kind.RESULTS: "ผลการดำเนินงาน",
    Kind.SUGGESTIONS: "ความเห็นและข้อเสนอแนะ",
    Kind.ACTED_ON: "มีการดำเนินการ",
    Kind.EVIDENCE_CLEAR: "หลักฐานชัดเจน",
    Kind.LEVEL: "ระดับที่ประเมินตนเอง",
    Kind.REASON: "เหตุผลประกอบ",
    Kind.ITEM: "หลักฐาน",
    Kind.LINK: "การแนบหลักฐาน",
    Kind.PRINT_OPTIONS: "ตัวเลือกการพิมพ์",
    Kind.STATUS: "สถานะ",
    Kind.BOOK_TEXT: "ข้อความในเล่มรายงาน",
    Kind.DICTIONARY: "คำที่ไม่ตัดกลางคำ",
    Kind.PRINTED: "การพิมพ์ครั้งล่าสุด",
    Kind.COMPUTER: "ชื่อเครื่อง",
    Kind.MEASURED: "ค่าที่วัดได้",
    Kind.WORKS: "ผลงานที่เสนอ",
    Kind.REQUIRED: "รายการหลักฐานที่ต้องมี",
    Kind.SUPPLIED: "หลักฐานที่ต้องมี",
    Kind.BOUND: "การทำแฟ้มหลักฐานครั้งล่าสุด",
}


@dataclass(frozen=True, slots=True)
class FieldName:
    """``code`` is that of the framework's node (``1.2.3``), empty where the field has none."""

    code: str
    name: str
    year: str = ""

    @property
    def sentence(self) -> str:
        """``๑.๒.๓ วิธีการดำเนินงาน ปี ๒๕๕๗``, in Thai digits, as far as it is known."""
        words = [thai_digits(self.code), self.name]
        if self.year:
            words.append(f"ปี {thai_digits(self.year)}")
        return " ".join(filter(None, words))


def field_name(field: Field, framework: Framework | None) -> FieldName:
    """``framework`` is that of the field's round; without it the code stays unknown."""
    paired = field.kind in (Kind.LINK, Kind.SUPPLIED)
    node = link_parts(field)[0] if paired else field.owner
    known = framework is not None and framework.has_node(node)
    code = framework.code_of(node) if framework is not None and known else ""
    # Falls back on the stored word: a kind may be newer than this table.
    name = WORDS.get(field.kind, field.kind.value)
    if field.kind is Kind.BOOK_TEXT and field.owner in TEXTS_BY_NAME:
        name = TEXTS_BY_NAME[field.owner].title
    retired = None if known or framework is None else framework.retired_node(node)
    if retired is not None:
        name = f"{name} ของ “{shorten(retired.name, LONGEST_NAME)}” ที่เลิกใช้แล้ว"
    return FieldName(code, name, field.round)
