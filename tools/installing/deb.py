"""Makes the .deb from the frozen Linux program, with dpkg-deb."""

import gzip
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from esa_desktop.paths import resources_folder
from tools.installing.deb_words import (
    DESKTOP,
    HOME,
    KINDS,
    LINTIAN,
    PACKAGE,
    changelog,
    control,
    copyright_of,
    mime,
)
from tools.installing.host_libraries import host_packages, is_elf
from tools.installing.names import ROOT, NotBuilt, files_of, folders_of
from tools.make_app_icon import drawn, png

SIDES: Final = (16, 22, 24, 32, 48, 64, 128, 256)
EPOCH: Final = 1577836800
"""2020-01-01: the times in the package where neither the environment nor git tells another."""


def make_deb(tree: Path, target: Path, depends: str | None = None) -> Path:
    """The package of the frozen program in ``tree``; ``depends`` is read from its binaries.

    The same tree gives the same bytes; raises `NotBuilt`.
    """
    if not (tree / PACKAGE).is_file():
        raise NotBuilt(f"{tree} is no frozen program for Linux: {PACKAGE} is missing")
    if shutil.which("dpkg-deb") is None:
        raise NotBuilt("dpkg-deb is missing; it comes with Debian")
    target.parent.mkdir(parents=True, exist_ok=True)
    time = _time()
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / PACKAGE
        (root / "DEBIAN").mkdir(parents=True)
        _program(tree, root)
        needed = host_packages(root / HOME) if depends is None else depends
        _desktop(root)
        _papers(tree, root, time)
        size = sum(path.lstat().st_size for path in root.rglob("*"))
        _write(root / "DEBIAN" / "control", control(needed, size))
        (root / "DEBIAN" / "md5sums").write_text(_md5sums(root), encoding="utf-8")
        _open_to_all(root)
        _build(root, target, time)
    return target


def _program(tree: Path, root: Path) -> None:
    shutil.copytree(tree, root / HOME, symlinks=True)
    link = root / "usr" / "bin" / PACKAGE
    link.parent.mkdir(parents=True)
    link.symlink_to(f"../lib/{PACKAGE}/{PACKAGE}")


def _desktop(root: Path) -> None:
    share = root / "usr" / "share"
    _write(share / "applications" / f"{PACKAGE}.desktop", DESKTOP)
    _write(share / "mime" / "packages" / f"{PACKAGE}.xml", mime())
    hicolor = share / "icons" / "hicolor"
    signs = {f"apps/{PACKAGE}": "app-icon"}
    signs |= {f"mimetypes/{kind.replace('/', '-')}": "document" for kind in KINDS}
    for place, name in signs.items():
        for side in SIDES:
            picture = hicolor / f"{side}x{side}" / f"{place}.png"
            picture.parent.mkdir(parents=True, exist_ok=True)
            picture.write_bytes(png(drawn(name, side)))
        scalable = hicolor / "scalable" / f"{place}.svg"
        scalable.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(resources_folder() / "icons" / f"{name}.svg", scalable)


def _papers(tree: Path, root: Path, time: int) -> None:
    papers = root / "usr" / "share" / "doc" / PACKAGE
    _write(papers / "copyright", copyright_of(tree))
    (papers / "changelog.gz").write_bytes(gzip.compress(changelog(time).encode(), 9, mtime=0))
    _write(root / "usr" / "share" / "lintian" / "overrides" / PACKAGE, LINTIAN)


def _md5sums(root: Path) -> str:
    """What dpkg -V compares with; it asks for MD5, for accidents and not against malice."""
    import hashlib

    lines = []
    for file in files_of(root):
        path = root / file
        if file.parts[0] != "DEBIAN" and not path.is_symlink():
            digest = hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()
            lines.append(f"{digest}  {file.as_posix()}\n")
    return "".join(lines)


def _open_to_all(root: Path) -> None:
    """Everybody may read, root alone may write; what runs is what the loader or a shell starts."""
    root.chmod(0o755)
    for folder in folders_of(root):
        if not (root / folder).is_symlink():
            (root / folder).chmod(0o755)
    for file in files_of(root):
        path = root / file
        if not path.is_symlink():
            runs = is_elf(path) and ".so" not in path.name
            path.chmod(0o755 if runs else 0o644)


def _build(root: Path, target: Path, time: int) -> None:
    part = target.with_name(f"{target.name}.part")
    done = subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(root), str(part)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(time)},
    )
    if done.returncode:
        raise NotBuilt(f"dpkg-deb failed:\n{done.stderr}")
    part.replace(target)


def _time() -> int:
    named = os.environ.get("SOURCE_DATE_EPOCH")
    if named:
        return int(named)
    asked = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return int(asked.stdout) if asked.returncode == 0 and asked.stdout.strip() else EPOCH


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
