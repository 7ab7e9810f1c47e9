"""Making backups: copied beside, examined, put in place; only then are older ones thinned."""

import shutil
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from esa_desktop.domain.errors import StorageError
from esa_desktop.domain.evidence import EvidenceFile, safe_file_name
from esa_desktop.domain.thinning import Mark, kept
from esa_desktop.storage.backup_faults import Undertaking
from esa_desktop.storage.backup_list import (
    FIRST_PAGE,
    MANIFEST,
    Backup,
    Reason,
    backups_of,
    folder_name,
    left_overs,
    list_backups,
    manifest_of,
    next_seq,
)
from esa_desktop.storage.copy_contents import look_inside
from esa_desktop.storage.database import copy_pages
from esa_desktop.storage.database_file import page_size_in
from esa_desktop.storage.durable import (
    flush_file,
    flush_to_disk,
    part_beside,
    put_in_place,
    sync_folder,
)
from esa_desktop.storage.evidence_pool import Cancel, Watch, make_folders, missing_of, sha256_of
from esa_desktop.storage.examination import Examination, examine
from esa_desktop.storage.layout import database_of, title_of
from esa_desktop.storage.store import State

SPARE: Final = 16 << 20
"""Bytes a backup leaves free on the drive: saving what is written next goes first."""
CANCELLED: Final = "ยกเลิกการสำรองข้อมูลแล้ว ข้อมูลสำรองเดิมไม่เปลี่ยนแปลง"


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why, when and by whom a backup is made."""

    reason: Reason
    time: str
    """UTC, ISO 8601; shown only."""
    author: str = ""
    computer: str = ""
    device: str = ""


@dataclass(frozen=True, slots=True)
class Copied:
    """What the open project said when its database had been copied."""

    project_id: str
    state: State
    last: str
    """Id of the last revision."""


@dataclass(frozen=True, slots=True)
class Home:
    """Where backups are kept."""

    folder: Path
    """The project folder itself, or its copy on another drive."""
    undertaking: Undertaking
    by_computer: bool = False
    """Several computers keep theirs here: each has a last ten of its own."""


Copy = Callable[[Path], Copied | None]
"""Copies the database to a new file; what it raises ends the backup. ``None`` where
there is nobody to ask what is in it."""
Bring = Callable[[Sequence[EvidenceFile]], tuple[str, ...]]
"""Has the evidence where the backup will look for it; returns the sha256 of what is missing."""


def make_backup(
    home: Home,
    occasion: Occasion,
    copy: Copy,
    bring: Bring,
    *,
    take_back: Callable[[], None] = lambda: None,
    cancelled: Cancel | None = None,
) -> Backup:
    """A backup that counts, there to stay; older ones are thinned afterwards.

    Whatever ends it earlier (a death, a full disk, the person) leaves all earlier backups and
    nothing that counts; then ``take_back`` undoes ``bring``. Raises `StorageError` or `Cancelled`.
    One at a time for each home.
    """
    watch = Watch(cancelled, sentence=CANCELLED)
    with home.undertaking.said():
        home.undertaking.refuse_gone()
        sweep(home.folder)
        seq = next_seq(home.folder)
        place = backups_of(home.folder) / folder_name(seq, occasion.time)
        part = part_beside(place)
        try:
            make_folders(backups_of(home.folder))
            part.mkdir()
            refuse_without_room(home, database_of(home.undertaking.project).stat().st_size)
            with home.undertaking.said_anew():
                copied = copy(database_of(part))
                flush_file(database_of(part))
            found = _examined(part, home, occasion, copied, watch)
            backup = replace(found, folder=place, seq=seq, missing=bring(found.evidence))
            _complete(part, backup)
            watch.look()
            put_in_place(part, place)
        except BaseException:
            if _is_withdrawn(place, part):
                take_back()
            raise
    thin(home, backup)
    return backup


def _is_withdrawn(place: Path, part: Path) -> bool:
    """Clear away what was begun; ``False`` where it counts already and cannot be taken back.

    It may have its name and then the drive fails: whoever is told so must not find it there.
    """
    with suppress(OSError):
        if place.exists():
            place.rename(part)
        shutil.rmtree(part, ignore_errors=True)
        return True
    return False


def refuse_without_room(home: Home, size: int) -> None:
    """Raise before anything is written where ``size`` bytes do not fit with some to spare."""
    lacking = size + SPARE - shutil.disk_usage(home.folder).free
    if lacking > 0:
        raise home.undertaking.full(lacking)


def sweep(home: Path) -> None:
    """Remove what a program that died was making or removing."""
    for folder in left_overs(home):
        shutil.rmtree(folder, ignore_errors=True)


def thin(home: Home, newest: Backup) -> None:
    """Remove the backups of the same project that are not to be kept; never ``newest``.

    Left alone are those of other projects and those a person renamed or copied. One that cannot
    be removed now is removed another time.
    """
    ours = [
        backup
        for backup in list_backups(home.folder)
        if backup.project_id == newest.project_id
        and backup.is_named_by_us
        and (not home.by_computer or backup.device == newest.device)
    ]
    keep = kept([Mark(backup.seq, backup.day) for backup in ours])
    for backup in ours:
        if backup.seq not in keep and backup.seq != newest.seq:
            with suppress(OSError):
                # Under the name of a left-over first: half removed it must not count.
                backup.folder.rename(part_beside(backup.folder))
    sweep(home.folder)


def is_unchanged(newest: Backup, copied: Copied) -> bool:
    """Whether a project has nothing that its newest backup has not."""
    return (newest.project_id, newest.state, newest.last) == (
        copied.project_id,
        copied.state,
        copied.last,
    )


def is_intact(backup: Backup, cancelled: Cancel | None = None) -> bool:
    """Whether the database of a backup still is, byte by byte, what was examined."""
    with suppress(OSError):
        return sha256_of(database_of(backup.folder), Watch(cancelled)) == backup.sha256
    return False


def backup_before_migration(driver: sqlite3.Connection, folder: Path) -> None:
    """The backup that the opening of an older project makes before its database is changed.

    ``driver`` is the open database, outside any transaction. What is raised keeps the project as
    it is.
    """

    def copy(path: Path) -> None:
        copy_pages(driver, path, lambda: None)

    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    make_backup(
        Home(folder, Undertaking.backing_up(folder)),
        Occasion(Reason.MIGRATION, now),
        copy,
        lambda files: missing_of(files, folder),
    )


def _examined(
    part: Path, home: Home, occasion: Occasion, copied: Copied | None, watch: Watch
) -> Backup:
    """The backup in ``part``, whose database was looked through after it had come to the disk."""
    database = database_of(part)
    sha256 = sha256_of(database, watch)
    examination = examine(database, cancelled=watch.cancelled)
    watch.look()
    if not examination.is_whole:
        raise _unsound(home)
    inside = look_inside(database)
    if copied is not None and (copied.project_id, copied.state.last_seq, copied.last) != (
        examination.project_id,
        inside.last_seq,
        inside.last,
    ):
        raise _unsound(home)
    return Backup(
        folder=part,
        seq=0,
        time=occasion.time,
        reason=occasion.reason,
        author=occasion.author,
        computer=occasion.computer,
        device=occasion.device,
        project_id=examination.project_id,
        title=title_of(home.undertaking.project),
        state=copied.state if copied else None,
        last=inside.last,
        revisions=examination.revisions,
        heads_sha256=examination.heads_sha256,
        sha256=sha256,
        size=database.stat().st_size,
        evidence=_evidence(examination, inside.names),
        missing=(),
    )


def _evidence(examination: Examination, names: Mapping[str, str]) -> tuple[EvidenceFile, ...]:
    return tuple(
        EvidenceFile(sha256, safe_file_name(names[sha256]) if sha256 in names else "", size)
        for sha256, size in sorted(examination.files.items())
    )


def _unsound(home: Home) -> StorageError:
    return StorageError(
        f"ข้อมูลสำรองชุดที่เพิ่งทำไม่ตรงกับงานประเมิน {home.undertaking.outcome} กรุณาตรวจสุขภาพงานประเมินแล้วลองอีกครั้ง"
    )


def _complete(part: Path, backup: Backup) -> None:
    """Write what goes beside the database; the manifest last, for it is what makes it count."""
    with database_of(part).open("rb") as database:
        header = database.read(100)
        database.seek(0)
        _write(part / FIRST_PAGE, database.read(page_size_in(header)))
    _write(part / MANIFEST, manifest_of(backup))
    sync_folder(part)


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        flush_to_disk(file.fileno())
