"""Several starts of the program open one project at the same instant: one wins or nobody, never two.

``python -m tests.torture.start_races RACES GROUND [--jobs N] [--control]`` prints one JSON object.
With ``--control`` the database is opened without its lock, and two must win.
"""

import argparse
import json
import os
import random
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Sequence
from multiprocessing import get_context
from pathlib import Path

from esa_desktop.domain.errors import EsaError, ProjectLocked
from esa_desktop.domain.fields import Kind
from esa_desktop.services.projects import open_project
from esa_desktop.storage import database
from tests.projects import WHO, new_project
from tests.torture import disk_edge
from tests.torture.scene import PROJECT, at_home, says_what_to_do
from tests.torture.scenes_of_work import field_of, opens, text

RACERS = 3
IN, OUT, WRONG = b"in  ", b"out ", b"bad "


def race(ground: Path, number: int, *, control: bool) -> str:
    """How many won, or what was wrong afterwards."""
    folder = ground / PROJECT
    if number % 2:  # every other race begins with what a killed program left
        _leave_in_the_middle(ground, number)
    start, go = os.pipe()
    told, tell = os.pipe()
    stay, leave = os.pipe()
    racers = []
    for _ in range(RACERS):
        pid = os.fork()
        if pid == 0:
            for end in (go, told, leave):
                os.close(end)
            _run(ground, start, tell, stay, control=control)
        racers.append(pid)
    for end in (start, tell, stay):
        os.close(end)
    os.close(go)  # all of them wake at once
    said = Counter(_read(told, 4) for _ in range(RACERS))
    os.close(leave)  # whoever is in may go now
    for pid in racers:
        os.waitpid(pid, 0)
    os.close(told)
    if said[WRONG] or sum(said.values()) != RACERS or set(said) - {IN, OUT, WRONG}:
        return "crashed"
    if opens(folder):
        return "does not open afterwards"
    return f"{said[IN]} won"


def _read(pipe: int, size: int) -> bytes:
    taken = b""
    while len(taken) < size and (piece := os.read(pipe, size - len(taken))):
        taken += piece
    return taken


def _run(ground: Path, start: int, tell: int, stay: int, *, control: bool) -> None:
    said = WRONG
    try:
        if control:
            database.PRAGMAS["locking_mode"] = "normal"
        os.read(start, 1)
        with at_home(ground):
            try:
                project = open_project(ground / PROJECT, who=WHO)
            except ProjectLocked as error:
                said = OUT if says_what_to_do(str(error)) else WRONG
                os.write(tell, said)
                return
            os.write(tell, IN)
            said = IN
            os.read(stay, 1)
            project.close()
    except EsaError:
        pass
    finally:
        if said == WRONG:
            os.write(tell, WRONG)
        os._exit(0)


def _leave_in_the_middle(ground: Path, number: int) -> None:
    """A program that was killed while it wrote: its lock.json and a journal to be played back."""
    pid = os.fork()
    if pid == 0:
        try:
            if disk_edge.available():
                place = random.Random(number).randint(20, 60)
                disk_edge.watch(disk_edge.Nth(place), ground / PROJECT)
            with at_home(ground):
                project = open_project(ground / PROJECT, who=WHO)
                editor = project.editor
                method = field_of(project, "1.1.1", Kind.METHOD)
                for times in range(20):
                    editor.apply(editor.change(method, text(f"ก่อนตาย {number} {times}")))
                    project.flush()
        finally:
            os._exit(0)
    os.waitpid(pid, 0)


def races(share: tuple[Path, int, bool]) -> Counter[str]:
    """Some races one after another on a project of their own; how they ended."""
    ground, count, control = share
    ended: Counter[str] = Counter()
    for folder in ("home", "tmp"):
        (ground / folder).mkdir(parents=True)
    new_project(ground)
    for number in range(count):
        ended[race(ground, number, control=control)] += 1
    return ended


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("races", type=int)
    parser.add_argument("ground", type=Path)
    parser.add_argument("--jobs", type=int, default=6)
    parser.add_argument("--control", action="store_true")
    given = parser.parse_args(arguments)
    start = time.monotonic()
    shutil.rmtree(given.ground, ignore_errors=True)
    jobs = max(1, min(given.jobs, given.races))
    shares = [
        (given.ground / str(job), given.races // jobs + (job < given.races % jobs), given.control)
        for job in range(jobs)
    ]
    # Losers wait two seconds for the lock, and nobody computes meanwhile: many at once.
    with get_context("fork").Pool(jobs) as pool:
        ended = sum(pool.map(races, shares), Counter())
    shutil.rmtree(given.ground)
    broken = sum(count for how, count in ended.items() if how not in ("0 won", "1 won"))
    said = {"tried": given.races, "broken": broken, "ended": dict(ended)}
    print(json.dumps({**said, "seconds": round(time.monotonic() - start, 1)}))
    return 0


if __name__ == "__main__":
    signal.alarm(3600)  # whatever hangs, hangs not for ever
    sys.exit(main(sys.argv[1:]))
