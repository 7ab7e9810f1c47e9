import ctypes
import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.freezing import thai_library
from tools.freezing.thai_library import LibraryNotMade, build, compiler

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="compares with Linux' own libthai")

ROOT = Path(__file__).resolve().parents[2]
DEBIANS_DICTIONARY = "d411879359c81553f3b508f7c27918f88ec2b42b8b249594af0de84e8a79dd25"
"""sha256 of /usr/share/libthai/thbrk.tri of libthai-data 0.1.29-1."""
FOUR = {"th_brk_new", "th_brk_delete", "th_brk_find_breaks", "th_next_cell"}
THAI = [chr(code) for code in (*range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E5C))]


class Library:
    """Breaks and cells as a libthai tells them, of text in TIS-620."""

    def __init__(self, place: str) -> None:
        self._calls = ctypes.CDLL(place)
        self._calls.th_brk_new.restype = ctypes.c_void_p
        self._calls.th_next_cell.restype = ctypes.c_size_t
        self._words = ctypes.c_void_p(self._calls.th_brk_new(None))
        assert self._words.value, "it has no dictionary"

    def breaks(self, raw: bytes) -> list[int]:
        found = (ctypes.c_int * (len(raw) + 1))()
        room = ctypes.c_size_t(len(found))
        count = self._calls.th_brk_find_breaks(self._words, raw, found, room)
        return found[:count]

    def cells(self, raw: bytes) -> list[bytes]:
        at, found = 0, []
        while at < len(raw):
            cell = (ctypes.c_char * 3)()
            left = ctypes.c_size_t(len(raw) - at)
            length = self._calls.th_next_cell(raw[at:], left, cell, 1)
            found.append(bytes([length]) + cell.raw)
            at += length
        return found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("linux", tmp_path_factory.mktemp("thai"))[0]


@pytest.fixture(scope="module")
def both(made: Path) -> tuple[Library, Library]:
    return Library(str(made)), Library("libthai.so.0")


def shipped_lines() -> list[str]:
    places = ("frameworks/*.toml", "sample/*.toml", "help/pages/*.md", "words_th.txt")
    files = [path for place in places for path in (ROOT / "resources").glob(place)]
    lines = [line for path in files for line in path.read_text("utf-8").splitlines()]
    return [line for line in lines if any(letter in line for letter in THAI)]


def test_the_dictionary_is_debians(made: Path) -> None:
    written = made.with_name("thbrk.tri").read_bytes()
    assert hashlib.sha256(written).hexdigest() == DEBIANS_DICTIONARY


def test_every_line_that_is_shipped_breaks_as_the_systems_libthai_breaks_it(
    both: tuple[Library, Library],
) -> None:
    ours, systems = both
    lines = [line.encode("tis-620", "replace") for line in shipped_lines()]
    assert len(lines) > 60_000
    breaks = 0
    for line in lines:
        assert ours.breaks(line) == systems.breaks(line)
        assert ours.cells(line) == systems.cells(line)
        breaks += len(ours.breaks(line))
    assert breaks > 50_000


@given(st.text(st.sampled_from([*THAI, " ", ".", "a", "1", "(", "–"]), max_size=120))
def test_whatever_is_typed_breaks_as_the_systems_libthai_breaks_it(
    both: tuple[Library, Library], text: str
) -> None:
    raw = text.encode("tis-620", "replace")
    assert both[0].breaks(raw) == both[1].breaks(raw)
    assert both[0].cells(raw) == both[1].cells(raw)


def test_only_four_functions_are_handed_out(made: Path) -> None:
    told = subprocess.run(
        ["objdump", "-T", made], capture_output=True, text=True, check=True
    ).stdout
    given_out = {line.split()[-1] for line in told.splitlines() if " .text" in line}
    assert given_out == FOUR
    headers = subprocess.run(
        ["objdump", "-p", made], capture_output=True, text=True, check=True
    ).stdout
    assert re.search(r"SONAME\s+libthai\.so\.0$", headers, re.MULTILINE)
    assert re.findall(r"NEEDED\s+(\S+)", headers) == ["libc.so.6"]


def test_the_same_sources_give_the_same_bytes(made: Path, tmp_path: Path) -> None:
    again, words = build("linux", tmp_path / "ที่ อื่น")
    assert again.read_bytes() == made.read_bytes()
    assert words.read_bytes() == made.with_name("thbrk.tri").read_bytes()
    assert str(ROOT).encode() not in made.read_bytes()


OPEN = (
    "import ctypes, sys; lib = ctypes.CDLL(sys.argv[1]); lib.th_brk_new.restype = ctypes.c_void_p"
)
FIND = f"{OPEN}; print(lib.th_brk_new(None) is not None)"


def has_words(library: Path, **environment: str) -> bool:
    told = subprocess.run(
        [sys.executable, "-I", "-c", FIND, library],
        cwd=library.parent.parent,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return told.strip() == "True"


def test_the_dictionary_is_found_beside_the_library_and_nowhere_else(
    made: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "ไดรฟ์ ของ ฉัน"
    shutil.copytree(made.parent, elsewhere)
    wrong = tmp_path / "wrong"
    wrong.mkdir()
    (wrong / "thbrk.tri").write_bytes(b"no dictionary")
    moved = elsewhere / made.name
    assert has_words(moved)
    assert has_words(moved, LIBTHAI_DICTDIR=str(wrong))
    (elsewhere / "thbrk.tri").unlink()
    # Neither the system's, nor one in the current folder, nor one that a variable names.
    shutil.copy(made.with_name("thbrk.tri"), tmp_path)
    assert not has_words(moved)
    assert not has_words(moved, LIBTHAI_DICTDIR=str(made.parent))


def test_other_sources_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = tmp_path / "libthai"
    shutil.copytree(thai_library.SOURCES, sources)
    archive = sources / "libdatrie_0.2.13.orig.tar.xz"
    archive.write_bytes(archive.read_bytes()[:-1] + b"\0")
    monkeypatch.setattr(thai_library, "SOURCES", sources)
    with pytest.raises(LibraryNotMade, match=re.escape(archive.name)):
        build("linux", tmp_path / "made")


def test_the_readme_names_the_archives_with_their_digests() -> None:
    told = (thai_library.SOURCES / "README.md").read_text("utf-8")
    for name, digest in thai_library.ARCHIVES.items():
        assert name in told
        assert digest in told


@pytest.mark.skipif(shutil.which(compiler("windows")) is None, reason="no compiler for Windows")
def test_the_library_for_windows_needs_only_windows(tmp_path: Path) -> None:
    library, words = build("windows", tmp_path)
    assert hashlib.sha256(words.read_bytes()).hexdigest() == DEBIANS_DICTIONARY
    told = subprocess.run(
        ["x86_64-w64-mingw32-objdump", "-p", library], capture_output=True, text=True, check=True
    ).stdout
    assert re.search(r"Time/Date\s+Thu Jan +1 00:00:00 1970", told), "the time is in it"
    assert set(re.findall(r"DLL Name: (\S+)", told)) == {"KERNEL32.dll", "msvcrt.dll"}
    assert set(re.findall(r"\[\s*\d+\] (th_\w+)", told)) == FOUR
