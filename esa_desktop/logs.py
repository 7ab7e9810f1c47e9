"""One rotating log file in the user's folder; it never holds a word of the report."""

import logging
import re
import traceback
from collections.abc import Iterator, Mapping
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from esa_desktop.paths import program_folder, user_folder

LONGEST: Final = 200
"""Characters of a message that is let in; what a library says of itself is shorter."""
MOST_CAUSES: Final = 10
LEFT_OUT: Final = "…"
_FOREIGN: Final = re.compile(r"[^\x20-\x7e\n]+")
_QUOTED: Final = re.compile(r"""(["'`]).*?(?:\1|$)""")
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.]{0,60}")
_ABOUT_CODE: Final = (AttributeError, ImportError, NameError, TypeError)
"""What these put in quotes are names in the program, and without them they say nothing."""
_NUMBER: Final = re.compile(r"\d{6,}")
"""Longer than a line, a size in MB or an error code: telephones, identity cards, accounts."""


def start_log() -> logging.Logger:
    """The program's logger, writing to ``log.txt`` where that is possible.

    A folder that cannot be written must not keep anybody from working: then there is no log.
    """
    log = logging.getLogger("esa_desktop")
    if log.handlers:
        return log
    log.setLevel(logging.INFO)
    try:
        user_folder().mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            user_folder() / "log.txt", maxBytes=500_000, backupCount=2, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(Wordless("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    log.addHandler(handler)
    return log


class Wordless(logging.Formatter):
    """Lets in what a programmer needs: types, places in the program, short machine-made words.

    What is said in Thai, in quotes or at length may be the report's, or name a person.
    """

    def format(self, record: logging.LogRecord) -> str:
        spare = logging.makeLogRecord(
            {**record.__dict__, "msg": _message(record), "args": (), "exc_info": None}
        )
        # What another handler spelled out for itself, words and all.
        spare.exc_text = spare.stack_info = None
        parts = [super().format(spare)]
        if record.exc_info and record.exc_info[1] is not None:
            parts.append(reduced(record.exc_info[1], record.exc_info[2]))
        return _FOREIGN.sub(LEFT_OUT, "\n".join(parts))


def reduced(error: BaseException, trace: TracebackType | None = None) -> str:
    """What may be shown and sent of an error: its type, where it came from, harmless words.

    Causes come first, as Python prints them. ``trace`` for an error that was raised elsewhere.
    """
    told: list[str] = []
    for one, joint in reversed(list(_chain(error))):
        frames = trace if one is error and trace is not None else one.__traceback__
        told += [*_places(frames), _named(one)]
        told += [f"  one of several: {_named(part)}" for part in _parts(one)]
        told += ["", joint, ""] if joint else []
    return _FOREIGN.sub(LEFT_OUT, "\n".join(told))


def harmless(words: str, *, names: bool = False) -> str:
    """The first line without what may be somebody's; none of it where it is long or in Thai.

    ``names``: what looks like a name in a program may stay in its quotes.
    """
    first = words.split("\n", 1)[0]
    if len(first) > LONGEST or _FOREIGN.search(first):
        return LEFT_OUT

    def shown(quoted: re.Match[str]) -> str:
        inside = quoted.group()[1:-1]
        return f"'{inside}'" if names and _NAME.fullmatch(inside) else LEFT_OUT

    return _NUMBER.sub(LEFT_OUT, _QUOTED.sub(shown, first))


def _chain(error: BaseException) -> Iterator[tuple[BaseException, str]]:
    """The error and what led to it, with the words between it and what follows it."""
    joint, seen = "", set[int]()
    found: BaseException | None = error
    while found is not None and id(found) not in seen and len(seen) < MOST_CAUSES:
        seen.add(id(found))
        yield found, joint
        if found.__cause__ is not None:
            found, joint = found.__cause__, "which was the direct cause of:"
        else:
            found = None if found.__suppress_context__ else found.__context__
            joint = "during the handling of which happened:"


def _parts(error: BaseException) -> tuple[BaseException, ...]:
    return error.exceptions if isinstance(error, BaseExceptionGroup) else ()


def _places(trace: TracebackType | None) -> list[str]:
    """The frames without their source: lines of the program hold Thai, and paths hold names."""
    if trace is None:
        return []
    return [
        "Traceback (most recent call last):",
        *(
            f"  {_short(frame.filename)}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(trace, limit=-40)
        ),
    ]


def _short(file: str) -> str:
    path = Path(file)
    if path.is_relative_to(program_folder()):
        return path.relative_to(program_folder()).as_posix()
    return "/".join(path.parts[-2:])


def _named(error: BaseException) -> str:
    name = type(error).__name__
    if isinstance(error, OSError):
        return f"{name}: errno {error.errno}, winerror {getattr(error, 'winerror', None)}"
    try:
        words = harmless(str(error), names=isinstance(error, _ABOUT_CODE))
    except Exception:  # noqa: BLE001 - an error that cannot even say what it is
        words = LEFT_OUT
    return f"{name}: {words}" if words else name


def _message(record: logging.LogRecord) -> str:
    if len(str(record.msg)) > LONGEST:
        return LEFT_OUT
    try:
        if isinstance(record.args, Mapping):
            return str(record.msg) % {name: _said(value) for name, value in record.args.items()}
        arguments = tuple(_said(value) for value in record.args or ())
        return str(record.msg) % arguments if arguments else str(record.msg)
    except (TypeError, ValueError, KeyError):
        return str(record.msg)


def _said(value: Any) -> Any:
    if isinstance(value, BaseException):
        return _named(value)
    if isinstance(value, bool | int | float) or value is None:
        return value
    return harmless(value) if isinstance(value, str) else type(value).__name__
