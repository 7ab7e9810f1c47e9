"""The frozen program: start to first paint against a bare frozen QMainWindow, and how large it is."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from tools.bench_start import BARE
from tools.freezing import contents
from tools.freezing.bundle import DIST, NAME, ROOT, freeze
from tools.measuring import at_most, in_turns, not_measured, within

ROUNDS: Final = 7
WELCOME, SAMPLE = 1.5, 3.0
"""Times the bare window, at most."""
SETUP_MB, WINDOWS_MB = 50, 150
CACHES: Final = Path("/proc/sys/vm/drop_caches")
BARE_PLACE: Final = ROOT / "build" / "bare"
_MB: Final = 1_000_000
_WHAT: Final = "frozen, process start to first paint / bare frozen QMainWindow"


def measure() -> list[dict[str, Any]]:
    """Four figures of time, warm and cold, then what is there to be weighed."""
    program, bare = frozen_program() / NAME, bare_program()
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "ESA_HOME": folder}
        project = str(Path(folder) / "sample.esaproj")
        subprocess.run(
            [program, "sample", project], check=True, env=environment, stdout=subprocess.DEVNULL
        )

        def ours(*words: str) -> Callable[[], float]:
            return lambda: first_paint([str(program), *words, "--time-to-paint"], environment)

        figures = []
        for name, aim, start in (
            ("frozen_welcome", WELCOME, ours()),
            ("frozen_sample", SAMPLE, ours(project)),
        ):
            floor = _of(bare, environment)
            figures.append(at_most(name, *in_turns(start, floor, ROUNDS), aim, _WHAT))
            figures.append(_cold(f"{name}_cold", start, floor, aim))
    return [*figures, *sizes(program.parent)]


def first_paint(command: list[str], environment: dict[str, str]) -> float:
    """Seconds from the start of a process to the line it prints when it is painted."""
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
        if process.stdout is None or not process.stdout.readline():
            raise RuntimeError(f"never painted: {command}")
        seconds = time.perf_counter() - start
        process.wait()
    return seconds


def frozen_program() -> Path:
    """The folder in ``dist``, frozen anew where the program has changed since."""
    made = DIST / NAME
    executable = made / NAME
    sources = [path for path in (ROOT / "esa_desktop").rglob("*.py") if path.is_file()]
    newest = max(path.stat().st_mtime for path in [*sources, ROOT / "pyinstaller.spec"])
    if executable.is_file() and executable.stat().st_mtime > newest:
        return made
    with redirect_stdout(sys.stderr):  # what the bench prints is JSON
        return freeze()


def bare_program() -> Path:
    """A frozen bare window, made as the program is; kept in ``build`` while it would be the same."""
    marks = [BARE, version("pyinstaller"), version("PySide6_Essentials"), sys.version]
    place = BARE_PLACE / hashlib.sha256("\n".join(marks).encode()).hexdigest()[:16]
    executable = place / "bare" / "bare"
    if executable.is_file():
        return executable
    shutil.rmtree(BARE_PLACE, ignore_errors=True)
    place.mkdir(parents=True)
    script = place / "bare.py"
    script.write_text(BARE, encoding="utf-8")
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level=WARN", "--onedir"]
    left_out = [f"--exclude-module={name}" for name in contents.EXCLUDED]
    places = [f"--{name}path={place / name}" for name in ("work", "spec")]
    subprocess.run(
        [*command, "--optimize=1", *left_out, *places, f"--distpath={place}", str(script)],
        check=True,
        cwd=place,
        stdin=subprocess.DEVNULL,
    )
    return executable


def sizes(linux: Path, dist: Path = DIST) -> list[dict[str, Any]]:
    """The tree of this system, and what was made for Windows, in MB of a million bytes."""
    setups = sorted((dist / "installer").glob("EsaDesktop-*-Setup.exe"))
    windows = dist / "windows" / NAME
    return [
        _weighed("size_linux", linux, None),
        _weighed("size_setup", setups[-1] if setups else None, SETUP_MB),
        _weighed("size_windows", windows if windows.is_dir() else None, WINDOWS_MB),
    ]


def _of(program: Path, environment: dict[str, str]) -> Callable[[], float]:
    return lambda: first_paint([str(program)], environment)


def _cold(
    name: str, start: Callable[[], float], floor: Callable[[], float], aim: float
) -> dict[str, Any]:
    """The first start after the computer was switched on: nothing of the disk is in memory."""
    if not os.access(CACHES, os.W_OK) or not _forget():
        return not_measured(name, aim, "only root may empty the memory of the disk")

    def after(run: Callable[[], float]) -> Callable[[], float]:
        return lambda: run() if _forget() else 0.0

    times = in_turns(after(start), after(floor), ROUNDS, warm_up=False)
    return at_most(name, *times, aim, f"{_WHAT}, nothing of the disk in memory")


def _forget() -> bool:
    """Whether the system could be made to forget what it has read."""
    os.sync()
    try:
        CACHES.write_text("3", "ascii")
    except OSError:
        return False
    return True


def _weighed(name: str, place: Path | None, most: int | None) -> dict[str, Any]:
    if place is None:
        return not_measured(name, most or 0, "not made yet")
    files = [place] if place.is_file() else [p for p in place.rglob("*") if p.is_file()]
    size = sum(path.lstat().st_size for path in files) / _MB
    aim = float("inf") if most is None else most
    figure = within(name, size, size, aim, "MB", f"{len(files)} files")
    return figure if most is not None else {**figure, "aim": None, "met": None}
