"""Words of files read beside the window: in time, too late, by a reader that breaks."""

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from esa_desktop.domain.errors import Cancelled
from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.services.title_proposal import Proposal
from esa_desktop.ui.document_words import DocumentWords


@dataclass(frozen=True)
class Look:
    words: str


class Reader:
    """Says of each file that it is a plan of that name; one that is ``slow`` waits for its gate."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.gate = threading.Event()
        self.slow = ""

    def look(self, path: Path, name: str, *, cancelled: Callable[[], bool]) -> Look:
        self.asked.append(path.name)
        if self.slow and name.startswith(self.slow):
            while not self.gate.wait(0.01):
                if cancelled():
                    raise Cancelled("พอ")
        return Look(f"แผนงานชื่อ{name[:-4]}")


def file(name: str) -> EvidenceFile:
    return EvidenceFile(name.encode().hex().ljust(64, "0"), name, 10)


@pytest.fixture
def reader() -> Iterator[Reader]:
    made = Reader()
    yield made
    made.gate.set()


@pytest.fixture
def words(reader: Reader, qtbot: QtBot) -> Iterator[DocumentWords]:
    made = DocumentWords(reader, lambda kept: Path(kept.name), in_time_ms=200)
    yield made
    made.close()


def answers(words: DocumentWords, *names: str) -> list[dict[str, str]]:
    """What comes, by the beginning of the name."""
    given: list[dict[str, str]] = []
    by_hash = {file(name).sha256: name for name in names}

    def take(said: Mapping[str, Proposal]) -> None:
        given.append({by_hash[sha256]: one.title for sha256, one in said.items()})

    words.in_time([file(name) for name in names], take)
    return given


def test_words_that_come_in_time_are_told_once(words: DocumentWords, qtbot: QtBot) -> None:
    given = answers(words, "หนึ่ง.pdf", "ภาพ.jpg", "สอง.txt")

    qtbot.waitUntil(lambda: bool(given))
    qtbot.wait(300)
    assert given == [{"หนึ่ง.pdf": "แผนงานชื่อหนึ่ง", "สอง.txt": "แผนงานชื่อสอง"}]


def test_pictures_are_not_read_and_cost_no_time(words: DocumentWords, reader: Reader) -> None:
    assert answers(words, "ภาพ.jpg", "ตาราง.xlsx") == [{}]
    assert reader.asked == []


def test_a_slow_file_holds_nobody_up_for_long_and_the_reader_is_told_to_stop(
    words: DocumentWords, reader: Reader, qtbot: QtBot
) -> None:
    reader.slow = "ช้า"
    given = answers(words, "เร็ว.pdf", "ช้า.pdf", "หลัง.pdf")

    qtbot.waitUntil(lambda: bool(given), timeout=2000)

    assert given == [{"เร็ว.pdf": "แผนงานชื่อเร็ว"}]
    qtbot.waitUntil(lambda: not words._running)
    assert reader.asked == ["เร็ว.pdf", "ช้า.pdf"]


def test_what_was_read_once_is_known(words: DocumentWords, reader: Reader, qtbot: QtBot) -> None:
    first = answers(words, "หนึ่ง.pdf")
    qtbot.waitUntil(lambda: bool(first))

    again: list[Proposal] = []
    words.ask(file("หนึ่ง.pdf"), again.append)

    assert [said.title for said in again] == ["แผนงานชื่อหนึ่ง"]
    assert answers(words, "หนึ่ง.pdf") == first
    assert reader.asked == ["หนึ่ง.pdf"]


def test_a_dialog_is_told_later_and_never_of_nothing(
    words: DocumentWords, reader: Reader, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Proposal] = []
    words.ask(file("หนึ่ง.pdf"), told.append)
    assert told == []
    qtbot.waitUntil(lambda: bool(told))

    monkeypatch.setattr(reader, "look", lambda *_, **__: Look(""))
    words.ask(file("ว่าง.pdf"), told.append)
    qtbot.waitUntil(lambda: not words._running)
    assert len(told) == 1


def test_a_reader_that_breaks_is_reported_and_the_files_come_under_their_names(
    words: DocumentWords, reader: Reader, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> Look:
        raise RuntimeError("bug")

    monkeypatch.setattr(reader, "look", broken)
    with qtbot.capture_exceptions() as raised:
        given = answers(words, "หนึ่ง.pdf")
        qtbot.waitUntil(lambda: bool(given))

    assert given == [{}]
    assert len(raised) == 1


def test_after_closing_nobody_is_told(words: DocumentWords, reader: Reader, qtbot: QtBot) -> None:
    reader.slow = "ช้า"
    told: list[Proposal] = []
    words.ask(file("ช้า.pdf"), told.append)
    given = answers(words, "ช้า.pdf")

    words.close()
    reader.gate.set()
    qtbot.wait(300)

    assert told == []
    assert given in ([], [{}])
