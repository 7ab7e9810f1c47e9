"""What a binder holds and in what order, and what of it is not as it was in the last one."""

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.binder import BinderOptions, Changed
from esa_desktop.domain.binder_order import binder_sections, changes, item_fingerprint, without
from esa_desktop.domain.evidence import Evidence, EvidenceFile
from esa_desktop.domain.richtext import canonical_json

IsThere = Callable[[EvidenceFile], bool]
"""Whether a file lies in its place."""
Entry = tuple[str, str, str, str]
"""Item id, fingerprint, id of what it stands behind, code."""


@dataclass(frozen=True, slots=True)
class Bound:
    """The last binder of one part of the framework."""

    made: str
    """Its day in words, as printed on its cover."""
    items: tuple[Entry, ...]
    """In the order of the binder."""


@dataclass(frozen=True, slots=True)
class BinderChanges:
    """What is not as it was when the last binder was made."""

    since: str
    """Its day; empty: there was none, and everything is new."""
    changed: Mapping[str, Changed]
    """By item id, the gone ones too; in the order of the new binder, the gone ones last."""
    codes: Mapping[str, str]
    """Of the gone ones, as they stand on the paper that is to be taken out."""

    @property
    def is_first(self) -> bool:
        return not self.since

    @property
    def to_print(self) -> frozenset[str]:
        """Ids of items whose pages are not as they lie on the shelf; what only moved can stay."""
        return frozenset(
            item_id for item_id, kind in self.changed.items() if kind in ("new", "changed")
        )

    def count(self, kind: Changed) -> int:
        return sum(one == kind for one in self.changed.values())


@dataclass(frozen=True, slots=True)
class BinderCount:
    """How much would be bound."""

    items: int
    files: int
    """Those whose pages are to be in the binder."""
    size: int
    """Of these files, in bytes."""
    confidential: int
    """Items of which only the name is shown."""
    without_file: int
    missing: int
    """Files that do not lie in their place."""


# --- what is in a binder ----------------------------------------------------------------------


def placed_items(
    assessed: AssessmentRound, options: BinderOptions
) -> Iterator[tuple[str, Evidence]]:
    """Every item once in the order of the binder, with the id of what it stands behind.

    Raises `UnknownCode` for a code of the scope that the framework does not have.
    """
    whole = replace(options, only_changed=False)
    for section in without(binder_sections(assessed, options.scope), whole, {}):
        yield from ((section.node.id, item) for item in section.items)


def items_to_print(
    assessed: AssessmentRound, options: BinderOptions, changes: BinderChanges
) -> tuple[Evidence, ...]:
    """Of ``only_changed`` binders those that are new or changed, else all."""
    items = (item for _, item in placed_items(assessed, options))
    return tuple(i for i in items if not options.only_changed or i.id in changes.to_print)


def count_items(
    assessed: AssessmentRound,
    options: BinderOptions,
    changes: BinderChanges,
    is_there: IsThere = lambda _: True,
) -> BinderCount:
    """Count what a binder would hold; of ``only_changed`` ones, what is not as it was."""
    items = items_to_print(assessed, options, changes)
    hidden = [item for item in items if item.confidential and options.confidential != "include"]
    secret = {item.id for item in hidden}
    files = [file for item in items if item.id not in secret for file in item.files]
    there = [file for file in files if is_there(file)]
    return BinderCount(
        len(items),
        len(there),
        sum(file.size for file in there),
        len(hidden),
        sum(not item.files for item in items),
        len(files) - len(there),
    )


# --- changes ----------------------------------------------------------------------------------


def changes_since_last(before: Bound | None, now: Sequence[Entry]) -> BinderChanges:
    """Compare what would be bound now with the last binder of the same part."""
    if before is None:
        return BinderChanges("", {entry[0]: "new" for entry in now}, {})
    told = changes(_fingerprints(before.items), _fingerprints(now))
    stays = _in_place(before.items, now)
    for item_id, _, _, _ in now:
        if item_id not in told and item_id not in stays:
            told[item_id] = "moved"
    order = {entry[0]: place for place, entry in enumerate(now)}
    ordered = sorted(told, key=lambda item_id: order.get(item_id, len(order)))
    codes = {entry[0]: entry[3] for entry in before.items if entry[0] not in order}
    return BinderChanges(before.made, {item_id: told[item_id] for item_id in ordered}, codes)


def _fingerprints(entries: Sequence[Entry]) -> dict[str, str]:
    return {item_id: f"{mark} {place}" for item_id, mark, place, _ in entries}


def binder_entries(
    assessed: AssessmentRound, options: BinderOptions, is_there: IsThere = lambda _: True
) -> Iterator[Entry]:
    """What is remembered of a binder, in its order."""
    for place, item in placed_items(assessed, options):
        mark, _, _ = item_fingerprint(item, place).partition(" ")
        hidden = item.confidential and options.confidential != "include"
        missing = [] if hidden else [f.name for f in item.files if not is_there(f)]
        if missing or (item.confidential and not hidden):  # nobody sees that by the item
            more = canonical_json([mark, hidden, missing])
            mark = hashlib.sha256(more.encode()).hexdigest()[: len(mark)]
        yield item.id, mark, place, item.code


def _in_place(old: Sequence[Entry], now: Sequence[Entry]) -> set[str]:
    """Items that stay where they are while the others are moved: as many as can be.

    A longest rising chain of old places in the new order, under the same issues.
    """
    places = {(entry[0], entry[2]): place for place, entry in enumerate(old)}
    ends: list[int] = []
    chains: list[tuple[str, Any]] = []
    for item_id, _, issue_id, _ in now:
        place = places.get((item_id, issue_id))
        if place is None:
            continue
        length = bisect_left(ends, place)
        chain = (item_id, chains[length - 1] if length else None)
        ends[length : length + 1] = [place]
        chains[length : length + 1] = [chain]
    stays: set[str] = set()
    last: tuple[str, Any] | None = chains[-1] if chains else None
    while last is not None:
        stays.add(last[0])
        last = last[1]
    return stays
