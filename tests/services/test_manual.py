from pathlib import Path

import pikepdf
import pytest

from esa_desktop.domain.errors import Cancelled, EsaError, ReportError
from esa_desktop.services.manual import (
    MANUAL_NAME,
    picture_bytes,
    read_manual,
    render_manual,
    write_manual,
)
from tests.help_pages import help_in, picture


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return help_in(tmp_path / "help")


def test_pages_are_read_in_their_order(folder: Path) -> None:
    assert [page.title for page in read_manual(folder).pages] == ["เริ่มใช้งาน", "เขียนข้อความ"]


def test_help_that_is_missing_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(EsaError, match="ติดตั้งโปรแกรมใหม่"):
        read_manual(tmp_path)


def test_a_picture_comes_as_its_bytes_or_not_at_all(folder: Path) -> None:
    assert picture_bytes(folder, "small.png") == picture("small.png")
    assert picture_bytes(folder, "none.png") is None


def test_the_manual_is_written_and_tells_its_pages(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / MANUAL_NAME

    pages = write_manual(target, folder=folder)

    with pikepdf.open(target) as pdf:
        assert len(pdf.pages) == pages
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [MANUAL_NAME]


def test_some_pages_are_printed_without_cover_and_contents(folder: Path) -> None:
    whole, alone = render_manual(folder), render_manual(folder, pages=["write"])

    assert (alone.pages, whole.pages - alone.pages) == (1, whole.pages - 1)


def test_a_disk_that_refuses_is_told_in_a_sentence(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="กรุณาเลือกที่บันทึกอื่น"):
        write_manual(tmp_path / "none" / "manual.pdf", folder=folder)


def test_a_manual_that_is_not_wanted_any_more_leaves_the_old_one(
    folder: Path, tmp_path: Path
) -> None:
    target = tmp_path / "manual.pdf"
    target.write_bytes(b"old")

    with pytest.raises(Cancelled):
        write_manual(target, folder=folder, cancelled=lambda: True)
    assert target.read_bytes() == b"old"


def test_progress_ends_with_all_steps(folder: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    write_manual(tmp_path / "m.pdf", folder=folder, progress=lambda *step: told.append(step))

    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]
