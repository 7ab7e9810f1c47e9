from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from esa_desktop.app import make_window
from esa_desktop.domain.errors import WriteForbidden
from esa_desktop.services import projects
from esa_desktop.services.projects import open_project
from esa_desktop.ui.main_window import MainWindow
from tests.projects import OTHER, new_project, opened


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return new_project(tmp_path)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    made = make_window()
    made.show_welcome()
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
    made.deleteLater()


def buttons(window: MainWindow) -> dict[str, QPushButton]:
    found = window.banner.findChildren(QPushButton)
    return {button.text(): button for button in found if not button.isHidden()}


def words(window: MainWindow) -> str:
    return " ".join(label.text() for label in window.banner.findChildren(QLabel))


def leave_open_elsewhere(place: Path) -> None:
    """As a stick is pulled out of another computer: its name stays in the folder."""
    project = open_project(place, who=OTHER)
    lock = (place / "lock.json").read_bytes()
    project.close()
    (place / "lock.json").write_bytes(lock)


def test_what_another_computer_left_open_can_be_taken_over(window: MainWindow, place: Path) -> None:
    leave_open_elsewhere(place)

    assert not window.open_folder(place)
    assert window.workspace is None
    assert OTHER.computer in words(window)
    assert set(buttons(window)) == {"ปิดข้อความ", "เปิดดูอย่างเดียว", "เปิดต่อ"}

    buttons(window)["เปิดต่อ"].click()
    assert window.workspace is not None
    assert not window.workspace.project.read_only
    assert not window.banner.isVisible()


def test_what_another_computer_left_open_can_be_read_and_stays_its_own(
    window: MainWindow, place: Path
) -> None:
    leave_open_elsewhere(place)
    lock = (place / "lock.json").read_bytes()
    window.open_folder(place)

    buttons(window)["เปิดดูอย่างเดียว"].click()

    assert window.workspace is not None
    assert window.workspace.project.read_only
    assert "เปิดดูอย่างเดียว" in window.windowTitle()
    window.close_project()
    assert (place / "lock.json").read_bytes() == lock


def test_what_is_open_elsewhere_is_tried_again_when_it_is_closed_there(
    window: MainWindow, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("esa_desktop.storage.database.PATIENCE", 0)
    with opened(place, who=OTHER):
        assert not window.open_folder(place)
        assert set(buttons(window)) == {"ปิดข้อความ", "เปิดดูอย่างเดียว", "ลองอีกครั้ง"}
        buttons(window)["ลองอีกครั้ง"].click()
        assert window.workspace is None
    buttons(window)["ลองอีกครั้ง"].click()
    assert window.workspace is not None


def test_a_folder_that_may_not_be_written_opens_for_reading(
    window: MainWindow, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise WriteForbidden("เขียนไม่ได้ กรุณาคัดลอก")

    monkeypatch.setattr(projects.Store, "open", refuse)
    assert window.open_folder(place)
    assert window.workspace is not None
    assert window.workspace.project.read_only


def test_where_even_reading_is_refused_the_sentence_is_said_and_nothing_goes_round(
    window: MainWindow, place: Path
) -> None:
    tried = 0

    def refuse(*_: object, **__: object) -> None:
        nonlocal tried
        tried += 1
        raise WriteForbidden("เขียนไม่ได้ กรุณาคัดลอก")

    window._open_project = refuse  # type: ignore[assignment]
    assert not window.open_folder(place)
    assert tried == 2
    assert "กรุณาคัดลอก" in words(window)
    assert window.workspace is None


def test_the_project_that_was_open_comes_back_when_the_other_one_cannot_be_opened(
    window: MainWindow, place: Path, tmp_path: Path
) -> None:
    other = tmp_path / "อื่น"
    other.mkdir()
    locked = new_project(other)
    leave_open_elsewhere(locked)
    window.open_folder(place)

    assert not window.open_folder(locked)

    assert window.workspace is not None
    assert window.workspace.project.folder == place
    buttons(window)["เปิดต่อ"].click()
    assert window.workspace.project.folder == locked


def test_what_was_only_read_is_read_again_where_it_still_cannot_be_opened(
    window: MainWindow, place: Path
) -> None:
    leave_open_elsewhere(place)
    window.open_folder(place, read_only=True)
    assert not window.open_folder(place)
    assert window.workspace is not None
    assert window.workspace.project.read_only
    assert OTHER.computer in words(window)
    buttons(window)["ปิดข้อความ"].click()
    assert not window.banner.isVisible()


def test_a_mistake_of_ours_on_opening_leaves_nothing_closed_in_view(
    window: MainWindow, place: Path
) -> None:
    window.open_folder(place)

    def stumble(*_: object, **__: object) -> None:
        raise TimeoutError

    window._open_project = stumble  # type: ignore[assignment]
    with pytest.raises(TimeoutError):
        window.open_folder(place)
    assert window.workspace is None
    assert window._pages.currentWidget() is window.beginnings.page
    assert not window.action("actionSave").isEnabled()


def test_a_damaged_project_shows_the_way_back_and_no_older_sentence(
    window: MainWindow, place: Path, tmp_path: Path
) -> None:
    window.open_folder(tmp_path / "ไม่มี.esaproj")
    assert window.banner.isVisible()
    (place / "project.db").write_bytes(b"")
    assert not window.open_folder(place)
    assert type(window._pages.currentWidget()).__name__ == "RecoveryPage"
    assert not window.banner.isVisible()
