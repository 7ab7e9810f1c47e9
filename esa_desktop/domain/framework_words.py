"""The words in which an edition and what changed in it are told to a person."""

from typing import Final

from esa_desktop.domain.framework import (
    Framework,
    Indicator,
    IndicatorType,
    Node,
    RubricRow,
    Standard,
)
from esa_desktop.domain.thai import thai_digits

TYPE_NAMES: Final = {
    IndicatorType.EVIDENCE_LADDER: "นับหลักฐาน",
    IndicatorType.THRESHOLD: "วัดค่าเทียบเกณฑ์",
    IndicatorType.RANKED_WORKS: "เรียงลำดับผลงาน",
    IndicatorType.FREE: "พิจารณาตามคำอธิบาย",
}
_NOTHING: Final = "ไม่มี"
_KINDS: Final = ("ฉบับมาตรฐาน", "มาตรฐาน", "ตัวบ่งชี้", "ประเด็น")


def mark(verified: bool) -> str:
    return "ตรวจแล้ว" if verified else "ยังไม่ได้ตรวจ"


def figure(value: float) -> str:
    """A number as it was typed, in Thai digits."""
    return thai_digits(int(value) if value.is_integer() else value)


def titles(framework: Framework) -> tuple[tuple[str, str], ...]:
    """What is said of the whole edition, each with what it is called."""
    return (
        ("รหัสฉบับ", framework.id),
        ("ชื่อฉบับ", framework.title),
        ("ปี พ.ศ.", thai_digits(framework.year)),
        ("สถานะ", "ฉบับร่าง" if framework.draft else "ฉบับใช้จริง"),
        ("ที่มา", framework.source),
        ("หมายเหตุ", " / ".join(framework.notes)),
    )


def weighing(node: Node) -> tuple[float | None, bool, str] | None:
    """The share of a standard or the weight of an indicator with its mark and source."""
    if isinstance(node, Standard):
        return node.share, node.share_verified, node.share_source
    if isinstance(node, Indicator):
        return node.weight, node.weight_verified, node.weight_source
    return None


def weight(node: Node) -> str:
    value, verified, source = weighing(node) or (None, False, "")
    origin = f" จาก{source}" if source else ""
    if value is None:
        return f"ยังไม่ทราบ{origin}"
    return f"{figure(float(value))} ({mark(verified)}{origin})"


def type_of(indicator: Indicator) -> str:
    name = TYPE_NAMES[indicator.type]
    return name if indicator.works is None else thai_digits(f"{name} {indicator.works} ผลงาน")


def unit(indicator: Indicator) -> str:
    return f"หน่วย: {indicator.rubric.unit or _NOTHING}"


def row(level: int, row: RubricRow | None) -> str:
    """One level of a rubric on one line."""
    if row is None:
        return thai_digits(f"ระดับ {level}: {_NOTHING}")
    parts = list(row.lines)
    if row.fewest is not None or row.most is not None:
        parts.append(f"{_count(row.fewest)}–{_count(row.most)} ข้อ")
    if row.at_least is not None:
        parts.append(f"ตั้งแต่ {figure(float(row.at_least))}")
    parts.append(f"({mark(row.verified)})")
    return f"ระดับ {thai_digits(level)}: {' '.join(parts)}"


def _count(number: int | None) -> str:
    return "?" if number is None else thai_digits(number)


def sentence(kind: str, code: str, old: str, new: str) -> str:
    what = f"{_KINDS[code.count('.') + 1 if code else 0]} {thai_digits(code)}".strip()
    was, now = f"“{old or _NOTHING}”", f"“{new or _NOTHING}”"
    if kind == "retired" and not old:
        return f"{what} {now} เพิ่มเข้ามาโดยเลิกใช้อยู่แล้ว"
    told = {
        "added": f"เพิ่ม{what} {now}",
        "renamed": f"{what} เปลี่ยนชื่อจาก {was} เป็น {now}",
        "moved": f"{what} ย้ายมาจาก {thai_digits(old)}",
        "retired": f"เลิกใช้{what} {was} (ข้อความเดิมยังเก็บไว้)",
        "taken_back": f"นำ{what} {now} กลับมาใช้",
        "removed": f"ไม่มี{what} {was}",
        "rubric": f"{what} เปลี่ยนเกณฑ์ จาก {was} เป็น {now}",
        "lead_in": f"{what} เปลี่ยนประโยคนำ จาก {was} เป็น {now}",
        "type": f"{what} เปลี่ยนแบบของตัวบ่งชี้ จาก {was} เป็น {now}",
        "weight": f"{what} เปลี่ยน{'สัดส่วน' if '.' not in code else 'น้ำหนัก'} จาก {was} เป็น {now}",
        "verified": f"ชื่อของ{what} เปลี่ยนจาก {was} เป็น {now}",
        "title": f"{what} เปลี่ยน {was} เป็น {now}",
    }
    return told[kind]
