from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.domain.edits import Edit
from esa_desktop.services.attaching import add_without_file
from esa_desktop.services.projects import Project
from esa_desktop.ui.attach_flow import AttachFlow
from esa_desktop.ui.undo import UndoStack
from tests.projects import new_project, opened


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
