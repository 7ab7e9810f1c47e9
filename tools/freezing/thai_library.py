"""Compiles libthai with its dictionary for the frozen program, from the sources in ``libthai``."""

import ctypes
import hashlib
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final, Literal

System = Literal["linux", "windows"]

SOURCES: Final = Path(__file__).resolve().parent / "libthai"
ARCHIVES: Final = {
    "libthai_0.1.29.orig.tar.xz": (
        "fc80cc7dcb50e11302b417cebd24f2d30a8b987292e77e003267b9100d0f4bcd"
    ),
    "libdatrie_0.2.13.orig.tar.xz": (
        "12231bb2be2581a7f0fb9904092d24b0ed2a271a16835071ed97bed65267f4be"
    ),
}
"""sha256 as in Debian's .dsc of libthai 0.1.29-1 and libdatrie 0.2.13-2."""
LIBTHAI: Final = "libthai-0.1.29"
LIBDATRIE: Final = "libdatrie-0.2.13"
PARTS: Final = ("thbrk", "thcell", "thctype", "thinp", "thrend", "thstr", "thwchar")
"""What the four functions need that Qt calls; the rest of libthai is not compiled."""
LIBRARY: Final = {"linux": "libthai.so.0", "windows": "thai.dll"}
DICTIONARY: Final = "thbrk.tri"
# Nothing of this machine and no time gets into what they make, and it asks no other libthai.
_COMPILED: Final = ("-O2", "-g0", "-w", "-DNDEBUG")
_LINKED: Final = {
    "linux": (
        "-Wl,-soname,libthai.so.0",
        "-Wl,--version-script=thai.map",
        "-Wl,--build-id=none",
        "-Wl,-Bsymbolic",
        "-Wl,-z,relro,-z,now",
    ),
    "windows": ("-static-libgcc", "-Wl,--no-insert-timestamp", "thai.def"),
}
_NO_NUMBER: Final = -1
"""What trietool keeps with a word of a plain list (TRIE_DATA_ERROR of libdatrie)."""


class LibraryNotMade(Exception):
    """The sources are not the ones expected, or the compiler refused; the words say which."""


def build(system: System, into: Path) -> tuple[Path, Path]:
    """Write the library for ``system`` and its dictionary into a folder; same bytes every time."""
    into.mkdir(parents=True, exist_ok=True)
    # Windows does not let go of a library this process has open: what is left goes with the rest.
    with tempfile.TemporaryDirectory(prefix="libthai-", ignore_cleanup_errors=True) as folder:
        work = Path(folder)
        _unpack(work)
        library = into / LIBRARY[system]
        library.write_bytes(_compiled(work, system).read_bytes())
        dictionary = into / DICTIONARY
        dictionary.write_bytes(_dictionary(work))
    return library, dictionary


def compiler(system: System) -> str:
    """The name of the compiler that makes libraries for ``system`` on this machine."""
    if system == "windows" and sys.platform != "win32":
        return "x86_64-w64-mingw32-gcc"
    return "gcc"


def _unpack(work: Path) -> None:
    for name, expected in ARCHIVES.items():
        archive = SOURCES / name
        if hashlib.sha256(archive.read_bytes()).hexdigest() != expected:
            raise LibraryNotMade(f"{name} is not the archive that Debian's .dsc names")
        with tarfile.open(archive) as packed:
            packed.extractall(work, filter="data")
    for name in ("beside.c", "thai.map", "thai.def"):
        (work / name).write_bytes((SOURCES / name).read_bytes())


def _compiled(work: Path, system: System) -> Path:
    """The library; every path the compiler sees is relative, so none of this machine gets in."""
    program = compiler(system)
    whole = ("-fPIC",) if system == "linux" else ()
    include = (f"-I{LIBTHAI}/include", f"-I{LIBTHAI}/src", f"-I{LIBDATRIE}")
    thai = [file for part in PARTS for file in _sources(work, f"{LIBTHAI}/src/{part}")]
    objects = []
    for source in [*thai, *_sources(work, f"{LIBDATRIE}/datrie"), "beside.c"]:
        # libthai alone asks for its dictionary; libdatrie has the function it would have asked.
        asks = ('-DDICT_DIR="."', "-Dtrie_new_from_file=dictionary_beside")
        made = source.replace("/", "_").removesuffix(".c") + ".o"
        options = (*_COMPILED, *whole, *include, *(asks if source in thai else ()))
        _run(work, [program, *options, "-c", source, "-o", made])
        objects.append(made)
    name = LIBRARY[system]
    _run(work, [program, "-shared", "-s", "-o", name, *objects, *_LINKED[system]])
    return work / name


def _dictionary(work: Path) -> bytes:
    """``thbrk.tri`` of the word lists, as trietool makes it (which wants an iconv; this does not)."""
    datrie = work / "datrie-here.library"
    system: System = "windows" if sys.platform == "win32" else "linux"
    whole = ("-fPIC",) if system == "linux" else ()
    sources = _sources(work, f"{LIBDATRIE}/datrie")
    options = (*_COMPILED, *whole, f"-I{LIBDATRIE}", "-shared")
    _run(work, [compiler(system), *options, *sources, "-o", datrie.name])
    lists = sorted((work / LIBTHAI / "data").glob("tdict-*.txt"))
    words = {line for file in lists for line in file.read_text(encoding="utf-8").splitlines()}
    span = (work / LIBTHAI / "data" / "thbrk.abm").read_text(encoding="ascii").strip()
    first, last = (int(end, 16) for end in span.strip("[]").split(","))
    return _trie(ctypes.CDLL(str(datrie)), range(first, last + 1), sorted(words - {""}))


def _trie(datrie: ctypes.CDLL, letters: range, words: Iterable[str]) -> bytes:
    datrie.alpha_map_new.restype = ctypes.c_void_p
    datrie.trie_new.restype = ctypes.c_void_p
    datrie.trie_get_serialized_size.restype = ctypes.c_size_t
    alphabet = ctypes.c_void_p(datrie.alpha_map_new())
    datrie.alpha_map_add_range(alphabet, ctypes.c_uint32(letters[0]), ctypes.c_uint32(letters[-1]))
    trie = ctypes.c_void_p(datrie.trie_new(alphabet))
    for word in words:
        key = word.encode("utf-32-le") + bytes(4)
        if not datrie.trie_store(trie, key, ctypes.c_int32(_NO_NUMBER)):
            raise LibraryNotMade(f"the dictionary takes no {word}")
    written = (ctypes.c_uint8 * datrie.trie_get_serialized_size(trie))()
    datrie.trie_serialize(trie, written)
    datrie.trie_free(trie)
    datrie.alpha_map_free(alphabet)
    return bytes(written)


def _sources(work: Path, folder: str) -> list[str]:
    """The C files of a folder, counted from ``work``, in the same order everywhere."""
    return [f"{folder}/{file.name}" for file in sorted((work / folder).glob("*.c"))]


def _run(work: Path, command: list[str]) -> None:
    try:
        done = subprocess.run(command, cwd=work, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise LibraryNotMade(f"there is no {command[0]} on this machine") from error
    if done.returncode:
        raise LibraryNotMade(f"{command[0]} refused: {done.stderr.strip()[-500:]}")
