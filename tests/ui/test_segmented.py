import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from esa_desktop.ui.segmented import SegmentedSwitch

PAPERS = {"a4-landscape": "แนวนอน", "a4-portrait": "แนวตั้ง"}


@pytest.fixture
def switch(qtbot: QtBot) -> SegmentedSwitch:
    made = SegmentedSwitch("กระดาษ", PAPERS)
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_first_choice_holds_until_another_is_made(
    qtbot: QtBot, switch: SegmentedSwitch
) -> None:
    assert switch.value == "a4-landscape"

    with qtbot.waitSignal(switch.chosen) as told:
        switch.findChildren(QPushButton)[1].click()

    assert told.args == ["a4-portrait"]
    assert switch.value == "a4-portrait"


def test_what_the_program_sets_is_no_choice_of_a_person(switch: SegmentedSwitch) -> None:
    told: list[str] = []
    switch.chosen.connect(told.append)

    switch.set_value("a4-portrait")

    assert (switch.value, told) == ("a4-portrait", [])
    with pytest.raises(KeyError):
        switch.set_value("a3")


def test_the_arrow_keys_move_the_choice(qtbot: QtBot, switch: SegmentedSwitch) -> None:
    first = switch.findChildren(QPushButton)[0]
    first.setFocus()

    with qtbot.waitSignal(switch.chosen, timeout=1000):
        qtbot.keyClick(first, Qt.Key.Key_Right)

    assert switch.value == "a4-portrait"


def test_tab_stops_at_the_chosen_one_and_arrows_lead_to_the_others(qtbot: QtBot) -> None:
    switch = SegmentedSwitch("กระดาษ", PAPERS)
    qtbot.addWidget(switch)
    switch.set_value("a4-portrait")
    switch.show()
    chosen = next(b for b in switch.findChildren(QPushButton) if b.isChecked())
    other = next(b for b in switch.findChildren(QPushButton) if not b.isChecked())
    assert chosen.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert not other.focusPolicy() & Qt.FocusPolicy.TabFocus

    chosen.setFocus()
    with qtbot.waitSignal(switch.chosen) as told:
        qtbot.keyClick(chosen, Qt.Key.Key_Left)

    assert told.args == ["a4-landscape"]
    assert other.focusPolicy() & Qt.FocusPolicy.TabFocus
    qtbot.keyClick(other, Qt.Key.Key_Left)
    assert switch.value == "a4-landscape"
