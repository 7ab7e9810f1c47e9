from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from esa_desktop.domain.errors import StorageError
from esa_desktop.services.copying import copy_project
from esa_desktop.services.projects import Project
from esa_desktop.ui import copy_dialog
from esa_desktop.ui.copy_dialog import CopyDialog
from tests.projects import new_project, opened
from tests.services.test_copying import shown
from tests.services.test_known_copies import write


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with opened(new_project(tmp_path)) as project:
        write(project, "ประชุมทุกเดือน")
        yield project


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "เอกสาร"
    folder.mkdir()
    return folder


@pytest.fixture
def dialog(qtbot: QtBot, project: Project, documents: Path) -> Iterator[CopyDialog]:
    made = CopyDialog(project, documents)
    qtbot.addWidget(made)
    made.open()
    qtbot.waitExposed(made)
    yield made
    made.close()


def press(dialog: CopyDialog, text: str) -> None:
    next(b for b in dialog.findChildren(QPushButton) if b.text() == text).click()


def said(dialog: CopyDialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def test_enter_copies_the_whole_work_and_leads_to_it(
    qtbot: QtBot, dialog: CopyDialog, project: Project, documents: Path
) -> None:
    with qtbot.waitSignal(dialog.copied, timeout=10_000) as signal:
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    assert signal.args == [documents / project.folder.name]
    assert not dialog.isVisible()
    assert "ประชุมทุกเดือน" in str(shown(documents / project.folder.name))


def test_another_folder_can_be_chosen_and_is_warned_about(
    dialog: CopyDialog, project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "Dropbox").mkdir()
    choose = staticmethod(lambda *_: str(tmp_path / "Dropbox"))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", choose)

    press(dialog, "เลือกที่เก็บ…")

    assert dialog.place == tmp_path / "Dropbox" / project.folder.name
    assert "Dropbox" in said(dialog)


def test_a_name_that_is_taken_is_not_offered(
    qtbot: QtBot, project: Project, documents: Path
) -> None:
    (documents / project.folder.name).mkdir()

    dialog = CopyDialog(project, documents)
    qtbot.addWidget(dialog)

    assert dialog.place.name == "งาน (2).esaproj"


def test_what_goes_wrong_is_said_and_can_be_tried_again(
    qtbot: QtBot,
    dialog: CopyDialog,
    documents: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_: object, **__: object) -> Path:
        raise StorageError("เนื้อที่เต็ม กรุณาลบไฟล์อื่น")

    with monkeypatch.context() as patch:
        patch.setattr(copy_dialog, "copy_project", fail)
        press(dialog, "คัดลอกแล้วเปิด")
        qtbot.waitUntil(lambda: "เนื้อที่เต็ม" in said(dialog), timeout=5000)

    assert list(documents.iterdir()) == []
    with qtbot.waitSignal(dialog.copied, timeout=10_000):
        press(dialog, "คัดลอกแล้วเปิด")


def test_what_cannot_be_saved_is_not_left_behind_without_a_word(
    qtbot: QtBot,
    dialog: CopyDialog,
    project: Project,
    documents: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(_: float) -> None:
        raise StorageError("ยังบันทึกลงดิสก์ไม่เสร็จ")

    with monkeypatch.context() as patch:
        patch.setattr(project, "flush", refuse)
        press(dialog, "คัดลอกแล้วเปิด")

    assert "ยังบันทึกลงดิสก์ไม่เสร็จ" in said(dialog)
    assert list(documents.iterdir()) == []


def test_esc_stops_the_copying_first_and_leaves_nothing(
    qtbot: QtBot,
    dialog: CopyDialog,
    documents: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def slow(*arguments: object, cancelled: object, **named: object) -> Path:
        assert callable(cancelled)
        while not cancelled():
            pass
        return copy_project(*arguments, cancelled=cancelled, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(copy_dialog, "copy_project", slow)
    press(dialog, "คัดลอกแล้วเปิด")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()

    qtbot.waitUntil(lambda: not dialog.work.is_busy, timeout=5000)

    assert list(documents.iterdir()) == []
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
