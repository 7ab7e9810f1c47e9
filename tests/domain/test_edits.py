from collections.abc import Iterable, Mapping
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.domain.edits import Batch, Edit, SetField, apply_edit, parts
from esa_desktop.domain.errors import HeadsMoved
from esa_desktop.domain.fields import Field, Kind, indicator_field, issue_field, link_field
from esa_desktop.domain.revision import (
    FieldView,
    Revision,
    heads_of,
    make_revision,
    unwritten,
    view_of_heads,
)

METHOD = issue_field(2568, "q1", Kind.METHOD)
LEVEL = indicator_field(2568, "n1", Kind.LEVEL)
LINK = link_field(2568, "q1", "e1")
FIELDS = [METHOD, LEVEL, LINK]


class Desk:
    """A project's worth of revisions, kept in a list."""

    def __init__(self) -> None:
        self.revisions: list[Revision] = []
        self._clock = count()

    def views(self) -> Mapping[Field, FieldView]:
        known = {r.id: r for r in self.revisions}
        named = {r.field for r in self.revisions}
        return {
            field: view_of_heads(
                field, heads_of([r for r in self.revisions if r.field == field]), lambda: known
            )
            for field in named
        }

    def view(self, field: Field) -> FieldView:
        return self.views().get(field, unwritten(field))

    def bodies(self) -> dict[Field, str]:
        return {field: view.body for field, view in self.views().items() if view.body}

    def change(self, field: Field, body: str) -> SetField:
        view = self.view(field)
        return SetField(field, body, view.head_ids, view.body)

    def cut(self, part: SetField) -> Revision:
        time = f"{next(self._clock):09}"
        return make_revision(
            part.field, part.expected, part.body, author="ก", device="d", time=time
        )

    def apply(self, edit: Edit) -> Edit:
        revisions, inverse = apply_edit(edit, self.views(), self.cut)
        self.revisions += revisions
        return inverse


def test_an_edit_makes_one_revision_on_top_of_what_was_seen() -> None:
    desk = Desk()
    desk.apply(desk.change(LEVEL, "3"))
    (first,) = desk.revisions

    desk.apply(desk.change(LEVEL, "4"))

    assert desk.view(LEVEL).body == "4"
    assert desk.revisions[1].parents == (first.id,)


def test_the_inverse_sets_what_it_was_and_its_inverse_sets_it_again() -> None:
    desk = Desk()
    desk.apply(desk.change(LEVEL, "3"))

    undo = desk.apply(desk.change(LEVEL, "4"))
    redo = desk.apply(undo)
    assert desk.view(LEVEL).body == "3"
    desk.apply(redo)

    assert desk.view(LEVEL).body == "4"
    assert len(desk.revisions) == 4  # nothing is ever rewritten


def test_taking_back_the_first_text_leaves_nothing() -> None:
    desk = Desk()

    desk.apply(desk.apply(desk.change(METHOD, "[]")))

    assert desk.view(METHOD).body == ""
    assert desk.view(METHOD).head_ids != ()


def test_an_edit_on_moved_heads_is_refused_and_changes_nothing() -> None:
    desk = Desk()
    late = desk.change(LEVEL, "5")
    undo = desk.apply(desk.change(LEVEL, "3"))
    desk.apply(desk.change(LEVEL, "4"))
    before = [*desk.revisions]

    for edit in (late, undo, Batch((desk.change(METHOD, "[]"), late))):
        with pytest.raises(HeadsMoved, match="ประวัติการแก้ไข"):
            desk.apply(edit)

    assert desk.revisions == before


def test_steps_are_taken_back_one_after_the_other_through_new_heads() -> None:
    desk = Desk()
    undos = [desk.apply(desk.change(LEVEL, body)) for body in "123"]

    redos = [desk.apply(undo) for undo in reversed(undos)]
    assert desk.view(LEVEL).body == ""
    for redo in reversed(redos):
        desk.apply(redo)

    assert desk.view(LEVEL).body == "3"


def test_a_batch_is_one_step_with_one_title() -> None:
    desk = Desk()
    batch = Batch((desk.change(LEVEL, "3"), desk.change(LINK, '"i"')), "แนบหลักฐาน")

    undo = desk.apply(batch)

    assert isinstance(undo, Batch)
    assert undo.title == "แนบหลักฐาน"
    assert [part.field for part in parts(undo)] == [LEVEL, LINK]
    assert list(parts(batch.edits[0])) == [batch.edits[0]]


def test_a_field_named_twice_in_a_batch_stands_on_its_own_earlier_part() -> None:
    desk = Desk()
    desk.apply(desk.change(LEVEL, "1"))

    undo = desk.apply(Batch((desk.change(LEVEL, "2"), desk.change(LEVEL, "3"))))
    assert desk.view(LEVEL).body == "3"
    assert desk.revisions[2].parents == (desk.revisions[1].id,)
    desk.apply(undo)

    assert desk.view(LEVEL).body == "1"


def test_a_choice_between_two_heads_stands_on_both() -> None:
    desk = Desk()
    desk.apply(desk.change(LEVEL, "1"))
    theirs = desk.cut(desk.change(LEVEL, "2"))
    desk.apply(desk.change(LEVEL, "3"))
    desk.revisions.append(theirs)
    assert desk.view(LEVEL).state == "conflict"

    desk.apply(desk.change(LEVEL, "3"))

    assert desk.view(LEVEL).state == "clean"
    assert len(desk.revisions[-1].parents) == 2


BODIES = st.sampled_from(["", "1", "2", "3"])
STEP = st.lists(st.tuples(st.sampled_from(FIELDS), BODIES), min_size=1, max_size=4)


def step(desk: Desk, changes: Iterable[tuple[Field, str]], *, single: bool) -> Edit:
    edits = tuple(desk.change(field, body) for field, body in changes)
    return edits[0] if single else Batch(edits)


@given(st.lists(st.tuples(STEP, st.booleans()), max_size=6))
def test_undoing_everything_restores_every_body_and_redoing_brings_it_back(
    steps: list[tuple[list[tuple[Field, str]], bool]],
) -> None:
    desk = Desk()
    history = [desk.bodies()]
    undos: list[Edit] = []
    for changes, single in steps:
        undos.append(desk.apply(step(desk, changes, single=single)))
        history.append(desk.bodies())

    redos: list[Edit] = []
    for place in range(len(undos) - 1, -1, -1):
        redos.append(desk.apply(undos[place]))
        assert desk.bodies() == history[place]
    for place, redo in enumerate(reversed(redos)):
        desk.apply(redo)
        assert desk.bodies() == history[place + 1]


@given(
    st.lists(STEP, min_size=1, max_size=4),
    st.lists(st.sampled_from(["undo", "redo", "new"]), max_size=12),
    STEP,
)
def test_any_walk_up_and_down_the_undo_stack_shows_what_was_there(
    steps: list[list[tuple[Field, str]]], moves: list[str], fresh: list[tuple[Field, str]]
) -> None:
    desk = Desk()
    undo_stack: list[tuple[Edit, dict[Field, str]]] = []
    redo_stack: list[tuple[Edit, dict[Field, str]]] = []
    for changes in steps:
        before = desk.bodies()
        undo_stack.append((desk.apply(step(desk, changes, single=False)), before))
    for move in moves:
        before = desk.bodies()
        if move == "undo" and undo_stack:
            edit, shown = undo_stack.pop()
            redo_stack.append((desk.apply(edit), before))
            assert desk.bodies() == shown
        elif move == "redo" and redo_stack:
            edit, shown = redo_stack.pop()
            undo_stack.append((desk.apply(edit), before))
            assert desk.bodies() == shown
        elif move == "new":
            undo_stack.append((desk.apply(step(desk, fresh, single=False)), before))
            redo_stack.clear()
