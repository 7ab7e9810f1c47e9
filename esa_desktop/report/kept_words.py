"""A project's own words (places, people): never broken inside but where a person allowed it."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_SHORT: Final = 4
"""A shorter word may be the beginning of another one, so its ends are no places to break."""
_GLUED: Final = "\0"


class KeptSpan(NamedTuple):
    """Where a word stands in a text, and the places inside it where a line may break."""

    start: int
    end: int
    cuts: tuple[int, ...]


class KeptWords:
    """The words of one project, found in a text from left to right, the longest first.

    A blank in a word stands for any number of them and does not break either; ``|`` says where a
    break is allowed. Beside a blank it makes two words of one.
    """

    def __init__(self, words: tuple[str, ...]) -> None:
        self._cuts: dict[str, tuple[int, ...]] = {}
        for word in words:
            for part in re.split(r"\s*\|\s+|\s+\|\s*", word):
                self._add(" ".join(part.split()))
        self._longest_first = sorted(self._cuts, key=lambda word: (-len(word), word))
        self._pattern = _pattern(self._longest_first)
        self._with_blanks = _pattern([word for word in self._longest_first if " " in word])

    def _add(self, marked: str) -> None:
        stretches = [stretch for stretch in marked.split("|") if stretch]
        word = "".join(stretches)
        if len(word) < 2:
            return
        at, cuts = 0, []
        for stretch in stretches[:-1]:
            at += len(stretch)
            cuts.append(at)
        self._cuts[word] = tuple(cuts)

    def spans(self, text: str) -> Iterator[KeptSpan]:
        """Non-overlapping, from left to right."""
        if self._pattern is None:
            return
        for match in self._pattern.finditer(text):
            typed = match.group()
            cuts = self._cuts[" ".join(typed.split())]
            if " " in typed:  # as many blanks as were typed
                cuts = tuple(_place_after(typed, cut) for cut in cuts)
            yield KeptSpan(match.start(), match.end(), tuple(match.start() + cut for cut in cuts))

    def tokens(self, line: str) -> list[str]:
        """Like ``line.split(" ")``, but blanks inside a word part nothing."""
        if self._with_blanks is None:
            return line.split(" ")
        marked = self._with_blanks.sub(lambda match: match.group().replace(" ", _GLUED), line)
        return [token.replace(_GLUED, " ") for token in marked.split(" ")]


def is_short(span: KeptSpan) -> bool:
    """Whether a word may well be a part of another one."""
    return span.end - span.start < _SHORT


def _pattern(longest_first: list[str]) -> re.Pattern[str] | None:
    if not longest_first:
        return None
    rests: dict[str, list[str]] = {}
    for word in longest_first:
        rests.setdefault(word[0], []).append(re.escape(word[1:]).replace(r"\ ", " +"))
    # By first letters: else every word would be tried at every place.
    words = "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in rests.items())
    # A word does not end before a mark that belongs to its last letter.
    return re.compile(f"(?:{words})(?![\u0e31\u0e33-\u0e3a\u0e47-\u0e4e])")


def _place_after(typed: str, letters: int) -> int:
    """The place in a typed word after so many signs of it, runs of blanks counted once."""
    seen = 0
    for place, sign in enumerate(typed):
        if sign == " " and place and typed[place - 1] == " ":
            continue
        if seen == letters:
            return place
        seen += 1
    return len(typed)
