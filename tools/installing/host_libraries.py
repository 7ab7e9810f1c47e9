"""Which Debian packages a frozen program still needs: read from what its binaries name but do not bring."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from tools.freezing.minimal_system import NotMade, packages_for
from tools.installing.names import NotBuilt, files_of

ELF: Final = b"\x7fELF"
LIBC: Final = "libc6"
_GLIBC: Final = re.compile(rb"GLIBC_(\d+)\.(\d+)(?![\d.])")


def host_packages(tree: Path) -> str:
    """The value of ``Depends``: the packages of the libraries that lie outside ``tree``.

    Without versions, but for the C library: of that the newest symbol any binary asks for. The
    others are old friends whose names change when they break.
    """
    binaries = [tree / file for file in files_of(tree) if is_elf(tree / file)]
    if not binaries:
        raise NotBuilt(f"{tree} holds no program for Linux")
    try:
        packages = sorted({*packages_for(tree)} - {LIBC})
    except NotMade as refused:
        raise NotBuilt(str(refused)) from refused
    major, minor = newest_glibc(binaries)
    return ", ".join([f"{LIBC} (>= {major}.{minor})", *packages])


def newest_glibc(binaries: Iterable[Path]) -> tuple[int, int]:
    """The newest version of the C library whose symbols a binary names."""
    found = (_GLIBC.findall(path.read_bytes()) for path in binaries)
    return max((int(major), int(minor)) for pairs in found for major, minor in pairs)


def is_elf(path: Path) -> bool:
    with path.open("rb") as opened:
        return opened.read(4) == ELF
