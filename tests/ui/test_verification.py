from dataclasses import replace

import pytest

from esa_desktop.domain.framework import Framework
from esa_desktop.ui.verification import flagged, has_unverified
from tests.ui.rounds import FRAMEWORK, unverified


def with_a_doubtful_row(framework: Framework) -> Framework:
    """The level 5 of 1.1 was not compared with the published text."""
    standard, *others = framework.standards
    good, *rest = standard.indicators
    five, *rows = good.rubric.rows
    rubric = replace(good.rubric, rows=(replace(five, verified=False), *rows))
    first = replace(standard, indicators=(replace(good, rubric=rubric), *rest))
    return replace(framework, standards=(first, *others))


def test_a_framework_whose_every_name_and_row_is_verified_has_nothing_to_tell() -> None:
    assert not has_unverified(FRAMEWORK)


@pytest.mark.parametrize("node", ["s1", "good", "good-1", "good-4"])
def test_what_the_form_of_an_indicator_prints_counts(node: str) -> None:
    framework = unverified(node)

    assert has_unverified(framework)
    assert has_unverified(framework, ["1.1"])
    assert not has_unverified(framework, ["2.1"])
    assert has_unverified(framework, ["1.2"]) == (node == "s1")


def test_a_rubric_row_counts_as_a_name_does() -> None:
    framework = with_a_doubtful_row(FRAMEWORK)

    assert has_unverified(framework, ["1.1"])
    assert not has_unverified(framework, ["1.2"])


def test_a_standard_without_indicators_is_not_printed_and_not_told_of() -> None:
    empty = replace(FRAMEWORK.standards[1], indicators=(), verified=False)

    assert not has_unverified(replace(FRAMEWORK, standards=(FRAMEWORK.standards[0], empty)))


def test_the_flag_ends_the_words_of_a_doubtful_node_alone() -> None:
    doubtful = unverified("good-1").issue("1.1.1")

    assert flagged("๑.๑.๑ ชื่อ", doubtful) == "๑.๑.๑ ชื่อ · ยังไม่ได้ตรวจกับประกาศ"
    assert flagged("๑.๑.๑ ชื่อ", FRAMEWORK.issue("1.1.1")) == "๑.๑.๑ ชื่อ"
