"""Which rows of a filled form are nodes an office already has, where the form itself does not say."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from esa_desktop.domain.framework import Framework, Indicator, Issue, Node, Standard
from esa_desktop.domain.framework_tree import Parent, children, places, retired_children
from esa_desktop.domain.thai import arabic_digits

_STAND_IN: Final = re.compile(r"|\(ยังไม่ทราบชื่อ\)|(?:มาตรฐาน|ตัวบ่งชี้|ประเด็น)(?:ที่)? *\d+")
"""Names that only keep a place until the published one is typed."""


@dataclass(slots=True)
class Row:
    """One row of a form: a node to be."""

    kind: type[Standard] | type[Indicator] | type[Issue]
    name: str
    node_id: str = ""
    """Empty until it is known."""
    has_own_id: bool = False
    """The form itself says which node it is."""
    number: int = 0
    retired: bool = False
    matched: bool = False
    """It was found to be a node of the current edition, by its name or place."""
    rows: list["Row"] = field(default_factory=list)


def inside(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        yield row
        yield from inside(row.rows)


def match_rows(rows: Sequence[Row], current: Framework, new_id: Callable[[], str]) -> None:
    """Give every row without an id that of the node it means, or a new one.

    In this order, each node at most once and only where there is no doubt: the same name in the
    same parent; the same number in the same parent where the office only had a stand-in or the
    beginning of a name ("…"); the same name anywhere.
    """
    known = {node_id: at.node for node_id, at in places(current).items()}
    free = known.keys() - {row.node_id for row in inside(rows)}
    matching = _Matching(known, free)
    matching.below(rows, current)
    for kind in (Standard, Indicator, Issue):
        open_rows = [row for row in inside(rows) if row.kind is kind and not row.node_id]
        nodes = [node for n, node in known.items() if n in free and isinstance(node, kind)]
        matching.by_name(open_rows, nodes)
        matching.below(rows, current)
    for row in inside(rows):
        row.node_id = row.node_id or new_id()


class _Matching:
    def __init__(self, known: Mapping[str, Node], free: set[str]) -> None:
        self._known = known
        self._free = free
        """Ids that no row has yet."""

    def below(self, rows: Sequence[Row], parent: Parent | Issue | None) -> None:
        """What stands in the same node on both sides, and what is in those; again at will."""
        if parent is not None:
            used, retired = children(parent), retired_children(parent)
            self.by_name(
                [row for row in rows if not row.node_id],
                [node for node in (*used, *retired) if node.id in self._free],
            )
            held = {node.number: node for node in used if node.id in self._free}
            for row in rows:
                node = held.get(row.number)
                if not row.node_id and not row.retired and node and _stands_for(node, row):
                    self._give(row, node)
        for row in rows:
            node = self._known.get(row.node_id)
            self.below(row.rows, node if isinstance(node, row.kind) else None)

    def by_name(self, rows: Sequence[Row], nodes: Sequence[Node]) -> None:
        """Pairs of a row and a node that nothing else on either side could be taken for."""
        wanted = Counter(_squeezed(row.name) for row in rows)
        offered = Counter(_squeezed(node.name) for node in nodes)
        named = {_squeezed(node.name): node for node in nodes}
        for row in rows:
            name = _squeezed(row.name)
            if name and wanted[name] == 1 and offered[name] == 1:
                self._give(row, named[name])

    def _give(self, row: Row, node: Node) -> None:
        row.node_id, row.matched = node.id, True
        self._free.discard(node.id)


def _stands_for(node: Node, row: Row) -> bool:
    if node.verified:
        return False
    name = arabic_digits(node.name).strip()
    begun = name.removesuffix("…").strip()
    return bool(_STAND_IN.fullmatch(name)) or (
        begun != name and bool(begun) and _squeezed(row.name).startswith(_squeezed(begun))
    )


def _squeezed(name: str) -> str:
    return re.sub(r"\s+", "", arabic_digits(name)).casefold()
