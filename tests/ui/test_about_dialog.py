import importlib.metadata
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.paths import user_folder
from esa_desktop.services import shipped_parts as parts_module
from esa_desktop.ui.about_dialog import AboutDialog
from esa_desktop.ui.surroundings import pyside_version


@pytest.fixture
def dialog(qtbot: QtBot) -> Iterator[AboutDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    made = AboutDialog(parent)
    made.open()
    made.activateWindow()
    qtbot.waitUntil(lambda: made.list.count() > 0)
    yield made
    parent.close()


def test_it_names_the_versions_somebody_is_asked_for(dialog: AboutDialog) -> None:
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))

    assert "รุ่น " in words
    for engine in ("Python 3.", "Qt 6.", "PySide6 6.", "SQLite 3.", "libthai"):
        assert engine in words
    dialog.close()


def test_a_licence_that_only_its_text_tells_is_said_so_in_thai(
    qtbot: QtBot, dialog: AboutDialog
) -> None:
    dialog.list.clear()
    dialog._show_parts((parts_module.ShippedPart("libthai0", "0.1.29-1", "see its text", ()),))

    item = dialog.list.item(0)
    assert item.text() == "libthai0 0.1.29-1\nดูในข้อความ"
    assert "see" not in item.toolTip() + item.data(Qt.ItemDataRole.AccessibleTextRole)
    dialog.close()


def test_the_versions_are_told_where_the_papers_of_the_parts_are_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def gone(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(importlib.metadata, "version", gone)

    assert pyside_version().startswith("6.")


def test_the_arrow_keys_go_from_licence_to_licence(qtbot: QtBot, dialog: AboutDialog) -> None:
    assert dialog.list.hasFocus()
    first = dialog.text.toPlainText()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)

    assert "MIT License" in first
    assert dialog.text.toPlainText() != first
    qtbot.keyClick(dialog.list, Qt.Key.Key_Tab)
    assert dialog.text.hasFocus()
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog.text, Qt.Key.Key_Escape)


def test_texts_are_read_only_when_they_are_looked_at(
    qtbot: QtBot, dialog: AboutDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    chosen = parts_module.shipped_parts()[1]
    real = Path.read_text

    def noted(path: Path, *arguments: str, **named: str) -> str:
        read.append(path.name)
        return real(path, *arguments, **named)

    monkeypatch.setattr(Path, "read_text", noted)
    dialog.list.setCurrentRow(1)

    assert read == [path.name for path in chosen.texts]
    dialog.close()


def test_the_folder_of_the_settings_opens(
    dialog: AboutDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()))
    button = next(b for b in dialog.findChildren(QPushButton) if b.text() == "เปิดโฟลเดอร์")

    button.click()

    assert [Path(place) for place in shown] == [user_folder()]
    dialog.close()
