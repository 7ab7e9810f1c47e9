"""Freezes the program for Windows on Linux: Windows' Python and PyInstaller under wine.

A rehearsal: what comes out is the Windows program, but wine is not Windows. What it cannot show
(SmartScreen, printers, scaling, input of Thai) is on the checklist for a real laptop.
"""

import json
import shutil
import time
from pathlib import Path
from typing import Final

from tools.freezing import licences, look_through, thai_library
from tools.freezing.bundle import NAME, ROOT, surroundings
from tools.freezing.windows_python import VERSION, prepare_python, signatures
from tools.freezing.windows_wheels import install_wheels
from tools.freezing.wine import SYSTEM_STUBS, NoWine, Wine, ensure_tools, screen, windows_path

OUT: Final = ROOT / "dist" / "windows"
PLACE: Final = ROOT / "build" / "wine"
"""Python for Windows, its wheels, the prefix and what PyInstaller keeps between two runs."""
PROGRAM: Final = f"{NAME}.exe"
"""Without a console."""
CONSOLE_PROGRAM: Final = f"{NAME}-cli.exe"
THAI_PLACE: Final = "โปรแกรม ทดสอบ"
"""A folder as people name them: the program is tried from there, too."""
_FREEZING: Final = 900.0
_TESTING: Final = 300.0


def freeze(out: Path = OUT) -> Path:
    """Freeze into ``out/esa-desktop``, try what was made, and return that folder.

    Raises `NoWine` where the machine lacks something or the program made does not pass.
    """
    ensure_tools()
    start = time.monotonic()
    PLACE.mkdir(parents=True, exist_ok=True)
    python = prepare_python(PLACE / "python")
    _tell_signatures(python.parent)
    install_wheels(python, PLACE / "wheels")
    prepared = PLACE / "prepared"
    thai_library.build("windows", prepared / "thai")
    licences.gather(prepared / "licences", "windows", (VERSION, python.parent / "LICENSE.txt"))
    with screen() as display:
        wine = Wine(PLACE, display)
        wine.make()
        try:
            made = _frozen(wine, python, prepared, out)
            say(f"frozen in {time.monotonic() - start:.0f} s: {_size(made)}")
            refuse_problems(made)
            for line in try_out(wine, made):
                say(line)
        finally:
            wine.end()
    return made


def say(line: str) -> None:
    print(line, flush=True)


def refuse_problems(made: Path) -> None:
    """Raises `NoWine` for anything the static check finds, and for a stub of wine's in the tree."""
    found = look_through.problems(made)
    found += [
        f"a test's stub: {path.name}" for name in SYSTEM_STUBS for path in made.rglob(f"{name}.dll")
    ]
    if found:
        raise NoWine("\n".join(["the frozen program is not as it must be:", *found]))


def try_out(wine: Wine, made: Path) -> list[str]:
    """Run both programs' self-test on no screen and on one, and from a folder with a Thai name.

    A line each; raises `NoWine` where one does not pass.
    """
    thai = wine.drive / THAI_PLACE / NAME
    shutil.rmtree(thai.parent, ignore_errors=True)
    shutil.copytree(made, thai)
    told = []
    try:
        for place, program, platform in (
            (made, PROGRAM, "offscreen"),
            (made, CONSOLE_PROGRAM, "offscreen"),
            (thai, PROGRAM, "windows"),
        ):
            seconds = self_test(wine, place / program, platform)
            told.append(f"{program} on {platform}, {place.parent.name}: {seconds:.1f} s, passed")
    finally:
        shutil.rmtree(thai.parent, ignore_errors=True)
    return told


def self_test(wine: Wine, program: Path, platform: str) -> float:
    """Seconds of a self-test that passed; raises `NoWine` with the step that did not."""
    answer = wine.folder / "self-test.json"
    answer.unlink(missing_ok=True)
    start = time.monotonic()
    with wine.variable("QT_QPA_PLATFORM", platform):
        code, said = wine.run(*(program, "self-test", "-o", windows_path(answer)), seconds=_TESTING)
    if not answer.exists():
        raise NoWine(f"{program.name} self-test ended with {code} and wrote nothing\n{said}")
    found = json.loads(answer.read_text("utf-8"))
    if code or not found["ok"]:
        raise NoWine(f"{program.name} self-test ended with {code}: {found['steps'][-1]}")
    if not found["frozen"]:
        raise NoWine("the self-test did not run in the frozen program")
    return time.monotonic() - start


def _frozen(wine: Wine, python: Path, prepared: Path, out: Path) -> Path:
    kept = surroundings(prepared)
    wanted = {name: kept[name] for name in ("PYTHONHASHSEED", "SOURCE_DATE_EPOCH")}
    places = {"workpath": PLACE / "pyinstaller", "distpath": out}
    shutil.rmtree(places["workpath"], ignore_errors=True)  # what it remembers is of other sources
    code, said = wine.run(
        *(python, "-m", "PyInstaller", "--noconfirm", "--log-level=WARN"),
        *(f"--{name}={windows_path(place)}" for name, place in places.items()),
        windows_path(ROOT / "pyinstaller.spec"),
        seconds=_FREEZING,
        cwd=ROOT,
        more={
            **wanted,
            "ESA_PREPARED": windows_path(prepared),
            "PYINSTALLER_CONFIG_DIR": windows_path(PLACE / "cache"),
            "PYTHONDONTWRITEBYTECODE": "1",
        },
    )
    made = out / NAME
    if code or not (made / PROGRAM).is_file():
        last = "\n".join(said.splitlines()[-25:])
        raise NoWine(f"PyInstaller under wine ended with {code}:\n{last}")
    licences.complete(made, "windows")
    return made


def _tell_signatures(folder: Path) -> None:
    counted = signatures(folder)
    if counted is None:
        say("signatures of CPython not looked at: osslsigncode is not installed")
        return
    files, signed = counted
    say(f"CPython {VERSION}: {signed} of {files} files are what was signed")
    if signed != files:
        raise NoWine("a file of CPython is not the one that was signed")


def _size(folder: Path) -> str:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return f"{sum(path.stat().st_size for path in files) / 1e6:.0f} MB in {len(files)} files"
