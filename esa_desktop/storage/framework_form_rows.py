"""The rubric sheet of the Excel form: which rows belong to which indicator, and what they say."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from esa_desktop.domain.errors import ValueRefused
from esa_desktop.domain.framework import LEVELS, Indicator, IndicatorType, RubricRow
from esa_desktop.domain.framework_matching import Row, inside
from esa_desktop.domain.framework_rows import HIGHEST_COUNT, LARGEST_VALUE, rows_of_type
from esa_desktop.domain.thai import arabic_digits
from esa_desktop.storage import framework_sheets as sheets
from esa_desktop.storage.workbook_cells import Entry, Table

_CODE: Final = re.compile(r"\D*(\d+)\s*\.\s*(\d+)\D*")
_SAID: Final = ("line", "second", "further", "fewest", "most", "at_least", "verified")
_NUMBERS: Final = {"fewest": "แบบนับหลักฐาน", "most": "แบบนับหลักฐาน", "at_least": "แบบวัดค่าเทียบเกณฑ์"}


class RubricSheet:
    """Rows by indicator. A row belongs to the code in front of it, or of the last one above.

    Where nobody touched the code that the program wrote, the hidden id decides, so that
    indicators may be reordered on the other sheet.
    """

    def __init__(self, table: Table, top: Sequence[Row]) -> None:
        by_id = {row.node_id: row for row in inside(top) if row.kind is Indicator}
        by_code = _codes(top)
        self._found: dict[str, list[Mapping[str, Entry]]] = {}
        code, own_id = "", ""
        for entries in table:
            if "code" in entries and entries["code"].value is not None:
                code = _code(entries["code"])
                untouched = "written" in entries and code == _code(entries["written"])
                own_id = _text(entries, "id") if untouched else ""
            if not any(key in entries and entries[key].value is not None for key in _SAID):
                continue
            if own_id:
                if own_id in by_id:  # else its indicator is no longer in the form
                    self._found.setdefault(own_id, []).append(entries)
                continue
            if code not in by_code:
                entries["code"].refuse(
                    f"ต้องเป็นรหัสตัวบ่งชี้ที่มีในแผ่นงาน “{sheets.NODE_SHEET}” เช่น 1.2 คือมาตรฐานที่ ๑ ตัวบ่งชี้ที่ ๒"
                )
            if isinstance(entries["code"].value, float) and f"{code}0" in by_code:
                entries["code"].refuse("พิมพ์รหัสเป็นข้อความ เช่น '1.10 เพราะ Excel เห็น 1.10 เป็นเลข 1.1")
            self._found.setdefault(by_code[code].node_id, []).append(entries)

    def rows(self, row: Row, kind: IndicatorType) -> tuple[RubricRow, ...]:
        """The rows of one indicator from the best down."""
        read: dict[int, RubricRow] = {}
        for entries in self._found.get(row.node_id, ()):
            rubric_row = _rubric_row(entries, kind)
            if rubric_row.level in read:
                entries["level"].refuse("ระดับนี้มีแถวแล้ว ตัวบ่งชี้หนึ่งมีได้ระดับละหนึ่งแถว")
            read[rubric_row.level] = rubric_row
        return tuple(read[level] for level in LEVELS if level in read)


def _rubric_row(entries: Mapping[str, Entry], kind: IndicatorType) -> RubricRow:
    level = entries["level"].whole(1, 5)
    if level is None:
        entries["level"].refuse("กรุณากรอกระดับ ๕ ถึง ๑")
    lines = [entries[key].lines() for key in ("line", "second", "further") if key in entries]
    row = RubricRow(
        level,
        tuple(line for line in lines if line),
        _whole(entries, "fewest"),
        _whole(entries, "most"),
        _number(entries, "at_least"),
        _text(entries, "verified", (sheets.CHECKED, sheets.UNCHECKED)) == sheets.CHECKED,
    )
    try:
        kept = rows_of_type(kind, (row,))[0]
    except ValueRefused as error:
        entries["level"].refuse(error.sentence)
    for key, name in _NUMBERS.items():
        if getattr(row, key) is not None and getattr(kept, key) is None:
            entries[key].refuse(f"ช่องนี้ใช้กับตัวบ่งชี้{name}เท่านั้น กรุณาเว้นว่างหรือเปลี่ยนแบบของตัวบ่งชี้")
    return kept


def _codes(top: Sequence[Row]) -> dict[str, Row]:
    """Indicators in use by their code in this form."""
    return {
        f"{standard.number}.{row.number}": row
        for standard in top
        for row in standard.rows
        if not standard.retired and not row.retired
    }


def _code(entry: Entry) -> str:
    match = _CODE.fullmatch(arabic_digits(entry.text()))
    return f"{int(match[1])}.{int(match[2])}" if match else entry.text()


def _text(entries: Mapping[str, Entry], key: str, choices: tuple[str, ...] = ()) -> str:
    entry = entries.get(key)
    if entry is None:
        return ""
    return entry.choice(choices) if choices else entry.text()


def _whole(entries: Mapping[str, Entry], key: str) -> int | None:
    return entries[key].whole(0, HIGHEST_COUNT) if key in entries else None


def _number(entries: Mapping[str, Entry], key: str) -> float | None:
    return entries[key].number(-LARGEST_VALUE, LARGEST_VALUE) if key in entries else None
