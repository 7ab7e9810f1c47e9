"""Steps across the edge to the disk, and what can be done at the n-th: kill, or refuse."""

import errno
import os
import signal
from collections.abc import Callable
from typing import NamedTuple

FAULTS = {"full": errno.ENOSPC, "io": errno.EIO}
NEVER_FULL = ("unlink", "rmdir")
"""Steps that need no room, so a full disk does not refuse them."""


class Step(NamedTuple):
    """One thing that is about to happen to the disk."""

    kind: str
    """create, write, truncate, sync, rename, unlink, mkdir, rmdir"""
    path: str
    offset: int = 0
    """Where a write begins; how long a truncated file is left."""
    content: bytes = b""
    to: str = ""
    """The new name."""


Act = Callable[[Step], int]
"""Called before the step; returns 0 to let it happen or the errno it fails with."""


class Nth:
    """Counts the steps and acts at the n-th: kills the process, or fails once or from there on."""

    def __init__(self, number: int, *, fault: int = 0, once: bool = False) -> None:
        self.number = number
        self.fault = fault
        self.once = once
        self.count = 0
        self.met = ""
        """The kind of step that was refused first."""

    def __call__(self, step: Step) -> int:
        if self.fault == errno.ENOSPC and step.kind in NEVER_FULL:
            return 0
        self.count += 1
        if not self.number or self.count < self.number:
            return 0
        if self.fault:
            self.met = self.met or step.kind
            return 0 if self.once and self.count > self.number else self.fault
        os.kill(os.getpid(), signal.SIGKILL)
        return 0
