"""Where a backup becomes a project of its own: a folder that is asked for, a name that is free."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from esa_desktop.domain.evidence import safe_file_name
from esa_desktop.domain.thai import ERA, shorten, thai_digits
from esa_desktop.services.backing_up import Backup
from esa_desktop.services.restoring import Restored, restore_whole
from esa_desktop.ui.worker import TaskHandle

SUFFIX: Final = ".esaproj"
MOST_NAMES: Final = 5
LONGEST: Final = 60
"""Letters of the old name that the new one takes over; the rest of it must have room, too."""


def ask_place(parent: QWidget, beside: Path, backup: Backup) -> Path | None:
    """The folder that ``backup`` will become, or ``None`` if nobody chose where it is to lie.

    ``beside`` is offered first.
    """
    name = QFileDialog.getExistingDirectory(
        parent,
        QCoreApplication.translate("restored_place", "เลือกโฟลเดอร์ที่จะวางงานที่กู้คืน"),
        str(beside),
    )
    return free_place(Path(name), backup) if name else None


def free_place(parent: Path, backup: Backup) -> Path:
    """``<title> กู้คืนจาก 2569-11-22.esaproj`` in ``parent``, with a number where that is taken.

    Arabic digits: it is a file name.
    """
    day = backup.day
    words = QCoreApplication.translate("restored_place", "{title} กู้คืนจาก {day}")
    title = shorten(backup.title.removesuffix(SUFFIX), LONGEST)
    wanted = words.format(title=title, day=f"{day.year + ERA}-{day:%m-%d}").strip()
    place, number = parent / safe_file_name(f"{wanted}{SUFFIX}"), 2
    while place.exists():
        place = parent / safe_file_name(f"{wanted} ({number}){SUFFIX}")
        number += 1
    return place


def restore_job(backup: Backup, to: Path, project: Path | None) -> Callable[[TaskHandle], Restored]:
    """For a `Task`: the whole backup as a project of its own, or nothing.

    ``project``: the folder it was a backup of, where its evidence may still be; ``None`` where
    that is not on this computer.
    """
    return lambda handle: restore_whole(
        backup.folder,
        to,
        also_in=[] if project is None else [project],
        cancelled=handle.cancelled,
        progress=handle.progress,
    )


def lost_words(restored: Restored) -> str:
    """What the new project must do without; empty where it has everything."""
    if not restored.missing:
        return ""
    names = [file.name for file in restored.missing if file.name]
    more = " …" if len(names) > MOST_NAMES else ""
    words = QCoreApplication.translate(
        "restored_place", "สร้างงานแล้ว ข้อความอยู่ครบ แต่ไม่พบไฟล์หลักฐาน {count} ไฟล์: {names}"
    )
    told = words.format(
        count=thai_digits(len(restored.missing)), names=" · ".join(names[:MOST_NAMES]) + more
    )
    return told.rstrip(": ")
