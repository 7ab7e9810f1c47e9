import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from esa_desktop.app import make_window
from esa_desktop.services.backing_up import Reason, back_up, copy_elsewhere
from esa_desktop.services.projects import open_project
from esa_desktop.ui.main_window import MainWindow
from esa_desktop.ui.open_backup_dialog import OpenBackupDialog
from tests.projects import WHO, new_project, opened
from tests.ui.safety import (
    buttons,
    choose_folder,
    give_evidence,
    main_buttons,
    press,
    read,
    said,
    tab_names,
    write,
)


def shown(qtbot: QtBot, folder: Path, *, source: Path | None = None) -> OpenBackupDialog:
    dialog = OpenBackupDialog(folder, source=source)
    qtbot.addWidget(dialog)
    dialog.open()
    idle(qtbot, dialog)
    return dialog


def idle(qtbot: QtBot, dialog: OpenBackupDialog) -> None:
    qtbot.waitUntil(lambda: not dialog.work.is_busy, timeout=20_000)


def test_where_there_are_none_one_button_leads_on(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = new_project(tmp_path)
    stick = tmp_path / "แฟลชไดรฟ์"
    stick.mkdir()
    with opened(place) as project:
        copy_elsewhere(project, stick)
    dialog = shown(qtbot, place)
    assert "ไม่พบข้อมูลสำรองในโฟลเดอร์นี้" in said(dialog)
    assert main_buttons(dialog) == ["เลือกโฟลเดอร์ข้อมูลสำรอง…"]
    assert set(buttons(dialog)) == {"ปิด", "เลือกโฟลเดอร์ข้อมูลสำรอง…"}

    choose_folder(monkeypatch, stick)
    press(dialog, "เลือกโฟลเดอร์ข้อมูลสำรอง…")
    idle(qtbot, dialog)

    assert main_buttons(dialog) == ["เปิดชุดนี้…"]
    assert dialog._list.backup is not None


def test_the_older_one_opens_when_it_is_chosen(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = new_project(tmp_path)
    with opened(place) as project:
        for words in ("ฉบับแรก", "ฉบับหลัง"):
            write(project, words)
            project.flush()
            back_up(project, Reason.ASKED)
    dialog = shown(qtbot, place)
    choose_folder(monkeypatch, tmp_path)
    qtbot.waitUntil(dialog._list.hasFocus)
    dialog._list.choose(1)
    assert tab_names(dialog, dialog._list) == [
        "ข้อมูลสำรองที่มี",
        "ปิด",
        "ดูในไดรฟ์อื่น…",
        "เปิดชุดนี้…",
    ]

    with qtbot.waitSignal(dialog.opened, timeout=20_000) as told:
        press(dialog, "เปิดชุดนี้…")

    then = open_project(told.args[0], who=WHO)
    assert read(then) == "ฉบับแรก"
    then.close()


def test_evidence_is_looked_for_in_the_project_too(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = new_project(tmp_path)
    stick = tmp_path / "แฟลชไดรฟ์"
    stick.mkdir()
    with opened(place) as project:
        sha256 = give_evidence(project, tmp_path, b"scan")
        copied = copy_elsewhere(project, stick)
    (lost,) = copied.home.glob(f"evidence/*/{sha256}")
    lost.unlink()
    dialog = shown(qtbot, place, source=copied.home)
    choose_folder(monkeypatch, tmp_path)

    with qtbot.waitSignal(dialog.opened, timeout=20_000) as told:
        press(dialog, "เปิดชุดนี้…")

    assert (told.args[0] / "evidence" / sha256[:2] / sha256).read_bytes() == b"scan"


def test_what_is_nowhere_is_named_before_the_project_opens(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = new_project(tmp_path)
    with opened(place) as project:
        sha256 = give_evidence(project, tmp_path, b"scan")
        back_up(project, Reason.ASKED)
        project.path_of(sha256).unlink()
    dialog = shown(qtbot, place)
    choose_folder(monkeypatch, tmp_path)
    told: list[Path] = []
    dialog.opened.connect(told.append)

    press(dialog, "เปิดชุดนี้…")
    qtbot.waitUntil(lambda: "ไม่พบไฟล์หลักฐาน ๑ ไฟล์" in said(dialog), timeout=20_000)
    idle(qtbot, dialog)

    assert told == []
    press(dialog, "เปิดงานที่กู้คืน")
    assert len(told) == 1


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    """A new computer: nothing was ever opened there."""
    made = make_window()
    made.show_welcome()
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
    made.deleteLater()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """Its backups are all that is left of the project."""
    (tmp_path / "แฟลชไดรฟ์").mkdir()
    place = new_project(tmp_path)
    with opened(place) as project:
        write(project, "ข้อความของเครื่องเดิม")
        project.flush()
        copied = copy_elsewhere(project, tmp_path / "แฟลชไดรฟ์")
    shutil.rmtree(place)
    return copied.home


def front(qtbot: QtBot, window: MainWindow) -> OpenBackupDialog:
    qtbot.waitUntil(lambda: bool(window.findChildren(OpenBackupDialog)))
    dialog = window.findChildren(OpenBackupDialog)[-1]
    idle(qtbot, dialog)
    return dialog


def restored(qtbot: QtBot, window: MainWindow, dialog: OpenBackupDialog) -> str:
    press(dialog, "เปิดชุดนี้…")
    qtbot.waitUntil(lambda: window.workspace is not None, timeout=20_000)
    assert window.workspace is not None
    return read(window.workspace.project)


def test_on_a_new_computer_a_stick_with_backups_is_enough(
    qtbot: QtBot, window: MainWindow, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.action("actionOpenBackup").trigger()
    dialog = front(qtbot, window)
    assert main_buttons(dialog) == ["เลือกโฟลเดอร์ข้อมูลสำรอง…"]
    assert set(buttons(dialog)) == {"ปิด", "เลือกโฟลเดอร์ข้อมูลสำรอง…"}

    choose_folder(monkeypatch, stick)
    press(dialog, "เลือกโฟลเดอร์ข้อมูลสำรอง…")
    idle(qtbot, dialog)
    choose_folder(monkeypatch, tmp_path)

    assert restored(qtbot, window, dialog) == "ข้อความของเครื่องเดิม"


def test_a_place_nobody_chose_leaves_the_question(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    press(window, "เปิดข้อมูลสำรอง…")
    dialog = front(qtbot, window)
    choose_folder(monkeypatch, None)

    press(dialog, "เลือกโฟลเดอร์ข้อมูลสำรอง…")

    assert "ข้อมูลสำรองอยู่ที่ใด" in said(dialog)
    dialog.reject()


@pytest.mark.parametrize("way", ["chosen", "dropped"])
def test_a_folder_of_backups_taken_for_a_project_leads_to_them(
    qtbot: QtBot,
    window: MainWindow,
    stick: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    way: str,
) -> None:
    choose_folder(monkeypatch, stick)
    if way == "chosen":
        window.action("actionOpen").trigger()
    else:
        window.beginnings.page.dropped.emit(stick)

    dialog = front(qtbot, window)

    assert not window.banner.isVisible()
    choose_folder(monkeypatch, tmp_path)
    assert restored(qtbot, window, dialog) == "ข้อความของเครื่องเดิม"
