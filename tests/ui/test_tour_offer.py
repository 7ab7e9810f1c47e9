from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from esa_desktop.ui.notices import Notices
from esa_desktop.ui.preferences import Preferences, read_preferences
from esa_desktop.ui.tour_offer import KEY, offer_tour, settle_tour


@pytest.fixture
def notices(qtbot: QtBot) -> Notices:
    made = Notices()
    qtbot.addWidget(made)
    made.resize(1200, 80)
    made.show()
    return made


def preferences(folder: Path) -> Preferences:
    return read_preferences(folder)


def press(notices: Notices, words: str) -> None:
    next(b for b in notices.findChildren(QPushButton) if b.text() == words).click()


@pytest.mark.parametrize(("words", "started"), [("พาชมหน้าจอ", 1), ("ไม่ต้อง", 0)])
def test_answered_either_way_it_is_not_offered_again(
    notices: Notices, tmp_path: Path, words: str, started: int
) -> None:
    starts: list[int] = []
    offer_tour(preferences(tmp_path), notices, lambda: starts.append(1))
    assert notices.keys == (KEY,)

    press(notices, words)

    assert len(starts) == started
    assert notices.keys == ()
    offer_tour(preferences(tmp_path), notices, lambda: starts.append(1))
    assert notices.keys == ()


def test_not_answered_it_comes_again(notices: Notices, tmp_path: Path) -> None:
    offer_tour(preferences(tmp_path), notices, lambda: None)
    notices.clear()  # the project was closed

    offer_tour(preferences(tmp_path), notices, lambda: None)

    assert notices.keys == (KEY,)


def test_begun_from_the_menu_it_is_not_offered_any_more(notices: Notices, tmp_path: Path) -> None:
    known = preferences(tmp_path)
    offer_tour(known, notices, lambda: None)

    settle_tour(known, notices)

    assert notices.keys == ()
    assert preferences(tmp_path).knows(KEY)
