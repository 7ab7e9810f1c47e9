from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.domain.book import BOOK_TEXTS, DEFAULT_PARTS, Part
from esa_desktop.domain.fields import DICTIONARY_FIELD, book_field
from esa_desktop.domain.richtext import from_plain
from esa_desktop.services.exporting import remember_options, stored_options
from esa_desktop.ui.book_page import BookPage
from esa_desktop.ui.book_pane import LEAST_LIST, BookPane, read_picture
from esa_desktop.ui.text_editor import RichTextEdit
from tests.keys import type_words
from tests.ui.rounds import YEAR, Desk


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def pane(qtbot: QtBot, desk: Desk) -> BookPane:
    made = BookPane(desk.editor, desk.undo.push_done, lambda _: None)
    qtbot.addWidget(made)
    made.resize(1280, 588)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.list.setFocus()
    return made


def note(pane: BookPane, target: str) -> str:
    return next(row.spoken for row in pane.list.rows.rows if row.target == target)


def child(pane: QWidget, kind: type[QWidget], name: str) -> QWidget:
    found = pane.findChild(kind, name)
    assert isinstance(found, kind)
    return found


def shown_title(pane: BookPane) -> str:
    titles = [t for t in pane.findChildren(QLabel, "bookPartTitle") if t.isVisible()]
    assert len(titles) == 1
    return str(titles[0].text())


def test_the_first_part_is_open_and_it_is_counted_what_would_be_printed(pane: BookPane) -> None:
    count = child(pane, QLabel, "bookPartCount")
    assert isinstance(count, QLabel)
    assert (shown_title(pane), count.text()) == ("ปก", "เลือก ๑๓ ส่วน พิมพ์ได้ ๖ ส่วน")


def test_leaving_a_part_out_is_remembered_with_the_project_and_taken_back_by_a_tick(
    qtbot: QtBot, pane: BookPane, desk: Desk
) -> None:
    pane.list.show_part("orders")
    qtbot.keyClick(pane.list, Qt.Key.Key_Space)
    assert stored_options(desk.editor).parts == tuple(
        p for p in DEFAULT_PARTS if p is not Part.ORDERS
    )
    assert "ไม่อยู่ในเล่ม" in note(pane, "orders")
    assert desk.undo.count() == 0  # Ctrl+Z is about what people wrote
    assert pane.list.shown == "orders"
    qtbot.keyClick(pane.list, Qt.Key.Key_Space)
    assert stored_options(desk.editor).parts == DEFAULT_PARTS
    assert " · อยู่ในเล่ม" in note(pane, "orders")


def test_a_part_taken_in_again_stands_in_its_place(
    qtbot: QtBot, pane: BookPane, desk: Desk
) -> None:
    for _ in range(2):
        pane.list.show_part("foreword")
        qtbot.keyClick(pane.list, Qt.Key.Key_Space)
    assert stored_options(desk.editor).parts == DEFAULT_PARTS


def test_other_options_stay_as_they_were(qtbot: QtBot, pane: BookPane, desk: Desk) -> None:
    options = replace(stored_options(desk.editor), size_pt=15.0, footer="ฉบับร่าง")
    desk.editor.apply(remember_options(desk.editor, options))
    qtbot.keyClick(pane.list, Qt.Key.Key_Space)
    now = stored_options(desk.editor)
    assert (now.size_pt, now.footer, Part.COVER in now.parts) == (15.0, "ฉบับร่าง", False)


def test_a_book_of_no_parts_cannot_be_printed_and_the_button_says_why(
    qtbot: QtBot, pane: BookPane
) -> None:
    button = child(pane, QPushButton, "printBookButton")
    assert button.isEnabled()
    for part in Part:
        pane.list.show_part(part.value)
        qtbot.keyClick(pane.list, Qt.Key.Key_Space)
    assert not button.isEnabled()
    assert "อย่างน้อยหนึ่งส่วน" in button.toolTip()


def test_the_button_asks_for_the_dialog_with_the_book_chosen(qtbot: QtBot, pane: BookPane) -> None:
    button = child(pane, QPushButton, "printBookButton")
    with qtbot.waitSignal(pane.export_requested) as asked:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked.args == ["book"]


def test_enter_in_the_list_leads_to_the_text_and_typing_shows_in_the_note(
    qtbot: QtBot, pane: BookPane, desk: Desk
) -> None:
    pane.list.show_part("foreword")
    qtbot.keyClick(pane.list, Qt.Key.Key_Return)
    edit = child(pane, RichTextEdit, "forewordEditor")
    assert edit.hasFocus()
    type_words(edit, "หนึ่ง\nสอง")
    pane.leave()
    assert "เขียนแล้ว ๒ ย่อหน้า" in note(pane, "foreword")
    assert desk.editor.round.book_text("foreword").plain == "หนึ่ง\nสอง"


def test_going_to_another_part_ends_the_visit(qtbot: QtBot, pane: BookPane, desk: Desk) -> None:
    pane.list.show_part("foreword")
    edit = child(pane, RichTextEdit, "forewordEditor")
    edit.setFocus()
    type_words(edit, "ก")
    pane.list.show_part("summary")
    assert (desk.undo.count(), desk.undo.undoText()) == (1, "แก้คำนำ")
    assert shown_title(pane) == "บทสรุปผู้บริหาร"


def test_the_words_that_are_not_broken_reach_the_printing(
    qtbot: QtBot, pane: BookPane, desk: Desk
) -> None:
    pane.list.show_part("dictionary")
    (edit,) = pane.editors_in_view()
    edit.setFocus()
    type_words(edit, "เวียงสายธาร\nเวียงสายธาร|พิทยาคม")
    pane.leave()
    assert desk.editor.round.kept_words == ("เวียงสายธาร", "เวียงสายธาร|พิทยาคม")
    assert desk.undo.undoText() == "แก้คำที่ไม่ตัดกลางบรรทัด"
    assert "๒ คำ" in note(pane, "dictionary")


def test_a_text_is_found_by_its_field(pane: BookPane) -> None:
    pane.show_field(book_field(YEAR, "improvements"))
    assert shown_title(pane) == "บทสรุปผู้บริหาร"
    pane.show_field(DICTIONARY_FIELD)
    assert pane.list.shown == "dictionary"


def test_a_change_made_elsewhere_is_shown(pane: BookPane, desk: Desk) -> None:
    pane.list.show_part("orders")
    edit = desk.editor.change(book_field(YEAR, "orders"), from_plain("คำสั่งที่ ๑/๒๕๕๗"))
    desk.editor.apply(edit)
    editor = child(pane, RichTextEdit, "ordersEditor")
    assert isinstance(editor, RichTextEdit)
    assert editor.text().plain == "คำสั่งที่ ๑/๒๕๕๗"
    assert "เขียนแล้ว ๑ ย่อหน้า" in note(pane, "orders")


def test_dropped_pictures_go_into_the_text_and_other_files_are_refused_in_words(
    pane: BookPane, tmp_path: Path
) -> None:
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGreen)
    picture.save(str(tmp_path / "ตรา.png"))
    (tmp_path / "คำสั่ง.docx").write_bytes(b"PK not a picture")
    edit = child(pane, RichTextEdit, "emblemEditor")
    assert isinstance(edit, RichTextEdit)
    pasted: list[QImage] = []
    said: list[Exception] = []
    edit.image_pasted.connect(pasted.append)
    pane.refused.connect(said.append)
    edit.files_dropped.emit([tmp_path / "ตรา.png", tmp_path / "คำสั่ง.docx"])
    assert [(p.width(), p.height()) for p in pasted] == [(40, 30)]
    assert len(said) == 1
    assert "คำสั่ง.docx" in str(said[0])
    assert "รูปภาพ" in str(said[0])


def test_a_large_photograph_is_made_as_small_as_paper_needs(tmp_path: Path) -> None:
    picture = QImage(5000, 2500, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGreen)
    picture.save(str(tmp_path / "ภาพ.jpg"))
    read = read_picture(tmp_path / "ภาพ.jpg")
    assert (read.width(), read.height()) == (2000, 1000)


def test_the_tab_key_walks_from_the_list_over_the_button_to_the_texts(
    qtbot: QtBot, pane: BookPane
) -> None:
    pane.list.show_part("summary")
    pane.list.setFocus()
    walked = []
    for _ in range(8):
        focus = pane.window().focusWidget()
        assert focus is not None
        walked.append(focus.objectName())
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert [name for name in walked if name][:5] == [
        "bookPartList", "printBookButton", "summaryEditor", "strengthsEditor", "improvementsEditor",
    ]  # fmt: skip


def test_in_a_small_window_the_list_gives_up_width(pane: BookPane) -> None:
    wide = pane.list.width()
    pane.resize(620, 260)
    assert pane.list.width() < wide - 40
    assert pane.list.parentWidget().width() >= LEAST_LIST
    pane.resize(1280, 588)
    assert pane.list.width() == wide


def test_everything_the_keyboard_reaches_has_a_name(pane: BookPane) -> None:
    assert pane.list.accessibleName()
    for row in pane.list.rows.rows:
        pane.list.show_part(row.target)
    names = [edit.objectName() for edit in pane.editors()]
    assert len(set(names)) == len(names) == len(BOOK_TEXTS) + 1
    assert all(edit.accessibleName() for edit in pane.editors())


def test_every_sentence_has_its_room_at_every_width(pane: BookPane) -> None:
    for width in (620, 1044, 1280):
        pane.resize(width, 588)
        for target in [row.target for row in pane.list.rows.rows if row.target]:
            pane.list.show_part(target)
            page = next(p for p in pane.findChildren(BookPage) if p.isVisible())
            for label in page.findChildren(QLabel):
                if label.isVisible() and label.wordWrap():
                    assert label.height() >= label.heightForWidth(label.width()), (width, target)
