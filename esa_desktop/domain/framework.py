"""One published edition of the standards: Framework > Standard > Indicator > Issue, and the rubric rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, Final

from esa_desktop.domain.errors import UnknownCode
from esa_desktop.domain.thai import arabic_digits

LEVELS: Final = (5, 4, 3, 2, 1)
"""Quality levels from the best down, as the form lists them."""


class IndicatorType(StrEnum):
    """How an indicator is measured; decides what its rubric rows hold."""

    EVIDENCE_LADDER = "evidence_ladder"
    """Rows count the issues with clear evidence (``fewest``..``most``)."""
    THRESHOLD = "threshold"
    """Rows name the least value, a percentage or a number (``at_least``)."""
    RANKED_WORKS = "ranked_works"
    """The office lists its best works, best first; a person judges."""
    FREE = "free"
    """A person judges by the words of the rows alone."""


@dataclass(frozen=True, slots=True)
class RubricRow:
    """One level of an indicator's rubric, in the framework's own words."""

    level: int
    lines: tuple[str, ...]
    """The words of the form, a line each: what was acted on, then what evidence shows."""
    fewest: int | None = None
    most: int | None = None
    at_least: float | None = None
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Rubric:
    rows: tuple[RubricRow, ...]
    """From level 5 down to level 1."""
    unit: str = ""
    """What a threshold counts, e.g. ``ร้อยละ``."""

    def row(self, level: int) -> RubricRow | None:
        return next((row for row in self.rows if row.level == level), None)


@dataclass(frozen=True, slots=True)
class Issue:
    """ประเด็นการพิจารณา. ``id`` is never reused; ``number`` is only where it stands."""

    id: str
    number: int
    name: str
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Indicator:
    """ตัวบ่งชี้."""

    id: str
    number: int
    name: str
    type: IndicatorType
    rubric: Rubric
    issues: tuple[Issue, ...]
    lead_in: str = ""
    """The sentence that opens column three; differs per indicator, empty where not known."""
    weight: float | None = None
    """``None``: not known, so it takes part in no sum."""
    weight_verified: bool = False
    verified: bool = False
    weight_source: str = ""
    """Where the weight stands in print, for whoever wants to check it."""
    works: int | None = None
    """How many works are to be ranked; only of that type."""
    retired: tuple[Issue, ...] = ()
    """Out of use: not shown, not printed, not counted; what was written about them stays."""


@dataclass(frozen=True, slots=True)
class Standard:
    """มาตรฐาน."""

    id: str
    number: int
    name: str
    indicators: tuple[Indicator, ...]
    share: float | None = None
    """Percent of the whole; ``None`` where not known."""
    share_verified: bool = False
    verified: bool = False
    share_source: str = ""
    """Where the share stands in print."""
    retired: tuple[Indicator, ...] = ()
    """Out of use, each with its issues."""


Node = Standard | Indicator | Issue


@dataclass(frozen=True)
class Framework:
    """ฉบับมาตรฐาน: one edition as published (or as an office completed it)."""

    id: str
    title: str
    year: int
    """Buddhist-era year of publication."""
    standards: tuple[Standard, ...]
    draft: bool = False
    source: str = ""
    notes: tuple[str, ...] = field(default=())
    retired: tuple[Standard, ...] = ()
    """Out of use, each with all that is in it."""

    @cached_property
    def _by_code(self) -> Mapping[str, Node]:
        return dict(self.walk())

    @cached_property
    def _code_by_id(self) -> Mapping[str, str]:
        return {node.id: code for code, node in self.walk()}

    def walk(self) -> Iterator[tuple[str, Node]]:
        """Every node with its code, in printed order."""
        for standard in self.standards:
            yield f"{standard.number}", standard
            for indicator in standard.indicators:
                yield f"{standard.number}.{indicator.number}", indicator
                for issue in indicator.issues:
                    yield f"{standard.number}.{indicator.number}.{issue.number}", issue

    def code_of(self, node_id: str) -> str:
        """The code a node is shown under, e.g. ``1.2.3``; ``KeyError`` for a foreign id."""
        return self._code_by_id[node_id]

    def has_node(self, node_id: str) -> bool:
        """Whether a node is in use."""
        return node_id in self._code_by_id

    @cached_property
    def _retired_by_id(self) -> Mapping[str, Node]:
        return {node.id: node for _, node in self.retired_nodes()}

    def retired_node(self, node_id: str) -> Node | None:
        """A node that is out of use, itself or with what it is in."""
        return self._retired_by_id.get(node_id)

    def retired_nodes(self) -> Iterator[tuple[str, Node]]:
        """``(id of the parent, node)`` of everything out of use; the parent of a standard is ``""``.

        What is in a retired node follows it.
        """
        for standard in self.standards:
            for indicator in standard.indicators:
                yield from ((indicator.id, issue) for issue in indicator.retired)
            for indicator in standard.retired:
                yield standard.id, indicator
                yield from _inside_indicator(indicator)
        for standard in self.retired:
            yield "", standard
            for indicator in (*standard.indicators, *standard.retired):
                yield standard.id, indicator
                yield from _inside_indicator(indicator)

    def node(self, code: str) -> Node:
        """The node under a code typed by a person, in Thai or Arabic digits."""
        plain = arabic_digits(code).strip().strip(".")
        found = self._by_code.get(plain)
        if found is None:
            raise UnknownCode(
                f"ไม่มีรหัส “{code}” ใน{self.title} กรุณาตรวจรหัส เช่น 1.2 สำหรับตัวบ่งชี้ หรือ 1.2.3 สำหรับประเด็น"
            )
        return found

    def indicator(self, code: str) -> Indicator:
        found = self.node(code)
        if not isinstance(found, Indicator):
            raise UnknownCode(f"รหัส “{code}” ไม่ใช่รหัสตัวบ่งชี้ กรุณาใช้รหัสแบบ 1.2")
        return found

    def issue(self, code: str) -> Issue:
        found = self.node(code)
        if not isinstance(found, Issue):
            raise UnknownCode(f"รหัส “{code}” ไม่ใช่รหัสประเด็นการพิจารณา กรุณาใช้รหัสแบบ 1.2.3")
        return found

    def indicators(self) -> Iterator[tuple[str, Standard, Indicator]]:
        """``(code, standard, indicator)`` in printed order."""
        for standard in self.standards:
            for indicator in standard.indicators:
                yield f"{standard.number}.{indicator.number}", standard, indicator

    def issues(self) -> Iterator[tuple[str, Indicator, Issue]]:
        """``(code, indicator, issue)`` in printed order."""
        for code, _, indicator in self.indicators():
            for issue in indicator.issues:
                yield f"{code}.{issue.number}", indicator, issue

    def places(self) -> "Iterator[tuple[str, Indicator | Issue]]":
        """``(code, node)`` of what is written about and shown by evidence, in printed order.

        Issues, and the indicators that have none.
        """
        for code, _, indicator in self.indicators():
            if not indicator.issues:
                yield code, indicator
            for issue in indicator.issues:
                yield f"{code}.{issue.number}", issue

    def indicator_of(self, issue_id: str) -> Indicator:
        """The indicator an issue belongs to; ``KeyError`` for a foreign id."""
        return self.indicator(self.code_of(issue_id).rpartition(".")[0])


def _inside_indicator(indicator: Indicator) -> Iterator[tuple[str, Node]]:
    return ((indicator.id, issue) for issue in (*indicator.issues, *indicator.retired))


def framework_to_dict(framework: Framework) -> dict[str, Any]:
    """Plain JSON values, unset ones left out: the form in which a project pins its framework."""
    return {
        "id": framework.id,
        "title": framework.title,
        "year": framework.year,
        "draft": framework.draft,
        "source": framework.source,
        "notes": list(framework.notes),
        "standards": [_standard_to_dict(standard) for standard in framework.standards],
        **_without_unset(retired=_all(_standard_to_dict, framework.retired)),
    }


def _all(to_dict: Callable[[Any], dict[str, Any]], nodes: Sequence[Any]) -> list[Any] | None:
    """``None`` for none: frameworks pinned by older versions keep the very same bytes."""
    return [to_dict(node) for node in nodes] or None


def _standard_to_dict(standard: Standard) -> dict[str, Any]:
    return _without_unset(
        id=standard.id,
        number=standard.number,
        name=standard.name,
        share=standard.share,
        share_verified=standard.share_verified,
        verified=standard.verified,
        share_source=standard.share_source or None,
        indicators=[_indicator_to_dict(i) for i in standard.indicators],
        retired=_all(_indicator_to_dict, standard.retired),
    )


def _issue_to_dict(issue: Issue) -> dict[str, Any]:
    return _without_unset(
        id=issue.id, number=issue.number, name=issue.name, verified=issue.verified
    )


def _indicator_to_dict(indicator: Indicator) -> dict[str, Any]:
    return _without_unset(
        id=indicator.id,
        number=indicator.number,
        name=indicator.name,
        type=indicator.type.value,
        lead_in=indicator.lead_in,
        weight=indicator.weight,
        weight_verified=indicator.weight_verified,
        verified=indicator.verified,
        unit=indicator.rubric.unit,
        rubric=[
            _without_unset(
                level=row.level,
                lines=list(row.lines),
                fewest=row.fewest,
                most=row.most,
                at_least=row.at_least,
                verified=row.verified,
            )
            for row in indicator.rubric.rows
        ],
        weight_source=indicator.weight_source or None,
        works=indicator.works,
        issues=[_issue_to_dict(issue) for issue in indicator.issues],
        retired=_all(_issue_to_dict, indicator.retired),
    )


def _without_unset(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def framework_from_dict(values: Mapping[str, Any]) -> Framework:
    """The reverse of `framework_to_dict`. Trusts its input: files go through the loader first."""
    return Framework(
        id=values["id"],
        title=values["title"],
        year=values["year"],
        draft=values.get("draft", False),
        source=values.get("source", ""),
        notes=tuple(values.get("notes", ())),
        standards=tuple(_standard_from_dict(s) for s in values["standards"]),
        retired=tuple(_standard_from_dict(s) for s in values.get("retired", ())),
    )


def _standard_from_dict(values: Mapping[str, Any]) -> Standard:
    return Standard(
        id=values["id"],
        number=values["number"],
        name=values["name"],
        share=values.get("share"),
        share_verified=values.get("share_verified", False),
        verified=values.get("verified", False),
        share_source=values.get("share_source", ""),
        indicators=tuple(_indicator_from_dict(i) for i in values["indicators"]),
        retired=tuple(_indicator_from_dict(i) for i in values.get("retired", ())),
    )


def _indicator_from_dict(values: Mapping[str, Any]) -> Indicator:
    return Indicator(
        id=values["id"],
        number=values["number"],
        name=values["name"],
        type=IndicatorType(values["type"]),
        lead_in=values.get("lead_in", ""),
        weight=values.get("weight"),
        weight_verified=values.get("weight_verified", False),
        verified=values.get("verified", False),
        rubric=Rubric(
            unit=values.get("unit", ""),
            rows=tuple(
                RubricRow(
                    level=row["level"],
                    lines=tuple(row["lines"]),
                    fewest=row.get("fewest"),
                    most=row.get("most"),
                    at_least=row.get("at_least"),
                    verified=row.get("verified", False),
                )
                for row in values["rubric"]
            ),
        ),
        weight_source=values.get("weight_source", ""),
        works=values.get("works"),
        issues=tuple(_issue_from_dict(i) for i in values["issues"]),
        retired=tuple(_issue_from_dict(i) for i in values.get("retired", ())),
    )


def _issue_from_dict(values: Mapping[str, Any]) -> Issue:
    return Issue(values["id"], values["number"], values["name"], values.get("verified", False))
