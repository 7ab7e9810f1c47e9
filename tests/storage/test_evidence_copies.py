import errno
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from esa_desktop.domain.errors import AttachError
from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.storage import evidence_copies
from esa_desktop.storage.evidence_copies import may_open, open_copy
from esa_desktop.storage.evidence_files import keep, path_of
from tests.storage.projects import is_one_thai_sentence


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "งาน.esaproj"
    folder.mkdir()
    return folder


@pytest.fixture
def file(folder: Path, tmp_path: Path) -> EvidenceFile:
    source = tmp_path / "คำสั่ง.pdf"
    source.write_bytes(b"%PDF-1.7 " + os.urandom(100))
    return keep(source, folder)


def test_the_copy_has_its_own_name_and_cannot_be_written(
    folder: Path, file: EvidenceFile, tmp_path: Path
) -> None:
    copy = open_copy(folder, file, tmp_path / "out")
    assert copy.name == "คำสั่ง.pdf"
    assert copy.read_bytes() == path_of(folder, file.sha256).read_bytes()
    assert not copy.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)
    assert not copy.stat().st_mode & stat.S_IXUSR
    assert [path.name for path in copy.parent.iterdir()] == ["คำสั่ง.pdf"]


def test_two_files_of_one_name_do_not_meet(
    folder: Path, file: EvidenceFile, tmp_path: Path
) -> None:
    (tmp_path / "คำสั่ง.pdf").write_bytes(b"another")
    other = keep(tmp_path / "คำสั่ง.pdf", folder)
    first, second = (open_copy(folder, one, tmp_path / "out") for one in (file, other))
    assert first != second
    assert second.read_bytes() == b"another"
    assert first.name == second.name


def test_a_copy_that_is_there_is_given_again_unless_it_was_changed(
    folder: Path, file: EvidenceFile, tmp_path: Path
) -> None:
    copy = open_copy(folder, file, tmp_path / "out")
    there = copy.stat().st_ino
    assert open_copy(folder, file, tmp_path / "out").stat().st_ino == there
    copy.chmod(0o644)
    copy.write_bytes(b"somebody worked here")
    assert open_copy(folder, file, tmp_path / "out").read_bytes() == (
        path_of(folder, file.sha256).read_bytes()
    )


@pytest.mark.parametrize(
    "name",
    [
        "a.pdf",
        "ภาพ.JPG",
        "รายงาน ๑.๒.๓.docx",
        "แบบ ๑.xls",
        "รายชื่อ.csv",
        "บันทึก.txt",
        "กิจกรรม.mp4",
        "1.2.3-04 คำสั่ง.pdf",
    ],
)
def test_what_an_office_shows_may_be_opened(name: str) -> None:
    assert may_open(name)


@pytest.mark.parametrize(
    "name",
    [
        "a.pdf.exe",
        "a.exe.pdf",
        "A.EXE",
        "macro.docm",
        "sheet.xlsm",
        "page.html",
        "drawing.svg",
        "link.lnk",
        "site.url",
        "script.js",
        "all.zip",
        "disk.iso",
        "noending",
        "a.pdf:stream.exe",
        "a.e\u200bxe",
        "a\u202efdp.exe",
        ".pdf",
        "",
    ],
)
def test_what_could_run_or_deceive_is_not_opened(
    folder: Path, file: EvidenceFile, tmp_path: Path, name: str
) -> None:
    with pytest.raises(AttachError, match="ความปลอดภัย") as caught:
        open_copy(folder, replace(file, name=name), tmp_path / "out")
    assert is_one_thai_sentence(caught.value)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "name",
    ["a.pdf.", "a.pdf ", "../../x.pdf", "..\\..\\x.pdf", "/etc/x.pdf", "C:\\x.pdf", "CON.pdf"],
)
def test_no_name_leads_out_of_the_folder_or_past_its_ending(
    folder: Path, file: EvidenceFile, tmp_path: Path, name: str
) -> None:
    copy = open_copy(folder, replace(file, name=name), tmp_path / "out")
    assert copy.resolve().is_relative_to((tmp_path / "out").resolve())
    assert copy.suffix == ".pdf"


def test_a_damaged_file_is_not_handed_out(folder: Path, file: EvidenceFile, tmp_path: Path) -> None:
    path_of(folder, file.sha256).write_bytes(b"!" * file.size)
    with pytest.raises(AttachError, match="เสียหาย") as caught:
        open_copy(folder, file, tmp_path / "out")
    assert is_one_thai_sentence(caught.value)
    assert [path for path in (tmp_path / "out").rglob("*") if path.is_file()] == []


def test_a_file_that_is_gone_is_said_to_be_gone(
    folder: Path, file: EvidenceFile, tmp_path: Path
) -> None:
    path_of(folder, file.sha256).unlink()
    with pytest.raises(AttachError, match="ไม่อยู่ในงานประเมินแล้ว") as caught:
        open_copy(folder, file, tmp_path / "out")
    assert is_one_thai_sentence(caught.value)


@pytest.mark.parametrize(("code", "words"), [(errno.ENOSPC, "เต็ม"), (errno.EIO, "ไดรฟ์")])
def test_a_fault_of_the_disk_is_a_sentence(
    folder: Path,
    file: EvidenceFile,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    code: int,
    words: str,
) -> None:
    def fail(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(evidence_copies, "_copy", fail)
    with pytest.raises(AttachError, match=words) as caught:
        open_copy(folder, file, tmp_path / "out")
    assert is_one_thai_sentence(caught.value)
