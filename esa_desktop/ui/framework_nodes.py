"""The rows behind the tree of the framework: plain values, no Qt."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from esa_desktop.domain.assessment import Status
from esa_desktop.domain.framework import Framework, Indicator, Issue, Standard


class Grade(StrEnum):
    STANDARD = "standard"
    INDICATOR = "indicator"
    ISSUE = "issue"


@dataclass(eq=False, slots=True)
class Node:
    """One row; lives as long as the model shows this framework, for indexes point at it."""

    value: Standard | Indicator | Issue
    grade: Grade
    code: str
    row: int
    parent: "Node | None"
    children: list["Node"] = field(default_factory=list)
    status: Status | None = None
    level: int | None = None
    conflict: bool = False
    done: int = 0
    total: int = 0

    def walk(self) -> "Iterator[Node]":
        """The node and everything below it, in printed order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def up(self) -> Iterator["Node"]:
        """The ancestors, nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def count(self, total: int, done: int) -> None:
        """Let the ancestors of an issue know of it."""
        for node in self.up():
            node.total += total
            node.done += done


def grown(framework: Framework) -> list[Node]:
    """The standards of a framework with everything below them; nothing is read of the round."""
    return [
        _grown(standard, Grade.STANDARD, str(standard.number), row, None)
        for row, standard in enumerate(framework.standards)
    ]


def _grown(
    value: Standard | Indicator | Issue, grade: Grade, code: str, row: int, parent: Node | None
) -> Node:
    node = Node(value, grade, code, row, parent)
    below: Sequence[Indicator | Issue] = ()
    if isinstance(value, Standard):
        below, grade = value.indicators, Grade.INDICATOR
    elif isinstance(value, Indicator):
        below, grade = value.issues, Grade.ISSUE
    for place, child in enumerate(below):
        node.children.append(_grown(child, grade, f"{code}.{child.number}", place, node))
    return node
