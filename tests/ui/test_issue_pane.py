from datetime import date

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.domain.fields import Kind, encode, framework_field, indicator_field, issue_field
from esa_desktop.domain.revision import FieldView
from esa_desktop.domain.richtext import from_plain
from esa_desktop.ui.issue_pane import IssuePane
from esa_desktop.ui.level_card import LevelCard
from esa_desktop.ui.reason_edit import ReasonEdit
from esa_desktop.ui.row_list import RowList
from esa_desktop.ui.text_editor import RichTextEdit
from esa_desktop.ui.theme import apply_theme
from esa_desktop.ui.unsettled_banner import UnsettledBanner
from esa_desktop.ui.verification import UnverifiedFlag
from esa_desktop.ui.writing_field import edited_last
from tests.ui.rounds import FRAMEWORK, YEAR, Desk, two_heads, unverified


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def pane(qtbot: QtBot, desk: Desk) -> IssuePane:
    return opened(qtbot, desk)


def opened(qtbot: QtBot, desk: Desk, node: str = "learn-2") -> IssuePane:
    pane = IssuePane(desk.editor, desk.undo.push_edit, desk.undo.push_done)
    qtbot.addWidget(pane)
    pane.resize(828, 588)
    pane.show_issue(node)
    with qtbot.waitActive(pane):
        pane.show()
        pane.activateWindow()
    return pane


def found(pane: QWidget, kind: type, name: str) -> QWidget:
    widget = pane.findChild(kind, name)
    assert isinstance(widget, QWidget)
    return widget


def method(pane: IssuePane) -> RichTextEdit:
    edit = found(pane, RichTextEdit, "methodEditor")
    assert isinstance(edit, RichTextEdit)
    return edit


def tick(pane: IssuePane, name: str) -> QCheckBox:
    box = found(pane, QCheckBox, name)
    assert isinstance(box, QCheckBox)
    return box


def test_an_issue_is_shown_with_its_place_code_and_texts(qtbot: QtBot, desk: Desk) -> None:
    desk.set("learn-2", Kind.METHOD, from_plain("๑. ประชุม"))
    desk.set("learn-2", Kind.RESULTS, from_plain("สำเร็จ"))
    pane = opened(qtbot, desk)
    title = found(pane, QLabel, "issueTitle")
    assert isinstance(title, QLabel)
    assert title.text() == "๑.๒.๒  การแลกเปลี่ยนและเก็บรักษาความรู้"
    links = [b.accessibleName() for b in pane.page.findChildren(QPushButton) if b.isVisible()]
    assert links[:2] == ["มาตรฐานที่ ๑", "ตัวบ่งชี้ที่ ๑.๒ การพัฒนาสู่องค์การแห่งการเรียนรู้"]
    assert [edit.text().plain for edit in pane.editors()] == ["๑. ประชุม", "สำเร็จ"]


def test_typing_and_leaving_is_one_step_that_undo_takes_back(
    qtbot: QtBot, pane: IssuePane, desk: Desk
) -> None:
    method(pane).setFocus()
    qtbot.keyClicks(method(pane), "plan")
    pane.leave()
    assert desk.editor.round.issue("learn-2").method.plain == "plan"
    assert desk.undo.undoText() == "แก้วิธีการดำเนินงาน ๑.๒.๒"
    desk.undo.undo()
    assert method(pane).text().is_blank


def test_a_reason_beside_the_levels_is_a_draft_and_then_one_step(qtbot: QtBot, desk: Desk) -> None:
    desk.judge("learn", 3)
    desk.set("learn", Kind.LEVEL, 5)
    pane = opened(qtbot, desk)
    reason = next(r for r in pane.findChildren(ReasonEdit) if r.isVisible())
    reason.setFocus()
    qtbot.keyClicks(reason, "half")
    reason.save()
    assert desk.writes[-1].drafts[0].field == indicator_field(YEAR, "learn", Kind.REASON)
    qtbot.keyClicks(reason, " done")
    pane.show_issue("good-1")
    assert desk.editor.round.indicator("learn").reason == "half done"
    assert desk.editor.round.indicator("good").reason == ""
    assert (desk.undo.count(), desk.undo.undoText()) == (1, "แก้เหตุผลประกอบ ตัวบ่งชี้ที่ ๑.๒")


def test_going_to_another_issue_keeps_what_was_typed(
    qtbot: QtBot, pane: IssuePane, desk: Desk
) -> None:
    method(pane).setFocus()
    qtbot.keyClicks(method(pane), "plan")
    pane.show_issue("learn-3")
    assert desk.editor.round.issue("learn-2").method.plain == "plan"
    assert method(pane).text().is_blank


def test_a_tick_is_an_edit_with_a_name(qtbot: QtBot, pane: IssuePane, desk: Desk) -> None:
    tick(pane, "actedOnBox").click()
    tick(pane, "evidenceClearBox").click()
    assert desk.editor.round.issue("learn-2").acted_on
    assert desk.editor.round.issue("learn-2").evidence_clear
    assert desk.undo.undoText() == "ทำเครื่องหมายหลักฐานชัดเจน ๑.๒.๒"
    desk.undo.undo()
    assert not tick(pane, "evidenceClearBox").isChecked()


def test_a_tick_that_is_refused_goes_back(qtbot: QtBot, desk: Desk) -> None:
    refused: list[str] = []
    pane = IssuePane(desk.editor, lambda _, name: refused.append(name), desk.undo.push_done)
    qtbot.addWidget(pane)
    pane.show_issue("learn-2")
    tick(pane, "actedOnBox").click()
    assert refused
    assert not tick(pane, "actedOnBox").isChecked()


def test_the_last_tick_makes_the_rubric_speak(pane: IssuePane, desk: Desk) -> None:
    desk.judge("learn", 4)
    desk.set("learn-2", Kind.EVIDENCE_CLEAR, False)
    card4, card5 = (found(pane, LevelCard, name) for name in ("level4", "level5"))
    assert isinstance(card4, LevelCard)
    assert isinstance(card5, LevelCard)
    assert card4.is_suggested
    tick(pane, "evidenceClearBox").click()
    assert card5.is_suggested


def test_a_level_is_chosen_and_taken_back_on_the_page(
    qtbot: QtBot, pane: IssuePane, desk: Desk
) -> None:
    card = found(pane, LevelCard, "level3")
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    assert desk.editor.round.indicator("learn").level == 3
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    assert desk.editor.round.indicator("learn").level is None


def test_a_change_elsewhere_is_seen_here(pane: IssuePane, desk: Desk) -> None:
    desk.set("learn-2", Kind.ACTED_ON, True)
    desk.set("learn-2", Kind.RESULTS, from_plain("มาแล้ว"))
    assert tick(pane, "actedOnBox").isChecked()
    assert pane.editors()[1].text().plain == "มาแล้ว"


def test_who_wrote_last_is_told_when_the_visit_ends(
    qtbot: QtBot, pane: IssuePane, desk: Desk
) -> None:
    assert pane.page.method.note == ""
    method(pane).setFocus()
    qtbot.keyClicks(method(pane), "a")
    pane.leave()
    assert pane.page.method.note.startswith("แก้ไขล่าสุด นางสาวพิมพ์ใจ ")
    assert pane.page.method.note.endswith(" น.")


def test_a_text_of_another_day_tells_the_day() -> None:
    field = issue_field(YEAR, "learn-2", Kind.METHOD)
    view = FieldView(field, two_heads(field, '["a"]', '["a"]').heads[:1], "clean", "")
    author = view.heads[0].author
    assert edited_last(view, date(2014, 8, 6)) == f"{author} ๕ ส.ค. ๒๕๕๗"
    assert edited_last(view, date(2014, 8, 5)).endswith(" น.")


def test_two_versions_are_named_until_somebody_types(qtbot: QtBot) -> None:
    field = issue_field(YEAR, "learn-2", Kind.METHOD)
    bodies = [encode(Kind.METHOD, from_plain(words)) for words in ("ฉบับหนึ่ง", "ฉบับสอง")]
    desk = Desk(views={field: two_heads(field, *bodies)})
    pane = opened(qtbot, desk)
    banner = pane.page.method.banner
    assert banner.isVisible()
    assert "แก้ไขไม่ตรงกัน" in banner.text
    assert "นายก้อง" in banner.text
    assert "นางดาว" in banner.text
    method(pane).setFocus()
    qtbot.keyClicks(method(pane), "x")
    pane.leave()
    assert not banner.isVisible()
    assert desk.editor.view(field).state == "clean"


def test_a_tick_in_conflict_is_named_and_settled_by_ticking(qtbot: QtBot) -> None:
    field = issue_field(YEAR, "learn-2", Kind.ACTED_ON)
    desk = Desk(views={field: two_heads(field, "true", "")})
    pane = opened(qtbot, desk)
    banners = [b for b in pane.page.findChildren(UnsettledBanner) if b.isVisible()]
    assert ["มีการดำเนินการ" in banner.text for banner in banners] == [True]
    tick(pane, "actedOnBox").click()
    assert desk.editor.round.issue("learn-2").acted_on
    assert not banners[0].isVisible()


def test_either_text_can_take_the_whole_height_and_give_it_back(
    qtbot: QtBot, pane: IssuePane
) -> None:
    room = next(b for b in pane.page.method.findChildren(QToolButton) if b.isVisible())
    before = method(pane).height()
    room.click()
    qtbot.waitUntil(lambda: method(pane).height() > 2 * before)
    assert not pane.editors()[1].isVisible()
    room.click()
    assert pane.editors()[1].isVisible()
    qtbot.waitUntil(lambda: abs(method(pane).height() - before) < 30)


def test_a_double_click_on_the_heading_does_the_same(qtbot: QtBot, pane: IssuePane) -> None:
    heading = next(
        label for label in pane.page.results.findChildren(QLabel) if label.text() == "ผลการดำเนินงาน"
    )
    place = heading.mapTo(pane.window(), QPoint(5, 10))
    window = pane.window().windowHandle()
    QTest.mouseDClick(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert not method(pane).isVisible()
    assert pane.editors()[1].isVisible()


def test_a_standard_shows_its_indicators_and_a_way_to_each(qtbot: QtBot, desk: Desk) -> None:
    desk.set("learn", Kind.LEVEL, 4)
    pane = opened(qtbot, desk, "s1")
    rows = found(pane, RowList, "childrenList")
    assert isinstance(rows, RowList)
    assert [row.target for row in rows.rows.rows] == ["good", "learn"]
    assert rows.rows.rows[1].spoken == (
        "๑.๒ การพัฒนาสู่องค์การแห่งการเรียนรู้ · ระดับ ๔ · กรอกครบแล้ว ๐ จาก ๔ ประเด็น"
    )
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    with qtbot.waitSignal(pane.go_to) as went:
        qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert went.args == ["learn"]


def test_an_indicator_shows_its_issues_with_their_state(qtbot: QtBot, desk: Desk) -> None:
    desk.set("learn-3", Kind.ACTED_ON, True)
    pane = opened(qtbot, desk, "learn")
    rows = found(pane, RowList, "childrenList")
    assert isinstance(rows, RowList)
    assert rows.rows.rows[2].spoken == "๑.๒.๓ ช่องทางสื่อสารและคลังความรู้ · กำลังจัดทำ"
    desk.set("learn-3", Kind.ACTED_ON, False)
    assert rows.rows.rows[2].spoken.endswith("ยังไม่เริ่ม")
    with qtbot.waitSignal(pane.go_to) as went:
        place = rows.visualRect(rows.rows.index(1, 0)).center()
        qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert went.args == ["learn-2"]


def flags(pane: IssuePane) -> list[str]:
    found = pane.findChildren(UnverifiedFlag)
    return [label.text() for label in found if label.isVisible()]


def test_a_name_that_is_not_verified_is_flagged_in_words(qtbot: QtBot) -> None:
    pane = opened(qtbot, Desk(unverified("learn-2", "learn", "s2")))
    seen = {}
    for node in ("learn-2", "learn-3", "learn", "good", "s1", "s2"):
        pane.show_issue(node)
        seen[node] = flags(pane)
    doubtful = ["ยังไม่ได้ตรวจกับประกาศ"]
    assert seen == {
        "learn-2": doubtful,
        "learn-3": [],
        "learn": doubtful,
        "good": [],
        "s1": [],
        "s2": doubtful,
    }
    title = found(pane, QLabel, "nodeTitle")
    assert isinstance(title, QLabel)
    assert "ยังไม่ได้ตรวจ" not in title.text()


def test_the_flag_goes_when_the_name_is_verified(qtbot: QtBot) -> None:
    desk = Desk(unverified("learn-2"))
    pane = opened(qtbot, desk)
    assert flags(pane)
    desk.editor.apply(desk.editor.change(framework_field(YEAR), FRAMEWORK))
    assert flags(pane) == []


def test_rows_whose_name_is_not_verified_say_so_below_it(qtbot: QtBot) -> None:
    pane = opened(qtbot, Desk(unverified("learn-3", "good")), "learn")
    rows = pane.children_page.list
    spoken = [row.spoken for row in rows.rows.rows]
    heights = [rows.visualRect(rows.rows.index(row, 0)).height() for row in range(4)]
    assert [words.endswith(" · ยังไม่ได้ตรวจกับประกาศ") for words in spoken] == [
        False,
        False,
        True,
        False,
    ]
    assert heights[2] > heights[1] == heights[3]
    pane.show_issue("s1")
    assert ["ยังไม่ได้ตรวจ" in row.spoken for row in rows.rows.rows] == [True, False]


def test_an_issue_in_conflict_is_marked_in_the_list(qtbot: QtBot) -> None:
    field = issue_field(YEAR, "learn-2", Kind.ACTED_ON)
    pane = opened(qtbot, Desk(views={field: two_heads(field, "true", "")}), "learn")
    assert pane.children_page.list.rows.rows[1].spoken.endswith("แก้ไขไม่ตรงกัน")


def test_the_next_issue_can_be_asked_for(qtbot: QtBot, pane: IssuePane) -> None:
    with qtbot.waitSignal(pane.next_requested):
        found(pane, QPushButton, "nextIssueButton").click()  # type: ignore[attr-defined]


def test_everything_the_tab_key_reaches_has_a_name(pane: IssuePane) -> None:
    widget = pane.nextInFocusChain()
    nameless = []
    while widget is not pane:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(pane):
            heard = QAccessible.queryAccessibleInterface(widget)
            if not heard.text(QAccessible.Text.Name):
                nameless.append(widget)
        widget = widget.nextInFocusChain()
    assert nameless == []


@pytest.mark.parametrize("size", [(828, 588), (564, 588), (683, 240), (500, 900)])
def test_nothing_is_cut_or_overlaps(
    qtbot: QtBot, size: tuple[int, int], qapp: object, desk: Desk
) -> None:
    apply_theme(qapp, dark=False)  # type: ignore[arg-type]
    desk.editor.apply(desk.editor.change(framework_field(YEAR), unverified("learn-2")))
    desk.judge("learn", 3)
    desk.set("learn", Kind.LEVEL, 5)
    pane = opened(qtbot, desk)
    pane.resize(*size)
    assert flags(pane)
    qtbot.wait(20)
    page = pane.page
    for widget in page.findChildren(QWidget):
        if not widget.isVisibleTo(page) or isinstance(widget, RichTextEdit):
            continue
        if isinstance(widget, QLabel | QPushButton | QCheckBox | LevelCard) and widget.width():
            needs = widget.minimumSizeHint().height()
            if widget.hasHeightForWidth():
                needs = widget.heightForWidth(widget.width())
            assert widget.height() >= needs, widget
            place = QRect(widget.mapTo(page, QPoint()), widget.size())
            assert page.rect().contains(place), widget
            if isinstance(widget, QPushButton | QCheckBox | LevelCard):
                assert widget.height() >= 28, widget


def test_the_page_of_a_standard_is_made_when_it_is_wanted_and_the_tab_key_finds_it_in_its_place(
    qtbot: QtBot, desk: Desk
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    pane = IssuePane(desk.editor, desk.undo.push_edit, desk.undo.push_done, window)
    after = QPushButton("after", window)
    pane.show_issue("learn-2")
    assert pane.findChild(RowList, "childrenList") is None
    pane.show_issue(desk.editor.round.framework.standards[0].id)
    page = pane.children_page
    assert page is pane.children_page
    assert page.isVisibleTo(window)
    first = pane.editors()[0]
    stop, order = first.nextInFocusChain(), [first]
    while stop is not None and stop is not first:
        order.append(stop)
        stop = stop.nextInFocusChain()
    behind = [w for w in order[1:] if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    inside = [place for place, w in enumerate(behind) if page.isAncestorOf(w)]
    assert page.list in behind
    assert inside == list(range(inside[0], behind.index(after)))
    assert behind.index(pane.editors()[1]) < inside[0]


def tabs(qtbot: QtBot, start: QWidget, count: int) -> list[QWidget]:
    """What real presses of Tab come by."""
    start.setFocus()
    seen: list[QWidget] = []
    for _ in range(count):
        seen.append(QApplication.focusWidget())
        qtbot.keyClick(seen[-1], Qt.Key.Key_Tab)
    return seen


def test_tab_comes_by_what_is_filled_in_and_then_by_what_only_helps(
    qtbot: QtBot, desk: Desk
) -> None:
    desk.editor.apply(desk.editor.change(framework_field(YEAR), unverified("learn-2")))
    desk.judge("learn", 3)
    desk.set("learn", Kind.LEVEL, 5)
    pane = opened(qtbot, desk)

    seen = tabs(qtbot, tick(pane, "actedOnBox"), 11)

    names = [widget.objectName() or type(widget).__name__ for widget in seen]
    assert names[:4] == ["actedOnBox", "evidenceClearBox", "methodEditor", "resultsEditor"]
    assert names[4] == "level5"  # of chosen cards Tab comes by the chosen one
    others = [name for name in names[5:] if name != "nextStepButton"]
    assert others[:2] == ["reasonEdit", "unverifiedFlag"]
    behind = seen[names.index("unverifiedFlag") + 1 :]
    assert [widget.accessibleName() for widget in behind[:2]] == [
        "ขยายช่อง วิธีการดำเนินงาน เต็มความสูง",
        "ขยายช่อง ผลการดำเนินงาน เต็มความสูง",
    ]


def test_without_a_level_tab_comes_from_the_texts_to_the_cards(
    qtbot: QtBot, pane: IssuePane
) -> None:
    *texts, card = tabs(qtbot, method(pane), 3)
    assert texts == list(pane.editors())
    assert card.objectName() == "level5"
    card.setFocus()
    for lower in ("level4", "level3", "level2", "level1"):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
        assert QApplication.focusWidget().objectName() == lower


def test_the_flag_leads_to_the_words_in_the_edition(qtbot: QtBot) -> None:
    pane = opened(qtbot, Desk(unverified("learn-2", "learn")))
    for node in ("learn-2", "learn"):
        pane.show_issue(node)
        flag = next(f for f in pane.findChildren(UnverifiedFlag) if f.isVisible())
        assert "ฉบับมาตรฐาน" in flag.toolTip()
        flag.setFocus()
        with qtbot.waitSignal(pane.framework_requested) as told:
            qtbot.keyClick(flag, Qt.Key.Key_Space)
        assert told.args == [node]
