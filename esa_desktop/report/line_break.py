"""Where a line may break: the words an engine finds, corrected by the rules of print."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Final

from esa_desktop.domain.thai import clusters
from esa_desktop.report.compounds import join_kept
from esa_desktop.report.kept_words import KeptSpan, KeptWords, is_short
from esa_desktop.report.word_engines import Breaker, default_breaker

_THAI: Final = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]+")
_NO_START: Final = frozenset("ะัาำิีึืฺุูๅๆ็่้๊๋์ํ๎ฯ๏๚๛)]}”’»›,.:;!?%/…_&=")
_NO_END: Final = frozenset("เแโใไ([{“‘«‹฿$#")
_BREAKS_BEHIND: Final = re.compile("[/–—\u2e80-\uffef-]")
"""A line may break behind strokes in any text, and between any two Chinese signs."""
_LATIN: Final = re.compile("[!-.0-~]+")
"""What is between two strokes is seen by itself."""
_IN_ADDRESS: Final = re.compile("(?<=[?&=_@])(?=[0-9A-Za-z])|(?<=[A-Za-z][.-])(?=[0-9A-Za-z])")
_TITLED_NAME: Final = re.compile("(นาย|นาง|นางสาว|เด็กชาย|เด็กหญิง)[\u0e01-\u0e3a\u0e40-\u0e4c]{2,11}")
"""A title and a first name in one: no engine knows all names."""


class LineBreaker:
    """Cuts words without blanks into the pieces between which a line may break.

    ``words`` are a project's own; a blank in one of them is a sign like any other.
    """

    def __init__(
        self, breaker: Breaker, words: tuple[str, ...] = (), remembered: int = 16_384
    ) -> None:
        self._breaker = breaker
        self._words = KeptWords(words) if words else None
        self.pieces: Callable[[str], tuple[str, ...]] = lru_cache(remembered)(self._pieces)
        """``pieces(token)``: joined again they are the token; none but the only one is a lone sign."""
        self.smaller: Callable[[str], tuple[str, ...]] = lru_cache(remembered // 10)(self._smaller)
        """The same for a piece wider than its column: compounds, names and addresses apart."""

    def tokens(self, line: str) -> list[str]:
        """A line parted at its blanks (two blanks: an empty token), kept words whole."""
        return self._words.tokens(line) if self._words else line.split(" ")

    def _pieces(self, token: str) -> tuple[str, ...]:
        spans = tuple(self._words.spans(token)) if self._words else ()
        if _TITLED_NAME.fullmatch(token) and all(is_short(s) and not s.cuts for s in spans):
            return (token,)
        if not spans:
            return join_kept(_cut(token, self._places(token)))
        places = self._places_around(token, spans)
        pieces = join_kept(_cut(token, places))
        allowed = [cut for span in spans for cut in span.cuts if _may_break(token, cut)]
        return _cut_again(pieces, allowed)

    def _smaller(self, token: str) -> tuple[str, ...]:
        return tuple(_cut(token, self._places(token) | _address_places(token, shortest=6, least=3)))

    def _places(self, token: str) -> set[int]:
        places: set[int] = set()
        if _THAI.fullmatch(token):  # nearly all of a text: none of the other rules can apply
            ends = self._breaker.word_ends(token) if len(token) > 2 else ()
            return {e for e in ends if token[e] not in _NO_START and token[e - 1] not in _NO_END}
        for match in _THAI.finditer(token):
            start = match.start()
            places.update((start, match.end()))
            if match.end() - start > 2:
                places.update(start + end for end in self._breaker.word_ends(match.group()))
        places.update(match.end() for match in _BREAKS_BEHIND.finditer(token))
        places = {place for place in places if _may_break(token, place)}
        return places | _address_places(token)

    def _places_around(self, token: str, spans: Sequence[KeptSpan]) -> set[int]:
        """The stretches between a project's words are cut each by itself, for it may be that no
        engine sees a word there.
        """
        places: set[int] = set()
        start = 0
        for begin, end in [*((s.start, s.end) for s in spans if not is_short(s)), (len(token), 0)]:
            places |= {start, begin, *(start + place for place in self._places(token[start:begin]))}
            start = end
        places = {place for place in places if _may_break(token, place)}
        for span in spans:
            places -= set(range(span.start + 1, span.end))
        return places


def _address_places(token: str, shortest: int = 16, least: int = 6) -> set[int]:
    """Behind the signs of addresses and file names, with so many signs on either side."""
    places: set[int] = set()
    for match in _LATIN.finditer(token):
        last = match.start()
        if match.end() - last < shortest:
            continue
        for sign in _IN_ADDRESS.finditer(token, last, match.end()):
            if sign.start() - last >= least <= match.end() - sign.start():
                last = sign.start()
                places.add(last)
    return places


def _may_break(token: str, place: int) -> bool:
    if not 0 < place < len(token):
        return False
    before, after = token[place - 1], token[place]
    if after in _NO_START or before in _NO_END or before == ".":
        return False
    if before in "-/":
        return _may_break_behind(before, token, place)
    return not after.isdigit() or before in ")]"  # พ.ศ.๒๕๕๗, เขต๒


def _may_break_behind(sign: str, token: str, place: int) -> bool:
    before, after = token[:place], token[place:]
    if sign == "-":  # O-NET, e-Learning, ๑๒-ก and 12-34 stay whole
        return len(before) >= 4 and len(after) >= 3 and not before[-2].isdigit()
    if len(before) < 3 or len(after) < 3:  # A4/B5
        return False
    # ๐๔๐๐๑/ว๑๒๓ and ๑/๒๕๕๗ stay whole
    return not (before[-2].isdigit() and (after[0].isdigit() or after[1].isdigit()))


def letter_groups(word: str) -> list[str]:
    """A word between its letters, for a column narrower than the word.

    Signs that never start or end a line stay with their neighbours, and three letters at either
    end together, so that no line holds one or two.
    """
    groups: list[str] = []
    for cluster in clusters(word):
        if groups and (cluster[0] in _NO_START or groups[-1][-1] in _NO_END):
            groups[-1] += cluster
        else:
            groups.append(cluster)
    if len(groups) < 7:
        return groups
    return ["".join(groups[:3]), *groups[3:-3], "".join(groups[-3:])]


def _cut(token: str, places: Iterable[int]) -> list[str]:
    pieces: list[str] = []
    start = 0
    for place in sorted(places):
        # No piece of one sign: neither stranded at a line's end nor alone on the next.
        if place - start >= 2:
            pieces.append(token[start:place])
            start = place
    last = token[start:]
    if pieces and len(last) == 1:
        pieces[-1] += last
    else:
        pieces.append(last)
    return pieces


def _cut_again(pieces: Sequence[str], places: Iterable[int]) -> tuple[str, ...]:
    """Also where a person said so, whatever was joined there."""
    ends = set(accumulate(map(len, pieces)))
    ends |= set(places)
    token = "".join(pieces)
    return tuple(token[a:b] for a, b in pairwise([0, *sorted(ends)]))


@lru_cache(maxsize=1)
def default_line_breaker() -> LineBreaker:
    """The line breaker of this machine; what it found out about words is kept while the program runs."""
    return LineBreaker(default_breaker())


def line_breaker_with(words: tuple[str, ...]) -> LineBreaker:
    """The line breaker of this machine for one project's words; ``()`` for none.

    What it finds out stays its own, so that no project's words change another one's lines.
    """
    return _with_words(words) if words else default_line_breaker()


@lru_cache(maxsize=4)
def _with_words(words: tuple[str, ...]) -> LineBreaker:
    return LineBreaker(default_breaker(), words, remembered=10_000)
