"""Freezes the program for the system this runs on: one folder that needs no Python."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from tools.freezing import licences, look_through, thai_library
from tools.freezing.thai_library import System

ROOT: Final = Path(__file__).resolve().parents[2]
DIST: Final = ROOT / "dist"
NAME: Final = "esa-desktop"
EPOCH: Final = "1577836800"
"""2020-01-01: PyInstaller writes a time into the program, the same one every time."""
LONGEST_TEST: Final = 300.0
_SYSTEM: Final[System] = "windows" if sys.platform == "win32" else "linux"


class NotFrozen(Exception):
    """Freezing stopped, or what was made does not pass; the words say why."""


def freeze(out: Path = DIST) -> Path:
    """Freeze for this system into ``out/esa-desktop``, try what was made, return that folder."""
    start = time.monotonic()
    made = build(out, ROOT / "build" / _SYSTEM)
    print(f"frozen in {time.monotonic() - start:.0f} s: {size(made)}", flush=True)
    refuse_problems(made)
    tried = self_test([str(made / NAME)], dict(os.environ))
    print(f"self-test passed in {tried['took']:.1f} s, {len(tried['steps'])} steps", flush=True)
    return made


def build(out: Path, work: Path) -> Path:
    """Freeze without trying; what lies in ``work`` is lost, so nothing old gets into the program."""
    prepare(_SYSTEM, work)
    made = out.resolve() / NAME
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level=WARN"]
    places = [f"--workpath={work / 'pyinstaller'}", f"--distpath={made.parent}"]
    done = subprocess.run(
        [*command, *places, str(ROOT / "pyinstaller.spec")],
        cwd=ROOT,
        env=surroundings(work),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        said = "\n".join(done.stdout.splitlines()[-25:])
        raise NotFrozen(f"PyInstaller ended with {done.returncode}:\n{said}")
    licences.complete(made, _SYSTEM)
    return made


def prepare(system: System, into: Path) -> None:
    """Make anew what the spec finds in ESA_PREPARED: ``thai`` and ``licences``."""
    shutil.rmtree(into, ignore_errors=True)
    thai_library.build(system, into / "thai")
    licences.gather(into / "licences", system)


def surroundings(prepared: Path) -> dict[str, str]:
    """The environment PyInstaller runs in: nothing of the time, the order, the user gets in."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return kept | {
        "ESA_PREPARED": str(prepared.resolve()),
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYINSTALLER_CONFIG_DIR": str(prepared.resolve() / "cache"),
        "SOURCE_DATE_EPOCH": EPOCH,
    }


def size(folder: Path) -> str:
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return f"{sum(sizes) / 1e6:.0f} MB in {len(sizes)} files"


def refuse_problems(made: Path) -> None:
    """Raise `NotFrozen` with everything the static check finds."""
    found = look_through.problems(made)
    if found:
        raise NotFrozen("\n".join(["the frozen program is not as it must be:", *found]))


def self_test(
    command: list[str],
    environment: Mapping[str, str],
    *,
    folder: Path | None = None,
    seen_as: str = "",
    platform: str = "offscreen",
) -> dict[str, Any]:
    """Let the frozen program that ``command`` starts test itself; what it told, and ``took``.

    It works in ``folder``, which it calls ``seen_as``, on a ``platform`` of Qt's. Raises
    `NotFrozen` naming what failed.
    """
    with tempfile.TemporaryDirectory() as scratch:
        place = folder or Path(scratch)
        told = place / "self-test.json"
        told.unlink(missing_ok=True)
        start = time.monotonic()
        done = subprocess.run(
            [
                *(*command, "self-test", "--platform", platform),
                *("-o", f"{seen_as or place}/{told.name}"),
            ],
            cwd=place,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=LONGEST_TEST,
            check=False,
        )
        took = time.monotonic() - start
        words = done.stderr.decode("utf-8", "replace").strip()
        if not told.is_file():
            raise NotFrozen(f"the self-test ended with {done.returncode} and told nothing: {words}")
        report: dict[str, Any] = json.loads(told.read_text(encoding="utf-8"))
    if done.returncode or not report["ok"] or not report["frozen"]:
        failed = [f"{step['step']}: {step['error']}" for step in report["steps"] if not step["ok"]]
        raise NotFrozen("; ".join(failed) or f"the self-test ended with {done.returncode}: {words}")
    return report | {"took": took}
