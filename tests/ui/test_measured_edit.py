import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.domain.fields import Kind, indicator_field
from esa_desktop.ui.indicator_pane import IndicatorPane
from esa_desktop.ui.unsettled_banner import UnsettledBanner
from tests.keys import type_words
from tests.kinds_of_indicator import PRIDE, SATISFIED, SCHOOLS, YEAR, framework
from tests.ui.rounds import Desk, two_heads


@pytest.fixture
def desk() -> Desk:
    return Desk(framework())


@pytest.fixture
def pane(qtbot: QtBot, desk: Desk) -> IndicatorPane:
    return opened(qtbot, desk)


def opened(qtbot: QtBot, desk: Desk, node: str = SATISFIED) -> IndicatorPane:
    pane = IndicatorPane(desk.editor, desk.undo.push_edit, desk.undo.push_done)
    qtbot.addWidget(pane)
    pane.resize(828, 588)
    pane.show_indicator(node)
    with qtbot.waitActive(pane):
        pane.show()
        pane.activateWindow()
    return pane


def advice(pane: IndicatorPane) -> str:
    return " ".join(label.text() for label in pane.levels.findChildren(QLabel))


def value(desk: Desk, node: str = SATISFIED) -> str:
    return desk.editor.round.indicator(node).measured


def test_only_an_indicator_that_measures_asks_for_a_value(pane: IndicatorPane) -> None:
    seen = []
    for node in (SATISFIED, SCHOOLS, PRIDE, "counted", "best-works"):
        pane.show_indicator(node)
        seen.append(pane.input.measured.isVisible())
    assert seen == [True, True, False, False, False]


def test_thai_digits_are_one_step_for_undo_and_the_rubric_follows_while_they_are_typed(
    qtbot: QtBot, pane: IndicatorPane, desk: Desk
) -> None:
    line = pane.input.measured.line
    line.setFocus()
    type_words(line, "๘๗.๕๐")
    assert value(desk) == ""
    qtbot.waitUntil(lambda: value(desk) == "87.50")
    assert "ระดับตามเกณฑ์ ๔ : ร้อยละ ๘๗.๕๐ ถึงค่าขั้นต่ำของระดับ ๔" in advice(pane)
    assert desk.undo.count() == 0
    type_words(line, "\n")
    assert (desk.undo.count(), desk.undo.undoText()) == (1, "แก้ค่าที่วัดได้ ตัวบ่งชี้ที่ ๒.๑")
    desk.undo.undo()
    assert (value(desk), line.text()) == ("", "")
    desk.undo.redo()
    assert (value(desk), line.text()) == ("87.50", "๘๗.๕๐")


def test_arabic_digits_and_a_percent_sign_are_understood_and_shown_in_thai(
    qtbot: QtBot, pane: IndicatorPane, desk: Desk
) -> None:
    line = pane.input.measured.line
    qtbot.keyClicks(line, "90.5 %")
    pane.leave()
    assert (value(desk), line.text()) == ("90.5", "๙๐.๕")


def test_what_is_no_number_is_told_beside_the_line_and_stays_there_to_be_mended(
    pane: IndicatorPane, desk: Desk
) -> None:
    desk.set(SATISFIED, Kind.MEASURED, "80")
    edit = pane.input.measured
    edit.line.clear()
    type_words(edit.line, "ประมาณ ๘๗")
    pane.leave()
    assert edit.trouble.isVisible()
    assert "ไม่ใช่ตัวเลข" in edit.trouble.text()
    assert edit.line.accessibleDescription() == edit.trouble.text()
    assert (edit.line.text(), value(desk)) == ("ประมาณ ๘๗", "80")
    desk.set(SATISFIED, Kind.REASON, "อื่น")
    assert edit.line.text() == "ประมาณ ๘๗"
    edit.line.clear()
    type_words(edit.line, "๘๗\n")
    assert not edit.trouble.isVisible()
    assert value(desk) == "87"


def test_no_percentage_lies_above_a_hundred_and_a_number_may(
    pane: IndicatorPane, desk: Desk
) -> None:
    type_words(pane.input.measured.line, "๑๒๐\n")
    assert "๐ ถึง ๑๐๐" in pane.input.measured.trouble.text()
    assert value(desk) == ""
    pane.show_indicator(SCHOOLS)
    assert not pane.input.measured.trouble.isVisible()
    assert pane.input.measured.line.text() == ""
    type_words(pane.input.measured.line, "๑๒๐\n")
    assert value(desk, SCHOOLS) == "120"


def test_a_value_that_was_begun_belongs_to_the_indicator_it_was_typed_for(
    pane: IndicatorPane, desk: Desk
) -> None:
    type_words(pane.input.measured.line, "๗๑")
    pane.show_indicator(SCHOOLS)
    assert (value(desk), value(desk, SCHOOLS)) == ("71", "")
    assert desk.undo.count() == 1


def test_an_emptied_line_takes_the_value_away(
    qtbot: QtBot, pane: IndicatorPane, desk: Desk
) -> None:
    desk.set(SATISFIED, Kind.MEASURED, "80")
    line = pane.input.measured.line
    line.setFocus()
    line.selectAll()
    qtbot.keyClick(line, Qt.Key.Key_Backspace)
    pane.leave()
    assert value(desk) == ""
    assert desk.undo.count() == 1


def test_percent_stands_before_the_line_and_other_units_behind(pane: IndicatorPane) -> None:
    def beside() -> tuple[list[str], list[str]]:
        edit = pane.input.measured
        shown = [w for w in edit.findChildren(QLabel) if w.isVisible() and w is not edit.heading]
        before = [w.text() for w in shown if w.x() < edit.line.x()]
        return before, [w.text() for w in shown if w.x() > edit.line.x()][:1]

    assert beside()[0] == ["ร้อยละ"]
    assert pane.input.measured.line.accessibleName() == "ค่าที่วัดได้ ร้อยละ"
    pane.show_indicator(SCHOOLS)
    QWidget.repaint(pane)
    assert beside()[0] == []
    assert pane.input.measured.line.accessibleName() == "ค่าที่วัดได้ โรงเรียน"


def test_two_values_against_each_other_are_told_and_typing_decides(qtbot: QtBot) -> None:
    field = indicator_field(YEAR, SATISFIED, Kind.MEASURED)
    desk = Desk(framework(), {field: two_heads(field, '"80"', '"85"')})
    pane = opened(qtbot, desk)
    banners = [b.text for b in pane.findChildren(UnsettledBanner) if b.isVisible()]
    assert any("ค่าที่วัดได้" in words for words in banners)
    assert pane.input.measured.line.text() == ""
    type_words(pane.input.measured.line, "๘๕\n")
    assert value(desk) == "85"
    assert not desk.editor.round.unsettled


def test_a_value_is_kept_as_a_draft_while_the_visit_goes_on(
    qtbot: QtBot, pane: IndicatorPane, desk: Desk
) -> None:
    edit = pane.input.measured
    type_words(edit.line, "๙")
    assert edit.is_unread
    edit.save()
    assert not edit.is_unread
    assert desk.editor.is_typing
    qtbot.keyClick(edit.line, Qt.Key.Key_Return)
    assert not desk.editor.is_typing
