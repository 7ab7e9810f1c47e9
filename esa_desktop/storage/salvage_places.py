"""The files of a project folder that may hold its rows: the database, its journal, backups, what was set aside."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from esa_desktop.storage.database_file import has_our_structure, page_size_in, read_only
from esa_desktop.storage.examination import is_sha256
from esa_desktop.storage.faults import Garbled
from esa_desktop.storage.layout import BACKUPS, DAMAGED, DATABASE, JOURNAL
from esa_desktop.storage.page_carving import COLUMNS, USUAL_PAGE, Carving, DamagedFile
from esa_desktop.storage.rows import Cells, meta_of, reading
from esa_desktop.storage.tables import PROJECT_ID


class Source(StrEnum):
    DATABASE = "database"
    """project.db and the journal beside it."""
    BACKUP = "backup"
    ASIDE = "aside"
    """A damaged database that was set aside before."""


@dataclass(frozen=True, slots=True)
class Place:
    """One file that may hold rows of the project."""

    source: Source
    path: Path
    size: int

    @property
    def is_journal(self) -> bool:
        return self.path.name == JOURNAL

    def carving(self, stack: ExitStack) -> Carving:
        """Ready to be carved; ``stack`` closes what is opened. Raises `OSError`."""
        file = stack.enter_context(DamagedFile(self.path))
        if not self.is_journal:
            return Carving(file, page_size_of(file))
        # A journal has copies of pages; the chains behind their rows lie in the database.
        chains = stack.enter_context(DamagedFile(self.path.with_name(DATABASE)))
        return Carving(file, page_size_of(chains), chains)


def places_of(folder: Path) -> Iterator[Place]:
    """The likeliest to be right first."""
    groups = [
        (Source.DATABASE, [folder]),
        (Source.BACKUP, _inside(folder / BACKUPS)),
        (Source.ASIDE, _inside(folder / DAMAGED)),
    ]
    for source, folders in groups:
        for place in folders:
            for name in (DATABASE, JOURNAL):
                with suppress(OSError):
                    path = place / name
                    if path.is_file() and path.stat().st_size:
                        yield Place(source, path, path.stat().st_size)


def project_id_of(places: Iterable[Place]) -> str:
    """The id of the first database that can say it."""
    databases = (place for place in places if not place.is_journal)
    return next(filter(None, map(_told_id, databases)), "")


def is_anothers(place: Place, project_id: str) -> bool:
    """A backup or a copy of another project, which somebody put there: its texts are not ours."""
    if place.source is Source.DATABASE or not project_id:
        return False
    return _told_id(replace(place, path=place.path.with_name(DATABASE))) not in ("", project_id)


def _told_id(place: Place) -> str:
    try:
        with closing(read_only(place.path)) as driver:
            if has_our_structure(driver):
                query = "SELECT name, value, sha256 FROM meta NOT INDEXED WHERE name=?"
                values = driver.execute(query, (PROJECT_ID,)).fetchone()
                with reading():
                    return meta_of(Cells(COLUMNS["meta"][0], values)) if values else ""
    except (sqlite3.Error, UnicodeError, Garbled):
        pass
    return _carved_id(place)


def _carved_id(place: Place) -> str:
    with suppress(OSError), ExitStack() as stack:
        for row in place.carving(stack).rows(known=lambda _: True):
            cells = Cells(COLUMNS[row.table][0], row.values)
            if row.table == "meta" and cells.name == PROJECT_ID:
                with suppress(Garbled), reading():
                    return meta_of(cells)
    return ""


def strangers_in(journal: Place) -> set[str]:
    """Revisions that a journal has and the database beside it knows nothing of: another project's.

    Played back over the database they are in there as well, and prove themselves.
    """
    ids, _ = _names_in(journal)
    known, named = _names_in(replace(journal, path=journal.path.with_name(DATABASE)))
    return ids - known - named


def _names_in(place: Place) -> tuple[set[str], set[str]]:
    """(ids of revisions, ids that are named otherwise), nothing of it proven."""
    ids: set[str] = set()
    named: set[str] = set()

    def note(name: str) -> bool:
        ids.add(name)  # also where its chain leads nowhere
        return False

    with suppress(OSError), ExitStack() as stack:
        for row in place.carving(stack).rows(known=note):
            cells = Cells(COLUMNS[row.table][0], row.values)
            if row.table in ("revision", "trace"):
                named.add(str(cells.id))
                with suppress(Garbled), reading():
                    named.update(filter(is_sha256, json.loads(cells.parents)))
    return ids, named


def _inside(folder: Path) -> Collection[Path]:
    try:
        return sorted((path for path in folder.iterdir() if path.is_dir()), reverse=True)
    except OSError:
        return ()


def page_size_of(file: DamagedFile) -> int:
    """The page size by the file's header, or the usual one where that is no header."""
    return page_size_in(file.read(0, 100)) or USUAL_PAGE
