"""Lines of measured text as PDF operators: aligned, spread within what readers bear, underlined."""

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from esa_desktop.report.text_lines import Align, Line, Part

_CLUSTER_STRETCH: Final = 0.025
"""Most room in em between letters of a justified line: with more, readers see a blank there."""
_BLANK_STRETCH: Final = 0.3


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
    operators = [f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm"]
    for font, group in groupby(parts, key=lambda part: part.font):
        body = "".join(part.body for part in group).replace("><", "")
        operators.append(f"/{font.resource} {size * font.relative_size:g} Tf [{body}]TJ")
    operators.append("ET")
    for (underline, font), group in groupby(parts, key=lambda part: (part.underline, part.font)):
        width = sum(part.width for part in group) * size / 1000
        if underline:
            middle, thickness = font.face.underline
            height = max(thickness * size, 0.4)
            low = y + middle * size - height / 2
            operators.append(f"{x:.2f} {low:.2f} {width:.2f} {height:.2f} re f")
        x += width
    return " ".join(operators)


_CODES: Final = re.compile("[0-9A-F]{4}(?=[0-9A-F]*>)|>[^<]*<")


def _spread(parts: list[Part], free: float, size: float) -> list[Part]:
    """The parts with a little room between all letters and more at blanks, within its limits."""
    blanks = joints = 0
    for part in parts:
        blank = part.font.shape(" ").body[1:-1]
        codes = [code for code in _CODES.findall(part.body) if code[0] != ">"]
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
            if code[0] == ">" or not part.font.moves(int(code, 16)):
                return code
            room = by_blank if code == blank else by_cluster
            more += room
            return f">{-room * k:.1f}<{code}"

        # A kern and our room beside each other stay two numbers: TJ adds them up.
        body = _CODES.sub(stretch, part.body).replace("<>", " ")
        if place == 0:  # nothing before the first letter
            body = re.sub(r"^ ?-?[\d.]+", "", body)
        spread.append(part._replace(body=body, width=part.width + more * 1000 / size))
    return spread
