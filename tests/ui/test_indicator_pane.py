import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from esa_desktop.domain.fields import READY, Kind, indicator_field
from esa_desktop.domain.richtext import from_plain
from esa_desktop.ui.elided_button import ElidedButton
from esa_desktop.ui.indicator_pane import IndicatorPane
from esa_desktop.ui.level_card import LevelCard
from esa_desktop.ui.unsettled_banner import UnsettledBanner
from esa_desktop.ui.verification import UnverifiedFlag
from tests.ui.rounds import YEAR, Desk, two_heads, unverified


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def pane(qtbot: QtBot, desk: Desk) -> IndicatorPane:
    return opened(qtbot, desk)


def opened(qtbot: QtBot, desk: Desk) -> IndicatorPane:
    pane = IndicatorPane(desk.editor, desk.undo.push_edit, desk.undo.push_done)
    qtbot.addWidget(pane)
    pane.resize(828, 588)
    pane.show_indicator("learn")
    with qtbot.waitActive(pane):
        pane.show()
        pane.activateWindow()
    return pane


def test_the_indicator_is_named(pane: IndicatorPane) -> None:
    title = pane.findChild(QLabel, "indicatorTitle")
    assert isinstance(title, QLabel)
    assert title.text() == "ตัวบ่งชี้ที่ ๑.๒  การพัฒนาสู่องค์การแห่งการเรียนรู้"


def test_names_that_are_not_verified_are_flagged_in_words(qtbot: QtBot) -> None:
    pane = opened(qtbot, Desk(unverified("learn", "good-3")))
    flag = pane.findChild(UnverifiedFlag)
    assert isinstance(flag, UnverifiedFlag)
    seen = []
    for indicator in ("learn", "good"):
        pane.show_indicator(indicator)
        qtbot.wait(10)  # rows made anew are shown by the next event
        links = [b.words for b in pane.table.findChildren(ElidedButton) if b.isVisible()]
        doubtful = [words[:5] for words in links if words.endswith("ยังไม่ได้ตรวจกับประกาศ")]
        seen.append((flag.isVisible(), doubtful))
    assert seen == [(True, []), (False, ["๑.๑.๓"])]
    assert flag.text() == "ยังไม่ได้ตรวจกับประกาศ"


def test_suggestions_are_one_step_for_undo(qtbot: QtBot, pane: IndicatorPane, desk: Desk) -> None:
    (edit,) = pane.editors()
    assert edit.objectName() == "suggestionsEditor"
    edit.setFocus()
    qtbot.keyClicks(edit, "good")
    pane.leave()
    assert desk.editor.round.indicator("learn").suggestions.plain == "good"
    assert desk.undo.undoText() == "แก้ความเห็นและข้อเสนอแนะ ๑.๒"
    desk.undo.undo()
    assert edit.text().is_blank


def test_another_indicator_shows_its_own_texts(qtbot: QtBot, desk: Desk) -> None:
    desk.set("good", Kind.SUGGESTIONS, from_plain("ของ ๑.๑"))
    desk.set("good", Kind.REASON, "เหตุผลของ ๑.๑")
    pane = opened(qtbot, desk)
    qtbot.keyClicks(pane.reason, "mine")
    pane.show_indicator("good")
    assert desk.editor.round.indicator("learn").reason == "mine"
    assert desk.editor.round.indicator("good").reason == "เหตุผลของ ๑.๑"
    assert pane.editors()[0].text().plain == "ของ ๑.๑"
    assert pane.reason.text() == "เหตุผลของ ๑.๑"


def test_the_reason_is_kept_when_it_is_finished(
    qtbot: QtBot, pane: IndicatorPane, desk: Desk
) -> None:
    pane.reason.setFocus()
    qtbot.keyClicks(pane.reason, "because ")
    assert desk.editor.round.indicator("learn").reason == ""
    qtbot.keyClick(pane.reason, Qt.Key.Key_Return)
    assert desk.editor.round.indicator("learn").reason == "because"
    desk.undo.undo()
    assert desk.editor.round.indicator("learn").reason == ""
    assert pane.reason.text() == ""


def test_a_change_elsewhere_does_not_eat_a_reason_that_is_being_typed(
    qtbot: QtBot, pane: IndicatorPane, desk: Desk
) -> None:
    pane.reason.setFocus()
    qtbot.keyClicks(pane.reason, "half")
    desk.set("learn", Kind.LEVEL, 3)
    assert pane.reason.text() == "half"


def test_a_reason_is_a_draft_while_it_is_typed_and_one_step_in_the_end(
    qtbot: QtBot, pane: IndicatorPane, desk: Desk
) -> None:
    pane.reason.setFocus()
    qtbot.keyClicks(pane.reason, "one")
    pane.reason.save()
    assert desk.writes[-1].drafts[0].field == indicator_field(YEAR, "learn", Kind.REASON)
    assert desk.editor.round.indicator("learn").reason == "one"
    qtbot.keyClicks(pane.reason, " two")
    pane.leave()
    assert desk.writes[-1].revisions
    assert not desk.editor.is_typing
    assert (desk.undo.count(), desk.undo.undoText()) == (1, "แก้เหตุผลประกอบ ตัวบ่งชี้ที่ ๑.๒")
    desk.undo.undo()
    assert (desk.editor.round.indicator("learn").reason, pane.reason.text()) == ("", "")
    desk.undo.redo()
    assert desk.editor.round.indicator("learn").reason == "one two"
    assert pane.reason.text() == "one two"


def test_a_reason_typed_and_taken_back_is_no_step_and_leaves_no_draft(
    qtbot: QtBot, desk: Desk
) -> None:
    desk.set("learn", Kind.REASON, "ก\nข")
    pane = opened(qtbot, desk)
    pane.reason.setFocus()
    pane.reason.end(False)
    qtbot.keyClicks(pane.reason, "x")
    pane.reason.save()
    qtbot.keyClick(pane.reason, Qt.Key.Key_Backspace)
    pane.leave()
    assert desk.editor.round.indicator("learn").reason == "ก\nข"
    assert desk.writes[-1].dropped
    assert desk.undo.count() == 0


def test_without_an_indicator_nothing_can_be_written_and_that_is_said(
    qtbot: QtBot, desk: Desk
) -> None:
    desk.set("learn", Kind.SUGGESTIONS, from_plain("ของ ๑.๒"))
    desk.set("learn", Kind.REASON, "เหตุผลของ ๑.๒")
    pane = opened(qtbot, desk)
    hint = pane.findChild(QLabel, "noIndicatorHint")
    title = pane.findChild(QLabel, "indicatorTitle")
    assert isinstance(hint, QLabel)
    assert isinstance(title, QLabel)
    parts = (pane.levels, pane.table, pane.ready)
    assert not hint.isVisible()
    pane.show_indicator(None)
    (edit,) = pane.editors()
    assert title.text() == "ยังไม่ได้เลือกตัวบ่งชี้"
    assert hint.isVisible()
    assert "เลือกตัวบ่งชี้" in hint.text()
    assert [w.isEnabled() for w in (edit, pane.reason)] == [False, False]
    assert (edit.text().plain, pane.reason.text()) == ("", "")
    assert not any(part.isVisible() for part in parts)
    desk.set("learn", Kind.LEVEL, 3)
    assert not any(part.isVisible() for part in parts)
    pane.show_indicator("learn")
    assert not hint.isVisible()
    assert all(part.isVisible() for part in parts)
    assert [w.isEnabled() for w in (edit, pane.reason)] == [True, True]
    assert (edit.text().plain, pane.reason.text()) == ("ของ ๑.๒", "เหตุผลของ ๑.๒")


def test_leaving_for_no_indicator_keeps_what_was_typed(
    qtbot: QtBot, pane: IndicatorPane, desk: Desk
) -> None:
    (edit,) = pane.editors()
    edit.setFocus()
    qtbot.keyClicks(edit, "good")
    pane.reason.setFocus()
    qtbot.keyClicks(pane.reason, "why")
    pane.show_indicator(None)
    written = desk.editor.round.indicator("learn")
    assert (written.suggestions.plain, written.reason) == ("good", "why")
    assert desk.undo.count() == 2


def test_before_an_indicator_is_shown_nothing_can_be_written(qtbot: QtBot, desk: Desk) -> None:
    pane = IndicatorPane(desk.editor, desk.undo.push_edit, desk.undo.push_done)
    qtbot.addWidget(pane)
    assert not pane.editors()[0].isEnabled()
    assert not pane.reason.isEnabled()


def test_both_ticks_of_every_issue_are_shown_and_changed_in_place(
    pane: IndicatorPane, desk: Desk
) -> None:
    desk.set("learn-3", Kind.ACTED_ON, True)
    assert pane.table.box("learn-3", Kind.ACTED_ON).isChecked()
    assert not pane.table.box("learn-3", Kind.EVIDENCE_CLEAR).isChecked()
    pane.table.box("learn-3", Kind.EVIDENCE_CLEAR).click()
    assert desk.editor.round.issue("learn-3").evidence_clear
    assert desk.undo.undoText() == "ทำเครื่องหมายหลักฐานชัดเจน ๑.๒.๓"


def test_ticking_all_here_makes_the_rubric_speak(pane: IndicatorPane) -> None:
    for n in range(1, 5):
        for kind in (Kind.ACTED_ON, Kind.EVIDENCE_CLEAR):
            pane.table.box(f"learn-{n}", kind).click()
    card = pane.findChild(LevelCard, "level5")
    assert isinstance(card, LevelCard)
    assert card.is_suggested


def test_a_level_is_chosen_here_too(qtbot: QtBot, pane: IndicatorPane, desk: Desk) -> None:
    card = pane.findChild(LevelCard, "level2")
    assert isinstance(card, LevelCard)
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    assert desk.editor.round.indicator("learn").level == 2


def test_the_name_of_an_issue_leads_to_it(qtbot: QtBot, pane: IndicatorPane) -> None:
    link = next(b for b in pane.findChildren(ElidedButton) if b.words.startswith("๑.๒.๓"))
    with qtbot.waitSignal(pane.go_to) as went:
        link.click()
    assert went.args == ["learn-3"]


def test_a_reason_in_conflict_is_named(qtbot: QtBot) -> None:
    field = indicator_field(YEAR, "learn", Kind.REASON)
    pane = opened(qtbot, Desk(views={field: two_heads(field, '"ก"', '"ข"')}))
    banners = [b.text for b in pane.findChildren(UnsettledBanner) if b.isVisible()]
    assert len(banners) == 1
    assert "นายก้อง" in banners[0]


def test_an_indicator_is_marked_ready_in_one_step_that_can_be_undone(
    pane: IndicatorPane, desk: Desk
) -> None:
    assert not pane.ready.isChecked()
    pane.ready.click()
    assert desk.editor.round.indicator("learn").is_ready
    assert desk.undo.undoText() == "ทำเครื่องหมายพร้อมพิมพ์ ตัวบ่งชี้ที่ ๑.๒"
    desk.undo.undo()
    assert not desk.editor.round.indicator("learn").is_ready
    assert not pane.ready.isChecked()
    desk.undo.redo()
    pane.ready.click()
    assert desk.editor.round.indicator("learn").status == ""


def test_the_ready_mark_is_that_of_the_indicator_in_view(qtbot: QtBot, desk: Desk) -> None:
    desk.set("good", Kind.STATUS, READY)
    pane = opened(qtbot, desk)
    seen = [pane.ready.isChecked()]
    pane.show_indicator("good")
    seen.append(pane.ready.isChecked())
    assert seen == [False, True]


def test_the_ready_mark_explains_itself_to_eyes_and_ears(pane: IndicatorPane) -> None:
    words = [label.text() for label in pane.findChildren(QLabel) if label.isVisible()]
    assert pane.ready.accessibleDescription() in words
    assert "เฉพาะตัวบ่งชี้ที่พร้อม" in pane.ready.accessibleDescription()


def test_a_ready_mark_in_conflict_is_named(qtbot: QtBot) -> None:
    field = indicator_field(YEAR, "learn", Kind.STATUS)
    pane = opened(qtbot, Desk(views={field: two_heads(field, '"ready"', "")}))
    banners = [b.text for b in pane.findChildren(UnsettledBanner) if b.isVisible()]
    assert len(banners) == 1
    assert "พร้อมพิมพ์" in banners[0]


def test_every_tick_says_what_it_is_of(pane: IndicatorPane) -> None:
    name = pane.table.box("learn-1", Kind.ACTED_ON).accessibleName()
    assert name == "มีการดำเนินการ ๑.๒.๑ บุคลากรใฝ่รู้ทันการเปลี่ยนแปลง"
    seen = [b for b in pane.findChildren(QPushButton) if b.isVisible()]
    assert all(b.accessibleName() or b.text() for b in seen)


def test_the_flag_leads_to_the_words_in_the_edition_and_comes_after_the_text(qtbot: QtBot) -> None:
    pane = opened(qtbot, Desk(unverified("learn")))
    flag = pane.findChild(UnverifiedFlag)
    assert isinstance(flag, UnverifiedFlag)
    with qtbot.waitSignal(pane.framework_requested) as told:
        flag.click()
    assert told.args == ["learn"]
    focus = pane.suggestions.edit
    focus.setFocus()
    came_by = set()
    for _ in range(20):
        focus = QApplication.focusWidget()
        if focus is flag:
            break
        came_by.add(focus.objectName())
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert focus is flag
    assert "readyBox" in came_by
