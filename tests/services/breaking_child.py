"""A binder's child that breaks on files which ask for it: the edge of the machine, for tests of its parent."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from esa_desktop import child
from esa_desktop.report.binder import item_pages

DIES, HANGS, GROWS, FILLS = b"%dies", b"%hangs", b"%grows", b"%fills the drive"
_real = item_pages._pdf_leaves
_taken: list[bytes] = []


def _pdf_leaves(path: Path, *more: Any) -> Iterator[Any]:
    end = path.read_bytes()[-40:]
    if end.endswith(DIES):
        os.kill(os.getpid(), signal.SIGKILL)
    if end.endswith(HANGS):
        time.sleep(600)
    if end.endswith(GROWS):
        _taken.append(b"x" * (900 << 20))
        time.sleep(600)
    if end.endswith(FILLS):
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
    return _real(path, *more)


if __name__ == "__main__":
    item_pages._pdf_leaves = _pdf_leaves
    sys.exit(child.run(sys.argv[1:]))
