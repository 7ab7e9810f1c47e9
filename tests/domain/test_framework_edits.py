from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.domain import framework_edits as desk
from esa_desktop.domain.errors import ValueRefused
from esa_desktop.domain.framework import (
    Framework,
    Indicator,
    IndicatorType,
    Rubric,
    RubricRow,
    Standard,
    framework_from_dict,
    framework_to_dict,
)
from esa_desktop.domain.framework_tree import children, places
from esa_desktop.storage.framework_file import shipped_framework
from tests.domain.framework_steps import EMPTY, edited, frameworks, indicator_of_id, office


def codes(framework: Framework) -> dict[str, str]:
    return {node.id: code for code, node in framework.walk()}


def ladder() -> Framework:
    made = desk.add_standard(EMPTY, "หนึ่ง", node_id="s1")
    made = desk.add_indicator(made, "s1", "ตัวบ่งชี้", node_id="n1")
    for number in range(4):
        made = desk.add_issue(made, "n1", f"ประเด็น {number}", node_id=f"q{number}")
    return desk.set_rows(made, "n1", desk.usual_rows(IndicatorType.EVIDENCE_LADDER, 4))


# --- whatever is done -------------------------------------------------------------------------


@given(edited())
def test_ids_never_change_and_never_vanish(made: list[Framework]) -> None:
    for before, after in pairwise(made):
        assert set(places(before)) <= set(places(after))
        assert len(places(after)) <= len(places(before)) + 1
        assert len(places(after)) == sum(1 for _ in after.walk()) + sum(
            1 for _ in after.retired_nodes()
        )


@given(frameworks())
def test_numbers_beside_each_other_are_one_to_n_in_order(framework: Framework) -> None:
    parents = [framework, *(node for _, node in framework.walk())]
    for parent in parents:
        numbers = [node.number for node in children(parent)]
        assert numbers == list(range(1, len(numbers) + 1))


@given(frameworks(), st.data())
def test_to_retire_and_take_back_is_to_do_nothing(framework: Framework, data: Any) -> None:
    used = [node.id for _, node in framework.walk()]
    if not used:
        return
    node = data.draw(st.sampled_from(used))
    retired = desk.retire(framework, node)

    assert not retired.has_node(node)
    assert retired.retired_node(node) == framework.node(framework.code_of(node))
    assert desk.take_back(retired, node) == framework


@given(frameworks(), st.data())
def test_a_move_and_the_move_back_are_to_do_nothing(framework: Framework, data: Any) -> None:
    used = [node.id for _, node in framework.walk()]
    if not used:
        return
    node = data.draw(st.sampled_from(used))
    at = places(framework)[node]
    parents = [p.parent for p in places(framework).values() if type(p.node) is type(at.node)]
    parents = [p for p in parents if not p or places(framework)[p].in_use]
    there = desk.move(
        framework, node, data.draw(st.sampled_from(parents)), data.draw(st.integers(0, 9))
    )

    assert desk.move(there, node, at.parent, at.node.number - 1) == framework


@given(frameworks())
def test_what_the_desk_makes_a_project_can_pin(framework: Framework) -> None:
    assert framework_from_dict(framework_to_dict(framework)) == framework


# --- what there is ----------------------------------------------------------------------------


def test_a_new_issue_stands_behind_the_one_before_it() -> None:
    made = desk.add_issue(ladder(), "n1", " ใหม่ ", node_id="q9", after="q1")

    assert codes(made) == {
        "s1": "1", "n1": "1.1", "q0": "1.1.1", "q1": "1.1.2", "q9": "1.1.3", "q2": "1.1.4",
        "q3": "1.1.5",
    }  # fmt: skip
    assert made.issue("1.1.3").name == "ใหม่"


@pytest.mark.parametrize("after", ["q7", "n1", "s1"])
def test_behind_a_node_that_is_not_there_nothing_is_added(after: str) -> None:
    with pytest.raises(KeyError):
        desk.add_issue(ladder(), "n1", "ก", node_id="q9", after=after)


@pytest.mark.parametrize("used", ["q1", "n1", "s1", "office-1"])
def test_an_id_is_never_used_twice(used: str) -> None:
    with pytest.raises(ValueError, match="used before"):
        desk.add_issue(ladder(), "n1", "ก", node_id=used)


def test_the_id_of_a_retired_node_is_taken_too() -> None:
    with pytest.raises(ValueError, match="used before"):
        desk.add_issue(desk.retire(ladder(), "q2"), "n1", "ก", node_id="q2")


def test_an_issue_goes_to_another_indicator_with_its_id() -> None:
    made = desk.add_indicator(ladder(), "s1", "สอง", node_id="n2")

    moved = desk.move(made, "q1", "n2", 5)

    assert codes(moved)["q1"] == "1.2.1"
    assert [issue.id for issue in moved.indicator("1.1").issues] == ["q0", "q2", "q3"]
    assert [issue.number for issue in moved.indicator("1.1").issues] == [1, 2, 3]


def test_a_place_is_counted_without_the_node_itself() -> None:
    moved = desk.move(ladder(), "q0", "n1", 2)

    assert [issue.id for issue in moved.indicator("1.1").issues] == ["q1", "q2", "q0", "q3"]


def test_a_move_to_where_it_stands_is_the_same_edition() -> None:
    made = ladder()

    assert desk.move(made, "q3", "n1", 9) is made


@pytest.mark.parametrize("parent", ["", "s1", "q0", "nobody"])
def test_an_issue_stands_in_no_other_kind_of_node(parent: str) -> None:
    with pytest.raises(KeyError):
        desk.move(ladder(), "q1", parent, 0)


def test_a_published_gap_is_closed_only_where_something_moves() -> None:
    five = Indicator("n5", 5, "ห้า", IndicatorType.FREE, Rubric(()), ())
    odd = Framework("f", "ก", 2560, (Standard("s2", 1, "สอง", (five,)),))

    assert codes(desk.rename(odd, "n5", "ห้าใหม่"))["n5"] == "1.5"
    assert codes(desk.add_indicator(odd, "s2", "ก", node_id="n6")) == {
        "s2": "1",
        "n5": "1.1",
        "n6": "1.2",
    }


def test_a_retired_indicator_takes_its_issues_along_and_brings_them_back() -> None:
    retired = desk.retire(ladder(), "n1")

    assert codes(retired) == {"s1": "1"}
    assert retired.retired_node("q2") is not None
    assert codes(desk.take_back(retired, "n1")) == codes(ladder())


def test_what_is_in_a_retired_node_comes_back_only_with_it() -> None:
    made = desk.retire(desk.retire(ladder(), "q1"), "n1")

    for node in ("q0", "q1"):
        with pytest.raises(ValueRefused, match="กรุณานำส่วนนั้นกลับมาใช้ก่อน"):
            desk.take_back(made, node)
    back = desk.take_back(desk.take_back(made, "n1"), "q1", 0)
    assert [issue.id for issue in back.indicator("1.1").issues] == ["q1", "q0", "q2", "q3"]


@pytest.mark.parametrize(
    "edit",
    [
        lambda f, n: desk.rename(f, n, "ก"),
        lambda f, n: desk.set_verified(f, n, True),
        desk.retire,
        lambda f, n: desk.move(f, n, "n1", 0),
        lambda f, n: desk.set_rows(f, n, ()),
        lambda f, n: desk.describe_indicator(f, n, lead_in="ก"),
        lambda f, n: desk.weigh(f, n, 5, verified=False, source=""),
        lambda f, n: desk.add_issue(f, n, "ก", node_id="q9"),
    ],
)
@pytest.mark.parametrize("node", ["nobody", "q1"])
def test_only_what_is_in_use_can_be_edited(edit: Any, node: str) -> None:
    with pytest.raises(KeyError):
        edit(desk.retire(ladder(), "q1"), node)


def test_no_more_than_a_file_can_hold_is_added() -> None:
    made = EMPTY
    for number in range(99):
        made = desk.add_standard(made, "ก", node_id=f"s{number}")

    with pytest.raises(ValueRefused, match="มีครบ ๙๙ รายการแล้ว"):
        desk.add_standard(made, "ก", node_id="s99")


# --- what it says -----------------------------------------------------------------------------


def test_a_changed_name_is_no_longer_the_checked_one() -> None:
    made = desk.set_verified(ladder(), "q1", True)

    assert desk.rename(made, "q1", " ประเด็น 1\n") == made
    assert not desk.rename(made, "q1", "อื่น").issue("1.1.2").verified
    assert made.issue("1.1.2").verified


def test_a_pasted_name_becomes_one_clean_line() -> None:
    assert desk.rename(ladder(), "q1", "การ\u200bใช้\r\nเเผน\t").issue("1.1.2").name == "การใช้ แผน"


def test_a_text_no_file_holds_is_refused() -> None:
    with pytest.raises(ValueRefused, match="ไม่เกิน ๒,๐๐๐ ตัวอักษร"):
        desk.rename(ladder(), "q1", "ก" * 2001)


def test_only_what_is_given_of_an_indicator_changes() -> None:
    made = desk.describe_indicator(ladder(), "n1", unit="ร้อยละ")

    assert made.indicator("1.1").rubric.unit == "ร้อยละ"
    assert made.indicator("1.1").rubric.rows == ladder().indicator("1.1").rubric.rows
    assert desk.describe_indicator(made, "n1", lead_in="นำ").indicator("1.1").rubric.unit == "ร้อยละ"


def test_another_type_keeps_the_words_and_drops_the_counts() -> None:
    made = desk.describe_indicator(ladder(), "n1", type=IndicatorType.RANKED_WORKS, works=5)

    assert made.indicator("1.1").works == 5
    assert [row.lines for row in made.indicator("1.1").rubric.rows] == [
        row.lines for row in ladder().indicator("1.1").rubric.rows
    ]
    assert {(r.fewest, r.most) for r in made.indicator("1.1").rubric.rows} == {(None, None)}
    free = desk.describe_indicator(made, "n1", type=IndicatorType.FREE)
    assert free.indicator("1.1").works is None


@pytest.mark.parametrize("works", [0, 100, -1])
def test_a_number_of_works_that_is_none_is_refused(works: int) -> None:
    with pytest.raises(ValueRefused, match="จำนวนผลงาน"):
        desk.describe_indicator(ladder(), "n1", type=IndicatorType.RANKED_WORKS, works=works)


def test_rows_stand_from_the_best_down_with_numbers_of_their_type() -> None:
    rows = [
        RubricRow(1, ("ก\nข", " "), 0, 1, at_least=3),
        RubricRow(5, (), 4, 4),
    ]

    made = desk.set_rows(ladder(), "n1", rows).indicator("1.1").rubric.rows

    assert made == (RubricRow(5, (), 4, 4), RubricRow(1, ("ก", "ข"), 0, 1))


@pytest.mark.parametrize(
    "rows",
    [
        (RubricRow(5, ()), RubricRow(5, ())),
        (RubricRow(6, ()),),
        (RubricRow(5, ("ก",) * 7),),
        (RubricRow(5, ("ก" * 2001,)),),
        (RubricRow(5, (), fewest=-1),),
        (RubricRow(5, (), most=100),),
    ],
)
def test_rows_no_file_holds_are_refused(rows: tuple[RubricRow, ...]) -> None:
    with pytest.raises(ValueRefused):
        desk.set_rows(ladder(), "n1", rows)


@pytest.mark.parametrize("value", [float("inf"), float("nan"), 2e9])
def test_a_threshold_no_file_holds_is_refused(value: float) -> None:
    made = desk.describe_indicator(ladder(), "n1", type=IndicatorType.THRESHOLD)

    with pytest.raises(ValueRefused):
        desk.set_rows(made, "n1", (RubricRow(5, (), at_least=value),))


def test_an_unknown_weight_is_not_checked_whatever_is_said() -> None:
    made = desk.weigh(ladder(), "n1", None, verified=True, source="คู่มือ หน้า ๔")

    indicator = made.indicator("1.1")
    assert (indicator.weight, indicator.weight_verified, indicator.weight_source) == (
        None, False, "คู่มือ หน้า ๔",
    )  # fmt: skip


def test_a_standard_has_a_share() -> None:
    made = desk.weigh(ladder(), "s1", 30, verified=True, source="ประกาศ ข้อ ๒")

    assert (made.standards[0].share, made.standards[0].share_verified) == (30, True)
    assert made.standards[0].share_source == "ประกาศ ข้อ ๒"
    with pytest.raises(KeyError):
        desk.weigh(made, "q1", 30, verified=True, source="")


@pytest.mark.parametrize("value", [0, -3, 100.5, float("nan"), float("inf")])
def test_a_weight_that_is_none_is_refused(value: float) -> None:
    with pytest.raises(ValueRefused, match="น้ำหนักต้อง"):
        desk.weigh(ladder(), "n1", value, verified=False, source="")


def test_a_share_that_is_none_is_not_called_a_weight() -> None:
    edition = ladder()
    with pytest.raises(ValueRefused, match="สัดส่วนต้อง"):
        desk.weigh(edition, edition.standards[0].id, 150, verified=False, source="")


def test_an_edition_is_entitled() -> None:
    made = desk.entitle(ladder(), title="ฉบับใหม่", draft=True)

    assert (made.title, made.draft, made.year, made.source) == ("ฉบับใหม่", True, 2557, "")
    with pytest.raises(ValueRefused, match="๒๕๔๐ ถึง ๒๖๔๐"):
        desk.entitle(made, year=2014)


# --- rows to start from -----------------------------------------------------------------------


@pytest.mark.parametrize("issues", range(4, 13))
def test_the_usual_rows_of_a_ladder_count_every_number_once(issues: int) -> None:
    rows = desk.usual_rows(IndicatorType.EVIDENCE_LADDER, issues)

    counted = [n for row in rows for n in range(row.fewest or 0, (row.most or 0) + 1)]
    assert sorted(counted) == list(range(issues + 1))
    assert [row.level for row in rows] == [5, 4, 3, 2, 1]
    assert not any(row.verified for row in rows)
    assert all(len(row.lines) == 2 for row in rows)


@pytest.mark.parametrize("code", ["1.1", "1.2", "1.3", "1.4"])
def test_the_usual_rows_are_those_of_the_form(code: str) -> None:
    indicator = shipped_framework("obec-2557").indicator(code)
    usual = desk.usual_rows(indicator.type, len(indicator.issues))

    assert [(r.level, r.lines, r.fewest, r.most) for r in usual] == [
        (r.level, r.lines, r.fewest, r.most) for r in indicator.rubric.rows
    ]


@pytest.mark.parametrize("issues", range(4))
def test_with_too_few_issues_the_lowest_rows_stay_empty(issues: int) -> None:
    rows = desk.usual_rows(IndicatorType.EVIDENCE_LADDER, issues)

    assert sum(row.most is not None for row in rows) == (issues + 1 if issues else 0)
    assert rows[-1] == RubricRow(1, ())


def test_an_office_of_sixty_issues_is_built_by_the_desk() -> None:
    made = office()

    assert [len(s.indicators) for s in made.standards] == [5, 5, 4]
    assert sum(1 for _ in made.issues()) == 60
    assert len(indicator_of_id(made, "n3").rubric.rows) == 5
