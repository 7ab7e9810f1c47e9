"""When to remind of a copy on another drive: at most once a week, and not on a project's first day."""

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from esa_desktop.services.copies_elsewhere import last_copy, reminder
from esa_desktop.storage.durable import write_durably

NAME: Final = "reminders.json"
EVERY: Final = timedelta(days=7)
FIRST: Final = timedelta(days=1)
"""After the project was first seen on this computer: nobody copies what was begun an hour ago."""
LARGEST: Final = 1 << 20


def due_reminder(user_folder: Path, project_id: str, now: datetime | None = None) -> str:
    """The sentence to say now, or nothing; that it was said is remembered.

    By the computer's clock, and so only a hint: one that was thrown about reminds too often or too
    late. Where the user's folder cannot be written, nothing is ever said.
    """
    moment = now or datetime.now(UTC)
    words = reminder(last_copy(user_folder, project_id), moment)
    if not words:
        return ""
    known = _read(user_folder)
    due = _moment(known.get(project_id))
    if due is None:
        _keep(user_folder, {**known, project_id: (moment + FIRST).isoformat()})
        return ""
    if moment < due and due - moment <= EVERY:
        return ""
    kept = _keep(user_folder, {**known, project_id: (moment + EVERY).isoformat()})
    return words if kept else ""


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text or "").astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _read(user_folder: Path) -> dict[str, str]:
    """The time of the next reminder by project id."""
    try:
        with (user_folder / NAME).open("rb") as file:
            values = json.loads(file.read(LARGEST))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(values, dict):
        return {}
    return {name: text for name, text in values.items() if isinstance(text, str)}


def _keep(user_folder: Path, values: Mapping[str, str]) -> bool:
    with suppress(OSError):
        user_folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(values, ensure_ascii=False, indent=1)
        write_durably(user_folder / NAME, text.encode("utf-8", "replace"))
        return True
    return False
