from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFontMetricsF, QImage, QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from esa_desktop.domain.richtext import (
    EMPTY,
    Block,
    Image,
    Paragraph,
    RichText,
    Run,
    Table,
    paragraph,
)
from esa_desktop.ui.list_labels import label_end
from esa_desktop.ui.rich_document import fill_document, read_document
from esa_desktop.ui.rich_formats import DEEPER_HANG, FIRST_HANG, fit_indents, label_of
from esa_desktop.ui.rich_insert import insert_blocks, read_selection
from esa_desktop.ui.text_view import RichTextView
from esa_desktop.ui.theme import apply_theme, editor_font
from tests.ui.texts import blocks, paragraphs, texts

pytestmark = pytest.mark.usefixtures("qapp")

ONE_CELL = Table((((paragraph("ก"),),),), (1.0,))


@pytest.fixture(autouse=True)
def fonts(qapp: QApplication) -> None:
    apply_theme(qapp, dark=False)


def shown(text: RichText) -> QTextDocument:
    document = QTextDocument()
    document.setDefaultFont(editor_font())
    fill_document(document, text)
    return document


@settings(max_examples=400)
@given(texts)
def test_every_text_comes_back_as_it_was(text: RichText) -> None:
    assert read_document(shown(text)) == text


@pytest.mark.parametrize(
    "found",
    [
        (),
        (Paragraph(),),
        (Paragraph(), Paragraph()),
        (ONE_CELL,),
        (ONE_CELL, ONE_CELL),
        (Paragraph(), ONE_CELL, Paragraph()),
        (paragraph("ก"), ONE_CELL, paragraph("ข")),
        (Image("ab" * 32, 33.3), Image("ab" * 32, 33.3), Image("cd" * 32, 1.0)),
        (Table((((), (Paragraph(),)),), (1.0, 0.1)),),
        (Paragraph((), "๑.", 4, "right"),),
        (paragraph("a\u00a0b\u00a0"),),
        (paragraph("\nก\n\nข\n"),),
        (paragraph("👩‍🏫 สอน 😀", "๑."), paragraph("😀")),
    ],
)
def test_what_is_easily_lost_is_kept(found: tuple[Block, ...]) -> None:
    assert read_document(shown(RichText(found))) == RichText(found)


def test_filling_again_leaves_nothing_of_the_old_text() -> None:
    document = shown(RichText((ONE_CELL, paragraph("ก", "๑.", 2))))
    fill_document(document, EMPTY)
    assert read_document(document) == EMPTY
    assert not document.isUndoAvailable()


def test_text_typed_behind_a_label_is_no_part_of_it() -> None:
    document = shown(RichText((Paragraph((), "๑."),)))
    cursor = QTextCursor(document)
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.insertText("แผน")
    assert read_document(document).blocks == (paragraph("แผน", "๑."),)


def test_typing_beside_a_picture_loses_neither() -> None:
    document = shown(RichText((Image("ab" * 32, 50.0),)))
    cursor = QTextCursor(document)
    cursor.insertText("ก่อน")
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.insertText("หลัง")
    assert read_document(document).blocks == (
        paragraph("ก่อน"),
        Image("ab" * 32, 50.0),
        paragraph("หลัง"),
    )


def test_label_and_text_hang_by_the_measure_of_the_design(qtbot: QtBot) -> None:
    view = RichTextView()
    qtbot.addWidget(view)
    view.resize(300, 400)
    long = "ตั้งคณะทำงานคลังความรู้ " * 4
    view.set_text(RichText((paragraph(long, "๑."), paragraph(long, "๑.๑", 1))))
    view.show()
    margin = view.document().documentMargin()
    block = view.document().begin()
    for text_starts in (FIRST_HANG, FIRST_HANG + DEEPER_HANG):
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + label_end(block))
        first = view.cursorRect(cursor).center().x()
        cursor.movePosition(QTextCursor.MoveOperation.Down)
        cursor.movePosition(QTextCursor.MoveOperation.StartOfLine)
        second = view.cursorRect(cursor).center().x()
        assert first == pytest.approx(margin + text_starts, abs=1)
        assert second == first, "the lines below stand under the text, not under the label"
        block = block.next()


def test_a_long_label_gets_the_room_it_needs() -> None:
    label = "๑๐๐.๑๐๐.๑๐๐"
    document = shown(RichText((paragraph("ก", label),)))
    width = QFontMetricsF(document.defaultFont()).horizontalAdvance(label)
    assert -document.begin().blockFormat().textIndent() > width


def test_indents_grow_with_the_letter() -> None:
    document = shown(RichText((paragraph("ก", "๑.", 1),)))
    before = document.begin().blockFormat().leftMargin()
    document.setDefaultFont(editor_font(2.0))
    fit_indents(document)
    assert document.begin().blockFormat().leftMargin() == pytest.approx(2 * before, rel=0.02)
    assert read_document(document).blocks == (paragraph("ก", "๑.", 1),)


def test_pictures_come_by_their_hash_and_a_missing_one_has_a_place() -> None:
    red = QImage(4000, 2000, QImage.Format.Format_RGB32)
    red.fill(0xFF0000)
    asked: list[str] = []

    def image_of(sha256: str) -> QImage | None:
        asked.append(sha256)
        return red if sha256.startswith("ab") else None

    document = QTextDocument()
    text = RichText((Image("ab" * 32, 30.0), Image("cd" * 32, 60.0)))
    fill_document(document, text, image_of)
    kind = QTextDocument.ResourceType.ImageResource.value
    there = document.resource(kind, QUrl("img:" + "ab" * 32))
    missing = document.resource(kind, QUrl("img:" + "cd" * 32))
    assert asked == ["ab" * 32, "cd" * 32]
    assert (there.width(), there.height()) == (1600, 800), "a photo is shrunk for the screen"
    assert missing.width() == 80
    assert read_document(document) == text


# --- inserting --------------------------------------------------------------------------------


def plain_start(*found: Block) -> QTextDocument:
    return shown(RichText(found))


def at(document: QTextDocument, position: int) -> QTextCursor:
    cursor = QTextCursor(document)
    cursor.setPosition(position)
    return cursor


@settings(max_examples=100)
@given(st.lists(blocks, min_size=1, max_size=4).map(tuple))
def test_pasting_into_an_empty_editor_shows_what_was_copied(found: tuple[Block, ...]) -> None:
    document = plain_start()
    insert_blocks(QTextCursor(document), found)
    after = read_document(document).blocks
    only = found[0]
    if len(found) == 1 and isinstance(only, Paragraph) and not only.label:
        # One paragraph without label goes into the line, whatever line that is.
        assert after == ((Paragraph(only.runs),) if only.runs else ())
    elif isinstance(only, Paragraph) and not only.label:
        assert after[0].runs == only.runs  # type: ignore[union-attr]
        assert after[1:] == found[1:]
    else:
        assert after == found


@settings(max_examples=100)
@given(paragraphs, st.lists(blocks, min_size=1, max_size=4).map(tuple), st.integers(0, 40))
def test_pasting_is_one_step_and_undone_by_one(
    first: Paragraph, found: tuple[Block, ...], place: int
) -> None:
    document = plain_start(first)
    before = read_document(document)
    insert_blocks(at(document, min(place, document.characterCount() - 1)), found)
    changed = read_document(document) != before
    if changed:
        document.undo()
    assert read_document(document) == before


def test_a_paragraph_goes_into_the_line() -> None:
    document = plain_start(paragraph("กข", "๑."))
    insert_blocks(at(document, 4), (Paragraph((Run("x", bold=True),)),))
    assert read_document(document).blocks == (
        Paragraph((Run("ก"), Run("x", bold=True), Run("ข")), "๑."),
    )


def test_several_paragraphs_part_the_line_they_go_into() -> None:
    document = plain_start(paragraph("กข"))
    insert_blocks(at(document, 1), (paragraph("x"), paragraph("y", "๑."), paragraph("z", "๒.")))
    assert read_document(document).blocks == (
        paragraph("กx"),
        paragraph("y", "๑."),
        paragraph("zข", "๒."),
    )


def test_a_table_parts_the_line_and_leaves_no_empty_line() -> None:
    document = plain_start(paragraph("กข"))
    insert_blocks(at(document, 1), (ONE_CELL,))
    assert read_document(document).blocks == (paragraph("ก"), ONE_CELL, paragraph("ข"))


def test_an_empty_label_takes_the_words_pasted_behind_it() -> None:
    document = plain_start(Paragraph((), "๑."))
    insert_blocks(at(document, 3), (paragraph("x"), paragraph("y")))
    assert read_document(document).blocks == (paragraph("x", "๑."), paragraph("y"))


def test_in_a_cell_tables_become_lines() -> None:
    document = plain_start(ONE_CELL)
    cell = document.rootFrame().childFrames()[0].cellAt(0, 0)  # type: ignore[attr-defined]
    two = Table((((paragraph("a"),), (paragraph("b"),)), ((), (paragraph("d", "๑."),))), (1.0, 1.0))
    insert_blocks(cell.lastCursorPosition(), (two, Image("ab" * 32, 9.0)))
    table = read_document(document).blocks[0]
    assert isinstance(table, Table)
    assert [p.text for p in table.rows[0][0]] == ["กa b", " ๑. d"]


def test_a_selection_is_read_with_labels_and_tables() -> None:
    text = RichText((paragraph("กข", "๑."), ONE_CELL, paragraph("ค", "๒.", 1)))
    document = shown(text)
    cursor = QTextCursor(document)
    cursor.select(QTextCursor.SelectionType.Document)
    assert read_selection(cursor) == text
    part = at(document, 4)
    part.setPosition(5, QTextCursor.MoveMode.KeepAnchor)
    assert read_selection(part).plain == "ข"
    assert label_of(document.begin()) == "๑."
