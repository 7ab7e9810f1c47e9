"""Indicators without issues on the first tab, in the tree, and on its rail."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from esa_desktop.domain.fields import Kind, indicator_field
from esa_desktop.services.editing import Editor
from esa_desktop.ui.framework_model import FrameworkModel, Role
from esa_desktop.ui.framework_pane import FrameworkPane
from esa_desktop.ui.indicator_entry import IndicatorEntry
from esa_desktop.ui.indicator_pane import IndicatorPane
from esa_desktop.ui.issue_pane import IssuePane
from esa_desktop.ui.issue_picker_dialog import IssuePickerDialog
from esa_desktop.ui.issue_rail import IssueRailModel
from esa_desktop.ui.row_list import RowList
from tests.keys import type_words
from tests.kinds_of_indicator import BEST_WORKS, PRIDE, SATISFIED, SCHOOLS, YEAR, framework
from tests.ui.rounds import Desk, two_heads


@pytest.fixture
def desk() -> Desk:
    return Desk(framework())


@pytest.fixture
def pane(qtbot: QtBot, desk: Desk) -> IssuePane:
    pane = IssuePane(desk.editor, desk.undo.push_edit, desk.undo.push_done)
    qtbot.addWidget(pane)
    pane.resize(828, 588)
    pane.show_issue(SATISFIED)
    with qtbot.waitActive(pane):
        pane.show()
        pane.activateWindow()
    return pane


def entry(pane: IssuePane) -> IndicatorEntry:
    found = pane.findChild(IndicatorEntry)
    assert isinstance(found, IndicatorEntry)
    return found


def test_an_indicator_without_issues_is_filled_in_on_its_page(pane: IssuePane, desk: Desk) -> None:
    page = entry(pane)
    assert page.isVisible()
    type_words(page.input.measured.line, "๙๒\n")
    page.levels.level_chosen.emit(5)
    written = desk.editor.round.indicator(SATISFIED)
    assert (written.measured, written.level) == ("92", 5)
    assert desk.undo.undoText() == "เลือกระดับ ตัวบ่งชี้ที่ ๒.๑"


def test_one_with_issues_lists_them_and_a_standard_its_indicators(pane: IssuePane) -> None:
    pane.show_issue(SCHOOLS)
    assert not entry(pane).isVisible()
    rows = pane.findChild(RowList, "childrenList")
    assert isinstance(rows, RowList)
    assert rows.isVisible()
    pane.show_issue("s3")
    spoken = [row.spoken for row in rows.rows.rows]
    assert spoken == [
        "๓.๑ ผลงานที่ประสบความสำเร็จเป็นที่ประจักษ์ · ยังไม่ระบุ · ๐ จาก ๕ ผลงาน",
        "๓.๒ ความภาคภูมิใจขององค์กร · ยังไม่ระบุ · ไม่มีประเด็นการพิจารณา",
    ]


def test_each_type_shows_what_it_asks_for(pane: IssuePane) -> None:
    seen = []
    for node in (SATISFIED, BEST_WORKS, PRIDE):
        pane.show_issue(node)
        box = entry(pane).input
        seen.append((box.measured.isVisible(), box.works.isVisible()))
    assert seen == [(True, False), (False, True), (False, False)]


def test_leaving_the_page_keeps_what_was_typed(pane: IssuePane, desk: Desk) -> None:
    type_words(entry(pane).input.measured.line, "๖.๑")
    pane.show_issue(BEST_WORKS)
    assert desk.editor.round.indicator(SATISFIED).measured == "6.1"
    pane.show_issue(SATISFIED)
    type_words(entry(pane).input.measured.line, "๒")
    pane.leave()
    assert desk.editor.round.indicator(SATISFIED).measured == "6.12"
    assert desk.undo.count() == 2


def test_both_pages_show_the_same_value(qtbot: QtBot, pane: IssuePane, desk: Desk) -> None:
    other = IndicatorPane(desk.editor, desk.undo.push_edit, desk.undo.push_done)
    qtbot.addWidget(other)
    other.show_indicator(SATISFIED)
    type_words(entry(pane).input.measured.line, "๗๗\n")
    assert other.input.measured.line.text() == "๗๗"
    desk.undo.undo()
    assert entry(pane).input.measured.line.text() == other.input.measured.line.text() == ""


def test_a_level_that_differs_asks_for_its_reason(
    qtbot: QtBot, pane: IssuePane, desk: Desk
) -> None:
    desk.set(SATISFIED, Kind.MEASURED, "92")
    desk.set(SATISFIED, Kind.LEVEL, 3)
    page = entry(pane)
    reason = page.levels._reason
    assert reason.isVisible()
    reason.setFocus()
    type_words(reason, "สำรวจไม่ครบ")
    qtbot.keyClick(reason, Qt.Key.Key_Return)
    assert desk.editor.round.indicator(SATISFIED).reason == "สำรวจไม่ครบ"
    assert desk.undo.undoText() == "แก้เหตุผลประกอบ ตัวบ่งชี้ที่ ๒.๑"


# --- where one goes from node to node ---------------------------------------------------------


def test_walking_the_issues_comes_by_indicators_without_issues(qtbot: QtBot, desk: Desk) -> None:
    tree = FrameworkPane(desk.editor)
    qtbot.addWidget(tree)
    tree.choose("counted-2")
    walked = []
    for _ in range(4):
        tree.step(1)
        walked.append(tree.chosen_id)
    assert walked == [SATISFIED, "schools-1", BEST_WORKS, PRIDE]
    tree.step(-1)
    assert tree.chosen_id == BEST_WORKS


def test_the_rail_has_them_with_their_level(qtbot: QtBot, desk: Desk) -> None:
    tree = FrameworkPane(desk.editor)
    qtbot.addWidget(tree)
    rail = IssueRailModel(FrameworkModel(desk.editor, tree), tree)
    told = [rail.index(row).data() for row in range(rail.rowCount())]
    assert [words.split(" ")[0] for words in told] == [
        "๑.๑.๑",
        "๑.๑.๒",
        "๒.๑",
        "๒.๒.๑",
        "๓.๑",
        "๓.๒",
    ]
    tree.set_folded(True)
    tree.resize(56, 500)
    tree.show()
    qtbot.waitExposed(tree)
    with qtbot.waitSignal(rail.dataChanged) as changed:
        desk.set(BEST_WORKS, Kind.LEVEL, 5)
    assert changed.args[0].row() == 4
    assert not tree.grab().isNull()


def test_evidence_may_be_given_to_an_indicator_without_issues(qtbot: QtBot, desk: Desk) -> None:
    dialog = IssuePickerDialog(desk.editor, title="ก", advice="ข", verb="ใช้ด้วย")
    qtbot.addWidget(dialog)
    dialog.show()
    type_words(dialog.search, "ความพึงพอใจ")
    assert dialog.take.isEnabled()
    with qtbot.waitSignal(dialog.picked) as picked:
        dialog.take.click()
    assert picked.args == [SATISFIED]


def test_two_values_against_each_other_mark_their_indicator(qtbot: QtBot) -> None:
    field = indicator_field(YEAR, SATISFIED, Kind.MEASURED)
    editor: Editor = Desk(framework(), {field: two_heads(field, '"80"', '"85"')}).editor
    model = FrameworkModel(editor)
    assert model.index_of(SATISFIED).data(Role.CONFLICT)
    assert not model.index_of(BEST_WORKS).data(Role.CONFLICT)
