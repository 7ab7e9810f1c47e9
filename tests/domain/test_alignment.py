import random
import time
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from esa_desktop.domain.alignment import aligned, matches

sequences = st.lists(st.sampled_from("abc "), max_size=30)


@given(sequences, sequences)
def test_what_matches_is_equal_in_order_and_apart(one: list[str], other: list[str]) -> None:
    found = matches(one, other)

    for place, counterpart, length in found:
        assert length > 0
        assert one[place : place + length] == other[counterpart : counterpart + length]
    for (a, b, length), (c, d, _) in pairwise(found):
        assert (a + length, b + length) <= (c, d)
        assert a + length <= c
        assert b + length <= d
        assert (a + length, b + length) != (c, d)


def test_what_was_put_in_the_middle_leaves_both_ends_alone() -> None:
    assert matches("abcd", "abXcd") == [(0, 0, 2), (2, 3, 2)]


def test_long_sequences_are_parted_at_what_is_there_once() -> None:
    words = [f"w{n}" for n in range(3_000)]
    changed = [("new" if n % 50 == 7 else word) for n, word in enumerate(words)]

    found = matches(words, changed)

    assert sum(length for *_, length in found) == 3_000 - 60


def test_a_great_many_parts_take_no_long_time() -> None:
    """Without anchors each part is compared with each: 400 million pairs."""
    rng = random.Random(4)
    one = [f"w{rng.randrange(10_000)}" for _ in range(20_000)]
    other = one[:5_000] + ["new"] * 500 + one[5_600:]
    begun = time.perf_counter()

    found = matches(one, other)

    assert sum(length for *_, length in found) >= 19_300
    assert time.perf_counter() - begun < 5


def test_nothing_in_common_is_no_match() -> None:
    assert matches("ab", "cd") == []
    assert matches("", "cd") == []
    assert matches(["x"] * 300, ["y"] * 300) == []


def equal(one: str, other: str) -> float:
    return float(one[0] == other[0])


def test_counterparts_are_those_that_are_most_alike() -> None:
    assert aligned(["a1", "b1", "c1"], ["b2", "d2", "c2"], equal) == [
        (0, None),
        (1, 0),
        (None, 1),
        (2, 2),
    ]


@given(sequences, sequences)
def test_every_part_is_named_once_and_in_order(one: list[str], other: list[str]) -> None:
    pairs = aligned(one, other, equal)

    assert [i for i, _ in pairs if i is not None] == list(range(len(one)))
    assert [j for _, j in pairs if j is not None] == list(range(len(other)))


def test_very_many_parts_are_aligned_in_halves() -> None:
    """Weighed all together, 6,000 times 6,000 places take a minute on a slow machine."""
    one, other = [f"a{n}" for n in range(6_000)], [f"a{n}" for n in range(6_000)]
    begun = time.process_time()

    pairs = aligned(one, other, lambda a, b: float(a == b))

    assert pairs == [(n, n) for n in range(6_000)]
    assert time.process_time() - begun < 3
