"""The works an office puts forward for a "ranked works" indicator, the best one first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from esa_desktop.domain.thai import clean_text


@dataclass(frozen=True, slots=True)
class Work:
    """One work; its place is where it stands in the list."""

    id: str
    title: str
    detail: str = ""
    """What the work achieved, in the office's words."""
    items: tuple[str, ...] = ()
    """Ids of the evidence items that show it."""


def works_to_list(works: Sequence[Work]) -> list[dict[str, Any]]:
    return [
        {"id": work.id, "title": work.title}
        | ({"detail": work.detail} if work.detail else {})
        | ({"items": list(work.items)} if work.items else {})
        for work in works
    ]


def works_from_list(values: Sequence[Mapping[str, Any]]) -> tuple[Work, ...]:
    return tuple(
        Work(
            id=value["id"],
            title=clean_text(value["title"]),
            detail=value.get("detail", ""),
            items=tuple(value.get("items", ())),
        )
        for value in values
    )
