"""The licences of what is shipped: gathered, complete, and missed where they are not there."""

import json
import shutil
from pathlib import Path

import pytest

from tools.freezing import licences, look_through
from tools.freezing.licences import LicenceMissing, complete, gather, read, shipped_distributions
from tools.freezing.owners import SYSTEM_LIBRARY, owner_of


@pytest.fixture(scope="module")
def gathered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    into = tmp_path_factory.mktemp("gathered") / "licences"
    gather(into, "windows")
    return into


@pytest.fixture
def frozen(tmp_path: Path, gathered: Path) -> Path:
    """A folder as PyInstaller leaves it, with licences and nothing else."""
    shutil.copytree(gathered, tmp_path / "esa" / "_internal" / "licences")
    return tmp_path / "esa"


def unanswered(folder: Path) -> list[str]:
    files = {
        path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()
    }
    return list(look_through._unanswered(folder, files))


def test_every_distribution_that_is_shipped_has_a_licence_with_its_text(gathered: Path) -> None:
    entries = {entry.name.casefold().replace("_", "-"): entry for entry in read(gathered)}

    for name in set(shipped_distributions()) - licences.QT:
        assert entries[name].files, name
    for entry in entries.values():
        texts = [(gathered / name).read_bytes() for name in entry.files]
        assert entry.licence
        assert all(texts), entry.name
        assert max(map(len, texts)) > 200, entry.name


def test_python_qt_the_fonts_libthai_and_the_bootloader_are_among_them(gathered: Path) -> None:
    names = {entry.name for entry in read(gathered)}

    assert names >= {
        "esa_desktop",
        "Python",
        "Qt, PySide6, Shiboken6",
        "TH Sarabun New",
        "Sarabun, Esa UI",
        "libthai, libdatrie",
        "PyInstaller (bootloader)",
        "Microsoft Visual C++ runtime",
    }
    assert "nlpo3" not in names


def test_the_sources_of_libthai_are_handed_on_with_it(gathered: Path) -> None:
    (entry,) = (entry for entry in read(gathered) if entry.name.startswith("libthai"))

    assert [name for name in entry.files if name.endswith(".orig.tar.xz")]


def test_a_folder_with_all_its_licences_has_nothing_unanswered(frozen: Path) -> None:
    assert unanswered(frozen) == []


def test_a_licence_text_that_is_gone_is_named(frozen: Path) -> None:
    (frozen / "_internal" / "licences" / "Python.txt").unlink()

    assert unanswered(frozen) == ["the licence of Python is not in the folder: Python.txt"]


def test_a_distribution_that_is_not_in_the_index_is_named(frozen: Path) -> None:
    index = frozen / "_internal" / "licences" / "index.json"
    rows = json.loads(index.read_text(encoding="utf-8"))
    index.write_text(json.dumps([row for row in rows if row["name"] != "lxml"]), encoding="utf-8")

    assert unanswered(frozen) == ["no licence of lxml"]


def test_a_file_nobody_answers_for_is_named(frozen: Path) -> None:
    (frozen / "_internal" / "stranger.dat").write_bytes(b"?")

    assert unanswered(frozen) == ["nobody answers for _internal/stranger.dat"]


@pytest.mark.parametrize(
    ("path", "owner"),
    [
        ("esa-desktop", "esa_desktop"),
        ("_internal/resources/icons/app-icon.svg", "esa_desktop"),
        ("_internal/thbrk.tri", "libthai, libdatrie"),
        ("_internal/PySide6/Qt6Core.dll", "Qt, PySide6, Shiboken6"),
        ("_internal/PySide6/MSVCP140.dll", "Microsoft Visual C++ runtime"),
        ("_internal/lxml/etree.cpython-311-x86_64-linux-gnu.so", "lxml"),
        ("_internal/python311.dll", "Python"),
        ("_internal/libcrypto-3.dll", "Python"),
        ("_internal/lib-dynload/_ssl.cpython-311-x86_64-linux-gnu.so", "Python"),
        ("_internal/libxcb-cursor.so.0", SYSTEM_LIBRARY),
        ("_internal/something.bin", ""),
    ],
)
def test_the_owner_of_a_file_is_told_by_its_place(path: str, owner: str) -> None:
    assert owner_of(path) == owner


def test_a_library_of_this_system_brings_the_copyright_of_its_package(frozen: Path) -> None:
    (frozen / "_internal" / "libz.so.1").write_bytes(b"\x7fELF")

    complete(frozen, "linux")

    entries = {entry.name: entry for entry in read(frozen / "_internal" / "licences")}
    assert "debian-zlib1g.txt" in entries["zlib1g"].files


def test_a_library_no_package_has_is_refused(frozen: Path) -> None:
    (frozen / "_internal" / "libnobody.so.9").write_bytes(b"\x7fELF")

    with pytest.raises(LicenceMissing, match=r"_internal/libnobody\.so\.9"):
        complete(frozen, "linux")
