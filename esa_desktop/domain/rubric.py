"""Which level the rubric gives, why, and what one more evidenced issue would earn: advice, never a decision."""

from collections.abc import Sequence
from dataclasses import dataclass

from esa_desktop.domain.framework import Indicator, IndicatorType, Rubric
from esa_desktop.domain.thai import thai_digits


@dataclass(frozen=True, slots=True)
class IssueJudgement:
    """The two judgements a person made about one issue."""

    code: str
    acted_on: bool
    evidence_clear: bool


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The level by the rubric (``None`` where it is silent) with its reason in Thai."""

    level: int | None
    reason: str
    next_step: str = ""
    """What one more issue with clear evidence would earn; empty when nothing more is to be had."""
    next_issue: str = ""
    """Code of the issue the next step names."""


def level_for_count(rubric: Rubric, evidenced: int) -> int | None:
    """The level whose row counts ``evidenced`` issues with clear evidence."""
    for row in rubric.rows:
        if row.fewest is not None and row.most is not None and row.fewest <= evidenced <= row.most:
            return row.level
    return None


def level_for_value(rubric: Rubric, value: float) -> int | None:
    """The best level whose threshold a measured value reaches."""
    reached = [r.level for r in rubric.rows if r.at_least is not None and value >= r.at_least]
    return max(reached, default=None)


def suggest(indicator: Indicator, judgements: Sequence[IssueJudgement]) -> Suggestion:
    """The level the rubric gives for what a person judged of every issue.

    Every published row begins with "acted on all issues". What an indicator earns when some
    were left out is not written anywhere, so it is left to the person who ticks.
    An attached file alone counts for nothing: a person must have judged the evidence clear.
    """
    if indicator.type is not IndicatorType.EVIDENCE_LADDER:
        return Suggestion(None, "ตัวบ่งชี้นี้ไม่ได้ใช้การนับหลักฐาน โปรดอ่านคำอธิบายระดับแล้วเลือกเอง")
    if not judgements:
        return Suggestion(None, "ฉบับมาตรฐานนี้ยังไม่มีประเด็นการพิจารณาของตัวบ่งชี้นี้")
    left_out = [j.code for j in judgements if not j.acted_on]
    if left_out:
        return Suggestion(
            None,
            thai_digits(f"เกณฑ์ไม่ได้กำหนดกรณีนี้ เพราะยังมี {len(left_out)} ประเด็นที่ไม่ได้ระบุว่ามีการดำเนินการ"),
            next_issue=left_out[0],
        )
    evidenced = sum(j.evidence_clear for j in judgements)
    level = level_for_count(indicator.rubric, evidenced)
    if level is None:
        return Suggestion(None, "เกณฑ์ไม่ได้กำหนดกรณีนี้")
    reason = thai_digits(f"หลักฐานชัดเจน {evidenced} จาก {len(judgements)} ประเด็น")
    step, issue = _next_step(indicator.rubric, judgements, evidenced, level)
    return Suggestion(level, reason, step, issue)


def _next_step(
    rubric: Rubric, judgements: Sequence[IssueJudgement], evidenced: int, level: int
) -> tuple[str, str]:
    missing = [j.code for j in judgements if not j.evidence_clear]
    if not missing:
        return "", ""
    one_more = level_for_count(rubric, evidenced + 1)
    if one_more is not None and one_more > level:
        step = f"ถ้าประเด็น {missing[0]} มีหลักฐานชัดเจน จะได้ระดับ {one_more}"
        return thai_digits(step), missing[0]
    for more in range(2, len(missing) + 1):
        better = level_for_count(rubric, evidenced + more)
        if better is not None and better > level:
            step = f"ต้องมีหลักฐานชัดเจนอีก {more} ประเด็น จึงจะได้ระดับ {better}"
            return thai_digits(step), missing[0]
    return "", ""
