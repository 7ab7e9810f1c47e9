"""Which command lines are commands, and how one is run: exit codes, streams, one sentence for what went wrong."""

import json
import logging
import sys
from collections.abc import Sequence
from typing import Final

from esa_desktop.cli.answers import Answer, Finding
from esa_desktop.domain.errors import EsaError, ValueRefused
from esa_desktop.logs import start_log
from esa_desktop.paths import user_folder

COMMANDS: Final = (
    "sample",
    "new",
    "show",
    "set",
    "attach",
    "export",
    "binder",
    "check",
    "backup",
    "restore",
    "history",
    "search",
    "self-test",
)
NOT_BUILT: Final = ("import", "pack", "merge")
"""Commands of later versions: refused by name, else the window would take them for a project."""
WINDOW_OPTIONS: Final = ("--screenshot", "--time-to-paint")


def is_command(arguments: Sequence[str]) -> bool:
    """Whether the command line asks for a command; a path or nothing asks for the window."""
    if not arguments:
        return False
    first = arguments[0]
    if first.startswith("-"):
        return first.partition("=")[0] not in (*WINDOW_OPTIONS, "--")
    return first in (*COMMANDS, *NOT_BUILT)


def run(arguments: Sequence[str]) -> int:
    """Run one command: 0 on success, 2 with one sentence on standard error for what a user can mend.

    1 stands for a fault of the program: a sentence too, the details are in the log.
    """
    logging.lastResort = (
        logging.NullHandler()
    )  # a command says one sentence; what is logged has its file
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        return _run(arguments)
    except EsaError as error:
        print(error.sentence, file=sys.stderr)
        return error.code if isinstance(error, Finding) else 2
    except BrokenPipeError:
        return 0
    except Exception:
        start_log()
        logging.getLogger("esa_desktop").exception("command failed")
        place = user_folder() / "log.txt"
        print(f"โปรแกรมทำงานผิดพลาด ข้อมูลที่บันทึกแล้วยังอยู่ครบ รายละเอียดอยู่ใน {place}", file=sys.stderr)
        return 1


def _run(arguments: Sequence[str]) -> int:
    from esa_desktop.cli.parsing import parsed  # the window is opened without all of it

    words = _name_first(arguments)
    if words and words[0] in NOT_BUILT:
        raise ValueRefused(f"คำสั่ง {words[0]} ยังไม่มีในรุ่นนี้")
    chosen = parsed(words)
    try:
        _print(chosen.run(chosen), as_json=chosen.json)
    except Finding as finding:
        _print(finding.answer, as_json=chosen.json)
        raise
    return 0


def _name_first(arguments: Sequence[str]) -> list[str]:
    """Options may stand anywhere, ``--json`` in front of the command too."""
    words = list(arguments)
    in_front = 0
    while words[in_front : in_front + 1] == ["--json"]:
        in_front += 1
    return [*words[in_front : in_front + 1], *words[:in_front], *words[in_front + 1 :]]


def _print(answer: Answer, *, as_json: bool) -> None:
    values, words = answer
    print(json.dumps(values, ensure_ascii=False, indent=1) if as_json else words)
