"""A binder that is wanted: what goes into it, what changed since the last one, what is remembered of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from pathlib import Path

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.binder import BinderOptions
from esa_desktop.domain.evidence import Evidence, file_name_around
from esa_desktop.domain.thai import thai_date
from esa_desktop.services.binder_changes import (
    BinderChanges,
    Bound,
    Entry,
    IsThere,
    binder_entries,
    changes_since_last,
    items_to_print,
)
from esa_desktop.services.binder_memory import bound_before, keep_bound
from esa_desktop.services.projects import Project
from esa_desktop.storage.evidence_files import is_kept

PathOf = Callable[[str], Path]
"""Where the file with a hash lies."""


@dataclass(frozen=True)
class BinderWish:
    """A binder that is wanted, as values: whoever makes it never sees the editor."""

    assessed: AssessmentRound
    options: BinderOptions
    target: Path
    path_of: PathOf
    is_there: IsThere
    before: Bound | None = None
    """The last binder of the same part."""
    made: str = field(default_factory=lambda: thai_date(date.today()))  # noqa: DTZ011 - of the wall
    """The day in words."""

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """What will be remembered of it; takes a moment the first time."""
        return tuple(binder_entries(self.assessed, self.options, self.is_there))

    @cached_property
    def changes(self) -> BinderChanges:
        return changes_since_last(self.before, self.entries)

    def items(self) -> tuple[Evidence, ...]:
        """Those whose pages are made, in order."""
        return items_to_print(self.assessed, self.options, self.changes)


def wish_for(project: Project, options: BinderOptions, target: Path) -> BinderWish:
    """The wish for what the project says now. Raises `UnknownCode` for a scope it does not have."""
    folder = project.folder
    return BinderWish(
        project.editor.round,
        options,
        target,
        project.path_of,
        cache(lambda file: is_kept(folder, file)),  # as it was when it was bound, and asked once
        bound_before(project.editor, options.scope),
    )


def remember_bound(project: Project, wish: BinderWish, *, as_chosen: bool = True) -> None:
    """Keep with the round what its binder holds now, on the thread of the editor; silent where
    the project is only read.
    """
    bound = Bound(wish.made, wish.entries)
    keep_bound(project.editor, wish.options, bound, as_chosen=as_chosen)


def binder_name(assessed: AssessmentRound, options: BinderOptions) -> str:
    """The name a binder is offered under; what is not the whole has a name of its own."""
    words = [str(assessed.fiscal_year), *options.scope[:1]]
    if len(options.scope) > 1:
        words.append(f"และอีก {len(options.scope) - 1}")
    words += ["เฉพาะที่เปลี่ยน"] if options.only_changed else []
    return file_name_around("แฟ้มหลักฐาน", assessed.office, " ".join(words) + ".pdf")
