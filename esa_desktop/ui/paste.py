"""The clipboard: what is pasted becomes a text of the model, what is copied can be pasted anywhere."""

import json
import re
from collections.abc import Iterator
from html import escape
from typing import Final

from PySide6.QtCore import QMimeData

from esa_desktop.domain.richtext import (
    EMPTY,
    Block,
    Image,
    Paragraph,
    RichText,
    Run,
    Table,
    canonical_json,
    from_json,
    from_plain,
    map_text,
    paragraph,
    split_label,
    to_json,
)
from esa_desktop.domain.thai import clean_text

RICH_TEXT: Final = "application/x-esa-richtext+json"
MOST_HTML: Final = 2_000_000
"""Characters; beyond that the plain words are taken, which is quick at any size."""


def text_from(source: QMimeData) -> RichText:
    """Our own form before HTML before plain words; foreign HTML never reaches Qt's reader."""
    if source.hasFormat(RICH_TEXT):
        own = _own(bytes(source.data(RICH_TEXT).data()))
        if own is not None:
            return own
    return text_from_words(source.html() if source.hasHtml() else "", source.text())


def text_from_words(html: str, plain: str) -> RichText:
    """What was copied elsewhere, given as HTML (may be empty) and as plain words."""
    if html and len(html) <= MOST_HTML:
        # lxml takes a while to load and most starts of the program never paste.
        from esa_desktop.ui.pasted_html import text_from_html

        read = text_from_html(html)
        if not read.is_blank:
            return read
    table = None if html else _table_from_cells(plain)
    return from_plain(plain) if table is None else RichText((table,))


def _table_from_cells(plain: str) -> Table | None:
    """Cells of a spreadsheet: lines with the same number of cells parted by tabs, and nothing else.

    ``None`` for whatever may be something else: indented lines, a list whose labels stand before
    a tab, cells with line ends in them (those come in quotes).
    """
    lines = re.split("\r\n?|\n", plain.rstrip("\r\n"))
    width = lines[0].count("\t") + 1
    if len(lines) < 2 or width < 2 or any(line.count("\t") + 1 != width for line in lines):
        return None
    from esa_desktop.ui.pasted_table import MOST_CELLS, MOST_COLUMNS  # loads lxml

    if width > MOST_COLUMNS or width * len(lines) > MOST_CELLS:
        return None
    rows = [[clean_text(cell).strip() for cell in line.split("\t")] for line in lines]
    if any(cell.startswith('"') and cell.count('"') % 2 for row in rows for cell in row):
        return None
    written = [column for column in zip(*rows, strict=True) if any(column)]
    if len(written) < 2 or (len(written) == 2 and all(map(_is_label_or_blank, written[0]))):
        return None
    cells = tuple(tuple((paragraph(cell),) for cell in row) for row in rows)
    return Table(cells, (1.0,) * width, header_rows=1)


def _is_label_or_blank(cell: str) -> bool:
    return not cell or split_label(f"{cell} ")[0] == cell


def _own(stored: bytes) -> RichText | None:
    try:
        return map_text(from_json(json.loads(stored)), clean_text)
    except ValueError:
        return None


def mime_from(text: RichText) -> QMimeData:
    """A text for the clipboard: exact for this program, HTML for Word, words for the rest."""
    mime = QMimeData()
    if text != EMPTY:
        mime.setData(RICH_TEXT, canonical_json(to_json(text)).encode())
        mime.setHtml("".join(html_of(text)))
        mime.setText(text.plain)
    return mime


def html_of(text: RichText) -> Iterator[str]:
    for block in text.blocks:
        yield from _block_html(block)


def _block_html(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        label = f"{escape(block.label)} " if block.label else ""
        looks = f"margin-left:{block.level * 24}pt; text-align:{block.align}"
        yield f'<p style="{looks}">{label}{"".join(map(_run_html, block.runs))}</p>'
    elif not isinstance(block, Image):
        yield '<table border="1" style="border-collapse:collapse">'
        for row in block.rows:
            yield "<tr>"
            for cell in row:
                yield f"<td>{''.join(part for p in cell for part in _block_html(p))}</td>"
            yield "</tr>"
        yield "</table>"


def _run_html(run: Run) -> str:
    text = escape(run.text).replace("\n", "<br/>")
    for tag, on in (("b", run.bold), ("i", run.italic), ("u", run.underline)):
        if on:
            text = f"<{tag}>{text}</{tag}>"
    return text
