from pathlib import Path

import pytest

from esa_desktop.report.binder.text_pages import MOST_BYTES, TextFault, read_text
from tests.report.binder.made import Office, bound


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "cp874"])
def test_text_is_read_in_whatever_coding_thai_was_written(tmp_path: Path, coding: str) -> None:
    (tmp_path / "a").write_bytes("บันทึกการประชุม\r\nครั้งที่ 2".encode(coding))
    assert read_text(tmp_path / "a") == "บันทึกการประชุม\nครั้งที่ 2"


@pytest.mark.parametrize(
    "content", [b"a\0b", b"\xff\xff\xff", b"x" * (MOST_BYTES + 1), b"\xff\xfe\x00"]
)
def test_what_is_no_text_for_paper_is_a_fault(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(TextFault):
        read_text(tmp_path / "a")


def test_a_text_file_is_bound_on_pages_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    office = Office(tmp_path / "files")
    words = "\n".join(f"บรรทัดที่ {n}" for n in range(200))
    office.item("1.1.1", "ก", office.keep("บันทึก.txt", words.encode()))
    office.item("1.1.1", "ข", office.keep("x.txt", b"\0\1\2"))
    made = bound(office, tmp_path / "out")
    assert "บรรทัดที่199" in "".join(made.texts())
    assert [trouble.name for trouble in made.result.troubles] == ["x.txt"]
