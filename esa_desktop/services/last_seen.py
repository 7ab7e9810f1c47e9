"""Remembers up to where a person has seen a project on this computer, and tells what came since."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from esa_desktop.services.changes import Change, changes_since
from esa_desktop.services.history import answer_of
from esa_desktop.services.projects import Project
from esa_desktop.services.register import keep_register, read_register
from esa_desktop.storage.store import Store

FILE: Final = "seen.json"
MOST: Final = 200
"""Projects remembered; the ones opened last stay."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The last revision there was: its number, local to one project.db, and its id."""

    seq: int
    revision: str


def last_seen(user_folder: Path, project_id: str) -> Seen | None:
    """Up to where this user saw a project; ``None`` when never, or when it cannot be read."""
    known = read_register(user_folder / FILE).get(project_id)
    if not isinstance(known, dict):
        return None
    seq, revision = known.get("seq"), known.get("revision")
    if not isinstance(seq, int) or not isinstance(revision, str):
        return None
    return Seen(seq, revision)


def remember_seen(user_folder: Path, project_id: str, seen: Seen) -> None:
    """Durable. A folder that cannot be written to costs a hint, never the work: no error."""
    known = read_register(user_folder / FILE)
    known.pop(project_id, None)
    known[project_id] = asdict(seen)
    kept = dict(list(known.items())[-MOST:])
    keep_register(user_folder / FILE, kept)


def seen_now(project: Project) -> Seen | None:
    """What there is to see at this moment. Blocks until the store answers: for workers."""
    return answer_of(project.ask(_last))


def unseen_changes(project: Project, seen: Seen | None) -> tuple[Change, ...]:
    """What changed since; nothing is told of a project never seen, or of another copy of it.

    In another copy the numbers mean something else. Blocks: for workers.
    """
    if seen is None or not answer_of(project.ask(lambda store: _knows(store, seen))):
        return ()
    return changes_since(project, seen.seq)


def _last(store: Store) -> Seen | None:
    last = store.last_change()
    return Seen(store.state().last_seq, last.id) if last is not None else None


def _knows(store: Store, seen: Seen) -> bool:
    """Whether the number still stands for the revision it stood for."""
    state = store.state()
    if state.last_seq < seen.seq:
        return False
    found = store.changes_since(seen.seq - 1)[:1]
    return [(number, revision.id) for number, revision in found] == [(seen.seq, seen.revision)]
