from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esa_desktop.domain.checklist import Requirement
from esa_desktop.domain.edits import Edit
from esa_desktop.domain.evidence import Evidence
from esa_desktop.domain.fields import item_field, link_field, required_field
from esa_desktop.domain.framework import Framework
from esa_desktop.services.attaching import detach
from esa_desktop.services.checklists import (
    Completeness,
    add_requirements,
    checklist,
    completeness,
    missing_requirements,
    move_requirement,
    remove_requirement,
    rename_requirement,
    supply,
    withdraw,
)
from tests.ui.rounds import FRAMEWORK, YEAR, Desk

ISSUE, OTHER = "learn-2", "good-1"


@pytest.fixture
def desk() -> Desk:
    made = Desk()
    for n in range(3):
        item = Evidence(f"item{n}", f"1.2.2-0{n + 1}", f"หลักฐาน {n}")
        made.editor.apply(made.editor.change(item_field(item.id), item))
        place = ISSUE if n < 2 else OTHER
        made.editor.apply(made.editor.change(link_field(YEAR, place, item.id), f"a{n}"))
    add(made, "คำสั่ง", "รายงาน", "ภาพถ่าย")
    return made


def add(desk: Desk, *texts: str, issue: str = ISSUE, after: str | None = None) -> None:
    known = desk.editor.round.required.get(issue, ())
    ids = [f"{issue}-r{len(known) + n}" for n in range(len(texts))]
    edit = add_requirements(desk.editor, issue, texts, after=after, ids=ids)
    assert edit is not None
    desk.editor.apply(edit)


def texts(desk: Desk, issue: str = ISSUE) -> list[str]:
    return [line.requirement.text for line in checklist(desk.editor.round, issue)]


def answers(desk: Desk) -> dict[str, list[str]]:
    lines = checklist(desk.editor.round, ISSUE)
    return {line.requirement.text: [i.id for i in line.items] for line in lines}


def do(desk: Desk, edit: Edit) -> Edit:
    return desk.editor.apply(edit)


def test_lines_come_at_the_end_or_behind_another(desk: Desk) -> None:
    add(desk, "บันทึก", after=f"{ISSUE}-r0")
    assert texts(desk) == ["คำสั่ง", "บันทึก", "รายงาน", "ภาพถ่าย"]


def test_empty_lines_and_those_that_are_there_are_passed_over(desk: Desk) -> None:
    assert add_requirements(desk.editor, ISSUE, ["", "  \n", "คำสั่ง ", "คำสั่ง"]) is None
    edit = add_requirements(desk.editor, ISSUE, ["ใหม่\nมาก", "ใหม่ มาก"], ids=["x"])
    assert edit is not None
    do(desk, edit)
    assert texts(desk)[3:] == ["ใหม่ มาก"]


def test_the_list_is_of_no_year_and_the_answers_are_of_one(desk: Desk) -> None:
    required = add_requirements(desk.editor, ISSUE, ["ใหม่"])
    assert required is not None
    assert required.field.round == ""
    answer = supply(desk.editor, ISSUE, f"{ISSUE}-r0", ["item0"]).edits[-1]
    assert answer.field.round == str(YEAR)


def test_an_item_answers_a_line_and_no_longer(desk: Desk) -> None:
    do(desk, supply(desk.editor, ISSUE, f"{ISSUE}-r0", ["item1"]))
    do(desk, supply(desk.editor, ISSUE, f"{ISSUE}-r0", ["item0", "item1"]))
    assert answers(desk)["คำสั่ง"] == ["item1", "item0"]
    assert completeness(desk.editor.round, ISSUE) == Completeness(3, 2)
    undo = do(desk, withdraw(desk.editor, ISSUE, f"{ISSUE}-r0", ["item1"]))
    assert answers(desk)["คำสั่ง"] == ["item0"]
    do(desk, undo)
    assert answers(desk)["คำสั่ง"] == ["item1", "item0"]


def test_an_item_of_another_issue_is_attached_here_in_the_same_step(desk: Desk) -> None:
    undo = do(desk, supply(desk.editor, ISSUE, f"{ISSUE}-r1", ["item2"]))
    assert desk.editor.round.issues_of("item2") == (OTHER, ISSUE)
    assert answers(desk)["รายงาน"] == ["item2"]
    do(desk, undo)
    assert desk.editor.round.issues_of("item2") == (OTHER,)
    assert answers(desk)["รายงาน"] == []


def test_an_item_that_was_taken_out_or_binned_answers_nothing(desk: Desk) -> None:
    do(desk, supply(desk.editor, ISSUE, f"{ISSUE}-r0", ["item0"]))
    do(desk, supply(desk.editor, ISSUE, f"{ISSUE}-r1", ["item1"]))
    undo = do(desk, detach(desk.editor, ISSUE, ["item0"]))
    binned = replace(desk.editor.round.items["item1"], binned=True)
    back = do(desk, desk.editor.change(item_field("item1"), binned))
    assert completeness(desk.editor.round, ISSUE) == Completeness(3, 3)
    do(desk, undo)
    do(desk, back)
    assert completeness(desk.editor.round, ISSUE) == Completeness(3, 1)


def test_other_words_keep_what_answers(desk: Desk) -> None:
    do(desk, supply(desk.editor, ISSUE, f"{ISSUE}-r0", ["item0"]))
    do(desk, rename_requirement(desk.editor, ISSUE, f"{ISSUE}-r0", " คำสั่งใหม่\n"))
    assert answers(desk)["คำสั่งใหม่"] == ["item0"]
    assert not desk.editor.is_change(rename_requirement(desk.editor, ISSUE, f"{ISSUE}-r0", "   "))


def test_a_removed_line_comes_back_with_its_answers(desk: Desk) -> None:
    do(desk, supply(desk.editor, ISSUE, f"{ISSUE}-r1", ["item1"]))
    undo = do(desk, remove_requirement(desk.editor, ISSUE, f"{ISSUE}-r1"))
    assert texts(desk) == ["คำสั่ง", "ภาพถ่าย"]
    assert not desk.editor.round.issue(ISSUE).supplied
    assert "item1" in desk.editor.round.issue(ISSUE).evidence
    do(desk, undo)
    assert answers(desk)["รายงาน"] == ["item1"]


def test_missing_lines_are_told_in_printed_order(desk: Desk) -> None:
    add(desk, "แผน", issue=OTHER)
    do(desk, supply(desk.editor, ISSUE, f"{ISSUE}-r1", ["item1"]))
    found = [(issue, one.text) for issue, one in missing_requirements(desk.editor.round)]
    assert found == [(OTHER, "แผน"), (ISSUE, "คำสั่ง"), (ISSUE, "ภาพถ่าย")]


def test_a_retired_issue_asks_for_nothing(desk: Desk) -> None:
    standard = FRAMEWORK.standards[0]
    learn = standard.indicators[1]
    without = replace(learn, issues=learn.issues[:1], retired=learn.issues[1:])
    smaller: Framework = replace(
        FRAMEWORK, standards=(replace(standard, indicators=(standard.indicators[0], without)),)
    )
    assert not missing_requirements(replace(desk.editor.round, framework=smaller))


@settings(max_examples=80)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(-2, 8)), max_size=6))
def test_moving_lines_is_what_moving_things_in_a_list_is(moves: list[tuple[int, int]]) -> None:
    desk = Desk()
    model = [Requirement(f"r{n}", f"รายการ {n}") for n in range(5)]
    do(desk, desk.editor.change(required_field(ISSUE), tuple(model)))
    for which, place in moves:
        do(desk, move_requirement(desk.editor, ISSUE, f"r{which}", place))
        moved = next(line for line in model if line.id == f"r{which}")
        model.remove(moved)
        model.insert(max(0, place), moved)
    assert desk.editor.round.required[ISSUE] == tuple(model)


def test_an_indicator_without_issues_has_a_checklist_of_its_own() -> None:
    bare = replace(FRAMEWORK.standards[1].indicators[0], issues=())
    standards = (FRAMEWORK.standards[0], replace(FRAMEWORK.standards[1], indicators=(bare,)))
    desk = Desk(replace(FRAMEWORK, standards=standards))
    add(desk, "โล่รางวัล", issue="free")
    assert [issue for issue, _ in missing_requirements(desk.editor.round)] == ["free"]
