from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from esa_desktop.services.backing_up import list_backups
from esa_desktop.services.known_copies import note
from esa_desktop.services.last_seen import remember_seen, seen_now
from esa_desktop.services.projects import open_project
from esa_desktop.services.recent_backups import Outcome, State, back_up_recent, recent_folders
from esa_desktop.storage.layout import DATABASE
from esa_desktop.storage.lock import Holder, write_holder
from tests.projects import OTHER, WHO, new_project


@pytest.fixture
def user(tmp_path: Path) -> Path:
    return tmp_path / "user"


def opened_once(user: Path, place: Path) -> Path:
    """A project that this user had open and closed again."""
    new_project(place.parent).rename(place)
    project = open_project(place, who=WHO)
    note(user, project)
    project.close()
    return place


def outcomes(user: Path) -> dict[str, Outcome]:
    return {one.folder.name: one for one in back_up_recent(user, WHO)}


def test_every_project_opened_lately_is_backed_up(user: Path, tmp_path: Path) -> None:
    places = [opened_once(user, tmp_path / f"งาน {n}.esaproj") for n in (1, 2)]
    found = outcomes(user)
    assert [found[place.name].state for place in places] == [State.MADE] * 2
    for place in places:
        (made,) = list_backups(place)
        assert made.folder == found[place.name].backup


def test_what_has_not_changed_is_not_backed_up_again(user: Path, tmp_path: Path) -> None:
    place = opened_once(user, tmp_path / "งาน.esaproj")
    outcomes(user)
    (again,) = outcomes(user).values()
    assert again.state is State.UNCHANGED
    assert len(list_backups(place)) == 1


def test_a_project_that_was_only_seen_is_known_too_and_none_twice(
    user: Path, tmp_path: Path
) -> None:
    place = opened_once(user, tmp_path / "งาน.esaproj")
    project = open_project(place, who=WHO)
    seen = seen_now(project)
    assert seen is not None
    remember_seen(user, project.project_id, place, seen)
    project.close()
    assert recent_folders(user) == (place,)
    for file in (user / "copies").iterdir():
        file.unlink()
    assert recent_folders(user) == (place,)


def test_what_is_gone_is_passed_over_in_silence(user: Path, tmp_path: Path) -> None:
    place = opened_once(user, tmp_path / "งาน.esaproj")
    place.rename(tmp_path / "ที่อื่น.esaproj")
    assert outcomes(user) == {}


def test_a_drive_that_does_not_answer_keeps_nobody_waiting(
    user: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from esa_desktop.services import recent_backups

    dead = opened_once(user, tmp_path / "เครือข่าย.esaproj")
    place = opened_once(user, tmp_path / "ในเครื่อง.esaproj")
    answer, true_one = threading.Event(), recent_backups._is_there

    def slow(folder: Path) -> bool:
        return answer.wait(30) if folder == dead else true_one(folder)

    monkeypatch.setattr(recent_backups, "_is_there", slow)
    monkeypatch.setattr(recent_backups, "PATIENCE", 0.3)
    start = time.monotonic()
    try:
        assert recent_folders(user) == (place,)
        assert time.monotonic() - start < 10
    finally:
        answer.set()


def test_a_project_that_is_open_is_no_failure(user: Path, tmp_path: Path) -> None:
    place = opened_once(user, tmp_path / "งาน.esaproj")
    held = open_project(place, who=OTHER)
    try:
        (told,) = outcomes(user).values()
    finally:
        held.close()
    assert told.state is State.SKIPPED
    assert list_backups(place) == ()


def test_a_project_left_open_elsewhere_is_not_taken_over(user: Path, tmp_path: Path) -> None:
    place = opened_once(user, tmp_path / "งาน.esaproj")
    write_holder(place, Holder("นายธีระ", "PC-๙", "2026-11-22T03:00:00.000+00:00", "device-9"))
    (told,) = outcomes(user).values()
    assert told.state is State.SKIPPED


def test_a_damaged_project_is_told_and_the_next_one_is_backed_up(
    user: Path, tmp_path: Path
) -> None:
    bad = opened_once(user, tmp_path / "เสีย.esaproj")
    good = opened_once(user, tmp_path / "ดี.esaproj")
    content = bytearray((bad / DATABASE).read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    (bad / DATABASE).write_bytes(content)
    found = outcomes(user)
    assert found[bad.name].state is State.FAILED
    assert found[good.name].state is State.MADE


def test_an_unexpected_fault_does_not_keep_the_others_from_it(
    user: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from esa_desktop.services import recent_backups

    opened_once(user, tmp_path / "งาน 1.esaproj")
    opened_once(user, tmp_path / "งาน 2.esaproj")
    true_one = recent_backups.back_up
    calls: list[int] = []

    def fails_once(*given, **named):  # type: ignore[no-untyped-def]
        calls.append(1)
        if len(calls) == 1:
            raise ZeroDivisionError
        return true_one(*given, **named)

    monkeypatch.setattr(recent_backups, "back_up", fails_once)
    states = sorted(one.state for one in back_up_recent(user, WHO))
    assert states == [State.FAILED, State.MADE]
