"""The static check of a frozen folder: what is missing, what must not be there, who answers for what.

``python -m tools.freezing.look_through FOLDER`` prints a line a problem. Nothing is started.
"""

import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from tools.freezing.licences import ROOT, LicenceMissing, read, shipped_distributions
from tools.freezing.owners import OURS, SYSTEM_LIBRARY, owner_of

FROM_LINUX: Final = frozenset(
    "ld-linux-x86-64.so.2 libc.so.6 libm.so.6 libpthread.so.0 libdl.so.2 librt.so.1 libutil.so.1 "
    "libresolv.so.2 libgcc_s.so.1 libstdc++.so.6 libGL.so.1 libGLX.so.0 libOpenGL.so.0 libEGL.so.1 "
    "libdrm.so.2 libgbm.so.1 libX11.so.6 libX11-xcb.so.1 libxcb.so.1 libxcb-glx.so.0 "
    "libwayland-client.so.0 libwayland-cursor.so.0 libwayland-egl.so.1 libfontconfig.so.1 "
    "libfreetype.so.6 libasound.so.2".split()
)
"""Libraries that belong to the system the program runs on: the loader, drivers, the screen."""
FROM_WINDOWS: Final = re.compile(
    r"(api-ms-win-|ext-ms-)[\w-]+\.dll|"
    r"(kernel32|kernelbase|ntdll|user32|gdi32|gdi32full|shell32|ole32|oleaut32|advapi32|ws2_32|wsock32"
    r"|comctl32|comdlg32|crypt32|bcrypt|bcryptprimitives|ncrypt|secur32|winmm|winspool\.drv|version"
    r"|imm32|msvcrt|ucrtbase|shlwapi|shcore|uxtheme|dwmapi|dwrite|d2d1|d3d9|d3d11|d3d12|dxgi|dcomp"
    r"|setupapi|cfgmgr32|iphlpapi|dnsapi|netapi32|userenv|wtsapi32|powrprof|mpr|rpcrt4|psapi|dbghelp"
    r"|opengl32|usp10|propsys|authz|icuuc|icu|mscms|winhttp|rstrtmgr|pdh|oleacc|uiautomationcore)"
    r"(\.dll)?",
    re.IGNORECASE,
)
"""Of Windows 10 itself. ``icuuc`` is: Qt takes it from there, so one of ours would be a test's stub."""
FORBIDDEN: Final = re.compile(
    r"(icuuc|mscms|bcryptprimitives)\.dll$|\.(pdb|lib|a|exp|ilk|pyi|c|h|cpp)$|(^|/)(tests?|testing)/"
    r"|pytest|hypothesis|nlpo3|words_th|WebEngine|Qt6?(Quick|Qml)[\w.]*\.(dll|so)",
    re.IGNORECASE,
)
_SOURCES: Final = "_internal/licences/"
_NEEDED: Final = re.compile(r"^\s*(?:NEEDED\s+|DLL Name:\s*)(\S+)", re.MULTILINE)
_BINARY: Final = re.compile(r"\.(so[.\d]*|dll|pyd|exe)$")


def problems(folder: Path) -> list[str]:
    """What is wrong with the frozen program in ``folder``; needs ``objdump`` of binutils."""
    files = {path.relative_to(folder).as_posix(): path for path in _all_files(folder)}
    return [
        *_strangers(files),
        *_unmet(files),
        *_build_places(files),
        *_unanswered(folder, files),
        *_modules_unanswered(folder, files),
    ]


def _strangers(files: dict[str, Path]) -> Iterator[str]:
    for name in sorted(files):
        if FORBIDDEN.search(name) and not name.startswith(_SOURCES):
            yield f"must not be shipped: {name}"


def _unmet(files: dict[str, Path]) -> Iterator[str]:
    """Every library a binary names is in the folder or part of the system."""
    there = {PurePosixPath(name).name.casefold() for name in files}
    for name, path in sorted(files.items()):
        for library in needed(path) if _is_binary(path) else ():
            from_system = library in FROM_LINUX or FROM_WINDOWS.fullmatch(library)
            if library.casefold() not in there and not from_system:
                yield f"{name} needs {library}, which is not in the folder"


def needed(path: Path) -> list[str]:
    """The libraries a program or library of either system asks its loader for."""
    done = subprocess.run(["objdump", "-p", str(path)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"objdump cannot read {path.name}: {done.stderr.strip()}")
    return _NEEDED.findall(done.stdout)


def _build_places(files: dict[str, Path]) -> Iterator[str]:
    """No path of the machine it was built on, but for Python's own prefix in Python itself."""
    ours = {str(ROOT), str(Path(sysconfig.get_path("purelib")).parents[2])}
    needles = [place.encode() for place in ours] + [
        # As wine spells it, in a binary and in Python's own strings.
        place.replace("/", "\\").encode()
        for place in ours
    ]
    for name, path in sorted(files.items()):
        for inside, content in _contents(name, path):
            if any(needle in content for needle in needles):
                yield f"a path of the build machine is in {inside}"


def _contents(name: str, path: Path) -> Iterator[tuple[str, bytes]]:
    yield name, path.read_bytes()
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as packed:
            for inside in packed.namelist():
                yield f"{name}/{inside}", packed.read(inside)
    if not name.startswith("_internal/") and _is_binary(path):
        for module, code in _modules(path).items():
            yield f"{name}/{module}", code


def _unanswered(folder: Path, files: dict[str, Path]) -> Iterator[str]:
    """Every file has somebody who answers for it, and everybody has a licence with its text."""
    try:
        entries = read(folder / "_internal" / "licences")
    except LicenceMissing as error:
        yield str(error)
        return
    known = {_folded(part) for entry in entries for part in entry.name.split(", ")}
    for entry in entries:
        for text in entry.files:
            if not files.get(f"{_SOURCES}{text}"):
                yield f"the licence of {entry.name} is not in the folder: {text}"
    for distribution in shipped_distributions():
        if _folded(distribution.removesuffix("-essentials").removesuffix("-addons")) not in known:
            yield f"no licence of {distribution}"
    for name in sorted(files):
        owner = owner_of(name)
        if not owner:
            yield f"nobody answers for {name}"
        elif owner != SYSTEM_LIBRARY and _folded(owner.split(", ")[0]) not in known | {OURS}:
            yield f"no licence of {owner}, who answers for {name}"


def _modules_unanswered(folder: Path, files: dict[str, Path]) -> Iterator[str]:
    """The same for the modules packed into the program."""
    from importlib.metadata import packages_distributions

    owners = packages_distributions()
    shipped = {_folded(name) for name in [*shipped_distributions(), "pyinstaller"]}
    standard = sys.stdlib_module_names | {"esa_desktop", "__main__"}
    programs = [path for name, path in files.items() if "/" not in name and _is_binary(path)]
    if not programs:
        yield f"no program in {folder.name}"
    tops = {module.split(".")[0] for path in programs for module in _modules(path)}
    for top in sorted(tops - standard):
        if top.startswith(("pyi", "_pyi", "_sysconfigdata", "pyimod")):
            continue
        if not any(_folded(name) in shipped for name in owners.get(top, ())):
            yield f"no licence of the module {top}"


def _modules(program: Path) -> dict[str, bytes]:
    """Names and marshalled code of the Python modules inside a frozen program."""
    import marshal

    from PyInstaller.archive.readers import CArchiveReader, ZlibArchiveReader

    try:
        archive = CArchiveReader(str(program))
    except Exception:  # noqa: BLE001 - not one of PyInstaller's: an uninstaller beside it
        return {}
    found: dict[str, bytes] = {}
    for name in archive.toc:
        if name.endswith(".pyz"):
            inside = archive.open_embedded_archive(name)
            assert isinstance(inside, ZlibArchiveReader)  # noqa: S101 - for the type checker
            for module in inside.toc:
                code = inside.extract(module)
                found[module] = marshal.dumps(code) if code is not None else b""
    return found


def _all_files(folder: Path) -> Iterator[Path]:
    for place, _, names in os.walk(folder):
        yield from (Path(place) / name for name in names)


def _is_binary(path: Path) -> bool:
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as start:
        magic = start.read(4)
    return magic == b"\x7fELF" or (magic[:2] == b"MZ" and bool(_BINARY.search(path.name)))


def _folded(name: str) -> str:
    return re.sub(r"[-_.\s]+", "-", name).casefold()


def main(arguments: list[str]) -> int:
    """Print the problems of the folders named; 1 where there are any."""
    found = [f"{Path(name).name}: {line}" for name in arguments for line in problems(Path(name))]
    print("\n".join(found) or "nothing is wrong")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
