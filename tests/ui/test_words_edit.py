"""A box for words keeps what is typed, grows, and hands over once."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.ui.words_edit import MOST_LINES, WordsEdit
from tests.keys import type_words


class Page:
    def __init__(self, qtbot: QtBot, *, is_one_line: bool = True) -> None:
        self.window = QWidget()
        column = QVBoxLayout(self.window)
        self.box = WordsEdit("ชื่อ", self.window, is_one_line=is_one_line)
        self.other = QLineEdit(self.window)
        column.addWidget(self.box)
        column.addWidget(self.other)
        column.addStretch(1)
        self.window.resize(400, 400)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.told: list[str] = []
        self.box.finished.connect(self.told.append)
        self.box.setFocus()


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[Page]:
    made = Page(qtbot)
    yield made
    made.window.close()


def test_words_are_handed_over_once_when_the_box_is_left(page: Page) -> None:
    page.box.show_words("เดิม")
    page.box.setPlainText("ใหม่")
    assert page.told == []
    page.other.setFocus()
    page.box.finish()
    assert page.told == ["ใหม่"]


def test_nothing_is_handed_over_for_a_look(page: Page) -> None:
    page.box.show_words("เดิม")
    page.other.setFocus()
    assert page.told == []


def test_enter_hands_over_and_a_line_break_never_gets_in(page: Page) -> None:
    entered: list[int] = []
    page.box.entered.connect(lambda: entered.append(1))
    type_words(page.box, "ก\n")
    assert page.told == ["ก"]
    assert entered == [1]
    mime = QMimeData()
    mime.setText("หนึ่ง\r\nสอง\n\n สาม ")
    page.box.selectAll()
    page.box.insertFromMimeData(mime)
    assert page.box.words == "หนึ่ง สอง สาม"


def test_what_is_typed_stays_while_other_words_are_stored(page: Page) -> None:
    page.box.show_words("เดิม")
    page.box.setPlainText("กำลังพิมพ์")
    assert not page.box.show_words("จากที่อื่น")
    assert page.box.words == "กำลังพิมพ์"
    page.other.setFocus()
    assert page.told == ["กำลังพิมพ์"]


def test_refused_words_stay_marked_until_others_are_typed(page: Page) -> None:
    page.box.show_words("เดิม")
    page.box.finished.connect(lambda words: page.box.refuse("ยาวเกินไป") if words == "ยาว" else None)
    page.box.setPlainText("ยาว")
    page.other.setFocus()
    page.box.show_words("เดิม")
    assert page.box.words == "ยาว"
    assert page.box.is_unread
    assert page.box.toolTip() == "ยาวเกินไป"
    page.box.setFocus()
    page.box.setPlainText("สั้น")
    page.other.setFocus()
    assert page.told == ["ยาว", "สั้น"]
    assert page.box.toolTip() == ""


def test_esc_takes_back_first_and_then_leaves(page: Page) -> None:
    escaped: list[int] = []
    page.box.escaped.connect(lambda: escaped.append(1))
    page.box.show_words("เดิม")
    page.box.setPlainText("ใหม่")
    QTest.keyClick(page.box, Qt.Key.Key_Escape)
    assert page.box.words == "เดิม"
    assert not escaped
    QTest.keyClick(page.box, Qt.Key.Key_Escape)
    assert escaped


def test_the_box_grows_with_its_words_and_then_scrolls(page: Page, qtbot: QtBot) -> None:
    low = page.box.height()
    page.box.setPlainText("การพัฒนาคุณภาพการศึกษาอย่างต่อเนื่อง " * 4)
    qtbot.waitUntil(lambda: page.box.height() > low)
    page.box.setPlainText("การพัฒนาคุณภาพการศึกษาอย่างต่อเนื่อง " * 60)
    qtbot.wait(10)
    assert page.box.height() <= low * MOST_LINES
    page.box.setPlainText("สั้น")
    qtbot.waitUntil(lambda: page.box.height() == low)


def test_lines_are_kept_where_lines_are_meant(qtbot: QtBot) -> None:
    page = Page(qtbot, is_one_line=False)
    type_words(page.box, "หนึ่ง\nสอง\n")
    page.other.setFocus()
    assert page.told == ["หนึ่ง\nสอง"]
    page.window.close()


def test_what_was_refused_is_not_offered_again_before_it_is_mended(page: Page) -> None:
    page.box.show_words("เดิม")
    page.box.finished.connect(lambda words: page.box.refuse("ยาวเกินไป") if words == "ยาว" else None)
    page.box.setPlainText("ยาว")
    page.box.finish()
    page.box.finish()
    assert page.told == ["ยาว"]
    QTest.keyClick(page.box, Qt.Key.Key_Return)
    assert page.told == ["ยาว", "ยาว"]


def test_a_visit_that_is_over_has_nothing_of_its_own_to_take_back(page: Page) -> None:
    page.box.show_words("เดิม")
    page.box.selectAll()
    type_words(page.box, "ใหม่")
    assert page.box.document().isUndoAvailable()
    QTest.keyClick(page.box, Qt.Key.Key_Return)
    assert not page.box.document().isUndoAvailable()


class Wavering(WordsEdit):
    """As Qt lays out a text anew: with its bar the text seems to fit, without it does not."""

    is_steady = True
    nested = deepest = 0

    def _lines(self) -> int:
        if self.is_steady:
            return 2
        return MOST_LINES if self.verticalScrollBar().isVisible() else MOST_LINES + 3

    def _grow(self) -> None:
        self.nested += 1
        self.deepest = max(self.deepest, self.nested)
        if self.nested < 20:
            super()._grow()
        self.nested -= 1


class Unguarded(Wavering):
    _is_growing = property(lambda _: False, lambda _, __: None)


@pytest.mark.parametrize(("kind", "rests"), [(Wavering, True), (Unguarded, False)])
def test_a_box_that_wavers_with_its_scroll_bar_comes_to_rest(
    qtbot: QtBot, kind: type[Wavering], rests: bool
) -> None:
    box = kind("เกณฑ์", lines=2, is_one_line=False)
    qtbot.addWidget(box)
    box.setPlainText("ก\n" * 30)
    box.show()
    box.is_steady = False
    for width in (300, 80, 300):
        box.resize(width, box.height())
        qtbot.wait(10)
    assert (box.deepest < 5) is rests
