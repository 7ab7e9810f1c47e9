"""Two sequences side by side: what stayed in its order, and which changed parts belong together."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final, TypeVar

T = TypeVar("T")

Match = tuple[int, int, int]
"""(place before, place after, length) of a stretch that is the same in both."""
Pair = tuple[int | None, int | None]
"""Places of two parts that belong together; ``None`` where a part has no counterpart."""

_FEW: Final = 40_000
"""Places before times places after, up to which each is compared with each."""
_MOST_PAIRS: Final = 3_000
"""Pairs of parts whose likeness is measured in one go."""
_MOST_PLACES: Final = 100_000
"""Places before times places after that are weighed together; longer ones are halved."""


def matches(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[Match]:
    """Stretches that are equal, in order and without overlap; none longer could be joined.

    Long sequences are first parted at what occurs once in both (a "patience" comparison), so the
    time is about proportional to the length, whatever was changed.
    """
    found: list[Match] = []
    for one, other, length in _found(before, after, 0, 0):
        if found and found[-1][0] + found[-1][2] == one and found[-1][1] + found[-1][2] == other:
            found[-1] = (found[-1][0], found[-1][1], found[-1][2] + length)
        else:
            found.append((one, other, length))
    return found


def _found(
    before: Sequence[Hashable], after: Sequence[Hashable], one: int, other: int
) -> Iterator[Match]:
    """``one`` and ``other``: where these parts begin in the whole."""
    head = _equal_ends(before, after)
    if head:
        yield one, other, head
    before, after, one, other = before[head:], after[head:], one + head, other + head
    tail = _equal_ends(before[::-1], after[::-1])
    middle, changed = before[: len(before) - tail], after[: len(after) - tail]
    yield from _between(middle, changed, one, other)
    if tail:
        yield one + len(middle), other + len(changed), tail


def _between(
    before: Sequence[Hashable], after: Sequence[Hashable], one: int, other: int
) -> Iterator[Match]:
    if not before or not after:
        return
    if len(before) * len(after) <= _FEW:
        yield from _each_with_each(before, after, one, other)
        return
    anchors = _anchors(before, after)
    if not anchors:
        return  # nothing occurs once in both: told as replaced
    start, begin = 0, 0
    for place, counterpart in anchors:
        yield from _found(before[start:place], after[begin:counterpart], one + start, other + begin)
        yield one + place, other + counterpart, 1
        start, begin = place + 1, counterpart + 1
    yield from _found(before[start:], after[begin:], one + start, other + begin)


def _each_with_each(
    before: Sequence[Hashable], after: Sequence[Hashable], one: int, other: int
) -> Iterator[Match]:
    """Words first; blanks, which stand everywhere, only in what is left between those."""
    matcher = SequenceMatcher(_is_blank, before, after, autojunk=False)
    i = j = 0
    for match in matcher.get_matching_blocks():
        if i < match.a and j < match.b:
            gap = SequenceMatcher(None, before[i : match.a], after[j : match.b], autojunk=False)
            for small in gap.get_matching_blocks()[:-1]:
                yield one + i + small.a, other + j + small.b, small.size
        if match.size:
            yield one + match.a, other + match.b, match.size
        i, j = match.a + match.size, match.b + match.size


def _is_blank(part: Hashable) -> bool:
    return isinstance(part, str) and not part.strip()


def _equal_ends(before: Sequence[Hashable], after: Sequence[Hashable]) -> int:
    length = 0
    for one, other in zip(before, after, strict=False):
        if one != other:
            break
        length += 1
    return length


def _anchors(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[tuple[int, int]]:
    """The longest ascending row of parts that occur once in both."""
    once_before = {part for part, count in Counter(before).items() if count == 1}
    once = {part for part, count in Counter(after).items() if count == 1} & once_before
    places = {part: place for place, part in enumerate(after) if part in once}
    pairs = [(place, places[part]) for place, part in enumerate(before) if part in once]
    ends: list[int] = []  # of the best row of each length: where it ends in `after`
    lasts: list[int] = []
    earlier: list[int] = []
    for number, (_, counterpart) in enumerate(pairs):
        length = bisect_left(ends, counterpart)
        earlier.append(lasts[length - 1] if length else -1)
        ends[length : length + 1] = [counterpart]
        lasts[length : length + 1] = [number]
    row: list[tuple[int, int]] = []
    number = lasts[-1] if lasts else -1
    while number >= 0:
        row.append(pairs[number])
        number = earlier[number]
    return row[::-1]


def aligned(
    before: Sequence[T], after: Sequence[T], likeness: Callable[[T, T], float]
) -> list[Pair]:
    """Counterparts in order, such that the sum of their likeness is the greatest.

    ``likeness``: 0 for parts that must not stand together. What has no counterpart stands before
    what follows it, removed parts before added ones.
    """
    return _in_order(_counterparts(before, after, likeness), len(before), len(after))


def _counterparts(
    before: Sequence[T], after: Sequence[T], likeness: Callable[[T, T], float]
) -> list[tuple[int, int]]:
    rows, columns = len(before), len(after)
    if not rows or not columns:
        return []
    if rows * columns > _MOST_PLACES and min(rows, columns) > 1:
        half, other_half = rows // 2, columns // 2
        later = _counterparts(before[half:], after[other_half:], likeness)
        return [
            *_counterparts(before[:half], after[:other_half], likeness),
            *((half + one, other_half + other) for one, other in later),
        ]
    # Of very many parts only those about as far from the start are compared.
    band = max(2, _MOST_PAIRS // max(rows, columns))
    like: dict[tuple[int, int], float] = {}
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        middle = i * columns // rows
        for j in range(columns - 1, -1, -1):
            score = max(best[i + 1][j], best[i][j + 1])
            if abs(j - middle) <= band:
                like[i, j] = likeness(before[i], after[j])
                if like[i, j] > 0:
                    score = max(score, like[i, j] + best[i + 1][j + 1])
            best[i][j] = score
    found: list[tuple[int, int]] = []
    i = j = 0
    while i < rows and j < columns:
        alike = like.get((i, j), 0.0)
        if alike > 0 and best[i][j] == alike + best[i + 1][j + 1]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _in_order(found: Sequence[tuple[int, int]], before: int, after: int) -> list[Pair]:
    pairs: list[Pair] = []
    i = j = 0
    for one, other in (*found, (before, after)):
        pairs += ((place, None) for place in range(i, one))
        pairs += ((None, place) for place in range(j, other))
        if one < before or other < after:
            pairs.append((one, other))
        i, j = one + 1, other + 1
    return pairs
