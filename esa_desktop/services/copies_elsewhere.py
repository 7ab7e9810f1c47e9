"""Copies of a project outside its drive: where and when the last one was made, and when to remind."""

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from esa_desktop.domain.thai import thai_digits
from esa_desktop.storage.backup_list import Backup
from esa_desktop.storage.durable import write_durably

REGISTER: Final = "copies.json"
EVERY: Final = timedelta(days=7)
LARGEST: Final = 1 << 20
SAME_DRIVE: Final = (
    "ที่ที่เลือกอยู่ในไดรฟ์เดียวกับงานประเมิน ถ้าไดรฟ์เสียข้อมูลสำรองจะหายไปด้วยกัน ควรสำรองไปไว้แฟลชไดรฟ์หรือไดรฟ์อื่นด้วย"
)
NEVER: Final = "ยังไม่เคยสำรองงานประเมินนี้ไปไว้ไดรฟ์อื่น กรุณาเสียบแฟลชไดรฟ์แล้วสำรองไปไว้ที่นั่น เผื่อเครื่องเสียหรือหาย"
LONG_AGO: Final = "สำรองงานประเมินไปไว้ไดรฟ์อื่นครั้งล่าสุดเมื่อ {days} วันก่อน กรุณาเสียบแฟลชไดรฟ์แล้วสำรองอีกครั้ง"


@dataclass(frozen=True, slots=True)
class CopyElsewhere:
    """The last copy that was made of a project from this computer."""

    target: Path
    """The folder that was chosen; the drive need not be plugged in."""
    time: str
    """UTC, ISO 8601."""
    other_drive: bool
    """Not on the drive of the project: only such a one survives the drive."""


def last_copy(user_folder: Path, project_id: str) -> CopyElsewhere | None:
    """The last copy on another drive or, where there was none, the last one at all."""
    known = _register(user_folder).get(project_id)
    if not isinstance(known, dict):
        return None
    for name in ("other_drive", "same_drive"):
        copy = _copy_in(known.get(name), other_drive=name == "other_drive")
        if copy is not None:
            return copy
    return None


def remember_copy(user_folder: Path, project: Path, backup: Backup, now: datetime) -> None:
    """Remember where there is a copy of the present; a folder that cannot be written costs a reminder."""
    target = backup.home.parent
    register = _register(user_folder)
    known = register.get(backup.project_id)
    known = known if isinstance(known, dict) else {}
    name = "same_drive" if is_same_drive(project, target) else "other_drive"
    known[name] = {"target": str(target), "time": now.astimezone(UTC).isoformat()}
    register[backup.project_id] = known
    with suppress(OSError):
        user_folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(register, ensure_ascii=False, indent=1)
        write_durably(user_folder / REGISTER, text.encode("utf-8", "replace"))


def reminder(copy: CopyElsewhere | None, now: datetime | None = None) -> str:
    """The sentence that asks for a copy on another drive, or nothing while a fresh one exists.

    Once a week by the computer's clock; one that was thrown back reminds, too.
    """
    if copy is None or not copy.other_drive:
        return NEVER
    past = abs((now or datetime.now(UTC)) - datetime.fromisoformat(copy.time))
    return "" if past < EVERY else LONG_AGO.format(days=thai_digits(past.days))


def place_note(project: Path, target: Path) -> str:
    """What a person should know of a folder chosen for a copy; empty for a good one."""
    return SAME_DRIVE if is_same_drive(project, target) else ""


def is_same_drive(project: Path, target: Path) -> bool:
    """As far as the system tells: two partitions of one disk look like two drives."""
    try:
        return project.stat().st_dev == target.stat().st_dev
    except OSError:
        return False


def _register(user_folder: Path) -> dict[str, Any]:
    try:
        with (user_folder / REGISTER).open("rb") as file:
            values = json.loads(file.read(LARGEST))
    except (OSError, ValueError, RecursionError):
        return {}
    return values if isinstance(values, dict) else {}


def _copy_in(values: object, *, other_drive: bool) -> CopyElsewhere | None:
    if not isinstance(values, dict):
        return None
    try:
        time = datetime.fromisoformat(values["time"]).astimezone(UTC)
        return CopyElsewhere(Path(str(values["target"])), time.isoformat(), other_drive)
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
