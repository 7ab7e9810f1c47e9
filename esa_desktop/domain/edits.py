"""Every change a user can make, as a value with its inverse: one mechanism for undo, redo and history."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from esa_desktop.domain.errors import HeadsMoved
from esa_desktop.domain.fields import JUDGEMENTS, Field
from esa_desktop.domain.revision import FieldView, Revision, unwritten


@dataclass(frozen=True, slots=True)
class SetField:
    """Put ``body`` on top of the heads the person saw."""

    field: Field
    body: str
    expected: tuple[str, ...]
    """Ids of the heads this edit stands on, sorted; empty for a field never written."""
    seen: str = ""
    """What the field said at those heads. Taking steps back makes new heads that say the same
    again; the edit still stands on what the person saw then."""

    def stands_on(self, view: FieldView) -> bool:
        """Whether the field still says what it said when the edit was made."""
        return self.expected == view.head_ids or (view.state == "clean" and self.seen == view.body)


@dataclass(frozen=True, slots=True)
class Batch:
    """Several edits that are one step for the person: attach three files, import a Word form."""

    edits: tuple[SetField, ...]
    title: str = ""
    """Thai words for the undo menu."""


Edit = SetField | Batch


def parts(edit: Edit) -> Iterator[SetField]:
    if isinstance(edit, Batch):
        yield from edit.edits
    else:
        yield edit


def apply_edit(
    edit: Edit,
    views: Mapping[Field, FieldView],
    cut: Callable[[SetField], Revision],
) -> tuple[tuple[Revision, ...], Edit]:
    """The revisions an edit makes and the edit that takes it back; nothing is changed here.

    ``cut`` makes the revision of one part (it knows author, device and clock). Raises `HeadsMoved`
    when a field has other heads than the edit expects; then no part applies. A field named twice
    in a batch stands on its own earlier part.
    """
    made: dict[Field, Revision] = {}
    revisions: list[Revision] = []
    undo: dict[Field, str] = {}
    for asked in parts(edit):
        part = asked
        view = views.get(part.field) or unwritten(part.field)
        if part.field in made:
            part = replace(part, expected=(made[part.field].id,))
        elif not part.stands_on(view):
            raise HeadsMoved("ข้อความนี้ถูกแก้ไขไปแล้วหลังจากนั้น จึงเลิกทำขั้นนี้ไม่ได้ ดูฉบับก่อน ๆ ได้ในประวัติการแก้ไข")
        else:
            part = replace(part, expected=view.head_ids)
            # Two judgements against each other are none; taking a decision back must not make one.
            undecided = view.state == "conflict" and part.field.kind in JUDGEMENTS
            undo[part.field] = "" if undecided else view.body
        revision = cut(part)
        made[part.field] = revision
        revisions.append(revision)
    inverse = tuple(
        SetField(field, body, (made[field].id,), made[field].body) for field, body in undo.items()
    )
    if isinstance(edit, Batch):
        return tuple(revisions), Batch(inverse, edit.title)
    return tuple(revisions), inverse[0]
