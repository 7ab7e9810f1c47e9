"""A Debian in a folder, with nothing but the libraries the frozen program does not bring along."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

from tools.freezing.look_through import needed
from tools.freezing.owners import system_packages

WITHOUT_A_LIBRARY: Final = ("fontconfig-config",)
"""What is asked for by file: how letters are drawn. Without it they are a little wider."""
# Mounted in a namespace of their own: gone with the last program in it, whatever happens here.
_ENTER: Final = """
mount -t proc proc "$1/proc" && mount --bind /dev "$1/dev" && exec chroot "$@"
"""


class NotMade(Exception):
    """The system could not be made, or is not as bare as it must be."""


def make_system(root: Path, program: Path) -> list[str]:
    """Make a minimal Debian in ``root`` for ``program``; the packages it was given besides.

    The same Debian as this one. It holds neither Python nor libthai.
    """
    wanted = packages_for(program)
    command = [
        "debootstrap",
        "--variant=minbase",
        f"--include={','.join(wanted)}",
        _codename(),
        str(root),
    ]
    quietly = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"}
    done = subprocess.run(command, env=quietly, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotMade(f"debootstrap: {done.stdout.strip().splitlines()[-1:]} {done.stderr.strip()}")
    there = [
        str(path.relative_to(root))
        for folder in ("usr/bin", "usr/lib", "usr/local")
        for path in (root / folder).rglob("*")
        if path.name.startswith(("python3", "libpython", "libthai"))
    ]
    if there:
        raise NotMade(f"the minimal system is not bare: {', '.join(there)}")
    return wanted


def packages_for(program: Path) -> list[str]:
    """The packages of what ``program`` asks for and has not got."""
    binaries = [path for path in program.rglob("*") if path.is_file() and _is_elf(path)]
    brought = {path.name for path in binaries}
    asked = {library for path in binaries for library in needed(path)} - brought
    found = system_packages(asked)
    if unknown := sorted(asked - found.keys()):
        raise NotMade(f"no package of this system has {', '.join(unknown)}")
    names = {name.partition(":")[0] for name, _ in found.values()}
    return sorted({*names, *WITHOUT_A_LIBRARY} - {"libc6"})


def _is_elf(path: Path) -> bool:
    with path.open("rb") as opened:
        return opened.read(4) == b"\x7fELF"


def entering(root: Path) -> list[str]:
    """What a command is put behind to be run inside; needs root."""
    return ["unshare", "--mount", "sh", "-c", _ENTER, "sh", str(root)]


def can_make() -> str:
    """Why a minimal system cannot be made here, or nothing."""
    if os.geteuid() != 0:
        return "needs root"
    return "" if shutil.which("debootstrap") else "there is no debootstrap"


def _codename() -> str:
    words = Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    told = dict(line.split("=", 1) for line in words if "=" in line)
    if told.get("ID") != "debian":
        raise NotMade("this is no Debian")
    return told["VERSION_CODENAME"]
