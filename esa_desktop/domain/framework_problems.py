"""What an edition still lacks or contradicts: said at its place in plain Thai, never a reason to stop."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from esa_desktop.domain.framework import (
    LEVELS,
    Framework,
    Indicator,
    IndicatorType,
    Issue,
    RubricRow,
    Standard,
)
from esa_desktop.domain.framework_rows import FEWEST_OF_A_LADDER
from esa_desktop.domain.framework_tree import Parent, children
from esa_desktop.domain.thai import thai_digits

WHOLE = 100.001
"""Percent that all shares may reach, with a breath for thirds."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend, at one node."""

    node_id: str
    """``""`` for the edition itself."""
    sentence: str
    unfinished: bool = True
    """A file with it is only read as a draft; otherwise it is worth a look, no more."""


def problems(framework: Framework) -> tuple[Problem, ...]:
    """Everything worth mending, in printed order; what is out of use is not looked at."""
    return tuple(_of_edition(framework))


def unfinished(framework: Framework) -> bool:
    """Whether a file with this edition can only be read while it is marked as a draft."""
    return any(problem.unfinished for problem in problems(framework))


def _of_edition(framework: Framework) -> Iterator[Problem]:
    if not framework.title:
        yield Problem("", "ยังไม่มีชื่อฉบับมาตรฐาน")
    if not framework.standards:
        yield Problem("", "ยังไม่มีมาตรฐาน กรุณาเพิ่มอย่างน้อยหนึ่งมาตรฐาน")
    yield from _shares(framework.standards)
    for standard in framework.standards:
        yield from _of_standard(standard)


def _shares(standards: Sequence[Standard]) -> Iterator[Problem]:
    total = 0.0
    for standard in standards:
        total += standard.share or 0
        if standard.share and total > WHOLE:
            yield Problem(
                standard.id, f"สัดส่วนของมาตรฐานรวมกันเกินร้อยละ ๑๐๐ (รวมถึงมาตรฐานนี้ได้ {_figure(total)})"
            )
            return
    if standards and all(s.share for s in standards) and total < 100 - (WHOLE - 100):
        yield Problem(
            standards[-1].id, f"สัดส่วนของมาตรฐานรวมกันได้เพียงร้อยละ {_figure(total)} ไม่ครบ ๑๐๐", False
        )


def _of_standard(standard: Standard) -> Iterator[Problem]:
    if not standard.name:
        yield Problem(standard.id, "มาตรฐานนี้ยังไม่มีชื่อ")
    if not standard.indicators:
        yield Problem(standard.id, "มาตรฐานนี้ยังไม่มีตัวบ่งชี้", False)
    yield from _names_twice(standard, "ตัวบ่งชี้")
    for indicator in standard.indicators:
        if not indicator.name:
            yield Problem(indicator.id, "ตัวบ่งชี้นี้ยังไม่มีชื่อ")
        yield from (Problem(indicator.id, *said) for said in _of_rubric(indicator))
        yield from _names_twice(indicator, "ประเด็นการพิจารณา")
        yield from _nameless(indicator.issues)


def _nameless(issues: Sequence[Issue]) -> Iterator[Problem]:
    for issue in issues:
        if not issue.name:
            yield Problem(issue.id, "ประเด็นการพิจารณานี้ยังไม่มีชื่อ")


def _names_twice(parent: Parent, what: str) -> Iterator[Problem]:
    met: dict[str, int] = {}
    for node in children(parent):
        first = met.setdefault(node.name, node.number)
        if node.name and first != node.number:
            yield Problem(node.id, f"ชื่อซ้ำกับ{what}ที่ {thai_digits(first)}", False)


# --- the rubric -------------------------------------------------------------------------------

_Said = tuple[str, bool]


def _of_rubric(indicator: Indicator) -> Iterator[_Said]:
    rows, kind = indicator.rubric.rows, indicator.type
    if kind is IndicatorType.EVIDENCE_LADDER and len(indicator.issues) < FEWEST_OF_A_LADDER:
        yield (
            "ตัวบ่งชี้ที่นับหลักฐานต้องมีอย่างน้อย ๔ ประเด็น จึงจะแบ่งได้ห้าระดับ กรุณาเพิ่มประเด็นหรือเปลี่ยนแบบของตัวบ่งชี้",
            True,
        )
    if kind is IndicatorType.RANKED_WORKS and indicator.works is None:
        yield "ยังไม่ได้บอกจำนวนผลงานที่ให้เสนอ", False
    counted = kind in (IndicatorType.EVIDENCE_LADDER, IndicatorType.THRESHOLD)
    if not rows:
        if counted:
            yield "ยังไม่มีเกณฑ์ทั้งห้าระดับ", True
        return
    yield from _gaps(rows)
    if kind is IndicatorType.EVIDENCE_LADDER:
        yield from _ladder(rows, len(indicator.issues))
    if kind is IndicatorType.THRESHOLD:
        if not indicator.rubric.unit:
            yield "ยังไม่ได้บอกหน่วยของค่าที่วัด เช่น ร้อยละ", False
        yield from _thresholds(rows)


def _gaps(rows: Sequence[RubricRow]) -> Iterator[_Said]:
    missing = set(LEVELS) - {row.level for row in rows}
    if missing:
        yield f"เกณฑ์ยังไม่มีแถวของ{_levels(missing)}", True
    wordless = {row.level for row in rows if not row.lines}
    if wordless:
        yield f"เกณฑ์ของ{_levels(wordless)} ยังไม่มีคำอธิบาย", True


def _ladder(rows: Sequence[RubricRow], issue_count: int) -> Iterator[_Said]:
    """Every count from 0 to the number of issues in exactly one row, the more the better."""
    open_ended = {row.level for row in rows if row.fewest is None or row.most is None}
    if open_ended:
        yield f"เกณฑ์ของ{_levels(open_ended)} ยังไม่ได้บอกจำนวนข้อ", True
        return
    spans = [(row.level, row.fewest or 0, row.most or 0) for row in rows]
    upside_down = {level for level, fewest, most in spans if most < fewest}
    if upside_down:
        yield f"เกณฑ์ของ{_levels(upside_down)} มีจำนวนข้อมากที่สุดน้อยกว่าน้อยที่สุด", True
        return
    beyond = {level for level, _, most in spans if most > issue_count}
    if beyond:
        yield (
            thai_digits(
                f"เกณฑ์ของ{_levels(beyond)} นับเกินจำนวนประเด็นที่มี {issue_count} ข้อ กรุณาแก้เกณฑ์ให้ตรงกับจำนวนประเด็น"
            ),
            True,
        )
    counts = [n for _, fewest, most in spans for n in range(fewest, most + 1)]
    twice = {n for n in counts if counts.count(n) > 1}
    if twice:
        yield f"มีเกณฑ์มากกว่าหนึ่งระดับที่นับ {_numbers(twice)} ข้อ", True
    left_out = set(range(issue_count + 1)) - set(counts)
    if left_out:
        yield f"ยังไม่มีระดับใดของเกณฑ์นับ {_numbers(left_out)} ข้อ", True
    falling = [fewest for _, fewest, _ in spans]
    if not twice and falling != sorted(falling, reverse=True):
        yield "ระดับที่สูงกว่าของเกณฑ์ต้องนับจำนวนข้อมากกว่า", True


def _thresholds(rows: Sequence[RubricRow]) -> Iterator[_Said]:
    valueless = {row.level for row in rows if row.at_least is None}
    if valueless:
        yield f"เกณฑ์ของ{_levels(valueless)} ยังไม่ได้บอกค่า", True
        return
    for better, worse in pairwise(rows):
        if (worse.at_least or 0) >= (better.at_least or 0):
            yield (
                thai_digits(f"ค่าของระดับ {worse.level} ต้องน้อยกว่าค่าของระดับ {better.level}"),
                True,
            )


def _levels(levels: set[int]) -> str:
    return f"ระดับ {_numbers(levels, reverse=True)}"


def _numbers(numbers: set[int], *, reverse: bool = False) -> str:
    return thai_digits(", ".join(map(str, sorted(numbers, reverse=reverse))))


def _figure(value: float) -> str:
    return thai_digits(f"{value:.2f}".rstrip("0").rstrip("."))
