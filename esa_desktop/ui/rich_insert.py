"""Puts part of a text into a document where the cursor is, and takes what is selected out of it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from PySide6.QtGui import QTextCursor, QTextDocument, QTextDocumentFragment

from esa_desktop.domain.richtext import Block, Image, Paragraph, RichText, Run, Table, tidy_runs
from esa_desktop.ui.list_labels import has_text, label_end, put_label
from esa_desktop.ui.rich_document import ImageOf, read_document, write_blocks, write_runs
from esa_desktop.ui.rich_formats import PHANTOM, label_of, phantom_format, refit_block


def read_selection(cursor: QTextCursor) -> RichText:
    """The selected part as a text of its own."""
    part = QTextDocument()
    QTextCursor(part).insertFragment(QTextDocumentFragment(cursor))
    return read_document(part)


def insert_blocks(
    cursor: QTextCursor, blocks: tuple[Block, ...], image_of: ImageOf | None = None
) -> None:
    """Insert in place of the selection, one step to undo; the cursor ends behind it.

    One paragraph without label goes into the line. Of several, the first joins the paragraph
    the cursor is in and the last takes what followed the cursor. In a cell of a table, tables
    become lines and pictures are left out.
    """
    if not blocks:
        return
    cursor.beginEditBlock()
    cursor.removeSelectedText()
    if cursor.currentTable() is not None:
        blocks = tuple(_flat(blocks))
    first = blocks[0] if blocks else None
    if len(blocks) == 1 and isinstance(first, Paragraph) and not first.label:
        write_runs(cursor, first.runs)
        refit_block(cursor.block())
    elif blocks:
        _insert_several(cursor, blocks, image_of)
    cursor.endEditBlock()


def _insert_several(
    cursor: QTextCursor, blocks: tuple[Block, ...], image_of: ImageOf | None
) -> None:
    start = cursor.block().position() + label_end(cursor.block())
    cursor.setPosition(max(cursor.position(), start))
    followed = _split_off_rest(cursor)
    first = blocks[0]
    if not has_text(cursor.block()) and _takes_place(cursor, first):
        put_label(cursor.block(), "", 0)
        cursor.setBlockFormat(phantom_format())
        write_blocks(cursor, blocks, image_of)
    else:
        if isinstance(first, Paragraph) and not first.label:
            write_runs(cursor, first.runs)
            blocks = blocks[1:]
        write_blocks(cursor, blocks, image_of, fresh=False)
    refit_block(cursor.block())
    if followed:
        _join_rest(cursor, blocks[-1] if blocks else first)


def _takes_place(cursor: QTextCursor, first: Block) -> bool:
    """An empty line is used up; an empty label is kept for a first paragraph without one."""
    return not label_of(cursor.block()) or not isinstance(first, Paragraph) or bool(first.label)


def _split_off_rest(cursor: QTextCursor) -> bool:
    """Put what follows the cursor into a block of its own; whether there was anything."""
    if cursor.atBlockEnd():
        return False
    place = cursor.position()
    cursor.insertBlock()
    cursor.setPosition(place)
    return True


def _join_rest(cursor: QTextCursor, last: Block) -> None:
    """What followed goes on in the last inserted paragraph, or stays below a table or picture."""
    end = cursor.position()
    if isinstance(last, Image):
        return
    if cursor.blockFormat().hasProperty(PHANTOM):
        rest = cursor.block().next().blockFormat()
        cursor.deleteChar()
        cursor.setBlockFormat(rest)
    else:
        cursor.deleteChar()
    cursor.setPosition(end)


def _flat(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        elif isinstance(block, Table):
            for row in block.rows:
                yield Paragraph(tidy_runs(_row_runs(row)))


def _row_runs(row: tuple[tuple[Paragraph, ...], ...]) -> Iterator[Run]:
    for column, cell in enumerate(row):
        if column:
            yield Run(" ")
        for place, paragraph in enumerate(cell):
            if place:
                yield Run(" ")
            if paragraph.label:
                yield Run(f"{paragraph.label} ")
            yield from (replace(run, text=run.text.replace("\n", " ")) for run in paragraph.runs)
