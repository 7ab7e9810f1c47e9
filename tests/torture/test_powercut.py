"""Power cuts over a disk that forgets what was not flushed; `powercut` does it."""

from pathlib import Path

import pytest

from tests.torture.harness import broken, outcome, tried
from tests.torture.scenes import INSIDE


@pytest.mark.parametrize("disk", ["journaled", "fat"])
def test_after_a_power_cut_all_that_was_acknowledged_is_there(tmp_path: Path, disk: str) -> None:
    found = outcome("powercut", 10, "{ground}", "--disk", disk, ground=tmp_path)
    assert broken(found) == {}
    assert tried(found) == 10 * len(INSIDE)


@pytest.mark.parametrize("control", ["synchronous-normal", "synchronous-off", "journal-in-memory"])
def test_without_a_pragma_work_would_be_lost(tmp_path: Path, control: str) -> None:
    found = outcome("powercut", 40, "{ground}", "edit", "--control", control, ground=tmp_path)
    assert broken(found)


@pytest.mark.parametrize("scene", ["attach", "backup", "mirror"])
def test_without_a_flush_of_our_own_files_they_would_be_lost(tmp_path: Path, scene: str) -> None:
    found = outcome("powercut", 30, "{ground}", scene, "--control", "no-fsync", ground=tmp_path)
    assert broken(found)
