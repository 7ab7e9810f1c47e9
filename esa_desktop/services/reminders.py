"""When to remind of a copy on another drive: at most once a week, and not on a project's first day."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from esa_desktop.services.copies_elsewhere import last_copy, reminder
from esa_desktop.services.register import keep_register, read_register

NAME: Final = "reminders.json"
EVERY: Final = timedelta(days=7)
FIRST: Final = timedelta(days=1)
"""After the project was first seen on this computer: nobody copies what was begun an hour ago."""


def due_reminder(user_folder: Path, project_id: str, now: datetime | None = None) -> str:
    """The sentence to say now, or nothing; that it was said is remembered.

    By the computer's clock, and so only a hint: one that was thrown about reminds too often or too
    late. Where the user's folder cannot be written, nothing is ever said.
    """
    moment = now or datetime.now(UTC)
    words = reminder(last_copy(user_folder, project_id), moment)
    if not words:
        return ""
    known = read_register(user_folder / NAME)
    due = _moment(known.get(project_id))
    if due is None:
        keep_register(user_folder / NAME, {**known, project_id: (moment + FIRST).isoformat()})
        return ""
    if moment < due and due - moment <= EVERY:
        return ""
    kept = keep_register(user_folder / NAME, {**known, project_id: (moment + EVERY).isoformat()})
    return words if kept else ""


def _moment(text: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
