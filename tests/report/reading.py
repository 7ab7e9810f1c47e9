"""Reading printed pages back: the text a person would copy, and what the pages are drawn with."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2

from esa_desktop.domain.assessment import AssessmentRound

THAI_RUN = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]{4,}")
HAS_POPPLER = shutil.which("pdftotext") is not None


def close(text: str) -> str:
    """Without anything that is only white."""
    return re.sub(r"\s+", "", text)


def pdfium_pages(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    pages = []
    for page in document:
        text = page.get_textpage()
        pages.append(text.get_text_range())
        text.close()
        page.close()
    document.close()
    return pages


def letter_boxes(path: Path) -> Iterator[list[tuple[float, float, float, float]]]:
    """Per page the ink of every letter: left, lower, right, upper edge in points."""
    document = pypdfium2.PdfDocument(path)
    for page in document:
        text = page.get_textpage()
        signs = text.get_text_range()
        boxes = [
            text.get_charbox(place)
            for place in range(text.count_chars())
            if place < len(signs) and not signs[place].isspace()
        ]
        yield [box for box in boxes if box[2] > box[0]]
        text.close()
        page.close()
    document.close()


def poppler_pages(path: Path) -> list[str]:
    done = subprocess.run(
        ["pdftotext", "-raw", path, "-"], capture_output=True, check=True, encoding="utf-8"
    )
    return done.stdout.split("\f")[:-1]


def typed_text(assessed: AssessmentRound) -> Iterator[str]:
    """Everything people wrote and the framework says, field by field."""
    for _, _, indicator in assessed.framework.indicators():
        yield indicator.name
        yield indicator.lead_in
        for row in indicator.rubric.rows:
            yield from row.lines
        for issue in indicator.issues:
            yield issue.name
            written = assessed.issue(issue.id)
            yield written.method.plain
            yield written.results.plain
            for item in assessed.evidence_of(issue.id):
                yield f"{item.title} {item.number}"
        yield assessed.indicator(indicator.id).suggestions.plain


def missing_runs(assessed: AssessmentRound, printed: str) -> tuple[list[str], int]:
    """Thai stretches that were typed but cannot be copied, not even in two halves; and how many
    were typed.
    """
    printed = close(printed)
    runs = [run for text in typed_text(assessed) for run in THAI_RUN.findall(text)]
    missing = [
        run
        for run in runs
        if run not in printed
        and not any(run[:cut] in printed and run[cut:] in printed for cut in range(1, len(run)))
    ]
    return missing, len(runs)


def drawn_codes(path: Path) -> Iterator[tuple[str, str]]:
    """(font, hexadecimal code) of every glyph on every page."""
    with pikepdf.open(path) as document:
        for page in document.pages:
            font = ""
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "Tf":
                    font = str(operands[0])
                if str(operator) == "TJ":
                    for piece in operands[0]:
                        if isinstance(piece, pikepdf.String):
                            raw = bytes(piece)
                            for at in range(0, len(raw), 2):
                                yield font, raw[at : at + 2].hex()
