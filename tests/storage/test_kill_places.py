"""Work and attachments survive a death, and a disk that refuses, at any step; `kill_places` does it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

KILL_PLACES = Path(__file__).with_name("kill_places.py")
MEMORY = Path("/dev/shm")  # a kill loses nothing the kernel has: a real disk would only be slower


def outcome(mode: str, places: int, tmp_path: Path) -> dict[str, int]:
    ground = MEMORY / tmp_path.name if MEMORY.is_dir() else tmp_path / "ground"
    answer = subprocess.run(
        [sys.executable, KILL_PLACES, mode, str(places), ground],
        capture_output=True,
        text=True,
        check=False,
        timeout=150,
    )
    assert answer.returncode == 0, answer.stderr
    found: dict[str, int] = json.loads(answer.stdout)
    if found.get("unavailable"):
        pytest.skip("the sqlite3 module brings its own SQLite: no edge to cut at")
    assert found["tried"] > min(places, found["steps"]) * 0.7
    return found


def test_killed_at_any_step_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    found = outcome("kill", 40, tmp_path)
    assert found == {"steps": found["steps"], "tried": found["tried"], "broken": 0}


def test_killed_while_a_project_is_made_its_place_stays_usable(tmp_path: Path) -> None:
    found = outcome("create", 100, tmp_path)
    assert found == {"steps": found["steps"], "tried": found["tried"], "broken": 0}


@pytest.mark.parametrize(("control", "share"), [("early", 0.5), ("no-journal", 0.25)])
def test_the_test_of_kills_has_teeth(tmp_path: Path, control: str, share: float) -> None:
    found = outcome(control, 20, tmp_path)
    assert found["broken"] > 20 * share


@pytest.mark.parametrize("mode", ["full-once", "full", "io-once", "io"])
def test_a_disk_that_refuses_at_any_step_is_told_of_and_costs_nothing(
    tmp_path: Path, mode: str
) -> None:
    found = outcome(mode, 12, tmp_path)
    assert found == {"steps": found["steps"], "tried": found["tried"], "broken": 0}


@pytest.mark.torture
@pytest.mark.parametrize("mode", ["kill", "full-once", "full", "io-once", "io"])
def test_every_step_there_is(tmp_path: Path, mode: str) -> None:
    found = outcome(mode, 400, tmp_path)
    assert found["broken"] == 0
