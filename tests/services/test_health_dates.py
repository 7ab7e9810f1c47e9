from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from esa_desktop.services.health_dates import EVERY, NAME, check_is_due, remember_check

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_a_project_never_checked_is_due_and_then_not_for_a_week(tmp_path: Path) -> None:
    assert check_is_due(tmp_path, "p1", NOON)
    remember_check(tmp_path, "p1", NOON)
    assert not check_is_due(tmp_path, "p1", NOON + EVERY - timedelta(minutes=1))
    assert check_is_due(tmp_path, "p1", NOON + EVERY)
    assert check_is_due(tmp_path, "p2", NOON)


def test_a_clock_thrown_back_does_not_put_the_check_off_for_years(tmp_path: Path) -> None:
    remember_check(tmp_path, "p1", NOON + timedelta(days=400))
    assert check_is_due(tmp_path, "p1", NOON)


@pytest.mark.parametrize("content", [b"", b"[]", b'{"p1": 7}', b'{"p1": "soon"}', b"\xff" * 9])
def test_nonsense_in_the_file_makes_the_check_due(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    assert check_is_due(tmp_path, "p1", NOON)
    remember_check(tmp_path, "p1", NOON)
    assert not check_is_due(tmp_path, "p1", NOON)
