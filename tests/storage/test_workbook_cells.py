import random
import re
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from esa_desktop.domain.errors import FrameworkFileError
from esa_desktop.storage import framework_sheets as sheets
from esa_desktop.storage import workbook_cells
from esa_desktop.storage.framework_form import read_form
from esa_desktop.storage.framework_workbook import workbook_bytes
from esa_desktop.storage.workbook_cells import MOST_ROWS, Entry
from tests.domain.framework_steps import office
from tests.storage.forms import Form, outline

OFFICE = workbook_bytes(office(1, 1, 4))


def refusal(tmp_path: Path, content: bytes) -> str:
    path = tmp_path / "wst.xlsx"
    path.write_bytes(content)
    started = time.perf_counter()
    with pytest.raises(FrameworkFileError) as caught:
        read_form(path, None)
    assert time.perf_counter() - started < 20
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert "“wst.xlsx”" in sentence
    return sentence


def with_part(name: str, change: Callable[[bytes], bytes], packing: int = ZIP_DEFLATED) -> bytes:
    """The office's workbook with one part changed, or put in."""
    buffer = BytesIO()
    with ZipFile(BytesIO(OFFICE)) as old, ZipFile(buffer, "w", packing) as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info.filename, old.read(info))
        new.writestr(name, change(old.read(name) if name in old.namelist() else b""))
    return buffer.getvalue()


NODES = "xl/worksheets/sheet3.xml"


# --- what is refused --------------------------------------------------------------------------


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(FrameworkFileError, match=r"ไม่พบไฟล์ “no\.xlsx”"):
        read_form(tmp_path / "no.xlsx", None)


def test_a_bomb_is_measured_before_it_bursts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = with_part("xl/media/bomb.bin", lambda _: bytes(60_000_000))
    assert len(bomb) < 200_000

    assert "ใหญ่ผิดปกติ" in refusal(tmp_path, bomb)
    monkeypatch.setattr(workbook_cells, "LARGEST_UNPACKED", 100_000_000)
    assert read_form(tmp_path / "wst.xlsx", None) == office(1, 1, 4)  # only the limit refused it


def test_a_file_of_too_many_parts_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    buffer = BytesIO(OFFICE)
    with ZipFile(buffer, "a") as parts:
        for number in range(400):
            parts.writestr(f"x{number}", b"")

    assert "ใหญ่ผิดปกติ" in refusal(tmp_path, buffer.getvalue())
    monkeypatch.setattr(workbook_cells, "MOST_PARTS", 1000)
    assert read_form(tmp_path / "wst.xlsx", None) == office(1, 1, 4)


def test_a_large_file_is_refused_by_its_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    noise = random.Random(1).randbytes(5_000_000)
    large = with_part("xl/media/noise.bin", lambda _: noise, ZIP_STORED)

    assert "ใหญ่เกิน ๔ MB" in refusal(tmp_path, large)
    monkeypatch.setattr(workbook_cells, "LARGEST", 6_000_000)
    assert read_form(tmp_path / "wst.xlsx", None) == office(1, 1, 4)


ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]>"""


@pytest.mark.parametrize(
    "part", [NODES, "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"]
)
@pytest.mark.parametrize("code", ["utf-8", "utf-16"])
def test_entities_are_refused_unread(tmp_path: Path, part: str, code: str) -> None:
    bomb = with_part(part, lambda old: (ENTITIES + old).decode().encode(code))

    assert "ส่วนที่ไม่ปลอดภัย" in refusal(tmp_path, bomb)


def test_macros_are_refused(tmp_path: Path) -> None:
    assert "มีแมโคร" in refusal(tmp_path, with_part("xl/vbaProject.bin", lambda _: b"x"))


def test_an_old_or_locked_file_says_how_to_save_it(tmp_path: Path) -> None:
    assert "ไม่มีรหัสผ่าน" in refusal(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


def test_a_row_below_the_limit_is_told_and_not_left_out(tmp_path: Path) -> None:
    form = Form(office(1, 1, 4))
    form.cell(sheets.NODE_SHEET, MOST_ROWS + 10, "issue").value = "ไกล"
    assert "มีข้อมูลเกิน ๒,๐๐๐ แถว" in refusal(tmp_path, form.content())


@pytest.mark.parametrize("row", [MOST_ROWS + 5, 1_048_576, 2_000_000_000])
def test_empty_rows_however_far_down_are_nothing(tmp_path: Path, row: int) -> None:
    far = f'<row r="{row}" ht="20"/></sheetData>'.encode()
    path = tmp_path / "wst.xlsx"
    path.write_bytes(with_part(NODES, lambda old: old.replace(b"</sheetData>", far)))

    assert read_form(path, None) == office(1, 1, 4)


@pytest.mark.parametrize("dimension", [b"A1:XFD1048576", b"A1", b""])
def test_what_a_sheet_says_of_its_size_is_not_believed(tmp_path: Path, dimension: bytes) -> None:
    said = b'<dimension ref="' + dimension + b'"' if dimension else b"<other"
    path = tmp_path / "wst.xlsx"
    path.write_bytes(with_part(NODES, lambda old: re.sub(rb'<dimension ref="[^"]*"', said, old)))

    assert read_form(path, None) == office(1, 1, 4)


@pytest.mark.parametrize("missing", [sheets.NODE_SHEET, sheets.ROW_SHEET])
def test_a_workbook_without_the_sheets_names_the_one_it_misses(
    tmp_path: Path, missing: str
) -> None:
    form = Form(office(1, 1, 4))
    form.book[missing].title = "อื่น"

    sentence = refusal(tmp_path, form.content())
    assert f"ไม่มีแผ่นงาน “{missing}”" in sentence
    assert "“อื่น”" in sentence


def test_a_sheet_without_its_headings_names_one(tmp_path: Path) -> None:
    form = Form(office(1, 1, 4))
    form.book[sheets.NODE_SHEET].delete_rows(1, sheets.HEADING_ROW)

    assert "ไม่มีสดมภ์ “ชื่อมาตรฐาน”" in refusal(tmp_path, form.content())


@pytest.mark.parametrize("seed", range(36))
def test_a_damaged_file_is_read_or_refused_in_a_sentence(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    content = bytearray(OFFICE)
    if seed % 3 == 0:
        del content[dice.randrange(len(content)) :]
    elif seed % 3 == 1:
        for _ in range(dice.randint(1, 30)):
            content[dice.randrange(len(content))] = dice.randrange(256)
    else:  # the packing is sound, what is packed is not
        with ZipFile(BytesIO(OFFICE)) as parts:
            name = dice.choice(parts.namelist())

        def scribble(old: bytes) -> bytes:
            at = dice.randrange(len(old))
            return old[:at] + dice.randbytes(dice.randint(0, 9)) + old[at + dice.randint(0, 40) :]

        content = bytearray(with_part(name, scribble))
    path = tmp_path / "wst.xlsx"
    path.write_bytes(bytes(content))

    said = "“wst.xlsx”"
    try:
        read_form(path, None)
    except FrameworkFileError as error:
        said = str(error)
    assert "“wst.xlsx”" in said
    assert "\n" not in said


@pytest.mark.parametrize("content", [b"", b"PK", b"hello", b"\x00" * 5000])
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    assert "ไฟล์เสียหายหรือไม่ใช่แฟ้ม Excel" in refusal(tmp_path, content)


def test_deep_nesting_ends_in_a_sentence(tmp_path: Path) -> None:
    deep = b"<row>" * 200_000
    content = with_part(NODES, lambda old: old.replace(b"<sheetData>", b"<sheetData>" + deep))

    assert "ไฟล์เสียหาย" in refusal(tmp_path, content)


# --- cells ------------------------------------------------------------------------------------


def cell(value: object, *, percent: bool = False) -> Entry:
    return Entry("f.xlsx", "แผ่น", "C5", value, is_percent=percent)


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (5, 5), (5.5, 5.5), ("๕.๕", 5.5), (" 1,200 ", 1200), ("30 %", 30), ("๓๐%", 30),
        ("ร้อยละ ๓๐", 30), ("-2", -2), ("1e3", 1000), (None, None), ("", None), ("  ", None),
    ],
)  # fmt: skip
def test_a_number_is_read_as_people_write_it(value: object, number: float | None) -> None:
    assert cell(value).number(-10_000, 10_000) == number


@pytest.mark.parametrize(
    "value", ["มาก", "5-6", "1.2.3", "๕ ข้อ", True, float("nan"), float("inf"), "nan", "7,5"]
)
def test_what_is_no_number_is_refused_with_its_place(value: object) -> None:
    with pytest.raises(FrameworkFileError, match="แผ่นงาน “แผ่น” ช่อง C5: "):
        cell(value).number(0, 100)


def test_a_percentage_is_a_hundred_times_its_value() -> None:
    assert cell(0.07, percent=True).number(0, 100) == 7
    assert cell("7", percent=True).number(0, 100) == 7


@pytest.mark.parametrize(
    ("value", "text"), [(5.0, "5"), (5, "5"), ("ก\nข ", "ก ข"), ("ก_x000D_ข", "ก ข"), (None, "")]
)
def test_a_text_is_one_clean_line(value: object, text: str) -> None:
    assert cell(value).text() == text


def test_the_letters_over_a_column_are_those_of_excel(tmp_path: Path) -> None:
    form = Form().say().nodes(*outline("# ก"))
    form.cell(sheets.NODE_SHEET, 0, "lead_in").value = "=A1"
    form.cell(sheets.NODE_SHEET, 0, "works").value = "=A1"
    place = form.cell(sheets.NODE_SHEET, 0, "use").coordinate
    form.cell(sheets.NODE_SHEET, 0, "use").value = "=A1"

    assert f"ช่อง {place}: ช่องนี้เป็นสูตร" in refusal(tmp_path, form.content())
