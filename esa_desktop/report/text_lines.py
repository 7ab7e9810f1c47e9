"""Measured text: pieces that are never broken inside, filled into lines and drawn."""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Final, Literal, NamedTuple

from esa_desktop.report.glyph_font import GlyphFont

Align = Literal["left", "center", "right", "justify"]

_CLUSTER_STRETCH: Final = 0.025
"""Most room in em between letters of a justified line: with more, readers see a blank there."""
_BLANK_STRETCH: Final = 0.3


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

    __slots__ = ("_bodies", "blanks", "ends", "font", "gaps", "pieces", "size", "starts")

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

    @property
    def width(self) -> float:
        """Width on a line without end."""
        return self.ends[-1]

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

    def with_pieces(self, place: int, pieces: Sequence[Piece]) -> "MeasuredText":
        """The same text with one piece taken apart into several."""
        more = len(pieces) - 1
        return MeasuredText(
            self.size,
            [*self.pieces[:place], *pieces, *self.pieces[place + 1 :]],
            [*self.blanks[: place + 1], *[None] * more, *self.blanks[place + 1 :]],
            [start + more if start > place else start for start in self.starts],
        )


class Filler:
    """Fills lines; ``split`` takes a piece apart that is wider than a whole line."""

    def __init__(self, split: Callable[[Piece], Sequence[Piece]]) -> None:
        self._split = split

    def fill(self, text: MeasuredText, measure: float, first: float = 0.0) -> list[Line]:
        """As much on every line as fits; ``first`` indents the first one."""
        lines: list[Line] = []
        count = len(text.pieces)
        start, indent = 0, first
        while start < count:
            ends, gap = text.ends, text.gaps[start]
            stop = count
            if text.starts:
                stop = next((place for place in text.starts if place > start), count)
            room = ends[start] + gap + measure - indent + 0.01
            end = bisect_right(ends, room, start + 1, stop + 1) - 1
            if end <= start:
                if indent and text.pieces[start].width * text.size / 1000 <= measure:
                    indent = 0.0
                    continue
                split = self._split(text.pieces[start])
                if len(split) > 1:
                    text = text.with_pieces(start, split)
                    count = len(text.pieces)
                    continue
                end = start + 1  # a single letter wider than the column still has to go somewhere
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
        low, high = 0.55 * measure, measure
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


def draw_line(
    line: Line, x: float, y: float, free: float = 0.0, align: Align = "left", *, last: bool = True
) -> str:
    """Operators that set a line with its baseline at ``y``; ``free`` is the room left beside it."""
    text, start, end, _, indent = line
    if start >= end:
        return ""
    x += indent
    if align == "center":
        x += free / 2
    elif align == "right":
        x += free
    elif align == "justify" and not last and free > 0:
        return _draw_parts(_spread(text.parts(start, end), free, text.size), text.size, x, y)
    if text.font is None:
        return _draw_parts(text.parts(start, end), text.size, x, y)
    font = text.font
    return (
        f"BT /{font.resource} {text.size * font.relative_size:g} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm "
        f"[{text.body(start, end)}]TJ ET"
    )


def _draw_parts(parts: Sequence[Part], size: float, x: float, y: float) -> str:
    operators: list[str] = []
    rules: list[str] = []
    font: GlyphFont | None = None
    body = ""
    for part in parts:
        if part.font is not font:
            if font is not None:
                operators.append(f"[{body}]TJ")
            font, body = part.font, ""
            operators.append(f"/{font.resource} {size * font.relative_size:g} Tf")
        body += part.body
        width = part.width * size / 1000
        if part.underline:
            middle, thickness = part.font.face.underline
            height = max(thickness * size, 0.4)
            rules.append(
                f"{x:.2f} {y + middle * size - height / 2:.2f} {width:.2f} {height:.2f} re"
            )
        x += width
    if font is None:
        return ""
    operators.append(f"[{body}]TJ ET".replace("><", ""))
    start = x - sum(part.width for part in parts) * size / 1000
    below = f" {' '.join(rules)} f" if rules else ""
    return f"BT 1 0 0 1 {start:.2f} {y:.2f} Tm {' '.join(operators)}{below}"


_CODES: Final = re.compile("[0-9A-F]{4}(?=[0-9A-F]*>)|>[^<]*<")


def _spread(parts: list[Part], free: float, size: float) -> list[Part]:
    """The parts with a little room between all letters and more at blanks, within its limits."""
    blanks = joints = 0
    for part in parts:
        blank = part.font.shape(" ").body[1:-1]
        codes = [code for code in _CODES.findall(part.body) if len(code) == 4]
        blanks += codes.count(blank)
        joints += sum(part.font.moves(int(code, 16)) for code in codes)
    joints = max(joints - 1 - blanks, 1)
    by_cluster = min(free / (joints + 4 * blanks), _CLUSTER_STRETCH * size)
    by_blank = min((free - by_cluster * joints) / blanks, _BLANK_STRETCH * size) if blanks else 0.0
    spread: list[Part] = []
    for place, part in enumerate(parts):
        k = 1000 / (size * part.font.relative_size)
        blank = part.font.shape(" ").body[1:-1]
        more = 0.0

        def stretch(
            match: re.Match[str], part: Part = part, k: float = k, blank: str = blank
        ) -> str:
            nonlocal more
            code = match.group()
            if len(code) != 4 or not part.font.moves(int(code, 16)):
                return code
            room = by_blank if code == blank else by_cluster
            more += room
            return f">{-room * k:.1f}<{code}"

        body = _CODES.sub(stretch, part.body).replace("<>", "")
        if place == 0:  # nothing before the first letter
            body = re.sub(r"^-?[\d.]+", "", body)
        spread.append(part._replace(body=body, width=part.width + more * 1000 / size))
    return spread
