"""A report of a problem as one plain text file: what the person says, and facts without a word of the work."""

import locale
import os
import platform
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from esa_desktop import __version__
from esa_desktop.domain.errors import EsaError, StorageError
from esa_desktop.paths import is_frozen, portable_folder, user_folder
from esa_desktop.services.hidden_words import HiddenWords
from esa_desktop.storage.durable import write_durably
from esa_desktop.storage.sqlite_version import sqlite_version

__all__ = [
    "Fact",
    "hidden",
    "last_crash",
    "machine_facts",
    "problem_report",
    "read_log",
    "save_report",
    "sqlite_version",
]

Fact = tuple[str, str]
"""(what, how much): both to be read by whoever sends it."""
FILE_NAME: Final = "แจ้งปัญหาโปรแกรมประเมินมาตรฐาน.txt"
MOST_LINES: Final = 400
"""Of the log, the last ones: some weeks of quiet work, or the hour in which it went wrong."""
LARGEST_LOG: Final = 600_000
"""Bytes read of a log file; one that is longer is none of ours."""
NO_WORDS: Final = "(ไม่ได้เขียน)"
PROMISE: Final = (
    "ส่วนที่โปรแกรมใส่ให้ไม่มีข้อความในงานประเมิน ชื่อสำนักงาน ชื่อบุคคล ชื่อไฟล์ หรือชื่อโฟลเดอร์ อ่านดูก่อนส่งได้ทั้งหมด"
)
"""Kept by `HiddenWords` and by taking numbers only; a test plants words in every field."""


def problem_report(
    own_words: str,
    *,
    machine: Sequence[Fact],
    project: Sequence[Fact] | None,
    crash: str,
    log: str,
) -> str:
    """The whole file, as it is shown and as it is written.

    ``project``: ``None`` where none is open. ``crash`` and ``log`` as `hidden` made them.
    """
    parts = [
        "แจ้งปัญหา โปรแกรมประเมินมาตรฐานสำนักงานเขตพื้นที่การศึกษา",
        PROMISE,
        *_section("คำบอกเล่าของผู้แจ้ง (พิมพ์เอง)", [own_words.strip() or NO_WORDS]),
        *_section("โปรแกรมและเครื่อง", _lines(machine)),
        *_section(
            "งานประเมินที่เปิดอยู่ (เฉพาะจำนวน)",
            ["ไม่ได้เปิดงานประเมิน"] if project is None else _lines(project),
        ),
        *_section("ความผิดพลาดครั้งล่าสุด", [crash.strip() or "ไม่มีบันทึก"]),
        *_section("บันทึกการทำงานของโปรแกรม", [log.strip() or "ไม่มีบันทึก"]),
    ]
    return "\n".join(parts) + "\n"


def machine_facts(folders: Iterable[Path], now: datetime | None = None) -> tuple[Fact, ...]:
    """Program, system and disks; ``folders`` are where this person's things lie. May block."""
    return tuple(_machine(folders, now or datetime.now().astimezone()))


def read_log() -> str:
    """The last lines of the program's log, oldest first; empty where there is none."""
    lines: list[str] = []
    for name in ("log.txt.1", "log.txt"):
        try:
            with (user_folder() / name).open("rb") as file:
                lines += file.read(LARGEST_LOG).decode("utf-8", "replace").splitlines()
        except OSError:
            continue
    return "\n".join(lines[-MOST_LINES:])


def last_crash(log: str) -> str:
    """The last unexpected error in a log with its traceback; empty where there is none."""
    found: list[str] = []
    within = False
    for line in log.splitlines():
        if line[:4].isdigit() and line[4:5] == "-":
            within = "unexpected error" in line or "command failed" in line
            if within:
                found = []
        if within:
            found.append(line)
    return "\n".join(found)


def hidden(words: HiddenWords, log: str, crash: str) -> tuple[str, str]:
    """(log, crash) as they may be sent."""
    return words.taken_out(log), words.taken_out(crash)


def save_report(text: str, target: Path) -> None:
    """Write the file so that Notepad of any Windows shows it: UTF-8 with its mark, lines with CR LF.

    Raises `EsaError`; a file that was there stays whole then.
    """
    try:
        write_durably(target, text.replace("\n", "\r\n").encode("utf-8-sig", "replace"))
    except OSError as error:
        raise _refusal(error, target) from error


def _refusal(error: OSError, target: Path) -> EsaError:
    if isinstance(error, PermissionError | FileNotFoundError):
        return StorageError(
            f"บันทึกไฟล์ใน “{target.parent}” ไม่ได้ กรุณาเลือกที่เก็บอื่น เช่น ในเอกสาร (Documents)"
        )
    from esa_desktop.storage.faults import os_fault  # with SQLAlchemy, which nobody else needs here

    return os_fault(error, target.parent)


def _section(heading: str, lines: Iterable[str]) -> Iterator[str]:
    yield ""
    yield f"== {heading} =="
    yield from lines


def _lines(facts: Iterable[Fact]) -> list[str]:
    return [f"{what}: {value}" for what, value in facts]


def _machine(folders: Iterable[Path], now: datetime) -> Iterator[Fact]:
    yield "เวลาที่ทำไฟล์นี้", now.isoformat(sep=" ", timespec="minutes")
    yield "โปรแกรม", f"{__version__} ({_kind()})"
    yield "Python", platform.python_version()
    yield "SQLite", sqlite_version()
    yield "ระบบ", f"{platform.system()} {platform.release()} {platform.version()}"
    yield "เครื่อง", f"{platform.machine()} {os.cpu_count() or '-'} แกน"
    yield (
        "ภาษาและรหัสอักษร",
        f"{'.'.join(filter(None, locale.getlocale()))} {sys.getfilesystemencoding()}",
    )
    for number, folder in enumerate(folders, 1):
        free, total = _room(folder)
        yield f"เนื้อที่ว่าง แห่งที่ {number}", f"{free} จาก {total}"


def _kind() -> str:
    if portable_folder() is not None:
        return "พกพา"
    return "ติดตั้งในเครื่อง" if is_frozen() else "ซอร์สโค้ด"


def _room(folder: Path) -> tuple[str, str]:
    try:
        usage = shutil.disk_usage(folder)
    except OSError:
        return "ไม่ทราบ", "ไม่ทราบ"
    return _gigabytes(usage.free), _gigabytes(usage.total)


def _gigabytes(count: int) -> str:
    return f"{count / (1 << 30):.1f} GB"
