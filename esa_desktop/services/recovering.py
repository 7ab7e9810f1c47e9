"""Recovering a damaged project: what is still whole, and making it a project again."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.domain.fields import Field, Kind, decode
from esa_desktop.domain.framework import Framework
from esa_desktop.domain.revision import Revision
from esa_desktop.services.identity import Who
from esa_desktop.services.recovered_texts import FROM_MIRROR, node_of, supply
from esa_desktop.services.recovery_words import said_of_damage, said_of_recovery
from esa_desktop.storage.backup_list import list_backups
from esa_desktop.storage.damaged_copy import copy_as_it_is
from esa_desktop.storage.evidence_files import is_kept
from esa_desktop.storage.evidence_pool import Watch
from esa_desktop.storage.health import Named, files_named
from esa_desktop.storage.layout import database_of, title_of
from esa_desktop.storage.project_copy import free_place
from esa_desktop.storage.recovery import rebuild, whole_evidence
from esa_desktop.storage.salvage import Cancel, Progress, Salvage, salvage
from esa_desktop.storage.salvage_places import Source


@dataclass(frozen=True, slots=True)
class Part:
    """One indicator of one round, or (without a code) all that belongs to none."""

    year: str
    code: str
    name: str
    whole: int
    """Revisions that are there."""
    from_backups: int
    """How many of them only a backup still had."""
    lost: int
    """Revisions that are known to have been, and of which nothing is left."""
    from_mirror: int
    """Texts that only the plain copy has."""


@dataclass(frozen=True, slots=True)
class Damage:
    """What a project folder still holds, whatever its database looks like."""

    title: str
    whole: int
    """Revisions that prove themselves."""
    from_database: int
    """How many of them the damaged database itself still has."""
    from_backups: int
    from_mirror: int
    """Texts that only the plain copy has."""
    lost: int
    """Revisions that are known to have been. What damage took with all its traces is not counted."""
    drafts: int
    evidence_files: int
    """Files that are whole."""
    evidence_missing: tuple[Named, ...]
    """Files that texts or the mirror name and that are not there as they were; by their names."""
    has_file: bool
    """Whether there is a project.db at all: a file that is gone is not a damaged one."""
    parts: tuple[Part, ...]
    """Every indicator of every round, oldest round first, in printed order."""
    backups: int
    newest_backup: str
    """UTC, ISO 8601; empty where there is none."""

    @property
    def can_recover(self) -> bool:
        return bool(self.whole or self.from_mirror)

    @property
    def is_complete(self) -> bool:
        """Nothing is known to be gone, and the project's own file is there to tell."""
        gone = self.lost or self.from_mirror or self.evidence_missing
        return bool(self.from_database and not gone)

    def sentences(self) -> tuple[str, ...]:
        """What is whole, what is not, and from where it comes, in plain Thai."""
        return tuple(said_of_damage(self))


@dataclass(frozen=True, slots=True)
class Recovered:
    """What became of a recovery. Nothing is changed where nothing was left."""

    revisions: int
    from_database: int
    from_backups: int
    from_mirror: int
    lost: int
    drafts: int
    frameworks: tuple[str, ...]
    """Rounds whose standards were lost and taken from those that come with the program."""
    evidence_missing: tuple[Named, ...]
    """By a look at names and sizes; the health check compares the bytes."""
    aside: Path | None
    """Where the damaged files lie now; ``None`` where there were none."""

    @property
    def is_empty(self) -> bool:
        return not self.revisions

    @property
    def has_history(self) -> bool:
        """Else only the latest texts are there, from the mirror."""
        return bool(self.from_database or self.from_backups)

    @property
    def is_complete(self) -> bool:
        gone = self.lost or self.from_mirror or self.evidence_missing or self.frameworks
        return bool(self.from_database and not gone)

    def sentences(self) -> tuple[str, ...]:
        """What came back and what did not, in plain Thai."""
        return tuple(said_of_recovery(self))


def look_at_damage(
    folder: Path, *, cancelled: Cancel | None = None, progress: Progress | None = None
) -> Damage:
    """What could be recovered; changes nothing. Never raises, but for `Cancelled`. For workers."""
    found = salvage(folder, lambda *_: None, cancelled=cancelled, progress=progress)
    supplied = supply(folder, found, Who("", "", ""))
    mirrored = [revision for revision in supplied if revision.author == FROM_MIRROR]
    backups = list_backups(folder)
    sources = Counter(proven.source for proven in found.revisions.values())
    whole = whole_evidence(folder, cancelled)
    return Damage(
        title=title_of(folder),
        whole=len(found.revisions),
        from_database=sources[Source.DATABASE],
        from_backups=sources[Source.BACKUP] + sources[Source.ASIDE],
        from_mirror=len(mirrored),
        lost=len(found.lost()),
        drafts=len(found.fitting_drafts()),
        evidence_files=len(whole),
        evidence_missing=_named(
            file for file in files_named(folder, found, supplied) if file.sha256 not in whole
        ),
        has_file=database_of(folder).is_file(),
        parts=tuple(_parts(found, supplied)),
        backups=len(backups),
        newest_backup=backups[0].time if backups else "",
    )


def recover(
    folder: Path, who: Who, *, cancelled: Cancel | None = None, progress: Progress | None = None
) -> Recovered:
    """Make a project again of everything that proves itself; what was there lies in ``damaged/``.

    Raises `ProjectLocked` (somebody has it open), `StorageError` (disk full, no permission) or
    `Cancelled`, and then nothing has changed. For workers: takes seconds.
    """
    rebuilt = rebuild(
        folder, partial(supply, folder, who=who), cancelled=cancelled, progress=progress
    )
    if rebuilt is None:
        return Recovered(0, 0, 0, 0, 0, 0, (), (), None)
    found = rebuilt.found
    sources = Counter(proven.source for proven in found.revisions.values())
    mirrored = sum(revision.author == FROM_MIRROR for revision in rebuilt.added)
    guessed = [r.field.round for r in rebuilt.added if r.author != FROM_MIRROR]
    return Recovered(
        revisions=rebuilt.examination.revisions,
        from_database=sources[Source.DATABASE],
        from_backups=sources[Source.BACKUP] + sources[Source.ASIDE],
        from_mirror=mirrored,
        lost=len(found.lost()),
        drafts=rebuilt.examination.drafts,
        frameworks=tuple(guessed),
        evidence_missing=_named(
            file for file in files_named(folder, found, rebuilt.added) if not is_kept(folder, file)
        ),
        aside=rebuilt.aside,
    )


def copy_damaged(
    folder: Path,
    parent: Path,
    *,
    cancelled: Cancel | None = None,
    progress: Progress | None = None,
) -> Path:
    """Copy a damaged project as it is into ``parent``, where it can be recovered; the copy.

    For a folder that may only be read. Raises `StorageError` or `Cancelled`, and leaves nothing
    then. For workers.
    """
    to = free_place(parent, folder)
    copy_as_it_is(folder, to, Watch(cancelled, progress))
    return to


# --- numbers ----------------------------------------------------------------------------------


def _named(files: Iterable[EvidenceFile]) -> tuple[Named, ...]:
    return tuple(sorted(("", file.name, file.sha256) for file in files))


def _parts(found: Salvage, supplied: Sequence[Revision]) -> Iterator[Part]:
    frameworks: dict[str, Framework] = {}
    for revision in (*found.frameworks, *supplied):
        if revision.field.kind is Kind.FRAMEWORK and revision.body:
            frameworks[revision.field.round] = decode(revision.field, revision.body)
    places = partial(_place, frameworks)
    whole = Counter(places(proven.field) for proven in found.revisions.values())
    backed = Counter(
        places(p.field) for p in found.revisions.values() if p.source is not Source.DATABASE
    )
    lost = Counter(places(field) for field in found.lost().values())
    mirrored = Counter(places(r.field) for r in supplied if r.author == FROM_MIRROR)

    def part(year: str, code: str, name: str) -> Part:
        place = (year, code)
        return Part(year, code, name, whole[place], backed[place], lost[place], mirrored[place])

    for year, framework in sorted(frameworks.items()):
        for code, _, indicator in framework.indicators():
            yield part(year, code, indicator.name)
    yield part("", "", "ส่วนที่ไม่ขึ้นกับตัวบ่งชี้")


def _place(frameworks: dict[str, Framework], field: Field) -> tuple[str, str]:
    """(year, code of the indicator); both empty for what belongs to none."""
    framework = frameworks.get(field.round)
    node = node_of(field)
    if framework is None or not framework.has_node(node):
        return "", ""
    code = framework.code_of(node)
    standard, _, rest = code.partition(".")
    indicator, _, _ = rest.partition(".")
    return (field.round, f"{standard}.{indicator}") if indicator else ("", "")
