"""What lies where in a project folder."""

import sys
from pathlib import Path
from typing import Final

from esa_desktop.domain.thai import clean_text

SUFFIX: Final = ".esaproj"
PACKAGE_SUFFIX: Final = ".esax"
DATABASE: Final = "project.db"
JOURNAL: Final = "project.db-journal"
EVIDENCE: Final = "evidence"
BACKUPS: Final = "backups"
MIRROR: Final = "mirror"
INDEX: Final = "index.db"
DAMAGED: Final = "damaged"
LOCK: Final = "lock.json"
OPENER_SUFFIX: Final = ".esa"
OPENER: Final = f"เปิดงานประเมินนี้{OPENER_SUFFIX}"
"""What a person double-clicks; it holds nothing, see `esa_desktop.storage.opener`."""
PART: Final = ".part"
"""Ends the name of a file that is still being written; after a crash it may be deleted."""


def database_of(folder: Path) -> Path:
    return folder / DATABASE


def identity_of(folder: Path) -> tuple[int, int] | None:
    """Which file the database is, however often its path is taken; ``None`` where there is none.

    Windows does not let go of a file that is open, so there it is enough that there is one.
    """
    try:
        there = database_of(folder).stat()
    except OSError:
        return None
    return (0, 0) if sys.platform == "win32" else (there.st_dev, there.st_ino)


def evidence_of(folder: Path) -> Path:
    return folder / EVIDENCE


def title_of(folder: Path) -> str:
    """What a person calls the project: the folder's name without its ending."""
    return clean_text(folder.name.removesuffix(SUFFIX) or str(folder))
