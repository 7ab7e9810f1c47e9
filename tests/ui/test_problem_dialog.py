from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.ui.crash_dialog import CrashDialog
from esa_desktop.ui.problem_dialog import ProblemDialog
from tests.projects import new_project, opened
from tests.services.marked_project import marked_project


def shown(qtbot: QtBot, dialog: ProblemDialog) -> ProblemDialog:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(lambda: bool(dialog.text))
    return dialog


def fields(dialog: ProblemDialog) -> tuple[QPlainTextEdit, QPlainTextEdit]:
    words, whole = dialog.findChildren(QPlainTextEdit)
    return words, whole


def button(dialog: QWidget, words: str) -> QPushButton:
    return next(b for b in dialog.findChildren(QPushButton) if b.text() == words)


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    target = tmp_path / "แจ้ง.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(target), ""))
    return target


def test_what_is_saved_is_what_was_shown_to_the_letter(qtbot: QtBot, answer: Path) -> None:
    dialog = shown(qtbot, ProblemDialog(None))
    words, whole = fields(dialog)
    words.setPlainText("พิมพ์แล้วหน้าว่าง")

    with qtbot.waitSignal(dialog.saved) as told:
        button(dialog, "บันทึกเป็นไฟล์…").click()

    assert told.args == [answer]
    assert "พิมพ์แล้วหน้าว่าง" in whole.toPlainText()
    assert answer.read_text("utf-8-sig") == whole.toPlainText()
    assert button(dialog, "ปิด").isVisible()


def test_after_saving_enter_presses_the_button_that_has_the_frame(
    qtbot: QtBot, answer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened_places: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: opened_places.append(url.toLocalFile())
    )
    dialog = shown(qtbot, ProblemDialog(None))
    button(dialog, "บันทึกเป็นไฟล์…").click()
    answer.unlink()

    show = button(dialog, "เปิดโฟลเดอร์ที่บันทึก")
    qtbot.waitUntil(show.hasFocus)
    qtbot.keyClick(show, Qt.Key.Key_Return)
    assert opened_places == [str(answer.parent)]
    assert not answer.exists()

    leave = button(dialog, "ปิด")
    leave.setFocus()
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(leave, Qt.Key.Key_Return)
    assert not answer.exists()


def test_no_word_of_an_open_project_is_shown_or_saved(
    qtbot: QtBot, answer: Path, tmp_path: Path
) -> None:
    with marked_project(tmp_path) as (project, marks):
        dialog = shown(qtbot, ProblemDialog(None, project, crash=f"ValueError: {marks.made[0]}"))
        button(dialog, "บันทึกเป็นไฟล์…").click()
        dialog.close()
        text = answer.read_text("utf-8-sig")

    assert "ประเด็นการพิจารณา: 18" in text
    assert "ValueError" in text
    assert not [mark for mark in marks.made if mark.casefold() in text.casefold()]


def test_the_details_of_a_crash_are_in_the_file(qtbot: QtBot, tmp_path: Path) -> None:
    with opened(new_project(tmp_path)) as project:
        crash = CrashDialog("ZeroDivisionError in a trial", saved=True, project=lambda: project)
        qtbot.addWidget(crash)
        crash.open()
        button(crash, "แจ้งปัญหา…").click()
        dialog = crash.findChild(ProblemDialog)
        assert dialog is not None
        qtbot.waitUntil(lambda: bool(dialog.text))

        assert "ZeroDivisionError in a trial" in dialog.text
        assert "ประเด็นการพิจารณา: 18" in dialog.text
        dialog.close()
        crash.close()


def test_a_refusal_of_the_disk_is_said_and_the_words_stay(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    target = tmp_path / "ไม่มี" / "แจ้ง.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(target), ""))
    dialog = shown(qtbot, ProblemDialog(None))
    fields(dialog)[0].setPlainText("คำที่พิมพ์")

    button(dialog, "บันทึกเป็นไฟล์…").click()

    assert not target.exists()
    assert "เลือกที่เก็บอื่น" in dialog._note.text()
    assert fields(dialog)[0].toPlainText() == "คำที่พิมพ์"
    assert button(dialog, "ไม่บันทึก").isVisible()


def test_the_folder_opens_after_saving(
    qtbot: QtBot, answer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: places.append(url.toLocalFile()))
    dialog = shown(qtbot, ProblemDialog(None))
    button(dialog, "บันทึกเป็นไฟล์…").click()

    button(dialog, "เปิดโฟลเดอร์ที่บันทึก").click()

    assert [Path(place) for place in places] == [answer.parent]


def test_the_keyboard_goes_through_it_without_being_caught(qtbot: QtBot) -> None:
    dialog = shown(qtbot, ProblemDialog(None))
    dialog.activateWindow()
    words, whole = fields(dialog)
    words.setFocus()

    qtbot.keyClick(words, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is whole
    qtbot.keyClick(whole, Qt.Key.Key_Tab)
    assert isinstance(dialog.focusWidget(), QPushButton)
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Escape)
    assert not dialog.isVisible()
