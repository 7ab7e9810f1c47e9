from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from esa_desktop.domain.errors import StorageError
from esa_desktop.services.copying import copy_project
from esa_desktop.services.places import IN_CLOUD, ON_STICK
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

    assert dialog.place is not None
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


# --- carried away ----------------------------------------------------------------------------------


@pytest.fixture
def away(qtbot: QtBot, project: Project) -> Iterator[CopyDialog]:
    made = CopyDialog(project, None)
    qtbot.addWidget(made)
    made.open()
    qtbot.waitExposed(made)
    yield made
    made.close()


def choose(monkeypatch: pytest.MonkeyPatch, dialog: CopyDialog, folder: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", staticmethod(lambda *_: str(folder)))
    press(dialog, "เลือกที่เก็บ…")


def test_the_heading_says_whether_the_work_comes_or_goes(
    dialog: CopyDialog, away: CopyDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert dialog.windowTitle() == dialog.heading.text() == "คัดลอกมาไว้ในเครื่องนี้"
    assert away.windowTitle() == away.heading.text() == "คัดลอกงานประเมินไปที่อื่น"

    monkeypatch.setattr(copy_dialog, "place_risk", lambda _: ON_STICK)
    choose(monkeypatch, dialog, tmp_path)

    assert dialog.windowTitle() == dialog.heading.text() == "คัดลอกงานประเมินไปที่อื่น"


def test_what_is_carried_away_needs_a_place_first_and_leaves_the_work_where_it_is(
    qtbot: QtBot,
    away: CopyDialog,
    project: Project,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    button = next(b for b in away.findChildren(QPushButton) if b.text() == "คัดลอก")
    assert not button.isEnabled()
    stick = tmp_path / "แฟลชไดรฟ์"
    stick.mkdir()
    told: list[Path] = []
    away.copied.connect(told.append)

    choose(monkeypatch, away, stick)
    QTest.keyClick(away, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "งานที่เปิดอยู่ยังเป็นฉบับเดิม" in away.work.accessibleName(), timeout=10_000)
    qtbot.waitUntil(away.leave.hasFocus)

    assert "ประชุมทุกเดือน" in str(shown(stick / project.folder.name))
    assert told == []
    QTest.keyClick(away, Qt.Key.Key_Return)  # what is main now only closes
    assert not away.isVisible()
    assert told == []


def test_the_copy_on_the_stick_is_opened_only_by_who_asks_for_it(
    qtbot: QtBot,
    away: CopyDialog,
    project: Project,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    choose(monkeypatch, away, tmp_path)
    press(away, "คัดลอก")
    qtbot.waitUntil(lambda: button_is_there(away, "เปิดฉบับที่คัดลอก"), timeout=10_000)

    with qtbot.waitSignal(away.copied) as told:
        press(away, "เปิดฉบับที่คัดลอก")

    assert told.args == [tmp_path / "งาน (2).esaproj"]


def button_is_there(dialog: CopyDialog, words: str) -> bool:
    return any(b.text() == words for b in dialog.findChildren(QPushButton))


def test_a_stick_is_no_risk_where_nobody_is_to_work_but_a_cloud_is(
    away: CopyDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copy_dialog, "place_risk", lambda _: ON_STICK)
    choose(monkeypatch, away, tmp_path)
    assert ON_STICK.what not in said(away)
    assert "คัดลอกมาไว้ในเครื่องนี้" in said(away)

    monkeypatch.setattr(copy_dialog, "place_risk", lambda _: IN_CLOUD)
    choose(monkeypatch, away, tmp_path)
    assert IN_CLOUD.what in said(away)
