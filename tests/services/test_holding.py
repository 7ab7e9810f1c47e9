from pathlib import Path

from esa_desktop.services.holding import who_holds
from tests.projects import OTHER, new_project, opened


def test_whoever_has_it_open_is_named_while_it_is_open(tmp_path: Path) -> None:
    place = new_project(tmp_path)
    assert who_holds(place) == ""

    with opened(place, who=OTHER):
        assert OTHER.author in who_holds(place)
        assert OTHER.computer in who_holds(place)

    assert who_holds(place) == ""


def test_a_damaged_word_is_none(tmp_path: Path) -> None:
    (tmp_path / "lock.json").write_bytes(b"\xff{")

    assert who_holds(tmp_path) == ""
