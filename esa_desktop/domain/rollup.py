"""Indicator > standard > whole: what is verified counts, what is not is named, and every sum can be read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.fields import Kind, indicator_field
from esa_desktop.domain.framework import Indicator, Standard
from esa_desktop.domain.rubric import exact

NO_WEIGHTS: Final = "ยังไม่ได้กรอกน้ำหนักให้ครบ จึงยังไม่รวมคะแนน"
NO_SHARES: Final = "ยังไม่ได้กรอกสัดส่วนให้ครบ จึงยังไม่รวมคะแนน"
NEITHER: Final = "ยังไม่ได้กรอกสัดส่วนและน้ำหนักให้ครบ จึงยังไม่รวมคะแนน"
SHARES_UNVERIFIED: Final = "สัดส่วนยังไม่ได้ตรวจกับประกาศ จึงยังไม่รวมคะแนน"
UNVERIFIED: Final = "น้ำหนักยังไม่ได้ตรวจกับประกาศ จึงยังไม่รวมคะแนน"
LEVEL_MISSING: Final = "ยังเลือกระดับไม่ครบทุกตัวบ่งชี้ จึงยังไม่รวมคะแนน"
EMPTY: Final = "ยังไม่มีตัวบ่งชี้ จึงยังไม่มีคะแนน"
ZERO: Final = "น้ำหนักรวมกันเป็นศูนย์ จึงยังไม่รวมคะแนน"
"""Why there is no number at all."""

_NO_WEIGHT: Final = "ยังไม่มีน้ำหนัก"
_WEIGHT_UNVERIFIED: Final = "น้ำหนักยังไม่ได้ตรวจกับประกาศ"
_NO_SHARE: Final = "ยังไม่มีสัดส่วน"
_SHARE_UNVERIFIED: Final = "สัดส่วนยังไม่ได้ตรวจกับประกาศ"
_NO_LEVEL: Final = "ยังไม่เลือกระดับ"
_LEVEL_UNSETTLED: Final = "ระดับแก้ไขไม่ตรงกัน รอเลือก"
_NO_INDICATORS: Final = "ยังไม่มีตัวบ่งชี้"
_NO_SCORE: Final = "ยังไม่มีคะแนนของมาตรฐานนี้"
_NOT_WHOLE: Final = "คะแนนของมาตรฐานนี้ยังไม่ครบทุกตัวบ่งชี้"
"""Why one line does not count."""


@dataclass(frozen=True, slots=True)
class Term:
    """One line of the sum, or one that was left out of it."""

    node_id: str
    code: str
    """In Arabic digits."""
    name: str
    value: float | None
    """Level of an indicator, score of a standard; ``None`` while there is none."""
    weight: float | None
    """Weight of an indicator, share of a standard."""
    why_not: str = ""
    """Why it does not count; empty where it does."""
    source: str = ""
    """Where the weight stands in print."""

    @property
    def product(self) -> float:
        """Of a line that counts."""
        return float(exact(self.value or 0.0) * exact(self.weight or 0.0))


@dataclass(frozen=True, slots=True)
class Score:
    """A weighted mean with all it was made of and all it was not made of."""

    value: float | None
    """1 to 5; only where nothing was left out."""
    partial: float | None
    """The mean of what counts, where something was left out: never to be shown without saying so."""
    terms: tuple[Term, ...]
    """What counts."""
    left_out: tuple[Term, ...]
    why_none: str = ""
    """One sentence in place of the value."""

    @property
    def weight(self) -> float:
        """By which the sum is divided."""
        return float(sum(exact(term.weight or 0.0) for term in self.terms))

    @property
    def total(self) -> float:
        """The sum that is divided."""
        return float(sum(exact(term.product) for term in self.terms))

    @property
    def counted(self) -> tuple[int, int]:
        """How many lines count, of how many."""
        return len(self.terms), len(self.terms) + len(self.left_out)


def standard_score(assessed: AssessmentRound, standard: Standard) -> Score:
    """The weighted mean of the levels of one standard.

    The handbook says that weighted results are summed; that it is a weighted mean is our
    reading (domain.md §1, mark B).
    """
    lines = _indicator_lines(assessed, standard)
    return _score(lines, lines)


def whole_score(assessed: AssessmentRound) -> Score:
    """The weighted mean of the standards by their shares."""
    standards = assessed.framework.standards
    lines = [_standard_line(assessed, standard) for standard in standards]
    below = [line for standard in standards for line in _indicator_lines(assessed, standard)]
    return _score(lines, [*lines, *below])


def score_digits(value: float) -> str:
    """Two decimals as a person rounds them, e.g. ``3.13`` for 3.125; Arabic digits."""
    return f"{exact(value).quantize(Decimal('0.01'), ROUND_HALF_UP)}"


def _indicator_lines(assessed: AssessmentRound, standard: Standard) -> list[Term]:
    return [_indicator_line(assessed, indicator) for indicator in standard.indicators]


def _indicator_line(assessed: AssessmentRound, indicator: Indicator) -> Term:
    level = assessed.indicator(indicator.id).level
    why_not = ""
    if indicator.weight is None:
        why_not = _NO_WEIGHT
    elif not indicator.weight_verified:
        why_not = _WEIGHT_UNVERIFIED
    elif level is None:
        field = indicator_field(assessed.fiscal_year, indicator.id, Kind.LEVEL)
        why_not = _LEVEL_UNSETTLED if field in assessed.unsettled else _NO_LEVEL
    code = assessed.framework.code_of(indicator.id)
    about = (indicator.id, code, indicator.name)
    return Term(*about, level, indicator.weight, why_not, indicator.weight_source)


def _standard_line(assessed: AssessmentRound, standard: Standard) -> Term:
    score = standard_score(assessed, standard)
    why_not = ""
    if standard.share is None:
        why_not = _NO_SHARE
    elif not standard.share_verified:
        why_not = _SHARE_UNVERIFIED
    elif not standard.indicators:
        why_not = _NO_INDICATORS
    elif score.value is None:
        why_not = _NOT_WHOLE if score.terms else _NO_SCORE
    about = (standard.id, str(standard.number), standard.name)
    return Term(*about, score.value, standard.share, why_not, standard.share_source)


def _score(lines: Sequence[Term], concerned: Sequence[Term]) -> Score:
    """``concerned``: all lines whose want may be the reason that there is no number."""
    terms = tuple(line for line in lines if not line.why_not)
    left_out = tuple(line for line in lines if line.why_not)
    divisor = sum((exact(term.weight or 0.0) for term in terms), Decimal())
    if divisor <= 0:
        nothing = tuple(line if line.why_not else replace(line, why_not=ZERO) for line in lines)
        return Score(None, None, (), nothing, _why_none(lines, concerned))
    products = (exact(term.value or 0.0) * exact(term.weight or 0.0) for term in terms)
    mean = float(sum(products, Decimal()) / divisor)
    if left_out:
        return Score(None, mean, terms, left_out, _why_none(lines, concerned))
    return Score(mean, None, terms, ())


def _why_none(lines: Sequence[Term], concerned: Sequence[Term]) -> str:
    if not lines:
        return EMPTY
    wanting = {line.why_not for line in concerned}
    if {_NO_WEIGHT, _NO_SHARE} <= wanting:
        return NEITHER
    for reason, words in (
        (_NO_WEIGHT, NO_WEIGHTS),
        (_NO_SHARE, NO_SHARES),
        (_WEIGHT_UNVERIFIED, UNVERIFIED),
        (_SHARE_UNVERIFIED, SHARES_UNVERIFIED),
    ):
        if reason in wanting:
            return words
    if any(line.why_not in (_NO_LEVEL, _LEVEL_UNSETTLED) for line in concerned):
        return LEVEL_MISSING
    return EMPTY if any(line.why_not for line in concerned) else ZERO
