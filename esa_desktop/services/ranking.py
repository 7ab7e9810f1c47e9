"""Edits of the works an office puts forward: added, described, moved, removed, each one step."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from esa_desktop.domain.edits import Batch, Edit
from esa_desktop.domain.evidence import Evidence, code_sort_key
from esa_desktop.domain.fields import Field, Kind, indicator_field
from esa_desktop.domain.framework import Indicator
from esa_desktop.domain.ids import new_id
from esa_desktop.domain.thai import clean_text
from esa_desktop.domain.works import Work
from esa_desktop.services.attaching import share
from esa_desktop.services.editing import Editor


def new_work() -> Work:
    """One that says nothing yet."""
    return Work(new_id(), "")


def tidy_work(work: Work, *, title: str, detail: str, items: Iterable[str]) -> Work:
    """The work as somebody described it: a title of one line, and the detail without blank ends."""
    return replace(
        work,
        title=" ".join(clean_text(title).split()),
        detail="\n".join(line.rstrip() for line in clean_text(detail).strip().split("\n")),
        items=tuple(dict.fromkeys(items)),
    )


def put_work(editor: Editor, indicator: Indicator, work: Work) -> Edit:
    """The edit that describes a work anew, or puts a new one at the end.

    What shows it is evidence of the indicator from now on, where the indicator has no issues to
    keep it: else it would stand in no register and no binder.
    """
    works = editor.round.indicator(indicator.id).works
    known = any(one.id == work.id for one in works)
    changed = [work if one.id == work.id else one for one in works] + [work] * (not known)
    edit = editor.change(_field(editor, indicator), tuple(changed))
    new = set(work.items) - set(editor.round.issue(indicator.id).evidence)
    if indicator.issues or not new:
        return edit
    shared = share(editor, indicator.id, [one for one in work.items if one in new])
    return Batch((edit, *shared.edits))


def move_work(editor: Editor, indicator: Indicator, place: int, target: int) -> Edit:
    """Places count from 0, the best; ``target`` is where the work stands afterwards."""
    works = list(editor.round.indicator(indicator.id).works)
    works.insert(target, works.pop(place))
    return editor.change(_field(editor, indicator), tuple(works))


def remove_work(editor: Editor, indicator: Indicator, work_id: str) -> Edit:
    """Its evidence stays with the indicator."""
    works = editor.round.indicator(indicator.id).works
    left = tuple(work for work in works if work.id != work_id)
    return editor.change(_field(editor, indicator), left)


def evidence_for_works(editor: Editor, indicator: Indicator) -> Sequence[Evidence]:
    """What may show a work: the indicator's own evidence first, then by code.

    With issues it is what is attached to them, and what some work names already.
    """
    assessed = editor.round
    own = [*assessed.evidence_of(indicator.id)]
    for issue in indicator.issues:
        own += assessed.evidence_of(issue.id)
    for work in assessed.indicator(indicator.id).works:
        own += assessed.shown_by(work)
    found = {item.id: item for item in own}
    if not indicator.issues:
        others = (item for item in assessed.items.values() if not item.binned)
        for item in sorted(others, key=lambda item: (code_sort_key(item.code), item.id)):
            found.setdefault(item.id, item)
    return tuple(found.values())


def _field(editor: Editor, indicator: Indicator) -> Field:
    return indicator_field(editor.round.fiscal_year, indicator.id, Kind.WORKS)
