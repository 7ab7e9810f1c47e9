import pytest
from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.domain.ranks import rank_between, ranks_after


def test_the_first_rank_stands_in_the_middle() -> None:
    assert rank_between("", "") == "i"


@pytest.mark.parametrize(
    ("before", "after"),
    [("", "i"), ("i", ""), ("i", "j"), ("i", "i1"), ("z", ""), ("zz", ""), ("", "01"), ("a", "b")],
)
def test_a_rank_fits_into_the_narrowest_gap(before: str, after: str) -> None:
    rank = rank_between(before, after)

    assert before < rank
    assert not after or rank < after
    assert not rank.endswith("0")


@pytest.mark.parametrize(("before", "after"), [("b", "a"), ("a", "a"), ("i1", "i")])
def test_neighbours_in_the_wrong_order_are_an_error_of_the_program(before: str, after: str) -> None:
    with pytest.raises(ValueError, match="no rank fits"):
        rank_between(before, after)


@given(st.lists(st.floats(0, 1, allow_nan=False), min_size=1, max_size=120))
def test_whatever_is_inserted_where_the_order_stays(places: list[float]) -> None:
    ranks: list[str] = []
    for place in places:
        at = round(place * len(ranks))
        before = ranks[at - 1] if at else ""
        after = ranks[at] if at < len(ranks) else ""
        ranks.insert(at, rank_between(before, after))

    assert ranks == sorted(ranks)
    assert len(set(ranks)) == len(ranks)
    assert not any(rank.endswith("0") for rank in ranks)


@pytest.mark.parametrize("end", ["front", "back"])
def test_a_thousand_insertions_at_one_end_keep_ranks_short_enough(end: str) -> None:
    rank = ""
    for _ in range(1000):
        newer = rank_between("", rank) if end == "front" else rank_between(rank, "")
        assert newer < rank or end == "back" or not rank
        assert newer > rank or end == "front"
        rank = newer

    assert len(rank) < 300


@given(
    st.text("0123456789abcdefghijklmnopqrstuvwxyz", max_size=8).map(lambda r: r.rstrip("0")),
    st.integers(0, 300),
)
def test_ranks_behind_the_last_rise_and_leave_room_between(last: str, count: int) -> None:
    ranks = ranks_after(last, count)

    assert len(ranks) == count
    for before, after in zip([last, *ranks], ranks, strict=False):
        assert before < rank_between(before, after) < after


def test_ranks_of_a_long_list_stay_at_a_few_letters() -> None:
    ranks = ranks_after("", 1000)

    assert max(map(len, ranks)) <= 4
