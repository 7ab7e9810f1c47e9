"""When a project was last checked through: a full check comes by itself once a week."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from esa_desktop.services.register import keep_register, read_register

NAME: Final = "checked.json"
EVERY: Final = timedelta(days=7)


def check_is_due(user_folder: Path, project_id: str, now: datetime | None = None) -> bool:
    """By the computer's clock: one that was thrown about only makes the check come more often."""
    try:
        last = datetime.fromisoformat(str(read_register(user_folder / NAME).get(project_id)))
        return abs((now or datetime.now(UTC)) - last.astimezone(UTC)) >= EVERY
    except (ValueError, OverflowError):
        return True


def last_check(user_folder: Path, project_id: str) -> str:
    """UTC, ISO 8601, as it was remembered; empty where it was not."""
    told = read_register(user_folder / NAME).get(project_id)
    try:
        return datetime.fromisoformat(str(told)).isoformat()
    except ValueError:
        return ""


def remember_check(user_folder: Path, project_id: str, now: datetime | None = None) -> None:
    """A full check just ended, and everything was whole."""
    file = user_folder / NAME
    moment = (now or datetime.now(UTC)).isoformat(timespec="seconds")
    keep_register(file, {**read_register(file), project_id: moment})
