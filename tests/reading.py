"""PDFs read back by two readers that share no code with the program: poppler and PDFium."""

import re
import subprocess
from itertools import pairwise
from pathlib import Path

THAI_RUN = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]{4,}")


def poppler_pages(pdf: Path) -> list[str]:
    """Text of each page as ``pdftotext -raw`` reads it."""
    done = subprocess.run(["pdftotext", "-raw", str(pdf), "-"], capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


def pdfium_pages(pdf: Path) -> list[str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = []
        for page in document:
            reader = page.get_textpage()
            texts.append(reader.get_text_range())
            reader.close()
            page.close()
        return texts
    finally:
        document.close()


def squeezed(text: str) -> str:
    """Without any white space: what a line or page break leaves of a text."""
    return "".join(text.split()).replace("\ufffe", "").replace("\u0002", "")


def thai_runs(text: str) -> list[str]:
    return THAI_RUN.findall(text)


def missing_runs(runs: list[str], pages: list[str]) -> list[str]:
    """The runs that cannot be found; one cut by a page break is found when both pieces are there.

    The pieces must be the end of what one page says and near the start of another: a head row
    and titles stand between them.
    """
    texts = [squeezed(page) for page in pages]
    whole = "\n".join(texts)
    return [run for run in runs if run not in whole and not _cut_by_a_page(run, texts)]


def _cut_by_a_page(run: str, texts: list[str]) -> bool:
    for place in range(2, len(run) - 1):
        head, tail = run[:place], run[place:]
        for one, other in pairwise(texts):
            if head in one and tail in other:
                return True
    return False
