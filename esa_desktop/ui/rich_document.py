"""The text model in a QTextDocument and back, exactly: labels, depths, tables, pictures.

What Qt has no word for travels in user properties of its formats. A label is marked text that
ends with a marked tab; everything after that tab is the paragraph's text, marked or not. A block
that Qt needs beside a table, and the one block of an empty document, is marked as a phantom and
is no content as long as it is empty.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QFont,
    QFontInfo,
    QFontMetricsF,
    QImage,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextImageFormat,
    QTextLength,
    QTextOption,
    QTextTable,
    QTextTableFormat,
)

from esa_desktop.domain.richtext import (
    Align,
    Block,
    Cell,
    Image,
    Paragraph,
    RichText,
    Run,
    Table,
    tidy_runs,
)

_FIRST: Final = QTextFormat.Property.UserProperty.value
LABEL: Final = _FIRST + 1
"""On characters: they belong to the label."""
LEVEL: Final = _FIRST + 2
"""On blocks: depth of the list; absent = 0."""
PHANTOM: Final = _FIRST + 3
"""On blocks: no content while empty."""
WIDTHS: Final = _FIRST + 4
"""On tables: the column widths as written, since Qt keeps percentages only."""
HEADINGS: Final = _FIRST + 6
"""On tables: the number of heading rows. Qt's own count crashes its layout where it exceeds the rows."""
IMAGE_WIDTH: Final = _FIRST + 5
"""On pictures: their width in points."""

FIRST_HANG: Final = 34.0
DEEPER_HANG: Final = 42.0
"""Room for a label in pixels at a type of `TYPE_PIXELS`; a longer label gets more."""
TYPE_PIXELS: Final = 24.0
_LABEL_GAP: Final = 4.0
_PIXELS_PER_POINT: Final = 96 / 72

ImageOf = Callable[[str], QImage | None]
"""Gives the picture with this hash, or ``None`` where the file is missing."""

_ALIGN: Final[dict[Align, Qt.AlignmentFlag]] = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
    "justify": Qt.AlignmentFlag.AlignJustify,
}


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
    kind = QTextDocument.ResourceType.ImageResource
    cursor.document().addResource(kind.value, QUrl(name), picture)
    looks = QTextImageFormat()
    looks.setName(name)
    looks.setWidth(image.width * _PIXELS_PER_POINT)
    looks.setProperty(IMAGE_WIDTH, image.width)
    cursor.insertImage(looks)


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


# --- formats ----------------------------------------------------------------------------------


def paragraph_format(
    document: QTextDocument, label: str, level: int, align: Align
) -> QTextBlockFormat:
    """Margins by which label and text hang, at the size of the document's font."""
    scale = QFontInfo(document.defaultFont()).pixelSize() / TYPE_PIXELS
    looks = QTextBlockFormat()
    looks.setAlignment(_ALIGN[align])
    looks.setBottomMargin(2 * scale)
    if level:
        looks.setProperty(LEVEL, level)
    start = (FIRST_HANG + DEEPER_HANG * (level - 1)) * scale if level else 0.0
    if label:
        width = QFontMetricsF(document.defaultFont()).horizontalAdvance(label)
        hang = max((DEEPER_HANG if level else FIRST_HANG) * scale, width + _LABEL_GAP * scale)
        looks.setTextIndent(-hang)
        # Counted from the start of the line, which hangs, not from the margin.
        looks.setTabPositions([QTextOption.Tab(hang, QTextOption.TabType.LeftTab)])
        start += hang
    looks.setLeftMargin(start)
    return looks


def phantom_format() -> QTextBlockFormat:
    looks = QTextBlockFormat()
    looks.setProperty(PHANTOM, True)
    return looks


def label_format() -> QTextCharFormat:
    looks = QTextCharFormat()
    looks.setProperty(LABEL, True)
    return looks


def run_format(run: Run) -> QTextCharFormat:
    looks = QTextCharFormat()
    if run.bold:
        looks.setFontWeight(QFont.Weight.Bold)
    if run.italic:
        looks.setFontItalic(True)
    if run.underline:
        looks.setFontUnderline(True)
    return looks


def table_format(widths: tuple[float, ...], header_rows: int) -> QTextTableFormat:
    looks = QTextTableFormat()
    looks.setBorder(1)
    looks.setBorderCollapse(True)
    looks.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    looks.setCellPadding(2)
    looks.setCellSpacing(0)
    looks.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    looks.setProperty(HEADINGS, header_rows)
    looks.setProperty(WIDTHS, " ".join(repr(float(width)) for width in widths))
    whole = sum(widths) or 1.0
    looks.setColumnWidthConstraints(
        [QTextLength(QTextLength.Type.PercentageLength, 100 * width / whole) for width in widths]
    )
    return looks


def fit_indents(document: QTextDocument) -> None:
    """Hang every paragraph anew, after the size of the default font changed."""
    block = document.begin()
    while block.isValid():
        refit_block(block)
        block = block.next()


def refit_block(block: QTextBlock) -> None:
    """Hang one paragraph anew, after its label changed; does nothing where it hangs right."""
    if block.length() <= 1 and block.blockFormat().hasProperty(PHANTOM):
        return
    looks = paragraph_format(block.document(), label_of(block), level_of(block), align_of(block))
    if looks != block.blockFormat():
        QTextCursor(block).setBlockFormat(looks)


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
    for stretch, looks in _fragments(block):
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


def label_of(block: QTextBlock) -> str:
    """The label of a block; empty where it has none."""
    label = ""
    for text, looks in _fragments(block):
        if not looks.hasProperty(LABEL):
            return ""
        before, tab, _ = text.partition("\t")
        label += before
        if tab:
            return label.replace("\u2028", "\n")
    return ""


def level_of(block: QTextBlock) -> int:
    return block.blockFormat().intProperty(LEVEL)


def align_of(block: QTextBlock) -> Align:
    flags = block.blockFormat().alignment()
    return next((name for name, flag in _ALIGN.items() if name != "left" and flags & flag), "left")


def widths_of(table: QTextTable) -> tuple[float, ...]:
    """Relative widths, one a column; equal where the columns were changed since they were set."""
    written = table.format().property(WIDTHS)
    widths = tuple(float(width) for width in str(written or "").split())
    return widths if len(widths) == table.columns() else (1.0,) * table.columns()


def _fragments(block: QTextBlock) -> Iterator[tuple[str, QTextCharFormat]]:
    place = block.begin()
    while not place.atEnd():
        fragment = place.fragment()
        yield fragment.text(), fragment.charFormat()
        place += 1


def _to_qt(text: str) -> str:
    return text.replace("\n", "\u2028").replace("\ufffc", "")


def _missing_image(width: int) -> QImage:
    """Stands where a picture is not to be found: an empty grey sheet of that width."""
    image = QImage(max(width, 1), max(width * 3 // 4, 1), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.lightGray)
    return image
