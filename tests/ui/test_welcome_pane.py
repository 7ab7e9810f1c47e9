from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from esa_desktop.ui.card_button import CardButton
from esa_desktop.ui.preferences import RecentProject
from esa_desktop.ui.recent_entry import PathLabel, told_moment
from esa_desktop.ui.welcome_pane import WelcomePane

NOW = datetime.now(UTC).isoformat()


@pytest.fixture
def pane(qtbot: QtBot) -> WelcomePane:
    made = WelcomePane()
    qtbot.addWidget(made)
    made.resize(1366, 640)
    made.show()
    return made


def recent(folder: Path, *, done: int = 31, total: int = 50) -> RecentProject:
    return RecentProject(folder, "สพป.เวียงสายธาร เขต ๑", 2568, NOW, done, total)


def cards(pane: WelcomePane) -> dict[str, CardButton]:
    return {
        card.accessibleName().split(",")[0]: card
        for card in pane.findChildren(CardButton)
        if card.isVisible()
    }


def words(pane: WelcomePane) -> list[str]:
    return [
        label.text() for label in pane.findChildren(QLabel) if label.isVisible() and label.text()
    ]


def test_every_way_to_begin_is_a_button(qtbot: QtBot, pane: WelcomePane) -> None:
    ways = {
        "สร้างงานประเมินใหม่": pane.new_requested,
        "เปิดงานประเมินที่มีอยู่": pane.open_requested,
        "ลองดูงานตัวอย่าง": pane.sample_requested,
    }

    for name, signal in ways.items():
        with qtbot.waitSignal(signal):
            qtbot.mouseClick(cards(pane)[name], Qt.MouseButton.LeftButton)


def test_everything_is_reached_with_tab_and_done_with_enter(
    qtbot: QtBot, pane: WelcomePane, tmp_path: Path
) -> None:
    pane.show_recent([recent(tmp_path)])
    pane.activateWindow()
    first = cards(pane)["สร้างงานประเมินใหม่"]
    first.setFocus()
    seen = [first.accessibleName()]
    for _ in range(4):
        qtbot.keyClick(pane.window().focusWidget(), Qt.Key.Key_Tab)
        seen.append(pane.window().focusWidget().accessibleName())

    assert seen[:3] == ["สร้างงานประเมินใหม่", "เปิดงานประเมินที่มีอยู่", "ลองดูงานตัวอย่าง"]
    assert seen[3].startswith("สพป.เวียงสายธาร เขต ๑, ปีงบประมาณ ๒๕๖๘")
    assert seen[4] == "นำ สพป.เวียงสายธาร เขต ๑ ปี ๒๕๖๘ ออกจากรายการ"
    with qtbot.waitSignal(pane.new_requested):
        qtbot.keyClick(first, Qt.Key.Key_Return)


def test_a_recent_project_says_how_far_it_is_and_opens(
    qtbot: QtBot, pane: WelcomePane, tmp_path: Path
) -> None:
    pane.show_recent([recent(tmp_path)])

    assert "๓๑ จาก ๕๐ ประเด็น" in words(pane)
    assert "ปีงบประมาณ ๒๕๖๘" in words(pane)
    with qtbot.waitSignal(pane.recent_chosen) as told:
        cards(pane)["สพป.เวียงสายธาร เขต ๑"].click()
    assert told.args == [tmp_path]


def test_a_folder_that_is_gone_is_said_and_opens_when_it_is_back(
    qtbot: QtBot, pane: WelcomePane, tmp_path: Path
) -> None:
    folder = tmp_path / "แฟลชไดรฟ์" / "งาน.esaproj"
    opened: list[Path] = []
    pane.recent_chosen.connect(opened.append)
    pane.show_recent([recent(folder)])
    qtbot.waitUntil(lambda: "ไม่พบโฟลเดอร์" in words(pane))

    cards(pane)["สพป.เวียงสายธาร เขต ๑"].click()
    qtbot.waitUntil(lambda: opened == [folder])  # whoever opens projects says what is missing
    assert "ไม่พบโฟลเดอร์" in words(pane)

    folder.mkdir(parents=True)
    cards(pane)["สพป.เวียงสายธาร เขต ๑"].click()
    qtbot.waitUntil(lambda: opened == [folder, folder])
    assert "ไม่พบโฟลเดอร์" not in words(pane)


def test_a_project_is_taken_off_the_list_by_its_own_button(
    qtbot: QtBot, pane: WelcomePane, tmp_path: Path
) -> None:
    pane.recent_removed.connect(lambda _: pane.show_recent([]))
    pane.show_recent([recent(tmp_path)])
    remove = next(b for b in pane.findChildren(QPushButton) if b.accessibleName().startswith("นำ "))

    with qtbot.waitSignal(pane.recent_removed) as told:
        remove.click()

    assert told.args == [tmp_path]
    assert pane.is_first_start


def test_on_a_first_start_the_sample_leads_and_the_steps_are_told(
    qtbot: QtBot, pane: WelcomePane
) -> None:
    pane.activateWindow()
    assert pane.window().focusWidget().accessibleName() == "ลองดูงานตัวอย่าง"
    seen = []
    for _ in range(6):
        seen.append(pane.window().focusWidget().accessibleName())
        qtbot.keyClick(pane.window().focusWidget(), Qt.Key.Key_Tab)

    assert seen == [
        "ลองดูงานตัวอย่าง",
        "สร้างงานประเมินใหม่",
        "เปิดงานประเมินที่มีอยู่",
        "เปิดข้อมูลสำรอง…",
        "พาชมหน้าจอ",
        "วิธีใช้ (F1)",
    ]
    tops = {name: card.y() for name, card in cards(pane).items()}
    assert sorted(tops, key=lambda name: tops[name]) == seen[:3]
    assert "แนบหลักฐาน" in words(pane)


def test_with_projects_the_steps_make_room_for_them(pane: WelcomePane, tmp_path: Path) -> None:
    pane.show_recent([recent(tmp_path)])

    assert "แนบหลักฐาน" not in words(pane)
    assert "งานที่เปิดล่าสุด" in words(pane)


def test_backups_help_and_the_tour_are_asked_for(qtbot: QtBot, pane: WelcomePane) -> None:
    for name, signal in (
        ("เปิดข้อมูลสำรอง…", pane.backup_requested),
        ("พาชมหน้าจอ", pane.tour_requested),
        ("วิธีใช้ (F1)", pane.help_requested),
    ):
        button = next(b for b in pane.findChildren(QPushButton) if b.text() == name)
        with qtbot.waitSignal(signal):
            button.click()


@pytest.mark.parametrize("is_first", [True, False])
def test_every_way_to_begin_is_in_view_on_a_laptop_at_150_percent(
    qtbot: QtBot, pane: WelcomePane, tmp_path: Path, is_first: bool
) -> None:
    pane.show_recent([] if is_first else [recent(tmp_path)])
    pane.resize(911, 393)
    qtbot.wait(20)

    assert pane.verticalScrollBar().maximum() == 0
    for card in cards(pane).values():
        assert card.visibleRegion().boundingRect().height() == card.height(), card.accessibleName()


def test_a_long_path_gives_way_in_its_middle(qtbot: QtBot, pane: WelcomePane) -> None:
    folder = Path("/เอกสารของกลุ่มนโยบายและแผน" * 6) / "งาน.esaproj"
    pane.show_recent([recent(folder)])

    label = pane.findChild(PathLabel)
    assert label is not None
    assert "…" in label.text()
    assert label.text().endswith("งาน.esaproj")
    assert label.toolTip() == str(folder)
    assert pane.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("width", [1366, 1100, 683])
def test_nothing_is_cut_at_any_width(
    qtbot: QtBot, pane: WelcomePane, tmp_path: Path, width: int
) -> None:
    pane.show_recent([recent(tmp_path / "ก"), recent(tmp_path / "ข", done=50)])
    pane.resize(width, 560)
    qtbot.wait(20)

    assert pane.horizontalScrollBar().maximum() == 0
    for label in pane.findChildren(QLabel):
        if label.isVisible() and label.text() and not isinstance(label, PathLabel):
            assert label.height() >= label.heightForWidth(label.width())


def test_the_day_is_told_as_people_say_it() -> None:
    moment = datetime(2025, 7, 18, 7, 32, tzinfo=UTC).astimezone()
    text = moment.isoformat()
    day = moment.date()

    assert told_moment(text, day).startswith("วันนี้ ")
    assert told_moment(text, date(day.year, day.month, day.day + 1)).startswith("เมื่อวาน ")
    assert told_moment(text, date(2025, 9, 1)) == f"{'๑๘' if day.day == 18 else '๑๗'} ก.ค. ๒๕๖๘"
    assert told_moment("ไม่ทราบ") == ""


def test_the_cursor_stands_on_the_newest_project_and_enter_opens_it(
    qtbot: QtBot, tmp_path: Path
) -> None:
    made = WelcomePane()
    qtbot.addWidget(made)
    made.show_recent([recent(tmp_path), recent(tmp_path / "อีก")])
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    focus = made.window().focusWidget()
    assert focus.accessibleName().startswith("สพป.เวียงสายธาร เขต ๑, ปีงบประมาณ ๒๕๖๘")
    assert focus.accessibleName().endswith(str(tmp_path))
    with qtbot.waitSignal(made.recent_chosen) as told:
        qtbot.keyClick(focus, Qt.Key.Key_Return)
    assert told.args == [tmp_path]

    made.show_recent([recent(tmp_path / "อีก")])
    assert made.window().focusWidget().accessibleName().endswith(str(tmp_path / "อีก"))
    made.show_recent([])
    assert made.window().focusWidget().accessibleName() == "ลองดูงานตัวอย่าง"
