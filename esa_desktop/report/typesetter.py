"""The fonts of one document: words shaped once, characters no face has found elsewhere or reported."""

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

PLAIN: Final = Style()
BOLD: Final = Style(bold=True)

_NEVER_DRAWN: Final = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
_INVISIBLE: Final = frozenset(
    map(chr, [0xAD, 0x34F, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)])
) | frozenset(map(chr, [*range(0xFE00, 0xFE10), 0xFEFF, 0x180E]))
"""Shaping takes these as instructions and draws nothing, whether a face has them or not."""
_WORDS: Final = re.compile(r"\n| +|[^ \n]+")
_MARKS: Final = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0e33]+")

# What stays with the word before the blank: numbers, ๆ and ฯ, dashes and closing signs.
_STAYS: Final = re.compile(r"^([๐-๙0-9]{1,4}([.,:%)]|$)|[ๆฯ]|[–-]$|[,.)”/])")
# After a number: the noun it counts, or the month of a day.
_COUNTED: Final = re.compile(
    "^(ข้อ|คน|ครั้ง|โรง|โรงเรียน|วัน|ปี|บาท|รุ่น|ชุด|จุด|อำเภอ|น\\.|ด้าน|แห่ง|เรื่อง|กิจกรรม|"
    "มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม)$"
)
_NUMBER: Final = re.compile("[๐-๙0-9.,%]+")
_LEADING_SIGNS: Final = re.compile("[,/)]+")
_LONGEST_GLUED: Final = 5.6
"""In em: what is glued together must not tear a hole into the line above."""


class Typesetter:
    """Shapes, measures and remembers for one document. Not shared between threads."""

    def __init__(self, typeface: Typeface, breaker: LineBreaker | None = None) -> None:
        self.typeface = typeface
        self._breaker = breaker or default_line_breaker()
        self._fonts: dict[FontFace, GlyphFont] = {}
        self._words: dict[tuple[Style, str], tuple[Piece, ...]] = {}
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
        face = self.typeface.face(bold=style.bold, italic=style.italic)
        if face.covered.issuperset(text):
            font = self.font(face)
            width, body = font.shape(text)
            parts: tuple[Part, ...] = (Part(font, body, width, style.underline),)
        else:
            parts = tuple(self._parts_of_several_faces(text, style, face))
        return Piece(((text, style),), parts)

    def words(self, token: str, style: Style) -> tuple[Piece, ...]:
        """A text without blanks as the pieces between which a line may break."""
        known = self._words.get((style, token))
        if known is None:
            pieces = self._breaker.pieces(token)
            known = tuple(self.piece(piece, style) for piece in pieces)
            self._words[style, token] = known
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
    """Runs without what can never be drawn; a mark at the start of one belongs to the one before."""
    tidy: list[tuple[str, Style]] = []
    for raw, style in runs:
        text = _NEVER_DRAWN.sub("", raw).replace("\t", " ")
        marks = _MARKS.match(text) if tidy else None
        if marks:
            before, other = tidy[-1]
            tidy[-1] = (before + marks.group(), other)
            text = text[marks.end() :]
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
        self._gap: Piece | None = None
        self._after_number = False

    def text(self) -> MeasuredText:
        new_line = True
        for match in _WORDS.finditer(self._full):
            token = match.group()
            if token == "\n":
                if new_line:
                    self._add(Piece((), ()))
                self._starts.append(len(self._pieces))
                new_line, self._gap, self._after_number = True, None, False
            elif token[0] == " ":
                if not new_line:
                    self._gap = self._setter.blank(len(token), self._style_at(match.start()))
            else:
                self._token(token, match.start(), new_line=new_line)
                new_line = False
        if new_line and self._starts:
            self._add(Piece((), ()))
        return MeasuredText(self._size, self._pieces, self._blanks, self._starts)

    def _add(self, piece: Piece) -> None:
        self._pieces.append(piece)
        self._blanks.append(self._gap)
        self._gap = None

    def _glue(self, piece: Piece) -> None:
        self._pieces[-1] = self._pieces[-1].joined(self._gap, piece)
        self._gap = None

    def _style_at(self, place: int) -> Style:
        if len(self._styles) == 1:
            return self._styles[0]
        return self._styles[bisect_right(self._run_ends, place)]

    def _token(self, token: str, start: int, *, new_line: bool) -> None:
        if self._gap and not new_line:
            signs = _LEADING_SIGNS.match(token)  # " ,word" typed so: the sign stays above
            if signs:
                self._glue(self._styled(signs.group(), start))
                start += signs.end()
                token = token[signs.end() :]
                if not token:
                    return
        for place, piece in enumerate(self._token_pieces(token, start)):
            if place == 0 and self._gap and self._belongs_to_line(token, piece):
                self._glue(piece)
            else:
                self._add(piece)
        self._after_number = _NUMBER.fullmatch(token) is not None

    def _belongs_to_line(self, token: str, piece: Piece) -> bool:
        before = self._pieces[-1]
        gap = self._gap.width if self._gap else 0.0
        if before.width + gap + piece.width > _LONGEST_GLUED * 1000 or not before.typed:
            return False
        if _STAYS.match(token):
            return True
        if self._after_number and _COUNTED.match(piece.typed[0][0]):
            return True
        return len(token) == 1 and token.isupper() and before.typed[-1][0].isupper()  # P D C A

    def _token_pieces(self, token: str, start: int) -> Sequence[Piece]:
        if len(self._styles) == 1:
            style = self._styles[0]
            return (
                (self._setter.piece(token, style),)
                if self._whole
                else self._setter.words(token, style)
            )
        if self._whole:
            return (self._styled(token, start),)
        pieces = []
        for text in self._setter.cut(token):
            pieces.append(self._styled(text, start))
            start += len(text)
        return pieces

    def _styled(self, text: str, start: int) -> Piece:
        """A piece that may run over several styles."""
        end = start + len(text)
        style = self._style_at(start)
        if end <= self._run_ends[bisect_right(self._run_ends, start)]:
            return self._setter.piece(text, style)
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
