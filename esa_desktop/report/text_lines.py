"""Measured text: pieces that stay on one line, and the blanks that hold or part them."""

from collections.abc import Callable, Sequence
from itertools import accumulate, chain
from operator import attrgetter
from typing import Final, Literal, NamedTuple

from esa_desktop.report.glyph_font import GlyphFont

Align = Literal["left", "center", "right", "justify"]

LOOSE: Final = 1
"""A blank that rather does not break: ``เมื่อวันที่ ๖``."""
CLOSE: Final = 2
"""A blank that breaks only where it would tear a hole: ``๑๒ คน``, ``ธันวาคม ๒๕๕๗``."""
TIGHT: Final = 3
"""A blank that breaks in a column only that is narrower than both together: ``ต่าง ๆ``."""
_HELD: Final = {LOOSE: (14, 0.5, 24), CLOSE: (18, 0.6, 30)}
"""So many letters are held together in any column they fit; in that part of a wide one at most so
many. A full date has eighteen.
"""


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


class Member(NamedTuple):
    """One of several pieces put together, and what holds it to the one before."""

    blank: "Piece | None"
    piece: "Piece"
    strength: int


class Piece:
    """Text that stays on one line. Immutable; shared between all places where it occurs."""

    __slots__ = ("body", "font", "letters", "members", "parts", "typed", "weakest", "width")

    def __init__(
        self,
        typed: tuple[tuple[str, Style], ...],
        parts: tuple[Part, ...],
        members: tuple[Member, ...] = (),
        weakest: int = 0,
    ) -> None:
        self.typed = typed
        self.parts = parts
        self.members = members
        self.letters = sum([len(text) for text, _ in typed])
        """Characters, marks and blanks included."""
        self.weakest = weakest
        """LOOSE, CLOSE or TIGHT for several pieces held together, 0 for one."""
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

    def joined(self, blank: "Piece", after: "Piece", strength: int) -> "Piece":
        """Both as one piece, with a blank between them that breaks only in need."""
        joined = Piece.__new__(Piece)
        joined.typed = (*self.typed, *blank.typed, *after.typed)
        joined.parts = (*self.parts, *blank.parts, *after.parts)
        joined.members = (
            *(self.members or (Member(None, self, 0),)),
            Member(blank, after, strength),
        )
        joined.letters = self.letters + blank.letters + after.letters
        joined.weakest = min(self.weakest or strength, strength)
        joined.width = self.width + blank.width + after.width
        same = self.font is blank.font is after.font
        joined.font = self.font if same else None
        joined.body = f"{self.body}{blank.body}{after.body}" if joined.font else ""
        return joined

    def holds(self, most: float) -> bool:
        """Whether it stays one piece on a line of so many thousandths of the size."""
        if self.width > most:
            return False
        if self.weakest not in _HELD:
            return True
        few, part, many = _HELD[self.weakest]
        return self.letters <= few or (self.width <= part * most and self.letters <= many)

    def loosened(self, most: float) -> "list[tuple[Piece | None, Piece]]":
        """Apart at its weakest blanks until everything holds; each part with the blank before it."""
        if not self.weakest or self.holds(most):
            return [(None, self)]
        groups: list[tuple[Piece | None, Piece]] = []
        for blank, piece, strength in self.members:
            if groups and blank and strength > self.weakest:
                before, last = groups[-1]
                groups[-1] = before, last.joined(blank, piece, strength)
            else:
                groups.append((blank, piece))
        loose: list[tuple[Piece | None, Piece]] = []
        for blank, piece in groups:
            (_, first), *more = piece.loosened(most)
            loose += [(blank, first), *more]
        return loose


_width = attrgetter("width")


class Line(NamedTuple):
    """Pieces ``start`` to ``end`` of a text on one line; lengths in points."""

    text: "MeasuredText"
    start: int
    end: int
    width: float
    indent: float


Split = Callable[[Piece, float], Sequence[tuple[Piece | None, Piece]]]
"""Takes a piece apart that is wider than so many thousandths: each part with the blank before it."""


class MeasuredText:
    """Pieces with the blanks before them, at one size. Lines of any width are filled from it."""

    __slots__ = (
        "_bodies",
        "_held",
        "_single",
        "blanks",
        "ends",
        "font",
        "gaps",
        "pieces",
        "size",
        "starts",
    )

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
        self._single = -1.0
        self._held: list[Piece] = []

    @property
    def width(self) -> float:
        """Width on a line without end."""
        return self.ends[-1]

    @property
    def widest(self) -> float:
        """Width of the widest piece."""
        self._sort()
        widest = max(map(_width, self._held), default=0.0)
        return max(widest, self._single) * self.size / 1000

    def _sort(self) -> None:
        """Pieces held together apart from single ones, of which only the widest matters."""
        if self._single < 0:
            self._held = [piece for piece in self.pieces if piece.weakest]
            single = self.pieces
            if self._held:
                single = [piece for piece in single if not piece.weakest]
            self._single = max(map(_width, single), default=0.0)

    @property
    def widest_word(self) -> float:
        """The same where blanks part everything that they can part."""
        words = (member.piece for piece in self.pieces for member in piece.members)
        singles = (piece for piece in self.pieces if not piece.members)
        widest = max(chain(words, singles), key=_width, default=None)
        return widest.width * self.size / 1000 if widest else 0.0

    def scaled(self, factor: float) -> "MeasuredText":
        """The same text at another size."""
        if factor == 1.0:
            return self
        return MeasuredText(self.size * factor, self.pieces, self.blanks, self.starts)

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

    def fitted(self, measure: float, split: Split) -> "MeasuredText":
        """The same text with every piece taken apart that no line of ``measure`` should hold."""
        self._sort()
        most = measure * 1000 / self.size
        if self._single <= most and all(piece.holds(most) for piece in self._held):
            return self
        pieces: list[Piece] = []
        blanks: list[Piece | None] = []
        places: list[int] = []  # where each old piece begins now
        for piece, blank in zip(self.pieces, self.blanks, strict=True):
            places.append(len(pieces))
            blanks.append(blank)
            if not piece.weakest and piece.width <= most:  # nearly all of them
                pieces.append(piece)
                continue
            for place, (between, part) in enumerate(piece.loosened(most)):
                if place:
                    blanks.append(between)
                if part.width <= most:
                    pieces.append(part)
                    continue
                (_, first), *more = split(part, most)
                pieces += [first, *(small for _, small in more)]
                blanks += [small for small, _ in more]
        return MeasuredText(self.size, pieces, blanks, [places[start] for start in self.starts])
