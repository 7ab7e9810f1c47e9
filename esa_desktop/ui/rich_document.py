"""The text model in a QTextDocument and back, exactly: labels, depths, tables, pictures.

What Qt has no word for travels in the user properties of `esa_desktop.ui.rich_formats`.
Everything behind a label's tab is the paragraph's text, whatever its marks.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QFont,
    QImage,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextImageFormat,
    QTextTable,
)

from esa_desktop.domain.richtext import (
    Block,
    Cell,
    Image,
    Paragraph,
    RichText,
    Run,
    Table,
    tidy_runs,
)
from esa_desktop.ui.rich_formats import (
    HEADINGS,
    IMAGE_WIDTH,
    PHANTOM,
    align_of,
    fragments,
    label_format,
    label_of,
    level_of,
    paragraph_format,
    phantom_format,
    run_format,
    table_format,
    widths_of,
)

_PIXELS_PER_POINT: Final = 96 / 72

ImageOf = Callable[[str], QImage | None]
"""Gives the picture with this hash, or ``None`` where the file is missing."""
MOST_PIXELS: Final = 1600
"""Width to which a photo is shrunk for the screen."""

# --- model to document ------------------------------------------------------------------------


def fill_document(document: QTextDocument, text: RichText, image_of: ImageOf | None = None) -> None:
    """Show ``text``; the undo history of the document starts afresh.

    Indents follow the size of the document's default font. Text must be clean
    (`esa_desktop.domain.thai.clean_text`); Qt's own object mark U+FFFC is left out.
    """
    undo = document.isUndoRedoEnabled()
    document.setUndoRedoEnabled(False)
    document.clear()
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    cursor.setBlockFormat(phantom_format())
    write_blocks(cursor, text.blocks, image_of)
    cursor.endEditBlock()
    document.setUndoRedoEnabled(undo)


def write_blocks(
    cursor: QTextCursor,
    blocks: Iterable[Block],
    image_of: ImageOf | None = None,
    *,
    fresh: bool = True,
) -> None:
    """Write blocks; the cursor ends behind the last, after a table in the phantom that follows it.

    ``fresh``: the cursor stands in an empty block to be used up, else at the end of a paragraph.
    """
    for block in blocks:
        if isinstance(block, Table):
            # A table needs a block before it; the end of a paragraph is one.
            _write_table(cursor, block)
            fresh = True
            continue
        if not fresh:
            cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
        fresh = False
        if isinstance(block, Image):
            cursor.setBlockFormat(QTextBlockFormat())
            write_image(cursor, block, image_of)
        else:
            write_paragraph(cursor, block)


def write_paragraph(cursor: QTextCursor, paragraph: Paragraph) -> None:
    """Give the cursor's empty block the looks and the text of a paragraph."""
    document = cursor.document()
    cursor.setBlockFormat(
        paragraph_format(document, paragraph.label, paragraph.level, paragraph.align)
    )
    cursor.setBlockCharFormat(QTextCharFormat())
    write_label(cursor, paragraph.label)
    write_runs(cursor, paragraph.runs)


def write_label(cursor: QTextCursor, label: str) -> None:
    if label:
        cursor.insertText(_to_qt(label) + "\t", label_format())


def write_runs(cursor: QTextCursor, runs: tuple[Run, ...]) -> None:
    for run in runs:
        cursor.insertText(_to_qt(run.text), run_format(run))


def write_image(cursor: QTextCursor, image: Image, image_of: ImageOf | None) -> None:
    name = f"img:{image.sha256}"
    picture = image_of(image.sha256) if image_of else None
    if picture is None or picture.isNull():
        picture = _missing_image(round(image.width * _PIXELS_PER_POINT))
    picture = screen_picture(picture)
    kind = QTextDocument.ResourceType.ImageResource
    cursor.document().addResource(kind.value, QUrl(name), picture)
    looks = QTextImageFormat()
    looks.setName(name)
    looks.setWidth(image.width * _PIXELS_PER_POINT)
    looks.setProperty(IMAGE_WIDTH, image.width)
    cursor.insertImage(looks)


def screen_picture(picture: QImage) -> QImage:
    """Not larger than a screen needs it; a large one takes a moment."""
    if picture.width() <= MOST_PIXELS:
        return picture
    return picture.scaledToWidth(MOST_PIXELS, Qt.TransformationMode.SmoothTransformation)


def _write_table(cursor: QTextCursor, table: Table) -> None:
    if not table.rows or not table.widths:
        return
    columns = len(table.widths)
    made = cursor.insertTable(
        len(table.rows), columns, table_format(table.widths, table.header_rows)
    )
    for row, cells in enumerate(table.rows):
        for column, cell in enumerate(cells[:columns]):
            inside = made.cellAt(row, column).firstCursorPosition()
            if not cell:
                inside.setBlockFormat(phantom_format())
            for place, paragraph in enumerate(cell):
                if place:
                    inside.insertBlock(QTextBlockFormat(), QTextCharFormat())
                write_paragraph(inside, paragraph)
    cursor.setPosition(made.lastPosition() + 1)
    cursor.setBlockFormat(phantom_format())
    cursor.setBlockCharFormat(QTextCharFormat())


# --- document to model ------------------------------------------------------------------------


def read_document(document: QTextDocument) -> RichText:
    """The model of what the document shows: `fill_document` backwards."""
    tables = [
        frame for frame in document.rootFrame().childFrames() if isinstance(frame, QTextTable)
    ]
    tables.sort(key=lambda table: table.firstPosition(), reverse=True)
    blocks: list[Block] = []
    block = document.begin()
    while block.isValid():
        if tables and block.position() >= tables[-1].firstPosition():
            table = tables.pop()
            blocks.append(_read_table(table))
            block = document.findBlock(table.lastPosition() + 1)
            continue
        blocks += _read_block(block)
        block = block.next()
    return RichText(tuple(blocks))


def _read_table(table: QTextTable) -> Table:
    rows = tuple(
        tuple(_read_cell(table, row, column) for column in range(table.columns()))
        for row in range(table.rows())
    )
    return Table(rows, widths_of(table), table.format().intProperty(HEADINGS))


def _read_cell(table: QTextTable, row: int, column: int) -> Cell:
    cell = table.cellAt(row, column)
    block = cell.firstCursorPosition().block()
    last = cell.lastCursorPosition().block()
    paragraphs: list[Paragraph] = []
    while block.isValid():
        paragraphs += [part for part in _read_block(block) if isinstance(part, Paragraph)]
        if block == last:
            break
        block = block.next()
    return tuple(paragraphs)


def _read_block(block: QTextBlock) -> Iterator[Block]:
    """A paragraph, nothing (a phantom), or pictures with the paragraphs typed around them."""
    if block.length() <= 1 and block.blockFormat().hasProperty(PHANTOM):
        return
    label = label_of(block)
    level, align = level_of(block), align_of(block)
    past_label = not label
    runs: list[Run] = []
    pictures = 0
    for stretch, looks in fragments(block):
        text = stretch
        if looks.isImageFormat():
            if label or runs:
                yield Paragraph(tidy_runs(runs), label, level, align)
                label, runs = "", []
            # Neighbours of one picture are one fragment of several object marks.
            for _ in text:
                yield _read_image(looks.toImageFormat())
            pictures += 1
            continue
        if not past_label:
            _, tab, text = text.partition("\t")
            past_label = bool(tab)
        runs.append(_read_run(text, looks))
    if any(run.text for run in runs) or label or not pictures:
        yield Paragraph(tidy_runs(runs), label, level, align)


def _read_run(text: str, looks: QTextCharFormat) -> Run:
    return Run(
        text.replace("\u2028", "\n"),
        bold=looks.fontWeight() >= QFont.Weight.DemiBold,
        italic=looks.fontItalic(),
        underline=looks.fontUnderline(),
    )


def _read_image(looks: QTextImageFormat) -> Image:
    width = looks.property(IMAGE_WIDTH)
    points = float(width) if width is not None else looks.width() / _PIXELS_PER_POINT
    return Image(looks.name().removeprefix("img:"), points)


def _to_qt(text: str) -> str:
    return text.replace("\n", "\u2028").replace("\ufffc", "")


def _missing_image(width: int) -> QImage:
    """Stands where a picture is not to be found: an empty grey sheet of that width."""
    image = QImage(max(width, 1), max(width * 3 // 4, 1), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.lightGray)
    return image
