"""Backups of an open project: beside it by themselves, and on another drive when somebody asks."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future, wait
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from esa_desktop.domain.errors import Cancelled, ReadOnlyProject, StorageError
from esa_desktop.services.copies_elsewhere import (
    CopyElsewhere,
    is_same_drive,
    last_copy,
    place_note,
    remember_copy,
    reminder,
)
from esa_desktop.services.projects import Project
from esa_desktop.storage import backup_list
from esa_desktop.storage.backup_faults import Undertaking
from esa_desktop.storage.backup_list import Backup, Reason
from esa_desktop.storage.backup_pool import (
    COPY_SUFFIX,
    Carrier,
    home_elsewhere,
    refuse_inside_a_project,
)
from esa_desktop.storage.backups import (
    CANCELLED,
    Copied,
    Home,
    Occasion,
    is_intact,
    is_unchanged,
    make_backup,
    sweep,
)
from esa_desktop.storage.evidence_pool import Cancel, Progress, Watch, missing_of
from esa_desktop.storage.layout import BACKUPS
from esa_desktop.storage.store import Store

__all__ = [
    "Backup",
    "CopyElsewhere",
    "Reason",
    "answer_of",
    "back_up",
    "copy_elsewhere",
    "is_same_drive",
    "last_copy",
    "list_backups",
    "place_note",
    "remember_copy",
    "reminder",
]

T = TypeVar("T")

QUICK: Final = frozenset({Reason.OPENED, Reason.WORKED})
"""Occasions that come by themselves: there the newest backup is not read through once more."""
READ_ONLY: Final = "งานประเมินนี้เปิดดูอย่างเดียว จึงไม่มีอะไรให้สำรองที่นี่ กรุณาเลือกสำรองไปไว้ไดรฟ์อื่นแทน"
UNSAVED: Final = "งานที่แก้ล่าสุดยังบันทึกลงดิสก์ไม่ได้ จึงยังสำรองหรือกู้คืนข้อมูลไม่ได้ กรุณาแก้ตามแถบสีแดงก่อนแล้วลองอีกครั้ง"
CLOSED: Final = "งานประเมินปิดแล้ว จึงหยุดสำรองข้อมูล ข้อมูลสำรองเดิมไม่เปลี่ยนแปลง"
PATIENCE: Final = 10.0
"""Seconds that a question waits behind writes before it is asked whether any gets through."""
_LOOK: Final = 0.1
"""Seconds between two looks at whether the person has cancelled."""

# The second click waits for the first, and then finds that nothing has changed.
_beside: Final = threading.Lock()
_elsewhere: Final = threading.Lock()


def list_backups(place: Path) -> tuple[Backup, ...]:
    """The backups that count, newest first by their numbers; never raises.

    ``place`` is a project folder or a copy on another drive; also taken are the folder of the
    backups, one of them, and a folder in which such copies lie: whatever a person may point at.
    """
    with suppress(OSError, ValueError):
        homes = [place, *sorted(place.glob(f"*{COPY_SUFFIX}"))]
        if place.name == BACKUPS:
            homes.append(place.parent)
        found = [backup for home in homes for backup in backup_list.list_backups(home)]
        itself = backup_list.read_backup(place)
        return tuple(found) or ((itself,) if itself else ())
    return ()


def back_up(
    project: Project,
    reason: Reason,
    *,
    cancelled: Cancel | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Backup | None:
    """A backup in the project folder; ``None`` where the newest one has everything.

    Blocks, for workers; saving goes on meanwhile. What is being typed comes along as it was last
    saved: call `Editor.checkpoint` first to have it as a revision. Raises `StorageError` with a
    sentence, or `Cancelled`; the earlier backups stay.
    """
    if project.read_only:
        raise ReadOnlyProject(READ_ONLY)
    with _turn(_beside, cancelled):
        newest = _with_everything(project, project.folder, cancelled)
        if newest is not None and (reason in QUICK or is_intact(newest, cancelled)):
            sweep(project.folder)
            return None
        return make_backup(
            Home(project.folder, Undertaking.backing_up(project.folder)),
            _occasion(project, reason, now()),
            partial(_copy, project, cancelled),
            partial(missing_of, home=project.folder),
            cancelled=cancelled,
        )


def copy_elsewhere(
    project: Project,
    target: Path,
    *,
    cancelled: Cancel | None = None,
    progress: Progress | None = None,
    user_folder: Path | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Backup:
    """A copy of the whole project in the folder ``target``, which is best on another drive.

    It lies in ``<title>.esabackup``: a backup (the newest one there where that has everything),
    and of the evidence what is not there yet, each file compared with its hash. Blocks, for
    workers. ``progress`` gets (bytes done, bytes in
    all). With ``user_folder`` it is remembered for the reminder. Files that the project has lost
    or that were changed are in `Backup.missing`. Raises `StorageError` or `Cancelled`.
    """
    doing = Undertaking.copying_to(project.folder, target)
    with _turn(_elsewhere, cancelled), doing.said():
        refuse_inside_a_project(target)
        home = home_elsewhere(target, project.folder, project.project_id)
        watch = Watch(cancelled, progress, sentence=CANCELLED)
        carrier = Carrier(home, project.folder, doing, watch)
        carrier.sweep()
        backup = _with_everything(project, home, cancelled)
        if backup is None or not carrier.has_all(backup) or not is_intact(backup, cancelled):
            backup = make_backup(
                Home(home, doing, by_computer=True),
                _occasion(project, Reason.ASKED, now()),
                partial(_copy, project, cancelled),
                carrier.bring,
                take_back=carrier.take_back,
                cancelled=cancelled,
            )
    if user_folder is not None:
        remember_copy(user_folder, project.folder, backup, now())
    return backup


def _with_everything(project: Project, home: Path, cancelled: Cancel | None) -> Backup | None:
    """The newest backup of this project where nothing has changed since."""
    ours = (b for b in backup_list.list_backups(home) if b.project_id == project.project_id)
    newest = next(ours, None)
    if newest is None:
        return None
    asked = _asking(lambda: project.ask(partial(_state, project.project_id)))
    return newest if is_unchanged(newest, answer_of(project, asked, cancelled)) else None


def _occasion(project: Project, reason: Reason, now: datetime) -> Occasion:
    time = now.astimezone(UTC).isoformat(timespec="milliseconds")
    who = project.who
    return Occasion(reason, time, who.author, who.computer, who.device)


# --- asking the open project ------------------------------------------------------------------


def _state(project_id: str, store: Store) -> Copied:
    last = store.last_change()
    return Copied(project_id, store.state(), last.id if last else "")


def _copy(project: Project, cancelled: Cancel | None, path: Path) -> Copied:
    """Copy the database while saving goes on; what is said of it is of the copy's last moment."""

    def copied(store: Store, breathe: Callable[[], None]) -> Copied:
        def breathe_or_stop() -> None:
            if cancelled and cancelled():
                raise Cancelled(CANCELLED)
            breathe()

        store.copy_to(path, breathe_or_stop)
        return _state(project.project_id, store)

    return answer_of(project, _asking(lambda: project.ask_slowly(copied)), cancelled)


def _asking(ask: "Callable[[], Future[T]]") -> "Future[T]":
    try:
        return ask()
    except RuntimeError:
        raise Cancelled(CLOSED) from None  # closed meanwhile: the writer takes no questions


def answer_of(
    project: Project, future: "Future[T]", cancelled: Cancel | None, *, unsaved: str = UNSAVED
) -> T:
    """Wait for an answer of the project's writer.

    A question that is under way is awaited even when cancelled, for it looks at that itself. One
    that stands behind writes the disk refuses is given up after a while, in the words ``unsaved``.
    """
    deadline = time.monotonic() + PATIENCE
    while not wait([future], _LOOK).done:
        if cancelled and cancelled():
            future.cancel()
        elif time.monotonic() > deadline and project.unsaved and future.cancel():
            raise StorageError(unsaved)
    try:
        return future.result()
    except CancelledError:
        raise Cancelled(CANCELLED) from None


@contextmanager
def _turn(lock: threading.Lock, cancelled: Cancel | None) -> Iterator[None]:
    while not lock.acquire(timeout=_LOOK):
        if cancelled and cancelled():
            raise Cancelled(CANCELLED)
    try:
        yield
    finally:
        lock.release()
