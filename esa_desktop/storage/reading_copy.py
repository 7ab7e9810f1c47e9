"""A private copy of a project's database, for reading where nothing may be written or somebody writes."""

import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from esa_desktop.domain.errors import StorageError
from esa_desktop.storage.database import refuse_what_is_no_project
from esa_desktop.storage.database_state import state_of
from esa_desktop.storage.faults import said_in_thai
from esa_desktop.storage.layout import DATABASE, JOURNAL, database_of, title_of

TRIES: Final = 20
PAUSE: Final = 0.05
"""Seconds until a copy is tried again that was made while somebody wrote."""
BELIEVED: Final = 3
"""Copies that are damaged, one after another, until it is the project that is."""
_CHUNK: Final = 1 << 20


@contextmanager
def reading_copy(folder: Path) -> Iterator[Path]:
    """A folder with a copy of the database and of what is half written; gone when the block ends.

    Never of a project that this very process has open: to open its file a second time would, on
    Linux, drop the lock. A damaged database comes along as it is. Raises `StorageError`, also
    where somebody saves all the time.
    """
    with said_in_thai(folder):
        temporary = tempfile.TemporaryDirectory(prefix="esa-", ignore_cleanup_errors=True)
    with temporary as place:
        copy = Path(place) / folder.name
        with said_in_thai(folder):
            refuse_what_is_no_project(folder)
            copy.mkdir()
            _copy_one_state(folder, copy)
        yield copy


def _copy_one_state(folder: Path, copy: Path) -> None:
    damaged = 0
    for _ in range(TRIES):
        before = state_of(folder)
        _copy(folder, copy)
        # Read once more, for neither times nor counters tell of every change.
        if state_of(folder) == before and _is_equal(folder, copy):
            if _is_sound(copy):
                return
            damaged += 1
            if damaged == BELIEVED:
                return  # whoever opens it says so
        time.sleep(PAUSE)
    raise StorageError(
        f"งานประเมิน “{title_of(folder)}” กำลังบันทึกอยู่ที่อื่นตลอดเวลา จึงยังอ่านไม่ได้ กรุณารอสักครู่แล้วเปิดอีกครั้ง"
    )


def _copy(folder: Path, copy: Path) -> None:
    # Not with its rights: a read-only copy could not be rolled back to its last whole state.
    shutil.copyfile(database_of(folder), database_of(copy))
    journal = copy / JOURNAL
    journal.unlink(missing_ok=True)
    if (folder / JOURNAL).exists():
        shutil.copyfile(folder / JOURNAL, journal)


def _is_equal(folder: Path, copy: Path) -> bool:
    """Whether both files are there as they were copied."""
    for name in (DATABASE, JOURNAL):
        source, copied = folder / name, copy / name
        if source.exists() != copied.exists():
            return False
        if source.exists() and not _say_the_same(source, copied):
            return False
    return True


def _say_the_same(source: Path, copied: Path) -> bool:
    with source.open("rb") as one, copied.open("rb") as other:
        while piece := one.read(_CHUNK):
            if piece != other.read(_CHUNK):
                return False
        return not other.read(1)


def _is_sound(copy: Path) -> bool:
    """As SQLite sees it, after what was half written is rolled back, in the copy."""
    try:
        with closing(sqlite3.connect(database_of(copy))) as driver:
            return bool(driver.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except (sqlite3.Error, UnicodeError):
        return False
