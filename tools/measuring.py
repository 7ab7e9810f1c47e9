"""How a bench compares: turn by turn, medians of pairs, and a ratio with its aim."""

import atexit
import math
import os
import re
import shutil
import statistics
import tempfile
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

PRAGMAS: Final = (
    "journal_mode=TRUNCATE",
    "synchronous=FULL",
    "locking_mode=EXCLUSIVE",
    "foreign_keys=ON",
)
"""Of a bare SQLite database that promises what the program's promises."""

_STATUS: Final = Path("/proc/self/status")


@lru_cache(maxsize=1)
def compiled() -> dict[str, str]:
    """The environment of a process whose start is measured: with bytecode, as the installed program
    comes; a checkout may be told not to keep any. It goes with the bench.
    """
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": folder}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment


def in_turns(
    ours: Callable[[], float],
    theirs: Callable[[], float],
    rounds: int,
    *,
    warm_up: bool = True,
) -> tuple[list[float], list[float]]:
    """Run both in turns, after one warm-up each; what each call returns, usually seconds."""
    if warm_up:
        ours()
        theirs()
    mine, rivals = [], []
    for _ in range(rounds):
        mine.append(ours())
        rivals.append(theirs())
    return mine, rivals


def at_most(
    name: str, ours: list[float], floor: list[float], aim: float, what: str
) -> dict[str, Any]:
    """A figure that should stay near a floor: ``ratio`` ours/floor, met when it is ``aim`` or less."""
    ratio = statistics.median(a / b for a, b in zip(ours, floor, strict=True))
    return _figure(name, ratio, aim, what, ours, floor, met=ratio <= aim)


def at_least(
    name: str, ours: list[float], rival: list[float], aim: float, what: str
) -> dict[str, Any]:
    """A figure that should beat a rival: ``ratio`` rival/ours, met when it is ``aim`` or more."""
    ratio = statistics.median(b / a for a, b in zip(ours, rival, strict=True))
    return _figure(name, ratio, aim, what, ours, rival, met=ratio >= aim)


def within(
    name: str, ours: float, floor: float, most: float, unit: str, what: str
) -> dict[str, Any]:
    """A figure people feel by itself: met when ours is ``most`` units or less, whatever the floor.

    On a slow or busy machine the floor tells how much of it is the machine's.
    """
    return {
        "name": name,
        "what": what,
        "ratio": round(ours / floor, 3),
        "aim": most,
        "unit": unit,
        "met": ours <= most,
        "ours": round(ours, 6),
        "other": round(floor, 6),
    }


def percentile(values: Sequence[float], part: float) -> float:
    """The least value that at least ``part`` of all do not exceed."""
    ordered = sorted(values)
    return ordered[max(math.ceil(part * len(ordered)) - 1, 0)]


def not_measured(name: str, aim: float, why: str) -> dict[str, Any]:
    return {"name": name, "ratio": None, "aim": aim, "met": None, "why": why}


def _figure(
    name: str,
    ratio: float,
    aim: float,
    what: str,
    ours: list[float],
    other: list[float],
    *,
    met: bool,
) -> dict[str, Any]:
    return {
        "name": name,
        "what": what,
        "ratio": round(ratio, 3),
        "aim": aim,
        "met": met,
        "ours_median": round(statistics.median(ours), 6),
        "other_median": round(statistics.median(other), 6),
        "runs": len(ours),
    }


def memory_is_told() -> bool:
    """Whether this system says what memory a process has, as Linux does."""
    return _STATUS.is_file()


def resident_mb() -> float:
    """What this process has in memory now, in MB."""
    return _memory("VmRSS")


def peak_mb() -> float:
    """The most this process ever had in memory, in MB.

    Not ``ru_maxrss``: that one a process inherits from the one that started it.
    """
    return _memory("VmHWM")


def _memory(name: str) -> float:
    told = re.search(rf"{name}:\s+(\d+) kB", _STATUS.read_text("ascii", "replace"))
    return int(told[1]) / 1000 if told else 0.0
