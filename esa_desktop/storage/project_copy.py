"""A whole project folder copied to another place: every file compared with what was read, or nothing left."""

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from esa_desktop.domain.errors import StorageError
from esa_desktop.domain.thai import shorten
from esa_desktop.storage.durable import flush_file, part_beside, put_in_place, sync_folder
from esa_desktop.storage.evidence_pool import Watch, copy_hashed, make_folders, refuse_other_bytes
from esa_desktop.storage.examination import examine
from esa_desktop.storage.faults import damaged, disk_full, said_in_thai
from esa_desktop.storage.layout import (
    BACKUPS,
    DATABASE,
    INDEX,
    JOURNAL,
    LOCK,
    MIRROR,
    PART,
    database_of,
    title_of,
)

SPARE: Final = 16 << 20
"""Bytes left on the drive, for the first hour of work there."""
_OF_THIS_PLACE: Final = (DATABASE, JOURNAL, LOCK, INDEX, f"{INDEX}-journal")
"""At the top of a project: the database is copied by SQLite, the others belong to where it is open."""

_MADE_ANEW: Final = (BACKUPS, MIRROR)
"""Folders from which the program itself removes files, at any time."""

CopyDatabase = Callable[[Path], None]
"""Puts a copy of the database at a path; raises `StorageError`."""


@dataclass(frozen=True, slots=True)
class _File:
    place: Path
    """Below the project folder."""
    size: int


def copy_folder(folder: Path, to: Path, copy_database: CopyDatabase, watch: Watch) -> None:
    """Make ``to`` the same project as ``folder``, with all that people laid into it.

    Links are not followed, nothing is removed from ``folder``. A file that is damaged comes along
    as it is: the health check names it. A backup that is thinned meanwhile is passed over. Raises
    `StorageError` or `Cancelled`, and then ``to`` is not there.
    """
    with said_in_thai(folder):
        size = database_of(folder).stat().st_size
        watch.total = size + sum(file.size for file in _files(folder))
    with said_in_thai(to):
        _refuse_place(folder, to, watch.total)
        make_folders(to.parent)
        _sweep(to)
        part = part_beside(to)
        try:
            part.mkdir()
            copy_database(database_of(part))
            flush_file(database_of(part))
            _refuse_damage(database_of(part), folder, watch)
            watch.add(size)
            # Looked for behind the database: what it names was put there before.
            for file in tuple(_files(folder)):
                _copy(folder, part, file, watch)
            _drop_thinned(folder, part)
            _settle(part)
            watch.look()
            put_in_place(part, to)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise


def _files(folder: Path) -> Iterator[_File]:
    def stop(error: OSError) -> None:
        if not _was_removed(folder, Path(error.filename), error):
            raise error

    for inside, folders, names in os.walk(folder, onerror=stop):
        place = Path(inside)
        folders[:] = sorted(name for name in folders if not _is_passing(place / name))
        for name in sorted(names):
            try:
                seen = (place / name).lstat()
            except OSError as error:
                if _was_removed(folder, place / name, error):
                    continue
                raise
            left_out = place == folder and name in _OF_THIS_PLACE
            if stat.S_ISREG(seen.st_mode) and not left_out and not _is_passing(place / name):
                yield _File((place / name).relative_to(folder), seen.st_size)


def _is_passing(path: Path) -> bool:
    """Half-written, by a program that died or one that still writes."""
    return path.name.endswith(PART)


def _was_removed(folder: Path, path: Path, error: OSError) -> bool:
    """Whether the program removed it a moment ago, and not somebody the drive."""
    return (
        isinstance(error, FileNotFoundError)
        and path.relative_to(folder).parts[0] in _MADE_ANEW
        and database_of(folder).exists()
    )


def _drop_thinned(folder: Path, part: Path) -> None:
    """Backups that are gone by now may have been copied in part."""
    for copied in (part / BACKUPS).glob("*"):
        if not (folder / BACKUPS / copied.name).exists() and database_of(folder).exists():
            shutil.rmtree(copied) if copied.is_dir() else copied.unlink()


def _refuse_place(folder: Path, to: Path, size: int) -> None:
    if to.exists():
        raise StorageError(f"มี “{_short(to)}” อยู่แล้ว กรุณาเลือกชื่อหรือที่อื่น")
    if Path(os.path.realpath(to)).is_relative_to(os.path.realpath(folder)):
        raise StorageError("คัดลอกงานไว้ในโฟลเดอร์ของงานเองไม่ได้ กรุณาเลือกที่อื่น")
    above = next(place for place in to.parents if place.exists())
    if shutil.disk_usage(above).free < size + SPARE:
        raise disk_full(to)


def _sweep(to: Path) -> None:
    """Remove what a program that died left of an earlier copy to the same name."""
    for left in to.parent.glob("*" + PART):
        if left.name.startswith(f"{to.name}.") and left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)


def _refuse_damage(copy: Path, folder: Path, watch: Watch) -> None:
    if not examine(copy, cancelled=watch.cancelled).is_whole:
        raise damaged(folder)


def _copy(folder: Path, part: Path, file: _File, watch: Watch) -> None:
    place = part / file.place
    with said_in_thai(folder):
        try:
            source = (folder / file.place).open("rb")
        except OSError as error:
            if not _was_removed(folder, folder / file.place, error):
                raise
            watch.add(file.size)
            return
    place.parent.mkdir(parents=True, exist_ok=True)
    with source, place.open("xb") as copy:
        sha256 = copy_hashed(source, copy, watch)
    if not sha256:
        raise StorageError(
            f"อ่านไฟล์ “{_short(file.place)}” ในโฟลเดอร์งานไม่ได้ กรุณาตรวจไดรฟ์แล้วลองอีกครั้ง"
        )
    refuse_other_bytes(place, sha256, watch)


def _settle(part: Path) -> None:
    """Make the names last, from the innermost folders up."""
    for inside, _, _ in os.walk(part, topdown=False):
        sync_folder(Path(inside))


def _short(path: Path) -> str:
    return shorten(title_of(path), 80)


def free_place(parent: Path, folder: Path) -> Path:
    """Where a copy of ``folder`` would lie in ``parent``: its own name, or that with a number."""
    wanted = parent / folder.name
    number = 2
    while wanted.exists() or wanted.is_symlink():
        stem, suffix = folder.stem, folder.suffix
        wanted = parent / f"{stem} ({number}){suffix}"
        number += 1
    return wanted
