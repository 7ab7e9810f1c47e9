"""An edition as a TOML file that a person can read on and `framework_file` reads back."""

from collections.abc import Iterator
from typing import Final

from esa_desktop.domain.framework import Framework, Indicator, Issue, RubricRow, Standard

_HEAD: Final = """\
# ฉบับมาตรฐาน บันทึกจากโปรแกรม แก้ด้วย Notepad ได้ (บันทึกเป็น UTF-8)
# id เป็นรหัสประจำตัวที่ข้อความและหลักฐานของสำนักงานเก็บไว้ใต้รหัสนี้ ห้ามแก้และห้ามใช้ซ้ำ
# ตารางที่ขึ้นต้นด้วย retired_ คือรายการที่เลิกใช้แล้ว เก็บไว้เพื่อไม่ให้ข้อความเดิมหาย
"""
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\t": "\\t"}


def framework_toml(framework: Framework) -> str:
    """The whole edition, what is out of use included; unset values are left out."""
    lines = [
        _HEAD,
        f"id = {_text(framework.id)}",
        f"title = {_text(framework.title)}",
        f"year = {framework.year}",
        f"draft = {_flag(framework.draft)}",
        f"source = {_text(framework.source)}",
        *_notes(framework.notes),
    ]
    for standard in framework.standards:
        lines += _standard(standard, "standard")
    for standard in framework.retired:
        lines += _standard(standard, "retired_standard")
    return "\n".join(lines) + "\n"


def _notes(notes: tuple[str, ...]) -> Iterator[str]:
    if notes:
        yield "notes = ["
        yield from (f"    {_text(note)}," for note in notes)
        yield "]"


def _standard(standard: Standard, header: str) -> Iterator[str]:
    yield f"\n[[{header}]]"
    yield from _node(standard)
    yield from _weighing(
        "share", standard.share, standard.share_source, verified=standard.share_verified
    )
    for indicator in standard.indicators:
        yield from _indented(_indicator(indicator, f"{header}.indicator"))
    for indicator in standard.retired:
        yield from _indented(_indicator(indicator, f"{header}.retired_indicator"))


def _indicator(indicator: Indicator, header: str) -> Iterator[str]:
    yield f"\n[[{header}]]"
    yield from _node(indicator)
    yield f"type = {_text(indicator.type.value)}"
    yield from _said("lead_in", indicator.lead_in)
    yield from _weighing(
        "weight", indicator.weight, indicator.weight_source, verified=indicator.weight_verified
    )
    yield from _said("unit", indicator.rubric.unit)
    if indicator.works is not None:
        yield f"works = {indicator.works}"
    for row in indicator.rubric.rows:
        yield from _indented(_row(row, f"{header}.rubric"))
    for issue in indicator.issues:
        yield from _indented(_issue(issue, f"{header}.issue"))
    for issue in indicator.retired:
        yield from _indented(_issue(issue, f"{header}.retired_issue"))


def _row(row: RubricRow, header: str) -> Iterator[str]:
    yield f"[[{header}]]"
    yield f"level = {row.level}"
    yield f"lines = [{', '.join(map(_text, row.lines))}]"
    if row.fewest is not None:
        yield f"fewest = {row.fewest}"
    if row.most is not None:
        yield f"most = {row.most}"
    if row.at_least is not None:
        yield f"at_least = {_figure(row.at_least)}"
    yield f"verified = {_flag(row.verified)}"


def _issue(issue: Issue, header: str) -> Iterator[str]:
    yield f"[[{header}]]"
    yield from _node(issue)


def _node(node: Standard | Indicator | Issue) -> Iterator[str]:
    yield f"id = {_text(node.id)}"
    yield f"number = {node.number}"
    yield f"name = {_text(node.name)}"
    yield f"verified = {_flag(node.verified)}"


def _weighing(key: str, value: float | None, source: str, *, verified: bool) -> Iterator[str]:
    if value is not None:
        yield f"{key} = {_figure(value)}"
        yield f"{key}_verified = {_flag(verified)}"
    yield from _said(f"{key}_source", source)


def _said(key: str, text: str) -> Iterator[str]:
    if text:
        yield f"{key} = {_text(text)}"


def _indented(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        yield f"\n    {line[1:]}" if line.startswith("\n") else f"    {line}"


def _text(text: str) -> str:
    return f'"{"".join(_ESCAPES.get(letter, letter) for letter in text)}"'


def _figure(value: float) -> str:
    """Whole numbers as a person writes them; others so that they are read back exactly."""
    number = float(value)
    return str(int(number)) if number.is_integer() else repr(number)


def _flag(value: bool) -> str:
    return "true" if value else "false"
