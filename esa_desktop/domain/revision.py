"""Revisions of fields and what they add up to: heads, ancestors, and the three-way merge that is shown."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from esa_desktop.domain.checklist import Requirement
from esa_desktop.domain.evidence import Evidence
from esa_desktop.domain.fields import JUDGEMENTS, RULES, Field, Kind, Merge, decode, encode
from esa_desktop.domain.framework import Framework
from esa_desktop.domain.richtext import Block, RichText, canonical_json
from esa_desktop.domain.works import Work


@dataclass(frozen=True, slots=True)
class Revision:
    """One version of one field, immutable. ``id`` proves every other column."""

    id: str
    field: Field
    parents: tuple[str, ...]
    """Ids of the revisions this one was written on top of, sorted."""
    author: str
    device: str
    time: str
    """UTC, ISO 8601 with milliseconds. Shown only: clocks decide nothing."""
    body: str
    """Canonical JSON of the value; empty means deleted."""


def revision_id(
    field: Field, parents: Sequence[str], author: str, device: str, time: str, body: str
) -> str:
    """sha256 (64 hex digits) over the canonical JSON of everything a revision says."""
    said = [
        [field.round, field.owner, field.kind.value],
        sorted(parents),
        author,
        device,
        time,
        body,
    ]
    return hashlib.sha256(canonical_json(said).encode()).hexdigest()


def make_revision(
    field: Field, parents: Iterable[str], body: str, *, author: str, device: str, time: str
) -> Revision:
    ordered = tuple(sorted(parents))
    name = revision_id(field, ordered, author, device, time, body)
    return Revision(name, field, ordered, author, device, time, body)


def is_whole(revision: Revision) -> bool:
    """Whether the id still matches what the revision says: the test for damage."""
    r = revision
    return r.id == revision_id(r.field, r.parents, r.author, r.device, r.time, r.body)


def heads_of(revisions: Collection[Revision]) -> tuple[Revision, ...]:
    """The revisions of one field that nothing was written on top of, sorted by id."""
    covered = {parent for revision in revisions for parent in revision.parents}
    return tuple(sorted((r for r in revisions if r.id not in covered), key=lambda r: r.id))


State = Literal["clean", "merged", "conflict"]


@dataclass(frozen=True, slots=True)
class FieldView:
    """What a field says now, derived from its heads alone: the same set, the same answer anywhere."""

    field: Field
    heads: tuple[Revision, ...]
    """Sorted by id; empty for a field never written."""
    state: State
    body: str
    """What is shown: the one body, the merge, or of a conflict the body of the smallest id."""

    @property
    def head_ids(self) -> tuple[str, ...]:
        return tuple(head.id for head in self.heads)

    @property
    def value(self) -> Any:
        """The decoded value. Of a conflict that of the smallest id; a judgement has none then."""
        if self.state == "conflict" and self.field.kind in JUDGEMENTS:
            return RULES[self.field.kind].empty
        return decode(self.field, self.body)


def unwritten(field: Field) -> FieldView:
    return FieldView(field, (), "clean", "")


def view_of_heads(
    field: Field, heads: Sequence[Revision], graph: Callable[[], Mapping[str, Revision]]
) -> FieldView:
    """The view of a field with these heads; ``graph`` is asked only where heads differ.

    Two heads with one common base are merged by paragraph where the kind allows it; touching
    changes, deletion against change and more than two different heads are a conflict.
    """
    ordered = tuple(sorted(heads, key=lambda r: r.id))
    bodies = {head.body for head in ordered}
    if len(bodies) <= 1:
        return FieldView(field, ordered, "clean", ordered[0].body if ordered else "")
    if len(ordered) == 2:
        merged = _merged(field, ordered[0], ordered[1], graph())
        if merged is not None:
            return FieldView(field, ordered, "merged", merged)
    return FieldView(field, ordered, "conflict", ordered[0].body)


def _merged(
    field: Field, one: Revision, other: Revision, graph: Mapping[str, Revision]
) -> str | None:
    base = common_base(graph, one.id, other.id)
    if base is None or RULES[field.kind].merge is Merge.NEVER:
        return None
    if not (one.body and other.body and base.body):
        return None
    if base.body == one.body:
        return other.body
    if base.body == other.body:
        return one.body
    texts: list[RichText] = [decode(field, r.body) for r in (base, one, other)]
    merged = merge_paragraphs(*(text.blocks for text in texts))
    return None if merged is None else encode(field.kind, RichText(merged))


def ancestors(graph: Mapping[str, Revision], start: str) -> set[str]:
    """``start`` and everything it stands on, as far as the graph knows it."""
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name not in seen and name in graph:
            seen.add(name)
            waiting.extend(graph[name].parents)
    return seen


def common_base(graph: Mapping[str, Revision], one: str, other: str) -> Revision | None:
    """The one latest common ancestor; ``None`` for strangers and for a criss-cross (ask a person)."""
    shared = ancestors(graph, one) & ancestors(graph, other)
    covered: set[str] = set()
    for name in shared:
        covered |= ancestors(graph, name) - {name}
    latest = shared - covered
    return graph[latest.pop()] if len(latest) == 1 else None


_Hunk = tuple[int, int, tuple[Block, ...]]


def merge_paragraphs(
    base: tuple[Block, ...], one: tuple[Block, ...], other: tuple[Block, ...]
) -> tuple[Block, ...] | None:
    """Three-way merge by block; ``None`` where the changes touch. Symmetric in ``one`` and ``other``."""
    names: dict[Block, int] = {}
    ours, theirs = _hunks(base, one, names), _hunks(base, other, names)
    merged: list[Block] = []
    place = 0
    previous: _Hunk | None = None
    for hunk in sorted(set(ours) | set(theirs), key=lambda h: (h[0], h[1], repr(h[2]))):
        start, end, blocks = hunk
        if previous and (start <= previous[1] or start == previous[0]):
            return None
        merged += base[place:start]
        merged += blocks
        place = end
        previous = hunk
    return (*merged, *base[place:])


def _hunks(
    base: tuple[Block, ...], changed: tuple[Block, ...], names: dict[Block, int]
) -> list[_Hunk]:
    from difflib import SequenceMatcher  # who has nothing to merge needs none

    before = [names.setdefault(block, len(names)) for block in base]
    after = [names.setdefault(block, len(names)) for block in changed]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return [
        (i1, i2, changed[j1:j2]) for tag, i1, i2, j1, j2 in matcher.get_opcodes() if tag != "equal"
    ]


def plain_text(field: Field, body: str) -> str:
    """A body as a person reads it in a list of versions, and as ``set`` takes it.

    A flag is ``true`` or ``false``, an evidence item and a framework their title, a link ``true``
    while the item is attached, what was deleted is empty.
    """
    value = decode(field, body)
    if field.kind is Kind.LINK:
        return "true" if value else ""  # its rank says nothing to anybody
    if isinstance(value, RichText):
        return value.plain
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (Evidence, Framework)):
        return value.title
    if isinstance(value, tuple):  # works, a checklist, what answers it: a line each
        return "\n".join(_line(one) for one in value)
    return "" if value is None else str(value)


def _line(value: object) -> str:
    if isinstance(value, Work):
        return " ".join((value.title, *value.detail.split())).strip()
    return value.text if isinstance(value, Requirement) else str(value)
