from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.domain.edits import Edit, parts
from esa_desktop.domain.fields import Kind, issue_field, item_field, link_field
from esa_desktop.domain.framework import Indicator, Issue
from esa_desktop.domain.works import Work
from esa_desktop.services.editing import Editor
from esa_desktop.services.ranking import (
    evidence_for_works,
    move_work,
    new_work,
    put_work,
    remove_work,
    tidy_work,
)
from tests.kinds_of_indicator import BEST_WORKS, ITEMS, YEAR, framework, works
from tests.ui.rounds import Desk


@pytest.fixture
def editor() -> Editor:
    desk = Desk(framework())
    for item in ITEMS.values():
        desk.editor.apply(desk.editor.change(item_field(item.id), item))
    return desk.editor


def indicator(editor: Editor) -> Indicator:
    return editor.round.framework.indicator("3.1")


def titles(editor: Editor) -> list[str]:
    return [work.title for work in editor.round.indicator(BEST_WORKS).works]


def put(editor: Editor, *names: str) -> list[Work]:
    made = [replace(new_work(), title=name) for name in names]
    for work in made:
        editor.apply(put_work(editor, indicator(editor), work))
    return made


def test_a_new_work_comes_last_and_a_known_one_stays_in_its_place(editor: Editor) -> None:
    first, _ = put(editor, "ก", "ข")

    editor.apply(put_work(editor, indicator(editor), replace(first, title="ก แก้")))

    assert titles(editor) == ["ก แก้", "ข"]


def test_evidence_of_a_work_becomes_evidence_of_an_indicator_without_issues(editor: Editor) -> None:
    work = replace(new_work(), title="ก", items=("e3", "e1"))

    back = editor.apply(put_work(editor, indicator(editor), work))

    assert [item.id for item in editor.round.evidence_of(BEST_WORKS)] == ["e3", "e1"]
    assert editor.round.issues_of("e3") == (BEST_WORKS,)
    editor.apply(back)
    assert (titles(editor), editor.round.evidence_of(BEST_WORKS)) == ([], ())


def test_evidence_that_is_there_already_is_not_attached_twice(editor: Editor) -> None:
    editor.apply(editor.change(link_field(YEAR, BEST_WORKS, "e1"), "a"))
    work = replace(new_work(), title="ก", items=("e1",))

    edit = put_work(editor, indicator(editor), work)

    assert [part.field.kind for part in parts(edit)] == [Kind.WORKS]


def with_issue(editor: Editor) -> Indicator:
    """The same indicator after somebody gave it an issue."""
    old = editor.round.framework
    made = works(BEST_WORKS, 1, 5, Issue("w-issue", 1, "ผลงานดีเด่น"))
    third = replace(old.standards[2], indicators=(made, *old.standards[2].indicators[1:]))
    field = issue_field(YEAR, "round", Kind.FRAMEWORK)
    changed = replace(old, standards=(*old.standards[:2], third))
    editor.apply(editor.change(field, changed))
    return made


def test_with_issues_only_their_evidence_is_offered(editor: Editor) -> None:
    made = with_issue(editor)
    editor.apply(editor.change(link_field(YEAR, "w-issue", "e2"), "a"))

    assert [item.id for item in evidence_for_works(editor, made)] == ["e2"]
    edit = put_work(editor, made, replace(new_work(), title="ก", items=("e2",)))
    assert [part.field.kind for part in parts(edit)] == [Kind.WORKS]


def test_without_issues_all_evidence_is_offered_ones_own_first_and_nothing_from_the_bin(
    editor: Editor,
) -> None:
    editor.apply(editor.change(link_field(YEAR, BEST_WORKS, "e4"), "a"))

    offered = [item.id for item in evidence_for_works(editor, indicator(editor))]

    assert offered == ["e4", "e3", "e1", "e2"]


@given(st.integers(0, 4), st.integers(0, 4))
def test_a_moved_work_stands_where_it_was_put_and_the_others_keep_their_order(
    place: int, target: int
) -> None:
    editor = Desk(framework()).editor
    names = [work.title for work in put(editor, "ก", "ข", "ค", "ง", "จ")]

    back: Edit = editor.apply(move_work(editor, indicator(editor), place, target))

    moved = names.pop(place)
    assert titles(editor)[target] == moved
    assert [name for name in titles(editor) if name != moved] == names
    editor.apply(back)
    assert titles(editor) == ["ก", "ข", "ค", "ง", "จ"]


def test_a_removed_work_leaves_its_evidence(editor: Editor) -> None:
    work = replace(new_work(), title="ก", items=("e1",))
    editor.apply(put_work(editor, indicator(editor), work))

    back = editor.apply(remove_work(editor, indicator(editor), work.id))

    assert titles(editor) == []
    assert [item.id for item in editor.round.evidence_of(BEST_WORKS)] == ["e1"]
    editor.apply(back)
    assert titles(editor) == ["ก"]


def test_what_somebody_typed_is_tidied() -> None:
    work = tidy_work(
        new_work(), title="  ห้องสมุด \n ลอยน้ำ ", detail="\nยืม  \nมาก\n\n", items=("a", "b", "a")
    )

    assert (work.title, work.detail, work.items) == ("ห้องสมุด ลอยน้ำ", "ยืม\nมาก", ("a", "b"))
