"""Excel forms as an office fills them in: cells written by sheet and heading with openpyxl."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from esa_desktop.domain.framework import Framework
from esa_desktop.storage import framework_sheets as sheets
from esa_desktop.storage.framework_form import read_form
from esa_desktop.storage.framework_workbook import workbook_bytes

NOWHERE = Path("wst.xlsx")
EDITION = {sheets.TITLE: "ฉบับของเขต", sheets.YEAR: "๒๕๖๘"}
_COLUMNS = {sheets.NODE_SHEET: sheets.NODE_COLUMNS, sheets.ROW_SHEET: sheets.ROW_COLUMNS}


class Form:
    """A form open in Excel."""

    def __init__(self, framework: Framework | None = None) -> None:
        self.book: Any = load_workbook(BytesIO(workbook_bytes(framework)))

    def say(self, values: Mapping[str, Any] = EDITION) -> "Form":
        """Write on the sheet of the edition, by label."""
        sheet = self.book[sheets.EDITION_SHEET]
        for row in sheet.iter_rows():
            if row[0].value in values:
                row[1].value = values[row[0].value]
        return self

    def cell(self, sheet: str, row: int, key: str) -> Any:
        """The cell of the n-th row below the headings, counted from 0."""
        place = [column.key for column in _COLUMNS[sheet]].index(key)
        return self.book[sheet].cell(sheets.HEADING_ROW + 1 + row, place + 1)

    def write(self, sheet: str, rows: Sequence[Mapping[str, Any]], start: int = 0) -> "Form":
        for number, row in enumerate(rows, start):
            for key, value in row.items():
                self.cell(sheet, number, key).value = value
        return self

    def nodes(self, *rows: Mapping[str, Any], start: int = 0) -> "Form":
        return self.write(sheets.NODE_SHEET, rows, start)

    def rubric(self, *rows: Mapping[str, Any], start: int = 0) -> "Form":
        return self.write(sheets.ROW_SHEET, rows, start)

    def content(self) -> bytes:
        buffer = BytesIO()
        self.book.save(buffer)
        return buffer.getvalue()

    def read(self, current: Framework | None = None) -> Framework:
        return read_form(NOWHERE, current, self.content())


def outline(*names: str) -> list[dict[str, Any]]:
    """Rows from names: ``"# …"`` a standard, ``"## …"`` an indicator, anything else an issue."""
    rows: list[dict[str, Any]] = []
    for name in names:
        depth = len(name) - len(name.lstrip("#"))
        rows.append({("issue", "standard", "indicator")[depth]: name.lstrip("# ")})
    return rows
