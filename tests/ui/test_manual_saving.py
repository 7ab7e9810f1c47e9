from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.services import manual
from esa_desktop.ui.manual_saving import ManualSaving, save_manual
from esa_desktop.ui.message_dialog import MessageDialog
from tests.help_pages import help_in


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> QWidget:
    folder = help_in(tmp_path / "help")
    monkeypatch.setattr(manual, "help_folder", lambda: folder)
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[QUrl]:
    """What was handed to the reader of PDFs."""
    asked: list[QUrl] = []

    def open_url(address: QUrl) -> bool:
        asked.append(address)
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    return asked


def answer(monkeypatch: pytest.MonkeyPatch, name: str) -> list[str]:
    """Let the person name a file; what was offered."""
    offered: list[str] = []

    def ask(parent: QWidget, title: str, path: str, kinds: str) -> tuple[str, str]:
        offered.append(path)
        return name, kinds

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    return offered


def started(window: QWidget, folder: Path) -> ManualSaving:
    saving = save_manual(window, folder)
    assert saving is not None
    return saving


def messages(window: QWidget) -> list[MessageDialog]:
    return [dialog for dialog in window.findChildren(MessageDialog) if dialog.isVisible()]


def test_the_manual_is_written_and_opened(
    qtbot: QtBot,
    window: QWidget,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    opened: list[QUrl],
) -> None:
    target = tmp_path / "คู่มือ.pdf"
    offered = answer(monkeypatch, str(target))
    kept: list[Path] = []

    saving = save_manual(window, tmp_path, keep_folder=kept.append)
    assert saving is not None
    with qtbot.waitSignal(saving.ended, timeout=20_000):
        pass

    assert offered == [str(tmp_path / manual.MANUAL_NAME)]
    assert kept == [tmp_path]
    assert target.read_bytes().startswith(b"%PDF")
    assert opened == [QUrl.fromLocalFile(str(target))]
    assert messages(window) == []


def test_a_name_without_its_ending_gets_it(
    qtbot: QtBot,
    window: QWidget,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    opened: list[QUrl],
) -> None:
    answer(monkeypatch, str(tmp_path / "manual 2.0"))
    with qtbot.waitSignal(started(window, tmp_path).ended, timeout=20_000):
        pass

    assert (tmp_path / "manual 2.0.pdf").is_file()


def test_nobody_naming_a_place_is_no_writing(
    window: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, "")
    assert save_manual(window, tmp_path) is None


def test_a_disk_that_refuses_is_told_in_one_sentence(
    qtbot: QtBot,
    window: QWidget,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    opened: list[QUrl],
) -> None:
    answer(monkeypatch, str(tmp_path / "gone" / "manual.pdf"))
    with qtbot.waitSignal(started(window, tmp_path).ended, timeout=20_000):
        pass

    (message,) = messages(window)
    assert "เลือกที่บันทึกอื่น" in message.accessibleDescription()
    assert opened == []
    message.reject()


def test_without_a_reader_the_place_is_told(
    qtbot: QtBot, window: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "manual.pdf"
    answer(monkeypatch, str(target))
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: False)
    with qtbot.waitSignal(started(window, tmp_path).ended, timeout=20_000):
        pass

    (message,) = messages(window)
    assert str(target) in message.accessibleDescription()
    assert "๔ หน้า" in message.accessibleName()
    message.reject()
