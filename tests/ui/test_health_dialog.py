import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from esa_desktop.domain.errors import StorageError
from esa_desktop.services.health import Health
from esa_desktop.services.projects import Project, open_project
from esa_desktop.storage.examination import Fault
from esa_desktop.ui import health_dialog
from esa_desktop.ui.health_dialog import HealthDialog
from esa_desktop.ui.worker import TaskHandle
from tests.projects import WHO, new_project
from tests.ui.safety import buttons, give_evidence, main_buttons, press, said, write


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    opened = open_project(new_project(tmp_path), who=WHO)
    write(opened, "ประชุมชี้แจง")
    give_evidence(opened, tmp_path, b"scan")
    yield opened
    opened.close()


def shown(qtbot: QtBot, project: Project) -> HealthDialog:
    dialog = HealthDialog(project)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def idle(qtbot: QtBot, dialog: HealthDialog) -> None:
    qtbot.waitUntil(lambda: not dialog.work.is_busy, timeout=20_000)
    qtbot.waitUntil(lambda: "ตรวจอีกครั้ง" in buttons(dialog))


def test_it_begins_by_itself_and_says_that_all_is_well(qtbot: QtBot, project: Project) -> None:
    dialog = shown(qtbot, project)
    assert "กำลังตรวจ" in said(dialog)
    idle(qtbot, dialog)

    assert "งานประเมินนี้ครบถ้วนดี" in said(dialog)
    assert main_buttons(dialog) == ["ปิด"]
    assert dialog.health is not None
    for sentence in dialog.health.sentences():
        qtbot.waitUntil(lambda sentence=sentence: sentence in said(dialog))


def test_a_file_that_is_gone_is_named_and_local_backups_are_not_the_main_way(
    qtbot: QtBot, project: Project
) -> None:
    (sha256,) = (f.sha256 for item in project.editor.round.items.values() for f in item.files)
    project.path_of(sha256).unlink()
    dialog = shown(qtbot, project)
    idle(qtbot, dialog)

    assert "ไฟล์หลักฐานไม่ครบ" in said(dialog)
    assert "ไม่มีอะไรถูกลบ" not in said(dialog)
    qtbot.waitUntil(lambda: "คำสั่งแต่งตั้ง.pdf" in said(dialog))
    assert main_buttons(dialog) == ["ปิด"]
    assert "ปิดงานแล้วกู้คืน…" not in buttons(dialog)
    with qtbot.waitSignal(dialog.backups_requested):
        press(dialog, "ดูข้อมูลสำรอง…")
    assert not dialog.isVisible()


def test_damage_is_said_plainly_and_recovery_is_the_main_way(
    qtbot: QtBot, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = health_dialog.check_health

    def damaged(*given: object, **named: object) -> Health:
        health = real(*given, **named)  # type: ignore[arg-type]
        faults = (Fault("revision", "row 1"),)
        return replace(health, examination=replace(health.examination, faults=faults))

    monkeypatch.setattr(health_dialog, "check_health", damaged)
    dialog = shown(qtbot, project)
    idle(qtbot, dialog)

    assert "ข้อมูลบางส่วนของงานนี้เสียหาย" in said(dialog)
    assert dialog._mark._look[:2] == ("warning", "bad")
    assert main_buttons(dialog) == ["ปิดงานแล้วกู้คืน…"]
    assert "ดูข้อมูลสำรอง…" not in buttons(dialog)
    with qtbot.waitSignal(dialog.recovery_requested):
        press(dialog, "ปิดงานแล้วกู้คืน…")
    assert not dialog.isVisible()


def test_what_was_mended_is_whole_at_the_next_check(qtbot: QtBot, project: Project) -> None:
    (sha256,) = (f.sha256 for item in project.editor.round.items.values() for f in item.files)
    project.path_of(sha256).unlink()
    dialog = shown(qtbot, project)
    idle(qtbot, dialog)
    project.path_of(sha256).write_bytes(b"scan")

    press(dialog, "ตรวจอีกครั้ง")
    idle(qtbot, dialog)

    assert "งานประเมินนี้ครบถ้วนดี" in said(dialog)
    assert "คำสั่งแต่งตั้ง.pdf" not in said(dialog)


@pytest.fixture
def endless(monkeypatch: pytest.MonkeyPatch) -> None:
    def check(_project: Project, *, cancelled: object, progress: object) -> None:
        handle = TaskHandle(lambda *_: None)
        progress(1, 3_000_000_000)  # type: ignore[operator]
        while not cancelled():  # type: ignore[operator]
            threading.Event().wait(0.005)
        handle.cancel()
        handle.check()

    monkeypatch.setattr(health_dialog, "check_health", check)


@pytest.mark.usefixtures("endless")
def test_it_can_be_stopped_and_begun_again(qtbot: QtBot, project: Project) -> None:
    dialog = shown(qtbot, project)
    dialog.check()

    press(dialog, "หยุด")
    idle(qtbot, dialog)

    assert "หยุดตรวจแล้ว" in said(dialog)
    assert dialog.isVisible()
    press(dialog, "ตรวจอีกครั้ง")
    assert dialog.work.is_busy
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    idle(qtbot, dialog)


@pytest.mark.usefixtures("endless")
def test_the_window_may_go_in_the_middle(qtbot: QtBot, project: Project) -> None:
    dialog = HealthDialog(project)
    dialog.open()

    with qtbot.waitSignal(dialog.destroyed):
        dialog.deleteLater()


def test_that_there_is_no_room_is_a_sentence_not_a_verdict(
    qtbot: QtBot, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise StorageError("ดิสก์เต็ม ลบไฟล์ที่ไม่ใช้แล้วลองอีกครั้ง")

    monkeypatch.setattr(health_dialog, "check_health", full)
    dialog = shown(qtbot, project)
    idle(qtbot, dialog)

    assert "ตรวจไม่สำเร็จ" in said(dialog)
    assert "ดิสก์เต็ม" in said(dialog)
    assert "ครบถ้วนดี" not in said(dialog)
