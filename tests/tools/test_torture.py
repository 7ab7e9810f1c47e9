from pathlib import Path

import pytest

from tests.torture.scenes import INSIDE
from tools import torture
from tools.torture import PARTS, Row, Run, _add, table


def test_every_scene_is_tortured() -> None:
    assert set(torture.INSIDE) == set(INSIDE)


def test_a_tenth_is_a_tenth_and_never_nothing() -> None:
    run = Run("powercut", 200, before=("kill",), after=("edit",))
    assert run.line(Path("x"), 0.1) == ["tests.torture.powercut", "kill", "20", "x", "edit"]
    assert run.line(Path("x"), 0.0001)[2] == "1"


def test_the_promised_numbers_are_reached() -> None:
    def count(part: str) -> int:
        return sum(run.count for run in PARTS[part] if not run.is_control)

    assert count("cuts") >= 5000
    assert count("disk") >= 1500
    assert count("commands") >= 200
    assert count("window") >= 50
    assert count("typing") >= 200
    assert count("races") >= 200


def test_a_control_that_finds_nothing_spoils_the_part() -> None:
    row = Row("kills")
    _add(row, Run("kill_places"), {"tried": 5, "broken": 0})
    assert row.is_passed
    _add(row, Run("kill_places", is_control=True), {"tried": 5, "broken": 3})
    assert row.is_passed
    _add(row, Run("kill_places", is_control=True), {"tried": 5, "broken": 0})
    assert not row.is_passed


def test_what_failed_is_in_the_table() -> None:
    row = Row("cuts")
    scenes = [{"scene": "edit", "tried": 9, "broken": 2, "found": {"lost": 2}}]
    _add(row, Run("powercut"), {"scenes": scenes})
    assert not row.is_passed
    assert "edit: {'lost': 2}" in table([row])


def test_an_unknown_part_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        torture.main(["everything"])
    assert "kills, cuts" in capsys.readouterr().err
