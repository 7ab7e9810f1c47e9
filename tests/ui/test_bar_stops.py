from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.app import open_window
from esa_desktop.domain.errors import ReportError
from esa_desktop.ui.banner import Banner, BannerButton
from esa_desktop.ui.main_window import MainWindow
from esa_desktop.ui.notices import Notice
from tests.projects import new_project


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    made = open_window(new_project(tmp_path))
    made.resize(1366, 900)  # room for two notices
    made.activateWindow()
    qtbot.waitExposed(made)
    yield made
    made.close()
    made.deleteLater()


def notice(key: str) -> Notice:
    button = BannerButton(f"ดู {key}", lambda: None)
    return Notice(key, 1, "info", f"มีข่าว {key}", "", (button,), close_words="ปิด")


def walked(window: MainWindow, steps: int, key: Qt.Key = Qt.Key.Key_F6) -> list[str]:
    """The bars' buttons by their words, anything else by its name."""
    reached = []
    for _ in range(steps):
        QTest.keyClick(window, key)
        at = window.focusWidget()
        assert at is not None
        reached.append(at.text() if _in_a_bar(at) else at.objectName())
    return reached


def _in_a_bar(widget: QWidget) -> bool:
    return isinstance(widget, QPushButton) and isinstance(widget.parentWidget(), Banner)


def test_f6_comes_by_every_bar_that_is_in_view_before_the_tree(window: MainWindow) -> None:
    assert window.workspace is not None
    window.notices.tell(notice("ก"))
    window.notices.tell(notice("ข"))
    window.workspace.tree.focus_tree()

    QTest.keyClick(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)

    at = window.focusWidget()
    assert isinstance(at, QPushButton)
    assert at.text() == "ดู ข"
    assert walked(window, 1) == ["standardsTree"]
    all_the_way = walked(window, 12)
    first = all_the_way.index("ดู ก")
    assert all_the_way[first : first + 3] == ["ดู ก", "ดู ข", "standardsTree"]


def test_a_cursor_on_the_second_button_of_a_bar_goes_on_from_there(window: MainWindow) -> None:
    window.notices.tell(notice("ก"))
    window.notices.tell(notice("ข"))
    close = [b for b in window.notices.findChildren(QPushButton) if b.text() == "ปิด"]
    close[0].setFocus()

    assert walked(window, 2) == ["ดู ข", "standardsTree"]


def test_an_error_across_the_window_is_a_stop_and_none_when_it_is_closed(
    window: MainWindow,
) -> None:
    window.say(ReportError("พิมพ์ไม่ได้ ลองอีกครั้ง"))
    assert "ปิดข้อความ" in walked(window, 9)

    window.banner.dismiss()

    assert "ปิดข้อความ" not in walked(window, 9)
