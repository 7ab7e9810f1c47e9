"""One published edition of the standards: Framework > Standard > Indicator > Issue, and the rubric rows."""

from collections.abc import Iterator, Mapping
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

    @cached_property
    def _by_code(self) -> Mapping[str, Standard | Indicator | Issue]:
        return dict(self.walk())

    @cached_property
    def _code_by_id(self) -> Mapping[str, str]:
        return {node.id: code for code, node in self.walk()}

    def walk(self) -> Iterator[tuple[str, Standard | Indicator | Issue]]:
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
        return node_id in self._code_by_id

    def node(self, code: str) -> Standard | Indicator | Issue:
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

    def indicator_of(self, issue_id: str) -> Indicator:
        """The indicator an issue belongs to; ``KeyError`` for a foreign id."""
        return self.indicator(self.code_of(issue_id).rpartition(".")[0])


def framework_to_dict(framework: Framework) -> dict[str, Any]:
    """Plain JSON values, unset ones left out: the form in which a project pins its framework."""
    return {
        "id": framework.id,
        "title": framework.title,
        "year": framework.year,
        "draft": framework.draft,
        "source": framework.source,
        "notes": list(framework.notes),
        "standards": [
            _without_unset(
                id=standard.id,
                number=standard.number,
                name=standard.name,
                share=standard.share,
                share_verified=standard.share_verified,
                verified=standard.verified,
                indicators=[_indicator_to_dict(i) for i in standard.indicators],
            )
            for standard in framework.standards
        ],
    }


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
        issues=[
            _without_unset(id=i.id, number=i.number, name=i.name, verified=i.verified)
            for i in indicator.issues
        ],
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
        standards=tuple(
            Standard(
                id=s["id"],
                number=s["number"],
                name=s["name"],
                share=s.get("share"),
                share_verified=s.get("share_verified", False),
                verified=s.get("verified", False),
                indicators=tuple(_indicator_from_dict(i) for i in s["indicators"]),
            )
            for s in values["standards"]
        ),
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
        issues=tuple(
            Issue(id=i["id"], number=i["number"], name=i["name"], verified=i.get("verified", False))
            for i in values["issues"]
        ),
    )
