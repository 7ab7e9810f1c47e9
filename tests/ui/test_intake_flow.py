"""Intake over a real project: titles from words, files that are there already, pictures, copies for paper."""

import dataclasses
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QColor, QDesktopServices, QImage, QPainter, QPdfWriter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.domain.edits import Edit
from esa_desktop.domain.evidence import Evidence, EvidenceFile
from esa_desktop.domain.fields import framework_field
from esa_desktop.domain.framework_edits import retire
from esa_desktop.services import reading as real_reader
from esa_desktop.services.attaching import take_in
from esa_desktop.services.describing import Description, add_described, describe_as
from esa_desktop.services.evidence_bin import begin_emptying, finish_emptying, to_bin
from esa_desktop.services.evidence_versions import new_versions
from esa_desktop.services.intake_printable import wants_printable
from esa_desktop.services.projects import Project
from esa_desktop.ui.attach_flow import RETIRED, AttachFlow
from esa_desktop.ui.document_words import DocumentWords
from esa_desktop.ui.notices import Notices
from esa_desktop.ui.pasted_pictures import NO_PICTURE
from esa_desktop.ui.printable_copies import PrintableCopies
from esa_desktop.ui.theme import editor_font, load_fonts
from esa_desktop.ui.undo import UndoStack
from tests.projects import YEAR, new_project, opened

LEFT_BUTTON = Qt.MouseButton.LeftButton
SMALL = b"\xff\xd8\xff small"


@dataclass(frozen=True)
class Look:
    words: str


class Reader:
    """Says of a text file what is in it; draws a copy of anything, when its gate is open."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.refuses = False
        self.drawn: list[str] = []

    def look(self, path: Path, name: str, *, cancelled: Callable[[], bool]) -> Look:
        return Look(path.read_text(encoding="utf-8"))

    def printable(self, path: Path, name: str, to: Path, *, cancelled: Callable[[], bool]) -> bool:
        assert self.gate.wait(5)
        self.drawn.append(name)
        if self.refuses or cancelled():
            return False
        to.write_bytes(SMALL + name.encode())
        return True


class Bench(QWidget):
    """A project with the flow over it and a bar for notices, as the window has them."""

    def __init__(self, project: Project) -> None:
        super().__init__()
        self.project = project
        self.reader = Reader()
        self.stack = UndoStack(project.editor)
        self.notices = Notices(self)
        self.notices.resize(900, 120)
        words = DocumentWords(self.reader, lambda file: project.path_of(file.sha256), self)
        self.copies = PrintableCopies(project, self.reader, self.stack.amend, self)
        self.flow = AttachFlow(project, self._push, self, words=words, copies=self.copies)
        self.flow.ask_in(self.notices)
        self.said: list[str] = []
        self.flow.refused.connect(lambda error: self.said.append(str(error)))
        find = project.editor.round.framework.issue
        self.issue, self.other = find("1.2.1").id, find("1.3.1").id

    def _push(self, edit: Edit, name: str) -> None:
        self.stack.push_edit(edit, name)

    def items(self, issue: str = "") -> list[Evidence]:
        return list(self.project.editor.round.evidence_of(issue or self.issue))

    def titles(self, issue: str = "") -> list[str]:
        return [item.title for item in self.items(issue)]

    def press(self, words: str) -> None:
        buttons = self.notices.findChildren(QPushButton)
        QTest.mouseClick(
            next(b for b in buttons if b.text() == words and b.isVisible()), LEFT_BUTTON
        )

    def describe(self, title: str) -> None:
        (item,) = self.items()
        self._push(describe_as(self.project.editor, item.id, Description(title)), "แก้ไข")


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    with opened(new_project(tmp_path)) as project:
        made = Bench(project)
        qtbot.addWidget(made)
        made.resize(1000, 800)
        made.show()
        yield made
        made.reader.gate.set()
        made.flow.close()
        qtbot.waitUntil(lambda: not made.copies.is_busy)


def write(folder: Path, **contents: str) -> list[Path]:
    paths = [folder / f"{name}.txt" for name in contents]
    for path, content in zip(paths, contents.values(), strict=True):
        path.write_text(content, encoding="utf-8")
    return paths


def attach(bench: Bench, qtbot: QtBot, files: list[Path], issue: str = "") -> None:
    bench.flow.attach(issue or bench.issue, files)
    qtbot.waitUntil(lambda: not bench.flow.is_busy)


ORDER = "คำสั่งสำนักงาน\nที่ ๑๒/๒๕๕๗\nเรื่อง แต่งตั้งคณะทำงาน\nสั่ง ณ วันที่ ๓ มกราคม พ.ศ. ๒๕๕๗"


def test_a_title_from_the_words_is_part_of_the_one_step(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    attach(bench, qtbot, write(tmp_path, scan1=ORDER, ว่างเปล่า="๑๒๓"))

    assert bench.titles() == ["คำสั่งแต่งตั้งคณะทำงาน", "ว่างเปล่า"]
    assert bench.items()[0].number == "ที่ ๑๒/๒๕๕๗"
    assert bench.stack.count() == 1
    bench.stack.undo()
    assert bench.titles() == []
    bench.stack.redo()
    assert bench.titles() == ["คำสั่งแต่งตั้งคณะทำงาน", "ว่างเปล่า"]


def test_a_real_pdf_is_read_by_a_child_and_names_its_item(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    """Old fonts write shifted marks into the private use area; Qt's PDFs have them, too."""
    load_fonts()
    source = tmp_path / "scan0001.pdf"
    writer = QPdfWriter(str(source))
    painter = QPainter(writer)
    painter.setFont(editor_font())
    for number, line in enumerate(ORDER.split("\n")):
        painter.drawText(1000, 1500 + 400 * number, line)
    painter.end()
    del painter, writer
    reader = real_reader.Reader(children=1)
    try:
        with opened(new_project(tmp_path)) as project:
            parent = QWidget()
            qtbot.addWidget(parent)
            words = DocumentWords(
                reader, lambda file: project.path_of(file.sha256), parent, in_time_ms=20_000
            )
            stack = UndoStack(project.editor)
            flow = AttachFlow(project, stack.push_edit, parent, words=words)
            issue = project.editor.round.framework.issue("1.2.1").id
            flow.attach(issue, [source])
            qtbot.waitUntil(lambda: not flow.is_busy, timeout=20_000)
            flow.close()

            (item,) = project.editor.round.evidence_of(issue)
            assert (item.title, item.number) == ("คำสั่งแต่งตั้งคณะทำงาน", "ที่ ๑๒/๒๕๕๗")
            assert item.date == date(2014, 1, 3)
    finally:
        reader.close()


def test_handfuls_at_once_are_a_step_each(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    for name in ("ก", "ข", "ค"):
        bench.flow.attach(bench.issue, write(tmp_path, **{name: f"เอกสารลำดับ{name}"}))
    qtbot.waitUntil(lambda: not bench.flow.is_busy)

    assert sorted(bench.titles()) == ["เอกสารลำดับก", "เอกสารลำดับข", "เอกสารลำดับค"]
    assert bench.stack.count() == 3


def test_a_folder_is_refused_kindly_and_the_files_beside_it_are_attached(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "โฟลเดอร์"
    folder.mkdir()

    attach(bench, qtbot, [folder, *write(tmp_path, ก="เอกสารหนึ่ง")])

    assert bench.titles() == ["เอกสารหนึ่ง"]
    assert "เป็นโฟลเดอร์" in bench.said[0]
    assert "กรุณา" in bench.said[0]


def test_a_file_that_may_run_is_kept_and_it_is_said_that_it_is_never_opened(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    bench.notices.set_aside(True)  # an error is said already
    program = tmp_path / "a.pdf.exe"
    program.write_bytes(b"MZ\x90\x00")

    attach(bench, qtbot, [program])

    assert bench.titles() == ["a.pdf.exe"]
    shown = " ".join(label.text() for label in bench.notices.findChildren(QLabel))
    assert "จะไม่เปิดและไม่รวมในแฟ้มหลักฐาน" in shown
    assert "a.pdf.exe" in shown
    bench.press("รับทราบ")
    assert bench.notices.keys == ()


def test_closing_while_words_are_read_changes_nothing_more(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    bench.flow.attach(bench.issue, write(tmp_path, ก="เอกสารหนึ่ง"))
    bench.flow.close()
    qtbot.wait(200)

    assert bench.titles() == []
    assert bench.said == []


def test_an_issue_that_is_retired_meanwhile_gets_no_files_and_that_is_said(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    editor = bench.project.editor
    files = write(tmp_path, ก="เอกสารหนึ่ง")
    attach(bench, qtbot, files)
    attach(bench, qtbot, files)  # asked about
    framework = editor.round.framework
    rest = dataclasses.replace(framework, standards=framework.standards[1:])
    editor.apply(editor.change(framework_field(YEAR), rest))

    bench.press("แนบเป็นรายการใหม่")
    attach(bench, qtbot, write(tmp_path, ข="เอกสารสอง"))

    assert bench.said == [RETIRED, RETIRED]
    assert len(editor.round.items) == 1


# --- files that are there already ---------------------------------------------------------------


def test_a_file_that_another_issue_has_is_asked_about_and_used_here_too(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    files = write(tmp_path, ก="เอกสารหนึ่ง")
    attach(bench, qtbot, files, bench.other)
    attach(bench, qtbot, files)
    asked = bench.notices.keys
    before = bench.titles()

    bench.press("ใช้รายการเดิมกับ ๑.๒.๑ ด้วย")

    assert (len(asked), before) == (1, [])
    assert [item.id for item in bench.items()] == [item.id for item in bench.items(bench.other)]
    assert bench.notices.keys == ()
    bench.stack.undo()
    assert (bench.titles(), bench.titles(bench.other)) == ([], ["เอกสารหนึ่ง"])


def test_keeping_both_makes_a_new_item_of_the_same_file(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    files = write(tmp_path, ก="เอกสารหนึ่ง")
    attach(bench, qtbot, files, bench.other)
    attach(bench, qtbot, files)

    bench.press("แนบเป็นรายการใหม่")
    qtbot.waitUntil(lambda: not bench.flow.is_busy)

    (here,), (there,) = bench.items(), bench.items(bench.other)
    assert here.id != there.id
    assert here.files[0].sha256 == there.files[0].sha256
    assert bench.notices.keys == ()


def test_what_went_into_the_bin_while_somebody_was_asked_is_attached_as_a_new_item(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    files = write(tmp_path, ก="เอกสารหนึ่ง", ข="เอกสารสอง")
    attach(bench, qtbot, files, bench.other)
    attach(bench, qtbot, files)
    thrown, stays = bench.items(bench.other)
    bench._push(to_bin(bench.project.editor, [thrown.id]), "ย้ายไปถังขยะ")

    bench.press("ใช้รายการเดิมกับ ๑.๒.๑ ด้วย")
    qtbot.waitUntil(lambda: not bench.flow.is_busy)

    assert [item.id == stays.id for item in bench.items()] == [True, False]
    assert {item.files for item in bench.items()} == {thrown.files, stays.files}
    assert bench.said == []


def test_a_file_that_left_with_the_bin_while_somebody_was_asked_is_told_of_and_not_shown(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    editor, files = bench.project.editor, write(tmp_path, ก="เอกสารหนึ่ง")
    attach(bench, qtbot, files, bench.other)
    attach(bench, qtbot, files)
    editor.apply(to_bin(editor, [bench.items(bench.other)[0].id]))
    finish_emptying(bench.project, begin_emptying(editor))

    bench.press("แนบเป็นรายการใหม่")
    qtbot.waitUntil(lambda: not bench.flow.is_busy)

    assert bench.titles() == []
    assert "กรุณาแนบไฟล์ต้นฉบับอีกครั้ง" in bench.said[0]
    bench.project.flush()  # nothing is on its way that could not be stored
    attach(bench, qtbot, files)
    assert bench.titles() == ["เอกสารหนึ่ง"]


def test_an_item_is_not_used_for_an_issue_that_was_retired_while_somebody_was_asked(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    editor, files = bench.project.editor, write(tmp_path, ก="เอกสารหนึ่ง")
    attach(bench, qtbot, files, bench.other)
    attach(bench, qtbot, files)
    steps = bench.stack.count()
    editor.apply(editor.change(framework_field(YEAR), retire(editor.round.framework, bench.issue)))

    bench.press("ใช้รายการเดิมกับ ๑.๒.๑ ด้วย")

    assert bench.said == [RETIRED]
    assert bench.stack.count() == steps


def test_a_file_this_issue_has_need_not_be_attached_twice(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    files = write(tmp_path, ก="เอกสารหนึ่ง")
    attach(bench, qtbot, files)
    attach(bench, qtbot, files)

    bench.press("ไม่แนบซ้ำ")

    assert bench.titles() == ["เอกสารหนึ่ง"]
    assert bench.stack.count() == 1
    assert bench.notices.keys == ()


def test_new_files_of_the_handful_do_not_wait_for_the_answer(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    old = write(tmp_path, ก="เอกสารหนึ่ง")
    attach(bench, qtbot, old)

    attach(bench, qtbot, [*old, *write(tmp_path, ข="เอกสารสอง")])

    assert bench.titles() == ["เอกสารหนึ่ง", "เอกสารสอง"]
    assert len(bench.notices.keys) == 1


def test_two_questions_are_both_answered(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    for name in ("ก", "ข"):
        files = write(tmp_path, **{name: f"เอกสารลำดับ{name}"})
        attach(bench, qtbot, files, bench.other)
        attach(bench, qtbot, files)

    bench.press("ใช้รายการเดิมกับ ๑.๒.๑ ด้วย")
    bench.press("ใช้รายการเดิมกับ ๑.๒.๑ ด้วย")

    assert sorted(bench.titles()) == ["เอกสารลำดับก", "เอกสารลำดับข"]


def test_one_file_under_two_names_in_a_handful_is_one_item_and_that_is_told(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    files = write(tmp_path, ก="เอกสารหนึ่ง", สำเนา="เอกสารหนึ่ง")

    attach(bench, qtbot, files)

    assert len(bench.items()) == 1
    bench.press("รับทราบ")
    assert bench.notices.keys == ()


def test_closing_takes_the_questions_away(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    files = write(tmp_path, ก="เอกสารหนึ่ง")
    attach(bench, qtbot, files)
    attach(bench, qtbot, files)

    bench.flow.close()

    assert bench.notices.keys == ()


def test_an_item_in_the_bin_or_gone_by_undo_is_no_duplicate(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    files = write(tmp_path, ก="เอกสารหนึ่ง")
    attach(bench, qtbot, files)
    bench.stack.undo()

    attach(bench, qtbot, files)

    assert bench.titles() == ["เอกสารหนึ่ง"]
    assert bench.notices.keys == ()


# --- pictures -----------------------------------------------------------------------------------


def test_a_pasted_picture_becomes_an_item_with_a_file(bench: Bench, qtbot: QtBot) -> None:
    picture = QImage(300, 200, QImage.Format.Format_RGB32)
    picture.fill(QColor("navy"))

    bench.flow.attach_picture(bench.issue, picture)
    qtbot.waitUntil(lambda: not bench.flow.is_busy)

    (item,) = bench.items()
    assert item.title.startswith("ภาพที่วางเมื่อ ")
    assert item.kind == "ภาพถ่าย"
    kept = QImage(str(bench.project.path_of(item.files[0].sha256)))
    assert kept.size() == picture.size()
    assert bench.stack.count() == 1


def test_a_picture_nobody_can_read_is_told(bench: Bench, qtbot: QtBot) -> None:
    bench.flow.attach_picture(bench.issue, QImage())
    qtbot.waitUntil(lambda: not bench.flow.is_busy)

    assert bench.said == [NO_PICTURE]
    assert bench.titles() == []


def test_a_picture_without_an_issue_says_what_to_choose(bench: Bench) -> None:
    bench.flow.attach_picture(None, QImage(9, 9, QImage.Format.Format_RGB32))

    assert "เลือกประเด็น" in bench.said[0]


# --- places -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "opened_urls", "said"),
    [
        ("https://www.example.go.th/a", ["https://www.example.go.th/a"], ""),
        ("ตู้ ๓ แฟ้ม ๒", [], "“ตู้ ๓ แฟ้ม ๒”"),
        ("file:///etc/passwd", [], "file:///etc/passwd"),
    ],
)
def test_opening_an_item_without_file_opens_web_pages_and_nothing_else(
    bench: Bench,
    monkeypatch: pytest.MonkeyPatch,
    place: str,
    opened_urls: list[str],
    said: str,
) -> None:
    urls: list[str] = []

    def open_url(url: QUrl) -> bool:
        urls.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", staticmethod(open_url))
    editor = bench.project.editor
    editor.apply(add_described(editor, bench.issue, Description("ก", place=place)))

    bench.flow.open_item(bench.items()[0].id)

    assert urls == opened_urls
    assert said in "".join(bench.said)


# --- copies for paper ---------------------------------------------------------------------------


def photo(folder: Path, name: str = "ภาพ.heic", size: int = 5000) -> Path:
    path = folder / name
    path.write_bytes(name.encode() * (size // len(name.encode())))
    return path


@pytest.mark.parametrize(
    ("name", "size", "wanted"),
    [
        ("a.heic", 10, True),
        ("a.HEIF", 10, True),
        ("a.tif", 10, True),
        ("a.jpg", 10, False),
        ("a.jpg", 7_000_000, True),
        ("a.pdf", 70_000_000, True),
        ("a.pdf", 700_000, False),
        ("a.mp4", 70_000_000, False),
    ],
)
def test_photos_of_phones_and_big_scans_get_a_copy(name: str, size: int, wanted: bool) -> None:
    assert wants_printable(EvidenceFile("a" * 64, name, size)) is wanted
    assert not wants_printable(EvidenceFile("a" * 64, name, size, "b" * 64, 5))


def test_the_copy_is_kept_beside_the_original_and_is_no_step(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    source = photo(tmp_path)
    attach(bench, qtbot, [source])
    qtbot.waitUntil(lambda: bool(bench.items()[0].files[0].printable))

    (file,) = bench.items()[0].files
    assert bench.project.path_of(file.printable).read_bytes() == SMALL + "ภาพ.heic".encode()
    assert bench.project.path_of(file.sha256).read_bytes() == source.read_bytes()
    assert file.printable_size == len(SMALL + "ภาพ.heic".encode())
    assert bench.stack.count() == 1


def test_undo_and_redo_go_over_a_copy_that_came_in_between_and_lose_nothing(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    bench.reader.gate.clear()
    attach(bench, qtbot, [photo(tmp_path)])
    bench.describe("ชื่อใหม่")
    bench.reader.gate.set()
    qtbot.waitUntil(lambda: bool(bench.items()[0].files[0].printable))

    refused: list[object] = []
    bench.stack.refused.connect(refused.append)
    seen = []
    for step in (bench.stack.undo, bench.stack.undo, bench.stack.redo, bench.stack.redo):
        step()
        seen.append([(item.title, bool(item.files[0].printable)) for item in bench.items()])

    assert refused == []
    assert seen == [[("ภาพ", True)], [], [("ภาพ", True)], [("ชื่อใหม่", True)]]


def test_a_copy_that_comes_while_its_item_is_taken_back_is_there_when_it_returns(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    bench.reader.gate.clear()
    attach(bench, qtbot, [photo(tmp_path)])
    bench.stack.undo()
    bench.reader.gate.set()
    qtbot.waitUntil(lambda: not bench.copies.is_busy)

    bench.stack.redo()

    assert bench.items()[0].files[0].printable


def test_a_file_that_cannot_be_drawn_stays_as_it_is_and_is_not_tried_again(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    bench.reader.refuses = True
    attach(bench, qtbot, [photo(tmp_path)])
    qtbot.waitUntil(lambda: bool(bench.reader.drawn) and not bench.copies.is_busy)
    bench.copies.catch_up()

    assert not bench.copies.is_busy
    assert bench.items()[0].files[0].printable == ""
    assert bench.said == []


def test_what_came_another_way_gets_its_copy_when_the_project_opens(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    from esa_desktop.services.attaching import attach as attach_edit
    from esa_desktop.services.attaching import take_in

    editor = bench.project.editor
    files = take_in(bench.project.folder, [photo(tmp_path)]).files
    editor.apply(attach_edit(editor, bench.issue, files))

    bench.copies.catch_up()
    qtbot.waitUntil(lambda: bool(bench.items()[0].files[0].printable))


def test_a_copy_is_still_there_after_the_project_was_opened_anew(
    qtbot: QtBot, tmp_path: Path
) -> None:
    place = new_project(tmp_path)
    with opened(place) as project:
        bench = Bench(project)
        qtbot.addWidget(bench)
        attach(bench, qtbot, [photo(tmp_path)])
        qtbot.waitUntil(lambda: bool(bench.items()[0].files[0].printable))
        bench.flow.close()
    with opened(place) as project:
        (item,) = project.editor.round.items.values()

        assert project.path_of(item.files[0].printable).is_file()


def test_a_newer_version_of_a_photo_gets_a_copy_for_paper_of_its_own(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    photos = [tmp_path / f"{name}.bmp" for name in ("ก่อน", "หลัง")]
    for photo in photos:
        photo.write_bytes(b"BM" + photo.name.encode() * 100)
    attach(bench, qtbot, photos[:1])
    qtbot.waitUntil(lambda: not bench.copies.is_busy)
    (before,) = bench.items()[0].files
    editor, newer = bench.project.editor, take_in(bench.project.folder, photos[1:]).files[0]

    bench._push(new_versions(editor, bench.items()[0].id, {before.sha256: newer}), "ฉบับใหม่")
    qtbot.waitUntil(lambda: not bench.copies.is_busy)

    (item,) = bench.items()
    assert item.files[0].sha256 == newer.sha256
    assert item.files[0].printable
    assert item.earlier == (before,)
    bench.stack.undo()
    assert bench.items()[0].files == (before,)
    bench.stack.redo()
    assert bench.items() == [item]
