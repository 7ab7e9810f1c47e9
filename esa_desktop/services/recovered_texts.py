"""What a recovery adds to what was found: texts that only the mirror has, standards that are lost."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from esa_desktop.domain.fields import Field, Kind, decode, encode, framework_field, link_parts
from esa_desktop.domain.framework import Framework
from esa_desktop.domain.revision import Revision, make_revision
from esa_desktop.domain.thai import fiscal_year_of
from esa_desktop.services.editing import utc_now
from esa_desktop.services.frameworks import shipped_frameworks
from esa_desktop.services.identity import Who
from esa_desktop.storage.mirror import Entry, Index, read_index
from esa_desktop.storage.salvage import Salvage

FROM_MIRROR: Final = "กู้จากสำเนาข้อความ"
"""The author of what only the mirror still had: whoever wrote it is not known any more."""


def supply(folder: Path, found: Salvage, who: Who) -> tuple[Revision, ...]:
    """Texts that only the mirror has, and for each round a framework, or it could not be opened."""
    index = read_index(folder)
    mirrored = tuple(_from_mirror(found, index, who)) if index else ()
    if index and not found.project_id:
        found.project_id = index.project
    return (*mirrored, *_missing_frameworks(found, mirrored, who))


def _from_mirror(found: Salvage, index: Index, who: Who) -> Iterator[Revision]:
    """What the mirror has that is newer than what is left of its field, or all that is left."""
    heads = found.heads()
    parents = {name: trace.parents for name, trace in found.traces.items()}
    parents.update({name: proven.parents for name, proven in found.revisions.items()})
    for entry in index.entries:
        gone = [name for name in entry.heads if name not in found.revisions]
        current = heads.get(entry.field, ())
        before = _ancestors(parents, current)
        # Current texts stand on this one, or on some of which nobody knows what they stand on.
        is_older = not before.isdisjoint(gone) or not before <= parents.keys()
        if gone and not is_older:
            yield from _texts_of(entry, gone, current, who)


def _ancestors(parents: Mapping[str, Sequence[str]], names: Iterable[str]) -> set[str]:
    reached: set[str] = set()
    ahead = list(names)
    while ahead:
        name = ahead.pop()
        if name not in reached:
            reached.add(name)
            ahead += parents.get(name, ())
    return reached


def _texts_of(
    entry: Entry, gone: Sequence[str], current: Sequence[str], who: Who
) -> Iterator[Revision]:
    """Revisions that stand on those they take the place of, should those come back one day."""
    if entry.bodies:
        bodies = dict(zip(entry.heads, entry.bodies, strict=True))
        texts = [([name], bodies[name]) for name in gone]
    else:
        texts = [([*entry.heads, *current], entry.body)]
    for parents, body in texts:
        if not body and not current:
            continue  # deleted, and so it stays
        try:
            decode(entry.field, body)
        except ValueError:
            continue
        yield make_revision(
            entry.field,
            set(parents),
            body,
            author=FROM_MIRROR,
            device=who.device,
            time=utc_now(),
        )


def _missing_frameworks(
    found: Salvage, mirrored: Sequence[Revision], who: Who
) -> Iterator[Revision]:
    fields = {p.field for p in found.revisions.values()} | {r.field for r in mirrored}
    if not fields:
        return
    pinned = [
        r.field.round for r in (*found.frameworks, *mirrored) if r.field.kind is Kind.FRAMEWORK
    ]
    years = sorted({f.round for f in fields if f.round.isdecimal()})
    if not years:  # only what lives across years is left; it needs a round to be seen in
        years = [str(fiscal_year_of(datetime.now(UTC).date()))]
    for year in years:
        if year not in pinned:
            likely = _likeliest(fields, year)
            name = framework_field(int(year))
            yield make_revision(
                name,
                (),
                encode(Kind.FRAMEWORK, likely),
                author=who.author,
                device=who.device,
                time=utc_now(),
            )


def _likeliest(fields: set[Field], year: str) -> Framework:
    """The framework that has most of the nodes something was written about."""
    owners = {node_of(field) for field in fields if field.round == year}
    return max(shipped_frameworks(), key=lambda known: sum(map(known.has_node, owners)))


def node_of(field: Field) -> str:
    return link_parts(field)[0] if field.kind is Kind.LINK else field.owner
