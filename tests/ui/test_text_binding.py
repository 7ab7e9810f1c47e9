from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.domain.fields import Kind, issue_field
from esa_desktop.domain.richtext import from_plain
from esa_desktop.ui.text_binding import LONGEST_MS, TextBinding
from esa_desktop.ui.text_editor import RichTextEdit
from esa_desktop.ui.undo import UndoStack
from tests.services.test_editing import ISSUE, METHOD, YEAR, an_editor


class Desk(QWidget):
    """An editor bound to a field, and another widget the cursor can go to."""

    def __init__(self) -> None:
        super().__init__()
        self.editor, self.sink = an_editor()
        self.stack = UndoStack(self.editor)
        self.edit = RichTextEdit(self)
        self.other = QLineEdit(self)
        row = QVBoxLayout(self)
        row.addWidget(self.edit)
        row.addWidget(self.other)
        self.binding = TextBinding(self.edit, self.editor, self.stack.push_done, self)
        self.binding.bind(METHOD, "แก้วิธีการดำเนินงาน")

    def words(self) -> str:
        return self.editor.round.issue(ISSUE).method.plain


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.edit.setFocus()
    yield made
    made.close()


def test_typing_becomes_a_draft_without_leaving_the_text(desk: Desk, qtbot: QtBot) -> None:
    QTest.keyClicks(desk.edit, "abc")

    qtbot.waitUntil(lambda: len(desk.sink.writes) == 1, timeout=LONGEST_MS + 1000)

    assert desk.sink.writes[0].drafts[0].field == METHOD
    assert desk.words() == "abc"


def test_somebody_who_never_pauses_is_saved_all_the_same(desk: Desk, qtbot: QtBot) -> None:
    for _ in range(LONGEST_MS // 50 + 10):
        QTest.keyClicks(desk.edit, "a")
        qtbot.wait(50)
        if desk.sink.writes:
            break

    assert desk.sink.writes


def test_a_visit_is_one_step_and_undoing_it_shows_the_old_text(desk: Desk) -> None:
    QTest.keyClicks(desk.edit, "one two")
    desk.binding.save()
    QTest.keyClicks(desk.edit, " three")
    desk.other.setFocus()

    assert desk.stack.count() == 1
    assert desk.words() == "one two three"

    desk.stack.undo()
    assert (desk.words(), desk.edit.toPlainText()) == ("", "")

    desk.stack.redo()
    assert (desk.words(), desk.edit.toPlainText()) == ("one two three", "one two three")


def test_ctrl_z_in_the_text_is_the_texts_own_until_the_visit_ends(desk: Desk) -> None:
    QTest.keyClicks(desk.edit, "word")
    assert desk.edit.undo_available()
    desk.edit.undo()
    assert desk.edit.toPlainText() == ""

    QTest.keyClicks(desk.edit, "again")
    desk.other.setFocus()
    assert not desk.edit.undo_available()


def test_a_visit_that_ends_as_it_began_is_no_step(desk: Desk) -> None:
    QTest.keyClicks(desk.edit, "x")
    QTest.keyClick(desk.edit, Qt.Key.Key_Backspace)
    desk.other.setFocus()

    assert desk.stack.count() == 0
    assert not any(write.revisions for write in desk.sink.writes)


def test_a_change_from_elsewhere_is_shown_when_nobody_types(desk: Desk) -> None:
    desk.editor.apply(desk.editor.change(METHOD, from_plain("จากที่อื่น")))

    assert desk.edit.toPlainText() == "จากที่อื่น"


def test_another_field_ends_the_visit_to_the_first(desk: Desk) -> None:
    QTest.keyClicks(desk.edit, "left behind")

    desk.binding.bind(issue_field(YEAR, ISSUE, Kind.RESULTS), "แก้ผล")

    assert desk.words() == "left behind"
    assert desk.edit.toPlainText() == ""
    assert desk.stack.count() == 1


def test_a_binding_that_died_listens_no_more(qtbot: QtBot) -> None:
    editor, _ = an_editor()
    desk = Desk()
    qtbot.addWidget(desk)
    binding = TextBinding(desk.edit, editor, desk.stack.push_done, desk)
    binding.bind(METHOD)
    binding.deleteLater()
    qtbot.wait(20)

    editor.apply(editor.change(METHOD, from_plain("ไม่มีใครฟัง")))

    assert desk.edit.toPlainText() == ""


def test_a_text_cannot_be_written_before_it_has_a_field(desk: Desk) -> None:
    edit = RichTextEdit(desk)
    binding = TextBinding(edit, desk.editor, desk.stack.push_done, desk)
    assert not edit.isEnabled()
    binding.bind(METHOD)
    assert edit.isEnabled()
    binding.bind(None)
    assert not edit.isEnabled()


def test_a_long_text_is_read_once_when_its_visit_ends(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading 500 KB holds the window up for 20 ms: twice would be felt."""
    read: list[None] = []
    text = RichTextEdit.text
    monkeypatch.setattr(RichTextEdit, "text", lambda self: (read.append(None), text(self))[1])
    QTest.keyClicks(desk.edit, "one")

    desk.binding.finish()

    assert len(read) == 1
    assert desk.words() == "one"


def test_what_came_from_elsewhere_after_a_visit_is_shown_though_the_text_was_not_read_again(
    desk: Desk,
) -> None:
    QTest.keyClicks(desk.edit, "one")
    desk.binding.finish()

    for words in ("two", "one", "three"):
        desk.editor.apply(desk.editor.change(METHOD, from_plain(words)))
        assert desk.edit.toPlainText() == words
    QTest.keyClicks(desk.edit, "x")
    desk.binding.finish()
    assert desk.words() == "xthree"
