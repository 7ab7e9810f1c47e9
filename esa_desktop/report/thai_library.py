"""libthai, opened once for the whole program: Qt on screen and the setter of paper ask the same one."""

import ctypes
import logging
import sys
from functools import lru_cache
from pathlib import Path
from typing import Final

from esa_desktop.paths import program_folder, thai_library

NAMES: Final = ("thai.dll", "libthai.so.0", "libthai.dylib")
FUNCTIONS: Final = ("th_brk_new", "th_brk_delete", "th_brk_find_breaks", "th_next_cell")
"""What Qt looks for; one of them missing, and it takes none."""


@lru_cache(maxsize=1)
def opened_library() -> ctypes.CDLL:
    """The library that a bundle brings along, by its full path; a checkout's is the system's.

    Once it is open, Qt's own search by name ends at it: Linux and Windows both look first among
    what is loaded. ``OSError`` where there is none, or where a bundle has none that works: then
    no other is taken, for its words may be others. Before the first text is laid out, else Qt
    has looked already.
    """
    bundled = thai_library()
    if bundled is not None:
        return _bundled(bundled)
    for name in _system_names():
        try:
            library = ctypes.CDLL(name)
        except OSError:
            continue
        if has_functions(library):
            return library
    raise OSError("no libthai on this machine")


def is_bundled() -> bool:
    """Whether a library has to lie in the program: what is missing then is a fault."""
    return thai_library() is not None


def has_functions(library: ctypes.CDLL) -> bool:
    return all(hasattr(library, name) for name in FUNCTIONS)


def _bundled(path: Path) -> ctypes.CDLL:
    try:
        library = ctypes.CDLL(str(path))
        if has_functions(library):
            return library
        fault = "is another one"
    except OSError:
        fault = "does not load" if path.is_file() else "is missing"
    logging.getLogger(__name__).error("the bundled library of Thai words %s", fault)
    raise OSError(f"the bundled libthai {fault}")


def _system_names() -> list[str]:
    """Of a checkout: one that lies beside the program, then the system's.

    Never a bare name on Windows: that would also be looked for in the current folder.
    """
    beside = [str(path) for path in map(program_folder().joinpath, NAMES) if path.is_file()]
    if sys.platform == "win32":
        return beside
    return [*beside, "libthai.dylib" if sys.platform == "darwin" else "libthai.so.0"]
