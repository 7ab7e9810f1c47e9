"""Everything in a project folder that still proves itself: from the database, its journal, backups and copies."""

import json
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from esa_desktop.domain.errors import Cancelled
from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.domain.fields import Field, Kind
from esa_desktop.domain.revision import Revision, make_revision
from esa_desktop.storage.database_file import has_our_structure, read_only
from esa_desktop.storage.examination import is_sha256, named_files
from esa_desktop.storage.faults import Garbled, UnknownKind
from esa_desktop.storage.page_carving import COLUMNS, Carved
from esa_desktop.storage.rows import Cells, Draft, draft_of, packed, reading, revision_of
from esa_desktop.storage.salvage_places import (
    Place,
    Source,
    is_anothers,
    places_of,
    project_id_of,
    strangers_in,
)

Cancel = Callable[[], bool]
Progress = Callable[[int, int], None]
"""Gets (bytes done, bytes in all)."""


@dataclass(frozen=True, slots=True)
class Proven:
    """A revision that is there whole; what it says went to the one who asked."""

    field: Field
    parents: tuple[str, ...]
    seq: int
    """Its number on this computer; 0 where that is not to be read."""
    source: Source


@dataclass(frozen=True, slots=True)
class Trace:
    """An entry of an index: a revision there was. Nothing proves it."""

    field: Field
    parents: tuple[str, ...]
    seq: int


MOST_TRACES: Final = 500_000
"""Ten times what the largest project has; only malice makes more."""
MOST_TYPED: Final = 64 << 20
"""Characters of drafts held in memory; an office types some thousand at a time."""

Keep = Callable[[Revision, Proven, bytes], None]
"""Gets the body also as it is stored: to pack it anew would take most of the time."""


@dataclass(slots=True)
class Salvage:
    """What was found. Revisions are told apart by their ids, so each is there once."""

    project_id: str = ""
    revisions: dict[str, Proven] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)
    """The likeliest first; several of one field and device may be there."""
    traces: dict[str, Trace] = field(default_factory=dict)
    files: dict[str, EvidenceFile] = field(default_factory=dict)
    """What the evidence items name."""
    frameworks: list[Revision] = field(default_factory=list)
    """The published texts that were pinned, all versions: what fields stand for is in them."""

    def lost(self) -> dict[str, Field]:
        """Revisions that an index or a later revision names, and of which nothing else is left."""
        named = {name: trace.field for name, trace in self.traces.items()}
        for proven in self.revisions.values():
            named.update(dict.fromkeys(proven.parents, proven.field))
        return {name: field for name, field in named.items() if name not in self.revisions}

    def heads(self) -> dict[Field, tuple[str, ...]]:
        """The ids nothing is written on top of, as far as is known; sorted."""
        covered = {parent for proven in self.revisions.values() for parent in proven.parents}
        found: dict[Field, list[str]] = {}
        for name, proven in self.revisions.items():
            if name not in covered:
                found.setdefault(proven.field, []).append(name)
        return {name: tuple(sorted(ids)) for name, ids in found.items()}

    def fitting_drafts(self) -> tuple[Draft, ...]:
        """One for each field and device: the likeliest that stands on what is still current.

        A parent that is lost does not speak against it: then the draft has all that is left.
        """
        heads = {name for ids in self.heads().values() for name in ids}
        chosen: dict[tuple[Field, str], Draft] = {}
        for draft in self.drafts:
            passed = any(name in self.revisions and name not in heads for name in draft.parents)
            if not passed:
                chosen.setdefault((draft.field, draft.device), draft)
        return tuple(chosen.values())


def salvage(
    folder: Path,
    keep: Keep,
    *,
    cancelled: Cancel | None = None,
    progress: Progress | None = None,
) -> Salvage:
    """Hand every revision that proves itself to ``keep``, once, and tell what else is there.

    Blocks for some seconds; needs no more memory for larger files but for the names. Never raises
    for what is wrong with a file. Raises `Cancelled`, and what ``keep`` raises.
    """
    places = tuple(places_of(folder))
    found = Salvage(project_id=project_id_of(places))
    places = tuple(place for place in places if not is_anothers(place, found.project_id))
    walk = _Walk(found, keep, cancelled, progress, sum(place.size for place in places))
    for place in places:
        if place.is_journal:
            walk.strangers |= strangers_in(place)
    seen: dict[Draft, None] = {}
    told: set[Source] = set()
    room = MOST_TYPED
    for place in places:
        carved = walk.through(place)
        for draft in carved.keys() - seen.keys():
            if room > 0:
                seen[draft] = None
                room -= len(draft.body)
        if place.is_journal:
            continue
        if Source.DATABASE in told or place.source in told:
            continue  # what it does not have any more was taken back since
        drafts = _readable_drafts(place.path)
        if drafts is not None:
            told.add(place.source)
        elif place.source is Source.DATABASE:
            # Among those that were perhaps thrown away long ago the clock has the last word.
            drafts = sorted(carved, key=lambda draft: (carved[draft], draft.time), reverse=True)
        found.drafts += _missing_otherwise(found, place.source, drafts or ())
    _revive(found, seen, keep)
    return found


class _Walk:
    """Carves one file after another and keeps what proves itself."""

    def __init__(
        self,
        found: Salvage,
        keep: Keep,
        cancelled: Cancel | None,
        progress: Progress | None,
        size: int,
    ) -> None:
        self._found = found
        self._keep = keep
        self._cancelled = cancelled
        self._progress = progress
        self._done, self._size = 0, size
        self.strangers: set[str] = set()
        """Ids that are passed over."""

    def through(self, place: Place) -> dict[Draft, bool]:
        """Take revisions and traces; the answer is drafts, and whether each is live."""
        drafts: dict[Draft, bool] = {}
        with ExitStack() as stack:
            try:
                carving = place.carving(stack)
            except OSError:
                return drafts  # cannot even be opened
            room = MOST_TYPED
            for row in carving.rows(
                known=lambda name: name in self._found.revisions or name in self.strangers,
                cancelled=self._cancelled,
                progress=self._advance,
            ):
                if row.table == "draft" and room > 0:
                    with suppress(Garbled, UnknownKind), reading():
                        draft = draft_of(Cells(COLUMNS["draft"][0], row.values))
                        drafts[draft] = drafts.get(draft, False) or row.is_live
                        room -= len(draft.body)
                elif row.table == "revision":
                    self._take_revision(row, place.source)
                elif row.table == "trace" and not place.is_journal:
                    self._take_trace(row)
        if self._cancelled and self._cancelled():
            raise Cancelled("ยกเลิกแล้ว ไม่มีสิ่งใดเปลี่ยนแปลง")
        return drafts

    def _take_revision(self, row: Carved, source: Source) -> None:
        cells = Cells(COLUMNS["revision"][0], row.values)
        try:
            with reading():
                revision = revision_of(cells)
        except (Garbled, UnknownKind):
            return
        proven = Proven(revision.field, revision.parents, row.rowid, source)
        self._keep(revision, proven, cells.body)
        self._found.revisions[revision.id] = proven
        if revision.field.kind is Kind.FRAMEWORK:
            self._found.frameworks.append(revision)
        self._found.files.update({file.sha256: file for file in named_files(revision)})

    def _take_trace(self, row: Carved) -> None:
        if len(self._found.traces) >= MOST_TRACES:
            return
        cells = Cells(COLUMNS["trace"][0], row.values)
        with suppress(Garbled), reading():
            name = Field(str(cells.round), str(cells.owner), Kind(cells.kind))
            parents = tuple(filter(is_sha256, json.loads(cells.parents)))
            self._found.traces.setdefault(str(cells.id), Trace(name, parents, int(cells.seq)))

    def _advance(self, size: int) -> None:
        self._done += size
        if self._progress:
            self._progress(self._done, self._size)


def _readable_drafts(database: Path) -> list[Draft] | None:
    """The drafts as SQLite reads them; ``None`` where it cannot, or where one is not whole."""
    try:
        with closing(read_only(database)) as driver:
            if not has_our_structure(driver):
                return None
            names, _ = COLUMNS["draft"]
            query = f"SELECT {', '.join(names)} FROM draft NOT INDEXED"  # noqa: S608 - our names
            drafts: list[Draft] = []
            room = MOST_TYPED
            with reading():
                for values in driver.execute(query):
                    drafts.append(draft_of(Cells(names, values)))
                    room -= len(drafts[-1].body)
                    if room < 0:
                        break
            return drafts
    except (sqlite3.Error, UnicodeError, Garbled, UnknownKind):
        return None


def _missing_otherwise(found: Salvage, source: Source, drafts: Iterable[Draft]) -> list[Draft]:
    """Of an older copy only drafts of fields of which the database itself has nothing left."""
    if source is Source.DATABASE:
        return list(drafts)
    there = {draft.field for draft in found.drafts}
    for proven in found.revisions.values():
        if proven.source is Source.DATABASE:
            there.add(proven.field)
    return [draft for draft in drafts if draft.field not in there]


def _revive(found: Salvage, drafts: Iterable[Draft], keep: Keep) -> None:
    """Lost revisions of which the draft they were cut from still lies on a page that is free.

    Such a draft has all that its revision said, so their ids are the same.
    """
    named = {parent for proven in found.revisions.values() for parent in proven.parents}
    wanted = (named | found.traces.keys()) - found.revisions.keys()
    for draft in drafts:
        revision = make_revision(
            draft.field,
            draft.parents,
            draft.body,
            author=draft.author,
            device=draft.device,
            time=draft.time,
        )
        if revision.id in wanted:
            wanted.discard(revision.id)
            trace = found.traces.get(revision.id)
            seq = trace.seq if trace else 0
            proven = Proven(revision.field, revision.parents, seq, Source.DATABASE)
            keep(revision, proven, packed(revision.body))
            found.revisions[revision.id] = proven
