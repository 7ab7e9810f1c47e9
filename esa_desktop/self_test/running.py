"""Runs the steps one after the other, with nothing of the user's in reach, and tells what came of them."""

import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import Any, Final

from esa_desktop import __version__
from esa_desktop.logs import reduced
from esa_desktop.paths import is_frozen, program_folder
from esa_desktop.self_test.main_job import MainJob
from esa_desktop.self_test.on_paper import OnPaper
from esa_desktop.self_test.on_screen import OnScreen
from esa_desktop.self_test.outside import Outside
from esa_desktop.self_test.shipped import Shipped
from esa_desktop.self_test.workshop import Step, Steps, Workshop

Tell = Callable[[dict[str, Any]], object]
Part = Callable[[Workshop], Steps]
CHAIN: Final[tuple[Part, ...]] = (MainJob, Outside, OnScreen, OnPaper)
"""Each stands on those before it."""
CLEARED: Final = "ลบไฟล์ชั่วคราวจนหมด"


def run_self_test(
    tell: Tell = lambda _report: None, *, chain: Sequence[Part] = CHAIN
) -> dict[str, Any]:
    """``{"ok", "version", "frozen", "system", "steps": [{"step", "ok", "seconds", "error"?, "trace"?}]}``.

    No place and no name of this computer is in it. What is shipped is tried to the end; the
    other steps stand on each other and stop at the first fault. ``tell`` gets what is known
    before every step, with its name as ``running``: if the program dies, that is where.
    """
    report: dict[str, Any] = {
        "ok": False,
        "version": __version__,
        "frozen": is_frozen(),
        "system": _system(),
        "steps": [],
    }
    steps: list[dict[str, Any]] = report["steps"]

    def run(step: Step) -> bool:
        tell({**report, "running": step[0]})
        steps.append(_tried(step, folder))
        return bool(steps[-1]["ok"])

    with tempfile.TemporaryDirectory(prefix="esa-self-test-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        with _at_home_in(folder / "home"), _quiet():
            shop = Workshop(folder / "ที่ ทดสอบ")
            shop.folder.mkdir()
            for step in Shipped(shop).steps():
                run(step)
            for step in (step for part in chain for step in part(shop).steps()):
                if not run(step):
                    break
    if all(step["ok"] for step in steps):
        run((CLEARED, lambda: _gone(folder)))
    report["ok"] = all(step["ok"] for step in steps)
    return report


def _tried(step: Step, folder: Path) -> dict[str, Any]:
    name, attempt = step
    entry: dict[str, Any] = {"step": name, "ok": True}
    start = time.perf_counter()
    try:
        attempt()
    except Exception as error:  # noqa: BLE001 - a self-test reports every fault, whatever it is
        told = _without_places(f"{type(error).__name__}: {error}", folder)
        entry |= {"ok": False, "error": told, "trace": reduced(error)}
    entry["seconds"] = round(time.perf_counter() - start, 3)
    return entry


def _without_places(words: str, folder: PurePath) -> str:
    """A report is sent to support: where a person's files lie is nobody's business."""
    for place in (folder, program_folder(), Path(tempfile.gettempdir()), Path.home()):
        if len(place.parts) > 1:
            # As it is, as errors of the system quote it (Windows: doubled), and as Qt spells it.
            for spelled in (str(place), repr(str(place))[1:-1], place.as_posix()):
                words = words.replace(spelled, "…")
    return words


def _gone(folder: Path) -> None:
    if folder.exists():
        raise OSError("temporary files are left behind")


def _system() -> dict[str, str]:
    import sqlite3

    from PySide6.QtCore import qVersion

    return {
        "name": platform.system(),
        "release": platform.release(),
        "version": platform.version(),
        "machine": platform.machine(),
        "python": platform.python_version(),
        "qt": qVersion(),
        "sqlite": sqlite3.sqlite_version,
        "file_names": sys.getfilesystemencoding(),
    }


@contextmanager
def _at_home_in(folder: Path) -> Iterator[None]:
    """Settings, log and recent projects of somebody who is nobody."""
    before = os.environ.get("ESA_HOME")
    os.environ["ESA_HOME"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["ESA_HOME"]
        else:
            os.environ["ESA_HOME"] = before


@contextmanager
def _quiet() -> Iterator[None]:
    """What Qt says of a screen that is none goes nowhere; what is wrong is found by the steps."""
    from PySide6.QtCore import qInstallMessageHandler

    before = qInstallMessageHandler(lambda *_: None)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
