"""Random rounds on paper: nothing lost, nothing doubled, nothing over an edge, every rule there."""

import ctypes
import itertools
import re
import subprocess
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from io import BytesIO
from typing import Any, NamedTuple

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image as Pictures

from esa_desktop.domain.assessment import AssessmentRound
from esa_desktop.domain.evidence import Evidence
from esa_desktop.domain.framework import LEVELS, Indicator, Standard
from esa_desktop.domain.printing import PrintOptions
from esa_desktop.domain.richtext import (
    Cell,
    Image,
    Paragraph,
    RichText,
    Table,
    paragraph,
    split_label,
)
from esa_desktop.domain.thai import arabic_digits, thai_date, thai_digits
from esa_desktop.report import glyph_font
from esa_desktop.report.running_lines import RunningLines
from esa_desktop.report.sheet import render_sheets
from esa_desktop.report.slugs import ImageSlug, Pen, TextSlug
from tests.report.random_rounds import LONGEST, RandomRound, random_round
from tests.report.reading import HAS_POPPLER
from tests.report.rounds import one_issue_round

ROUNDS, A_PIECE = 200, 25
MOST_ROUNDS, A_GREAT_PIECE = 2_000, 100
TOLERANCE = 0.6
"""Points by which ink may pass an edge: half a rule and the rounding of a reader."""
HEADS = (
    "ระดับคุณภาพ",
    "คำอธิบายระดับคุณภาพ",
    "วิธีการดำเนินงาน/ผลการดำเนินงาน/ความเห็นและข้อเสนอแนะ",
    "เอกสาร/หลักฐานอ้างอิง",
)
NO_PICTURE = "[รูป]"
PAD, OVERHANG = 2.1 * 72 / 25.4, 3.2
"""White between a rule and its letters, and how far a letter such as ใ or an oblique f leans into it."""
LEADING = {"TH Sarabun New": 21 / 16, "Sarabun": 19.8 / 16}
"""Of the size a person chose: from line to line."""
RUNNING = {"TH Sarabun New": 21 / 16 * 13 / 16, "Sarabun": 19.8 / 10.5 * 8.7 / 16}
"""Height of a header or foot in the same measure; margins hold them, and 4 mm no printer reaches."""
CROWDED = 45.0
"""Points that a column of an inner table needs for two letters side by side."""
FRAME, INNER = 0.5, 0.4
"""Pens of the form and of tables inside it."""


# --- text as both readers give it -----------------------------------------------------------------


@cache
def _trace(sign: str) -> str:
    if sign == "\ufb01":
        return "fi"  # PDFium takes the ligature apart
    silent = sign.isspace() or unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Cn"}
    return "" if silent or "\ufe00" <= sign <= "\ufe0f" or sign == "\u034f" else sign


def ink(text: str) -> str:
    """What of a text leaves a trace: no white, no instructions, nothing that is no character."""
    return "".join(map(_trace, text))


MARK = re.compile("[\u0e31\u0e33-\u0e3a\u0e45\u0e47-\u0e4e\u0300-\u036f\uf700-\uf71a]")
MARKS = re.compile(f"{MARK.pattern}{{2,}}")
TONED = re.compile("[\u0e31\u0e34-\u0e39][\u0e48-\u0e4c]")
"""The only marks that stand upon each other in any word."""


def single(text: str) -> str:
    """PDFium shows a mark once that was set twice in one place; poppler counts them all."""
    return MARKS.sub(lambda marks: "".join(dict.fromkeys(marks.group())), text)


def from_right(text: str) -> bool:
    """Whether readers put parts of it into another order, as for Arabic they must."""
    return any(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in text)


_MIRRORED = str.maketrans("”’)]}»\u2044", "“‘([{«/")


def unfolded(text: str) -> str:
    """A text in which PDFium wrote out composed signs and mirrored some, as it does around Arabic."""
    return "".join(unicodedata.normalize("NFKC", sign) for sign in text).translate(_MIRRORED)


def rest_of(expected: str, printed: str, *, mixed: bool) -> str | None:
    """What is left of a text after a stretch of it; ``None`` where it does not go on so.

    ``mixed``: the page has Arabic, so signs beside it may have changed their order.
    """
    if expected.startswith(printed):
        return expected[len(printed) :]
    if mixed:
        letters = unfolded(printed)
        place = count = 0
        while count < len(letters) and place < len(expected):
            count += len(unfolded(expected[place]))
            place += 1
        if Counter(unfolded(expected[:place])) == Counter(letters):
            return expected[place:]
    if MARK.match(printed):  # the second of two in one place, the first on the page before
        return rest_of(expected, printed[1:], mixed=mixed)
    return None


# --- paper ----------------------------------------------------------------------------------------


class Sign(NamedTuple):
    """A character with the start of its baseline and its ink: left, lower, right, upper edge."""

    sign: str
    x: float
    y: float
    box: tuple[float, float, float, float]
    piled: bool = False
    """One of several marks where so many are never written, higher than lines are set for."""


class Stroke(NamedTuple):
    x: float
    y: float
    x2: float
    y2: float


@dataclass
class RowPart:
    """The rules drawn at once for what one page shows of a row in an inner table."""

    edges: list[float]
    top: float
    bottom: float
    cells: list[str]

    @property
    def crowded(self) -> bool:
        """Whether a column is too narrow for two letters side by side: they run into the next."""
        return min(b - a for a, b in itertools.pairwise(self.edges)) < CROWDED


@dataclass
class Paper:
    """A page as two readers find it: its letters by PDFium, its rules by pikepdf."""

    width: float
    height: float
    signs: list[Sign]
    paths: list[tuple[float, list[Stroke]]]
    """Each with its pen."""
    pictures: list[tuple[float, float, float, float]]
    watermark: list[Sign]


def papers(pdf: bytes) -> Iterator[Paper]:
    document = pypdfium2.PdfDocument(pdf)
    with pikepdf.open(BytesIO(pdf)) as drawn:
        for page, other in zip(document, drawn.pages, strict=True):
            paths, pictures = _drawn(other)
            signs, watermark = _signs(page)
            yield Paper(*page.get_size(), signs, paths, pictures, watermark)
            page.close()
    document.close()


def _signs(page: pypdfium2.PdfPage) -> tuple[list[Sign], list[Sign]]:
    """Letters that stand upright, and those of the watermark, which do not."""
    text = page.get_textpage()
    edges = [ctypes.c_double() for _ in range(4)]
    left, right, low, up = edges
    x, y = ctypes.c_double(), ctypes.c_double()
    signs: list[Sign] = []
    turned: list[Sign] = []
    half = 0
    for place in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, place)
        if pdfium.FPDFText_IsGenerated(text, place) == 1:
            continue
        if 0xD800 <= code < 0xE000:  # the halves of a character, the other way round in Arabic
            if not half:
                half = code
                continue
            first, second = sorted((half, code))
            code, half = 0x10000 + ((first - 0xD800) << 10) + second - 0xDC00, 0
        pdfium.FPDFText_GetCharBox(text, place, *edges)
        if code == 2:  # a hyphen at the end of a line, as PDFium marks it
            code = ord("-") if right.value > left.value else 0xAD
        pdfium.FPDFText_GetCharOrigin(text, place, x, y)
        box = (left.value, low.value, right.value, up.value)
        angle = pdfium.FPDFText_GetCharAngle(text, place)
        place_of = turned if 0.05 < angle < 6.2 else signs
        place_of += [Sign(sign, x.value, y.value, box) for sign in _trace(chr(code))]
    text.close()
    return _with_piles(signs), turned


def _with_piles(signs: list[Sign]) -> list[Sign]:
    for marks in MARKS.finditer("".join(sign.sign for sign in signs)):
        if not TONED.fullmatch(marks.group()):
            pile = slice(*marks.span())
            signs[pile] = [sign._replace(piled=True) for sign in signs[pile]]
    return signs


def _drawn(
    page: pikepdf.Page,
) -> tuple[list[tuple[float, list[Stroke]]], list[tuple[float, float, float, float]]]:
    """Paths that are stroked, with their pens, and the rectangles of pictures."""
    paths: list[tuple[float, list[Stroke]]] = []
    pictures = []
    strokes: list[Stroke] = []
    pen, start = 1.0, (0.0, 0.0)
    matrix = pikepdf.Matrix()
    kept: list[tuple[float, pikepdf.Matrix]] = []
    for operands, operator in pikepdf.parse_content_stream(page, "q Q cm w m l S f n Do"):
        name = str(operator)
        numbers = [float(value) for value in operands] if name in {"cm", "w", "m", "l"} else []
        if name == "q":
            kept.append((pen, matrix))
        elif name == "Q":
            pen, matrix = kept.pop()
        elif name == "cm":
            matrix = pikepdf.Matrix(*numbers) @ matrix
        elif name == "w":
            pen = numbers[0]
        elif name == "m":
            start = matrix.transform((numbers[0], numbers[1]))
        elif name == "l":
            end = matrix.transform((numbers[0], numbers[1]))
            strokes.append(Stroke(*start, *end))
            start = end
        elif name == "Do":
            pictures.append(_square(matrix))
        else:
            if name == "S":
                paths.append((pen, strokes))
            strokes = []
    return paths, pictures


def _square(matrix: pikepdf.Matrix) -> tuple[float, float, float, float]:
    (x, y), (x2, y2) = matrix.transform((0, 0)), matrix.transform((1, 1))
    return min(x, x2), min(y, y2), max(x, x2), max(y, y2)


# --- what stands where ----------------------------------------------------------------------------


class Frame(NamedTuple):
    edges: list[float]
    top: float
    below_head: float
    bottom: float
    rungs: int
    """Rules between the levels."""

    def room(self, column: int, *, head: bool) -> tuple[float, float, float, float]:
        """Where the letters of a column may stand: left, lower, right, upper edge."""
        white = PAD - OVERHANG - TOLERANCE
        x, x2 = self.edges[column] + white, self.edges[column + 1] - white
        return (x, self.below_head, x2, self.top) if head else (x, self.bottom, x2, self.below_head)


@dataclass
class Zones:
    """The text of one page by where it stands; column three in stretches and rows of tables."""

    frame: Frame | None = None
    header: str = ""
    mixed: bool = False
    """Whether there is Arabic on it."""
    above: str = ""
    heads: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    stretches: list[str] = field(default_factory=list)
    rows: list[RowPart] = field(default_factory=list)
    below: str = ""
    missing_pictures: int = 0
    lines: list[set[float]] = field(default_factory=lambda: [set(), set(), set(), set()])
    """Baselines per column, those inside tables left out."""
    widths: dict[tuple[int, float], list[tuple[float, float]]] = field(default_factory=dict)
    """Left and right edge of every letter by column and baseline."""


class Fault(AssertionError):
    """Something on paper that must not be."""


class Edge(NamedTuple):
    """The margins of one page in points, with the room for binding on the side it is on."""

    left: float
    right: float
    top: float
    bottom: float

    @classmethod
    def of(cls, options: PrintOptions, number: int) -> "Edge":
        left, right, top, bottom = options.margins_mm or (20, 15, 15, 18)
        running = RUNNING[options.font] * options.size_pt * 25.4 / 72 + 4
        top = max(top, running) if options.header else top
        bottom = max(bottom, running)
        if options.duplex and number % 2 == 0:
            right += options.gutter_mm
        else:
            left += options.gutter_mm
        return cls(*(mm * 72 / 25.4 for mm in (left, right, top, bottom)))

    def check(self, frame: Frame, paper: Paper) -> None:
        """The frame reaches from margin to margin, and into none."""
        sides = (frame.edges[0] - self.left, paper.width - self.right - frame.edges[-1])
        if max(map(abs, sides)) > 0.05:
            raise Fault(f"the frame misses its margins by {sides}")
        if frame.top > paper.height - self.top + 0.05 or frame.bottom < self.bottom - 0.05:
            raise Fault(f"the frame from {frame.top} to {frame.bottom} stands in a margin")
        for sign in paper.signs:
            _, low, right, up = sign.box
            running = sign.y < self.bottom or sign.y > paper.height - self.top
            if running and right > sign.box[0] and low < frame.top and up > frame.bottom:
                over = min(frame.top - low, up - frame.bottom)
                if over > TOLERANCE and not sign.piled:
                    raise Fault(
                        f"{sign.sign!r} of a running line stands {over:.1f} pt in the frame"
                    )


def frame_of(paper: Paper) -> Frame | None:
    """The form's rules; `Fault` where one is missing or does not end where it must."""
    strokes = [s for pen, path in paper.paths if abs(pen - FRAME) < 0.01 for s in path]
    if not strokes:
        return None
    upright = {(s.x, max(s.y, s.y2), min(s.y, s.y2)) for s in strokes if s.x == s.x2}
    edges = sorted(x for x, _, _ in upright)
    if len(edges) != 5:
        raise Fault(f"{len(edges)} upright rules instead of 5")
    spans = {(top, bottom) for _, top, bottom in upright}
    if len(spans) != 1:
        raise Fault(f"upright rules of different lengths: {sorted(spans)}")
    top, bottom = spans.pop()
    ends = (edges[0], edges[-1])
    across = sorted(s.y for s in strokes if s.y == s.y2 and (s.x, s.x2) == ends)
    if len(across) != 3 or (across[0], across[2]) != (bottom, top):
        raise Fault(f"rules across at {across} in a frame from {bottom} to {top}")
    rungs = [s for s in strokes if s.y == s.y2 and (s.x, s.x2) != ends]
    if any((s.x, s.x2) != (edges[0], edges[2]) for s in rungs):
        raise Fault("a rule across that ends nowhere")
    return Frame(edges, top, across[1], bottom, len(rungs))


def row_parts(paper: Paper) -> list[RowPart]:
    """The rows of inner tables on a page, from above; `Fault` where their rules do not close."""
    found = []
    for pen, path in paper.paths:
        if abs(pen - INNER) > 0.01:
            continue
        upright = [(s.x, max(s.y, s.y2), min(s.y, s.y2)) for s in path if s.x == s.x2]
        across = [s for s in path if s.y == s.y2]
        spans = {(top, bottom) for _, top, bottom in upright}
        if len(spans) != 1:
            raise Fault(f"rules of a table row of different lengths: {sorted(spans)}")
        top, bottom = spans.pop()
        edges = sorted(x for x, _, _ in upright)
        reach = {(s.y, s.x, s.x2) for s in across}
        whole = all(
            any(
                y == level and x <= edges[0] + 0.02 and x2 >= edges[-1] - 0.02 for y, x, x2 in reach
            )
            for level in (top, bottom)
        )
        if not whole:
            raise Fault(f"a table row from {top} to {bottom} is not closed")
        found.append(RowPart(edges, top, bottom, [""] * (len(edges) - 1)))
    return sorted(found, key=lambda row: -row.top)


def _within(sign: Sign, edges: tuple[float, float, float, float], where: str) -> None:
    left, low, right, up = sign.box
    if MARK.match(sign.sign):
        left = right = sign.x  # its letter is looked at; without a letter it hangs to the left
        if sign.piled:
            low = up = sign.y
    over = max(edges[0] - left, edges[1] - low, right - edges[2], up - edges[3])
    if sign.box[2] > sign.box[0] and over > TOLERANCE:
        raise Fault(f"{sign.sign!r} stands {over:.1f} pt over the edge of {where}")


def zones_of(paper: Paper, edge: Edge) -> Zones:
    """Every letter in its place; `Fault` for one over an edge or a rule that is missing."""
    frame = frame_of(paper)
    upper = paper.height - edge.top
    zones = Zones(frame, "".join(sign.sign for sign in paper.signs if sign.y > upper))
    zones.mixed = from_right("".join(sign.sign for sign in paper.signs))
    below = [sign for sign in paper.signs if sign.y <= upper]
    for sign in (*paper.signs, *paper.watermark):
        _within(sign, (0, 0, paper.width, paper.height), "the paper")
    if frame is None:
        zones.above = "".join(sign.sign for sign in below if sign.y >= edge.bottom)
        zones.below = "".join(sign.sign for sign in below if sign.y < edge.bottom)
        return zones
    edge.check(frame, paper)
    zones.columns, zones.heads = [""] * 4, [""] * 4
    zones.rows = row_parts(paper)
    zones.stretches = [""] * (len(zones.rows) + 1)
    for sign in below:
        _place(sign, frame, zones)
    for place, stretch in enumerate(zones.stretches):
        zones.missing_pictures += stretch.count(NO_PICTURE)
        zones.stretches[place] = stretch.replace(NO_PICTURE, "")
    for left, low, right, up in paper.pictures:
        x, x2 = frame.edges[2], frame.edges[3]
        if left < x or right > x2 or low < frame.bottom - TOLERANCE or up > frame.below_head:
            raise Fault(f"a picture from {left:.1f} to {right:.1f} outside its column")
    return zones


def _place(sign: Sign, frame: Frame, zones: Zones) -> None:
    if sign.y > frame.top:
        zones.above += sign.sign
        return
    if sign.y < frame.bottom:
        zones.below += sign.sign
        return
    column = min(max(bisect_right(frame.edges, sign.x) - 1, 0), 3)
    if sign.y > frame.below_head:
        _within(sign, frame.room(column, head=True), f"head {column + 1}")
        zones.heads[column] += sign.sign
        return
    _within(sign, frame.room(column, head=False), f"column {column + 1}")
    zones.columns[column] += sign.sign
    if not MARK.match(sign.sign) and sign.box[2] > sign.box[0]:
        letters = zones.widths.setdefault((column + 1, round(sign.y, 1)), [])
        letters.append((sign.box[0], sign.box[2]))
    if column == 2:
        _place_in_text(sign, zones)
    elif column:
        zones.lines[column].add(round(sign.y, 1))


def _place_in_text(sign: Sign, zones: Zones) -> None:
    above = 0
    for row in zones.rows:
        if row.bottom > sign.y:
            above += 1
        elif row.top > sign.y:
            cell = min(max(bisect_right(row.edges, sign.x) - 1, 0), len(row.cells) - 1)
            x, x2 = row.edges[cell], row.edges[cell + 1]
            if not row.crowded:
                _within(sign, (x, row.bottom, x2, row.top), f"table cell {cell + 1}")
            row.cells[cell] += sign.sign
            return
    zones.stretches[above] += sign.sign
    zones.lines[2].add(round(sign.y, 1))


# --- what must stand there ------------------------------------------------------------------------


class ExpectedRow(NamedTuple):
    cells: list[str]
    heads: list[list[str]]
    """Rows that may stand above it once more where a page begins with it."""


class Expected:
    """The form's words for a round, set down once more from what the form is."""

    def __init__(self, drawn: RandomRound) -> None:
        self._assessed: AssessmentRound = drawn.assessed
        self.options = drawn.options

    def digits(self, text: object) -> str:
        return thai_digits(text) if self.options.thai_digits else arabic_digits(str(text))

    def heading(self, indicator: Indicator) -> str:
        return ink(f"ตัวบ่งชี้ที่{self.digits(indicator.number)}:{indicator.name}")

    def titles(self, standard: Standard, indicator: Indicator, *, first: bool) -> str:
        framework = self._assessed.framework
        opening = framework.title + self._assessed.office if first else ""
        return ink(
            f"{opening}มาตรฐานที่{self.digits(standard.number)}{standard.name}"
        ) + self.heading(indicator)

    def ladder(self, indicator: Indicator) -> str:
        rows = [indicator.rubric.row(level) for level in LEVELS]
        return ink("".join(line for row in rows if row for line in row.lines))

    def text(self, indicator: Indicator) -> list[str | ExpectedRow]:
        """Column three as stretches of text and rows of tables."""
        parts: list[str | ExpectedRow] = [ink(indicator.lead_in)]
        for issue in indicator.issues:
            written = self._assessed.issue(issue.id)
            parts.append(ink(f"{self.digits(issue.number)}.{issue.name}วิธีการดำเนินงาน"))
            parts += _typed(written.method)
            parts.append("ผลการดำเนินงาน")
            parts += _typed(written.results)
        parts.append("ความเห็นและข้อเสนอแนะ")
        parts += _typed(self._assessed.indicator(indicator.id).suggestions)
        return parts

    def evidence(self, indicator: Indicator) -> str:
        year = self.digits(self._assessed.fiscal_year)
        lines = [f"หมายเหตุ:โปรดระบุเอกสาร/หลักฐานอ้างอิง(ปีงบประมาณ{year})ทุกประเด็นการพิจารณา"]
        for issue in indicator.issues:
            items = self._assessed.evidence_of(issue.id)
            if items:
                lines.append(f"ประเด็นที่{self.digits(issue.number)}ประกอบด้วย")
            lines += [self._item(item, place) for place, item in enumerate(items, 1)]
        return ink("".join(lines))

    def _item(self, item: Evidence, place: int) -> str:
        """A title that begins with a number has it from its author; others are counted."""
        day = f"ลงวันที่{self.digits(thai_date(item.date))}" if item.date else ""
        label = "" if item.title[:1] in "๑๙(" or split_label(item.title)[0] else f"{place}."
        if self.options.evidence_codes:
            label = item.code
        return f"{self.digits(label)}{item.title}{item.number}{day}"


def _typed(text: RichText) -> Iterator[str | ExpectedRow]:
    for block in text.blocks:
        if isinstance(block, Paragraph):
            yield ink(block.label + block.text)
        elif isinstance(block, Table):
            yield from _rows(block)


def _rows(table: Table) -> Iterator[ExpectedRow]:
    rows = [[_cell(cell) for cell in row] for row in table.rows]
    heads = rows[: max(table.header_rows, 0)]
    for place, row in enumerate(rows):
        yield ExpectedRow(row, heads if place >= len(heads) else [])


def _cell(cell: Cell) -> str:
    return "".join(ink(paragraph.label + paragraph.text) for paragraph in cell)


class Walk:
    """Column three against what was typed, from page to page."""

    def __init__(self, expected: Sequence[str | ExpectedRow]) -> None:
        self._left = [part for part in _joined(expected) if part]
        self.repeated: list[str] = []

    def page(self, zones: Zones) -> None:
        """Take what one page shows; `Fault` where it does not go on with what comes next."""
        heads = self._heads()
        for place, stretch in enumerate(zones.stretches):
            if stretch:
                self._take_text(single(stretch), mixed=zones.mixed)
            if place < len(zones.rows):
                shown = ShownRow.of(zones.rows[place], mixed=zones.mixed)
                heads = self._take_row(shown, heads)

    def end(self) -> None:
        if self._left:
            raise Fault(f"never printed: {str(self._left[0])[:80]!r}")

    def _heads(self) -> list[list[str]]:
        first = self._left[0] if self._left else ""
        return list(first.heads) if isinstance(first, ExpectedRow) else []

    def _take_text(self, stretch: str, *, mixed: bool) -> None:
        part = self._left[0] if self._left else ""
        rest = rest_of(part, stretch, mixed=mixed) if isinstance(part, str) else None
        if rest is None:
            raise Fault(_difference(str(part), stretch))
        self._left[:1] = [rest] if rest else []

    def _take_row(self, row: "ShownRow", heads: list[list[str]]) -> list[list[str]]:
        """Gives the heads that may still be repeated on this page."""
        if not any(row.cells):
            return heads
        part = self._left[0] if self._left else ""
        while heads and not any(heads[0]):
            heads = heads[1:]
        is_head = bool(heads) and row.rest(heads[0]) == [""] * len(heads[0])
        if isinstance(part, ExpectedRow) and not (row.crowded and is_head):
            left = row.rest(part.cells)
            if left is not None:
                self._left[:1] = [part._replace(cells=left)] if any(left) else []
                return []
        if is_head:
            self.repeated += row.cells
            return heads[1:]
        typed = part.cells if isinstance(part, ExpectedRow) else [part]
        pairs = itertools.zip_longest(typed, row.cells, fillvalue="")
        raise Fault("table row: " + "; ".join(_difference(*pair) for pair in pairs))


class ShownRow(NamedTuple):
    """What a page shows of a row in an inner table."""

    cells: list[str]
    crowded: bool
    mixed: bool

    @classmethod
    def of(cls, row: RowPart, *, mixed: bool) -> "ShownRow":
        return cls([single(cell) for cell in row.cells], row.crowded, mixed)

    def rest(self, typed: list[str]) -> list[str] | None:
        """What is left of each cell; where letters run into the next cell, of all together."""
        if len(typed) != len(self.cells):
            return None
        if self.crowded:
            left = Counter(MARK.sub("", unfolded("".join(typed))))
            left.subtract(MARK.sub("", unfolded("".join(self.cells))))
            fewer = ["".join(left.elements()), *[""] * (len(typed) - 1)]
            return None if min(left.values(), default=0) < 0 else fewer
        pairs = zip(typed, self.cells, strict=True)
        rests = [rest_of(*pair, mixed=self.mixed) for pair in pairs]
        return None if None in rests else [rest or "" for rest in rests]


def _joined(parts: Sequence[str | ExpectedRow]) -> Iterator[str | ExpectedRow]:
    """Neighbouring texts as one; rows without any text leave no trace to follow."""
    text = ""
    for part in parts:
        if isinstance(part, str):
            text += part
        elif any(part.cells):
            yield single(text)
            text = ""
            heads = [[single(cell) for cell in row] for row in part.heads]
            yield ExpectedRow([single(cell) for cell in part.cells], heads)
    yield single(text)


def _difference(expected: str, printed: str) -> str:
    place = next(
        (n for n, pair in enumerate(zip(expected, printed, strict=False)) if pair[0] != pair[1]),
        min(len(expected), len(printed)),
    )
    start = max(place - 20, 0)
    return (
        f"after {place} letters: typed {expected[start : place + 30]!r}, "
        f"printed {printed[start : place + 30]!r}"
    )


# --- one round ------------------------------------------------------------------------------------


@dataclass
class Tally:
    """What the rounds of a run came to."""

    rounds: int = 0
    pages: int = 0
    signs: int = 0
    pictures: int = 0
    lengths: list[int] = field(default_factory=list)

    def __str__(self) -> str:
        steps = (1, 100, 1_000, 10_000, LONGEST)
        reached = ", ".join(
            f"{sum(n >= step for n in self.lengths)} of {step:,} characters" for step in steps
        )
        return (
            f"{self.rounds} rounds, {self.pages} pages, {self.signs:,} letters, {self.pictures} "
            f"pictures, {len(self.lengths)} cells: {reached} and more, the longest of "
            f"{max(self.lengths, default=0):,}"
        )


def check_round(drawn: RandomRound, tally: Tally) -> None:
    """Print a round twice and read it back; `Fault` with the seed for whatever is wrong."""
    try:
        read = printed_twice(drawn)
    except Exception as error:
        raise Fault(f"seed {drawn.seed}: {error!r}") from error
    tally.rounds += 1
    tally.pages += len(read)
    tally.signs += sum(len(paper.signs) for paper in read)
    tally.pictures += sum(len(paper.pictures) for paper in read)
    tally.lengths += drawn.lengths


def printed_twice(drawn: RandomRound) -> list[Paper]:
    """The pages of a round, proved."""
    pdf, result = render_sheets(drawn.assessed, drawn.options, image=drawn.pictures.get)
    again, later = render_sheets(drawn.assessed, drawn.options, image=drawn.pictures.get)
    if later.pages != result.pages or again != pdf:
        raise Fault(f"{result.pages} pages, then {later.pages}; the same bytes: {again == pdf}")
    read = list(papers(pdf))
    if len(read) != result.pages:
        raise Fault(f"{len(read)} pages, but the result says {result.pages}")
    check_paper(drawn, read, result.page_of_indicator, pdf)
    return read


def check_paper(
    drawn: RandomRound, read: Sequence[Paper], first_pages: Mapping[str, int], pdf: bytes
) -> None:
    zones = []
    for number, paper in enumerate(read, 1):
        try:
            zones.append(zones_of(paper, Edge.of(drawn.options, number)))
        except Fault as fault:
            raise Fault(f"page {number}: {fault}") from fault
    expected = Expected(drawn)
    starts = [*first_pages.values(), len(read) + 1]
    chosen = list(drawn.assessed.framework.indicators())
    words = Counter[str]()
    for (start, end), (_, standard, indicator) in zip(
        itertools.pairwise(starts), chosen, strict=True
    ):
        sheet = Sheet(expected, standard, indicator, start, len(read))
        words += sheet.check(zones[start - 1 : end - 1])
    check_pictures(drawn, read, zones)
    check_lines(drawn.options, zones)
    for page, paper in zip(zones, read, strict=True):
        words.update(NO_PICTURE * page.missing_pictures)
        mark = "".join(sign.sign for sign in paper.watermark)
        if sorted(mark) != sorted(ink(drawn.options.watermark)):
            raise Fault(f"watermark {mark!r}")
        words.update(mark)
    if HAS_POPPLER:
        check_poppler(read, zones, words, pdf)


class Sheet:
    """The pages of one indicator against what was typed for it."""

    def __init__(
        self, expected: Expected, standard: Standard, indicator: Indicator, start: int, total: int
    ) -> None:
        self._expected = expected
        self._standard = standard
        self._indicator = indicator
        self._start = start
        self._total = total

    def check(self, zones: Sequence[Zones]) -> Counter[str]:
        """All letters that must be on these pages."""
        say, indicator = self._expected, self._indicator
        titles = say.titles(self._standard, indicator, first=self._start == 1)
        whole = {
            "titles": (titles, "".join(page.above for page in zones)),
            "levels": (
                say.digits("๕๔๓๒๑"),
                "".join(page.columns[0] for page in zones if page.columns),
            ),
            "ladder": (
                say.ladder(indicator),
                "".join(page.columns[1] for page in zones if page.columns),
            ),
            "evidence": (
                say.evidence(indicator),
                "".join(page.columns[3] for page in zones if page.columns),
            ),
        }
        mixed = any(page.mixed for page in zones)
        for name, (typed, printed) in whole.items():
            if rest_of(single(typed), single(printed), mixed=mixed) != "":
                raise Fault(f"{name} {_difference(single(typed), single(printed))}")
        text = say.text(indicator)
        walk = Walk(text)
        found = Counter[str]()
        for number, page in enumerate(zones, self._start):
            try:
                walk.page(page)
                found.update(self._furniture(page, number))
            except Fault as fault:
                raise Fault(f"page {number}: {fault}") from fault
        walk.end()
        for typed, _ in whole.values():
            found.update(typed)
        for part in text:
            found.update(part if isinstance(part, str) else "".join(part.cells))
        found.update("".join(walk.repeated))
        return found

    def _furniture(self, page: Zones, number: int) -> str:
        """What stands on every page: header, heads and foot."""
        say = self._expected
        heads = "".join(page.heads)
        if page.heads and tuple(page.heads) != HEADS:
            raise Fault(f"heads {page.heads}")
        if page.frame is not None:
            levels = len(page.columns[0])  # the first may go on from the page before
            if page.frame.rungs not in {max(levels - 1, 0), levels}:
                raise Fault(f"{page.frame.rungs} rules between {levels} levels")
        if not _is_line(single(ink(say.options.header)), single(page.header), mixed=page.mixed):
            raise Fault(f"header {page.header!r}")
        self._check_foot(page, number)
        return page.header + heads + page.below

    def _check_foot(self, page: Zones, number: int) -> None:
        say = self._expected
        x, y = say.digits(number), say.digits(self._total)
        end = {"x_of_y": f"หน้า{x}จาก{y}", "plain": x, "none": ""}[say.options.page_numbers]
        words = say.heading(self._indicator) + "(ต่อ)" * (number > self._start)
        words = single(ink(say.options.footer) or words)
        left = single(page.below[: len(page.below) - len(end)])
        if not page.below.endswith(end) or not _is_line(words, left, mixed=page.mixed):
            raise Fault(f"foot {page.below!r} instead of {words!r} and {end!r}")


def _is_line(words: str, printed: str, *, mixed: bool) -> bool:
    """Whether a line shows the words, or as many of them as it has room for."""
    shortened = printed.endswith("…") and len(printed) > 12
    begun = shortened and rest_of(words, printed[:-1], mixed=mixed) is not None
    return begun or rest_of(words, printed, mixed=mixed) == ""


def check_lines(options: PrintOptions, zones: Sequence[Zones]) -> None:
    """No line of a column is nearer to the next than lines are set, and none lies upon another."""
    least = LEADING[options.font] * options.size_pt - 0.15
    for number, page in enumerate(zones, 1):
        for column, lines in enumerate(page.lines, 1):
            for low, high in itertools.pairwise(sorted(lines)):
                if high - low < least:
                    raise Fault(
                        f"page {number}: two lines of column {column} only {high - low:.1f} pt apart"
                    )
        for (column, y), letters in page.widths.items():
            crowded = any(row.bottom < y < row.top for row in page.rows if row.crowded)
            if column != 1 and not crowded and _lies_double(letters):
                raise Fault(f"page {number}: two lines of column {column} in one place")


def _lies_double(letters: list[tuple[float, float]]) -> bool:
    """Whether a third of a line's letters stand upon others; a few may, as in ligatures."""
    pairs = itertools.pairwise(sorted(set(letters)))  # PDFium may take a sign apart
    upon = sum(min(x2, z2) - z > 0.5 * min(x2 - x, z2 - z) for (x, x2), (z, z2) in pairs)
    return upon > max(3, len(letters) / 3)


def check_pictures(drawn: RandomRound, read: Sequence[Paper], zones: Sequence[Zones]) -> None:
    """Each picture once, or the words that it is none."""
    shown = sum(len(paper.pictures) for paper in read)
    said = sum(page.missing_pictures for page in zones)
    sound = [is_sound(picture) for picture in drawn.pictures.values()]
    if shown + said != len(sound) or not sound.count(True) <= shown <= len(sound) - sound.count(
        False
    ):
        raise Fault(f"{shown} pictures and {said} times {NO_PICTURE} for {sound}")


def is_sound(picture: bytes) -> bool | None:
    """Whether a picture can be shown; ``None`` where it depends on how closely one looks."""
    looks = []
    for look in ("verify", "load"):
        try:
            with Pictures.open(BytesIO(picture)) as opened:
                getattr(opened, look)()
            looks.append(True)
        except (OSError, SyntaxError, ValueError):
            looks.append(False)
    return looks[0] if looks[0] == looks[1] else None


def _check_same_page(page: str, other: str, zones: Zones, number: int) -> None:
    """The same letters in both readers, and in the same order within a column."""
    if zones.mixed:
        page, other = unfolded(page), unfolded(other)
    more, fewer = Counter(page) - Counter(other), Counter(other) - Counter(page)
    if more or fewer:
        raise Fault(f"page {number}, two readers: {more} more, {fewer} fewer")
    stretches = (zones.header, zones.above, *zones.heads, *zones.columns[2:], zones.below)
    for text in () if zones.mixed else stretches:
        if single(text) not in page:
            raise Fault(f"page {number}: pdftotext has another order than {text[:200]!r}")


def check_poppler(
    read: Sequence[Paper], zones: Sequence[Zones], words: Counter[str], pdf: bytes
) -> None:
    """The second reader finds the same letters on each page, and over all what was typed."""
    done = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True
    )
    pages = [ink(page) for page in done.stdout.decode("utf-8").split("\f")[:-1]]
    for number, (page, paper, zone) in enumerate(zip(pages, read, zones, strict=True), 1):
        signs = "".join(sign.sign for sign in (*paper.watermark, *paper.signs))
        _check_same_page(single(page), single(signs), zone, number)
    found = Counter("".join(pages))
    if any(zone.mixed for zone in zones):
        found, words = (Counter(unfolded("".join(c.elements()))) for c in (found, words))
    wrong = {
        sign: (words[sign], found[sign]) for sign in words | found if words[sign] != found[sign]
    }
    if all(MARK.match(sign) and typed < seen for sign, (typed, seen) in wrong.items()):
        return  # marks of running lines, which are compared as PDFium counts them
    if wrong:
        raise Fault(f"letters typed and printed: {wrong}")


# --- the tests ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tally() -> Tally:
    return Tally()


@pytest.mark.parametrize("first", range(0, ROUNDS, A_PIECE))
def test_random_rounds_are_on_paper_as_they_were_typed(first: int, tally: Tally) -> None:
    for seed in range(first, first + A_PIECE):
        check_round(random_round(seed), tally)


def test_the_lengths_reached(
    tally: Tally, capsys: pytest.CaptureFixture[str], record_property: Callable[[str, str], None]
) -> None:
    if tally.rounds < ROUNDS:
        pytest.skip("the rounds did not run, or not to their end")
    record_property("rounds", str(tally))
    with capsys.disabled():
        print(f"\nfuzz: {tally}")
    assert max(tally.lengths) >= LONGEST
    assert min(tally.lengths) == 0


@pytest.mark.torture
@pytest.mark.parametrize("first", range(0, MOST_ROUNDS, A_GREAT_PIECE))
def test_two_thousand_rounds(
    first: int, capsys: pytest.CaptureFixture[str], record_property: Callable[[str, str], None]
) -> None:
    tally = Tally()
    for seed in range(first, first + A_GREAT_PIECE):
        check_round(random_round(seed), tally)
    record_property("rounds", str(tally))
    with capsys.disabled():
        print(f"\nfuzz from seed {first}: {tally}")


def test_a_seed_is_a_round() -> None:
    assert random_round(41) == random_round(41)
    assert random_round(41) != random_round(42)


DrawLine = Callable[[Pen, float, float], None]


class TestTheCheckerHasTeeth:
    """The same check with a fault planted in what prints."""

    PLANTED = "ฦ7ฦ"

    def sound_round(self) -> RandomRound:
        """Text over several pages, a table that is split, a picture, evidence."""
        words = "สำนักงานเขตพื้นที่การศึกษาได้ดำเนินการพัฒนาบุคลากรอย่างต่อเนื่องและทั่วถึง "
        lines = tuple(paragraph(f"ฦ{n}ฦ {words * 3}", f"{n}.") for n in range(40))
        rows = tuple(((paragraph(f"ข้อ {n}"),), (paragraph(words),)) for n in range(40))
        text = RichText((*lines, Image("ab", 90.0), Table(rows, (1.0, 2.0))))
        stream = BytesIO()
        Pictures.new("L", (30, 20)).save(stream, "PNG")
        items = [Evidence(f"e{n}", f"1.1.1-{n:02}", f"บันทึกที่ {n}") for n in range(1, 30)]
        assessed = one_issue_round(text, "ผลที่เกิดขึ้น", items, level=4)
        return RandomRound(0, assessed, PrintOptions(), {"ab": stream.getvalue()}, (0,))

    def finds(self, words: str) -> None:
        with pytest.raises(Fault, match=words):
            check_round(self.sound_round(), Tally())

    def plant(
        self, monkeypatch: pytest.MonkeyPatch, draw: Callable[[DrawLine, Pen, float, float], None]
    ) -> None:
        """Draw the line with the mark in another way."""
        sound = TextSlug.draw

        def drawn(slug: TextSlug, pen: Pen, x: float, y: float) -> None:
            pieces = slug.line.text.pieces[slug.line.start : slug.line.end]
            text = "".join(typed for piece in pieces for typed, _ in piece.typed)
            if self.PLANTED in text:
                draw(partial(sound, slug), pen, x, y)
            else:
                sound(slug, pen, x, y)

        monkeypatch.setattr(TextSlug, "draw", drawn)

    def rub_out(self, monkeypatch: pytest.MonkeyPatch, pen_width: float, place: int) -> None:
        """Leave out one stroke of every path drawn with this pen."""
        sound = Pen.decoration

        def decoration(pen: Pen, operators: str) -> None:
            if operators.startswith(f"q {pen_width:g} w 2 J"):
                strokes = re.findall(r"[-\d.]+ [-\d.]+ m [-\d.]+ [-\d.]+ l", operators)
                for stroke in strokes[place:][:1]:
                    operators = operators.replace(stroke, "", 1)
            sound(pen, operators)

        monkeypatch.setattr(Pen, "decoration", decoration)

    def test_a_sound_round_passes(self) -> None:
        tally = Tally()
        check_round(self.sound_round(), tally)
        assert tally.pages > 6
        assert tally.pictures == 1

    def test_a_lost_line(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.plant(monkeypatch, lambda draw, pen, x, y: None)
        self.finds("typed '.*7ฦ")

    def test_a_line_printed_twice_in_another_place(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def twice(draw: DrawLine, pen: Pen, x: float, y: float) -> None:
            draw(pen, x, y)
            draw(pen, x, y - 21.0)

        self.plant(monkeypatch, twice)
        self.finds("printed '.*7ฦ")

    @pytest.mark.skipif(
        not HAS_POPPLER, reason="PDFium passes over what is printed twice in a place"
    )
    def test_a_line_printed_twice_in_its_place(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def twice(draw: DrawLine, pen: Pen, x: float, y: float) -> None:
            draw(pen, x, y)
            draw(pen, x, y)

        self.plant(monkeypatch, twice)
        self.finds("two readers")

    @pytest.mark.parametrize(
        ("right", "up", "words"),
        [
            (-5.0, 0.0, "over the edge of column 3"),
            (40.0, 0.0, "over the edge of column 3"),
            (-40.0, 0.0, "ladder|over the edge"),
            (0.0, 5.0, "two lines of column 3"),
            (0.0, -5.0, "two lines of column 3"),
            (0.0, -21.0, "two lines of column 3 in one place"),
        ],
    )
    def test_a_line_out_of_its_place(
        self, monkeypatch: pytest.MonkeyPatch, right: float, up: float, words: str
    ) -> None:
        self.plant(monkeypatch, lambda draw, pen, x, y: draw(pen, x + right, y + up))
        self.finds(words)

    @pytest.mark.parametrize(
        ("place", "words"),
        [
            (0, "rules across"),
            (1, "rules across"),
            (2, "rules across"),
            (3, "upright rules"),
            (5, "upright rules"),
            (7, "upright rules"),
            (8, "rules between 5 levels"),
        ],
    )
    def test_a_rule_that_is_missing(
        self, monkeypatch: pytest.MonkeyPatch, place: int, words: str
    ) -> None:
        self.rub_out(monkeypatch, FRAME, place)
        self.finds(words)

    @pytest.mark.parametrize("place", [0, 1, 2, -1])
    def test_a_rule_of_an_inner_table_that_is_missing(
        self, monkeypatch: pytest.MonkeyPatch, place: int
    ) -> None:
        self.rub_out(monkeypatch, INNER, place)
        self.finds("table row|table cell")

    def test_a_picture_that_is_lost_or_out_of_its_column(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sound = ImageSlug.draw
        monkeypatch.setattr(ImageSlug, "draw", lambda slug, pen, x, y: None)
        self.finds("0 pictures")
        monkeypatch.setattr(ImageSlug, "draw", lambda slug, pen, x, y: sound(slug, pen, x - 9, y))
        self.finds("outside its column")

    def test_a_letter_that_is_copied_as_another(self, monkeypatch: pytest.MonkeyPatch) -> None:
        sound = glyph_font._unicode_map

        def wrong(texts: list[str]) -> bytes:
            return sound(["ฎ" if text == "ฏ" else text for text in texts])

        monkeypatch.setattr(glyph_font, "_unicode_map", wrong)
        drawn = self.sound_round()
        assessed = one_issue_round("ปฏิบัติ")
        with pytest.raises(Fault, match=r"typed '.*ฏ.* printed '.*ฎ"):
            check_round(replace(drawn, assessed=assessed, pictures={}), Tally())

    def test_a_wrong_page_number(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(RunningLines, "_number_words", lambda lines, number: "หน้า ๒ จาก ๙")
        self.finds("foot")

    def test_two_prints_that_differ(self, monkeypatch: pytest.MonkeyPatch) -> None:
        count = itertools.count()
        self.plant(monkeypatch, lambda draw, pen, x, y: draw(pen, x + next(count) / 10, y))
        self.finds("the same bytes: False")

    def test_a_page_too_many_in_the_second_print(self, monkeypatch: pytest.MonkeyPatch) -> None:
        sound, count = render_sheets, itertools.count()

        def unsteady(*arguments: Any, **named: Any) -> Any:
            pdf, result = sound(*arguments, **named)
            return pdf, replace(result, pages=result.pages + next(count))

        monkeypatch.setitem(globals(), "render_sheets", unsteady)
        self.finds("pages, then")
