"""The real command line killed from outside; `command_line_kills` does it."""

from pathlib import Path

from tests.torture.harness import outcome


def test_a_command_killed_from_outside_leaves_a_project_that_opens(tmp_path: Path) -> None:
    found = outcome("command_line_kills", 6, "{ground}", ground=tmp_path)
    assert found["broken"] == 0, found["found"]
    assert found["tried"] >= 5


def test_without_a_journal_a_killed_command_would_leave_a_broken_one(tmp_path: Path) -> None:
    found = outcome("command_line_kills", 8, "{ground}", "--control", ground=tmp_path)
    assert found["broken"] > 0
