import os
import subprocess
import sys
from pathlib import Path

import pytest

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


def test_the_welcome_page_is_painted_without_the_database_or_the_report(tmp_path: Path) -> None:
    watch = (
        "import sys; from esa_desktop.app import make_window; window = make_window();"
        "window.show_welcome(); window.show();"
        "print([m for m in ('sqlalchemy', 'reportlab', 'uharfbuzz', 'lxml', 'PySide6.QtPdf',"
        "'PySide6.QtPrintSupport') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", watch],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "ESA_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"},
    )

    assert done.stdout.strip() == "[]", done.stderr
