"""What evidence an issue needs: a list the office keeps over the years, and what of it is there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from esa_desktop.domain.thai import clean_text


@dataclass(frozen=True, slots=True)
class Requirement:
    """One line of an issue's checklist, e.g. ``คำสั่งแต่งตั้งคณะกรรมการ``."""

    id: str
    """Never reused: what was supplied for it is kept under this id, year by year."""
    text: str


def requirements_to_list(requirements: Sequence[Requirement]) -> list[dict[str, str]]:
    return [{"id": one.id, "text": one.text} for one in requirements]


def requirements_from_list(values: Sequence[Mapping[str, Any]]) -> tuple[Requirement, ...]:
    return tuple(Requirement(value["id"], clean_text(value["text"])) for value in values)
