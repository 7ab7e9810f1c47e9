"""Revisions and drafts as rows and back again: what does not come back whole is not let in."""

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, Protocol

from sqlalchemy import ColumnElement, Table, and_

from esa_desktop.domain.fields import Field, Kind
from esa_desktop.domain.revision import Revision, is_whole
from esa_desktop.domain.richtext import canonical_json
from esa_desktop.storage.faults import Garbled, UnknownKind

LONGEST: Final = 16 << 20
"""Bytes of a body unpacked. The longest text anybody wrote has some hundred thousand."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Text that is still being typed: one for each field and device."""

    field: Field
    device: str
    author: str
    time: str
    """UTC, ISO 8601 with milliseconds."""
    parents: tuple[str, ...]
    """Ids of the heads the person saw when the typing began."""
    body: str


class _Row(Protocol):
    """A row of SQLAlchemy's, whose columns are known to us and not to mypy."""

    def __getattr__(self, name: str) -> Any: ...


class Cells:
    """A row that was not read by SQLAlchemy; nothing is known of its values' types."""

    def __init__(self, names: Sequence[str], values: Sequence[object]) -> None:
        self._cells = dict(zip(names, values, strict=True))

    def __getattr__(self, name: str) -> Any:
        return self._cells[name]


@contextmanager
def reading() -> Iterator[None]:
    """Around fetching and decoding rows: whatever a changed byte leads to is a `Garbled` row."""
    try:
        yield
    except (Garbled, UnknownKind):
        raise
    except (TypeError, ValueError, KeyError, RecursionError, zlib.error) as fault:
        raise Garbled(str(fault)) from fault


def in_field(table: Table, field: Field) -> ColumnElement[bool]:
    return and_(
        table.c.round == field.round,
        table.c.owner == field.owner,
        table.c.kind == field.kind.value,
    )


def field_values(field: Field) -> dict[str, str]:
    return {"round": field.round, "owner": field.owner, "kind": field.kind.value}


def field_of(row: _Row) -> Field:
    try:
        kind = Kind(row.kind)
    except ValueError as fault:
        raise UnknownKind(str(row.kind)) from fault
    return Field(row.round, row.owner, kind)


def parents_of(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def packed(body: str) -> bytes:
    return zlib.compress(body.encode()) if body else b""


def unpacked(body: bytes) -> str:
    """Raises `ValueError` for a body that grows beyond all texts: only malice makes one."""
    if not body:
        return ""
    unpacking = zlib.decompressobj()
    text = unpacking.decompress(body, LONGEST)
    if not unpacking.eof:
        raise ValueError("a body that is cut off or has no end")
    return text.decode()


def revision_values(revision: Revision, body: bytes | None = None) -> Mapping[str, object]:
    """``body``: the revision's own as `packed`, where it is at hand."""
    return {
        **field_values(revision.field),
        "id": revision.id,
        "parents": canonical_json(revision.parents),
        "author": revision.author,
        "device": revision.device,
        "time": revision.time,
        "body": packed(revision.body) if body is None else body,
    }


def revision_of(row: _Row) -> Revision:
    """The revision in a row of the table ``revision``; raises `Garbled` unless its id proves it.

    A kind this program does not know is `UnknownKind` only where the id proves that it was meant.
    """
    try:
        field = field_of(row)
    except UnknownKind:
        if _sha256(_said_of_unknown(row)) != row.id:
            raise Garbled("revision of no kind") from None
        raise
    revision = Revision(
        row.id,
        field,
        parents_of(row.parents),
        row.author,
        row.device,
        row.time,
        unpacked(row.body),
    )
    if not is_whole(revision):
        raise Garbled(f"revision {revision.id}")
    return revision


def draft_values(draft: Draft) -> Mapping[str, object]:
    return {
        **field_values(draft.field),
        "device": draft.device,
        "author": draft.author,
        "time": draft.time,
        "parents": canonical_json(draft.parents),
        "sha256": _sha256(_said(draft)),
        "body": packed(draft.body),
    }


def draft_of(row: _Row) -> Draft:
    """The draft in a row of the table ``draft``; raises `Garbled` unless its sha256 proves it."""
    draft = Draft(
        field_of(row),
        row.device,
        row.author,
        row.time,
        parents_of(row.parents),
        unpacked(row.body),
    )
    if _sha256(_said(draft)) != row.sha256:
        raise Garbled(f"draft of {draft.field}")
    return draft


def meta_values(name: str, value: str) -> Mapping[str, object]:
    return {"name": name, "value": value, "sha256": _sha256([name, value])}


def meta_of(row: _Row) -> str:
    """The value in a row of the table ``meta``; raises `Garbled` unless its sha256 proves it."""
    if _sha256([row.name, row.value]) != row.sha256:
        raise Garbled(f"meta {row.name}")
    return str(row.value)


def _said_of_unknown(row: _Row) -> Sequence[object]:
    """What `domain.revision.revision_id` hashes, for a kind there is no `Kind` for."""
    return [
        [row.round, row.owner, row.kind],
        sorted(parents_of(row.parents)),
        row.author,
        row.device,
        row.time,
        unpacked(row.body),
    ]


def _said(draft: Draft) -> Sequence[object]:
    return [
        *field_values(draft.field).values(),
        draft.device,
        draft.author,
        draft.time,
        draft.parents,
        draft.body,
    ]


def _sha256(said: Sequence[object]) -> str:
    return hashlib.sha256(canonical_json(said).encode()).hexdigest()
