"""What may be done to an edition at the framework desk; each function returns the edition as it is afterwards.

Ids never change and no node ever vanishes: what is no longer used is retired where it stood. Where
a node is added, moved, retired or taken back, those beside it are numbered anew from 1; nothing
else touches a number. Only nodes in use can be edited: any other id is a ``KeyError``. A value that
no file could hold is a `ValueRefused`.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import Enum
from typing import Any, Final, TypeVar

from esa_desktop.domain.errors import ValueRefused
from esa_desktop.domain.framework import (
    Framework,
    Indicator,
    IndicatorType,
    Issue,
    Node,
    Rubric,
    RubricRow,
    Standard,
)
from esa_desktop.domain.framework_rows import as_kept, rows_of_type, usual_rows
from esa_desktop.domain.framework_tree import (
    Parent,
    children,
    numbered,
    places,
    with_children,
)
from esa_desktop.domain.thai import (
    FIRST_FISCAL_YEAR,
    LAST_FISCAL_YEAR,
    clean_text,
    thai_digits,
)

__all__ = [
    "UNCHANGED",
    "add_indicator",
    "add_issue",
    "add_standard",
    "describe_indicator",
    "entitle",
    "move",
    "rename",
    "retire",
    "set_rows",
    "set_verified",
    "take_back",
    "usual_rows",
    "weigh",
]

MOST_SIBLINGS: Final = 99
"""Standards of an edition, indicators of a standard, issues of an indicator."""
LONGEST_TEXT: Final = 2000
"""Characters of a name or sentence; the longest of the real form has 320."""
MOST_WORKS: Final = 99

N = TypeVar("N", Standard, Indicator, Issue)


class Unchanged(Enum):
    """Stands for an argument that was not given, where ``None`` means something."""

    UNCHANGED = 0


UNCHANGED: Final = Unchanged.UNCHANGED


# --- what there is ----------------------------------------------------------------------------


def add_standard(
    framework: Framework, name: str, *, node_id: str, after: str | None = None
) -> Framework:
    """A new standard behind ``after``, or at the end; its name may still be empty."""
    return _add(framework, "", Standard(node_id, 0, one_line(name), ()), after)


def add_indicator(
    framework: Framework,
    standard_id: str,
    name: str,
    *,
    node_id: str,
    type: IndicatorType = IndicatorType.EVIDENCE_LADDER,  # noqa: A002
    after: str | None = None,
) -> Framework:
    """A new indicator without rubric rows: they depend on the issues still to come."""
    new = Indicator(node_id, 0, one_line(name), type, Rubric(()), ())
    return _add(framework, standard_id, new, after)


def add_issue(
    framework: Framework, indicator_id: str, name: str, *, node_id: str, after: str | None = None
) -> Framework:
    return _add(framework, indicator_id, Issue(node_id, 0, one_line(name)), after)


def move(framework: Framework, node_id: str, parent_id: str, place: int) -> Framework:
    """To another place, in its parent or in another of the same kind (``""`` for standards).

    ``place`` counts from 0 among those in use there, without the node itself; one that is too
    large is the end. A node on its old place is the very same edition.
    """
    node = _used(framework, node_id)
    parent = _parent(framework, parent_id, node)
    at = places(framework)[node_id]
    if at.parent == parent_id:
        beside = [other for other in children(parent) if other.id != node_id]
        if children(parent).index(node) == max(0, min(place, len(beside))):
            return framework
    taken = _in(framework, at.parent, lambda old: _without(old, node_id))
    return _in(taken, parent_id, lambda there: _inserted(there, node, place))


def retire(framework: Framework, node_id: str) -> Framework:
    """Out of use, with all that is in it; it keeps its number, to find its way back."""
    node = _used(framework, node_id)

    def emptied(parent: Parent) -> Any:
        rest = _without(parent, node_id)
        return with_children(rest, children(rest), (*parent.retired, node))

    return _in(framework, places(framework)[node_id].parent, emptied)


def take_back(framework: Framework, node_id: str, place: int | None = None) -> Framework:
    """In use again, where it stood or at ``place``; `ValueRefused` while its parent is retired."""
    at = places(framework).get(node_id)
    if at is None or at.in_use:
        raise KeyError(node_id)
    if not at.retired or (at.parent and not places(framework)[at.parent].in_use):
        raise ValueRefused("นำกลับมาใช้ไม่ได้ เพราะส่วนที่ครอบอยู่เลิกใช้แล้ว กรุณานำส่วนนั้นกลับมาใช้ก่อน")
    wanted = at.node.number - 1 if place is None else place

    def returned(parent: Parent) -> Any:
        left = [node for node in parent.retired if node.id != node_id]
        return _inserted(with_children(parent, children(parent), left), at.node, wanted)

    return _in(framework, at.parent, returned)


# --- what it says -----------------------------------------------------------------------------


def rename(framework: Framework, node_id: str, name: str) -> Framework:
    """Another name is no longer the one that was checked: its mark goes."""
    name = one_line(name)

    def renamed(node: N) -> N:
        return node if node.name == name else replace(node, name=name, verified=False)

    return _changed(framework, node_id, renamed)


def set_verified(framework: Framework, node_id: str, verified: bool) -> Framework:
    """Whether a person compared the name of a node with what was published."""
    return _changed(framework, node_id, lambda node: replace(node, verified=verified))


def describe_indicator(
    framework: Framework,
    indicator_id: str,
    *,
    lead_in: str | Unchanged = UNCHANGED,
    type: IndicatorType | Unchanged = UNCHANGED,  # noqa: A002
    works: int | Unchanged | None = UNCHANGED,
    unit: str | Unchanged = UNCHANGED,
) -> Framework:
    """Only what is given changes.

    Another type keeps the words of the rubric but not its counts or thresholds, which mean
    nothing there; ``works`` is only of ranked works.
    """

    def described(indicator: Indicator) -> Indicator:
        kind = indicator.type if type is UNCHANGED else type
        number = indicator.works if works is UNCHANGED else _works(works)
        rubric = indicator.rubric
        return replace(
            indicator,
            lead_in=indicator.lead_in if lead_in is UNCHANGED else one_line(lead_in),
            type=kind,
            works=number if kind is IndicatorType.RANKED_WORKS else None,
            rubric=Rubric(
                rows_of_type(kind, rubric.rows) if kind is not indicator.type else rubric.rows,
                rubric.unit if unit is UNCHANGED else one_line(unit),
            ),
        )

    return _changed_indicator(framework, indicator_id, described)


def set_rows(framework: Framework, indicator_id: str, rows: Sequence[RubricRow]) -> Framework:
    """The rubric from the best level down; numbers that are not of the indicator's type go."""

    def ruled(indicator: Indicator) -> Indicator:
        kept = tuple(sorted(rows_of_type(indicator.type, rows), key=lambda row: -row.level))
        return replace(indicator, rubric=replace(indicator.rubric, rows=kept))

    return _changed_indicator(framework, indicator_id, ruled)


def weigh(
    framework: Framework, node_id: str, value: float | None, *, verified: bool, source: str
) -> Framework:
    """The weight of an indicator or the share of a standard; ``None`` is unknown and unchecked."""
    if value is not None and not (math.isfinite(value) and 0.01 <= value <= 100):
        is_share = isinstance(_used(framework, node_id), Standard)
        raise ValueRefused(
            f"{'สัดส่วน' if is_share else 'น้ำหนัก'}ต้องเป็นตัวเลขมากกว่า ๐ และไม่เกิน ๑๐๐ หรือเว้นว่างไว้ถ้ายังไม่ทราบ"
        )
    value = None if value is None else as_kept(value)
    verified = verified and value is not None
    source = one_line(source)

    def weighed(node: Standard | Indicator | Issue) -> Any:
        if isinstance(node, Standard):
            return replace(node, share=value, share_verified=verified, share_source=source)
        if isinstance(node, Indicator):
            return replace(node, weight=value, weight_verified=verified, weight_source=source)
        raise KeyError(node_id)

    return _changed(framework, node_id, weighed)


def entitle(
    framework: Framework,
    *,
    title: str | None = None,
    year: int | None = None,
    source: str | None = None,
    draft: bool | None = None,
) -> Framework:
    """What is said of the whole edition; what is not given stays."""
    if year is not None and not FIRST_FISCAL_YEAR <= year <= LAST_FISCAL_YEAR:
        span = f"{FIRST_FISCAL_YEAR} ถึง {LAST_FISCAL_YEAR}"
        raise ValueRefused(thai_digits(f"ปีของฉบับมาตรฐานต้องเป็นปี พ.ศ. ระหว่าง {span}"))
    return replace(
        framework,
        title=framework.title if title is None else one_line(title),
        year=framework.year if year is None else year,
        source=framework.source if source is None else one_line(source),
        draft=framework.draft if draft is None else draft,
    )


def one_line(text: str) -> str:
    """A text as an edition holds it: clean and on one line."""
    line = " ".join(clean_text(text).split("\n")).strip()
    if len(line) > LONGEST_TEXT:
        most = thai_digits(f"{LONGEST_TEXT:,}")
        raise ValueRefused(f"ข้อความยาวเกินไป กรุณาย่อให้ไม่เกิน {most} ตัวอักษร")
    return line


# --- the tree ---------------------------------------------------------------------------------


def _add(framework: Framework, parent_id: str, new: Node, after: str | None) -> Framework:
    if new.id in places(framework) or new.id == framework.id:
        raise ValueError(f"id used before: {new.id}")

    def grown(parent: Parent) -> Any:
        beside = [node.id for node in children(parent)]
        if after is None:
            return _inserted(parent, new, len(beside))
        if after not in beside:
            raise KeyError(after)
        return _inserted(parent, new, beside.index(after) + 1)

    _parent(framework, parent_id, new)
    return _in(framework, parent_id, grown)


def _inserted(parent: Parent, node: Node, place: int) -> Any:
    used = list(children(parent))
    if len(used) >= MOST_SIBLINGS:
        most = thai_digits(MOST_SIBLINGS)
        raise ValueRefused(f"มีครบ {most} รายการแล้ว กรุณาเลิกใช้รายการที่ไม่ต้องการก่อน")
    used.insert(max(0, place), node)
    return with_children(parent, numbered(used))


def _without(parent: Parent, node_id: str) -> Any:
    return with_children(parent, numbered([n for n in children(parent) if n.id != node_id]))


def _used(framework: Framework, node_id: str) -> Node:
    place = places(framework).get(node_id)
    if place is None or not place.in_use:
        raise KeyError(node_id)
    return place.node


def _parent(framework: Framework, parent_id: str, node: Node) -> Parent:
    """The node a child of this kind may stand in; ``KeyError`` for any other."""
    parent: Framework | Node = _used(framework, parent_id) if parent_id else framework
    if isinstance(parent, Framework) and isinstance(node, Standard):
        return parent
    if isinstance(parent, Standard) and isinstance(node, Indicator):
        return parent
    if isinstance(parent, Indicator) and isinstance(node, Issue):
        return parent
    raise KeyError(parent_id)


def _in(framework: Framework, parent_id: str, change: Callable[[Any], Any]) -> Framework:
    """The edition with one node in use changed, the edition itself for ``""``."""
    if not parent_id:
        changed: Framework = change(framework)
        return changed
    way = [parent_id]
    known = places(framework)
    while way[0]:
        way.insert(0, known[way[0]].parent)

    def along(node: Any, depth: int) -> Any:
        if depth == len(way):
            return change(node)
        below = [
            along(child, depth + 1) if child.id == way[depth] else child for child in children(node)
        ]
        return node if below == list(children(node)) else with_children(node, below)

    rebuilt: Framework = along(framework, 1)
    return rebuilt


def _changed(framework: Framework, node_id: str, change: Callable[[Any], Any]) -> Framework:
    _used(framework, node_id)
    return _in(framework, node_id, change)


def _changed_indicator(
    framework: Framework, indicator_id: str, change: Callable[[Indicator], Indicator]
) -> Framework:
    if not isinstance(_used(framework, indicator_id), Indicator):
        raise KeyError(indicator_id)
    return _in(framework, indicator_id, change)


def _works(number: int | None) -> int | None:
    if number is not None and not 1 <= number <= MOST_WORKS:
        raise ValueRefused(thai_digits(f"จำนวนผลงานต้องเป็น 1 ถึง {MOST_WORKS} หรือเว้นว่างไว้ถ้ายังไม่ทราบ"))
    return number
