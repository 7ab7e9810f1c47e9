"""Turns a page of help into a document of Qt's in the program's letters and colours."""

from dataclasses import dataclass
from typing import Final, Protocol

from PySide6.QtCore import QUrl
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontInfo,
    QFontMetricsF,
    QImage,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextOption,
    QTextTableCellFormat,
    QTextTableFormat,
)

from esa_desktop.domain.manual import (
    Block,
    Heading,
    Item,
    Items,
    Note,
    Page,
    Picture,
    Table,
    Text,
    Words,
)
from esa_desktop.domain.thai import thai_digits
from esa_desktop.ui.help_picture import fitted_picture
from esa_desktop.ui.palette import Palette
from esa_desktop.ui.theme import BODY, SECOND, interface_font

PAGE_SCHEME: Final = "page"
PICTURE_SCHEME: Final = "picture"
"""Of the addresses of links: ``page:start`` leads to a page, ``picture:name.png`` enlarges one."""
PITCH: Final = 1.62
"""Distance of lines over the size of the letters: text that is read needs more than a label."""
_TITLE: Final = 16.0
_HEADING: Final = 12.5
"""Points."""
_HANG: Final = 30.0
"""Pixels of a step behind its number, at 100 %."""
_WIDEST_TEXT: Final = 760
"""Pixels of a line: longer ones are hard to follow."""
_MARK: Final = "•"


class PictureSource(Protocol):
    def __call__(self, name: str) -> QImage | None:
        """A picture in its full size, or nothing."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a page depends on besides its words."""

    palette: Palette
    width: float
    """Of the column in pixels."""
    ratio: float
    """Pixels of the screen in one of these."""
    zoom: float = 1.0
    """Of the letters."""


def fill_page(document: QTextDocument, page: Page, look: Look, picture: PictureSource) -> None:
    """Show a page instead of what the document holds."""
    _Writer(document, look, picture).write(page)


def text_width(width: float) -> float:
    """How wide the column is in a view of this width."""
    return min(width, _WIDEST_TEXT)


class _Writer:
    """Writes one page from top to bottom."""

    def __init__(self, document: QTextDocument, look: Look, picture: PictureSource) -> None:
        self._document = document
        self._look = look
        self._picture_of = picture
        self._is_empty = True
        font = self._font(BODY)
        document.clear()
        document.setUndoRedoEnabled(False)
        document.setDefaultFont(font)
        document.setDocumentMargin(0)
        self._cursor = QTextCursor(document)
        self._hang = max(_HANG, QFontMetricsF(font).horizontalAdvance("๑๐.") + 8)

    def write(self, page: Page) -> None:
        self._cursor.beginEditBlock()
        self._paragraph(
            ((page.title, self._chars(_TITLE, semibold=True)),),
            self._block(_TITLE, below=10, level=1),
        )
        for block in page.blocks:
            self._write(block)
        self._cursor.endEditBlock()

    def _write(self, block: Block) -> None:
        match block:
            case Heading(text):
                shown = ((text, self._chars(_HEADING, semibold=True)),)
                self._paragraph(shown, self._block(_HEADING, above=18, below=4, level=2))
            case Text(words):
                self._paragraph(self._runs(words), self._block(BODY, below=8))
            case Items(items):
                self._items(items, 0)
            case Note(words):
                self._note(words)
            case Table():
                self._table(block)
            case Picture():
                self._picture(block)

    # --- blocks -------------------------------------------------------------------------------

    def _items(self, items: tuple[Item, ...], depth: int) -> None:
        for item in items:
            label = f"{thai_digits(item.number)}." if item.number else _MARK
            looks = self._block(BODY, below=5)
            looks.setLeftMargin(self._hang * (depth + 1))
            looks.setTextIndent(-self._hang)
            # Counted from the start of the line, which hangs, not from the margin.
            looks.setTabPositions([QTextOption.Tab(self._hang, QTextOption.TabType.LeftTab)])
            quiet = self._chars(BODY, color=self._look.palette.ink2)
            self._paragraph(((f"{label}\t", quiet), *self._runs(item.words)), looks)
            self._items(item.items, depth + 1)

    def _note(self, words: Words) -> None:
        palette = self._look.palette
        looks = self._table_format(above=6, below=14)
        table = self._cursor.insertTable(1, 1, looks)
        cell = QTextTableCellFormat()
        cell.setBackground(QColor(palette.accent_soft))
        cell.setLeftBorder(4)
        cell.setLeftBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        cell.setLeftBorderBrush(QBrush(QColor(palette.accent)))
        cell.setLeftPadding(14)
        cell.setRightPadding(12)
        cell.setTopPadding(8)
        cell.setBottomPadding(8)
        table.cellAt(0, 0).setFormat(cell)
        self._in_cell(table.cellAt(0, 0).firstCursorPosition(), self._runs(words), BODY)
        self._leave_table()

    def _table(self, block: Table) -> None:
        palette = self._look.palette
        looks = self._table_format(above=4, below=14)
        table = self._cursor.insertTable(len(block.rows) + 1, len(block.head), looks)
        for place, row in enumerate((block.head, *block.rows)):
            for column, words in enumerate(row):
                cell = QTextTableCellFormat()
                cell.setLeftPadding(0 if column == 0 else 10)
                cell.setRightPadding(6)
                cell.setTopPadding(4)
                cell.setBottomPadding(4)
                cell.setBottomBorder(1)
                cell.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                edge = palette.edge if place == 0 else palette.line
                cell.setBottomBorderBrush(QBrush(QColor(edge)))
                at = table.cellAt(place, column)
                at.setFormat(cell)
                self._in_cell(at.firstCursorPosition(), self._runs(words, head=place == 0), SECOND)
        self._leave_table()

    def _table_format(self, *, above: float, below: float) -> QTextTableFormat:
        looks = QTextTableFormat()
        looks.setBorder(0)
        looks.setBorderCollapse(True)
        looks.setCellSpacing(0)
        looks.setCellPadding(0)
        looks.setTopMargin(above)
        looks.setBottomMargin(below)
        looks.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        return looks

    def _in_cell(
        self, cursor: QTextCursor, runs: tuple[tuple[str, QTextCharFormat], ...], points: float
    ) -> None:
        cursor.setBlockFormat(self._block(points))
        for words, looks in runs:
            cursor.insertText(words, looks)

    def _leave_table(self) -> None:
        """Qt puts a block of its own behind a table: it is the next one, and as low as can be."""
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        low = QTextBlockFormat()
        low.setLineHeight(1, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        self._cursor.setBlockFormat(low)
        self._is_empty = False

    def _picture(self, block: Picture) -> None:
        shown = self._picture_of(block.name)
        if shown is None:
            self._paragraph(
                ((block.caption, self._chars(SECOND, color=self._look.palette.ink2)),),
                self._block(SECOND, above=6, below=12),
            )
            return
        look = self._look
        fitted = fitted_picture(shown, look.width - 2, look.ratio, look.palette.line)
        address = QUrl(f"{PICTURE_SCHEME}:{block.name}")
        self._document.addResource(QTextDocument.ResourceType.ImageResource.value, address, fitted)
        looks = QTextImageFormat()
        looks.setName(address.toString())
        looks.setWidth(fitted.width() / look.ratio)
        looks.setHeight(fitted.height() / look.ratio)
        looks.setAnchor(True)
        looks.setAnchorHref(address.toString())
        looks.setToolTip(block.caption)
        self._next_block(self._block(0, above=8))
        self._cursor.insertImage(looks)
        caption = ((block.caption, self._chars(SECOND, color=look.palette.ink2)),)
        self._paragraph(caption, self._block(SECOND, above=2, below=14))

    # --- words --------------------------------------------------------------------------------

    def _paragraph(
        self, runs: tuple[tuple[str, QTextCharFormat], ...], looks: QTextBlockFormat
    ) -> None:
        self._next_block(looks)
        for words, chars in runs:
            self._cursor.insertText(words, chars)

    def _next_block(self, looks: QTextBlockFormat) -> None:
        plain = self._chars(BODY)
        if self._is_empty:
            self._cursor.setBlockFormat(looks)
            self._cursor.setBlockCharFormat(plain)
        else:
            self._cursor.insertBlock(looks, plain)
        self._is_empty = False

    def _runs(self, words: Words, *, head: bool = False) -> tuple[tuple[str, QTextCharFormat], ...]:
        return tuple(
            (
                span.text,
                self._chars(
                    SECOND if head else 0,
                    semibold=span.bold or head,
                    color=self._look.palette.ink2 if head else "",
                    link=span.link,
                ),
            )
            for span in words
        )

    def _chars(
        self, points: float, *, semibold: bool = False, color: str = "", link: str = ""
    ) -> QTextCharFormat:
        looks = QTextCharFormat()
        if points:
            looks.setFontPointSize(points * self._look.zoom)
        if semibold:
            looks.setFontWeight(QFont.Weight.DemiBold.value)
        looks.setForeground(QColor(color or self._look.palette.ink))
        if link:
            looks.setAnchor(True)
            looks.setAnchorHref(f"{PAGE_SCHEME}:{link}")
            looks.setForeground(QColor(self._look.palette.accent))
        return looks

    def _block(
        self, points: float, *, above: float = 0, below: float = 0, level: int = 0
    ) -> QTextBlockFormat:
        """``points`` of its letters; 0 for what is as high as it is."""
        looks = QTextBlockFormat()
        looks.setTopMargin(above)
        looks.setBottomMargin(below)
        if level:
            looks.setHeadingLevel(level)
        if points:
            height = QFontInfo(self._font(points)).pixelSize() * PITCH
            looks.setLineHeight(height, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        return looks

    def _font(self, points: float) -> QFont:
        return interface_font(points * self._look.zoom)
