"""Putting rows in: what is known already is passed over, what does not hang together is refused."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Table, delete, insert, select

from esa_desktop.domain.errors import AttachError
from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.domain.fields import Field, Kind, decode
from esa_desktop.domain.revision import Revision, is_whole
from esa_desktop.storage import heads
from esa_desktop.storage.evidence_files import is_kept
from esa_desktop.storage.rows import Draft, draft_values, in_field, revision_values
from esa_desktop.storage.tables import DRAFT, EVIDENCE_FILE, REVISION

MOST_AT_ONCE: Final = 500
"""Values in one statement; old SQLites take 999."""


@dataclass(frozen=True, slots=True)
class Write:
    """What is committed together. Drafts are dropped before those given here are put in."""

    revisions: tuple[Revision, ...] = ()
    drafts: tuple[Draft, ...] = ()
    dropped: tuple[tuple[Field, str], ...] = ()
    """(field, device) of drafts that are over."""
    files: tuple[EvidenceFile, ...] = ()
    """Files that lie in the evidence folder, from now on known to the database."""
    forgotten: tuple[str, ...] = ()
    """sha256 of files nothing names any more; they are removed after this is committed."""


def forget_files(connection: Connection, names: Iterable[str]) -> None:
    for name in names:
        connection.execute(delete(EVIDENCE_FILE).where(EVIDENCE_FILE.c.sha256 == name))


def known_files(connection: Connection, names: Iterable[str]) -> set[str]:
    """Those of these sha256 that the database has as evidence files."""
    return _known(connection, EVIDENCE_FILE, "sha256", names)


def put_files(connection: Connection, folder: Path, files: Iterable[EvidenceFile]) -> None:
    by_hash = {file.sha256: file for file in files}
    for name in by_hash.keys() - _known(connection, EVIDENCE_FILE, "sha256", by_hash):
        file = by_hash[name]
        if not is_kept(folder, file):
            raise _not_kept(file)
        row = {"sha256": file.sha256, "size": file.size}
        connection.execute(insert(EVIDENCE_FILE), row)


def put_drafts(connection: Connection, write: Write) -> None:
    over = [*write.dropped, *((draft.field, draft.device) for draft in write.drafts)]
    for field, device in over:
        connection.execute(delete(DRAFT).where(in_field(DRAFT, field), DRAFT.c.device == device))
    latest = {(draft.field, draft.device): draft for draft in write.drafts}
    if latest:
        connection.execute(insert(DRAFT), [draft_values(draft) for draft in latest.values()])


def put_revisions(connection: Connection, revisions: Iterable[Revision]) -> None:
    by_id = {revision.id: revision for revision in revisions}
    known = _known(connection, REVISION, "id", by_id)
    new = [revision for name, revision in by_id.items() if name not in known]
    if not new:
        return
    for revision in new:
        if not is_whole(revision):
            raise ValueError(f"the id of revision {revision.id} does not match what it says")
    _refuse_items_without_files(connection, new)
    connection.execute(insert(REVISION), [revision_values(revision) for revision in new])
    heads.settle(connection, new)


def _refuse_items_without_files(connection: Connection, revisions: Iterable[Revision]) -> None:
    named: dict[str, EvidenceFile] = {}
    for revision in revisions:
        if revision.field.kind is Kind.ITEM and revision.body:
            files = decode(revision.field, revision.body).files
            named.update((file.sha256, file) for file in files)
    lost = named.keys() - _known(connection, EVIDENCE_FILE, "sha256", named)
    if lost:
        raise _not_kept(named[min(lost)])


def _known(connection: Connection, table: Table, column: str, names: Iterable[str]) -> set[str]:
    wanted = list(names)
    found: set[str] = set()
    for start in range(0, len(wanted), MOST_AT_ONCE):
        some = wanted[start : start + MOST_AT_ONCE]
        found.update(connection.scalars(select(table.c[column]).where(table.c[column].in_(some))))
    return found


def _not_kept(file: EvidenceFile) -> AttachError:
    return AttachError(f"ไม่พบไฟล์หลักฐาน “{file.name}” ในงานประเมิน กรุณาแนบไฟล์นี้อีกครั้ง")
