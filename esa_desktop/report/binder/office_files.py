"""Documents of Word, Excel and PowerPoint made into PDFs by LibreOffice, where it is installed."""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from esa_desktop.paths import fonts_folder

SUFFIXES: Final = frozenset(
    ".doc .docx .dot .dotx .odt .rtf .xls .xlsx .xlsb .ods .ppt .pptx .pps .ppsx .odp".split()
)
"""Kinds that are converted. Those that are made to carry macros (.docm, .xlsm) are not."""
FIRST_SECONDS: Final = 40.0
"""For LibreOffice to start on a slow laptop."""
EACH_SECONDS: Final = 30.0
_TOGETHER: Final = 10
"""Files given to one start of LibreOffice; it takes as long to start as for several files."""
_MOST_BYTES: Final = 100_000_000
_FOLDERS: Final = {
    "win32": ("LibreOffice/program/soffice.com", "LibreOffice/program/soffice.exe"),
    "linux": (
        "/usr/lib/libreoffice/program/soffice",
        "/usr/lib64/libreoffice/program/soffice",
        "/opt/libreoffice/program/soffice",
        "/usr/local/bin/soffice",
        "/snap/bin/libreoffice",
    ),
    "darwin": ("/Applications/LibreOffice.app/Contents/MacOS/soffice",),
}
_NOWHERE: Final = "127.0.0.1"
_DISCARD_PORT: Final = 9
_SETTINGS: Final = {
    # (path, name): (type, value). Nothing in a document runs, and nothing is fetched for it.
    ("Common/Security/Scripting", "MacroSecurityLevel"): 3,
    ("Common/Security/Scripting", "DisableMacrosExecution"): True,
    ("Common/Security/Scripting", "DisablePythonRuntime"): True,
    ("Common/Security/Scripting", "DisableActiveContent"): True,
    ("Common/Security/Scripting", "DisableOLEAutomation"): True,
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks"): True,
    ("Common/Security/Scripting", "CheckDocumentEvents"): True,
    ("Common/Misc", "FirstRun"): False,
    ("Common/Save/Document", "CreateBackup"): False,
    ("Writer/Content/Update", "Link"): 2,
    ("Calc/Content/Update", "Link"): 2,
    ("Inet/Settings", "ooInetProxyType"): 2,
    ("Inet/Settings", "ooInetHTTPProxyName"): _NOWHERE,
    ("Inet/Settings", "ooInetHTTPProxyPort"): _DISCARD_PORT,
    ("Inet/Settings", "ooInetHTTPSProxyName"): _NOWHERE,
    ("Inet/Settings", "ooInetHTTPSProxyPort"): _DISCARD_PORT,
    ("Inet/Settings", "ooInetNoProxy"): "",
}

Cancel = Callable[[], bool]


@lru_cache(maxsize=1)
def find_office() -> Path | None:
    """LibreOffice of this machine: on the path, or where it is usually installed."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return Path(found)
    places = [Path(place) for place in _FOLDERS.get(sys.platform, ())]
    if sys.platform == "win32":
        roots = map(os.environ.get, ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"))
        places = [Path(root) / place for root in roots if root for place in places]
    return next((place for place in places if place.is_file()), None)


def convert(
    files: Mapping[str, tuple[Path, str]],
    folder: Path,
    *,
    office: Path | None = None,
    told: Callable[[str], None] | None = None,
    cancelled: Cancel | None = None,
    seconds: tuple[float, float] = (FIRST_SECONDS, EACH_SECONDS),
) -> dict[str, Path]:
    """PDFs by the keys of ``files`` (path, name); what could not be converted is not among them.

    ``told`` is called with a key before its file is opened; ``seconds``: for a start, and for
    every file. Works in ``folder``, where the PDFs stay.
    """
    office = office or find_office()
    wanted = {key: source for key, source in files.items() if _is_convertible(*source)}
    if office is None or not wanted:
        return {}
    folder.mkdir(parents=True, exist_ok=True)
    profile = folder / "profile"
    _write_profile(profile)
    _lend_fonts(folder)
    made: dict[str, Path] = {}
    keys = list(wanted)
    groups = [keys[at : at + _TOGETHER] for at in range(0, len(keys), _TOGETHER)]
    try:
        while groups:
            group = groups.pop(0)
            if cancelled is not None and cancelled():
                return made
            if told is not None:
                told(group[0])
            copies = {key: _copy(wanted[key], folder, keys.index(key)) for key in group}
            limit = seconds[0] + seconds[1] * len(group)
            _run(office, profile, list(copies.values()), folder, limit, cancelled)
            for key, copy in copies.items():
                pdf = copy.with_suffix(".pdf")
                if pdf.is_file() and pdf.stat().st_size:
                    made[key] = pdf
                copy.unlink(missing_ok=True)
            left = [key for key in group if key not in made]
            if left and len(group) > 1:  # one of them stopped the rest: each by itself
                groups[:0] = [[key] for key in left]
    finally:
        shutil.rmtree(profile, ignore_errors=True)
    return made


def _is_convertible(path: Path, name: str) -> bool:
    with contextlib.suppress(OSError):
        return Path(name).suffix.lower() in SUFFIXES and path.stat().st_size <= _MOST_BYTES
    return False


def _copy(source: tuple[Path, str], folder: Path, number: int) -> Path:
    """Under a name of our own: what is said in a name is no matter of a command line."""
    path, name = source
    copy = folder / f"{number:05}{Path(name).suffix.lower()}"
    shutil.copyfile(path, copy)
    return copy


def _write_profile(profile: Path) -> None:
    items = []
    for (path, name), value in _SETTINGS.items():
        words = str(value).lower() if isinstance(value, bool) else str(value)
        items.append(
            f'<item oor:path="/org.openoffice.{"" if path.startswith("Inet") else "Office."}{path}">'
            f'<prop oor:name="{name}" oor:op="fuse"><value>{words}</value></prop></item>'
        )
    user = profile / "user"
    user.mkdir(parents=True, exist_ok=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n' + "\n".join(items) + "\n</oor:items>\n",
        encoding="utf-8",
    )  # fmt: skip


def _lend_fonts(home: Path) -> None:
    """The Thai typefaces of the program, where a system looks for those of a person.

    Windows has no such place in a folder of our own: there documents are set in what is installed.
    """
    if sys.platform != "win32":
        place = home / ".fonts"
        place.mkdir(exist_ok=True)
        for font in fonts_folder().glob("*.ttf"):
            shutil.copyfile(font, place / font.name)


def _run(
    office: Path,
    profile: Path,
    files: Sequence[Path],
    folder: Path,
    seconds: float,
    cancelled: Cancel | None,
) -> None:
    """One start of LibreOffice; it and everything it started ends with the time limit."""
    command = [
        str(office),
        f"-env:UserInstallation={profile.resolve().as_uri()}",
        "--headless", "--invisible", "--norestore", "--nolockcheck", "--nodefault", "--nologo",
        "--nofirststartwizard",
        "--convert-to", "pdf",
        # By their names in its folder: of a path with "%20" in it LibreOffice makes another one.
        "--outdir", ".",
        *(file.name for file in files),
    ]  # fmt: skip
    if sys.platform == "win32":
        flags, apart = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP, False
    else:
        # A child process of ours is ended by its group: what it starts must be in it.
        flags, apart = 0, os.getpgrp() != os.getpid()
    process = subprocess.Popen(  # noqa: S603 - no shell, names of our own
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=_environment(folder),
        creationflags=flags,
        start_new_session=apart,
    )
    try:
        _wait(process, seconds, cancelled)
    finally:
        _end(process, apart=apart)


def _wait(process: "subprocess.Popen[bytes]", seconds: float, cancelled: Cancel | None) -> None:
    left = seconds
    while left > 0 and not (cancelled is not None and cancelled()):
        try:
            process.wait(0.2)
            return
        except subprocess.TimeoutExpired:
            left -= 0.2


def _end(process: "subprocess.Popen[bytes]", *, apart: bool) -> None:
    """With everything it started: LibreOffice's starter is only the parent of what works."""
    if sys.platform == "win32":
        if process.poll() is None:
            system = Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32" / "taskkill.exe"
            subprocess.run(  # noqa: S603 - a program of the system, by its full path
                [str(system), "/F", "/T", "/PID", str(process.pid)],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                check=False,
            )
    else:
        import signal

        for pid in _descendants(process.pid):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if apart:
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
    process.wait()


def _descendants(pid: int) -> list[int]:
    """What a process started, and what that started; nothing where the system does not tell so."""
    kids: dict[int, list[int]] = {}
    for place in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            parent = int(place.read_text("ascii", "replace").rpartition(")")[2].split()[1])
            kids.setdefault(parent, []).append(int(place.parent.name))
    found = [pid]
    for one in found:
        found += kids.get(one, ())
    return found[1:]


_HOMES: Final = ("HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP", "XDG_RUNTIME_DIR")
_PASSED_ON: Final = (
    "PATH", "SYSTEMROOT", "WINDIR", "SYSTEMDRIVE", "COMSPEC", "PROGRAMFILES", "PROGRAMDATA",
    "LANG", "LC_ALL", "LC_CTYPE",
)  # fmt: skip


def _environment(folder: Path) -> dict[str, str]:
    """Without the person's own settings, and with a way into the net that leads nowhere."""
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    nowhere = f"http://{_NOWHERE}:{_DISCARD_PORT}"
    own = dict.fromkeys(_HOMES, str(folder))
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), nowhere)
    known = next((kept[n] for n in ("LC_ALL", "LC_CTYPE", "LANG") if kept.get(n)), "")
    if sys.platform != "win32" and "utf" not in known.lower():
        # Without it a folder with a Thai name is not found, and that is tried until time is up.
        kept.pop("LC_ALL", None)
        kept["LC_CTYPE"] = "C.UTF-8"
    return {**kept, **own, **proxies, "SAL_USE_VCLPLUGIN": "svp"}
