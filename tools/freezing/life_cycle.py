"""The life of an installed program under wine, a line a step: ``python -m tools.freezing.life_cycle``.

Installed, tried, opened by a double click, upgraded, uninstalled; in a folder with a Thai name, too,
and without any installation from a stick. wine is not Windows: the checklist for a real laptop names
what it cannot show.
"""

import argparse
import shutil
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from tools.freezing.life_cycle_machine import Failed, Machine
from tools.freezing.life_cycle_steps import OLDER, STALE, FirstLife, OtherPlaces, SecondLife, Step
from tools.freezing.windows import PLACE
from tools.freezing.wine import NoWine, Wine, ensure_tools, screen
from tools.installing.names import INTO, PORTABLE, SETUP, WINDOWS_TREE, NotBuilt
from tools.installing.setup_exe import make_setup


def check(
    setup: Path = INTO / SETUP, portable: Path = INTO / PORTABLE, tree: Path = WINDOWS_TREE
) -> int:
    """Print a line a step; the number of steps that failed. Raises `NoWine`."""
    ensure_tools()
    with tempfile.TemporaryDirectory() as scratch, screen() as display:
        older = _older_setup(tree, Path(scratch))
        wine = Wine(PLACE, display)
        wine.make()
        machine = Machine(wine, setup, older, portable, tree)
        steps = [
            step
            for life in (FirstLife(machine), SecondLife(machine), OtherPlaces(machine))
            for step in life.steps()
        ]
        try:
            failed = sum(not _passes(step) for step in steps)
        finally:
            wine.end()
    print(f"{len(steps) - failed} passed, {failed} failed")
    return failed


def _passes(step: Step) -> bool:
    """Also where it went wrong the rest goes on: one run shows all there is to mend."""
    name, act = step
    start = time.monotonic()
    trouble = ""
    try:
        act()
    except (Failed, NoWine, OSError, ValueError, StopIteration) as error:
        trouble = f": {error}"
    seconds = time.monotonic() - start
    print(f"{'FAIL' if trouble else 'ok  '} {name} ({seconds:.1f} s){trouble}", flush=True)
    return not trouble


def _older_setup(tree: Path, scratch: Path) -> Path:
    """The installer of a version before this one: the same program and one file more."""
    older = scratch / "older"
    shutil.copytree(tree, older, copy_function=_linked)
    (older / STALE).parent.mkdir()
    (older / STALE).write_bytes(b"stale")
    return make_setup(older, scratch / "Older-Setup.exe", OLDER)


def _linked(source: str, target: str) -> None:
    with suppress(OSError):
        Path(target).hardlink_to(source)
        return
    shutil.copy2(source, target)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tools.freezing.life_cycle", description=__doc__
    )
    parser.add_argument("--setup", type=Path, default=INTO / SETUP)
    parser.add_argument("--portable", type=Path, default=INTO / PORTABLE)
    parser.add_argument("--tree", type=Path, default=WINDOWS_TREE, help="what both were made of")
    given = parser.parse_args(arguments)
    for path in (given.setup, given.portable, given.tree):
        if not path.exists():
            print(f"{path} is missing: python3 dev.py installer makes it", file=sys.stderr)
            return 2
    try:
        return int(bool(check(given.setup, given.portable, given.tree)))
    except (NoWine, NotBuilt) as refused:
        print(refused, file=sys.stderr)
        return 2


if __name__ == "__main__":
    raise SystemExit(main())
