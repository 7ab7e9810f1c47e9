"""The real window killed from outside at random times while somebody types, and what that costs.

``python -m tests.torture.typing_kills KILLS GROUND [--jobs N] [--control]`` prints one JSON object.
With ``--control`` no drafts are written, and more than the promised time must be lost.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from esa_desktop.domain.thai import clean_text
from esa_desktop.services.identity import who_am_i
from tests.e2e.typist import LETTERS
from tests.projects import new_project, opened
from tests.torture.scene import PROJECT, at_home

PROMISE = 1.5
"""Seconds of typing that may be gone; the promise of the program."""
SHORTEST, LONGEST = 0.3, 4.0
"""Seconds that are typed."""


@dataclass(frozen=True)
class Kill:
    folder: Path
    typed: list[tuple[float, int]]
    """(moment, letters so far)"""
    death: float


def killed(folder: Path, seconds: float, *, drafts: bool) -> Kill:
    """Let the typist type for some seconds in a new project and kill it."""
    program = [sys.executable, "-m", "tests.e2e.typist", str(folder / PROJECT)]
    home = str(folder / "home")
    typist = subprocess.Popen(
        program if drafts else [*program, "--no-drafts"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "ESA_HOME": home, "HOME": home},
    )
    with typist:
        assert typist.stdout is not None
        assert typist.stderr is not None
        first = typist.stdout.readline()
        time.sleep(seconds)
        death = time.monotonic()
        typist.kill()
        lines = [line.split() for line in (first + typist.stdout.read()).splitlines()]
        if not first:
            raise RuntimeError(typist.stderr.read())
    return Kill(folder, [(float(m), int(n)) for m, n in (x for x in lines if len(x) == 2)], death)


def seconds_lost(kill: Kill) -> float | None:
    """How old the oldest letter was that is gone; ``None`` where what is kept is not what was typed."""
    who = who_am_i(kill.folder / "home")  # the same person comes back
    with at_home(kill.folder), opened(kill.folder / PROJECT, who=who) as project:
        issue = project.editor.round.framework.issue("1.1.1").id
        kept = project.editor.round.issue(issue).method.plain
    most = kill.typed[-1][1] + 1  # one more may have been typed and not yet told
    if not clean_text(expected(most)).startswith(kept):
        return None
    missing = [moment for moment, letters in kill.typed if len(expected(letters)) > len(kept)]
    return kill.death - missing[0] if missing else 0.0


def expected(letters: int) -> str:
    whole = LETTERS * (letters // len(LETTERS) + 1)
    return whole[:letters]


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kills", type=int)
    parser.add_argument("ground", type=Path)
    parser.add_argument("--jobs", type=int, default=3)
    parser.add_argument("--control", action="store_true")
    parser.add_argument("--seed", type=int, default=2557)
    given = parser.parse_args(arguments)
    start = time.monotonic()
    shutil.rmtree(given.ground, ignore_errors=True)
    dice = random.Random(given.seed)
    lost: list[float | None] = []
    with ThreadPoolExecutor(given.jobs) as at_once:
        waiting = []
        for number in range(given.kills):
            folder = given.ground / str(number)
            for inside in ("home", "tmp"):
                (folder / inside).mkdir(parents=True)
            new_project(folder)
            seconds = PROMISE + 1 if given.control else dice.uniform(SHORTEST, LONGEST)
            kill = partial(killed, folder, seconds, drafts=not given.control)
            waiting.append(at_once.submit(kill))
        lost = [seconds_lost(kill.result()) for kill in waiting]
    shutil.rmtree(given.ground)
    whole = [seconds for seconds in lost if seconds is not None]
    said = {
        "tried": len(lost),
        "broken": sum(seconds is None or seconds > PROMISE for seconds in lost),
        "not what was typed": len(lost) - len(whole),
        "worst": round(max(whole, default=0.0), 2),
        "seconds": round(time.monotonic() - start, 1),
    }
    print(json.dumps(said))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
