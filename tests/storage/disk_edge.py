"""The edge between SQLite and the disk, and between evidence and the disk: faults at the n-th step.

SQLite's own table of system calls is altered through ctypes, so what runs is the SQLite of the
sqlite3 module. Where that library is not shared (Windows, static builds), `available` is false.
Only for child processes: nothing here is ever put back.
"""

import ctypes
import ctypes.util
import os
import signal
from collections.abc import Callable
from typing import Any

from esa_desktop.storage import durable, evidence_files

Act = Callable[[], int]
"""Called at the step; returns 0 to let it happen or the errno it fails with."""


class _Vfs(ctypes.Structure):
    _fields_ = [
        ("version", ctypes.c_int),
        ("os_file_size", ctypes.c_int),
        ("longest_path", ctypes.c_int),
        ("next", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        ("app", ctypes.c_void_p),
        *((f"method_{number}", ctypes.c_void_p) for number in range(13)),
        ("set_call", ctypes.c_void_p),
        ("get_call", ctypes.c_void_p),
    ]


WRITE = ctypes.CFUNCTYPE(
    ctypes.c_ssize_t,
    ctypes.c_int,
    ctypes.c_void_p,
    ctypes.c_size_t,
    ctypes.c_int64,
    use_errno=True,
)
TRUNCATE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.c_int64, use_errno=True)
UNLINK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_char_p, use_errno=True)
CALLS = {
    "write": WRITE,
    "pwrite": WRITE,
    "pwrite64": WRITE,
    "ftruncate": TRUNCATE,
    "unlink": UNLINK,
}
_kept: list[Any] = []


def available() -> bool:
    return _vfs() is not None


def _vfs() -> Any:
    name = ctypes.util.find_library("sqlite3")
    with open("/proc/self/maps", encoding="utf-8") as maps:  # noqa: PTH123
        if not name or "libsqlite3" not in maps.read():
            return None
    library = ctypes.CDLL(name)
    library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
    return library.sqlite3_vfs_find(None)


def watch(act: Act, *, evidence: bool = True) -> None:
    """Call ``act`` before each write, truncation and deletion of SQLite's, and, with
    ``evidence``, around each step of putting a file in its place.
    """
    vfs = _vfs()
    pointer = ctypes.c_void_p
    get = ctypes.CFUNCTYPE(pointer, pointer, ctypes.c_char_p)(vfs.contents.get_call)
    put = ctypes.CFUNCTYPE(ctypes.c_int, pointer, ctypes.c_char_p, pointer)(vfs.contents.set_call)
    for name, kind in CALLS.items():
        address = get(vfs, name.encode())
        if address:
            hook = kind(_hooked(kind(address), act))
            _kept.append(hook)
            put(vfs, name.encode(), ctypes.cast(hook, pointer))
    if evidence:
        flush, rename = durable.flush_to_disk, durable._rename
        for place in (durable, evidence_files):
            place.flush_to_disk = _around(flush, act)  # type: ignore[attr-defined]
        durable._rename = _around(rename, act)


def _hooked(real: Any, act: Act) -> Callable[..., int]:
    def call(*arguments: Any) -> int:
        fault = act()
        if fault:
            ctypes.set_errno(fault)
            return -1
        return int(real(*arguments))

    return call


def _around(real: Callable[..., Any], act: Act) -> Callable[..., Any]:
    def fail_or_pass() -> None:
        fault = act()
        if fault:
            raise OSError(fault, os.strerror(fault))

    def call(*arguments: Any) -> Any:
        fail_or_pass()
        answer = real(*arguments)
        fail_or_pass()
        return answer

    return call


class Nth:
    """Counts the steps and acts at the n-th: kills the process, or fails once or from there on."""

    def __init__(self, number: int, *, fault: int = 0, once: bool = False) -> None:
        self.number = number
        self.fault = fault
        self.once = once
        self.count = 0

    def __call__(self) -> int:
        self.count += 1
        if not self.number or self.count < self.number:
            return 0
        if self.fault:
            return 0 if self.once and self.count > self.number else self.fault
        os.kill(os.getpid(), signal.SIGKILL)
        return 0
