"""The program killed, or met by a disk that refuses, at exact places; `kill_places` does it."""

from pathlib import Path

import pytest

from tests.torture.harness import broken, outcome, tried
from tests.torture.scenes import INSIDE


def test_killed_at_any_step_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    found = outcome("kill_places", "kill", 5, "{ground}", ground=tmp_path)
    assert broken(found) == {}
    assert tried(found) > len(INSIDE) * 4


def test_commands_killed_at_any_step_leave_a_project_that_opens(tmp_path: Path) -> None:
    found = outcome("kill_places", "kill", 8, "{ground}", "commands", ground=tmp_path)
    assert broken(found) == {}
    assert tried(found) >= 6


def test_the_window_killed_at_any_step_keeps_what_it_called_saved(tmp_path: Path) -> None:
    found = outcome("kill_places", "kill", 4, "{ground}", "window", ground=tmp_path)
    assert broken(found) == {}
    (scene,) = found["scenes"]
    assert scene["steps"] > 200  # it did type, tick, attach and take back


@pytest.mark.parametrize(("control", "share"), [("early", 0.5), ("no-journal", 0.15)])
def test_the_test_of_kills_has_teeth(tmp_path: Path, control: str, share: float) -> None:
    found = outcome("kill_places", control, 12, "{ground}", "edit", "attach", ground=tmp_path)
    assert sum(scene["broken"] for scene in found["scenes"]) > tried(found) * share


@pytest.mark.parametrize("mode", ["full-once", "io-once"])
def test_a_disk_that_refuses_once_at_any_step_is_told_of_and_costs_nothing(
    tmp_path: Path, mode: str
) -> None:
    found = outcome("kill_places", mode, 2, "{ground}", ground=tmp_path)
    assert broken(found) == {}
    assert tried(found) > len(INSIDE)


@pytest.mark.parametrize("mode", ["full", "io"])
def test_a_disk_that_refuses_for_good_is_told_of_and_costs_nothing(
    tmp_path: Path, mode: str
) -> None:
    scenes = ("edit", "attach", "create", "backup", "restore", "migrate", "recover")
    found = outcome("kill_places", mode, 3, "{ground}", *scenes, ground=tmp_path)
    assert broken(found) == {}
    assert tried(found) > len(scenes) * 2
