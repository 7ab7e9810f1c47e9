"""Reads an edition out of an Excel form that an office filled in or got from another office."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from esa_desktop.domain.errors import FrameworkFileError
from esa_desktop.domain.framework import Framework
from esa_desktop.domain.framework_matching import match_rows
from esa_desktop.domain.framework_problems import unfinished
from esa_desktop.domain.ids import new_id
from esa_desktop.domain.thai import FIRST_FISCAL_YEAR, LAST_FISCAL_YEAR, clean_text
from esa_desktop.storage import framework_sheets as sheets
from esa_desktop.storage.framework_file import MOST_NOTES
from esa_desktop.storage.framework_form_nodes import NodeReading
from esa_desktop.storage.framework_form_rows import RubricSheet
from esa_desktop.storage.framework_form_tree import KINDS, form_rows, own_id
from esa_desktop.storage.framework_workbook import workbook_bytes
from esa_desktop.storage.workbook_cells import Entry, Grid, Table, read_grids, table


def read_form(path: Path, current: Framework | None, content: bytes | None = None) -> Framework:
    """The edition in a workbook; `FrameworkFileError` says which sheet and cell to mend.

    Rows without an id are those of ``current`` that they can only mean
    (`domain.framework_matching`), and what they leave empty stays as it is there; other rows
    get new ids, and a new ladder without rubric the usual rows. An edition that lacks
    something is a draft, whatever the form says.
    """
    wanted = (sheets.EDITION_SHEET, sheets.NODE_SHEET, sheets.ROW_SHEET)
    grids = read_grids(path, wanted, content)
    nodes = _sheet(path.name, grids, sheets.NODE_SHEET, sheets.NODE_COLUMNS, tuple(KINDS))
    top = form_rows(nodes, current)
    match_rows(top, current or _NONE, new_id)
    rubrics = RubricSheet(
        _sheet(path.name, grids, sheets.ROW_SHEET, sheets.ROW_COLUMNS, ("code", "level")), top
    )
    reading = NodeReading(current or _NONE, rubrics)
    read = replace(
        _edition(path.name, grids.get(sheets.EDITION_SHEET, ()), current),
        standards=tuple(reading.standard(row) for row in top if not row.retired),
        retired=tuple(reading.standard(row) for row in top if row.retired),
    )
    return replace(read, draft=read.draft or unfinished(read))


_NONE: Final = Framework("", "", 0, ())


def form_bytes(framework: Framework, path: Path) -> bytes:
    """A workbook from which `read_form` gives the same edition back, as a draft if it lacks something.

    ``path`` is only named in the `FrameworkFileError` for an edition that no form can hold.
    """
    content = workbook_bytes(framework)
    if read_form(path, None, content) != replace(
        framework, draft=framework.draft or unfinished(framework)
    ):
        raise FrameworkFileError(
            f"บันทึกฉบับมาตรฐานเป็น “{path.name}” ไม่ได้ เพราะมีข้อความที่ Excel เก็บไว้ให้เหมือนเดิมไม่ได้ "
            "กรุณาบันทึกเป็นไฟล์ .toml แทน"
        )
    return content


def _sheet(
    name: str,
    grids: Mapping[str, Grid],
    title: str,
    columns: Sequence[sheets.Column],
    needed: tuple[str, ...],
) -> Table:
    if title not in grids:
        there = " ".join(
            f"“{clean_text(sheet).replace(chr(10), ' ')[:31]}”" for sheet in list(grids)[:6]
        )
        raise FrameworkFileError(
            f"ใช้ไฟล์ “{name}” ไม่ได้ เพราะไม่มีแผ่นงาน “{title}” (มีแต่ {there}) กรุณาใช้แบบฟอร์มของโปรแกรม"
        )
    read = table(name, title, grids[title], {c.key: c.heading for c in columns})
    missing = [c.heading for c in columns if c.key in needed and c.key not in read.columns]
    if missing:
        raise FrameworkFileError(
            f"ใช้ไฟล์ “{name}” ไม่ได้ แผ่นงาน “{title}” ไม่มีสดมภ์ “{missing[0]}” กรุณาใช้แบบฟอร์มของโปรแกรม"
        )
    return read


# --- the edition ------------------------------------------------------------------------------


def _edition(name: str, grid: Grid, current: Framework | None) -> Framework:
    """Without an id of its own the sheet is a new form: what it leaves empty stays as it is."""
    said: dict[str, Entry] = {}
    notes: list[str] = []
    for row in grid:
        label = row[0].text() if row and isinstance(row[0].value, str) else ""
        if label == sheets.NOTE and len(row) > 1:
            notes.append(row[1].text())
        elif label and len(row) > 1:
            said.setdefault(label, row[1])
    notes = [note for note in notes if note][:MOST_NOTES]
    edition_id = own_id(said.get(sheets.EDITION_ID))
    kept = current if current is not None and not edition_id else None

    def text(label: str, otherwise: str) -> str:
        given = said[label].text() if label in said else ""
        return given or ("" if kept is None else otherwise)

    title = text(sheets.TITLE, "" if kept is None else kept.title)
    year = (
        said[sheets.YEAR].whole(FIRST_FISCAL_YEAR, LAST_FISCAL_YEAR)
        if sheets.YEAR in said
        else None
    )
    year = year or (None if current is None else current.year)
    if not title or year is None:
        lacking = sheets.YEAR if title else sheets.TITLE
        raise FrameworkFileError(
            f"ใช้ไฟล์ “{name}” ไม่ได้ กรุณากรอกช่อง “{lacking}” ในแผ่นงาน “{sheets.EDITION_SHEET}”"
        )
    status = (
        said[sheets.STATUS].choice((sheets.DRAFT, sheets.PUBLISHED))
        if sheets.STATUS in said
        else ""
    )
    return Framework(
        edition_id or (new_id() if current is None else current.id),
        "" if title == sheets.NAMELESS else title,
        year,
        (),
        status != sheets.PUBLISHED,
        text(sheets.SOURCE, "" if kept is None else kept.source),
        tuple(notes) or (() if kept is None else kept.notes),
    )
