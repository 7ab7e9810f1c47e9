"""The rows of the framework desk's outline as values: the edition, its nodes, and what is out of use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QCoreApplication

from esa_desktop.domain.framework import Framework, Indicator, Issue, Node, Standard
from esa_desktop.domain.framework_problems import Problem
from esa_desktop.domain.framework_tree import children, retired_children
from esa_desktop.domain.thai import thai_digits

EDITION: Final = ":edition"
RETIRED: Final = ":retired"
"""Ids of the rows that are no nodes; an id of a node has no colon."""


class Rank(StrEnum):
    EDITION = "edition"
    STANDARD = "standard"
    INDICATOR = "indicator"
    ISSUE = "issue"
    RETIRED = "retired"
    """The heading above what is out of use."""


BELOW: Final = {
    Rank.EDITION: Rank.STANDARD,
    Rank.STANDARD: Rank.INDICATOR,
    Rank.INDICATOR: Rank.ISSUE,
}
"""What may be put into a row of each rank."""


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """One row; two rows are equal when they look the same, whatever is below them."""

    id: str
    rank: Rank
    code: str
    """In Arabic digits; empty for the edition and for what is out of use."""
    name: str
    verified: bool = True
    is_retired: bool = False
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """A row with what is below it."""

    row: OutlineRow
    below: tuple["Outline", ...] = ()


def rank_of(node: Node) -> Rank:
    if isinstance(node, Standard):
        return Rank.STANDARD
    return Rank.INDICATOR if isinstance(node, Indicator) else Rank.ISSUE


def rank_word(rank: Rank) -> str:
    """มาตรฐาน, ตัวบ่งชี้, ประเด็นการพิจารณา."""
    words = {
        Rank.STANDARD: QCoreApplication.translate("frameworkDesk", "มาตรฐาน"),
        Rank.INDICATOR: QCoreApplication.translate("frameworkDesk", "ตัวบ่งชี้"),
        Rank.ISSUE: QCoreApplication.translate("frameworkDesk", "ประเด็นการพิจารณา"),
    }
    return words.get(rank, "")


def nameless() -> str:
    """What stands in place of a name that is still missing."""
    return QCoreApplication.translate("frameworkDesk", "(ยังไม่มีชื่อ)")


def outline(framework: Framework, problems: Sequence[Problem]) -> tuple[Outline, ...]:
    """The edition, its standards with what is in them, and last what is out of use."""
    found: dict[str, list[str]] = {}
    for problem in problems:
        found.setdefault(problem.node_id, []).append(problem.sentence)
    own = tuple(found.get("", ())) + tuple(found.get(framework.id, ()))
    rows = [Outline(OutlineRow(EDITION, Rank.EDITION, "", framework.title, problems=own))]
    rows += [_used(standard, f"{standard.number}", found) for standard in framework.standards]
    retired = tuple(_retired(node) for node in retired_roots(framework))
    if retired:
        words = QCoreApplication.translate("frameworkDesk", "เลิกใช้แล้ว {0} รายการ")
        title = thai_digits(words.format(len(retired)))
        rows.append(Outline(OutlineRow(RETIRED, Rank.RETIRED, "", title), retired))
    return tuple(rows)


def retired_roots(framework: Framework) -> list[Node]:
    """What was retired itself, out of what is still in use."""
    roots: list[Node] = []
    for standard in framework.standards:
        for indicator in standard.indicators:
            roots += indicator.retired
        roots += standard.retired
    roots += framework.retired
    return roots


def _used(node: Node, code: str, found: Mapping[str, list[str]]) -> Outline:
    row = OutlineRow(
        node.id,
        rank_of(node),
        code,
        node.name,
        node.verified,
        problems=tuple(found.get(node.id, ())),
    )
    return Outline(
        row, tuple(_used(child, f"{code}.{child.number}", found) for child in children(node))
    )


def _retired(node: Node) -> Outline:
    row = OutlineRow(node.id, rank_of(node), "", node.name, node.verified, is_retired=True)
    below = () if isinstance(node, Issue) else (*children(node), *retired_children(node))
    return Outline(row, tuple(_retired(child) for child in below))
