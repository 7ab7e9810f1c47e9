import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from esa_desktop.domain.errors import StorageError
from esa_desktop.services.backing_up import Backup, Reason, back_up, copy_elsewhere, list_backups
from esa_desktop.services.projects import Project, open_project
from esa_desktop.ui import backups_dialog, elsewhere_card
from esa_desktop.ui.backups_dialog import BackupsDialog
from esa_desktop.ui.open_backup_dialog import OpenBackupDialog
from tests.projects import OTHER, WHO, new_project
from tests.ui.safety import buttons, choose_folder, main_buttons, press, said, tab_names, write


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    opened = open_project(new_project(tmp_path), who=WHO)
    write(opened, "ประชุมชี้แจงผู้บริหารโรงเรียน")
    opened.flush()
    yield opened
    opened.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    place = tmp_path / "แฟลชไดรฟ์"
    place.mkdir()
    return place


def shown(qtbot: QtBot, project: Project, *, to_restore: bool = False) -> BackupsDialog:
    dialog = BackupsDialog(project, to_restore=to_restore)
    qtbot.addWidget(dialog)
    dialog.open()
    idle(qtbot, dialog)
    return dialog


def idle(qtbot: QtBot, dialog: BackupsDialog) -> None:
    qtbot.waitUntil(lambda: not dialog.work.is_busy, timeout=20_000)


def tone_of(dialog: BackupsDialog) -> str:
    """Of the line under the list."""
    return str(dialog.work._words.property("tone"))


def test_without_backups_it_says_what_to_do(qtbot: QtBot, project: Project) -> None:
    dialog = shown(qtbot, project)

    assert "ยังไม่มีข้อมูลสำรอง" in said(dialog)
    assert "ยังไม่มีข้อมูลสำรองนอกเครื่องนี้" in said(dialog)
    assert main_buttons(dialog) == ["สำรองตอนนี้"]
    assert buttons(dialog)["กู้คืนจากชุดนี้…"] is False


def test_one_click_backs_up_and_shows_it(qtbot: QtBot, project: Project) -> None:
    dialog = shown(qtbot, project)

    press(dialog, "สำรองตอนนี้")
    qtbot.waitUntil(lambda: "สำรองแล้ว ตรวจแล้วว่าครบถ้วน" in said(dialog), timeout=20_000)

    assert [backup.reason for backup in list_backups(project.folder)] == [Reason.ASKED]
    row = dialog._list.rows.rows[0]
    assert row.spoken.startswith("วันนี้ ")
    assert "สั่งสำรองเอง" in row.spoken
    assert "นางสาวพิมพ์ใจ · เครื่อง PC-1" in row.spoken


def test_what_is_being_typed_is_in_the_backup(qtbot: QtBot, project: Project) -> None:
    from esa_desktop.domain.fields import Kind, issue_field
    from esa_desktop.domain.richtext import from_plain
    from esa_desktop.services.restoring import differences
    from tests.projects import YEAR

    issue = project.editor.round.framework.issue("1.1.2")
    project.editor.type_value(issue_field(YEAR, issue.id, Kind.METHOD), from_plain("ยังพิมพ์ไม่จบ"))
    dialog = shown(qtbot, project)
    press(dialog, "สำรองตอนนี้")
    qtbot.waitUntil(lambda: "สำรองแล้ว" in said(dialog), timeout=20_000)

    write(project, "อย่างอื่น", "1.1.2")

    (backup,) = list_backups(project.folder)
    assert [d.there for d in differences(project, backup)] == ["ยังพิมพ์ไม่จบ"]


def test_a_second_backup_of_the_same_says_that_nothing_changed(
    qtbot: QtBot, project: Project
) -> None:
    back_up(project, Reason.OPENED)
    dialog = shown(qtbot, project)

    press(dialog, "สำรองตอนนี้")

    qtbot.waitUntil(lambda: "เป็นปัจจุบันอยู่แล้ว" in said(dialog), timeout=20_000)
    assert len(list_backups(project.folder)) == 1


def test_a_second_click_while_it_runs_does_nothing(
    qtbot: QtBot, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, calls = threading.Event(), []

    def slow(*_: object, **__: object) -> None:
        calls.append(1)
        gate.wait(10)

    monkeypatch.setattr(backups_dialog, "back_up", slow)
    dialog = shown(qtbot, project)
    press(dialog, "สำรองตอนนี้")

    assert buttons(dialog)["สำรองตอนนี้"] is False
    dialog._back_up()
    gate.set()
    idle(qtbot, dialog)

    assert calls == [1]


def test_stopping_leaves_everything_as_it_was_and_the_dialog_stays(
    qtbot: QtBot, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()

    def until_cancelled(project: Project, reason: Reason, *, cancelled: object) -> Backup | None:
        begun.set()
        while not cancelled():  # type: ignore[operator]
            threading.Event().wait(0.005)
        return back_up(project, reason, cancelled=cancelled)  # type: ignore[arg-type]

    monkeypatch.setattr(backups_dialog, "back_up", until_cancelled)
    dialog = shown(qtbot, project)
    press(dialog, "สำรองตอนนี้")
    assert begun.wait(5)

    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    idle(qtbot, dialog)

    assert dialog.isVisible()
    assert list_backups(project.folder) == ()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_closing_the_window_under_a_backup_harms_nothing(qtbot: QtBot, project: Project) -> None:
    dialog = BackupsDialog(project)
    dialog.open()
    idle(qtbot, dialog)
    press(dialog, "สำรองตอนนี้")

    with qtbot.waitSignal(dialog.destroyed):
        dialog.deleteLater()
    write(project, "พิมพ์ต่อ", "1.1.2")
    project.flush()

    assert back_up(project, Reason.ASKED) is not None
    names = [folder.name for folder in (project.folder / "backups").iterdir()]
    assert not [name for name in names if name.endswith(".part")]


def test_a_full_disk_is_one_sentence(
    qtbot: QtBot, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise StorageError("ดิสก์เต็ม ลบไฟล์ที่ไม่ใช้แล้วลองอีกครั้ง")

    monkeypatch.setattr(backups_dialog, "back_up", full)
    dialog = shown(qtbot, project)

    press(dialog, "สำรองตอนนี้")

    qtbot.waitUntil(lambda: "ดิสก์เต็ม" in said(dialog))
    assert buttons(dialog)["สำรองตอนนี้"] is True


def test_a_drive_without_room_is_a_warning_that_names_the_amount(
    qtbot: QtBot, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = shown(qtbot, project)
    usage = shutil.disk_usage(project.folder)._replace(free=1_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)

    press(dialog, "สำรองตอนนี้")

    qtbot.waitUntil(lambda: "ต้องการที่ว่างเพิ่มอีกประมาณ ๑๖ MB" in said(dialog), timeout=20_000)
    assert tone_of(dialog) == "warn"


def test_who_came_to_restore_finds_the_sets_and_one_way_on(qtbot: QtBot, project: Project) -> None:
    made = back_up(project, Reason.OPENED)
    dialog = shown(qtbot, project, to_restore=True)

    assert dialog.windowTitle() == dialog.heading.text() == "กู้คืนข้อมูล"
    assert main_buttons(dialog) == ["กู้คืนจากชุดนี้…"]
    assert "สำรองตอนนี้" not in buttons(dialog)
    qtbot.wait(50)  # the frame gives focus back when work is over
    assert dialog.focusWidget() is dialog._list
    with qtbot.waitSignal(dialog.restore_requested) as asked:
        qtbot.keyClick(dialog._list, Qt.Key.Key_Return)
    assert asked.args == [made]


def test_who_came_to_restore_and_has_no_set_is_shown_the_other_drive(
    qtbot: QtBot, project: Project
) -> None:
    dialog = shown(qtbot, project, to_restore=True)

    assert "ดูในไดรฟ์อื่น…" in said(dialog)
    assert "สำรองตอนนี้" not in said(dialog)
    assert buttons(dialog)["ดูในไดรฟ์อื่น…"] is True


@pytest.mark.parametrize("to_restore", [False, True])
def test_tab_goes_as_it_is_read(qtbot: QtBot, project: Project, to_restore: bool) -> None:
    back_up(project, Reason.OPENED)
    dialog = shown(qtbot, project, to_restore=to_restore)
    wanted = ["ดูในไดรฟ์อื่น…", "ข้อมูลสำรองที่มี", "ปิด", "กู้คืนจากชุดนี้…"]
    if not to_restore:
        wanted = ["สำรองไปไว้ไดรฟ์อื่น…", *wanted, "สำรองตอนนี้"]

    assert tab_names(dialog, dialog._look if to_restore else dialog._elsewhere._other) == wanted


def test_the_chosen_backup_goes_on_to_be_restored(qtbot: QtBot, project: Project) -> None:
    first = back_up(project, Reason.OPENED)
    write(project, "แก้แล้ว")
    project.flush()
    back_up(project, Reason.WORKED)
    dialog = shown(qtbot, project)
    dialog._list.setFocus()
    qtbot.keyClick(dialog._list, Qt.Key.Key_Down)

    with qtbot.waitSignal(dialog.restore_requested) as asked:
        qtbot.keyClick(dialog._list, Qt.Key.Key_Return)

    assert asked.args == [first]
    assert not dialog.isVisible()


def test_a_copy_on_another_drive_takes_two_clicks_and_the_next_one(
    qtbot: QtBot, project: Project, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("esa_desktop.services.copies_elsewhere.is_same_drive", lambda *_: False)
    dialog = shown(qtbot, project)
    choose_folder(monkeypatch, stick)

    press(dialog, "สำรองไปไว้ไดรฟ์อื่น…")
    qtbot.waitUntil(lambda: "ตรวจแล้วว่าครบถ้วน" in said(dialog), timeout=20_000)

    (copy,) = stick.glob("*.esabackup")
    assert len(list_backups(copy)) == 1
    assert tone_of(dialog) == "good"
    assert "สำรองไปไว้ไดรฟ์อื่นล่าสุด วันนี้" in said(dialog)
    qtbot.waitUntil(lambda: "สำรองอีกครั้ง" in buttons(dialog))

    write(project, "แก้เพิ่ม")
    press(dialog, "สำรองอีกครั้ง")
    qtbot.waitUntil(lambda: len(list_backups(copy)) == 2, timeout=20_000)
    idle(qtbot, dialog)


def test_a_copy_on_the_same_drive_is_made_but_not_praised(
    qtbot: QtBot, project: Project, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = shown(qtbot, project)
    choose_folder(monkeypatch, stick)

    press(dialog, "สำรองไปไว้ไดรฟ์อื่น…")

    qtbot.waitUntil(lambda: "ไดรฟ์เดียวกับงานประเมิน" in said(dialog), timeout=20_000)
    assert "มีข้อมูลสำรองในไดรฟ์เดียวกับงานเท่านั้น" in said(dialog)
    assert tone_of(dialog) == "warn"


def test_a_stick_that_is_plugged_in_later_is_seen(
    qtbot: QtBot, project: Project, stick: Path, monkeypatch: pytest.MonkeyPatch, profile: Path
) -> None:
    monkeypatch.setattr("esa_desktop.services.copies_elsewhere.is_same_drive", lambda *_: False)
    monkeypatch.setattr(elsewhere_card, "LOOK_MS", 30)
    copy_elsewhere(project, stick, user_folder=profile)
    away = stick.rename(stick.with_name("ถอดแล้ว"))
    dialog = shown(qtbot, project)
    assert "สำรองอีกครั้ง" not in buttons(dialog)

    away.rename(stick)

    qtbot.waitUntil(lambda: "สำรองอีกครั้ง" in buttons(dialog))


def test_choosing_no_folder_copies_nothing(
    qtbot: QtBot, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = shown(qtbot, project)
    choose_folder(monkeypatch, None)

    press(dialog, "สำรองไปไว้ไดรฟ์อื่น…")

    assert not dialog.work.is_busy


def test_backups_on_a_stick_are_listed_too(
    qtbot: QtBot, project: Project, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = copy_elsewhere(project, stick)
    dialog = shown(qtbot, project)
    choose_folder(monkeypatch, made.home)

    press(dialog, "ดูในไดรฟ์อื่น…")
    idle(qtbot, dialog)

    assert str(made.home) in said(dialog)
    with qtbot.waitSignal(dialog.restore_requested) as asked:
        press(dialog, "กู้คืนจากชุดนี้…")
    assert asked.args == [made]


def test_the_way_back_from_another_drive_is_there_also_when_it_is_empty(
    qtbot: QtBot, project: Project, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(project, Reason.OPENED)
    dialog = shown(qtbot, project)
    choose_folder(monkeypatch, stick)
    press(dialog, "ดูในไดรฟ์อื่น…")
    idle(qtbot, dialog)
    assert "ไม่พบข้อมูลสำรองในโฟลเดอร์นี้" in said(dialog)

    press(dialog, "กลับไปดูของงานนี้")
    idle(qtbot, dialog)

    assert dialog._list.backup is not None


def test_a_backup_of_another_project_is_opened_and_not_compared(
    qtbot: QtBot, project: Project, tmp_path: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "อื่น").mkdir()
    other = open_project(new_project(tmp_path / "อื่น", who=OTHER), who=OTHER)
    foreign = copy_elsewhere(other, stick)
    other.close()
    dialog = shown(qtbot, project)
    choose_folder(monkeypatch, foreign.home)
    press(dialog, "ดูในไดรฟ์อื่น…")
    idle(qtbot, dialog)
    compared: list[Backup] = []
    dialog.restore_requested.connect(compared.append)
    press(dialog, "กู้คืนจากชุดนี้…")
    (opening,) = dialog.findChildren(OpenBackupDialog)
    qtbot.waitUntil(lambda: not opening.work.is_busy, timeout=20_000)
    choose_folder(monkeypatch, tmp_path)
    with qtbot.waitSignal(dialog.opened, timeout=20_000) as opened:
        press(opening, "เปิดชุดนี้…")

    assert compared == []
    assert not dialog.isVisible()
    made = open_project(opened.args[0], who=WHO, read_only=True)
    made.close()
    assert made.project_id == foreign.project_id


def test_a_project_that_is_only_read_is_not_backed_up_but_can_be_copied(
    qtbot: QtBot, project: Project, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.close()
    reading = open_project(project.folder, who=WHO, read_only=True)
    dialog = shown(qtbot, reading)
    assert buttons(dialog)["สำรองตอนนี้"] is False
    assert dialog._now.toolTip() == "งานประเมินนี้เปิดดูอย่างเดียว"
    choose_folder(monkeypatch, stick)

    press(dialog, "สำรองไปไว้ไดรฟ์อื่น…")
    qtbot.waitUntil(lambda: "ตรวจแล้วว่าครบถ้วน" in said(dialog), timeout=20_000)
    reading.close()
