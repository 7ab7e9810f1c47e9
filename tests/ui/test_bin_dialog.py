from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from esa_desktop.domain.errors import StorageError
from esa_desktop.services.backing_up import Reason, list_backups
from esa_desktop.services.evidence_bin import binned, to_bin
from esa_desktop.services.projects import Project, open_project
from esa_desktop.ui import bin_dialog
from esa_desktop.ui.bin_dialog import BinDialog
from esa_desktop.ui.undo import UndoStack
from tests.projects import WHO, new_project
from tests.services.test_evidence_bin import attach, titles
from tests.ui.safety import buttons, press, said


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    opened = open_project(new_project(tmp_path), who=WHO)
    for name in ("ก.txt", "ข.txt"):
        attach(opened, tmp_path, "1.2.1", name, f"เนื้อหา {name}")
    opened.editor.apply(to_bin(opened.editor, list(opened.editor.round.items)))
    opened.flush()
    yield opened
    opened.close()


def shown(qtbot: QtBot, project: Project) -> tuple[BinDialog, UndoStack]:
    stack = UndoStack(project.editor)
    dialog = BinDialog(project, stack.push_edit)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog, stack


def test_it_says_what_is_in_it_and_how_much_room_that_takes(qtbot: QtBot, project: Project) -> None:
    dialog, _ = shown(qtbot, project)

    assert [row.target for row in dialog.list.rows.rows] == [
        item.id for item in binned(project.editor.round)
    ]
    assert "๒ รายการ" in said(dialog)
    assert "KB" in said(dialog)


def test_an_empty_bin_says_so_and_offers_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    opened = open_project(new_project(tmp_path), who=WHO)
    dialog, _ = shown(qtbot, opened)

    assert "ถังขยะว่าง" in said(dialog)
    assert buttons(dialog)["นำกลับที่เดิม"] is False
    assert buttons(dialog)["ลบถาวร…"] is False
    opened.close()


def test_enter_takes_the_chosen_one_back_as_one_step_that_can_be_undone(
    qtbot: QtBot, project: Project
) -> None:
    dialog, stack = shown(qtbot, project)
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)

    assert titles(project, "1.2.1") == ["ก"]
    assert len(dialog.list.rows.rows) == 1
    stack.undo()
    assert titles(project, "1.2.1") == []
    assert len(dialog.list.rows.rows) == 2


def test_deleting_asks_first_and_the_escape_key_takes_the_question_back(
    qtbot: QtBot, project: Project
) -> None:
    dialog, _ = shown(qtbot, project)
    press(dialog, "ลบถาวร…")

    assert "เลิกทำไม่ได้" in said(dialog)
    assert len(binned(project.editor.round)) == 2
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert "เลิกทำไม่ได้" not in said(dialog)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_double_click_on_delete_only_asks(qtbot: QtBot, project: Project) -> None:
    dialog, _ = shown(qtbot, project)
    place = dialog.delete.mapTo(dialog, dialog.delete.rect().center())
    handle = dialog.windowHandle()
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(handle, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=place)

    assert "เลิกทำไม่ได้" in said(dialog)
    assert not dialog.work.is_busy
    assert len(binned(project.editor.round)) == 2


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_the_key_that_asked_takes_the_question_back_when_pressed_again(
    qtbot: QtBot, project: Project, key: Qt.Key
) -> None:
    dialog, _ = shown(qtbot, project)
    dialog.delete.setFocus()
    QTest.keyClick(dialog.delete, Qt.Key.Key_Space)
    assert dialog.focusWidget() is dialog.leave

    QTest.keyClick(dialog.leave, key)

    assert "เลิกทำไม่ได้" not in said(dialog)
    assert len(binned(project.editor.round)) == 2
    assert dialog.delete.isEnabled()


def test_choosing_something_else_takes_the_question_back(qtbot: QtBot, project: Project) -> None:
    dialog, _ = shown(qtbot, project)
    press(dialog, "ลบถาวร…")

    dialog.list.choose(1)

    assert "เลิกทำไม่ได้" not in said(dialog)


def test_everything_chosen_goes_for_good_after_a_backup(qtbot: QtBot, project: Project) -> None:
    files = [f for item in project.editor.round.items.values() for f in item.files]
    dialog, _ = shown(qtbot, project)
    dialog.list.selectAll()
    press(dialog, "ลบถาวร…")
    with qtbot.waitSignal(dialog.emptied, timeout=20_000):
        press(dialog, "ลบ ๒ รายการถาวร")

    assert binned(project.editor.round) == ()
    assert not any(project.path_of(file.sha256).exists() for file in files)
    assert "ลบถาวรแล้ว ๒ รายการ" in said(dialog)
    assert "ถังขยะว่าง" in said(dialog)
    assert Reason.DELETION in {backup.reason for backup in list_backups(project.folder)}


def test_nothing_is_deleted_while_files_are_copied_in_and_it_says_so(
    qtbot: QtBot, project: Project
) -> None:
    """What is copied may be what is deleted: the same file, attached again."""
    dialog = BinDialog(project, UndoStack(project.editor).push_edit, copying=lambda: True)
    qtbot.addWidget(dialog)
    dialog.open()
    press(dialog, "ลบถาวร…")
    press(dialog, "ลบ ๑ รายการถาวร")
    qtbot.waitUntil(lambda: not dialog.work.is_busy)

    assert "กรุณารอสักครู่แล้วกดลบอีกครั้ง" in said(dialog)
    assert len(binned(project.editor.round)) == 2


def test_nothing_goes_where_the_backup_before_cannot_be_made(
    qtbot: QtBot, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise StorageError("ดิสก์เต็ม กรุณาลบไฟล์อื่นก่อน")

    monkeypatch.setattr(bin_dialog, "back_up", refuse)
    dialog, _ = shown(qtbot, project)
    press(dialog, "ลบถาวร…")
    press(dialog, "ลบ ๑ รายการถาวร")
    qtbot.waitUntil(lambda: not dialog.work.is_busy)

    assert "ดิสก์เต็ม" in said(dialog)
    assert len(binned(project.editor.round)) == 2


def test_a_project_that_is_only_read_shows_its_bin_and_keeps_it(
    qtbot: QtBot, project: Project
) -> None:
    folder = project.folder
    project.close()
    reading = open_project(folder, who=WHO, read_only=True)
    dialog, _ = shown(qtbot, reading)

    assert len(dialog.list.rows.rows) == 2
    assert buttons(dialog)["นำกลับที่เดิม"] is False
    reading.close()
