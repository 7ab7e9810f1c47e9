"""An office enters its whole framework by keyboard, reorders it, and hands it to another project."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from esa_desktop.app import open_window
from esa_desktop.domain.errors import EsaError
from esa_desktop.domain.fields import Kind, issue_field
from esa_desktop.domain.framework import Framework
from esa_desktop.domain.richtext import from_plain
from esa_desktop.services.projects import Project, create_project
from esa_desktop.ui.framework_desk_model import OutlineModel
from esa_desktop.ui.framework_import_dialog import FrameworkImportDialog
from tests.keys import type_words
from tests.projects import OTHER, YEAR, opened

ISSUES = (
    (
        ("การบริหารจัดการที่ดี", 6),
        ("การพัฒนาสู่องค์การแห่งการเรียนรู้", 4),
        ("การกระจายอำนาจและการมีส่วนร่วม", 4),
        ("การติดตาม ตรวจสอบ และนิเทศ", 4),
    ),
    (
        ("งานวิชาการ", 5),
        ("งานงบประมาณ", 4),
        ("งานบริหารงานบุคคล", 4),
        ("งานบริหารทั่วไป", 4),
        ("การกำกับติดตาม", 5),
    ),
    (
        ("ผลงานที่ภาคภูมิใจ", 4),
        ("คุณภาพผู้เรียน", 4),
        ("โอกาสทางการศึกษา", 4),
        ("ประสิทธิภาพการบริหาร", 4),
        ("ความพึงพอใจของผู้รับบริการ", 4),
    ),
)
STANDARDS = (
    "การบริหารจัดการองค์การสู่ความเป็นเลิศ",
    "การบริหารและการจัดการศึกษาที่มีประสิทธิภาพ",
    "สัมฤทธิผลการบริหารและการจัดการศึกษา",
)
NONE = Qt.KeyboardModifier.NoModifier
ALT_SHIFT = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


class Office:
    """The window of a project on disk, at its framework desk."""

    def __init__(self, qtbot: QtBot, place: Path) -> None:
        self.window = open_window(place)
        qtbot.waitExposed(self.window)
        self.window.resize(1366, 698)
        assert self.window.workspace is not None
        self.workspace = self.window.workspace
        self.project: Project = self.workspace.project
        self.stack = self.workspace.undo_stack
        self.refused: list[EsaError] = []
        self.workspace.said.connect(self.refused.append)
        self.window.action("actionFramework").trigger()
        self.desk = self.workspace.pages.framework_desk
        assert self.desk.isVisible()
        self.activate(qtbot)

    def activate(self, qtbot: QtBot) -> None:
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    @property
    def framework(self) -> Framework:
        return self.project.editor.round.framework

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClick(target, key, modifiers)

    def name(self, words: str) -> None:
        """Type a name where the cursor is, and Enter: the next row waits."""
        target = QApplication.focusWidget()
        assert target is not None
        assert target.objectName() == "nameInPlace"
        type_words(target, f"{words}\n")

    def enter_all(self) -> None:
        QTest.mouseClick(self.desk.findChild(QPushButton, "addStandard"), Qt.MouseButton.LeftButton)
        for number, (standard, indicators) in enumerate(zip(STANDARDS, ISSUES, strict=True), 1):
            self.name(standard)
            self.key(Qt.Key.Key_Tab)
            for place, (indicator, issues) in enumerate(indicators, 1):
                self.name(indicator)
                self.key(Qt.Key.Key_Tab)
                for issue in range(1, issues + 1):
                    self.name(f"เรื่องที่ {number}.{place}.{issue} ของ{indicator}")
                self.key(Qt.Key.Key_Backtab)
            self.key(Qt.Key.Key_Backtab)
        self.key(Qt.Key.Key_Escape)

    def move(self, code: str, keys: Sequence[Qt.Key]) -> str:
        """Choose a node and press Alt+Shift with the keys; its id."""
        node = self.framework.node(code)
        self.desk.show_node(node.id)
        self.desk.outline.tree.setFocus()
        for key in keys:
            self.key(key, ALT_SHIFT)
        return node.id

    def write_texts(self) -> dict[str, str]:
        """A method for every issue; by id of the issue."""
        editor, texts = self.project.editor, {}
        for code, _, issue in self.framework.issues():
            texts[issue.id] = f"วิธีดำเนินงานของ {code} {issue.name}"
            field = issue_field(YEAR, issue.id, Kind.METHOD)
            editor.apply(editor.change(field, from_plain(texts[issue.id])))
        return texts

    def texts(self) -> dict[str, str]:
        written = self.project.editor.round.issues
        return {issue_id: one.method.plain for issue_id, one in written.items() if one.method.plain}

    def close(self) -> None:
        self.window.close()
        self.window.deleteLater()


def empty_project(folder: Path, name: str) -> Path:
    folder.mkdir()
    place = folder / f"{name}.esaproj"
    bare = Framework(f"office-{name}", "ฉบับที่สำนักงานกรอกเอง", YEAR, (), draft=True)
    create_project(place, bare, office="สพป.ทดสอบ เขต ๑", fiscal_year=YEAR, who=OTHER)
    return place


@pytest.fixture
def offices(qtbot: QtBot, tmp_path: Path) -> Iterator[tuple[Office, Office]]:
    pair = (
        Office(qtbot, empty_project(tmp_path / "ก", "one")),
        Office(qtbot, empty_project(tmp_path / "ข", "two")),
    )
    yield pair
    for office in pair:
        office.close()


def reorder(office: Office) -> str:
    """Move an issue of each kind of way, an indicator and a standard; id of an issue retired."""
    down, up = Qt.Key.Key_Down, Qt.Key.Key_Up
    moved = {
        office.move("1.1.2", [down, down]): "1.1.3",
        office.move("1.2.1", [up]): "1.1.6",
        office.move("2.1", [down]): "3.2",
        office.move("3", [up]): "2",
    }
    retired = office.framework.issue("1.1.1").id
    office.desk.show_node(retired)
    office.desk.outline.tree.setFocus()
    office.key(Qt.Key.Key_Delete)
    assert {node_id: office.framework.code_of(node_id) for node_id in moved} == moved
    return retired


@pytest.mark.parametrize("ending", ["xlsx", "toml"])
def test_a_framework_typed_in_one_office_is_the_same_in_another(
    offices: tuple[Office, Office],
    ending: str,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    one, other = offices
    resets: list[object] = []
    one.desk.findChild(OutlineModel).modelReset.connect(lambda: resets.append(1))
    one.activate(qtbot)
    one.enter_all()
    counted = [
        sum(1 for _ in walk) for walk in (one.framework.indicators(), one.framework.issues())
    ]
    assert [len(one.framework.standards), *counted] == [3, 14, 60]
    assert one.stack.count() == 3 + 14 + 60
    assert not one.refused

    texts = one.write_texts()
    retired = reorder(one)
    assert one.texts() == texts
    assert not resets

    file = tmp_path / f"ฉบับของเรา.{ending}"
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", staticmethod(lambda *_: (str(file), "Excel (*.xlsx)"))
    )
    QTest.mouseClick(one.desk.bar.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(file.is_file, timeout=20_000)
    qtbot.waitUntil(lambda: not one.desk.bar.work.is_busy)

    monkeypatch.setattr(QFileDialog, "getOpenFileName", staticmethod(lambda *_: (str(file), "")))
    other.activate(qtbot)
    QTest.mouseClick(other.desk.bar.bring, Qt.MouseButton.LeftButton)
    dialog = other.desk.findChild(FrameworkImportDialog)
    qtbot.waitUntil(dialog.take.isVisible, timeout=20_000)
    assert other.framework.standards == ()  # nothing changes before somebody says so
    QTest.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    assert other.framework == one.framework
    assert [other.stack.text(n) for n in range(other.stack.count())] == ["นำเข้าฉบับมาตรฐาน"]
    other.stack.undo()
    assert other.framework.standards == ()
    other.stack.redo()
    assert other.framework == one.framework
    assert other.framework.retired_node(retired) is not None
    assert one.texts() == texts


def test_what_was_entered_is_there_when_the_project_is_opened_again(
    qtbot: QtBot, tmp_path: Path
) -> None:
    place = empty_project(tmp_path / "ก", "one")
    office = Office(qtbot, place)
    office.enter_all()
    texts = office.write_texts()
    office.move("1.1.6", [Qt.Key.Key_Down])
    entered = office.framework
    office.close()
    with opened(place) as project:
        assert project.editor.round.framework == entered
        for code, _, issue in entered.issues():
            assert project.editor.round.issue(issue.id).method.plain == texts[issue.id], code
