"""The static check of a frozen folder sees what is planted; a whole one is checked in tests/e2e/test_frozen.py."""

import importlib.util
import shutil
from pathlib import Path

import pytest

from tools.freezing import look_through
from tools.freezing.look_through import ROOT, needed, problems


def binary() -> Path:
    """A real shared library with needs of its own."""
    spec = importlib.util.find_spec("lxml.etree")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin)


@pytest.mark.parametrize(
    "name",
    [
        "_internal/icuuc.dll",
        "_internal/MSCMS.dll",
        "_internal/bcryptprimitives.dll",
        "_internal/esa.pdb",
        "_internal/lxml/tests/test_etree.pyc",
        "_internal/nlpo3/nlpo3.so",
        "_internal/resources/words_th.txt",
        "_internal/PySide6/Qt6WebEngineCore.dll",
    ],
)
def test_what_must_not_be_shipped_is_named(tmp_path: Path, name: str) -> None:
    assert list(look_through._strangers({name: tmp_path})) == [f"must not be shipped: {name}"]


def test_sources_among_the_licences_are_no_strangers(tmp_path: Path) -> None:
    assert list(look_through._strangers({"_internal/licences/libthai-place.c": tmp_path})) == []


def test_the_libraries_a_binary_needs_are_read() -> None:
    assert "libc.so.6" in needed(binary())


def test_a_library_that_is_not_in_the_folder_is_named(tmp_path: Path) -> None:
    library = tmp_path / "_internal" / "PySide6" / "QtCore.abi3.so"
    spec = importlib.util.find_spec("PySide6")
    assert spec is not None
    assert spec.origin is not None
    library.parent.mkdir(parents=True)
    shutil.copyfile(Path(spec.origin).with_name("QtCore.abi3.so"), library)

    told = list(look_through._unmet({"_internal/PySide6/QtCore.abi3.so": library}))

    assert [line for line in told if "libQt6Core.so.6, which is not in the folder" in line]


def test_a_path_of_the_build_machine_is_found_in_any_file(tmp_path: Path) -> None:
    file = tmp_path / "some.dat"
    file.write_bytes(b"\0made in " + str(ROOT).encode() + b"\0")

    assert list(look_through._build_places({"_internal/some.dat": file})) == [
        "a path of the build machine is in _internal/some.dat"
    ]


def test_an_empty_folder_is_no_program(tmp_path: Path) -> None:
    told = problems(tmp_path)

    assert "no index.json in licences" in told
    assert f"no program in {tmp_path.name}" in told
