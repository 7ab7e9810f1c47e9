"""The sheets of the Excel form of an edition: their names, columns and the words to choose from.

Standards, indicators and issues stand on one sheet in printed order, each name in the column of its
kind: a column of issues can be pasted in one go, and the order of the rows is the order in print.
"""

from dataclasses import dataclass
from typing import Final

from esa_desktop.domain.framework_words import TYPE_NAMES

HELP_SHEET: Final = "วิธีกรอก"
EDITION_SHEET: Final = "ข้อมูลฉบับ"
NODE_SHEET: Final = "มาตรฐานและประเด็น"
ROW_SHEET: Final = "เกณฑ์"

CHECKED: Final = "ตรวจแล้ว"
UNCHECKED: Final = "ยังไม่ได้ตรวจ"
IN_USE: Final = "ใช้อยู่"
OUT_OF_USE: Final = "เลิกใช้"
DRAFT: Final = "ฉบับร่าง"
PUBLISHED: Final = "ฉบับใช้จริง"
NAMELESS: Final = "(ยังไม่มีชื่อ)"
"""Stands for a name that is still empty: the row must be in the column of its kind."""
TYPES: Final = {name: kind for kind, name in TYPE_NAMES.items()}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet; found again by its heading, wherever it was moved."""

    key: str
    heading: str
    width: float
    choices: tuple[str, ...] = ()
    hidden: bool = False
    shaded: bool = False
    """Filled by the program; what stands there is not read."""
    runs_on: bool = False
    """Narrow, for names that run on over the next columns: nothing may be drawn between."""
    as_text: bool = False
    """So that Excel makes no date or number of ``1.10``."""


_MARKS: Final = (CHECKED, UNCHECKED)
NODE_COLUMNS: Final = (
    Column("code", "รหัส", 9, shaded=True, as_text=True),
    Column("standard", "ชื่อมาตรฐาน", 13, runs_on=True),
    Column("indicator", "ชื่อตัวบ่งชี้", 13, runs_on=True),
    Column("issue", "ชื่อประเด็นการพิจารณา", 66),
    Column("verified", "ชื่อตรงกับประกาศ", 16, _MARKS),
    Column("type", "แบบของตัวบ่งชี้", 19, tuple(TYPES)),
    Column("weight", "สัดส่วนหรือน้ำหนัก", 17),
    Column("weight_verified", "น้ำหนักตรงกับประกาศ", 19, _MARKS),
    Column("weight_source", "ที่มาของน้ำหนัก", 24),
    Column("unit", "หน่วยที่วัด", 12),
    Column("works", "จำนวนผลงาน", 11),
    Column("lead_in", "ประโยคนำของตัวบ่งชี้", 40),
    Column("use", "การใช้", 10, (IN_USE, OUT_OF_USE)),
    Column("id", "รหัสประจำตัว ห้ามแก้", 12, hidden=True, as_text=True),
    Column("number", "ลำดับเดิม ห้ามแก้", 12, hidden=True),
)
ROW_COLUMNS: Final = (
    Column("code", "รหัสตัวบ่งชี้ เช่น 1.2", 19, as_text=True),
    Column("name", "ชื่อตัวบ่งชี้", 34, shaded=True),
    Column("level", "ระดับ", 8),
    Column("line", "คำอธิบายบรรทัดที่ ๑", 44),
    Column("second", "คำอธิบายบรรทัดที่ ๒", 44),
    Column("further", "บรรทัดต่อไป (ถ้ามี)", 24),
    Column("fewest", "ข้อน้อยที่สุด", 13),
    Column("most", "ข้อมากที่สุด", 13),
    Column("at_least", "ค่าตั้งแต่", 12),
    Column("verified", "เกณฑ์ตรงกับประกาศ", 18, _MARKS),
    Column("id", "รหัสประจำตัว ห้ามแก้", 12, hidden=True, as_text=True),
    Column("written", "รหัสเดิม ห้ามแก้", 12, hidden=True, as_text=True),
)

TITLE: Final = "ชื่อฉบับมาตรฐาน"
YEAR: Final = "ปี พ.ศ. ที่ประกาศ"
STATUS: Final = "สถานะ"
SOURCE: Final = "ที่มา เช่น ชื่อประกาศ เลขหน้า"
NOTE: Final = "หมายเหตุ"
EDITION_ID: Final = "รหัสประจำฉบับ ห้ามแก้"

HEADING_ROW: Final = 3
"""Of both tables: a title and a hint stand above."""
