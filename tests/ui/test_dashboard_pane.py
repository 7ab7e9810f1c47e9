from dataclasses import replace
from time import thread_time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.domain.fields import Kind, framework_field
from esa_desktop.domain.framework import Framework
from esa_desktop.domain.richtext import from_plain
from esa_desktop.ui.dashboard_pane import DashboardPane, FigureCard
from esa_desktop.ui.dashboard_rows import (
    LevelRow,
    done_rows,
    gain_rows,
    level_rows,
    total_words,
)
from esa_desktop.ui.icons import pixmap
from esa_desktop.ui.score_dialog import ScoreDialog
from tests.kinds_of_indicator import SATISFIED
from tests.kinds_of_indicator import framework as kinds
from tests.ui.rounds import FRAMEWORK, YEAR, Desk, wide_framework


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def pane(qtbot: QtBot, desk: Desk) -> DashboardPane:
    return opened(qtbot, desk)


def opened(qtbot: QtBot, desk: Desk) -> DashboardPane:
    pane = DashboardPane(desk.editor)
    qtbot.addWidget(pane)
    pane.resize(1094, 588)
    with qtbot.waitActive(pane):
        pane.show()
        pane.activateWindow()
    return pane


def weighted(framework: Framework) -> Framework:
    """The same with every weight known and checked."""
    return replace(
        framework,
        standards=tuple(
            replace(
                standard,
                share=50,
                share_verified=True,
                indicators=tuple(
                    replace(i, weight=5, weight_verified=True) for i in standard.indicators
                ),
            )
            for standard in framework.standards
        ),
    )


def test_the_three_figures_count_the_round(pane: DashboardPane, desk: Desk) -> None:
    assert pane.complete.text == "๐ จาก ๙ ประเด็น กรอกครบแล้ว"
    assert pane.bare.text == "๙ ประเด็น ยังไม่มีหลักฐาน"
    assert pane.unchosen.text == "๓ ตัวบ่งชี้ ยังไม่เลือกระดับ"
    desk.set("learn", Kind.LEVEL, 1)
    assert pane.unchosen.text == "๒ ตัวบ่งชี้ ยังไม่เลือกระดับ"


def test_none_done_wears_no_tick_and_none_missing_does(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    card = FigureCard("complete", "good", "กรอกครบแล้ว", page)
    card.show_figure(0, "", at_none=("circle", "ink2"))
    nothing = card.mark.pixmap().toImage()
    card.show_figure(3, "", at_none=("circle", "ink2"))

    assert card.mark.pixmap().toImage() != nothing
    assert nothing == pixmap("circle", "ink2", 28, card.devicePixelRatioF()).toImage()


def test_levels_stand_under_their_standard(desk: Desk) -> None:
    desk.judge("learn", 3)
    desk.set("learn", Kind.LEVEL, 5)
    rows = level_rows(desk.editor.round)
    assert [row.spoken for row in rows] == [
        "มาตรฐานที่ ๑ การบริหารจัดการองค์การสู่ความเป็นเลิศ · ยังไม่รวมคะแนน",
        "๑.๑ การบริหารจัดการที่ดี · ยังไม่ระบุ",
        "๑.๒ การพัฒนาสู่องค์การแห่งการเรียนรู้ · ระดับ ๕ · ระดับตามเกณฑ์ ๔",
        "มาตรฐานที่ ๒ การบริหารและการจัดการศึกษาที่มีประสิทธิภาพ · ยังไม่รวมคะแนน",
        "๒.๑ ผลงานที่ภาคภูมิใจ · ยังไม่ระบุ · ๐ ผลงาน",
    ]


def test_a_standard_without_indicators_says_so(desk: Desk) -> None:
    empty = replace(FRAMEWORK, standards=(replace(FRAMEWORK.standards[0], indicators=()),))
    rows = level_rows(Desk(empty).editor.round)
    assert [row.spoken for row in rows][1:] == ["ยังไม่มีตัวบ่งชี้"]


def test_a_bar_is_as_long_as_its_level_and_a_word_where_there_is_none(
    qtbot: QtBot, pane: DashboardPane, desk: Desk
) -> None:
    def accent_width(row: int) -> int:
        picture = pane.levels.viewport().grab().toImage()
        ratio = picture.devicePixelRatio()
        y = round(pane.levels.visualRect(pane.levels.rows.index(row, 0)).center().y() * ratio)
        inks = [picture.pixelColor(x, y).name() for x in range(picture.width())]
        return max((inks.count(c) for c in set(inks) if c == "#16579f"), default=0)

    desk.set("good", Kind.LEVEL, 2)
    desk.set("learn", Kind.LEVEL, 4)
    qtbot.waitUntil(lambda: accent_width(2) > 0)
    assert accent_width(2) == pytest.approx(2 * accent_width(1), abs=4)
    assert accent_width(4) == 0


def test_a_standard_says_how_much_of_it_is_complete(pane: DashboardPane, desk: Desk) -> None:
    desk.set("learn-1", Kind.METHOD, from_plain("ทำ"))
    spoken = [row.spoken for row in pane.done.rows.rows]
    assert spoken[0].endswith("๐ จาก ๘ ประเด็น")
    assert [row.target for row in pane.done.rows.rows] == ["s1", "s2"]


def test_what_would_raise_a_level_leads_to_the_issue(
    qtbot: QtBot, pane: DashboardPane, desk: Desk
) -> None:
    assert not pane.gains.isVisible()
    desk.judge("learn", 3)
    (row,) = gain_rows(desk.editor.round)
    assert row.step == "ถ้าประเด็น ๑.๒.๔ มีหลักฐานชัดเจน จะได้ระดับ ๕"
    assert pane.gains.isVisible()
    pane.gains.setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(pane.go_to) as went:
        qtbot.keyClick(pane.gains, Qt.Key.Key_Return)
    assert went.args == ["learn-4"]
    desk.judge("learn", 4)
    assert not pane.gains.isVisible()


def test_a_bar_leads_to_its_indicator(qtbot: QtBot, pane: DashboardPane) -> None:
    pane.levels.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(2):
        qtbot.keyClick(pane.levels, Qt.Key.Key_Down)
    with qtbot.waitSignal(pane.go_to) as went:
        qtbot.keyClick(pane.levels, Qt.Key.Key_Return)
    assert went.args == ["learn"]


def test_without_checked_weights_the_reason_stands_where_the_total_would(
    pane: DashboardPane,
) -> None:
    total = pane.findChild(QLabel, "totalLabel")
    assert isinstance(total, QLabel)
    assert total.text() == "ยังไม่ได้กรอกสัดส่วนและน้ำหนักให้ครบ จึงยังไม่รวมคะแนน"


def test_with_every_weight_checked_there_is_a_total() -> None:
    desk = Desk(weighted(FRAMEWORK))
    assert total_words(desk.editor.round).startswith("ยังเลือกระดับไม่ครบ")
    for name, level in (("good", 5), ("learn", 4), ("free", 3)):
        desk.set(name, Kind.LEVEL, level)
    assert total_words(desk.editor.round) == "คะแนนเฉลี่ยถ่วงน้ำหนักทั้งหมด ๓.๗๕ จาก ๕"


def explained(pane: DashboardPane) -> ScoreDialog:
    shown = [d for d in pane.window().findChildren(ScoreDialog) if d.isVisible()]
    assert len(shown) == 1
    return shown[0]


def test_the_total_opens_its_sum_by_click_and_by_key(qtbot: QtBot, pane: DashboardPane) -> None:
    qtbot.mouseClick(pane.total, Qt.MouseButton.LeftButton)
    dialog = explained(pane)
    assert dialog.heading.text() == "คะแนนรวมทุกมาตรฐาน"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    pane.total.setFocus()
    qtbot.keyClick(pane.total, Qt.Key.Key_Return)
    assert explained(pane).outcome.text() == "ยังไม่ได้กรอกสัดส่วนและน้ำหนักให้ครบ จึงยังไม่รวมคะแนน"
    explained(pane).leave.click()


def test_the_heading_of_a_standard_opens_its_own_sum(qtbot: QtBot) -> None:
    desk = Desk(weighted(FRAMEWORK))
    desk.set("good", Kind.LEVEL, 4)
    pane = opened(qtbot, desk)
    heading = pane.levels.rows.rows[0]
    assert isinstance(heading, LevelRow)
    assert heading.score == "คะแนนบางส่วน ๔.๐๐ นับ ๑ จาก ๒ ตัวบ่งชี้"
    pane.levels.setFocus(Qt.FocusReason.TabFocusReason)
    pane.levels.setCurrentIndex(pane.levels.rows.index(0, 0))
    qtbot.keyClick(pane.levels, Qt.Key.Key_Return)
    dialog = explained(pane)
    assert dialog.sum.text() == "(๔ × ๕) = ๒๐\n๒๐ ÷ ๕ = ๔.๐๐"
    with qtbot.waitSignal(pane.go_to) as went:
        qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert went.args == ["good"]


def test_a_part_of_the_total_says_so_and_what_is_wanting() -> None:
    desk = Desk(weighted(FRAMEWORK))
    desk.set("free", Kind.LEVEL, 3)
    words = total_words(desk.editor.round)
    assert words.startswith("คะแนนบางส่วน ๓.๐๐ นับ ๑ จาก ๒ มาตรฐาน · ยังเลือกระดับไม่ครบ")


def test_a_value_that_could_be_higher_leads_to_its_indicator(qtbot: QtBot) -> None:
    desk = Desk(kinds())
    desk.set(SATISFIED, Kind.MEASURED, "87.50")
    (row,) = gain_rows(desk.editor.round)
    assert (row.target, row.now) == (SATISFIED, "ระดับตามเกณฑ์ ๔")
    assert row.step.startswith("ต้องได้ร้อยละ ๙๐ ขึ้นไป จึงจะได้ระดับ ๕")


def test_a_standard_without_issues_is_not_called_unfinished() -> None:
    told = [row.words for row in done_rows(Desk(kinds()).editor.round)]
    assert told == ["๐ จาก ๒ ประเด็น", "๐ จาก ๑ ประเด็น", "ไม่มีประเด็นการพิจารณา"]


def test_what_changed_behind_its_back_is_seen_when_it_is_shown(
    pane: DashboardPane, desk: Desk
) -> None:
    pane.hide()
    desk.set("learn", Kind.LEVEL, 2)
    pane.show()
    row = pane.levels.rows.rows[2]
    assert isinstance(row, LevelRow)
    assert row.level == 2


def test_a_new_framework_is_shown_whole(pane: DashboardPane, desk: Desk) -> None:
    desk.editor.apply(desk.editor.change(framework_field(YEAR), wide_framework(3)))
    assert len(pane.levels.rows.rows) == 4


@pytest.mark.alone
def test_two_hundred_indicators_scroll_and_a_change_is_quick(qtbot: QtBot) -> None:
    desk = Desk(wide_framework(200))
    pane = opened(qtbot, desk)
    qtbot.waitUntil(lambda: pane.levels.verticalScrollBar().maximum() > 0)
    start = thread_time()
    desk.set("n7", Kind.LEVEL, 4)
    assert thread_time() - start < 0.1
    pane.levels.scrollToBottom()
    last = pane.levels.visualRect(pane.levels.rows.index(200, 0))
    assert pane.levels.viewport().rect().contains(last)
