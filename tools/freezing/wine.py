"""Windows programs run on Linux: a wine prefix in ``build/`` that nothing of the user's goes into."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PERSON: Final = "สมศรี ใจดี"
"""Who uses the prefix: her folders, the temporary one too, have Thai letters and a blank in them."""
STUBS: Final = Path(__file__).with_name("wine_stubs")
SYSTEM_STUBS: Final = {"icuuc": (), "bcryptprimitives": ("-ladvapi32",)}
"""Libraries that Windows 10 has, Qt loads, and wine 8 lacks, with what they are linked to. They must
never get into a bundle."""
TOOLS: Final = {
    "wine": "wine wine64",
    "wineserver": "wine wine64",
    "Xvfb": "xvfb",
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64",
}
"""Programs the rehearsal needs, with the packages of Debian that have them."""
_MADE: Final = f"1 {' '.join(SYSTEM_STUBS)}\n"
"""What a prefix that is ready was made with; another one is made anew."""
_WINESERVERS: Final = ("/usr/lib/wine/wineserver64", "/usr/lib/wine/wineserver")
_OVERRIDES: Final = (
    "icuuc=n;bcryptprimitives=n;mscoree=;mshtml=;winemenubuilder.exe=d;winedbg.exe=d"
)
"""Our stubs; no offer to download .NET or a browser; no icons on the desktop of whoever builds; a
crash ends the program and starts no debugger."""
_VARIABLES: Final = r"HKCU\Environment"
_THAI_FACE: Final = "Loma"
_REPLACED_FACES: Final = ("Tahoma", "Segoe UI", "Leelawadee UI", "Leelawadee", "MS Shell Dlg")


class NoWine(Exception):
    """The machine lacks what a Windows program needs to run here; says what and how to get it."""


def missing_tools() -> list[str]:
    """Packages of Debian to be installed before anything of Windows can run here."""
    lacking = {
        package for name, package in TOOLS.items() if not (shutil.which(name) or _server(name))
    }
    return sorted(" ".join(sorted(lacking)).split())


def ensure_tools() -> None:
    """Raises `NoWine` with the line to type."""
    if lacking := missing_tools():
        names = " ".join(dict.fromkeys(lacking))
        raise NoWine(
            "the Windows build is rehearsed with wine, which this machine lacks. "
            f"Install it: apt-get install --no-install-recommends {names} fonts-tlwg-loma-ttf"
        )


def windows_path(path: Path) -> str:
    """How programs under wine name a file of this machine."""
    return "Z:" + str(path.resolve()).replace("/", "\\")


@contextmanager
def screen(size: str = "1366x768") -> Iterator[str]:
    """A screen nobody sees; gives its name for DISPLAY."""
    reading, writing = os.pipe()
    try:
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size}x24", "-nolisten", "tcp"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=[writing],
        )
    finally:
        os.close(writing)
    try:
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        if not number:
            raise NoWine("Xvfb does not start")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


@dataclass(frozen=True)
class Wine:
    """One prefix, used through one screen."""

    folder: Path
    """Holds the prefix and a home folder of its own."""
    display: str

    @property
    def drive(self) -> Path:
        return self.folder / "prefix" / "drive_c"

    @property
    def person(self) -> Path:
        r"""The folder of the one who uses it: ``C:\users\...``."""
        return self.drive / "users" / PERSON

    @property
    def local(self) -> Path:
        """``%LOCALAPPDATA%``."""
        return self.person / "AppData" / "Local"

    def environment(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """Wine drops what begins with ``QT_``; without UTF-8 it finds no Thai path."""
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(self.folder / "home"),
            "USER": PERSON,
            "LC_ALL": "C.UTF-8",
            "DISPLAY": self.display,
            "WINEPREFIX": str(self.folder / "prefix"),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": _OVERRIDES,
            "PYTHONUTF8": "1",
            **(more or {}),
        }

    def start(
        self, *command: str | Path, cwd: Path | None = None, more: Mapping[str, str] | None = None
    ) -> "subprocess.Popen[bytes]":
        """Start and go on. Standard streams are pipes: wine fails on files in their place."""
        return subprocess.Popen(
            ["wine", *map(str, command)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=cwd,
            env=self.environment(more),
        )

    def run(
        self,
        *command: str | Path,
        seconds: float = 120,
        cwd: Path | None = None,
        more: Mapping[str, str] | None = None,
    ) -> tuple[int, str]:
        """Exit code (124 when it took longer) and what was said on both streams."""
        process = self.start(*command, cwd=cwd, more=more)
        try:
            said, _ = process.communicate(timeout=seconds)
            code = process.returncode
        except subprocess.TimeoutExpired:
            self.end()  # with all it started: one of them may hold the pipe
            process.kill()
            said, _ = process.communicate(timeout=30)
            code = 124
        return code, said.decode("utf-8", "replace").replace("\r\n", "\n")

    def must(self, *command: str | Path, seconds: float = 120, cwd: Path | None = None) -> str:
        code, said = self.run(*command, seconds=seconds, cwd=cwd)
        if code:
            last = "\n".join(said.splitlines()[-25:])
            raise NoWine(f"{Path(str(command[0])).name} under wine ended with {code}:\n{last}")
        return said

    @contextmanager
    def variable(self, name: str, value: str) -> Iterator[None]:
        """Set for programs started inside: the way for names that wine does not let in."""
        self.must("reg", "add", _VARIABLES, "/v", name, "/d", value, "/f")
        try:
            yield
        finally:
            self.must("reg", "delete", _VARIABLES, "/v", name, "/f")

    def make(self) -> None:
        """A prefix of Windows 10, new or as it was left; quick when it is there."""
        ready = self.folder / "prefix" / "READY"
        if ready.exists() and ready.read_text("ascii") == _MADE:
            return
        shutil.rmtree(self.folder / "prefix", ignore_errors=True)
        (self.folder / "home").mkdir(parents=True, exist_ok=True)
        self.must("wineboot", "-i", seconds=300)
        self.must("winecfg", "-v", "win10")
        for face in _REPLACED_FACES:
            key = r"HKCU\Software\Wine\Fonts\Replacements"
            self.must("reg", "add", key, "/v", face, "/d", _THAI_FACE, "/f")
        for place in ("Desktop", "Documents", "Downloads"):  # wine links them to the home folder
            link = self.person / place
            if link.is_symlink():
                link.unlink()
            link.mkdir(exist_ok=True)
        self._add_stubs()
        self.end()
        ready.write_text(_MADE, "ascii")

    def end(self) -> None:
        """End everything that still runs in this prefix, and only there."""
        server = shutil.which("wineserver") or _server("wineserver")
        if server is not None:
            told = [server, "-k"], [server, "-w"]
            for command in told:
                subprocess.run(command, env=self.environment(), check=False, timeout=60)

    def is_running(self, name: str) -> bool:
        """Whether a program of that name runs in this prefix; wine's own tasklist tells nothing."""
        ours = f"WINEPREFIX={self.folder / 'prefix'}".encode()
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                called = (process / "cmdline").read_bytes()
                if name.encode() in called and ours in (process / "environ").read_bytes():
                    return True
        return False

    def wait_for(self, path: Path, *, there: bool = True, seconds: float = 30) -> bool:
        """Whether a file is there (or gone) in time: some programs answer before they are done."""
        until = time.monotonic() + seconds
        while path.exists() is not there:
            if time.monotonic() > until:
                return False
            time.sleep(0.1)
        return True

    def _add_stubs(self) -> None:
        for name, linked in SYSTEM_STUBS.items():
            target = self.drive / "windows" / "system32" / f"{name}.dll"
            command = ("x86_64-w64-mingw32-gcc", "-O1", "-shared", "-s", "-o", target)
            subprocess.run([*command, STUBS / f"{name}.c", *linked], check=True)


def _server(name: str) -> str | None:
    """Debian keeps wine's server off the path."""
    if name != "wineserver":
        return None
    return next((place for place in _WINESERVERS if Path(place).exists()), None)
