"""The window killed while somebody types; `typing_kills` does it."""

from pathlib import Path

import pytest

from tests.torture.harness import outcome


@pytest.mark.alone
def test_a_kill_while_typing_costs_at_most_a_second_and_a_half(tmp_path: Path) -> None:
    found = outcome("typing_kills", 6, "{ground}", "--jobs", 3, ground=tmp_path)
    assert found["broken"] == 0, found
    assert found["tried"] == 6


def test_without_drafts_more_would_be_gone(tmp_path: Path) -> None:
    found = outcome("typing_kills", 2, "{ground}", "--jobs", 2, "--control", ground=tmp_path)
    assert found["broken"] == 2
