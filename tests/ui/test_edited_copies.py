import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from esa_desktop.domain.evidence import Evidence, EvidenceFile
from esa_desktop.services.attaching import take_in
from esa_desktop.services.evidence_bin import to_bin
from esa_desktop.services.evidence_versions import keep_version
from esa_desktop.services.projects import Project, open_project
from esa_desktop.ui import edited_copies
from esa_desktop.ui.edited_copies import FOLDER, EditedCopies
from esa_desktop.ui.notices import Notices
from esa_desktop.ui.undo import UndoStack
from esa_desktop.ui.worker import wait_for_done
from tests.projects import WHO, new_project
from tests.services.test_evidence_bin import attach
from tests.services.test_evidence_versions import later


class Desk:
    """A project with one item, and the watcher of its copies."""

    def __init__(self, qtbot: QtBot, project: Project, folder: Path) -> None:
        self._qtbot = qtbot
        self.project = project
        self.folder = folder
        self.documents = folder / "เอกสาร"
        self.stack = UndoStack(project.editor)
        self.notices = Notices()
        qtbot.addWidget(self.notices)
        self.notices.resize(1366, 200)
        self.notices.show()
        self.owner = QObject()
        self.copies = self.start()

    def start(self) -> EditedCopies:
        """As the window does when the project is opened."""
        return EditedCopies(
            self.project,
            self.stack.push_edit,
            self.notices,
            self.folder / "user",
            self.documents,
            self.owner,
        )

    @property
    def item(self) -> Evidence:
        (item,) = self.project.editor.round.items.values()
        return item

    def take_out(self) -> Path:
        before = set(self.documents.rglob("*.txt"))
        self.copies.take_out(self.item.id, self.item.files[0])
        self._qtbot.waitUntil(lambda: bool(self.new_files(before)), timeout=10_000)
        self._qtbot.waitUntil(lambda: bool(self.copies._copies.all()), timeout=10_000)
        return self.new_files(before).pop()

    def look(self) -> None:
        """And wait for what the drive says."""
        self.copies.look()
        self._qtbot.waitUntil(lambda: self.copies._looking is None)

    def new_files(self, before: set[Path]) -> set[Path]:
        return set(self.documents.rglob("*.txt")) - before

    def offered(self) -> bool:
        return bool(self.notices.keys)

    def press(self, words: str) -> None:
        found = [
            b for b in self.notices.findChildren(QPushButton) if b.isVisible() and b.text() == words
        ]
        found[0].click()


@pytest.fixture
def opened_urls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    urls: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", staticmethod(lambda url: not urls.append(url.toLocalFile()))
    )
    return urls


@pytest.fixture
def desk(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened_urls: list[str]
) -> Iterator[Desk]:
    monkeypatch.setattr(edited_copies, "QUIET_MS", 50)
    project = open_project(new_project(tmp_path), who=WHO)
    attach(project, tmp_path, "1.2.1", "แผน.txt", "ฉบับแรก")
    project.flush()
    made = Desk(qtbot, project, tmp_path)
    yield made
    made.copies.stop()
    wait_for_done()
    project.close()


def test_a_file_is_taken_out_into_the_persons_documents_and_opened(
    desk: Desk, opened_urls: list[str]
) -> None:
    copy = desk.take_out()

    assert copy.parent == desk.documents / FOLDER
    assert opened_urls == [str(copy)]


def test_what_was_edited_is_offered_and_kept_as_a_new_version_in_one_step(
    qtbot: QtBot, desk: Desk
) -> None:
    first = desk.item.files[0]
    copy = desk.take_out()
    copy.write_text("ฉบับที่แก้แล้ว", encoding="utf-8")
    qtbot.waitUntil(desk.offered, timeout=10_000)
    assert desk.item.files == (first,)  # nothing is taken in by itself

    desk.press("เก็บเป็นฉบับใหม่")
    qtbot.waitUntil(lambda: desk.item.earlier == (first,), timeout=10_000)

    (file,) = desk.item.files
    assert desk.project.path_of(file.sha256).read_text(encoding="utf-8") == "ฉบับที่แก้แล้ว"
    assert desk.stack.count() == 1
    # A look at the copies that was under way may have offered it once more.
    qtbot.waitUntil(lambda: not desk.offered(), timeout=10_000)


def test_a_copy_that_is_put_in_the_place_of_the_old_file_is_seen_too(
    qtbot: QtBot, desk: Desk
) -> None:
    """As word processors save."""
    copy = desk.take_out()
    part = copy.with_suffix(".tmp")
    part.write_text("บันทึกแบบแทนที่", encoding="utf-8")
    part.replace(copy)

    qtbot.waitUntil(desk.offered, timeout=10_000)


def test_what_somebody_did_not_keep_is_offered_again_only_when_it_is_edited_again(
    qtbot: QtBot, desk: Desk
) -> None:
    copy = desk.take_out()
    copy.write_text("ครั้งที่หนึ่ง", encoding="utf-8")
    qtbot.waitUntil(desk.offered, timeout=10_000)
    desk.press("ยังไม่เก็บ")
    desk.look()
    assert not desk.offered()

    copy.write_text("ครั้งที่สองยาวกว่าเดิม", encoding="utf-8")
    qtbot.waitUntil(desk.offered, timeout=10_000)


def test_an_edit_made_while_the_program_was_closed_is_offered_at_the_next_opening(
    qtbot: QtBot, desk: Desk
) -> None:
    copy = desk.take_out()
    desk.copies.stop()
    desk.copies.deleteLater()
    copy.write_text("แก้ตอนปิดโปรแกรม", encoding="utf-8")

    desk.copies = desk.start()

    qtbot.waitUntil(desk.offered, timeout=10_000)


def test_what_is_written_while_it_is_being_kept_is_offered_again(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the same length: only its time tells it from what was kept."""
    copy = desk.take_out()
    copy.write_text("ฉบับสอง", encoding="utf-8")
    qtbot.waitUntil(desk.offered, timeout=10_000)

    def keep_slowly(folder: Path, source: Path, **asked: Any) -> EvidenceFile:
        kept = keep_version(folder, source, **asked)
        before = source.stat().st_mtime_ns
        source.write_text("ฉบับสาม", encoding="utf-8")
        os.utime(source, ns=(before + 10**9, before + 10**9))
        return kept

    monkeypatch.setattr(edited_copies, "keep_version", keep_slowly)
    desk.press("เก็บเป็นฉบับใหม่")
    qtbot.waitUntil(lambda: len(desk.item.earlier) == 1, timeout=10_000)

    qtbot.waitUntil(desk.offered, timeout=10_000)


def test_what_arrives_when_the_project_was_let_go_changes_nothing_and_is_offered_next_time(
    qtbot: QtBot, desk: Desk
) -> None:
    copy = desk.take_out()
    copy.write_text("แก้แล้ว", encoding="utf-8")
    qtbot.waitUntil(desk.offered, timeout=10_000)
    file = take_in(desk.project.folder, [copy]).files[0]
    (out,) = desk.copies._copies.all()
    desk.copies.stop()

    desk.copies._kept(out, (file, 0))  # it was past its last look when it was told to stop
    desk.copies.look()

    assert desk.item.earlier == ()
    assert desk.copies._looking is None
    desk.copies = desk.start()
    qtbot.waitUntil(desk.offered, timeout=10_000)


def test_the_window_does_not_wait_for_documents_on_a_network(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.take_out()
    threads: list[bool] = []

    def seen(copies: Any) -> tuple[()]:
        threads.append(threading.current_thread() is threading.main_thread())
        return ()

    monkeypatch.setattr(edited_copies, "edited", seen)
    desk.look()

    assert threads
    assert not any(threads)


def test_a_second_edit_after_the_first_was_kept_is_one_more_version(
    qtbot: QtBot, desk: Desk
) -> None:
    copy = desk.take_out()
    for number, words in enumerate(("สอง", "สามสาม"), 1):
        copy.write_text(words, encoding="utf-8")
        qtbot.waitUntil(desk.offered, timeout=10_000)
        desk.press("เก็บเป็นฉบับใหม่")
        qtbot.waitUntil(lambda n=number: len(desk.item.earlier) == n, timeout=10_000)
        wait_for_done()

    assert len(desk.item.earlier) == 2


def test_nothing_is_offered_for_what_lies_in_the_bin(qtbot: QtBot, desk: Desk) -> None:
    copy = desk.take_out()
    desk.project.editor.apply(to_bin(desk.project.editor, [desk.item.id]))
    copy.write_text("แก้แล้ว", encoding="utf-8")

    desk.copies.look()

    assert not desk.offered()


def test_an_edit_of_a_file_that_was_replaced_meanwhile_is_not_lost_and_said(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    copy = desk.take_out()
    copy.write_text("แก้แล้ว", encoding="utf-8")
    qtbot.waitUntil(desk.offered, timeout=10_000)
    later(desk.project, tmp_path, "ฉบับของคนอื่น")

    with qtbot.waitSignal(desk.copies.refused, timeout=10_000) as refused:
        desk.press("เก็บเป็นฉบับใหม่")

    assert refused.args is not None
    assert str(copy) in str(refused.args[0])
    assert copy.read_text(encoding="utf-8") == "แก้แล้ว"
