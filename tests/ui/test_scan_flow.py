"""From a file a scanner saved to an item: the bar, the dialog, one key."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from esa_desktop.services.projects import Project, open_project
from esa_desktop.services.reading import Reader
from esa_desktop.ui import scan_dialog
from esa_desktop.ui.notices import Notices
from esa_desktop.ui.preferences import read_preferences
from esa_desktop.ui.scan_dialog import ScanDialog
from esa_desktop.ui.scan_flow import ScanFlow
from esa_desktop.ui.theme import apply_theme
from tests.projects import WHO, new_project, opened

LEFT_BUTTON = Qt.MouseButton.LeftButton


class Window(QWidget):
    """What the flow needs of the window, and a folder a scanner saves into."""

    def __init__(self, project: Project, folder: Path, reader: Reader | None = None) -> None:
        super().__init__()
        self.folder = folder / "สแกน"
        self.folder.mkdir(exist_ok=True)
        self.preferences = read_preferences(folder)
        self.notices = Notices(self)
        self.attached: list[tuple[str | None, list[str]]] = []
        self.issue: str | None = project.editor.round.framework.issue("1.2.1").id
        self.resize(1000, 800)
        self.notices.resize(1000, 120)
        self.flow = ScanFlow(
            project,
            self.preferences,
            self.notices,
            folder,
            self,
            issue=lambda: self.issue,
            attach=lambda issue, files: self.attached.append((issue, [f.name for f in files])),
            reader=reader,
        )
        self.flow.watched._pace = 0.15

    def watch(self) -> None:
        self.preferences.set_folder("scan", self.folder)
        self.flow.watched.watch(self.folder)

    def save(self, *names: str) -> None:
        for name in names:
            (self.folder / name).write_bytes(b"%PDF " + name.encode())

    def dialog(self) -> ScanDialog:
        made = self.flow.ask()
        assert made is not None
        return made

    def press(self, words: str) -> None:
        buttons = self.notices.findChildren(QPushButton)
        QTest.mouseClick(
            next(b for b in buttons if b.text() == words and b.isVisible()), LEFT_BUTTON
        )

    def close_flow(self, qtbot: QtBot) -> None:
        self.flow.close()
        for dialog in self.findChildren(ScanDialog):
            dialog.reject()
        qtbot.waitUntil(lambda: self.flow.watched._running is None)


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Window]:
    apply_theme(qapp, dark=False)
    with opened(new_project(tmp_path)) as project:
        made = Window(project, tmp_path)
        qtbot.addWidget(made)
        made.show()
        yield made
        made.close_flow(qtbot)


def came(window: Window, qtbot: QtBot, *names: str) -> None:
    """Watch, then let files come, one after the other."""
    window.watch()
    qtbot.waitUntil(lambda: window.flow.watched._arrivals.known is not None)
    window.save(*names)
    qtbot.waitUntil(lambda: len(window.flow.watched.new) == len(names), timeout=5000)


def test_files_that_came_are_told_in_one_bar_and_not_again_after_not_now(
    window: Window, qtbot: QtBot
) -> None:
    came(window, qtbot, "ก.pdf", "ข.pdf")
    told = window.notices.accessibleName(), window.notices.keys

    window.press("ไม่ใช่ตอนนี้")
    window.flow.watched.look_now()
    qtbot.wait(400)

    assert told[1] == ("scans",)
    assert window.notices.keys == ()
    assert window.flow.watched.new == ()


def test_of_very_many_those_that_were_not_in_the_list_are_told_of_again(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan_dialog, "MOST_ROWS", 2)
    came(window, qtbot, "ก.pdf", "ข.pdf", "ค.pdf")
    window.press("ดูและแนบ…")
    dialog = window.dialog()
    listed = len(dialog.list.rows.rows)

    dialog.reject()

    assert (listed, len(window.flow.watched.new)) == (2, 1)
    assert window.notices.keys == ("scans",)


def test_enter_attaches_what_is_new(window: Window, qtbot: QtBot) -> None:
    window.save("เก่า.pdf")
    came(window, qtbot, "ก.pdf", "ข.pdf")
    window.press("ดูและแนบ…")
    dialog = window.dialog()

    assert dialog.attach.text() == "แนบ ๒ ไฟล์กับ ๑.๒.๑"
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)

    assert window.attached[0][0] == window.issue
    assert sorted(window.attached[0][1]) == ["ก.pdf", "ข.pdf"]
    assert window.notices.keys == ()
    assert window.flow.watched.new == ()


def test_where_nothing_is_new_the_newest_file_is_chosen_and_makes_room_for_one_that_comes(
    window: Window, qtbot: QtBot
) -> None:
    window.save("เก่า.pdf", "ใหม่กว่า.pdf")
    os.utime(window.folder / "เก่า.pdf", (1_000_000_000, 1_000_000_000))
    window.watch()
    qtbot.waitUntil(lambda: len(window.flow.watched.files) == 2)
    dialog = window.dialog()

    assert [path.name for path in dialog.chosen()] == ["ใหม่กว่า.pdf"]
    assert dialog.attach.isEnabled()
    dialog.list.clearSelection()
    assert "เลือกไฟล์ก่อน" in [label.text() for label in dialog.findChildren(QLabel)]
    dialog.list.choose(0)
    window.save("เพิ่งมา.pdf")
    qtbot.waitUntil(lambda: len(dialog.list.rows.rows) == 3, timeout=5000)

    qtbot.waitUntil(lambda: [path.name for path in dialog.chosen()] == ["เพิ่งมา.pdf"], timeout=5000)


def test_old_files_can_be_chosen_by_hand(window: Window, qtbot: QtBot) -> None:
    window.save("เก่า.pdf", "ใหม่กว่า.pdf")
    os.utime(window.folder / "เก่า.pdf", (1_000_000_000, 1_000_000_000))
    window.watch()
    dialog = window.dialog()
    qtbot.waitUntil(lambda: bool(dialog.list.rows.rows))
    dialog.list.clearSelection()
    assert not dialog.attach.isEnabled()
    assert dialog.attach.toolTip() == "เลือกไฟล์ก่อน"

    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    QTest.mouseClick(dialog.attach, LEFT_BUTTON)

    assert [names for _, names in window.attached] == [["เก่า.pdf"]]


def test_a_file_that_comes_while_the_dialog_is_open_joins_what_is_chosen(
    window: Window, qtbot: QtBot
) -> None:
    came(window, qtbot, "ก.pdf")
    dialog = window.dialog()
    window.save("ข.pdf")
    qtbot.waitUntil(lambda: len(dialog.chosen()) == 2, timeout=5000)

    assert dialog.list.rows.rows[0].spoken.endswith("ใหม่")
    assert window.notices.keys == ()
    dialog.reject()


def test_what_was_seen_in_the_dialog_is_not_told_again(window: Window, qtbot: QtBot) -> None:
    came(window, qtbot, "ก.pdf")

    window.dialog().reject()

    assert window.flow.watched.new == ()
    assert window.notices.keys == ()
    assert window.attached == []


def test_without_a_folder_the_dialog_asks_for_one_and_it_is_remembered(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window.save("เก่า.pdf")
    dialog = window.dialog()
    asked_for = dialog._empty.isVisible()
    monkeypatch.setattr(
        QFileDialog, "getExistingDirectory", staticmethod(lambda *_: str(window.folder))
    )

    QTest.mouseClick(dialog._folder_button, LEFT_BUTTON)
    qtbot.waitUntil(lambda: bool(dialog.list.rows.rows))

    assert asked_for
    assert read_preferences(tmp_path).chosen_folder("scan") == window.folder
    dialog.reject()


def test_without_an_issue_nothing_can_be_attached_and_it_says_why(
    window: Window, qtbot: QtBot
) -> None:
    window.issue = None
    came(window, qtbot, "ก.pdf")
    dialog = window.dialog()

    QTest.keyClick(dialog.list, Qt.Key.Key_Return)

    assert not dialog.attach.isEnabled()
    assert "เลือกประเด็น" in dialog.attach.toolTip()
    assert window.attached == []
    dialog.reject()


def test_a_folder_that_is_gone_is_said_in_the_dialog(window: Window, qtbot: QtBot) -> None:
    window.preferences.set_folder("scan", window.folder / "ไม่มี")
    window.flow.watched.watch(window.folder / "ไม่มี")
    dialog = window.dialog()

    qtbot.waitUntil(lambda: "ไม่พบโฟลเดอร์" in dialog._trouble.text())

    assert dialog._trouble.isVisible()
    dialog.reject()


def test_pictures_are_shown_before_they_are_attached(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    apply_theme(qapp, dark=False)
    reader = Reader(children=1)
    with opened(new_project(tmp_path)) as project:
        window = Window(project, tmp_path, reader)
        qtbot.addWidget(window)
        window.show()
        window.watch()
        photo = QImage(400, 300, QImage.Format.Format_RGB32)
        photo.fill(Qt.GlobalColor.red)
        photo.save(str(window.folder / "ภาพ.jpg"))
        dialog = window.dialog()

        def seen() -> bool:
            shot = dialog.list.viewport().grab().toImage()
            ratio = shot.devicePixelRatio()
            middle = shot.pixelColor(round(32 * ratio), round(37 * ratio))
            return middle.red() > 200 and middle.blue() < 60

        try:
            qtbot.waitUntil(seen, timeout=20_000)
        finally:
            window.close_flow(qtbot)
            reader.close()


def test_a_project_that_is_only_read_watches_nothing_and_says_why(
    qtbot: QtBot, tmp_path: Path
) -> None:
    place = new_project(tmp_path)
    project = open_project(place, who=WHO, read_only=True)
    try:
        window = Window(project, tmp_path)
        qtbot.addWidget(window)
        said: list[str] = []
        window.flow.refused.connect(lambda error: said.append(str(error)))

        assert window.flow.ask() is None
        assert len(said) == 1
        assert window.flow.watched.folder is None
    finally:
        project.close()


def test_the_folder_of_last_time_is_watched_from_the_start(qtbot: QtBot, tmp_path: Path) -> None:
    preferences = read_preferences(tmp_path)
    preferences.set_folder("scan", tmp_path / "สแกน")
    with opened(new_project(tmp_path)) as project:
        window = Window(project, tmp_path)
        qtbot.addWidget(window)

        assert window.flow.watched.folder == tmp_path / "สแกน"
        window.close_flow(qtbot)


def test_a_folder_that_goes_away_after_the_dialog_was_closed_harms_nobody(
    window: Window, qtbot: QtBot
) -> None:
    window.watch()
    dialog = window.dialog()
    dialog.reject()
    qtbot.waitUntil(lambda: not isValid(dialog))

    window.flow.watched.troubled.emit("ไม่พบโฟลเดอร์")  # pytest-qt fails on what a slot raises
