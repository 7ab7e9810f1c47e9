from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.ui.later_start import answer_later_start, is_same_folder


class Window(QWidget):
    """What a later start does to a window with a project."""

    def __init__(self, opened: Path | None) -> None:
        super().__init__()
        self.opened = opened
        self.wanted: list[Path] = []
        self.said: list[str] = []

    def hear(self, project: Path | None) -> None:
        answer_later_start(
            self,
            project,
            opened=self.opened,
            open_folder=self.wanted.append,
            say=self.said.append,
        )


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    made = Window(tmp_path)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def test_a_later_start_opens_its_project_unless_that_is_open(
    window: Window, tmp_path: Path
) -> None:
    other = tmp_path / "อื่น"
    for project in (None, tmp_path, tmp_path / ".", other):
        window.hear(project)

    assert window.wanted == [other]
    assert window.said == []


def test_a_dialog_does_not_lose_its_project_to_a_later_start(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    dialog = QDialog(window)
    dialog.open()
    qtbot.waitExposed(dialog)

    window.hear(None)
    window.hear(tmp_path)
    assert window.said == []
    window.hear(tmp_path / "อื่น")

    assert window.wanted == []
    assert "หน้าต่างย่อย" in window.said[0]
    dialog.close()


def test_one_folder_is_one_however_it_is_spelled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "งาน เล็ก.esaproj"
    place.mkdir()
    monkeypatch.chdir(tmp_path)

    assert is_same_folder(Path(place.name), place)
    assert not is_same_folder(place, tmp_path)
    assert is_same_folder(Path("ไม่มี"), tmp_path / "ไม่มี")
    assert not is_same_folder(Path("ไม่มี"), place)
