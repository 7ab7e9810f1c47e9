"""Everything in a round as plain JSON values: what ``show`` prints and other programs rely on."""

from typing import Any

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.book import BOOK_TEXTS
from esa_desktop.domain.evidence import Evidence, code_sort_key
from esa_desktop.domain.fields import Kind, decode, link_parts
from esa_desktop.domain.framework import Indicator, Issue
from esa_desktop.domain.revision import FieldView, plain_text
from esa_desktop.domain.works import Work


def show_round(assessed: AssessmentRound) -> dict[str, Any]:
    """The shape of design.md §7; texts are plain, a paragraph a line."""
    framework = assessed.framework
    return {
        "office": assessed.office,
        "fiscal_year": assessed.fiscal_year,
        "framework": {"id": framework.id, "title": framework.title},
        "standards": [
            {
                "code": str(standard.number),
                "name": standard.name,
                "indicators": [_indicator(assessed, i) for i in standard.indicators],
            }
            for standard in framework.standards
        ],
        "evidence": [
            _item(assessed, item)
            for item in sorted(
                (item for item in assessed.items.values() if not item.binned),
                key=lambda item: (code_sort_key(item.code), item.id),
            )
        ],
        "book": {
            **{text.name: "" for text in BOOK_TEXTS},
            **{name: text.plain for name, text in sorted(assessed.book.items())},
        },
        "dictionary": list(assessed.kept_words),
        "conflicts": [
            _conflict(assessed, view)
            for _, view in sorted(assessed.unsettled.items())
            if view.state == "conflict"
        ],
        "unplaced": [],
    }


def _indicator(assessed: AssessmentRound, indicator: Indicator) -> dict[str, Any]:
    written = assessed.indicator(indicator.id)
    return {
        "code": assessed.framework.code_of(indicator.id),
        "name": indicator.name,
        "level": written.level,
        "suggested_level": assessed.suggestion(indicator).level,
        "reason": written.reason,
        "status": written.status,
        "suggestions": written.suggestions.plain,
        "type": indicator.type.value,
        "measured": written.measured,
        "unit": indicator.rubric.unit,
        "works": [_work(assessed, work) for work in written.works],
        "evidence": [item.code for item in assessed.evidence_of(indicator.id)],
        "issues": [_issue(assessed, issue) for issue in indicator.issues],
    }


def _work(assessed: AssessmentRound, work: Work) -> dict[str, Any]:
    return {
        "title": work.title,
        "detail": work.detail,
        "evidence": [item.code for item in assessed.shown_by(work)],
    }


def _issue(assessed: AssessmentRound, issue: Issue) -> dict[str, Any]:
    written = assessed.issue(issue.id)
    return {
        "code": assessed.framework.code_of(issue.id),
        "name": issue.name,
        "acted_on": written.acted_on,
        "evidence_clear": written.evidence_clear,
        "method": written.method.plain,
        "results": written.results.plain,
        "evidence": [item.code for item in assessed.evidence_of(issue.id)],
    }


def _item(assessed: AssessmentRound, item: Evidence) -> dict[str, Any]:
    return {
        "code": item.code,
        "title": item.title,
        "kind": item.kind,
        "number": item.number,
        "date": item.date.isoformat() if item.date else None,
        "issues": [assessed.framework.code_of(name) for name in assessed.issues_of(item.id)],
        "files": [{"sha256": f.sha256, "name": f.name, "size": f.size} for f in item.files],
    }


def _conflict(assessed: AssessmentRound, view: FieldView) -> dict[str, Any]:
    return {
        "code": _code(assessed, view),
        "field": view.field.kind.value,
        "heads": [
            {"id": h.id, "author": h.author, "text": plain_text(view.field, h.body)}
            for h in view.heads
        ],
    }


def _code(assessed: AssessmentRound, view: FieldView) -> str:
    """Of a link the issue's; of an evidence item its own, even where the shown version deletes it."""
    field = view.field
    paired = field.kind in (Kind.LINK, Kind.SUPPLIED)
    node = link_parts(field)[0] if paired else field.owner
    if assessed.framework.has_node(node):
        return assessed.framework.code_of(node)
    if field.kind is Kind.ITEM:
        for body in filter(None, (view.body, *(head.body for head in view.heads))):
            item: Evidence = decode(field, body)
            return item.code
    return field.owner
