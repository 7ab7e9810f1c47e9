from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from esa_desktop.domain.evidence import Evidence
from esa_desktop.services.projects import Project, open_project
from esa_desktop.ui.undo import UndoStack
from esa_desktop.ui.versions_dialog import VersionsDialog
from esa_desktop.ui.worker import wait_for_done
from tests.projects import WHO, new_project
from tests.services.test_evidence_bin import attach
from tests.services.test_evidence_versions import later
from tests.ui.safety import buttons, press, said


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    opened = open_project(new_project(tmp_path), who=WHO)
    attach(opened, tmp_path, "1.2.1", "แผน.txt", "ฉบับแรก")
    opened.flush()
    yield opened
    wait_for_done()
    opened.close()


def item_of(project: Project) -> Evidence:
    (item,) = project.editor.round.items.values()
    return item


def shown(qtbot: QtBot, project: Project) -> tuple[VersionsDialog, UndoStack]:
    stack = UndoStack(project.editor)
    dialog = VersionsDialog(project, item_of(project).id, stack.push_edit)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog, stack


def choose_file(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> None:
    answer = (str(path) if path else "", "")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: answer)


def test_the_present_file_stands_first_and_the_newest_of_the_earlier_ones_next(
    qtbot: QtBot, project: Project, tmp_path: Path
) -> None:
    later(project, tmp_path, "ฉบับที่สอง")
    later(project, tmp_path, "ฉบับที่สาม")
    dialog, _ = shown(qtbot, project)

    assert [row.right for row in dialog.list.rows.rows] == [
        "ใช้อยู่",
        "ฉบับก่อนหน้าที่ ๒",
        "ฉบับก่อนหน้าที่ ๑",
    ]


def test_versions_of_one_name_are_told_apart_by_when_and_by_whom_they_came(
    qtbot: QtBot, project: Project, tmp_path: Path
) -> None:
    later(project, tmp_path, "ฉบับที่๒")
    later(project, tmp_path, "ฉบับที่๓")
    dialog, _ = shown(qtbot, project)
    qtbot.waitUntil(lambda: all("ใช้ตั้งแต่" in row.below for row in dialog.list.rows.rows))

    for row in dialog.list.rows.rows:
        assert f"โดย {WHO.author}" in row.below
        assert "วันนี้" in row.below
        assert row.below in row.spoken
    later(project, tmp_path, "ฉบับที่๔")
    qtbot.waitUntil(lambda: "ใช้ตั้งแต่" in dialog.list.rows.rows[0].below)


def test_an_earlier_version_is_used_again_with_one_press_and_one_undo(
    qtbot: QtBot, project: Project, tmp_path: Path
) -> None:
    first = item_of(project).files[0].sha256
    second = later(project, tmp_path, "ฉบับที่สอง")
    dialog, stack = shown(qtbot, project)
    assert "ใช้ฉบับนี้" not in buttons(dialog)
    dialog.list.choose(1)
    press(dialog, "ใช้ฉบับนี้")

    assert item_of(project).files[0].sha256 == first
    stack.undo()
    assert item_of(project).files[0].sha256 == second


def test_a_chosen_file_takes_the_place_and_the_old_one_is_in_the_list(
    qtbot: QtBot, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = tmp_path / "ใหม่.txt"
    newer.write_text("ฉบับที่สอง", encoding="utf-8")
    choose_file(monkeypatch, newer)
    dialog, _ = shown(qtbot, project)
    press(dialog, "แทนด้วยไฟล์ใหม่…")
    qtbot.waitUntil(lambda: len(item_of(project).earlier) == 1, timeout=20_000)

    assert "ฉบับเดิมเก็บไว้" in said(dialog)
    assert len(dialog.list.rows.rows) == 2


def test_the_very_same_file_changes_nothing_and_says_so(
    qtbot: QtBot, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_file(monkeypatch, tmp_path / "แผน.txt")
    dialog, stack = shown(qtbot, project)
    press(dialog, "แทนด้วยไฟล์ใหม่…")
    qtbot.waitUntil(lambda: "เหมือนฉบับที่ใช้อยู่" in said(dialog), timeout=20_000)

    assert stack.count() == 0


def test_a_cancelled_choice_does_nothing(
    qtbot: QtBot, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_file(monkeypatch, None)
    dialog, stack = shown(qtbot, project)
    press(dialog, "แทนด้วยไฟล์ใหม่…")

    assert stack.count() == 0
    assert not dialog.work.is_busy


def test_looking_and_editing_are_asked_for_with_the_file_that_is_chosen(
    qtbot: QtBot, project: Project, tmp_path: Path
) -> None:
    first = item_of(project).files[0]
    later(project, tmp_path, "ฉบับที่สอง")
    dialog, _ = shown(qtbot, project)
    dialog.list.choose(1)
    with qtbot.waitSignal(dialog.open_requested) as looked:
        press(dialog, "เปิดดู")
    assert looked.args == [first]
    assert buttons(dialog)["แก้ไขในโปรแกรมอื่น"] is False  # an old version is not edited
    dialog.list.choose(0)
    with qtbot.waitSignal(dialog.edit_requested) as edited:
        press(dialog, "แก้ไขในโปรแกรมอื่น")
    assert edited.args == [item_of(project).files[0]]
    assert not dialog.isVisible()


def test_it_closes_when_its_item_is_gone(qtbot: QtBot, project: Project) -> None:
    from esa_desktop.domain.fields import item_field

    dialog, _ = shown(qtbot, project)
    project.editor.apply(project.editor.change(item_field(item_of(project).id), None))

    assert not dialog.isVisible()
