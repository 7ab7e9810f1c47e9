"""The Editor: the round in memory and the one road by which it changes."""

import sys
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.edits import Edit, SetField, apply_edit, parts
from esa_desktop.domain.errors import AttachError, ReadOnlyProject
from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.domain.fields import Field, Kind, decode, encode
from esa_desktop.domain.revision import (
    FieldView,
    Revision,
    make_revision,
    unwritten,
    view_of_heads,
)
from esa_desktop.services.identity import Who
from esa_desktop.storage.rows import Draft
from esa_desktop.storage.store import READ_ONLY, Write

FILE_LEFT: Final = "ไฟล์ “{name}” ถูกลบออกจากถังขยะแล้ว จึงนำหลักฐานนี้กลับมาไม่ได้ กรุณาแนบไฟล์ใหม่"
Listener = Callable[[frozenset[Field]], None]
Submit = Callable[[Write], Future[None]]
Graph = Callable[[Field], Mapping[str, Revision]]


def utc_now() -> str:
    """The time as revisions spell it: UTC, ISO 8601, milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


class Editor:
    """Applies edits in memory, hands the revisions to the writer, tells the listeners what changed.

    Lives on one thread (the window's). Nothing here waits for the disk: ``submit`` only queues.
    """

    def __init__(
        self,
        assessed: AssessmentRound,
        views: Mapping[Field, FieldView],
        *,
        submit: Submit,
        graph: Graph,
        who: Who,
        now: Callable[[], str] = utc_now,
        read_only: bool = False,
        known_files: Iterable[str] | None = None,
    ) -> None:
        """``known_files``: sha256 of every file the project has; ``None`` where that is not asked."""
        self._views: Final = dict(views)
        self._round = assessed.with_views(self._views.values())
        self._submit = submit
        self._graph = graph
        self._who = who
        self._now = now
        self.is_read_only: Final = read_only
        """Every change is refused with `ReadOnlyProject`."""
        self._files: Final = None if known_files is None else set(known_files)
        self._drafts: dict[Field, Draft] = {}
        self._noted: dict[Field, str] = {}
        self._visit_start: dict[Field, str] = {}
        self._listeners: list[Listener] = []

    @property
    def round(self) -> AssessmentRound:
        """The round as it stands, with what is being typed."""
        return self._round

    @property
    def views(self) -> Mapping[Field, FieldView]:
        """The committed state of every field of every year, as it is now."""
        return dict(self._views)

    def view(self, field: Field) -> FieldView:
        """The committed state of a field; what is only typed so far is not in it."""
        return self._views.get(field) or unwritten(field)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` with the fields of every change; returns how to stop that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    # --- edits --------------------------------------------------------------------------------

    def change(self, field: Field, value: Any) -> SetField:
        """The edit that gives a field this value, on top of what it says now."""
        view = self.view(field)
        return SetField(field, encode(field.kind, value), view.head_ids, view.body)

    def apply(self, edit: Edit) -> Edit:
        """Carry out an edit and return the one that takes it back.

        Raises `HeadsMoved` (and changes nothing) when a field was changed since the edit was made,
        and `AttachError` when an item would name a file that left with the bin.
        """
        self.refuse_if_read_only()
        self._refuse_lost_files(edit)
        for part in parts(edit):
            if part.field in self._drafts:
                self.finish_typing(part.field)
        revisions, inverse = apply_edit(edit, self._views, self._cut)
        self._take(revisions)
        dropped = self._without_notes(part.field for part in parts(edit))
        self._submit(Write(revisions=revisions, dropped=dropped))
        self._tell(revision.field for revision in revisions)
        return inverse

    def keep_files(self, files: Iterable[EvidenceFile]) -> None:
        """Record files that lie in the evidence folder, before an edit names them."""
        self.refuse_if_read_only()
        kept = tuple(files)
        if self._files is not None:
            self._files.update(file.sha256 for file in kept)
        self._submit(Write(files=kept))

    def forget_files(self, names: Iterable[str]) -> None:
        """Record that files no longer belong to the project, after the edit that named them last.

        They are removed from the disk when that is committed, and only then.
        """
        self.refuse_if_read_only()
        gone = tuple(names)
        if self._files is not None:
            self._files.difference_update(gone)
        self._submit(Write(forgotten=gone))

    def _refuse_lost_files(self, edit: Edit) -> None:
        """The store would refuse such a revision, too, but only after the window has shown it."""
        if self._files is None:
            return
        for part in parts(edit):
            if part.field.kind is Kind.ITEM and part.body:
                for file in decode(part.field, part.body).files:
                    if file.sha256 not in self._files:
                        raise AttachError(FILE_LEFT.format(name=file.name))

    def refuse_if_read_only(self) -> None:
        """Raise `ReadOnlyProject` where nothing can be changed; for who wants to ask a person first."""
        if self.is_read_only:
            raise ReadOnlyProject(READ_ONLY)

    def is_change(self, edit: Edit) -> bool:
        """Whether an edit would alter anything; choosing between two texts does, whichever it is."""
        views = [(self.view(part.field), part.body) for part in parts(edit)]
        return any(view.state != "clean" or view.body != body for view, body in views)

    # --- typing -------------------------------------------------------------------------------

    def type_value(self, field: Field, value: Any) -> None:
        """Note what is being typed: shown at once, written as a draft, no revision yet."""
        self.refuse_if_read_only()
        body = encode(field.kind, value)
        view = self.view(field)
        known = self._drafts.get(field)
        if body == (known.body if known else view.body):
            return
        self._visit_start.setdefault(field, view.body)
        parents = known.parents if known else view.head_ids
        draft = Draft(field, self._who.device, self._who.author, self._now(), parents, body)
        self._drafts[field] = draft
        self._round = self._round.with_views([replace(view, body=body, state="clean")])
        self._submit(Write(drafts=(draft,)))
        self._tell([field])

    def note(self, field: Field, value: Any) -> None:
        """Have on the disk what is typed into a form and is no step yet; the round does not show it.

        Only what a death would leave: it becomes the text when the project is opened again. The
        next edit of the field takes its place; a value like the stored one takes it back.
        """
        body, view = encode(field.kind, value), self.view(field)
        if self.is_read_only or body == self._noted.get(field, view.body):
            return
        if body == view.body:
            self._submit(Write(dropped=self._without_notes([field])))
            return
        self._noted[field] = body
        who = self._who
        draft = Draft(field, who.device, who.author, self._now(), view.head_ids, body)
        self._submit(Write(drafts=(draft,)))

    def _without_notes(self, fields: Iterable[Field]) -> tuple[tuple[Field, str], ...]:
        """The notes of these fields are over."""
        noted = [field for field in fields if self._noted.pop(field, None) is not None]
        return tuple((field, self._who.device) for field in noted)

    @property
    def is_typing(self) -> bool:
        return bool(self._drafts)

    def checkpoint(self) -> None:
        """Cut a revision from every draft; the visits go on and stay one step for undo each."""
        for field in tuple(self._drafts):
            self._cut_draft(field)

    def finish_typing(self, field: Field) -> SetField | None:
        """End a visit to a text: cut its revision and return the edit that takes the visit back.

        ``None`` when the text is what it was at the start.
        """
        self._cut_draft(field)
        start = self._visit_start.pop(field, None)
        view = self.view(field)
        if start is None or start == view.body:
            return None
        return SetField(field, start, view.head_ids, view.body)

    def finish_all_typing(self) -> None:
        for field in tuple(self._visit_start):
            self.finish_typing(field)
        over = self._without_notes(tuple(self._noted))
        if over:
            self._submit(Write(dropped=over))

    def _cut_draft(self, field: Field) -> None:
        draft = self._drafts.pop(field, None)
        if draft is None:
            return
        dropped = ((draft.field, draft.device),)
        if draft.body == self.view(field).body:
            self._submit(Write(dropped=dropped))
            self._round = self._round.with_views([self.view(field)])
            self._tell([field])
            return
        revision = revision_of_draft(draft)
        self._take([revision])
        self._submit(Write(revisions=(revision,), dropped=dropped))
        self._tell([field])

    # --- inside -------------------------------------------------------------------------------

    def _cut(self, part: SetField) -> Revision:
        return make_revision(
            part.field,
            part.expected,
            part.body,
            author=self._who.author,
            device=self._who.device,
            time=self._now(),
        )

    def _take(self, revisions: Iterable[Revision]) -> None:
        changed: dict[Field, FieldView] = {}
        for revision in revisions:
            name = revision.field
            heads = [h for h in self.view(name).heads if h.id not in revision.parents]
            view = view_of_heads(name, [*heads, revision], partial(self._graph, name))
            self._views[name] = changed[name] = view
        self._round = self._round.with_views(changed.values())

    def _tell(self, fields: Iterable[Field]) -> None:
        changed = frozenset(fields)
        for listener in tuple(self._listeners):
            try:
                listener(changed)
            except Exception:  # noqa: BLE001 - what was changed is changed: its step must not be lost
                sys.excepthook(*sys.exc_info())


def revision_of_draft(draft: Draft) -> Revision:
    return make_revision(
        draft.field,
        draft.parents,
        draft.body,
        author=draft.author,
        device=draft.device,
        time=draft.time,
    )
