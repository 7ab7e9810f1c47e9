"""The folders of the frozen program made by hand, and Python that believes to be in them."""

import os
import subprocess
import sys
from pathlib import Path
from shlex import quote

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent


def make_bundle(folder: Path) -> Path:
    """``folder`` with a program in it; returns its ``_internal``, without any library."""
    inside = folder / "_internal"
    inside.mkdir(parents=True)
    for name in ("resources", "fonts"):
        (inside / name).symlink_to(CHECKOUT / name, target_is_directory=True)
    program = folder / "esa-desktop"
    program.write_text(
        f"#!/bin/sh\nPYTHONPATH={quote(str(CHECKOUT))} exec {quote(sys.executable)} -B -c "
        f'"{_prelude(inside)}; from esa_desktop.__main__ import main; sys.exit(main())" "$@"\n',
        "utf-8",
    )
    program.chmod(0o755)
    return inside


def _prelude(inside: Path) -> str:
    program = inside.parent / "esa-desktop"
    return f"import sys; sys.frozen = True; sys._MEIPASS = '{inside}'; sys.executable = '{program}'"


def be_frozen(monkeypatch: pytest.MonkeyPatch, inside: Path) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(inside), raising=False)
    monkeypatch.setattr(sys, "executable", str(inside.parent / "esa-desktop"))


def run_frozen(
    inside: Path, code: str, folder: Path, **environment: str
) -> "subprocess.CompletedProcess[str]":
    """``code`` in a process of its own that works in ``folder``."""
    return subprocess.run(
        [sys.executable, "-c", f"{_prelude(inside)}\n{code}"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(CHECKOUT), "QT_QPA_PLATFORM": "offscreen"}
        | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
