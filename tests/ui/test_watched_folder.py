"""A real folder watched while files come slowly, are renamed, vanish; and while it is gone itself."""

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from esa_desktop.ui.watched_folder import WatchedFolder

PACE = 0.15


class Scanner:
    """A folder somebody saves into, and what is watched of it."""

    def __init__(self, qtbot: QtBot, folder: Path, remembered: Path) -> None:
        self.qtbot = qtbot
        self.folder = folder
        self.remembered = remembered
        folder.mkdir(exist_ok=True)
        self.watched = WatchedFolder(remembered, pace=PACE)

    def save(self, name: str, content: bytes = b"%PDF-1.4 %%EOF") -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path

    def start(self) -> None:
        self.watched.watch(self.folder)
        self.wait()

    def wait(self, seconds: float = 0.1) -> None:
        """Until nothing is being looked at any more, and some time."""
        self.qtbot.waitUntil(lambda: self.watched._running is None)
        self.qtbot.wait(round(seconds * 1000))

    def names(self) -> list[str]:
        return [path.name for path in self.watched.new]

    def until(self, *names: str) -> None:
        self.qtbot.waitUntil(lambda: self.names() == list(names), timeout=5000)


@pytest.fixture
def scanner(qtbot: QtBot, tmp_path: Path) -> Iterator[Scanner]:
    made = Scanner(qtbot, tmp_path / "สแกน", tmp_path / "scans.json")
    yield made
    made.watched.stop()
    qtbot.waitUntil(lambda: made.watched._running is None)


def test_five_hundred_old_files_are_not_offered_and_a_new_one_is(scanner: Scanner) -> None:
    for number in range(500):
        scanner.save(f"scan{number:04}.pdf")
    scanner.start()
    quiet = scanner.names()

    scanner.save("scan0500.pdf")

    scanner.until("scan0500.pdf")
    assert quiet == []
    assert len(scanner.watched.files) == 501
    assert scanner.watched.files[0].name == "scan0500.pdf"


def test_a_file_that_is_written_slowly_is_offered_when_it_is_whole(scanner: Scanner) -> None:
    scanner.start()
    sizes: list[int] = []
    scanner.watched.changed.connect(
        lambda: sizes.extend(path.stat().st_size for path in scanner.watched.new)
    )

    with (scanner.folder / "ช้า.pdf").open("wb") as file:
        for _ in range(12):
            file.write(b"x" * 1000)
            file.flush()
            scanner.qtbot.wait(50)

    scanner.until("ช้า.pdf")
    assert set(sizes) == {12_000}


def test_a_scan_that_rests_between_two_pages_is_offered_when_it_has_its_end(
    scanner: Scanner,
) -> None:
    scanner.start()
    path = scanner.save("หลายหน้า.pdf", b"%PDF-1.4 page one")
    scanner.wait(1.0)  # ten times as long as a whole file is waited for
    before = scanner.names()

    with path.open("ab") as file:
        file.write(b" page two %%EOF\n")

    scanner.until("หลายหน้า.pdf")
    assert before == []


def test_the_window_does_not_wait_for_a_folder_on_a_network_that_is_away(
    scanner: Scanner, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[bool] = []

    def resolve(path: object) -> str:
        threads.append(threading.current_thread() is threading.main_thread())
        return str(path)

    monkeypatch.setattr(os.path, "realpath", resolve)
    scanner.start()
    scanner.save("a.pdf")
    scanner.until("a.pdf")
    scanner.watched.offered(scanner.watched.new)

    assert threads
    assert not any(threads)


def test_a_download_is_offered_when_it_has_its_name(scanner: Scanner) -> None:
    scanner.start()
    part = scanner.save("ใบเสร็จ.pdf.crdownload")
    scanner.wait(0.5)
    before = scanner.names()

    part.rename(scanner.folder / "ใบเสร็จ.pdf")

    scanner.until("ใบเสร็จ.pdf")
    assert before == []


def test_a_file_that_vanishes_is_taken_from_the_offer(scanner: Scanner) -> None:
    scanner.start()
    path = scanner.save("a.pdf")
    scanner.until("a.pdf")

    path.unlink()

    scanner.until()


def test_what_was_offered_is_not_offered_again_not_even_at_the_next_start(
    scanner: Scanner, qtbot: QtBot
) -> None:
    scanner.start()
    scanner.save("a.pdf")
    scanner.until("a.pdf")
    scanner.watched.offered(scanner.watched.new)
    scanner.watched.stop()
    scanner.save("ระหว่างปิด.pdf")

    again = Scanner(qtbot, scanner.folder, scanner.remembered)
    again.start()
    again.until("ระหว่างปิด.pdf")

    again.watched.stop()
    qtbot.waitUntil(lambda: again.watched._running is None)


def test_a_list_of_what_was_offered_that_is_damaged_offers_nothing_old(
    scanner: Scanner,
) -> None:
    scanner.remembered.write_text("{damaged", encoding="utf-8")
    scanner.save("a.pdf")

    scanner.start()
    scanner.wait(0.5)

    assert scanner.names() == []


def test_a_folder_that_goes_is_told_and_watched_again_when_it_is_back(scanner: Scanner) -> None:
    told: list[str] = []
    scanner.watched.troubled.connect(told.append)
    scanner.save("old.pdf")
    scanner.start()
    away = scanner.folder.with_name("ถอดไดรฟ์แล้ว")

    scanner.folder.rename(away)
    scanner.qtbot.waitUntil(lambda: bool(scanner.watched.trouble), timeout=5000)
    away.rename(scanner.folder)
    scanner.qtbot.waitUntil(lambda: not scanner.watched.trouble, timeout=5000)
    scanner.save("new.pdf")

    scanner.until("new.pdf")
    assert "ไม่พบโฟลเดอร์" in told[0]
    assert told[-1] == ""


def test_a_folder_that_was_never_there_is_told_and_nothing_is_remembered(
    scanner: Scanner, tmp_path: Path
) -> None:
    scanner.watched.watch(tmp_path / "ไม่มี")
    scanner.qtbot.waitUntil(lambda: bool(scanner.watched.trouble))

    assert not scanner.remembered.exists()
    assert scanner.watched.files == ()


def test_another_folder_forgets_the_files_of_the_first(scanner: Scanner, tmp_path: Path) -> None:
    scanner.start()
    scanner.save("a.pdf")
    scanner.until("a.pdf")
    other = tmp_path / "อื่น"
    other.mkdir()
    (other / "b.pdf").write_bytes(b"x")

    scanner.watched.watch(other)
    scanner.wait(0.5)

    assert scanner.names() == []
    assert [path.name for path in scanner.watched.files] == ["b.pdf"]


def test_without_the_systems_word_the_folder_is_still_looked_at(scanner: Scanner) -> None:
    """A network drive tells nobody that something came."""
    scanner.start()
    scanner.watched._watcher.removePaths(scanner.watched._watcher.directories())
    scanner.watched._watcher.blockSignals(True)
    begun = time.monotonic()

    scanner.save("a.pdf")

    scanner.until("a.pdf")
    assert time.monotonic() - begun < 4


def test_stopping_while_it_looks_is_safe(scanner: Scanner) -> None:
    scanner.watched.watch(scanner.folder)
    scanner.watched.stop()
    scanner.wait()

    assert scanner.names() == []
