"""``python -m tools.freezing``: the program as users get it, for this system or for Windows."""

import argparse
import subprocess
import sys
from pathlib import Path

from tools.freezing.bundle import NotFrozen, freeze
from tools.freezing.licences import LicenceMissing
from tools.freezing.thai_library import LibraryNotMade


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python dev.py freeze", description=__doc__)
    parser.add_argument("--windows", action="store_true", help="the Windows program, with wine")
    parser.add_argument(
        "--everywhere", action="store_true", help="then try it in every surrounding people have"
    )
    parser.add_argument("--into", type=Path, metavar="DIR", help="instead of dist, dist/windows")
    given = parser.parse_args(arguments)
    if given.windows and given.everywhere:
        parser.error("--everywhere is for the program of this system")
    try:
        return frozen_for_windows(given.into) if given.windows else frozen(given)
    except (NotFrozen, LibraryNotMade, LicenceMissing, subprocess.TimeoutExpired) as refused:
        print(f"tools.freezing: {refused}", file=sys.stderr)
        return 1


def frozen(given: argparse.Namespace) -> int:
    made = freeze(given.into) if given.into else freeze()
    print(made)
    if not given.everywhere:
        return 0
    from tools.freezing.everywhere import try_everywhere

    return try_everywhere(made)


def frozen_for_windows(into: Path | None) -> int:
    from tools.freezing import windows
    from tools.freezing.wine import NoWine

    try:
        print(windows.freeze(into) if into else windows.freeze())
    except NoWine as refused:
        print(f"tools.freezing: {refused}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
