"""Two texts compared, as a document: added words underlined, removed ones struck out, on soft grounds."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import (
    QBrush,
    QColor,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextTable,
)

from esa_desktop.domain.compared import (
    Change,
    Compared,
    ComparedImage,
    ComparedParagraph,
    ComparedTable,
    Piece,
)
from esa_desktop.domain.richtext import Run
from esa_desktop.domain.wording import looks_changed
from esa_desktop.ui.palette import Palette
from esa_desktop.ui.rich_document import ImageOf, write_image
from esa_desktop.ui.rich_formats import (
    label_format,
    paragraph_format,
    phantom_format,
    run_format,
    table_format,
)
from esa_desktop.ui.theme import SECOND, interface_font

PARAGRAPH_SIGN: Final = "¶"
"""Shown where a paragraph was parted or put together: nothing else of that is seen."""


def _tr(words: str) -> str:
    return QCoreApplication.translate("compared", words)


def fill_compared(
    document: QTextDocument,
    blocks: Sequence[Compared],
    palette: Palette,
    image_of: ImageOf | None = None,
) -> list[int]:
    """Show the comparison; the positions at which changes begin, ascending.

    Neighbouring changes count as one: a word replaced, paragraphs added together.
    """
    document.setUndoRedoEnabled(False)
    document.clear()
    return _Writer(document, palette, image_of).write(blocks)


class _Writer:
    def __init__(self, document: QTextDocument, palette: Palette, image_of: ImageOf | None) -> None:
        self._document = document
        self._palette = palette
        self._image_of = image_of
        self._cursor = QTextCursor(document)
        self._fresh = True
        """The cursor stands in an empty block to be used up."""

    def write(self, blocks: Sequence[Compared]) -> list[int]:
        self._cursor.beginEditBlock()
        self._cursor.setBlockFormat(phantom_format())
        places: list[int] = []
        for is_touched, group in groupby(blocks, key=_is_whole_change):
            members = list(group)
            starts = [self._block(block) for block in members]
            if is_touched:
                places.append(starts[0][0])
            else:
                places += (place for found in starts for place in found)
        self._cursor.endEditBlock()
        return places

    def _block(self, block: Compared) -> list[int]:
        """Write one block; where changes begin in it."""
        if not self._fresh and not isinstance(block, ComparedTable):
            self._cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
        start = self._cursor.position()
        if isinstance(block, ComparedTable):
            places = self._table(block)
        elif isinstance(block, ComparedImage):
            places = self._image(block)
        else:
            places = _Line(self._cursor, self._palette).write(block)
        self._fresh = isinstance(block, ComparedTable)
        looks = looks_changed(block)
        if looks:
            places = places or [start]
            self._note(_tr("รูปแบบที่เปลี่ยน:") + " " + " · ".join(dict.fromkeys(looks)))
        return places

    def _image(self, block: ComparedImage) -> list[int]:
        start = self._cursor.position()
        self._cursor.setBlockFormat(QTextBlockFormat())
        write_image(self._cursor, block.image, self._image_of)
        if block.change == "same":
            return []
        words = _tr("เพิ่มรูปนี้") if block.change == "added" else _tr("ตัดรูปนี้ออก")
        self._note(words, block.change)
        return [start]

    def _note(self, words: str, change: Change = "same") -> None:
        """A line of our own below a block, in the letter of the interface."""
        looks = QTextCharFormat()
        looks.setFont(interface_font(SECOND))
        looks.setForeground(QColor(self._palette.ink2))
        _paint(looks, change, self._palette, mark=False)
        room = QTextBlockFormat()
        room.setBottomMargin(6)
        if self._fresh:
            self._cursor.setBlockFormat(room)
        else:
            self._cursor.insertBlock(room, looks)
        self._cursor.insertText(words, looks)
        self._fresh = False

    # --- tables -------------------------------------------------------------------------------

    def _table(self, block: ComparedTable) -> list[int]:
        looks = table_format(block.widths, block.header_rows)
        looks.setBorderBrush(QBrush(QColor(self._palette.edge)))
        made = self._cursor.insertTable(len(block.rows), len(block.columns), looks)
        places: list[int] = []
        for number, row in enumerate(block.rows):
            before = len(places)
            for column, (cell, fate) in enumerate(zip(row.cells, block.columns, strict=True)):
                whole = next((c for c in (row.change, fate) if c != "same"), block.change)
                places += self._cell(made, number, column, cell, whole)
            if row.change != "same":
                del places[before + 1 :]  # a row is one change
        self._cursor.setPosition(made.lastPosition() + 1)
        self._cursor.setBlockFormat(phantom_format())
        self._cursor.setBlockCharFormat(QTextCharFormat())
        return places[:1] if block.change != "same" else places

    def _cell(
        self,
        table: QTextTable,
        row: int,
        column: int,
        lines: Iterable[ComparedParagraph],
        whole: Change,
    ) -> list[int]:
        place = table.cellAt(row, column)
        inside = place.firstCursorPosition()
        inside.setBlockFormat(phantom_format())
        places: list[int] = [] if whole == "same" else [inside.position()]
        for number, line in enumerate(lines):
            if number:
                inside.insertBlock(QTextBlockFormat(), QTextCharFormat())
            found = _Line(inside, self._palette).write(line)
            places += found if whole == "same" else []
        if whole != "same":
            # At last: the format of its first block would take the cell's place.
            ground = place.format()
            ground.setBackground(QColor(_ground(whole, self._palette)))
            place.setFormat(ground)
        return places


class _Line:
    """Writes one paragraph where the cursor stands."""

    def __init__(self, cursor: QTextCursor, palette: Palette) -> None:
        self._cursor = cursor
        self._palette = palette

    def write(self, block: ComparedParagraph) -> list[int]:
        """Where changes begin in it."""
        start = self._cursor.position()
        label = "".join(piece.text for piece in block.label)
        looks = paragraph_format(self._cursor.document(), label, block.level, block.align)
        self._cursor.setBlockFormat(looks)
        self._cursor.setBlockCharFormat(QTextCharFormat())
        for piece in block.label:
            self._cursor.insertText(_shown(piece.text), self._marked(label_format(), piece.change))
        if block.label:
            self._cursor.insertText("\t", label_format())
        if block.opening != "same":
            sign = self._marked(QTextCharFormat(), block.opening)
            self._cursor.insertText(PARAGRAPH_SIGN, sign)
        places = self._pieces(block.pieces)
        if block.change != "same" and not (block.label or block.pieces):
            self._cursor.insertText(PARAGRAPH_SIGN, self._marked(QTextCharFormat(), block.change))
        if block.change != "same":
            return [start]
        marked = block.opening != "same" or any(p.change != "same" for p in block.label)
        return [start, *places] if marked else places

    def _pieces(self, pieces: Iterable[Piece]) -> list[int]:
        places: list[int] = []
        is_before_change = True
        for piece in pieces:
            if piece.change == "same":
                is_before_change = True
            elif is_before_change:
                places.append(self._cursor.position())
                is_before_change = False
            run = Run(piece.text, *piece.style)
            self._cursor.insertText(_shown(piece.text), self._marked(run_format(run), piece.change))
        return places

    def _marked(self, looks: QTextCharFormat, change: Change) -> QTextCharFormat:
        _paint(looks, change, self._palette, mark=True)
        return looks


def _paint(looks: QTextCharFormat, change: Change, palette: Palette, *, mark: bool) -> None:
    if change == "same":
        return
    looks.setForeground(QColor(palette.good if change == "added" else palette.bad))
    looks.setBackground(QColor(_ground(change, palette)))
    if mark and change == "added":
        looks.setFontUnderline(True)
    elif mark:
        looks.setFontStrikeOut(True)


def _ground(change: Change, palette: Palette) -> str:
    return palette.good_soft if change == "added" else palette.bad_soft


def _is_whole_change(block: Compared) -> bool:
    return block.change != "same"


def _shown(text: str) -> str:
    return text.replace("\n", "\u2028").replace("\ufffc", "")
