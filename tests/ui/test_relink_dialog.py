from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from esa_desktop.services.projects import Project, open_project
from esa_desktop.services.relinking import missing_files
from esa_desktop.ui.relink_dialog import RelinkDialog
from esa_desktop.ui.undo import UndoStack
from tests.projects import WHO, new_project
from tests.services.test_evidence_bin import attach
from tests.services.test_relinking import lose
from tests.ui.safety import buttons, choose_folder, press, said


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    opened = open_project(new_project(tmp_path), who=WHO)
    for name in ("ก.txt", "ข.txt"):
        attach(opened, tmp_path, "1.2.1", name, f"เนื้อหา {name}")
    opened.flush()
    yield opened
    opened.close()


def shown(qtbot: QtBot, project: Project) -> tuple[RelinkDialog, UndoStack]:
    stack = UndoStack(project.editor)
    dialog = RelinkDialog(project, stack.push_edit)
    qtbot.addWidget(dialog)
    dialog.open()
    idle(qtbot, dialog)
    return dialog, stack


def idle(qtbot: QtBot, dialog: RelinkDialog) -> None:
    qtbot.waitUntil(lambda: not dialog.work.is_busy, timeout=20_000)


def test_where_nothing_is_missing_it_says_so(qtbot: QtBot, project: Project) -> None:
    dialog, _ = shown(qtbot, project)

    assert "อยู่ครบทุกไฟล์" in said(dialog)
    assert buttons(dialog)["ค้นหาในโฟลเดอร์…"] is False


def test_files_found_by_what_they_hold_mend_the_project_without_a_step(
    qtbot: QtBot, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lose(project, "ก")
    dialog, stack = shown(qtbot, project)
    assert "ไม่พบ ๑ ไฟล์" in said(dialog)
    choose_folder(monkeypatch, tmp_path)
    press(dialog, "ค้นหาในโฟลเดอร์…")
    idle(qtbot, dialog)
    assert "พบ ๑ จาก ๑ ไฟล์" in said(dialog)

    with qtbot.waitSignal(dialog.mended, timeout=20_000):
        press(dialog, "ใช้ไฟล์ที่พบ")
    idle(qtbot, dialog)

    assert missing_files(project.editor.round, project.folder) == ()
    assert stack.count() == 0
    assert "ได้ไฟล์คืน ๑ ไฟล์" in said(dialog)


def test_a_file_with_the_name_alone_becomes_a_new_version_in_one_step(
    qtbot: QtBot, project: Project, tmp_path: Path
) -> None:
    for title in ("ก", "ข"):
        lose(project, title)
        (tmp_path / f"{title}.txt").write_text(f"ฉบับแก้ไข {title}", encoding="utf-8")
    dialog, stack = shown(qtbot, project)
    dialog.search(tmp_path)
    idle(qtbot, dialog)
    assert [row.right for row in dialog.list.rows.rows] == ["จะเก็บเป็นฉบับใหม่"] * 2

    with qtbot.waitSignal(dialog.mended, timeout=20_000):
        press(dialog, "ใช้ไฟล์ที่พบ")
    idle(qtbot, dialog)

    assert stack.count() == 1
    assert all(len(item.earlier) == 1 for item in project.editor.round.items.values())
    assert missing_files(project.editor.round, project.folder) == ()


def test_a_file_is_chosen_for_one_item_by_hand(
    qtbot: QtBot, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lose(project, "ก")
    other = tmp_path / "ชื่อใหม่.txt"
    other.write_text("อีกไฟล์", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (str(other), ""))
    dialog, _ = shown(qtbot, project)
    press(dialog, "เลือกไฟล์ให้รายการนี้…")
    with qtbot.waitSignal(dialog.mended, timeout=20_000):
        press(dialog, "ใช้ไฟล์ที่พบ")
    idle(qtbot, dialog)

    assert missing_files(project.editor.round, project.folder) == ()


def test_a_search_that_finds_nothing_says_what_else_to_try(
    qtbot: QtBot, project: Project, tmp_path: Path
) -> None:
    lose(project, "ก")
    nowhere = tmp_path / "ว่าง"
    nowhere.mkdir()
    dialog, _ = shown(qtbot, project)
    dialog.search(nowhere)
    idle(qtbot, dialog)

    assert "ลองโฟลเดอร์อื่น" in said(dialog)
    assert "ใช้ไฟล์ที่พบ" not in buttons(dialog)


def test_a_file_that_vanished_after_it_was_found_does_not_stop_the_others(
    qtbot: QtBot, project: Project, tmp_path: Path
) -> None:
    for title in ("ก", "ข"):
        lose(project, title)
    dialog, _ = shown(qtbot, project)
    dialog.search(tmp_path)
    idle(qtbot, dialog)
    (tmp_path / "ก.txt").unlink()
    press(dialog, "ใช้ไฟล์ที่พบ")
    idle(qtbot, dialog)

    qtbot.waitUntil(lambda: "ได้ไฟล์คืน ๑ ไฟล์" in said(dialog))
    assert "ก.txt" in said(dialog)
    assert len(missing_files(project.editor.round, project.folder)) == 1
