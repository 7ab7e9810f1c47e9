"""From runs of typed text to measured pieces: what may break, what holds together."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import Final, Protocol

from esa_desktop.report.text_lines import TIGHT, MeasuredText, Piece, Style
from esa_desktop.report.words import LONGEST_NAME, Word, bond, may_join

_NEVER_DRAWN: Final = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
_MARKS: Final = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0e33]+")


class WordSetter(Protocol):
    """Where pieces and words come from: the typesetter of the document."""

    def piece(self, text: str, style: Style) -> Piece: ...
    def blank(self, count: int, style: Style) -> Piece: ...
    def word(self, token: str, style: Style) -> Word: ...
    def cut(self, token: str) -> tuple[str, ...]: ...
    def tokens(self, line: str) -> list[str]: ...


def tidy(runs: Iterable[tuple[str, Style]]) -> list[tuple[str, Style]]:
    """Runs without what is never drawn; a mark at the start of one goes to the one before it."""
    tidy: list[tuple[str, Style]] = []
    for raw, style in runs:
        text = _NEVER_DRAWN.sub("", raw) if _NEVER_DRAWN.search(raw) else raw
        text = text.replace("\t", " ")
        if tidy:
            before, other = tidy[-1]
            marks = _MARKS.match(text)
            if other == style or marks:
                end = len(text) if other == style or marks is None else marks.end()
                tidy[-1] = (before + text[:end], other)
                text = text[end:]
        if text:
            tidy.append((text, style))
    return tidy


class Measuring:
    """One text on its way from runs to pieces: what may break, what is glued."""

    def __init__(
        self, typesetter: WordSetter, runs: list[tuple[str, Style]], size: float, *, whole: bool
    ) -> None:
        self._setter = typesetter
        self._size = size
        self._whole = whole
        self._full = "".join(text for text, _ in runs)
        self._styles = [style for _, style in runs]
        self._run_ends = list(accumulate(len(text) for text, _ in runs))
        self._pieces: list[Piece] = []
        self._blanks: list[Piece | None] = []
        self._starts: list[int] = []

    def text(self) -> MeasuredText:
        start = 0
        for number, line in enumerate(self._full.split("\n")):
            if number:
                self._starts.append(len(self._pieces))
            before = len(self._pieces)
            self._line(line, start)
            if len(self._pieces) == before and "\n" in self._full:
                self._pieces.append(Piece((), ()))
                self._blanks.append(None)
            start += len(line) + 1
        return MeasuredText(self._size, self._pieces, self._blanks, self._starts)

    def _line(self, line: str, start: int) -> None:
        """Words of one typed line; blanks at its beginning give way to the indent."""
        pieces, blanks, setter = self._pieces, self._blanks, self._setter
        first = len(pieces)
        gap = 0
        earlier: Word | None = None
        before: Word | None = None
        for token in setter.tokens(line):
            if not token:
                gap += 1
                start += 1
                continue
            style = self._style_at(start)
            word = self._word(token, start, style)
            blank = setter.blank(gap, self._style_at(start - 1)) if len(pieces) > first else None
            strength = bond(before, word, earlier) if blank and before else 0
            added = word.pieces
            if before and before.kind.is_title and len(token) <= LONGEST_NAME:
                added = (self._styled(token, start),)  # no engine knows all names
            if blank and word.leading_signs:  # " ,word" typed so: the sign stays above
                signs, rest = token[: word.leading_signs], token[word.leading_signs :]
                sign = self._styled(signs, start)
                if may_join(pieces[-1], sign):
                    pieces[-1] = pieces[-1].joined(blank, sign, TIGHT)
                    added = self._word(rest, start + len(signs), style).pieces if rest else ()
                    blank = None
            elif blank and strength and may_join(pieces[-1], added[0]):
                pieces[-1] = pieces[-1].joined(blank, added[0], strength)
                added = added[1:]
                blank = None
            if added:
                pieces.extend(added)
                blanks.append(blank)
                if len(added) > 1:
                    blanks.extend([None] * (len(added) - 1))
            earlier, before = before, word
            gap = 1
            start += len(token) + 1

    def _style_at(self, place: int) -> Style:
        if len(self._styles) == 1:
            return self._styles[0]
        return self._styles[bisect_right(self._run_ends, place)]

    def _word(self, token: str, start: int, style: Style) -> Word:
        if len(self._styles) == 1 and not self._whole:
            return self._setter.word(token, style)
        if self._whole:
            return Word(token, (self._styled(token, start),))
        pieces = []
        for text in self._setter.cut(token):
            pieces.append(self._styled(text, start))
            start += len(text)
        return Word(token, tuple(pieces))

    def _styled(self, text: str, start: int) -> Piece:
        """A piece that may run over several styles."""
        end = start + len(text)
        if end <= self._run_ends[bisect_right(self._run_ends, start)]:
            return self._setter.piece(text, self._style_at(start))
        stretches: list[tuple[str, Style]] = []
        place = start
        while place < end:
            run = bisect_right(self._run_ends, place)
            stop = min(end, self._run_ends[run])
            stretches.append((self._full[place:stop], self._styles[run]))
            place = stop
        parts = tuple(
            part for stretch, kind in stretches for part in self._setter.piece(stretch, kind).parts
        )
        return Piece(tuple(stretches), parts)
