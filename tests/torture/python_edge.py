"""Python's door to the disk: `open`, and of `os` what changes files and names, tell every step.

Only for child processes: nothing here is ever put back.
"""

import builtins
import io
import os
import shutil
import stat
from pathlib import Path
from typing import Any

from tests.torture.disk_steps import Act, Step


class PythonEdge:
    def __init__(self, act: Act, root: Path) -> None:
        self.act = act
        self.root = os.fspath(root)

    def step(self, step: Step) -> None:
        if not step.path.startswith(self.root):
            return
        fault = self.act(step)
        if fault:
            raise OSError(fault, os.strerror(fault), step.path)

    def stand_between(self) -> None:
        shutil._USE_CP_SENDFILE = False  # type: ignore[attr-defined]
        real_open = io.open
        file_kind = self._file_kind()

        def open_(file: Any, mode: str = "r", *others: Any, **named: Any) -> Any:
            if not set(mode) & set("wxa+") or not _name_of(file).startswith(self.root):
                return real_open(file, mode, *others, **named)
            return _wrapped(file_kind, file, mode, *others, **named)

        io.open = builtins.open = open_
        real_os_open, real_write = os.open, os.write

        def os_open(path: Any, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
            name = _name_of(path, dir_fd)
            there = os.path.lexists(name)
            if flags & os.O_CREAT and not there:
                self.step(Step("create", name))
            elif flags & os.O_TRUNC and there:
                self.step(Step("truncate", name))
            return real_os_open(path, flags, mode, dir_fd=dir_fd)

        def os_write(descriptor: int, content: Any) -> int:
            name = _name_of(descriptor)
            if name.startswith(self.root):
                offset = os.lseek(descriptor, 0, os.SEEK_CUR)
                self.step(Step("write", name, offset, bytes(content)))
            return real_write(descriptor, content)

        os.open, os.write = os_open, os_write
        os.fsync = self._around(os.fsync, "sync")
        os.fdatasync = self._around(os.fdatasync, "sync")
        os.unlink = self._around(os.unlink, "unlink")
        os.remove = self._around(os.remove, "unlink")
        os.mkdir = self._around(os.mkdir, "mkdir")
        os.rmdir = self._around(os.rmdir, "rmdir")
        os.replace = self._renaming(os.replace)
        os.rename = self._renaming(os.rename)
        os.truncate = self._cutting(os.truncate)
        os.ftruncate = self._cutting(os.ftruncate)

    def _around(self, real: Any, kind: str) -> Any:
        def call(path: Any, *others: Any, dir_fd: int | None = None, **named: Any) -> Any:
            name = _name_of(path, dir_fd)
            if kind != "mkdir" or not os.path.lexists(name):
                self.step(Step(kind, name))
            if dir_fd is not None:
                named["dir_fd"] = dir_fd
            return real(path, *others, **named)

        return call

    def _renaming(self, real: Any) -> Any:
        def call(path: Any, to: Any, **named: Any) -> Any:
            self.step(Step("rename", _name_of(path), to=_name_of(to)))
            return real(path, to, **named)

        return call

    def _cutting(self, real: Any) -> Any:
        def call(path: Any, size: int) -> Any:
            self.step(Step("truncate", _name_of(path), size))
            return real(path, size)

        return call

    def _file_kind(self) -> type[io.FileIO]:
        tell_step = self.step

        class Watched(io.FileIO):
            def __init__(self, file: Any, mode: str, **named: Any) -> None:
                self.path = _name_of(file)
                if not isinstance(file, int):
                    if not os.path.lexists(self.path):
                        tell_step(Step("create", self.path))
                    elif "w" in mode:
                        tell_step(Step("truncate", self.path))
                super().__init__(file, mode, **named)

            def write(self, content: Any, /) -> int:
                end = os.fstat(self.fileno()).st_size
                offset = end if "a" in self.mode else self.tell()
                tell_step(Step("write", self.path, offset, bytes(content)))
                return super().write(content)

            def truncate(self, size: int | None = None, /) -> int:
                tell_step(Step("truncate", self.path, self.tell() if size is None else size))
                return super().truncate(size)

        return Watched


def _wrapped(  # noqa: PLR0917 - the shape of `open`
    kind: type[io.FileIO],
    file: Any,
    mode: str,
    buffering: int = -1,
    encoding: str | None = None,
    errors: str | None = None,
    newline: str | None = None,
    closefd: bool = True,
    opener: Any = None,
) -> Any:
    """What `open` makes, on top of a raw file that tells its steps."""
    raw = kind(file, mode.replace("b", "").replace("t", ""), closefd=closefd, opener=opener)
    try:
        if buffering == 0:
            return raw
        size = buffering if buffering > 1 else io.DEFAULT_BUFFER_SIZE
        made: Any = (io.BufferedRandom if "+" in mode else io.BufferedWriter)(raw, size)
        if "b" in mode:
            return made
        text = io.TextIOWrapper(made, encoding, errors, newline, buffering == 1)
        text.mode = mode  # type: ignore[misc]
        return text
    except BaseException:
        raw.close()
        raise


def _name_of(path: Any, folder: int | None = None) -> str:
    """The absolute name of a path, or of what a descriptor stands for."""
    if isinstance(path, int):
        if path < 3 or stat.S_ISFIFO(os.fstat(path).st_mode):
            return ""
        return os.readlink(f"/proc/self/fd/{path}")  # noqa: PTH115
    name = os.fsdecode(path)
    base = os.readlink(f"/proc/self/fd/{folder}") if folder is not None else os.getcwd()  # noqa: PTH109, PTH115
    return os.path.normpath(os.path.join(base, name))  # noqa: PTH118
