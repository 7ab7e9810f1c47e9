"""Whether somebody wrote to a project's database: what of its files changes when they are written."""

from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from esa_desktop.storage.layout import DATABASE, JOURNAL

HEAD: Final = 100
"""Bytes of the header; SQLite counts the changes in 24 to 27. A journal's has a random number."""


@dataclass(frozen=True, slots=True)
class FileState:
    """One file. Times alone do not tell: FAT has steps of two seconds, and Windows is late."""

    name: str
    identity: tuple[int, int]
    size: int
    changed: int
    """Nanoseconds, by the file system."""
    head: bytes
    """Empty where the drive does not give it."""


def state_of(folder: Path, database: IO[bytes] | None = None) -> tuple[FileState, ...]:
    """The files that are there. Raises `OSError`.

    A program that keeps the project open counts only the first of its changes, so of such a one
    equal states do not prove that nothing was written. Whoever holds SQLite's lock hands in the
    open ``database``: to open and close it once more would, on Linux, drop the lock.
    """
    found = []
    for name in (DATABASE, JOURNAL):
        path = folder / name
        try:
            there = path.stat()
        except FileNotFoundError:
            continue
        identity = (there.st_dev, there.st_ino)
        head = _head(path, database if name == DATABASE else None)
        found.append(FileState(name, identity, there.st_size, there.st_mtime_ns, head))
    return tuple(found)


def _head(path: Path, opened: IO[bytes] | None) -> bytes:
    try:
        if opened is not None:
            opened.seek(0)
            return opened.read(HEAD)
        with path.open("rb") as file:
            return file.read(HEAD)
    except OSError:
        return b""
