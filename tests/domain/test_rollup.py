from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.domain.assessment import AssessmentRound, IndicatorAssessment
from esa_desktop.domain.framework import Framework, Indicator, IndicatorType, Rubric, Standard
from esa_desktop.domain.rollup import LEVEL_MISSING, UNVERIFIED, standard_score, whole_score

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


def test_a_standard_is_the_weighted_mean_of_its_levels() -> None:
    told = assessed((30, True, [(5, 1, True), (3, 3, True)]))

    score = standard_score(told, told.framework.standards[0])

    assert score.value == 3.5
    assert score.terms == (("1.1", 5, 1), ("1.2", 3, 3))
    assert score.why_none == ""


def test_the_whole_is_the_weighted_mean_of_the_standards() -> None:
    told = assessed((30, True, [(5, 1, True)]), (70, True, [(3, 1, True)]))

    assert whole_score(told).value == pytest.approx(3.6)
    assert whole_score(told).terms == (("1", 5, 30), ("2", 3, 70))


@pytest.mark.parametrize("weighed", [(5, None, False), (5, 2.0, False)])
def test_an_unverified_weight_gives_no_number(weighed: Weighed) -> None:
    told = assessed((100, True, [(5, 1, True), weighed]))

    score = standard_score(told, told.framework.standards[0])

    assert (score.value, score.why_none) == (None, UNVERIFIED)
    assert whole_score(told).value is None


@pytest.mark.parametrize(("share", "checked"), [(None, False), (70, False)])
def test_an_unverified_share_gives_no_number_for_the_whole(
    share: float | None, checked: bool
) -> None:
    told = assessed((30, True, [(5, 1, True)]), (share, checked, [(5, 1, True)]))

    assert (whole_score(told).value, whole_score(told).why_none) == (None, UNVERIFIED)
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

    assert standard_score(everything, everything.framework.standards[0]).why_none == UNVERIFIED
