"""Several files that belong together take their places at once, or the earlier set stays as it was."""

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from esa_desktop.storage.durable import flush_file, give_name, sync_folder, write_durably
from esa_desktop.storage.layout import PART

_EARLIER: Final = "earlier"
_PLAN: Final = "plan.json"
_DONE: Final = "done"
_IN_USE: Final = "in-use"


@contextmanager
def workplace(target: Path) -> Iterator[Path]:
    """An empty folder beside ``target``, so on its drive; nothing of it is left when the block ends.

    What a death left behind of an earlier one for the same target is mended first: a set that was
    being exchanged is put back as it was, and the folder goes. Raises `OSError`.
    """
    beginning = f".esa-{hashlib.sha256(target.name.casefold().encode()).hexdigest()[:8]}-"
    for left in sorted(target.parent.glob(f"{beginning}*{PART}")):
        _mend(left)
    place = target.parent / f"{beginning}{os.urandom(4).hex()}{PART}"
    place.mkdir(mode=0o700)  # what is in the making is nobody else's to see or to change
    try:
        with (place / _IN_USE).open("xb") as held:
            _lock(held.fileno())
            yield place
    finally:
        _clear(place)


def exchange(place: Path, new: Mapping[Path, Path], surplus: Sequence[Path] = ()) -> None:
    """Put files made in the workplace ``place`` where they belong: all of ``new``, or none.

    ``new``: where each goes, by where it lies now. ``surplus``: files of the earlier set that the
    new one has no use for; they go. Raises `OSError` whose ``filename`` is the one that refused,
    and then everything is as it was.
    """
    for made in new:
        flush_file(made)
    for folder in {made.parent for made in new}:
        sync_folder(folder)
    targets = list(new.values())
    belongs = targets[0].parent
    if len(new) == 1 and not surplus:
        _name(*next(iter(new.items())))
    else:
        plan = {made.relative_to(place).as_posix(): target.name for made, target in new.items()}
        write_durably(place / _PLAN, json.dumps(plan).encode("ascii"))
        (place / _EARLIER).mkdir()
        sync_folder(place)
        try:
            for old in (*targets, *surplus):
                if old.exists():
                    _name(old, place / _EARLIER / old.name, told=old)
            for made, target in new.items():
                _name(made, target)
            # From here on a death leaves the new set. The folders first: names are not yet to stay.
            for changed in (place / _EARLIER, belongs):
                sync_folder(changed)
            write_durably(place / _DONE, b"")
        except BaseException:
            _put_back(place, belongs)
            raise
    sync_folder(belongs)


def _name(part: Path, path: Path, *, told: Path | None = None) -> None:
    try:
        give_name(part, path)
    except OSError as error:
        error.filename = str(told or path)
        raise


def _put_back(place: Path, folder: Path) -> None:
    """Undo an exchange as far as it came; safe to be done twice."""
    try:
        plan = json.loads((place / _PLAN).read_bytes())
        names = [(str(made), str(target)) for made, target in plan.items()]
    except (OSError, ValueError, AttributeError):
        return  # it had not begun
    for made, target in names:
        if not (place / made).exists():
            with suppress(OSError):
                give_name(folder / target, place / made)
    for old in list((place / _EARLIER).iterdir()):
        with suppress(OSError):
            give_name(old, folder / old.name)
    with suppress(OSError):
        sync_folder(folder)


def _mend(left: Path) -> None:
    """Clear away a workplace whose process died, unless it is in use after all."""
    try:
        with (left / _IN_USE).open("rb+") as held:
            _lock(held.fileno())
            if not (left / _DONE).exists() and (left / _EARLIER).is_dir():
                _put_back(left, left.parent)
    except FileNotFoundError:
        pass  # it died before anything was in it
    except OSError:
        return
    _clear(left)


def _clear(place: Path) -> None:
    """Unless files of an earlier set wait in it that could not be put back: the next run does.

    What says that they are done with goes last, or a death in between would put some back.
    """
    earlier = place / _EARLIER
    if (place / _DONE).exists():
        shutil.rmtree(earlier, ignore_errors=True)
    if not earlier.is_dir() or not any(earlier.iterdir()):
        shutil.rmtree(place, ignore_errors=True)


def _lock(file: int) -> None:
    """Raises `OSError` where another process has it."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
