from collections.abc import Callable
from pathlib import Path

import pytest

from esa_desktop.domain.evidence import EvidenceFile
from esa_desktop.services.intake_printable import (
    BIG,
    BIG_SCAN,
    make_printable,
    name_of_copy,
    wants_printable,
)
from esa_desktop.storage.evidence_files import keep, path_of


class Scanner:
    """Writes a copy of a given size, as a `Reader` would."""

    def __init__(self, size: int) -> None:
        self._size = size

    def printable(self, path: Path, name: str, to: Path, *, cancelled: Callable[[], bool]) -> bool:
        to.write_bytes(b"%PDF-" + b"x" * self._size)
        return True


@pytest.mark.parametrize(
    ("name", "size", "wanted"),
    [
        ("สแกน.pdf", BIG_SCAN, True),
        ("สแกน.PDF", BIG_SCAN, True),
        ("คำสั่ง.pdf", BIG_SCAN - 1, False),
        ("ภาพ.jpg", BIG, True),
        ("ภาพ.jpg", BIG - 1, False),
        ("ภาพ.heic", 1, True),
        ("แผน.docx", 10 * BIG, False),
    ],
)
def test_photographs_and_big_scans_want_a_copy_for_paper(
    name: str, size: int, wanted: bool
) -> None:
    assert wants_printable(EvidenceFile("a" * 64, name, size)) is wanted
    assert not wants_printable(EvidenceFile("a" * 64, name, size, "b" * 64, 1))


def test_a_copy_is_called_by_what_it_is() -> None:
    assert name_of_copy("สแกน ๑.PDF") == "สแกน ๑.pdf"
    assert name_of_copy("IMG.HEIC") == "IMG.jpg"


def test_the_copy_of_a_scan_lies_beside_the_original_which_stays(tmp_path: Path) -> None:
    (tmp_path / "สแกน.pdf").write_bytes(b"%PDF-" + b"o" * 1000)
    original = keep(tmp_path / "สแกน.pdf", tmp_path)

    copy = make_printable(tmp_path, original, Scanner(100), cancelled=lambda: False)

    assert copy is not None
    assert copy.name == "สแกน.pdf"
    assert path_of(tmp_path, copy.sha256).is_file()
    assert path_of(tmp_path, original.sha256).is_file()


def test_a_copy_that_is_no_smaller_is_not_kept(tmp_path: Path) -> None:
    (tmp_path / "สแกน.pdf").write_bytes(b"%PDF-" + b"o" * 1000)
    original = keep(tmp_path / "สแกน.pdf", tmp_path)

    assert make_printable(tmp_path, original, Scanner(2000), cancelled=lambda: False) is None
