import json
import shutil
from pathlib import Path

import pytest

from esa_desktop.domain.fields import OFFICE_FIELD
from esa_desktop.services.changes import Change
from esa_desktop.services.identity import Who
from esa_desktop.services.last_seen import (
    FILE,
    MOST,
    NotCompared,
    Seen,
    last_seen,
    remember_seen,
    seen_now,
    unseen_changes,
)
from esa_desktop.services.projects import Project
from tests.projects import OTHER, WHO, new_project, opened

HERE = Path("/งาน/ที่นี่.esaproj")
THERE = Path("/งาน/ที่อื่น.esaproj")


def visit(
    profile: Path, place: Path, *names: str, who: Who = WHO
) -> tuple[Change, ...] | NotCompared:
    """A sitting at this computer: open, be told, write, close."""
    with opened(place, who=who) as project:
        told = unseen_changes(project, last_seen(profile, project.project_id, place))
        write(project, *names)
        seen = seen_now(project)
        assert seen is not None
        remember_seen(profile, project.project_id, place, seen)
    return told


def write(project: Project, *names: str) -> None:
    for name in names:
        project.editor.apply(project.editor.change(OFFICE_FIELD, name))


def others_write(place: Path, *names: str) -> None:
    """At a computer of theirs."""
    with opened(place, who=OTHER) as project:
        write(project, *names)


def test_what_came_after_the_last_visit_is_told(tmp_path: Path, profile: Path) -> None:
    place = new_project(tmp_path)
    visit(profile, place)
    others_write(place, "สพป.อื่น")

    told = visit(profile, place)

    assert isinstance(told, tuple)
    assert [change.field for change in told] == [OFFICE_FIELD]
    assert visit(profile, place) == ()


def test_a_visit_to_another_copy_does_not_hide_what_others_changed_in_this_one(
    tmp_path: Path, profile: Path
) -> None:
    place, stick = new_project(tmp_path), tmp_path / "สำเนา.esaproj"
    visit(profile, place, "สพป.หนึ่ง")
    shutil.copytree(place, stick)
    visit(profile, stick, "สพป.สอง", "สพป.สาม")
    others_write(place, "สพป.อื่น")

    told = visit(profile, place)

    assert isinstance(told, tuple)
    assert [(change.count, change.is_own) for change in told] == [(1, False)]


@pytest.mark.parametrize("name", ["ชื่อใหม่.esaproj", "../F/งาน.esaproj"])
def test_a_folder_that_was_moved_is_compared_all_the_same(
    tmp_path: Path, profile: Path, name: str
) -> None:
    """A stick may get another letter."""
    (tmp_path / "E").mkdir()
    (tmp_path / "F").mkdir()
    place = new_project(tmp_path / "E")
    visit(profile, place)
    others_write(place, "สพป.อื่น")

    told = visit(profile, place.rename(place.parent / name))

    assert isinstance(told, tuple)
    assert len(told) == 1


def test_the_farthest_of_the_visits_that_fit_is_what_a_new_folder_is_compared_with(
    tmp_path: Path, profile: Path
) -> None:
    place = new_project(tmp_path)
    early, late = tmp_path / "ก่อน.esaproj", tmp_path / "หลัง.esaproj"
    visit(profile, place)
    shutil.copytree(place, early)
    visit(profile, place, "สพป.หนึ่ง")
    visit(profile, early)  # the visit remembered last, but not the farthest
    shutil.copytree(place, late)

    assert visit(profile, late) == ()


def test_of_a_project_never_seen_nobody_can_say_what_is_new(tmp_path: Path, profile: Path) -> None:
    assert visit(profile, new_project(tmp_path)) is NotCompared.NEVER_SEEN


def test_a_project_is_not_compared_with_another(tmp_path: Path, profile: Path) -> None:
    (tmp_path / "second").mkdir()
    visit(profile, new_project(tmp_path / "second"))

    assert visit(profile, new_project(tmp_path)) is NotCompared.NEVER_SEEN


@pytest.mark.parametrize("names", [(), ("สพป.สอง", "สพป.สาม", "สพป.สี่")])
def test_an_older_state_in_the_same_folder_is_not_called_unchanged(
    tmp_path: Path, profile: Path, names: tuple[str, ...]
) -> None:
    """Also where it went on, and the numbers stand for something else."""
    place, old = new_project(tmp_path), tmp_path / "เก่า.esaproj"
    visit(profile, place)
    shutil.copytree(place, old)
    visit(profile, old)
    visit(profile, place, "สพป.หนึ่ง")
    shutil.rmtree(place)
    old.rename(place)
    others_write(place, *names)

    assert visit(profile, place) is NotCompared.OTHER_STATE


@pytest.mark.parametrize("said", ["", [], 3, {"seq": "x", "revision": "r"}, {}, None])
def test_a_damaged_note_is_as_if_there_were_none(profile: Path, said: object) -> None:
    remember_seen(profile, "p", HERE, Seen(3, "r"))
    (key,) = json.loads((profile / FILE).read_text("ascii"))
    (profile / FILE).write_text(json.dumps({key: said}), encoding="ascii")

    assert last_seen(profile, "p", HERE) == ()
    remember_seen(profile, "p", HERE, Seen(3, "r"))
    assert last_seen(profile, "p", HERE) == (Seen(3, "r"),)


def test_only_the_folders_opened_last_are_remembered(profile: Path) -> None:
    for number in range(MOST + 5):
        remember_seen(profile, f"p{number}", HERE, Seen(number, "r"))
    remember_seen(profile, "p5", HERE, Seen(9, "s"))
    remember_seen(profile, "p5", THERE, Seen(1, "r"))

    known = json.loads((profile / FILE).read_text("ascii"))

    assert len(known) == MOST
    assert last_seen(profile, "p4", HERE) == ()
    assert last_seen(profile, "p5", HERE) == (Seen(9, "s"),)


def test_a_folder_that_cannot_be_written_to_costs_nothing_but_the_note(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")

    remember_seen(blocked, "p", HERE, Seen(1, "r"))

    assert last_seen(blocked, "p", HERE) == ()
