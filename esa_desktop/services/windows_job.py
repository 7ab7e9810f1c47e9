"""A job object of Windows around a child process: its memory is bounded and it dies with us.

Written from Microsoft's documentation of the Job Objects API; nested jobs need Windows 8.
"""

import ctypes
import sys
from typing import Final

_KILL_ON_CLOSE: Final = 0x2000
_PROCESS_MEMORY: Final = 0x100
_ACTIVE_PROCESSES: Final = 0x8
_DIE_ON_FAULT: Final = 0x400
_EXTENDED: Final = 9
"""JobObjectExtendedLimitInformation."""


class _Basic(ctypes.Structure):
    _fields_ = (
        ("per_process_user_time", ctypes.c_int64),
        ("per_job_user_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("least_working_set", ctypes.c_size_t),
        ("most_working_set", ctypes.c_size_t),
        ("active_processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority_class", ctypes.c_uint32),
        ("scheduling_class", ctypes.c_uint32),
    )


class _Extended(ctypes.Structure):
    _fields_ = (
        ("basic", _Basic),
        ("io_counters", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process_memory", ctypes.c_size_t),
        ("peak_job_memory", ctypes.c_size_t),
    )


class WindowsJob:
    """Closing it, or our own end, ends every process in it."""

    def __init__(self, process_handle: int, *, memory: int, alone: bool) -> None:
        """``memory``: bytes a process may commit; ``alone``: it starts no other program."""
        self._handle: int | None = None
        if sys.platform == "win32":
            self._kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            self._kernel.CreateJobObjectW.restype = ctypes.c_void_p
            handle = self._kernel.CreateJobObjectW(None, None)
            if not handle:
                raise ctypes.WinError(ctypes.get_last_error())
            self._handle = handle
            limits = _Extended()
            limits.basic.flags = _KILL_ON_CLOSE | _DIE_ON_FAULT
            if memory:
                limits.basic.flags |= _PROCESS_MEMORY
                limits.process_memory = memory
            if alone:
                limits.basic.flags |= _ACTIVE_PROCESSES
                limits.basic.active_processes = 1
            self._must(
                self._kernel.SetInformationJobObject(
                    ctypes.c_void_p(handle), _EXTENDED, ctypes.byref(limits), ctypes.sizeof(limits)
                )
            )
            self._must(
                self._kernel.AssignProcessToJobObject(
                    ctypes.c_void_p(handle), ctypes.c_void_p(process_handle)
                )
            )

    def _must(self, done: int) -> None:
        if sys.platform == "win32" and not done:
            error = ctypes.WinError(ctypes.get_last_error())
            self.close()
            raise error

    def peak_memory(self) -> int:
        """Bytes the greediest process of the job had committed."""
        limits = _Extended()
        if sys.platform == "win32" and self._handle is not None:
            self._kernel.QueryInformationJobObject(
                ctypes.c_void_p(self._handle),
                _EXTENDED,
                ctypes.byref(limits),
                ctypes.sizeof(limits),
                None,
            )
        return int(limits.peak_process_memory)

    def close(self) -> None:
        handle, self._handle = self._handle, None
        if sys.platform == "win32" and handle is not None:
            self._kernel.CloseHandle(ctypes.c_void_p(handle))
