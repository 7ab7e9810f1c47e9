from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from esa_desktop.app import make_window, open_window
from esa_desktop.ui.main_window import MainWindow
from esa_desktop.ui.middle_pane import OVERVIEW, WRITE
from esa_desktop.ui.theme import apply_theme
from esa_desktop.ui.tour import Tour
from esa_desktop.ui.tour_card import TourCard, TourFrame
from esa_desktop.ui.tour_steps import STOPS
from tests.projects import new_project


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    made = open_window(new_project(tmp_path))
    made.resize(1366, 698)
    made.activateWindow()
    qtbot.waitExposed(made)
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def tour(qtbot: QtBot, window: MainWindow) -> Tour:
    made = Tour(window)
    assert made.start()
    qtbot.waitUntil(lambda: card(window).isVisible())
    return made


def card(window: MainWindow) -> TourCard:
    found = [c for c in window.findChildren(TourCard) if not c.isHidden()]
    return found[0] if found else window.findChildren(TourCard)[-1]


def is_shown(window: MainWindow) -> bool:
    return any(c.isVisible() for c in window.findChildren(TourCard))


def frame(window: MainWindow) -> TourFrame:
    return next(f for f in window.findChildren(TourFrame) if f.isVisible())


def title(window: MainWindow) -> str:
    return next(stop.title for stop in STOPS if stop.title in card(window).accessibleName())


def press(window: MainWindow, words: str) -> None:
    next(b for b in card(window).findChildren(QPushButton) if b.text() == words).click()


def test_it_has_few_stops_and_goes_there_and_back(window: MainWindow, tour: Tour) -> None:
    seen = [title(window)]
    for _ in STOPS[1:]:
        press(window, "ถัดไป")
        seen.append(title(window))

    assert seen == [stop.title for stop in STOPS]
    assert 5 <= len(STOPS) <= 7
    press(window, "ย้อนกลับ")
    assert title(window) == STOPS[-2].title
    press(window, "ถัดไป")
    press(window, "จบการพาชม")
    assert not is_shown(window)


def test_every_card_stands_inside_the_window_beside_what_it_means(
    qtbot: QtBot, window: MainWindow, tour: Tour
) -> None:
    for size in ((1366, 698), (911, 465), (683, 420)):
        window.resize(*size)
        qtbot.wait(30)
        for _ in range(6):
            shown = QRect(card(window).pos(), card(window).size())
            assert window.rect().contains(shown), (size, title(window))
            assert frame(window).around.isValid()
            tour.back()
        for _ in range(5):
            around = frame(window).around
            assert window.rect().contains(around), (size, title(window))
            tour.forward()


def test_escape_ends_it_wherever_the_cursor_is_and_gives_the_cursor_back(
    qtbot: QtBot, window: MainWindow
) -> None:
    assert window.workspace is not None
    text = window.workspace.issue_pane.editors()[0]
    text.setFocus()
    tour = Tour(window)
    tour.start()
    qtbot.waitUntil(lambda: is_shown(window))
    assert card(window).isAncestorOf(QApplication.focusWidget())

    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not is_shown(window)
    assert text.hasFocus()

    Tour(window).start()
    qtbot.waitUntil(lambda: is_shown(window))
    window.workspace.issue_pane.editors()[1].setFocus()  # somebody began to write instead
    qtbot.keyClick(window.workspace.issue_pane.editors()[1], Qt.Key.Key_Escape)
    assert not is_shown(window)
    assert window.workspace.issue_pane.editors()[1].hasFocus()


def test_the_keyboard_alone_goes_through_it_and_tab_leads_out_of_the_card(
    qtbot: QtBot, window: MainWindow, tour: Tour
) -> None:
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert title(window) == STOPS[1].title
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert title(window) == STOPS[0].title
    for _ in range(4):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        if not card(window).isAncestorOf(QApplication.focusWidget()):
            break
    assert not card(window).isAncestorOf(QApplication.focusWidget())


def test_it_types_and_changes_nothing(qtbot: QtBot, window: MainWindow, tour: Tour) -> None:
    assert window.workspace is not None
    before = window.workspace.project.editor.round
    while is_shown(window):
        tour.forward()

    assert window.workspace.project.editor.round == before
    assert window.workspace.undo_stack.count() == 0


def test_a_stop_whose_widget_is_not_in_view_is_passed_over(
    qtbot: QtBot, window: MainWindow
) -> None:
    assert window.workspace is not None
    tour = Tour(window)
    tour.start()
    window.workspace.evidence_pane.hide()
    window.workspace.middle.evidence_button.hide()
    qtbot.waitUntil(lambda: is_shown(window))

    seen = [title(window)]
    while is_shown(window):
        tour.forward()
        if is_shown(window):
            seen.append(title(window))

    assert STOPS[2].title not in seen
    assert len(seen) == len(STOPS) - 1


def test_it_begins_where_somebody_writes_and_ends_with_the_project(
    qtbot: QtBot, window: MainWindow
) -> None:
    assert window.workspace is not None
    window.workspace.middle.show_tab(OVERVIEW)
    Tour(window).start()
    assert window.workspace.middle.tab == WRITE
    qtbot.waitUntil(lambda: is_shown(window))

    assert window.close_project()

    assert not is_shown(window)


def test_a_second_start_does_not_lay_two_cards_over_each_other(
    qtbot: QtBot, window: MainWindow, tour: Tour
) -> None:
    Tour(window).start()
    qtbot.waitUntil(lambda: is_shown(window))

    assert len([c for c in window.findChildren(TourCard) if c.isVisible()]) == 1


def test_without_a_project_it_opens_the_sample(qtbot: QtBot) -> None:
    empty = make_window()
    empty.show_welcome()
    empty.show()
    try:
        assert Tour(empty).start()
        qtbot.waitUntil(lambda: is_shown(empty))
        assert empty.workspace is not None
        assert "งานตัวอย่าง" in empty.workspace.project.folder.name
    finally:
        empty.close()
        empty.deleteLater()


def test_it_is_read_out_and_works_in_the_dark(
    qtbot: QtBot, window: MainWindow, qapp: QApplication
) -> None:
    apply_theme(qapp, dark=True)
    try:
        Tour(window).start()
        qtbot.waitUntil(lambda: is_shown(window))
        shown = card(window)
        assert STOPS[0].words in shown.accessibleName()
        assert all(b.accessibleName() for b in shown.findChildren(QPushButton))
        for label in shown.findChildren(type(shown._words)):
            assert label.height() >= label.heightForWidth(label.width())
        window.findChildren(Tour)[0].end()
    finally:
        apply_theme(qapp, dark=False)


def test_other_keys_reach_the_text(qtbot: QtBot, window: MainWindow, tour: Tour) -> None:
    assert window.workspace is not None
    text = window.workspace.issue_pane.editors()[0]
    text.setFocus()
    typed = QKeyEvent(QKeyEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, "ก")
    QApplication.sendEvent(text, typed)

    assert text.toPlainText() == "ก"
    assert is_shown(window)
