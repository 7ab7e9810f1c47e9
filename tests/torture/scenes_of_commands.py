"""Scenes of the command line: the program's own ``main``, from the words typed to its exit code."""

import io
import json
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

from esa_desktop.__main__ import main
from esa_desktop.domain.errors import EsaError
from esa_desktop.services.backing_up import list_backups
from tests.torture.ledger import losses
from tests.torture.scene import PROJECT, Scene, Tell, Told, at_home, words
from tests.torture.scenes_of_backups import RESTORED, backed_up, backups_wrong
from tests.torture.scenes_of_work import opens, work_is_kept


class Failed(EsaError):
    """A command that ended with another exit code than 0, and what it said."""


def command(*given: str | Path, typed: str = "") -> str:
    """What the command printed."""
    said, complained = io.StringIO(), io.StringIO()
    keyboard = io.TextIOWrapper(io.BytesIO(typed.encode()))
    with (
        patch.object(sys, "stdin", keyboard),
        redirect_stdout(said),
        redirect_stderr(complained),
    ):
        code = main([str(word) for word in given])
    if code == 1:
        raise RuntimeError(complained.getvalue())  # a fault of the program, in its own words
    if code:
        raise Failed(complained.getvalue().strip())
    return said.getvalue()


def command_lines(ground: Path) -> list[tuple[tuple[str, ...], str]]:
    """The commands of this scene and what is typed into them, one after another."""
    project = str(ground / PROJECT)
    return [
        (("set", project, "1.1.1", "method"), "ทางบรรทัดคำสั่ง " * 30),
        (("set", project, "1.1", "level"), "4"),
        (("attach", project, "1.1.2", str(ground / "คำสั่ง 3.pdf")), ""),
        (("backup", project, "--json"), ""),
        (("restore", project, "1", "--to", str(ground / RESTORED / PROJECT)), ""),
    ]


def run_commands(ground: Path, tell: Tell) -> None:
    for given, typed in command_lines(ground):
        said = command(*given, typed=typed)
        tell("flushed")  # exit code 0: whoever gave the command relies on it
        if given[0] == "backup":
            tell("backup", Path(json.loads(said)["folder"]).name, "")
        if given[0] == "restore":
            tell("made")


def commands_are_kept(ground: Path, told: Sequence[Told]) -> list[str]:
    wrong = work_is_kept(ground, told) or backups_wrong(ground / PROJECT, [])
    names = {backup.folder.name for backup in list_backups(ground / PROJECT)}
    if not names.issuperset(name for name, _ in words(told, "backup")):
        wrong.append("backup lost")
    target = ground / RESTORED / PROJECT
    if (target / "project.db").exists():
        with at_home(ground):
            wrong += losses(target, []) or opens(target)
    elif words(told, "made"):
        wrong.append("restored project lost")
    return wrong


SCENES = (Scene("commands", backed_up, run_commands, commands_are_kept),)
