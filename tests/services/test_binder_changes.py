from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.domain.assessment import AssessmentRound, IssueAssessment
from esa_desktop.domain.binder import BinderOptions
from esa_desktop.domain.errors import UnknownCode
from esa_desktop.domain.evidence import Evidence, EvidenceFile
from esa_desktop.services.binder_changes import (
    BinderChanges,
    Bound,
    IsThere,
    binder_entries,
    changes_since_last,
    count_items,
    placed_items,
)
from tests.ui.rounds import FRAMEWORK, YEAR

ALL = BinderOptions()


def there(_: EvidenceFile) -> bool:
    return True


def item(name: str, **said: object) -> Evidence:
    values: dict[str, object] = {
        "code": f"1.1.1-{name}",
        "title": f"รายงาน {name}",
        "files": (EvidenceFile(name * 8, f"{name}.pdf", 100),),
    }
    return Evidence(id=name, **(values | said))  # type: ignore[arg-type]


def office(attached: dict[str, str], **items: Evidence) -> AssessmentRound:
    """``attached``: letters of items in order by issue id."""
    known = {name: items.get(name, item(name)) for name in "".join(attached.values())}
    issues = {
        issue: IssueAssessment(links=tuple((f"r{n}", name) for n, name in enumerate(names)))
        for issue, names in attached.items()
    }
    return AssessmentRound(YEAR, FRAMEWORK, issues=issues, items=known | items)


def bound(assessed: AssessmentRound, options: BinderOptions = ALL) -> Bound:
    return Bound("๑ ก.ย. ๒๕๕๗", tuple(binder_entries(assessed, options)))


def compared(
    assessed: AssessmentRound,
    before: Bound | None,
    options: BinderOptions = ALL,
    is_there: IsThere = there,
) -> BinderChanges:
    return changes_since_last(before, list(binder_entries(assessed, options, is_there)))


BEFORE = {"good-1": "ab", "good-2": "ca", "learn-1": "d"}


def test_an_item_stands_once_under_the_first_issue_it_serves() -> None:
    placed = [(place, one.id) for place, one in placed_items(office(BEFORE), ALL)]

    assert placed == [("good-1", "a"), ("good-1", "b"), ("good-2", "c"), ("learn-1", "d")]


@pytest.mark.parametrize(
    ("scope", "ids"),
    [
        (("1",), "abcd"),
        (("1.1",), "abc"),
        (("1.1.2",), "ca"),
        (("1.2", "1.1.1"), "abd"),
        (("2",), ""),
    ],
)
def test_a_scope_may_name_standards_indicators_and_issues(scope: tuple[str, ...], ids: str) -> None:
    placed = placed_items(office(BEFORE), replace(ALL, scope=scope))

    assert "".join(one.id for _, one in placed) == ids


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(UnknownCode):
        list(placed_items(office(BEFORE), replace(ALL, scope=("9.9",))))


def test_without_a_last_binder_everything_is_new() -> None:
    changes = compared(office(BEFORE), None)

    assert changes.is_first
    assert dict(changes.changed) == dict.fromkeys("abcd", "new")


def test_what_nobody_touched_is_not_told() -> None:
    changes = compared(office(BEFORE), bound(office(BEFORE)))

    assert not changes.is_first
    assert dict(changes.changed) == {}


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (office({"good-1": "abe", "good-2": "c", "learn-1": "d"}), {"e": "new"}),
        (office({"good-1": "b", "good-2": "ca", "learn-1": "d"}), {"a": "moved"}),
        (office({"good-1": "b", "good-2": "c", "learn-1": "d"}), {"a": "gone"}),
        (office({"good-1": "ba", "good-2": "c", "learn-1": "d"}), {"a": "moved"}),
        (office(BEFORE, b=item("b", title="รายงานใหม่")), {"b": "changed"}),
        (office(BEFORE, b=item("b", code="1.1.1-99")), {"b": "changed"}),
        (office(BEFORE, b=item("b", files=())), {"b": "changed"}),
        (office(BEFORE, b=item("b", confidential=True)), {"b": "changed"}),
        (office(BEFORE, b=item("b", binned=True)), {"b": "gone"}),
        (
            office({"good-1": "b", "good-2": "", "learn-1": "de"}, d=item("d", number="ที่ ๑")),
            {"d": "changed", "e": "new", "a": "gone", "c": "gone"},
        ),
    ],
)
def test_what_is_not_as_it_was_is_told(now: AssessmentRound, told: dict[str, str]) -> None:
    changes = compared(now, bound(office(BEFORE)))

    kinds = dict(changes.changed)
    if told == {"a": "moved"} and kinds == {"b": "moved"}:  # either of two neighbours may stay
        kinds = {"a": "moved"}
    assert kinds == told
    gone = {name for name, kind in told.items() if kind == "gone"}
    assert set(changes.codes) == gone
    assert all(changes.codes[name] == f"1.1.1-{name}" for name in gone)


def test_a_file_that_comes_back_or_goes_missing_changes_its_item() -> None:
    assessed = office(BEFORE)
    before = bound(assessed)

    changes = compared(assessed, before, is_there=lambda file: not file.name.startswith("b"))

    assert dict(changes.changed) == {"b": "changed"}


def test_secret_files_that_are_to_be_shown_now_change_their_item() -> None:
    assessed = office(BEFORE, b=item("b", confidential=True))
    shown = replace(ALL, confidential="include")

    assert dict(compared(assessed, bound(assessed), shown).changed) == {"b": "changed"}
    left_out = replace(ALL, confidential="leave_out")
    assert dict(compared(assessed, bound(assessed), left_out).changed) == {"b": "gone"}


@given(st.permutations("abcdefgh"), st.permutations("abcdefgh"))
def test_moving_takes_no_more_items_out_than_must_be(old: list[str], new: list[str]) -> None:
    before = bound(office({"good-1": "".join(old)}))

    moved = compared(office({"good-1": "".join(new)}), before).changed

    stay = [name for name in new if name not in moved]
    assert [name for name in old if name in stay] == stay  # what stays is in its old order
    if old != new:
        assert moved
    assert len(stay) >= longest_common(old, new)


def longest_common(one: list[str], other: list[str]) -> int:
    """By the book, in square time: shares nothing with the program."""
    lengths = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for a, first in enumerate(one):
        for b, second in enumerate(other):
            best = max(lengths[a][b + 1], lengths[a + 1][b])
            lengths[a + 1][b + 1] = lengths[a][b] + 1 if first == second else best
    return lengths[-1][-1]


def test_what_would_be_bound_is_counted() -> None:
    assessed = office(
        {"good-1": "abc", "learn-1": "ad"}, b=item("b", confidential=True), c=item("c", files=())
    )
    changes = compared(assessed, None)

    count = count_items(assessed, ALL, changes, lambda file: not file.name.startswith("d"))

    assert (count.items, count.files, count.size) == (4, 1, 100)
    assert (count.confidential, count.without_file, count.missing) == (1, 1, 1)


def test_of_a_completing_binder_only_what_changed_is_counted() -> None:
    assessed = office({"good-1": "abe", "good-2": "c", "learn-1": "d"})
    changes = compared(assessed, bound(office(BEFORE)))

    count = count_items(assessed, replace(ALL, only_changed=True), changes)

    assert (count.items, count.files) == (1, 1)
