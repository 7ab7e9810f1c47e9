"""The small file in a project folder that a person double-clicks, since systems open files with programs."""

import re
from codecs import BOM_UTF8
from contextlib import suppress
from pathlib import Path
from typing import Final

from esa_desktop.storage.durable import write_durably
from esa_desktop.storage.layout import (
    BACKUPS,
    EVIDENCE,
    OPENER,
    OPENER_SUFFIX,
    PACKAGE_SUFFIX,
    SUFFIX,
    database_of,
)

WORDS: Final = "ดับเบิลคลิกไฟล์นี้เพื่อเปิดงานประเมินในโฟลเดอร์นี้ ไฟล์นี้ไม่มีข้อมูลของงานอยู่ข้างใน"
LARGEST: Final = 4096
"""Bytes read of such a file."""
_ID: Final = re.compile(r"^งาน: ([0-9A-Za-z-]{1,64})$", re.MULTILINE)


def put_opener(folder: Path, project_id: str) -> None:
    """Put it into a project where it is missing, or came with files of another project; a disk that
    refuses costs a convenience only.
    """
    file = folder / OPENER
    with suppress(OSError):
        if not file.exists() or id_in(file) not in ("", project_id):
            # With its mark, so that Notepad of every Windows shows Thai.
            words = f"{WORDS}\r\nงาน: {project_id}\r\n"
            write_durably(file, BOM_UTF8 + words.encode())


def is_opener(path: Path) -> bool:
    """By its ending alone: people rename it, and a second copy gets a number."""
    return path.suffix.casefold() == OPENER_SUFFIX


def project_beside(opener: Path) -> Path | None:
    """The folder that ``opener`` lies in, where that is a project, or what is left of one: whoever
    opens that is to hear of the damage, and not to be led to another copy.
    """
    folder = opener.parent
    with suppress(OSError):
        if is_opener(opener) and (database_of(folder).is_file() or _is_left_of_one(folder)):
            return folder
    return None


def _is_left_of_one(folder: Path) -> bool:
    named = folder.suffix.casefold() == SUFFIX
    return named or all((folder / name).is_dir() for name in (BACKUPS, EVIDENCE))


def said_of_a_file(path: Path) -> str:
    """Why a file that somebody double-clicked or dropped is no project, and what to open instead."""
    ending = path.suffix.casefold()
    if ending == PACKAGE_SUFFIX:
        return (
            f"โปรแกรมรุ่นนี้ยังเปิดไฟล์ส่งงาน “{path.name}” ไม่ได้ กรุณาเก็บไฟล์ไว้ก่อน แล้วเปิดอีกครั้งเมื่อได้รุ่นใหม่กว่า"
        )
    if project_beside(path) is not None:
        return f"“{path.name}” เป็นไฟล์ในโฟลเดอร์งานประเมิน กรุณาเปิดโฟลเดอร์ “{path.absolute().parent.name}” แทน"
    if ending == OPENER_SUFFIX:
        return (
            f"“{path.name}” ไม่ได้อยู่ในโฟลเดอร์งานประเมินแล้ว "
            f"กรุณาเปิดโฟลเดอร์ของงาน (ชื่อลงท้ายด้วย {SUFFIX}) แทน"
        )
    return f"“{path.name}” เป็นไฟล์ ไม่ใช่งานประเมิน กรุณาเปิดโฟลเดอร์ของงาน (ชื่อลงท้ายด้วย {SUFFIX})"


def id_in(opener: Path) -> str:
    """The id of the project that the file was made for; empty where it tells none."""
    try:
        if not opener.is_file():  # a pipe of that name would be waited for
            return ""
        with opener.open("rb") as opened:
            words = opened.read(LARGEST).decode("utf-8", "replace").replace("\r", "")
    except OSError:
        return ""
    found = _ID.search(words)
    return found[1] if found else ""
