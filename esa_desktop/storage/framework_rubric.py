"""Reads the rubric rows of one indicator from a TOML file."""

from esa_desktop.domain.framework import LEVELS, IndicatorType, RubricRow
from esa_desktop.domain.framework_rows import (
    FEWEST_OF_A_LADDER,
    HIGHEST_COUNT,
    LARGEST_VALUE,
    MOST_LINES,
)
from esa_desktop.domain.thai import thai_digits
from esa_desktop.storage.toml_table import TomlTable


def read_rows(
    indicator: TomlTable, kind: IndicatorType, issue_count: int, *, finished: bool
) -> tuple[RubricRow, ...]:
    """The rubric from level 5 down; only indicators that a person judges may come without.

    Where it need not be finished, rows, words and counts may be missing, but no number may stand
    where its type has none.
    """
    if not finished:
        return _unfinished_rows(indicator, kind)
    tables = list(indicator.tables("rubric"))
    counted = kind in (IndicatorType.EVIDENCE_LADDER, IndicatorType.THRESHOLD)
    if not tables and not counted:
        return ()
    if kind is IndicatorType.EVIDENCE_LADDER and issue_count < FEWEST_OF_A_LADDER:
        indicator.refuse(
            "ตัวบ่งชี้แบบ evidence_ladder ต้องมี [[standard.indicator.issue]] อย่างน้อย ๔ ประเด็น "
            'ถ้ายังไม่ทราบประเด็นให้ใช้ type = "free"'
        )
    rows: list[RubricRow] = []
    for table, level in zip(tables, LEVELS, strict=False):
        if table.whole("level", 1, 5) != level:
            table.refuse(
                thai_digits(f"แถวเกณฑ์ต้องเรียงระดับ 5 4 3 2 1 ครบทุกระดับ แถวนี้ต้องเป็นระดับ {level}"),
                "level",
            )
        rows.append(_row(table, kind, issue_count))
    if len(tables) != len(LEVELS):
        wrong = tables[len(LEVELS)] if len(tables) > len(LEVELS) else indicator
        wrong.refuse("เกณฑ์ของตัวบ่งชี้ต้องมี [[standard.indicator.rubric]] ห้าแถว ระดับ ๕ ๔ ๓ ๒ ๑")
    if kind is IndicatorType.EVIDENCE_LADDER:
        _check_ladder(tables, rows, issue_count)
    if kind is IndicatorType.THRESHOLD:
        _check_thresholds(tables, rows)
    return tuple(rows)


def _unfinished_rows(indicator: TomlTable, kind: IndicatorType) -> tuple[RubricRow, ...]:
    rows: list[RubricRow] = []
    for table in indicator.tables("rubric", len(LEVELS)):
        row = _row(table, kind, HIGHEST_COUNT, finished=False)
        if rows and row.level >= rows[-1].level:
            table.refuse("แถวเกณฑ์ต้องเรียงจากระดับที่สูงกว่าลงมา ระดับละหนึ่งแถว", "level")
        rows.append(row)
    return tuple(rows)


def _row(
    table: TomlTable, kind: IndicatorType, highest: int, *, finished: bool = True
) -> RubricRow:
    ladder = kind is IndicatorType.EVIDENCE_LADDER
    threshold = kind is IndicatorType.THRESHOLD
    for key, wanted in (("fewest", ladder), ("most", ladder), ("at_least", threshold)):
        if wanted and finished and not table.has(key):
            table.refuse(f"แถวเกณฑ์ของตัวบ่งชี้แบบ {kind.value} ต้องมีช่อง {key}")
        if table.has(key) and not wanted:
            table.refuse(f"ช่อง {key} ใช้กับตัวบ่งชี้แบบ {kind.value} ไม่ได้", key)
    return RubricRow(
        level=table.whole("level", 1, 5),
        lines=table.texts("lines", 1 if finished else 0, MOST_LINES),
        fewest=table.whole("fewest", 0, highest) if table.has("fewest") else None,
        most=table.whole("most", 0, highest) if table.has("most") else None,
        at_least=table.number("at_least", -LARGEST_VALUE, LARGEST_VALUE),
        verified=table.flag("verified"),
    )


def _check_ladder(tables: list[TomlTable], rows: list[RubricRow], issue_count: int) -> None:
    """Every count from 0 to the number of issues stands in exactly one row."""
    awaited = 0
    for table, row in zip(reversed(tables), reversed(rows), strict=True):
        fewest, most = row.fewest or 0, row.most or 0
        if fewest != awaited:
            wrong = "ซ้อนกับแถวของระดับล่าง" if fewest < awaited else "ข้ามจำนวนที่ยังไม่มีแถวใดนับ"
            table.refuse(thai_digits(f"ช่อง fewest {wrong} ต้องเป็น {awaited}"), "fewest")
        if most < fewest:
            table.refuse("ช่อง most ต้องไม่น้อยกว่า fewest ของแถวเดียวกัน", "most")
        awaited = most + 1
    if awaited != issue_count + 1:
        wanted = thai_digits(f"ช่อง most ของระดับ 5 ต้องเท่ากับจำนวนประเด็น คือ {issue_count}")
        tables[0].refuse(wanted, "most")


def _check_thresholds(tables: list[TomlTable], rows: list[RubricRow]) -> None:
    values = [row.at_least or 0 for row in rows]
    for table, better, value in zip(tables[1:], values, values[1:], strict=False):
        if value >= better:
            table.refuse("ช่อง at_least ต้องน้อยกว่าของระดับที่สูงกว่า", "at_least")
