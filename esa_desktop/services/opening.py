"""From what lies in a project to its fields as they are: heads, drafts, and what was rescued."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Final

from esa_desktop.domain.fields import Field
from esa_desktop.domain.revision import FieldView, Revision, view_of_heads
from esa_desktop.services.editing import revision_of_draft
from esa_desktop.services.rescuing import Found, found, places_for, remove
from esa_desktop.storage.store import Contents, Store, Write
from esa_desktop.storage.writer import Writer

PATIENCE: Final = 30.0
"""Seconds for an answer of the writer's."""


def found_for(contents: Contents, writer: Writer, folder: Path) -> Found:
    """What a disk once refused and was kept elsewhere."""

    def knows(name: str) -> bool:
        return writer.ask(lambda store: store.has_revision(name)).result(PATIENCE)

    places = places_for(folder)
    return found(
        contents.project_id,
        places,
        folder=folder,
        drafts=contents.drafts,
        knows=knows,
        has=knows,
    )


def submit_all(writer: Writer, writes: Sequence[Write], rescued: Found) -> None:
    """What was rescued stays where it lies until all of it is committed; nobody waits for that."""
    left = len(writes)

    def note(done: "Future[None]") -> None:
        nonlocal left
        left -= done.exception() is None
        if not left:
            remove(rescued)

    for write in writes:
        writer.submit(write).add_done_callback(note)


def graph_of(writer: Writer) -> Callable[[Field], Mapping[str, Revision]]:
    return lambda field: writer.ask(lambda store: store.graph(field)).result(30)


def views_of(
    contents: Contents, rescued: Found, writer: Writer
) -> tuple[dict[Field, FieldView], tuple[Write, ...]]:
    """The fields with what was rescued and what was being typed, and the writes that make it so."""
    dropped = {name for write in rescued.writes for name in write.dropped}
    drafts = [draft for draft in contents.drafts if (draft.field, draft.device) not in dropped]
    typed = [revision_of_draft(draft) for draft in drafts]
    late = [revision for write in rescued.writes for revision in write.revisions]
    known = _known(writer, [revision.id for revision in (*late, *typed)])
    heads = {field: list(found) for field, found in contents.heads.items()}
    new: dict[str, Revision] = {}

    def put(revision: Revision) -> None:
        there = heads.setdefault(revision.field, [])
        heads[revision.field] = [h for h in there if h.id not in revision.parents] + [revision]
        new[revision.id] = revision

    for revision in late:
        if revision.id not in known:
            put(revision)
    cut: list[Revision] = []
    for revision in typed:
        there = heads.get(revision.field, [])
        is_said = any(head.body == revision.body for head in there)
        is_known = revision.id in known or revision.id in new  # cut, and then the disk was gone
        if not (is_said or is_known) and (there or revision.body):
            put(revision)
            cut.append(revision)
    views = {
        field: view_of_heads(field, found, partial(_with_cut, graph_of(writer), field, new))
        for field, found in heads.items()
        if found
    }
    own = Write(tuple(cut), dropped=tuple((draft.field, draft.device) for draft in drafts))
    return views, (*rescued.writes, *([own] if drafts else []))


def _known(writer: Writer, names: Sequence[str]) -> frozenset[str]:
    """Those of these revisions that the project has already."""
    if not names:
        return frozenset()

    def look(store: Store) -> frozenset[str]:
        return frozenset(name for name in names if store.has_revision(name))

    return writer.ask(look).result(PATIENCE)


def _with_cut(
    graph: Callable[[Field], Mapping[str, Revision]], field: Field, cut: Mapping[str, Revision]
) -> Mapping[str, Revision]:
    return {**graph(field), **cut}
