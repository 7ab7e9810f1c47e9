"""Reads printed pages back from their operators: every text, rule, box and picture with its place."""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import pairwise
from typing import Any, Final

import pikepdf

from tests.report.golden.pages import ARTIFACT, Box, Page, Rule, Text

Matrix = tuple[float, float, float, float, float, float]


class _Font:
    """A composite font as this program writes them: two bytes a code, each with its text."""

    def __init__(self, font: Any) -> None:
        if str(font.Subtype) != "/Type0":
            raise ValueError(f"{font.BaseFont} is no embedded font with text")
        self.name = re.sub("^[A-Z]{6}[+]", "", str(font.BaseFont)[1:])
        self.texts = dict(_unicode_pairs(font.ToUnicode.read_bytes().decode("ascii")))
        descendant = font.DescendantFonts[0]
        self.widths: dict[int, float] = {}
        entries = list(descendant.W)
        for first, widths in zip(entries[::2], entries[1::2], strict=True):
            for place, width in enumerate(widths):
                self.widths[int(first) + place] = float(width)


def _unicode_pairs(cmap: str) -> Iterator[tuple[int, str]]:
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            yield int(code, 16), bytes.fromhex(text).decode("utf-16-be", "surrogatepass")
    if "beginbfrange" in cmap:
        raise ValueError("ranges in a ToUnicode map are not read here")


def _times(a: Matrix, b: Matrix) -> Matrix:
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


def _at(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


_IDENTITY: Final[Matrix] = (1, 0, 0, 1, 0, 0)
_BLACK: Final = (0.0,)


@dataclass(frozen=True)
class _State:
    matrix: Matrix = _IDENTITY
    fill: tuple[float, ...] = _BLACK
    stroke: tuple[float, ...] = _BLACK
    pen: float = 1.0
    alpha: float = 1.0


_WITHOUT_EFFECT: Final = set("J j M d ri i MP DP BT cs CS".split())


class _Reader:
    """Follows the operators of one page; one it does not know is an error, never passed over."""

    def __init__(self, page: Any) -> None:
        box = [float(value) for value in page.mediabox]
        self.page = Page((box[2] - box[0], box[3] - box[1]))
        self._resources = page.Resources
        self._fonts: dict[str, _Font] = {}
        self._state = _State()
        self._kept: list[_State] = []
        self._marks: list[int | None] = []
        self._text: Matrix = _IDENTITY
        self._font: tuple[str, float] = ("", 0.0)
        self._points: list[list[tuple[float, float]]] = []
        self._rectangles: list[tuple[float, float, float, float]] = []
        for instruction in pikepdf.parse_content_stream(page):
            self._take(str(instruction.operator), list(instruction.operands))
        self.page.rules = _joined(self.page.rules)
        self.page.boxes.sort()

    def _take(self, name: str, operands: list[Any]) -> None:
        if name in _WITHOUT_EFFECT:
            return
        for take in (self._graphics, self._path, self._show, self._mark):
            if take(name, operands):
                return
        raise ValueError(f"the operator {name} of a page is not read here")

    def _graphics(self, name: str, operands: list[Any]) -> bool:
        state = self._state
        if name == "q":
            self._kept.append(state)
        elif name == "Q":
            self._state = self._kept.pop()
        elif name == "cm":
            self._state = replace(state, matrix=_times(_matrix(operands), state.matrix))
        elif name in {"g", "rg", "k", "sc", "scn"}:
            self._state = replace(state, fill=tuple(float(value) for value in operands))
        elif name in {"G", "RG", "K", "SC", "SCN"}:
            self._state = replace(state, stroke=tuple(float(value) for value in operands))
        elif name == "w":
            self._state = replace(state, pen=float(operands[0]))
        elif name == "gs":
            chosen = self._resources.ExtGState[str(operands[0])]
            if "/ca" in chosen:
                self._state = replace(state, alpha=float(chosen.ca))
        elif name == "Do":
            self._picture(str(operands[0]))
        else:
            return False
        return True

    def _picture(self, name: str) -> None:
        if str(self._resources.XObject[name].Subtype) != "/Image":
            raise ValueError("a form on a page is not read here")
        x, y = _at(0, 0, self._state.matrix)
        x2, y2 = _at(1, 1, self._state.matrix)
        self.page.boxes.append(Box(x, y, x2 - x, y2 - y, "picture"))

    def _path(self, name: str, operands: list[Any]) -> bool:
        values = [float(value) for value in operands] if name in {"m", "l", "re", "c"} else []
        if name == "m":
            self._points.append([(values[0], values[1])])
        elif name == "l":
            self._points[-1].append((values[0], values[1]))
        elif name == "c":
            self._points[-1].append((values[4], values[5]))
        elif name == "h":
            self._points[-1].append(self._points[-1][0])
        elif name == "re":
            self._rectangles.append((values[0], values[1], values[2], values[3]))
        elif name in {"S", "s", "f", "f*", "B", "n", "W", "W*"}:
            self._paint(name)
        else:
            return False
        return True

    def _paint(self, name: str) -> None:
        state = self._state
        filled = name in {"f", "f*", "B"}
        if name in {"W", "W*"}:
            return
        if name != "n":
            ink = _ink(state.fill if filled else state.stroke, state.alpha)
            look = f"fill{ink}" if filled else f"{state.pen:g}{ink}"
            for x, y, width, height in self._rectangles:
                left, low = _at(x, y, state.matrix)
                right, high = _at(x + width, y + height, state.matrix)
                self.page.boxes.append(Box(left, low, right - left, high - low, look))
            for points in self._points:
                placed = [_at(x, y, state.matrix) for x, y in points]
                for (x, y), (x2, y2) in pairwise(placed):
                    ends = sorted([(x, y), (x2, y2)])
                    self.page.rules.append(Rule(*ends[0], *ends[1], look))
        self._points.clear()
        self._rectangles.clear()

    def _show(self, name: str, operands: list[Any]) -> bool:
        if name == "Tf":
            self._font = str(operands[0]), float(operands[1])
        elif name == "Tm":
            self._text = _matrix(operands)
        elif name == "Td":
            shift: Matrix = (1, 0, 0, 1, float(operands[0]), float(operands[1]))
            self._text = _times(shift, self._text)
        elif name in {"TJ", "Tj"}:
            self._string(operands[0] if name == "TJ" else operands)
        elif name != "ET":
            return False
        return True

    def _string(self, pieces: Iterable[Any]) -> None:
        resource, size = self._font
        if resource not in self._fonts:
            self._fonts[resource] = _Font(self._resources.Font[resource])
        font = self._fonts[resource]
        letters: list[tuple[float, str]] = []
        at = 0.0
        kerns = 0
        for piece in pieces:
            if not isinstance(piece, pikepdf.String):
                at -= float(piece) * size / 1000
                kerns += 1
                continue
            raw = bytes(piece)
            for place in range(0, len(raw), 2):
                code = int.from_bytes(raw[place : place + 2], "big")
                letters.append((at, font.texts[code]))
                at += font.widths[code] * size / 1000
        matrix = _times(self._text, self._state.matrix)
        angle = math.degrees(math.atan2(matrix[1], matrix[0]))
        scale = math.hypot(matrix[0], matrix[1])
        look = f"{font.name} {round(size * scale, 2):g}"
        look += f" at {angle:.1f}°" if abs(angle) > 0.05 else ""
        look += _ink(self._state.fill, self._state.alpha)
        x, y = _at(0, 0, matrix)
        stops = _stops(letters, spread=2 * kerns > len(letters) > 4)
        mark = next((mark for mark in reversed(self._marks) if mark is not None), None)
        self.page.texts.append(
            Text(
                x,
                y,
                x + at * scale,
                look,
                "".join(text for _, text in letters),
                tuple(x + stop * scale for stop in stops),
                mark,
            )
        )
        self._text = _times((1, 0, 0, 1, at, 0), self._text)

    def _mark(self, name: str, operands: list[Any]) -> bool:
        if name in {"BDC", "BMC"}:
            mark: int | None = None
            if str(operands[0]) == "/Artifact":
                mark = ARTIFACT
            elif name == "BDC" and "/MCID" in operands[1]:
                mark = int(operands[1].MCID)
            self._marks.append(mark)
        elif name == "EMC":
            self._marks.pop()
        else:
            return False
        return True


def _matrix(operands: Sequence[Any]) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in operands)
    return a, b, c, d, e, f


def _ink(colour: tuple[float, ...], alpha: float) -> str:
    """Nothing for black, and the colour's own numbers else."""
    named = (
        "" if colour in {(0.0,), (0.0, 0.0, 0.0)} else " in " + "/".join(f"{v:g}" for v in colour)
    )
    return named + (f" through {alpha:g}" if alpha < 1 else "")


def _stops(letters: Sequence[tuple[float, str]], *, spread: bool) -> list[float]:
    pairs = pairwise(letters)
    if spread:
        return [at for (before, _), (at, _) in pairs if at > before]
    return [at for (_, before), (at, text) in pairs if before == " " and text != " "]


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    """Upright and level strokes that touch in one direction put together."""
    joined: list[Rule] = []

    def line(rule: Rule) -> tuple[Any, ...]:
        if rule.x == rule.x2:
            return 1, rule.look, round(rule.x, 1), rule.y
        if abs(rule.y - rule.y2) < 0.01:
            return 0, rule.look, round(rule.y, 1), rule.x
        return 2, rule.look, rule.x, rule.y

    for rule in sorted(rules, key=line):
        last = joined[-1] if joined else None
        if last is not None and line(last)[:3] == line(rule)[:3] and line(rule)[0] < 2:
            upright = line(rule)[0] == 1
            if upright and rule.y <= last.y2 + 0.3:
                joined[-1] = last._replace(y2=max(last.y2, rule.y2))
                continue
            if not upright and rule.x <= last.x2 + 0.3:
                joined[-1] = last._replace(x2=max(last.x2, rule.x2))
                continue
        joined.append(rule)
    return joined


def read_pages(pdf: bytes) -> list[Page]:
    """Every page as it is drawn; ``ValueError`` for operators and fonts that are not known here."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return [_Reader(page).page for page in document.pages]
