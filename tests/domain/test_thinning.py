from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.domain.thinning import DAYS, LAST, MONTHS, WEEKS, Mark, kept

Thin = Callable[[Sequence[Mark]], frozenset[int]]
START = date(2026, 1, 5)  # a Monday


def daily(count: int, *, a_day: int = 1, start: date = START) -> list[Mark]:
    return [Mark(n + 1, start + timedelta(days=n // a_day)) for n in range(count * a_day)]


marks = st.lists(st.dates(date(2024, 1, 1), date(2028, 12, 31)), max_size=120).map(
    lambda days: [Mark(seq, day) for seq, day in enumerate(days, start=1)]
)


def test_nothing_is_kept_of_nothing() -> None:
    assert kept([]) == frozenset()


def test_the_last_ten_stay_though_they_are_of_one_day() -> None:
    assert kept(daily(1, a_day=30)) == frozenset(range(21, 31))


def test_of_each_of_the_last_days_the_newest_stays() -> None:
    days = daily(DAYS, a_day=30)
    last_of_a_day = {30 * (n + 1) for n in range(DAYS)}
    assert last_of_a_day <= kept(days)
    assert kept(days) == last_of_a_day | set(range(30 * DAYS - LAST + 1, 30 * DAYS + 1))


def test_after_years_there_are_days_weeks_and_months_and_not_more() -> None:
    days = daily(1100)
    keep = kept(days)
    by_seq = {mark.seq: mark.day for mark in days}
    found = [by_seq[seq] for seq in sorted(keep)]
    assert found[-DAYS:] == [START + timedelta(days=n) for n in range(1100 - DAYS, 1100)]
    assert len({day.isocalendar()[:2] for day in found}) >= WEEKS
    assert len({(day.year, day.month) for day in found}) == MONTHS
    assert len(found) <= DAYS + WEEKS + MONTHS
    for day in found[: MONTHS - 3]:  # of long ago the last day of the month
        assert (day + timedelta(days=1)).month != day.month


def test_weeks_are_those_of_the_calendar_across_a_new_year() -> None:
    """29 December 2025 and 4 January 2026 are one week; a week by "year and number" is two."""
    days = [date(2025, 12, 29), date(2026, 1, 4)]
    many = [Mark(n, days[n > 50]) for n in range(1, 101)]
    later = [Mark(100 + n, date(2026, 6, 1) + timedelta(days=n)) for n in range(1, DAYS + 1)]
    keep = kept([*many, *later])
    assert 100 in keep
    assert 50 in keep  # as the newest of December 2025
    january = [Mark(m.seq, m.day.replace(year=2026, month=1, day=5)) for m in many]
    assert 50 not in kept([*january, *later])


def test_the_order_of_the_list_means_nothing() -> None:
    days = daily(40, a_day=3)
    assert kept(days[::-1]) == kept(days)


def wrongs(thin: Thin, backups: Sequence[Mark]) -> list[str]:
    """What a thinning does that nobody may do, worked out from the sentence in design.md."""
    keep = thin(backups)
    said: list[str] = []
    if not keep <= {mark.seq for mark in backups}:
        said.append("invented")
    newest_first = sorted(backups, key=lambda mark: -mark.seq)
    if not {mark.seq for mark in newest_first[:LAST]} <= keep:
        said.append("one of the last ten is gone")
    seen: list[date] = []
    for mark in newest_first:
        if mark.day not in seen and len(seen) < DAYS:
            seen.append(mark.day)
            if mark.seq not in keep:
                said.append("the newest of a day is gone")
    if len(keep) > LAST + DAYS + WEEKS + MONTHS:
        said.append("too many")
    return said


@given(marks)
def test_whatever_the_clock_says_the_last_ones_stay(backups: list[Mark]) -> None:
    assert wrongs(kept, backups) == []


@given(marks)
def test_thinning_what_was_thinned_removes_nothing(backups: list[Mark]) -> None:
    keep = kept(backups)
    assert kept([mark for mark in backups if mark.seq in keep]) == keep


def by_the_clock(backups: Sequence[Mark]) -> frozenset[int]:
    """Wrong: what the clock calls old is taken for old."""
    renumbered = {
        number: mark.seq
        for number, mark in enumerate(sorted(backups, key=lambda m: (m.day, m.seq)), start=1)
    }
    ordered = [
        Mark(n, m.day) for n, m in enumerate(sorted(backups, key=lambda m: (m.day, m.seq)), 1)
    ]
    return frozenset(renumbered[number] for number in kept(ordered))


def by_age(backups: Sequence[Mark]) -> frozenset[int]:
    """Wrong: what is older than the newest day by two years is forgotten."""
    today = max((mark.day for mark in backups), default=START)
    return kept([mark for mark in backups if (today - mark.day).days <= 730])


THROWN_BACK = [*daily(60), *daily(30, start=date(2020, 1, 1))]
THROWN_BACK = [Mark(n, mark.day) for n, mark in enumerate(THROWN_BACK, start=1)]


@pytest.mark.parametrize("wrong", [by_the_clock, by_age])
def test_the_rules_have_teeth_against_thinning_by_the_clock(wrong: Thin) -> None:
    assert wrongs(kept, THROWN_BACK) == []
    assert wrongs(wrong, THROWN_BACK) != []
