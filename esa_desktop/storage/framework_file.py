"""Reads an edition of the standards from a TOML file; a broken one is refused, never half read."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from esa_desktop.domain.errors import FrameworkFileError
from esa_desktop.domain.framework import (
    LEVELS,
    Framework,
    Indicator,
    IndicatorType,
    Issue,
    Rubric,
    RubricRow,
    Standard,
)
from esa_desktop.domain.thai import FIRST_FISCAL_YEAR, LAST_FISCAL_YEAR, thai_digits
from esa_desktop.paths import resources_folder
from esa_desktop.storage.toml_table import TomlFile, TomlTable

_KEYS: Final = {
    "": "id title year draft source notes standard".split(),
    "standard": "id number name share share_verified verified indicator".split(),
    "indicator": (
        "id number name type lead_in weight weight_verified verified unit rubric issue"
    ).split(),
    "rubric": "level lines fewest most at_least verified".split(),
    "issue": "id number name verified".split(),
}
MOST_LINES: Final = 6
"""Of one rubric row; the real form has two."""
MOST_NOTES: Final = 50
HIGHEST_NUMBER: Final = 99
LARGEST_VALUE: Final = 1e9
"""Of a threshold."""


def read_framework(path: Path) -> Framework:
    """The framework in one file; `FrameworkFileError` says which line to mend, and how."""
    file = TomlFile(path)
    return _Reading().framework(TomlTable(file, _KEYS, file.values))


def list_frameworks(
    folder: Path, on_broken: Callable[[FrameworkFileError], None] | None = None
) -> tuple[tuple[Path, Framework], ...]:
    """Every ``*.toml`` of a folder with its framework, by file name; empty without the folder.

    A broken file is told to ``on_broken`` and the others are still listed; without
    ``on_broken`` its error is raised.
    """
    found: list[tuple[Path, Framework]] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            found.append((path, read_framework(path)))
        except FrameworkFileError as error:
            if on_broken is None:
                raise
            on_broken(error)
    return tuple(found)


def shipped() -> tuple[Framework, ...]:
    """The editions that come with the program, by file name."""
    return tuple(framework for _, framework in list_frameworks(resources_folder() / "frameworks"))


def shipped_framework(framework_id: str) -> Framework:
    """One edition that comes with the program, e.g. ``obec-2557``."""
    known = {framework.id: framework for framework in shipped()}
    if framework_id not in known:
        raise FrameworkFileError(
            f"ไม่มีฉบับมาตรฐาน “{framework_id}” ในโปรแกรม กรุณาเลือกจาก {' หรือ '.join(known)}"
        )
    return known[framework_id]


class _Reading:
    """One walk through a file; remembers the ids it has met."""

    def __init__(self) -> None:
        self._ids: set[str] = set()

    def framework(self, table: TomlTable) -> Framework:
        read = Framework(
            id=self._new_id(table),
            title=table.text("title"),
            year=table.whole("year", FIRST_FISCAL_YEAR, LAST_FISCAL_YEAR),
            draft=table.flag("draft"),
            source=table.text_or_empty("source"),
            notes=table.texts("notes", 0, MOST_NOTES),
            standards=self._standards(table),
        )
        if not read.standards:
            table.refuse("ต้องมีหัวตาราง [[standard]] อย่างน้อยหนึ่งตาราง", "standard")
        return read

    def _new_id(self, table: TomlTable) -> str:
        name = table.id()
        if name in self._ids:
            table.refuse(f"id {name} ซ้ำกับที่ใช้แล้วข้างบน ต้องเป็นรหัสที่ไม่เคยใช้", "id")
        self._ids.add(name)
        return name

    def _standards(self, root: TomlTable) -> tuple[Standard, ...]:
        standards: list[Standard] = []
        for table in root.tables("standard"):
            number = _new_number(table, standards)
            share, share_verified = _weighing(table, "share")
            if share and share + sum(s.share or 0 for s in standards) > 100.001:
                table.refuse("ช่อง share ของทุกมาตรฐานรวมกันต้องไม่เกินร้อยละ ๑๐๐", "share")
            standards.append(
                Standard(
                    id=self._new_id(table),
                    number=number,
                    name=table.text("name"),
                    share=share,
                    share_verified=share_verified,
                    verified=table.flag("verified"),
                    indicators=self._indicators(table),
                )
            )
        return tuple(standards)

    def _indicators(self, standard: TomlTable) -> tuple[Indicator, ...]:
        indicators: list[Indicator] = []
        for table in standard.tables("indicator"):
            number = _new_number(table, indicators)
            kind = _type(table)
            weight, weight_verified = _weighing(table, "weight")
            node_id = self._new_id(table)
            issues = self._issues(table)
            indicators.append(
                Indicator(
                    id=node_id,
                    number=number,
                    name=table.text("name"),
                    type=kind,
                    lead_in=table.text_or_empty("lead_in"),
                    weight=weight,
                    weight_verified=weight_verified,
                    verified=table.flag("verified"),
                    rubric=Rubric(_rows(table, kind, len(issues)), table.text_or_empty("unit")),
                    issues=issues,
                )
            )
        return tuple(indicators)

    def _issues(self, indicator: TomlTable) -> tuple[Issue, ...]:
        issues: list[Issue] = []
        for table in indicator.tables("issue"):
            number = _new_number(table, issues)
            issues.append(
                Issue(self._new_id(table), number, table.text("name"), table.flag("verified"))
            )
        return tuple(issues)


def _new_number(
    table: TomlTable, before: Sequence[Standard] | Sequence[Indicator] | Sequence[Issue]
) -> int:
    number = table.whole("number", 1, HIGHEST_NUMBER)
    if number in {node.number for node in before}:
        table.refuse(f"ลำดับที่ {thai_digits(number)} ซ้ำกับที่ใช้แล้วในชั้นเดียวกัน", "number")
    return number


def _weighing(table: TomlTable, key: str) -> tuple[float | None, bool]:
    """A weight or share with its mark; one that is not given cannot have been checked."""
    value = table.number(key, 0.01, 100)
    verified = table.flag(f"{key}_verified")
    if verified and value is None:
        table.refuse(f"{key}_verified เป็น true ได้ต่อเมื่อมีช่อง {key}", f"{key}_verified")
    return value, verified


def _type(table: TomlTable) -> IndicatorType:
    name = table.text("type")
    known = [kind.value for kind in IndicatorType]
    if name not in known:
        table.refuse(f"ช่อง type ต้องเป็น {' หรือ '.join(known)}", "type")
    return IndicatorType(name)


def _rows(indicator: TomlTable, kind: IndicatorType, issue_count: int) -> tuple[RubricRow, ...]:
    """The rubric from level 5 down; only indicators that a person judges may come without."""
    tables = list(indicator.tables("rubric"))
    counted = kind in (IndicatorType.EVIDENCE_LADDER, IndicatorType.THRESHOLD)
    if not tables and not counted:
        return ()
    if kind is IndicatorType.EVIDENCE_LADDER and issue_count < len(LEVELS) - 1:
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


def _row(table: TomlTable, kind: IndicatorType, issue_count: int) -> RubricRow:
    ladder = kind is IndicatorType.EVIDENCE_LADDER
    threshold = kind is IndicatorType.THRESHOLD
    for key, wanted in (("fewest", ladder), ("most", ladder), ("at_least", threshold)):
        if wanted and not table.has(key):
            table.refuse(f"แถวเกณฑ์ของตัวบ่งชี้แบบ {kind.value} ต้องมีช่อง {key}")
        if table.has(key) and not wanted:
            table.refuse(f"ช่อง {key} ใช้กับตัวบ่งชี้แบบ {kind.value} ไม่ได้", key)
    return RubricRow(
        level=table.whole("level", 1, 5),
        lines=table.texts("lines", 1, MOST_LINES),
        fewest=table.whole("fewest", 0, issue_count) if ladder else None,
        most=table.whole("most", 0, issue_count) if ladder else None,
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
