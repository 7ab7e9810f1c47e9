from datetime import datetime

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from esa_desktop.domain.errors import StorageError
from esa_desktop.domain.fields import Kind
from esa_desktop.ui.status_line import StatusLine
from tests.ui.rounds import Desk


@pytest.fixture
def line(qtbot: QtBot) -> StatusLine:
    made = StatusLine()
    qtbot.addWidget(made)
    return made


def test_the_time_of_saving_is_in_thai_digits(line: StatusLine) -> None:
    line.show_saved(datetime(2025, 8, 5, 14, 32).astimezone())

    assert line._saved.text() == "บันทึกแล้ว ๑๔.๓๒ น."


def test_nothing_is_claimed_while_something_is_on_its_way(line: StatusLine) -> None:
    line.show_saved(datetime(2025, 8, 5, 14, 32).astimezone())
    line.show_pending()

    assert "บันทึกแล้ว" not in line._saved.text()
    assert line._mark.isHidden()


def test_trouble_says_that_the_text_is_still_there_and_what_to_do(line: StatusLine) -> None:
    line.show_trouble(StorageError("เสียบแฟลชไดรฟ์กลับ แล้วกดลองอีกครั้ง"))

    assert line._saved.text() == "ยังบันทึกไม่ได้ ข้อความยังอยู่ครบ"
    assert "เสียบแฟลชไดรฟ์" in line._saved.toolTip()


def test_progress_counts_issues_and_what_has_no_evidence(line: StatusLine) -> None:
    desk = Desk()
    desk.set("good-1", Kind.ACTED_ON, True)

    line.show_progress(desk.editor.round)

    assert line._progress.text() == "๐ จาก ๙ ประเด็น   ·   ขาดหลักฐาน ๙"


def test_a_print_on_its_way_is_told_and_can_be_stopped(qtbot: QtBot) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    line.show()
    button = next(b for b in line.findChildren(QPushButton) if b.objectName() == "printingLabel")
    assert not button.isVisible()

    line.show_printing(12, 300)
    assert "หน้า ๑๒ จาก ๓๐๐" in button.text()
    with qtbot.waitSignal(line.stop_printing):
        button.click()

    line.end_printing()
    assert not button.isVisible()
