from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from esa_desktop.services.identity import Who
from esa_desktop.services.projects import open_project
from esa_desktop.ui.new_project_dialog import NewProjectDialog, framework_contents
from tests.ui.rounds import FRAMEWORK, unverified

WHO = Who("ผู้ทดสอบ", "dev", "pc")


@pytest.fixture
def dialog(qtbot: QtBot, tmp_path: Path) -> Iterator[NewProjectDialog]:
    made = NewProjectDialog(start=tmp_path)
    qtbot.addWidget(made)
    made.open()
    yield made
    made.close()


def field(dialog: NewProjectDialog, name: str) -> QLineEdit:
    return next(e for e in dialog.findChildren(QLineEdit) if e.accessibleName().startswith(name))


def button(dialog: NewProjectDialog, words: str) -> QPushButton:
    return next(b for b in dialog.findChildren(QPushButton) if b.text() == words)


def said(dialog: NewProjectDialog) -> str:
    labels = dialog.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisible())


def typed(qtbot: QtBot, edit: QLineEdit, words: str) -> None:
    edit.clear()
    edit.setFocus()
    edit.insert(words)
    edit.textEdited.emit(words)


def test_office_and_year_are_enough(qtbot: QtBot, dialog: NewProjectDialog, tmp_path: Path) -> None:
    typed(qtbot, field(dialog, "ชื่อสำนักงาน"), "สพป.ทดสอบ เขต ๑/๒")
    typed(qtbot, field(dialog, "ปีงบประมาณ"), "๒๕๖๘")

    with qtbot.waitSignal(dialog.created, timeout=10_000) as told:
        qtbot.keyClick(dialog, Qt.Key.Key_Return)

    folder = told.args[0]
    assert folder == tmp_path / "สพป.ทดสอบ เขต ๑_๒ ๒๕๖๘.esaproj"
    assert not dialog.isVisible()
    project = open_project(folder, who=WHO)
    assert project.editor.round.office == "สพป.ทดสอบ เขต ๑/๒"
    assert project.editor.round.fiscal_year == 2568
    assert project.editor.round.framework.id == "obec-2557"
    project.close()


def test_the_folder_has_a_name_before_the_office_has_one(
    qtbot: QtBot, dialog: NewProjectDialog, tmp_path: Path
) -> None:
    typed(qtbot, field(dialog, "ปีงบประมาณ"), "๒๕๖๘")
    assert field(dialog, "เก็บไว้ที่").text() == str(tmp_path / "งานประเมิน ๒๕๖๘.esaproj")

    typed(qtbot, field(dialog, "ชื่อสำนักงาน"), "สพป.ทดสอบ")
    assert field(dialog, "เก็บไว้ที่").text() == str(tmp_path / "สพป.ทดสอบ ๒๕๖๘.esaproj")


def test_a_missing_office_is_asked_for_beside_its_field(
    qtbot: QtBot, dialog: NewProjectDialog, tmp_path: Path
) -> None:
    button(dialog, "สร้างงานประเมิน").click()

    assert "กรุณาพิมพ์ชื่อสำนักงาน" in said(dialog)
    assert list(tmp_path.iterdir()) == []
    typed(qtbot, field(dialog, "ชื่อสำนักงาน"), "ก")
    assert "กรุณาพิมพ์ชื่อสำนักงาน" not in said(dialog)


@pytest.mark.parametrize("year", ["", "68", "สองพัน", "2025"])
def test_a_year_that_is_none_is_said_beside_its_field(
    qtbot: QtBot, dialog: NewProjectDialog, year: str
) -> None:
    typed(qtbot, field(dialog, "ชื่อสำนักงาน"), "สพป.ทดสอบ")
    typed(qtbot, field(dialog, "ปีงบประมาณ"), year)

    button(dialog, "สร้างงานประเมิน").click()

    assert "ใช้เป็นปีงบประมาณไม่ได้" in said(dialog)
    assert dialog.isVisible()


def test_a_folder_that_is_in_use_is_refused_and_stays_as_it_was(
    qtbot: QtBot, dialog: NewProjectDialog, tmp_path: Path
) -> None:
    taken = tmp_path / "มีอยู่.esaproj"
    taken.mkdir()
    (taken / "ของเดิม.txt").write_text("ก", encoding="utf-8")
    typed(qtbot, field(dialog, "ชื่อสำนักงาน"), "สพป.ทดสอบ")
    typed(qtbot, field(dialog, "เก็บไว้ที่"), str(taken))
    before = said(dialog)

    button(dialog, "สร้างงานประเมิน").click()

    qtbot.waitUntil(lambda: said(dialog) != before and button_is_ready(dialog), timeout=10_000)
    assert dialog.isVisible()
    assert [path.name for path in taken.iterdir()] == ["ของเดิม.txt"]


def button_is_ready(dialog: NewProjectDialog) -> bool:
    return any(
        b.text() == "สร้างงานประเมิน" and b.isEnabled() for b in dialog.findChildren(QPushButton)
    )


def test_the_folder_follows_the_names_until_a_person_chooses_it(
    qtbot: QtBot, dialog: NewProjectDialog, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    office, folder = field(dialog, "ชื่อสำนักงาน"), field(dialog, "เก็บไว้ที่")
    typed(qtbot, office, "ก")
    assert Path(folder.text()).name.startswith("ก ")

    (tmp_path / "ที่อื่น").mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "ที่อื่น"))
    button(dialog, "เลือกที่เก็บ…").click()
    chosen = folder.text()
    typed(qtbot, office, "ข")

    assert Path(chosen).parent == tmp_path / "ที่อื่น"
    assert folder.text() == chosen


def test_a_very_long_office_leaves_the_year_in_the_name_of_the_folder(
    qtbot: QtBot, dialog: NewProjectDialog
) -> None:
    typed(qtbot, field(dialog, "ชื่อสำนักงาน"), "สำนักงานเขตพื้นที่การศึกษา" * 6)
    typed(qtbot, field(dialog, "ปีงบประมาณ"), "2570")

    name = Path(field(dialog, "เก็บไว้ที่").text()).name
    assert name.startswith("สำนักงานเขต")
    assert name.endswith(" 2570.esaproj")
    assert len(name.encode()) <= 255


def test_a_place_that_is_copied_to_the_internet_is_warned_of(
    qtbot: QtBot, dialog: NewProjectDialog, tmp_path: Path
) -> None:
    typed(qtbot, field(dialog, "เก็บไว้ที่"), str(tmp_path / "OneDrive" / "งาน"))

    assert "OneDrive" in said(dialog)
    assert "ควรเก็บไว้ในเครื่อง" in said(dialog)


def test_what_is_not_verified_is_said_in_words(qtbot: QtBot, dialog: NewProjectDialog) -> None:
    box = dialog.findChild(QComboBox)
    assert box is not None

    assert "ยังไม่ได้ตรวจกับประกาศ" in said(dialog)
    assert any("ฉบับร่าง" in box.itemText(place) for place in range(box.count()))


def test_one_name_that_is_not_verified_is_enough_to_say_so(
    qtbot: QtBot, dialog: NewProjectDialog
) -> None:
    dialog._add_framework(FRAMEWORK)
    assert "ยังไม่ได้ตรวจกับประกาศ" not in said(dialog)

    dialog._add_framework(unverified("good-1"))

    assert "ยังไม่ได้ตรวจกับประกาศ" in said(dialog)


def test_another_framework_comes_from_a_file_and_a_bad_one_is_refused(
    qtbot: QtBot, dialog: NewProjectDialog, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    box = dialog.findChild(QComboBox)
    assert box is not None
    bad = tmp_path / "เสีย.toml"
    bad.write_text("id = ", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(bad), ""))

    box.activated.emit(box.count() - 1)

    assert "เสีย.toml" in said(dialog)
    assert box.currentIndex() == 0
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    box.activated.emit(box.count() - 1)
    assert "เสีย.toml" not in said(dialog)


def test_esc_leaves_everything_as_it_is(
    qtbot: QtBot, dialog: NewProjectDialog, tmp_path: Path
) -> None:
    typed(qtbot, field(dialog, "ชื่อสำนักงาน"), "สพป.ทดสอบ")

    qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    assert not dialog.isVisible()
    assert list(tmp_path.iterdir()) == []


def test_what_a_framework_holds_is_counted() -> None:
    assert framework_contents(FRAMEWORK) == "๒ มาตรฐาน ๓ ตัวบ่งชี้ ๙ ประเด็น"
