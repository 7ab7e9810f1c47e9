import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.domain.errors import EsaError
from esa_desktop.services.manual import MANUAL_NAME
from esa_desktop.ui.dialog_frame import DialogFrame
from esa_desktop.ui.help_desk import HelpDesk
from esa_desktop.ui.help_window import HelpWindow
from esa_desktop.ui.preferences import read_preferences
from tests.help_pages import help_in


class Main(QWidget):
    """A main window with one field that has a page of its own."""

    def __init__(self, folder: Path, profile: Path) -> None:
        super().__init__()
        self.said: list[EsaError] = []
        self.edit = QLineEdit(self)
        self.edit.setObjectName("methodEditor")
        QVBoxLayout(self).addWidget(self.edit)
        self.desk = HelpDesk(self, read_preferences(profile), self.said.append, folder=folder)

    @property
    def help(self) -> HelpWindow:
        window = self.desk.window
        assert window is not None
        return window


@pytest.fixture
def main(qtbot: QtBot, tmp_path: Path) -> Iterator[Main]:
    main = Main(help_in(tmp_path / "help"), tmp_path)
    qtbot.addWidget(main)
    with qtbot.waitActive(main):
        main.show()
    yield main
    main.hide()


def click(widget: QWidget) -> None:
    """As the system sends it: a window that a dialog blocks hears nothing."""
    at = widget.mapTo(widget.window(), QPoint(widget.width() // 2, widget.height() // 2))
    QTest.mouseClick(
        widget.window().windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0), at
    )


def press_f1(
    qtbot: QtBot,
    widget: QWidget,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """As the system sends it: to the window, which hands it to what has the focus."""
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() == widget.window().windowHandle())
    QTest.keyClick(widget.window().windowHandle(), Qt.Key.Key_F1, modifiers)


def test_nothing_is_made_before_somebody_asks(main: Main) -> None:
    assert main.desk.window is None


def test_f1_opens_the_page_that_fits_where_the_focus_is(qtbot: QtBot, main: Main) -> None:
    press_f1(qtbot, main.edit)

    assert main.help.isVisible()
    assert main.help.page == "write"
    assert main.help.isWindow()


def test_there_is_one_window_of_help(qtbot: QtBot, main: Main) -> None:
    main.desk.show_page("start")
    first = main.help
    first.close()
    main.desk.search("พิมพ์")

    assert main.help is first
    assert first.isVisible()


@pytest.mark.parametrize(
    "modality", [Qt.WindowModality.WindowModal, Qt.WindowModality.ApplicationModal]
)
def test_f1_works_in_a_dialog_and_the_dialog_does_not_block_the_help(
    qtbot: QtBot, main: Main, modality: Qt.WindowModality
) -> None:
    main.desk.show_page("write")  # shown before the dialog, and without its leave
    dialog = DialogFrame("คำถาม", main)
    dialog.setWindowModality(modality)
    dialog.add_button("ปิด", "main")
    with qtbot.waitActive(dialog):
        dialog.open() if modality is Qt.WindowModality.WindowModal else dialog.show()

    press_f1(qtbot, dialog)
    assert main.help.page == "start"
    click(main.help.back)
    qtbot.waitUntil(lambda: main.help.page == "write")
    dialog.close()


def test_after_a_dialog_that_blocked_everything_the_help_stays(qtbot: QtBot, main: Main) -> None:
    dialog = DialogFrame("คำถาม", main)
    dialog.setWindowModality(Qt.WindowModality.ApplicationModal)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    with qtbot.waitActive(dialog):
        dialog.show()
    press_f1(qtbot, dialog)
    assert main.help.windowHandle().transientParent() is dialog.windowHandle()

    dialog.hide()
    assert main.help.windowHandle().transientParent() is None
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close()

    assert main.help.isVisible()
    assert main.help.windowHandle().transientParent() is None


def test_a_dialog_that_says_nothing_of_its_own_is_about_where_it_was_opened(
    qtbot: QtBot, main: Main
) -> None:
    dialog = QDialog(main.edit)
    with qtbot.waitActive(dialog):
        dialog.open()
    press_f1(qtbot, dialog)
    assert main.help.page == "write"
    dialog.close()


def test_f1_in_the_help_itself_goes_to_the_search(qtbot: QtBot, main: Main) -> None:
    main.desk.show_page("start")
    qtbot.waitUntil(main.help.isActiveWindow)
    main.help.view.setFocus()
    press_f1(qtbot, main.help.view)

    assert main.help.page == "start"
    assert main.help.side.edit.hasFocus()


def test_the_manual_is_offered_where_it_was_put_last(
    qtbot: QtBot, main: Main, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[QWidget, str]] = []

    def ask(parent: QWidget, title: str, path: str, kinds: str) -> tuple[str, str]:
        asked.append((parent, path))
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    main.desk._preferences.set_folder("export", tmp_path)
    main.desk.save_manual()
    main.desk.show_page("start")
    qtbot.waitUntil(main.help.isActiveWindow)
    main.help.print_all.click()

    assert asked == [(owner, str(tmp_path / MANUAL_NAME)) for owner in (main, main.help)]


def test_f1_with_other_keys_is_not_help(qtbot: QtBot, main: Main) -> None:
    press_f1(qtbot, main.edit, Qt.KeyboardModifier.ShiftModifier)

    assert main.desk.window is None


def test_the_help_closes_with_the_main_window(main: Main) -> None:
    main.desk.show_page("start")
    main.hide()

    assert not main.help.isVisible()


def test_the_help_does_not_keep_the_program_running(main: Main) -> None:
    main.desk.show_page("start")

    assert not main.help.testAttribute(Qt.WidgetAttribute.WA_QuitOnClose)


def test_the_help_dies_with_the_main_window(qtbot: QtBot, tmp_path: Path) -> None:
    main = Main(help_in(tmp_path / "help"), tmp_path)
    main.desk.show_page("start")
    help_window = main.help
    with qtbot.waitSignals([main.destroyed, help_window.destroyed]):
        main.deleteLater()


def test_a_help_that_qt_took_away_first_does_not_disturb_the_end(
    qtbot: QtBot, tmp_path: Path
) -> None:
    main = Main(help_in(tmp_path / "help"), tmp_path)
    main.show()
    main.desk.show_page()

    shiboken6.delete(main.help)  # as when the program ends
    with qtbot.captureExceptions() as faults:
        shiboken6.delete(main)

    assert faults == []


def test_help_that_is_missing_is_told_and_opens_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    main = Main(tmp_path / "none", tmp_path)
    qtbot.addWidget(main)
    main.desk.show_page("start")

    assert main.desk.window is None
    assert [type(error) for error in main.said] == [EsaError]


def test_the_help_stays_on_the_screen_of_the_main_window(main: Main) -> None:
    main.desk.show_page("start")

    room = main.screen().availableGeometry()
    assert room.contains(main.help.frameGeometry().topLeft())
    assert main.help.frameGeometry().right() <= room.right()


def test_the_start_of_the_program_loads_nothing_of_the_help() -> None:
    code = (
        "import sys, esa_desktop.ui.help_desk;"
        "print(*[n for n in sys.modules if 'manual' in n or 'help_window' in n or 'report' in n])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert run.stdout.split() == []


def test_focus_nowhere_opens_the_start(main: Main) -> None:
    main.edit.clearFocus()
    main.desk.show_for_focus()

    assert main.help.page == "start"
