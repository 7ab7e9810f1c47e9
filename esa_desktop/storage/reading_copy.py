"""A private copy of a project's database, for reading where nothing may be written or somebody writes."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from esa_desktop.storage.database import refuse_what_is_no_project
from esa_desktop.storage.faults import said_in_thai
from esa_desktop.storage.layout import DATABASE, JOURNAL, database_of

TRIES: Final = 20
PAUSE: Final = 0.05
"""Seconds until a copy is tried again that was made while somebody wrote."""


@contextmanager
def reading_copy(folder: Path) -> Iterator[Path]:
    """A folder with a copy of the database and of what is half written; gone when the block ends.

    Never of a project that this very process has open: to open its file a second time would, on
    Linux, drop the lock. Raises `StorageError`.
    """
    with said_in_thai(folder):
        temporary = tempfile.TemporaryDirectory(prefix="esa-", ignore_cleanup_errors=True)
    with temporary as place:
        copy = Path(place) / folder.name
        with said_in_thai(folder):
            refuse_what_is_no_project(folder)
            copy.mkdir()
            for _ in range(TRIES):
                before = _seen(folder)
                _copy(folder, copy)
                if _seen(folder) == before:
                    break
                time.sleep(PAUSE)
        yield copy


def _copy(folder: Path, copy: Path) -> None:
    # Not with its rights: a read-only copy could not be rolled back to its last whole state.
    shutil.copyfile(database_of(folder), database_of(copy))
    journal = copy / JOURNAL
    journal.unlink(missing_ok=True)
    if (folder / JOURNAL).exists():
        shutil.copyfile(folder / JOURNAL, journal)


def _seen(folder: Path) -> list[tuple[int, int]]:
    """Sizes and times of what may be written meanwhile."""
    files = [folder / name for name in (DATABASE, JOURNAL)]
    there = [file.stat() for file in files if file.exists()]
    return [(seen.st_size, seen.st_mtime_ns) for seen in there]
