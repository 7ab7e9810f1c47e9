from PySide6.QtWidgets import QProgressBar
from pytestqt.qtbot import QtBot

from esa_desktop.ui.progress_line import ProgressLine


def test_the_count_is_said_in_thai_digits_and_drawn(qtbot: QtBot) -> None:
    line = ProgressLine("กรอกครบแล้ว")
    qtbot.addWidget(line)

    line.show_count(31, 50)

    bar = line.findChild(QProgressBar)
    assert line.words == "๓๑ จาก ๕๐ ประเด็น"
    assert (bar.value(), bar.maximum()) == (31, 50)


def test_nothing_to_do_is_no_endless_bar(qtbot: QtBot) -> None:
    line = ProgressLine("กรอกครบแล้ว")
    qtbot.addWidget(line)

    line.show_count(0, 0)

    assert line.findChild(QProgressBar).maximum() > 0
    assert line.words == "๐ จาก ๐ ประเด็น"
