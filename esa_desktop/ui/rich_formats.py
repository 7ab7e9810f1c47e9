"""What of the text model travels in Qt's formats: user properties for labels, depth, tables.

A label is marked text that ends with a marked tab. A block that Qt needs beside a table, and
the one block of an empty document, is marked as a phantom: no content as long as it is empty.
"""

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QFont,
    QFontInfo,
    QFontMetricsF,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextOption,
    QTextTable,
    QTextTableFormat,
)

from esa_desktop.domain.richtext import Align, Run

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
_BELOW: Final = 2.0
"""Pixels below a paragraph, at the same type."""

_ALIGN: Final[dict[Align, Qt.AlignmentFlag]] = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
    "justify": Qt.AlignmentFlag.AlignJustify,
}


# --- making formats ---------------------------------------------------------------------------


def paragraph_format(
    document: QTextDocument, label: str, level: int, align: Align
) -> QTextBlockFormat:
    """Margins by which label and text hang, at the size of the document's font."""
    scale = QFontInfo(document.defaultFont()).pixelSize() / TYPE_PIXELS
    looks = QTextBlockFormat()
    looks.setAlignment(_ALIGN[align])
    looks.setBottomMargin(_BELOW * scale)
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
    looks.setBottomMargin(_BELOW)
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


# --- reading them -----------------------------------------------------------------------------


def label_of(block: QTextBlock) -> str:
    """The label of a block; empty where it has none."""
    label = ""
    for text, looks in fragments(block):
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


def fragments(block: QTextBlock) -> Iterator[tuple[str, QTextCharFormat]]:
    """The stretches of a block in one format, in order."""
    place = block.begin()
    while not place.atEnd():
        fragment = place.fragment()
        yield fragment.text(), fragment.charFormat()
        place += 1
