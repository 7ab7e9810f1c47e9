"""A project's copy on another drive: where it lies there, and the evidence it needs beside it."""

import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from esa_desktop.domain.errors import StorageError
from esa_desktop.domain.evidence import EvidenceFile, safe_file_name
from esa_desktop.storage.backup_faults import Undertaking, shown
from esa_desktop.storage.backup_list import Backup, backups_of, list_backups
from esa_desktop.storage.backups import SPARE, sweep
from esa_desktop.storage.evidence_files import is_kept
from esa_desktop.storage.evidence_pool import Pool, Watch, room_needed
from esa_desktop.storage.layout import database_of, title_of

COPY_SUFFIX: Final = ".esabackup"
MOST_NAMES: Final = 1000


def home_elsewhere(target: Path, project: Path, project_id: str) -> Path:
    """The folder in ``target`` where copies of this project lie, or are to lie.

    Named like the project; with a number behind where that name is another project's.
    """
    for place in (target, *target.parents):
        if place.name.endswith(COPY_SUFFIX):
            target = place.parent  # pointed at the copy itself
    title = safe_file_name(title_of(project))
    for number in range(1, MOST_NAMES):
        name = title if number == 1 else f"{title} ({number})"
        home = target / f"{name}{COPY_SUFFIX}"
        if not home.exists() or _is_of(home, project_id):
            return home
    raise FileExistsError(str(target))


def _is_of(home: Path, project_id: str) -> bool:
    """Whether a folder has copies of this project, or so far of none."""
    return home.is_dir() and all(b.project_id == project_id for b in list_backups(home))


class Carrier:
    """Brings a project's evidence to its copy on another drive."""

    def __init__(self, home: Path, project: Path, doing: Undertaking, watch: Watch) -> None:
        self._home = home
        self._project = project
        self._doing = doing
        self._watch = watch
        self._pool = Pool(home, [project], watch)

    def sweep(self) -> None:
        """Clear away what a death left there."""
        sweep(self._home)
        self._pool.sweep()

    def has_all(self, backup: Backup) -> bool:
        """Whether no file of a backup is absent there but those that the project has lost as well."""
        absent = [file for file in backup.evidence if not is_kept(self._home, file)]
        return all(
            file.sha256 in backup.missing and not is_kept(self._project, file) for file in absent
        )

    def bring(self, files: Sequence[EvidenceFile]) -> tuple[str, ...]:
        """The sha256 of those that the project has not as they were."""
        new = room_needed(files, self._home)
        lacking = new + SPARE - shutil.disk_usage(self._home).free
        if lacking > 0:
            raise self._doing.full(lacking)
        database = database_of(self._doing.project).stat().st_size
        self._watch.total = database + new
        self._watch.add(database)
        missing = tuple(file.sha256 for file in files if not self._pool.bring(file))
        self._pool.settle()
        return missing

    def take_back(self) -> None:
        """Nothing came of the copy: leave the drive as it was."""
        self._pool.take_back()
        for folder in (backups_of(self._home), self._home):
            with suppress(OSError):
                folder.rmdir()


def refuse_inside_a_project(place: Path) -> None:
    """Raise `StorageError` unless a copy may lie in this folder, which must be there."""
    if not place.is_dir():
        raise StorageError(
            f"ไม่พบ “{shown(place)}” กรุณาตรวจว่าเสียบไดรฟ์แล้ว หรือเลือกโฟลเดอร์อื่นแล้วลองอีกครั้ง"
        )
    real = place.resolve()
    if any(database_of(above).exists() for above in (real, *real.parents)):
        raise StorageError(
            "ที่ที่เลือกอยู่ในโฟลเดอร์ของงานประเมิน ถ้างานหายข้อมูลสำรองก็หายไปด้วย กรุณาเลือกไดรฟ์หรือโฟลเดอร์อื่น"
        )
