"""Backs up every project that this user opened lately; the installer asks for it before an upgrade."""

import logging
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from esa_desktop.domain.errors import (
    DamagedProject,
    EsaError,
    NewerProject,
    NotAProject,
    ProjectLocked,
    WriteForbidden,
)
from esa_desktop.domain.thai import thai_digits
from esa_desktop.services.backing_up import Backup, Reason, back_up
from esa_desktop.services.identity import Who
from esa_desktop.services.known_copies import noted_places
from esa_desktop.services.last_seen import seen_folders
from esa_desktop.services.projects import open_project
from esa_desktop.services.register import folder_key
from esa_desktop.storage.layout import database_of, title_of

PATIENCE: Final = 8.0
"""Seconds in which drives have to say what lies on them; a server that is off takes a minute each."""
_log = logging.getLogger(__name__)


class State(StrEnum):
    MADE = "made"
    UNCHANGED = "unchanged"
    """The newest backup has everything."""
    SKIPPED = "skipped"
    """It is open, was left open elsewhere, may not be written, or is of a newer version."""
    FAILED = "failed"
    """It should have worked and did not."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one project."""

    folder: Path
    state: State
    sentence: str
    backup: Path | None = None


def recent_folders(user_folder: Path) -> tuple[Path, ...]:
    """Folders that this user had open and in which a project lies now, each once."""
    named = dict.fromkeys((*noted_places(user_folder), *seen_folders(user_folder)))
    known: dict[str, Path] = {}
    for folder in _those_there(named):
        known.setdefault(folder_key(folder), folder)
    return tuple(known.values())


def back_up_recent(user_folder: Path, who: Who) -> Iterator[Outcome]:
    """Back up one after the other; what is in the way of one is no matter of the next."""
    for folder in recent_folders(user_folder):
        yield _back_up(folder, who)


def _back_up(folder: Path, who: Who) -> Outcome:
    title = title_of(folder)
    try:
        made = _made(folder, who)
    except DamagedProject as error:
        return Outcome(folder, State.FAILED, f"{title}: {error.sentence}")
    except (ProjectLocked, NewerProject, WriteForbidden, NotAProject) as error:
        return Outcome(folder, State.SKIPPED, f"{title}: ข้ามไป {error.sentence}")
    except EsaError as error:
        return Outcome(folder, State.FAILED, f"{title}: {error.sentence}")
    except Exception:  # noqa: BLE001 - the next project is to be backed up all the same
        _log.exception("backing up %s failed", folder)
        words = "สำรองข้อมูลไม่สำเร็จ งานเดิมยังอยู่ครบ กรุณาเปิดงานแล้วสำรองข้อมูลเอง"
        return Outcome(folder, State.FAILED, f"{title}: {words}")
    if made is None:
        return Outcome(folder, State.UNCHANGED, f"{title}: สำรองไว้ครบแล้ว")
    words = f"{title}: สำรองข้อมูลชุดที่ {thai_digits(made.seq)} แล้ว"
    return Outcome(folder, State.MADE, words, made.folder)


def _made(folder: Path, who: Who) -> Backup | None:
    project = open_project(folder, who=who)
    try:
        project.flush()
        return back_up(project, Reason.ASKED)
    finally:
        project.close(timeout=5)


def _those_there(folders: Iterable[Path]) -> tuple[Path, ...]:
    """All are asked at once, and what does not answer in time is not there: an installer waits."""
    asked = tuple(folders)
    there: set[Path] = set()

    def ask(folder: Path) -> None:
        if _is_there(folder):
            there.add(folder)

    # Daemons: one that is still waiting for its drive does not keep the program from ending.
    threads = [threading.Thread(target=ask, args=(folder,), daemon=True) for folder in asked]
    for thread in threads:
        thread.start()
    end = time.monotonic() + PATIENCE
    for thread in threads:
        thread.join(max(0.0, end - time.monotonic()))
    answered = there.copy()
    return tuple(folder for folder in asked if folder in answered)


def _is_there(folder: Path) -> bool:
    with suppress(OSError, ValueError):
        return database_of(folder).is_file()
    return False
