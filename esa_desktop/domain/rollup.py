"""Indicator > standard > whole: a number only where every weight in it is known and checked."""

from collections.abc import Sequence
from dataclasses import dataclass

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.framework import Standard


@dataclass(frozen=True, slots=True)
class Score:
    """A weighted mean of levels, or the sentence why there is none."""

    value: float | None
    why_none: str = ""
    terms: tuple[tuple[str, float, float], ...] = ()
    """``(code, level or score, weight)`` of everything that was added up."""


UNVERIFIED = "น้ำหนักยังไม่ได้ตรวจกับประกาศ จึงยังไม่รวมคะแนน"
LEVEL_MISSING = "ยังเลือกระดับไม่ครบทุกตัวบ่งชี้ จึงยังไม่รวมคะแนน"


def standard_score(assessed: AssessmentRound, standard: Standard) -> Score:
    """The weighted mean of the levels of one standard.

    The handbook says that weighted results are summed; that it is a weighted mean is our
    reading (domain.md §1, mark B), so an unverified weight gives no number at all.
    """
    terms: list[tuple[str, float, float]] = []
    for indicator in standard.indicators:
        if indicator.weight is None or not indicator.weight_verified:
            return Score(None, UNVERIFIED)
        level = assessed.indicator(indicator.id).level
        if level is None:
            return Score(None, LEVEL_MISSING)
        terms.append((assessed.framework.code_of(indicator.id), level, indicator.weight))
    return _mean(terms)


def whole_score(assessed: AssessmentRound) -> Score:
    """The weighted mean of the standards by their shares."""
    terms: list[tuple[str, float, float]] = []
    for standard in assessed.framework.standards:
        if standard.share is None or not standard.share_verified:
            return Score(None, UNVERIFIED)
        score = standard_score(assessed, standard)
        if score.value is None:
            return score
        terms.append((str(standard.number), score.value, standard.share))
    return _mean(terms)


def _mean(terms: Sequence[tuple[str, float, float]]) -> Score:
    total = sum(weight for _, _, weight in terms)
    if total <= 0:
        return Score(None, UNVERIFIED)
    return Score(sum(value * weight for _, value, weight in terms) / total, terms=tuple(terms))
