"""A child process for tests: does on request what strangers' files make libraries do."""

import ctypes
import mmap
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from esa_desktop.child import serve
from esa_desktop.domain.errors import ReportError

Progress = Callable[[dict[str, Any]], None]
held: list[bytearray] = []
reserved: list[mmap.mmap] = []


def answer(request: dict[str, Any], progress: Progress) -> tuple[dict[str, Any], bytes]:
    return DEEDS[request["do"]](request, progress)


def echo(request: dict[str, Any], progress: Progress) -> tuple[dict[str, Any], bytes]:
    print("a library that chatters", flush=True)
    return {"heard": request.get("words"), "pid": os.getpid()}, b"x" * request.get("bytes", 0)


def surroundings(request: dict[str, Any], progress: Progress) -> tuple[dict[str, Any], bytes]:
    environment = dict(os.environ)
    return {"folder": str(Path.cwd()), "environment": environment, "nice": os.nice(0)}, b""


def sleep(request: dict[str, Any], progress: Progress) -> tuple[dict[str, Any], bytes]:
    for step in range(int(request["seconds"] * 20)):
        progress({"step": step})
        time.sleep(0.05)
    return {}, b""


def hang(request: dict[str, Any], progress: Progress) -> tuple[dict[str, Any], bytes]:
    progress({"step": "begun"})
    while True:
        pass


def deaf(request: dict[str, Any], progress: Progress) -> tuple[dict[str, Any], bytes]:
    """Loop in C without letting another thread have its turn."""
    progress({"step": "begun"})
    ctypes.PyDLL(None).sleep(ctypes.c_uint(3600))
    return {}, b""


def crash(request: dict[str, Any], progress: Progress) -> tuple[dict[str, Any], bytes]:
    progress({"step": "begun"})
    ctypes.string_at(0)
    return {}, b""


def leave(request: dict[str, Any], progress: Progress) -> tuple[dict[str, Any], bytes]:
    os._exit(3)


def fill(request: dict[str, Any], progress: Progress) -> tuple[dict[str, Any], bytes]:
    """Take as many megabytes as asked for, ten at a time, slowly enough to be seen."""
    for _ in range(request["megabytes"] // 10):
        held.append(bytearray(os.urandom(1)) * (10 << 20))
        time.sleep(request.get("pause", 0))
    return {"megabytes": request["megabytes"]}, b""


def reserve(request: dict[str, Any], progress: Progress) -> tuple[dict[str, Any], bytes]:
    """Ask for much at once and touch none of it: whoever watches sees nothing grow."""
    try:
        reserved.append(mmap.mmap(-1, request["megabytes"] << 20))
    except OSError as error:
        raise MemoryError from error
    return {"megabytes": request["megabytes"]}, b""


def chatter(request: dict[str, Any], progress: Progress) -> tuple[dict[str, Any], bytes]:
    """Tell of progress without end."""
    while True:
        progress({"step": "and"})


def overwrite(request: dict[str, Any], progress: Progress) -> tuple[dict[str, Any], bytes]:
    """Try what needs no file to grow, and say which of it was possible."""
    place = request["path"]
    tried: dict[str, Callable[[], Any]] = {
        "write": lambda: os.write(os.open(place, os.O_RDWR), b"not his"),
        "empty": lambda: os.open(place, os.O_RDONLY | os.O_TRUNC),
        "cut": lambda: os.truncate(place, 1),
        "rename": lambda: Path(place).rename(place + "-"),
        "link": lambda: Path(place + "+").hardlink_to(place),
        "mode": lambda: Path(place).chmod(0o777),
        "remove": lambda: Path(place).unlink(),
    }
    done = []
    for name, deed in tried.items():
        try:
            deed()
        except OSError:
            continue
        done.append(name)
    return {"done": done, "read": Path(place).read_text(encoding="utf-8") if not done else ""}, b""


def refuse(request: dict[str, Any], progress: Progress) -> tuple[dict[str, Any], bytes]:
    raise ReportError("พิมพ์ไม่ได้ กรุณาลองอีกครั้ง")


def fail(request: dict[str, Any], progress: Progress) -> tuple[dict[str, Any], bytes]:
    raise ValueError("our own mistake")


def garble(request: dict[str, Any], progress: Progress) -> tuple[dict[str, Any], bytes]:
    """Write no frame at all, as a child that was taken over may."""
    for descriptor in range(3, 20):
        try:
            os.write(descriptor, b"\xff" * 64)
        except OSError:
            continue
    time.sleep(60)
    return {}, b""


def attempt(request: dict[str, Any], progress: Progress) -> tuple[dict[str, Any], bytes]:
    """Try what a closed room forbids, and say which of it was possible."""
    tried: dict[str, Callable[[], Any]] = {
        "socket": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close(),
        "program": lambda: subprocess.run([sys.executable, "-c", ""], check=True),
        "file": lambda: Path("written").write_text("x", encoding="utf-8"),
    }
    done = []
    for name, deed in tried.items():
        try:
            deed()
        except (OSError, subprocess.SubprocessError):
            continue
        done.append(name)
    return {"done": done}, b""


def start(request: dict[str, Any], progress: Progress) -> tuple[dict[str, Any], bytes]:
    """Start a program that would outlive us, and never answer."""
    program = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    progress({"pid": program.pid})
    time.sleep(600)
    return {}, b""


DEEDS = {
    deed.__name__: deed
    for deed in (
        *(echo, surroundings, sleep, hang, deaf, crash, leave),
        *(fill, reserve, chatter, overwrite, refuse, fail, garble, attempt, start),
    )
}

if __name__ == "__main__":
    sys.exit(serve(lambda: answer))
