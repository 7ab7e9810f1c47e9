"""Where things lie: what the program brings along and what belongs to the user, frozen or not."""

import os
import sys
from pathlib import Path


def program_folder() -> Path:
    """The folder that holds ``resources`` and ``fonts``: the bundle's, or the checkout's."""
    bundle = getattr(sys, "_MEIPASS", None)
    return Path(bundle) if bundle else Path(__file__).resolve().parent.parent


def resources_folder() -> Path:
    return program_folder() / "resources"


def fonts_folder() -> Path:
    return program_folder() / "fonts"


def user_folder() -> Path:
    """Settings, log and device id of this user on this computer; never anything of a project.

    ``ESA_HOME`` names another place (tests, portable use). Local, not roaming: a redirected
    folder on a server is no place for a log that is written all day.
    """
    named = os.environ.get("ESA_HOME")
    if named:
        return Path(named)
    if sys.platform == "win32":
        return (
            Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "esa_desktop"
        )
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "esa_desktop"


def documents_folder() -> Path:
    """Where new projects are offered: a place people find again and can copy."""
    documents = Path.home() / "Documents"
    return documents if documents.is_dir() else Path.home()
