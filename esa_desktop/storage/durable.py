"""Files that are there whole or not at all: written beside, flushed, then put in place."""

import os
import secrets
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from esa_desktop.storage.layout import PART

WAITS: Final = (0.05, 0.1, 0.2, 0.4, 0.75, 1.0)
"""Seconds between tries, 2.5 in all: virus scanners and indexers hold a new file open that long."""
_HELD_BY_OTHERS: Final = (5, 32, 33)
"""WinError access denied, sharing violation, lock violation."""


def part_beside(path: Path) -> Path:
    """A name in the same folder for the time of writing; no two are the same."""
    return path.with_name(f"{path.name}.{secrets.token_hex(4)}{PART}")


def write_durably(path: Path, content: bytes) -> None:
    """Replace ``path`` by ``content``; whatever happens, the old or the new is there whole."""
    part = part_beside(path)
    try:
        with part.open("xb") as beside:
            beside.write(content)
            beside.flush()  # out of Python first: what it still holds would be written unflushed
            flush_to_disk(beside.fileno())
        put_in_place(part, path)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def flush_to_disk(descriptor: int) -> None:
    os.fsync(descriptor)


def flush_file(path: Path) -> None:
    """Make a file last that others wrote; may take long, so not on the writer's thread."""
    with path.open("rb+") as file:
        flush_to_disk(file.fileno())


def put_in_place(part: Path, path: Path, *, sleep: Callable[[float], None] = time.sleep) -> None:
    """Rename a flushed file over ``path`` and make the rename itself last."""
    give_name(part, path, sleep=sleep)
    sync_folder(path.parent)
    if part.parent != path.parent:
        sync_folder(part.parent)


def give_name(part: Path, path: Path, *, sleep: Callable[[float], None] = time.sleep) -> None:
    """Rename only: of many files the folders are made to last once, with `sync_folder`."""
    for wait in WAITS:
        try:
            _rename(part, path)
            break
        except OSError as error:
            if getattr(error, "winerror", None) not in _HELD_BY_OTHERS:
                raise
            sleep(wait)
    else:
        _rename(part, path)


def _rename(part: Path, path: Path) -> None:
    if sys.platform == "win32":
        import ctypes

        replace_existing, write_through = 0x1, 0x8
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        if not kernel.MoveFileExW(str(part), str(path), replace_existing | write_through):
            raise ctypes.WinError(ctypes.get_last_error())
    else:
        part.replace(path)


def sync_folder(folder: Path) -> None:
    """Make new names in a folder last. Windows has no such call: its rename writes through."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        flush_to_disk(descriptor)
    finally:
        os.close(descriptor)
