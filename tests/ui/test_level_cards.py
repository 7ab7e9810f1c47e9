import pytest
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.domain.fields import Kind, indicator_field
from esa_desktop.ui import painting
from esa_desktop.ui.level_card import LevelCard
from esa_desktop.ui.level_cards import LevelCards, common_line
from esa_desktop.ui.reason_edit import ReasonEdit
from tests.ui.rounds import ACTED, FRAMEWORK, YEAR, Desk, two_heads

LEARN = FRAMEWORK.indicator("1.2")


def shown(qtbot: QtBot, desk: Desk, indicator: str = "1.2", here: str = "") -> LevelCards:
    cards = LevelCards()
    qtbot.addWidget(cards)
    cards.show_indicator(FRAMEWORK.indicator(indicator), desk.editor.round, here)
    cards.resize(800, cards.heightForWidth(800))
    cards.show()
    return cards


def card(cards: LevelCards, level: int) -> LevelCard:
    found = cards.findChild(LevelCard, f"level{level}")
    assert isinstance(found, LevelCard)
    return found


def words(cards: LevelCards) -> str:
    """All that is said in labels, with ordinary blanks."""
    seen = [label.text() for label in cards.findChildren(QLabel) if label.isVisibleTo(cards)]
    return " ".join(" ".join(seen).split())


def test_the_cards_stand_from_five_to_one_with_the_rubrics_own_words(qtbot: QtBot) -> None:
    cards = shown(qtbot, Desk())
    order = sorted(cards.findChildren(LevelCard), key=lambda c: c.x())
    assert [c.objectName() for c in order] == ["level5", "level4", "level3", "level2", "level1"]
    said = card(cards, 4).words.replace("\N{NO-BREAK SPACE}", " ")
    assert said == "มีร่องรอยหลักฐานปรากฏชัดเจน ๓ ข้อ"
    assert ACTED in words(cards)
    assert ACTED in card(cards, 4).toolTip()


def test_the_common_line_is_said_once_only_where_all_levels_have_it() -> None:
    assert common_line(LEARN) == ACTED
    assert common_line(FRAMEWORK.indicator("2.1")) == ""


def test_a_click_asks_for_the_level_and_the_round_decides(qtbot: QtBot) -> None:
    cards = shown(qtbot, Desk())
    with qtbot.waitSignal(cards.level_chosen) as asked:
        qtbot.mouseClick(card(cards, 3), Qt.MouseButton.LeftButton)
    assert asked.args == [3]
    assert not card(cards, 3).isChecked()


def test_space_on_the_chosen_level_takes_it_back(qtbot: QtBot) -> None:
    desk = Desk()
    desk.set("learn", Kind.LEVEL, 3)
    cards = shown(qtbot, desk)
    assert card(cards, 3).isChecked()
    with qtbot.waitSignal(cards.level_chosen) as asked:
        qtbot.keyClick(card(cards, 3), Qt.Key.Key_Space)
    assert asked.args == [None]


def test_the_arrows_walk_without_choosing(qtbot: QtBot) -> None:
    cards = shown(qtbot, Desk())
    chosen: list[object] = []
    cards.level_chosen.connect(chosen.append)
    with qtbot.waitActive(cards):
        cards.activateWindow()
    card(cards, 5).setFocus()
    qtbot.keyClick(card(cards, 5), Qt.Key.Key_Right)
    assert card(cards, 4).hasFocus()
    qtbot.keyClick(card(cards, 4), Qt.Key.Key_Left)
    qtbot.keyClick(card(cards, 5), Qt.Key.Key_Left)
    assert card(cards, 5).hasFocus()
    assert chosen == []


def test_the_advice_says_the_level_why_and_the_next_step(qtbot: QtBot) -> None:
    desk = Desk()
    desk.judge("learn", 3)
    cards = shown(qtbot, desk)
    assert (
        "ระดับตามเกณฑ์ ๔ : หลักฐานชัดเจน ๓ จาก ๔ ประเด็น · ถ้าประเด็น ๑.๒.๔ มีหลักฐานชัดเจน จะได้ระดับ ๕"
        in words(cards)
    )
    assert [level for level in range(1, 6) if card(cards, level).is_suggested] == [4]


def test_the_next_step_leads_to_its_issue_but_not_to_where_one_is(qtbot: QtBot) -> None:
    desk = Desk()
    desk.judge("learn", 3)
    cards = shown(qtbot, desk)
    step = cards.findChild(QPushButton, "nextStepButton")
    assert isinstance(step, QPushButton)
    with qtbot.waitSignal(cards.go_to) as went:
        step.click()
    assert went.args == ["learn-4"]
    cards.show_indicator(LEARN, desk.editor.round, here="learn-4")
    assert not step.isVisible()


def test_where_the_rubric_is_silent_that_is_said(qtbot: QtBot) -> None:
    assert "เกณฑ์ไม่ได้กำหนดกรณีนี้ เพราะยังมี ๔ ประเด็น" in words(shown(qtbot, Desk()))


def test_no_level_is_a_word_and_not_level_one(qtbot: QtBot) -> None:
    cards = shown(qtbot, Desk())
    assert "ยังไม่ระบุ" in words(cards)
    assert not any(c.isChecked() for c in cards.findChildren(LevelCard))


def test_another_level_than_the_rubrics_asks_for_its_reason(qtbot: QtBot) -> None:
    desk = Desk()
    desk.judge("learn", 3)
    desk.set("learn", Kind.LEVEL, 4)
    cards = shown(qtbot, desk)
    reason = cards.findChild(ReasonEdit)
    assert isinstance(reason, ReasonEdit)
    assert not reason.isVisible()
    desk.set("learn", Kind.LEVEL, 5)
    cards.show_indicator(LEARN, desk.editor.round)
    assert reason.isVisible()
    assert "ต่างจากระดับตามเกณฑ์" in words(cards)
    with qtbot.waitSignals([cards.reason_typing, cards.reason_finished], order="strict"):
        qtbot.keyClicks(reason, "A ")
        qtbot.keyClick(reason, Qt.Key.Key_Return)


def test_an_unverified_rubric_is_marked(qtbot: QtBot) -> None:
    cards = shown(qtbot, Desk(), "1.2")
    assert "ยังไม่ได้ตรวจกับประกาศ" not in words(cards)
    unverified = FRAMEWORK.indicator("1.1")
    rows = tuple(
        type(row)(row.level, row.lines, row.fewest, row.most) for row in unverified.rubric.rows
    )
    doubtful = type(unverified)(
        unverified.id,
        unverified.number,
        unverified.name,
        unverified.type,
        type(unverified.rubric)(rows),
        unverified.issues,
    )
    cards.show_indicator(doubtful, Desk().editor.round)
    assert "ยังไม่ได้ตรวจกับประกาศ" in words(cards)
    assert "ยังไม่ได้ตรวจกับประกาศ" in card(cards, 5).toolTip()


def test_without_a_rubric_the_cards_are_plain_numbers(qtbot: QtBot) -> None:
    cards = shown(qtbot, Desk(), "2.1")
    assert [card(cards, level).words for level in (5, 1)] == ["", ""]
    assert "ยังไม่มีคำอธิบายระดับ เพิ่มได้ที่เมนูไฟล์ ฉบับมาตรฐาน" in words(cards)


def test_a_level_in_conflict_is_none_and_says_so(qtbot: QtBot) -> None:
    field = indicator_field(YEAR, "learn", Kind.LEVEL)
    cards = shown(qtbot, Desk(views={field: two_heads(field, "4", "5")}))
    assert "แก้ไขไม่ตรงกัน" in words(cards)
    assert not any(c.isChecked() for c in cards.findChildren(LevelCard))


def test_assistive_tools_hear_a_radio_button_with_its_words(qtbot: QtBot) -> None:
    desk = Desk()
    desk.set("learn", Kind.LEVEL, 4)
    heard = QAccessible.queryAccessibleInterface(card(shown(qtbot, desk), 4))
    assert heard.role() == QAccessible.Role.RadioButton
    assert heard.state().checked  # type: ignore[attr-defined]
    assert heard.text(QAccessible.Text.Name).startswith("ระดับ ๔ มีการดำเนินการ")


@pytest.mark.parametrize("width", [66, 70, 72, 90, 140])
@pytest.mark.parametrize("chosen", [True, False])
def test_the_mark_of_a_card_without_words_is_whole(
    qtbot: QtBot, width: int, chosen: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Badge and mark lie beside each other inside the card, whatever its width."""
    drawn: dict[str, QRectF] = {}

    def keep_mark(_: object, at: QPointF, name: str, __: str, side: int) -> None:
        drawn["mark"] = QRectF(at, QSizeF(side, side))

    def keep_badge(_: object, box: QRectF, *__: object, **___: object) -> None:
        drawn["badge"] = QRectF(box)

    monkeypatch.setattr(painting, "draw_icon", keep_mark)
    monkeypatch.setattr(painting, "draw_badge", keep_badge)
    parent = QWidget()
    qtbot.addWidget(parent)
    made = LevelCard(5, parent)
    made.wear("", "", chosen=chosen, suggested=not chosen)
    made.resize(width, 44)
    made.grab()

    assert drawn["badge"].left() >= 4
    assert drawn["mark"].left() >= drawn["badge"].right()
    assert drawn["mark"].right() <= width - 4


def test_a_narrow_card_is_higher_so_that_no_word_is_lost(qtbot: QtBot) -> None:
    wide = card(shown(qtbot, Desk()), 5)
    assert wide.heightForWidth(90) > wide.heightForWidth(150) >= 60
