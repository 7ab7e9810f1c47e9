"""How the sheets of the Excel form look: rules, shades, lists to choose from, the page when printed."""

import re
from copy import copy
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from esa_desktop.storage.framework_sheets import HEADING_ROW, Column

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.styles.cell_style import StyleArray
    from openpyxl.worksheet.worksheet import Worksheet

Value = str | float | None

FONT: Final = "TH Sarabun New"
SIZE: Final = 15
INK: Final = "1F2937"
HEAD: Final = "DCE6F2"
_RULE: Final = "B7C0CC"
_SHADED: Final = "F3F4F6"
SHADE_OF: Final = {"standard": "DFE9F5", "indicator": "F1F5FA"}
"""Rows of standards and indicators stand out; by the column that is filled in them."""
_CENTRED: Final = ("code", "level", "fewest", "most", "at_least", "weight", "works", "verified")


LINE: Final = 21.0
"""Points from line to line: room for a vowel above with its tone, and for one below."""
_LETTER: Final = 0.92
"""Width of a letter with its share of blanks, in those of Excel's own font."""
_ESCAPED: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""What Excel would take for the code of a letter."""
_NO_ROOM: Final = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")


def put(cell: "Cell | MergedCell", value: Value) -> None:
    """A text stays a text, whatever it begins with: nothing on these sheets is a formula."""
    if isinstance(value, str):
        if value:  # an empty text would stop a long name from running on into the next column
            cell.value = _ESCAPED.sub("_x005F_", value)
            cell.data_type = "s"
            cell.quotePrefix = value[0] in "=+-@'"
    elif value is not None:
        cell.value = int(value) if float(value).is_integer() else float(value)


class Look:
    """The dress of one column's cells; its parts are made once and shared by all rows."""

    def __init__(self, column: Column) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        self._worn: dict[str, StyleArray] = {}
        edge = Side("thin", _RULE)
        between = None if column.runs_on else edge
        self._as_text = column.as_text
        self._plain = Font(FONT, SIZE, color=INK)
        self._bold = Font(FONT, SIZE, bold=True, color=INK)
        self.border = Border(left=between, right=between, top=edge, bottom=edge)
        self._open_border = Border(right=between, top=edge, bottom=edge)
        self._is_run_over = column.key == "issue"
        centred = column.key in _CENTRED or bool(column.choices)
        self._alignment = Alignment(
            "center" if centred else "left",
            "center",
            wrap_text=not column.runs_on,
            indent=0 if centred else 1,
        )
        self._fills = {
            kind: PatternFill("solid", _SHADED if column.shaded else shade)
            for kind, shade in {**SHADE_OF, "": _SHADED}.items()
            if kind or column.shaded
        }

    def dress(self, cell: "Cell | MergedCell", kind: str) -> None:
        """``kind`` is the column that the row's name stands in, if that matters."""
        styled: Any = cell
        worn = self._worn.get(kind)
        if worn is not None:
            styled._style = copy(worn)  # noqa: SLF001 - by parts it takes ten times as long
            return
        cell.font = self._bold if kind == "standard" else self._plain
        # the names of standards and indicators run on into the column of the issues
        cell.border = self._open_border if kind and self._is_run_over else self.border
        cell.alignment = self._alignment
        if kind in self._fills:
            cell.fill = self._fills[kind]
        if self._as_text:
            cell.number_format = "@"
        self._worn[kind] = copy(styled._style)  # noqa: SLF001 - as above


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column; vowels above and below take no room."""
    letters = len(_NO_ROOM.sub("", text))
    return max(1, ceil(letters * _LETTER / max(width - 2, 1)))


def height_of(lines: int) -> float:
    """In points. Excel fits rows to what is typed in them, but not to what a program wrote."""
    return LINE * lines + 4


def restrict(sheet: "Worksheet", column: Column, cells: str) -> None:
    """A list to choose from; into the hidden columns nothing can be typed.

    The sheet is not protected: Excel would then let nobody delete or sort rows.
    """
    from openpyxl.worksheet.datavalidation import DataValidation

    if column.choices:
        rule = DataValidation("list", formula1=f'"{",".join(column.choices)}"', allow_blank=True)
        rule.error = "กรุณาเลือกจากรายการ: " + ", ".join(column.choices)
    elif column.hidden:
        rule = DataValidation("custom", formula1="FALSE", allow_blank=False)
        rule.error = "ช่องนี้เป็นของโปรแกรม กรุณาอย่าแก้"
    else:
        return
    rule.errorTitle = column.heading[:32]
    rule.showErrorMessage = True
    rule.add(cells)
    sheet.add_data_validation(rule)


def for_print(sheet: "Worksheet", *, heading: bool = True) -> None:
    """A4 across, as wide as the page, the heading on every page."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for side in ("left", "right", "top", "bottom"):
        setattr(sheet.page_margins, side, 0.4)
    if sheet.oddFooter is not None:
        sheet.oddFooter.center.text = "&A  หน้า &P จาก &N"
    if heading:
        sheet.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"
