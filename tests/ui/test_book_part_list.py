import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from esa_desktop.domain.book import Part
from esa_desktop.ui.book_entries import entries, rows_of
from esa_desktop.ui.book_part_list import BookPartList
from esa_desktop.ui.painting import colors
from tests.ui.rounds import YEAR, Desk


@pytest.fixture
def parts(qtbot: QtBot) -> BookPartList:
    made = BookPartList()
    qtbot.addWidget(made)
    made.resize(280, 500)
    made.rows.set_rows(rows_of(Desk().editor.round, entries(YEAR), (Part.COVER, Part.CONTENTS)))
    made.show_part("cover")
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.setFocus()
    return made


def place_of(parts: BookPartList, target: str) -> QPoint:
    """The left upper corner of a row, scrolled to."""
    (row,) = [n for n, row in enumerate(parts.rows.rows) if row.target == target]
    index = parts.rows.index(row, 0)
    parts.scrollTo(index)
    return parts.visualRect(index).topLeft()


def test_arrows_show_part_after_part_and_pass_over_headings(
    qtbot: QtBot, parts: BookPartList
) -> None:
    shown: list[str] = []
    parts.part_shown.connect(shown.append)
    for _ in range(8):
        qtbot.keyClick(parts, Qt.Key.Key_Down)
    assert shown == [
        "foreword", "contents", "summary", "basics", "criteria", "sheets", "results", "orders",
    ]  # fmt: skip


def test_space_ticks_the_current_part_and_goes_nowhere(qtbot: QtBot, parts: BookPartList) -> None:
    ticked: list[str] = []
    parts.ticked.connect(ticked.append)
    qtbot.keyClick(parts, Qt.Key.Key_Space)
    assert (ticked, parts.shown) == (["cover"], "cover")


def test_space_on_what_is_no_part_does_nothing(qtbot: QtBot, parts: BookPartList) -> None:
    ticked: list[str] = []
    parts.ticked.connect(ticked.append)
    parts.show_part("committee")
    qtbot.keyClick(parts, Qt.Key.Key_Space)
    assert ticked == []


def test_enter_leads_to_the_text(qtbot: QtBot, parts: BookPartList) -> None:
    with qtbot.waitSignal(parts.text_wanted, timeout=500):
        qtbot.keyClick(parts, Qt.Key.Key_Return)


def test_a_click_on_the_box_ticks_and_one_on_the_name_only_shows(
    qtbot: QtBot, parts: BookPartList
) -> None:
    ticked: list[str] = []
    parts.ticked.connect(ticked.append)
    corner = place_of(parts, "contents")
    left = Qt.MouseButton.LeftButton
    qtbot.mouseClick(parts.viewport(), left, pos=corner + QPoint(120, 16))
    assert (ticked, parts.shown) == ([], "contents")
    corner = place_of(parts, "summary")
    qtbot.mouseClick(parts.viewport(), left, pos=corner + QPoint(18, 16))
    assert (ticked, parts.shown) == (["summary"], "summary")


def test_letting_go_elsewhere_takes_a_click_on_a_box_back(
    qtbot: QtBot, parts: BookPartList
) -> None:
    ticked: list[str] = []
    parts.ticked.connect(ticked.append)
    corner = place_of(parts, "contents")
    left = Qt.MouseButton.LeftButton
    qtbot.mousePress(parts.viewport(), left, pos=corner + QPoint(18, 16))
    qtbot.mouseRelease(parts.viewport(), left, pos=corner + QPoint(150, 16))
    assert ticked == []


def test_two_quick_clicks_on_a_box_are_two_ticks(qtbot: QtBot, parts: BookPartList) -> None:
    ticked: list[str] = []
    wanted: list[bool] = []
    parts.ticked.connect(ticked.append)
    parts.text_wanted.connect(lambda: wanted.append(True))
    box = place_of(parts, "contents") + QPoint(18, 16)
    qtbot.mouseClick(parts.viewport(), Qt.MouseButton.LeftButton, pos=box)
    qtbot.mouseDClick(parts.viewport(), Qt.MouseButton.LeftButton, pos=box)
    qtbot.mouseRelease(parts.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert (ticked, wanted) == (["contents", "contents"], [])


def test_a_double_click_on_the_name_leads_to_the_text(qtbot: QtBot, parts: BookPartList) -> None:
    name = place_of(parts, "contents") + QPoint(120, 16)
    with qtbot.waitSignal(parts.text_wanted, timeout=500):
        qtbot.mouseClick(parts.viewport(), Qt.MouseButton.LeftButton, pos=name)
        qtbot.mouseDClick(parts.viewport(), Qt.MouseButton.LeftButton, pos=name)


def test_a_ticked_box_is_filled_and_an_open_one_is_not(parts: BookPartList) -> None:
    seen = []
    for target in ("contents", "summary"):
        at = place_of(parts, target)
        image = parts.viewport().grab().toImage()
        scale = image.devicePixelRatio()
        # Near the box's lower left corner, where the tick itself does not reach.
        spot = QPoint(round((at.x() + 14) * scale), round((at.y() + 20) * scale))
        seen.append(QColor(image.pixel(spot)).name())
    assert seen == [colors().accent.lower(), colors().surface.lower()]


def test_a_long_name_takes_a_second_line_in_a_narrow_list(parts: BookPartList) -> None:
    def height() -> int:
        (row,) = [n for n, row in enumerate(parts.rows.rows) if row.target == "sheets"]
        return parts.visualRect(parts.rows.index(row, 0)).height()

    parts.resize(480, 500)
    parts.doItemsLayout()
    wide = height()
    parts.resize(200, 500)
    parts.doItemsLayout()
    assert height() > wide + 15


def test_screen_readers_hear_name_tick_and_note(parts: BookPartList) -> None:
    spoken = parts.rows.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "ปก · อยู่ในเล่ม · โปรแกรมจัดทำให้ เขียนเพิ่มได้"
    assert parts.accessibleName()
