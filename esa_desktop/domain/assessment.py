"""AssessmentRound: everything an office wrote in one fiscal year, as values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from esa_desktop.domain.checklist import Requirement
from esa_desktop.domain.evidence import Evidence
from esa_desktop.domain.fields import DICTIONARY_FIELD, OFFICE_FIELD, READY, Field, Kind, link_parts
from esa_desktop.domain.framework import Framework, Indicator
from esa_desktop.domain.revision import FieldView
from esa_desktop.domain.richtext import EMPTY, RichText
from esa_desktop.domain.rubric import IssueJudgement, Suggestion, suggest
from esa_desktop.domain.works import Work


@dataclass(frozen=True, slots=True)
class IssueAssessment:
    """What was written about one issue. The two ticks are a person's judgement, never computed."""

    acted_on: bool = False
    evidence_clear: bool = False
    method: RichText = EMPTY
    results: RichText = EMPTY
    links: tuple[tuple[str, str], ...] = ()
    """``(rank, item id)`` of the attached evidence, in order."""
    supplied: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Item ids by the requirement they answer; only of requirements that have any."""

    @property
    def evidence(self) -> tuple[str, ...]:
        """Ids of the attached items in order."""
        return tuple(item_id for _, item_id in self.links)


@dataclass(frozen=True, slots=True)
class IndicatorAssessment:
    level: int | None = None
    """1 to 5; ``None`` = ยังไม่ระบุ, which is not level 1."""
    reason: str = ""
    suggestions: RichText = EMPTY
    status: str = ""
    measured: str = ""
    """The value of a threshold indicator in Arabic digits as typed; empty while it is not known."""
    works: tuple[Work, ...] = ()
    """Of a "ranked works" indicator, the best one first."""

    @property
    def is_ready(self) -> bool:
        """Somebody marked it as ready to be printed."""
        return self.status == READY


class Status(StrEnum):
    """How far one issue is; shown as shape, colour and word."""

    NOT_STARTED = "not_started"
    WORKING = "working"
    NO_EVIDENCE = "no_evidence"
    """Written, but nothing is attached to show for it."""
    COMPLETE = "complete"


_NO_ISSUE = IssueAssessment()
_NO_INDICATOR = IndicatorAssessment()


@dataclass(frozen=True, slots=True)
class AssessmentRound:
    """One fiscal year of one office. Immutable: `with_views` gives the round after a change."""

    fiscal_year: int
    """Buddhist era."""
    framework: Framework
    office: str = ""
    issues: Mapping[str, IssueAssessment] = field(default_factory=dict)
    """By issue id; only issues that have something. Use `issue`."""
    indicators: Mapping[str, IndicatorAssessment] = field(default_factory=dict)
    """By indicator id; only those that have something. Use `indicator`."""
    items: Mapping[str, Evidence] = field(default_factory=dict)
    """Every evidence item of the project by id, attached or not, also those in the bin."""
    required: Mapping[str, tuple[Requirement, ...]] = field(default_factory=dict)
    """The checklist of evidence by issue id; only of issues that have one."""
    book: Mapping[str, RichText] = field(default_factory=dict)
    """Texts of the book by name; only those that were written. Use `book_text`."""
    dictionary: RichText = EMPTY
    """Names of places and people a line never breaks inside, one a line."""
    unsettled: Mapping[Field, FieldView] = field(default_factory=dict)
    """Fields with more than one text: merged ones awaiting a person, and conflicts."""

    def issue(self, issue_id: str) -> IssueAssessment:
        return self.issues.get(issue_id, _NO_ISSUE)

    def indicator(self, indicator_id: str) -> IndicatorAssessment:
        return self.indicators.get(indicator_id, _NO_INDICATOR)

    def book_text(self, name: str) -> RichText:
        return self.book.get(name, EMPTY)

    @property
    def kept_words(self) -> tuple[str, ...]:
        """The words of the dictionary."""
        return tuple(line.strip() for line in self.dictionary.plain.split("\n") if line.strip())

    def evidence_of(self, issue_id: str) -> tuple[Evidence, ...]:
        """The items attached to an issue, in order; what is in the bin serves nothing."""
        found = (self.items.get(item_id) for item_id in self.issue(issue_id).evidence)
        return tuple(item for item in found if item is not None and not item.binned)

    def issues_of(self, item_id: str) -> tuple[str, ...]:
        """Ids of what an item serves, in printed order; what is in the bin serves nothing.

        Issues, and indicators: those without issues have their evidence themselves.
        """
        item = self.items.get(item_id)
        if item is not None and item.binned:
            return ()
        return tuple(
            node.id for _, node in self.framework.walk() if item_id in self.issue(node.id).evidence
        )

    def shown_by(self, work: Work) -> tuple[Evidence, ...]:
        """The items that show a work, in its order; what is in the bin shows nothing."""
        found = (self.items.get(item_id) for item_id in work.items)
        return tuple(item for item in found if item is not None and not item.binned)

    def judgements(self, indicator: Indicator) -> tuple[IssueJudgement, ...]:
        return tuple(
            IssueJudgement(
                self.framework.code_of(issue.id),
                self.issue(issue.id).acted_on,
                self.issue(issue.id).evidence_clear,
            )
            for issue in indicator.issues
        )

    def suggestion(self, indicator: Indicator) -> Suggestion:
        """The level by the rubric for what was judged so far."""
        written = self.indicator(indicator.id)
        return suggest(
            indicator,
            self.judgements(indicator),
            measured=written.measured,
            works=len(written.works),
        )

    def status(self, issue_id: str) -> Status:
        return status_of(self.issue(issue_id), has_evidence=self.has_evidence(issue_id))

    def has_evidence(self, issue_id: str) -> bool:
        """Whether something serves it; of an item nobody knows yet only the link has come."""
        linked = map(self.items.get, self.issue(issue_id).evidence)
        return any(item is None or not item.binned for item in linked)

    def with_views(self, views: Iterable[FieldView]) -> "AssessmentRound":
        """The round after these fields changed; fields of other rounds are passed over."""
        parts = _Parts(self)
        for view in views:
            parts.take(view)
        return parts.round()


def status_of(written: IssueAssessment, *, has_evidence: bool | None = None) -> Status:
    """Complete = method, results, "acted on" ticked and at least one item of evidence.

    ``has_evidence`` where it is known that not every link counts; else any link does.
    """
    shown = bool(written.links) if has_evidence is None else has_evidence
    has_method, has_results = not written.method.is_blank, not written.results.is_blank
    if has_method and has_results and not shown:
        return Status.NO_EVIDENCE
    if has_method and has_results and written.acted_on:
        return Status.COMPLETE
    if has_method or has_results or shown or written.acted_on or written.evidence_clear:
        return Status.WORKING
    return Status.NOT_STARTED


@dataclass(frozen=True, slots=True)
class Progress:
    done: int
    total: int
    without_evidence: int


def progress(assessed: AssessmentRound) -> Progress:
    """Counted over all issues of the framework."""
    states = [assessed.status(issue.id) for _, _, issue in assessed.framework.issues()]
    return Progress(
        done=states.count(Status.COMPLETE),
        total=len(states),
        without_evidence=sum(
            1 for _, _, issue in assessed.framework.issues() if not assessed.has_evidence(issue.id)
        ),
    )


_PASSED_OVER = (Kind.PRINTED, Kind.COMPUTER, Kind.BOUND)
"""Nobody needs to choose between the papers of two laptops, or between two names of one."""
_ISSUE_VALUES = (Kind.METHOD, Kind.RESULTS, Kind.ACTED_ON, Kind.EVIDENCE_CLEAR)
_EVIDENCE_VALUES = (Kind.ITEM, Kind.LINK, Kind.REQUIRED, Kind.SUPPLIED)
_INDICATOR_VALUES = (
    Kind.LEVEL,
    Kind.REASON,
    Kind.SUGGESTIONS,
    Kind.STATUS,
    Kind.MEASURED,
    Kind.WORKS,
)


class _Parts:
    """The mappings of a round while views are taken in; each is copied once, when first changed."""

    def __init__(self, old: AssessmentRound) -> None:
        self._old = old
        self._year = str(old.fiscal_year)
        self._changed: dict[str, Any] = {}

    def take(self, view: FieldView) -> None:
        name = view.field
        if name.round not in ("", self._year) or name.kind in _PASSED_OVER:
            return
        self._note_unsettled(view)
        if name == OFFICE_FIELD:
            self._changed["office"] = view.value
        elif name == DICTIONARY_FIELD:
            self._changed["dictionary"] = view.value
        elif name.kind is Kind.BOOK_TEXT:
            self._put("book", name.owner, None if view.value.is_blank else view.value)
        elif name.kind is Kind.FRAMEWORK:
            self._changed["framework"] = view.value or self._old.framework
        elif name.kind in _EVIDENCE_VALUES:
            self._take_evidence(name, view.value)
        elif name.kind in _ISSUE_VALUES:
            known = self._mapping("issues").get(name.owner, _NO_ISSUE)
            self._put("issues", name.owner, replace(known, **{name.kind.value: view.value}))
        elif name.kind in _INDICATOR_VALUES:
            known = self._mapping("indicators").get(name.owner, _NO_INDICATOR)
            self._put("indicators", name.owner, replace(known, **{name.kind.value: view.value}))

    def _take_evidence(self, name: Field, value: Any) -> None:
        if name.kind is Kind.ITEM:
            self._put("items", name.owner, value)
        elif name.kind is Kind.LINK:
            self._link(*link_parts(name), rank=value)
        elif name.kind is Kind.REQUIRED:
            self._put("required", name.owner, value or None)
        else:
            self._supply(*link_parts(name), item_ids=value)

    def _link(self, issue_id: str, item_id: str, rank: str) -> None:
        known = self._mapping("issues").get(issue_id, _NO_ISSUE)
        links = [link for link in known.links if link[1] != item_id]
        if rank:
            links.append((rank, item_id))
        self._put("issues", issue_id, replace(known, links=tuple(sorted(links))))

    def _supply(self, issue_id: str, requirement_id: str, item_ids: tuple[str, ...]) -> None:
        known = self._mapping("issues").get(issue_id, _NO_ISSUE)
        others = {name: ids for name, ids in known.supplied.items() if name != requirement_id}
        supplied = others | ({requirement_id: item_ids} if item_ids else {})
        self._put("issues", issue_id, replace(known, supplied=supplied))

    def _note_unsettled(self, view: FieldView) -> None:
        settled = view.state == "clean"
        if settled != (view.field not in self._mapping("unsettled")) or not settled:
            self._put("unsettled", view.field, None if settled else view)

    def _mapping(self, name: str) -> dict[Any, Any]:
        changed = name in self._changed
        known: dict[Any, Any] = self._changed[name] if changed else getattr(self._old, name)
        return known

    def _put(self, name: str, key: Any, value: Any) -> None:
        if name not in self._changed:
            self._changed[name] = dict(getattr(self._old, name))
        if value is None:
            self._changed[name].pop(key, None)
        else:
            self._changed[name][key] = value

    def round(self) -> AssessmentRound:
        return replace(self._old, **self._changed)
