"""Where things lie: what the program brings along and what belongs to the user, frozen or not."""

import os
import re
import sys
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Final

PORTABLE_MARK: Final = "portable.txt"
"""Beside the frozen program: everything it keeps lies with it, on the same stick."""
PORTABLE_USER: Final = "ข้อมูลโปรแกรม"
PORTABLE_DOCUMENTS: Final = "งานประเมิน"
_THAI_LIBRARIES: Final = {"win32": "thai.dll", "darwin": "libthai.dylib"}
_DOCUMENTS_ID: Final = "{FDD39AD0-238F-46AF-ADB4-6C85480369C7}"
"""FOLDERID_Documents of Windows."""


def is_frozen() -> bool:
    """Whether this is the program that users get, and no checkout."""
    return bool(getattr(sys, "frozen", False)) and hasattr(sys, "_MEIPASS")


def program_folder() -> Path:
    """The folder that holds ``resources`` and ``fonts``: the bundle's, or the checkout's."""
    bundle = getattr(sys, "_MEIPASS", None)
    return Path(bundle) if bundle else Path(__file__).resolve().parent.parent


def resources_folder() -> Path:
    return program_folder() / "resources"


def fonts_folder() -> Path:
    return program_folder() / "fonts"


def thai_library() -> Path | None:
    """The libthai that a bundle brings along, there or not; ``None`` in a checkout.

    A bundle without it is broken, and must not be mended by whatever library the machine has:
    the lines of a sheet would end elsewhere than on the next computer.
    """
    if not is_frozen():
        return None
    return program_folder() / _THAI_LIBRARIES.get(sys.platform, "libthai.so.0")


def licences_folder() -> Path | None:
    """The licences of everything in a bundle, with their ``index.json``; ``None`` in a checkout."""
    return program_folder() / "licences" if is_frozen() else None


def portable_folder() -> Path | None:
    """The frozen program's own folder where ``portable.txt`` lies beside it, else ``None``."""
    if not is_frozen():
        return None
    folder = Path(sys.executable).parent
    return folder if (folder / PORTABLE_MARK).is_file() else None


def portable_is_refused() -> bool:
    """Whether a portable program keeps its things on this computer: its folder takes nothing."""
    portable = portable_folder()
    return portable is not None and not _takes_files(portable)


def user_folder() -> Path:
    """Settings, log and device id of this user on this computer; never anything of a project.

    ``ESA_HOME`` names another place (tests), then comes that of a portable program. Local, not
    roaming: a redirected folder on a server is no place for a log that is written all day.
    """
    named = os.environ.get("ESA_HOME")
    if named:
        return Path(named)
    portable = _portable_place(PORTABLE_USER)
    if portable is not None:
        return portable
    if sys.platform == "win32":
        return (
            Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "esa_desktop"
        )
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "esa_desktop"


def documents_folder() -> Path:
    """Where new projects are offered: a place people find again and can copy. It is there."""
    portable = _portable_place(PORTABLE_DOCUMENTS)
    if portable is not None:
        return portable
    home = Path.home()
    for documents in (_known_documents(), home / "Documents"):
        if documents is not None and documents.is_dir():
            return documents
    return home


def _portable_place(name: str) -> Path | None:
    """A folder of a portable program, made where it is not there; ``None`` where it cannot be."""
    portable = portable_folder()
    if portable is None or not _takes_files(portable):
        return None
    place = portable / name
    try:
        place.mkdir(exist_ok=True)
    except OSError:
        return None
    return place


@lru_cache(maxsize=4)
def _takes_files(folder: Path) -> bool:
    """Tried, not asked: what a stick with a lock or an administrator's folder says is no promise.

    Once per run, so that settings do not move while the program is open.
    """
    import tempfile  # not for a start that is not portable

    try:
        with tempfile.TemporaryFile(dir=folder) as trial:
            trial.write(b"0")
    except OSError:
        return False
    return True


def _known_documents() -> Path | None:
    """The Documents folder as the system knows it: moved into OneDrive, to another drive, renamed."""
    if sys.platform == "win32":
        return _windows_documents()
    return _xdg_documents()


def _windows_documents() -> Path | None:
    if sys.platform == "win32":
        import ctypes

        wanted = (ctypes.c_byte * 16)()
        found = ctypes.c_wchar_p()
        try:
            ctypes.oledll.ole32.CLSIDFromString(_DOCUMENTS_ID, wanted)
            ctypes.oledll.shell32.SHGetKnownFolderPath(wanted, 0, None, ctypes.byref(found))
        except OSError:
            return None
        try:
            return Path(found.value) if found.value else None
        finally:
            ctypes.windll.ole32.CoTaskMemFree(found)
    return None


def _xdg_documents() -> Path | None:
    """On a Thai desktop the folder is called เอกสาร; the desktop has it in a file."""
    config = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    with suppress(OSError, UnicodeDecodeError):
        text = (config / "user-dirs.dirs").read_text("utf-8")
        named = re.search(r'^XDG_DOCUMENTS_DIR="(.+)"$', text, re.MULTILINE)
        if named:
            folder = Path(named[1].replace("$HOME", str(Path.home()), 1))
            return folder if folder.is_absolute() else None  # else it would be of where we started
    return None
