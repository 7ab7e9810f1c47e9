import pytest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.ui.whole_lines import WholeLines


def column(qtbot: QtBot, rows: int = 12) -> tuple[WholeLines, list[QLabel]]:
    inside = QWidget()
    lines = QVBoxLayout(inside)
    labels = [QLabel(f"หัวข้อที่ {row}") for row in range(rows)]
    for label in labels:
        label.setFixedHeight(30)
        lines.addWidget(label)
    area = WholeLines(inside)
    qtbot.addWidget(area)
    area.resize(240, 200)
    area.show()
    qtbot.wait(20)
    return area, labels


def is_cut(label: QLabel) -> bool:
    return 0 < label.visibleRegion().boundingRect().height() < label.height()


@pytest.mark.parametrize("height", range(150, 190, 7))
def test_no_heading_is_cut_at_the_lower_edge(qtbot: QtBot, height: int) -> None:
    area, labels = column(qtbot)
    area.resize(240, height)
    qtbot.wait(20)

    assert not any(is_cut(label) for label in labels)
    assert area.verticalScrollBar().maximum() > 0
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    assert labels[-1].visibleRegion().boundingRect().height() == labels[-1].height()


def test_what_comes_in_between_is_followed(qtbot: QtBot) -> None:
    _area, labels = column(qtbot)
    for wide in (37, 44, 51):
        labels[0].setFixedHeight(wide)
        qtbot.wait(20)
        assert not any(is_cut(label) for label in labels)


def test_where_all_has_room_none_is_given_up(qtbot: QtBot) -> None:
    area, _ = column(qtbot, rows=3)

    assert area.viewportMargins().bottom() == 0
