from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot

from esa_desktop.domain.fields import book_field
from esa_desktop.domain.richtext import from_plain
from esa_desktop.ui.book_entries import entries
from esa_desktop.ui.book_page import BookPage
from esa_desktop.ui.text_editor import RichTextEdit
from tests.keys import type_words
from tests.ui.rounds import YEAR, Desk

ENTRIES = {entry.target: entry for entry in entries(YEAR)}


@pytest.fixture
def desk() -> Desk:
    return Desk()


def opened(qtbot: QtBot, desk: Desk, target: str) -> BookPage:
    page = BookPage(ENTRIES[target], desk.editor, desk.undo.push_done)
    page.show_texts()
    qtbot.addWidget(page)
    page.resize(760, 560)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    return page


def named(page: BookPage, name: str) -> RichTextEdit:
    found = page.findChild(RichTextEdit, name)
    assert isinstance(found, RichTextEdit)
    return found


def test_a_text_is_one_step_for_undo_with_its_own_name(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk, "foreword")
    edit = named(page, "forewordEditor")
    edit.setFocus()
    type_words(edit, "ความเป็นมา")
    page.finish()
    assert desk.editor.round.book_text("foreword").plain == "ความเป็นมา"
    assert desk.undo.undoText() == "แก้คำนำ"
    desk.undo.undo()
    assert edit.text().is_blank


def test_a_draft_is_written_while_somebody_types(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk, "orders")
    edit = named(page, "ordersEditor")
    edit.setFocus()
    type_words(edit, "คำสั่งที่ ๑")
    page.fields[0].binding.save()
    assert desk.writes[-1].drafts[0].field == book_field(YEAR, "orders")


def test_the_hint_stands_where_nothing_is_written(qtbot: QtBot, desk: Desk) -> None:
    edit = named(opened(qtbot, desk, "foreword"), "foreword_monthEditor")
    assert edit.placeholderText() == "เช่น กันยายน ๒๕๕๗"
    assert edit.accessibleName() == "เดือน พ.ศ. ท้ายคำนำ"


def test_a_part_the_program_makes_says_so_and_has_nothing_to_write(
    qtbot: QtBot, desk: Desk
) -> None:
    page = opened(qtbot, desk, "contents")
    words = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert page.editors() == ()
    assert "โปรแกรมจัดทำส่วนนี้ให้" in words


def test_one_text_takes_the_height_a_short_one_only_its_line(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk, "foreword")
    assert named(page, "forewordEditor").height() > 280
    assert 30 <= named(page, "foreword_monthEditor").height() <= 60


def test_a_short_text_grows_with_its_words_and_with_the_zoom(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk, "foreword")
    edit = named(page, "foreword_monthEditor")
    one = edit.height()
    edit.set_zoom(2.0)
    large = edit.height()
    edit.set_zoom(1.0)
    edit.set_text(from_plain("คำยาวมาก " * 40))
    assert large > one * 1.4
    assert edit.height() > one * 2
    assert edit.verticalScrollBar().maximum() == 0


def test_enter_in_a_short_text_leads_on_instead_of_a_second_paragraph(
    qtbot: QtBot, desk: Desk
) -> None:
    page = opened(qtbot, desk, "basics")
    edit = named(page, "basics_dateEditor")
    edit.setFocus()
    type_words(edit, "๑๐ มิถุนายน ๒๕๕๗")
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert not edit.hasFocus()
    assert desk.editor.round.book_text("basics_date").plain == "๑๐ มิถุนายน ๒๕๕๗"


def test_several_texts_share_the_height_about_equally(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk, "summary")
    heights = [edit.height() for edit in page.editors()]
    assert len(heights) == 3
    assert max(heights) - min(heights) <= 2
    assert page.verticalScrollBar().maximum() == 0


def test_in_a_low_window_texts_keep_a_height_and_the_page_scrolls(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk, "summary")
    page.resize(400, 260)
    assert all(edit.height() >= 100 for edit in page.editors())
    assert page.verticalScrollBar().maximum() > 0
    page.show_field(book_field(YEAR, "improvements"))
    assert page.verticalScrollBar().value() > 0


def test_one_of_several_texts_can_take_the_whole_height(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk, "summary")
    strengths = page.fields[1]
    (button,) = strengths.findChildren(QToolButton)
    button.click()
    assert [field.isVisible() for field in page.fields] == [False, True, False]
    page.show_field(book_field(YEAR, "summary"))
    assert [field.isVisible() for field in page.fields] == [True, True, True]


def test_a_single_text_has_no_button_to_take_room(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk, "orders")
    assert not [b for b in page.findChildren(QToolButton) if b.isVisible()]


def test_a_name_is_not_said_twice(qtbot: QtBot, desk: Desk) -> None:
    page = opened(qtbot, desk, "orders")
    words = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    assert words.count("คำสั่ง") == 1


def test_dropped_files_are_told_with_the_text_they_fell_on(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    page = opened(qtbot, desk, "cover")
    edit = named(page, "cover_linesEditor")
    with qtbot.waitSignal(page.files_dropped) as told:
        edit.files_dropped.emit([tmp_path / "ก.png"])
    assert told.args == [edit, [tmp_path / "ก.png"]]
