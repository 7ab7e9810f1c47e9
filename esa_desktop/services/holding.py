"""Who seems to have a project open elsewhere, for a window that only reads it."""

from pathlib import Path

from esa_desktop.storage.lock import read_holder, said


def who_holds(folder: Path) -> str:
    """``อยู่ที่เครื่อง … โดย … ตั้งแต่ …``; empty where nobody left word.

    Word may be left over from a crash: to be said, not to be relied upon.
    """
    holder = read_holder(folder)
    return said(holder) if holder is not None else ""
