"""A framework file changes nothing before somebody says so; what is wrong with it is said."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.app import make_application
from esa_desktop.domain import framework_edits as edits
from esa_desktop.domain.fields import Kind, framework_field
from esa_desktop.domain.framework import Framework
from esa_desktop.domain.richtext import from_plain
from esa_desktop.paths import documents_folder
from esa_desktop.services.frameworks import find_framework, read_edition, write_edition
from esa_desktop.ui.framework_compare_dialog import FrameworkCompareDialog, OtherEdition
from esa_desktop.ui.framework_desk_files import DeskFiles
from esa_desktop.ui.framework_import_dialog import FrameworkImportDialog
from esa_desktop.ui.work_line import WorkLine
from tests.ui.rounds import YEAR, Desk

OBEC = find_framework("obec-2557")
Opens = Callable[[Path], FrameworkImportDialog]


class Place:
    """The files of a desk, and what they wanted."""

    def __init__(self) -> None:
        make_application()
        self.window = QWidget()
        self.window.resize(1000, 600)
        self.round = Desk(OBEC)
        self.work = WorkLine(self.window)
        self.files = DeskFiles(self.round.editor, self.work, self.window)
        self.taken: list[Framework] = []
        self.went: list[str] = []
        self.files.taken.connect(lambda make, _: self.taken.append(make(OBEC)))
        self.files.node_wanted.connect(self.went.append)
        self.window.show()


@pytest.fixture
def place(qtbot: QtBot) -> Iterator[Place]:
    made = Place()
    yield made
    made.window.close()


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """A file in which one issue has another name and another one is missing."""
    name, gone = OBEC.issue("1.2.1").id, OBEC.issue("1.2.4").id
    edition = edits.retire(edits.rename(OBEC, name, "ชื่อจากไฟล์"), gone)
    file = tmp_path / "ฉบับใหม่.toml"
    write_edition(edition, file)
    return file


def opened(place: Place, file: Path, qtbot: QtBot) -> FrameworkImportDialog:
    dialog = place.files.preview(file)
    qtbot.waitUntil(lambda: not dialog.work.is_busy, timeout=10_000)
    return dialog


def test_the_preview_names_every_change_and_takes_them_in_one_step(
    place: Place, changed: Path, qtbot: QtBot
) -> None:
    dialog = opened(place, changed, qtbot)
    said = [row.spoken for row in dialog.list.rows.rows]
    assert any("ชื่อจากไฟล์" in line for line in said)
    assert any("เลิกใช้" in line for line in said)
    assert place.taken == []
    QTest.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    QTest.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    assert len(place.taken) == 1
    assert place.taken[0].issue("1.2.1").name == "ชื่อจากไฟล์"


def test_esc_leaves_everything_as_it_is(place: Place, changed: Path, qtbot: QtBot) -> None:
    dialog = opened(place, changed, qtbot)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.wait(10)
    assert place.taken == []


def test_issues_with_texts_that_would_go_out_of_use_are_counted(
    place: Place, changed: Path, qtbot: QtBot
) -> None:
    place.round.set(OBEC.issue("1.2.4").id, Kind.METHOD, from_plain("เขียนแล้ว"))
    dialog = opened(place, changed, qtbot)
    assert "มี ๑ ประเด็นที่กรอกแล้ว" in dialog._kept.text()
    dialog.reject()


def test_why_an_edition_becomes_a_draft_is_said(place: Place, tmp_path: Path, qtbot: QtBot) -> None:
    """Nobody chose it: what is not whole is written as a draft."""
    standard = OBEC.standards[0].id
    edition = edits.add_indicator(OBEC, standard, "ยังไม่ครบ", node_id="new")
    edition = edits.entitle(edition, draft=False)
    place.round.editor.apply(
        place.round.editor.change(framework_field(YEAR), edits.entitle(OBEC, draft=False))
    )
    file = tmp_path / "ยังไม่ครบ.toml"
    write_edition(edition, file)
    dialog = opened(place, file, qtbot)
    assert "สถานะจะเป็นฉบับร่าง เพราะไฟล์นี้ยังกรอกไม่ครบ ๒ จุด" in dialog._kept.text()
    dialog.reject()


def test_a_place_for_files_is_proposed_and_the_one_chosen_is_told(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    proposed: list[Path] = []

    def choose(_: QWidget, _title: str, start: str, _kinds: str) -> tuple[str, str]:
        proposed.append(Path(start).parent)
        return str(tmp_path / "ฉบับ.toml"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    with qtbot.waitSignal(place.files.folder_used) as used:
        place.files.ask_for_place()
    qtbot.waitUntil(lambda: not place.work.is_busy)
    place.files.propose(tmp_path.parent)
    place.files.ask_for_template()
    qtbot.waitUntil(lambda: not place.work.is_busy)
    assert used.args == [tmp_path]
    assert proposed == [documents_folder(), tmp_path.parent]


def test_a_file_that_says_the_same_offers_nothing(
    place: Place, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "เดิม.toml"
    write_edition(OBEC, file)
    same = read_edition(file, OBEC)
    place.round.editor.apply(place.round.editor.change(framework_field(YEAR), same))
    dialog = opened(place, file, qtbot)
    assert not dialog.take.isVisible()
    assert not dialog.list.rows.rows
    dialog.reject()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("เสีย.toml", b"id = 3\n"),
        ("เสีย.xlsx", b"PK\x03\x04 nothing"),
        ("ว่าง.xlsx", b""),
        ("ภาพ.toml", b"\xff\xd8\xff\xe0"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(
    place: Place, tmp_path: Path, qtbot: QtBot, name: str, content: bytes
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    dialog = opened(place, file, qtbot)
    assert not dialog.take.isVisible()
    assert name in dialog._nothing._advice.text()
    dialog.reject()


def test_another_file_can_be_chosen_at_once(
    place: Place, tmp_path: Path, changed: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = tmp_path / "เสีย.toml"
    bad.write_bytes(b"id = 3\n")
    first = opened(place, bad, qtbot)
    chosen = staticmethod(lambda *_: (str(changed), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", chosen)
    first.other.click()
    second = next(d for d in place.window.findChildren(FrameworkImportDialog) if d is not first)
    qtbot.waitUntil(second.take.isVisible, timeout=10_000)
    second.reject()


@pytest.mark.parametrize(
    ("typed", "kind", "made"),
    [
        ("ฉบับ", "Excel (*.xlsx)", "ฉบับ.xlsx"),
        ("ฉบับ", "TOML (*.toml)", "ฉบับ.toml"),
        ("ฉบับ.toml", "Excel (*.xlsx)", "ฉบับ.toml"),
        ("ฉบับ พ.ศ. ๒๕๕๗", "Excel (*.xlsx)", "ฉบับ พ.ศ. ๒๕๕๗.xlsx"),
    ],
)
def test_a_saved_edition_has_the_ending_of_its_kind(
    place: Place,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    kind: str,
    made: str,
) -> None:
    chosen = staticmethod(lambda *_: (str(tmp_path / typed), kind))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    place.files.ask_for_place()
    qtbot.waitUntil(lambda: not place.work.is_busy, timeout=10_000)
    assert read_edition(tmp_path / made, OBEC).issue("1.1.6") == OBEC.issue("1.1.6")
    assert made in place.work.accessibleName()


def test_the_proposed_name_is_one_windows_allows(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    titled = edits.entitle(OBEC, title='มาตรฐาน 1/2557: "ร่าง" <ทดลอง>')
    place.round.editor.apply(place.round.editor.change(framework_field(YEAR), titled))
    proposed: list[str] = []
    monkeypatch.setattr(
        QFileDialog,
        "getSaveFileName",
        staticmethod(lambda _w, _t, start, _k: (proposed.append(Path(start).name), ("", ""))[1]),
    )
    place.files.ask_for_place()
    assert proposed == ["มาตรฐาน 1 2557 ร่าง ทดลอง.xlsx"]


def test_the_empty_form_is_written(
    place: Place, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = staticmethod(lambda *_: (str(tmp_path / "แบบฟอร์ม"), "Excel (*.xlsx)"))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    place.files.ask_for_template()
    qtbot.waitUntil(lambda: not place.work.is_busy, timeout=10_000)
    assert (tmp_path / "แบบฟอร์ม.xlsx").read_bytes().startswith(b"PK")


def test_a_place_that_cannot_be_written_is_told_of(
    place: Place, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "มีอยู่.xlsx").mkdir()
    chosen = staticmethod(lambda *_: (str(tmp_path / "มีอยู่.xlsx"), "Excel (*.xlsx)"))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    place.files.ask_for_place()
    qtbot.waitUntil(lambda: not place.work.is_busy, timeout=10_000)
    assert "บันทึกไฟล์ “มีอยู่.xlsx” ไม่ได้" in place.work.accessibleName()


def test_comparing_leads_to_the_node_that_differs(place: Place, qtbot: QtBot) -> None:
    renamed = edits.rename(OBEC, OBEC.issue("1.2.1").id, "ชื่ออื่น")
    dialog = FrameworkCompareDialog(
        renamed, [OtherEdition("อีกฉบับ", OBEC), OtherEdition("เดียวกัน", renamed)], "เทียบ"
    )
    dialog.go_to.connect(place.went.append)
    dialog.open()
    qtbot.waitExposed(dialog)
    assert dialog.list.rows.rows[0].target == OBEC.issue("1.2.1").id
    dialog.box.setCurrentIndex(1)
    assert not dialog.list.rows.rows
    dialog.box.setCurrentIndex(0)
    QTest.keyClick(dialog.list, Qt.Key.Key_Return)
    assert place.went == [OBEC.issue("1.2.1").id]
    assert not dialog.isVisible()
    dialog.deleteLater()
