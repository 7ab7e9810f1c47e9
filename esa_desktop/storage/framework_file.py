"""Reads an edition of the standards from a TOML file; a broken one is refused, never half read.

A published edition must be whole. One that is marked as a draft, and whatever is out of use, may
still lack names, rows and counts: what it says must be right, but it need not say everything.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, TypeVar

from esa_desktop.domain.errors import FrameworkFileError
from esa_desktop.domain.framework import (
    Framework,
    Indicator,
    IndicatorType,
    Issue,
    Rubric,
    Standard,
)
from esa_desktop.domain.framework_edits import MOST_SIBLINGS, MOST_WORKS
from esa_desktop.domain.framework_problems import WHOLE
from esa_desktop.domain.thai import FIRST_FISCAL_YEAR, LAST_FISCAL_YEAR, thai_digits
from esa_desktop.paths import resources_folder
from esa_desktop.storage.framework_rubric import read_rows
from esa_desktop.storage.framework_toml import framework_toml
from esa_desktop.storage.toml_table import TomlFile, TomlTable

_STANDARD: Final = (
    "id number name share share_verified share_source verified indicator retired_indicator"
).split()
_INDICATOR: Final = (
    "id number name type lead_in weight weight_verified weight_source verified unit works rubric "
    "issue retired_issue"
).split()
_ISSUE: Final = "id number name verified".split()
_KEYS: Final = {
    "": "id title year draft source notes standard retired_standard".split(),
    "standard": _STANDARD,
    "indicator": _INDICATOR,
    "rubric": "level lines fewest most at_least verified".split(),
    "issue": _ISSUE,
    "retired_standard": _STANDARD,
    "retired_indicator": _INDICATOR,
    "retired_issue": _ISSUE,
}
N = TypeVar("N", Standard, Indicator, Issue)
MOST_NOTES: Final = 50
HIGHEST_NUMBER: Final = MOST_SIBLINGS
MOST_RETIRED: Final = 999
"""In one node; what is out of use gathers over the years."""


def read_framework(path: Path) -> Framework:
    """The framework in one file; `FrameworkFileError` says which line to mend, and how."""
    return _read(TomlFile(path))


def _read(file: TomlFile) -> Framework:
    return _Reading(finished=file.values.get("draft") is not True).framework(
        TomlTable(file, _KEYS, file.values)
    )


def framework_bytes(framework: Framework, path: Path) -> bytes:
    """What to write so that `read_framework` gives the same edition back.

    One that lacks something is written as a draft, or nobody could read it. ``path`` is only
    named in the `FrameworkFileError` for an edition that no file can hold.
    """
    for written in (framework, replace(framework, draft=True)):
        content = framework_toml(written).encode()
        try:
            if _read(TomlFile(path, content)) == written:
                return content
        except FrameworkFileError:
            if written.draft:
                raise
    raise FrameworkFileError(
        f"บันทึกฉบับมาตรฐานเป็น “{path.name}” ไม่ได้ เพราะมีข้อความที่ไฟล์เก็บไว้ให้เหมือนเดิมไม่ได้ "
        "กรุณาพิมพ์ชื่อที่คัดลอกมาจากที่อื่นใหม่แล้วบันทึกอีกครั้ง"
    )


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

    def __init__(self, *, finished: bool) -> None:
        self._finished = finished
        """Whether everything in use must be whole."""
        self._ids: set[str] = set()

    def framework(self, table: TomlTable) -> Framework:
        read = Framework(
            id=self._new_id(table),
            title=table.text("title", may_be_empty=not self._finished),
            year=table.whole("year", FIRST_FISCAL_YEAR, LAST_FISCAL_YEAR),
            draft=table.flag("draft"),
            source=table.text_or_empty("source"),
            notes=table.texts("notes", 0, MOST_NOTES),
            standards=self._standards(table),
            retired=self._out_of_use(lambda: self._standards(table, "retired_standard")),
        )
        if self._finished and not read.standards:
            table.refuse("ต้องมีหัวตาราง [[standard]] อย่างน้อยหนึ่งตาราง", "standard")
        return read

    def _new_id(self, table: TomlTable) -> str:
        name = table.id()
        if name in self._ids:
            table.refuse(f"id {name} ซ้ำกับที่ใช้แล้วข้างบน ต้องเป็นรหัสที่ไม่เคยใช้", "id")
        self._ids.add(name)
        return name

    def _out_of_use(self, read: Callable[[], tuple[N, ...]]) -> tuple[N, ...]:
        """What is out of use need not be whole; it is kept as it was left."""
        before, self._finished = self._finished, False
        nodes = read()
        self._finished = before
        return nodes

    def _name(self, table: TomlTable) -> str:
        return table.text("name", may_be_empty=not self._finished)

    def _standards(self, root: TomlTable, key: str = "standard") -> tuple[Standard, ...]:
        standards: list[Standard] = []
        for table in root.tables(key, _most(key)):
            number = _new_number(table, key, standards)
            share, share_verified = _weighing(table, "share")
            if self._finished and share and share + sum(s.share or 0 for s in standards) > WHOLE:
                table.refuse("ช่อง share ของทุกมาตรฐานรวมกันต้องไม่เกินร้อยละ ๑๐๐", "share")
            standards.append(
                Standard(
                    id=self._new_id(table),
                    number=number,
                    name=self._name(table),
                    share=share,
                    share_verified=share_verified,
                    share_source=table.text_or_empty("share_source"),
                    verified=table.flag("verified"),
                    indicators=self._indicators(table, "indicator"),
                    retired=self._retired_indicators(table),
                )
            )
        return tuple(standards)

    def _retired_indicators(self, standard: TomlTable) -> tuple[Indicator, ...]:
        return self._out_of_use(lambda: self._indicators(standard, "retired_indicator"))

    def _indicators(self, standard: TomlTable, key: str) -> tuple[Indicator, ...]:
        indicators: list[Indicator] = []
        for table in standard.tables(key, _most(key)):
            number = _new_number(table, key, indicators)
            kind = _type(table)
            weight, weight_verified = _weighing(table, "weight")
            node_id = self._new_id(table)
            issues = self._issues(table, "issue")
            rows = read_rows(table, kind, len(issues), finished=self._finished)
            indicators.append(
                Indicator(
                    id=node_id,
                    number=number,
                    name=self._name(table),
                    type=kind,
                    lead_in=table.text_or_empty("lead_in"),
                    weight=weight,
                    weight_verified=weight_verified,
                    weight_source=table.text_or_empty("weight_source"),
                    verified=table.flag("verified"),
                    rubric=Rubric(rows, table.text_or_empty("unit")),
                    works=_works(table, kind),
                    issues=issues,
                    retired=self._retired_issues(table),
                )
            )
        return tuple(indicators)

    def _retired_issues(self, indicator: TomlTable) -> tuple[Issue, ...]:
        return self._out_of_use(lambda: self._issues(indicator, "retired_issue"))

    def _issues(self, indicator: TomlTable, key: str) -> tuple[Issue, ...]:
        issues: list[Issue] = []
        for table in indicator.tables(key, _most(key)):
            number = _new_number(table, key, issues)
            issues.append(
                Issue(self._new_id(table), number, self._name(table), table.flag("verified"))
            )
        return tuple(issues)


def _most(key: str) -> int:
    return MOST_RETIRED if key.startswith("retired_") else MOST_SIBLINGS


def _new_number(
    table: TomlTable, key: str, before: Sequence[Standard] | Sequence[Indicator] | Sequence[Issue]
) -> int:
    """What is out of use keeps the number it had, which another may have had before it."""
    number = table.whole("number", 1, HIGHEST_NUMBER)
    if not key.startswith("retired_") and number in {node.number for node in before}:
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


def _works(table: TomlTable, kind: IndicatorType) -> int | None:
    if not table.has("works"):
        return None
    if kind is not IndicatorType.RANKED_WORKS:
        table.refuse(f"ช่อง works ใช้กับตัวบ่งชี้แบบ {kind.value} ไม่ได้", "works")
    return table.whole("works", 1, MOST_WORKS)
