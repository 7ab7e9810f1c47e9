from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QDropEvent,
    QFocusEvent,
    QImage,
    QInputMethodEvent,
    QKeyEvent,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.domain.richtext import (
    EMPTY,
    Block,
    Image,
    Paragraph,
    RichText,
    Run,
    Table,
    from_plain,
    paragraph,
)
from esa_desktop.ui.table_size import TableSizeDialog
from esa_desktop.ui.text_editor import RichTextEdit
from esa_desktop.ui.text_menu import text_menu
from esa_desktop.ui.theme import LIGHT, apply_theme
from tests.keys import type_words
from tests.ui.texts import texts

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
Move = QTextCursor.MoveOperation
KEEP = QTextCursor.MoveMode.KeepAnchor


@pytest.fixture
def page(qapp: QApplication, qtbot: QtBot) -> Iterator[QWidget]:
    apply_theme(qapp, dark=False)
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(700, 500)
    QVBoxLayout(made)
    yield made
    qapp.clipboard().clear()


@pytest.fixture
def edit(page: QWidget, qtbot: QtBot) -> RichTextEdit:
    made = RichTextEdit(page)
    layout = page.layout()
    assert layout is not None
    layout.addWidget(made)
    layout.addWidget(RichTextEdit(page))
    page.show()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


def other_editor(edit: RichTextEdit) -> RichTextEdit:
    return next(field for field in edit.window().findChildren(RichTextEdit) if field is not edit)


def key(
    edit: RichTextEdit, code: Qt.Key | int, modifiers: Qt.KeyboardModifier = NONE, text: str = ""
) -> None:
    QApplication.sendEvent(edit, QKeyEvent(QEvent.Type.KeyPress, int(code), modifiers, text))


def write(edit: RichTextEdit, words: str) -> None:
    """Letter by letter, as the Thai keyboard sends them."""
    for letter in words:
        if letter == "\n":
            key(edit, Key.Key_Return)
        elif letter == "\t":
            key(edit, Key.Key_Tab)
        else:
            key(edit, Key.Key_Space if letter == " " else ord(letter), text=letter)


def enter(edit: RichTextEdit, reason: Qt.FocusReason) -> None:
    """Come into the editor anew, as by a click or by a key."""
    other_editor(edit).setFocus()
    edit.setFocus(reason)
    assert edit.hasFocus()


def blocks(edit: RichTextEdit) -> tuple[Block, ...]:
    return edit.text().blocks


def labels(edit: RichTextEdit) -> list[tuple[str, int, str]]:
    return [(p.label, p.level, p.text) for p in blocks(edit) if isinstance(p, Paragraph)]


def put(edit: RichTextEdit, *found: Block) -> None:
    edit.set_text(RichText(found))


def go(edit: RichTextEdit, position: int, anchor: int | None = None) -> None:
    cursor = edit.textCursor()
    cursor.setPosition(position if anchor is None else anchor)
    if anchor is not None:
        cursor.setPosition(position, KEEP)
    edit.setTextCursor(cursor)


def go_end(edit: RichTextEdit) -> None:
    edit.moveCursor(Move.End)


# --- showing and telling ----------------------------------------------------------------------


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=texts)
def test_what_is_shown_is_what_is_read(edit: RichTextEdit, text: RichText) -> None:
    edit.set_text(text)
    assert edit.text() == text
    edit.set_zoom(1.5)
    assert edit.text() == text
    edit.set_zoom(1.0)


def test_an_empty_editor_is_the_empty_text(edit: RichTextEdit) -> None:
    assert edit.text() == EMPTY
    write(edit, "ก")
    key(edit, Key.Key_Backspace)
    assert edit.text() == EMPTY


def test_edited_is_told_for_each_change_of_the_person_only(edit: RichTextEdit) -> None:
    told: list[None] = []
    edit.edited.connect(lambda: told.append(None))
    put(edit, paragraph("ก", "๑."))
    edit.set_zoom(1.4)
    edit.clear_undo()
    assert told == []
    go_end(edit)
    assert told == []
    write(edit, "ข")
    assert len(told) == 1
    edit.undo()
    assert len(told) == 2


def test_a_visit_begins_and_ends_with_the_focus(edit: RichTextEdit) -> None:
    told: list[str] = []
    edit.left.connect(lambda: told.append("left"))
    edit.entered.connect(lambda: told.append("entered"))
    for reason in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
        QApplication.sendEvent(edit, QFocusEvent(QEvent.Type.FocusOut, reason))
        QApplication.sendEvent(edit, QFocusEvent(QEvent.Type.FocusIn, reason))
    assert told == []
    other_editor(edit).setFocus()
    edit.setFocus()
    assert told == ["left", "entered"]


def test_letters_of_an_input_method_are_taken_in(edit: RichTextEdit) -> None:
    event = QInputMethodEvent()
    event.setCommitString("สํานัก")
    QApplication.sendEvent(edit, event)
    edit.commit_input_method()
    assert edit.text().plain in ("สํานัก", "สำนัก")
    assert edit.text().plain == "สำนัก"


# --- labels -----------------------------------------------------------------------------------


def test_a_number_and_a_blank_become_a_label_and_enter_goes_on(edit: RichTextEdit) -> None:
    write(edit, "แผน ดังนี้\n๑. ตั้งคณะ\nประชุม\n\nจบ")
    assert labels(edit) == [
        ("", 0, "แผน ดังนี้"),
        ("๑.", 0, "ตั้งคณะ"),
        ("๒.", 0, "ประชุม"),
        ("", 0, "จบ"),
    ]


def test_tab_opens_a_list_inside_the_list_and_shift_tab_closes_it(edit: RichTextEdit) -> None:
    write(edit, "๑. ก\n\tข\nค\n")
    key(edit, Key.Key_Backtab, SHIFT)
    write(edit, "ง")
    assert labels(edit) == [("๑.", 0, "ก"), ("๑.๑", 1, "ข"), ("๑.๒", 1, "ค"), ("๒.", 0, "ง")]


def test_a_list_inside_the_list_counts_below_its_own_number(edit: RichTextEdit) -> None:
    write(edit, "๑. แต่งตั้ง\nประชุม\n\tครั้งแรก\nครั้งที่สอง\n\tวาระ\n")
    key(edit, Key.Key_Backtab, SHIFT)
    write(edit, "ครั้งที่สาม\n")
    key(edit, Key.Key_Backtab, SHIFT)
    write(edit, "สรุป\n\tเล่ม")
    assert labels(edit) == [
        ("๑.", 0, "แต่งตั้ง"),
        ("๒.", 0, "ประชุม"),
        ("๒.๑", 1, "ครั้งแรก"),
        ("๒.๒", 1, "ครั้งที่สอง"),
        ("๒.๒.๑", 2, "วาระ"),
        ("๒.๓", 1, "ครั้งที่สาม"),
        ("๓.", 0, "สรุป"),
        ("๓.๑", 1, "เล่ม"),
    ]


@pytest.mark.parametrize(
    ("above", "below"),
    [("(๕)", "๕.๑"), ("๕)", "๕.๑"), ("3.", "3.1"), ("๑๒.๓", "๑๒.๓.๑"), ("•", "•"), ("ข.", "ข.")],
)
def test_the_first_number_inside_a_list_fits_the_one_above(
    edit: RichTextEdit, above: str, below: str
) -> None:
    put(edit, paragraph("ก", above))
    go_end(edit)
    write(edit, "\n\t")
    assert labels(edit) == [(above, 0, "ก"), (below, 1, "")]


def test_renumbering_a_part_still_begins_with_one(edit: RichTextEdit) -> None:
    put(edit, paragraph("ก", "๒."), paragraph("ข", "๒.๑", 1), paragraph("ค", "๒.๒", 1))
    edit.renumber()
    assert [label for label, _, _ in labels(edit)] == ["๑.", "๑.๑", "๑.๒"]


def test_tab_on_written_text_changes_the_depth_and_not_the_number(edit: RichTextEdit) -> None:
    put(edit, paragraph("ก", "๑."), paragraph("ข", "๒."))
    go_end(edit)
    write(edit, "\t")
    assert labels(edit) == [("๑.", 0, "ก"), ("๒.", 1, "ข")]


def test_a_typed_sub_number_goes_one_deeper(edit: RichTextEdit) -> None:
    write(edit, "๑. ก\n")
    key(edit, Key.Key_Backspace)
    write(edit, "๑.๑ ข\n")
    key(edit, Key.Key_Backspace)
    key(edit, Key.Key_Backspace)
    write(edit, "๒. ค")
    assert labels(edit) == [("๑.", 0, "ก"), ("๑.๑", 1, "ข"), ("๒.", 0, "ค")]


def test_bullets_are_labels_and_amounts_of_money_are_not_after_undo(edit: RichTextEdit) -> None:
    write(edit, "- ก")
    assert labels(edit) == [("-", 0, "ก")]
    put(edit)
    write(edit, "๒.๕ ")
    assert labels(edit) == [("๒.๕", 0, "")]
    edit.undo()
    write(edit, "ล้านบาท")
    assert labels(edit) == [("", 0, "๒.๕ ล้านบาท")]


def test_a_number_in_the_middle_of_a_line_stays_text(edit: RichTextEdit) -> None:
    write(edit, "ข้อ ๑. แผน")
    assert labels(edit) == [("", 0, "ข้อ ๑. แผน")]


def test_enter_in_the_middle_parts_the_paragraph(edit: RichTextEdit) -> None:
    put(edit, paragraph("กข", "๑.", 2, "center"))
    go(edit, 4)
    write(edit, "\n")
    assert blocks(edit) == (paragraph("ก", "๑.", 2, "center"), paragraph("ข", "๒.", 2, "center"))
    edit.undo()
    assert blocks(edit) == (paragraph("กข", "๑.", 2, "center"),)


def test_backspace_takes_off_the_label_then_the_indent_then_joins(edit: RichTextEdit) -> None:
    put(edit, paragraph("ก"), paragraph("ข", "๑.๑", 1))
    go(edit, 2 + 4)
    key(edit, Key.Key_Backspace)
    assert labels(edit) == [("", 0, "ก"), ("", 1, "ข")]
    key(edit, Key.Key_Backspace)
    assert labels(edit) == [("", 0, "ก"), ("", 0, "ข")]
    key(edit, Key.Key_Backspace)
    assert labels(edit) == [("", 0, "กข")]


def test_delete_at_the_end_leaves_no_number_inside_the_text(edit: RichTextEdit) -> None:
    put(edit, paragraph("ก", "๑."), paragraph("ข", "๒."))
    go(edit, 4)
    key(edit, Key.Key_Delete)
    assert labels(edit) == [("๑.", 0, "กข")]


def test_half_a_label_that_is_left_is_text(edit: RichTextEdit) -> None:
    put(edit, paragraph("กข", "๑."), paragraph("คง", "๒."))
    go(edit, 7, 4)
    key(edit, Key.Key_Delete)
    assert labels(edit) == [("๑.", 0, "ก. คง")]
    put(edit, paragraph("กข", "๑."))
    go(edit, 4, 1)
    key(edit, Key.Key_Delete)
    assert labels(edit) == [("", 0, "๑ข")]


def test_the_number_itself_can_be_corrected(edit: RichTextEdit) -> None:
    put(edit, paragraph("ก", "๑."))
    go(edit, 1)
    write(edit, "๕")
    assert labels(edit) == [("๑๕.", 0, "ก")]


def test_renumbering_counts_the_list_around_the_cursor_or_the_selection(edit: RichTextEdit) -> None:
    put(edit, paragraph("ก", "๑."), paragraph("ข", "๕."), paragraph("ค", "๕."), paragraph("ง"))
    go(edit, 3)
    edit.renumber()
    assert [label for label, _, _ in labels(edit)] == ["๑.", "๒.", "๓.", ""]
    edit.undo()
    assert [label for label, _, _ in labels(edit)] == ["๑.", "๕.", "๕.", ""]
    edit.selectAll()
    edit.renumber()
    assert [label for label, _, _ in labels(edit)] == ["๑.", "๒.", "๓.", ""]


def test_the_list_button_numbers_and_takes_off(edit: RichTextEdit) -> None:
    put(edit, paragraph("ก"), paragraph("ข"))
    edit.selectAll()
    edit.toggle_label()
    assert labels(edit) == [("๑.", 0, "ก"), ("๒.", 0, "ข")]
    edit.toggle_label()
    assert labels(edit) == [("", 0, "ก"), ("", 0, "ข")]


def test_home_goes_behind_the_label_first(edit: RichTextEdit) -> None:
    put(edit, paragraph("กข", "๑."))
    go_end(edit)
    key(edit, Key.Key_Home)
    assert edit.textCursor().position() == 3
    key(edit, Key.Key_Home)
    assert edit.textCursor().position() == 0


def test_blank_lines_that_were_typed_are_kept(edit: RichTextEdit) -> None:
    write(edit, "\n\nก")
    assert [text for _, _, text in labels(edit)] == ["", "", "ก"]


# --- bold and its like ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("latin", "thai", "run"),
    [
        (Key.Key_B, "ิ", Run("ก", bold=True)),
        (Key.Key_I, "ร", Run("ก", italic=True)),
        (Key.Key_U, "ี", Run("ก", underline=True)),
    ],
)
def test_formats_work_under_both_layouts(
    edit: RichTextEdit, latin: Qt.Key, thai: str, run: Run
) -> None:
    put(edit, paragraph("ก", "๑."))
    edit.selectAll()
    key(edit, latin, CONTROL)
    assert blocks(edit) == (Paragraph((run,), "๑."),)
    key(edit, ord(thai), CONTROL, thai)
    assert blocks(edit) == (paragraph("ก", "๑."),)


def test_undo_and_copy_work_under_the_thai_layout(edit: RichTextEdit, qapp: QApplication) -> None:
    write(edit, "แผน")
    edit.selectAll()
    key(edit, ord("แ"), CONTROL, "แ")
    assert qapp.clipboard().text() == "แผน"
    key(edit, ord("ผ"), CONTROL, "ผ")
    assert edit.text().plain != "แผน"


def test_bold_typed_goes_on_bold_and_stops(edit: RichTextEdit) -> None:
    write(edit, "๑. ก")
    key(edit, Key.Key_B, CONTROL)
    write(edit, "ข")
    key(edit, Key.Key_B, CONTROL)
    write(edit, "ค")
    assert blocks(edit) == (Paragraph((Run("ก"), Run("ข", bold=True), Run("ค")), "๑."),)


def test_a_label_stays_plain_when_its_line_is_made_bold(edit: RichTextEdit) -> None:
    put(edit, paragraph("ก", "๑."), paragraph("ข", "๒."))
    edit.selectAll()
    edit.toggle_bold()
    for block in (edit.document().begin(), edit.document().begin().next()):
        assert block.begin().fragment().charFormat().fontWeight() == 400


# --- Thai -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("สํานัก", "สำนัก"),
        ("นํ้า", "น้ำ"),
        ("เเผน", "แผน"),
        ("ที่่", "ที่"),
        ("ก่ี", "กี่"),
        ("กำ้", "กำ้"),
    ],
)
def test_slips_are_mended_while_they_are_typed(edit: RichTextEdit, typed: str, kept: str) -> None:
    put(edit, paragraph("กข"))
    go(edit, 1)
    write(edit, typed)
    assert edit.toPlainText() == f"ก{kept}ข"
    assert edit.textCursor().position() == 1 + len(kept), "the cursor stays behind what was typed"


def test_mending_belongs_to_the_step_that_typed(edit: RichTextEdit) -> None:
    write(edit, "ก")
    key(edit, Key.Key_Return)
    write(edit, "สํา")
    for _ in range(10):
        edit.undo()
    assert edit.text().is_blank
    for _ in range(10):
        edit.redo()
    assert edit.text().plain == "ก\nสำ"


WORDS = "บุคลากรใฝ่รู้ทันการเปลี่ยนแปลง ปี ๒๕๖๘"


def test_ctrl_arrows_go_by_thai_words(edit: RichTextEdit) -> None:
    put(edit, paragraph(WORDS))
    stops = []
    while not edit.textCursor().atEnd():
        key(edit, Key.Key_Right, CONTROL)
        stops.append(edit.textCursor().position())
    assert "บุคลากร" in WORDS[: stops[0]]
    assert len(stops) >= 6
    back = []
    while not edit.textCursor().atStart():
        key(edit, Key.Key_Left, CONTROL)
        back.append(edit.textCursor().position())
    assert [*reversed(back)] == [0, *stops[:-1]]


def test_ctrl_shift_arrow_selects_and_ctrl_delete_removes_a_word(edit: RichTextEdit) -> None:
    put(edit, paragraph(WORDS))
    key(edit, Key.Key_Right, CONTROL | SHIFT)
    first = edit.textCursor().selectedText()
    assert first == "บุคลากร"
    go(edit, 0)
    key(edit, Key.Key_Delete, CONTROL)
    assert edit.toPlainText() == WORDS.removeprefix(first)
    go_end(edit)
    key(edit, Key.Key_Backspace, CONTROL)
    assert edit.toPlainText().endswith("ปี ")


def test_ctrl_backspace_stops_at_the_label(edit: RichTextEdit) -> None:
    put(edit, paragraph("แผน", "๑."))
    go_end(edit)
    key(edit, Key.Key_Backspace, CONTROL)
    assert labels(edit) == [("๑.", 0, "")]
    key(edit, Key.Key_Backspace, CONTROL)
    assert labels(edit) in ([("", 0, "")], [])


def test_a_double_click_takes_a_thai_word(edit: RichTextEdit) -> None:
    put(edit, paragraph("😀 " + WORDS))
    cursor = edit.textCursor()
    cursor.setPosition(5)
    spot = edit.cursorRect(cursor).center() + QPoint(2, 0)
    QTest.mouseDClick(edit.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert edit.textCursor().selectedText() == "บุคลากร"


# --- undo -------------------------------------------------------------------------------------


def override(edit: RichTextEdit, code: Qt.Key) -> bool:
    """Whether the editor keeps a shortcut for itself."""
    event = QKeyEvent(QEvent.Type.ShortcutOverride, code, CONTROL)
    event.ignore()
    QApplication.sendEvent(edit, event)
    return event.isAccepted()


def test_undo_is_the_programs_when_the_text_has_nothing_to_take_back(edit: RichTextEdit) -> None:
    put(edit, paragraph("ก"))
    assert not override(edit, Key.Key_Z)
    write(edit, "ข")
    assert edit.undo_available()
    assert override(edit, Key.Key_Z)
    edit.undo()
    assert override(edit, Key.Key_Y)
    edit.redo()
    assert not override(edit, Key.Key_Y)
    edit.clear_undo()
    assert not override(edit, Key.Key_Z)
    assert override(edit, Key.Key_B), "bold is the text's, whatever the window does with Ctrl+B"


def test_undo_under_the_thai_layout_reaches_the_program(edit: RichTextEdit, qtbot: QtBot) -> None:
    from PySide6.QtGui import QAction

    from esa_desktop.ui.kedmanee import KedmaneeShortcuts

    done: list[str] = []
    action = QAction(edit.window())
    action.setShortcut("Ctrl+Z")
    action.triggered.connect(lambda: done.append("undo"))
    edit.window().addAction(action)
    shortcuts = KedmaneeShortcuts()
    app = QApplication.instance()
    assert app is not None
    app.installEventFilter(shortcuts)
    key(edit, ord("ผ"), CONTROL, "ผ")
    app.removeEventFilter(shortcuts)
    assert done == ["undo"]


def test_what_was_typed_in_one_go_is_taken_back_in_one_go(edit: RichTextEdit) -> None:
    write(edit, "แผนปฏิบัติการ")
    edit.undo()
    assert edit.text() == EMPTY
    assert not edit.undo_available()


def test_zooming_while_writing_costs_no_step_of_undo(edit: RichTextEdit) -> None:
    def steps_back() -> int:
        steps = 0
        while edit.undo_available():
            edit.undo()
            steps += 1
        assert edit.text() == EMPTY
        return steps

    write(edit, "๑. ก")
    steps = steps_back()
    edit.clear_undo()
    write(edit, "๑. ก")
    edit.set_zoom(2.0)
    assert steps_back() == steps


# --- tables -----------------------------------------------------------------------------------


def table(edit: RichTextEdit) -> Table:
    found = next(block for block in blocks(edit) if isinstance(block, Table))
    assert isinstance(found, Table)
    return found


def words(found: Table) -> list[list[str]]:
    return [["".join(p.text for p in cell) for cell in row] for row in found.rows]


def test_a_table_is_filled_with_tab_and_grows_at_its_end(edit: RichTextEdit) -> None:
    write(edit, "ผล")
    edit.insert_table(2, 2)
    write(edit, "ก\tข\tค\tง\tจ")
    key(edit, Key.Key_Backtab, SHIFT)
    write(edit, "+")
    assert words(table(edit)) == [["ก", "ข"], ["ค", "ง+"], ["จ", ""]] or words(table(edit)) == [
        ["ก", "ข"],
        ["ค", "+ง"],
        ["จ", ""],
    ]
    assert blocks(edit)[0] == paragraph("ผล")
    assert len(blocks(edit)) == 2, "no empty lines around the table"
    heading = table(edit).rows[0][0][0]
    assert heading.align == "center"
    assert heading.runs[0].bold


def test_rows_and_columns_come_and_go(edit: RichTextEdit) -> None:
    cells = tuple(tuple((paragraph(text),) for text in row) for row in ("กข", "คง"))
    put(edit, Table(cells, (3.0, 1.0)))
    from esa_desktop.ui import text_tables

    def in_cell(row: int, column: int) -> None:
        frame = edit.document().rootFrame().childFrames()[0]
        edit.setTextCursor(frame.cellAt(row, column).firstCursorPosition())  # type: ignore[attr-defined]

    in_cell(0, 0)
    edit.change_table(lambda cursor: text_tables.insert_column(cursor, 1))
    assert words(table(edit)) == [["ก", "", "ข"], ["ค", "", "ง"]]
    assert table(edit).widths == (3.0, 3.0, 1.0)
    in_cell(1, 2)
    edit.change_table(lambda cursor: text_tables.insert_row(cursor, 0))
    assert words(table(edit)) == [["ก", "", "ข"], ["", "", ""], ["ค", "", "ง"]]
    in_cell(0, 1)
    edit.change_table(text_tables.remove_column)
    in_cell(0, 0)
    edit.change_table(text_tables.remove_row)
    assert words(table(edit)) == [["", ""], ["ค", "ง"]]
    assert table(edit).widths == (3.0, 1.0)
    for _ in range(4):
        edit.undo()
    assert blocks(edit) == (Table(cells, (3.0, 1.0)),)
    in_cell(0, 0)
    edit.change_table(text_tables.remove_table)
    assert edit.text().is_blank


def test_a_table_can_be_written_before_and_behind(edit: RichTextEdit) -> None:
    put(edit, Table((((Paragraph(),),),), (1.0,)))
    write(edit, "ก่อน")
    go_end(edit)
    write(edit, "หลัง")
    first, _, last = blocks(edit)
    assert (first, last) == (paragraph("ก่อน"), paragraph("หลัง"))


def test_a_new_table_inside_a_table_is_put_below_it(edit: RichTextEdit) -> None:
    edit.insert_table(1, 1)
    edit.insert_table(1, 2)
    assert [len(b.widths) for b in blocks(edit) if isinstance(b, Table)] == [1, 2]


def test_the_size_of_a_table_is_asked_without_waiting(edit: RichTextEdit) -> None:
    edit.ask_for_table()
    dialog = edit.findChild(TableSizeDialog)
    assert isinstance(dialog, TableSizeDialog)
    assert dialog.rows.text() == "๓"
    for box, typed in ((dialog.rows, "๔"), (dialog.columns, "2")):
        box.selectAll()
        QApplication.sendEvent(box, QKeyEvent(QEvent.Type.KeyPress, ord(typed), NONE, typed))
    dialog.accept()
    assert [len(row) for row in table(edit).rows] == [2, 2, 2, 2]


# --- the clipboard and files ------------------------------------------------------------------


def test_copy_and_paste_keep_labels_tables_and_styles(edit: RichTextEdit) -> None:
    text = RichText(
        (
            Paragraph((Run("ก"), Run("ข", bold=True)), "๑."),
            Table((((paragraph("ค"),),),), (1.0,)),
            paragraph("ง", "๒.", 1),
        )
    )
    edit.set_text(text)
    edit.selectAll()
    edit.copy()
    put(edit)
    edit.paste()
    assert edit.text() == text
    edit.undo()
    assert edit.text().is_blank


def test_foreign_html_is_read_by_us(edit: RichTextEdit) -> None:
    mime = QMimeData()
    mime.setHtml(
        "<p style='color:red;font-size:40pt'><b>แดง</b></p><ol><li>ก</ol><script>x</script>"
    )
    edit.insertFromMimeData(mime)
    assert blocks(edit) == (Paragraph((Run("แดง", bold=True),)), paragraph("ก", "1."))
    assert not edit.document().begin().begin().fragment().charFormat().hasProperty(0x820)


def test_ctrl_shift_v_pastes_the_words_only(edit: RichTextEdit, qapp: QApplication) -> None:
    mime = QMimeData()
    mime.setHtml("<b>๑. หนา</b>")
    mime.setText("๑. หนา")
    qapp.clipboard().setMimeData(mime)
    key(edit, Key.Key_V, CONTROL | SHIFT)
    assert blocks(edit) == (paragraph("หนา", "๑."),)


def test_dropped_files_are_evidence_and_no_text(edit: RichTextEdit, tmp_path: Path) -> None:
    told: list[list[Path]] = []
    edit.files_dropped.connect(told.append)
    files = [tmp_path / "คำสั่ง.pdf", tmp_path / "b.jpg"]
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    mime.setText("file:///x")
    drop = QDropEvent(
        QPointF(20, 20), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, NONE
    )
    edit.dropEvent(drop)
    assert told == [files]
    assert edit.text() == EMPTY


def test_a_line_that_is_dragged_away_leaves_its_label_whole(edit: RichTextEdit) -> None:
    put(edit, paragraph("กขค", "๑."), paragraph("งจฉ", "๒."))
    go(edit, 10, 4)
    mime = edit.createMimeDataFromSelection()
    edit.textCursor().removeSelectedText()
    go_end(edit)
    drop = QDropEvent(
        QPointF(400, 20), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, NONE
    )
    edit.dropEvent(drop)
    assert edit.text() == RichText(blocks(edit))
    again = edit.text()
    put(edit, *again.blocks)
    assert edit.text() == again
    assert "\t" not in again.plain


def test_a_pasted_picture_is_handed_over_and_comes_back_by_hash(edit: RichTextEdit) -> None:
    told: list[QImage] = []
    edit.image_pasted.connect(told.append)
    picture = QImage(4, 2, QImage.Format.Format_RGB32)
    picture.fill(0)
    mime = QMimeData()
    mime.setImageData(picture)
    edit.insertFromMimeData(mime)
    assert [image.size() for image in told] == [picture.size()]
    write(edit, "ก")
    edit.insert_image("ab" * 32, 120.0)
    assert blocks(edit) == (paragraph("ก"), Image("ab" * 32, 120.0))


def test_a_text_that_is_only_read_takes_nothing(edit: RichTextEdit) -> None:
    put(edit, paragraph("ก", "๑."))
    edit.setReadOnly(True)
    before = edit.text()
    write(edit, "ข\n\t")
    for command in (edit.toggle_bold, edit.toggle_label, edit.indent, edit.renumber):
        command()
    edit.insert_table(1, 1)
    key(edit, Key.Key_V, CONTROL | SHIFT)
    mime = QMimeData()
    mime.setText("x")
    edit.insertFromMimeData(mime)
    assert edit.text() == before


# --- the menu, the wheel, the look ------------------------------------------------------------


def menu_words(menu: QMenu) -> list[str]:
    found = []
    for action in menu.actions():
        below = action.menu()
        found.append(action.text().partition("\t")[0])
        if isinstance(below, QMenu):
            found += menu_words(below)
    return [text for text in found if text]


def test_the_menu_offers_what_can_be_done_here(edit: RichTextEdit) -> None:
    put(edit, paragraph("ก"), Table((((paragraph("ข"),),),), (1.0,)))
    outside = menu_words(text_menu(edit))
    assert {"ตัด", "คัดลอก", "วางเฉพาะข้อความ", "จัดเลขใหม่", "แทรกตาราง…"} <= set(outside)
    assert "ลบแถวนี้" not in outside
    go(edit, 3)
    inside = menu_words(text_menu(edit))
    assert {"แทรกแถวด้านล่าง", "ลบคอลัมน์นี้"} <= set(inside)
    edit.setReadOnly(True)
    assert menu_words(text_menu(edit)) == ["คัดลอก", "เลือกทั้งหมด"]
    assert all(any("ก" <= c <= "ฮ" for c in text) for text in (*outside, *inside))


def test_an_entry_of_the_menu_does_its_work(edit: RichTextEdit) -> None:
    put(edit, Table((((paragraph("ข"),),),), (1.0,)))
    go(edit, 2)
    menu = text_menu(edit)
    below = next(a.menu() for a in menu.actions() if a.text() == "ตาราง")
    assert isinstance(below, QMenu)
    next(a for a in below.actions() if a.text() == "แทรกแถวด้านล่าง").trigger()
    assert words(table(edit)) == [["ข"], [""]]


def test_tab_leaves_the_editor_where_there_is_no_list(edit: RichTextEdit) -> None:
    write(edit, "ก")
    QTest.keyClick(edit, Key.Key_Tab)
    assert not edit.hasFocus()
    edit.setFocus()
    put(edit, paragraph("ก", "๑."))
    QTest.keyClick(edit, Key.Key_Tab)
    assert edit.hasFocus()
    assert labels(edit) == [("๑.", 1, "ก")]


TAB = Qt.FocusReason.TabFocusReason
BACKTAB = Qt.FocusReason.BacktabFocusReason
IN_A_TABLE = (Table((((paragraph("ข"),), (paragraph("ค"),)),), (1.0, 1.0)), 1)
IN_A_LIST = (paragraph("ข", "๑.", 1), 0)


@pytest.mark.parametrize(("block", "place"), [IN_A_LIST, IN_A_TABLE])
@pytest.mark.parametrize("reason", [TAB, BACKTAB])
@pytest.mark.parametrize(("code", "held"), [(Key.Key_Tab, NONE), (Key.Key_Backtab, SHIFT)])
def test_who_came_with_tab_goes_on_with_tab(
    edit: RichTextEdit,
    block: Block,
    place: int,
    reason: Qt.FocusReason,
    code: Qt.Key,
    held: Qt.KeyboardModifier,
) -> None:
    put(edit, block)
    go(edit, place)
    enter(edit, reason)
    if held:
        QTest.keyPress(edit, Key.Key_Shift)
    QTest.keyClick(edit, code, held)
    assert other_editor(edit).hasFocus()
    assert blocks(edit) == (block,)


def test_a_key_walk_goes_through_the_page_and_back(edit: RichTextEdit) -> None:
    for field in (edit, other_editor(edit)):
        put(field, paragraph("ก", "๑.", 1))
    enter(edit, TAB)
    seen = []
    for code, held in 3 * [(Key.Key_Tab, NONE)] + 3 * [(Key.Key_Backtab, SHIFT)]:
        QTest.keyClick(edit if edit.hasFocus() else other_editor(edit), code, held)
        seen.append(edit.hasFocus())
    assert seen == [False, True, False, True, False, True]


def press_an_arrow(edit: RichTextEdit) -> None:
    QTest.keyClick(edit, Key.Key_Right)


def click(edit: RichTextEdit) -> None:
    QTest.mouseClick(edit.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 15))


def change_by_a_button(edit: RichTextEdit) -> None:
    edit.selectAll()
    edit.toggle_bold()


def commit_letters(edit: RichTextEdit) -> None:
    event = QInputMethodEvent()
    event.setCommitString("ก")
    QApplication.sendEvent(edit, event)


@pytest.mark.parametrize("act", [press_an_arrow, click, change_by_a_button, commit_letters])
def test_who_came_with_tab_and_did_something_has_tab_for_the_list(
    edit: RichTextEdit, act: Callable[[RichTextEdit], None]
) -> None:
    put(edit, paragraph("กข", "๑."))
    enter(edit, TAB)
    act(edit)
    QTest.keyClick(edit, Key.Key_Tab)
    assert edit.hasFocus()
    assert labels(edit)[0][1] == 1


def test_another_window_in_between_changes_nothing_about_tab(edit: RichTextEdit) -> None:
    put(edit, paragraph("ก", "๑."))
    enter(edit, TAB)
    for kind in (QEvent.Type.FocusOut, QEvent.Type.FocusIn):
        QApplication.sendEvent(edit, QFocusEvent(kind, Qt.FocusReason.ActiveWindowFocusReason))
    QTest.keyClick(edit, Key.Key_Tab)
    assert other_editor(edit).hasFocus()


@pytest.mark.parametrize(
    ("level", "code", "held"), [(4, Key.Key_Tab, NONE), (0, Key.Key_Backtab, SHIFT)]
)
def test_tab_leaves_a_list_that_can_go_no_further(
    edit: RichTextEdit, level: int, code: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    put(edit, paragraph("ก", "๑.", level))
    go_end(edit)
    write(edit, "ข")
    QTest.keyClick(edit, code, held)
    assert other_editor(edit).hasFocus()
    assert labels(edit) == [("๑.", level, "กข")]


def test_tab_goes_on_while_one_of_the_selected_can_go_further(edit: RichTextEdit) -> None:
    put(edit, paragraph("ก", "๑.", 4), paragraph("ข", "๒.", 3))
    edit.selectAll()
    QTest.keyClick(edit, Key.Key_Tab)
    assert edit.hasFocus()
    assert [level for _, level, _ in labels(edit)] == [4, 4]


def test_ctrl_and_the_wheel_ask_for_another_size(edit: RichTextEdit) -> None:
    told: list[int] = []
    edit.zoom_requested.connect(told.append)
    for turn in (120, -240):
        QApplication.sendEvent(
            edit.viewport(),
            QWheelEvent(
                QPointF(9, 9),
                QPointF(9, 9),
                QPoint(),
                QPoint(0, turn),
                Qt.MouseButton.NoButton,
                CONTROL,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            ),
        )
    assert told == [1, -2]
    assert edit.zoom == 1.0


def test_zoom_keeps_within_its_bounds_and_sets_the_letter(edit: RichTextEdit) -> None:
    for asked, given_size in ((0.1, 14.4), (1.0, 18.0), (9.0, 36.0)):
        edit.set_zoom(asked)
        assert edit.document().defaultFont().pointSizeF() == pytest.approx(given_size)


def test_the_example_is_shown_in_the_second_ink_and_gone_when_written(edit: RichTextEdit) -> None:
    edit.setPlaceholderText("ตัวอย่าง")
    ink = QColor(LIGHT.ink2)

    def near(color: QColor) -> bool:
        return all(abs(a - b) < 40 for a, b in zip(color.getRgb(), ink.getRgb(), strict=True))

    def inked() -> bool:
        picture = edit.grab().toImage().copy(8, 8, 200, 40)
        return any(near(picture.pixelColor(x, y)) for x in range(200) for y in range(40))

    edit.setCursorWidth(0)
    assert inked()
    write(edit, " ")
    assert not inked()


def test_the_frame_of_the_focus_moves_no_text(edit: RichTextEdit) -> None:
    put(edit, paragraph("ก"))
    inside = edit.viewport().geometry()
    other_editor(edit).setFocus()
    assert edit.viewport().geometry() == inside


@pytest.mark.alone
def test_a_key_costs_hardly_more_than_in_a_bare_editor(page: QWidget, edit: RichTextEdit) -> None:
    line = "สำนักงานเขตพื้นที่การศึกษากำหนดให้ทุกกลุ่มเก็บความรู้จากงานจริงไว้เป็นระบบ "
    text = from_plain("\n".join(f"{n % 9 + 1}. {line * 2}" for n in range(230)))
    assert len(text.plain.encode()) > 100_000
    bare = QTextEdit(page)
    layout = page.layout()
    assert layout is not None
    layout.addWidget(bare)
    bare.setFont(edit.font())
    bare.setPlainText(text.plain)
    edit.set_text(text)
    # Only a widget that is seen lays its text out.
    QApplication.processEvents()

    def cost(field: QTextEdit) -> float:
        cursor = field.textCursor()
        cursor.setPosition(field.document().findBlockByNumber(100).position() + 60)
        field.setTextCursor(cursor)
        spent = []
        for letter in "กขคงจฉชซ" * 12:
            press = QKeyEvent(QEvent.Type.KeyPress, ord(letter), NONE, letter)
            start = time.perf_counter()
            QApplication.sendEvent(field, press)
            spent.append(time.perf_counter() - start)
        return sorted(spent)[len(spent) // 2]

    cost(bare), cost(edit)
    ratios = [cost(edit) / cost(bare) for _ in range(3)]
    # Aimed at 1.3; the bound leaves room for a machine that is busy with something else.
    assert min(ratios) < 1.6, ratios


@pytest.mark.alone
def test_reading_a_long_text_is_quick(edit: RichTextEdit) -> None:
    edit.set_text(from_plain("\n".join(f"๑. {'แผนปฏิบัติการ ' * 20}" for _ in range(200))))
    start = time.thread_time()
    edit.text()
    assert time.thread_time() - start < 0.2


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    keys=st.lists(
        st.sampled_from(
            [
                *"กำ่เ 😀",
                "๑. ",
                "- ",
                Key.Key_Return,
                Key.Key_Backspace,
                Key.Key_Delete,
                Key.Key_Tab,
                Key.Key_Left,
                Key.Key_Right,
                Key.Key_Home,
                Key.Key_Up,
                Key.Key_Down,
            ]
        ),
        max_size=30,
    )
)
def test_whatever_is_typed_can_be_kept_and_taken_back(
    edit: RichTextEdit, keys: list[str | Qt.Key]
) -> None:
    put(
        edit, paragraph("กข", "๑."), Table((((paragraph("ค"),),),), (1.0,)), paragraph("ง", "๒.", 1)
    )
    before = edit.text()
    edit.insert_rich(EMPTY)
    enter(edit, Qt.FocusReason.OtherFocusReason)
    for pressed in keys:
        if isinstance(pressed, str):
            write(edit, pressed)
        else:
            key(edit, pressed)
    written = edit.text()
    assert "\t" not in written.plain
    edit.set_text(written)
    assert edit.text() == written
    put(edit, *before.blocks)
    enter(edit, Qt.FocusReason.OtherFocusReason)
    for pressed in keys:
        if isinstance(pressed, str):
            write(edit, pressed)
        else:
            key(edit, pressed)
    assert edit.text() == written, "the same keys write the same text"
    for _ in range(200):
        if not edit.undo_available():
            break
        edit.undo()
    assert edit.text() == before


@pytest.mark.parametrize(
    ("keys", "kept"),
    [
        ("๑. ก\n๒. ข", "๑. ก\n๒. ข"),
        ("๑. ก\n๑.๑ ข", "๑. ก\n๑.๑ ข"),
        ("๑. ก\n๕. ข", "๑. ก\n๕. ข"),
        ("๑. ก\nข ๒. ค", "๑. ก\n๒. ข ๒. ค"),
    ],
)
def test_a_number_typed_behind_the_one_that_enter_gave_takes_its_place(
    edit: RichTextEdit, keys: str, kept: str
) -> None:
    edit.setFocus()
    type_words(edit, keys)

    assert edit.text().plain == kept
