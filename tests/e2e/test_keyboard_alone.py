"""The main job by keyboard alone while the Thai Kedmanee layout is active."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.app import open_window
from esa_desktop.ui.export_dialog import ExportDialog
from esa_desktop.ui.main_window import MainWindow
from tests.keys import type_words
from tests.projects import new_project, opened

CTRL, ALT, SHIFT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
KEDMANEE = {
    "B": "ิ",
    "E": "ำ",
    "F": "ด",
    "K": "า",
    "P": "ย",
    "S": "ห",
    "Y": "ั",
    "Z": "ผ",
    "4": "ภ",
    "5": "ถ",
}
"""What the key of a Latin letter sends under the Thai layout."""


def press(key: Qt.Key | str, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """A key to whatever has the cursor, as the Thai layout reports it, shortcuts first."""
    target = QApplication.focusWidget()
    assert target is not None
    letter = KEDMANEE[key] if isinstance(key, str) else ""
    code = ord(letter) if isinstance(key, str) else key.value
    override = QKeyEvent(QEvent.Type.ShortcutOverride, code, modifiers, letter)
    override.ignore()
    QApplication.sendEvent(target, override)
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        target = QApplication.focusWidget() or target
        QApplication.sendEvent(target, QKeyEvent(kind, code, modifiers, letter))


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    made = open_window(new_project(tmp_path))
    made.resize(1366, 698)
    made.activateWindow()
    qtbot.waitExposed(made)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    yield made
    made.close()
    made.deleteLater()


def test_the_main_job_needs_no_mouse_and_no_latin_layout(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert window.workspace is not None
    workspace = window.workspace
    evidence = tmp_path / "คำสั่งแต่งตั้ง.txt"
    evidence.write_text("คำสั่งแต่งตั้ง", encoding="utf-8")
    # The system's file dialog is the edge of the machine; it is operated by keyboard as ever.
    chosen = staticmethod(lambda *_: ([str(evidence)], ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", chosen)

    press("K", CTRL)  # to an issue by its code, in the digits of the layout
    assert focus().objectName() == "searchEdit"
    type_words(focus(), "๑.๒.๑")
    press(Qt.Key.Key_Return)
    assert focus().objectName() == "methodEditor"

    type_words(focus(), "๑. ")
    press("B", CTRL)
    type_words(focus(), "จัดประชุม\nสรุปผล")
    press(Qt.Key.Key_F6)
    assert focus().objectName() == "resultsEditor"
    type_words(focus(), "ดีขึ้น")
    press("E", CTRL)
    qtbot.waitUntil(lambda: len(workspace.project.editor.round.items) == 1)
    press("4", CTRL)
    press(Qt.Key.Key_Down, ALT)
    assert workspace.project.editor.round.framework.code_of(workspace.node) == "1.2.2"
    press("S", CTRL)
    qtbot.waitUntil(lambda: workspace.project.unsaved == 0)

    print_by_keys(window, qtbot, tmp_path / "แบบ.pdf")

    place = workspace.project.folder
    window.close_project()
    with opened(place) as project:
        assessed = project.editor.round
        issue = assessed.issue(assessed.framework.issue("1.2.1").id)
        assert issue.method.plain == "๑. จัดประชุม\n๒. สรุปผล"
        assert issue.results.plain == "ดีขึ้น"
        assert [item.title for item in assessed.items.values()] == ["คำสั่งแต่งตั้ง"]
        assert assessed.indicator(assessed.framework.indicator("1.2").id).level == 4


def print_by_keys(window: MainWindow, qtbot: QtBot, target: Path) -> None:
    """The dialog "บันทึกเป็น PDF": its name field filled in, Enter, and Esc when it is done."""
    press("P", CTRL | SHIFT)
    dialog = window.findChild(ExportDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.isActiveWindow() and dialog.focusWidget() is not None)
    dialog._path.setText(str(target))
    with qtbot.waitSignal(dialog.saved, timeout=20_000):
        press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Escape)
    assert target.read_bytes().startswith(b"%PDF")


def test_undo_and_redo_work_under_the_thai_layout(window: MainWindow) -> None:
    assert window.workspace is not None
    editor = window.workspace.project.editor
    indicator = window.workspace.indicator()
    assert indicator is not None
    press("5", CTRL)
    assert editor.round.indicator(indicator.id).level == 5

    press("Z", CTRL)
    assert editor.round.indicator(indicator.id).level is None

    press("Y", CTRL)
    assert editor.round.indicator(indicator.id).level == 5
