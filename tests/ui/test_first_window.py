import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue

import pytest
from PySide6.QtCore import Qt
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from esa_desktop.ui.first_window import LOCK, FirstWindow, bring_forward
from tests.conftest import CHECKOUT

ANSWER = 0.7
"""Seconds a window that is up has to answer in these tests; people wait longer."""


class Starter:
    """A process that starts the program over and over, as far as its first window is concerned."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.ui.start_race", str(ANSWER)],
            cwd=CHECKOUT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONUTF8": "1"},
        )
        self.said: Queue[str] = Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        assert self.hear() == "ready"

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.said.put(line.rstrip("\n"))

    def start(self, folder: Path, project: object = "", *, others: int = 0) -> None:
        """``others``: how many later starts it is to hear of, should it be the first."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{folder}|{project}|{others}\n")
        self._process.stdin.flush()

    def hear(self, timeout: float = 30) -> str:
        return self.said.get(timeout=timeout)

    def kill(self) -> None:
        self._process.kill()
        self._process.communicate()
        self._reader.join()


@pytest.fixture
def starters() -> Iterator[list[Starter]]:
    made: list[Starter] = []
    yield made
    for starter in made:
        starter.kill()


def first(folder: Path, *, starting: float = 15) -> FirstWindow:
    return FirstWindow(folder, starting=starting, answer=ANSWER)


def is_up(folder: Path) -> bool:
    """Whether a window listens for later starts."""
    socket = QLocalSocket()
    socket.connectToServer(FirstWindow(folder)._name)
    connected = socket.waitForConnected(200)
    socket.abort()
    return connected


def test_the_second_start_hands_its_project_to_the_first(
    qtbot: QtBot, tmp_path: Path, starters: list[Starter]
) -> None:
    window = first(tmp_path)
    asked: list[Path] = []
    window.asked.connect(asked.append)
    assert window.claim(None)
    window.listen()
    starters.append(Starter())
    project = tmp_path / "งาน ปี ๒๕๕๗.esaproj"

    starters[0].start(tmp_path, project)

    qtbot.waitUntil(lambda: bool(asked), timeout=10_000)
    assert asked == [project]
    assert starters[0].hear() == "handed"
    window.release()


def test_a_start_without_a_project_only_shows_the_window(
    qtbot: QtBot, tmp_path: Path, starters: list[Starter]
) -> None:
    window = first(tmp_path)
    asked: list[Path | None] = []
    window.asked.connect(asked.append)
    assert window.claim(None)
    window.listen()
    starters.append(Starter())

    starters[0].start(tmp_path)

    qtbot.waitUntil(lambda: bool(asked), timeout=10_000)
    assert asked == [None]
    window.release()


def test_a_relative_path_is_told_as_what_it_means_where_it_was_typed(
    qtbot: QtBot, tmp_path: Path, starters: list[Starter]
) -> None:
    window = first(tmp_path)
    asked: list[Path] = []
    window.asked.connect(asked.append)
    assert window.claim(None)
    window.listen()
    starters.append(Starter())

    starters[0].start(tmp_path, "งาน เล็ก.esaproj")

    qtbot.waitUntil(lambda: bool(asked), timeout=10_000)
    assert asked == [CHECKOUT / "งาน เล็ก.esaproj"]
    window.release()


def test_another_person_on_this_computer_has_a_first_window_too(
    qapp: object, tmp_path: Path
) -> None:
    mine, theirs = first(tmp_path / "พิมพ์ใจ"), first(tmp_path / "ธีระ")

    assert mine.claim(None)
    assert theirs.claim(None)
    mine.listen()
    theirs.listen()

    for window in (mine, theirs):
        socket = QLocalSocket()
        socket.connectToServer(window._name)
        assert socket.waitForConnected(1000)
        socket.abort()
        window.release()


def test_after_a_crash_the_next_start_is_the_first_at_once(
    qtbot: QtBot, tmp_path: Path, starters: list[Starter]
) -> None:
    """Lock file and socket are still there then, and belong to nobody."""
    starters += [Starter(), Starter()]
    starters[0].start(tmp_path, others=1)
    assert starters[0].hear() == "first"
    qtbot.waitUntil(lambda: is_up(tmp_path), timeout=5000)
    starters[0].kill()
    assert (tmp_path / LOCK).exists()

    starters[1].start(tmp_path, others=1)

    assert starters[1].hear(timeout=5) == "first"
    qtbot.waitUntil(lambda: is_up(tmp_path), timeout=5000)
    starters[0] = Starter()
    starters[0].start(tmp_path)
    assert starters[0].hear(timeout=5) == "handed"


def test_a_window_that_hangs_does_not_keep_anybody_from_working(
    qapp: object, tmp_path: Path, starters: list[Starter]
) -> None:
    hanging = first(tmp_path)
    asked: list[object] = []
    hanging.asked.connect(asked.append)
    assert hanging.claim(None)
    hanging.listen()
    starters.append(Starter())

    starters[0].start(tmp_path, "งาน.esaproj")

    assert starters[0].hear(timeout=5) == "first"  # nothing was answered meanwhile
    hanging.release()


def test_a_window_that_wakes_up_late_does_not_open_what_the_second_one_has_open(
    qtbot: QtBot, tmp_path: Path, starters: list[Starter]
) -> None:
    hanging = first(tmp_path)
    asked: list[object] = []
    hanging.asked.connect(asked.append)
    assert hanging.claim(None)
    hanging.listen()
    starters.append(Starter())
    starters[0].start(tmp_path, "งาน.esaproj")
    assert starters[0].hear(timeout=5) == "first"

    qtbot.wait(200)

    assert asked == []
    hanging.release()


def test_a_window_that_is_still_coming_up_is_waited_for(
    qtbot: QtBot, tmp_path: Path, starters: list[Starter]
) -> None:
    window = first(tmp_path)
    asked: list[object] = []
    window.asked.connect(asked.append)
    assert window.claim(None)
    starters.append(Starter())
    starters[0].start(tmp_path, "งาน.esaproj")

    with pytest.raises(Empty):
        starters[0].hear(timeout=ANSWER + 0.5)
    window.listen()

    qtbot.waitUntil(lambda: len(asked) == 1, timeout=5000)
    assert starters[0].hear() == "handed"
    window.release()


def test_a_start_that_never_comes_up_is_given_up(qapp: object, tmp_path: Path) -> None:
    silent, second = first(tmp_path), first(tmp_path, starting=0.3)
    assert silent.claim(None)

    assert second.claim(None)

    silent.release()
    second.release()


def test_a_window_that_closes_makes_room(qapp: object, tmp_path: Path) -> None:
    closing, second = first(tmp_path), first(tmp_path)
    assert closing.claim(None)
    closing.listen()
    closing.release()

    assert second.claim(None)
    assert second._held is not None
    second.release()


def test_a_folder_that_cannot_be_written_keeps_nobody_from_working(
    qapp: object, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("a file where the folder should be")
    window = first(tmp_path / "file")

    assert window.claim(None)

    window.listen()
    assert window._server is None
    window.release()


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"{}\ngo\n",
        b'{"project": 7}\ngo\n',
        b"[" * 9000 + b"\ngo\n",
        b"\xff\xfe\ngo\n",
        b"x" * 100_000,
        b'{"project": "/somewhere"}\n',
        b'{"project": "/somewhere"}\nstay\n',
    ],
)
def test_what_makes_no_sense_is_not_obeyed_and_does_no_harm(
    qtbot: QtBot, tmp_path: Path, message: bytes
) -> None:
    window = first(tmp_path)
    asked: list[object] = []
    window.asked.connect(asked.append)
    assert window.claim(None)
    window.listen()
    socket = QLocalSocket()
    socket.connectToServer(window._name)
    assert socket.waitForConnected(1000)

    socket.write(message)
    socket.flush()
    qtbot.wait(50)
    socket.abort()
    qtbot.wait(20)

    assert asked == []
    assert window._server is not None
    assert window._server.isListening()
    window.release()


def test_a_server_of_somebody_else_under_our_name_is_not_trusted_with_the_lock(
    qapp: object, tmp_path: Path
) -> None:
    """The lock decides who is first; a name that is taken costs us hearing of later starts."""
    window = first(tmp_path)
    squatter = QLocalServer()
    assert squatter.listen(window._name)

    assert window.claim(None)

    window.release()
    squatter.close()


def test_a_small_window_comes_back_as_it_was(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.showMinimized()

    bring_forward(window)

    assert not window.windowState() & Qt.WindowState.WindowMinimized
    assert window.isVisible()
    window.close()


def race(starters: list[Starter], folder: Path) -> None:
    """All start at once: one is the first, and it hears of each of the others."""
    folder.mkdir()
    projects = [folder / f"งาน ที่ {n}.esaproj" for n in range(len(starters))]
    for starter, project in zip(starters, projects, strict=True):
        starter.start(folder, project, others=len(starters) - 1)
    said = [starter.hear() for starter in starters]
    winner = said.index("first")
    assert sorted(said) == ["first", *["handed"] * (len(starters) - 1)], said
    heard = [starters[winner].hear() for _ in starters]
    others = {f"asked {p}" for n, p in enumerate(projects) if n != winner}
    assert set(heard) == {*others, "ended"}


def test_of_starts_at_once_there_is_always_one_that_stays(
    tmp_path: Path, starters: list[Starter]
) -> None:
    starters += [Starter() for _ in range(3)]
    for n in range(20):
        race(starters, tmp_path / f"ผู้ใช้ {n}")


@pytest.mark.torture
def test_two_hundred_races(tmp_path: Path, starters: list[Starter]) -> None:
    starters += [Starter() for _ in range(5)]
    for n in range(200):
        race(starters, tmp_path / f"ผู้ใช้ {n}")
