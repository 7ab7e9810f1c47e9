"""Backups for the tests: made of a store, or planted as if they had been made at other times."""

import shutil
from dataclasses import replace
from pathlib import Path

from esa_desktop.storage.backup_faults import Undertaking
from esa_desktop.storage.backup_list import (
    MANIFEST,
    Backup,
    Reason,
    backups_of,
    folder_name,
    manifest_of,
)
from esa_desktop.storage.backups import Bring, Copied, Copy, Home, Occasion, make_backup
from esa_desktop.storage.evidence_pool import missing_of
from esa_desktop.storage.store import Store

TIME = "2026-11-22T03:00:00.000+00:00"


def said_by(store: Store) -> Copied:
    last = store.last_change()
    return Copied(store.load().project_id, store.state(), last.id if last else "")


def copying(store: Store) -> Copy:
    """What `services.backing_up` does on the writer's thread."""

    def copy(path: Path) -> Copied:
        store.copy_to(path)
        return said_by(store)

    return copy


def home_of(folder: Path) -> Home:
    return Home(folder, Undertaking.backing_up(folder))


def made(
    store: Store,
    *,
    time: str = TIME,
    reason: Reason = Reason.ASKED,
    copy: Copy | None = None,
    bring: Bring | None = None,
) -> Backup:
    folder = store.folder
    return make_backup(
        home_of(folder),
        Occasion(reason, time, "สมศรี", "PC-๐๗", "d1"),
        copy or copying(store),
        bring or (lambda files: missing_of(files, folder)),
    )


def planted(home: Path, like: Backup, *, seq: int, time: str = TIME, name: str = "") -> Backup:
    """A whole backup beside those that are there, with another number and time."""
    folder = backups_of(home) / (name or folder_name(seq, time))
    shutil.copytree(like.folder, folder)
    backup = replace(like, folder=folder, seq=seq, time=time)
    (folder / MANIFEST).write_bytes(manifest_of(backup))
    return backup


def names_in(folder: Path) -> set[str]:
    """Everything below a folder, for "nothing is left"."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}
