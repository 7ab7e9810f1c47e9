"""What changed in a project since somebody last looked: by field, with who did it and what it said before."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, Protocol

from esa_desktop.domain.book import TEXTS_BY_NAME
from esa_desktop.domain.evidence import Evidence, code_sort_key
from esa_desktop.domain.fields import Field, Kind, decode, item_field, link_parts
from esa_desktop.domain.framework import Framework
from esa_desktop.domain.revision import FieldView, Revision, heads_of, view_of_heads
from esa_desktop.services.field_names import field_name
from esa_desktop.services.history import answer_of, computer_name
from esa_desktop.services.identity import Who
from esa_desktop.services.projects import Project
from esa_desktop.storage.store import Store

_NOBODY_READS: Final = frozenset({Kind.PRINTED, Kind.PRINT_OPTIONS, Kind.COMPUTER, Kind.BOUND})
"""What the program keeps for itself."""


Frameworks = Mapping[str, Framework]
"""By round."""


@dataclass(frozen=True, slots=True)
class Change:
    """All that happened to one field."""

    field: Field
    code: str
    """Of the node, or of the item of evidence, in Arabic digits; empty where there is none."""
    name: str
    authors: tuple[str, ...]
    """Each once, in the order in which they wrote."""
    computers: tuple[str, ...]
    time: str
    """Of the last revision, as it says."""
    count: int
    before: str
    """Body then."""
    after: str
    """Body now."""
    is_own: bool
    """Nobody but this computer had a part in it."""
    is_settled: bool
    """One text, or a merge; not two against each other."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What the store knows of one field that changed."""

    later: tuple[Revision, ...]
    history: tuple[Revision, ...]


def changes_since(project: Project, seq: int) -> tuple[Change, ...]:
    """What fields say otherwise than after revision number ``seq``, in printed order.

    What was typed and taken back is left out. Blocks until the store answers: for workers.
    """
    found, computers = answer_of(project.ask_slowly(partial(_look_up, seq)))
    views = dict(project.editor.views)
    frameworks: Frameworks = {
        field.round: view.value
        for field, view in views.items()
        if field.kind is Kind.FRAMEWORK and view.body
    }
    # By all they ever were called: what was deleted since has a name, too.
    views |= {name: _ever(parts) for name, parts in found.items() if name.kind is Kind.ITEM}
    changes = (
        _change(parts, partial(called, views=views, frameworks=frameworks), computers, project.who)
        for parts in found.values()
    )
    kept = [change for change in changes if change.before != change.after or not change.is_settled]
    return tuple(sorted(kept, key=printed_place(frameworks, project.editor.round.fiscal_year)))


def _look_up(
    seq: int, store: Store, breathe: Callable[[], None]
) -> tuple[Mapping[Field, _Found], Mapping[str, str]]:
    by_field: dict[Field, list[Revision]] = {}
    for _, revision in store.changes_since(seq):
        if revision.field.kind not in _NOBODY_READS:
            by_field.setdefault(revision.field, []).append(revision)
    found: dict[Field, _Found] = {}
    for field, later in by_field.items():
        breathe()
        found[field] = _Found(tuple(later), store.history(field))
    devices = {revision.device for parts in found.values() for revision in parts.later}
    return found, {device: computer_name(store, device) for device in devices}


def _change(
    found: _Found,
    called: Callable[[Field, FieldView], tuple[str, str]],
    computers: Mapping[str, str],
    who: Who,
) -> Change:
    field = found.later[0].field
    later = {revision.id for revision in found.later}
    before = _view(field, [r for r in found.history if r.id not in later])
    now = _view(field, found.history)
    code, name = called(field, _ever(found) if field.kind is Kind.ITEM else now)
    names = (computers[revision.device] for revision in found.later)
    return Change(
        field,
        code,
        name,
        _each_once(revision.author for revision in found.later),
        _each_once(filter(None, names)),
        found.later[-1].time,
        len(found.later),
        before.body,
        now.body,
        is_own={revision.device for revision in found.later} == {who.device},
        is_settled=now.state != "conflict",
    )


def _ever(found: _Found) -> FieldView:
    """A field with all its versions, the last first."""
    newest_first = found.history[::-1]
    return FieldView(found.later[0].field, newest_first, "conflict", newest_first[0].body)


def _view(field: Field, history: Sequence[Revision]) -> FieldView:
    graph = {revision.id: revision for revision in history}
    heads = heads_of(history)
    try:
        return view_of_heads(field, heads, lambda: graph)
    except ValueError:  # a body that cannot be read cannot be merged
        return FieldView(field, heads, "conflict", heads[0].body)


def _each_once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def called(
    field: Field, now: FieldView, *, views: Mapping[Field, FieldView], frameworks: Frameworks
) -> tuple[str, str]:
    """Code and name. Evidence is called by its own, also where it was taken out since."""
    named = field_name(field, _framework_of(field, frameworks))
    if field.kind is Kind.ITEM:
        item = _item(field, now)
        return (item.code, item.title) if item else ("", named.name)
    if field.kind is Kind.LINK:
        item_name = item_field(link_parts(field)[1])
        item = _item(item_name, views.get(item_name))
        return named.code, f"{named.name} “{item.title}”" if item else named.name
    return named.code, named.name


def _framework_of(field: Field, frameworks: Frameworks) -> Framework | None:
    """Of the field's round; a checklist is of no round, and any year that has its issue will do."""
    if field.kind is not Kind.REQUIRED:
        return frameworks.get(field.round)
    years = sorted(frameworks, reverse=True)
    return next((frameworks[y] for y in years if frameworks[y].has_node(field.owner)), None)


def _item(field: Field, view: FieldView | None) -> Evidence | None:
    bodies = (view.body, *(head.body for head in view.heads)) if view else ()
    for body in filter(None, bodies):
        try:
            item: Evidence = decode(field, body)
        except ValueError:
            continue
        return item
    return None


class Placed(Protocol):
    """Whatever is told of a field and has a place in the printed order."""

    @property
    def field(self) -> Field: ...

    @property
    def code(self) -> str: ...


_KINDS: Final = {kind: place for place, kind in enumerate(Kind)}
_Place = tuple[bool, str, int, tuple[int, ...], int, str]


def printed_place(frameworks: Frameworks, year: int) -> Callable[[Placed], _Place]:
    """The round in view first; in it the sheets as they are printed, the book, evidence by its code."""
    nodes = {
        name: {node.id: number for number, (_, node) in enumerate(framework.walk())}
        for name, framework in frameworks.items()
    }
    texts = {name: number for number, name in enumerate(TEXTS_BY_NAME)}

    def place(change: Placed) -> _Place:
        field = change.field
        asked_every_year = field.kind is Kind.REQUIRED
        known = nodes.get(str(year) if asked_every_year else field.round, {})
        paired = field.kind in (Kind.LINK, Kind.SUPPLIED)
        node = link_parts(field)[0] if paired else field.owner
        group = 0
        within: tuple[int, ...] = ()
        if node in known:
            group, within = 1, (known[node],)
        elif field.kind is Kind.BOOK_TEXT:
            group, within = 2, (texts.get(node, len(texts)),)
        elif field.kind is Kind.ITEM:
            group, within = 3, code_sort_key(change.code)
        is_other = field.round not in ("", str(year))
        return is_other, field.round if is_other else "", group, within, _KINDS[field.kind], node

    return place
