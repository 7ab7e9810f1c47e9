"""Which backups are kept: many of late, fewer of long ago; by their order, never by the clock of today."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

LAST: Final = 10
DAYS: Final = 14
WEEKS: Final = 8
MONTHS: Final = 24


@dataclass(frozen=True, slots=True)
class Mark:
    """What thinning needs to know of a backup."""

    seq: int
    """Grows with every backup; what decides which is newer."""
    day: date
    """As the computer's clock had it, right or wrong."""


def kept(backups: Sequence[Mark]) -> frozenset[int]:
    """The numbers of the backups that stay.

    The last `LAST`, and the newest of each of the last `DAYS` days, `WEEKS` ISO weeks and `MONTHS`
    months that occur among them. A clock that jumped can only make more periods occur: it never
    makes the newest, nor all of them, too old.
    """
    newest_first = sorted(backups, key=lambda mark: mark.seq, reverse=True)
    return frozenset(
        mark.seq
        for mark in (
            *newest_first[:LAST],
            *_newest_of_each(newest_first, lambda day: day, DAYS),
            *_newest_of_each(newest_first, lambda day: day.isocalendar()[:2], WEEKS),
            *_newest_of_each(newest_first, lambda day: (day.year, day.month), MONTHS),
        )
    )


def _newest_of_each(
    newest_first: Sequence[Mark], period: Callable[[date], object], most: int
) -> list[Mark]:
    found: dict[object, Mark] = {}
    for mark in newest_first:
        if len(found) == most:
            break
        found.setdefault(period(mark.day), mark)
    return list(found.values())
