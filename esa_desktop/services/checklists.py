"""The checklist of an issue: what evidence it needs, what of it is there, and the edits that change both."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.checklist import Requirement
from esa_desktop.domain.edits import Batch, SetField
from esa_desktop.domain.evidence import Evidence
from esa_desktop.domain.fields import required_field, supplied_field
from esa_desktop.domain.ids import new_id
from esa_desktop.domain.thai import clean_text
from esa_desktop.services.editing import Editor


@dataclass(frozen=True, slots=True)
class ChecklistLine:
    """A requirement and the items that answer it this year."""

    requirement: Requirement
    items: tuple[Evidence, ...]

    @property
    def is_answered(self) -> bool:
        return bool(self.items)


@dataclass(frozen=True, slots=True)
class Completeness:
    """Of one issue's checklist."""

    total: int
    missing: int


def checklist(assessed: AssessmentRound, issue_id: str) -> tuple[ChecklistLine, ...]:
    """The lines of an issue in order.

    An item answers a line only while it is attached to the issue: what was taken out, or lies in
    the bin, is not there for the committee either.
    """
    attached = {item.id: item for item in assessed.evidence_of(issue_id)}
    supplied = assessed.issue(issue_id).supplied
    return tuple(
        ChecklistLine(
            requirement,
            tuple(attached[i] for i in supplied.get(requirement.id, ()) if i in attached),
        )
        for requirement in assessed.required.get(issue_id, ())
    )


def completeness(assessed: AssessmentRound, issue_id: str) -> Completeness:
    lines = checklist(assessed, issue_id)
    return Completeness(len(lines), sum(not line.is_answered for line in lines))


def missing_requirements(assessed: AssessmentRound) -> tuple[tuple[str, Requirement], ...]:
    """``(issue id, requirement)`` of every line without an answer, in printed order.

    An indicator without issues has its evidence, and so its checklist, itself.
    """
    return tuple(
        (node.id, line.requirement)
        for _, node in assessed.framework.walk()
        if node.id in assessed.required
        for line in checklist(assessed, node.id)
        if not line.is_answered
    )


# --- edits ------------------------------------------------------------------------------------


def add_requirements(
    editor: Editor,
    issue_id: str,
    texts: Iterable[str],
    *,
    after: str | None = None,
    ids: Iterable[str] = (),
) -> SetField | None:
    """One line a text behind the line ``after``, or at the end; ``None`` when nothing is new.

    Empty texts and those the list has already are passed over. ``ids`` of the new lines are for
    tests; they are made where too few are given.
    """
    lines = editor.round.required.get(issue_id, ())
    known = {line.text for line in lines}
    given = iter(ids)
    new: list[Requirement] = []
    for text in map(_one_line, texts):
        if text and text not in known:
            known.add(text)
            new.append(Requirement(next(given, None) or new_id(), text))
    if not new:
        return None
    place = next((n + 1 for n, line in enumerate(lines) if line.id == after), len(lines))
    return editor.change(required_field(issue_id), (*lines[:place], *new, *lines[place:]))


def rename_requirement(editor: Editor, issue_id: str, requirement_id: str, text: str) -> SetField:
    """Other words for a line; an empty text leaves the old ones. What answers it stays."""
    words = _one_line(text)
    lines = (
        replace(line, text=words or line.text) if line.id == requirement_id else line
        for line in editor.round.required.get(issue_id, ())
    )
    return editor.change(required_field(issue_id), tuple(lines))


def remove_requirement(editor: Editor, issue_id: str, requirement_id: str) -> Batch:
    """Take a line off the list. The items that answered it stay with the issue."""
    assessed = editor.round
    lines = assessed.required.get(issue_id, ())
    kept = tuple(line for line in lines if line.id != requirement_id)
    edits = [editor.change(required_field(issue_id), kept)]
    if requirement_id in assessed.issue(issue_id).supplied:
        edits.append(_supplied(editor, issue_id, requirement_id, ()))
    return Batch(tuple(edits), "นำรายการออก")


def move_requirement(editor: Editor, issue_id: str, requirement_id: str, place: int) -> SetField:
    """Put a line where ``place`` lines stand above it."""
    lines = editor.round.required.get(issue_id, ())
    moved = [line for line in lines if line.id == requirement_id]
    rest = [line for line in lines if line.id != requirement_id]
    place = max(0, min(place, len(rest)))
    return editor.change(required_field(issue_id), (*rest[:place], *moved, *rest[place:]))


def supply(editor: Editor, issue_id: str, requirement_id: str, item_ids: Sequence[str]) -> Batch:
    """Let items answer a line, besides those that do; items of other issues are attached here, too."""
    from esa_desktop.services.attaching import share

    assessed = editor.round
    known = assessed.issue(issue_id).supplied.get(requirement_id, ())
    wanted = tuple(dict.fromkeys((*known, *item_ids)))
    answer = _supplied(editor, issue_id, requirement_id, wanted)
    links = share(editor, issue_id, item_ids).edits
    return Batch((*links, answer), "ใช้หลักฐานกับรายการ")


def withdraw(
    editor: Editor, issue_id: str, requirement_id: str, item_ids: Iterable[str]
) -> SetField:
    """Items do not answer a line any more; they stay with the issue."""
    gone = set(item_ids)
    known = editor.round.issue(issue_id).supplied.get(requirement_id, ())
    kept = tuple(item_id for item_id in known if item_id not in gone)
    return _supplied(editor, issue_id, requirement_id, kept)


def _supplied(
    editor: Editor, issue_id: str, requirement_id: str, item_ids: tuple[str, ...]
) -> SetField:
    field = supplied_field(editor.round.fiscal_year, issue_id, requirement_id)
    return editor.change(field, item_ids)


def _one_line(text: str) -> str:
    return " ".join(clean_text(text).split())
