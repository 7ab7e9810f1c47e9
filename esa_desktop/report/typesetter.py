"""The fonts of one document: words shaped once, missing characters sought elsewhere or reported."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, Final
from weakref import ref

from esa_desktop.domain.thai import clusters
from esa_desktop.report.filling import Filler
from esa_desktop.report.font_files import FontFace
from esa_desktop.report.fonts import Typeface, capital_height, fallback_face
from esa_desktop.report.glyph_font import GlyphFont
from esa_desktop.report.line_break import LineBreaker, letter_groups, line_breaker_with
from esa_desktop.report.measuring import Measuring, tidy
from esa_desktop.report.text_lines import MeasuredText, Part, Piece, Split, Style
from esa_desktop.report.words import Word

PLAIN: Final = Style()
BOLD: Final = Style(bold=True)

_INVISIBLE: Final = frozenset(
    map(chr, [0xAD, 0x34F, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)])
) | frozenset(map(chr, [*range(0xFE00, 0xFE10), 0xFEFF, 0x180E]))
"""Shaping takes these as instructions and draws nothing, whether a face has them or not."""


_SHORT: Final = 80
"""Characters of a text that is remembered as a whole."""
_MOST_SHORT: Final = 4000


class Typesetter:
    """Shapes, measures and remembers for one document. Not shared between threads."""

    def __init__(
        self,
        typeface: Typeface,
        breaker: LineBreaker | None = None,
        *,
        words: tuple[str, ...] = (),
    ) -> None:
        """``words``: a project's own, which no line breaks inside."""
        self.typeface = typeface
        self._breaker = breaker or line_breaker_with(words)
        self._fonts: dict[FontFace, GlyphFont] = {}
        self._pieces: dict[tuple[str, Style], Piece] = {}
        self._words: dict[tuple[str, Style], Word] = {}
        self._blanks: dict[tuple[Style, int], Piece] = {}
        self._short: dict[tuple[str, Style, float, bool], MeasuredText] = {}
        self.unknown: dict[str, None] = {}
        """Characters no font of this machine has, in the order they were met."""
        self.filler = Filler(_apart_by(ref(self)), 1 / typeface.relative_size)

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
            pieces = [self.piece(piece, style) for piece in self._breaker.pieces(token)]
            known = self._words[token, style] = Word(token, tuple(pieces))
        return known

    def cut(self, token: str) -> tuple[str, ...]:
        return self._breaker.pieces(token)

    def tokens(self, line: str) -> list[str]:
        return self._breaker.tokens(line)

    def apart(self, piece: Piece, most: float) -> list[tuple[Piece | None, Piece]]:
        """A piece wider than its column (an address, a name, huge type) as parts that fit.

        Between words if it has any, else between letters; each part with the blank before it.
        """
        parts: list[tuple[Piece | None, Piece]] = []
        for text, style in piece.typed:
            gap = 0
            for token in text.split(" "):
                if not token:
                    gap += 1
                    continue
                blank = self.blank(gap, style) if gap and parts else None
                for smaller in self._fitting(token, style, most, whole=len(piece.typed) == 1):
                    parts.append((blank, smaller))
                    blank = None
                gap = 1
        return parts or [(None, piece)]

    def _fitting(self, token: str, style: Style, most: float, *, whole: bool) -> Iterator[Piece]:
        for text in self._breaker.smaller(token) if whole else (token,):
            piece = self.piece(text, style)
            if piece.width <= most:
                yield piece
                continue
            for letters in letter_groups(text):
                group = self.piece(letters, style)
                if group.width <= most:
                    yield group
                else:
                    yield from (self.piece(cluster, style) for cluster in clusters(letters))

    def width(self, text: str, size: float, style: Style = PLAIN) -> float:
        """In points, on one line."""
        return self.measure([(text, style)], size).width

    def measure(
        self, runs: Iterable[tuple[str, Style]], size: float, *, whole: bool = False
    ) -> MeasuredText:
        """Runs as measured text; ``whole`` breaks at blanks only (names in a table)."""
        typed = tuple(runs)
        if len(typed) != 1 or len(typed[0][0]) > _SHORT:
            return Measuring(self, tidy(typed), size, whole=whole).text()
        # Headings, rubrics and words in tables come again and again.
        key = (*typed[0], size, whole)
        known = self._short.get(key)
        if known is None:
            if len(self._short) >= _MOST_SHORT:
                self._short.clear()
            known = self._short[key] = Measuring(self, tidy(typed), size, whole=whole).text()
        return known

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


def fonts_into(document: Any, typesetter: Typesetter) -> None:
    """Hand the fonts to a ReportLab document, which writes them when everything is set."""
    for font in typesetter.fonts:
        document.fontMapping[font.resource] = f"/{font.resource}"
        document.delayedFonts.append(font)


def _apart_by(typesetter: "ref[Typesetter]") -> Split:
    """Not its own method: a ring of references would keep all words of a document until Python
    looks for rings.
    """

    def apart(piece: Piece, most: float) -> Sequence[tuple[Piece | None, Piece]]:
        alive = typesetter()
        if alive is None:
            raise ReferenceError("a filler is used without its typesetter")
        return alive.apart(piece, most)

    return apart
