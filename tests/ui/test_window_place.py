from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.ui.preferences import read_preferences
from esa_desktop.ui.window_place import TITLE, fitting_place, keep_on_screen

LAPTOP = QRect(0, 0, 911, 472)
"""A screen of 1366×768 at 150 %, without the taskbar."""


@given(
    st.builds(
        QRect,
        st.integers(-5000, 5000),
        st.integers(-5000, 5000),
        st.integers(1, 5000),
        st.integers(1, 5000),
    ),
    st.builds(
        QRect,
        st.integers(-2000, 2000),
        st.integers(-2000, 2000),
        st.integers(640, 4000),
        st.integers(440, 3000),
    ),
)
def test_the_window_and_its_title_are_inside_the_screen_and_no_larger(
    wanted: QRect, screen: QRect
) -> None:
    placed = fitting_place(wanted, screen)

    assert screen.contains(placed.adjusted(0, -TITLE, 0, 0))
    assert placed.size() == wanted.size().boundedTo(screen.size() - QSize(0, TITLE))
    assert fitting_place(placed, screen) == placed


def test_what_is_inside_stays_where_it_is() -> None:
    inside = QRect(30, 80, 800, 360)
    assert fitting_place(inside, LAPTOP) == inside


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.setMinimumSize(640, 400)
    qtbot.addWidget(made)
    return made


def test_a_first_start_on_a_small_screen_is_maximised(window: QWidget) -> None:
    screen = window.screen().availableGeometry()
    window.resize(screen.width() + 500, 300)

    keep_on_screen(window)
    window.show()

    assert window.isMaximized()
    assert screen.contains(window.geometry())
    assert screen.contains(window.normalGeometry())


def test_a_window_that_fits_is_left_as_it_is(window: QWidget) -> None:
    window.setGeometry(60, 70, 660, 420)
    keep_on_screen(window)
    window.show()
    assert not window.isMaximized()
    assert window.geometry() == QRect(60, 70, 660, 420)


def test_what_is_remembered_of_a_larger_screen_comes_onto_this_one(
    qtbot: QtBot, window: QWidget, tmp_path: Path
) -> None:
    screen = window.screen().availableGeometry()
    preferences = read_preferences(tmp_path)
    once = QWidget()
    qtbot.addWidget(once)
    once.setGeometry(screen.right() - 100, screen.bottom() - 100, 2560, 1400)
    preferences.keep_geometry(once)

    preferences.restore_geometry(window)
    keep_on_screen(window)
    window.show()

    assert screen.contains(window.geometry())
    assert screen.contains(window.normalGeometry())
