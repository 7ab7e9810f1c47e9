"""Cells out of an Excel workbook that somebody sent: bounded, without formulas, each with its place in words.

The file is only ever read as a stream: nothing in it is computed, followed or fetched.
"""

import re
import warnings
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn, cast
from zipfile import BadZipFile, ZipFile

from esa_desktop.domain.errors import FrameworkFileError, ValueRefused
from esa_desktop.domain.framework_edits import one_line
from esa_desktop.domain.measured import ungrouped
from esa_desktop.domain.thai import arabic_digits, clean_text, thai_digits

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

LARGEST: Final = 4 * 1024 * 1024
"""In bytes, packed; an office's whole edition has about 20 kB."""
LARGEST_UNPACKED: Final = 8 * 1024 * 1024
"""In bytes, all parts together."""
MOST_PARTS: Final = 300
MOST_ROWS: Final = 2000
"""That may say something; Excel likes to keep a million empty ones below."""
MOST_COLUMNS: Final = 60
_EXCEL_ROWS: Final = 1_048_576
_DOCTYPES: Final = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
"""How ``.xls`` begins, and any Office file that needs a password."""
_CONTROL: Final = re.compile(r"_x00(?:0[0-9A-Fa-f]|1[0-9A-Fa-f])_")
_NUMBER: Final = re.compile(r"(?:ร้อยละ\s*)?([+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)\s*%?")

Grid = Sequence[Sequence["Entry"]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell with its place; says in a sentence what is wrong with it."""

    file: str
    sheet: str
    at: str
    """As Excel names it, e.g. ``C5``."""
    value: object
    is_formula: bool = False
    is_percent: bool = False

    def refuse(self, expected: str) -> NoReturn:
        raise FrameworkFileError(
            f"ใช้ไฟล์ “{self.file}” ไม่ได้ กรุณาแก้แผ่นงาน “{self.sheet}” ช่อง {self.at}: {expected}"
        )

    def _checked(self) -> object:
        if self.is_formula:
            self.refuse("ช่องนี้เป็นสูตร ให้คัดลอกแล้ววางแบบ “ค่า” หรือพิมพ์ค่าลงไปแทน")
        if not isinstance(self.value, str | int | float | None) or isinstance(self.value, bool):
            self.refuse("Excel เปลี่ยนช่องนี้เป็นวันที่หรือค่าอื่น ให้จัดรูปแบบช่องเป็น “ข้อความ” แล้วพิมพ์ใหม่")
        return self.value

    def lines(self) -> str:
        """The text of the cell, its own lines kept; a number as it is shown."""
        value = self._checked()
        if value is None:
            return ""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        text = _CONTROL.sub(" ", str(value)).replace("_x005F_", "_")  # see `workbook_look.put`
        return clean_text(text).strip()

    def text(self) -> str:
        """On one line."""
        try:
            return one_line(self.lines())
        except ValueRefused as error:
            self.refuse(error.sentence)

    def number(self, least: float, most: float) -> float | None:
        """A number in any digits, ``30 %`` and ``ร้อยละ ๓๐`` being 30; ``None`` for nothing."""
        value = self._checked()
        if isinstance(value, str):
            plain = arabic_digits(clean_text(value)).strip()
            try:
                match = _NUMBER.fullmatch(ungrouped(plain))
            except ValueError:
                match = None
            value = float(match[1]) if match else plain or None
        if value is None:
            return None
        number = float(value) if isinstance(value, int | float) else least - 1
        if self.is_percent and not isinstance(self.value, str):
            number = round(number * 100, 10)
        if not least <= number <= most:
            span = thai_digits(f"{least:,g} ถึง {most:,g}")
            self.refuse(f"ต้องเป็นตัวเลข {span} หรือเว้นว่าง")
        return number

    def whole(self, least: int, most: int) -> int | None:
        number = self.number(least, most)
        if number is not None and not number.is_integer():
            self.refuse("ต้องเป็นจำนวนเต็ม ไม่มีทศนิยม")
        return None if number is None else int(number)

    def choice(self, choices: Sequence[str]) -> str:
        """One of the words of a list, ``""`` for nothing."""
        text = self.text()
        if text and text not in choices:
            self.refuse(f"กรุณาเลือก {' หรือ '.join(f'“{choice}”' for choice in choices)}")
        return text


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet below its headings: rows as mappings, columns found by their headings."""

    file: str
    sheet: str
    heading_row: int
    columns: Mapping[str, int]
    rows: Sequence[Sequence[Entry]]

    def __iter__(self) -> Iterator[Mapping[str, Entry]]:
        for number, row in enumerate(self.rows, self.heading_row + 1):
            entries = {
                key: row[place] if place < len(row) else _nothing(self, number, place)
                for key, place in self.columns.items()
            }
            if any(entry.value is not None for entry in entries.values()):
                yield entries


def _nothing(table: Table, row: int, place: int) -> Entry:
    return Entry(table.file, table.sheet, f"{_letters(place + 1)}{row}", None)


def table(name: str, sheet: str, grid: Grid, headings: Mapping[str, str]) -> Table:
    """The table of a sheet; ``headings`` by key. Only known headings are read, in any order.

    The headings stand in one of the first rows: the one that has most of them.
    """
    known = {_plain(heading): key for key, heading in headings.items()}
    best: tuple[int, dict[str, int]] = (0, {})
    for number, row in enumerate(grid[:20], 1):
        found: dict[str, int] = {}
        for place, entry in enumerate(row):
            key = known.get(_plain(entry.value)) if isinstance(entry.value, str) else None
            if key is not None:
                found.setdefault(key, place)
        if len(found) > len(best[1]):
            best = (number, found)
    number, columns = best
    return Table(name, sheet, number, columns, grid[number:])


def _plain(text: object) -> str:
    return re.sub(r"\s+", "", clean_text(str(text)))


# --- the file ---------------------------------------------------------------------------------


def read_grids(
    path: Path, wanted: Collection[str], content: bytes | None = None
) -> Mapping[str, Grid]:
    """Every sheet by its name, those not ``wanted`` without rows.

    `FrameworkFileError` for what is no workbook, too large or unsafe.
    ``content`` instead of what is in the file, to see whether it could be read.
    """
    content = _content(path) if content is None else content
    _check_size(path.name, content)
    try:
        return dict(_grids(path.name, content, wanted))
    except FrameworkFileError:
        raise
    except Exception as error:  # whatever a damaged file makes the library raise
        raise _refusal(
            path.name, "ไฟล์เสียหายหรือไม่ใช่แฟ้ม Excel กรุณาเปิดด้วย Excel แล้วบันทึกใหม่เป็น .xlsx"
        ) from error


def _refusal(name: str, what: str) -> FrameworkFileError:
    return FrameworkFileError(f"ใช้ไฟล์ “{name}” ไม่ได้ {what}")


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        trouble = "ไม่พบไฟล์" if isinstance(error, FileNotFoundError) else "เปิดไฟล์ไม่ได้"
        raise FrameworkFileError(
            f"{trouble} “{path.name}” กรุณาตรวจชื่อไฟล์และที่เก็บแล้วลองอีกครั้ง"
        ) from error
    return content


def _check_size(name: str, content: bytes) -> None:
    """Everything that could burst when unpacked is measured before."""
    if len(content) > LARGEST:
        raise _refusal(name, "เพราะใหญ่เกิน ๔ MB ฉบับมาตรฐานมีแต่ข้อความ กรุณาใช้แบบฟอร์มของโปรแกรม")
    if content.startswith(_OLD_EXCEL):
        raise _refusal(name, "เพราะเป็น Excel รุ่นเก่าหรือตั้งรหัสผ่านไว้ กรุณาบันทึกใหม่เป็น .xlsx ที่ไม่มีรหัสผ่าน")
    try:
        with ZipFile(BytesIO(content)) as parts:
            _measure(name, parts)
    except (BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as error:
        raise _refusal(
            name, "ไฟล์เสียหายหรือไม่ใช่แฟ้ม Excel กรุณาเปิดด้วย Excel แล้วบันทึกใหม่เป็น .xlsx"
        ) from error


def _measure(name: str, parts: ZipFile) -> None:
    """What the parts say of their own size is binding: zipfile reads no further."""
    infos = parts.infolist()
    if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > LARGEST_UNPACKED:
        raise _refusal(name, "เพราะเนื้อหาข้างในใหญ่ผิดปกติ กรุณาคัดลอกข้อมูลลงแบบฟอร์มใหม่ของโปรแกรม")
    if any("vbaproject" in info.filename.lower() for info in infos):
        raise _refusal(name, "เพราะมีแมโคร กรุณาบันทึกใหม่เป็น .xlsx ที่ไม่มีแมโคร")


def _grids(name: str, content: bytes, wanted: Collection[str]) -> Iterator[tuple[str, Grid]]:
    from openpyxl import load_workbook

    with ZipFile(BytesIO(content)) as parts:
        for info in parts.infolist():
            if info.filename.lower().endswith((".xml", ".rels")):
                head = parts.read(info)
                if any(mark in head for mark in _DOCTYPES):  # no workbook has one; bombs do
                    raise _refusal(name, "เพราะมีส่วนที่ไม่ปลอดภัย กรุณาคัดลอกข้อมูลลงแบบฟอร์มใหม่ของโปรแกรม")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about parts of the workbook that are not read
        book = load_workbook(BytesIO(content), read_only=True, keep_links=False)
        try:
            for sheet in book.worksheets:
                rows = _rows(name, cast("Worksheet", sheet)) if sheet.title in wanted else ()
                yield sheet.title, list(rows)
        finally:
            book.close()


def _rows(name: str, sheet: "Worksheet") -> Iterator[Sequence[Entry]]:
    rows = sheet.iter_rows(max_row=_EXCEL_ROWS, max_col=MOST_COLUMNS)
    before: object = None
    for number, row in enumerate(rows, 1):
        if row is before:  # one and the same for a whole stretch of rows that are not there
            continue
        before = row if number > MOST_ROWS else None
        if number <= MOST_ROWS:
            yield [
                Entry(
                    name,
                    sheet.title,
                    f"{_letters(place)}{number}",
                    None if cell.value == "" else cell.value,
                    cell.data_type in {"f", "e"},
                    "%" in (cell.number_format or "") if cell.value is not None else False,
                )
                for place, cell in enumerate(row, 1)
            ]
        elif any(cell.value is not None for cell in row):
            most = thai_digits(f"{MOST_ROWS:,}")
            raise _refusal(
                name, f"เพราะแผ่นงาน “{sheet.title}” มีข้อมูลเกิน {most} แถว กรุณาใช้แบบฟอร์มของโปรแกรม"
            )


def _letters(place: int) -> str:
    """The letters over the n-th column, counted from 1."""
    letters = ""
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
