"""SQLite's door to the disk: its default VFS, altered through ctypes, tells every step.

What runs is the SQLite of the sqlite3 module. Where that library is not shared (Windows, static
builds) it cannot be reached. Only for child processes: nothing here is ever put back.
"""

import ctypes
import errno
import os
import re
import sqlite3  # noqa: F401 - loads the library that is altered
from pathlib import Path
from typing import Any

from tests.torture.disk_steps import Act, Step


class _Vfs(ctypes.Structure):
    _fields_ = [
        ("version", ctypes.c_int),
        ("os_file_size", ctypes.c_int),
        ("longest_path", ctypes.c_int),
        ("next", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        ("app", ctypes.c_void_p),
        ("open", ctypes.c_void_p),
        ("delete", ctypes.c_void_p),
    ]


class _Methods(ctypes.Structure):
    """What SQLite can do with an open file; version 3 of the table has these nineteen entries."""

    _fields_ = [
        ("version", ctypes.c_int),
        ("close", ctypes.c_void_p),
        ("read", ctypes.c_void_p),
        ("write", ctypes.c_void_p),
        ("truncate", ctypes.c_void_p),
        ("sync", ctypes.c_void_p),
        ("others", ctypes.c_void_p * 13),
    ]


class _File(ctypes.Structure):
    _fields_ = [("methods", ctypes.POINTER(_Methods))]


_FILE = ctypes.POINTER(_File)
_OPEN = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, _FILE, ctypes.c_int, ctypes.c_void_p
)
"""Names are passed on as they came: SQLite keeps the pointer."""
_DELETE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_WRITE = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_int64
)
_TRUNCATE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int64)
_SYNC = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int)
_CREATING = 0x04  # SQLITE_OPEN_CREATE
_IOERR, _FULL, _CANTOPEN = 10, 13, 14
_kept: list[Any] = []
"""ctypes forgets what nobody holds."""
_ANSWERS = {"write": 3, "sync": 4, "truncate": 6, "unlink": 10}
"""The extended codes of SQLITE_IOERR, by kind of step."""


def library() -> Any:
    try:
        maps = Path("/proc/self/maps").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    found = re.search(r"\s(/\S*/libsqlite3\.so\S*)", maps)
    return ctypes.CDLL(found[1]) if found else None


class SqliteEdge:
    def __init__(self, act: Act, root: Path) -> None:
        self.act = act
        self.root = os.fspath(root)
        self.names: dict[int, str] = {}
        """The files that are open, by address."""
        self.tables: dict[int, _Methods] = {}

    def stand_between(self) -> None:
        found = library()
        found.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
        vfs = found.sqlite3_vfs_find(None).contents
        self.real_open = _OPEN(vfs.open)
        self.real_delete = _DELETE(vfs.delete)
        vfs.open = self._address(_OPEN(self._open))
        vfs.delete = self._address(_DELETE(self._delete))

    def _address(self, function: Any) -> Any:
        _kept.append(function)
        return ctypes.cast(function, ctypes.c_void_p)

    def _step(self, step: Step) -> int:
        if not step.path.startswith(self.root):
            return 0
        fault = self.act(step)
        if not fault:
            return 0
        if step.kind == "create":
            return _CANTOPEN
        if fault == errno.ENOSPC and step.kind == "write":
            return _FULL
        return _IOERR | _ANSWERS[step.kind] << 8

    def _open(self, vfs: int, name: int | None, file: Any, flags: int, said: int) -> int:
        path = os.fsdecode(ctypes.string_at(name)) if name else ""
        if flags & _CREATING and path and not os.path.exists(path):  # noqa: PTH110 - no Path here
            answer = self._step(Step("create", path))
            if answer:
                file.contents.methods = None
                return answer
        answer = self.real_open(vfs, name, file, flags, said)
        if answer == 0 and file.contents.methods:
            self.names[ctypes.addressof(file.contents)] = path
            file.contents.methods = ctypes.pointer(self._watched(file.contents.methods))
        return int(answer)

    def _delete(self, vfs: int, name: int, sync_folder: int) -> int:
        path = os.fsdecode(ctypes.string_at(name))
        answer = self._step(Step("unlink", path))
        answer = answer or int(self.real_delete(vfs, name, sync_folder))
        if answer == 0 and sync_folder:
            answer = self._step(Step("sync", os.path.dirname(path)))  # noqa: PTH120
        return answer

    def _watched(self, methods: Any) -> _Methods:
        address = ctypes.addressof(methods.contents)
        if address not in self.tables:
            table = _Methods.from_buffer_copy(methods.contents)
            write, truncate = _WRITE(table.write), _TRUNCATE(table.truncate)
            sync = _SYNC(table.sync)

            def on_write(file: int, content: int, size: int, offset: int) -> int:
                taken = ctypes.string_at(content, size)
                step = Step("write", self.names[file], offset, taken)
                return self._step(step) or int(write(file, content, size, offset))

            def on_truncate(file: int, size: int) -> int:
                step = Step("truncate", self.names[file], size)
                return self._step(step) or int(truncate(file, size))

            def on_sync(file: int, flags: int) -> int:
                return self._step(Step("sync", self.names[file])) or int(sync(file, flags))

            table.write = self._address(_WRITE(on_write))
            table.truncate = self._address(_TRUNCATE(on_truncate))
            table.sync = self._address(_SYNC(on_sync))
            self.tables[address] = table
        return self.tables[address]
