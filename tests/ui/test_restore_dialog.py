import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from esa_desktop.domain.edits import Edit
from esa_desktop.domain.errors import StorageError
from esa_desktop.domain.fields import Kind
from esa_desktop.services.backing_up import Backup, Reason, back_up, copy_elsewhere, list_backups
from esa_desktop.services.projects import Project, open_project
from esa_desktop.ui import restore_dialog
from esa_desktop.ui.compare_card import DifferenceKey
from esa_desktop.ui.difference_view import HERE, THERE
from esa_desktop.ui.restore_dialog import RestoreDialog
from esa_desktop.ui.undo import UndoStack
from tests.projects import WHO, new_project
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

OLD = "ประชุมชี้แจงผู้บริหารโรงเรียน"
NEW = "ประชุมครูทุกคน"

Open = Callable[[Backup], RestoreDialog]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    opened = open_project(new_project(tmp_path), who=WHO)
    write(opened, OLD)
    write(opened, OLD, "1.1.2", Kind.RESULTS)
    write(opened, OLD, "1.2.1")
    opened.flush()
    yield opened
    opened.close()


@pytest.fixture
def undo(project: Project) -> UndoStack:
    return UndoStack(project.editor)


@pytest.fixture
def backup(project: Project) -> Backup:
    """From before three texts were changed."""
    made = back_up(project, Reason.OPENED)
    assert made is not None
    for code, kind in (("1.1.1", Kind.METHOD), ("1.1.2", Kind.RESULTS), ("1.2.1", Kind.METHOD)):
        write(project, NEW, code, kind)
    project.flush()
    return made


@pytest.fixture
def open_on(qtbot: QtBot, project: Project, undo: UndoStack) -> Open:
    def show(backup: Backup) -> RestoreDialog:
        dialog = RestoreDialog(project, backup, undo.push_edit)
        qtbot.addWidget(dialog)
        dialog.open()
        idle(qtbot, dialog)
        return dialog

    return show


def idle(qtbot: QtBot, dialog: RestoreDialog) -> None:
    qtbot.waitUntil(lambda: not dialog.work.is_busy, timeout=20_000)


def take(qtbot: QtBot, dialog: RestoreDialog) -> None:
    press(dialog, "นำที่เลือกกลับมา")
    qtbot.waitUntil(lambda: "นำกลับมาแล้ว" in said(dialog), timeout=20_000)
    idle(qtbot, dialog)


def press_all(dialog: RestoreDialog) -> None:
    dialog._all.click()


def tick(dialog: RestoreDialog, *words: str) -> None:
    found = [
        item
        for name in words
        for item in dialog._tree.findItems(
            name, Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive
        )
    ]
    assert len(found) == len(words)
    for item in found:
        item.setCheckState(0, Qt.CheckState.Checked)


def test_what_differs_is_listed_by_indicator_and_nothing_is_ticked(
    open_on: Open, backup: Backup, project: Project
) -> None:
    dialog = open_on(backup)

    top = [dialog._tree.topLevelItem(n) for n in range(dialog._tree.topLevelItemCount())]
    assert [item.text(0).split(" ")[1] for item in top] == ["๑.๑", "๑.๒"]
    assert "เลือก ๐ จาก ๓ รายการ" in said(dialog)
    assert buttons(dialog)["นำที่เลือกกลับมา"] is False
    assert main_buttons(dialog) == ["นำที่เลือกกลับมา"]
    assert read(project) == NEW


def test_one_indicator_comes_back_in_one_step_that_can_be_taken_back(
    qtbot: QtBot, open_on: Open, backup: Backup, project: Project, undo: UndoStack
) -> None:
    dialog = open_on(backup)
    tick(dialog, "ตัวบ่งชี้ที่ ๑.๑")
    assert "เลือก ๒ จาก ๓ รายการ" in said(dialog)

    take(qtbot, dialog)

    assert read(project) == OLD
    assert read(project, "1.2.1") == NEW
    assert undo.count() == 1
    assert "เลือก ๐ จาก ๑ รายการ" in said(dialog)
    undo.undo()
    assert read(project) == NEW


def test_before_anything_is_taken_back_the_present_is_backed_up(
    qtbot: QtBot, open_on: Open, backup: Backup, project: Project
) -> None:
    dialog = open_on(backup)
    press_all(dialog)

    take(qtbot, dialog)

    newest = list_backups(project.folder)[0]
    assert newest.reason is Reason.RESTORE
    assert "ทุกข้อความในชุดนี้ตรงกับงานปัจจุบัน" in said(dialog)
    assert main_buttons(dialog) == ["ปิด"]


def test_without_that_backup_nothing_is_taken_back(
    qtbot: QtBot,
    open_on: Open,
    backup: Backup,
    project: Project,
    undo: UndoStack,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_: object, **__: object) -> None:
        raise StorageError("ดิสก์เต็ม ลบไฟล์ที่ไม่ใช้แล้วลองอีกครั้ง")

    monkeypatch.setattr(restore_dialog, "back_up", full)
    dialog = open_on(backup)
    press_all(dialog)

    press(dialog, "นำที่เลือกกลับมา")

    qtbot.waitUntil(lambda: "ดิสก์เต็ม" in said(dialog), timeout=20_000)
    assert read(project) == NEW
    assert undo.count() == 0
    assert dialog._tree.count() == 3


def test_the_box_for_all_ticks_all_and_none(open_on: Open, backup: Backup) -> None:
    dialog = open_on(backup)
    press_all(dialog)
    assert "เลือก ๓ จาก ๓ รายการ" in said(dialog)
    tick_state = dialog._all.checkState()
    press_all(dialog)

    assert tick_state is Qt.CheckState.Checked
    assert "เลือก ๐ จาก ๓ รายการ" in said(dialog)
    tick(dialog, "๑.๒.๑")
    assert dialog._all.checkState() is Qt.CheckState.PartiallyChecked


def test_both_texts_are_shown_compared_and_each_alone(
    qtbot: QtBot, open_on: Open, backup: Backup
) -> None:
    dialog = open_on(backup)
    texts = dialog._texts
    qtbot.waitUntil(lambda: texts.card.view.changes > 0, timeout=10_000)
    both = texts.card.view.toPlainText()
    assert "ผู้บริหารโรงเรียน" in both
    assert "ครูทุกคน" in both

    for mode, words in ((HERE, NEW), (THERE, OLD)):
        texts.switch.set_value(mode)
        texts.switch.chosen.emit(mode)
        assert texts.card.view.toPlainText() == words


def test_the_keys_alone_take_something_back(
    qtbot: QtBot, open_on: Open, backup: Backup, project: Project
) -> None:
    dialog = open_on(backup)
    dialog.activateWindow()
    qtbot.waitUntil(dialog._tree.hasFocus)

    qtbot.keyClick(dialog._tree, Qt.Key.Key_Space)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "นำกลับมาแล้ว ๑ รายการ" in said(dialog), timeout=20_000)
    idle(qtbot, dialog)

    assert read(project) == OLD


def test_the_whole_opens_beside_the_present_one(
    qtbot: QtBot,
    open_on: Open,
    backup: Backup,
    project: Project,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dialog = open_on(backup)
    choose_folder(monkeypatch, tmp_path)

    with qtbot.waitSignal(dialog.opened, timeout=20_000) as opened:
        press(dialog, "เปิดทั้งชุดเป็นงานแยกต่างหาก…")

    folder: Path = opened.args[0]
    assert folder.parent == tmp_path
    assert folder != project.folder
    then = open_project(folder, who=WHO)
    assert read(then) == OLD
    then.close()
    assert read(project) == NEW
    assert not dialog.isVisible()


def test_choosing_no_place_makes_nothing(
    open_on: Open, backup: Backup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = set(tmp_path.iterdir())
    dialog = open_on(backup)
    choose_folder(monkeypatch, None)

    press(dialog, "เปิดทั้งชุดเป็นงานแยกต่างหาก…")

    assert not dialog.work.is_busy
    assert set(tmp_path.iterdir()) == before


def test_what_the_whole_must_do_without_is_named_before_it_opens(
    qtbot: QtBot,
    open_on: Open,
    project: Project,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sha256 = give_evidence(project, tmp_path, b"scan")
    made = back_up(project, Reason.ASKED)
    assert made is not None
    project.path_of(sha256).unlink()
    dialog = open_on(made)
    choose_folder(monkeypatch, tmp_path)
    opened: list[Path] = []
    dialog.opened.connect(opened.append)

    press(dialog, "เปิดทั้งชุดเป็นงานแยกต่างหาก…")
    qtbot.waitUntil(lambda: "ไม่พบไฟล์หลักฐาน ๑ ไฟล์: คำสั่งแต่งตั้ง.pdf" in said(dialog), timeout=20_000)
    idle(qtbot, dialog)
    assert opened == []

    press(dialog, "เปิดงานที่กู้คืน")
    assert len(opened) == 1


def test_evidence_comes_back_from_the_stick_with_its_item(
    qtbot: QtBot, open_on: Open, project: Project, undo: UndoStack, tmp_path: Path
) -> None:
    sha256 = give_evidence(project, tmp_path, b"scan")
    stick = tmp_path / "แฟลชไดรฟ์"
    stick.mkdir()
    copied = copy_elsewhere(project, stick)
    for field, view in project.editor.views.items():
        if field.kind in (Kind.ITEM, Kind.LINK) and view.body:
            gone = None if field.kind is Kind.ITEM else ""
            project.editor.apply(project.editor.change(field, gone))
    project.flush()
    project.path_of(sha256).unlink()
    dialog = open_on(copied)
    press_all(dialog)

    take(qtbot, dialog)

    assert hashlib.sha256(project.path_of(sha256).read_bytes()).hexdigest() == sha256
    assert len(project.editor.round.items) == 1


def test_a_damaged_backup_is_said_and_the_whole_cannot_harm(
    qtbot: QtBot, open_on: Open, backup: Backup, project: Project
) -> None:
    database = backup.folder / "project.db"
    raw = bytearray(database.read_bytes())
    raw[5000] ^= 1
    database.write_bytes(raw)

    dialog = open_on(backup)

    assert "เทียบข้อมูลสำรองชุดนี้ไม่ได้" in said(dialog)
    assert "เสียหาย" in said(dialog)
    assert main_buttons(dialog) == ["ปิด"]


def test_a_project_that_is_only_read_takes_nothing_back_and_says_why(
    qtbot: QtBot, backup: Backup, project: Project
) -> None:
    project.close()
    reading = open_project(project.folder, who=WHO, read_only=True)
    pushed: list[Edit] = []
    dialog = RestoreDialog(reading, backup, lambda edit, _: pushed.append(edit))
    qtbot.addWidget(dialog)
    dialog.open()
    idle(qtbot, dialog)
    press_all(dialog)

    assert buttons(dialog)["นำที่เลือกกลับมา"] is False
    assert "งานประเมินนี้เปิดดูอย่างเดียว" in dialog._take.toolTip()
    dialog.close()
    reading.close()


def test_esc_leads_back_to_the_sets(qtbot: QtBot, open_on: Open, backup: Backup) -> None:
    dialog = open_on(backup)

    with qtbot.waitSignal(dialog.back_requested, timeout=1_000):
        qtbot.keyClick(dialog._tree, Qt.Key.Key_Escape)

    assert not dialog.isVisible()


def test_a_button_leads_back_to_the_sets_and_the_other_one_closes(
    qtbot: QtBot, open_on: Open, backup: Backup
) -> None:
    backs: list[bool] = []
    for words in ("กลับไปเลือกชุดอื่น", "ปิด"):
        dialog = open_on(backup)
        dialog.back_requested.connect(lambda: backs.append(True))
        press(dialog, words)
        assert not dialog.isVisible()

    assert backs == [True]


def test_once_something_was_taken_esc_closes(qtbot: QtBot, open_on: Open, backup: Backup) -> None:
    dialog = open_on(backup)
    press_all(dialog)
    take(qtbot, dialog)

    with qtbot.assertNotEmitted(dialog.back_requested):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    assert not dialog.isVisible()


def test_while_something_runs_esc_stops_it_and_goes_nowhere(
    qtbot: QtBot, project: Project, backup: Backup, undo: UndoStack
) -> None:
    dialog = RestoreDialog(project, backup, undo.push_edit)
    qtbot.addWidget(dialog)
    dialog.open()
    assert dialog.work.is_busy

    with qtbot.assertNotEmitted(dialog.back_requested):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        idle(qtbot, dialog)

    assert dialog.isVisible()


def test_tab_goes_as_it_is_read(qtbot: QtBot, open_on: Open, backup: Backup) -> None:
    dialog = open_on(backup)
    press_all(dialog)

    names = tab_names(dialog, dialog._back)

    assert names[:3] == ["กลับไปเลือกชุดอื่น", "เลือกทั้งหมด", "ส่วนที่ข้อมูลสำรองไม่ตรงกับปัจจุบัน"]
    assert names[3:5] == ["แสดงข้อความ: เทียบกัน", "ข้อความที่เทียบกัน"]
    assert names[-3:] == ["ปิด", "เปิดทั้งชุดเป็นงานแยกต่างหาก…", "นำที่เลือกกลับมา"]


def test_marks_are_explained_as_in_the_history(open_on: Open, backup: Backup) -> None:
    dialog = open_on(backup)

    (key,) = dialog.findChildren(DifferenceKey)
    assert key.isVisible()
    assert dialog._texts.card.caption.accessibleName() == "สิ่งที่จะเปลี่ยน ถ้านำข้อมูลสำรองกลับมา"
    dialog._texts.switch._segments[HERE].click()
    assert not key.isVisible()


def test_closing_while_it_compares_is_harmless(
    qtbot: QtBot, project: Project, backup: Backup, undo: UndoStack
) -> None:
    dialog = RestoreDialog(project, backup, undo.push_edit)
    dialog.open()

    with qtbot.waitSignal(dialog.destroyed):
        dialog.deleteLater()

    assert read(project) == NEW
