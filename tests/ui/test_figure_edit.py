"""A number that may be missing is read in digits of either kind, and never guessed."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.ui.figure_edit import FigureEdit, figure_words, read_figure


@pytest.mark.parametrize(
    ("typed", "value"),
    [("", None), (" ๘๐ ", 80), ("79.5", 79.5), ("๑,๒๐๐", 1200), ("๘๐%", 80), ("๐", 0)],
)
def test_a_number_is_read_as_people_type_it(typed: str, value: float | None) -> None:
    assert read_figure(typed, is_whole=False) == value


@pytest.mark.parametrize("typed", ["สิบ", "1.2.3", "-", "๘๐ กว่า", "nan", "inf", "1e5", "²", "-4"])
def test_what_is_no_plain_number_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=re.escape(typed)):
        read_figure(typed, is_whole=False)


def test_a_count_has_no_decimals() -> None:
    with pytest.raises(ValueError, match="2"):
        read_figure("2.5", is_whole=True)


@pytest.mark.parametrize(
    ("value", "words"), [(None, ""), (80.0, "๘๐"), (79.5, "๗๙.๕"), (0.01, "๐.๐๑"), (0.0, "๐")]
)
def test_numbers_are_shown_in_thai_digits(value: float | None, words: str) -> None:
    assert figure_words(value) == words


class Page:
    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        column = QVBoxLayout(self.window)
        self.box = FigureEdit("น้ำหนัก", self.window)
        self.other = QLineEdit(self.window)
        column.addWidget(self.box)
        column.addWidget(self.other)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        self.told: list[float | None] = []
        self.box.finished.connect(self.told.append)
        self.box.setFocus()


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[Page]:
    made = Page(qtbot)
    yield made
    made.window.close()


def test_the_same_number_in_other_digits_is_no_change(page: Page) -> None:
    page.box.show_figure(80.0)
    page.box.setText("80")
    page.other.setFocus()
    assert page.told == []
    assert page.box.text() == "๘๐"


def test_an_emptied_box_hands_over_nothing_known(page: Page) -> None:
    page.box.show_figure(80.0)
    page.box.setText("")
    page.other.setFocus()
    assert page.told == [None]


def test_a_fault_stays_until_it_is_mended_even_when_something_else_changes(page: Page) -> None:
    page.box.show_figure(80.0)
    page.box.setText("แปด")
    page.other.setFocus()
    assert page.box.is_faulty
    page.box.show_figure(81.0)
    assert page.box.text() == "แปด"
    assert page.told == []
    page.box.setFocus()
    page.box.selectAll()
    page.box.insert("๘๒")
    page.box.textEdited.emit(page.box.text())
    assert not page.box.is_faulty
    page.other.setFocus()
    assert page.told == [82.0]


def test_a_number_that_was_refused_is_not_offered_again_before_it_is_another(page: Page) -> None:
    page.box.finished.connect(lambda value: page.box.refuse("มากเกินไป") if value == 900 else None)
    page.box.show_figure(80.0)
    page.box.setText("900")
    page.box.finish()
    page.box.finish()
    assert page.told == [900.0]
    page.box.setText("")
    page.box.finish()
    assert page.told == [900.0, None]


def test_a_comma_that_parts_no_thousands_is_no_number(page: Page) -> None:
    page.box.setText("๗,๕")  # 7.5, or 75?
    page.box.finish()
    assert page.box.is_faulty
    assert page.told == []
    page.box.setText("1,234.5")
    page.box.finish()
    assert page.told == [1234.5]
