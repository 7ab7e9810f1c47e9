"""Runs a harness of this folder as a program of its own: it forks, and alters what it runs on."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
MEMORY = Path("/dev/shm")
"""A kill loses nothing that the kernel has, and a power cut is simulated: a real disk is only slower."""


def outcome(harness: str, *arguments: str | int, ground: Path) -> dict[str, Any]:
    """What the harness found; ``{ground}`` among its arguments is a folder in memory."""
    place = MEMORY / f"{ground.parent.name}-{ground.name}-{os.getpid()}"
    place = place if MEMORY.is_dir() else ground / "ground"
    given = [str(place) if word == "{ground}" else str(word) for word in arguments]
    try:
        answer = subprocess.run(
            [sys.executable, "-m", f"tests.torture.{harness}", *given],
            cwd=CHECKOUT,
            capture_output=True,
            text=True,
            check=False,
            timeout=170,
        )
    finally:
        shutil.rmtree(place, ignore_errors=True)
    assert answer.returncode == 0, answer.stderr[-4000:]
    found: dict[str, Any] = json.loads(answer.stdout)
    if found.get("unavailable"):
        pytest.skip("this machine lacks what the harness needs: SQLite as a library, or strace")
    return found


def broken(found: dict[str, Any]) -> dict[str, Any]:
    """What is wrong by scene; empty when all is well."""
    return {scene["scene"]: scene["found"] for scene in found["scenes"] if scene["broken"]}


def tried(found: dict[str, Any]) -> int:
    return sum(scene["tried"] for scene in found["scenes"])
