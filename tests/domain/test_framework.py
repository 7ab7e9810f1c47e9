import json
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.domain.errors import UnknownCode
from esa_desktop.domain.framework import (
    LEVELS,
    Framework,
    Indicator,
    IndicatorType,
    Issue,
    Rubric,
    RubricRow,
    Standard,
    framework_from_dict,
    framework_to_dict,
)


def small() -> Framework:
    """Two standards; numbers and ids on purpose not in step."""
    ladder = Indicator(
        id="n7",
        number=2,
        name="ตัวบ่งชี้",
        type=IndicatorType.EVIDENCE_LADDER,
        rubric=Rubric(()),
        issues=(Issue("q9", 1, "ก"), Issue("q2", 3, "ข")),
    )
    free = Indicator("n1", 1, "อิสระ", IndicatorType.FREE, Rubric(()), ())
    return Framework(
        id="f",
        title="ฉบับทดลอง",
        year=2557,
        standards=(Standard("s1", 1, "หนึ่ง", (ladder,)), Standard("s2", 4, "สี่", (free,))),
    )


def test_the_walk_goes_in_printed_order_with_codes() -> None:
    assert [(code, node.id) for code, node in small().walk()] == [
        ("1", "s1"),
        ("1.2", "n7"),
        ("1.2.1", "q9"),
        ("1.2.3", "q2"),
        ("4", "s2"),
        ("4.1", "n1"),
    ]


@pytest.mark.parametrize("typed", ["1.2.3", "๑.๒.๓", " 1.2.3 ", "1.2.3.", "๑.2.๓."])
def test_a_code_may_be_typed_in_either_digits(typed: str) -> None:
    assert small().node(typed).id == "q2"
    assert small().issue(typed).name == "ข"


@pytest.mark.parametrize("typed", ["", "9", "1.2.2", "1..2", "1.2.3.4", "n7", "หนึ่ง"])
def test_an_unknown_code_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(UnknownCode, match=r"1\.2\.3 สำหรับประเด็น"):
        small().node(typed)


def test_a_code_of_the_wrong_kind_is_refused_by_name() -> None:
    with pytest.raises(UnknownCode, match="ไม่ใช่รหัสตัวบ่งชี้"):
        small().indicator("1.2.3")
    with pytest.raises(UnknownCode, match="ไม่ใช่รหัสประเด็น"):
        small().issue("1.2")


def test_codes_and_ids_lead_to_each_other() -> None:
    framework = small()

    for code, node in framework.walk():
        assert framework.code_of(node.id) == code
        assert framework.node(code) is node
        assert framework.has_node(node.id)
    assert not framework.has_node("q999")
    with pytest.raises(KeyError):
        framework.code_of("q999")


def test_an_issue_knows_its_indicator() -> None:
    assert small().indicator_of("q2").id == "n7"


def test_indicators_and_issues_are_listed_with_what_they_belong_to() -> None:
    framework = small()

    assert [(c, s.id, i.id) for c, s, i in framework.indicators()] == [
        ("1.2", "s1", "n7"),
        ("4.1", "s2", "n1"),
    ]
    assert [(c, i.id, q.id) for c, i, q in framework.issues()] == [
        ("1.2.1", "n7", "q9"),
        ("1.2.3", "n7", "q2"),
    ]


def test_a_rubric_gives_the_row_of_a_level() -> None:
    rubric = Rubric((RubricRow(5, ("ทุกข้อ",)), RubricRow(4, ("เกือบทุกข้อ",))))

    row = rubric.row(4)

    assert row is not None
    assert row.lines == ("เกือบทุกข้อ",)
    assert rubric.row(1) is None


NAMES = st.text(max_size=12)
FLAGS = st.booleans()
WEIGHTS = st.none() | st.floats(0.01, 100)
COUNTS = st.none() | st.integers(0, 9)
ROWS = st.builds(
    RubricRow,
    level=st.integers(1, 5),
    lines=st.lists(NAMES, max_size=3).map(tuple),
    fewest=COUNTS,
    most=COUNTS,
    at_least=WEIGHTS,
    verified=FLAGS,
)
RUBRICS = st.builds(Rubric, rows=st.lists(ROWS, max_size=5).map(tuple), unit=NAMES)
NUMBERS = st.integers(1, 99)
ISSUES = st.builds(Issue, id=NAMES, number=NUMBERS, name=NAMES, verified=FLAGS)
INDICATORS = st.builds(
    Indicator,
    id=NAMES,
    number=NUMBERS,
    name=NAMES,
    type=st.sampled_from(IndicatorType),
    rubric=RUBRICS,
    issues=st.lists(ISSUES, max_size=3).map(tuple),
    lead_in=NAMES,
    weight=WEIGHTS,
    weight_verified=FLAGS,
    verified=FLAGS,
)
STANDARDS = st.builds(
    Standard,
    id=NAMES,
    number=NUMBERS,
    name=NAMES,
    indicators=st.lists(INDICATORS, max_size=2).map(tuple),
    share=WEIGHTS,
    share_verified=FLAGS,
    verified=FLAGS,
)
FRAMEWORKS = st.builds(
    Framework,
    id=NAMES,
    title=NAMES,
    year=st.integers(2540, 2640),
    standards=st.lists(STANDARDS, max_size=2).map(tuple),
    draft=FLAGS,
    source=NAMES,
    notes=st.lists(NAMES, max_size=2).map(tuple),
)


@given(FRAMEWORKS)
def test_a_pinned_framework_is_the_same_when_read_again(framework: Framework) -> None:
    pinned = json.loads(json.dumps(framework_to_dict(framework), ensure_ascii=False))

    assert framework_from_dict(pinned) == framework


def test_nothing_counts_as_verified_that_is_not_said_to_be() -> None:
    said = {
        "id": "f",
        "title": "ก",
        "year": 2557,
        "standards": [
            {
                "id": "s",
                "number": 1,
                "name": "ก",
                "indicators": [
                    {
                        "id": "n",
                        "number": 1,
                        "name": "ก",
                        "type": "free",
                        "rubric": [{"level": 5, "lines": []}],
                        "issues": [{"id": "q", "number": 1, "name": "ก"}],
                    }
                ],
            }
        ],
    }

    for framework in (framework_from_dict(said), small()):
        assert not framework.draft
        for standard in framework.standards:
            assert not standard.verified
            assert not standard.share_verified
        for _, _, indicator in framework.indicators():
            assert not indicator.verified
            assert not indicator.weight_verified
            assert not any(row.verified for row in indicator.rubric.rows)
            assert not any(issue.verified for issue in indicator.issues)
    assert not RubricRow(5, ()).verified


def test_levels_go_from_the_best_down() -> None:
    assert LEVELS == (5, 4, 3, 2, 1)


@pytest.mark.parametrize("code", ["1", "1.2", "1.2.1"])
def test_a_published_framework_cannot_be_changed_in_place(code: str) -> None:
    with pytest.raises(FrozenInstanceError):
        small().node(code).name = "อื่น"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        small().title = "อื่น"  # type: ignore[misc]
