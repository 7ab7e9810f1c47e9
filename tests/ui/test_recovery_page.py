import shutil
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionButton
from pytestqt.qtbot import QtBot

from esa_desktop.domain.errors import DamagedProject, StorageError, WriteForbidden
from esa_desktop.services.backing_up import Reason, back_up
from esa_desktop.services.mirroring import mirror
from esa_desktop.services.projects import open_project
from esa_desktop.services.recovering import look_at_damage
from esa_desktop.ui import recovery_page
from esa_desktop.ui.open_backup_dialog import OpenBackupDialog
from esa_desktop.ui.palette import LIGHT
from esa_desktop.ui.recent_entry import PathLabel
from esa_desktop.ui.recovery_page import RecoveryPage
from esa_desktop.ui.style_sheet import style_sheet
from esa_desktop.ui.worker import TaskHandle
from tests.projects import WHO, new_project, opened
from tests.ui.safety import (
    buttons,
    choose_folder,
    give_evidence,
    main_buttons,
    press,
    read,
    said,
    write,
)

WORDS = "ประชุมชี้แจงผู้บริหารโรงเรียน"


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A project with a backup, whose database lost its first 4 KB."""
    place = new_project(tmp_path)
    project = open_project(place, who=WHO)
    write(project, WORDS)
    project.flush()
    back_up(project, Reason.OPENED)
    project.close()
    wipe(place)
    return place


def wipe(place: Path) -> None:
    database = place / "project.db"
    raw = database.read_bytes()
    database.write_bytes(bytes(4096) + raw[4096:])
    with pytest.raises(DamagedProject):
        open_project(place, who=WHO)


def shown(qtbot: QtBot, folder: Path) -> RecoveryPage:
    page = RecoveryPage(folder, WHO)
    qtbot.addWidget(page)
    page.resize(1366, 654)
    page.show()
    return page


def idle(qtbot: QtBot, page: RecoveryPage) -> None:
    qtbot.waitUntil(lambda: not page.work.is_busy, timeout=20_000)
    qtbot.waitUntil(lambda: "กลับหน้าแรก" in buttons(page))


def look(page: RecoveryPage) -> tuple[str, str]:
    """The mark beside the verdict."""
    return page._found._mark._look[:2]


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_it_says_first_that_nothing_was_touched_and_then_what_is_whole(
    qtbot: QtBot, damaged: Path
) -> None:
    before = contents(damaged)
    page = shown(qtbot, damaged)
    assert "ยังไม่ได้เปลี่ยนหรือลบอะไร" in said(page)
    assert any(label.toolTip() == str(damaged) for label in page.findChildren(PathLabel))
    idle(qtbot, page)

    assert "สิ่งที่ยังอยู่และกู้คืนได้" in said(page)
    for sentence in look_at_damage(damaged).sentences():
        qtbot.waitUntil(lambda sentence=sentence: sentence in said(page))
    assert "เก็บไฟล์เดิมที่เสียหายไว้" in said(page)
    assert "damaged" not in said(page)
    assert look(page) == ("complete", "good")
    assert main_buttons(page) == ["กู้คืนงานนี้"]
    assert contents(damaged) == before


def test_recovery_tells_what_came_back_before_it_opens(qtbot: QtBot, damaged: Path) -> None:
    page = shown(qtbot, damaged)
    idle(qtbot, page)
    wanted: list[Path] = []
    page.recovered.connect(wanted.append)

    press(page, "กู้คืนงานนี้")
    idle(qtbot, page)

    assert "กู้คืนงานนี้แล้ว" in said(page)
    assert wanted == []
    assert main_buttons(page) == ["เปิดงานนี้"]
    press(page, "เปิดงานนี้")
    assert wanted == [damaged]
    project = open_project(damaged, who=WHO)
    assert read(project) == WORDS
    project.close()


def test_the_damaged_file_is_kept_aside(qtbot: QtBot, damaged: Path) -> None:
    database = (damaged / "project.db").read_bytes()
    page = shown(qtbot, damaged)
    idle(qtbot, page)

    press(page, "กู้คืนงานนี้")
    idle(qtbot, page)

    kept = [path.read_bytes() for path in (damaged / "damaged").rglob("project.db")]
    assert kept == [database]


def test_each_indicator_is_told_when_asked_for(qtbot: QtBot, damaged: Path) -> None:
    page = shown(qtbot, damaged)
    idle(qtbot, page)
    assert not page._found.parts.isVisible()

    press(page, "ดูรายตัวบ่งชี้")

    assert page._found.parts.isVisible()
    rows = [row.spoken for row in page._found.parts.rows.rows]
    assert any("๑.๑" in row and "อยู่ครบ" in row for row in rows)
    press(page, "ซ่อนรายตัวบ่งชี้")
    assert not page._found.parts.isVisible()


def test_where_nothing_is_left_the_way_leads_to_a_copy_elsewhere(
    qtbot: QtBot, tmp_path: Path
) -> None:
    place = tmp_path / "งาน.esaproj"
    place.mkdir()
    (place / "project.db").write_bytes(b"\xff" * 9000)
    page = shown(qtbot, place)
    idle(qtbot, page)

    assert "ยังไม่ได้เปลี่ยนหรือลบอะไร" in said(page)
    assert "กู้จากโฟลเดอร์นี้ไม่ได้ แต่ยังมีทางอื่น" in said(page)
    assert main_buttons(page) == ["เปิดข้อมูลสำรอง…"]
    assert "กู้คืนงานนี้" not in buttons(page)


def test_a_backup_opens_as_a_project_of_its_own(
    qtbot: QtBot, damaged: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = shown(qtbot, damaged)
    idle(qtbot, page)
    before = contents(damaged)
    press(page, "เปิดข้อมูลสำรอง…")
    (dialog,) = page.findChildren(OpenBackupDialog)
    qtbot.waitUntil(lambda: not dialog.work.is_busy, timeout=20_000)
    choose_folder(monkeypatch, tmp_path)

    with qtbot.waitSignal(page.opened, timeout=20_000) as opened:
        press(dialog, "เปิดชุดนี้…")

    project = open_project(opened.args[0], who=WHO)
    assert read(project) == WORDS
    project.close()
    assert contents(damaged) == before


def test_leaving_changes_nothing(qtbot: QtBot, damaged: Path) -> None:
    before = contents(damaged)
    page = shown(qtbot, damaged)
    idle(qtbot, page)

    with qtbot.waitSignal(page.left):
        press(page, "กลับหน้าแรก")

    assert contents(damaged) == before


def test_a_recovery_that_is_stopped_changes_nothing_and_can_be_begun_again(
    qtbot: QtBot, damaged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()
    real = recovery_page.recover

    def until_cancelled(
        folder: Path, who: object, *, cancelled: object, progress: object
    ) -> object:
        begun.set()
        while not cancelled():  # type: ignore[operator]
            threading.Event().wait(0.005)
        return real(folder, WHO, cancelled=cancelled)  # type: ignore[arg-type]

    page = shown(qtbot, damaged)
    idle(qtbot, page)
    before = contents(damaged)
    monkeypatch.setattr(recovery_page, "recover", until_cancelled)
    press(page, "กู้คืนงานนี้")
    assert begun.wait(5)
    page._go_on()

    press(page, "หยุด")
    idle(qtbot, page)

    assert contents(damaged) == before
    monkeypatch.setattr(recovery_page, "recover", real)
    press(page, "กู้คืนงานนี้")
    idle(qtbot, page)
    assert "กู้คืนงานนี้แล้ว" in said(page)


def test_looking_that_is_stopped_leaves_recovery_open(
    qtbot: QtBot, damaged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(_: Path, *, cancelled: object, progress: object) -> None:
        handle = TaskHandle(lambda *_: None)
        while not cancelled():  # type: ignore[operator]
            threading.Event().wait(0.005)
        handle.cancel()
        handle.check()

    monkeypatch.setattr(recovery_page, "look_at_damage", endless)
    page = shown(qtbot, damaged)

    press(page, "หยุด")
    idle(qtbot, page)

    assert "กู้คืนได้เช่นเดิม" in said(page)
    assert buttons(page)["กู้คืนงานนี้"] is True


def test_a_disk_that_refuses_is_said_and_the_page_stays(
    qtbot: QtBot, damaged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise StorageError("ดิสก์เต็ม ลบไฟล์ที่ไม่ใช้แล้วลองอีกครั้ง")

    monkeypatch.setattr(recovery_page, "recover", full)
    page = shown(qtbot, damaged)
    idle(qtbot, page)

    press(page, "กู้คืนงานนี้")
    idle(qtbot, page)

    assert "ดิสก์เต็ม" in said(page)
    assert buttons(page)["กู้คืนงานนี้"] is True


def test_the_page_may_go_in_the_middle(qtbot: QtBot, damaged: Path) -> None:
    page = RecoveryPage(damaged, WHO)
    page.show()

    with qtbot.waitSignal(page.destroyed):
        page.deleteLater()


@pytest.mark.parametrize("size", [(1366, 654), (910, 436), (683, 300)])
def test_the_safe_way_is_in_sight_on_every_screen(
    qtbot: QtBot, damaged: Path, size: tuple[int, int]
) -> None:
    page = RecoveryPage(damaged, WHO)
    qtbot.addWidget(page)
    page.resize(*size)
    page.show()
    idle(qtbot, page)

    assert (page.width(), page.height()) == size
    corner = page._recover.mapTo(page, page._recover.rect().bottomRight())
    assert page.rect().contains(corner)


def test_the_keys_alone_recover(qtbot: QtBot, damaged: Path) -> None:
    page = shown(qtbot, damaged)
    page.activateWindow()
    idle(qtbot, page)
    qtbot.waitUntil(page._recover.hasFocus)

    qtbot.keyClick(page._recover, Qt.Key.Key_Return)
    idle(qtbot, page)
    qtbot.waitUntil(page._recover.hasFocus)
    with qtbot.waitSignal(page.recovered):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def test_a_mirror_alone_is_a_warning_and_names_the_files_that_are_gone(
    qtbot: QtBot, tmp_path: Path
) -> None:
    place = only_mirror(tmp_path)
    page = shown(qtbot, place)
    idle(qtbot, page)

    assert look(page) == ("warning", "warn")
    assert "กู้คืนได้เฉพาะข้อความล่าสุด" in said(page)
    qtbot.waitUntil(lambda: "คำสั่งแต่งตั้ง.pdf" in said(page))
    for comfort in ("ไม่มีอะไรถูกลบ", "ไม่พบว่ามี", "๐"):
        assert comfort not in said(page)
    assert not any(row.is_whole for row in page._found.parts.rows.rows)


def test_a_file_that_was_deleted_is_not_called_damaged(qtbot: QtBot, tmp_path: Path) -> None:
    page = shown(qtbot, only_mirror(tmp_path))
    idle(qtbot, page)
    assert "ไม่พบไฟล์งาน" in said(page)
    assert "เสียหาย" not in said(page).replace("หายไปหรือเสียหาย", "")

    press(page, "กู้คืนงานนี้")
    idle(qtbot, page)

    qtbot.waitUntil(lambda: "กู้คืนข้อความล่าสุดได้" in said(page))
    assert look(page) == ("warning", "warn")
    assert "ไฟล์เดิมที่เสียหาย" not in said(page)
    assert "แทนไฟล์ที่ไม่พบ" in said(page)


def only_mirror(tmp_path: Path) -> Path:
    """What is left where project.db, backups and evidence were deleted."""
    place = new_project(tmp_path)
    with opened(place) as project:
        write(project, WORDS)
        give_evidence(project, tmp_path, b"scan")
        mirror(place, project.project_id, project.editor.views)
    (place / "project.db").unlink()
    shutil.rmtree(place / "evidence")
    return place


def test_all_lines_of_the_card_begin_at_the_same_place(qtbot: QtBot, damaged: Path) -> None:
    page = shown(qtbot, damaged)
    idle(qtbot, page)
    page.setStyleSheet(style_sheet(LIGHT, ""))
    found = page._found
    sentence = found._sentences.itemAt(0).widget()

    def begins() -> list[int]:
        option = QStyleOptionButton()
        found._details.initStyleOption(option)
        part = QStyle.SubElement.SE_PushButtonContents
        words = found._details.style().subElementRect(part, option, found._details)
        return [
            found._details.mapTo(page, words.topLeft()).x(),
            sentence.mapTo(page, sentence.contentsRect().topLeft()).x(),
            found._mark.mapTo(page, found._mark.rect().topLeft()).x(),
        ]

    qtbot.waitUntil(lambda: len(set(begins())) == 1)  # once the new style has been laid out


def test_what_may_only_be_read_is_copied_here_and_recovered_from_the_copy(
    qtbot: QtBot, damaged: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = recovery_page.recover

    def forbidden(folder: Path, *given: object, **named: object) -> object:
        if folder == damaged:
            raise WriteForbidden("เขียนในโฟลเดอร์นี้ไม่ได้ กรุณาคัดลอกทั้งโฟลเดอร์ไปไว้ที่อื่น")
        return real(folder, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(recovery_page, "recover", forbidden)
    (target := tmp_path / "เอกสาร").mkdir()
    page = shown(qtbot, damaged)
    idle(qtbot, page)
    before = contents(damaged)
    assert "คัดลอกมาไว้ในเครื่องนี้…" not in buttons(page)

    press(page, "กู้คืนงานนี้")
    idle(qtbot, page)
    assert main_buttons(page) == ["คัดลอกมาไว้ในเครื่องนี้…"]
    choose_folder(monkeypatch, None)
    press(page, "คัดลอกมาไว้ในเครื่องนี้…")
    assert not page.work.is_busy
    choose_folder(monkeypatch, target)
    press(page, "คัดลอกมาไว้ในเครื่องนี้…")
    idle(qtbot, page)

    qtbot.waitUntil(lambda: main_buttons(page) == ["กู้คืนงานนี้"])
    idle(qtbot, page)
    copy = target / damaged.name
    assert [label.toolTip() for label in page.findChildren(PathLabel)] == [str(copy)]
    assert contents(copy) == before
    press(page, "กู้คืนงานนี้")
    idle(qtbot, page)
    with qtbot.waitSignal(page.recovered) as recovered:
        press(page, "เปิดงานนี้")
    assert recovered.args == [copy]
    assert contents(damaged) == before
    with opened(copy) as project:
        assert read(project) == WORDS
