"""In which order a binder holds the evidence, under which divider every item stands, and what changed since."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.binder import BinderOptions, Changed
from esa_desktop.domain.evidence import Evidence
from esa_desktop.domain.framework import Indicator, Node, Standard


@dataclass(frozen=True, slots=True)
class BinderSection:
    """What stands behind one divider: of an issue, or of an indicator that has evidence itself."""

    code: str
    standard: Standard
    indicator: Indicator
    node: Node
    items: tuple[Evidence, ...]
    """Bound here, in order."""
    again: tuple[Evidence, ...] = ()
    """Serve this one too, but are bound behind an earlier divider."""


def binder_sections(
    assessed: AssessmentRound, scope: Sequence[str] = ()
) -> tuple[BinderSection, ...]:
    """Every issue or indicator with evidence, in printed order; an item is bound once, where it serves first.

    ``scope``: codes of standards, indicators or issues; empty = all. `UnknownCode` for others.
    """
    framework = assessed.framework
    wanted = {framework.code_of(framework.node(code).id) for code in scope}
    places: set[str] = set()
    found = []
    for section in _sections(assessed):
        if wanted and not wanted & _with_parents(section.code):
            continue
        again = tuple(item for item in section.items if item.id in places)
        items = tuple(item for item in section.items if item.id not in places)
        places |= {item.id for item in items}
        found.append(replace(section, items=items, again=again))
    return tuple(found)


def without(
    sections: Sequence[BinderSection], options: BinderOptions, changed: Mapping[str, Changed]
) -> tuple[BinderSection, ...]:
    """What the options leave of the sections; a section without items of its own is left out where
    only changes are bound, and everywhere if nothing serves it.
    """

    def wanted(item: Evidence) -> bool:
        if item.confidential and options.confidential == "leave_out":
            return False
        return not options.only_changed or changed.get(item.id) in ("new", "changed")

    left = []
    for section in sections:
        items = tuple(filter(wanted, section.items))
        again = tuple(filter(wanted, section.again))
        if items or (again and not options.only_changed):
            left.append(replace(section, items=items, again=again))
    return tuple(left)


def _sections(assessed: AssessmentRound) -> Iterator[BinderSection]:
    for standard in assessed.framework.standards:
        for indicator in standard.indicators:
            code = f"{standard.number}.{indicator.number}"
            shown = dict.fromkeys(assessed.evidence_of(indicator.id))
            for work in assessed.indicator(indicator.id).works:
                shown |= dict.fromkeys(assessed.shown_by(work))
            if shown:
                yield BinderSection(code, standard, indicator, indicator, tuple(shown))
            for issue in indicator.issues:
                items = assessed.evidence_of(issue.id)
                if items:
                    within = f"{code}.{issue.number}"
                    yield BinderSection(within, standard, indicator, issue, items)


def _with_parents(code: str) -> set[str]:
    parts = code.split(".")
    return {".".join(parts[:count]) for count in range(1, len(parts) + 1)}


def fingerprints(sections: Sequence[BinderSection]) -> dict[str, str]:
    """By item id what a binder of these sections shows of each, and where."""
    return {
        item.id: item_fingerprint(item, section.node.id)
        for section in sections
        for item in section.items
    }


def item_fingerprint(item: Evidence, place: str) -> str:
    """A hash of everything on the pages of an item, then the id of what it stands behind."""
    shown = [
        item.code,
        item.title,
        item.kind,
        item.number,
        item.date.isoformat() if item.date else "",
        item.owner,
        item.place,
        item.confidential,
        [(file.sha256, file.name) for file in item.files],
    ]
    words = json.dumps(shown, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return f"{hashlib.sha256(words).hexdigest()[:24]} {place}"


def changes(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, Changed]:
    """What became of every item between two binders, by item id; what stayed is not in it."""
    found: dict[str, Changed] = {}
    for item_id in dict.fromkeys([*new, *old]):
        before, now = old.get(item_id), new.get(item_id)
        if now is None:
            found[item_id] = "gone"
        elif before is None:
            found[item_id] = "new"
        elif before.partition(" ")[0] != now.partition(" ")[0]:
            found[item_id] = "changed"
        elif before != now:
            found[item_id] = "moved"
    return found
