"""What must not leave the office with a report of a problem: words, names and paths are taken out of a log."""

import getpass
import json
import os
import platform
import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Final

from esa_desktop.logs import LEFT_OUT

if TYPE_CHECKING:
    from esa_desktop.services.projects import Project

LEAST: Final = 4
"""Letters of a word that is taken out; shorter ones name nobody and are in every message."""
LEAST_NAME: Final = 3
LONGEST_LINE: Final = 2000
"""Characters; a longer line is none of ours, and would be looked through for minutes."""
_WORD: Final = re.compile(rf"[A-Za-z0-9]{{{LEAST},}}")
_FOREIGN: Final = re.compile(r"[^\x20-\x7e]+")
_SLASH: Final = re.compile(r"[\\/]")
_FILE: Final = re.compile(r"\S+\.[A-Za-z0-9]{2,8}(?![\w.])")
_NO_FILE: Final = re.compile(r"\bI/O\b|(?<!\S)[\d.]+(?=[,;:]?(?!\S))")
"""What looks like a path and is none: of SQLite's "disk I/O error", and numbers of versions."""
_KIND: Final = re.compile(r"(?:  one of several: )?\w*(?:Error|Exception|Warning|Exit|Interrupt): ")
_OWN_PLACE: Final = re.compile(r"  esa_desktop/[\w./\-]+\.py:\d+ [\w.<>]+")
_PLACE: Final = re.compile(r"  [\w.\-]+(/[\w.\-]+)*\.py:\d+ [\w.<>]+")
"""A frame of a traceback, as `esa_desktop.logs` writes it: it names a line of the program."""
_HEAD: Final = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} [A-Z]+ [\w.]+: ")


class HiddenWords:
    """Names that are taken out wherever they stand, and words that are taken out of messages.

    A log of ours holds no Thai and nothing in quotes. This is the second lock on the same door:
    a library may have put a name or an English word of the report into its own sentence.
    """

    def __init__(self, names: Iterable[str] = (), words: Iterable[str] = ()) -> None:
        asked = {name for name in names if len(name) >= LEAST_NAME}
        found = "|".join(re.escape(name) for name in sorted(asked, key=len, reverse=True))
        self._names = re.compile(found, re.IGNORECASE) if found else None
        texts = (*words, *asked)
        self._words = {word.casefold() for text in texts for word in _WORD.findall(text)}

    def taken_out(self, text: str) -> str:
        """``text`` without them, line by line; everything that is not ASCII goes, too.

        A message that speaks of a file goes whole, but for the kind of error: where a path with
        blanks, commas and names in it begins and ends, nobody can tell.
        """
        return "\n".join(self._line(line) for line in text.splitlines())

    def _line(self, line: str) -> str:
        if len(line) > LONGEST_LINE:
            return LEFT_OUT
        if _OWN_PLACE.fullmatch(line):
            return line
        line = _FOREIGN.sub(LEFT_OUT, line)
        speaks_of_file = _speaks_of_file(line)  # a name taken out may be where the path began
        if self._names is not None:
            line = self._names.sub(LEFT_OUT, line)
        if _PLACE.fullmatch(line):
            return line
        start = _end_of_head(line)
        if speaks_of_file:
            kind = _KIND.match(line, start)
            return line[: kind.end() if kind else start] + LEFT_OUT
        return line[:start] + _WORD.sub(self._word, line[start:])

    def _word(self, found: re.Match[str]) -> str:
        return LEFT_OUT if found.group().casefold() in self._words else found.group()


def _end_of_head(line: str) -> int:
    head = _HEAD.match(line)
    return head.end() if head else 0


def _speaks_of_file(line: str) -> bool:
    message = _NO_FILE.sub("", line[_end_of_head(line) :])
    if _SLASH.search(message):
        return True
    return any(not _is_module(found.group()) for found in _FILE.finditer(message))


def _is_module(word: str) -> bool:
    """``sqlalchemy.exc`` says what went wrong, and is no file."""
    first, _, last = word.lstrip("([{<'\"").rpartition(".")
    return last.isalpha() and first in _MODULES


_MODULES: Final = frozenset(
    "asyncio collections concurrent ctypes importlib json logging multiprocessing os pathlib sqlite3 "
    "subprocess threading zipfile docx esa_desktop fontTools lxml openpyxl pikepdf reportlab "
    "sqlalchemy uharfbuzz PIL PySide6".split()
)


def words_to_hide(project: "Project | None", places: Iterable[PurePath] = ()) -> HiddenWords:
    """Everything this person's computer and the open project would be known by.

    ``places``: more folders whose names are nobody's business.
    """
    names = [_login(), platform.node(), os.environ.get("USERDOMAIN", ""), *_parts(Path.home())]
    for place in places:
        names += _parts(place)
    words: list[str] = []
    if project is not None:
        who = project.who
        names += [who.author, who.computer, project.editor.round.office, *_parts(project.folder)]
        for view in project.editor.views.values():
            for body in {view.body, *(head.body for head in view.heads)}:
                words += _texts(body)
            names += [head.author for head in view.heads]
    return HiddenWords(names, words)


def _parts(place: PurePath) -> Iterator[str]:
    """The path as a whole and the names on it, but for those that every computer has."""
    yield str(place)
    yield from (part for part in place.parts[1:] if part.casefold() not in _COMMON)


_COMMON: Final = frozenset(
    "home users tmp var media mnt run root documents desktop local share appdata program files "
    "esa_desktop".split()
)


def _texts(body: str) -> Iterator[str]:
    """The strings in a stored value, without the names it gives to its parts."""
    try:
        yield from _strings(json.loads(body) if body else None)
    except (ValueError, RecursionError):
        yield body


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # Windows without the usual names: it asks for `pwd`
        return ""
