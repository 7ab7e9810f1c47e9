import os
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from esa_desktop import app
from tests.projects import new_project


def start(*words: str | Path, home: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "esa_desktop", *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        env={**os.environ, "ESA_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"},
    )


def test_a_picture_of_the_window_is_taken_and_the_program_ends(tmp_path: Path) -> None:
    picture = tmp_path / "หน้าต่าง.png"

    done = start(new_project(tmp_path), "--screenshot", picture, home=tmp_path / "home")

    assert (done.returncode, done.stderr) == (0, "")
    assert picture.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("with_project", [False, True])
def test_the_time_to_the_first_paint_is_told(tmp_path: Path, with_project: bool) -> None:
    words = [new_project(tmp_path)] if with_project else []

    done = start(*words, "--time-to-paint", home=tmp_path / "home")

    assert (done.returncode, done.stderr) == (0, "")
    assert float(done.stdout) > 0


@pytest.mark.parametrize("refused", [False, True])
def test_a_stick_that_takes_nothing_is_told(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, refused: bool
) -> None:
    window = app.make_window()
    qtbot.addWidget(window)
    window.show_welcome()
    monkeypatch.setattr(app, "portable_is_refused", lambda: refused)

    app.tell_refused_stick(window)

    assert window.banner.isHidden() is not refused


FIRST_START = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from esa_desktop import app

def look():
    window = next(w for w in QApplication.topLevelWidgets() if w.objectName() == "mainWindow")
    screen = window.screen().availableGeometry()
    print(screen.width() < 1366, window.isMaximized(), screen.contains(window.frameGeometry()))
    window.close()

running = app.make_application()
QTimer.singleShot(400, look)
app.run([])
"""


def test_a_first_start_on_a_screen_smaller_than_the_window_fills_it(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FIRST_START],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        env={**os.environ, "ESA_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"},
    )
    assert done.stdout.split() == ["True", "True", "True"], done.stderr
