"""Writes an edition as an Excel workbook that an office fills in, or an empty form to start from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Final

from esa_desktop.domain.framework import (
    LEVELS,
    Framework,
    Indicator,
    IndicatorType,
    Node,
    RubricRow,
    Standard,
)
from esa_desktop.domain.framework_tree import children, places
from esa_desktop.domain.framework_words import TYPE_NAMES, weighing
from esa_desktop.storage import framework_sheets as sheets
from esa_desktop.storage.framework_sheets import Column
from esa_desktop.storage.workbook_help import help_sheet
from esa_desktop.storage.workbook_look import (
    FONT,
    HEAD,
    INK,
    SHADE_OF,
    SIZE,
    Look,
    Value,
    for_print,
    height_of,
    lines_of,
    put,
    restrict,
)

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

Row = Mapping[str, Value]

_EMPTY_NODES: Final = 120
"""Ruled rows of an empty form: 3 standards, 14 indicators and 60 issues, and some to spare."""
_MORE_NODES: Final = 20
"""Ruled rows below an edition that is there already."""
_EMPTY_INDICATORS: Final = 20
_LAST_ROW: Final = 1500
"""Down to which lists to choose from are offered."""


def workbook_bytes(framework: Framework | None) -> bytes:
    """An ``.xlsx`` file; ``None`` for the empty form."""
    from openpyxl import Workbook

    book = Workbook()
    first = book.active
    if first is not None:
        book.remove(first)
    help_sheet(book)
    _edition(book, framework)
    nodes = [] if framework is None else list(_nodes(framework))
    rows = _blank_rubrics() if framework is None else list(_rubrics(framework))
    _table(
        book.create_sheet(sheets.NODE_SHEET),
        sheets.NODE_COLUMNS,
        "มาตรฐาน ตัวบ่งชี้ และประเด็นการพิจารณา",
        "พิมพ์แถวละหนึ่งชื่อ ลงในสดมภ์ของมาตรฐาน ตัวบ่งชี้ หรือประเด็น เรียงจากบนลงล่างตามประกาศ",
        [*nodes, *({} for _ in range(_MORE_NODES if nodes else _EMPTY_NODES))],
        frozen="E",
    )
    _table(
        book.create_sheet(sheets.ROW_SHEET),
        sheets.ROW_COLUMNS,
        "เกณฑ์ระดับคุณภาพของตัวบ่งชี้",
        "ตัวบ่งชี้แบบนับหลักฐานเว้นว่างได้ โปรแกรมจะใส่เกณฑ์ตามแบบของปี ๒๕๕๗ ให้ แล้วค่อยตรวจแก้",
        rows,
        frozen="D",
    )
    book.active = 0
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


# --- what is written --------------------------------------------------------------------------


def _nodes(framework: Framework) -> Iterator[Row]:
    known = places(framework)
    counting = {"": _counts(framework.standards)}
    counting |= {node_id: _counts(children(at.node)) for node_id, at in known.items()}
    for at in known.values():
        node = at.node
        column = _column_of(node)
        keeps_number = at.retired or not counting[at.parent]
        row: dict[str, Value] = {
            "code": at.code if at.in_use else "",
            column: node.name or sheets.NAMELESS,
            "verified": _mark(node.verified),
            "use": sheets.OUT_OF_USE if at.retired else "",
            "id": node.id,
            "number": node.number if keeps_number else None,
        }
        value, verified, source = weighing(node) or (None, False, "")
        if column != "issue":
            row |= {"weight": value, "weight_source": source}
            row |= {"weight_verified": _mark(verified) if value is not None else ""}
        if isinstance(node, Indicator):
            row |= {"type": TYPE_NAMES[node.type], "unit": node.rubric.unit}
            row |= {"works": node.works, "lead_in": node.lead_in}
        yield row


def _rubrics(framework: Framework) -> Iterator[Row]:
    for at in places(framework).values():
        node = at.node
        if not isinstance(node, Indicator):
            continue
        head: dict[str, Value] = {"code": at.code, "name": node.name, "id": node.id}
        head["written"] = at.code
        laid_out = [RubricRow(level, ()) for level in LEVELS]
        counted = node.type in (IndicatorType.EVIDENCE_LADDER, IndicatorType.THRESHOLD)
        for row in node.rubric.rows or (laid_out if counted and at.in_use else ()):
            yield head | _rubric_row(row, said=bool(node.rubric.rows))
            head["name"] = ""


def _rubric_row(row: RubricRow, *, said: bool) -> dict[str, Value]:
    """A row that is only laid out to be filled has no mark: without words it is not read."""
    line, second, *further = (*row.lines, "", "")
    return {
        "level": row.level,
        "line": line,
        "second": second,
        "further": "\n".join(filter(None, further)),
        "fewest": row.fewest,
        "most": row.most,
        "at_least": row.at_least,
        "verified": _mark(row.verified) if said else "",
    }


def _blank_rubrics() -> list[Row]:
    return [{"level": level} for _ in range(_EMPTY_INDICATORS) for level in LEVELS]


def _counts(nodes: Sequence[Node]) -> bool:
    return [node.number for node in nodes] == list(range(1, len(nodes) + 1))


def _column_of(node: Node) -> str:
    if isinstance(node, Standard):
        return "standard"
    return "indicator" if isinstance(node, Indicator) else "issue"


def _mark(verified: bool) -> str:
    return sheets.CHECKED if verified else sheets.UNCHECKED


# --- how it looks -----------------------------------------------------------------------------


def _table(
    sheet: "Worksheet",
    columns: Sequence[Column],
    title: str,
    hint: str,
    rows: Iterable[Row],
    *,
    frozen: str,
) -> None:
    from openpyxl.styles import Font

    put(sheet["A1"], title)
    sheet["A1"].font = Font(FONT, 20, bold=True, color=INK)
    put(sheet["A2"], hint)
    sheet["A2"].font = Font(FONT, SIZE, color=INK)
    looks = [Look(column) for column in columns]
    _heading(sheet, columns, looks)
    for number, row in enumerate(rows, sheets.HEADING_ROW + 1):
        kind = next((name for name in SHADE_OF if row.get(name)), "")
        if row.get("level") == LEVELS[0]:
            kind = "indicator"
        for place, (column, look) in enumerate(zip(columns, looks, strict=True), 1):
            cell = sheet.cell(number, place)
            look.dress(cell, kind)
            put(cell, row.get(column.key))
        lines = max(lines_of(str(row.get(c.key) or ""), c.width) for c in columns if not c.runs_on)
        if lines > 1:
            sheet.row_dimensions[number].height = height_of(lines)
    sheet.sheet_format.defaultRowHeight = height_of(1)
    sheet.sheet_format.customHeight = True
    sheet.freeze_panes = f"{frozen}{sheets.HEADING_ROW + 1}"
    for_print(sheet)


def _heading(sheet: "Worksheet", columns: Sequence[Column], looks: Sequence[Look]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    for place, (column, look) in enumerate(zip(columns, looks, strict=True), 1):
        head = sheet.cell(sheets.HEADING_ROW, place)
        put(head, column.heading)
        head.font = Font(FONT, SIZE, bold=True, color=INK)
        head.border = look.border
        head.fill = PatternFill("solid", HEAD)
        head.alignment = Alignment("center", "center", wrap_text=True)
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = column.width
        sheet.column_dimensions[letter].hidden = column.hidden
        cells = f"{letter}{sheets.HEADING_ROW + 1}:{letter}{_LAST_ROW}"
        restrict(sheet, column, cells)
    sheet.row_dimensions[sheets.HEADING_ROW].height = height_of(2)
    for number in range(1, sheets.HEADING_ROW):
        sheet.row_dimensions[number].height = height_of(1) + 4


# --- the sheet of the edition itself ---------------------------------------------------------------------


def _edition(book: "Workbook", framework: Framework | None) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    sheet = book.create_sheet(sheets.EDITION_SHEET)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 34, 90
    put(sheet["A1"], "ข้อมูลของฉบับมาตรฐาน")
    sheet["A1"].font = Font(FONT, 20, bold=True, color=INK)
    status = Column("status", sheets.STATUS, 0, (sheets.DRAFT, sheets.PUBLISHED))
    look = Look(Column("value", "", 0))
    for number, (label, value) in enumerate(_edition_rows(framework), sheets.HEADING_ROW):
        put(sheet.cell(number, 1), label)
        put(sheet.cell(number, 2), value)
        look.dress(sheet.cell(number, 2), "")
        sheet.cell(number, 2).alignment = Alignment("left", "top", wrap_text=True)
        sheet.cell(number, 1).font = Font(FONT, SIZE, bold=True, color=INK)
        sheet.cell(number, 1).border = look.border
        sheet.cell(number, 1).alignment = Alignment("left", "top")
        sheet.cell(number, 1).fill = PatternFill("solid", HEAD)
        sheet.row_dimensions[number].height = height_of(lines_of(str(value or ""), 90))
        sheet.row_dimensions[number].hidden = label == sheets.EDITION_ID
        if label == sheets.STATUS:
            restrict(sheet, status, f"B{number}")
    sheet.sheet_view.showGridLines = False
    for_print(sheet, heading=False)


def _edition_rows(framework: Framework | None) -> Iterator[tuple[str, Value]]:
    if framework is None:
        yield from ((sheets.TITLE, ""), (sheets.YEAR, None), (sheets.STATUS, sheets.DRAFT))
        yield from ((sheets.SOURCE, ""), *[(sheets.NOTE, "")] * 3)
        return
    yield sheets.TITLE, framework.title or sheets.NAMELESS
    yield sheets.YEAR, framework.year
    yield sheets.STATUS, sheets.DRAFT if framework.draft else sheets.PUBLISHED
    yield sheets.SOURCE, framework.source
    yield sheets.EDITION_ID, framework.id
    notes = framework.notes
    for note in (*notes, *[""] * max(1, 3 - len(notes))):
        yield sheets.NOTE, note
