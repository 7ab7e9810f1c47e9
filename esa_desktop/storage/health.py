"""The evidence folder against the database: files that are missing, changed, or known to nobody."""

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from esa_desktop.domain.errors import Cancelled
from esa_desktop.domain.evidence import Evidence, EvidenceFile
from esa_desktop.domain.fields import decode
from esa_desktop.domain.revision import Revision
from esa_desktop.storage.database_file import read_only
from esa_desktop.storage.evidence_files import path_of
from esa_desktop.storage.examination import named_files
from esa_desktop.storage.faults import Garbled, UnknownKind
from esa_desktop.storage.layout import evidence_of
from esa_desktop.storage.mirror import read_index
from esa_desktop.storage.rows import Cells, reading, revision_of
from esa_desktop.storage.salvage import Salvage

CHUNK: Final = 1 << 20

Cancel = Callable[[], bool]
Progress = Callable[[int, int], None]
"""Gets (bytes done, bytes in all)."""
Named = tuple[str, str, str]
"""(code and title of the item, the file's name, its sha256); the first two may be empty."""


@dataclass(frozen=True, slots=True)
class EvidenceHealth:
    missing: tuple[Named, ...]
    changed: tuple[Named, ...]
    """Their bytes are not those that were attached, or the drive does not give them."""
    orphans: int
    """Files the database does not know: left by a crash, or put there by somebody."""
    orphan_bytes: int


def examine_evidence(
    folder: Path,
    copy: Path,
    files: Mapping[str, int],
    *,
    cancelled: Cancel | None = None,
    progress: Progress | None = None,
) -> EvidenceHealth:
    """Read every evidence file through and compare; ``copy`` is a database with their names.

    ``files`` are those the database knows, with their sizes. Raises `Cancelled`.
    """
    names = names_in(copy)
    watch = _Watch(cancelled, progress, sum(files.values()))
    missing: list[Named] = []
    changed: list[Named] = []
    for sha256, size in sorted(files.items()):
        named = (*names.get(sha256, ("", "")), sha256)
        try:
            there = path_of(folder, sha256)
            if not there.is_file():
                missing.append(named)
            elif there.stat().st_size != size or _sha256_of(there, watch) != sha256:
                changed.append(named)
        except OSError:
            changed.append(named)
    orphans = [size for name, size in _lying_in(evidence_of(folder)) if name not in files]
    return EvidenceHealth(tuple(missing), tuple(changed), len(orphans), sum(orphans))


def names_in(database: Path) -> dict[str, tuple[str, str]]:
    """(code and title, file name) by sha256, from all versions of all items, the last one first.

    Of a damaged database as far as it can be read.
    """
    names: dict[str, tuple[str, str]] = {}
    query = "SELECT * FROM revision NOT INDEXED WHERE kind='item' ORDER BY seq"
    try:
        with closing(read_only(database)) as driver, closing(driver.execute(query)) as cursor:
            columns = [column[0] for column in cursor.description]
            for values in cursor:
                names.update(_names_of(Cells(columns, values)))
    except (sqlite3.Error, UnicodeError):
        pass
    return names


def _names_of(row: Cells) -> dict[str, tuple[str, str]]:
    try:
        with reading():
            revision = revision_of(row)
            item: Evidence | None = decode(revision.field, revision.body)
    except (Garbled, UnknownKind):
        return {}
    if item is None:
        return {}
    return {
        file.sha256: (f"{item.code} {item.title}".strip(), file.name) for file in item.stored_files
    }


def files_named(
    folder: Path, found: Salvage, supplied: Sequence[Revision]
) -> tuple[EvidenceFile, ...]:
    """The files of a damaged project: what the texts that are left name, and what its mirror does."""
    index = read_index(folder)
    known = {file.sha256: file for file in index.files} if index else {}
    for revision in supplied:
        known.update({file.sha256: file for file in named_files(revision)})
    return tuple({**known, **found.files}.values())


@dataclass(slots=True)
class _Watch:
    cancelled: Cancel | None
    progress: Progress | None
    size: int
    done: int = 0

    def advance(self, size: int) -> None:
        if self.cancelled and self.cancelled():
            raise Cancelled("ยกเลิกการตรวจแล้ว ไม่มีสิ่งใดเปลี่ยนแปลง")
        self.done += size
        if self.progress:
            self.progress(min(self.done, self.size), self.size)


def _sha256_of(path: Path, watch: _Watch) -> str:
    sha256 = hashlib.sha256()
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(CHUNK):
            watch.advance(len(chunk))
            sha256.update(chunk)
    return sha256.hexdigest()


def _lying_in(place: Path) -> Iterator[tuple[str, int]]:
    """Name and size of every file below, however deep somebody put it."""
    for folder, _, names in os.walk(place):
        for name in names:
            with suppress(OSError):
                yield name, (Path(folder) / name).lstat().st_size
