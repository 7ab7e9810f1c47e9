"""Commands on the table an editor's cursor is in; column widths are kept with the table."""

from PySide6.QtGui import QTextCharFormat, QTextCursor, QTextTable

from esa_desktop.domain.richtext import Run
from esa_desktop.ui.rich_formats import (
    HEADINGS,
    paragraph_format,
    phantom_format,
    run_format,
    table_format,
    widths_of,
)


def insert_table(cursor: QTextCursor, rows: int, columns: int) -> bool:
    """Below the cursor's paragraph, the first row centred and bold; not inside another table."""
    if cursor.currentTable() is not None:
        return False
    cursor.beginEditBlock()
    cursor.clearSelection()
    if cursor.block().length() > 1:
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    else:
        cursor.setBlockFormat(phantom_format())
    table = cursor.insertTable(rows, columns, table_format((1.0,) * columns, 1))
    after = QTextCursor(cursor.document())
    after.setPosition(table.lastPosition() + 1)
    after.setBlockFormat(phantom_format())
    after.setBlockCharFormat(QTextCharFormat())
    for row in range(rows):
        for column in range(columns):
            _dress_cell(table, row, column)
    cursor.setPosition(table.cellAt(0, 0).firstPosition())
    cursor.endEditBlock()
    return True


def _dress_cell(table: QTextTable, row: int, column: int) -> None:
    heading = row < table.format().intProperty(HEADINGS)
    cursor = table.cellAt(row, column).firstCursorPosition()
    align = "center" if heading else "left"
    cursor.setBlockFormat(paragraph_format(cursor.document(), "", 0, align))  # type: ignore[arg-type]
    cursor.setBlockCharFormat(run_format(Run("", bold=heading)))


def insert_row(cursor: QTextCursor, offset: int) -> None:
    """Above (0) or below (1) the cursor's row."""
    table = cursor.currentTable()
    row = table.cellAt(cursor).row() + offset
    cursor.beginEditBlock()
    table.insertRows(row, 1)
    for column in range(table.columns()):
        _dress_cell(table, row, column)
    cursor.setPosition(table.cellAt(row, 0).firstPosition())
    cursor.endEditBlock()


def insert_column(cursor: QTextCursor, offset: int) -> None:
    """Left (0) or right (1) of the cursor's column, as wide as that one."""
    table = cursor.currentTable()
    place = table.cellAt(cursor)
    row, column = place.row(), place.column()
    widths = list(widths_of(table))
    widths.insert(column + offset, widths[column])
    cursor.beginEditBlock()
    table.insertColumns(column + offset, 1)
    _set_widths(table, widths)
    for each in range(table.rows()):
        _dress_cell(table, each, column + offset)
    cursor.setPosition(table.cellAt(row, column + offset).firstPosition())
    cursor.endEditBlock()


def remove_row(cursor: QTextCursor) -> None:
    """The last row takes the table with it."""
    table = cursor.currentTable()
    cursor.beginEditBlock()
    table.removeRows(table.cellAt(cursor).row(), 1)
    cursor.endEditBlock()


def remove_column(cursor: QTextCursor) -> None:
    """The last column takes the table with it."""
    table = cursor.currentTable()
    column = table.cellAt(cursor).column()
    widths = list(widths_of(table))
    del widths[column]
    cursor.beginEditBlock()
    table.removeColumns(column, 1)
    if widths:
        _set_widths(table, widths)
    cursor.endEditBlock()


def remove_table(cursor: QTextCursor) -> None:
    table = cursor.currentTable()
    cursor.beginEditBlock()
    table.removeRows(0, table.rows())
    cursor.endEditBlock()


def next_cell(cursor: QTextCursor, step: int) -> None:
    """To the next (1) or previous (-1) cell; behind the last one a row is added."""
    table = cursor.currentTable()
    cell = table.cellAt(cursor)
    place = cell.row() * table.columns() + cell.column() + step
    if place < 0:
        return
    if place >= table.rows() * table.columns():
        insert_row(cursor, 1)
        return
    row, column = divmod(place, table.columns())
    cursor.setPosition(table.cellAt(row, column).firstPosition())


def _set_widths(table: QTextTable, widths: list[float]) -> None:
    headings = table.format().intProperty(HEADINGS)
    table.setFormat(table_format(tuple(widths), headings))
