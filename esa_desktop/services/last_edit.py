"""Who edited a project last, on which computer and when: by the order of the revisions, not by clocks."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from esa_desktop.domain.fields import Field, Kind
from esa_desktop.domain.revision import Revision
from esa_desktop.services.editing import utc_now
from esa_desktop.services.history import computer_name
from esa_desktop.services.identity import Who
from esa_desktop.services.projects import Project
from esa_desktop.storage.store import Store

PATIENCE: Final = 30.0
"""Seconds the writer has to answer."""
_OF_THE_PROGRAM: Final = frozenset({Kind.PRINTED, Kind.PRINT_OPTIONS, Kind.COMPUTER, Kind.BOUND})
"""What it keeps for itself: nobody edited anything when that changed."""
_LOOKED_AT: Final = 100
"""Revisions looked at from the last one back."""


@dataclass(frozen=True, slots=True)
class LastEdit:
    author: str
    computer: str
    """Empty where its name is not known."""
    time: str
    """As that computer's clock said; UTC, ISO 8601. To be shown."""


def last_edit(project: Project) -> LastEdit | None:
    """Blocks until the store answers; ``None`` for a project without a change."""
    return project.ask(_find).result(PATIENCE)


def own_edit(who: Who, fields: Iterable[Field]) -> LastEdit | None:
    """The edit somebody makes here just now; ``None`` where only the program noted something."""
    if all(field.kind in _OF_THE_PROGRAM for field in fields):
        return None
    return LastEdit(who.author, who.computer, utc_now())


def _find(store: Store) -> LastEdit | None:
    last = _last_of_people(store)
    return LastEdit(last.author, computer_name(store, last.device), last.time) if last else None


def _last_of_people(store: Store) -> Revision | None:
    late = store.changes_since(store.state().last_seq - _LOOKED_AT)
    written = [revision for _, revision in late if revision.field.kind not in _OF_THE_PROGRAM]
    return written[-1] if written else store.last_change()
