from collections.abc import Iterator, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QTextCharFormat, QTextDocument, QTextTable
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from esa_desktop.domain.compared import Compared
from esa_desktop.domain.differences import compare
from esa_desktop.domain.richtext import (
    Image,
    Paragraph,
    RichText,
    Run,
    Table,
    from_plain,
    paragraph,
)
from esa_desktop.ui.compare_view import CompareView
from esa_desktop.ui.compared_document import fill_compared
from esa_desktop.ui.palette import DARK, LIGHT
from esa_desktop.ui.rich_formats import fragments
from esa_desktop.ui.theme import apply_theme
from tests.ui.texts import texts


def words(text: str) -> Sequence[str]:
    return [word + blank for word, blank in zip(text.split(" "), [" "] * text.count(" ") + [""])]  # noqa: B905


def compared(before: str | RichText, after: str | RichText) -> tuple[Compared, ...]:
    one = from_plain(before) if isinstance(before, str) else before
    other = from_plain(after) if isinstance(after, str) else after
    return compare(one, other, words)


@pytest.fixture
def view(qtbot: QtBot, qapp: QApplication) -> CompareView:
    apply_theme(qapp, dark=False)
    made = CompareView()
    qtbot.addWidget(made)
    made.resize(500, 200)
    made.show()
    return made


def stretches(document: QTextDocument) -> Iterator[tuple[str, QTextCharFormat]]:
    block = document.begin()
    while block.isValid():
        yield from fragments(block)
        block = block.next()


def marked(document: QTextDocument) -> list[tuple[str, str]]:
    """What is underlined or struck out on the ground of its meaning."""
    found = []
    for text, looks in stretches(document):
        ground = looks.background().color()
        if looks.fontUnderline() and ground == QColor(LIGHT.good_soft):
            found.append(("+", text))
        if looks.fontStrikeOut() and ground == QColor(LIGHT.bad_soft):
            found.append(("-", text))
    return found


def test_added_words_are_underlined_and_removed_ones_struck_out(view: CompareView) -> None:
    view.show_compared(compared("เปิดวง เดือนละครั้ง ทุกโรงเรียน", "เปิดวง ทุกสองสัปดาห์ ทุกโรงเรียน"))

    assert marked(view.document()) == [("-", "เดือนละครั้ง "), ("+", "ทุกสองสัปดาห์ ")]
    assert view.changes == 1


def test_a_label_that_changed_is_marked_as_text(view: CompareView) -> None:
    view.show_compared(compared("๑. ประชุม", "๒. ประชุม"))

    assert marked(view.document()) == [("-", "๑."), ("+", "๒.")]


def test_a_whole_text_is_shown_without_a_mark(view: CompareView) -> None:
    view.show_compared(compared("ก", "ข"))
    view.show_text(from_plain("ก\nข"))

    assert marked(view.document()) == []
    assert view.changes == 0
    assert view.text() == from_plain("ก\nข")


def test_what_only_looks_otherwise_is_named_below_the_paragraph(view: CompareView) -> None:
    before = RichText((Paragraph((Run("ก ข"),)), paragraph("ค")))
    after = RichText((Paragraph((Run("ก ข", bold=True),)), paragraph("ค")))

    view.show_compared(compare(before, after, words))

    lines = view.toPlainText().split("\n")
    assert lines == ["ก ข", "รูปแบบที่เปลี่ยน: ทำตัวหนา “ก ข”", "ค"]
    assert view.changes == 1


def test_an_empty_line_that_was_added_is_seen(view: CompareView) -> None:
    view.show_compared(compared("ก\nข", "ก\n\nข"))

    assert marked(view.document()) == [("+", "¶")]


def test_the_place_where_a_paragraph_was_parted_is_seen(view: CompareView) -> None:
    view.show_compared(
        compared("หนึ่งหนึ่งหนึ่ง สองสองสอง สามสามสาม สี่สี่สี่", "หนึ่งหนึ่งหนึ่ง สองสองสอง \nสามสามสาม สี่สี่สี่")
    )

    assert marked(view.document()) == [("+", "¶")]
    assert "ขึ้นย่อหน้าใหม่" in view.toPlainText()


def row(*cells: str) -> tuple[tuple[Paragraph, ...], ...]:
    return tuple((paragraph(text),) for text in cells)


def test_a_new_row_of_a_table_is_one_change(view: CompareView) -> None:
    before = RichText((Table((row("งาน", "ครั้ง"), row("นิเทศ", "๑")), (1, 1)),))
    after = RichText((Table((row("งาน", "ครั้ง"), row("อบรม", "๒"), row("นิเทศ", "๑")), (1, 1)),))

    view.show_compared(compared(before, after))

    assert marked(view.document()) == [("+", "อบรม"), ("+", "๒")]
    assert view.changes == 1


def test_a_new_row_stands_on_its_ground_also_where_a_cell_is_empty(view: CompareView) -> None:
    before = RichText((Table((row("งาน", "ครั้ง"),), (1, 1)),))
    after = RichText((Table((row("งาน", "ครั้ง"), row("อบรม", "")), (1, 1)),))

    view.show_compared(compared(before, after))

    (table,) = (f for f in view.document().rootFrame().childFrames() if isinstance(f, QTextTable))
    grounds = [
        [table.cellAt(r, c).format().background().color().name().upper() for c in (0, 1)]
        for r in (0, 1)
    ]
    assert grounds[1] == [LIGHT.good_soft] * 2
    assert LIGHT.good_soft not in grounds[0]


def test_a_picture_says_what_happened_to_it(view: CompareView) -> None:
    picture = QImage(4, 4, QImage.Format.Format_RGB32)
    view.set_image_source(lambda _: picture)

    view.show_compared(compared(RichText(), RichText((Image("a" * 64, 40),))))

    assert "เพิ่มรูปนี้" in view.toPlainText()
    assert view.changes == 1


def test_the_first_change_is_in_view_and_the_steps_walk_on(view: CompareView) -> None:
    lines = [f"บรรทัดที่ {n} ของข้อความยาว" for n in range(80)]
    changed = [line + " ใหม่" if n in (40, 70) else line for n, line in enumerate(lines)]

    view.show_compared(compared("\n".join(lines), "\n".join(changed)))

    assert (view.change, view.changes) == (1, 2)
    assert 0 <= view.cursorRect().top() < view.viewport().height()
    first = view.verticalScrollBar().value()
    assert first > 0
    view.step(1)
    assert view.verticalScrollBar().value() > first
    assert view.change == 2
    view.step(1)
    assert view.change == 2
    view.step(-1)
    assert view.change == 1


def test_nothing_that_differs_leaves_nothing_to_walk_to(view: CompareView) -> None:
    view.show_compared(compared("ก", "ก"))
    view.step(1)

    assert (view.change, view.changes) == (0, 0)


def test_keys_change_nothing_and_tab_leads_on(qtbot: QtBot, view: CompareView) -> None:
    view.show_compared(compared("ก", "ก ข"))
    shown = view.toPlainText()
    view.setFocus()

    QTest.keyClicks(view, "abc")
    QTest.keyClick(view, Qt.Key.Key_Backspace)

    assert view.toPlainText() == shown
    assert view.tabChangesFocus()


def test_what_is_copied_from_a_comparison_is_plain_text(view: CompareView) -> None:
    view.show_compared(compared("ก ข", "ก ค"))
    view.selectAll()

    copied = view.createMimeDataFromSelection()

    assert copied.formats() == ["text/plain"]


def test_the_other_theme_paints_the_marks_in_its_own_colours(
    qapp: QApplication, view: CompareView
) -> None:
    view.show_compared(compared("ก", "ก ข"))

    apply_theme(qapp, dark=True)

    grounds = {looks.background().color().name() for _, looks in stretches(view.document())}
    assert DARK.good_soft.lower() in grounds
    apply_theme(qapp, dark=False)


def test_zoom_keeps_the_marks(view: CompareView) -> None:
    view.show_compared(compared("ก ข", "ก ข ค"))
    before = marked(view.document())
    view.set_zoom(1.5)

    assert view.zoom == 1.5
    assert marked(view.document()) == before != []


def test_markup_in_a_text_is_shown_as_it_was_typed(view: CompareView) -> None:
    view.show_compared(compared("ก", "<b>ข</b> <img src='file:///etc/passwd'>"))

    assert "<b>ข</b> <img src='file:///etc/passwd'>" in view.toPlainText()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(texts, texts)
def test_any_two_texts_can_be_shown(qapp: QApplication, before: RichText, after: RichText) -> None:
    blocks = compare(before, after, words)
    document = QTextDocument()

    places = fill_compared(document, blocks, LIGHT)

    assert places == sorted(places)
    assert all(0 <= place < document.characterCount() for place in places)
    assert bool(places) == any(block.is_touched for block in blocks)
