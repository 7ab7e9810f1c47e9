import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from esa_desktop.ui.framework_model import Role
from esa_desktop.ui.issue_picker_dialog import IssuePickerDialog
from esa_desktop.ui.theme import apply_theme
from tests.ui.rounds import Desk
from tests.ui.test_framework_model import rows


class Picker:
    def __init__(self, qtbot: QtBot) -> None:
        self.dialog = IssuePickerDialog(
            Desk().editor,
            title="ย้ายไปประเด็นอื่น",
            advice="๑.๒.๒-๐๑ คำสั่ง",
            verb="ย้ายไปประเด็นนี้",
            without=["learn-2"],
        )
        qtbot.addWidget(self.dialog)
        self.picked: list[str] = []
        self.dialog.picked.connect(self.picked.append)
        self.dialog.open()

    def type(self, text: str) -> None:
        self.dialog.search.setText(text)

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.dialog.focusWidget(), key)


@pytest.fixture
def picker(qtbot: QtBot, qapp: QApplication) -> Picker:
    apply_theme(qapp, dark=False)
    return Picker(qtbot)


def test_every_issue_is_offered_but_those_left_out(picker: Picker) -> None:
    shown = rows(picker.dialog.tree.model())

    assert "1.2.1" in shown
    assert "1.2.2" not in shown


def test_a_code_and_enter_are_enough(picker: Picker) -> None:
    picker.type("๑.๒.๓")
    picker.press(Qt.Key.Key_Return)

    assert picker.picked == ["learn-3"]
    assert not picker.dialog.isVisible()


def test_arrows_walk_the_tree_while_the_field_keeps_the_cursor(picker: Picker) -> None:
    picker.type("1.2")
    picker.press(Qt.Key.Key_Down)
    picker.press(Qt.Key.Key_Return)

    assert picker.picked == ["learn-3"]


def test_nothing_can_be_taken_before_an_issue_is_pointed_at(picker: Picker) -> None:
    before = picker.dialog.take.isEnabled()

    heading = picker.dialog.tree.visualRect(picker.dialog.tree.model().index(0, 0))
    place = QPoint(200, heading.center().y())
    QTest.mouseClick(picker.dialog.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert not before
    assert not picker.dialog.take.isEnabled()
    assert picker.dialog.take.toolTip() == "เลือกประเด็นก่อน"


def test_a_click_points_and_the_button_takes(picker: Picker) -> None:
    tree = picker.dialog.tree
    picker.type("ดีเด่น")
    index = tree.currentIndex()
    place = QPoint(200, tree.visualRect(index).center().y())

    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
    waiting = list(picker.picked)
    QTest.mouseClick(picker.dialog.take, Qt.MouseButton.LeftButton)

    assert index.data(Role.ID) is None or waiting == []
    assert picker.picked == ["free-1"]


def test_enter_in_the_tree_takes_the_issue_there(picker: Picker) -> None:
    picker.type("1.1.2")
    picker.dialog.tree.setFocus()

    QTest.keyClick(picker.dialog.tree, Qt.Key.Key_Return)

    assert picker.picked == ["good-2"]


def test_words_nobody_used_find_nothing_and_say_so(picker: Picker) -> None:
    picker.type("ไม่มีคำนี้")
    picker.press(Qt.Key.Key_Return)

    assert not picker.dialog.tree.isVisible()
    assert picker.picked == []
    assert picker.dialog.isVisible()


def test_esc_picks_nothing(picker: Picker) -> None:
    picker.type("1.1.2")
    picker.press(Qt.Key.Key_Escape)

    assert picker.picked == []
    assert not picker.dialog.isVisible()
