"""What a child process may not do: limits it lays upon itself before it meets a stranger's file.

Linux: no core files, bounded memory and processor time, and where the room is closed no file
written, changed, renamed or removed, no program started, no socket (seccomp). Windows: what a
process may not take off again is laid on from outside, see `windows_job`.
"""

import ctypes
import platform
import struct
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Room:
    """What the work of a child needs of the machine."""

    closed: bool
    """Nothing but reading files and answering: it writes no file and starts no program."""
    memory: int
    """Bytes it may use; 0 where the parent alone watches (programs it starts need their own)."""


def enter(room: Room) -> None:
    """Lay the limits of ``room`` upon this process. Before threads and before foreign files."""
    if sys.platform == "win32":
        _no_boxes_on_faults()
        return
    import resource

    _set(resource.RLIMIT_CORE, 0)
    if sys.platform != "linux":
        return
    if room.memory:
        # What is mapped already does not count: of it the program itself is the most.
        _set(resource.RLIMIT_AS, _mapped() + room.memory)
    if room.closed:
        _set(resource.RLIMIT_FSIZE, 0)
        _set(resource.RLIMIT_NOFILE, 64)
        _close_doors()


def allow_seconds(seconds: float) -> None:
    """Bound the processor time until the next call: for loops no other thread gets a turn in."""
    if sys.platform != "win32":
        import resource

        usage = resource.getrusage(resource.RUSAGE_SELF)
        used = usage.ru_utime + usage.ru_stime
        with suppress(ValueError, OSError):
            hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
            resource.setrlimit(resource.RLIMIT_CPU, (int(used + 2 * seconds) + 5, hard))


def _set(limit: int, value: int) -> None:
    if sys.platform != "win32":
        import resource

        with suppress(ValueError, OSError):  # somebody stricter was here before
            resource.setrlimit(limit, (value, value))


def _mapped() -> int:
    import resource

    with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: PTH123 - start-up time
        return int(statm.read().split()[0]) * resource.getpagesize()


def _no_boxes_on_faults() -> None:
    """A crash of a child is an answer; Windows need not show it to anybody."""
    if sys.platform == "win32":
        fail_critical_errors, no_fault_box, no_open_box = 0x1, 0x2, 0x8000
        ctypes.windll.kernel32.SetErrorMode(fail_critical_errors | no_fault_box | no_open_box)


# The rest is the kernel's own language: https://docs.kernel.org/userspace-api/seccomp_filter.html
_CALLS: Final = {
    # socket, connect, socketpair, execve, ptrace, execveat, io_uring_setup, process_vm_writev;
    # truncate, ftruncate, rename, mkdir, creat, link, unlink, symlink, chmod, chown, mknod, times,
    # attributes, their kin with "f", "l", "at" and "at2", and openat2, whose flags nobody sees.
    "x86_64": (
        0xC000003E,
        (
            *(41, 42, 53, 59, 101, 322, 425, 311),
            *(76, 77, 82, 83, 85, 86, 87, 88, 90, 91, 92, 93, 94, 132, 133, 188, 189, 190, 197),
            *(198, 199, 235, 258, 259, 260, 261, 263, 264, 265, 266, 268, 280, 316, 437, 452),
        ),
        ((2, 1), (257, 2)),
    ),
    "aarch64": (
        0xC00000B7,
        (
            *(198, 203, 199, 221, 117, 281, 425, 271),
            *(5, 6, 7, 14, 15, 16, 33, 34, 35, 36, 37, 38, 45, 46, 52, 53, 54, 55, 88, 276),
            *(437, 452),
        ),
        ((56, 2),),
    ),
}
"""Machine: the mark of its calls, the numbers of those a closed room refuses, and of those that
open files, each with the place of its flags among what it is given.
"""
_WRITING: Final = 0x243
"""O_WRONLY, O_RDWR, O_CREAT, O_TRUNC: what is there already could be overwritten in its size."""
_X32_CALLS: Final = 0x40000000
_EPERM: Final = 1


def _close_doors() -> None:
    """Refuse sockets and new programs from here on; where the kernel does not let us, go on."""
    if platform.machine() not in _CALLS:
        return
    rules = _rules(*_CALLS[platform.machine()])
    code = ctypes.create_string_buffer(rules, len(rules))
    # struct sock_fprog: an unsigned short, then a pointer.
    program = ctypes.create_string_buffer(
        struct.pack("HxxxxxxP", len(rules) // 8, ctypes.addressof(code))
    )
    set_no_new_privileges, set_seccomp, filter_mode = 38, 22, 2
    libc = ctypes.CDLL(None)
    zero = ctypes.c_ulong(0)
    libc.prctl(set_no_new_privileges, ctypes.c_ulong(1), zero, zero, zero)
    libc.prctl(set_seccomp, ctypes.c_ulong(filter_mode), program, zero, zero)


def _rules(mark: int, numbers: tuple[int, ...], openers: tuple[tuple[int, int], ...]) -> bytes:
    """BPF: calls of another machine or of the x32 kind, the numbers given and files opened for
    writing get EPERM.
    """
    load, equal, at_least, any_of, give = 0x20, 0x15, 0x35, 0x45, 0x06
    allow, refuse = 0x7FFF0000, 0x00050000 | _EPERM
    number_at, machine_at, given_at = 0, 4, 16
    last = 4 + len(numbers) + 3 * len(openers) + 1
    """Place of the rule that refuses; the one that allows stands before it."""
    lines: list[bytes] = []

    def rule(code: int, value: int, *, refused: bool = False, past: int = 0) -> None:
        """``refused``: what fits is; ``past``: rules to leave out where it does not fit."""
        yes = last - len(lines) - 1 if refused else 0
        lines.append(struct.pack("HBBI", code, yes, past, value))

    rule(load, machine_at)
    rule(equal, mark, past=last - 2)
    rule(load, number_at)
    rule(at_least, _X32_CALLS, refused=True)
    for number in numbers:
        rule(equal, number, refused=True)
    for number, place in openers:
        rule(equal, number, past=2)
        rule(load, given_at + 8 * place)
        rule(any_of, _WRITING, refused=True, past=last - len(lines) - 2)
    rule(give, allow)
    rule(give, refuse)
    return b"".join(lines)
