"""How the things that are made here are called, and where the frozen program lies."""

from pathlib import Path
from typing import Final

from esa_desktop import __version__

HERE: Final = Path(__file__).resolve().parent
ROOT: Final = HERE.parent.parent
DIST: Final = ROOT / "dist"
INTO: Final = DIST / "installer"
WINDOWS_TREE: Final = DIST / "windows" / "esa-desktop"
LINUX_TREE: Final = DIST / "esa-desktop"
SETUP: Final = f"EsaDesktop-{__version__}-Setup.exe"
PORTABLE: Final = f"EsaDesktop-{__version__}-portable.zip"
DEB: Final = f"esa-desktop_{__version__}_amd64.deb"
SUMS: Final = "SHA256SUMS.txt"
PAGE: Final = "อ่านก่อนติดตั้ง.html"


class NotBuilt(Exception):
    """Something could not be made; one sentence says what and what is missing."""


def files_of(tree: Path) -> list[Path]:
    """The files of a tree, relative, in one order on every machine."""
    found = (path.relative_to(tree) for path in tree.rglob("*") if not path.is_dir())
    return sorted(found, key=lambda path: path.as_posix())


def folders_of(tree: Path) -> list[Path]:
    """The folders of a tree, relative, parents first."""
    found = (path.relative_to(tree) for path in tree.rglob("*") if path.is_dir())
    return sorted(found, key=lambda path: path.as_posix())
