import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.ui.reason_edit import ReasonEdit
from esa_desktop.ui.text_binding import LONGEST_MS


class Line:
    """A line for a reason and what it said to the pane around it."""

    def __init__(self, around: QWidget) -> None:
        self.around = around  # or Python would delete it
        self.edit = ReasonEdit(around)
        self.typed: list[str] = []
        self.visits = 0
        self.edit.typing.connect(self.typed.append)
        self.edit.finished.connect(self._count)

    def _count(self) -> None:
        self.visits += 1


@pytest.fixture
def line(qtbot: QtBot) -> Line:
    around = QWidget()
    qtbot.addWidget(around)
    made = Line(around)
    made.edit.resize(400, 30)
    with qtbot.waitActive(around):
        around.show()
        around.activateWindow()
    made.edit.setFocus()
    return made


def test_a_pause_hands_over_what_was_typed_and_the_visit_goes_on(qtbot: QtBot, line: Line) -> None:
    QTest.keyClicks(line.edit, "because ")
    assert (line.edit.is_unread, line.typed) == (True, [])
    qtbot.waitUntil(lambda: bool(line.typed), timeout=LONGEST_MS + 1000)
    assert line.typed == ["because"]
    assert line.edit.text() == "because "
    assert (line.edit.is_unread, line.visits) == (False, 0)


def test_somebody_who_never_pauses_is_saved_all_the_same(qtbot: QtBot, line: Line) -> None:
    for _ in range(LONGEST_MS // 50 + 10):
        QTest.keyClicks(line.edit, "a")
        qtbot.wait(50)
        if line.typed:
            break
    assert line.typed


def test_saving_now_hands_over_once(line: Line) -> None:
    QTest.keyClicks(line.edit, "now")
    line.edit.save()
    line.edit.save()
    assert (line.typed, line.edit.is_unread) == (["now"], False)


def test_the_last_words_are_handed_over_before_the_visit_ends(line: Line) -> None:
    QTest.keyClicks(line.edit, "all")
    QTest.keyClick(line.edit, Qt.Key.Key_Return)
    line.edit.finish()
    assert (line.typed, line.visits, line.edit.is_unread) == (["all"], 1, False)


def test_looking_at_a_reason_with_line_breaks_changes_nothing(line: Line) -> None:
    line.edit.show_reason("ข้อแรก\nข้อสอง ")
    assert line.edit.text() == "ข้อแรก ข้อสอง "
    QTest.keyClick(line.edit, Qt.Key.Key_Return)
    line.edit.finish()
    assert (line.typed, line.visits) == ([], 0)


def test_typing_a_letter_and_taking_it_back_gives_the_reason_with_its_line_breaks(
    line: Line,
) -> None:
    line.edit.show_reason("ข้อแรก\nข้อสอง")
    line.edit.end(False)
    QTest.keyClicks(line.edit, "x")
    line.edit.save()
    QTest.keyClick(line.edit, Qt.Key.Key_Backspace)
    line.edit.finish()
    assert line.typed == ["ข้อแรก ข้อสองx", "ข้อแรก\nข้อสอง"]


def test_a_change_from_elsewhere_shows_only_when_nobody_types(line: Line) -> None:
    QTest.keyClicks(line.edit, "mine")
    line.edit.show_reason("theirs")
    assert line.edit.text() == "mine"
    line.edit.finish()
    assert (line.typed, line.edit.text()) == (["mine"], "theirs")
    line.edit.show_reason("later")
    assert line.edit.text() == "later"
