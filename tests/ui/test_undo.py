import dataclasses

import pytest

from esa_desktop.domain.errors import HeadsMoved
from esa_desktop.domain.evidence import Evidence
from esa_desktop.domain.fields import Kind, indicator_field, item_field
from tests.ui.rounds import YEAR, Desk

LEVEL = indicator_field(YEAR, "good", Kind.LEVEL)


def level(desk: Desk) -> int | None:
    return desk.editor.round.indicator("good").level


def test_a_step_is_done_taken_back_and_done_again() -> None:
    desk = Desk()
    desk.undo.push_edit(desk.editor.change(LEVEL, 3), "เลือกระดับ")
    desk.undo.push_edit(desk.editor.change(LEVEL, 5), "เลือกระดับ")

    desk.undo.undo()
    assert level(desk) == 3
    desk.undo.undo()
    assert level(desk) is None
    desk.undo.redo()
    desk.undo.redo()
    assert level(desk) == 5


def test_an_edit_that_changes_nothing_makes_no_step() -> None:
    desk = Desk()
    desk.undo.push_edit(desk.editor.change(LEVEL, None), "เลือกระดับ")

    assert desk.undo.count() == 0
    assert desk.writes == []


def test_an_edit_that_no_longer_applies_is_refused_and_leaves_no_step() -> None:
    desk = Desk()
    stale = desk.editor.change(LEVEL, 2)
    desk.editor.apply(desk.editor.change(LEVEL, 4))

    with pytest.raises(HeadsMoved):
        desk.undo.push_edit(stale, "เลือกระดับ")

    assert desk.undo.count() == 0
    assert level(desk) == 4


def test_a_step_whose_field_went_another_way_is_dropped_and_changes_nothing() -> None:
    desk = Desk()
    desk.undo.push_edit(desk.editor.change(LEVEL, 2), "เลือกระดับ")
    desk.editor.apply(desk.editor.change(LEVEL, 4))  # by another road than the stack

    desk.undo.undo()

    assert level(desk) == 4
    assert not desk.undo.canUndo()


def test_a_finished_visit_is_pushed_without_being_done_twice() -> None:
    desk = Desk()
    before = len(desk.writes)
    desk.editor.apply(desk.editor.change(LEVEL, 2))
    done = len(desk.writes)
    take_back = desk.editor.change(LEVEL, None)

    desk.undo.push_done(take_back, "เลือกระดับ")

    assert (before, done, len(desk.writes)) == (0, 1, 1)
    desk.undo.undo()
    assert level(desk) is None


def test_what_the_program_adds_by_itself_is_no_step_and_stands_no_step_in_the_way() -> None:
    desk = Desk()
    field = item_field("i1")
    stack, editor = desk.undo, desk.editor
    stack.push_edit(editor.change(field, Evidence("i1", "1-01", "ก")), "แนบ")
    stack.push_edit(editor.change(field, Evidence("i1", "1-01", "ข")), "ตั้งชื่อ")

    stack.amend(field, lambda item: dataclasses.replace(item, owner="กลุ่มแผน"))
    after = editor.round.items["i1"]
    stack.undo()
    before = editor.round.items["i1"]
    stack.undo()
    gone = editor.round.items
    stack.redo()

    assert (after.title, after.owner) == ("ข", "กลุ่มแผน")
    assert (before.title, before.owner) == ("ก", "กลุ่มแผน")
    assert gone == {}
    assert editor.round.items["i1"].owner == "กลุ่มแผน"
    assert stack.count() == 2


def test_adding_what_is_there_already_writes_nothing() -> None:
    desk = Desk()
    field = item_field("i1")
    desk.undo.push_edit(desk.editor.change(field, Evidence("i1", "1-01", "ก")), "แนบ")
    written = len(desk.writes)

    desk.undo.amend(field, lambda item: item)

    assert len(desk.writes) == written
