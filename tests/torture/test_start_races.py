"""Several starts at the same instant; `start_races` does it."""

from pathlib import Path

from tests.torture.harness import outcome


def test_of_several_starts_at_once_never_two_win(tmp_path: Path) -> None:
    found = outcome("start_races", 8, "{ground}", "--jobs", 8, ground=tmp_path)
    assert found["broken"] == 0, found
    assert found["ended"].get("1 won", 0) > 0


def test_without_the_lock_two_would_win(tmp_path: Path) -> None:
    found = outcome("start_races", 3, "{ground}", "--control", ground=tmp_path)
    assert found["broken"] > 0
