"""What every test gets: a profile of its own, no screen, and a look at what it left behind."""

from __future__ import annotations

import gc
import itertools
import logging
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import hypothesis
import pytest

from tests.turns import pytest_runtest_protocol  # noqa: F401 - pytest calls it

# A core shared with others is sometimes slow, and that is no finding.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
_locale = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_CTYPE", "LANG"))), "")
if sys.platform.startswith("linux") and "utf" not in _locale.lower():
    os.environ["LC_ALL"] = "C.UTF-8"  # Qt complains of any other, and a complaint fails a test

CHECKOUT = Path(__file__).resolve().parent.parent
PATIENCE = 10.0  # seconds for a thread that was told to stop, on a machine with much to do
REAL_CACHE = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")

# Whatever waits for a person, or leaves the program: by module, class and function. QMenu.exec is
# missing because PySide6 lets nobody replace it; the program uses QMenu.popup, which does not wait.
ASKING = {
    "QtGui": {"QDesktopServices": ["openUrl"], "QDrag": ["exec"]},
    "QtPrintSupport": {"QPageSetupDialog": ["exec"], "QPrintDialog": ["exec"]},
    "QtWidgets": {
        "QColorDialog": ["getColor"],
        "QDialog": ["exec"],
        "QFileDialog": [
            "getExistingDirectory",
            "getExistingDirectoryUrl",
            "getOpenFileName",
            "getOpenFileNames",
            "getOpenFileUrl",
            "getOpenFileUrls",
            "getSaveFileName",
            "getSaveFileUrl",
        ],
        "QFontDialog": ["getFont"],
        "QInputDialog": ["getDouble", "getInt", "getItem", "getMultiLineText", "getText"],
        "QMessageBox": ["about", "aboutQt", "critical", "information", "question", "warning"],
    },
}

_profiles = itertools.count()


def pytest_collection_finish() -> None:
    """Thousands of tests lie in memory to the end: no search for garbage is to go through them."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def profile(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """Give the program an empty per-user folder, and hide the real ones from whatever asks."""
    folder = tmp_path_factory.getbasetemp() / f"profile-{next(_profiles)}"
    folder.mkdir()
    monkeypatch.setenv("ESA_HOME", str(folder))
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(folder))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_DOCUMENTS_DIR"):
        monkeypatch.delenv(name, raising=False)
    # Else every program that a test starts would look through all fonts of the system anew.
    monkeypatch.setenv("XDG_CACHE_HOME", REAL_CACHE)
    yield folder
    log = logging.getLogger("esa_desktop")
    for handler in list(log.handlers):  # else the next test's log would go to this one's folder
        log.removeHandler(handler)
        handler.close()


@pytest.fixture(scope="session")
def seed_folder() -> Path | None:
    """Find the real filled-in form, which belongs to its office and so is not in this repository.

    Tests that need it skip themselves where this is ``None``.
    """
    folder = Path(os.environ.get("ESA_SEED") or CHECKOUT.parent / "shared" / "seed")
    return folder if folder.is_dir() else None


@pytest.fixture(autouse=True)
def nothing_left_behind(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Fail a test that met a dialog nobody answered, or left a thread or a window."""
    threads = set(threading.enumerate())
    asked: list[str] = []
    if "qapp" in request.fixturenames or application_runs():
        refuse_to_answer(monkeypatch, asked)
    windows = open_windows()

    yield

    delete_what_is_to_be_deleted()
    left = [f"a dialog nobody answered: {question}" for question in asked]
    left += [f"a thread still running: {name}" for name in threads_left(threads)]
    left += [f"a window still open: {name}" for name in windows_left(windows)]
    if left:
        pytest.fail("; ".join(left), pytrace=False)


def refuse_to_answer(monkeypatch: pytest.MonkeyPatch, asked: list[str]) -> None:
    """Let everything fail that waits for a person; a test's own replacement comes later and wins.

    The question is written down as well as raised, because the code under test may catch it.
    """
    from PySide6 import QtGui, QtPrintSupport, QtWidgets

    def refusal(name: str) -> Callable[..., NoReturn]:
        def refuse(*arguments: Any, **named: Any) -> NoReturn:
            words = [text for text in (*arguments, *named.values()) if isinstance(text, str)]
            if arguments and isinstance(arguments[0], QtWidgets.QMessageBox):
                words.append(arguments[0].text())
            asked.append(": ".join([name, *words]))
            raise AssertionError(f"a dialog nobody answered: {asked[-1]}")

        return refuse

    for module in (QtGui, QtPrintSupport, QtWidgets):
        for name, functions in ASKING[module.__name__.removeprefix("PySide6.")].items():
            for function in functions:
                refuse: Any = refusal(f"{name}.{function}")
                if function != "exec":
                    refuse = staticmethod(refuse)
                monkeypatch.setattr(getattr(module, name), function, refuse)


def threads_left(before: set[threading.Thread]) -> list[str]:
    """Name the threads that were started and not stopped, with some patience for slow endings."""
    deadline = time.monotonic() + PATIENCE
    left = []
    for thread in set(threading.enumerate()) - before:
        # A thread of Qt's that once ran Python stays listed for ever; the pool is asked below.
        if type(thread).__name__ == "_DummyThread":
            continue
        thread.join(max(0.0, deadline - time.monotonic()))
        if thread.is_alive():
            left.append(thread.name)
    if application_runs():
        from PySide6.QtCore import QCoreApplication, QEvent, QThreadPool

        from esa_desktop.ui.worker import _exchange, lanes

        pools = (QThreadPool.globalInstance(), *lanes())
        busy = [pool for pool in pools if not pool.waitForDone(int(PATIENCE * 1000))]
        left += ["one of QThreadPool's" for _ in busy]
        # What ended is told of now, for who hears it may begin the next.
        QCoreApplication.sendPostedEvents(_exchange(), QEvent.Type.MetaCall)
        left += ["what was begun when another ended"] * (not busy and bool(_exchange()._handles))
    return left


def application_runs() -> bool:
    if "PySide6.QtWidgets" not in sys.modules:
        return False
    from PySide6.QtWidgets import QApplication

    return isinstance(QApplication.instance(), QApplication)


def open_windows() -> set[Any]:
    if not application_runs():
        return set()
    from PySide6.QtWidgets import QApplication

    return {window for window in QApplication.topLevelWidgets() if window.isVisible()}


def delete_what_is_to_be_deleted() -> None:
    """Let the windows of this test go: ``deleteLater`` waits for an event loop, and none runs here.

    Else they heap up until some test waits, and every new window dresses all of them anew.
    """
    if application_runs():
        from PySide6.QtCore import QCoreApplication, QEvent

        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def windows_left(before: set[Any]) -> list[str]:
    left = open_windows() - before
    for window in left:  # the next test is not to suffer for this one
        window.hide()
        window.deleteLater()
    return [window.objectName() or type(window).__name__ for window in left]
