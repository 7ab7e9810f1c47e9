"""What the program needs on Windows: wheels pinned by ``requirements-windows.lock``, put in place."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from tools.freezing.wine import NoWine

LOCK: Final = Path(__file__).resolve().parents[2] / "requirements-windows.lock"
_FOR_WINDOWS: Final = (
    *("--platform", "win_amd64", "--python-version", "311", "--implementation", "cp"),
    *("--only-binary=:all:", "--no-deps", "--require-hashes"),
)
_PINNED: Final = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)


def pinned(lock: Path) -> dict[str, str]:
    """Name and version of everything in a lock file."""
    return {
        re.sub(r"[-_.]+", "-", name).casefold(): version
        for name, version in _PINNED.findall(lock.read_text("utf-8"))
    }


def install_wheels(python: Path, cache: Path) -> None:
    """Put the wheels into the Python of ``python.exe``; quick when they are there already.

    Downloaded once into ``cache``; installed from there without asking any registry.
    """
    packages = python.parent / "Lib" / "site-packages"
    ready = packages / "READY"
    if ready.exists() and ready.read_bytes() == LOCK.read_bytes():
        return
    cache.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(packages, ignore_errors=True)
    from_cache = ("--no-index", "--find-links", cache)
    into = ("install", *_FOR_WINDOWS, "--no-compile", "--target", packages, *from_cache, "-r", LOCK)
    if _pip("download", *_FOR_WINDOWS, "-r", LOCK, "-d", cache) or _pip(*into):
        raise NoWine("the wheels for Windows cannot be had; what pip said stands above")
    ready.write_bytes(LOCK.read_bytes())


def _pip(*arguments: str | Path) -> int:
    options = ("--quiet", "--disable-pip-version-check", "--no-warn-conflicts")
    command, *rest = map(str, arguments)
    asked = options if command == "install" else options[:2]
    return subprocess.call([sys.executable, "-m", "pip", command, *asked, *rest])
