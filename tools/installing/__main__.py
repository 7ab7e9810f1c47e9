"""Makes what people install, from the frozen programs in ``dist``: ``python -m tools.installing``."""

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from tools.installing.deb import make_deb
from tools.installing.names import (
    DEB,
    INTO,
    LINUX_TREE,
    PAGE,
    PORTABLE,
    SETUP,
    WINDOWS_TREE,
    NotBuilt,
)
from tools.installing.page import write_page
from tools.installing.portable import make_portable
from tools.installing.setup_exe import make_setup
from tools.installing.sums import write_sums

KINDS: Final = ("setup", "deb", "portable")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.installing", description=__doc__)
    parser.add_argument("--only", choices=KINDS, action="append", help="may be given twice")
    parser.add_argument("--into", type=Path, default=INTO, metavar="DIR")
    given = parser.parse_args(arguments)
    try:
        return make(given.only or KINDS, given.into)
    except NotBuilt as refused:
        print(f"tools.installing: {refused}", file=sys.stderr)
        return 1


def make(kinds: list[str] | tuple[str, ...], into: Path) -> int:
    """Make what is asked for, then the page and the sums of everything that lies there."""
    makers: Mapping[str, Callable[[], Path]] = {
        "setup": lambda: make_setup(windows_tree(), into / SETUP),
        "portable": lambda: make_portable(windows_tree(), into / PORTABLE),
        "deb": lambda: make_deb(linux_tree(), into / DEB),
    }
    into.mkdir(parents=True, exist_ok=True)
    for kind in kinds:
        print(f"tools.installing: {kind} …", flush=True)
        made = makers[kind]()
        print(f"  {made}  {made.stat().st_size / 1e6:.1f} MB", flush=True)
    sums = write_sums(into)
    write_page(into / PAGE, sums)
    for name, digest in sums.items():
        print(f"  {digest}  {name}")
    return 0


def windows_tree() -> Path:
    """The frozen program for Windows; built first where it is not there."""
    if WINDOWS_TREE.is_dir():
        return WINDOWS_TREE
    from tools.freezing import windows
    from tools.freezing.wine import NoWine

    try:
        return windows.freeze(WINDOWS_TREE.parent)
    except NoWine as refused:
        raise NotBuilt(str(refused)) from refused


def linux_tree() -> Path:
    if LINUX_TREE.is_dir():
        return LINUX_TREE
    from tools.freezing import bundle

    try:
        return bundle.freeze(LINUX_TREE.parent)
    except bundle.NotFrozen as refused:
        raise NotBuilt(str(refused)) from refused


if __name__ == "__main__":
    raise SystemExit(main())
