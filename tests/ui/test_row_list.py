from dataclasses import dataclass

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from esa_desktop.ui.row_list import Row, RowDelegate, RowList, RowModel

HEAD = Row("", "มาตรฐานที่ ๑")


@dataclass(frozen=True, slots=True)
class Plain(Row):
    pass


class Delegate(RowDelegate[Row]):
    def row_height(self, row: Row, width: int) -> int:
        return 40

    def paint_row(self, painter: QPainter, box: QRectF, row: Row) -> None:
        painter.drawText(box, row.spoken)


@pytest.fixture
def rows(qtbot: QtBot) -> RowList:
    rows = RowList(Delegate(), "รายการ")
    qtbot.addWidget(rows)
    rows.resize(300, 200)
    with qtbot.waitActive(rows):
        rows.show()
        rows.activateWindow()
    rows.rows.set_rows([HEAD, Plain("a", "ก"), Plain("b", "ข"), HEAD, Plain("c", "ค")])
    return rows


def test_the_model_keeps_qts_rules_while_rows_change(qtbot: QtBot) -> None:
    model = RowModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_rows([HEAD, Plain("a", "ก")])
    model.set_rows([HEAD, Plain("a", "ก ไก่")])
    model.set_rows([Plain("b", "ข")])
    model.set_rows([])
    assert model.rowCount() == 0
    tester.deleteLater()


def test_only_rows_that_say_something_else_are_redrawn(qtbot: QtBot, rows: RowList) -> None:
    changed: list[int] = []
    rows.rows.dataChanged.connect(lambda index, _: changed.append(index.row()))
    rows.rows.set_rows([HEAD, Plain("a", "ก"), Plain("b", "ข ไข่"), HEAD, Plain("c", "ค")])
    assert changed == [2]


def test_the_arrows_pass_over_headings(qtbot: QtBot, rows: RowList) -> None:
    rows.setFocus(Qt.FocusReason.TabFocusReason)
    went: list[str] = []
    rows.go_to.connect(went.append)
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    for _ in range(2):
        qtbot.keyClick(rows, Qt.Key.Key_Down)
    qtbot.keyClick(rows, Qt.Key.Key_Space)
    assert went == ["a", "c"]


def test_a_click_on_a_heading_goes_nowhere(qtbot: QtBot, rows: RowList) -> None:
    went: list[str] = []
    rows.go_to.connect(went.append)
    for row in (0, 1):
        place = rows.visualRect(rows.rows.index(row, 0)).center()
        qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert went == ["a"]


def test_the_chosen_row_stays_when_the_words_change(qtbot: QtBot, rows: RowList) -> None:
    rows.step(0)
    rows.step(1)
    rows.rows.set_rows([HEAD, Plain("a", "1"), Plain("b", "2"), HEAD, Plain("c", "3")])
    assert rows.currentIndex().row() == 2
