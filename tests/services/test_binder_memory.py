from dataclasses import replace
from pathlib import Path
from typing import Any

from esa_desktop.domain.binder import BinderOptions
from esa_desktop.domain.evidence import Evidence
from esa_desktop.domain.fields import bound_field, item_field, link_field
from esa_desktop.services.binder_changes import Bound, binder_entries, changes_since_last
from esa_desktop.services.binder_memory import (
    MOST_SHELVES,
    bound_before,
    keep_bound,
    options_to_values,
    stored_binder_options,
)
from esa_desktop.services.exporting import keep_options, stored_options
from esa_desktop.services.projects import open_project
from tests.projects import WHO, new_project, opened
from tests.ui.rounds import YEAR, Desk

DAY = "๑ ก.ย. ๒๕๕๗"
AS_A_RULE = BinderOptions()


def attached(*places: tuple[str, str]) -> Desk:
    """A desk with items by name at issues."""
    desk = Desk()
    for rank, (issue, name) in enumerate(places):
        item = Evidence(name, f"1.1.1-{name}", f"รายงาน {name}")
        desk.editor.apply(desk.editor.change(item_field(name), item))
        desk.editor.apply(desk.editor.change(link_field(YEAR, issue, name), f"r{rank}"))
    return desk


def keep(
    desk: Desk,
    options: BinderOptions = AS_A_RULE,
    made: str = DAY,
    *,
    as_chosen: bool = True,
) -> None:
    entries = tuple(binder_entries(desk.editor.round, options))
    keep_bound(desk.editor, options, Bound(made, entries), as_chosen=as_chosen)


def ids(bound: Bound | None) -> list[str]:
    assert bound is not None
    return [entry[0] for entry in bound.items]


def test_what_was_bound_is_remembered_and_nothing_else_changes() -> None:
    desk = attached(("good-1", "a"), ("learn-1", "b"))
    before = desk.editor.round

    keep(desk)

    bound = bound_before(desk.editor, ())
    assert ids(bound) == ["a", "b"]
    assert bound is not None
    assert bound.made == DAY
    assert desk.editor.round == before
    now = list(binder_entries(desk.editor.round, BinderOptions()))
    assert not changes_since_last(bound, now).changed


def test_every_part_of_the_framework_has_a_binder_of_its_own() -> None:
    desk = attached(("good-1", "a"), ("learn-1", "b"))
    one = BinderOptions(scope=("1.2",))

    keep(desk)
    assert bound_before(desk.editor, ("1.2",)) is None
    keep(desk, one, "๒ ก.ย. ๒๕๕๗")

    assert ids(bound_before(desk.editor, ())) == ["a", "b"]
    assert ids(bound_before(desk.editor, ("1.2",))) == ["b"]
    assert bound_before(desk.editor, ("1.1", "1.2")) is None


def test_the_oldest_binders_are_forgotten_first() -> None:
    desk = attached(("good-1", "a"))
    field = bound_field(YEAR)
    shelves = [{"nodes": f"n{n}", "made": DAY, "items": []} for n in range(MOST_SHELVES)]
    desk.editor.apply(desk.editor.change(field, {"shelves": shelves}))

    keep(desk)

    kept = [shelf["nodes"] for shelf in desk.editor.view(field).value["shelves"]]
    assert kept == [*(f"n{n}" for n in range(1, MOST_SHELVES)), ""]


def test_binding_twice_without_a_change_writes_once() -> None:
    desk = attached(("good-1", "a"))
    keep(desk)
    written = len(desk.writes)

    keep(desk)

    assert len(desk.writes) == written


def test_choices_of_the_last_binder_are_offered_again() -> None:
    desk = attached(("good-1", "a"))
    chosen = BinderOptions(
        cover=False,
        corner="bottom-left",
        qr=True,
        certified=True,
        confidential="leave_out",
        most_pages=200,
        most_mb=10.0,
    )

    keep(desk, chosen)

    assert stored_binder_options(desk.editor) == chosen


def test_what_belongs_to_one_binder_is_not_offered_again() -> None:
    desk = attached(("good-1", "a"))

    keep(desk, BinderOptions(scope=("1.1",), only_changed=True, confidential="include", qr=True))

    assert stored_binder_options(desk.editor) == BinderOptions(qr=True)


def test_a_command_leaves_the_choices_of_the_dialog_alone() -> None:
    desk = attached(("good-1", "a"))
    keep(desk, BinderOptions(qr=True))

    keep(desk, BinderOptions(certified=True), "๒ ก.ย. ๒๕๕๗", as_chosen=False)

    assert stored_binder_options(desk.editor) == BinderOptions(qr=True)
    bound = bound_before(desk.editor, ())
    assert bound is not None
    assert bound.made == "๒ ก.ย. ๒๕๕๗"


def test_letters_and_digits_are_those_of_every_print() -> None:
    desk = attached(("good-1", "a"))
    printed = replace(stored_options(desk.editor), font="Sarabun", thai_digits=False)

    keep_options(desk.editor, printed)

    assert stored_binder_options(desk.editor) == BinderOptions(font="Sarabun", thai_digits=False)


def test_values_of_another_version_are_the_defaults() -> None:
    desk = attached(("good-1", "a"))
    odd: dict[str, Any] = {
        "options": {"corner": "middle", "most_mb": "ten", "stamp": 1, "new": 2},
        "shelves": 7,
    }
    odd["options"]["confidential"] = "include"
    desk.editor.apply(desk.editor.change(bound_field(YEAR), odd))

    assert stored_binder_options(desk.editor) == BinderOptions()
    assert bound_before(desk.editor, ()) is None
    desk.editor.apply(
        desk.editor.change(
            bound_field(YEAR), {"shelves": [{"nodes": "", "made": DAY, "items": ["a|b"]}, 3]}
        )
    )
    assert bound_before(desk.editor, ()) is None


def test_only_what_differs_is_stored() -> None:
    assert options_to_values(BinderOptions()) == {}
    assert options_to_values(BinderOptions(qr=True)) == {"qr": True}
    assert options_to_values(BinderOptions(confidential="include")) == {}


def test_it_is_found_again_when_the_project_is_opened_and_is_no_step_to_take_back(
    tmp_path: Path,
) -> None:
    place = new_project(tmp_path)
    with opened(place) as project:
        keep_bound(project.editor, BinderOptions(qr=True), Bound(DAY, ()))

    with opened(place) as project:
        assert stored_binder_options(project.editor).qr
        bound = bound_before(project.editor, ())
        assert bound is not None
        assert bound.made == DAY


def test_a_project_that_is_only_read_forgets_and_says_nothing(tmp_path: Path) -> None:
    place = new_project(tmp_path)
    project = open_project(place, who=WHO, read_only=True)
    try:
        keep_bound(project.editor, BinderOptions(), Bound(DAY, ()))
        assert bound_before(project.editor, ()) is None
    finally:
        project.close()
