from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.domain.printing import PrintOptions
from esa_desktop.ui.preview_bar import PreviewBar


@pytest.fixture
def bar(qtbot: QtBot) -> Iterator[PreviewBar]:
    desk = QWidget()  # a window of its own would not become narrower than Qt's layout likes
    qtbot.addWidget(desk)
    desk.resize(900, 90)
    made = PreviewBar(desk)
    made.resize(900, 90)
    desk.show()
    yield made
    desk.close()


def button(bar: PreviewBar, name: str) -> QPushButton:
    return next(b for b in bar.findChildren(QPushButton) if b.accessibleName() == name)


def box(bar: PreviewBar, name: str) -> QComboBox:
    return next(b for b in bar.findChildren(QComboBox) if b.accessibleName() == name)


def test_the_page_is_told_and_the_ends_are_ends(qtbot: QtBot, bar: PreviewBar) -> None:
    bar.show_page(1, 29)
    assert not button(bar, "หน้าก่อน").isEnabled()
    bar.show_page(29, 29)
    assert not button(bar, "หน้าถัดไป").isEnabled()
    bar.show_page(5, 29)
    label = bar.findChild(QLabel, "previewPage")
    assert label is not None
    assert label.text() == "หน้า ๕ จาก ๒๙"
    with qtbot.waitSignal(bar.page_wanted) as told:
        button(bar, "หน้าถัดไป").click()
    assert told.args == [1]


def test_a_narrow_bar_tells_the_state_by_its_mark_alone(qtbot: QtBot, bar: PreviewBar) -> None:
    state = bar.findChild(QLabel, "previewState")
    assert state is not None
    bar.show_fresh()
    assert state.isVisible()
    least = bar.minimumSizeHint().width()

    bar.resize(least, 90)

    assert not state.isVisible()
    assert bar.minimumSizeHint().width() == least
    assert bar.width() == least
    bar.resize(900, 90)
    assert state.isVisible()


def test_a_scale_of_the_wheel_is_shown_and_goes_again(bar: PreviewBar) -> None:
    sizes = box(bar, "ขนาดที่แสดง")
    count = sizes.count()

    bar.show_scale(0.83)
    assert sizes.currentText() == "๘๓ %"
    bar.show_scale(0.91)
    assert sizes.currentText() == "๙๑ %"
    assert sizes.count() == count + 1
    bar.show_scale(1.0)
    assert sizes.currentText() == "๑๐๐ %"
    assert sizes.count() == count


def test_a_font_that_is_not_on_this_computer_is_still_shown(bar: PreviewBar) -> None:
    chosen: list[str] = []
    bar.font_chosen.connect(chosen.append)

    bar.show_options(PrintOptions(font="ไทยของสำนักงาน"))
    bar.offer_fonts(["TH Sarabun New", "Sarabun", "Garuda"])

    fonts = box(bar, "แบบอักษร")
    assert fonts.currentText() == "ไทยของสำนักงาน"
    assert fonts.findText("Garuda") >= 0
    assert chosen == []
