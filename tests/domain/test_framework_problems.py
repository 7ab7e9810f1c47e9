from dataclasses import replace
from typing import Any

import pytest

from esa_desktop.domain import framework_edits as desk
from esa_desktop.domain.framework import Framework, IndicatorType, RubricRow
from esa_desktop.domain.framework_problems import problems, unfinished
from esa_desktop.storage.framework_file import shipped
from tests.domain.framework_steps import EMPTY, office


def said(framework: Framework) -> list[tuple[str, str]]:
    return [(problem.node_id, problem.sentence) for problem in problems(framework)]


def one() -> Framework:
    return office(1, 1, 4)


def with_rows(*spans: tuple[int | None, int | None]) -> Framework:
    rows = [RubricRow(5 - n, ("ก",), *span) for n, span in enumerate(spans)]
    return desk.set_rows(one(), "n0", rows)


def with_values(*values: float | None) -> Framework:
    made = desk.describe_indicator(one(), "n0", type=IndicatorType.THRESHOLD, unit="ร้อยละ")
    rows = [RubricRow(5 - n, ("ก",), at_least=value) for n, value in enumerate(values)]
    return desk.set_rows(made, "n0", rows)


def test_an_edition_in_order_has_no_problem() -> None:
    assert problems(office()) == ()
    assert said(with_values(90, 80, 70, 60, 0)) == []


def test_what_is_shipped_is_finished() -> None:
    assert not any(unfinished(framework) for framework in shipped())


@pytest.mark.parametrize(
    ("framework", "node", "sentence"),
    [
        (EMPTY, "", "ยังไม่มีมาตรฐาน กรุณาเพิ่มอย่างน้อยหนึ่งมาตรฐาน"),
        (desk.entitle(one(), title=" "), "", "ยังไม่มีชื่อฉบับมาตรฐาน"),
        (desk.rename(one(), "s0", ""), "s0", "มาตรฐานนี้ยังไม่มีชื่อ"),
        (desk.rename(one(), "n0", ""), "n0", "ตัวบ่งชี้นี้ยังไม่มีชื่อ"),
        (desk.rename(one(), "q2", ""), "q2", "ประเด็นการพิจารณานี้ยังไม่มีชื่อ"),
        (desk.rename(one(), "q2", "ประเด็นเรื่องที่ 1"), "q2", "ชื่อซ้ำกับประเด็นการพิจารณาที่ ๑"),
        (desk.set_rows(one(), "n0", ()), "n0", "ยังไม่มีเกณฑ์ทั้งห้าระดับ"),
        (with_rows((4, 4), (3, 3), (2, 2)), "n0", "เกณฑ์ยังไม่มีแถวของระดับ ๒, ๑"),
        (
            with_rows((4, 4), (3, 3), (2, 2), (1, 1), (None, 0)),
            "n0",
            "เกณฑ์ของระดับ ๑ ยังไม่ได้บอกจำนวนข้อ",
        ),
        (with_rows((4, 4), (3, 3), (2, 2), (1, 1), (1, 0)), "n0", "เกณฑ์ของระดับ ๑ มีจำนวนข้อมากที่สุดน้อยกว่าน้อยที่สุด"),
        (with_rows((4, 4), (3, 3), (2, 2), (1, 1), (0, 1)), "n0", "มีเกณฑ์มากกว่าหนึ่งระดับที่นับ ๑ ข้อ"),
        (with_rows((4, 4), (3, 3), (2, 2), (1, 1), (1, 1)), "n0", "ยังไม่มีระดับใดของเกณฑ์นับ ๐ ข้อ"),
        (with_rows((3, 3), (4, 4), (2, 2), (1, 1), (0, 0)), "n0", "ระดับที่สูงกว่าของเกณฑ์ต้องนับจำนวนข้อมากกว่า"),
        (
            desk.set_rows(one(), "n0", [replace(r, lines=()) for r in one().indicator("1.1").rubric.rows]),
            "n0",
            "เกณฑ์ของระดับ ๕, ๔, ๓, ๒, ๑ ยังไม่มีคำอธิบาย",
        ),
        (with_values(90, 80, 70, 60, None), "n0", "เกณฑ์ของระดับ ๑ ยังไม่ได้บอกค่า"),
        (with_values(90, 80, 85, 60, 0), "n0", "ค่าของระดับ ๓ ต้องน้อยกว่าค่าของระดับ ๔"),
        (
            desk.describe_indicator(with_values(90, 80, 70, 60, 0), "n0", unit=""),
            "n0",
            "ยังไม่ได้บอกหน่วยของค่าที่วัด เช่น ร้อยละ",
        ),
        (
            desk.describe_indicator(one(), "n0", type=IndicatorType.RANKED_WORKS),
            "n0",
            "ยังไม่ได้บอกจำนวนผลงานที่ให้เสนอ",
        ),
        (
            desk.weigh(one(), "s0", 90, verified=False, source=""),
            "s0",
            "สัดส่วนของมาตรฐานรวมกันได้เพียงร้อยละ ๙๐ ไม่ครบ ๑๐๐",
        ),
    ],
)  # fmt: skip
def test_a_problem_is_said_at_its_place(framework: Framework, node: str, sentence: str) -> None:
    assert (node, sentence) in said(framework)


def test_shares_over_a_hundred_are_said_where_they_go_over() -> None:
    made = desk.add_standard(one(), "สอง", node_id="s1")
    for node, share in (("s0", 60), ("s1", 40.5)):
        made = desk.weigh(made, node, share, verified=False, source="")

    assert [p for p in said(made) if "สัดส่วน" in p[1]] == [
        ("s1", "สัดส่วนของมาตรฐานรวมกันเกินร้อยละ ๑๐๐ (รวมถึงมาตรฐานนี้ได้ ๑๐๐.๕)")
    ]
    assert unfinished(made)


def test_an_issue_more_or_less_makes_the_rows_of_a_ladder_wrong() -> None:
    more = desk.add_issue(one(), "n0", "ใหม่", node_id="q9")
    less = desk.retire(office(1, 1, 5), "q0")

    assert said(more) == [("n0", "ยังไม่มีระดับใดของเกณฑ์นับ ๕ ข้อ")]
    assert said(less) == [
        ("n0", "เกณฑ์ของระดับ ๕ นับเกินจำนวนประเด็นที่มี ๔ ข้อ กรุณาแก้เกณฑ์ให้ตรงกับจำนวนประเด็น")
    ]
    for changed in (more, less):
        indicator = changed.indicator("1.1")
        usual = desk.usual_rows(indicator.type, len(indicator.issues))
        assert problems(desk.set_rows(changed, "n0", usual)) == ()


def test_a_ladder_of_three_issues_says_that_it_needs_four() -> None:
    made = office(1, 1, 3)

    assert "ต้องมีอย่างน้อย ๔ ประเด็น" in said(made)[0][1]
    assert unfinished(made)


@pytest.mark.parametrize(
    "edit",
    [
        lambda f: desk.rename(f, "q2", "ประเด็นเรื่องที่ 1"),
        lambda f: desk.add_standard(f, "ว่าง", node_id="s9"),
        lambda f: desk.weigh(f, "s0", 90, verified=False, source=""),
    ],
)
def test_what_is_only_worth_a_look_is_no_draft(edit: Any) -> None:
    made = edit(one())

    assert problems(made)
    assert not unfinished(made)


def test_what_is_out_of_use_is_not_looked_at() -> None:
    made = desk.add_issue(one(), "n0", "", node_id="q9")

    assert problems(desk.retire(made, "q9")) == ()
