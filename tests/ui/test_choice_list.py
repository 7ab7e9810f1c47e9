import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from pytestqt.qtbot import QtBot

from esa_desktop.ui.choice_list import ChoiceList
from esa_desktop.ui.row_list import Row, RowDelegate


class Delegate(RowDelegate[Row]):
    def row_height(self, row: Row, width: int) -> int:
        return 40

    def paint_row(self, painter: QPainter, box: QRectF, row: Row) -> None:
        painter.drawText(box, row.spoken)


@pytest.fixture
def rows(qtbot: QtBot) -> ChoiceList:
    made = ChoiceList(Delegate(), "รายการ")
    qtbot.addWidget(made)
    made.resize(300, 200)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.rows.set_rows([Row("a", "ก"), Row("b", "ข"), Row("c", "ค")])
    return made


def test_a_click_chooses_and_only_a_second_one_goes_on(qtbot: QtBot, rows: ChoiceList) -> None:
    taken: list[Row] = []
    rows.taken.connect(taken.append)
    place = rows.visualRect(rows.rows.index(1, 0)).center()

    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert rows.choice == Row("b", "ข")
    assert taken == []
    qtbot.mouseDClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert taken == [Row("b", "ข")]


def test_the_keys_alone_choose_and_go_on(qtbot: QtBot, rows: ChoiceList) -> None:
    taken: list[Row] = []
    rows.taken.connect(taken.append)

    rows.clearFocus()
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    assert rows.choice == Row("a", "ก")
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    qtbot.keyClick(rows, Qt.Key.Key_Return)

    assert taken == [Row("b", "ข")]


def test_other_rows_are_no_choice_until_one_is_made(qtbot: QtBot, rows: ChoiceList) -> None:
    rows.choose(2)
    told: list[Row | None] = []
    rows.chosen.connect(told.append)

    rows.rows.set_rows([Row("x", "ฮ")])

    assert rows.choice is None
    assert told[-1] is None
