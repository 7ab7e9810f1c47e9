"""A backup as a project of its own: built in a free folder, its database put in place last."""

import shutil
from collections.abc import Sequence
from contextlib import ExitStack, closing, suppress
from pathlib import Path

from esa_desktop.domain.errors import NewerProject, StorageError
from esa_desktop.storage.backup_faults import Undertaking, shown
from esa_desktop.storage.backup_list import Backup
from esa_desktop.storage.backup_pool import refuse_inside_a_project
from esa_desktop.storage.backups import SPARE
from esa_desktop.storage.database_file import read_only, schema_version_of
from esa_desktop.storage.durable import part_beside, put_in_place, sync_folder
from esa_desktop.storage.evidence_pool import (
    Pool,
    Watch,
    copy_hashed,
    make_folders,
    refuse_other_bytes,
    room_needed,
)
from esa_desktop.storage.examination import examine
from esa_desktop.storage.faults import written_by_newer
from esa_desktop.storage.layout import DATABASE, EVIDENCE, PART, database_of, evidence_of
from esa_desktop.storage.program_mark import program_in
from esa_desktop.storage.tables import SCHEMA_VERSION


def restore(backup: Backup, sources: Sequence[Path], to: Path, watch: Watch) -> tuple[str, ...]:
    """Make the project ``to``; returns the sha256 of evidence that no source has as it was.

    ``sources`` are folders in whose ``evidence`` the files are looked for. Until the last step
    ``to`` is no project; what fails before leaves nothing, and a death leaves a folder that may
    be restored to again. Raises `StorageError`.
    """
    doing = Undertaking.restoring_to(to, backup.folder)
    with doing.said(), ExitStack() as undo:
        refuse_used(to)
        _make_folders(to, undo)
        needed = backup.size + room_needed(backup.evidence, to)
        lacking = needed + SPARE - shutil.disk_usage(to).free
        if lacking > 0:
            raise doing.full(lacking)
        watch.total = needed
        part = part_beside(database_of(to))
        undo.callback(_quietly_unlink, part)
        _copy_database(backup, part, watch)
        pool = Pool(to, sources, watch)
        undo.callback(pool.take_back)
        pool.sweep()
        make_folders(evidence_of(to))
        missing = tuple(
            file.sha256 for file in backup.evidence if not pool.bring(file, trust_size=False)
        )
        pool.settle()
        watch.look()
        if _is_taken(to):
            undo.pop_all()  # what was brought may by now be the evidence of whoever came
            _quietly_unlink(part)
            raise _used(to)
        try:
            put_in_place(part, database_of(to))
        except BaseException:
            if not _is_withdrawn(to):
                undo.pop_all()  # it counts, so it is to be left whole
            raise
        undo.pop_all()
        _sweep(to)
    return missing


def refuse_used(to: Path) -> None:
    """Raise unless ``to`` is free: not there, empty, or what a restoring left that was cut off."""
    if to.exists() and (not to.is_dir() or not all(map(_is_left_over, to.iterdir()))):
        raise _used(to)
    above = next(place for place in to.absolute().parents if place.exists())
    refuse_inside_a_project(above)


def _is_taken(to: Path) -> bool:
    """Whether it became a project, of somebody else, since it was free."""
    return database_of(to).exists()


def _used(to: Path) -> StorageError:
    return StorageError(f"“{shown(to)}” มีไฟล์อื่นอยู่แล้ว กรุณาเลือกโฟลเดอร์ว่างหรือตั้งชื่อใหม่แล้วลองอีกครั้ง")


def _is_left_over(entry: Path) -> bool:
    """Evidence without a database is no project; what of it is whole is used."""
    return entry.name == EVIDENCE or _is_part(entry)


def _is_part(entry: Path) -> bool:
    return entry.name.startswith(f"{DATABASE}.") and entry.name.endswith(PART)


def _copy_database(backup: Backup, part: Path, watch: Watch) -> None:
    """Byte for byte what was examined when the backup was made, and looked through once more."""
    with database_of(backup.folder).open("rb") as source, part.open("xb") as copy:
        whole = copy_hashed(source, copy, watch) == backup.sha256
    if not whole:
        raise _unsound(backup)
    refuse_other_bytes(part, backup.sha256, watch)
    if schema_version_of(part) > SCHEMA_VERSION:
        raise _from_newer(backup, part)
    found = examine(part, cancelled=watch.cancelled)
    if not found.is_whole or found.heads_sha256 != backup.heads_sha256:
        raise _unsound(backup)


def _from_newer(backup: Backup, database: Path) -> NewerProject:
    with closing(read_only(database)) as driver:
        program = program_in(driver)
    name = shown(Path(backup.folder.name))
    return NewerProject(f"ข้อมูลสำรองชุด “{name}” {written_by_newer(program)}")


def _unsound(backup: Backup) -> StorageError:
    return StorageError(
        f"ข้อมูลสำรองชุด “{shown(Path(backup.folder.name))}” เสียหาย จึงไม่ได้กู้คืน "
        "งานเดิมยังอยู่ครบ กรุณาเลือกข้อมูลสำรองชุดอื่น"
    )


def _make_folders(to: Path, undo: ExitStack) -> None:
    for folder in reversed([to, *to.absolute().parents]):
        if not folder.exists():
            undo.callback(_quietly_rmdir, folder)
            folder.mkdir()
            sync_folder(folder.parent)


def _is_withdrawn(to: Path) -> bool:
    """Whether the folder is no project: the database may have got its name just before a fault."""
    with suppress(OSError):
        database_of(to).unlink(missing_ok=True)
        return True
    return False


def _sweep(to: Path) -> None:
    """Halves of the database that earlier attempts left."""
    for entry in to.iterdir():
        if _is_part(entry):
            _quietly_unlink(entry)


def _quietly_unlink(path: Path) -> None:
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _quietly_rmdir(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()
