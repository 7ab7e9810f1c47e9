from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from esa_desktop.domain import framework_edits as desk
from esa_desktop.domain.errors import FrameworkFileError, StorageError
from esa_desktop.domain.framework_changes import differences, merge_edition
from esa_desktop.services.frameworks import (
    find_framework,
    read_edition,
    shipped_frameworks,
    write_edition,
    write_template,
)
from esa_desktop.storage import durable
from tests.domain.framework_steps import office


@pytest.mark.parametrize("ending", [".toml", ".xlsx", ".XLSX"])
def test_an_office_sends_its_edition_to_another(tmp_path: Path, ending: str) -> None:
    edition = desk.retire(office(), "q7")
    path = tmp_path / f"ฉบับของเขต{ending}"

    write_edition(edition, path)

    received = read_edition(path, shipped_frameworks()[0])
    assert replace(received, draft=edition.draft) == edition
    merged = merge_edition(shipped_frameworks()[0], received)
    assert dict(merged.walk()) == dict(edition.walk())
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("ending", [".toml", ".xlsx"])
def test_an_edition_that_lacks_something_is_written_as_a_draft(tmp_path: Path, ending: str) -> None:
    edition = desk.entitle(desk.add_issue(office(1, 1, 4), "n0", "", node_id="q9"), draft=False)
    path = tmp_path / f"x{ending}"

    write_edition(edition, path)

    assert read_edition(path, None) == replace(edition, draft=True)


def test_a_filled_template_goes_into_a_project(tmp_path: Path) -> None:
    path = tmp_path / "แบบฟอร์ม.xlsx"
    write_template(path)
    book = load_workbook(path)
    book["ข้อมูลฉบับ"]["B3"], book["ข้อมูลฉบับ"]["B4"] = "ฉบับใหม่", 2568
    sheet = book["มาตรฐานและประเด็น"]
    for number, (letter, name) in enumerate(
        [("B", "ก"), ("C", "ข"), *[("D", x) for x in "คงจฉ"]], 4
    ):
        sheet[f"{letter}{number}"] = name
    book.save(path)
    current = office(1, 1, 4)

    merged = merge_edition(current, read_edition(path, current))

    assert [code for code, _ in merged.walk()] == ["1", "1.1", "1.1.1", "1.1.2", "1.1.3", "1.1.4"]
    assert merged.retired_node("q0") is not None
    assert {c.kind for c in differences(current, merged)} == {"added", "retired", "title"}


def test_an_unfilled_template_says_what_to_fill_in(tmp_path: Path) -> None:
    path = tmp_path / "แบบฟอร์ม.xlsx"
    write_template(path)

    with pytest.raises(FrameworkFileError, match="กรุณากรอกช่อง “ชื่อฉบับมาตรฐาน”"):
        read_edition(path, None)


@pytest.mark.parametrize("name", ["x.xls", "x.xlsm", "x.csv", "x.ods"])
def test_other_tables_say_how_to_save_them(tmp_path: Path, name: str) -> None:
    with pytest.raises(FrameworkFileError, match=r"บันทึกใหม่เป็น \.xlsx"):
        read_edition(tmp_path / name, None)


def test_a_name_without_a_known_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FrameworkFileError, match=r"ลงท้ายด้วย \.xlsx หรือ \.toml"):
        write_edition(office(1, 1, 4), tmp_path / "x.docx")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["x.toml", "x.xlsx"])
def test_a_full_disk_leaves_the_old_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path = tmp_path / name
    write_edition(office(1, 1, 4), path)
    before = path.read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(durable, "flush_to_disk", full)
    with pytest.raises(StorageError, match=f"บันทึกไฟล์ “{name}” ไม่ได้"):
        write_edition(office(1, 1, 5), path)

    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_a_framework_is_found_by_its_id_or_its_file(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    write_edition(office(1, 1, 4), path)

    assert find_framework("obec-2557").id == "obec-2557"
    assert find_framework(str(path)) == office(1, 1, 4)
    with pytest.raises(FrameworkFileError, match="ไม่มีฉบับมาตรฐาน “x”"):
        find_framework("x")
