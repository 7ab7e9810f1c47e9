from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from esa_desktop.app import make_window
from esa_desktop.paths import user_folder
from esa_desktop.services.places import folder_meant
from esa_desktop.storage.layout import OPENER
from esa_desktop.ui.main_window import MainWindow
from tests.projects import new_project


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    window = make_window()
    window.show_welcome()
    window.show()
    yield window
    window.close()
    window.deleteLater()


def double_click(window: MainWindow, file: Path) -> bool:
    """What the program does with the file that the desktop hands it."""
    return window.open_folder(folder_meant(file, user_folder()))


def test_the_file_in_a_project_opens_the_project(window: MainWindow, tmp_path: Path) -> None:
    place = new_project(tmp_path)
    assert double_click(window, place / OPENER)
    assert window.workspace is not None
    assert window.workspace.project.folder == place


@pytest.mark.parametrize("name", ["ส่งงาน.esax", "คำสั่ง.pdf", "หลงทาง.esa"])
def test_another_file_gets_one_sentence_in_the_window(
    window: MainWindow, tmp_path: Path, name: str
) -> None:
    file = tmp_path / name
    file.write_bytes(b"PK")
    assert not double_click(window, file)
    assert window.workspace is None
    assert window.banner.isVisible()
    said = window.banner.accessibleName()
    assert f"“{name}”" in said
    assert "กรุณา" in said


def test_a_package_leaves_the_project_that_is_open(window: MainWindow, tmp_path: Path) -> None:
    place = new_project(tmp_path)
    assert double_click(window, place / OPENER)
    package = tmp_path / "ส่งงาน.esax"
    package.write_bytes(b"PK")
    assert not double_click(window, package)
    assert window.workspace is not None
    assert window.workspace.project.folder == place
    assert "ส่งงาน.esax" in window.banner.accessibleName()
