from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.app import open_window
from esa_desktop.domain.evidence import safe_file_name
from esa_desktop.services.showing import show_round
from esa_desktop.ui.main_window import MainWindow
from esa_desktop.ui.middle_pane import SUGGESTIONS, WRITE
from esa_desktop.ui.text_editor import RichTextEdit
from esa_desktop.ui.workspace import Workspace
from tests.forms import FormIndicator, read_form
from tests.keys import type_words
from tests.projects import new_project, opened
from tests.reading import missing_runs, poppler_pages, thai_runs

SHORT = 400
"""Letters that are typed key by key; longer texts are pasted."""


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    opened_window = open_window(new_project(tmp_path))
    opened_window.resize(1366, 698)
    opened_window.activateWindow()
    qtbot.waitExposed(opened_window)
    yield opened_window
    opened_window.close()
    opened_window.deleteLater()


def work(window: MainWindow) -> Workspace:
    assert window.workspace is not None
    return window.workspace


def go_to(window: MainWindow, code: str) -> None:
    """By the tree: its code typed ahead, then Enter."""
    tree = window.findChild(QTreeView, "standardsTree")
    assert tree is not None
    tree.setFocus()
    QTest.keyClicks(tree, code)
    QTest.keyClick(tree, Qt.Key.Key_Return)
    tree.keyboardSearch("")
    framework = work(window).project.editor.round.framework
    assert framework.code_of(work(window).node) == code
    forget = tree._forget
    forget()


def write(edit: RichTextEdit, text: str) -> None:
    edit.setFocus()
    if len(text) <= SHORT and "|" not in text:
        type_words(edit, text)
    else:
        QGuiApplication.clipboard().setText(text)
        QTest.keyClick(edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def drop(target: QWidget, files: list[Path]) -> None:
    """As a mouse does: enter with the files, then let go."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    place = target.rect().center()
    actions, buttons = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(place), actions, mime, buttons, none)
    QApplication.sendEvent(target, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(
        target, QDropEvent(QPointF(place), actions, mime, buttons, none, QEvent.Type.Drop)
    )


def fill(window: MainWindow, qtbot: QtBot, form: tuple[FormIndicator, ...], scratch: Path) -> None:
    """The form, typed, pasted and dropped."""
    workspace = work(window)
    for indicator in form:
        for issue in indicator.issues:
            go_to(window, issue.code)
            method, results = workspace.issue_pane.editors()
            write(method, issue.method)
            write(results, issue.results)
            files = []
            for number, (code, line) in enumerate(indicator.evidence):
                if code == issue.code:
                    folder = scratch / f"{indicator.code}-{number}"
                    folder.mkdir()
                    file = folder / f"{line.replace('/', ' ')}.txt"
                    if safe_file_name(file.name) == file.name:
                        file.write_text(line, encoding="utf-8")
                        files.append(file)
            if files:
                before = len(workspace.project.editor.round.items)
                drop(workspace.evidence_pane, files)
                qtbot.waitUntil(partial(has_items, workspace, before + len(files)))
        workspace.middle.show_tab(SUGGESTIONS)
        write(workspace.pages.indicator_pane.editors()[0], indicator.suggestions)
        if indicator.level:
            key = getattr(Qt.Key, f"Key_{indicator.level}")
            QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
        workspace.middle.show_tab(WRITE)


def test_a_form_goes_in_through_the_window_comes_back_and_is_printed(
    window: MainWindow, qtbot: QtBot, seed_folder: Path | None, tmp_path: Path
) -> None:
    form = read_form(seed_folder)
    fill(window, qtbot, form, tmp_path)
    workspace = work(window)
    workspace.leave()
    before = show_round(workspace.project.editor.round)
    place = workspace.project.folder
    window.close_project()

    with opened(place) as project:
        after = show_round(project.editor.round)
    assert after == before
    issues = {
        issue["code"]: issue
        for indicator in after["standards"][0]["indicators"]
        for issue in indicator["issues"]
    }
    levels = {i["code"]: i for i in after["standards"][0]["indicators"]}
    for told in form:
        assert levels[told.code]["level"] == told.level
        assert same_words(levels[told.code]["suggestions"], told.suggestions)
        for issue in told.issues:
            assert same_words(issues[issue.code]["method"], issue.method)
            assert same_words(issues[issue.code]["results"], issue.results)


def has_items(workspace: Workspace, count: int) -> bool:
    return len(workspace.project.editor.round.items) == count


def same_words(kept: str, typed: str) -> bool:
    """Equal but for what typing helps with: Enter after a numbered line continues the number."""
    return "".join(kept.split()) == "".join(typed.split())


def test_what_the_window_holds_is_printed_from_the_window(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    from esa_desktop.ui.export_dialog import ExportDialog

    go_to(window, "1.2.1")
    words = "สำนักงานเขตพื้นที่การศึกษาจัดประชุมเชิงปฏิบัติการ"
    write(work(window).issue_pane.editors()[0], words)
    QTest.keyClick(
        window,
        Qt.Key.Key_P,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    dialog = window.findChild(ExportDialog)
    assert dialog is not None
    target = tmp_path / "แบบประเมิน.pdf"
    dialog._path.setText(str(target))

    with qtbot.waitSignal(dialog.saved, timeout=20_000):
        dialog._save.click()
    dialog.reject()

    assert missing_runs(thai_runs(words), poppler_pages(target)) == []


def test_saved_is_said_only_after_the_disk_has_it(window: MainWindow, qtbot: QtBot) -> None:
    workspace = work(window)
    label = window.status_line.findChild(QWidget, "savedLabel")
    assert label is not None
    go_to(window, "1.2.1")
    write(workspace.issue_pane.editors()[0], "กำลังพิมพ์")
    assert "บันทึกแล้ว" not in label.text()  # type: ignore[attr-defined]

    qtbot.waitUntil(lambda: "บันทึกแล้ว" in label.text())  # type: ignore[attr-defined]

    assert workspace.project.unsaved == 0


def test_everything_can_be_undone_and_done_again(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    workspace = work(window)
    go_to(window, "1.2.1")
    empty = show_round(workspace.project.editor.round)
    write(workspace.issue_pane.editors()[0], "วิธีการ")
    QTest.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    file = tmp_path / "หลักฐาน.txt"
    file.write_text("ก", encoding="utf-8")
    drop(workspace.evidence_pane, [file])
    qtbot.waitUntil(lambda: len(workspace.project.editor.round.items) == 1)
    full = show_round(workspace.project.editor.round)

    while workspace.undo_stack.canUndo():
        QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert show_round(workspace.project.editor.round) == empty

    while workspace.undo_stack.canRedo():
        QTest.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert show_round(workspace.project.editor.round) == full
