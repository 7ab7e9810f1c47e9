"""Faults planted one at a time into a copy of the program; each must make a named test fail.

``python -m tests.torture.planted_faults GROUND [NAME...] [--jobs N]`` prints one JSON object. First
all the named tests must pass in the copy as it is.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from tests.torture.fault_list import FAULTS, Fault
from tests.torture.harness import CHECKOUT

COPIED = ("esa_desktop", "tests", "tools")
LINKED = ("resources", "fonts", "pyproject.toml", "README.md", "CHANGELOG.md", "dev.py", "LICENSE")
PASSED, FAILED = 0, 1
"""Exit codes of pytest; any other one means that the test was not run at all."""


@dataclass(frozen=True)
class Result:
    fault: Fault
    code: int
    seconds: float
    words: str

    @property
    def is_caught(self) -> bool:
        return self.code == FAILED


def scratch_copy(place: Path) -> Path:
    """A checkout of its own to plant faults into."""
    place.mkdir(parents=True)
    for name in COPIED:
        shutil.copytree(CHECKOUT / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in LINKED:
        if (CHECKOUT / name).exists():
            (place / name).symlink_to(CHECKOUT / name)
    return place


def planted(fault: Fault, checkout: Path) -> Result:
    """Plant the fault, run its test, take the fault out again."""
    file = checkout / fault.file
    before = file.read_text(encoding="utf-8")
    file.write_text(fault.in_(before), encoding="utf-8")
    try:
        return _tested(fault, [fault.test], checkout)
    finally:
        file.write_text(before, encoding="utf-8")


def _tested(fault: Fault, tests: Iterable[str], checkout: Path) -> Result:
    start = time.monotonic()
    # Bytecode is told by its second and size: that of a moment ago would be taken for this one's.
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("PYTHONPYCACHEPREFIX", None)
    temporary = f"--basetemp={checkout / 'tmp'}"
    answer = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", temporary, *tests],
        cwd=checkout,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    seconds = round(time.monotonic() - start, 1)
    return Result(fault, answer.returncode, seconds, answer.stdout[-2000:])


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ground", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--words", action="store_true", help="show what pytest said of the missed")
    given = parser.parse_args(arguments)
    start = time.monotonic()
    shutil.rmtree(given.ground, ignore_errors=True)
    faults = [fault for fault in FAULTS if not given.names or fault.name in given.names]
    copies: SimpleQueue[Path] = SimpleQueue()
    for job in range(given.jobs):
        copies.put(scratch_copy(given.ground / str(job)))

    def one(fault: Fault) -> Result:
        checkout = copies.get()
        try:
            return planted(fault, checkout)
        finally:
            copies.put(checkout)

    tests = sorted({fault.test for fault in faults})
    checkout = copies.get()
    whole = _tested(faults[0], tests, checkout)
    copies.put(checkout)
    with ThreadPoolExecutor(given.jobs) as at_once:
        results = list(at_once.map(one, faults))
    shutil.rmtree(given.ground)
    missed = [result for result in results if not result.is_caught]
    said = {
        "tried": len(results),
        "broken": len(missed),
        "tests pass without faults": whole.code == PASSED,
        "missed": [f"{result.fault.name} (pytest {result.code})" for result in missed],
        "table": [
            [r.fault.name, r.fault.file, r.fault.test, r.is_caught, r.seconds] for r in results
        ],
        "seconds": round(time.monotonic() - start, 1),
    }
    print(json.dumps(said, ensure_ascii=False))
    if given.words:
        print(*(result.words for result in [whole, *missed]), sep="\n---\n", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
