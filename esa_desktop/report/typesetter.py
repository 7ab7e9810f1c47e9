"""The fonts of one document: words shaped once, missing characters sought elsewhere or reported."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby
from typing import Any, Final

from esa_desktop.domain.thai import clusters
from esa_desktop.report.font_files import FontFace
from esa_desktop.report.fonts import Typeface, capital_height, fallback_face
from esa_desktop.report.glyph_font import GlyphFont
from esa_desktop.report.line_break import LineBreaker, default_line_breaker
from esa_desktop.report.text_lines import Filler, MeasuredText, Part, Piece, Style
from esa_desktop.report.words import Word, belongs_to_line

PLAIN: Final = Style()
BOLD: Final = Style(bold=True)

_NEVER_DRAWN: Final = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
_INVISIBLE: Final = frozenset(
    map(chr, [0xAD, 0x34F, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)])
) | frozenset(map(chr, [*range(0xFE00, 0xFE10), 0xFEFF, 0x180E]))
"""Shaping takes these as instructions and draws nothing, whether a face has them or not."""
_MARKS: Final = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0e33]+")


class Typesetter:
    """Shapes, measures and remembers for one document. Not shared between threads."""

    def __init__(self, typeface: Typeface, breaker: LineBreaker | None = None) -> None:
        self.typeface = typeface
        self._breaker = breaker or default_line_breaker()
        self._fonts: dict[FontFace, GlyphFont] = {}
        self._pieces: dict[tuple[str, Style], Piece] = {}
        self._words: dict[tuple[str, Style], Word] = {}
        self._blanks: dict[tuple[Style, int], Piece] = {}
        self.unknown: dict[str, None] = {}
        """Characters no font of this machine has, in the order they were met."""
        self.filler = Filler(self.letters)

    @property
    def fonts(self) -> Sequence[GlyphFont]:
        """All fonts pages refer to, in the order of their first use."""
        return tuple(self._fonts.values())

    def font(self, face: FontFace, relative_size: float = 1.0) -> GlyphFont:
        known = self._fonts.get(face)
        if known is None:
            known = GlyphFont(face, f"G{len(self._fonts) + 1}", relative_size)
            self._fonts[face] = known
        return known

    def blank(self, count: int, style: Style) -> Piece:
        known = self._blanks.get((style, count))
        if known is None:
            font = self.font(self.typeface.face(bold=style.bold, italic=style.italic))
            width, body = font.shape(" ")
            part = Part(font, body * count, width * count, style.underline)
            known = self._blanks[style, count] = Piece(((" " * count, style),), (part,))
        return known

    def piece(self, text: str, style: Style) -> Piece:
        """A text in one style as one piece, whatever faces its characters need."""
        known = self._pieces.get((text, style))
        if known is None:
            known = self._pieces[text, style] = self._new_piece(text, style)
        return known

    def _new_piece(self, text: str, style: Style) -> Piece:
        face = self.typeface.face(bold=style.bold, italic=style.italic)
        if face.covered.issuperset(text):
            font = self.font(face)
            width, body = font.shape(text)
            parts: tuple[Part, ...] = (Part(font, body, width, style.underline),)
        else:
            parts = tuple(self._parts_of_several_faces(text, style, face))
        return Piece(((text, style),), parts)

    def word(self, token: str, style: Style) -> Word:
        """A text without blanks as the pieces between which a line may break."""
        known = self._words.get((token, style))
        if known is None:
            pieces = tuple(self.piece(piece, style) for piece in self._breaker.pieces(token))
            known = self._words[token, style] = Word(token, pieces)
        return known

    def cut(self, token: str) -> tuple[str, ...]:
        return self._breaker.pieces(token)

    def letters(self, piece: Piece) -> Sequence[Piece]:
        """A piece wider than its column (an address, a file name) apart between its letters."""
        return [
            self.piece(cluster, style) for text, style in piece.typed for cluster in clusters(text)
        ]

    def width(self, text: str, size: float, style: Style = PLAIN) -> float:
        """In points, on one line."""
        return self.measure([(text, style)], size).width

    def measure(
        self, runs: Iterable[tuple[str, Style]], size: float, *, whole: bool = False
    ) -> MeasuredText:
        """Runs as measured text; ``whole`` breaks at blanks only (names in a table)."""
        return _Measuring(self, _tidy(runs), size, whole=whole).text()

    def _parts_of_several_faces(self, text: str, style: Style, face: FontFace) -> Iterator[Part]:
        chosen: list[tuple[str, FontFace | None]] = []
        for sign in text:
            if sign in face.covered:
                chosen.append((sign, face))
            elif sign in _INVISIBLE:
                chosen.append((sign, chosen[-1][1] if chosen else face))
            else:
                chosen.append((sign, fallback_face(sign)))
        for other, signs in groupby(chosen, key=lambda pair: pair[1]):
            stretch = "".join(sign for sign, _ in signs)
            if other is None:
                self.unknown.update(dict.fromkeys(stretch))
                font = self.font(face)
                width, body = font.replacement(stretch)
            else:
                size = 1.0 if other is face else self._matching_size(other)
                font = self.font(other, size)
                width, body = font.shape(stretch)
            yield Part(font, body, width, style.underline)

    def _matching_size(self, other: FontFace) -> float:
        if other in self.typeface.styles.values():
            return 1.0
        ratio = capital_height(self.typeface.face()) / capital_height(other)
        return round(min(max(ratio, 0.5), 1.6), 3)


def _tidy(runs: Iterable[tuple[str, Style]]) -> list[tuple[str, Style]]:
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


class _Measuring:
    """One text on its way from runs to pieces: what may break, what is glued."""

    def __init__(
        self, typesetter: Typesetter, runs: list[tuple[str, Style]], size: float, *, whole: bool
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
        after_number = False
        for token in line.split(" "):
            if not token:
                gap += 1
                start += 1
                continue
            style = self._style_at(start)
            word = self._word(token, start, style)
            blank = setter.blank(gap, self._style_at(start - 1)) if len(pieces) > first else None
            if blank and word.leading_signs:  # " ,word" typed so: the sign stays above
                signs, rest = token[: word.leading_signs], token[word.leading_signs :]
                pieces[-1] = pieces[-1].joined(blank, self._styled(signs, start))
                added = self._word(rest, start + len(signs), style).pieces if rest else ()
                blank = None
            elif blank and belongs_to_line(pieces[-1], blank, word, after_number=after_number):
                pieces[-1] = pieces[-1].joined(blank, word.pieces[0])
                added = word.pieces[1:]
                blank = None
            else:
                added = word.pieces
            if added:
                pieces.extend(added)
                blanks.append(blank)
                if len(added) > 1:
                    blanks.extend([None] * (len(added) - 1))
            after_number = word.is_number
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


def fonts_into(document: Any, typesetter: Typesetter) -> None:
    """Hand the fonts to a ReportLab document, which writes them when everything is set."""
    for font in typesetter.fonts:
        document.fontMapping[font.resource] = f"/{font.resource}"
        document.delayedFonts.append(font)
