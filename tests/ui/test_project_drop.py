from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from esa_desktop.ui.project_drop import ProjectDrop, place_in, project_of
from tests.projects import new_project


def carried(*places: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(place)) for place in places])
    return mime


def drop(page: ProjectDrop, mime: QMimeData) -> bool:
    """Whether it was taken."""
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, mime, buttons, keys)
    enter.ignore()
    QApplication.sendEvent(page, enter)
    if not enter.isAccepted():
        return False
    assert page.property("chosen") is True
    event = QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, mime, buttons, keys)
    QApplication.sendEvent(page, event)
    assert page.property("chosen") is False
    return True


@pytest.fixture
def page(qtbot: QtBot) -> ProjectDrop:
    made = ProjectDrop()
    qtbot.addWidget(made)
    return made


def test_a_folder_or_a_file_in_it_is_the_project(page: ProjectDrop, tmp_path: Path) -> None:
    place = new_project(tmp_path)
    heard: list[Path] = []
    page.dropped.connect(heard.append)

    for what in (place, place / "project.db", place / "evidence"):
        assert drop(page, carried(what))

    assert heard == [place, place, place]


def test_words_and_web_addresses_are_not_taken(page: ProjectDrop) -> None:
    mime = QMimeData()
    mime.setText("ข้อความ")
    mime.setUrls([QUrl("https://example.org/a")])

    assert not drop(page, mime)
    assert place_in(mime) is None


def test_what_is_no_project_is_handed_on_as_it_is(tmp_path: Path) -> None:
    other = tmp_path / "แผน.docx"
    other.write_bytes(b"x")

    assert project_of(other) == other
