import json
import shutil
from pathlib import Path

import pytest

from esa_desktop.domain.fields import OFFICE_FIELD
from esa_desktop.services.last_seen import (
    FILE,
    MOST,
    Seen,
    last_seen,
    remember_seen,
    seen_now,
    unseen_changes,
)
from tests.projects import OTHER, new_project, opened


def test_what_came_after_the_last_visit_is_told(tmp_path: Path, profile: Path) -> None:
    place = new_project(tmp_path)
    with opened(place) as project:
        seen = seen_now(project)
        assert seen is not None
        remember_seen(profile, project.project_id, seen)
    with opened(place, who=OTHER) as project:
        project.editor.apply(project.editor.change(OFFICE_FIELD, "สพป.อื่น"))
    with opened(place) as project:
        known = last_seen(profile, project.project_id)
        told = unseen_changes(project, known)
        again = unseen_changes(project, seen_now(project))

    assert known == seen
    assert [change.field for change in told] == [OFFICE_FIELD]
    assert again == ()


def test_of_a_project_never_seen_nothing_is_new(tmp_path: Path, profile: Path) -> None:
    with opened(new_project(tmp_path)) as project:
        assert last_seen(profile, project.project_id) is None
        assert unseen_changes(project, None) == ()


def test_another_copy_in_which_numbers_mean_something_else_tells_nothing(tmp_path: Path) -> None:
    place = new_project(tmp_path)
    copy = tmp_path / "สำเนา.esaproj"
    shutil.copytree(place, copy)
    with opened(place) as project:
        project.editor.apply(project.editor.change(OFFICE_FIELD, "สพป.หนึ่ง"))
        seen = seen_now(project)
    with opened(copy, who=OTHER) as project:
        shorter = unseen_changes(project, seen)
        for name in ("สพป.สอง", "สพป.สาม", "สพป.สี่"):
            project.editor.apply(project.editor.change(OFFICE_FIELD, name))
        longer = unseen_changes(project, seen)

    assert (shorter, longer) == ((), ())


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{", '{"p": 3}', '{"p": {"seq": "x", "revision": "r"}}', '{"p": {}}', "\x00"],
)
def test_a_damaged_note_is_as_if_there_were_none(profile: Path, content: str) -> None:
    (profile / FILE).write_text(content, encoding="utf-8")

    assert last_seen(profile, "p") is None
    remember_seen(profile, "p", Seen(3, "r"))
    assert last_seen(profile, "p") == Seen(3, "r")


def test_only_the_projects_opened_last_are_remembered(profile: Path) -> None:
    for number in range(MOST + 5):
        remember_seen(profile, f"p{number}", Seen(number, "r"))
    remember_seen(profile, "p5", Seen(9, "s"))
    remember_seen(profile, "new", Seen(1, "r"))

    known = json.loads((profile / FILE).read_text(encoding="utf-8"))

    assert len(known) == MOST
    assert last_seen(profile, "p4") is None
    assert last_seen(profile, "p5") == Seen(9, "s")


def test_a_folder_that_cannot_be_written_to_costs_nothing_but_the_note(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")

    remember_seen(blocked, "p", Seen(1, "r"))

    assert last_seen(blocked, "p") is None
