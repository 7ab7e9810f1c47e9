"""The framework desk: names by keyboard, fields that keep what is typed, order, use, undo, and locks."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.app import make_application
from esa_desktop.domain import framework_edits as edits
from esa_desktop.domain.edits import SetField
from esa_desktop.domain.errors import EsaError, ReadOnlyProject
from esa_desktop.domain.fields import Kind, encode, framework_field, issue_field
from esa_desktop.domain.framework import Framework, IndicatorType
from esa_desktop.domain.framework_words import TYPE_NAMES
from esa_desktop.domain.revision import make_revision, view_of_heads
from esa_desktop.domain.richtext import from_plain
from esa_desktop.services.editing import Editor
from esa_desktop.services.identity import Who
from esa_desktop.ui.fault_line import FaultLine
from esa_desktop.ui.framework_desk import FrameworkDesk
from esa_desktop.ui.framework_desk_model import ROW
from esa_desktop.ui.framework_desk_rows import EDITION, RETIRED, Rank
from esa_desktop.ui.framework_retired_card import RetiredCard
from esa_desktop.ui.words_edit import WordsEdit
from tests.keys import type_words
from tests.ui.rounds import FRAMEWORK, YEAR, Desk, two_heads, wide_framework

NONE = Qt.KeyboardModifier.NoModifier
EMPTY = Framework("none", "ฉบับใหม่", YEAR, ())


class Work:
    """A desk in a window, its undo stack, and what it refused."""

    def __init__(self, qtbot: QtBot, framework: Framework = FRAMEWORK, **named: object) -> None:
        make_application()
        field = framework_field(YEAR)
        pinned = make_revision(
            field, (), encode(Kind.FRAMEWORK, framework), author="ก", device="ก", time="2014"
        )
        views = named.get("views") or {field: view_of_heads(field, [pinned], dict)}
        self.round = Desk(framework, views)  # type: ignore[arg-type]
        self.desk = FrameworkDesk(self.round.editor, self.push)
        self.refused: list[EsaError] = []
        self.desk.refused.connect(self.refused.append)
        self.desk.resize(1366, 588)
        self.desk.show()
        self.desk.activateWindow()
        qtbot.waitUntil(self.desk.isActiveWindow)

    def push(self, edit: SetField, name: str) -> None:
        """As the workspace does it."""
        self.desk.leave()
        self.round.undo.push_edit(edit, name)

    def undo(self) -> None:
        self.desk.leave()
        self.round.undo.undo()

    @property
    def framework(self) -> Framework:
        return self.round.editor.round.framework

    @property
    def tree(self) -> QWidget:
        return self.desk.outline.tree

    @property
    def steps(self) -> list[str]:
        stack = self.round.undo
        return [stack.text(place) for place in range(stack.count())]

    def editor(self) -> WordsEdit:
        """The one that is open in the outline."""
        found = self.desk.findChildren(WordsEdit, "nameInPlace")
        assert found
        assert found[-1].hasFocus()
        return found[-1]

    def is_naming(self) -> bool:
        return self.desk.outline.tree.is_naming

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClick(target, key, modifiers)

    def type(self, words: str) -> None:
        type_words(self.editor(), words)

    def choose(self, node_id: str) -> None:
        self.desk.show_node(node_id)
        self.tree.setFocus()

    def names(self, node_id: str = "") -> list[str]:
        fw = self.framework
        if not node_id:
            return [standard.name for standard in fw.standards]
        node = fw.node(fw.code_of(node_id))
        return [child.name for child in getattr(node, "indicators", getattr(node, "issues", ()))]


def double_click(button: QWidget) -> None:
    """The second press of a double click, and its release."""
    QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)


Make = Callable[..., Work]


@pytest.fixture
def make(qtbot: QtBot) -> Iterator[Make]:
    made: list[Work] = []

    def build(framework: Framework = FRAMEWORK, **named: object) -> Work:
        made.append(Work(qtbot, framework, **named))
        return made[-1]

    yield build
    for work in made:
        work.desk.close()
        work.desk.deleteLater()


# --- names by keyboard ------------------------------------------------------------------------


def test_enter_adds_one_after_another_and_tab_goes_deeper(make: Make) -> None:
    work = make(EMPTY)
    QTest.mouseClick(work.desk.findChild(QPushButton, "addStandard"), Qt.MouseButton.LeftButton)
    work.type("มาตรฐานหนึ่ง")
    work.press(Qt.Key.Key_Return)
    work.press(Qt.Key.Key_Tab)
    work.type("ตัวบ่งชี้หนึ่ง")
    work.press(Qt.Key.Key_Return)
    work.press(Qt.Key.Key_Tab)
    work.type("ประเด็นหนึ่ง")
    work.press(Qt.Key.Key_Return)
    work.type("ประเด็นสอง")
    work.press(Qt.Key.Key_Return)
    work.press(Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    work.type("ตัวบ่งชี้สอง")
    work.press(Qt.Key.Key_Return)
    work.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    work.type("มาตรฐานสอง")
    work.press(Qt.Key.Key_Return)
    work.press(Qt.Key.Key_Return)
    assert not work.is_naming()
    assert [(code, node.name) for code, node in work.framework.walk()] == [
        ("1", "มาตรฐานหนึ่ง"),
        ("1.1", "ตัวบ่งชี้หนึ่ง"),
        ("1.1.1", "ประเด็นหนึ่ง"),
        ("1.1.2", "ประเด็นสอง"),
        ("1.2", "ตัวบ่งชี้สอง"),
        ("2", "มาตรฐานสอง"),
    ]
    assert len(work.steps) == 6


def test_esc_leaves_no_row_and_no_step_behind(make: Make) -> None:
    work = make()
    work.choose("good-2")
    work.press(Qt.Key.Key_Return)
    work.type("ไม่เอาแล้ว")
    work.press(Qt.Key.Key_Escape)
    assert not work.is_naming()
    assert not work.desk.model.pending
    assert work.steps == []
    assert work.framework == FRAMEWORK
    assert work.desk.node == "good-2"
    assert work.tree.hasFocus()


def test_a_name_is_kept_when_somebody_clicks_elsewhere(make: Make) -> None:
    work = make()
    work.choose("good-4")
    work.press(Qt.Key.Key_Insert)
    work.type("ประเด็นที่ห้า")
    work.desk.bar.back.setFocus()
    assert work.names("good")[-1] == "ประเด็นที่ห้า"
    assert not work.is_naming()
    assert work.steps == ["เพิ่มประเด็นการพิจารณา"]


def test_clicking_add_twice_opens_one_row(make: Make, qtbot: QtBot) -> None:
    work = make()
    work.choose("good")
    button = work.desk.findChild(QPushButton, "addIssue")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    double_click(button)
    qtbot.wait(20)
    rows = work.desk.model.rowCount(work.desk.model.index_of("good"))
    assert rows == 5
    assert work.is_naming()
    work.type("ใหม่")
    work.press(Qt.Key.Key_Return)
    work.press(Qt.Key.Key_Escape)
    assert len(work.names("good")) == 5


def test_a_pasted_list_becomes_issues_in_one_step_without_their_numbers(make: Make) -> None:
    work = make()
    work.choose("good-4")
    work.press(Qt.Key.Key_Return)
    mime = QMimeData()
    mime.setText("๕. เรื่องที่ห้า\n๖.  เรื่องที่หก\n\n๗. เรื่องที่เจ็ด")
    work.editor().insertFromMimeData(mime)
    assert work.names("good")[4:] == ["เรื่องที่ห้า", "เรื่องที่หก", "เรื่องที่เจ็ด"]
    assert work.steps == ["เพิ่มประเด็นการพิจารณา ๓ รายการ"]
    assert not work.is_naming()
    work.undo()
    assert work.framework == FRAMEWORK


def test_f2_renames_and_enter_only_ends_it(make: Make) -> None:
    work = make()
    work.choose("good-1")
    work.press(Qt.Key.Key_F2)
    work.type("ชื่อใหม่")
    work.press(Qt.Key.Key_Return)
    assert work.names("good")[0] == "ชื่อใหม่"
    assert not work.is_naming()
    assert work.tree.hasFocus()
    assert work.steps == ["แก้ชื่อประเด็นการพิจารณา"]


def test_what_is_typed_in_place_outlives_a_change_from_elsewhere(make: Make) -> None:
    work = make()
    work.choose("good-2")
    work.press(Qt.Key.Key_Return)
    work.type("กำลังพิมพ์")
    field = framework_field(YEAR)
    other = edits.rename(work.framework, "learn-1", "จากที่อื่น")
    work.round.editor.apply(work.round.editor.change(field, other))
    assert work.editor().words == "กำลังพิมพ์"
    work.press(Qt.Key.Key_Return)
    work.press(Qt.Key.Key_Escape)
    assert "กำลังพิมพ์" in work.names("good")
    assert work.names("learn")[0] == "จากที่อื่น"


def test_a_name_being_changed_outlives_a_change_of_its_own_row(make: Make) -> None:
    work = make()
    work.choose("good-2")
    work.press(Qt.Key.Key_F2)
    work.type("ชื่อที่กำลังแก้")
    other = edits.set_verified(work.framework, "good-2", False)
    work.round.editor.apply(work.round.editor.change(framework_field(YEAR), other))
    assert work.editor().words == "ชื่อที่กำลังแก้"
    work.press(Qt.Key.Key_Return)
    assert work.names("good")[1] == "ชื่อที่กำลังแก้"


def test_a_step_ends_what_is_being_typed_first(make: Make) -> None:
    work = make()
    work.choose("good")
    name = work.desk.page.node_form.name
    name.setFocus()
    name.setPlainText("ยังไม่ได้ออกจากช่อง")
    work.desk.step("good", 1)
    assert work.framework.indicator("1.2").name == "ยังไม่ได้ออกจากช่อง"
    assert work.steps == ["แก้ชื่อตัวบ่งชี้", "ย้ายตัวบ่งชี้ ๑.๑"]
    form = work.desk.page.node_form
    form.name.setFocus()
    form.name.setPlainText("อีกครั้ง")
    form.verified.click()
    assert work.framework.indicator("1.2").name == "อีกครั้ง"


def test_a_name_too_long_is_refused_and_still_there_to_be_shortened(
    make: Make, qtbot: QtBot
) -> None:
    work = make()
    work.choose("good-4")
    work.press(Qt.Key.Key_Return)
    work.editor().setPlainText("ก" * 2001)
    work.press(Qt.Key.Key_Return)
    assert [type(error).__name__ for error in work.refused] == ["ValueRefused"]
    qtbot.waitUntil(work.is_naming)
    assert len(work.editor().words) == 2001
    assert work.framework == FRAMEWORK
    work.editor().setPlainText("สั้นแล้ว")
    work.press(Qt.Key.Key_Return)
    work.press(Qt.Key.Key_Escape)
    assert work.names("good")[-1] == "สั้นแล้ว"


# --- fields -----------------------------------------------------------------------------------


def test_a_field_is_one_step_when_it_is_left(make: Make) -> None:
    work = make()
    work.choose("good")
    form = work.desk.page.node_form
    form.lead_in.setFocus()
    type_words(form.lead_in, "สพป. มีผลการดำเนินการ ดังต่อไปนี้")
    assert work.steps == []
    assert work.desk.is_unread
    form.type.setFocus()
    assert work.framework.indicator("1.1").lead_in == "สพป. มีผลการดำเนินการ ดังต่อไปนี้"
    assert work.steps == ["แก้ประโยคนำ"]
    assert not work.desk.is_unread


def test_choosing_another_node_hands_over_what_was_typed(make: Make) -> None:
    work = make()
    work.choose("good")
    work.desk.page.node_form.name.setFocus()
    work.desk.page.node_form.name.setPlainText("ชื่อที่แก้")
    work.desk.show_node("learn")
    assert work.framework.indicator("1.1").name == "ชื่อที่แก้"
    assert work.framework.indicator("1.2").name == "การพัฒนาสู่องค์การแห่งการเรียนรู้"
    assert work.desk.page.node_form.name.words == "การพัฒนาสู่องค์การแห่งการเรียนรู้"


def test_typing_in_one_field_outlives_a_change_of_another(make: Make) -> None:
    work = make()
    work.choose("good")
    name = work.desk.page.node_form.name
    name.setFocus()
    name.setPlainText("ยังพิมพ์อยู่")
    changed = edits.describe_indicator(work.framework, "good", lead_in="จากเครื่องอื่น")
    work.round.editor.apply(work.round.editor.change(framework_field(YEAR), changed))
    assert name.words == "ยังพิมพ์อยู่"
    assert work.desk.page.node_form.lead_in.words == "จากเครื่องอื่น"
    work.desk.leave()
    assert work.framework.indicator("1.1").name == "ยังพิมพ์อยู่"
    assert work.framework.indicator("1.1").lead_in == "จากเครื่องอื่น"


def test_esc_in_a_field_gives_back_what_is_stored(make: Make) -> None:
    work = make()
    work.choose("good")
    name = work.desk.page.node_form.name
    name.setFocus()
    name.setPlainText("ผิด")
    QTest.keyClick(name, Qt.Key.Key_Escape)
    assert name.words == "การบริหารจัดการที่ดี"
    work.desk.leave()
    assert work.steps == []


def test_a_rubric_row_keeps_both_lines_and_its_counts(make: Make) -> None:
    work = make()
    work.choose("good")
    line = work.desk.page.node_form.rubric.lines[4]
    line.words.setFocus()
    line.words.setPlainText("บรรทัดแรก\nบรรทัดที่สอง\n")
    line.fewest.setFocus()
    row = work.framework.indicator("1.1").rubric.row(4)
    assert row is not None
    assert row.lines == ("บรรทัดแรก", "บรรทัดที่สอง")
    assert not row.verified
    line.fewest.setText("๒")
    line.verified.setFocus()
    QTest.keyClick(line.verified, Qt.Key.Key_Space)
    row = work.framework.indicator("1.1").rubric.row(4)
    assert row is not None
    assert (row.fewest, row.most, row.verified) == (2, 3, True)
    assert work.steps == ["แก้เกณฑ์ระดับ ๔", "แก้เกณฑ์ระดับ ๔", "ตรวจเกณฑ์ระดับ ๔"]


def test_what_is_no_number_is_marked_and_kept(make: Make) -> None:
    work = make()
    work.choose("good")
    weight = work.desk.page.node_form.weight
    weight.value.setFocus()
    weight.value.setText("สิบ")
    weight.source.setFocus()
    assert work.steps == []
    assert weight.value.is_faulty
    assert weight.value.text() == "สิบ"
    weight.value.setFocus()
    weight.value.setText("๑๒.๕")
    weight.source.setFocus()
    assert work.framework.indicator("1.1").weight == 12.5
    assert not weight.value.is_faulty


def test_a_weight_out_of_bounds_stays_in_its_box_with_the_reason(make: Make) -> None:
    work = make()
    work.choose("s1")
    share = work.desk.page.node_form.share
    share.value.setFocus()
    share.value.setText("๑๒๐")
    share.source.setFocus()
    assert work.framework.standards[0].share is None
    assert share.value.text() == "๑๒๐"
    assert share.value.is_faulty
    assert "๑๐๐" in share.value.toolTip()
    assert len(work.refused) == 1


def test_a_new_number_is_not_the_one_that_was_checked(make: Make) -> None:
    work = make()
    work.choose("s1")
    share = work.desk.page.node_form.share
    share.value.setFocus()
    share.value.setText("๓๐")
    share.source.setFocus()
    share.verified.click()
    type_words(share.source, "คู่มือ หน้า ๓")
    work.desk.leave()
    standard = work.framework.standards[0]
    assert (standard.share, standard.share_verified, standard.share_source) == (
        30,
        True,
        "คู่มือ หน้า ๓",
    )
    share.value.setFocus()
    share.value.setText("๓๕")
    share.source.setFocus()
    assert not work.framework.standards[0].share_verified


def test_another_type_shows_other_columns(make: Make) -> None:
    work = make()
    work.choose("good")
    form = work.desk.page.node_form
    line = form.rubric.lines[5]
    assert line.fewest.isVisible()
    form.type.setCurrentIndex(form.type.findData(IndicatorType.THRESHOLD))
    form.type.activated.emit(form.type.currentIndex())
    assert work.framework.indicator("1.1").type is IndicatorType.THRESHOLD
    assert not line.fewest.isVisible()
    assert line.at_least.isVisible()
    assert form.unit.isVisible()
    line.at_least.setFocus()
    line.at_least.setText("๙๐")
    form.unit.setFocus()
    row = work.framework.indicator("1.1").rubric.row(5)
    assert row is not None
    assert row.at_least == 90


def test_the_usual_rows_are_filled_in_one_step(make: Make) -> None:
    work = make(wide_framework(2))
    bare = edits.set_rows(work.framework, "n1", ())
    work.round.editor.apply(work.round.editor.change(framework_field(YEAR), bare))
    work.choose("n1")
    form = work.desk.page.node_form
    assert form.usual.isVisible()
    form.usual.click()
    rows = work.framework.indicator("1.1").rubric.rows
    assert rows == edits.usual_rows(IndicatorType.EVIDENCE_LADDER, 4)
    assert not form.usual.isVisible()
    assert form.rubric.lines[5].words.words.endswith("ทุกข้อ")


# --- order and use ----------------------------------------------------------------------------


def test_alt_shift_and_arrows_move_within_and_over_the_edge(make: Make) -> None:
    work = make()
    work.choose("good-4")
    both = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    work.press(Qt.Key.Key_Up, both)
    assert work.framework.code_of("good-4") == "1.1.3"
    work.press(Qt.Key.Key_Down, both)
    work.press(Qt.Key.Key_Down, both)
    assert work.framework.code_of("good-4") == "1.2.1"
    assert work.desk.node == "good-4"
    assert work.tree.hasFocus()


def test_texts_stay_with_an_issue_that_moves_or_is_retired(make: Make) -> None:
    work = make()
    work.round.set("good-2", Kind.METHOD, from_plain("ประชุมทุกเดือน"))
    work.desk.move_node("good-2", "learn", 0)
    assert work.framework.code_of("good-2") == "1.2.1"
    assert work.round.editor.round.issue("good-2").method.plain == "ประชุมทุกเดือน"
    work.desk.retire("good-2")
    assert not work.framework.has_node("good-2")
    assert work.round.editor.view(issue_field(YEAR, "good-2", Kind.METHOD)).body
    work.desk.take_back("good-2")
    assert work.framework.code_of("good-2") == "1.2.1"
    assert work.round.editor.round.issue("good-2").method.plain == "ประชุมทุกเดือน"


def test_a_second_click_does_not_retire_the_neighbour(make: Make) -> None:
    work = make()
    work.choose("good-2")
    button = work.desk.findChild(QPushButton, "retireButton")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    double_click(button)
    assert [issue.id for issue in work.framework.indicator("1.1").issues] == [
        "good-1",
        "good-3",
        "good-4",
    ]
    assert work.desk.node == "good-3"


def test_what_is_out_of_use_is_listed_and_comes_back_by_a_button(make: Make) -> None:
    work = make()
    work.desk.retire("learn")
    group = work.desk.model.index_of(RETIRED)
    assert group.isValid()
    assert "๑ รายการ" in group.data(ROW).name
    work.choose("learn")
    QTest.mouseClick(work.desk.findChild(QPushButton, "takeBackButton"), Qt.MouseButton.LeftButton)
    assert work.framework.code_of("learn") == "1.2"
    assert not work.desk.model.index_of(RETIRED).isValid()


def test_only_the_node_that_was_retired_itself_can_be_taken_back(make: Make) -> None:
    work = make()
    work.desk.retire("learn")
    work.choose("learn-1")
    assert not work.desk.findChild(QPushButton, "takeBackButton").isVisible()


# --- undo -------------------------------------------------------------------------------------


def test_undo_brings_the_changed_node_into_view(make: Make) -> None:
    work = make()
    work.choose("learn-3")
    work.press(Qt.Key.Key_F2)
    work.type("ชื่ออื่น")
    work.press(Qt.Key.Key_Return)
    work.choose("s2")
    work.undo()
    assert work.desk.node == "learn-3"
    tree = work.desk.outline.tree
    row = tree.visualRect(work.desk.model.index_of("learn-3"))
    assert tree.viewport().rect().intersects(row)
    assert work.desk.page.node_form.name.words == "ช่องทางสื่อสารและคลังความรู้"


def test_undo_of_retiring_shows_the_node_where_it_was(make: Make) -> None:
    work = make()
    work.desk.retire("good-2")
    work.choose("s2")
    work.undo()
    assert work.desk.node == "good-2"
    work.round.undo.redo()
    assert work.framework.retired_node("good-2") is not None


def test_undo_of_adding_shows_where_it_was(make: Make) -> None:
    work = make()
    work.choose("learn-4")
    work.press(Qt.Key.Key_Return)
    work.type("เกินมา")
    work.press(Qt.Key.Key_Return)
    work.press(Qt.Key.Key_Escape)
    work.choose(EDITION)
    work.undo()
    assert work.framework == FRAMEWORK
    assert work.desk.node == "learn"


def test_undo_of_a_rubric_row_far_below_scrolls_to_it(make: Make) -> None:
    work = make()
    work.choose("good")
    line = work.desk.page.node_form.rubric.lines[1]
    line.words.setFocus()
    line.words.setPlainText("ไม่มีเลย")
    work.desk.leave()
    work.desk.page._scroll.verticalScrollBar().setValue(0)
    work.tree.setFocus()
    work.undo()
    assert line.words.words == "\n".join(FRAMEWORK.indicator("1.1").rubric.rows[4].lines)
    assert not line.words.visibleRegion().isEmpty()


def test_control_z_in_a_field_without_typing_is_left_to_the_window(make: Make) -> None:
    work = make()
    work.choose("good")
    name = work.desk.page.node_form.name
    name.setFocus()
    key = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    key.ignore()
    QApplication.sendEvent(name, key)
    assert not key.isAccepted()
    type_words(name, "ก")
    key.ignore()
    QApplication.sendEvent(name, key)
    assert key.isAccepted()


# --- what cannot be changed -------------------------------------------------------------------


def test_a_project_that_is_only_read_shows_all_and_changes_nothing(qtbot: QtBot) -> None:
    make_application()
    source = Desk(FRAMEWORK)
    editor = Editor(
        source.editor.round,
        {},
        submit=source._submit,
        graph=lambda _: {},
        who=Who("ผู้อ่าน", "dev", "pc"),
        read_only=True,
    )
    refused: list[EsaError] = []
    desk = FrameworkDesk(editor, lambda *_: pytest.fail("nothing may be pushed"))
    desk.refused.connect(refused.append)
    desk.show()
    qtbot.waitExposed(desk)
    desk.show_node("good")
    form = desk.page.node_form
    assert form.name.words == "การบริหารจัดการที่ดี"
    assert form.name.isReadOnly()
    assert all(box.isReadOnly() for box in form.rubric.lines[5].boxes())
    assert not form.verified.isEnabled()
    assert not form.type.isEnabled()
    assert not desk.findChild(QPushButton, "addIssue").isVisible()
    desk.outline.tree.setFocus()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_F2, Qt.Key.Key_Delete, Qt.Key.Key_Insert):
        QTest.keyClick(desk.outline.tree, key)
    assert not desk.outline.tree.is_naming
    assert editor.round.framework == FRAMEWORK
    assert refused
    assert {type(error) for error in refused} == {ReadOnlyProject}
    desk.close()
    desk.deleteLater()


def test_two_versions_are_told_of_and_neither_is_written_over(make: Make) -> None:
    field = framework_field(YEAR)
    one = edits.rename(FRAMEWORK, "good-1", "ของก้อง")
    other = edits.rename(FRAMEWORK, "good-1", "ของดาว")
    bodies = encode(Kind.FRAMEWORK, one), encode(Kind.FRAMEWORK, other)
    work = make(FRAMEWORK, views={field: two_heads(field, *bodies)})
    work.choose("good-1")
    assert work.desk.page.node_form.name.isReadOnly()
    assert not work.desk.bar.bring.isEnabled()
    before = work.round.editor.view(field).head_ids
    work.desk.retire("good-1")
    work.desk.add(Rank.ISSUE)
    assert len(work.refused) == 2
    assert work.round.editor.view(field).head_ids == before
    assert len(before) == 2
    banner = work.desk.bar.findChild(QWidget, "banner")
    assert banner.isVisible()
    assert "นายก้อง" in banner.accessibleName()
    assert "นางดาว" in banner.accessibleName()


# --- sizes and looks --------------------------------------------------------------------------


def test_an_edition_without_standards_offers_the_first_one(make: Make) -> None:
    work = make(EMPTY)
    buttons = [b for b in work.desk.findChildren(QPushButton) if b.text() == "เพิ่มมาตรฐานแรก"]
    assert len(buttons) == 1
    assert buttons[0].isVisible()
    QTest.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
    work.type("ด้านการบริหาร")
    work.press(Qt.Key.Key_Return)
    work.press(Qt.Key.Key_Escape)
    assert work.names() == ["ด้านการบริหาร"]


def test_an_issue_needs_an_indicator_and_the_desk_says_so(make: Make) -> None:
    work = make(EMPTY)
    work.desk.add(Rank.ISSUE)
    assert not work.is_naming()
    assert "ตัวบ่งชี้ก่อน" in work.desk.bar.work.accessibleName()


def test_a_very_long_name_makes_no_row_higher_than_two_lines(make: Make) -> None:
    long = "การพัฒนาคุณภาพการศึกษาอย่างต่อเนื่องและยั่งยืน" * 30
    work = make(replace(FRAMEWORK, title=long))
    renamed = edits.rename(work.framework, "good-1", long)
    work.round.editor.apply(work.round.editor.change(framework_field(YEAR), renamed))
    work.choose("good-1")
    tree = work.desk.outline.tree
    assert tree.visualRect(work.desk.model.index_of("good-1")).height() <= 62
    assert work.desk.page.node_form.name.height() <= 200
    assert work.desk.minimumSizeHint().width() <= 1100


def test_a_change_among_two_hundred_indicators_keeps_what_is_unfolded_and_scrolled(
    make: Make, qtbot: QtBot
) -> None:
    work = make(wide_framework(99))
    tree = work.desk.outline.tree
    work.choose("n50-2")
    tree.collapse(work.desk.model.index_of("n3"))
    qtbot.wait(10)
    before = tree.verticalScrollBar().value()
    assert before > 0
    work.press(Qt.Key.Key_F2)
    work.type("อื่น")
    work.press(Qt.Key.Key_Return)
    qtbot.wait(10)
    assert not tree.isExpanded(work.desk.model.index_of("n3"))
    assert abs(tree.verticalScrollBar().value() - before) < 60
    assert work.desk.node == "n50-2"


def test_a_click_on_the_arrow_folds_and_chooses_nothing(make: Make) -> None:
    work = make()
    tree = work.desk.outline.tree
    work.choose("s2")
    rect = tree.visualRect(work.desk.model.index_of("good"))
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(36, rect.center().y()))
    assert not tree.isExpanded(work.desk.model.index_of("good"))
    assert work.desk.node == "s2"


def test_a_problem_leads_to_its_place(make: Make) -> None:
    work = make(edits.add_standard(FRAMEWORK, "", node_id="bare"))
    work.desk.bar.problems.click()
    problems = work.desk.problems.list
    assert problems.isVisible()
    rows = [row.target for row in problems.rows.rows]
    problems.setCurrentIndex(problems.rows.index(rows.index("bare"), 0))
    QTest.keyClick(problems, Qt.Key.Key_Return)
    assert work.desk.node == "bare"
    assert work.desk.page.node_form.name.isVisible()
    assert not work.desk.bar.problems.isChecked()


def test_every_field_has_a_name_for_assistive_tools(make: Make) -> None:
    work = make()
    for node in ("good", "s1", "good-1", EDITION):
        work.choose(node)
        for widget in work.desk.findChildren(QWidget):
            if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                if widget.objectName().startswith("qt_"):
                    continue
                if type(widget).__name__ in ("QScrollArea", "QSplitter"):
                    continue
                assert widget.accessibleName() or getattr(widget, "text", str)(), widget


@pytest.mark.parametrize("node", ["good", "s1", "good-1", EDITION])
def test_the_tab_key_goes_down_the_page(make: Make, node: str) -> None:
    work = make()
    work.choose(node)
    work.desk.bar.back.setFocus()
    met: list[QWidget] = []
    for _ in range(60):
        work.press(Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
        if here is None or here in met:
            break
        met.append(here)
    inner = work.desk.page._scroll.widget()
    fields = [widget for widget in met if inner.isAncestorOf(widget)]
    assert len(fields) >= 2
    # Boxes of one line of the rubric stand level with each other, give or take their borders.
    rows = [round(field.mapTo(inner, QPoint(0, 0)).y() / 24) for field in fields]
    upwards = [n for n in range(1, len(rows)) if rows[n] < rows[n - 1] - 1]
    assert not upwards, [(fields[n].accessibleName(), rows[n]) for n in range(len(rows))]


def test_two_quick_clicks_on_the_arrow_open_no_name(make: Make) -> None:
    work = make()
    tree = work.desk.outline.tree
    rect = tree.visualRect(work.desk.model.index_of("good"))
    at = QPoint(36, rect.center().y())
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert tree.isExpanded(work.desk.model.index_of("good"))
    assert not work.is_naming()


def test_a_node_dropped_in_another_parent_moves_there(make: Make) -> None:
    work = make()
    model = work.desk.model
    mime = model.mimeData([model.index_of("good-1")])
    move = Qt.DropAction.MoveAction
    assert not model.dropMimeData(mime, move, -1, 0, model.index_of("learn"))
    assert [issue.id for issue in work.framework.indicator("1.2").issues][-1] == "good-1"
    assert work.steps == ["ย้ายประเด็นการพิจารณา ๑.๑.๑"]
    assert work.desk.node == "good-1"


@pytest.mark.parametrize("width", [843, 1100, 1366])
def test_no_form_is_wider_than_its_place(make: Make, qtbot: QtBot, width: int) -> None:
    """843 is what a laptop's screen at 150 % leaves beside the tree; the bar of heights needs some, too."""
    work = make()
    work.desk.resize(width, 465)
    types = IndicatorType.THRESHOLD, IndicatorType.RANKED_WORKS
    for node, kind in (("good", types[0]), ("learn", types[1])):
        changed = edits.describe_indicator(work.framework, node, type=kind)
        work.round.editor.apply(work.round.editor.change(framework_field(YEAR), changed))
    for node in ("good", "learn", "free", "s1", "good-1", EDITION):
        work.choose(node)
        qtbot.wait(10)
        assert work.desk.page._scroll.widget().minimumSizeHint().width() <= width - 360, node
        assert work.desk.page._scroll.horizontalScrollBar().maximum() == 0, node


def test_a_link_leads_to_where_an_issue_is_written_about(make: Make) -> None:
    work = make()
    went: list[str] = []
    work.desk.go_to.connect(went.append)
    link = work.desk.findChild(QPushButton, "writeAboutNode")
    work.choose("s1")
    assert not link.isVisible()
    work.choose("good-2")
    link.click()
    assert went == ["good-2"]


# --- what could not be stored -----------------------------------------------------------------


def faults(work: Work) -> list[str]:
    """The sentences that stand below boxes."""
    lines = work.desk.findChildren(FaultLine)
    return [line.text() for line in lines if line.isVisible()]


def test_what_is_no_number_is_told_below_its_box_and_found_again_on_return(make: Make) -> None:
    work = make()
    work.choose("good")
    weight = work.desk.page.node_form.weight.value
    weight.setFocus()
    type_words(weight, "ยี่สิบ")
    work.press(Qt.Key.Key_Tab)
    assert len(faults(work)) == 1
    assert "ต้องเป็นตัวเลข" in faults(work)[0]
    assert work.refused == []

    work.desk.show_node("learn")
    assert (weight.text(), faults(work)) == ("", [])
    assert len(work.refused) == 1
    assert "“ยี่สิบ” ในช่องน้ำหนัก" in work.refused[0].sentence

    work.desk.show_node("good")
    assert (weight.text(), weight.is_faulty, len(faults(work))) == ("ยี่สิบ", True, 1)
    weight.setFocus()
    weight.clear()
    type_words(weight, "20")
    work.desk.leave()
    assert work.framework.indicator("1.1").weight == 20
    assert faults(work) == []
    assert not work.desk.is_unread


def test_what_was_refused_of_an_indicator_is_not_taken_for_an_issue_s(make: Make) -> None:
    work = make()
    work.choose("good")
    form = work.desk.page.node_form
    form.lead_in.setFocus()
    form.lead_in.setPlainText("ก" * 2001)
    for node in ("good-1", "good-2", "good-1"):
        work.desk.show_node(node)
        assert faults(work) == []
    assert len(work.refused) == 2  # when the field was left, and when the indicator was
    work.desk.show_node("good")
    assert len(form.lead_in.words) == 2001
    form.lead_in.setPlainText("สั้นแล้ว")
    work.desk.leave()
    assert not work.desk.is_unread


def test_a_wrong_figure_of_the_rubric_or_the_year_is_told_with_the_name_of_its_box(
    make: Make,
) -> None:
    work = make()
    work.choose("good")
    line = work.desk.page.node_form.rubric.lines[4]
    line.fewest.setText("สอง")
    line.fewest.finish()
    assert faults(work)[0].startswith("ระดับ ๔ หลักฐานชัดเจนตั้งแต่กี่ข้อ: ")
    work.choose(EDITION)
    year = work.desk.page.edition_form.year
    year.setText("๑๙")
    year.finish()
    assert faults(work)[0].startswith("ปี พ.ศ. ที่ประกาศ: ปีของฉบับมาตรฐาน")


def test_a_figure_refused_once_is_refused_again_when_it_is_typed_again(make: Make) -> None:
    work = make()
    work.choose("s1")
    share = work.desk.page.node_form.share.value
    for typed in ("150", "15", "150"):
        share.setFocus()
        share.selectAll()
        type_words(share, typed)
        if typed == "150":
            share.finish()
            assert share.is_faulty
    assert len(work.refused) == 2
    assert all(error.sentence.startswith("สัดส่วน") for error in work.refused)


def test_leaving_the_desk_tells_what_could_not_be_stored(make: Make) -> None:
    work = make()
    work.choose("good")
    weight = work.desk.page.node_form.weight.value
    weight.setText("ยี่สิบ")
    work.desk.leave()
    work.desk.tell_refused()
    assert ["ยี่สิบ" in error.sentence for error in work.refused] == [True]


def test_what_was_refused_and_told_owes_nothing_to_the_disk(make: Make) -> None:
    work = make()
    work.choose("s1")
    share = work.desk.page.node_form.share.value
    share.setText("150")
    assert work.desk.is_behind
    work.desk.leave()
    assert work.desk.is_unread
    assert not work.desk.is_behind


# --- words, and what a newcomer meets ---------------------------------------------------------


def test_the_tab_key_goes_from_a_new_weight_to_its_source_and_then_to_its_tick(
    make: Make,
) -> None:
    work = make()
    work.choose("good")
    weight = work.desk.page.node_form.weight
    weight.value.setFocus()
    type_words(weight.value, "20")
    work.press(Qt.Key.Key_Tab)
    assert weight.source.hasFocus()
    work.press(Qt.Key.Key_Tab)
    assert weight.verified.hasFocus()
    work.press(Qt.Key.Key_Space)
    work.press(Qt.Key.Key_Tab)
    assert not isinstance(QApplication.focusWidget(), QScrollArea)
    indicator = work.framework.indicator("1.1")
    assert (indicator.weight, indicator.weight_verified) == (20, True)


def test_what_was_said_of_a_step_goes_when_the_step_is_taken_back(make: Make) -> None:
    work = make()
    work.desk.retire("good-2")
    assert work.desk.bar.work.isVisible()
    work.undo()
    assert not work.desk.bar.work.isVisible()


def test_what_is_out_of_use_says_where_it_was(make: Make) -> None:
    work = make()
    work.desk.retire("good-2")
    work.choose("good-2")
    card = work.desk.findChild(RetiredCard)
    told = [label.text() for label in card.findChildren(QLabel) if label.isVisible()]
    assert "เดิมคือประเด็นการพิจารณาที่ ๑.๑.๒ ในตัวบ่งชี้ “การบริหารจัดการที่ดี”" in told


def test_types_are_named_as_in_files(make: Make) -> None:
    work = make()
    box = work.desk.page.node_form.type
    assert [box.itemText(n) for n in range(box.count())] == list(TYPE_NAMES.values())
    assert box.accessibleName() == "แบบของตัวบ่งชี้"


@pytest.mark.qt_log_ignore("grabbing the keyboard")
def test_the_list_of_types_shows_all_of_them_at_once(make: Make, qtbot: QtBot) -> None:
    work = make()
    work.choose("good")
    box = work.desk.page.node_form.type
    box.showPopup()
    qtbot.waitUntil(box.view().isVisible)
    assert box.view().verticalScrollBar().maximum() == 0
    last = box.view().visualRect(box.model().index(box.count() - 1, 0))
    assert last.bottom() <= box.view().viewport().rect().bottom()
    box.hidePopup()


# --- the bar -----------------------------------------------------------------------------------


def shown_words(work: Work) -> list[str]:
    return [b.text() for b in work.desk.bar.findChildren(QPushButton) if b.isVisible() and b.text()]


@pytest.mark.parametrize("fixed", [False, True])
@pytest.mark.parametrize("width", [835, 1000, 1290])
def test_the_blank_form_has_its_words_at_every_width(
    make: Make, qtbot: QtBot, width: int, fixed: bool
) -> None:
    """835 pixels is what a window of 911 leaves beside the rail: a laptop at 150 %."""
    work = make()
    bar = work.desk.bar
    bar.set_fixed(fixed, fixed)
    work.desk.resize(width, 420)
    qtbot.wait(20)
    assert bar.width() == width

    shown = shown_words(work)
    assert "แบบฟอร์ม Excel เปล่า…" in shown
    assert "นำเข้า…" in shown
    for button in bar.findChildren(QPushButton):
        if button.isVisible():
            assert button.width() >= button.sizeHint().width(), button.text()
            assert button.mapTo(bar, button.rect().topRight()).x() < width, button.text()
    in_menu = [action.text() for action in bar._menu.actions() if action.isVisible()]
    assert ("บันทึกเป็นไฟล์…" in shown) != ("บันทึกเป็นไฟล์…" in in_menu)
    assert ("บันทึกเป็นไฟล์…" in shown) == (width == 1290)


def test_each_word_of_the_bar_asks_for_what_it_says(make: Make, qtbot: QtBot) -> None:
    bar = make().desk.bar
    wanted: list[str] = []
    bar.wanted.disconnect()
    bar.wanted.connect(wanted.append)

    for button in (bar.form, bar.bring, bar.save):
        button.click()
    for action in bar._menu.actions():
        action.trigger()

    assert wanted == ["template", "import", "save", "save", "compare"]
