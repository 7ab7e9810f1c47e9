"""Tells who answers for a file of the frozen program: a distribution, Python, Qt, us, or this system."""

import re
import subprocess
import sys
from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import distributions
from pathlib import Path, PurePosixPath
from typing import Final

SYSTEM_LIBRARY: Final = "a library of this system"
INSIDE: Final = "_internal/"
_PYTHON: Final = re.compile(
    r"base_library\.zip$|(lib-dynload|python3\.\d+/lib-dynload)/|libpython3|python3\d*\.dll$"
    r"|(libcrypto|libssl|libffi)-[\w.-]+\.dll$|sqlite3\.dll$|_?[a-z0-9_]+\.pyd$"
)
_MICROSOFT: Final = re.compile(
    r"(msvcp|vcruntime|concrt|vcomp|ucrtbase|api-ms-win)[\w.-]*\.dll$", re.IGNORECASE
)
_LIBRARY: Final = re.compile(r"\.so(\.[\d.]+)?$")
OURS: Final = "esa_desktop"
_BY_PLACE: Final = (
    (re.compile(r"(resources|fonts|licences)/"), OURS),
    (re.compile(r"(libthai\.so\.0|thai\.dll|thbrk\.tri)$"), "libthai, libdatrie"),
    (
        re.compile(
            r"(.*/)?(msvcp|vcruntime|concrt|vcomp|ucrtbase|api-ms-win)[\w.-]*\.dll$", re.IGNORECASE
        ),
        "Microsoft Visual C++ runtime",
    ),
    (re.compile(r"(PySide6|shiboken6)/"), "Qt, PySide6, Shiboken6"),
    (  # on Windows its libraries lie in no folder of its own
        re.compile(r"_pi_heif\.|lib(heif|de265|stdc\+\+|gcc_s_seh|winpthread)-[\w.-]+\.dll$"),
        "pi-heif",
    ),
)


def owner_of(path: str) -> str:
    """Who answers for ``path``, counted from the program's folder; empty where nobody does.

    `SYSTEM_LIBRARY` for a shared library that PyInstaller fetched from the system it ran on.
    """
    if not path.startswith(INSIDE):
        return OURS  # what lies beside is made by this build
    inside = path.removeprefix(INSIDE)
    name = PurePosixPath(inside).name
    for pattern, owner in _BY_PLACE:
        if pattern.match(inside):
            return owner
    found = _recorded().get(inside) or _recorded().get(inside.split("/")[0] + "/")
    if not found and _PYTHON.match(inside):
        found = "Python"
    if not found and _LIBRARY.search(name):
        found = _by_name().get(name, SYSTEM_LIBRARY)
    return found or ""


def system_packages(names: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Package and version of Debian by the name of a library; what no package has is left out."""
    wanted = sorted(set(names))
    if not wanted or sys.platform != "linux":
        return {}
    told = _printed("dpkg-query", "--search", *(f"*/{name}" for name in wanted))
    packages: dict[str, str] = {}
    for line in told.splitlines():
        package, _, place = line.partition(": ")
        if not package.startswith("diversion by"):
            packages.setdefault(Path(place).name, package.split(",")[0])
    listing = _printed(
        "dpkg-query", "--show", "--showformat=${binary:Package} ${Version}\n", *packages.values()
    )
    versions: dict[str, str] = {}
    for line in listing.splitlines():
        package, _, version = line.partition(" ")
        versions[package] = versions[package.partition(":")[0]] = version
    return {name: (package, versions.get(package, "")) for name, package in packages.items()}


@lru_cache(maxsize=1)
def _recorded() -> dict[str, str]:
    """The distribution by what it installed: single files, and its folders with a slash behind."""
    owners: dict[str, str] = {}
    for found in distributions():
        name = str(found.metadata["Name"])
        for file in found.files or ():
            path = file.as_posix()
            if ".dist-info/" not in path and not path.startswith(".."):
                owners[path if "/" not in path else path.split("/")[0] + "/"] = name
                owners[path] = name
    return owners


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    """The same by the bare name of a shared library: PyInstaller may lay it on top."""
    return {
        PurePosixPath(path).name: owner
        for path, owner in _recorded().items()
        if _LIBRARY.search(path)
    }


def _printed(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout
    except OSError:
        return ""
