"""Prepare a checkout, then run it, test it, check its style and types, measure, freeze or torture it."""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
READY = VENV / "READY"
RUN_LOCK = HERE / "requirements.lock"
DEV_LOCK = HERE / "requirements-dev.lock"
SAMPLE = HERE / ".sample"
MOST_WORKERS = 4  # of the tests, each of which takes some 500 MB

# What Qt's wheels take from the system: read with ldd off its libraries and its platform and print
# plugins. Looked for by file, because distributions rename the packages.
SYSTEM_LIBRARIES = {
    "libstdc++.so.6": "libstdc++6",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libbrotlidec.so.1": "libbrotli1",
    "libcups.so.2": "libcups2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
    # Qt opens this one by name when it first lays out Thai; without it no line breaks at a word.
    "libthai.so.0": "libthai0",
}
# What tests and freezing need besides: a program, or a file that stands for a package without one.
FREEZING = {"gcc": "gcc", "objcopy": "binutils", "/usr/include/stdio.h": "libc6-dev"}
FREEZING_FOR_WINDOWS = {
    "wine": "wine wine64",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64",
    "Xvfb": "xvfb",
    "osslsigncode": "osslsigncode",
    "/usr/share/fonts/truetype/tlwg/Loma.ttf": "fonts-tlwg-loma-ttf",
}
EVERYWHERE = {
    "debootstrap": "debootstrap",
    "dpkg-shlibdeps": "dpkg-dev",
    "/usr/share/i18n/locales/th_TH": "locales",
}
INSTALLING = {"makensis": "nsis", "objdump": "binutils", "dpkg-deb": "dpkg"}


def say(text: str) -> None:
    print(f"dev.py: {text}", file=sys.stderr, flush=True)


def python(*arguments: str | Path, cwd: Path | None = HERE) -> int:
    """Run the Python of ``.venv`` here, or with our packages in the folder of whoever called."""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    if cwd is None:
        environment["PYTHONPATH"] = str(HERE)
    return subprocess.call([str(PYTHON), *map(str, arguments)], cwd=cwd, env=environment)


def loadable(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_packages(lock: Path, programs: dict[str, str]) -> list[str]:
    missing = [package for name, package in SYSTEM_LIBRARIES.items() if not loadable(name)]
    if not PYTHON.exists() and importlib.util.find_spec("ensurepip") is None:
        missing.append("python3-venv")  # Debian cuts it out of Python
    if lock == DEV_LOCK and shutil.which("pdftotext") is None:
        missing.append("poppler-utils")
    own = f"libpython3.{sys.version_info.minor}"  # Debian's Python has it inside, too
    if lock == DEV_LOCK and sys.base_prefix == "/usr" and not loadable(f"{own}.so.1.0"):
        missing.append(own)
    for name, packages in {**(FREEZING if lock == DEV_LOCK else {}), **programs}.items():
        if shutil.which(name) is None and not Path(name).is_file():
            missing += packages.split()
    return missing


def install_system_packages(lock: Path, programs: dict[str, str]) -> None:
    """Install what pip cannot, or stop with the line that an administrator has to type."""
    missing = missing_packages(lock, programs)
    if not missing:
        return
    if shutil.which("apt-get") is None:
        say(f"not found on this system (Debian's names): {' '.join(missing)}")
        return
    install = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if os.geteuid() != 0:
        sys.exit(f"dev.py: system packages are missing; please run\n  sudo {shlex.join(install)}")
    say(f"installing {' '.join(missing)}")
    quietly = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update"], install):
        if subprocess.call(command, env=quietly, stdout=subprocess.DEVNULL):
            sys.exit(f"dev.py: this failed: {shlex.join(command)}")


def digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def prepare(lock: Path, programs: dict[str, str] | None = None) -> None:
    """Bring the machine and ``.venv`` in line with a lock file; quick where they already are."""
    if sys.platform.startswith("linux"):
        install_system_packages(lock, programs or {})
    if not PYTHON.exists():
        say("making .venv")
        if subprocess.call([sys.executable, "-m", "venv", "--clear", str(VENV)]):
            sys.exit("dev.py: .venv could not be made")
    if READY.exists() and digest(lock) in READY.read_text(encoding="ascii").split():
        return
    say(f"installing {lock.name} (once; some 300 MB)")
    READY.unlink(missing_ok=True)
    pip = ["-m", "pip", "install", "-qq", "--disable-pip-version-check", "--require-hashes"]
    if python(*pip, "--only-binary=:all:", "-r", lock):
        sys.exit(f"dev.py: {lock.name} could not be installed")
    # The lock for tests contains the one for running.
    READY.write_text(" ".join({digest(lock), digest(RUN_LOCK)}), encoding="ascii")


def has_screen() -> bool:
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def run(arguments: list[str]) -> int:
    """Open a filled sample, or draw it to files where there is no screen; or obey arguments."""
    prepare(RUN_LOCK)
    if arguments:
        return python("-m", "esa_desktop", *arguments, cwd=None)
    program = ("-m", "esa_desktop")
    project = SAMPLE / "sample.esaproj"
    if not (project / "project.db").exists():
        shutil.rmtree(SAMPLE, ignore_errors=True)
        SAMPLE.mkdir()
        if status := python(*program, "sample", project):
            return status
    if has_screen():
        return python(*program, project)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    paper, window = SAMPLE / "sample.pdf", SAMPLE / "window.png"
    status = python(*program, "export", project, "-o", paper)
    status = python(*program, project, "--screenshot", window) or status
    if not status:
        say("\n  ".join(map(str, ("no screen here; look at", project, paper, window))))
    return status


def check(arguments: list[str]) -> int:
    """Run every check even after one has failed: one run shows all there is to mend."""
    prepare(DEV_LOCK)
    lint_imports = "from importlinter.cli import lint_imports_command as check; check()"
    failed = [
        name
        for name, command in {
            "ruff check": ["-m", "ruff", "check", *arguments],
            "ruff format": ["-m", "ruff", "format", "--check", *arguments],
            "mypy": ["-m", "mypy"],
            "lint-imports": ["-c", lint_imports, "--no-logo", "--no-cache"],
        }.items()
        if python(*command)
    ]
    if failed:
        say(f"failed: {', '.join(failed)}")
    return int(bool(failed))


def test(arguments: list[str]) -> int:
    """Check, then test; pytest runs last so that its closing line is the last to be read.

    All tests run on all cores, file by file: what a file makes for its tests is made once. What is
    asked for by arguments runs as pytest does by itself, in one process; ``-s`` and ``--pdb`` work.
    """
    checked = check([])
    workers = ["-n", "auto", "--maxprocesses", str(MOST_WORKERS)]
    by_file = ["--dist", "loadfile", "--no-loadscope-reorder"]  # the long ones come early
    return python("-m", "pytest", *(arguments or [*workers, *by_file])) or checked


def bench(arguments: list[str]) -> int:
    prepare(DEV_LOCK)
    return python("-m", "tools.bench", *arguments)


def freeze(arguments: list[str]) -> int:
    """The program as users get it, with a Python inside; ``--windows``: rehearsed with wine."""
    for_windows = FREEZING_FOR_WINDOWS if "--windows" in arguments else {}
    prepare(DEV_LOCK, for_windows | (EVERYWHERE if "--everywhere" in arguments else {}))
    return python("-m", "tools.freezing", *arguments)


def installer(arguments: list[str]) -> int:
    """Setup.exe, .deb and the folder for a stick; ``--check``: the life of what was made, with wine."""
    prepare(DEV_LOCK, FREEZING_FOR_WINDOWS | INSTALLING)
    if "--check" in arguments:
        rest = [word for word in arguments if word != "--check"]
        return python("-m", "tools.freezing.life_cycle", *rest)
    return python("-m", "tools.installing", *arguments)


def torture(arguments: list[str]) -> int:
    prepare(DEV_LOCK)
    return python("-m", "tools.torture", *arguments)


def main() -> int:
    if sys.version_info < (3, 11):
        sys.exit("dev.py: Python 3.11 or newer is needed")
    known = (run, test, check, bench, freeze, installer, torture)
    commands = {command.__name__: command for command in known}
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=commands)
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="handed on to the command")
    chosen = parser.parse_args()
    return commands[chosen.command](chosen.arguments)


if __name__ == "__main__":
    sys.exit(main())
