"""What was handed to the writer and what it acknowledged; afterwards, what of it is missing."""

import hashlib
import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import closing
from functools import partial
from pathlib import Path

from esa_desktop.domain.errors import StorageError
from esa_desktop.domain.evidence import evidence_from_dict
from esa_desktop.domain.fields import Field, Kind
from esa_desktop.domain.revision import Revision, heads_of
from esa_desktop.storage.evidence_files import is_kept, path_of
from esa_desktop.storage.store import Contents, Draft, Store, Write
from esa_desktop.storage.writer import Writer
from tests.torture.scene import HOLDER, Tell, Told, words


def keep_ledger(tell: Tell, *, early: bool = False) -> None:
    """Tell of every write that is handed over and of its acknowledgement; for the child.

    ``early`` is a control: everything is said to be stored at once.
    """
    real = Writer.submit
    count = 0

    def submit(writer: Writer, write: Write) -> "Future[None]":
        nonlocal count
        count += 1
        tell("handed", count, _states(write), [one.id for one in write.revisions])
        if early:
            tell("stored", count)
        future = real(writer, write)
        future.add_done_callback(partial(_tell_stored, tell, count))
        return future

    Writer.submit = submit  # type: ignore[method-assign, assignment]


def _tell_stored(tell: Tell, number: int, done: "Future[None]") -> None:
    if not done.cancelled() and done.exception() is None:
        tell("stored", number)


def _states(write: Write) -> list[list[str]]:
    """[round, owner, kind, body's hash] of what the fields say after this write."""
    said: list[Revision | Draft] = [*write.revisions, *write.drafts]
    return [[*_name(one.field), _hash(one.body)] for one in said]


def _name(field: Field) -> tuple[str, str, str]:
    return field.round, field.owner, field.kind.value


def _hash(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()[:16]


def losses(folder: Path, told: Sequence[Told]) -> list[str]:
    """What is wrong with the project in ``folder`` after all that was told; words, each once."""
    try:
        store = Store.open(folder, HOLDER)
    except StorageError:
        return ["unopenable"]
    try:
        contents = store.load()
        revisions = [revision for _, revision in store.changes_since(0)]
    except StorageError:
        return ["damaged"]
    finally:
        store.close()
    return sorted(
        {
            *_torn(contents, revisions),
            *_without_files(folder, contents),
            *_lost(contents, {revision.id for revision in revisions}, told),
            *_corrupt(folder),
        }
    )


def _torn(contents: Contents, revisions: Sequence[Revision]) -> list[str]:
    by_field: dict[Field, list[Revision]] = defaultdict(list)
    for revision in revisions:
        by_field[revision.field].append(revision)
    heads = {field: heads_of(found) for field, found in by_field.items()}
    return [] if heads == dict(contents.heads) else ["torn"]


def _without_files(folder: Path, contents: Contents) -> list[str]:
    wrong: list[str] = []
    for sha256 in contents.files:
        place = path_of(folder, sha256)
        if not place.is_file():
            wrong.append("row without file")
        elif hashlib.sha256(place.read_bytes()).hexdigest() != sha256:
            wrong.append("file not whole")
    for field, heads in contents.heads.items():
        for head in heads:
            if field.kind is Kind.ITEM and head.body:
                files = evidence_from_dict(field.owner, json.loads(head.body)).files
                if not all(f.sha256 in contents.files and is_kept(folder, f) for f in files):
                    wrong.append("item without file")
    return wrong


def _lost(contents: Contents, revisions: set[str], told: Sequence[Told]) -> list[str]:
    stored = acknowledged(told)
    handed = {number: (states, ids) for number, states, ids in words(told, "handed")}
    states: dict[Field, list[tuple[int, str]]] = defaultdict(list)
    for number, (said, ids) in sorted(handed.items()):
        if number in stored and not revisions.issuperset(ids):
            return ["lost revision"]
        for round_, owner, kind, body in said:
            states[Field(round_, owner, Kind(kind))].append((number, body))
    for field, steps in states.items():
        there = {_hash(draft.body) for draft in contents.drafts if draft.field == field}
        there = there or {_hash(head.body) for head in contents.heads.get(field, ())}
        last = max((number for number, _ in steps if number in stored), default=0)
        reached = max((number for number, body in steps if body in there), default=0)
        if reached < last:
            return ["lost text"]
    return []


def acknowledged(told: Sequence[Told]) -> set[int]:
    """The numbers of the writes that the program called stored, one by one or all so far."""
    stored: set[int] = set()
    handed: set[int] = set()
    for word, *values in told:
        if word == "handed":
            handed.add(values[0])
        elif word == "stored":
            stored.add(values[0])
        elif word == "flushed":
            stored |= handed
    return stored


def _corrupt(folder: Path) -> list[str]:
    with closing(sqlite3.connect(folder / "project.db")) as connection:
        whole = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        whole = whole and not connection.execute("PRAGMA foreign_key_check").fetchall()
    return [] if whole else ["corrupt"]
