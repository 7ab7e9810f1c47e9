"""A damaged project folder copied as it is to a place that may be written: whole, or nothing of it."""

import hashlib
import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from esa_desktop.domain.errors import StorageError
from esa_desktop.storage.durable import flush_to_disk, part_beside, put_in_place, sync_folder
from esa_desktop.storage.evidence_pool import Watch, make_folders, refuse_other_bytes
from esa_desktop.storage.faults import disk_full, said_in_thai
from esa_desktop.storage.layout import LOCK, PART, title_of
from esa_desktop.storage.page_carving import DamagedFile

_CHUNK = 1 << 20


def copy_as_it_is(folder: Path, to: Path, watch: Watch) -> None:
    """Copy every file of a project that nobody here has open to ``to``, which is not there yet.

    The database and its journal come along byte for byte; what the drive does not give back
    becomes zeros, so that one bad sector does not keep the rest from being recovered. Raises
    `StorageError` or `Cancelled`, and then ``to`` is not there.
    """
    with said_in_thai(folder):
        files = [(path, path.lstat().st_size) for path in _files(folder)]
    watch.total = sum(size for _, size in files)
    with said_in_thai(to):
        _refuse_place(folder, to, watch.total)
        make_folders(to.parent)
        part = part_beside(to)
        try:
            part.mkdir()
            for path, _ in files:
                place = part / path.relative_to(folder)
                place.parent.mkdir(parents=True, exist_ok=True)
                refuse_other_bytes(place, _copy(path, place, watch), watch)
            for inside, _, _ in os.walk(part, topdown=False):
                sync_folder(Path(inside))
            watch.look()
            put_in_place(part, to)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise


def _files(folder: Path) -> Iterator[Path]:
    """Links are not followed; who has it open is said of the old place only."""
    for inside, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.endswith(PART))
        for name in sorted(names):
            path = Path(inside) / name
            passing = name.endswith(PART) or path == folder / LOCK
            if not passing and stat.S_ISREG(path.lstat().st_mode):
                yield path


def _refuse_place(folder: Path, to: Path, size: int) -> None:
    if Path(os.path.realpath(to)).is_relative_to(os.path.realpath(folder)):
        raise StorageError("คัดลอกงานไว้ในโฟลเดอร์ของงานเองไม่ได้ กรุณาเลือกที่อื่น")
    if to.exists():
        raise StorageError(f"มี “{title_of(to)}” อยู่แล้ว กรุณาเลือกที่อื่น")
    above = next(place for place in to.parents if place.exists())
    if shutil.disk_usage(above).free < size:
        raise disk_full(to)


def _copy(path: Path, place: Path, watch: Watch) -> str:
    """On the disk on return; the sha256 of what was written."""
    sha256 = hashlib.sha256()
    with said_in_thai(path.parent):
        source = DamagedFile(path)
    with source, place.open("xb") as copy:
        for start in range(0, source.size, _CHUNK):
            piece = source.read(start, _CHUNK)
            sha256.update(piece)
            copy.write(piece)
            watch.add(len(piece))
        copy.flush()
        flush_to_disk(copy.fileno())
    return sha256.hexdigest()
