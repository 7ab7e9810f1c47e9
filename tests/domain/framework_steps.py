"""Editions made by chance, and steps at the framework desk made by chance."""

from collections.abc import Callable, Collection
from dataclasses import replace
from itertools import count
from typing import Any

from hypothesis import strategies as st

from esa_desktop.domain import framework_edits as desk
from esa_desktop.domain.errors import ValueRefused
from esa_desktop.domain.framework import (
    LEVELS,
    Framework,
    Indicator,
    IndicatorType,
    Issue,
    RubricRow,
)
from esa_desktop.domain.framework_tree import (
    children,
    numbered,
    places,
    retired_children,
    with_children,
)

EMPTY = Framework("office-1", "ฉบับของสำนักงาน", 2557, ())

_words = st.text("กขคงจ็่าำ๑๒1.=+@'\"\\<&…_x0041 ", max_size=12)
_value = st.none() | st.floats(0.01, 100) | st.integers(1, 100).map(float)
_row_words = st.lists(_words, max_size=3).map(tuple)
_count = st.none() | st.integers(0, 12)
_at_least = st.none() | st.floats(-1e9, 1e9)


@st.composite
def _rows(draw: st.DrawFn) -> tuple[RubricRow, ...]:
    levels = draw(st.lists(st.sampled_from(LEVELS), unique=True))
    return tuple(
        RubricRow(
            level,
            draw(_row_words),
            draw(_count),
            draw(_count),
            draw(_at_least),
            draw(st.booleans()),
        )
        for level in levels
    )


def _of(framework: Framework, kind: str) -> list[str]:
    """Ids in use of one kind: ``s``, ``n`` or ``q``, as the steps name them."""
    return [node.id for _, node in framework.walk() if node.id.startswith(kind)]


def _step(framework: Framework, new: str, draw: Any) -> Framework:
    """One edit by chance; a step that makes no sense here leaves everything as it is."""
    standards, indicators, issues = (_of(framework, kind) for kind in "snq")
    everything = [*standards, *indicators, *issues]
    retired = [at.node.id for at in places(framework).values() if not at.in_use]

    def one(of: list[str]) -> str:
        return str(draw(st.sampled_from(of)))

    def moved() -> Framework:
        node = one(everything)
        parents = {"s": [""], "n": standards, "q": indicators}[node[0]]
        return desk.move(framework, node, one(parents), draw(st.integers(0, 5)))

    def described() -> Framework:
        kind = draw(st.sampled_from(IndicatorType))
        works = draw(st.none() | st.integers(1, 99))
        return desk.describe_indicator(
            framework,
            one(indicators),
            lead_in=draw(_words),
            type=kind,
            works=works,
            unit=draw(_words),
        )

    def weighed() -> Framework:
        node = one([*standards, *indicators])
        return desk.weigh(
            framework, node, draw(_value), verified=draw(st.booleans()), source=draw(_words)
        )

    def entitled() -> Framework:
        return desk.entitle(
            framework,
            title=draw(_words),
            year=draw(st.integers(2540, 2640)),
            source=draw(_words),
            draft=draw(st.booleans()),
        )

    steps: list[Callable[[], Framework]] = [
        lambda: desk.add_standard(framework, draw(_words), node_id=f"s{new}"),
        entitled,
    ]
    if standards:
        after = draw(st.none() | st.sampled_from(standards))
        steps += [
            lambda: desk.add_standard(framework, draw(_words), node_id=f"s{new}", after=after),
            lambda: desk.add_indicator(framework, one(standards), draw(_words), node_id=f"n{new}"),
            moved,
            lambda: desk.rename(framework, one(everything), draw(_words)),
            lambda: desk.set_verified(framework, one(everything), draw(st.booleans())),
            lambda: desk.retire(framework, one(everything)),
            weighed,
        ]
    if indicators:
        steps += [
            *[lambda: desk.add_issue(framework, one(indicators), draw(_words), node_id=f"q{new}")]
            * 3,
            described,
            lambda: desk.set_rows(framework, one(indicators), draw(_rows())),
        ]
    if retired:
        place = draw(st.none() | st.integers(0, 5))
        steps.append(lambda: desk.take_back(framework, one(retired), place))
    try:
        return draw(st.sampled_from(steps))()
    except ValueRefused:
        return framework


@st.composite
def edited(draw: st.DrawFn, *, start: Framework = EMPTY, most: int = 16) -> list[Framework]:
    """An edition after each of some steps, the beginning first."""
    made = [start]
    prefix = "" if start is EMPTY else "b"
    for number in range(draw(st.integers(0, most))):
        made.append(_step(made[-1], f"{prefix}{number}", draw))
    return made


@st.composite
def frameworks(draw: st.DrawFn) -> Framework:
    return draw(edited())[-1]


@st.composite
def two_editions(draw: st.DrawFn) -> tuple[Framework, Framework]:
    """Two editions that have nodes in common, each edited on its own; either may lack some."""
    one = draw(edited())[-1]
    other = draw(edited(start=one, most=8))[-1]
    return (
        without(one, draw(st.sets(st.sampled_from(sorted(places(one)) or [""]), max_size=2))),
        without(other, draw(st.sets(st.sampled_from(sorted(places(other)) or [""]), max_size=3))),
    )


def without(framework: Framework, lost: Collection[str]) -> Framework:
    """As if those nodes, and all that is in them, had never been there."""

    def kept(nodes: Any) -> Any:
        return tuple(pruned(node) for node in nodes if node.id not in lost)

    def pruned(node: Any) -> Any:
        if isinstance(node, Issue):
            return node
        return with_children(node, numbered(kept(children(node))), kept(retired_children(node)))

    result: Framework = pruned(framework)
    return result


def office(standards: int = 3, indicators: int = 14, issues: int = 60) -> Framework:
    """An edition of the size an office fills in, in its own words."""
    made = desk.entitle(EMPTY, draft=True)
    running = count(1)
    for s in range(standards):
        made = desk.add_standard(made, f"มาตรฐานด้านที่ {s + 1}", node_id=f"s{s}")
    for n in range(indicators):
        made = desk.add_indicator(made, f"s{n % standards}", f"ตัวบ่งชี้เรื่องที่ {n + 1}", node_id=f"n{n}")
    for q in range(issues):
        made = desk.add_issue(
            made, f"n{q % indicators}", f"ประเด็นเรื่องที่ {next(running)}", node_id=f"q{q}"
        )
    for n in range(indicators):
        indicator = next(i for _, _, i in made.indicators() if i.id == f"n{n}")
        rows = desk.usual_rows(indicator.type, len(indicator.issues))
        made = desk.set_rows(made, indicator.id, rows)
    return made


def unordered(framework: Framework) -> Framework:
    """What is out of use has no order and stands nowhere: two editions that say the same are equal."""

    def plain(node: Any) -> Any:
        if not hasattr(node, "retired"):
            return node
        retired = sorted((replace(plain(n), number=0) for n in node.retired), key=lambda n: n.id)
        for name in ("standards", "indicators", "issues"):
            if hasattr(node, name):
                inside = tuple(plain(n) for n in getattr(node, name))
                return replace(node, **{name: inside}, retired=tuple(retired))
        return node

    result: Framework = plain(framework)
    return result


def indicator_of_id(framework: Framework, node_id: str) -> Indicator:
    found = places(framework)[node_id].node
    assert isinstance(found, Indicator)
    return found
