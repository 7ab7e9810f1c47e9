import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QMainWindow
from pytestqt.qtbot import QtBot

from esa_desktop.ui.jump_popup import JumpPopup
from tests.ui.rounds import FRAMEWORK, wide_framework


class Window(QMainWindow):
    """A window with a search field in its upper right corner."""

    def __init__(self) -> None:
        super().__init__()
        self.resize(900, 500)
        self.field = QLineEdit(self)
        self.field.setGeometry(660, 6, 232, 32)
        self.framework = FRAMEWORK
        self.popup = JumpPopup(self.field, lambda: self.framework)


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    window = Window()
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.field.setFocus()
    return window


def shown(window: Window) -> list[str]:
    assert window.popup.isVisible()
    return [row.spoken.split(" ")[0] for row in window.popup.list.rows.rows]


@pytest.mark.parametrize("keys", ["1.2", "12", "๑.๒"])
def test_a_code_lists_itself_and_what_is_below(qtbot: QtBot, window: Window, keys: str) -> None:
    type_in(qtbot, window, keys)
    assert shown(window) == ["๑.๒", "๑.๒.๑", "๑.๒.๒", "๑.๒.๓", "๑.๒.๔"]
    assert window.field.hasFocus()


def type_in(qtbot: QtBot, window: Window, keys: str) -> None:
    window.field.setText(keys)
    window.field.textEdited.emit(keys)


def test_enter_goes_to_the_first_and_empties_the_field(qtbot: QtBot, window: Window) -> None:
    qtbot.keyClicks(window.field, "1.2.3")
    with qtbot.waitSignal(window.popup.go_to) as went:
        qtbot.keyClick(window.field, Qt.Key.Key_Return)
    assert went.args == ["learn-3"]
    assert window.field.text() == ""
    assert not window.popup.isVisible()


def test_the_arrows_choose_and_stop_at_the_ends(qtbot: QtBot, window: Window) -> None:
    qtbot.keyClicks(window.field, "1.2")
    for _ in range(2):
        qtbot.keyClick(window.field, Qt.Key.Key_Down)
    qtbot.keyClick(window.field, Qt.Key.Key_Up)
    with qtbot.waitSignal(window.popup.go_to) as went:
        qtbot.keyClick(window.field, Qt.Key.Key_Enter)
    assert went.args == ["learn-1"]
    qtbot.keyClicks(window.field, "1.2")
    qtbot.keyClick(window.field, Qt.Key.Key_Up)
    with qtbot.waitSignal(window.popup.go_to) as went:
        qtbot.keyClick(window.field, Qt.Key.Key_Return)
    assert went.args == ["learn"]


def test_a_click_goes_there_and_the_field_keeps_the_focus(qtbot: QtBot, window: Window) -> None:
    type_in(qtbot, window, "คลังความรู้")
    rows = window.popup.list
    qtbot.waitUntil(lambda: rows.visualRect(rows.rows.index(0, 0)).height() > 0)
    place = rows.visualRect(rows.rows.index(0, 0)).center()
    with qtbot.waitSignal(window.popup.go_to) as went:
        qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert went.args == ["good-3"]


def test_escape_empties_hides_and_says_so(qtbot: QtBot, window: Window) -> None:
    qtbot.keyClicks(window.field, "1")
    with qtbot.waitSignal(window.popup.dismissed):
        qtbot.keyClick(window.field, Qt.Key.Key_Escape)
    assert window.field.text() == ""
    assert not window.popup.isVisible()


def test_nothing_found_points_to_the_search_in_the_whole_book(qtbot: QtBot, window: Window) -> None:
    qtbot.keyClicks(window.field, "zzz")
    assert window.popup.isVisible()
    assert not window.popup.list.isVisible()
    window.field.clear()
    qtbot.keyClicks(window.field, " ")
    assert not window.popup.isVisible()


def test_the_list_stays_inside_the_window(qtbot: QtBot, window: Window) -> None:
    window.framework = wide_framework(40)
    qtbot.keyClicks(window.field, "1")
    assert window.rect().contains(window.popup.geometry())
    window.resize(300, 200)
    window.field.setGeometry(60, 6, 232, 32)
    qtbot.keyClicks(window.field, ".")
    assert window.rect().contains(window.popup.geometry())


def test_it_hides_when_the_cursor_goes_elsewhere(qtbot: QtBot, window: Window) -> None:
    other = QLineEdit(window)
    other.setGeometry(10, 200, 100, 30)
    other.show()
    qtbot.keyClicks(window.field, "1")
    other.setFocus()
    assert not window.popup.isVisible()
