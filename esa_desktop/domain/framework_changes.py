"""What differs between two editions, node by node, and one edition brought into another without losing a node."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from esa_desktop.domain import framework_words as words
from esa_desktop.domain.errors import ValueRefused
from esa_desktop.domain.framework import LEVELS, Framework, Indicator, Issue, Node, Standard
from esa_desktop.domain.framework_tree import (
    Parent,
    Place,
    children,
    places,
    retired_children,
    with_children,
)

ChangeKind = Literal[
    "added",
    "renamed",
    "moved",
    "retired",
    "taken_back",
    "removed",
    "rubric",
    "lead_in",
    "type",
    "weight",
    "verified",
    "title",
]


@dataclass(frozen=True, slots=True)
class FrameworkChange:
    """One difference. ``old`` and ``new`` are as shown; empty where there is nothing."""

    node_id: str
    """``""`` for the edition itself."""
    code: str
    """Where the node stands in the new edition; in the old one where it is no longer in use."""
    kind: ChangeKind
    old: str
    new: str


def sentence(change: FrameworkChange) -> str:
    """A difference in one Thai line, e.g. ``ประเด็น ๑.๑.๒ เปลี่ยนชื่อจาก “…” เป็น “…”``."""
    return words.sentence(change.kind, change.code, change.old, change.new)


def differences(old: Framework, new: Framework) -> tuple[FrameworkChange, ...]:
    """Everything that differs, the edition first, then by where nodes stand in the new edition.

    Empty exactly if both say the same; the order of what is out of use says nothing. What is in
    a retired, added or moved node goes without a line of its own unless it changed besides.
    """
    before, after = places(old), places(new)
    moved = _moved(old, new, before, after)
    found = [*_titles(old, new)]
    for node_id, there in after.items():
        here = before.get(node_id)
        if here is None:
            found.append(_added(there))
            continue
        found += _status(here, there, moved=node_id in moved)
        found += _said(here, there)
    for node_id, here in before.items():
        if node_id not in after:
            found.append(FrameworkChange(node_id, here.code, "removed", here.node.name, ""))
    return tuple(found)


def _titles(old: Framework, new: Framework) -> Iterator[FrameworkChange]:
    pairs = zip(words.titles(old), words.titles(new), strict=True)
    for (what, one), (_, other) in pairs:
        if one != other:
            yield FrameworkChange("", "", "title", f"{what}: {one}", f"{what}: {other}")


def _added(there: Place) -> FrameworkChange:
    """A node that comes along already out of use is ``retired``, with nothing before."""
    kind: ChangeKind = "retired" if there.retired else "added"
    return FrameworkChange(there.node.id, there.code, kind, "", there.node.name)


def _status(here: Place, there: Place, *, moved: bool) -> Iterator[FrameworkChange]:
    node_id, name = there.node.id, there.node.name
    if there.retired and not here.retired:
        yield FrameworkChange(node_id, here.code, "retired", here.node.name, name)
    if here.retired and not there.retired:
        yield FrameworkChange(node_id, there.code, "taken_back", here.node.name, name)
    if moved:
        yield FrameworkChange(node_id, there.code, "moved", here.code, there.code)


def _said(here: Place, there: Place) -> Iterator[FrameworkChange]:
    one, other = here.node, there.node
    code = there.code if there.in_use else here.code

    def change(kind: ChangeKind, before: str, after: str) -> FrameworkChange:
        return FrameworkChange(other.id, code, kind, before, after)

    if one.name != other.name:
        yield change("renamed", one.name, other.name)
    if one.verified != other.verified:
        yield change("verified", words.mark(one.verified), words.mark(other.verified))
    if words.weighing(one) != words.weighing(other):
        yield change("weight", words.weight(one), words.weight(other))
    if isinstance(one, Indicator) and isinstance(other, Indicator):
        for kind, before, after in _of_indicator(one, other):
            yield change(kind, before, after)


def _of_indicator(one: Indicator, other: Indicator) -> Iterator[tuple[ChangeKind, str, str]]:
    if one.lead_in != other.lead_in:
        yield "lead_in", one.lead_in, other.lead_in
    if (one.type, one.works) != (other.type, other.works):
        yield "type", words.type_of(one), words.type_of(other)
    if one.rubric.unit != other.rubric.unit:
        yield "rubric", words.unit(one), words.unit(other)
    for level in LEVELS:
        row, new_row = one.rubric.row(level), other.rubric.row(level)
        if row != new_row:
            yield "rubric", words.row(level, row), words.row(level, new_row)


# --- what moved -------------------------------------------------------------------------------


def _moved(
    old: Framework, new: Framework, before: Mapping[str, Place], after: Mapping[str, Place]
) -> set[str]:
    """Nodes in another parent, and the fewest of each parent whose moving explains its order.

    Where numbers do not simply count, as in a published edition with a gap, every node whose
    number is another has moved.
    """
    moved = {n for n, at in after.items() if n in before and before[n].parent != at.parent}
    parents: list[tuple[Any, Any]] = [(old, new)]
    parents += [
        (before[n].node, at.node)
        for n, at in after.items()
        if n in before and not isinstance(at.node, Issue)
    ]
    for one, other in parents:
        here, there = children(one), children(other)
        rank = {node.id: place for place, node in enumerate(here)}
        stayed = [n.id for n in there if n.id in rank]
        kept = _longest_rising([rank[node_id] for node_id in stayed])
        moved |= {n for n in stayed if rank[n] not in kept}
        if not (_counts(here) and _counts(there)):
            numbers = {n.id: n.number for n in here}
            moved |= {n.id for n in there if numbers.get(n.id, n.number) != n.number}
    return moved


def _longest_rising(ranks: Sequence[int]) -> set[int]:
    """One of the longest rising subsequences: each length is kept with its smallest end."""
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for rank in ranks:
        length = bisect_left(ends, rank)
        before[rank] = ends[length - 1] if length else None
        ends[length : length + 1] = [rank]
    kept: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return kept


def _counts(nodes: Sequence[Node]) -> bool:
    return [node.number for node in nodes] == list(range(1, len(nodes) + 1))


# --- one into another -------------------------------------------------------------------------

_NAMES: Final = {Standard: "มาตรฐาน", Indicator: "ตัวบ่งชี้", Issue: "ประเด็นการพิจารณา"}


def merge_edition(current: Framework, incoming: Framework) -> Framework:
    """The incoming edition, with everything it does not know put out of use.

    What both have is as the incoming one says, wherever it puts it. What only the current one
    has is retired where it stood, with what is in it: nothing is ever removed. `ValueRefused`
    if one id names different kinds of things.
    """
    known, brought = places(current), places(incoming)
    for node_id in known.keys() & brought.keys():
        one, other = known[node_id].node, brought[node_id].node
        if type(one) is not type(other):
            raise ValueRefused(
                f"นำเข้าไม่ได้ รหัส {node_id} เป็น{_NAMES[type(one)]} “{one.name}” ในงานประเมินนี้ "
                f"แต่เป็น{_NAMES[type(other)]}ในไฟล์ กรุณาใช้ไฟล์ที่บันทึกจากฉบับเดียวกัน"
            )
    missing = known.keys() - brought.keys()
    if not missing:
        return incoming
    merged: Framework = _with_missing(incoming, missing, known, current)
    return merged


def _with_missing(
    parent: Any, missing: set[str], known: Mapping[str, Place], current: Framework
) -> Any:
    """The incoming parent, with those of its current children that the incoming edition lacks."""
    if isinstance(parent, Issue):
        return parent
    was: Any = current if isinstance(parent, Framework) else None
    if was is None and parent.id in known:
        was = known[parent.id].node
    lost = [] if was is None else [_only(n, missing) for n in _all(was) if n.id in missing]

    def below(nodes: Sequence[Node]) -> list[Any]:
        return [_with_missing(node, missing, known, current) for node in nodes]

    return with_children(parent, below(children(parent)), [*below(retired_children(parent)), *lost])


def _only(node: Any, missing: set[str]) -> Any:
    """A node that the incoming edition lacks, without what that one has put elsewhere."""
    if isinstance(node, Issue):
        return node
    return with_children(
        node,
        [_only(n, missing) for n in children(node) if n.id in missing],
        [_only(n, missing) for n in retired_children(node) if n.id in missing],
    )


def _all(parent: Parent) -> tuple[Node, ...]:
    return (*children(parent), *retired_children(parent))
