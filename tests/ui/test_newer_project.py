"""A project of a newer program, in the window and on the command line: one sentence, and no traceback."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from esa_desktop import cli
from esa_desktop.app import make_window
from esa_desktop.storage.layout import database_of
from esa_desktop.ui.main_window import MainWindow
from esa_desktop.ui.preferences import read_preferences
from tests.projects import new_project
from tests.storage.test_program_mark import mark


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    place = new_project(tmp_path)
    mark(place, "9.3.1", schema=2)
    return place


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    made = make_window()
    made.show_welcome()
    made.show()
    yield made
    made.close()
    made.deleteLater()


def test_the_window_says_it_and_leaves_the_file_alone(window: MainWindow, newer: Path) -> None:
    before = database_of(newer).read_bytes()

    assert not window.open_folder(newer)

    words = " ".join(label.text() for label in window.banner.findChildren(QLabel))
    assert window.banner.isVisible()
    assert "รุ่น ๙.๓.๑" in words
    assert "ขอไฟล์ติดตั้งรุ่นใหม่" in words
    assert database_of(newer).read_bytes() == before


@pytest.mark.parametrize(
    "words", [["show"], ["show", "--json"], ["check"], ["backup"], ["history", "1.1.1", "method"]]
)
def test_every_command_says_it_in_one_line_and_exits_with_two(
    newer: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    command, *rest = words
    assert cli.run([command, str(newer), *rest]) == 2

    told = capsys.readouterr().err
    assert "รุ่น ๙.๓.๑" in told
    assert told.count("\n") == 1
    assert "Traceback" not in told


def test_preferences_of_a_newer_program_are_used_and_what_is_unknown_stays(tmp_path: Path) -> None:
    file = tmp_path / "preferences.json"
    file.write_text(
        '{"theme": "dark", "text_zoom": 1.5, "telepathy": {"on": true}, "known": ["tour", 5],'
        ' "recent": [{"folder": 7}, "x"], "splitters": [1], "geometry": {"a": 1}}'
    )
    preferences = read_preferences(tmp_path)

    assert preferences.dark is True
    assert preferences.text_zoom == 1.5
    assert preferences.knows("tour")
    preferences.text_zoom = 1.25

    assert '"telepathy": {' in file.read_text("utf-8")
    assert read_preferences(tmp_path).text_zoom == 1.25
