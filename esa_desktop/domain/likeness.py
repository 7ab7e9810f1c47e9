"""Which parts of two texts are the same thing, changed: paragraphs, rows and columns by their words."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from esa_desktop.domain.alignment import aligned
from esa_desktop.domain.richtext import Block, Cell, Image, Paragraph, RichText, Table

Words = Callable[[str], Sequence[str]]
"""Cuts a text into words and what is between them; joined again they are the text."""
Part = Block | tuple[Cell, ...]
Group = tuple[list[int], list[int]]
"""Places of what belongs together in the earlier and in the later text."""

_ALIKE: Final = 0.4
"""Share of the words from which two paragraphs are told as one that was changed."""
_CONTAINED: Final = 0.8
"""Share of a paragraph's words that come from a longer one: it was parted from it."""
_ENOUGH: Final = 12
"""Letters below which being contained in another paragraph means nothing."""


class Likeness:
    """Remembers the words of each part while two texts are compared."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._bags: dict[Part, Counter[str]] = {}

    def groups(self, before: Sequence[Block], after: Sequence[Block]) -> list[Group]:
        """In order: one part and its counterpart, a paragraph and those it was parted into (or was
        put together from), or a part without counterpart.
        """
        groups: list[Group] = [
            ([] if i is None else [i], [] if j is None else [j])
            for i, j in aligned(before, after, self.blocks)
        ]
        place = 0
        while place < len(groups):
            one, other = groups[place]
            if one and other and isinstance(before[one[0]], Paragraph):
                place = self._gather(groups, place, before, after)
            place += 1
        return groups

    def _gather(
        self, groups: list[Group], place: int, before: Sequence[Block], after: Sequence[Block]
    ) -> int:
        """Take neighbours into a group that hold the words it lacks; where the group is then."""
        (one,), (other,) = groups[place]
        words, changed = self._bag(before[one]), self._bag(after[other])
        for side, blocks, missing in ((1, after, words - changed), (0, before, changed - words)):
            lacking = missing
            for step in (1, -1):
                while 0 <= place + step < len(groups):
                    near = groups[place + step]
                    if near[1 - side] or not self._is_part(blocks[near[side][0]], lacking):
                        break
                    lacking = lacking - self._bag(blocks[near[side][0]])
                    groups[place][side].extend(near[side])
                    groups[place][side].sort()
                    del groups[place + step]
                    place -= step < 0
            if len(groups[place][side]) > 1:
                break  # parted or put together, never both
        return place

    def _is_part(self, block: Block, lacking: Counter[str]) -> bool:
        if not isinstance(block, Paragraph):
            return False
        bag = self._bag(block)
        return bool(bag) and _letters(bag & lacking) >= _CONTAINED * _letters(bag)

    # --- how alike, 0: not at all -------------------------------------------------------------

    def blocks(self, one: Block, other: Block) -> float:
        if isinstance(one, Image) and isinstance(other, Image):
            return float(one.sha256 == other.sha256)
        if isinstance(one, Table) and isinstance(other, Table):
            return 0.3 + self._share(one, other)
        if isinstance(one, Paragraph) and isinstance(other, Paragraph):
            return self._paragraphs(one, other)
        return 0.0

    def _paragraphs(self, one: Paragraph, other: Paragraph) -> float:
        if one.text == other.text:
            return 1.0 + (one.label == other.label) / 10
        alike = self._share(one, other)
        shorter = min(_letters(self._bag(one)), _letters(self._bag(other)))
        contained = shorter >= _ENOUGH and self._common(one, other) >= 0.9 * shorter
        return alike if alike >= _ALIKE or contained else 0.0

    def rows(self, one: tuple[Cell, ...], other: tuple[Cell, ...]) -> float:
        """A row is known by its first cell, whatever the figures behind it are now."""
        alike = self._share(one, other)
        named = bool(one and other and one[0] == other[0] and _text_of(one[:1]).strip())
        return alike + named if alike >= _ALIKE or named else 0.0

    def columns(self, one: tuple[Cell, ...], other: tuple[Cell, ...]) -> float:
        """Likewise by its heading."""
        headed = bool(one and other and one[0] == other[0])
        return self._share(one, other) + headed / 2

    def _share(self, one: Part, other: Part) -> float:
        """Letters of words in both, over the letters there are."""
        letters = _letters(self._bag(one)) + _letters(self._bag(other))
        return 2 * self._common(one, other) / letters if letters else 0.0

    def _common(self, one: Part, other: Part) -> int:
        return _letters(self._bag(one) & self._bag(other))

    def _bag(self, part: Part) -> Counter[str]:
        bag = self._bags.get(part)
        if bag is None:
            bag = Counter(word for word in self._words(_text_of(part)) if word.strip())
            self._bags[part] = bag
        return bag


def _letters(bag: Counter[str]) -> int:
    return sum(len(word) * count for word, count in bag.items())


def _text_of(part: Part) -> str:
    if isinstance(part, tuple):
        return " ".join(paragraph.text for cell in part for paragraph in cell)
    return part.text if isinstance(part, Paragraph) else RichText((part,)).plain
