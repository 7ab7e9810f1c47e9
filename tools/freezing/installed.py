"""What an installer leaves on a Windows machine, read from outside: files, registry, links, links' aims."""

import hashlib
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tools.freezing.wine import Wine, windows_path
from tools.installing.setup_exe import LIST, MADE_BY_SETUP

PRODUCT: Final = "esa_desktop"
CLASSES: Final = r"HKCU\Software\Classes"
ENTRY: Final = rf"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\{PRODUCT}"
KEYS: Final = (
    rf"HKCU\Software\{PRODUCT}",
    ENTRY,
    rf"{CLASSES}\.esax",
    rf"{CLASSES}\.esa",
    rf"{CLASSES}\EsaDesktop.Package",
    rf"{CLASSES}\EsaDesktop.Project",
    rf"{CLASSES}\Directory\shell\{PRODUCT}",
)
"""Everything the installer writes into the registry."""
_VALUE: Final = re.compile(r'^(@|"(?:[^"\\]|\\.)*")="((?:[^"\\]|\\.)*)"', re.MULTILINE)


def program_folder(wine: Wine) -> Path:
    return wine.local / "Programs" / PRODUCT


def user_folder(wine: Wine) -> Path:
    return wine.local / PRODUCT


def tree_of(folder: Path) -> dict[str, str]:
    """SHA-256 of every file by its name in the folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def differences(folder: Path, frozen: Path) -> list[str]:
    """Names that are not the same in both; the uninstaller and its list are meant to be there."""
    there, wanted = tree_of(folder), tree_of(frozen)
    own = {LIST, *MADE_BY_SETUP}
    names = [name for name in there.keys() | wanted.keys() if there.get(name) != wanted.get(name)]
    return sorted([*(name for name in names if name not in own), *(own - there.keys())])


def value(wine: Wine, key: str, name: str = "@") -> str | None:
    """A text of the registry, ``@`` for the unnamed one of a key; ``None`` where there is none.

    Through an export: what ``reg query`` prints has lost the Thai letters.
    """
    out = wine.folder / "exported.reg"
    out.unlink(missing_ok=True)
    code, _ = wine.run("reg", "export", key, windows_path(out), "/y")
    if code or not out.exists():
        return None
    head, _, own = out.read_text("utf-16").replace("\r\n", "\n").partition("]\n")
    found = {
        called.strip('"'): re.sub(r"\\(.)", r"\1", text)
        for called, text in _VALUE.findall(own.partition("\n[")[0])
    }
    return found.get(name) if head else None


def has_key(wine: Wine, key: str) -> bool:
    return wine.run("reg", "query", key)[0] == 0


def links(wine: Wine) -> list[Path]:
    """Shortcuts of this program on the desktop and in the start menu."""
    places = (wine.person / "Desktop", wine.person / "AppData" / "Roaming")
    return sorted(link for place in places for link in place.rglob("*.lnk"))


def aims_at(link: Path, program: str) -> bool:
    """Whether a shortcut names a program: its path stands in it, two bytes a letter or in one."""
    content = link.read_bytes()
    return program.encode("utf-16-le") in content or program.encode("utf-8") in content


def clean(wine: Wine) -> None:
    """As on a machine that never saw the program."""
    for key in KEYS:
        wine.run("reg", "delete", key, "/f")
    for folder in (program_folder(wine), user_folder(wine)):
        shutil.rmtree(folder, ignore_errors=True)
    for link in links(wine):
        link.unlink()


def foreign_files(folder: Path) -> Iterator[Path]:
    """Files as people put them where programs lie, one of them among our own."""
    for name in ("บันทึกของฉัน.txt", "_internal/ของคนอื่น.txt", "รูป/ภาพ.txt"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("เก็บไว้", encoding="utf-8")
        yield path
