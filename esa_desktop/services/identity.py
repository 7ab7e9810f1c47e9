"""Who writes and on which computer: the name and device id that go into every revision."""

import getpass
import json
import os
import platform
import tempfile
from dataclasses import dataclass
from pathlib import Path

from esa_desktop.domain.ids import new_id
from esa_desktop.domain.thai import clean_text, shorten


@dataclass(frozen=True, slots=True)
class Who:
    author: str
    device: str
    """An id made once per user and computer; it lives in the user's folder, not in the project."""
    computer: str


def who_am_i(user_folder: Path) -> Who:
    """The person and device of this user's folder; a new device id is made and kept there.

    Where the folder cannot be written, the id lives as long as the program runs: work goes on.
    """
    known = _read(user_folder / "device.json")
    device = known.get("device") or new_id()
    if "device" not in known:
        _keep(user_folder / "device.json", {**known, "device": device})
    return Who(known.get("author") or _login_name(), device, _computer_name())


def _read(path: Path) -> dict[str, str]:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(values, dict):
        return {}
    return {str(name): value for name, value in values.items() if isinstance(value, str)}


def _keep(path: Path, values: dict[str, str]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, suffix=".part", delete=False
        ) as beside:
            json.dump(values, beside, ensure_ascii=False)
            beside.flush()
            os.fsync(beside.fileno())
        Path(beside.name).replace(path)
    except OSError:
        return


def _login_name() -> str:
    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        name = ""
    return shorten(clean_text(name).strip(), 60) or "ผู้ใช้"


def _computer_name() -> str:
    return shorten(clean_text(platform.node()).strip(), 60) or "-"
