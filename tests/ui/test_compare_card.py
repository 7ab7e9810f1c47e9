import pytest
from PySide6.QtCore import Qt, QThreadPool
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QToolButton
from pytestqt.qtbot import QtBot

from esa_desktop.domain.fields import Field, Kind, encode, issue_field
from esa_desktop.domain.richtext import EMPTY, from_plain
from esa_desktop.services.history import Comparing
from esa_desktop.ui import compare_card
from esa_desktop.ui.compare_card import CompareCard, DifferenceKey
from esa_desktop.ui.theme import apply_theme

FIELD: Field = issue_field(2557, "q", Kind.METHOD)


def asked(before: str, after: str) -> Comparing:
    return Comparing(
        FIELD, encode(Kind.METHOD, from_plain(before)), encode(Kind.METHOD, from_plain(after))
    )


@pytest.fixture
def card(qtbot: QtBot, qapp: QApplication) -> CompareCard:
    apply_theme(qapp, dark=False)
    made = CompareCard()
    qtbot.addWidget(made)
    made.resize(700, 400)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def said(card: CompareCard) -> str:
    return " ".join(label.text() for label in card.findChildren(QLabel) if label.isVisible())


def tools(card: CompareCard) -> list[QToolButton]:
    return [tool for tool in card.findChildren(QToolButton) if tool.isVisible()]


LONG = "\n".join(f"บรรทัด {n}" for n in range(30))


def test_the_card_says_where_among_the_changes_it_is(card: CompareCard) -> None:
    card.compare(asked("ก ข\nค\nง จ", "ก ฉ\nค\nง ช"))

    assert "จุดที่ ๑ จาก ๒" in said(card)
    assert [tool.isEnabled() for tool in tools(card)] == [False, True]


def test_f3_walks_and_shift_f3_walks_back(card: CompareCard) -> None:
    card.compare(asked("ก ข\nค\nง จ", "ก ฉ\nค\nง ช"))
    card.view.setFocus()

    QTest.keyClick(card.view, Qt.Key.Key_F3)
    assert "จุดที่ ๒ จาก ๒" in said(card)
    assert [tool.isEnabled() for tool in tools(card)] == [True, False]
    QTest.keyClick(card.view, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert "จุดที่ ๑ จาก ๒" in said(card)


def test_equal_texts_are_shown_and_said_to_be_equal(card: CompareCard) -> None:
    card.compare(asked("ก", "ก"))

    assert card.view.isVisible()
    assert "ไม่มีจุดที่ต่างกัน" in said(card)


def test_two_empty_texts_are_said_to_be_empty(card: CompareCard) -> None:
    card.compare(asked("", ""))

    assert not card.view.isVisible()
    assert "ว่าง" in said(card)


def test_a_whole_text_needs_no_key(card: CompareCard) -> None:
    card.show_text(from_plain("ก"))
    assert not card.key.isVisible()
    assert tools(card) == []
    card.show_text(EMPTY)
    assert "ฉบับนี้ไม่มีข้อความ" in said(card)


def test_long_texts_are_compared_beside_the_window(
    qtbot: QtBot, card: CompareCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compare_card, "AT_ONCE", 10)

    with qtbot.waitSignal(card.compared, timeout=5_000):
        card.compare(asked(LONG, LONG + "ใหม่"))
        assert not card.view.isVisible()

    assert card.view.isVisible()
    assert card.view.changes == 1


def test_an_answer_that_nobody_waits_for_any_more_is_dropped(
    qtbot: QtBot, card: CompareCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compare_card, "AT_ONCE", 10)
    card.compare(asked(LONG, LONG + "เก่า"))
    with qtbot.waitSignal(card.compared, timeout=5_000):
        card.compare(asked(LONG, LONG + "ใหม่"))
    card.compare(asked(LONG, LONG + "เก่า"))
    card.show_text(from_plain("ข้อความเต็ม"))

    assert QThreadPool.globalInstance().waitForDone(10_000)
    QApplication.sendPostedEvents()
    assert card.view.toPlainText() == "ข้อความเต็ม"


def test_words_instead_of_a_text_stay_though_an_answer_is_under_way(
    card: CompareCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compare_card, "AT_ONCE", 10)
    card.compare(asked(LONG, LONG + "เก่า"))
    card.say("ยังไม่ได้เลือกรายการ", "")

    assert QThreadPool.globalInstance().waitForDone(10_000)
    QApplication.sendPostedEvents()
    assert "ยังไม่ได้เลือกรายการ" in said(card)


def test_the_key_is_words_beside_its_marks(qtbot: QtBot) -> None:
    key = DifferenceKey()
    qtbot.addWidget(key)

    assert key.accessibleName() == "ขีดเส้นใต้ = เพิ่ม · ขีดฆ่า = ตัดออก"


def test_in_little_room_the_key_stands_above(card: CompareCard) -> None:
    card.compare(asked("ก", "ข"))
    beside = card.key.y(), tools(card)[0].y()
    card.resize(360, 400)
    QApplication.sendPostedEvents()

    assert abs(beside[0] - beside[1]) < 20
    assert card.key.geometry().bottom() <= tools(card)[0].y()


def test_ctrl_and_the_wheel_change_the_size(card: CompareCard) -> None:
    card.view.zoom_requested.emit(2)

    assert card.view.zoom == pytest.approx(1.2)
