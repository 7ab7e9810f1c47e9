"""Measured text: pieces that are never broken inside, filled into lines."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Literal, NamedTuple

from esa_desktop.report.glyph_font import GlyphFont

Align = Literal["left", "center", "right", "justify"]


class Style(NamedTuple):
    bold: bool = False
    italic: bool = False
    underline: bool = False


class Part(NamedTuple):
    """A stretch of one font; width in thousandths of the size."""

    font: GlyphFont
    body: str
    width: float
    underline: bool


class Piece:
    """Text that stays on one line. Immutable; shared between all places where it occurs."""

    __slots__ = ("body", "font", "parts", "typed", "width")

    def __init__(self, typed: tuple[tuple[str, Style], ...], parts: tuple[Part, ...]) -> None:
        self.typed = typed
        self.parts = parts
        if len(parts) == 1 and not parts[0].underline:
            self.font: GlyphFont | None
            self.font, self.body, self.width, _ = parts[0]
            return
        self.width = sum(part.width for part in parts)
        fonts = {part.font for part in parts}
        plain = len(fonts) == 1 and not any(part.underline for part in parts)
        self.font = parts[0].font if plain else None
        """The font of the whole piece; ``None`` where there are several or a line below."""
        self.body = "".join(part.body for part in parts) if plain else ""

    def joined(self, blank: "Piece | None", after: "Piece") -> "Piece":
        """Both as one piece with a blank between them that never breaks."""
        between = (blank,) if blank else ()
        pieces = (self, *between, after)
        return Piece(
            tuple(typed for piece in pieces for typed in piece.typed),
            tuple(part for piece in pieces for part in piece.parts),
        )


class Line(NamedTuple):
    """Pieces ``start`` to ``end`` of a text on one line; lengths in points."""

    text: "MeasuredText"
    start: int
    end: int
    width: float
    indent: float


class MeasuredText:
    """Pieces with the blanks before them, at one size. Lines of any width are filled from it."""

    __slots__ = ("_bodies", "_widest", "blanks", "ends", "font", "gaps", "pieces", "size", "starts")

    def __init__(
        self,
        size: float,
        pieces: list[Piece],
        blanks: list[Piece | None],
        starts: Sequence[int] = (),
    ) -> None:
        self.size = size
        self.pieces = pieces
        self.blanks = blanks
        self.starts = starts
        """Places of the pieces that begin a new line of their own."""
        em = size / 1000
        self.gaps = [blank.width * em if blank else 0.0 for blank in blanks]
        widths = [piece.width * em for piece in pieces]
        self.ends = [0.0, *accumulate(map(float.__add__, self.gaps, widths))]
        """Place k: width of the first k pieces with all their blanks."""
        fonts = {piece.font for piece in pieces if piece.parts}
        fonts.update(blank.font for blank in blanks if blank)
        self.font = fonts.pop() if len(fonts) == 1 else None
        self._bodies: list[str] | None = None
        self._widest = -1.0

    @property
    def width(self) -> float:
        """Width on a line without end."""
        return self.ends[-1]

    @property
    def widest(self) -> float:
        """Width of the widest piece."""
        if self._widest < 0:
            widths = (piece.width for piece in self.pieces)
            self._widest = max(widths, default=0.0) * self.size / 1000
        return self._widest

    def body(self, start: int, end: int) -> str:
        """Operands of ``TJ`` for a line that is all in one font."""
        if self._bodies is None:
            self._bodies = [
                blank.body + piece.body if blank else piece.body
                for piece, blank in zip(self.pieces, self.blanks, strict=True)
            ]
        first = self.pieces[start].body
        return (first + "".join(self._bodies[start + 1 : end])).replace("><", "")

    def parts(self, start: int, end: int) -> list[Part]:
        """Everything on a line, blanks included."""
        found: list[Part] = []
        for place in range(start, end):
            blank = self.blanks[place]
            if blank and place > start:
                found += blank.parts
            found += self.pieces[place].parts
        return found

    def narrowed(self, measure: float, split: Callable[[Piece], Sequence[Piece]]) -> "MeasuredText":
        """The same text with every piece taken apart that is wider than ``measure``."""
        most = measure * 1000 / self.size
        pieces: list[Piece] = []
        blanks: list[Piece | None] = []
        places: list[int] = []  # where each old piece begins now
        for piece, blank in zip(self.pieces, self.blanks, strict=True):
            places.append(len(pieces))
            parts = split(piece) if piece.width > most else (piece,)
            pieces += parts
            blanks += [blank, *[None] * (len(parts) - 1)]
        return MeasuredText(self.size, pieces, blanks, [places[start] for start in self.starts])


class Filler:
    """Fills lines; ``split`` takes a piece apart between its letters."""

    def __init__(self, split: Callable[[Piece], Sequence[Piece]]) -> None:
        self._split = split

    def fill(self, text: MeasuredText, measure: float, first: float = 0.0) -> list[Line]:
        """As much on every line as fits; ``first`` indents the first one."""
        if text.widest > measure:
            text = text.narrowed(measure, self._split)
        lines: list[Line] = []
        count = len(text.pieces)
        start, indent = 0, first
        ends = text.ends
        while start < count:
            gap = text.gaps[start]
            stop = count
            if text.starts:
                stop = next((place for place in text.starts if place > start), count)
            room = ends[start] + gap + measure - indent + 0.01
            end = bisect_right(ends, room, start + 1, stop + 1) - 1
            if end <= start:
                if indent > 0:
                    indent = 0.0  # better no indent than an empty line
                    continue
                end = start + 1  # a letter wider than the column still has to go somewhere
            lines.append(Line(text, start, end, ends[end] - ends[start] - gap, indent))
            start, indent = end, 0.0
        return lines or [Line(text, 0, 0, 0.0, first)]

    def fill_well(
        self,
        text: MeasuredText,
        measure: float,
        first: float = 0.0,
        *,
        balance: bool = False,
        runt: tuple[float, float] = (0.07, 0.22),
    ) -> list[Line]:
        """Lines without a stranded last word.

        A last line under ``runt[0]`` of the measure is lengthened to at most ``runt[1]`` by
        filling narrower with the same number of lines; ``balance``: as narrow as that number
        allows (titles, table heads).
        """
        best = self.fill(text, measure, first)
        count = len(best)
        if count < 2 or not (balance or best[-1].width < runt[0] * measure):
            return best
        # Never narrower than the widest piece: that would be cut between its letters.
        low, high = max(0.55 * measure, min(text.widest, measure)), measure
        for _ in range(7):
            middle = (low + high) / 2
            trial = self.fill(text, middle, first)
            if len(trial) != count:
                low = middle
                continue
            best = trial
            if balance or trial[-1].width <= runt[1] * measure:
                high = middle
            else:
                low = middle
        return best
