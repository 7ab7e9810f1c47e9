"""Reads the rows of standards, indicators and issues of an Excel form as a tree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, cast

from esa_desktop.domain.framework import Framework, Indicator, Issue, Standard
from esa_desktop.domain.framework_edits import MOST_SIBLINGS
from esa_desktop.domain.framework_matching import Row, inside
from esa_desktop.domain.framework_tree import places
from esa_desktop.domain.thai import thai_digits
from esa_desktop.storage import framework_sheets as sheets
from esa_desktop.storage.toml_table import is_id
from esa_desktop.storage.workbook_cells import Entry, Table

KINDS: Final[Mapping[str, Any]] = {"standard": Standard, "indicator": Indicator, "issue": Issue}
_NAMES: Final = {"standard": "มาตรฐาน", "indicator": "ตัวบ่งชี้", "issue": "ประเด็น"}
_ABOVE: Final = {"indicator": "standard", "issue": "indicator"}


@dataclass(slots=True)
class FormRow(Row):
    """A row with its cells, to be read once it is known which node it is."""

    entries: Mapping[str, Entry] = field(default_factory=dict)


def form_rows(nodes: Table, current: Framework | None) -> list[FormRow]:
    """The top rows, each with what is in it, its number and the id it says of itself."""
    top: list[FormRow] = []
    open_rows: dict[str, FormRow] = {}
    for entries in nodes:
        named = [key for key in KINDS if key in entries and entries[key].text()]
        if not named:
            _refuse_nameless(entries)
            continue
        key = named[0]
        if len(named) > 1:
            entries[named[1]].refuse("แถวหนึ่งมีได้ชื่อเดียว กรุณาแยกเป็นแถวละชื่อ")
        text = entries[key].text()
        row = FormRow(KINDS[key], "" if text == sheets.NAMELESS else text, entries=entries)
        row.node_id = own_id(entries.get("id"))
        row.retired = (
            _choice(entries, "use", (sheets.IN_USE, sheets.OUT_OF_USE)) == sheets.OUT_OF_USE
        )
        above = _ABOVE.get(key)
        if above is None:
            top.append(row)
        elif above not in open_rows:
            entries[key].refuse(
                f"{_NAMES[key]}นี้ไม่มี{_NAMES[above]}อยู่ข้างบน กรุณาใส่ชื่อ{_NAMES[above]}ในแถวก่อนหน้า"
            )
        else:
            open_rows[above].rows.append(row)
        open_rows = {k: r for k, r in open_rows.items() if k in _above(key)} | {key: row}
    _settle_ids(top, current)
    _number(top)
    for any_row in inside(top):
        any_row.has_own_id = bool(any_row.node_id)
    return top


def _above(key: str) -> tuple[str, ...]:
    above = _ABOVE.get(key)
    return (*_above(above), above) if above else ()


def _refuse_nameless(entries: Mapping[str, Entry]) -> None:
    """A row that says something but has no name; what the program itself put there may stay."""
    for key, entry in entries.items():
        if (
            key not in ("code", "use", "id", "number", "verified", "type")
            and entry.value is not None
        ):
            entry.refuse("แถวนี้ยังไม่มีชื่อมาตรฐาน ตัวบ่งชี้ หรือประเด็น กรุณาใส่ชื่อหรือลบทั้งแถว")


def own_id(entry: Entry | None) -> str:
    """What is in the hidden column, if it can be an id: what cannot was typed by somebody."""
    text = "" if entry is None else entry.text()
    return text if is_id(text) else ""


def _settle_ids(top: Sequence[Row], current: Framework | None) -> None:
    """A row that was copied has the id of another: the one with the known name keeps it."""
    known = {} if current is None else places(current)
    holders: dict[str, Row] = {}
    for row in inside(top):
        if not row.node_id:
            continue
        held = holders.setdefault(row.node_id, row)
        if held is row:
            continue
        at = known.get(row.node_id)
        if at is not None and row.name == at.node.name != held.name:
            held.node_id = ""
            holders[row.node_id] = row
        else:
            row.node_id = ""


def _number(rows: Sequence[Row]) -> None:
    """As they stand; numbers with a gap, as published, only where no row was put between."""
    used = [row for row in rows if not row.retired]
    if len(used) > MOST_SIBLINGS:
        cast("FormRow", used[MOST_SIBLINGS]).entries["issue"].refuse(
            thai_digits(f"มีได้ไม่เกิน {MOST_SIBLINGS} รายการในชั้นเดียวกัน")
        )
    given = [_kept_number(row) for row in used]
    whole = all(given) and len(set(given)) == len(given)
    for place, (row, number) in enumerate(zip(used, given, strict=True), 1):
        row.number = number if whole and number else place
    for row in rows:
        if row.retired:
            row.number = _kept_number(row) or 1
        _number(row.rows)


def _kept_number(row: Row) -> int | None:
    entry = cast("FormRow", row).entries.get("number")
    return None if entry is None or not row.node_id else entry.whole(1, MOST_SIBLINGS)


def _choice(entries: Mapping[str, Entry], key: str, choices: tuple[str, ...]) -> str:
    entry = entries.get(key)
    return "" if entry is None else entry.choice(choices)
