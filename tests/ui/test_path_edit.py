from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from esa_desktop.app import make_application
from esa_desktop.ui.path_edit import PathEdit

LONG = str(Path("/เอกสารของกลุ่มนโยบายและแผน" * 3) / "แบบประเมิน ตัวบ่งชี้ 1.2.pdf")


@pytest.fixture(autouse=True)
def dressed(qapp: object) -> None:
    """With the program's own fonts and style: what is painted here stands beside what Qt paints."""
    make_application()


def shown(qtbot: QtBot, path: str, width: int = 300) -> PathEdit:
    made = PathEdit(path)
    qtbot.addWidget(made)
    made.resize(width, 34)
    made.show()
    made.clearFocus()
    return made


def picture(edit: QLineEdit) -> QImage:
    return edit.grab().toImage()


def test_at_rest_beginning_and_file_name_are_read_and_the_whole_is_in_the_tooltip(
    qtbot: QtBot,
) -> None:
    edit = shown(qtbot, LONG)

    assert edit.shown().startswith("/เอกสาร")
    assert edit.shown().endswith("1.2.pdf")
    assert "…" in edit.shown()
    assert edit.text() == edit.toolTip() == LONG
    as_told = shown(qtbot, edit.shown(), 320)  # with a little more room it is painted by Qt
    assert as_told.shown() == as_told.text()
    begin = edit.rect().adjusted(14, 4, -60, -4)  # Qt cuts a pixel of the slash at the very left
    assert picture(edit).copy(begin) == picture(as_told).copy(begin)


def test_what_has_room_and_what_is_typed_in_is_shown_as_it_is(qtbot: QtBot) -> None:
    assert shown(qtbot, "/งาน.pdf").shown() == "/งาน.pdf"

    edit, plain = shown(qtbot, LONG), QLineEdit(LONG)
    qtbot.addWidget(plain)
    resting = picture(edit)
    edit.activateWindow()
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    edit.home(False)
    assert picture(edit) != resting
