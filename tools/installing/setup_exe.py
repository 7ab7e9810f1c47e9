"""Makes Setup.exe from the frozen Windows program, with NSIS."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path, PureWindowsPath
from typing import Final

from esa_desktop import __version__
from esa_desktop.paths import resources_folder
from tools.installing.names import HERE, ROOT, NotBuilt, files_of, folders_of
from tools.installing.side_picture import write_side_picture
from tools.installing.signing import ORDER, is_asked, sign

LIST: Final = "installed-files.txt"
MADE_BY_SETUP: Final = ("uninstall.exe",)
MUST_HAVE: Final = (
    "esa-desktop.exe",
    "esa-desktop-cli.exe",
    "_internal/resources/icons/document.ico",
)
SPACE: Final = 2.2
"""Times the size of the program: its files, and their copy while Setup unpacks."""
MEGABYTE: Final = 1 << 20


def make_setup(tree: Path, target: Path, version: str = __version__) -> Path:
    """The installer of the frozen program in ``tree``; raises `NotBuilt`.

    The environment's ``ESA_SIGN`` signs the program, the uninstaller and the installer.
    """
    missing = [name for name in MUST_HAVE if not (tree / name).is_file()]
    if missing:
        raise NotBuilt(f"{tree} is no frozen program for Windows: {', '.join(missing)} missing")
    if shutil.which("makensis") is None:
        raise NotBuilt("makensis is missing: apt-get install nsis")
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        write_list(tree, place / LIST)
        write_side_picture(place / "side.bmp")
        if is_asked():
            tree = _signed_copy(tree, place / "signed")
        _compile(tree, place, part, version)
    part.replace(target)
    return target


def list_of(tree: Path) -> list[str]:
    """The lines of the list of our own files, as ``listed.nsh`` reads them: folders stand before
    their files, and once more behind them with the deepest first.
    """
    folders = [f"{PureWindowsPath(folder)}\\" for folder in folders_of(tree)]
    files = [str(PureWindowsPath(file)) for file in files_of(tree)]
    return [*folders, *files, *MADE_BY_SETUP, *reversed(folders)]


def write_list(tree: Path, target: Path) -> None:
    lines = "".join(f"{line}\r\n" for line in list_of(tree))
    target.write_bytes(lines.encode("utf-16"))


def size_of(tree: Path) -> int:
    return sum((tree / file).stat().st_size for file in files_of(tree))


def _compile(tree: Path, scratch: Path, out: Path, version: str) -> None:
    size = size_of(tree)
    given = {
        "VERSION": version,
        "TREE": tree.resolve(),
        "LISTS": scratch,
        "OUT": out.resolve(),
        "SIZE_KB": size // 1024,
        "NEED_MB": round(SPACE * size / MEGABYTE) + 10,
        "ICON": resources_folder() / "icons" / "app-icon.ico",
        "SIDE": scratch / "side.bmp",
        "HERE": HERE,
    }
    if is_asked():
        given["SIGN"] = ORDER
    made = subprocess.run(
        [
            *("makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8"),
            *(f"-D{name}={value}" for name, value in given.items()),
            str(HERE / "setup.nsi"),
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        # The names of files are read as the locale says; NSIS signs from a folder of its own.
        env={**os.environ, "LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT)},
    )
    if made.returncode:
        raise NotBuilt(f"makensis failed:\n{made.stdout}\n{made.stderr}")


def _signed_copy(tree: Path, target: Path) -> Path:
    """The tree with its own programs signed; libraries of others keep what they have."""
    shutil.copytree(tree, target)
    for program in sorted(target.glob("*.exe")):
        sign(program)
    return target
