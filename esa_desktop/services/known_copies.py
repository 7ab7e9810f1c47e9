"""Which folders hold copies of one project, as far as this computer saw, and whether another is ahead."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar

from esa_desktop.services.register import folder_key
from esa_desktop.storage.durable import write_durably
from esa_desktop.storage.layout import database_of
from esa_desktop.storage.store import Store

FOLDER: Final = "copies"
LONGEST_TRAIL: Final = 50
MOST_COPIES: Final = 20
PATIENCE: Final = 30.0
"""Seconds the writer has to answer."""
T = TypeVar("T")


class Asked(Protocol):
    """What is asked of an open project; `esa_desktop.services.projects.Project` is one."""

    folder: Path
    project_id: str

    def ask(self, question: Callable[[Store], T]) -> Any: ...


@dataclass(frozen=True, slots=True)
class NewerCopy:
    """Something this project once said, which the copy that is open does not."""

    folder: Path
    """Where it was last seen: another folder, or this very one, which went back."""
    author: str
    time: str
    """Of the last change seen there, or of the last that this folder lost. Clocks are shown, never
    compared. UTC, ISO 8601."""
    is_there: bool
    """Whether a project lies in that folder now; a stick may not be plugged in."""
    goes_on: bool
    """It goes on from what is open here: nothing is lost by working there instead."""
    went_back: bool
    """This very folder said it, before an older state took its place."""
    own_time: str = ""
    """Of the last change in the copy that is open, in the same form; empty where there is none."""


@dataclass(frozen=True, slots=True)
class _Copy:
    """One folder, as it was when it was last open on this computer."""

    place: str
    """The path as it was named, absolute."""
    trail: tuple[str, ...]
    """Ids of the revisions that were the last ones when somebody looked, oldest first; never empty."""
    author: str = ""
    time: str = ""
    lost: bool = False
    """The folder said this once and no longer does; kept until it does again, or is forgotten."""

    @property
    def last(self) -> str:
        return self.trail[-1]

    def is_in(self, folder: Path) -> bool:
        """However the folder is spelled."""
        return folder_key(self.place) == folder_key(folder)


def note(user_folder: Path, project: Asked, *, patience: float = PATIENCE) -> None:
    """Remember how far the copy that is open has come; on opening, now and then, and on closing.

    Waits for the writer, ``patience`` seconds at most. A user folder that cannot be written is no
    harm: then nobody is warned.
    """
    file = _file_of(user_folder, project.project_id)
    known = _read(file)
    last, held = _asked(project, (copy.last for copy in known), patience)
    if last is None:
        return
    trail: tuple[str, ...] = ()
    kept: list[_Copy] = []
    for copy in known:
        if copy.is_in(project.folder):
            if copy.last not in held:
                kept.append(replace(copy, lost=True))
            elif not copy.lost:
                trail = copy.trail
        elif copy.last not in held or _is_there(copy):
            kept.append(copy)
    steps = trail if trail[-1:] == (last.id,) else (*trail, last.id)
    kept.append(
        _Copy(str(project.folder.absolute()), steps[-LONGEST_TRAIL:], last.author, last.time)
    )
    _write(file, kept[-MOST_COPIES:])


def newer_copy(user_folder: Path, project: Asked) -> NewerCopy | None:
    """Whether another copy, or this folder at an earlier time, knows something this one does not.

    By the revisions themselves, never by clocks. To be asked before `note`, on opening; waits for
    the writer.
    """
    known = _read(_file_of(user_folder, project.project_id))
    last, held = _asked(project, (copy.last for copy in known))
    ahead = [copy for copy in known if copy.last not in held]
    before = [copy for copy in ahead if copy.is_in(project.folder)]
    others = [copy for copy in ahead if not copy.is_in(project.folder) and not copy.lost]
    if (
        before
    ):  # only where all that was lost is known to be; the rest may wait until that is mended
        lost = {copy.last for copy in before}
        others = [copy for copy in others if lost.issubset(copy.trail) and _is_there(copy)]
    if not before and not others:
        return None

    def worth(copy: _Copy) -> tuple[bool, bool]:
        """What makes one of several copies the one to speak of; the latest seen of equals."""
        return _is_there(copy), last is not None and last.id in copy.trail

    best = max(reversed(others), key=worth) if others else before[-1]
    said = before[-1] if before else best
    return NewerCopy(
        Path(best.place),
        said.author,
        said.time,
        is_there=_is_there(best),
        goes_on=last is not None and last.id in best.trail,
        went_back=bool(before),
        own_time=last.time if last is not None else "",
    )


def forget(user_folder: Path, project: Asked, newer: NewerCopy) -> None:
    """The person knows of that copy and wants to hear no more of what it has by now."""
    file = _file_of(user_folder, project.project_id)

    def is_meant(copy: _Copy) -> bool:
        return copy.lost if copy.is_in(project.folder) else copy.is_in(newer.folder)

    _write(file, (copy for copy in _read(file) if not is_meant(copy)))


def places_of(user_folder: Path, project_id: str) -> tuple[Path, ...]:
    """Folders in which this user had this project open, the latest last; one may be gone."""
    copies = _read(_file_of(user_folder, project_id))
    return tuple(Path(copy.place) for copy in copies if not copy.lost)


def noted_places(user_folder: Path) -> tuple[Path, ...]:
    """Folders in which this user had a project open, as they were named; one may be gone."""
    files = sorted((user_folder / FOLDER).glob("*.json"))
    return tuple(Path(copy.place) for file in files for copy in _read(file) if not copy.lost)


# --- inside -----------------------------------------------------------------------------------


def _asked(
    project: Asked, names: Iterable[str], patience: float = PATIENCE
) -> tuple[Any, frozenset[str]]:
    """The last revision of the copy that is open, and which of these it holds."""
    wanted = frozenset(names)

    def question(store: Store) -> tuple[Any, frozenset[str]]:
        held = frozenset(name for name in wanted if store.has_revision(name))
        return store.last_change(), held

    answer: tuple[Any, frozenset[str]] = project.ask(question).result(patience)
    return answer


def _is_there(copy: _Copy) -> bool:
    try:
        return database_of(Path(copy.place)).is_file()
    except OSError:  # a drive that is asleep or refuses
        return False


def _file_of(user_folder: Path, project_id: str) -> Path:
    safe = re.fullmatch(r"[0-9a-z-]{1,64}", project_id)
    name = project_id if safe else hashlib.sha256(project_id.encode("utf-8", "replace")).hexdigest()
    return user_folder / FOLDER / f"{name}.json"


def _read(file: Path) -> list[_Copy]:
    """What is known; nothing where the file is missing or damaged."""
    try:
        with file.open("rb") as opened:
            copies = json.loads(opened.read(1_000_000))["copies"]
        return [copy for copy in map(_copy_of, copies) if copy is not None]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return []


def _copy_of(values: Any) -> _Copy | None:
    place, trail = values["place"], tuple(values["trail"])
    if not (isinstance(place, str) and place and trail and all(isinstance(s, str) for s in trail)):
        return None
    said = (str(values.get("author", "")), str(values.get("time", "")))
    return _Copy(place, trail, *said, lost=values.get("lost") is True)


def _write(file: Path, copies: Iterable[_Copy]) -> None:
    values = [
        {
            "place": copy.place,
            "trail": list(copy.trail),
            "author": copy.author,
            "time": copy.time,
            "lost": copy.lost,
        }
        for copy in copies
    ]
    # As ASCII: a path may hold what UTF-8 cannot.
    text = json.dumps({"format": "esa-copies", "version": 1, "copies": values}, indent=1)
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        write_durably(file, text.encode("ascii"))
