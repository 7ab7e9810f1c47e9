"""One running child process: started with little, spoken to in frames, ended for certain."""

import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from esa_desktop.paths import program_folder
from esa_desktop.services.child_frames import OWN_FOLDER, BadFrame, read_frame, write_frame
from esa_desktop.services.child_limits import Room
from esa_desktop.services.windows_job import WindowsJob

Frame = tuple[dict[str, Any], bytes]
KEPT: Final = frozenset(
    "PATH LANG LC_ALL LC_CTYPE SYSTEMROOT WINDIR SYSTEMDRIVE PROGRAMFILES PROGRAMFILES(X86) "
    "PROGRAMW6432 COMSPEC PATHEXT PYTHONPYCACHEPREFIX".split()
)
"""Of the environment; the rest, with whatever secrets are in it, is not the child's business."""
_ENDING: Final = 5.0
"""Seconds for a killed process to be gone."""


def command(name: str) -> list[str]:
    """What starts the child ``name``, in the frozen program and in a checkout."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--child", name]
    # -P: nothing is imported from the working folder; -B: nor is anything compiled into ours.
    return [_interpreter(), "-P", "-B", "-X", "utf8", "-m", "esa_desktop", "--child", name]


class RunningChild:
    """Frames that came are fetched with `receive`; a process that ended gives ``None``."""

    def __init__(self, name: str, room: Room, folder: Path | None = None) -> None:
        """``folder``: where it works; else one of its own that goes with it."""
        self._own_folder = folder is None
        self.folder = folder or Path(tempfile.mkdtemp(prefix=OWN_FOLDER))
        self.memory_peak = 0
        self._stopping = threading.Event()
        self._frames: queue.Queue[Frame | None] = queue.Queue(maxsize=16)
        self._job: WindowsJob | None = None
        try:
            self._process = self._started(name)
        except OSError:
            self._clear()
            raise
        self._thread = threading.Thread(target=self._listen, name=f"child {name}", daemon=True)
        self._thread.start()
        try:
            self._fence(room)
        except OSError:
            self.stop()
            raise

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        # Its pipe ends first; for a moment after that the system still counts its threads.
        return self._thread.is_alive() and self._process.poll() is None

    def send(self, words: dict[str, Any]) -> None:
        """Say it; one that has ended does not hear, and then `receive` gives ``None``."""
        assert self._process.stdin is not None  # noqa: S101 - for the type checker
        with suppress(OSError, ValueError):
            write_frame(self._process.stdin, words)

    def receive(self, seconds: float) -> Frame | None:
        """Return the next frame, ``None`` when no more will come; raises `queue.Empty`."""
        return self._frames.get(timeout=seconds)

    def memory(self) -> int:
        """Bytes of memory it holds now; keeps the most of them in ``memory_peak``."""
        now = 0
        if self._job is not None:
            now = self.memory_peak = self._job.peak_memory()
        elif sys.platform == "linux":
            with suppress(OSError, ValueError, IndexError):
                now, peak = _resident(self.pid)
                self.memory_peak = max(self.memory_peak, peak)
        return now

    def stop(self) -> None:
        """End it with all it started, and clear up after it."""
        self.memory()
        self._stopping.set()
        if self._job is not None:
            self._job.close()
        if sys.platform != "win32":
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)
        with suppress(OSError):
            self._process.kill()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_ENDING)
        self._thread.join(_ENDING)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        self._clear()

    def _started(self, name: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(  # noqa: S603 - our own program
            command(name),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self.folder,
            env=_environment(self.folder),
            creationflags=_creation(),
            start_new_session=sys.platform != "win32",  # what it starts is ended with it
        )

    def _clear(self) -> None:
        if self._own_folder:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _fence(self, room: Room) -> None:
        if sys.platform == "win32":
            self._job = WindowsJob(
                int(self._process._handle),  # noqa: SLF001 - the only way to it
                memory=room.memory,
                alone=room.closed,
            )

    def _listen(self) -> None:
        assert self._process.stdout is not None  # noqa: S101 - for the type checker
        frame: Frame | None
        while True:
            try:
                frame = read_frame(self._process.stdout)
            except (BadFrame, OSError, ValueError, MemoryError):
                frame = None
            while not self._stopping.is_set():
                try:
                    self._frames.put(frame, timeout=0.1)
                    break
                except queue.Full:
                    continue
            if frame is None or self._stopping.is_set():
                return


def _interpreter() -> str:
    """On Windows a venv's python.exe only starts another one, outside of our job."""
    base = str(getattr(sys, "_base_executable", None) or sys.executable)
    return base if sys.platform == "win32" else sys.executable


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name.upper() in KEPT}
    kept |= {name: str(folder) for name in ("TMP", "TEMP", "TMPDIR", "HOME", "USERPROFILE")}
    if sys.platform == "win32":
        kept["__PYVENV_LAUNCHER__"] = sys.executable
    if not getattr(sys, "frozen", False):
        kept["PYTHONPATH"] = str(program_folder())
    kept["MALLOC_ARENA_MAX"] = "2"  # else every thread takes 64 MB of the address space
    return kept


def _creation() -> int:
    if sys.platform == "win32":
        return subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
    return 0


def _resident(pid: int) -> tuple[int, int]:
    """Bytes resident now, and the most there ever were."""
    now = peak = 0
    with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as status:  # noqa: PTH123
        for line in status:
            if line.startswith("VmRSS:"):
                now = int(line.split()[1]) << 10
            elif line.startswith("VmHWM:"):
                peak = int(line.split()[1]) << 10
    return now, peak
