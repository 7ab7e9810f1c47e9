import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from esa_desktop.domain.fields import Kind, book_field
from esa_desktop.domain.richtext import from_plain
from esa_desktop.ui.search_pane import SearchPane
from tests.ui.rounds import YEAR, Desk


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.set("good-1", Kind.METHOD, from_plain("จัดประชุม ๑๒ ครั้ง\nประชุมย่อย"))
    desk.set("learn-2", Kind.RESULTS, from_plain("ประชุม"))
    desk.set("learn", Kind.SUGGESTIONS, from_plain("ควรประชุม 12 ครั้ง"))
    return desk


@pytest.fixture
def pane(qtbot: QtBot, desk: Desk) -> SearchPane:
    pane = SearchPane(desk.editor)
    qtbot.addWidget(pane)
    pane.resize(800, 500)
    with qtbot.waitActive(pane):
        pane.show()
        pane.activateWindow()
    pane.open()
    return pane


def field(pane: SearchPane) -> QLineEdit:
    found = pane.findChild(QLineEdit, "bookSearchEdit")
    assert isinstance(found, QLineEdit)
    return found


def said(pane: SearchPane) -> str:
    return " ".join(label.text() for label in pane.findChildren(QLabel) if label.isVisible())


def test_hits_follow_the_typing_in_printed_order(qtbot: QtBot, pane: SearchPane) -> None:
    assert field(pane).hasFocus()
    field(pane).setText("ประชุม")
    qtbot.waitUntil(lambda: len(pane.list.rows.rows) == 3)
    assert [row.spoken.split("  ·")[0] for row in pane.list.rows.rows] == [
        "๑.๑.๑  บุคลากรใฝ่รู้ทันการเปลี่ยนแปลง",
        "๑.๒.๒  การแลกเปลี่ยนและเก็บรักษาความรู้",
        "๑.๒  การพัฒนาสู่องค์การแห่งการเรียนรู้",
    ]
    assert "พบ ๔ แห่งใน ๓ ช่อง" in said(pane)


def test_enter_goes_to_the_first_hit_with_the_words(qtbot: QtBot, pane: SearchPane) -> None:
    field(pane).setText("12 ครั้ง")
    with qtbot.waitSignal(pane.go_to) as went:
        qtbot.keyClick(field(pane), Qt.Key.Key_Return)
    assert went.args == ["good-1", "method", "12 ครั้ง"]


def test_down_leads_into_the_list(qtbot: QtBot, pane: SearchPane) -> None:
    field(pane).setText("ประชุม")
    pane.search()
    qtbot.keyClick(field(pane), Qt.Key.Key_Down)
    qtbot.keyClick(pane.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(pane.go_to) as went:
        qtbot.keyClick(pane.list, Qt.Key.Key_Return)
    assert went.args == ["learn-2", "results", "ประชุม"]


def test_a_click_on_a_hit_goes_there(qtbot: QtBot, pane: SearchPane) -> None:
    field(pane).setText("ประชุม")
    pane.search()
    qtbot.waitUntil(lambda: pane.list.visualRect(pane.list.rows.index(2, 0)).height() > 0)
    place = pane.list.visualRect(pane.list.rows.index(2, 0)).center()
    with qtbot.waitSignal(pane.go_to) as went:
        qtbot.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert went.args == ["learn", "suggestions", "ประชุม"]


def test_escape_closes_from_the_field_and_from_the_list(qtbot: QtBot, pane: SearchPane) -> None:
    field(pane).setText("ประชุม")
    pane.search()
    with qtbot.waitSignal(pane.closed):
        qtbot.keyClick(field(pane), Qt.Key.Key_Escape)
    pane.list.setFocus()
    with qtbot.waitSignal(pane.closed):
        qtbot.keyClick(pane.list, Qt.Key.Key_Escape)


def test_no_hit_says_what_to_try(pane: SearchPane) -> None:
    pane.open("ไม่มีคำนี้")
    assert "ไม่พบ “ไม่มีคำนี้”" in said(pane)
    assert not pane.list.isVisible()


def test_opening_again_looks_at_the_text_as_it_is_now(pane: SearchPane, desk: Desk) -> None:
    pane.open("ประชุม")
    desk.set("learn-2", Kind.RESULTS, from_plain("สัมมนา"))
    pane.open()
    assert len(pane.list.rows.rows) == 2


def test_texts_of_the_book_are_found_behind_those_of_the_indicators(
    pane: SearchPane, desk: Desk
) -> None:
    text = from_plain("ความเป็นมาของการประชุม")
    desk.editor.apply(desk.editor.change(book_field(YEAR, "foreword"), text))
    field(pane).setText("ประชุม")
    pane.search()
    *_, last = pane.list.rows.rows
    assert last.spoken.startswith("คำนำ  ·  เล่มรายงาน")
