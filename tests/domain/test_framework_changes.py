from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esa_desktop.domain import framework_edits as desk
from esa_desktop.domain.errors import ValueRefused
from esa_desktop.domain.framework import Framework, IndicatorType, RubricRow
from esa_desktop.domain.framework_changes import (
    FrameworkChange,
    differences,
    merge_edition,
    sentence,
)
from esa_desktop.domain.framework_tree import places
from tests.domain.framework_steps import EMPTY, frameworks, office, two_editions, unordered

FEW = settings(max_examples=40)


def told(old: Framework, new: Framework) -> list[tuple[str, str, str]]:
    return [(change.kind, change.node_id, change.code) for change in differences(old, new)]


# --- the whole truth --------------------------------------------------------------------------


@given(frameworks())
def test_nothing_differs_from_itself(framework: Framework) -> None:
    assert differences(framework, framework) == ()


@given(two_editions())
@FEW
def test_what_differs_is_told_and_only_what_differs(pair: tuple[Framework, Framework]) -> None:
    one, other = pair

    assert (differences(one, other) == ()) == (unordered(one) == unordered(other))


@given(two_editions())
@FEW
def test_every_difference_is_one_line_of_thai(pair: tuple[Framework, Framework]) -> None:
    for change in differences(*pair):
        said = sentence(change)
        assert said
        assert "\n" not in said
        assert "None" not in said


@given(two_editions())
@FEW
def test_what_is_new_and_what_is_gone_is_told_by_name(pair: tuple[Framework, Framework]) -> None:
    one, other = pair
    changes = differences(one, other)
    new = {c.node_id for c in changes if c.kind == "added" or (c.kind == "retired" and not c.old)}
    gone = {c.node_id for c in changes if c.kind == "removed"}

    named = {n: at.node.name for n, at in places(other).items()}
    # a retired node of no name looks as one that came along retired, but both are there
    assert places(other).keys() - places(one).keys() == {n for n in new if n not in places(one)}
    assert places(one).keys() - places(other).keys() == gone
    assert all(c.new == named[c.node_id] for c in changes if c.kind == "added")


@pytest.mark.parametrize("node", ["s0", "n0"])
def test_a_weight_differs_by_its_value_its_mark_and_its_source(node: str) -> None:
    made = office(1, 1, 4)
    weights = [
        (5.0, True, "ก"),
        (5.5, True, "ก"),
        (5.0, False, "ก"),
        (5.0, True, "ข"),
        (None, False, "ก"),
    ]
    editions = [desk.weigh(made, node, v, verified=mark, source=said) for v, mark, said in weights]

    for one in editions:
        assert [len(differences(one, other)) for other in editions].count(0) == 1


# --- merging ----------------------------------------------------------------------------------


@given(two_editions())
@FEW
def test_merging_loses_no_node_and_takes_every_word_of_the_incoming(
    pair: tuple[Framework, Framework],
) -> None:
    current, incoming = pair
    merged = merge_edition(current, incoming)

    assert set(places(merged)) == set(places(current)) | set(places(incoming))
    assert len(places(merged)) == sum(1 for _ in merged.walk()) + sum(
        1 for _ in merged.retired_nodes()
    )
    assert dict(merged.walk()).keys() == dict(incoming.walk()).keys()
    for change in differences(incoming, merged):
        assert change.node_id not in places(incoming)
    assert not any(change.kind == "removed" for change in differences(current, merged))


@given(two_editions())
@FEW
def test_merging_keeps_what_only_the_current_edition_says(
    pair: tuple[Framework, Framework],
) -> None:
    current, incoming = pair
    merged = places(merge_edition(current, incoming))
    brought = places(incoming)

    for node_id, was in places(current).items():
        if node_id not in brought:
            assert not merged[node_id].in_use
            assert merged[node_id].node.name == was.node.name
            assert merged[node_id].parent == was.parent


@given(two_editions())
@FEW
def test_merging_twice_is_merging_once(pair: tuple[Framework, Framework]) -> None:
    current, incoming = pair
    once = merge_edition(current, incoming)

    assert merge_edition(once, incoming) == once
    assert merge_edition(current, current) == current
    assert merge_edition(EMPTY, incoming) == incoming


def test_an_id_that_names_another_kind_of_thing_is_refused() -> None:
    current = desk.add_standard(EMPTY, "หนึ่ง", node_id="s1")
    current = desk.add_indicator(current, "s1", "ตัวบ่งชี้", node_id="x")
    incoming = desk.add_standard(EMPTY, "อื่น", node_id="x")

    with pytest.raises(ValueRefused, match="รหัส x เป็นตัวบ่งชี้ “ตัวบ่งชี้” ในงานประเมินนี้ แต่เป็นมาตรฐานในไฟล์"):
        merge_edition(current, incoming)


def test_an_issue_that_the_file_moved_out_of_a_lost_indicator_is_not_there_twice() -> None:
    current = office(1, 2, 4)
    incoming = desk.move(current, "q1", "n0", 0)
    standard = incoming.standards[0]
    incoming = replace(incoming, standards=(replace(standard, indicators=standard.indicators[:1]),))

    merged = merge_edition(current, incoming)

    assert [n.id for _, n in merged.walk()] == ["s0", "n0", "q1", "q0", "q2"]
    assert [n.id for _, n in merged.retired_nodes()] == ["n1", "q3"]


# --- by example -------------------------------------------------------------------------------


def test_one_moved_issue_is_one_line() -> None:
    made = office(1, 1, 6)

    assert told(made, desk.move(made, "q0", "n0", 4)) == [("moved", "q0", "1.1.5")]
    assert told(made, desk.move(made, "q5", "n0", 0)) == [("moved", "q5", "1.1.1")]


def test_an_issue_added_in_the_middle_is_one_line() -> None:
    made = office(1, 1, 6)

    assert told(made, desk.add_issue(made, "n0", "ก", node_id="q9", after="q2")) == [
        ("added", "q9", "1.1.4")
    ]


def test_a_retired_indicator_is_one_line_and_so_is_its_return() -> None:
    made = office(1, 2, 8)
    retired = desk.retire(made, "n0")

    assert told(made, retired) == [("retired", "n0", "1.1")]
    assert told(retired, made) == [("taken_back", "n0", "1.1")]


def test_a_number_that_was_published_with_a_gap_is_told_when_it_changes() -> None:
    made = office(1, 1, 4)
    standard = made.standards[0]
    five = replace(standard.indicators[0], number=5)
    gap = replace(made, standards=(replace(standard, indicators=(five,)),))

    assert told(gap, made) == [("moved", "n0", "1.1")]
    assert sentence(differences(gap, made)[0]) == "ตัวบ่งชี้ ๑.๑ ย้ายมาจาก ๑.๕"


def changed(edit: Any) -> list[str]:
    made = office(1, 1, 4)
    return [sentence(change) for change in differences(made, edit(made))]


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (
            lambda f: desk.rename(f, "q1", "ใหม่"),
            "ประเด็น ๑.๑.๒ เปลี่ยนชื่อจาก “ประเด็นเรื่องที่ 2” เป็น “ใหม่”",
        ),
        (
            lambda f: desk.set_verified(f, "n0", True),
            "ชื่อของตัวบ่งชี้ ๑.๑ เปลี่ยนจาก “ยังไม่ได้ตรวจ” เป็น “ตรวจแล้ว”",
        ),
        (
            lambda f: desk.weigh(f, "s0", 30, verified=True, source="ประกาศ"),
            "มาตรฐาน ๑ เปลี่ยนสัดส่วน จาก “ยังไม่ทราบ” เป็น “๓๐ (ตรวจแล้ว จากประกาศ)”",
        ),
        (
            lambda f: desk.weigh(f, "n0", 2.5, verified=False, source=""),
            "ตัวบ่งชี้ ๑.๑ เปลี่ยนน้ำหนัก จาก “ยังไม่ทราบ” เป็น “๒.๕ (ยังไม่ได้ตรวจ)”",
        ),
        (
            lambda f: desk.describe_indicator(f, "n0", lead_in="นำ"),
            "ตัวบ่งชี้ ๑.๑ เปลี่ยนประโยคนำ จาก “ไม่มี” เป็น “นำ”",
        ),
        (
            lambda f: desk.describe_indicator(f, "n0", unit="ร้อยละ"),
            "ตัวบ่งชี้ ๑.๑ เปลี่ยนเกณฑ์ จาก “หน่วย: ไม่มี” เป็น “หน่วย: ร้อยละ”",
        ),
        (
            lambda f: desk.entitle(f, draft=False),
            "ฉบับมาตรฐาน เปลี่ยน “สถานะ: ฉบับร่าง” เป็น “สถานะ: ฉบับใช้จริง”",
        ),
        (lambda f: desk.retire(f, "q3"), "เลิกใช้ประเด็น ๑.๑.๔ “ประเด็นเรื่องที่ 4” (ข้อความเดิมยังเก็บไว้)"),
        (lambda f: desk.add_standard(f, "สอง", node_id="s9"), "เพิ่มมาตรฐาน ๒ “สอง”"),
    ],
)
def test_a_change_is_said_as_a_person_would(edit: Any, said: str) -> None:
    assert changed(edit) == [said]


def test_a_changed_row_shows_its_words_counts_and_mark() -> None:
    row = RubricRow(5, ("ครบ", "ทุกข้อ"), 4, 4, verified=True)
    made = office(1, 1, 4)
    rows = (row, *made.indicator("1.1").rubric.rows[1:])

    (change,) = differences(made, desk.set_rows(made, "n0", rows))

    assert change.new == "ระดับ ๕: ครบ ทุกข้อ ๔–๔ ข้อ (ตรวจแล้ว)"
    assert change.kind == "rubric"


def test_ranked_works_are_told_with_their_number() -> None:
    made = office(1, 1, 4)
    ranked = desk.describe_indicator(made, "n0", type=IndicatorType.RANKED_WORKS, works=5)

    first = differences(made, ranked)[0]

    assert first == FrameworkChange("n0", "1.1", "type", "นับหลักฐาน", "เรียงลำดับผลงาน ๕ ผลงาน")


@given(st.permutations(range(7)))
def test_as_few_nodes_as_can_be_are_said_to_have_moved(order: list[int]) -> None:
    made = office(1, 1, 7)
    issues = made.indicator("1.1").issues
    shuffled = tuple(replace(issues[n], number=place) for place, n in enumerate(order, 1))
    standard = made.standards[0]
    indicator = replace(standard.indicators[0], issues=shuffled)
    other = replace(made, standards=(replace(standard, indicators=(indicator,)),))

    longest = [1] * 7  # by the plain quadratic rule, to compare with
    for i in range(7):
        longest[i] += max((longest[j] for j in range(i) if order[j] < order[i]), default=0)
    assert len(differences(made, other)) == 7 - max(longest)
