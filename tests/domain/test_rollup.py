from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.domain.assessment import AssessmentRound, IndicatorAssessment
from esa_desktop.domain.fields import Kind, encode, indicator_field
from esa_desktop.domain.framework import Framework, Indicator, IndicatorType, Rubric, Standard
from esa_desktop.domain.revision import make_revision, view_of_heads
from esa_desktop.domain.rollup import (
    EMPTY,
    LEVEL_MISSING,
    NEITHER,
    NO_SHARES,
    NO_WEIGHTS,
    SHARES_UNVERIFIED,
    UNVERIFIED,
    ZERO,
    Score,
    score_digits,
    standard_score,
    whole_score,
)

Weighed = tuple[int | None, float | None, bool]
"""Level, weight, and whether the weight was checked."""


def assessed(*standards: tuple[float | None, bool, list[Weighed]]) -> AssessmentRound:
    """A round of standards of (share, checked, indicators)."""
    nodes: list[Standard] = []
    levels: dict[str, IndicatorAssessment] = {}
    for number, (share, checked, weighed) in enumerate(standards, 1):
        indicators = []
        for place, (level, weight, weight_checked) in enumerate(weighed, 1):
            name = f"n{number}-{place}"
            levels[name] = IndicatorAssessment(level=level)
            indicators.append(
                Indicator(
                    name,
                    place,
                    "",
                    IndicatorType.FREE,
                    Rubric(()),
                    (),
                    weight=weight,
                    weight_verified=weight_checked,
                )
            )
        nodes.append(
            Standard(f"s{number}", number, "", tuple(indicators), share, share_verified=checked)
        )
    return AssessmentRound(2568, Framework("f", "", 2557, tuple(nodes)), indicators=levels)


def sums(score: Score) -> list[tuple[str, float | None, float | None]]:
    return [(term.code, term.value, term.weight) for term in score.terms]


def left_out(score: Score) -> list[tuple[str, str]]:
    return [(term.code, term.why_not) for term in score.left_out]


def test_a_standard_is_the_weighted_mean_of_its_levels() -> None:
    told = assessed((30, True, [(5, 1, True), (3, 3, True)]))

    score = standard_score(told, told.framework.standards[0])

    assert score.value == 3.5
    assert sums(score) == [("1.1", 5, 1), ("1.2", 3, 3)]
    assert (score.partial, score.left_out, score.why_none) == (None, (), "")
    assert (score.total, score.weight) == (14, 4)


def test_the_whole_is_the_weighted_mean_of_the_standards() -> None:
    told = assessed((30, True, [(5, 1, True)]), (70, True, [(3, 1, True)]))

    assert whole_score(told).value == pytest.approx(3.6)
    assert sums(whole_score(told)) == [("1", 5, 30), ("2", 3, 70)]


@pytest.mark.parametrize(
    ("weighed", "why"), [((5, None, False), NO_WEIGHTS), ((5, 2.0, False), UNVERIFIED)]
)
def test_a_weight_missing_or_unverified_gives_no_number(weighed: Weighed, why: str) -> None:
    told = assessed((100, True, [(5, 1, True), weighed]))

    score = standard_score(told, told.framework.standards[0])

    assert (score.value, score.why_none) == (None, why)
    assert whole_score(told).value is None


def test_where_weights_and_shares_are_missing_both_are_named() -> None:
    told = assessed((None, False, [(5, None, False), (5, 2, False)]))

    assert whole_score(told).why_none == NEITHER


@pytest.mark.parametrize(("share", "why"), [(None, NO_SHARES), (70, SHARES_UNVERIFIED)])
def test_a_share_missing_or_unverified_gives_no_number_for_the_whole(
    share: float | None, why: str
) -> None:
    told = assessed((30, True, [(5, 1, True)]), (share, False, [(5, 1, True)]))

    assert (whole_score(told).value, whole_score(told).why_none) == (None, why)
    assert standard_score(told, told.framework.standards[0]).value == 5


def test_a_level_not_yet_chosen_is_not_counted_as_one() -> None:
    told = assessed((100, True, [(5, 1, True), (None, 1, True)]))

    assert whole_score(told).value is None
    assert whole_score(told).why_none == LEVEL_MISSING


def test_a_standard_without_indicators_gives_no_number() -> None:
    told = assessed((30, True, [(5, 1, True)]), (70, True, []))

    assert whole_score(told).value is None


def test_weights_of_nothing_give_no_number() -> None:
    told = assessed((100, True, [(5, 0, True)]))

    assert whole_score(told).value is None


WEIGHED = st.lists(
    st.tuples(st.integers(1, 5), st.floats(0.1, 50), st.just(True)), min_size=1, max_size=6
)


@given(WEIGHED)
def test_a_mean_lies_between_the_lowest_and_the_highest_level(weighed: list[Weighed]) -> None:
    told = assessed((100, True, weighed))
    levels = [level for level, _, _ in weighed if level is not None]

    score = whole_score(told)

    assert score.value is not None
    assert min(levels) - 1e-9 <= score.value <= max(levels) + 1e-9


@given(WEIGHED, st.floats(0.01, 100))
def test_only_the_proportion_of_the_weights_counts(weighed: list[Weighed], factor: float) -> None:
    told = assessed((100, True, weighed))
    scaled = [(level, (weight or 0) * factor, checked) for level, weight, checked in weighed]

    assert whole_score(assessed((100, True, scaled))).value == pytest.approx(
        whole_score(told).value
    )


def test_the_shipped_standard_one_gives_no_number_before_its_weights_are_known() -> None:
    told = assessed((30, True, [(5, None, False)] * 4))
    everything = replace(
        told, indicators={k: IndicatorAssessment(level=5) for k in told.indicators}
    )

    assert standard_score(everything, everything.framework.standards[0]).why_none == NO_WEIGHTS


# --- what counts and what does not ------------------------------------------------------------


def test_what_is_verified_counts_and_what_is_not_stands_apart_with_its_reason() -> None:
    told = assessed(
        (100, True, [(5, 2, True), (1, 9, False), (None, 1, True), (3, None, False), (2, 1, True)])
    )

    score = standard_score(told, told.framework.standards[0])

    assert sums(score) == [("1.1", 5, 2), ("1.5", 2, 1)]
    assert left_out(score) == [
        ("1.2", "น้ำหนักยังไม่ได้ตรวจกับประกาศ"),
        ("1.3", "ยังไม่เลือกระดับ"),
        ("1.4", "ยังไม่มีน้ำหนัก"),
    ]
    assert (score.value, score.partial) == (None, 4)
    assert score.counted == (2, 5)
    assert score.why_none == NO_WEIGHTS


def test_where_only_levels_are_missing_that_is_the_reason() -> None:
    told = assessed((30, True, [(5, 1, True), (None, 1, True)]), (70, True, [(3, 1, True)]))

    whole = whole_score(told)

    assert (whole.value, whole.partial, whole.why_none) == (None, 3, LEVEL_MISSING)
    assert left_out(whole) == [("1", "คะแนนของมาตรฐานนี้ยังไม่ครบทุกตัวบ่งชี้")]


def test_a_part_of_a_standard_never_counts_for_the_whole() -> None:
    told = assessed((50, True, [(5, 1, True), (1, 9, False)]), (50, True, [(3, 1, True)]))

    whole = whole_score(told)

    assert sums(whole) == [("2", 3, 50)]
    assert (whole.value, whole.partial, whole.why_none) == (None, 3, UNVERIFIED)


def test_a_level_two_people_chose_differently_is_none() -> None:
    told = assessed((100, True, [(5, 1, True), (None, 1, True)]))
    field = indicator_field(2568, "n1-2", Kind.LEVEL)
    heads = [
        make_revision(field, (), encode(Kind.LEVEL, level), author="ก", device="d", time=f"{level}")
        for level in (3, 4)
    ]
    told = told.with_views([view_of_heads(field, heads, dict)])

    score = standard_score(told, told.framework.standards[0])

    assert left_out(score) == [("1.2", "ระดับแก้ไขไม่ตรงกัน รอเลือก")]


def test_reasons_in_place_of_a_number_fit_what_is_wanting() -> None:
    assert whole_score(AssessmentRound(2568, Framework("f", "", 2557, ()))).why_none == EMPTY
    assert whole_score(assessed((30, True, [(5, 1, True)]), (70, True, []))).why_none == EMPTY
    zero = assessed((100, True, [(5, 0, True)]))
    score = standard_score(zero, zero.framework.standards[0])
    assert (score.why_none, left_out(score)) == (ZERO, [("1.1", ZERO)])


def test_retired_indicators_take_no_part() -> None:
    told = assessed((100, True, [(5, 1, True), (1, 1, True)]))
    standard = told.framework.standards[0]
    first, second = standard.indicators
    fewer = replace(standard, indicators=(first,), retired=(second,))
    told = replace(told, framework=replace(told.framework, standards=(fewer,)))

    assert whole_score(told).value == 5


@pytest.mark.parametrize(
    ("value", "digits"),
    [(3.125, "3.13"), (3.0, "3.00"), (2.675, "2.68"), (10 / 3, "3.33"), (5, "5.00")],
)
def test_a_score_is_rounded_as_people_round(value: float, digits: str) -> None:
    assert score_digits(value) == digits


ANY = st.lists(
    st.tuples(
        st.none() | st.integers(1, 5),
        st.none() | st.integers(0, 2000).map(lambda n: n / 100),
        st.booleans(),
    ),
    max_size=7,
)


@given(ANY)
def test_every_figure_is_the_sum_that_is_written_out(weighed: list[Weighed]) -> None:
    told = assessed((100, True, weighed))

    score = standard_score(told, told.framework.standards[0])

    said = score.value if score.value is not None else score.partial
    assert score.counted[1] == len(weighed)
    assert (score.value is not None) <= (not score.left_out)
    assert (score.value is None) == bool(score.why_none)
    assert all(term.why_not for term in score.left_out)
    assert not any(term.why_not for term in score.terms)
    if said is not None:
        exactly = sum(Fraction(str(t.weight)) * Fraction(str(t.value)) for t in score.terms) / sum(
            Fraction(str(t.weight)) for t in score.terms
        )
        assert said == pytest.approx(float(exactly), abs=1e-12)
        assert said == pytest.approx(score.total / score.weight)


@given(ANY)
def test_what_does_not_count_never_changes_a_figure(weighed: list[Weighed]) -> None:
    told = assessed((100, True, weighed))
    only = assessed((100, True, [w for w in weighed if w[0] and w[1] is not None and w[2]]))

    score = standard_score(told, told.framework.standards[0])
    alone = standard_score(only, only.framework.standards[0])

    assert (score.value or score.partial) == (alone.value or alone.partial)
