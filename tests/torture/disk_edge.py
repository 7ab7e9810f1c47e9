"""The edge between the program and the disk: every step across it is told, and may kill or fail.

Two doors are watched, SQLite's and Python's. Only for child processes.
"""

from pathlib import Path

from tests.torture.disk_steps import FAULTS, Act, Nth, Step
from tests.torture.python_edge import PythonEdge
from tests.torture.sqlite_edge import SqliteEdge, library

__all__ = ["FAULTS", "Act", "Nth", "Step", "available", "watch"]


def watch(act: Act, root: Path) -> None:
    """Call ``act`` before each step that SQLite or Python takes anywhere below ``root``."""
    PythonEdge(act, root).stand_between()
    SqliteEdge(act, root).stand_between()


def available() -> bool:
    """Whether SQLite is a library of its own that can be reached from here."""
    return library() is not None
