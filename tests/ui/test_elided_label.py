from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.ui.elided_label import ElidedLabel

WORDS = "แก้ล่าสุดโดย นางสาวพิมพ์ใจ ศรีสุวรรณภูมิพิสุทธิ์ เมื่อ ๕ ส.ค. ๒๕๖๘"


class Row(QWidget):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.label = ElidedLabel(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.label, 1)
        self.resize(width, 40)
        self.label.set_words(WORDS)


@pytest.fixture
def row(qtbot: QtBot, request: pytest.FixtureRequest) -> Iterator[Row]:
    made = Row(request.param)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


wide = pytest.mark.parametrize("row", [900], indirect=True)
narrow = pytest.mark.parametrize("row", [160], indirect=True)


@wide
def test_with_room_all_of_it_is_shown_and_no_tooltip_is_needed(row: Row) -> None:
    label = row.label

    assert label.text() == WORDS
    assert label.toolTip() == ""


@narrow
def test_without_room_it_is_cut_and_the_tooltip_and_the_name_have_all_of_it(
    qtbot: QtBot, row: Row
) -> None:
    label = row.label

    assert label.text().endswith("…")
    assert WORDS.startswith(label.text()[:-1])
    assert label.toolTip() == label.accessibleName() == WORDS

    row.resize(900, 40)
    qtbot.waitUntil(lambda: label.text() == WORDS)


@wide
def test_it_does_not_keep_a_window_wide(row: Row) -> None:
    label = row.label

    assert label.minimumSizeHint().width() < 60
    assert label.sizeHint().width() > 300


@wide
def test_an_explanation_lasts_until_the_next_words(row: Row) -> None:
    label = row.label
    label.set_explanation("ทั้งหมด")
    assert label.toolTip() == label.accessibleName() == "ทั้งหมด"

    label.set_words("อื่น")

    assert label.toolTip() == ""
    assert label.accessibleName() == "อื่น"
