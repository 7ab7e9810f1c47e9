"""Fractional ranks: the place of a thing in a list, chosen between two neighbours without moving either.

Two laptops that insert at the same place get equal ranks at worst, never a collision: ties are
broken by the id of the thing.
"""

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def rank_between(before: str, after: str) -> str:
    """A rank that sorts after ``before`` and before ``after``; ``""`` stands for the open end.

    Ranks compare as plain strings and never end in ``0`` (else nothing would fit below them).
    Raises ``ValueError`` when ``before`` does not sort below ``after``.
    """
    if after and before >= after:
        raise ValueError(f"no rank fits between {before!r} and {after!r}")
    prefix = ""
    place = 0
    while True:
        low = _DIGITS.index(before[place]) if place < len(before) else 0
        high = _DIGITS.index(after[place]) if after and place < len(after) else len(_DIGITS)
        if high - low > 1:
            return prefix + _DIGITS[(low + high) // 2]
        prefix += _DIGITS[low]
        if high > low:
            after = ""  # from here on every continuation sorts below ``after``
        place += 1


def ranks_after(last: str, count: int) -> list[str]:
    """``count`` ranks in order behind ``last``: short ones, by counting in fixed steps.

    Halving the open end for every file of a long list would make ranks grow; counting keeps
    them at a few letters.
    """
    ranks: list[str] = []
    for _ in range(count):
        last = _next(last)
        ranks.append(last)
    return ranks


def _next(rank: str) -> str:
    head = (rank + "000")[:4]
    number = sum(_DIGITS.index(c) * len(_DIGITS) ** (3 - i) for i, c in enumerate(head)) + 36
    if number >= len(_DIGITS) ** 4:
        return rank_between(rank, "")
    letters = ""
    for _ in range(4):
        number, digit = divmod(number, len(_DIGITS))
        letters = _DIGITS[digit] + letters
    stripped = letters.rstrip("0")
    return stripped if stripped > rank else rank_between(rank, "")
