"""Damaged files set aside: a database and its journal, copied together, whole, before anything alters them."""

import filecmp
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from esa_desktop.domain.errors import Cancelled, ProjectLocked
from esa_desktop.storage.database_file import address
from esa_desktop.storage.durable import flush_to_disk, part_beside, put_in_place, sync_folder
from esa_desktop.storage.faults import locked
from esa_desktop.storage.layout import DAMAGED, DATABASE, JOURNAL, PART, database_of

_JOURNAL_MAGIC: Final = bytes.fromhex("d9d505f920a163d7")
_PLAYED_BACK: Final = "-journal"
"""Ends the name of what was set aside before a journal was played back."""
_KEPT_PLAYED_BACK: Final = 3
_CHUNK: Final = 1 << 20

Cancel = Callable[[], bool]


def refuse_if_open(folder: Path) -> None:
    """Raise `ProjectLocked` where somebody has the project open; plays back no journal."""
    with others_kept_out(folder):
        pass


@contextmanager
def others_kept_out(folder: Path) -> Iterator[None]:
    """Nobody opens the project meanwhile, as far as SQLite can still read its first page.

    What it cannot read others cannot open either, but for a database with a journal to be played
    back: nothing is played back here. Raises `ProjectLocked` where somebody has it open.
    """
    database = database_of(folder)
    if not database.is_file():
        yield
        return
    place = f"{address(database)}?mode=ro"
    with closing(sqlite3.connect(place, uri=True, isolation_level=None)) as driver:
        driver.execute("PRAGMA busy_timeout=0")
        try:
            driver.execute("BEGIN")
            driver.execute("SELECT 1 FROM sqlite_master").fetchone()
        except (sqlite3.Error, UnicodeError) as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
                raise locked(folder) from error
        yield


def keep_before_playback(folder: Path) -> None:
    """Copy the database and a journal that SQLite will play back over it on opening.

    The journal may be a stale one, or another project's, and takes pages and whole ends of the
    file with it. It has content only if the program died within some milliseconds of a commit,
    so this is rare. Never raises: without room for the copy the opening goes on, and of a project
    that somebody has open nothing is played back.
    """
    try:
        with (folder / JOURNAL).open("rb") as file:
            is_played_back = file.read(8) == _JOURNAL_MAGIC
    except OSError:
        return
    if not is_played_back:
        return
    with suppress(OSError, ProjectLocked):
        refuse_if_open(folder)
        set_aside(folder, None, because=_PLAYED_BACK)
        for old in _shelved(folder)[:-_KEPT_PLAYED_BACK]:
            if old.name.endswith(_PLAYED_BACK):
                shutil.rmtree(old, ignore_errors=True)


def set_aside(folder: Path, cancelled: Cancel | None, *, because: str = "") -> Path | None:
    """Copy the database and its journal to a folder of their own, flushed, under their names.

    ``because`` ends the folder's name. ``None`` where there is nothing; raises `OSError`.
    """
    files = [path for name in (DATABASE, JOURNAL) if (path := folder / name).is_file()]
    files = [path for path in files if path.name == DATABASE or path.stat().st_size]
    if not files:
        return None
    shelf = folder / DAMAGED
    shelf.mkdir(exist_ok=True)
    before = _shelved(folder)
    for known in before:
        if _holds_the_same(known, files):  # from an attempt that was cut off
            return known
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    place = shelf / f"{1 + max(map(_number_of, before), default=0):06d}-{stamp}{because}"
    part = part_beside(place)
    part.mkdir()
    try:
        for path in files:
            _copy(path, part / path.name, cancelled)
        sync_folder(part)
        put_in_place(part, place)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    sync_folder(folder)
    return place


def _shelved(folder: Path) -> list[Path]:
    """What was set aside, the oldest first."""
    shelf = folder / DAMAGED
    return sorted(path for path in shelf.iterdir() if path.is_dir() and path.suffix != PART)


def _number_of(place: Path) -> int:
    number = place.name.partition("-")[0]
    return int(number) if number.isascii() and number.isdigit() and len(number) < 12 else 0


def _holds_the_same(place: Path, files: Sequence[Path]) -> bool:
    try:
        names = {path.name for path in files}
        return {path.name for path in place.iterdir()} == names and all(
            filecmp.cmp(path, place / path.name, shallow=False) for path in files
        )
    except OSError:
        return False


def _copy(path: Path, copy: Path, cancelled: Cancel | None) -> None:
    """Copy what the drive gives, zeros for the rest; long empty stretches take no room."""
    from esa_desktop.storage.page_carving import DamagedFile

    with DamagedFile(path) as source, copy.open("xb") as target:
        for start in range(0, source.size, _CHUNK):
            if cancelled and cancelled():
                raise Cancelled("ยกเลิกแล้ว ไม่มีสิ่งใดเปลี่ยนแปลง")
            piece = source.read(start, _CHUNK)
            if piece.count(0) == len(piece):
                target.seek(len(piece), os.SEEK_CUR)
            else:
                target.write(piece)
        target.truncate(source.size)
        target.flush()
        flush_to_disk(target.fileno())
