"""The program itself started twice: one window, and the second start's project in it."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT
from tests.projects import new_project

PATIENCE = 40.0
Started = subprocess.Popen[bytes]


@pytest.fixture
def started() -> Iterator[list[Started]]:
    made: list[Started] = []
    yield made
    for process in made:
        process.kill()
        process.communicate()


def start(*arguments: object, cwd: Path = CHECKOUT) -> Started:
    # With its own errors, so that a start that fails says why.
    return subprocess.Popen(
        [sys.executable, "-m", "esa_desktop", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT)},
    )


def wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.05)


def is_open(place: Path) -> bool:
    return (place / "lock.json").exists()


def test_two_starts_at_once_make_one_window(tmp_path: Path, started: list[Started]) -> None:
    place = new_project(tmp_path)
    started += [start(place), start(place)]

    wait_until(lambda: any(process.poll() is not None for process in started))
    wait_until(lambda: is_open(place))

    assert sorted(str(process.poll()) for process in started) == ["0", "None"]


def test_the_project_of_the_second_start_takes_the_place_of_the_first(
    tmp_path: Path, started: list[Started]
) -> None:
    """Named as in a folder of one's own: the window has another."""
    first = new_project(tmp_path)
    (tmp_path / "โฟลเดอร์ ที่สอง").mkdir()
    second = new_project(tmp_path / "โฟลเดอร์ ที่สอง")
    started.append(start(first))
    wait_until(lambda: is_open(first))

    started.append(start(second.name, cwd=second.parent))

    assert started[1].wait(PATIENCE) == 0
    wait_until(lambda: is_open(second) and not is_open(first))
    assert started[0].poll() is None


def test_after_a_crash_the_window_opens_again(tmp_path: Path, started: list[Started]) -> None:
    place = new_project(tmp_path)
    started.append(start(place))
    wait_until(lambda: is_open(place))
    started[0].kill()
    started[0].wait()
    before = (place / "lock.json").read_bytes()

    started.append(start(place))

    wait_until(lambda: is_open(place) and (place / "lock.json").read_bytes() != before)
    assert started[1].poll() is None
