"""Which level the rubric gives, why, and what would earn the next one: advice, never a decision."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from esa_desktop.domain.framework import (
    LEVELS,
    Indicator,
    IndicatorType,
    Rubric,
    RubricRow,
)
from esa_desktop.domain.measured import measured_words
from esa_desktop.domain.thai import thai_digits

CHOOSE: Final = "โปรดอ่านคำอธิบายระดับแล้วเลือกเอง"
WORDLESS: Final = "ยังไม่มีคำอธิบายระดับ เพิ่มได้ที่เมนูไฟล์ ฉบับมาตรฐาน หรือเลือกเอง"
"""In the place of `CHOOSE` where the edition has no words to read."""


@dataclass(frozen=True, slots=True)
class IssueJudgement:
    """The two judgements a person made about one issue."""

    code: str
    acted_on: bool
    evidence_clear: bool


@dataclass(frozen=True, slots=True)
class _Judged:
    """What an office said of one indicator, as far as a rubric may count it."""

    issues: Sequence[IssueJudgement]
    measured: str
    works: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The level by the rubric (``None`` where it is silent) with its reason in Thai."""

    level: int | None
    reason: str
    next_step: str = ""
    """What would earn a better level; empty when nothing more is to be had."""
    next_issue: str = ""
    """Code of the issue the next step names; empty where it names none."""


def level_for_count(rubric: Rubric, evidenced: int) -> int | None:
    """The level whose row counts ``evidenced`` issues with clear evidence."""
    for row in rubric.rows:
        if row.fewest is not None and row.most is not None and row.fewest <= evidenced <= row.most:
            return row.level
    return None


def level_for_value(rubric: Rubric, value: Decimal | float) -> int | None:
    """The best level whose threshold a measured value reaches.

    Compared as decimals: 79.9 as a binary fraction lies above the ``79.9`` somebody typed.
    """
    typed = exact(value)
    reached = [level for level, least in _thresholds(rubric) if typed >= least]
    return max(reached, default=None)


def exact(value: Decimal | float) -> Decimal:
    """The number as a person reads it."""
    return value if isinstance(value, Decimal) else Decimal(repr(value))


def row_lines(rubric: Rubric, row: RubricRow | None) -> tuple[str, ...]:
    """The framework's own words of a level; a threshold without words is told by its value."""
    if row is None or row.lines or row.at_least is None:
        return row.lines if row else ()
    return (thai_digits(f"ตั้งแต่{_spaced(_worded(exact(row.at_least), rubric))} ขึ้นไป"),)


def suggest(
    indicator: Indicator,
    judgements: Sequence[IssueJudgement],
    *,
    measured: str = "",
    works: int = 0,
) -> Suggestion:
    """The level the rubric gives for what a person judged or measured.

    ``measured`` is as `parse_measured` gives it, empty while it is not known; ``works`` counts
    those put forward. Only a ladder and thresholds can be reckoned with: of the other types the
    words decide.
    """
    return _BY_TYPE[indicator.type](indicator, _Judged(judgements, measured, works))


# --- issues with clear evidence ---------------------------------------------------------------


def _by_evidence(indicator: Indicator, judged: _Judged) -> Suggestion:
    """Every published row begins with "acted on all issues". What an indicator earns when some
    were left out is not written anywhere, so it is left to the person who ticks.
    An attached file alone counts for nothing: a person must have judged the evidence clear.
    A ladder made for another number of issues would give all of five the level of five of six.
    """
    judgements = judged.issues
    if not judgements:
        return Suggestion(None, "ฉบับมาตรฐานนี้ยังไม่มีประเด็นการพิจารณาของตัวบ่งชี้นี้")
    left_out = [j.code for j in judgements if not j.acted_on]
    if left_out:
        return Suggestion(
            None,
            thai_digits(f"เกณฑ์ไม่ได้กำหนดกรณีนี้ เพราะยังมี {len(left_out)} ประเด็นที่ไม่ได้ระบุว่ามีการดำเนินการ"),
            next_issue=left_out[0],
        )
    counted = _counted(indicator.rubric)
    if counted not in (None, len(judgements)):
        words = f"เกณฑ์นับ {counted} ประเด็น แต่ตัวบ่งชี้นี้มี {len(judgements)} ประเด็น จึงยังบอกระดับไม่ได้"
        return Suggestion(None, thai_digits(f"{words} กรุณาแก้เกณฑ์ในหน้าฉบับมาตรฐาน"))
    evidenced = sum(j.evidence_clear for j in judgements)
    level = level_for_count(indicator.rubric, evidenced)
    if level is None:
        return Suggestion(None, "เกณฑ์ไม่ได้กำหนดกรณีนี้")
    reason = thai_digits(f"หลักฐานชัดเจน {evidenced} จาก {len(judgements)} ประเด็น")
    step, issue = _next_step(indicator.rubric, judgements, evidenced, level)
    return Suggestion(level, reason, step, issue)


def _counted(rubric: Rubric) -> int | None:
    """How many issues the ladder was made for: all of them earn the best level."""
    best = rubric.row(LEVELS[0])
    return best.most if best is not None else None


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


# --- a measured value -------------------------------------------------------------------------


def _by_value(indicator: Indicator, judged: _Judged) -> Suggestion:
    rubric = indicator.rubric
    thresholds = _thresholds(rubric)
    if not thresholds:
        return Suggestion(None, f"เกณฑ์ของตัวบ่งชี้นี้ยังไม่มีค่าขั้นต่ำของแต่ละระดับ {_choose(indicator)}")
    if not judged.measured:
        return Suggestion(None, "ยังไม่ได้กรอกค่าที่วัดได้ จึงยังบอกระดับตามเกณฑ์ไม่ได้")
    value = Decimal(judged.measured)
    said = measured_words(judged.measured, rubric.unit)
    level = level_for_value(rubric, value)
    step = _more_needed(rubric, value, level or 0)
    if level is None:
        lowest, least = min(thresholds, key=lambda one: one[1])
        reason = (
            f"เกณฑ์ไม่ได้กำหนดกรณีนี้ เพราะ{_spaced(said)} "
            f"ยังไม่ถึงค่าขั้นต่ำของระดับ {lowest} คือ{_spaced(_worded(least, rubric))}"
        )
        return Suggestion(None, thai_digits(reason), step)
    words = _spaced(_worded(dict(thresholds)[level], rubric))
    return Suggestion(level, thai_digits(f"{said} ถึงค่าขั้นต่ำของระดับ {level} คือ{words}"), step)


def _more_needed(rubric: Rubric, value: Decimal, level: int) -> str:
    """The nearest threshold that earns a better level, and how far it is."""
    better = [least for above, least in _thresholds(rubric) if above > level]
    if not better:
        return ""
    least = min(better)
    earned = level_for_value(rubric, least)
    words = _spaced(_worded(least, rubric))
    step = f"ต้องได้{words} ขึ้นไป จึงจะได้ระดับ {earned} (เพิ่มอีก\N{NO-BREAK SPACE}{_plain(least - value)})"
    return thai_digits(step)


def _thresholds(rubric: Rubric) -> list[tuple[int, Decimal]]:
    """``(level, least value)`` of the rows that name one."""
    return [(row.level, exact(row.at_least)) for row in rubric.rows if row.at_least is not None]


def _worded(value: Decimal, rubric: Rubric) -> str:
    return measured_words(_plain(value), rubric.unit)


def _plain(value: Decimal) -> str:
    """Without zeros that say nothing."""
    plain = f"{value:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _spaced(words: str) -> str:
    """``ได้ ๑๒ โรงเรียน`` but ``ได้ร้อยละ ๘๐``: a blank before a digit."""
    return words if words[:1].isalpha() else f" {words}"


# --- what only words decide -------------------------------------------------------------------


def _by_works(indicator: Indicator, judged: _Judged) -> Suggestion:
    return Suggestion(
        None, f"เสนอแล้ว {works_words(judged.works, indicator.works)} {_choose(indicator)}"
    )


def _by_words(indicator: Indicator, _judged: _Judged) -> Suggestion:
    return Suggestion(None, f"ตัวบ่งชี้นี้ไม่ได้ใช้การนับหลักฐาน {_choose(indicator)}")


def _choose(indicator: Indicator) -> str:
    """What a person does where nothing can be counted."""
    has_words = any("".join(row.lines).strip() for row in indicator.rubric.rows)
    return CHOOSE if has_words else WORDLESS


def works_words(there: int, wanted: int | None) -> str:
    """``๓ จาก ๕ ผลงาน``; how many are asked for is not known of every indicator."""
    return thai_digits(f"{there} จาก {wanted} ผลงาน" if wanted else f"{there} ผลงาน")


_BY_TYPE: Final[Mapping[IndicatorType, Callable[[Indicator, _Judged], Suggestion]]] = {
    IndicatorType.EVIDENCE_LADDER: _by_evidence,
    IndicatorType.THRESHOLD: _by_value,
    IndicatorType.RANKED_WORKS: _by_works,
    IndicatorType.FREE: _by_words,
}
