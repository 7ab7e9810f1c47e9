from datetime import datetime

import pytest
from PySide6.QtWidgets import QMainWindow, QPushButton
from pytestqt.qtbot import QtBot

from esa_desktop.domain.errors import StorageError
from esa_desktop.domain.fields import Kind
from esa_desktop.domain.thai import thai_time
from esa_desktop.services.last_edit import LastEdit
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


def test_who_edited_last_is_told_with_the_hour_today_and_the_date_before(line: StatusLine) -> None:
    now = datetime.now().astimezone()
    line.show_last_edit(LastEdit("นางสาวพิมพ์ใจ", "PC-1", now.isoformat()))
    assert line._last.words == f"แก้ล่าสุดโดย นางสาวพิมพ์ใจ เมื่อ {thai_time(now)}"

    before = datetime(2025, 8, 5, 14, 31).astimezone()
    line.show_last_edit(LastEdit("นายธีระ", "PC-2", before.isoformat()))
    assert line._last.words == "แก้ล่าสุดโดย นายธีระ เมื่อ ๕ ส.ค. ๒๕๖๘"
    assert line._last.toolTip() == "แก้ล่าสุดโดย นายธีระ เมื่อ ๕ ส.ค. ๒๕๖๘ ๑๔.๓๑ น. ที่เครื่อง PC-2"


@pytest.mark.parametrize("time", ["", "เมื่อวาน", "99999-01-01", "0001-01-01T00:00:00+00:00"])
def test_a_time_that_is_none_is_left_out(line: StatusLine, time: str) -> None:
    line.show_last_edit(LastEdit("นายธีระ", "", time))

    assert line._last.words.startswith("แก้ล่าสุดโดย นายธีระ")
    assert "เมื่อวาน" not in line._last.toolTip()


def test_in_a_small_window_the_name_gives_way_and_the_claim_of_saving_does_not(
    qtbot: QtBot,
) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    line = StatusLine(window)
    window.setStatusBar(line)
    window.resize(700, 100)
    line.show_saved(datetime(2025, 8, 5, 14, 32).astimezone())
    line.show_progress(Desk().editor.round)
    name = "นางสาวพิมพ์ใจ ศรีสุวรรณภูมิพิสุทธิ์ไพศาลเจริญกิจ"
    line.show_last_edit(LastEdit(name, "PC-1", "2025-08-05T07:31:00+00:00"))
    window.show()
    qtbot.waitExposed(window)

    assert line._last.text().endswith("…")
    assert name in line._last.toolTip()
    assert line._saved.width() >= line._saved.sizeHint().width()
    assert line._progress.width() >= line._progress.sizeHint().width()

    line.show_nothing()
    assert line._last.text() == ""
    assert line._last.toolTip() == ""
    window.close()


def test_a_project_that_is_only_read_is_never_said_to_be_saved(line: StatusLine) -> None:
    line.set_read_only(True)
    line.show_saved(datetime(2025, 8, 5, 14, 32).astimezone())
    assert line._saved.text() == "เปิดดูอย่างเดียว"

    line.set_read_only(False)
    line.show_saved(datetime(2025, 8, 5, 14, 32).astimezone())
    assert line._saved.text() == "บันทึกแล้ว ๑๔.๓๒ น."
