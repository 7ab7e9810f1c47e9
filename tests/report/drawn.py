"""What is drawn on a page besides letters: dotted lines, boxes, fills; and where the letters stand."""

from decimal import Decimal
from io import BytesIO
from typing import NamedTuple

import pikepdf
import pypdfium2

MM = 72 / 25.4


class Dotted(NamedTuple):
    left: float
    right: float
    y: float


class Letter(NamedTuple):
    sign: str
    left: float
    bottom: float
    right: float
    top: float


Drawing = list[tuple[str, list[float]]]
"""Operators of a page with their numbers; an array counts as its length."""


def pages(content: bytes) -> list[Drawing]:
    with pikepdf.open(BytesIO(content)) as document:
        return [
            [
                (str(operator), [_number(operand) for operand in operands])
                for operands, operator in pikepdf.parse_content_stream(page)
            ]
            for page in document.pages
        ]


def _number(operand: object) -> float:
    if isinstance(operand, pikepdf.Array):
        return float(len(operand))
    return float(operand) if isinstance(operand, int | Decimal) else 0.0


def dotted_lines(page: Drawing) -> list[Dotted]:
    """In points of the paper, in the order of drawing."""
    found = []
    dashed, moved = False, 0.0
    start = (0.0, 0.0)
    for name, numbers in page:
        if name == "cm" and numbers[:4] == [1, 0, 0, 1]:
            moved += numbers[4]
        elif name == "d":
            dashed = numbers[0] > 0
        elif name == "Q":
            dashed = False
        elif name == "m":
            start = (numbers[0], numbers[1])
        elif name == "l" and dashed:
            found.append(Dotted(start[0] + moved, numbers[0] + moved, start[1]))
    return found


def boxes(page: Drawing) -> list[tuple[float, float, float]]:
    """Squares to tick: left and lower edge, and size."""
    return [
        (numbers[0], numbers[1], numbers[2])
        for name, numbers in page
        if name == "re" and numbers[2] == numbers[3]
    ]


def strokes(page: Drawing, width: float) -> list[tuple[float, float, float, float]]:
    """Full lines of a width: from where to where."""
    found = []
    pen, start = 0.0, (0.0, 0.0)
    for name, numbers in page:
        if name == "w":
            pen = numbers[0]
        elif name == "m":
            start = (numbers[0], numbers[1])
        elif name == "l" and abs(pen - width) < 0.01:
            found.append((*start, numbers[0], numbers[1]))
    return found


def letters(content: bytes) -> list[list[Letter]]:
    """Per page the ink of every visible letter."""
    document = pypdfium2.PdfDocument(content)
    found = []
    for page in document:
        text = page.get_textpage()
        signs = text.get_text_range()
        on_page = []
        for place in range(text.count_chars()):
            sign = signs[place] if place < len(signs) else ""
            left, bottom, right, top = text.get_charbox(place)
            if sign and not sign.isspace() and right > left:
                on_page.append(Letter(sign, left, bottom, right, top))
        found.append(on_page)
        text.close()
        page.close()
    document.close()
    return found


def texts(content: bytes) -> list[str]:
    """Per page what is copied, without white."""
    document = pypdfium2.PdfDocument(content)
    found = []
    for page in document:
        text = page.get_textpage()
        found.append("".join(text.get_text_range().split()))
        text.close()
        page.close()
    document.close()
    return found
