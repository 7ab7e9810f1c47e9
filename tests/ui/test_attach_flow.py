"""The flow over a real project: files to items, and pasted pictures to their place in a text."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtGui import QColor, QDesktopServices, QImage, QTextCursor
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.domain.edits import Edit
from esa_desktop.domain.fields import Kind, issue_field
from esa_desktop.domain.richtext import Image, RichText, from_plain
from esa_desktop.services import attaching
from esa_desktop.services.attaching import Intake, add_without_file, take_in
from esa_desktop.services.projects import Project
from esa_desktop.ui.attach_flow import AttachFlow
from esa_desktop.ui.pasted_pictures import NO_PICTURE, PLACE_LEFT
from esa_desktop.ui.text_editor import RichTextEdit
from esa_desktop.ui.undo import UndoStack
from esa_desktop.ui.worker import lane
from esa_desktop.ui.writing_field import WritingField
from tests.keys import type_words
from tests.projects import YEAR, new_project, opened


class Bench(QWidget):
    """A project with the flow over it, as the workspace has it."""

    def __init__(self, project: Project) -> None:
        super().__init__()
        self.project = project
        self.stack = UndoStack(project.editor)
        self.said: list[str] = []
        self.flow = AttachFlow(project, self._push, self)
        self.flow.refused.connect(lambda error: self.said.append(str(error)))
        self.issue = project.editor.round.framework.issue("1.2.1").id

    def _push(self, edit: Edit, name: str) -> None:
        self.stack.push_edit(edit, name)

    def titles(self) -> list[str]:
        return [item.title for item in self.project.editor.round.evidence_of(self.issue)]


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    with opened(new_project(tmp_path)) as project:
        made = Bench(project)
        qtbot.addWidget(made)
        yield made
        made.flow.close()


def files(folder: Path, *names: str) -> list[Path]:
    paths = [folder / name for name in names]
    for path in paths:
        path.write_text(path.name, encoding="utf-8")
    return paths


def test_files_become_items_in_one_step(bench: Bench, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(bench.flow.attached):
        bench.flow.attach(bench.issue, files(tmp_path, "ก.txt", "ข.txt"))

    assert bench.titles() == ["ก", "ข"]
    assert bench.stack.count() == 1
    bench.stack.undo()
    assert bench.titles() == []


def test_a_bad_file_is_told_and_the_others_are_attached(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    (empty,) = files(tmp_path, "ว่าง.txt")
    empty.write_bytes(b"")

    with qtbot.waitSignal(bench.flow.refused):
        bench.flow.attach(bench.issue, [empty, *files(tmp_path, "ดี.txt")])

    assert bench.titles() == ["ดี"]
    assert len(bench.said) == 1
    assert "ว่าง.txt" in bench.said[0]


def test_without_an_issue_the_sentence_says_what_to_choose(bench: Bench, tmp_path: Path) -> None:
    bench.flow.attach(None, files(tmp_path, "ก.txt"))
    bench.flow.choose_files(None)

    assert all("เลือกประเด็น" in words for words in bench.said)
    assert len(bench.said) == 2


def test_a_cancelled_file_dialog_changes_nothing(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", staticmethod(lambda *_: ([], "")))

    bench.flow.choose_files(bench.issue)

    assert bench.stack.count() == 0


def test_an_item_opens_as_a_copy_under_its_own_name(
    bench: Bench, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened_files: list[Path] = []

    def open_url(url: object) -> bool:
        opened_files.append(Path(url.toLocalFile()))  # type: ignore[attr-defined]
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", staticmethod(open_url))
    with qtbot.waitSignal(bench.flow.attached):
        bench.flow.attach(bench.issue, files(tmp_path, "คำสั่ง.txt"))
    (item_id,) = bench.project.editor.round.items

    bench.flow.open_item(item_id)
    qtbot.waitUntil(lambda: bool(opened_files))

    (copy,) = opened_files
    assert copy.name == "คำสั่ง.txt"
    assert copy.read_text(encoding="utf-8") == "คำสั่ง.txt"
    assert bench.project.folder not in copy.parents
    bench.flow.close()
    assert not copy.exists()


def test_an_item_without_a_file_says_so(bench: Bench) -> None:
    bench.project.editor.apply(add_without_file(bench.project.editor, bench.issue, "ตู้ ๓ แฟ้ม ๒"))
    (item_id,) = bench.project.editor.round.items

    bench.flow.open_item(item_id)

    assert "ไม่มีไฟล์" in bench.said[0]


# --- pasted pictures --------------------------------------------------------------------------


class Desk(Bench):
    """The bench with one text on it that shows the method of an issue."""

    def __init__(self, project: Project) -> None:
        super().__init__(project)
        self.writing = WritingField("วิธี", "method", "", project.editor, self._push_done, self)
        self.show_method("1.2.1")

    def _push_done(self, edit: Edit, name: str) -> None:
        self.stack.push_done(edit, name)  # type: ignore[arg-type]

    @property
    def edit(self) -> RichTextEdit:
        return self.writing.edit

    def show_method(self, code: str) -> None:
        issue = self.project.editor.round.framework.issue(code)
        self.writing.bind(issue_field(YEAR, issue.id, Kind.METHOD), "แก้วิธี")

    def method(self, code: str = "1.2.1") -> RichText:
        """As the project has it."""
        issue = self.project.editor.round.framework.issue(code)
        return self.project.editor.round.issue(issue.id).method

    def paste(self, picture: QImage) -> None:
        self.flow.keep_picture(self.edit, picture)

    def order(self) -> list[str]:
        """Words, and pictures by how wide they are."""
        return [
            str(round(block.width * 96 / 72)) if isinstance(block, Image) else line
            for block in self.edit.text().blocks
            for line in [RichText((block,)).plain.strip()]
            if isinstance(block, Image) or line
        ]


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    with opened(new_project(tmp_path)) as project:
        made = Desk(project)
        qtbot.addWidget(made)
        made.show()
        made.edit.setFocus()
        yield made
        made.flow.close()
        made.writing.finish()


@pytest.fixture
def slow_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """No picture is kept until the gate is opened."""
    gate = threading.Event()

    def slowly(
        folder: Path, sources: Sequence[Path], *, cancelled: Callable[[], bool] | None = None
    ) -> Intake:
        assert gate.wait(5)
        return take_in(folder, sources, cancelled=cancelled)

    monkeypatch.setattr(attaching, "take_in", slowly)
    yield gate
    gate.set()


def picture(width: int, height: int = 20) -> QImage:
    made = QImage(width, height, QImage.Format.Format_RGB32)
    made.fill(QColor(width % 256, 90, 60))
    return made


def kept(desk: Desk) -> Callable[[], bool]:
    return lambda: not desk.flow.is_busy


@pytest.mark.alone
def test_a_pasted_picture_is_encoded_and_flushed_on_another_thread(
    desk: Desk, qtbot: QtBot, slow_disk: threading.Event
) -> None:
    begun = time.monotonic()
    desk.paste(picture(4000, 3000))

    assert time.monotonic() - begun < 0.1
    assert desk.flow.is_busy
    slow_disk.set()
    qtbot.waitUntil(kept(desk))
    (image,) = desk.edit.text().blocks
    assert isinstance(image, Image)
    assert desk.project.image_bytes(image.sha256)
    assert desk.said == []


def test_the_picture_comes_where_it_was_pasted_and_the_typing_goes_on_behind_it(
    desk: Desk, qtbot: QtBot, slow_disk: threading.Event
) -> None:
    type_words(desk.edit, "ก่อน")
    desk.paste(picture(100))
    type_words(desk.edit, "หลัง")
    slow_disk.set()
    qtbot.waitUntil(kept(desk))

    type_words(desk.edit, "ต่อ")

    assert desk.order() == ["ก่อน", "100", "หลังต่อ"]


def test_somebody_who_writes_further_up_is_not_carried_away(
    desk: Desk, qtbot: QtBot, slow_disk: threading.Event
) -> None:
    type_words(desk.edit, "ก่อน")
    desk.paste(picture(100))
    desk.edit.moveCursor(QTextCursor.MoveOperation.Start)
    type_words(desk.edit, "บน")
    slow_disk.set()
    qtbot.waitUntil(kept(desk))

    type_words(desk.edit, "สุด")

    assert desk.order() == ["บนสุดก่อน", "100"]


def test_a_picture_takes_the_place_of_what_was_selected(
    desk: Desk, qtbot: QtBot, slow_disk: threading.Event
) -> None:
    type_words(desk.edit, "ลบทิ้ง")
    desk.edit.selectAll()
    desk.paste(picture(100))
    slow_disk.set()
    qtbot.waitUntil(kept(desk))

    assert desk.order() == ["100"]


def test_pictures_pasted_one_after_the_other_stand_in_that_order(
    desk: Desk, qtbot: QtBot, slow_disk: threading.Event
) -> None:
    type_words(desk.edit, "ก่อน")
    for width in (300, 200, 100):
        desk.paste(picture(width))
    type_words(desk.edit, "หลัง")
    slow_disk.set()
    qtbot.waitUntil(kept(desk))

    assert desk.order() == ["ก่อน", "300", "200", "100", "หลัง"]


@pytest.mark.parametrize("other", ["1.1.1", "1.2.2"])
def test_a_picture_never_comes_into_another_text(
    desk: Desk, qtbot: QtBot, slow_disk: threading.Event, other: str
) -> None:
    """Two empty texts look alike; and one with words."""
    issue = desk.project.editor.round.framework.issue("1.2.2").id
    field = issue_field(YEAR, issue, Kind.METHOD)
    desk.project.editor.apply(desk.project.editor.change(field, from_plain("ข้อความอื่น")))
    desk.paste(picture(100))

    desk.show_method(other)
    slow_disk.set()
    qtbot.waitUntil(kept(desk))

    assert desk.said == [PLACE_LEFT]
    assert "100" not in desk.order()
    desk.writing.finish()
    assert not any(
        isinstance(b, Image) for code in ("1.2.1", other) for b in desk.method(code).blocks
    )


def test_a_picture_whose_editor_has_gone_is_told(
    desk: Desk, qtbot: QtBot, slow_disk: threading.Event
) -> None:
    gone = RichTextEdit(desk)
    desk.flow.keep_picture(gone, picture(100))

    shiboken6.delete(gone)
    slow_disk.set()
    qtbot.waitUntil(kept(desk))

    assert desk.said == [PLACE_LEFT]


def test_a_picture_that_comes_when_the_cursor_is_elsewhere_is_a_step_of_its_own(
    desk: Desk, qtbot: QtBot, slow_disk: threading.Event
) -> None:
    other = RichTextEdit(desk)
    other.show()
    type_words(desk.edit, "ก่อน")
    desk.paste(picture(100))
    other.setFocus()
    assert desk.stack.count() == 1
    slow_disk.set()
    qtbot.waitUntil(kept(desk))

    assert desk.stack.count() == 2
    assert any(isinstance(block, Image) for block in desk.method().blocks)
    desk.stack.undo()
    assert desk.order() == ["ก่อน"]


def test_closing_while_a_picture_is_kept_is_safe(
    desk: Desk, qtbot: QtBot, slow_disk: threading.Event
) -> None:
    type_words(desk.edit, "ก่อน")
    desk.paste(picture(100))
    assert desk.flow.is_busy

    desk.flow.close()
    slow_disk.set()
    qtbot.waitUntil(kept(desk))

    assert desk.order() == ["ก่อน"]
    assert desk.said == []


def test_a_picture_that_was_kept_at_the_very_moment_of_closing_is_not_inserted(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.paste(picture(100))
    assert lane("pictures").waitForDone(5000)  # its outcome is on the way to this thread

    desk.flow.close()
    qtbot.waitUntil(kept(desk))

    assert desk.order() == []
    assert desk.said == []


def test_a_picture_nobody_can_read_is_told(desk: Desk, qtbot: QtBot) -> None:
    desk.paste(QImage())
    qtbot.waitUntil(kept(desk))

    assert desk.said == [NO_PICTURE]
    assert desk.order() == []
