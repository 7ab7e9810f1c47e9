"""An edition as a tree of one shape: what is in a node, in use or not, and the node with other contents."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from esa_desktop.domain.framework import Framework, Indicator, Issue, Node, Standard

Parent = Framework | Standard | Indicator


@dataclass(frozen=True, slots=True)
class Place:
    """Where one node stands, in use or not."""

    node: Node
    parent: str
    """Id of the node it is in; ``""`` for a standard."""
    code: str
    """Of the numbers on the way to it; two nodes out of use may have the same."""
    retired: bool
    """Out of use itself; what is in a retired node is not marked again."""
    in_use: bool
    """Neither itself nor anything around it is out of use."""


def children(parent: Parent | Issue) -> tuple[Node, ...]:
    """What is in use in a node; of an issue nothing."""
    if isinstance(parent, Framework):
        return parent.standards
    if isinstance(parent, Standard):
        return parent.indicators
    return parent.issues if isinstance(parent, Indicator) else ()


def retired_children(parent: Parent | Issue) -> tuple[Node, ...]:
    return () if isinstance(parent, Issue) else parent.retired


def with_children(
    parent: Parent, used: Sequence[Node], retired: Sequence[Node] | None = None
) -> Any:
    """The same node with other contents; what kind they are is the caller's care."""
    out_of_use = parent.retired if retired is None else retired
    if isinstance(parent, Framework):
        return replace(
            parent,
            standards=tuple(cast("Sequence[Standard]", used)),
            retired=tuple(cast("Sequence[Standard]", out_of_use)),
        )
    if isinstance(parent, Standard):
        return replace(
            parent,
            indicators=tuple(cast("Sequence[Indicator]", used)),
            retired=tuple(cast("Sequence[Indicator]", out_of_use)),
        )
    return replace(
        parent,
        issues=tuple(cast("Sequence[Issue]", used)),
        retired=tuple(cast("Sequence[Issue]", out_of_use)),
    )


def places(framework: Framework) -> Mapping[str, Place]:
    """Every node by its id, parents before what is in them."""
    return {place.node.id: place for place in _inside(framework, "", "", in_use=True)}


def _inside(
    parent: Parent | Issue, parent_id: str, prefix: str, *, in_use: bool
) -> Iterator[Place]:
    used = [(node, False) for node in children(parent)]
    for node, retired in [*used, *((node, True) for node in retired_children(parent))]:
        here = in_use and not retired
        code = f"{prefix}{node.number}"
        yield Place(node, parent_id, code, retired, here)
        yield from _inside(node, node.id, f"{code}.", in_use=here)


def numbered(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """The same nodes numbered as they stand, from 1."""
    return tuple(
        node if node.number == number else replace(node, number=number)
        for number, node in enumerate(nodes, 1)
    )
