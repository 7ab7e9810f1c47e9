"""Remembers up to where a person has seen a project on this computer, and tells what came since."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import Enum, auto
from functools import partial
from pathlib import Path
from typing import Any, Final

from esa_desktop.services.changes import Change, changes_since
from esa_desktop.services.history import answer_of
from esa_desktop.services.projects import Project
from esa_desktop.services.register import folder_key, keep_register, latest, read_register
from esa_desktop.storage.store import Store

FILE: Final = "seen.json"
MOST: Final = 200
"""Folders remembered; the ones opened last stay."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The last revision there was: its number, local to one project.db, and its id."""

    seq: int
    revision: str


class NotCompared(Enum):
    """Why nobody can say what changed; that is something else than that nothing did."""

    NEVER_SEEN = auto()
    """This computer does not know of an earlier visit."""
    OTHER_STATE = auto()
    """What was seen is not in this project.db: an older state of it, or another copy."""


def last_seen(user_folder: Path, project_id: str, folder: Path) -> tuple[Seen, ...]:
    """Up to where this user saw the project in this folder.

    Of a folder in which it was never open (moved, renamed, a stick with another letter): up to
    where it was seen in each other folder. Empty when never, or when it cannot be read.
    """
    known = read_register(user_folder / FILE)
    here = _seen(known.get(_key(project_id, folder)))
    if here is not None:
        return (here,)
    of_project = (said for key, said in known.items() if key.startswith(_key(project_id)))
    return tuple(seen for seen in map(_seen, of_project) if seen is not None)


def remember_seen(user_folder: Path, project_id: str, folder: Path, seen: Seen) -> None:
    """Durable. A folder that cannot be written to costs a hint, never the work: no error."""
    file = user_folder / FILE
    key = _key(project_id, folder)
    keep_register(file, latest(read_register(file), key, asdict(seen), most=MOST))


def seen_folders(user_folder: Path) -> tuple[Path, ...]:
    """Folders in which this user saw a project, latest first; one may be gone. On Windows in small
    letters, as they are compared.
    """
    keys = (key.partition(" ")[2] for key in read_register(user_folder / FILE))
    return tuple(Path(folder) for folder in reversed(list(keys)) if folder)


def seen_now(project: Project) -> Seen | None:
    """What there is to see at this moment. Blocks until the store answers: for workers."""
    return answer_of(project.ask(_last))


def unseen_changes(project: Project, seen: Sequence[Seen]) -> tuple[Change, ...] | NotCompared:
    """What changed since the latest of ``seen`` that stands for the same in this project.db.

    Blocks: for workers.
    """
    if not seen:
        return NotCompared.NEVER_SEEN
    fitting = answer_of(project.ask(partial(_latest_fitting, seen)))
    return changes_since(project, fitting.seq) if fitting else NotCompared.OTHER_STATE


def _key(project_id: str, folder: Path | None = None) -> str:
    """Of one folder; without it what the keys of all folders of that project begin with."""
    return f"{project_id} {folder_key(folder) if folder is not None else ''}"


def _seen(known: Any) -> Seen | None:
    if not isinstance(known, dict):
        return None
    seq, revision = known.get("seq"), known.get("revision")
    if not isinstance(seq, int) or not isinstance(revision, str):
        return None
    return Seen(seq, revision)


def _last(store: Store) -> Seen | None:
    last = store.last_change()
    return Seen(store.state().last_seq, last.id) if last is not None else None


def _latest_fitting(seen: Sequence[Seen], store: Store) -> Seen | None:
    latest_first = sorted(seen, key=lambda one: one.seq, reverse=True)
    return next((one for one in latest_first if _knows(store, one)), None)


def _knows(store: Store, seen: Seen) -> bool:
    """Whether the number still stands for the revision it stood for.

    In another copy it may stand for something else.
    """
    return store.id_at(seen.seq) == seen.revision
