import shutil
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from esa_desktop.services.last_edit import LastEdit
from esa_desktop.services.projects import Project, open_project
from esa_desktop.ui import notice_words as words
from esa_desktop.ui.notices import ONLY_READ, Notices
from esa_desktop.ui.project_notices import ProjectNotices
from tests.projects import OTHER, WHO, new_project, opened
from tests.services.test_known_copies import work, write


class Sitting:
    """A project that is open, and what its notices say and ask for."""

    def __init__(self, qtbot: QtBot, place: Path, user: Path, *, read_only: bool = False) -> None:
        self.qtbot = qtbot
        self.project: Project = open_project(place, who=WHO, read_only=read_only)
        self.notices = Notices()
        qtbot.addWidget(self.notices)
        self.notices.show()
        self.asked: list[Any] = []
        self.last: list[LastEdit] = []
        self.watch = ProjectNotices(self.project, user, self.notices)
        self.watch.copy_wanted.connect(lambda: self.asked.append("copy"))
        self.watch.backups_wanted.connect(lambda: self.asked.append("backups"))
        self.watch.open_wanted.connect(self.asked.append)
        self.watch.last_edit_found.connect(self.last.append)

    @property
    def told(self) -> list[str]:
        return list(self.notices.keys)

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: bool(self.last), timeout=5000)

    def press(self, text: str) -> None:
        found = [b for b in self.notices.findChildren(QPushButton) if b.text() == text]
        found[-1].click()

    def end(self) -> None:
        self.watch.stop()
        self.project.close()
        self.notices.close()
        self.watch.deleteLater()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return new_project(tmp_path)


@pytest.fixture
def user(tmp_path: Path) -> Path:
    return tmp_path / "ผู้ใช้"


@pytest.fixture
def sittings(qtbot: QtBot, user: Path) -> Iterator[list[Sitting]]:
    made: list[Sitting] = []
    yield made
    for sitting in made:
        sitting.end()


def test_a_project_that_is_where_it_should_be_needs_no_word(
    qtbot: QtBot, place: Path, user: Path, sittings: list[Sitting]
) -> None:
    sittings.append(Sitting(qtbot, place, user))
    sittings[0].settle()

    assert sittings[0].told == []


def test_who_edited_last_is_found_without_waiting_for_it(
    qtbot: QtBot, place: Path, user: Path, sittings: list[Sitting]
) -> None:
    with opened(place, who=OTHER) as project:
        write(project, "ก")
    sittings.append(Sitting(qtbot, place, user))
    assert sittings[0].last == []

    sittings[0].settle()

    assert (sittings[0].last[0].author, sittings[0].last[0].computer) == (
        OTHER.author,
        OTHER.computer,
    )


def test_a_project_that_is_only_read_says_so_and_offers_to_copy(
    qtbot: QtBot, place: Path, user: Path, sittings: list[Sitting]
) -> None:
    sittings.append(Sitting(qtbot, place, user, read_only=True))
    assert sittings[0].told == [ONLY_READ]
    sittings[0].settle()

    sittings[0].press("คัดลอกมาไว้ในเครื่องนี้")

    assert sittings[0].asked == ["copy"]


def test_while_somebody_else_writes_in_it_nobody_is_led_to_a_copy_first(
    qtbot: QtBot, place: Path, user: Path, sittings: list[Sitting]
) -> None:
    (place / "lock.json").write_text(
        '{"person": "นายธีระ", "computer": "PC-2", "since": "", "device": "d"}', encoding="utf-8"
    )
    sittings.append(Sitting(qtbot, place, user, read_only=True))
    sittings[0].settle()
    said = " ".join(label.text() for label in sittings[0].notices.findChildren(QLabel))
    assert "PC-2 โดย นายธีระ" in said

    sittings[0].press("เปิดใหม่อีกครั้ง")

    assert sittings[0].asked == [place]


def test_a_risky_place_is_named(
    qtbot: QtBot,
    tmp_path: Path,
    user: Path,
    sittings: list[Sitting],
) -> None:
    (tmp_path / "OneDrive").mkdir()
    place = new_project(tmp_path / "OneDrive")
    sittings.append(Sitting(qtbot, place, user))

    assert sittings[0].told == [words.PLACE]
    sittings[0].settle()


def test_who_works_in_a_risky_place_all_the_same_is_asked_once(
    qtbot: QtBot, tmp_path: Path, user: Path, sittings: list[Sitting]
) -> None:
    (tmp_path / "OneDrive").mkdir()
    place = new_project(tmp_path / "OneDrive")
    told = []
    for answer in ("", "ทำงานที่นี่ต่อ", ""):  # left unanswered it comes again
        sittings.append(Sitting(qtbot, place, user))
        sittings[0].settle()
        told.append(sittings[0].told)
        if answer:
            sittings[0].press(answer)
        sittings.pop().end()

    assert told == [[words.PLACE], [words.PLACE], []]


def test_an_older_copy_offers_the_newer_one(
    qtbot: QtBot, place: Path, user: Path, sittings: list[Sitting]
) -> None:
    work(user, place, "ก")
    stick = place.with_name("stick.esaproj")
    shutil.copytree(place, stick)
    work(user, place, "ข")
    sittings.append(Sitting(qtbot, stick, user))
    sittings[0].settle()
    assert sittings[0].told == [words.COPIES]

    sittings[0].press("เปิดฉบับที่ใหม่กว่า")
    assert sittings[0].asked == [place]

    sittings[0].press("ทำงานในฉบับนี้ต่อ")
    assert sittings[0].told == []
    sittings.pop().end()
    assert work(user, stick) is None  # it was told, and is not told again


def test_what_was_written_in_this_sitting_is_known_when_it_ends(
    qtbot: QtBot, place: Path, user: Path, sittings: list[Sitting]
) -> None:
    work(user, place, "ก")
    stick = place.with_name("stick.esaproj")
    shutil.copytree(place, stick)
    sitting = Sitting(qtbot, place, user)
    sitting.settle()
    write(sitting.project, "ข")
    sitting.end()

    told = work(user, stick)

    assert told is not None
    assert told.goes_on


def test_a_project_that_is_let_go_at_once_is_no_accident(
    qtbot: QtBot, place: Path, user: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What looks after the copies may meet a writer that is closed by then."""
    faults: list[object] = []
    monkeypatch.setattr("sys.excepthook", lambda *fault: faults.append(fault))
    for _ in range(8):
        Sitting(qtbot, place, user).end()

    qtbot.wait(100)

    assert faults == []


def test_a_disk_that_does_not_answer_does_not_keep_the_window_open(
    qtbot: QtBot, place: Path, user: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = Sitting(qtbot, place, user)
    sitting.settle()
    with monkeypatch.context() as patch:
        patch.setattr("esa_desktop.ui.project_notices.PATIENCE", 0.05)
        patch.setattr(sitting.project, "ask", lambda _: Future())
        sitting.watch.stop()
    sitting.end()
