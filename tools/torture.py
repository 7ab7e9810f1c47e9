"""The torture in full: kills, power cuts, refusing disks, races, damage, clocks and planted faults; prints a table.

``python -m tools.torture [PART...] [--share 0.1] [--out FILE]`` with names of `PARTS`; all of them
without. Two harnesses run at once. A control takes one protection away and must find losses.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

CHECKOUT: Final = Path(__file__).resolve().parents[1]
JOBS: Final = 2
MEMORY: Final = Path("/dev/shm")  # noqa: S108 - a kill or a simulated cut loses nothing there
INSIDE: Final = (
    "edit attach first-file detach take-over create backup thinning elsewhere restore copy "
    "take-back mirror migrate recover"
).split()
"""Names of scenes, so that each can be run beside another; tests hold them against the list."""


@dataclass(frozen=True)
class Run:
    """One harness and what it is given; ``count`` is how many it tries in full."""

    harness: str
    count: int = 0
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    is_control: bool = False

    def line(self, ground: Path, share: float) -> list[str]:
        share = 1.0 if self.is_control else share  # a few places might just miss
        number = [str(max(1, round(self.count * share)))] if self.count else []
        return [f"tests.torture.{self.harness}", *self.before, *number, str(ground), *self.after]


@dataclass
class Row:
    """A line of the table."""

    part: str
    tried: int = 0
    failed: int = 0
    controls: int = 0
    blunt_controls: int = 0
    """Controls that found nothing: then the part has proved nothing."""
    seconds: float = 0.0
    more: str = ""

    @property
    def is_passed(self) -> bool:
        return self.tried > 0 and not self.failed and not self.blunt_controls


def _kills(mode: str, places: int, *, is_control: bool = False) -> list[Run]:
    scenes = ("edit", "attach") if is_control else INSIDE
    return [
        Run("kill_places", places, before=(mode,), after=(scene,), is_control=is_control)
        for scene in scenes
    ]


def _cuts(disk: str, cuts: int) -> list[Run]:
    return [Run("powercut", cuts, after=(scene, "--disk", disk)) for scene in INSIDE]


def _cut_control(control: str, *scenes: str) -> Run:
    return Run("powercut", 150, after=(*scenes, "--control", control), is_control=True)


PARTS: Final[dict[str, list[Run]]] = {
    "kills": [
        *_kills("kill", 1000),  # more than any scene has steps: all of them
        Run("kill_places", 1000, before=("kill",), after=("commands",)),
        *_kills("early", 60, is_control=True),
        *_kills("no-journal", 60, is_control=True),
    ],
    "cuts": [
        *_cuts("journaled", 200),
        *_cuts("fat", 160),
        *(
            _cut_control(control, "edit")
            for control in ("synchronous-normal", "synchronous-off", "journal-in-memory")
        ),
        *(_cut_control("no-fsync", scene) for scene in ("attach", "backup", "mirror", "recover")),
    ],
    "disk": [
        run
        for mode, places in (("full-once", 36), ("full", 30), ("io-once", 36), ("io", 30))
        for run in _kills(mode, places)
    ],
    "commands": [
        Run("command_line_kills", 220),
        Run("command_line_kills", 17, after=("--control",), is_control=True),
    ],
    "window": [Run("kill_places", 60, before=("kill",), after=("window",))],
    "typing": [
        Run("typing_kills", 200),
        Run("typing_kills", 6, after=("--control",), is_control=True),
    ],
    "races": [
        Run("start_races", 200),
        Run("start_races", 10, after=("--control",), is_control=True),
    ],
    "faults": [Run("planted_faults")],
}
SUITE: Final = "suite"
"""The long versions that stand beside their modules: damaged files, four hundred days."""
SPREAD_BY_THEMSELVES: Final = ("commands", "typing", "races", "faults")
"""Harnesses of several processes: nothing runs beside them."""


def run_part(part: str, share: float) -> Row:
    row = Row(part)
    start = time.monotonic()
    if part == SUITE:
        _run_suite(row)
    else:
        at_once = 1 if part in SPREAD_BY_THEMSELVES else JOBS
        with ThreadPoolExecutor(at_once) as threads:
            for run, found in threads.map(partial(_ran, share=share), PARTS[part]):
                _add(row, run, found)
    row.seconds = round(time.monotonic() - start, 1)
    return row


def _ran(run: Run, share: float) -> tuple[Run, dict[str, Any]]:
    parent = MEMORY if MEMORY.is_dir() else None
    place = Path(tempfile.mkdtemp(prefix="torture-", dir=parent))
    try:
        answer = subprocess.run(
            [sys.executable, "-m", *run.line(place / "ground", share)],
            cwd=CHECKOUT,
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        shutil.rmtree(place, ignore_errors=True)
    if answer.returncode:
        print(answer.stderr[-3000:], file=sys.stderr)
        return run, {"tried": 0, "broken": 1, "found": {"the harness itself failed": 1}}
    return run, json.loads(answer.stdout)


def _add(row: Row, run: Run, found: dict[str, Any]) -> None:
    if found.get("unavailable"):
        row.more += f" {run.harness} is not possible here;"
        return
    scenes = found.get("scenes", [found])
    broken = sum(scene["broken"] for scene in scenes)
    if run.is_control:
        row.controls += 1
        row.blunt_controls += not broken
        return
    row.tried += sum(scene["tried"] for scene in scenes)
    row.failed += broken
    for scene in scenes:
        if scene["broken"]:
            row.more += f" {scene.get('scene', run.harness)}: {scene.get('found') or found};"
        elif "worst" in scene:
            row.more += f" worst {scene['worst']} s;"
    if found.get("tests pass without faults") is False:
        row.failed += 1
        row.more += " tests fail without any fault;"


def _run_suite(row: Row) -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-m", "torture", "-p", "no:cacheprovider"],
        cwd=CHECKOUT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    for count, word in re.findall(r"(\d+) (passed|failed|error)", answer.stdout[-400:]):
        row.tried += int(count)
        row.failed += int(count) * (word != "passed")
    if answer.returncode:
        row.failed = max(row.failed, 1)
        row.more = answer.stdout[-3000:]


def table(rows: Sequence[Row]) -> str:
    lines: list[tuple[str, ...]] = [("part", "tried", "failed", "controls", "blunt", "seconds", "")]
    for row in rows:
        counts = (row.tried, row.failed, row.controls, row.blunt_controls, f"{row.seconds:.0f}")
        lines.append((row.part, *map(str, counts), row.more.strip()))
    widths = [max(len(line[column]) for line in lines) for column in range(6)]
    return "\n".join(
        "  ".join(word.rjust(width) for word, width in zip(line[:6], widths, strict=True))
        + f"  {line[6]}"
        for line in lines
    )


def main(arguments: Sequence[str]) -> int:
    known = (*PARTS, SUITE)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(known))
    parser.add_argument("--share", type=float, default=1.0, help="0.1: a tenth of everything")
    parser.add_argument("--out", type=Path, help="write the figures there as JSON")
    given = parser.parse_args(arguments)
    unknown = set(given.parts) - set(known)
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    rows: list[Row] = []
    for part in given.parts or known:
        rows.append(run_part(part, given.share))
        print(table(rows[-1:]), file=sys.stderr, flush=True)
    print(table(rows))
    if given.out is not None:
        given.out.write_text(
            json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1)
        )
    return 0 if all(row.is_passed for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
