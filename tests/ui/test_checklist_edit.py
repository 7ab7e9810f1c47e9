from collections.abc import Sequence
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QMimeData, QModelIndex, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from esa_desktop.domain.fields import required_field
from esa_desktop.services.checklists import checklist, supply
from esa_desktop.services.editing import Editor
from esa_desktop.ui.checklist_edit import ChecklistEdit
from esa_desktop.ui.checklist_model import MIME, Role
from esa_desktop.ui.theme import apply_theme
from tests.keys import type_words
from tests.ui.registers import COMMAND, CUPBOARD, ISSUE, OTHER, REPORT, Shelf, drag, drop, read_only


class Card:
    """A checklist of three lines on the screen."""

    def __init__(self, qtbot: QtBot, shelf: Shelf, editor: Editor | None = None) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_theme(app, dark=False)
        self.qtbot = qtbot
        self.shelf = shelf
        self.chosen: Sequence[str] = ()
        self.refused: list[object] = []
        self.edit = ChecklistEdit(
            editor or shelf.desk.editor, shelf.push, lambda: self.chosen, compact=True
        )
        qtbot.addWidget(self.edit)
        self.edit.refused.connect(self.refused.append)
        self.edit.resize(264, 460)
        self.edit.show_issue(ISSUE)
        self.edit.show()
        qtbot.waitExposed(self.edit)

    def texts(self) -> list[str]:
        lines = checklist(self.shelf.desk.editor.round, ISSUE)
        return [line.requirement.text for line in lines]

    def answers(self) -> list[str]:
        model = self.edit.list.model()
        return [model.index(row, 0).data(Role.ANSWER) for row in range(model.rowCount())]

    def wait_for_field_to_go(self) -> None:
        """A view takes the words of its field when events run."""
        fields = self.edit.list.viewport()
        self.qtbot.waitUntil(lambda: not fields.findChildren(QLineEdit))

    def at(self, requirement_id: str) -> None:
        self.edit.list.setFocus()
        self.edit.list.choose(requirement_id)

    def press(self, keys: str) -> None:
        QTest.keySequence(self.edit.list, QKeySequence(keys))

    def choose_items(self, *item_ids: str) -> None:
        self.chosen = item_ids
        self.edit.follow_choice()

    def middle_of(self, row: int) -> QPointF:
        box = self.edit.list.visualRect(self.edit.list.model().index(row, 0))
        return QPointF(box.center())


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    made = Shelf(tmp_path)
    made.ask_for("คำสั่ง", "รายงาน", "ภาพถ่าย")
    return made


@pytest.fixture
def card(qtbot: QtBot, shelf: Shelf) -> Card:
    return Card(qtbot, shelf)


def test_every_line_says_in_words_what_answers_it(card: Card) -> None:
    editor = card.shelf.desk.editor
    editor.apply(supply(editor, ISSUE, "r0", [COMMAND, REPORT]))
    assert card.answers() == ["มีแล้ว ๑.๒.๒-๐๒, ๑.๒.๒-๑๐", "ยังขาด", "ยังขาด"]
    assert card.edit.summary.text() == "ขาด ๒ จาก ๓"
    card.edit.resize(400, 460)
    assert card.edit.summary.text() == "ยังขาด ๒ จาก ๓ รายการ"
    for line in ("r1", "r2"):
        editor.apply(supply(editor, ISSUE, line, [COMMAND]))
    assert card.edit.summary.text() == "ครบ ๓ รายการ"


def test_enter_adds_a_line_and_waits_for_the_next_one(card: Card) -> None:
    card.edit.add.setFocus()
    type_words(card.edit.add, "แผนงาน\nสรุปผล\n")
    assert card.texts()[3:] == ["แผนงาน", "สรุปผล"]
    assert card.edit.add.hasFocus()
    assert card.edit.add.text() == ""
    assert card.shelf.steps == ["เพิ่มหลักฐานที่ต้องมี"] * 2


def test_a_list_that_is_pasted_is_added_in_one_step(card: Card) -> None:
    QGuiApplication.clipboard().setText("แผนงาน\n\nสรุปผล\nคำสั่ง\n")
    card.edit.add.setFocus()
    QTest.keySequence(card.edit.add, QKeySequence(QKeySequence.StandardKey.Paste))
    assert card.texts()[3:] == ["แผนงาน", "สรุปผล"]
    assert len(card.shelf.steps) == 1
    card.shelf.desk.undo.undo()
    assert len(card.texts()) == 3


def test_f2_renames_in_place_and_escape_leaves_it(card: Card) -> None:
    card.at("r1")
    for keys, wanted in ((Qt.Key.Key_Escape, "รายงาน"), (Qt.Key.Key_Return, "รายงานใหม่")):
        card.press("F2")
        (field,) = card.edit.list.viewport().findChildren(QLineEdit)
        assert field.selectedText() == "รายงาน"
        type_words(field, "รายงานใหม่")
        QTest.keyClick(field, keys)
        card.wait_for_field_to_go()
        QApplication.sendPostedEvents(None, 52)  # the old field goes
        assert card.texts()[1] == wanted
    assert card.shelf.steps == ["แก้ชื่อหลักฐานที่ต้องมี"]


def test_a_line_that_is_answered_meanwhile_keeps_the_words_being_typed(card: Card) -> None:
    card.at("r1")
    card.press("F2")
    (field,) = card.edit.list.viewport().findChildren(QLineEdit)
    type_words(field, "ครึ่ง")
    editor = card.shelf.desk.editor
    editor.apply(supply(editor, ISSUE, "r1", [COMMAND]))
    assert field.text() == "ครึ่ง"
    QTest.keyClick(field, Qt.Key.Key_Return)
    card.wait_for_field_to_go()
    assert card.texts()[1] == "ครึ่ง"


def test_delete_removes_a_line_and_undo_brings_it_back_answered(card: Card) -> None:
    editor = card.shelf.desk.editor
    editor.apply(supply(editor, ISSUE, "r1", [COMMAND]))
    card.at("r1")
    card.press("Del")
    assert card.texts() == ["คำสั่ง", "ภาพถ่าย"]
    assert card.edit.list.current is not None
    assert card.edit.list.current.requirement.id == "r2"
    card.shelf.desk.undo.undo()
    assert card.answers()[1] == "มีแล้ว ๑.๒.๒-๐๒"


def test_keys_move_a_line_and_stop_at_the_ends(card: Card) -> None:
    card.at("r0")
    card.press("Ctrl+Shift+Up")
    assert card.shelf.steps == []
    card.press("Ctrl+Shift+Down")
    card.press("Ctrl+Shift+Down")
    card.press("Ctrl+Shift+Down")
    assert card.texts() == ["รายงาน", "ภาพถ่าย", "คำสั่ง"]
    assert card.edit.list.current is not None
    assert card.edit.list.current.requirement.id == "r0"


@pytest.mark.parametrize(
    ("line", "row", "below", "wanted"),
    [
        ("r0", 2, True, "120"),
        ("r2", 0, False, "201"),
        ("r0", 1, False, "012"),
        ("r1", 2, False, "012"),
    ],
)
def test_a_line_is_dragged_to_another_place(
    card: Card, line: str, row: int, below: bool, wanted: str
) -> None:
    mime = QMimeData()
    mime.setData(MIME, line.encode())
    at = card.middle_of(row) + QPointF(0, 8 if below else -8)
    assert drop(card.edit.list.viewport(), mime, at)
    names = ["คำสั่ง", "รายงาน", "ภาพถ่าย"]
    assert card.texts() == [names[int(n)] for n in wanted]
    assert len(card.shelf.steps) == (wanted != "012")


def test_items_dropped_onto_a_line_answer_it(card: Card) -> None:
    assert drop(card.edit.list.viewport(), drag([COMMAND, CUPBOARD]), card.middle_of(1))
    assert card.answers()[1] == "มีแล้ว ๑.๒.๒-๐๒, ๑.๑.๑-๐๒"
    assert card.shelf.desk.editor.round.issues_of(CUPBOARD) == (OTHER, ISSUE)
    assert len(card.shelf.steps) == 1


def test_items_dropped_beside_the_lines_change_nothing(card: Card) -> None:
    below = QPointF(20, card.edit.list.viewport().height() + 30)
    assert not drop(card.edit.list.viewport(), drag([COMMAND]), below)
    assert card.shelf.steps == []


def test_the_button_uses_the_chosen_items_and_says_what_it_waits_for(card: Card) -> None:
    card.edit.list.setCurrentIndex(QModelIndex())
    assert not card.edit.use.isEnabled()
    assert card.edit.use.toolTip() == "เลือกรายการที่ต้องมีก่อน"
    card.at("r0")
    assert "เลือกหลักฐานก่อน" in card.edit.use.toolTip()
    card.choose_items(COMMAND)
    QTest.keyClick(card.edit.use, Qt.Key.Key_Space)
    assert card.answers()[0] == "มีแล้ว ๑.๒.๒-๐๒"


def test_the_menu_takes_an_item_off_a_line_and_leads_to_it(qtbot: QtBot, card: Card) -> None:
    editor = card.shelf.desk.editor
    editor.apply(supply(editor, ISSUE, "r0", [COMMAND]))
    card.at("r0")
    card.edit.fill_items_menu()
    see, take_off = card.edit.items_menu.actions()
    with qtbot.waitSignal(card.edit.item_requested) as asked:
        see.trigger()
    assert asked.args == [COMMAND]
    take_off.trigger()
    assert card.answers()[0] == "ยังขาด"
    assert COMMAND in card.shelf.desk.editor.round.issue(ISSUE).evidence


def test_another_issue_has_a_list_of_its_own(card: Card) -> None:
    card.edit.show_issue(OTHER)
    assert card.answers() == []
    assert card.edit.summary.text() == ""
    labels = [label.text() for label in card.edit.findChildren(QLabel) if label.isVisible()]
    assert any("ปีถัดไป" in words for words in labels)
    card.edit.show_issue(None)
    assert not card.edit.isEnabled()


def test_folded_only_the_heading_with_its_summary_is_left(card: Card) -> None:
    card.edit.fold.click()
    assert not card.edit.list.isVisible()
    assert card.edit.summary.isVisible()
    card.edit.set_folded(False)
    assert card.edit.list.isVisible()


def test_a_project_that_is_only_read_shows_the_list_and_changes_nothing(
    qtbot: QtBot, shelf: Shelf
) -> None:
    card = Card(qtbot, shelf, read_only(shelf.desk))
    card.choose_items(COMMAND)
    card.at("r0")
    for keys in ("F2", "Del", "Ctrl+Shift+Down"):
        card.press(keys)
    assert not drop(card.edit.list.viewport(), drag([COMMAND]), card.middle_of(1))
    assert not card.edit.add.isEnabled()
    assert not card.edit.use.isEnabled()
    assert "เปิดดูอย่างเดียว" in card.edit.use.toolTip()
    assert len(card.texts()) == 3
    assert card.shelf.steps == []


def test_the_model_keeps_qts_rules(card: Card) -> None:
    model = card.edit.list.model()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    editor = card.shelf.desk.editor
    editor.apply(editor.change(required_field(ISSUE), ()))
    card.shelf.ask_for("ใหม่")
    assert model.rowCount() == 1


def test_a_card_that_died_hears_nothing(qapp: QApplication, shelf: Shelf) -> None:
    edit = ChecklistEdit(shelf.desk.editor, shelf.push, list)
    edit.show_issue(ISSUE)
    edit.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(edit)
    shelf.desk.editor.apply(shelf.desk.editor.change(required_field(ISSUE), ()))


def test_words_not_yet_added_become_a_line_of_their_issue_when_another_is_shown(card: Card) -> None:
    """Alt+Down walks on to the next issue while the cursor is still in the field."""
    type_words(card.edit.add, "แผนปฏิบัติการ")

    card.edit.show_issue(ISSUE)  # as the register does at every letter of its search
    still = card.edit.add.text()
    card.edit.show_issue(OTHER)

    assert still == "แผนปฏิบัติการ"
    assert card.texts()[-1] == "แผนปฏิบัติการ"
    assert card.edit.add.text() == ""
    assert card.edit.list.model().rowCount() == 0


def test_words_typed_into_a_line_are_its_own_when_another_issue_is_shown(card: Card) -> None:
    card.at(card.edit.list.model().lines[0].requirement.id)
    card.press("F2")
    (field,) = card.edit.list.viewport().findChildren(QLineEdit)
    field.selectAll()
    type_words(field, "คำสั่งใหม่")

    card.edit.show_issue(OTHER)
    card.wait_for_field_to_go()

    assert card.texts()[0] == "คำสั่งใหม่"
