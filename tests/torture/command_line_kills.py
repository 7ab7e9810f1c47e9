"""The real command line killed from outside by strace, at system calls that touch its project.

``python -m tests.torture.command_line_kills KILLS GROUND [--jobs N] [--control]`` prints one JSON
object; KILLS are spread evenly over all the places of all the commands. With ``--control`` the
database has no journal, and projects must break.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from esa_desktop.domain.errors import EsaError
from esa_desktop.services.backing_up import list_backups
from esa_desktop.services.identity import who_am_i
from tests.projects import opened
from tests.torture.kill_places import spread
from tests.torture.ledger import losses
from tests.torture.scene import PROJECT, at_home
from tests.torture.scenes_of_backups import RESTORED, backed_up, backups_wrong
from tests.torture.scenes_of_commands import command, command_lines

CALLS = "write,pwrite64,fsync,fdatasync,ftruncate,unlink,rename,mkdir,rmdir,openat"
PROGRAM = ("-m", "esa_desktop")
_NO_JOURNAL = """
import sys
from esa_desktop.storage import database
database.PRAGMAS["journal_mode"] = "off"
from esa_desktop.__main__ import main
sys.exit(main())
"""
WITHOUT_JOURNAL = ("-c", _NO_JOURNAL)
_LINE = re.compile(r"^(?P<thread>\d+) +(?P<call>\w+)\((?P<rest>.*)")


@dataclass(frozen=True)
class Place:
    """The n-th call of its kind in whatever thread comes to it first."""

    command: int
    call: str
    count: int


def available() -> bool:
    """Whether strace is here and may look into other programs."""
    if shutil.which("strace") is None:
        return False
    tried = subprocess.run(["strace", "-e", "trace=none", "true"], capture_output=True, check=False)
    return tried.returncode == 0


def run(ground: Path, number: int, strace: Sequence[str], program: Sequence[str]) -> int:
    """The exit code of a command under strace; that of a killed one is not 0."""
    given, typed = command_lines(ground)[number]
    home = str(ground / "home")
    return subprocess.run(
        ["strace", "-f", "-qq", *strace, sys.executable, *program, *given],
        input=typed.encode(),
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, "ESA_HOME": home, "HOME": home, "TMPDIR": str(ground / "tmp")},
    ).returncode


def places_of(ground: Path, number: int, program: Sequence[str]) -> list[Place]:
    """Where a command touches its project or what it makes, in the order in which it does."""
    log = ground.parent / f"{ground.name}.strace"
    if run(ground, number, ["-y", "-e", f"trace={CALLS}", "-o", str(log)], program):
        raise RuntimeError(f"the command {command_lines(ground)[number]} fails undisturbed")
    counts: Counter[tuple[str, str]] = Counter()
    places: list[Place] = []
    for line in log.read_text(errors="replace").splitlines():
        found = _LINE.match(line)
        if not found or "resumed>" in line[:80]:
            continue
        call = found["call"]
        counts[found["thread"], call] += 1
        touched = str(ground) in found["rest"] and str(ground / "home") not in found["rest"]
        if touched and (call != "openat" or "O_CREAT" in found["rest"]):
            places.append(Place(number, call, counts[found["thread"], call]))
    log.unlink()
    return list(dict.fromkeys(places))


def killed(place: Place, template: Path, ground: Path, program: Sequence[str]) -> tuple[bool, str]:
    """Whether the command died there, and what was wrong afterwards."""
    stage = ground / f"{os.getpid()}"
    shutil.rmtree(stage, ignore_errors=True)
    shutil.copytree(template, stage)
    inject = f"inject={place.call}:signal=KILL:when={place.count}"
    code = run(stage, place.command, ["-e", f"trace={place.call}", "-e", inject], program)
    try:
        wrong = _judged(stage, place.command, done=code == 0)
    except EsaError as error:
        wrong = [f"{type(error).__name__}: {error}"]
    shutil.rmtree(stage)
    return code != 0, ", ".join(wrong)


def _judged(stage: Path, number: int, *, done: bool) -> list[str]:
    """Whole whatever happened, all there after exit code 0, and the command can be given again."""
    wrong = losses(stage / PROJECT, []) or backups_wrong(stage / PROJECT, [])
    if wrong:
        return wrong
    given, typed = command_lines(stage)[number]
    there = DONE[given[0]](stage)
    if done and not there:
        return ["lost"]
    if there and given[0] == "restore":
        return losses(stage / RESTORED / PROJECT, [])
    with at_home(stage):
        command(*given, typed=typed)
    return losses(stage / PROJECT, [])


def _is_set(stage: Path) -> bool:
    who = who_am_i(stage / "home")
    with at_home(stage), opened(stage / PROJECT, who=who) as project:
        issue = project.editor.round.framework.issue("1.1.1").id
        level = project.editor.round.framework.indicator("1.1").id
        assessed = project.editor.round
        return "บรรทัดคำสั่ง" in assessed.issue(issue).method.plain or (
            assessed.indicator(level).level == 4
        )


def _is_attached(stage: Path) -> bool:
    who = who_am_i(stage / "home")
    with at_home(stage), opened(stage / PROJECT, who=who) as project:
        issue = project.editor.round.framework.issue("1.1.2").id
        return bool(project.editor.round.evidence_of(issue))


DONE: dict[str, Callable[[Path], bool]] = {
    "set": _is_set,
    "attach": _is_attached,
    "backup": lambda stage: len(list_backups(stage / PROJECT)) > 1,
    "restore": lambda stage: (stage / RESTORED / PROJECT / "project.db").exists(),
}


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kills", type=int)
    parser.add_argument("ground", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--control", action="store_true")
    given = parser.parse_args(arguments)
    if not available():
        print(json.dumps({"unavailable": True}))
        return 0
    start = time.monotonic()
    program = WITHOUT_JOURNAL if given.control else PROGRAM
    shutil.rmtree(given.ground, ignore_errors=True)
    template = given.ground / "template"
    template.mkdir(parents=True)
    backed_up(template)
    places: list[Place] = []
    commands = range(1) if given.control else range(len(command_lines(template)))
    for number in commands:
        stage = given.ground / "stage"
        shutil.copytree(template, stage)
        places += places_of(stage, number, program)
        shutil.rmtree(stage)
    chosen = [places[place - 1] for place in spread(min(given.kills, len(places)), len(places))]
    kill = partial(killed, template=template, ground=given.ground, program=program)
    with ProcessPoolExecutor(given.jobs, mp_context=get_context("fork")) as at_once:
        ended = list(at_once.map(kill, chosen))
    shutil.rmtree(given.ground)
    found = Counter(wrong for _, wrong in ended if wrong)
    said = {
        "places": len(places),
        "tried": sum(died for died, _ in ended),
        "broken": sum(found.values()),
        "found": dict(found),
        "seconds": round(time.monotonic() - start, 1),
    }
    print(json.dumps(said, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
