from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.services.places import sample_place
from esa_desktop.ui.notices import Notices
from esa_desktop.ui.preferences import read_preferences
from esa_desktop.ui.sample_notice import KEY, tell_sample
from esa_desktop.ui.tour_offer import KEY as TOUR
from esa_desktop.ui.tour_offer import offer_tour


@pytest.fixture
def notices(qtbot: QtBot) -> Iterator[Notices]:
    window = QWidget()
    qtbot.addWidget(window)
    made = Notices(window)
    column = QVBoxLayout(window)
    column.addWidget(made)
    column.addStretch(1)
    window.resize(1366, 698)
    window.show()
    yield made
    window.close()


def buttons(notices: Notices) -> list[str]:
    return [b.text() for b in notices.findChildren(QPushButton) if b.isVisible()]


def press(notices: Notices, words: str) -> None:
    next(b for b in notices.findChildren(QPushButton) if b.text() == words).click()


def test_only_the_sample_says_that_it_is_one(notices: Notices, tmp_path: Path) -> None:
    tell_sample(tmp_path / "งาน.esaproj", tmp_path, notices, lambda: None)
    assert notices.keys == ()

    tell_sample(sample_place(tmp_path), tmp_path, notices, lambda: None)
    assert notices.keys == (KEY,)


def test_from_it_work_of_ones_own_is_begun(notices: Notices, tmp_path: Path) -> None:
    begun: list[int] = []
    tell_sample(sample_place(tmp_path), tmp_path, notices, lambda: begun.append(1))

    press(notices, "สร้างงานของท่าน")

    assert begun == [1]
    assert notices.keys == (KEY,)  # a dialog that is given up leaves it


def test_on_a_laptop_the_tour_waits_until_it_is_answered(notices: Notices, tmp_path: Path) -> None:
    offer_tour(read_preferences(tmp_path), notices, lambda: None)
    tell_sample(sample_place(tmp_path), tmp_path, notices, lambda: None)
    assert notices.keys == (KEY, TOUR)
    assert buttons(notices) == ["สร้างงานของท่าน", "รับทราบ"]

    press(notices, "รับทราบ")

    assert buttons(notices) == ["พาชมหน้าจอ", "ไม่ต้อง"]
