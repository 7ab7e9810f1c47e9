"""Gathers the licence texts of everything that is shipped, with an index the About window reads.

`gather` writes what is known before freezing; `complete` adds what the frozen folder turned out to
hold and refuses a file that nobody answers for.
"""

import json
import shutil
import sys
import sysconfig
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from email.message import Message
from importlib.metadata import Distribution, distribution
from pathlib import Path, PurePosixPath
from typing import Final, Literal

from tools.freezing.owners import SYSTEM_LIBRARY, owner_of, system_packages

System = Literal["linux", "windows"]
ROOT: Final = Path(__file__).resolve().parents[2]
INDEX: Final = "index.json"
LEFT_OUT: Final = frozenset({"nlpo3"})
"""In the lock, but for checkouts only."""
QT: Final = frozenset({"pyside6-essentials", "pyside6-addons", "shiboken6"})
OWN_TEXTS: Final[Mapping[str, tuple[str, ...]]] = {
    "pi-heif": ("pi-heif-NOTICE.txt", "LGPL-3.txt", "GPL-3.txt"),
}
"""What the texts in a distribution leave out, from ``resources/licences``."""
SPOKEN: Final[Mapping[str, str]] = {
    "reportlab": "BSD-3-Clause",
    "charset-normalizer": "MIT",
    "uharfbuzz": "Apache-2.0, with HarfBuzz (Old MIT)",
    "lxml": "BSD-3-Clause, with libxml2 and libxslt (MIT)",
    "pypdfium2": "Apache-2.0 or BSD-3-Clause, with PDFium (BSD-3-Clause and Apache-2.0)",
    "pi-heif": "BSD-3-Clause, with libheif and libde265 (LGPL-3.0-or-later)",
    "segno": "BSD-3-Clause",
    "openpyxl": "MIT",
    "et-xmlfile": "MIT",
    "pikepdf": "MPL-2.0, with qpdf (Apache-2.0)",
}
"""Where the metadata of a distribution has a sentence or nothing instead of a licence's name."""
_TEXT_NAMES: Final = ("licen", "copying", "notice", "authors")


class LicenceMissing(Exception):
    """Something would be shipped without its licence; the words say what."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the index; ``files`` are names in the folder of the index."""

    name: str
    version: str
    licence: str
    files: tuple[str, ...]


def gather(into: Path, system: System, python: tuple[str, Path] | None = None) -> None:
    """Write ``index.json`` and the texts of all that is known to be shipped on ``system``.

    Reads the distributions installed for the Python that runs this. ``python``: version and
    licence of the interpreter that is shipped, where it is another. Raises `LicenceMissing`.
    """
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir(parents=True)
    entries = [_own_entry(into), *_font_entries(into), _qt_entry(into)]
    entries.append(_python_entry(into, *(python or _this_python())))
    entries += [_library_entry(into), _bootloader_entry(into)]
    entries += [_entry(into, name) for name in shipped_distributions() if name not in QT]
    if system == "windows":
        entries.append(_microsoft_entry(into))
    _write(into, entries)


def complete(folder: Path, system: System) -> None:
    """Add the licences of libraries that came from this system into the frozen ``folder``.

    Raises `LicenceMissing` for a library or program nobody is known to answer for.
    """
    into = folder / "_internal" / "licences"
    entries = read(into)
    known = {entry.name for entry in entries}
    if system == "linux":
        strange = [path for path in _files(folder) if owner_of(path) == SYSTEM_LIBRARY]
        packages = system_packages(PurePosixPath(path).name for path in strange)
        missing = sorted(path for path in strange if PurePosixPath(path).name not in packages)
        if missing:
            raise LicenceMissing(f"no package of this system has {', '.join(missing)}")
        entries += [
            _debian_entry(into, name, version)
            for name, version in sorted(set(packages.values()))
            if name not in known
        ]
    _write(into, entries)


def read(folder: Path) -> list[Entry]:
    """The index in ``folder``. Raises `LicenceMissing` where there is none."""
    try:
        rows = json.loads((folder / INDEX).read_text(encoding="utf-8"))
    except OSError as error:
        raise LicenceMissing(f"no {INDEX} in {folder.name}") from error
    return [Entry(**{**row, "files": tuple(row["files"])}) for row in rows]


def shipped_distributions() -> list[str]:
    """Names of the distributions the installed program is made of, as the lock spells them."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    names = [line.split("==")[0] for line in lock.splitlines() if "==" in line.split("#")[0]]
    return [name for name in names if name not in LEFT_OUT]


def _write(into: Path, entries: Iterable[Entry]) -> None:
    rows = [asdict(entry) for entry in sorted(entries, key=lambda entry: entry.name.casefold())]
    for row in rows:
        if not row["files"] or not all((into / name).is_file() for name in row["files"]):
            raise LicenceMissing(f"no licence text for {row['name']}")
    (into / INDEX).write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")


def _entry(into: Path, name: str) -> Entry:
    found = distribution(name)
    texts = [
        _copied(into, Path(str(found.locate_file(file))), f"{name}-{_flat(str(file))}")
        for file in found.files or ()
        if _is_text(str(file))
    ]
    texts += _own_texts(into, *OWN_TEXTS.get(name, ()))
    return Entry(_spelled(found), found.version, _licence(found, name), tuple(texts))


def _is_text(file: str) -> bool:
    """Whether it is a licence in a distribution's own metadata, its README there left out."""
    inside = file.partition(".dist-info/")[2].casefold()
    in_folder = inside.startswith("licenses/") and not inside.endswith("readme.md")
    return in_folder or any(inside.startswith(name) for name in _TEXT_NAMES)


def _flat(file: str) -> str:
    inside = file.partition(".dist-info/")[2].removeprefix("licenses/")
    name = inside.replace("/", "-")
    return name if PurePosixPath(name).suffix in {".txt", ".md", ".rst"} else f"{name}.txt"


def _metadata(found: Distribution) -> "Message[str, str]":
    return found.metadata  # type: ignore[return-value]  # it is one, and typed as a protocol


def _spelled(found: Distribution) -> str:
    return str(_metadata(found)["Name"])


def _licence(found: Distribution, name: str) -> str:
    if name in SPOKEN:
        return SPOKEN[name]
    told = _metadata(found)["License-Expression"] or _metadata(found)["License"] or ""
    if not told or "\n" in told or len(told) > 60:
        raise LicenceMissing(f"the licence of {name} has no name; add it to SPOKEN")
    return str(told)


def _own_entry(into: Path) -> Entry:
    from esa_desktop import __version__

    return Entry(
        "esa_desktop", __version__, "MIT", (_copied(into, ROOT / "LICENSE", "esa_desktop.txt"),)
    )


def _font_entries(into: Path) -> list[Entry]:
    fonts = ROOT / "fonts"

    def texts(*names: str) -> tuple[str, ...]:
        return tuple(_copied(into, fonts / name, name) for name in names)

    gpl = "GPL-2.0-or-later with an exception for documents that embed the font"
    return [
        Entry("TH Sarabun New", "1.35", gpl, texts("THSarabunNew-LICENSE.txt", "GPL-2.txt")),
        Entry("Sarabun, Esa UI", "1.000", "OFL-1.1", texts("Sarabun-OFL.txt")),
    ]


def _python_entry(into: Path, version: str, text: Path) -> Entry:
    """Of the interpreter and all that is built into it (OpenSSL, SQLite, expat, libffi …)."""
    return Entry("Python", version, "PSF-2.0", (_copied(into, text, "Python.txt"),))


def _this_python() -> tuple[str, Path]:
    places = (
        Path(sysconfig.get_path("stdlib")) / "LICENSE.txt",
        Path(f"/usr/share/doc/python3.{sys.version_info.minor}/copyright"),
        Path(sys.base_prefix) / "LICENSE.txt",
    )
    for place in places:
        if place.is_file():
            return ".".join(map(str, sys.version_info[:3])), place
    raise LicenceMissing("this Python came without its licence")


def _qt_entry(into: Path) -> Entry:
    texts = _own_texts(into, "Qt-NOTICE.txt", "LGPL-3.txt", "GPL-3.txt")
    version = distribution("pyside6-essentials").version
    return Entry("Qt, PySide6, Shiboken6", version, "LGPL-3.0-only", tuple(texts))


def _library_entry(into: Path) -> Entry:
    """With its sources, as its licence asks of whoever hands on a library made from them."""
    place = ROOT / "tools" / "freezing" / "libthai"
    texts = [
        _copied(into, file, f"libthai-{file.name}")
        for file in sorted(place.iterdir())
        if file.suffix in {".txt", ".md", ".xz", ".c", ".def", ".map"} or "COPYING" in file.name
    ]
    if not any("COPYING" in name for name in texts):
        raise LicenceMissing("no COPYING of libthai")
    return Entry("libthai, libdatrie", "0.1.29, 0.2.13", "LGPL-2.1-or-later", tuple(texts))


def _bootloader_entry(into: Path) -> Entry:
    found = distribution("pyinstaller")
    texts = [
        _copied(into, Path(str(found.locate_file(file))), f"pyinstaller-{_flat(str(file))}")
        for file in found.files or ()
        if _is_text(str(file))
    ]
    licence = "GPL-2.0-or-later with an exception for the programs it starts"
    return Entry("PyInstaller (bootloader)", found.version, licence, tuple(texts))


def _microsoft_entry(into: Path) -> Entry:
    name = "Microsoft-runtime.txt"
    (into / name).write_text(
        "msvcp140.dll, vcruntime140.dll and their companions are Microsoft's Visual C++ runtime,\n"
        "copyright Microsoft Corporation. They are redistributable under the licence terms of\n"
        "Microsoft Visual Studio and come unchanged as Qt's and Python's builds bring them.\n",
        encoding="utf-8",
    )
    return Entry("Microsoft Visual C++ runtime", "14", "redistributable", (name,))


def _debian_entry(into: Path, package: str, version: str) -> Entry:
    text = Path("/usr/share/doc") / package.partition(":")[0] / "copyright"
    if not text.is_file():
        raise LicenceMissing(f"{package} has no copyright file on this system")
    name = _copied(into, text, f"debian-{package.partition(':')[0]}.txt")
    return Entry(package.partition(":")[0], version, "see its text", (name,))


def _own_texts(into: Path, *names: str) -> list[str]:
    return [_copied(into, ROOT / "resources" / "licences" / name, name) for name in names]


def _copied(into: Path, source: Path, name: str) -> str:
    shutil.copyfile(source, into / name)
    return name


def _files(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
