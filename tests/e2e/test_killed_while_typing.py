import os
import random
import subprocess
import sys
import time
from pathlib import Path

from esa_desktop.domain.thai import clean_text
from tests.e2e.typist import LETTERS
from tests.projects import new_project, opened

KILLS = 20
MOST_LOST = 1.5
"""Seconds of typing that may be gone; the promise of the program."""


def typed_until_killed(place: Path, seconds: float) -> tuple[list[tuple[float, int]], float]:
    """Let the typist type for some seconds and kill it: ``(time, letters)`` lines, time of death."""
    typist = subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.typist", str(place)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert typist.stdout is not None
    assert typist.stderr is not None
    first = typist.stdout.readline()
    assert first, typist.stderr.read()
    time.sleep(seconds)
    death = time.monotonic()
    typist.kill()
    rest = typist.stdout.read()
    typist.wait()
    typist.stdout.close()
    typist.stderr.close()
    lines = [line.split() for line in (first + rest).splitlines()]
    return [(float(line[0]), int(line[1])) for line in lines if len(line) == 2], death


def expected(letters: int) -> str:
    whole = LETTERS * (letters // len(LETTERS) + 1)
    return whole[:letters]


def test_a_kill_while_typing_costs_at_most_a_second_and_a_half(tmp_path: Path) -> None:
    dice = random.Random(2557)
    worst = 0.0
    for kill in range(KILLS):
        folder = tmp_path / str(kill)
        folder.mkdir()
        place = new_project(folder)
        with opened(place) as project:
            issue = project.editor.round.framework.issue("1.1.1").id

        typed, death = typed_until_killed(place, dice.uniform(0.3, 2.8))

        with opened(place) as project:
            kept = project.editor.round.issue(issue).method.plain
        most = typed[-1][1] + 1  # one more may have been typed and not yet told
        assert clean_text(expected(most)).startswith(kept)
        missing = [moment for moment, letters in typed if len(expected(letters)) > len(kept)]
        worst = max(worst, death - missing[0] if missing else 0.0)
        assert worst <= MOST_LOST, f"{worst:.2f} s of typing were lost at kill {kill}"
