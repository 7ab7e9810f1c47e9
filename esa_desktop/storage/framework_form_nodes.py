"""Makes standards, indicators and issues of the rows of an Excel form."""

from typing import Any, TypeVar, cast

from esa_desktop.domain.framework import (
    Framework,
    Indicator,
    IndicatorType,
    Issue,
    Node,
    Rubric,
    RubricRow,
    Standard,
)
from esa_desktop.domain.framework_edits import MOST_WORKS
from esa_desktop.domain.framework_matching import Row
from esa_desktop.domain.framework_rows import FEWEST_OF_A_LADDER, rows_of_type, usual_rows
from esa_desktop.domain.framework_tree import places
from esa_desktop.storage import framework_sheets as sheets
from esa_desktop.storage.framework_form_rows import RubricSheet
from esa_desktop.storage.framework_form_tree import FormRow
from esa_desktop.storage.workbook_cells import Entry

N = TypeVar("N", Standard, Indicator, Issue)


class NodeReading:
    """Rows into nodes, with what a matched row leaves empty from the node it was matched with."""

    def __init__(self, current: Framework, rubrics: RubricSheet) -> None:
        self._known = places(current)
        self._rubrics = rubrics

    def standard(self, row: Row) -> Standard:
        cells = _Cells(row, self._was(row, Standard))
        used, retired = _parted(row)
        share, verified, source = cells.weighing("share")
        return Standard(
            row.node_id,
            row.number,
            row.name,
            tuple(self._indicator(inner) for inner in used),
            share,
            verified,
            cells.verified(),
            source,
            tuple(self._indicator(inner) for inner in retired),
        )

    def _indicator(self, row: Row) -> Indicator:
        was = self._was(row, Indicator)
        cells = _Cells(row, was)
        used, retired = _parted(row)
        kind = cells.type()
        weight, verified, source = cells.weighing("weight")
        issues = tuple(self._issue(inner) for inner in used)
        works = cells.whole("works", 1, MOST_WORKS)
        if works is not None and kind is not IndicatorType.RANKED_WORKS:
            cells.refuse(
                "works", "จำนวนผลงานใช้กับตัวบ่งชี้แบบเรียงลำดับผลงานเท่านั้น กรุณาลบจำนวนหรือเลือกแบบใหม่"
            )
        if works is None and was is not None and kind is was.type and row.matched:
            works = was.works
        return Indicator(
            row.node_id,
            row.number,
            row.name,
            kind,
            Rubric(self._rows(row, kind, len(issues), was), cells.text("unit")),
            issues,
            cells.text("lead_in"),
            weight,
            verified,
            cells.verified(),
            source,
            works,
            tuple(self._issue(inner) for inner in retired),
        )

    def _rows(
        self, row: Row, kind: IndicatorType, issue_count: int, was: Indicator | None
    ) -> tuple[RubricRow, ...]:
        rows = self._rubrics.rows(row, kind)
        if rows or row.has_own_id:
            return rows
        if was is not None and was.rubric.rows:
            return was.rubric.rows if kind is was.type else rows_of_type(kind, was.rubric.rows)
        if kind is IndicatorType.EVIDENCE_LADDER and issue_count >= FEWEST_OF_A_LADDER:
            return usual_rows(kind, issue_count)
        return ()

    def _issue(self, row: Row) -> Issue:
        cells = _Cells(row, self._was(row, Issue))
        return Issue(row.node_id, row.number, row.name, cells.verified())

    def _was(self, row: Row, kind: type[N]) -> N | None:
        node = self._known[row.node_id].node if row.matched else None
        return node if isinstance(node, kind) else None


def _parted(row: Row) -> tuple[list[Row], list[Row]]:
    return [r for r in row.rows if not r.retired], [r for r in row.rows if r.retired]


class _Cells:
    """The cells of one row; an empty one is what its matched node says."""

    def __init__(self, row: Row, was: Node | None) -> None:
        self._entries = cast("FormRow", row).entries
        self._row = row
        self._was: Any = was

    def _entry(self, key: str) -> Entry | None:
        entry = self._entries.get(key)
        return None if entry is None or entry.value is None else entry

    def refuse(self, key: str, expected: str) -> None:
        self._entries[key].refuse(expected)

    def text(self, key: str) -> str:
        entry = self._entry(key)
        if entry is not None:
            return entry.text()
        if self._was is None:
            return ""
        kept: str = self._was.rubric.unit if key == "unit" else getattr(self._was, key)
        return kept

    def whole(self, key: str, least: int, most: int) -> int | None:
        entry = self._entry(key)
        return None if entry is None else entry.whole(least, most)

    def verified(self) -> bool:
        """A name that was matched with another spelling is no longer the one that was checked."""
        entry = self._entry("verified")
        if entry is not None:
            return entry.choice((sheets.CHECKED, sheets.UNCHECKED)) == sheets.CHECKED
        return self._was is not None and self._was.verified and self._was.name == self._row.name

    def type(self) -> IndicatorType:
        entry = self._entry("type")
        if entry is not None:
            return sheets.TYPES[entry.choice(tuple(sheets.TYPES))]
        kept: IndicatorType = IndicatorType.EVIDENCE_LADDER if self._was is None else self._was.type
        return kept

    def weighing(self, key: str) -> tuple[float | None, bool, str]:
        """The share or weight with its mark and source; one not given cannot have been checked."""
        entry, source = self._entry("weight"), self._entry("weight_source")
        mark = self._entry("weight_verified")
        if self._was is not None and entry is source is mark is None:
            was = self._was
            return getattr(was, key), getattr(was, f"{key}_verified"), getattr(was, f"{key}_source")
        value = None if entry is None else entry.number(0.01, 100)
        checked = (
            mark is not None and mark.choice((sheets.CHECKED, sheets.UNCHECKED)) == sheets.CHECKED
        )
        if checked and value is None and mark is not None:
            mark.refuse("ตรวจแล้วได้ต่อเมื่อกรอกสัดส่วนหรือน้ำหนัก")
        return value, checked, "" if source is None else source.text()
