"""The edge between Python and the disk, for tests: it fails at the n-th step, or is watched for flushes.

Seen from the disk, a drive that is gone from a step on is the same as a death at that step: nothing
that comes later reaches it, the clearing away of what was begun included.
"""

import errno
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from esa_desktop.storage import durable

STEPS = ("fsync", "mkdir", "rename", "replace", "rmdir", "unlink")


class Edge:
    """Counts the steps that change something below a folder; fails them when told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        self._fail: Callable[[int], int] = lambda _: 0
        for name in STEPS:
            monkeypatch.setattr(os, name, self._watched(getattr(os, name)))
        monkeypatch.setattr(io, "open", self._watched_open(io.open))

    def begin(self, number: int = 0, fault: int = errno.EIO, *, once: bool = False) -> None:
        """Count anew; from step ``number`` on (or only then) there is ``fault``; 0: never."""
        self.count = 0
        self._fail = lambda step: (
            fault if number and (step == number if once else step >= number) else 0
        )

    def end(self) -> None:
        self._fail = lambda _: 0

    def _step(self) -> None:
        self.count += 1
        fault = self._fail(self.count)
        if fault:
            raise OSError(fault, os.strerror(fault))

    def _watched(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            self._step()
            return real(*arguments, **named)

        return call

    def _watched_open(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(file: Any, mode: str = "r", *arguments: Any, **named: Any) -> Any:
            if set(mode) & set("xwa+"):
                self._step()
            return real(file, mode, *arguments, **named)

        return call


class Flushes:
    """Notes what was flushed; at each rename looks at whether all that gets a name is on the disk."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.unsafe: list[str] = []
        """What got its name too early."""
        self._flushed: dict[tuple[int, int], tuple[int, int]] = {}
        self._changed: set[Path] = set()
        sync, rename, mkdir = os.fsync, durable._rename, os.mkdir

        def fsync(descriptor: int) -> None:
            sync(descriptor)
            seen = os.fstat(descriptor)
            self._flushed[seen.st_dev, seen.st_ino] = (seen.st_size, seen.st_mtime_ns)

        def watched_rename(part: Path, path: Path) -> None:
            self.unsafe += [
                below.name for below in (part, *part.rglob("*")) if not self._is_safe(below)
            ]
            rename(part, path)
            self._changed.add(path.parent)

        def watched_mkdir(path: Any, *arguments: Any, **named: Any) -> None:
            mkdir(path, *arguments, **named)
            self._changed.add(Path(path).parent)

        monkeypatch.setattr(os, "fsync", fsync)
        monkeypatch.setattr(os, "mkdir", watched_mkdir)
        monkeypatch.setattr(durable, "_rename", watched_rename)

    def names_not_safe(self) -> list[str]:
        """Folders in which something got a name that a power cut may take away again."""
        there = (folder for folder in self._changed if folder.exists())
        return sorted(folder.name for folder in there if not self._is_safe(folder))

    def _is_safe(self, path: Path) -> bool:
        seen = path.stat()
        return self._flushed.get((seen.st_dev, seen.st_ino)) == (seen.st_size, seen.st_mtime_ns)
